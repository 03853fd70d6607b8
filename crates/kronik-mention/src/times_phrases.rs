//! Words of a table that may stand in a sentence, one or several together.
//!
//! Nearly all of what a language says about times is such phrases; they are looked up at every
//! piece, so they are kept by their first word, the longest first.

use std::collections::BTreeMap;

use kronik_text::Span;

use crate::times_pieces::{Piece, pieces};

/// Words of one or several pieces with a value each; the longest is found first.
#[derive(Debug, Clone)]
pub(crate) struct Phrases<T> {
    by_first: BTreeMap<String, Vec<(Vec<String>, T)>>,
}

impl<T: Clone> Phrases<T> {
    pub(crate) fn new() -> Phrases<T> {
        Phrases {
            by_first: BTreeMap::new(),
        }
    }

    /// Adds `words`.
    pub(crate) fn add(&mut self, words: &str, value: T) {
        let forms: Vec<String> = pieces(words, Span::new(0, words.len()))
            .into_iter()
            .map(|p| p.low)
            .collect();
        if let Some(first) = forms.first() {
            let entries = self.by_first.entry(first.clone()).or_default();
            let at = entries.partition_point(|(other, _)| other.len() >= forms.len());
            entries.insert(at, (forms, value));
        }
    }

    /// The longest phrase at `at`: the piece after it and its value.
    pub(crate) fn at(&self, pieces: &[Piece], at: usize) -> Option<(usize, &T)> {
        let first = pieces.get(at)?;
        self.by_first
            .get(&first.low)?
            .iter()
            .find_map(|(forms, value)| {
                let fits = forms
                    .iter()
                    .enumerate()
                    .all(|(k, form)| pieces.get(at + k).is_some_and(|p| p.low == *form));
                fits.then_some((at + forms.len(), value))
            })
    }

    /// The value of a phrase of one word.
    pub(crate) fn word(&self, low: &str) -> Option<&T> {
        self.by_first
            .get(low)?
            .iter()
            .find(|(forms, _)| forms.len() == 1)
            .map(|(_, value)| value)
    }
}
