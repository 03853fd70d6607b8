//! What the parser sees of a sentence and a half-built tree.

use super::features::{Key, NOTHING, Word, hash};
use super::state::{Dependants, State};
use crate::Upos;

/// What the parser sees of a sentence.
pub(crate) struct Sight<'s> {
    words: &'s [Word],
    /// Index into [`crate::Upos::ALL`] for each word.
    tags: &'s [usize],
    /// Hash of each word's headword.
    keys: &'s [u32],
    /// Which treebank's manner is wanted.
    source: u32,
    /// Commas, quotation marks, verbs and conjunctions before each place.
    marks: Vec<[u16; 4]>,
}

macro_rules! atoms {
    ($($name:ident),* $(,)?) => {
        /// Names of the values that templates are made of: a place (`S0` the top of the stack,
        /// `S1` the word under it, `B0` the next word …, `l`/`r` its outermost dependant on a
        /// side, `L`/`R` the one before that) and what is asked of it (`W` form, `T` tag, `K`
        /// headword, `N` relation).
        #[allow(clippy::upper_case_acronyms)]
        #[derive(Clone, Copy)]
        enum Atom { $($name),* }
        const ATOMS: usize = [$(Atom::$name),*].len();
    };
}

atoms! {
    S0W, S0T, S0K, S1W, S1T, S1K, S2W, S2T, B0W, B0T, B0K, B1W, B1T, B1K, B2W, B2T, B3T,
    S0lW, S0lT, S0lN, S0rW, S0rT, S0rN, S0LT, S0LN, S0RT, S0RN,
    S1lT, S1lN, S1rW, S1rT, S1rN, S1RT, S1RN, S2rN,
    B0lW, B0lT, B0lN, B0LT, B0LN,
    S0ln, S0rn, S1ln, S1rn, B0ln,
    S0lS, S0rS, S1lS, S1rS, B0lS,
    D0, D1, G0, G1, S0U, S1U, B0U, S0H, S1H, B0H, BT, PT, FST, SRC,
}

const TEMPLATES: &[&[Atom]] = {
    use Atom::*;
    &[
        // One place.
        &[S0W, S0T],
        &[S0W],
        &[S0T],
        &[S0K],
        &[S0K, S0T],
        &[S1W, S1T],
        &[S1W],
        &[S1T],
        &[S1K],
        &[S2W, S2T],
        &[S2T],
        &[B0W, B0T],
        &[B0W],
        &[B0T],
        &[B0K],
        &[B1W, B1T],
        &[B1W],
        &[B1T],
        &[B2W, B2T],
        &[B2T],
        &[S0U, S0T],
        &[B0U, B0T],
        &[S1U, S1T],
        &[S0H, S0T],
        &[B0H, B0T],
        &[S1H, S1T],
        // Two places.
        &[S0W, S0T, B0W, B0T],
        &[S0W, S0T, B0T],
        &[S0T, B0W, B0T],
        &[S0W, B0W],
        &[S0T, B0T],
        &[S0K, B0K],
        &[S0K, B0T],
        &[S0T, B0K],
        &[S1W, S1T, S0W, S0T],
        &[S1W, S1T, S0T],
        &[S1T, S0W, S0T],
        &[S1W, S0W],
        &[S1T, S0T],
        &[S1K, S0K],
        &[S1K, S0T],
        &[S1T, S0K],
        &[S1T, B0T],
        &[S1W, B0T],
        &[S1K, B0K],
        &[S1T, B0W],
        &[B0T, B1T],
        &[B0W, B1T],
        &[B0T, B1W],
        &[S0T, B1T],
        &[S0W, B1W],
        &[S0U, B0U, S0T, B0T],
        &[S1U, S0U, S1T, S0T],
        &[S0H, B0H],
        &[S1H, S0H],
        // Three places.
        &[S0T, B0T, B1T],
        &[S0W, B0T, B1T],
        &[S0T, B0W, B1T],
        &[S0T, B0T, B1W],
        &[B0T, B1T, B2T],
        &[S0T, B0T, B1T, B2T],
        &[S2T, S1T, S0T],
        &[S1T, S0T, B0T],
        &[S1W, S0T, B0T],
        &[S1T, S0W, B0T],
        &[S1T, S0T, B0W],
        &[S1K, S0K, B0T],
        &[S2T, S1T, S0T, B0T],
        &[S1T, S0T, B0T, B1T],
        // With dependants.
        &[S0W, S0lN],
        &[S0W, S0rN],
        &[S1W, S1rN],
        &[B0W, B0lN],
        &[S0T, S0lN, S0lW],
        &[S0T, S0rN, S0rW],
        &[S1T, S1rN, S1rW],
        &[B0T, B0lN, B0lW],
        &[S0T, S0lT, B0T],
        &[S0T, S0rT, B0T],
        &[S0T, B0T, B0lT],
        &[S1T, S1rT, S0T],
        &[S1T, S1lT, S0T],
        &[S1T, S0T, S0lT],
        &[S1T, S0T, S0rT],
        &[S1T, S0T, S0lN],
        &[S1T, S0T, S0lW],
        &[S1K, S0T, S0lW],
        &[S1W, S0K, S0lW],
        &[S1T, S1rN, S0T, B0T],
        &[S0T, S0lN, B0T, B0lN],
        &[S0T, S0rN, B0T],
        &[S0T, S0lT, S0LT],
        &[S0T, S0rT, S0RT],
        &[S1T, S1rT, S1RT],
        &[B0T, B0lT, B0LT],
        &[S0T, S0lN, S0LN],
        &[S0T, S0rN, S0RN],
        &[S1T, S1rN, S1RN],
        &[S2T, S2rN, S1T, S0T],
        // Valency and the relations a word has already.
        &[S0W, S0ln],
        &[S0T, S0ln],
        &[S0W, S0rn],
        &[S0T, S0rn],
        &[S1W, S1rn],
        &[S1T, S1rn],
        &[S1T, S1ln],
        &[B0W, B0ln],
        &[B0T, B0ln],
        &[S0T, S0lS, B0T],
        &[S0T, S0rS, B0T],
        &[S0K, S0lS],
        &[S0K, S0rS],
        &[S1T, S1lS, S0T],
        &[S1T, S1rS, S0T],
        &[S1K, S1rS, S0T],
        &[S1T, S1rS, S1lS, S0T, S0lW],
        &[B0T, B0lS, S0T],
        &[B0K, B0lS],
        // Distance and what lies between.
        &[S0T, B0T, D0],
        &[S0W, D0],
        &[B0W, D0],
        &[S0W, B0T, D0],
        &[S1T, S0T, D1],
        &[S1W, S0T, D1],
        &[S0W, D1],
        &[S0T, B0T, G0],
        &[S1T, S0T, G1],
        &[S1T, S0T, B0T, G1],
        &[S0T, BT, PT],
        &[S0T, B0T, FST],
        &[S1T, S0T, B0T, BT],
        &[B2T, B3T, B0T],
        &[B1K, S0T, B0T],
        &[B2W, S0T, B0T],
        &[S1lT, S1lN, S1T],
        // The manner of a treebank.
        &[SRC, S0T, B0T],
        &[SRC, S1T, S0T],
        &[SRC, S1T, S0T, B0T],
        &[SRC, S1W, S0T],
        &[SRC, S0T, S0lW],
    ]
};

/// Stands for the root's form, tag and headword.
const ROOT: u32 = 0x5bd1_e995;

impl<'s> Sight<'s> {
    /// A sentence with its tags and headwords.
    pub(crate) fn new(
        words: &'s [Word],
        tags: &'s [usize],
        keys: &'s [u32],
        source: u32,
    ) -> Sight<'s> {
        let comma = hash(",");
        let mut marks = Vec::with_capacity(words.len() + 1);
        let mut so_far = [0u16; 4];
        marks.push(so_far);
        for (word, tag) in words.iter().zip(tags) {
            let kind = match Upos::ALL.get(*tag).map(|(u, _)| *u) {
                Some(Upos::Punct) => Some(usize::from(word.lower != comma)),
                Some(Upos::Verb) => Some(2),
                Some(Upos::Cconj | Upos::Sconj) => Some(3),
                _ => None,
            };
            if let Some(kind) = kind {
                so_far[kind] = so_far[kind].saturating_add(1);
            }
            marks.push(so_far);
        }
        Sight {
            words,
            tags,
            keys,
            source,
            marks,
        }
    }

    /// Number of words.
    pub(crate) fn length(&self) -> usize {
        self.words.len()
    }

    /// Form, tag, headword, build and shape of a place.
    fn word(&self, at: Option<usize>) -> [u32; 5] {
        match at {
            Some(i) if i < self.words.len() => {
                let word = &self.words[i];
                [
                    word.lower,
                    self.tags[i] as u32,
                    self.keys[i],
                    word.built,
                    word.shape,
                ]
            }
            Some(_) => [ROOT; 5],
            None => [NOTHING; 5],
        }
    }

    /// Which marks lie strictly between two places.
    fn between(&self, from: Option<usize>, to: Option<usize>) -> u32 {
        let (Some(from), Some(to)) = (from, to) else {
            return NOTHING;
        };
        let (Some(a), Some(b)) = (self.marks.get(from + 1), self.marks.get(to)) else {
            return NOTHING;
        };
        (0..4).fold(0, |bits, i| {
            bits << 2 | u32::from(b[i].saturating_sub(a[i])).min(2)
        })
    }

    /// Calls `each` with every feature of a state.
    pub(crate) fn features(&self, state: &State, mut each: impl FnMut(u32)) {
        let atoms = self.atoms(state);
        for (number, template) in TEMPLATES.iter().enumerate() {
            let key = template
                .iter()
                .fold(Key::of(1000 + number as u32), |key, atom| {
                    key.with(atoms[*atom as usize])
                });
            each(key.number());
        }
    }

    fn atoms(&self, state: &State) -> [u32; ATOMS] {
        use Atom::*;
        let mut atoms = [NOTHING; ATOMS];
        let waiting = |step: usize| Some(state.next + step).filter(|i| *i < state.length);
        let (s0, s1, s2) = (state.stacked(0), state.stacked(1), state.stacked(2));
        let (b0, b1, b2, b3) = (waiting(0), waiting(1), waiting(2), waiting(3));
        let mut set = |atom: Atom, value: u32| atoms[atom as usize] = value;
        let places = [
            (s0, [S0W, S0T, S0K, S0U, S0H]),
            (s1, [S1W, S1T, S1K, S1U, S1H]),
            (b0, [B0W, B0T, B0K, B0U, B0H]),
        ];
        for (place, names) in places {
            for (name, value) in names.into_iter().zip(self.word(place)) {
                set(name, value);
            }
        }
        for (place, w, t) in [(s2, S2W, S2T), (b1, B1W, B1T), (b2, B2W, B2T)] {
            let values = self.word(place);
            set(w, values[0]);
            set(t, values[1]);
        }
        set(B1K, self.word(b1)[2]);
        set(B3T, self.word(b3)[1]);
        let of =
            |place: Option<usize>| place.map_or_else(Dependants::default, |i| state.dependants[i]);
        let (d0, d1, d2, e0) = (of(s0), of(s1), of(s2), of(b0));
        let relation = |word: Option<u32>| {
            word.and_then(|w| state.relations.get(w as usize))
                .map_or(NOTHING, |r| *r as u32)
        };
        let outer = [
            (d0.left[0], Some(S0lW), Some(S0lT), S0lN),
            (d0.right[0], Some(S0rW), Some(S0rT), S0rN),
            (d0.left[1], None, Some(S0LT), S0LN),
            (d0.right[1], None, Some(S0RT), S0RN),
            (d1.left[0], None, Some(S1lT), S1lN),
            (d1.right[0], Some(S1rW), Some(S1rT), S1rN),
            (d1.right[1], None, Some(S1RT), S1RN),
            (d2.right[0], None, None, S2rN),
            (e0.left[0], Some(B0lW), Some(B0lT), B0lN),
            (e0.left[1], None, Some(B0LT), B0LN),
        ];
        for (word, w, t, n) in outer {
            let values = self.word(word.map(|w| w as usize));
            if let Some(w) = w {
                set(w, values[0]);
            }
            if let Some(t) = t {
                set(t, values[1]);
            }
            set(n, relation(word));
        }
        let fold = |bits: u64| (bits ^ bits >> 32) as u32;
        set(S0ln, u32::from(d0.left_count.min(4)));
        set(S0rn, u32::from(d0.right_count.min(4)));
        set(S1ln, u32::from(d1.left_count.min(4)));
        set(S1rn, u32::from(d1.right_count.min(4)));
        set(B0ln, u32::from(e0.left_count.min(4)));
        set(S0lS, fold(d0.left_relations));
        set(S0rS, fold(d0.right_relations));
        set(S1lS, fold(d1.left_relations));
        set(S1rS, fold(d1.right_relations));
        set(B0lS, fold(e0.left_relations));
        set(D0, distance(s0, b0));
        set(D1, distance(s1, s0));
        set(G0, self.between(s0, b0));
        set(G1, self.between(s1, s0));
        let tag = |i: Option<usize>| self.word(i)[1];
        set(SRC, self.source);
        set(BT, tag(state.next.checked_sub(1)));
        set(PT, tag(state.next.checked_sub(2)));
        set(
            FST,
            u32::from(state.stack.len() as u32 == 2) + 2 * u32::from(b1.is_none()),
        );
        atoms
    }
}

fn distance(from: Option<usize>, to: Option<usize>) -> u32 {
    match (from, to) {
        (Some(from), Some(to)) => match to.abs_diff(from) {
            n @ 0..=4 => n as u32,
            5..=6 => 5,
            7..=10 => 6,
            11..=20 => 7,
            _ => 8,
        },
        _ => NOTHING,
    }
}
