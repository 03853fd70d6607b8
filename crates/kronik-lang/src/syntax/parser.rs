//! Heads and relations: the moves with the highest sum of scores, as far as can be seen.
//!
//! Taking the best move each time goes wrong where a sentence turns out otherwise than it began
//! (`the soldiers who guarded the bridge fled`), so a few half-built trees are kept side by side.

use super::sight::Sight;
use super::state::{Move, State, Step};
use super::weights::Scorer;

/// The best allowed move by `scores`.
#[cfg(feature = "train")]
pub(crate) fn best_move(state: &State, scores: &[i32]) -> Option<Move> {
    let allowed = [Step::Shift, Step::Left, Step::Right].map(|s| state.allows(s));
    let mut best: Option<(i32, usize)> = None;
    for (class, score) in scores.iter().enumerate() {
        let step = Move::of_class(class).step as usize;
        if allowed[step] && best.is_none_or(|(s, _)| *score > s) {
            best = Some((*score, class));
        }
    }
    best.map(|(_, class)| Move::of_class(class))
}

/// A tree in building, among others.
#[derive(Debug, Clone)]
pub(crate) struct Candidate {
    pub state: State,
    pub score: i64,
    /// Numbers of the moves that built it.
    pub moves: Vec<u8>,
}

/// The best half-built trees after the same number of moves, best first.
#[derive(Debug, Clone)]
pub(crate) struct Beam {
    pub candidates: Vec<Candidate>,
    width: usize,
    scores: Vec<i32>,
    /// Score, candidate and move of what could come next.
    choices: Vec<(i64, usize, usize)>,
}

impl Beam {
    /// A beam over nothing built yet.
    pub(crate) fn new(length: usize, width: usize, classes: usize) -> Beam {
        let start = Candidate {
            state: State::new(length),
            score: 0,
            moves: Vec::with_capacity(2 * length),
        };
        Beam {
            candidates: vec![start],
            width: width.max(1),
            scores: vec![0; classes],
            choices: Vec::new(),
        }
    }

    /// One move on; false if there is none.
    pub(crate) fn advance(&mut self, sight: &Sight<'_>, scorer: &impl Scorer) -> bool {
        self.choices.clear();
        for (at, candidate) in self.candidates.iter().enumerate() {
            let allowed = [Step::Shift, Step::Left, Step::Right].map(|s| candidate.state.allows(s));
            self.scores.fill(0);
            sight.features(&candidate.state, |key| scorer.add(key, &mut self.scores));
            for (class, score) in self.scores.iter().enumerate() {
                if !allowed[Move::of_class(class).step as usize] {
                    continue;
                }
                let total = candidate.score + i64::from(*score);
                let full = self.choices.len() == self.width;
                if full && self.choices.last().is_some_and(|(s, _, _)| *s >= total) {
                    continue;
                }
                // Behind its equals, so that the first found stays first.
                let place = self.choices.partition_point(|(s, _, _)| *s >= total);
                if full {
                    self.choices.pop();
                }
                self.choices.insert(place, (total, at, class));
            }
        }
        let next = self.choices.iter().map(|(score, at, class)| {
            let mut candidate = self.candidates[*at].clone();
            candidate.state.make(Move::of_class(*class));
            candidate.score = *score;
            candidate.moves.push(*class as u8);
            candidate
        });
        let next: Vec<Candidate> = next.collect();
        let moved = !next.is_empty();
        if moved {
            self.candidates = next;
        }
        moved
    }
}

/// Builds the tree of a sentence, with `width` half-built trees kept in view.
pub(crate) fn parse(sight: &Sight<'_>, scorer: &impl Scorer, width: usize) -> State {
    let length = sight.length();
    let mut beam = Beam::new(length, width, scorer.classes());
    for _ in 0..2 * length {
        if !beam.advance(sight, scorer) {
            break;
        }
    }
    let best = beam.candidates.into_iter().next();
    best.map_or_else(|| State::new(length), |c| c.state)
}
