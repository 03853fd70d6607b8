//! Every row of `languages/*/cases/times.tsv`; all that are read otherwise are listed.

use std::fmt::Write;
use std::path::Path;

use jiff::civil::Date;
use kronik_lang::Analysis;
use kronik_record::table::Table;
use kronik_record::{BlockKind, Files};
use kronik_text::Span;

use crate::times_tests::sentence;
use crate::{Basis, Doubt, TimeLexicon, TimeMention};

/// Reads a row's text: paragraphs with ` || ` between them, `= ` before a heading.
fn read(
    lexicon: &TimeLexicon,
    row: &str,
    published: Option<Date>,
) -> (Vec<TimeMention>, Vec<Doubt>) {
    let (mut text, mut spans, mut kinds) = (String::new(), Vec::new(), Vec::new());
    for line in row.split(" || ") {
        let (kind, line) = match line.strip_prefix("= ") {
            Some(line) => (BlockKind::Heading, line),
            None => (BlockKind::Paragraph, line),
        };
        kinds.push(kind);
        spans.push(Span::new(text.len(), text.len() + line.len()));
        text.push_str(line);
        text.push('\n');
    }
    let sentences = spans.iter().enumerate();
    let analysis = Analysis {
        sentences: sentences
            .map(|(block, span)| sentence(&text, *span, block))
            .collect(),
        ..Analysis::default()
    };
    lexicon.find_all_doubting(&text, &analysis, published, &kinds, None)
}

/// The days as EDTF, and the clock.
fn shown(mention: &TimeMention) -> String {
    let mut out = mention.edtf.clone();
    if let Some((hour, minute)) = mention.clock {
        let _ = write!(out, " @{hour:02}:{minute:02}");
    }
    if let Some(offset) = mention.offset {
        let sign = if offset < 0 { '-' } else { '+' };
        let (hours, minutes) = (offset.abs() / 60, offset.abs() % 60);
        let _ = write!(out, "{sign}{hours:02}:{minutes:02}");
    }
    out
}

fn basis(mention: &TimeMention) -> &'static str {
    match mention.basis {
        Basis::Explicit => "explicit",
        Basis::Relative => "relative",
        Basis::Inherited => "inherited",
        Basis::Published => "published",
    }
}

fn check(code: &str, at_least: usize) {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    let files = Files::of_checkout(root).unwrap();
    let lexicon = TimeLexicon::load(&files, code).unwrap();
    let path = format!("languages/{code}/cases/times.tsv");
    let columns = [
        "text",
        "published",
        "read",
        "first",
        "last",
        "basis",
        "doubt",
    ];
    let table = Table::load(&files, &path, &columns).unwrap();
    let (mut cases, mut wrong) = (0, Vec::new());
    for row in table.rows() {
        let text = row.get("text");
        let (mentions, doubts) = read(&lexicon, text, row.get("published").parse().ok());
        let joined = |words: Vec<String>| words.join("; ");
        let of = |each: fn(&TimeMention) -> String| joined(mentions.iter().map(each).collect());
        let days = mentions.last().map(|m| m.days);
        let mut found = vec![
            ("read", of(shown)),
            ("basis", of(|m| basis(m).to_string())),
            (
                "doubt",
                joined(doubts.iter().map(|d| d.code.to_string()).collect()),
            ),
        ];
        if let (Some(days), true) = (days, !row.get("first").is_empty()) {
            found.push(("first", days.first.to_string()));
            found.push(("last", days.last.to_string()));
        }
        for (column, found) in found {
            if found != row.get(column) {
                wrong.push(format!(
                    "{text}\t{column} {found:?}, not {:?}",
                    row.get(column)
                ));
            }
        }
        cases += 1;
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert!(cases >= at_least, "only {cases} cases");
}

#[test]
fn indonesian_cases() {
    check("id", 200);
}

#[test]
fn english_cases() {
    check("en", 130);
}
