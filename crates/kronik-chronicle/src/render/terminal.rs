//! The chronicle on a terminal: narrow, with short quotes.

use super::phrase::Phrases;
use super::wrap::{Paint, Style, clean, paragraph, shortened};
use crate::{Agreement, Chronicle, Entry, Report, Words};

/// The chronicle as text of at most `style.width` columns.
pub fn text(chronicle: &Chronicle, words: &Words, style: &Style) -> String {
    let page = Page {
        phrases: Phrases { chronicle, words },
        style,
    };
    let mut out = String::new();
    page.write(&mut out);
    out
}

struct Page<'c> {
    phrases: Phrases<'c>,
    style: &'c Style,
}

const PLAIN: &Paint = &Paint {
    on: String::new(),
    off: String::new(),
};

impl Page<'_> {
    fn write(&self, out: &mut String) {
        let (phrases, style) = (self.phrases, self.style);
        let words = phrases.words;
        self.line(out, "", &[(words.get("title"), &style.day)]);
        if phrases.chronicle.days.is_empty() {
            self.line(out, "", &[(words.get("empty"), PLAIN)]);
            return;
        }
        self.line(out, "", &[(&phrases.subtitle(), PLAIN)]);
        self.line(out, "", &[(words.get("method"), &style.faint)]);
        if let Some(war) = phrases.war() {
            self.line(out, "", &[(&war, &style.faint)]);
        }
        for day in &phrases.chronicle.days {
            out.push('\n');
            let number = phrases
                .number(day)
                .map(|n| format!("· {n}"))
                .unwrap_or_default();
            self.line(
                out,
                "",
                &[(&phrases.day(day), &style.day), (&number, PLAIN)],
            );
            for note in phrases.notes(day) {
                self.line(out, "", &[(&note, &style.faint)]);
            }
            for story in &day.stories {
                out.push('\n');
                self.line(out, "  ", &[(phrases.story(story), &style.story)]);
                for entry in &story.entries {
                    self.entry(out, entry);
                }
            }
        }
    }

    fn entry(&self, out: &mut String, entry: &Entry) {
        let (phrases, style) = (self.phrases, self.style);
        let mut line = vec![(phrases.headline(entry), &style.deed)];
        let numbers: Vec<String> = entry
            .counts
            .iter()
            .filter_map(|c| match c.observations.as_slice() {
                [only] => Some(phrases.number_of(only, &c.unit)),
                _ => None,
            })
            .collect();
        if !numbers.is_empty() {
            line.push((format!("· {}", numbers.join(", ")), PLAIN));
        }
        if let Some(word) = phrases.certainty(entry) {
            line.push((format!("[{word}]"), &style.warn));
        }
        if let Some(note) = phrases.undated(entry) {
            line.push((format!("({note})"), &style.faint));
        }
        let line: Vec<(&str, &Paint)> =
            line.iter().map(|(text, paint)| (&**text, *paint)).collect();
        self.line(out, "  • ", &line);
        for count in entry.counts.iter().filter(|c| c.observations.len() > 1) {
            let warn = if count.agreement == Agreement::Differ {
                &style.warn
            } else {
                PLAIN
            };
            self.line(
                out,
                "    ",
                &[(&format!("{}:", phrases.count(count)), warn)],
            );
            for o in &count.observations {
                let number = phrases.number_of(o, &count.unit);
                let by = format!("({})", phrases.given_by(entry, o, count.agreement));
                self.line(out, "      - ", &[(&number, PLAIN), (&by, &style.faint)]);
            }
        }
        for report in &entry.reports {
            self.report(out, entry, report);
        }
        if let Some(origins) = phrases.origins(entry) {
            self.line(out, "    = ", &[(&origins, PLAIN)]);
        }
    }

    fn report(&self, out: &mut String, entry: &Entry, report: &Report) {
        let (phrases, style) = (self.phrases, self.style);
        let says = phrases.says(report);
        let word = if report.factuality == entry.factuality {
            String::new()
        } else {
            format!("[{}]", phrases.factuality(&report.factuality))
        };
        let at = format!("· {}", phrases.at(report, "at/short"));
        self.line(
            out,
            "    ",
            &[(&says, PLAIN), (&word, &style.warn), (&at, &style.faint)],
        );
        let mark = report
            .mark
            .map_or((0, 0), |mark| (mark.0 as usize, mark.1 as usize));
        let limit = (style.width.max(40) - 8) * 2;
        let sentence = shortened(&clean(&report.sentence), mark, limit);
        let quote = phrases.words.fill("quote", &[("text", &sentence)]);
        self.line(out, "      ", &[(&quote, &style.quote)]);
    }

    fn line(&self, out: &mut String, first: &str, pieces: &[(&str, &Paint)]) {
        paragraph(out, self.style.width, first, pieces);
    }
}
