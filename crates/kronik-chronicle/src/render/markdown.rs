//! The chronicle as Markdown (CommonMark), for a newsroom's own editor.

use super::phrase::Phrases;
use super::wrap::clean;
use crate::{Chronicle, Entry, Report, Source, Words};

/// The chronicle as Markdown.
pub fn markdown(chronicle: &Chronicle, words: &Words) -> String {
    let phrases = Phrases { chronicle, words };
    let mut out = format!("# {}\n\n", escape(words.get("title")));
    if chronicle.days.is_empty() {
        return out + &escape(words.get("empty")) + "\n";
    }
    out += &format!(
        "{}\n\n*{}*\n",
        escape(&phrases.subtitle()),
        escape(words.get("method"))
    );
    if let Some(war) = phrases.war() {
        out += &format!("\n{}\n", escape(&war));
    }
    for day in &chronicle.days {
        out += &format!("\n## {}", escape(&phrases.day(day)));
        if let Some(number) = phrases.number(day) {
            out += &format!(" · {}", escape(&number));
        }
        out.push('\n');
        for note in phrases.notes(day) {
            out += &format!("\n> {}\n", escape(&note));
        }
        for story in &day.stories {
            out += &format!("\n### {}\n\n", escape(phrases.story(story)));
            for entry in &story.entries {
                write_entry(&mut out, phrases, entry);
            }
        }
    }
    out += &format!("\n## {}\n\n", escape(words.get("sources")));
    for source in &chronicle.articles {
        out += &format!("- {}\n", article(source));
    }
    out
}

fn write_entry(out: &mut String, phrases: Phrases<'_>, entry: &Entry) {
    let mut line = format!("- **{}**", escape(&phrases.headline(entry)));
    let numbers: Vec<String> = entry
        .counts
        .iter()
        .filter_map(|c| match c.observations.as_slice() {
            [only] => Some(phrases.number_of(only, &c.unit)),
            _ => None,
        })
        .collect();
    if !numbers.is_empty() {
        line += &format!(" · {}", escape(&numbers.join(", ")));
    }
    if let Some(word) = phrases.certainty(entry) {
        line += &format!(" · *{}*", escape(&word));
    }
    if let Some(note) = phrases.undated(entry) {
        line += &format!(" ({})", escape(&note));
    }
    *out += &(line + "\n");
    for count in entry.counts.iter().filter(|c| c.observations.len() > 1) {
        *out += &format!("  - {}:\n", escape(&phrases.count(count)));
        for o in &count.observations {
            let number = phrases.number_of(o, &count.unit);
            let by = phrases.given_by(entry, o, count.agreement);
            *out += &format!("    - {} ({})\n", escape(&number), escape(&by));
        }
    }
    for report in &entry.reports {
        let mut line = format!("  - {}", escape(&phrases.says(report)));
        if report.factuality != entry.factuality {
            line += &format!(" · *{}*", escape(&phrases.factuality(&report.factuality)));
        }
        *out += &format!("{line} · {}:\n", escape(&phrases.at(report, "at")));
        *out += &format!(
            "    {}\n",
            phrases.words.fill("quote", &[("text", &quote(report))])
        );
    }
    for note in [phrases.origins(entry), phrases.merged(entry)]
        .into_iter()
        .flatten()
    {
        *out += &format!("  - {}\n", escape(&note));
    }
}

fn quote(report: &Report) -> String {
    let (before, marked, after) = report.parts();
    if marked.trim().is_empty() || marked.trim() != marked {
        return escape(&report.sentence);
    }
    format!("{}**{}**{}", escape(before), escape(marked), escape(after))
}

fn article(source: &Source) -> String {
    let title = escape(source.title.as_deref().unwrap_or(&source.source));
    let title = match &source.url {
        Some(url) if super::html::is_web(url) => {
            format!("[{title}](<{}>)", url.replace(['<', '>', '\n', '\\'], ""))
        }
        _ => title,
    };
    let mut parts = vec![escape(source.label()), title];
    parts.extend(source.published.as_deref().map(escape));
    parts.push(escape(&source.source));
    parts.dedup();
    parts.join(" · ")
}

/// Text in which nothing is Markdown or HTML.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in clean(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '$' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn nothing_of_a_text_is_markup() {
        assert_eq!(
            escape("a*b_[c](d)\n# <x> & `y`"),
            "a\\*b\\_\\[c\\](d) \\# &lt;x&gt; &amp; \\`y\\`"
        );
    }
}
