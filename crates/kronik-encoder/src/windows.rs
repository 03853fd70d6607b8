//! A text cut into stretches that the net reads at once.
//!
//! The net was trained on a few sentences at a time, and attention costs the square of the
//! length, so a text is read in windows of about two hundred pieces, cut where the caller says a
//! sentence or a paragraph starts. Where no such place is near, the cut falls between two words
//! and the next window begins earlier, so that no word is read without what stands before it.

use std::ops::Range;

/// Pieces a window aims at.
const AIM: usize = 200;
/// Most pieces of a window: what training has seen, less the two ends.
const MOST: usize = 254;
/// Pieces read again before a cut that is no good place.
const CONTEXT: usize = 40;

/// Words read together, and which of their vectors are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Window {
    /// The words read.
    pub words: Range<usize>,
    /// The first word whose vector is kept; those before are context.
    pub keep_from: usize,
}

/// Cuts words into windows. `ends[i]` is the number of pieces up to and with word i; `breaks` are
/// indices of words that a window may well start with, in ascending order; `positions` are those
/// of the net, both ends included.
pub(crate) fn windows(ends: &[usize], breaks: &[usize], positions: usize) -> Vec<Window> {
    let most = MOST.min(positions.saturating_sub(2));
    let aim = AIM.min(most);
    let context = CONTEXT.min(most / 4);
    let before = |word: usize| word.checked_sub(1).map_or(0, |w| ends[w]);
    // The first word that no longer fits into `room` pieces from word `start` on.
    let reach = |start: usize, room: usize| {
        let limit = before(start) + room;
        start + ends[start..].partition_point(|&end| end <= limit)
    };
    let mut windows = Vec::new();
    let (mut start, mut keep_from) = (0, 0);
    while keep_from < ends.len() {
        let last = reach(start, most).max(keep_from + 1);
        if last == ends.len() && ends[last - 1] - before(start) <= aim {
            windows.push(Window {
                words: start..last,
                keep_from,
            });
            break;
        }
        let near = reach(start, aim);
        // The latest good place up to the aim, else the first up to the limit.
        let later = breaks.partition_point(|&b| b <= near);
        let place = breaks[..later].iter().rev().find(|&&b| b > keep_from);
        let place = place
            .or_else(|| breaks.get(later))
            .copied()
            .filter(|&b| b > keep_from);
        match place.filter(|&b| b <= last) {
            Some(end) if end < ends.len() => {
                windows.push(Window {
                    words: start..end,
                    keep_from,
                });
                (start, keep_from) = (end, end);
            }
            _ => {
                windows.push(Window {
                    words: start..last,
                    keep_from,
                });
                keep_from = last;
                start = last;
                // Context, as long as the next word fits as well.
                let next = ends.get(last).map_or(0, |end| end - before(last));
                let room = context.min(most.saturating_sub(next));
                while start > 0 && before(last) - before(start - 1) <= room {
                    start -= 1;
                }
            }
        }
    }
    windows
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(lengths: &[usize], breaks: &[usize], expected: &[(usize, usize, usize)]) {
        let ends = ends_of(lengths);
        let found: Vec<_> = windows(&ends, breaks, 512)
            .into_iter()
            .map(|w| (w.words.start, w.words.end, w.keep_from))
            .collect();
        assert_eq!(found, expected);
    }

    fn ends_of(lengths: &[usize]) -> Vec<usize> {
        let sum = |total: &mut usize, &n: &usize| {
            *total += n;
            Some(*total)
        };
        lengths.iter().scan(0, sum).collect()
    }

    #[test]
    fn windows_start_where_sentences_do() {
        check(&[], &[], &[]);
        check(&[1; 10], &[0, 5], &[(0, 10, 0)]);
        // The last start before 200 pieces.
        check(
            &[1; 300],
            &[0, 90, 180, 270],
            &[(0, 180, 0), (180, 300, 180)],
        );
        // None before 200, but one before 254.
        check(&[1; 300], &[0, 220], &[(0, 220, 0), (220, 300, 220)]);
        // None at all: cut at the limit, and 40 pieces are read again.
        check(&[1; 300], &[], &[(0, 254, 0), (214, 300, 254)]);
    }

    proptest! {
        #[test]
        fn every_word_is_kept_once_and_fits(
            lengths in prop::collection::vec(1usize..=16, 0..400),
            breaks in prop::collection::btree_set(0usize..420, 0..20),
            positions in 18usize..300,
        ) {
            let ends = ends_of(&lengths);
            let breaks: Vec<usize> = breaks.into_iter().collect();
            let mut next = 0;
            for window in windows(&ends, &breaks, positions) {
                prop_assert_eq!(window.keep_from, next);
                prop_assert!(window.words.start <= next && next < window.words.end);
                let pieces: usize = lengths[window.words.clone()].iter().sum();
                prop_assert!(pieces + 2 <= positions.min(256));
                next = window.words.end;
            }
            prop_assert_eq!(next, lengths.len());
        }
    }
}
