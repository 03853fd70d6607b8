//! Parts of speech, from left to right, each with the two before it in view.

use super::features::{Key, Word};
use super::weights::Scorer;

/// Index into [`crate::Upos::ALL`] that stands for "before the first word".
const START: usize = 31;

/// What a sentence looks like at one place.
pub(crate) struct View<'w> {
    pub words: &'w [Word],
    pub at: usize,
    /// Tag of the word before, and of the one before that.
    pub before: [usize; 2],
    /// Which treebank's manner is wanted.
    pub source: u32,
}

impl View<'_> {
    fn word(&self, step: isize) -> &Word {
        self.at
            .checked_add_signed(step)
            .and_then(|i| self.words.get(i))
            .unwrap_or(&Word::OUTSIDE)
    }

    /// Calls `each` with every feature of this place.
    pub(crate) fn features(&self, mut each: impl FnMut(u32)) {
        let mut number = 0;
        let mut add = |values: &[u32]| {
            let key = values.iter().fold(Key::of(number), |k, v| k.with(*v));
            number += 1;
            each(key.number());
        };
        let [before, second] = self.before.map(|t| t as u32);
        let word = self.word(0);
        let (last, next) = (self.word(-1), self.word(1));
        let first = u32::from(self.at == 0);
        let capital = u32::from(word.capital) + 2 * first;
        add(&[]);
        add(&[word.lower]);
        add(&[word.lower, capital]);
        for i in 0..4 {
            add(&[word.ends[i]]);
            add(&[word.starts[i]]);
        }
        add(&[word.ends[2], capital]);
        add(&[word.ends[1], before]);
        add(&[word.starts[1], word.ends[1]]);
        add(&[word.starts[2], word.ends[2]]);
        add(&[word.shape, first]);
        add(&[word.shape, before]);
        add(&[word.class]);
        add(&[word.class, before]);
        add(&[word.built]);
        add(&[word.built, before]);
        add(&[word.built, capital]);
        add(&[before]);
        add(&[before, second]);
        add(&[before, word.lower]);
        add(&[before, second, word.lower]);
        add(&[last.lower]);
        add(&[last.lower, word.lower]);
        add(&[next.lower]);
        add(&[word.lower, next.lower]);
        add(&[last.lower, next.lower]);
        add(&[self.word(-2).lower]);
        add(&[self.word(2).lower]);
        add(&[last.ends[2]]);
        add(&[next.ends[2]]);
        add(&[next.ends[1], before]);
        add(&[next.starts[1]]);
        add(&[next.class, before]);
        add(&[next.class, word.class]);
        add(&[next.built, before]);
        add(&[next.shape, word.shape]);
        add(&[self.word(2).class, next.class]);
        add(&[word.ends[2], next.ends[2]]);
        add(&[word.ends[2], next.class]);
        add(&[word.shape, last.shape]);
        add(&[self.source, word.lower]);
        add(&[self.source, word.class]);
        add(&[self.source, word.shape, before]);
    }
}

/// The class with the highest score, the first of equals.
pub(crate) fn best(scores: &[i32]) -> usize {
    let mut best = 0;
    for (class, score) in scores.iter().enumerate() {
        if *score > scores[best] {
            best = class;
        }
    }
    best
}

/// Tags for `words`, as indices into [`crate::Upos::ALL`].
pub(crate) fn tags(words: &[Word], source: u32, scorer: &impl Scorer) -> Vec<usize> {
    let mut found = Vec::with_capacity(words.len());
    let mut scores = vec![0; scorer.classes()];
    let mut before = [START; 2];
    for at in 0..words.len() {
        scores.fill(0);
        let view = View {
            words,
            at,
            before,
            source,
        };
        view.features(|key| scorer.add(key, &mut scores));
        let tag = best(&scores);
        found.push(tag);
        before = [tag, before[0]];
    }
    found
}

/// The tags before the first word.
#[cfg(feature = "train")]
pub(crate) const BEFORE_FIRST: [usize; 2] = [START; 2];
