//! What was done to those counted, or what they did: `tewas`, `were detained`, `killing`.
//!
//! The fate gives the unit that makes two reports comparable, whatever noun they count. Where
//! several are told (`orang yang ditahan akan dilepaskan`) all are kept: which one counts is the
//! deed's to say.

use kronik_text::Span;

use crate::quantities_units::{Deed, Reach, UnitLexicon};
use crate::times_pieces::{Piece, PieceKind};
use crate::{CountClass, Fate};

/// How far behind the noun a second fate may stand.
const REACH: usize = 14;

impl UnitLexicon {
    /// What is told after the noun (or the bare number) that ends before `at`, in text order, and
    /// the piece after the first such word.
    pub(crate) fn fates_after(
        &self,
        pieces: &[Piece],
        at: usize,
        class: Option<CountClass>,
        starts_number: &dyn Fn(usize) -> bool,
    ) -> Option<(Vec<Fate>, usize)> {
        let at = self.behind_parts(pieces, at);
        let first = class.map_or(at, |_| self.verb_after(pieces, at));
        let (fate, end) = self.fate_at(pieces, first, class, starts_number)?;
        let mut fates = vec![fate];
        // orang yang ditahan … akan dilepaskan
        if self.relative.at(pieces, first).is_some() {
            let more = (end..pieces.len())
                .take(REACH)
                .take_while(|i| !pieces[*i].is_mark(";") && !pieces[*i].is_mark("."))
                .filter(|i| self.auxiliaries.at(pieces, *i).is_some())
                .filter(|i| self.relative.at(pieces, *i).is_none())
                .find_map(|i| self.fate_at(pieces, i, class, starts_number));
            fates.extend(more.map(|(fate, _)| fate));
        }
        Some((fates, end))
    }

    /// The fate at `at`, behind words that may stand before one.
    fn fate_at(
        &self,
        pieces: &[Piece],
        mut at: usize,
        class: Option<CountClass>,
        starts_number: &dyn Fn(usize) -> bool,
    ) -> Option<(Fate, usize)> {
        let mut helped = false;
        for _ in 0..5 {
            if let Some((end, fate)) = self.fates_after.at(pieces, at) {
                // `two soldiers killed three civilians`: the soldiers did it.
                let active = !helped && starts_number(end);
                let active = active && fate.reach != Reach::Doer;
                return (!active && reaches(fate.reach, class)).then(|| {
                    let span = span_of(pieces, at, end);
                    (fate.told(span), end)
                });
            }
            let (end, ()) = self.auxiliaries.at(pieces, at)?;
            helped = true;
            at = end;
        }
        None
    }

    /// The piece after `, including 20 children,` where such stands at `at`, else `at`.
    fn behind_parts(&self, pieces: &[Piece], at: usize) -> usize {
        let comma = |i: usize| pieces.get(i).is_some_and(|p| p.is_mark(","));
        if !comma(at) || self.parts_before.at(pieces, at + 1).is_none() {
            return at;
        }
        (at + 2..pieces.len())
            .take(REACH)
            .find(|i| comma(*i))
            .map_or(at, |i| i + 1)
    }

    /// Where the verb may start after the counted noun that ends before `at`: behind what modifies
    /// the noun (`warga Palestina tewas`, `volunteers of the Red Crescent were killed`).
    fn verb_after(&self, pieces: &[Piece], at: usize) -> usize {
        let tie = self.ties.at(pieces, at).map(|(end, ())| end);
        let (from, most) = match tie {
            Some(end) => (end, 7),
            None if self.head_last => return at,
            None => (at, 3),
        };
        let told = |i: usize| {
            self.auxiliaries.at(pieces, i).is_some()
                || (!self.head_last && self.fates_after.at(pieces, i).is_some())
        };
        (from..pieces.len())
            .take(most)
            .take_while(|i| *i == from || pieces[*i - 1].kind == PieceKind::Word)
            .find(|i| told(*i))
            .unwrap_or(at)
    }

    /// What was done to those counted, told right before the number that starts at `at`.
    pub(crate) fn fate_before(
        &self,
        pieces: &[Piece],
        at: usize,
        class: Option<CountClass>,
    ) -> Option<Fate> {
        (1..=5)
            .rev()
            .filter_map(|length| at.checked_sub(length))
            .find_map(|start| {
                let (end, fate) = self.fates_before.at(pieces, start)?;
                let span = span_of(pieces, start, end);
                (end == at && reaches(fate.reach, class)).then(|| fate.told(span))
            })
    }

    /// All words of the sentence that can tell what was done to such as `class`, or done by them.
    pub(crate) fn fates_around(&self, pieces: &[Piece], class: Option<CountClass>) -> Vec<Fate> {
        let fate = |start: usize| {
            let before = self.fates_before.at(pieces, start);
            let (end, deed) = self.fates_after.at(pieces, start).or(before)?;
            let span = span_of(pieces, start, end);
            reaches(deed.reach, class).then(|| deed.told(span))
        };
        (0..pieces.len()).filter_map(fate).collect()
    }
}

impl Deed {
    fn told(&self, span: Span) -> Fate {
        Fate {
            span,
            unit: self.unit.clone(),
            doer: self.reach == Reach::Doer,
            harm: self.reach == Reach::All,
        }
    }
}

fn span_of(pieces: &[Piece], start: usize, end: usize) -> Span {
    let last = end.saturating_sub(1).max(start);
    pieces[start].span.cover(pieces[last].span)
}

fn reaches(reach: Reach, class: Option<CountClass>) -> bool {
    use CountClass::{Captive, Official, Person};
    match (reach, class) {
        (_, None) => true,
        (Reach::All, Some(class)) => matches!(class, Person | Captive | Official),
        (Reach::Person | Reach::Doer, Some(class)) => class == Person,
        (Reach::Bare, Some(_)) => false,
    }
}
