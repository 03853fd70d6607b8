//! Which found event is which annotated one.
//!
//! One to one, most specific first: first all triples (line, class, actor codes, recipient codes),
//! then deeds (without recipients), then classes. Among equals the pair whose triggers share words
//! comes first.

use std::collections::BTreeSet;

use kronik_record::EventRecord;

use crate::GoldEvent;

/// How much of two events agrees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Line and class.
    Class,
    /// And the actors' codes.
    Deed,
    /// And the recipients' codes.
    Triple,
}

/// A found event and the annotated one it stands for, as indices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pairing {
    /// Index into the gold events.
    pub gold: usize,
    /// Index into the found events.
    pub found: usize,
    /// How much agrees.
    pub level: Level,
}

/// Line of the article's text that an event's trigger stands in, from 1.
pub(crate) fn line_of(text: &str, event: &EventRecord) -> usize {
    let before = event.trigger.span.0 as usize;
    text.chars().take(before).filter(|c| *c == '\n').count() + 1
}

/// Pairs the events of one article.
pub fn pair(text: &str, gold: &[GoldEvent], found: &[EventRecord]) -> Vec<Pairing> {
    let lines: Vec<usize> = found.iter().map(|e| line_of(text, e)).collect();
    let mut pairs: Vec<Pairing> = Vec::new();
    for level in [Level::Triple, Level::Deed, Level::Class] {
        for same_words in [true, false] {
            for (g, a) in gold.iter().enumerate() {
                if pairs.iter().any(|p| p.gold == g) {
                    continue;
                }
                let hit = found.iter().enumerate().find(|(f, b)| {
                    !pairs.iter().any(|p| p.found == *f)
                        && lines[*f] == a.line
                        && agrees(a, b, level)
                        && (!same_words || shares_words(&a.trigger, &b.trigger.text))
                });
                if let Some((f, _)) = hit {
                    pairs.push(Pairing {
                        gold: g,
                        found: f,
                        level,
                    });
                }
            }
        }
    }
    pairs
}

fn agrees(gold: &GoldEvent, found: &EventRecord, level: Level) -> bool {
    let codes = |list: &[kronik_record::ActorRecord]| -> BTreeSet<String> {
        list.iter().filter_map(|a| a.code.clone()).collect()
    };
    let set = |list: &[String]| -> BTreeSet<String> { list.iter().cloned().collect() };
    gold.class == found.class
        && (level < Level::Deed || set(&gold.actor) == codes(&found.actors))
        && (level < Level::Triple || set(&gold.recipient) == codes(&found.recipients))
}

fn shares_words(a: &str, b: &str) -> bool {
    let words = |text: &str| -> BTreeSet<String> {
        text.to_lowercase()
            .split_whitespace()
            .map(str::to_string)
            .collect()
    };
    !words(a).is_disjoint(&words(b))
}
