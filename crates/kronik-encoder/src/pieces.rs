//! Words to pieces of the model's vocabulary, as the model saw them in training.
//!
//! The vocabulary is a unigram model: of all ways to cut a word, the one whose pieces have the
//! greatest sum of scores counts. Each word is cut alone; a piece never spans two words, so a
//! word's vector is the mean over pieces that are its own.

use crate::error::{Error, Result};
use crate::file::{ANY, ModelFile};
use safetensors::tensor::Dtype;

/// Id of the piece that opens a sequence.
pub(crate) const OPEN: u32 = 0;
/// Id of the piece that closes a sequence.
pub(crate) const CLOSE: u32 = 2;
/// Id of the unknown piece.
const UNKNOWN: u32 = 3;

/// Most pieces of one word; the rest is dropped.
pub(crate) const MOST_PIECES: usize = 16;

/// Stands for a white space before a word or within it.
const SPACE: char = '\u{2581}';

/// An unknown character costs this much more than the worst piece.
const UNKNOWN_COST: f64 = 10.0;

/// The vocabulary, its scores and the normalisation before it.
pub(crate) struct Pieces {
    text: String,
    /// End of each piece in `text`.
    ends: Vec<u32>,
    scores: Vec<f32>,
    unknown_score: f64,
    longest: usize,
    /// Open addressing by [`hash`] of the text: piece id + 1, or 0.
    slots: Vec<u32>,
    norm: Normalisation,
}

/// A map from characters to characters.
struct Normalisation {
    from: Vec<u32>,
    /// End of each replacement in `to`.
    ends: Vec<u32>,
    to: Vec<char>,
}

/// Start of a hash (FNV-1a), to be continued byte by byte.
const HASH_START: u64 = 0xcbf2_9ce4_8422_2325;

#[inline]
fn hash(state: u64, bytes: &[u8]) -> u64 {
    let step = |h: u64, &b: &u8| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3);
    bytes.iter().fold(state, step)
}

/// The last multiplication of the hash leaves its low bits weak; fold the high ones in.
#[inline]
fn slot(state: u64, mask: usize) -> usize {
    (state ^ (state >> 29)) as usize & mask
}

impl Pieces {
    pub fn read(file: &ModelFile<'_>) -> Result<Pieces> {
        let name = "pieces.text";
        let text = file.raw(name, Dtype::U8, &[ANY])?.to_vec();
        let text = String::from_utf8(text).map_err(|e| Error::tensor(name, e))?;
        let ends = file.u32s("pieces.ends", &[ANY])?;
        let scores = file.f32s("pieces.score", &[ends.len()])?;
        Pieces::new(text, ends, scores, Normalisation::read(file)?)
    }

    fn new(text: String, ends: Vec<u32>, scores: Vec<f32>, norm: Normalisation) -> Result<Pieces> {
        let whole = ends.last().is_none_or(|&e| e as usize == text.len());
        let bounds = ends.iter().all(|&e| text.is_char_boundary(e as usize));
        if !ends.is_sorted() || !whole || !bounds {
            let message = "does not cut the text into pieces";
            return Err(Error::tensor("pieces.ends", message));
        }
        if ends.len() <= UNKNOWN as usize {
            let message = "has no room for the special pieces";
            return Err(Error::tensor("pieces.ends", message));
        }
        let least = scores.iter().copied().fold(f32::MAX, f32::min);
        let mut pieces = Pieces {
            text,
            slots: vec![0; (2 * ends.len()).next_power_of_two()],
            ends,
            scores,
            unknown_score: f64::from(least) - UNKNOWN_COST,
            longest: 0,
            norm,
        };
        pieces.index();
        Ok(pieces)
    }

    /// Number of pieces.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    fn piece(&self, id: u32) -> &str {
        let start = match id {
            0 => 0,
            _ => self.ends[id as usize - 1],
        };
        &self.text[start as usize..self.ends[id as usize] as usize]
    }

    fn index(&mut self) {
        let mask = self.slots.len() - 1;
        for id in 0..self.ends.len() as u32 {
            let piece = self.piece(id);
            // The special pieces are no text: `<s>` in a word is three characters.
            if id <= UNKNOWN || piece.is_empty() {
                continue;
            }
            let mut at = slot(hash(HASH_START, piece.as_bytes()), mask);
            while self.slots[at] != 0 {
                at = (at + 1) & mask;
            }
            self.longest = self.longest.max(piece.len());
            self.slots[at] = id + 1;
        }
    }

    /// The piece with this text, whose hash is given.
    fn find(&self, state: u64, text: &str) -> Option<u32> {
        let mask = self.slots.len() - 1;
        let mut at = slot(state, mask);
        loop {
            let id = self.slots[at].checked_sub(1)?;
            if self.piece(id) == text {
                return Some(id);
            }
            at = (at + 1) & mask;
        }
    }

    /// Appends the pieces of one word to `out`: at least one, at most [`MOST_PIECES`].
    pub fn cut(&self, form: &str, space_before: bool, out: &mut Vec<u32>) {
        let mut word = String::with_capacity(form.len() + SPACE.len_utf8());
        if space_before {
            word.push(SPACE);
        }
        self.norm.apply(form, &mut word);
        let first = out.len();
        self.best_cut(&word, out);
        if out.len() == first {
            out.push(UNKNOWN);
        }
        out.truncate(first + MOST_PIECES);
    }

    fn best_cut(&self, word: &str, out: &mut Vec<u32>) {
        // Per character border: best score of a cut of the text before it, the last piece of that
        // cut and where that piece starts.
        let borders: Vec<usize> = word.char_indices().map(|(at, _)| at).collect();
        let count = borders.len();
        let border = |i: usize| borders.get(i).copied().unwrap_or(word.len());
        let mut best = vec![(f64::NEG_INFINITY, UNKNOWN, 0usize); count + 1];
        best[0].0 = 0.0;
        for start in 0..count {
            let score = best[start].0;
            let mut state = HASH_START;
            for end in start + 1..=count {
                if border(end) - border(start) > self.longest {
                    break;
                }
                state = hash(state, &word.as_bytes()[border(end - 1)..border(end)]);
                if let Some(id) = self.find(state, &word[border(start)..border(end)]) {
                    let total = score + f64::from(self.scores[id as usize]);
                    if total > best[end].0 {
                        best[end] = (total, id, start);
                    }
                }
            }
            let total = score + self.unknown_score;
            if total > best[start + 1].0 {
                best[start + 1] = (total, UNKNOWN, start);
            }
        }
        let first = out.len();
        let mut end = count;
        while end > 0 {
            let (_, id, start) = best[end];
            out.push(id);
            end = start;
        }
        out[first..].reverse();
    }
}

impl Normalisation {
    fn read(file: &ModelFile<'_>) -> Result<Normalisation> {
        let from = file.u32s("norm.from", &[ANY])?;
        let ends = file.u32s("norm.ends", &[from.len()])?;
        let to = file.u32s("norm.to", &[ANY])?;
        Normalisation::new(from, ends, to)
    }

    fn new(from: Vec<u32>, ends: Vec<u32>, to: Vec<u32>) -> Result<Normalisation> {
        let to: Option<Vec<char>> = to.into_iter().map(char::from_u32).collect();
        let to = to.ok_or_else(|| Error::tensor("norm.to", "has a number that is no character"))?;
        if !from.is_sorted_by(|a, b| a < b) {
            return Err(Error::tensor("norm.from", "is not in ascending order"));
        }
        if !ends.is_sorted() || ends.last().is_some_and(|&e| e as usize > to.len()) {
            return Err(Error::tensor("norm.ends", "does not cut the replacements"));
        }
        Ok(Normalisation { from, ends, to })
    }

    /// Appends the normal form of a word; spaces become [`SPACE`], a run of them one.
    fn apply(&self, form: &str, out: &mut String) {
        let mut push = |c: char| {
            let c = if c == ' ' { SPACE } else { c };
            if c != SPACE || !out.ends_with(SPACE) {
                out.push(c);
            }
        };
        for c in form.chars() {
            match self.from.binary_search(&u32::from(c)) {
                Err(_) => push(c),
                Ok(at) => {
                    let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
                    let range = start as usize..self.ends[at] as usize;
                    self.to[range].iter().copied().for_each(&mut push);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A vocabulary of a few pieces; a soft hyphen goes, a ligature becomes two letters, a no-break
    /// space a space.
    fn vocabulary() -> Pieces {
        let list = [
            ("<s>", 0.0),
            ("<pad>", 0.0),
            ("</s>", 0.0),
            ("<unk>", 0.0),
            ("\u{2581}", -3.0),
            ("\u{2581}lari", -2.0),
            ("\u{2581}la", -4.0),
            ("ri", -4.0),
            ("l", -5.0),
            ("a", -5.0),
            ("r", -5.0),
            ("i", -5.0),
            ("f", -6.0),
            ("la", -10.0),
            ("й", -7.0),
        ];
        let text: String = list.iter().map(|(piece, _)| *piece).collect();
        let ends = list.iter().scan(0, |end, (piece, _)| {
            *end += piece.len() as u32;
            Some(*end)
        });
        let ends = ends.collect();
        let scores = list.iter().map(|(_, score)| *score).collect();
        let to = vec![0x20, u32::from('f'), u32::from('i')];
        let norm = Normalisation::new(vec![0xa0, 0xad, 0xfb01], vec![1, 1, 3], to).unwrap();
        Pieces::new(text, ends, scores, norm).unwrap()
    }

    fn check(form: &str, space_before: bool, expected: &[&str]) {
        let pieces = vocabulary();
        let mut ids = Vec::new();
        pieces.cut(form, space_before, &mut ids);
        let found: Vec<&str> = ids.iter().map(|&id| pieces.piece(id)).collect();
        assert_eq!(found, expected, "{form:?}");
    }

    #[test]
    fn words_are_cut_into_the_best_pieces() {
        check("lari", true, &["\u{2581}lari"]);
        check("ari", false, &["a", "ri"]);
        check("la\u{ad}ri", true, &["\u{2581}lari"]);
        check("laй", true, &["\u{2581}la", "й"]);
        check("ﬁ", true, &["\u{2581}", "f", "i"]);
    }

    #[test]
    fn ties_go_to_the_cut_found_first() {
        // `la` at -10 and `l` + `a` at -5 each: the longer piece starts earlier and stays.
        check("la", false, &["la"]);
    }

    #[test]
    fn white_space_is_one_mark_and_specials_are_no_text() {
        check("l  l", false, &["l", "\u{2581}", "l"]);
        check("l\u{a0} l", false, &["l", "\u{2581}", "l"]);
        check(" l", true, &["\u{2581}", "l"]);
        check("", true, &["\u{2581}"]);
        check("", false, &["<unk>"]);
        check("\u{ad}", false, &["<unk>"]);
        check("<s>", false, &["<unk>", "<unk>", "<unk>"]);
        check("l中a", false, &["l", "<unk>", "a"]);
    }

    #[test]
    fn long_words_are_cut_off() {
        let long = "i".repeat(10_000);
        check(&long, false, &["i"; MOST_PIECES]);
        check(
            &"中".repeat(10_000),
            true,
            &[&["\u{2581}"][..], &["<unk>"; 15]].concat(),
        );
    }

    #[test]
    fn tables_that_do_not_fit_are_refused() {
        let norm = || Normalisation::new(vec![], vec![], vec![]).unwrap();
        let pieces = |text: &str, ends| Pieces::new(text.into(), ends, vec![0.0; 4], norm());
        assert!(pieces("abcd", vec![1, 2, 3, 4]).is_ok());
        assert!(pieces("abcd", vec![1, 3, 2, 4]).is_err());
        assert!(pieces("abcd", vec![1, 2, 3, 9]).is_err());
        assert!(pieces("abй", vec![1, 2, 3, 4]).is_err());
        assert!(pieces("abc", vec![1, 2, 3]).is_err());
        assert!(Normalisation::new(vec![2, 1], vec![0, 0], vec![]).is_err());
        assert!(Normalisation::new(vec![1], vec![2], vec![65]).is_err());
        assert!(Normalisation::new(vec![1], vec![1], vec![0xd800]).is_err());
    }

    proptest! {
        #[test]
        fn every_string_has_pieces(form in any::<String>(), space_before in any::<bool>()) {
            let mut ids = vec![7];
            let pieces = vocabulary();
            pieces.cut(&form, space_before, &mut ids);
            prop_assert!((2..=1 + MOST_PIECES).contains(&ids.len()));
            prop_assert!(ids.iter().all(|&id| (id as usize) < pieces.len()));
        }
    }
}
