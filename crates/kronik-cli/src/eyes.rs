//! `kronik read --format text`: an article's events for eyes.
//!
//! One event takes two to four short lines: what, who to whom; when and where; who says so; and
//! the words it was read from with their line, so that it can be looked up.

use kronik::{ActorRecord, EventRecord, QuantityRecord, Reading};
use unicode_width::UnicodeWidthStr;

const BOLD: &str = "\u{1b}[1m";
const CLASS: &str = "\u{1b}[1;36m";
const DOUBT: &str = "\u{1b}[33m";
const FAINT: &str = "\u{1b}[2m";
const OFF: &str = "\u{1b}[0m";

/// Columns of the terminal; 100 where there is none.
pub fn width() -> usize {
    terminal_size::terminal_size().map_or(100, |(w, _)| usize::from(w.0).clamp(40, 120))
}

/// How readings are shown. Colours are always written; the stream takes them off where nobody
/// sees them.
pub struct Eyes {
    width: usize,
}

impl Eyes {
    /// For the terminal there is.
    pub fn new() -> Eyes {
        Eyes { width: width() }
    }

    /// One article.
    pub fn reading(&self, reading: &Reading) -> String {
        let article = &reading.article;
        let title = article.title.as_deref().unwrap_or(&article.source);
        let mut about: Vec<&str> = Vec::new();
        about.extend(
            article
                .outlet
                .as_deref()
                .or(article.outlet_domain.as_deref()),
        );
        about.extend(article.published.as_deref());
        about.push(&article.source);
        let mut out = format!("{BOLD}{title}{OFF}\n{FAINT}{}{OFF}\n", about.join(" · "));
        if reading.events.is_empty() {
            out += "  no events found\n";
        }
        for event in &reading.events {
            out += &self.event(event, &article.text);
        }
        out + "\n"
    }

    fn event(&self, event: &EventRecord, text: &str) -> String {
        let mode = event
            .mode
            .as_deref()
            .map_or(String::new(), |m| format!(" {m}"));
        let who = match (names(&event.actors), names(&event.recipients)) {
            (a, r) if a.is_empty() && r.is_empty() => String::new(),
            (a, r) if r.is_empty() => a,
            (a, r) if a.is_empty() => format!("? → {r}"),
            (a, r) => format!("{a} → {r}"),
        };
        let doubt = match event.factuality.as_str() {
            "asserted" => String::new(),
            other => format!("  {DOUBT}{other}{OFF}"),
        };
        let mut out = format!("  {CLASS}{}{mode}{OFF}  {who}{doubt}\n", event.class);
        let mut facts: Vec<String> = Vec::new();
        facts.extend(event.time.as_ref().map(|t| t.edtf.clone()));
        facts.extend(event.place.as_ref().map(|p| p.name.clone()));
        facts.extend(event.quantities.iter().map(quantity));
        if !facts.is_empty() {
            out += &format!("    {}\n", facts.join(" · "));
        }
        if !event.said_by.is_empty() {
            out += &format!("    said by {}\n", event.said_by.join(" ← "));
        }
        let start = event.trigger.span.0 as usize;
        let line = 1 + text.chars().take(start).filter(|c| *c == '\n').count();
        let room = self.width.saturating_sub(14);
        let words = around(&event.evidence.text, &event.trigger.text, room);
        out + &format!("    {FAINT}line {line}: {words}{OFF}\n")
    }
}

fn names(actors: &[ActorRecord]) -> String {
    let name = |a: &ActorRecord| match (&a.entity, &a.code) {
        (Some(entity), _) => entity.name.clone(),
        (None, Some(code)) => format!("{} ({code})", a.text),
        (None, None) => a.text.clone(),
    };
    actors.iter().map(name).collect::<Vec<_>>().join(", ")
}

fn quantity(quantity: &QuantityRecord) -> String {
    let bound = match quantity.bound.as_str() {
        "exact" => "",
        "at_least" => "at least ",
        "at_most" => "at most ",
        "more" => "more than ",
        "less" => "less than ",
        "about" => "about ",
        _ => "",
    };
    let high = quantity.high.map_or(String::new(), |h| format!("–{h}"));
    format!("{bound}{}{high} {}", quantity.value, quantity.unit)
}

/// At most `room` columns of a sentence, with the trigger among them.
fn around(sentence: &str, trigger: &str, room: usize) -> String {
    let line: String = sentence.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.width() <= room {
        return line;
    }
    let at = line.find(trigger).unwrap_or(0);
    let start = line[..at]
        .char_indices()
        .rev()
        .take(room / 3)
        .last()
        .map_or(at, |(i, _)| i);
    let mut out = String::from(if start > 0 { "…" } else { "" });
    for c in line[start..].chars() {
        if out.width() + 2 > room {
            out.push('…');
            break;
        }
        out.push(c);
    }
    out
}
