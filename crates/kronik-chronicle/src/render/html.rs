//! The chronicle as one page: no script, nothing loaded from elsewhere, readable with styles off.

use super::phrase::Phrases;
use super::wrap::clean;
use crate::{Agreement, Chronicle, Count, Day, Entry, Report, Source, Words};

/// The chronicle as one self-contained HTML page.
pub fn html(chronicle: &Chronicle, words: &Words) -> String {
    let page = Page {
        phrases: Phrases { chronicle, words },
    };
    let title = escape(words.get("title"));
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{title}</title>\n\
         <style>\n{}</style>\n</head>\n<body>\n",
        escape(words.language()),
        include_str!("page.css")
    );
    out += &format!("<header>\n<h1>{title}</h1>\n");
    if chronicle.days.is_empty() {
        out += &format!(
            "<p>{}</p>\n</header>\n</body>\n</html>\n",
            escape(words.get("empty"))
        );
        return out;
    }
    out += &format!(
        "<p class=\"subtitle\">{}</p>\n",
        escape(&page.phrases.subtitle())
    );
    out += &format!("<p class=\"small\">{}</p>\n", escape(words.get("method")));
    if let Some(war) = page.phrases.war() {
        out += &format!("<p class=\"small\">{}</p>\n", escape(&war));
    }
    out += "</header>\n";
    page.contents(&mut out);
    out += "<main>\n";
    for (at, day) in chronicle.days.iter().enumerate() {
        page.day(&mut out, at, day);
    }
    out += "</main>\n";
    page.articles(&mut out);
    out + "</body>\n</html>\n"
}

struct Page<'c> {
    phrases: Phrases<'c>,
}

impl<'c> Page<'c> {
    fn contents(&self, out: &mut String) {
        let days = self.phrases.words.get("days");
        *out += &format!("<nav aria-label=\"{}\">\n<ol>\n", escape(days));
        for (at, day) in self.phrases.chronicle.days.iter().enumerate() {
            let n: usize = day.stories.iter().map(|story| story.entries.len()).sum();
            let heading = escape(&self.phrases.day(day));
            *out += &format!("<li><a href=\"#day-{at}\">{heading}</a> <span>{n}</span></li>\n");
        }
        *out += "</ol>\n</nav>\n";
    }

    fn day(&self, out: &mut String, at: usize, day: &Day) {
        let heading = escape(&self.phrases.day(day));
        let heading = match day.days.filter(|days| days.single()) {
            Some(days) => format!("<time datetime=\"{}\">{heading}</time>", days.first()),
            None => heading,
        };
        *out += &format!("<section aria-labelledby=\"day-{at}\">\n<h2 id=\"day-{at}\">{heading}");
        if let Some(number) = self.phrases.number(day) {
            *out += &format!(" <span class=\"war\">{}</span>", escape(&number));
        }
        *out += "</h2>\n";
        for note in self.phrases.notes(day) {
            *out += &format!("<p class=\"small\">{}</p>\n", escape(&note));
        }
        for story in &day.stories {
            *out += &format!("<h3>{}</h3>\n", escape(self.phrases.story(story)));
            for entry in &story.entries {
                self.entry(out, entry);
            }
        }
        *out += "</section>\n";
    }

    fn entry(&self, out: &mut String, entry: &Entry) {
        let phrases = self.phrases;
        let kind = escape(&entry.factuality);
        *out += &format!(
            "<article class=\"entry {kind}\" id=\"{}\">\n",
            escape(entry.id.as_str())
        );
        *out += &format!("<h4>{}", escape(&phrases.headline(entry)));
        if let Some(word) = phrases.certainty(entry) {
            *out += &format!(" <span class=\"tag\">{}</span>", escape(&word));
        }
        *out += "</h4>\n";
        if let Some(note) = phrases.undated(entry) {
            *out += &format!("<p class=\"small\">{}</p>\n", escape(&note));
        }
        for count in &entry.counts {
            self.count(out, entry, count);
        }
        let mut says: Vec<String> = Vec::new();
        for report in &entry.reports {
            let line = self.says(entry, report);
            if !says.contains(&line) {
                says.push(line);
            }
        }
        *out += &format!("<ul class=\"says\">\n{}</ul>\n", says.concat());
        if let Some(origins) = phrases.origins(entry) {
            *out += &format!("<p class=\"origins\">{}</p>\n", escape(&origins));
        }
        let reports = phrases.words.counted("reports", entry.reports.len());
        let evidence = phrases.words.get("evidence");
        *out += &format!(
            "<details>\n<summary>{} <span class=\"small\">{}</span></summary>\n",
            escape(evidence),
            escape(&reports)
        );
        for report in &entry.reports {
            self.report(out, report);
        }
        if let Some(merged) = phrases.merged(entry) {
            *out += &format!("<p class=\"small\">{}</p>\n", escape(&merged));
        }
        *out += "</details>\n</article>\n";
    }

    fn says(&self, entry: &Entry, report: &Report) -> String {
        let mut line = escape(&self.phrases.says(report));
        if report.factuality != entry.factuality {
            let word = escape(&self.phrases.factuality(&report.factuality));
            let kind = escape(&report.factuality);
            line = format!("<span class=\"tag {kind}\">{word}</span> {line}");
        }
        format!("<li>{line}</li>\n")
    }

    fn count(&self, out: &mut String, entry: &Entry, count: &Count) {
        let phrases = self.phrases;
        if let [only] = count.observations.as_slice() {
            let number = escape(&phrases.number_of(only, &count.unit));
            *out += &format!("<p class=\"number\">{number}</p>\n");
            return;
        }
        let differ = if count.agreement == Agreement::Differ {
            " differ"
        } else {
            ""
        };
        let heading = escape(&phrases.count(count));
        *out += &format!("<div class=\"count{differ}\">\n<p>{heading}</p>\n<dl>\n");
        for o in &count.observations {
            let number = escape(&phrases.number_of(o, &count.unit));
            let by = escape(&phrases.given_by(entry, o, count.agreement));
            *out += &format!("<div><dt>{number}</dt><dd>{by}</dd></div>\n");
        }
        *out += "</dl>\n</div>\n";
    }

    fn report(&self, out: &mut String, report: &Report) {
        let (before, marked, after) = report.parts();
        let (before, after) = (escape(before), escape(after));
        let mark = match escape(marked) {
            empty if empty.is_empty() => empty,
            marked => format!("<mark>{marked}</mark>"),
        };
        let text = format!("{before}{mark}{after}");
        let quote = self.phrases.words.fill("quote", &[("text", &text)]);
        let source = self.phrases.source(report);
        let language = source.map(|s| s.language.as_str()).unwrap_or_default();
        *out += &format!(
            "<figure>\n<blockquote lang=\"{}\">{quote}</blockquote>\n",
            escape(language)
        );
        *out += "<figcaption>\n";
        self.chain(out, report);
        if let Some(title) = source.and_then(|source| source.title.as_deref()) {
            *out += &format!("<p><cite>{}</cite></p>\n", escape(title));
        }
        let at = escape(&self.phrases.at(report, "at"));
        *out += &format!("<p class=\"small\">{at}</p>\n</figcaption>\n</figure>\n");
    }

    /// Speaker → agency → outlet.
    fn chain(&self, out: &mut String, report: &Report) {
        let words = self.phrases.words;
        *out += "<ol class=\"chain\">\n";
        let mut step = |role: &str, name: &str| {
            let (role, name) = (escape(words.get(role)), escape(name));
            *out += &format!("<li><span class=\"role\">{role}</span> {name}</li>\n");
        };
        for link in &report.chain {
            let role = if link.relays() {
                "who/relay"
            } else {
                "who/speaker"
            };
            step(role, &self.phrases.link(link));
        }
        step("who/outlet", &self.phrases.outlet(report));
        *out += "</ol>\n";
    }

    fn articles(&self, out: &mut String) {
        let heading = escape(self.phrases.words.get("sources"));
        *out += &format!("<footer>\n<h2>{heading}</h2>\n<ul>\n");
        for source in &self.phrases.chronicle.articles {
            *out += &format!("<li>{}</li>\n", article(source));
        }
        *out += "</ul>\n</footer>\n";
    }
}

fn article(source: &Source) -> String {
    let title = escape(source.title.as_deref().unwrap_or(&source.source));
    let title = match &source.url {
        Some(url) if is_web(url) => format!("<a href=\"{}\">{title}</a>", escape(url)),
        _ => title,
    };
    let published = source.published.as_deref().map(escape).unwrap_or_default();
    format!(
        "{} · <cite lang=\"{}\">{title}</cite> <span class=\"small\">{published} {}</span>",
        escape(source.label()),
        escape(&source.language),
        escape(&source.source)
    )
}

/// True for an address that a page may link to.
pub(super) fn is_web(url: &str) -> bool {
    let lower = url.to_lowercase();
    lower.starts_with("https://") || lower.starts_with("http://")
}

/// Text in which nothing is markup, in content and in quoted attributes.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in clean(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}
