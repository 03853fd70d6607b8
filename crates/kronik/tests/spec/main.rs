//! Runs the specification: every heading of `spec/<language>/<topic>.md` is a case.
//!
//! Sentences show better than rules what Kronik is meant to read, and a page that is run cannot
//! grow old. How to write a case stands in `spec/README.md`.
//!
//! `UPDATE=gaps` takes the lines of closed gaps out, `UPDATE=1` rewrites the expected blocks too;
//! `SPEC=id/passives` runs the topics whose name holds the word; `SPEC_GAPS=1` shows what the known
//! gaps look like.

mod check;
mod fixture;
mod line;
mod markup;

use std::collections::BTreeMap;

use kronik::{Config, Engine};

use crate::check::{Outcome, check};
use crate::fixture::{Case, Fixture, fixtures};

#[test]
fn specification() {
    let engine = Engine::new(&Config::default()).unwrap();
    let fixtures = fixtures().unwrap_or_else(|e| panic!("{e}"));
    let only = std::env::var("SPEC").unwrap_or_default();
    let update = Update::asked();
    let mut failures: Vec<String> = Vec::new();
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for fixture in fixtures.iter().filter(|f| f.topic.contains(&only)) {
        let mut edits = Vec::new();
        for case in &fixture.cases {
            let outcome = check(&engine, case);
            let (all, gaps) = counts.entry(&fixture.topic).or_default();
            *all += 1;
            *gaps += usize::from(case.gap.is_some());
            if outcome.broken.is_empty() {
                edits.extend(edits_of(case, &outcome, update));
            }
            failures.extend(failure(fixture, case, &outcome, update));
        }
        if !edits.is_empty() {
            std::fs::write(&fixture.path, edited(&fixture.source, edits)).unwrap();
        }
    }
    for (topic, (all, gaps)) in &counts {
        println!("{topic:<32} {all:>3} cases, {gaps:>3} known gaps");
    }
    let (all, gaps) = counts
        .values()
        .fold((0, 0), |sum, c| (sum.0 + c.0, sum.1 + c.1));
    println!("{:<32} {all:>3} cases, {gaps:>3} known gaps", "all");
    assert!(
        failures.is_empty(),
        "{} of {all} cases fail\n\n{}",
        failures.len(),
        failures.join("\n")
    );
}

/// What to print of a case that is not as it should be.
fn failure(fixture: &Fixture, case: &Case, outcome: &Outcome, update: Update) -> Option<String> {
    let mut lines = outcome.broken.clone();
    match &case.gap {
        Some(_) if outcome.differences.is_empty() && update == Update::Nothing => {
            lines.push("this known gap is closed: take its line out".to_string());
        }
        Some(reason) if std::env::var_os("SPEC_GAPS").is_some() => {
            lines.push(format!("known gap: {}", reason.0));
            lines.extend(outcome.differences.clone());
        }
        Some(_) => {}
        None => lines.extend(
            outcome
                .differences
                .iter()
                .filter(|d| update != Update::Blocks || d.starts_with("mark "))
                .cloned(),
        ),
    }
    if case.events.is_none() && update != Update::Blocks {
        lines.push("no events block; UPDATE=1 writes one".to_string());
    }
    if lines.is_empty() {
        return None;
    }
    let head = format!("spec/{}.md:{}: {}", fixture.topic, case.line, case.name);
    Some(format!("{head}\n    {}\n", lines.join("\n    ")))
}

/// What `UPDATE` asks to be rewritten.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Update {
    Nothing,
    /// `gaps`: the lines of gaps that are closed.
    Gaps,
    /// `1`: these and the expected blocks.
    Blocks,
}

impl Update {
    fn asked() -> Update {
        match std::env::var("UPDATE").as_deref() {
            Ok("1") => Update::Blocks,
            Ok("gaps") => Update::Gaps,
            _ => Update::Nothing,
        }
    }
}

/// Lines to be put in place of others.
struct Edit {
    start: usize,
    end: usize,
    lines: Vec<String>,
}

/// What `UPDATE=1` changes. A known gap keeps its blocks, which tell the true reading, and loses
/// its line when it is closed.
fn edits_of(case: &Case, outcome: &Outcome, update: Update) -> Vec<Edit> {
    let mut edits = Vec::new();
    if update == Update::Nothing {
        return edits;
    }
    if let Some((_, line)) = &case.gap {
        if outcome.differences.is_empty() {
            edits.push(Edit {
                start: *line,
                end: line + 2,
                lines: Vec::new(),
            });
        }
        return edits;
    }
    if update == Update::Gaps {
        return edits;
    }
    if let Some(lines) = &outcome.events {
        match &case.events {
            Some(block) => edits.push(Edit {
                start: block.lines.start,
                end: block.lines.end,
                lines: lines.clone(),
            }),
            None => {
                let mut block = vec!["```events".to_string()];
                block.extend(lines.clone());
                block.push("```".to_string());
                edits.push(Edit {
                    start: case.after_text,
                    end: case.after_text,
                    lines: block,
                });
            }
        }
    }
    if let (Some(lines), Some(block)) = (&outcome.statements, &case.statements) {
        edits.push(Edit {
            start: block.lines.start,
            end: block.lines.end,
            lines: lines.clone(),
        });
    }
    edits
}

fn edited(source: &str, mut edits: Vec<Edit>) -> String {
    let mut lines: Vec<String> = source.lines().map(str::to_string).collect();
    edits.sort_by_key(|e| std::cmp::Reverse(e.start));
    for edit in edits {
        let end = edit.end.min(lines.len());
        lines.splice(edit.start..end, edit.lines);
    }
    lines.join("\n") + "\n"
}

#[test]
fn blocks_are_rewritten_in_place() {
    let source = "## A\n\nKnown gap: none.\n\n```text\nx\n```\n```events\nold\n```\n";
    let edit = |start, end, lines: &[&str]| Edit {
        start,
        end,
        lines: lines.iter().map(ToString::to_string).collect(),
    };
    let new = edited(source, vec![edit(2, 4, &[]), edit(8, 9, &["new", "er"])]);
    assert_eq!(new, "## A\n\n```text\nx\n```\n```events\nnew\ner\n```\n");
}

#[test]
fn fixtures_say_what_is_wrong_with_them() {
    let check = |source: &str, message: &str| {
        let error = fixture::cases(source, "id/x").unwrap_err();
        assert!(error.contains(message), "{error}");
    };
    check("## A\n", "this case has no text");
    check("## A\n```text\nx\n", "not closed");
    check("```text\nx\n```\n", "under a heading");
    check("## A\n```toml\ncolour = 1\n```\n", "colour");
    check("## A\n```text\n[[x\n```\n", "spec/id/x.md:2");
    check(
        "## A\n```text\nx\n```\n## A\n```text\nx\n```\n",
        "same name",
    );
}
