//! Sentences that the model met while it was trained.
//!
//! Annotated sets overlap: two of them took news from the same pages, and a part that one holds
//! out another gives to train on. A figure on such sentences says little, so those that were
//! never met are counted apart.

use std::collections::HashSet;

/// Letters that are compared at once: some six words.
pub const RUN: usize = 30;

/// Sentences of training, as their letters.
#[derive(Debug, Default)]
pub struct Met {
    whole: HashSet<String>,
    runs: HashSet<String>,
}

impl Met {
    /// Learns a sentence.
    pub fn add(&mut self, sentence: &str) {
        let letters = letters(sentence);
        self.runs.extend(runs(&letters));
        self.whole.insert(letters);
    }

    /// True if a sentence was met, or three tenths of what it consists of.
    pub fn knows(&self, sentence: &str) -> bool {
        let letters = letters(sentence);
        let all: Vec<String> = runs(&letters).collect();
        let known = all.iter().filter(|run| self.runs.contains(*run)).count();
        self.whole.contains(&letters) || !all.is_empty() && known * 10 >= all.len() * 3
    }
}

/// What is left whatever way a set cuts words and sets marks.
fn letters(sentence: &str) -> String {
    let kept = sentence.chars().filter(|c| c.is_alphanumeric());
    kept.flat_map(char::to_lowercase).collect()
}

fn runs(letters: &str) -> impl Iterator<Item = String> + '_ {
    let starts = letters.char_indices();
    starts.filter_map(|(at, _)| {
        let run: String = letters[at..].chars().take(RUN).collect();
        (run.chars().count() == RUN).then_some(run)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_known_by_their_letters() {
        let mut met = Met::default();
        met.add("The harbour of Northport opens again on Monday, the mayor's office said.");
        met.add("Rain.");
        let check = |sentence: &str, known: bool| {
            assert_eq!(met.knows(sentence), known, "{sentence}");
        };
        check("rain", true);
        check("Rain fell .", false);
        check("the harbour of Northport opens again on Monday", true);
        check("The harbour of Southport opens again on Friday .", false);
        check("", false);
    }
}
