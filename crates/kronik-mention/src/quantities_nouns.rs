//! What a number counts: the noun after it, the currency before it.
//!
//! Where the head of a noun phrase stands is a property of the language (`rudal balistik`,
//! `ballistic missiles`) and is written in `units.tsv`.

use kronik_lang::{Sentence, Upos};

use crate::CountClass;
use crate::quantities_units::UnitLexicon;
use crate::times_pieces::{Piece, PieceKind};

/// A counted noun: the unit, its class, the piece after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Counted {
    pub(crate) unit: String,
    pub(crate) class: CountClass,
    pub(crate) end: usize,
}

/// What follows a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum After {
    /// A noun.
    Noun(Counted),
    /// A clock, an age, a stretch of time that dates: no quantity.
    None,
    /// Counts some of those that the number before it counts; the piece after the words that say
    /// so, and what those are said to be (`two of them children`).
    Same(usize, Option<Counted>),
    /// Counts the same as the number after it (`six of seven missiles`).
    Next,
    /// Nothing that is known.
    Unknown,
}

/// Unit and class of a noun; `None` for one that makes a number no quantity.
type Known = Option<(String, CountClass)>;

impl UnitLexicon {
    /// The currency that ends right before piece `at`: where it starts and its unit.
    pub(crate) fn currency_before(&self, pieces: &[Piece], at: usize) -> Option<(usize, &str)> {
        (1..=3)
            .rev()
            .filter_map(|length| at.checked_sub(length))
            .find_map(|start| {
                let (end, unit) = self.prefixes.at(pieces, start)?;
                // A$20, but not `a $20 note`.
                let letter = at > start + 1 && pieces[start].low.len() == 1 && !pieces[start].upper;
                (end == at && !letter).then_some((start, unit.as_str()))
            })
    }

    /// True where the word before a number makes it a year or a part of a name.
    pub(crate) fn is_stop(&self, low: &str) -> bool {
        self.stops.word(low).is_some()
    }

    /// What the number that ends before piece `at` counts.
    pub(crate) fn after(
        &self,
        sentence: &Sentence,
        pieces: &[Piece],
        at: usize,
        starts_number: &dyn Fn(usize) -> bool,
    ) -> After {
        let Some(first) = pieces.get(at) else {
            return After::Unknown;
        };
        if let Some((end, ())) = self.anaphors.at(pieces, at) {
            let noun = self.counted(sentence, pieces, end);
            match noun {
                // `others` counts what was counted before, `other soldiers` does not.
                Some(_) if self.head_last && end == at + 1 => {}
                Some(Some(noun)) => return After::Same(end, Some(noun)),
                _ => return After::Same(end, None),
            }
        }
        if let Some((end, ())) = self.partitives.at(pieces, at)
            && starts_number(end)
        {
            return After::Next;
        }
        if first.glued && first.kind == PieceKind::Mark && !first.is_mark("%") {
            return After::Unknown;
        }
        match self.counted(sentence, pieces, at) {
            Some(Some(counted)) => After::Noun(counted),
            Some(None) => After::None,
            None => After::Unknown,
        }
    }

    /// The noun phrase at `at`; `Some(None)` for what is never counted.
    pub(crate) fn counted(
        &self,
        sentence: &Sentence,
        pieces: &[Piece],
        at: usize,
    ) -> Option<Option<Counted>> {
        let (value, end) = if self.head_last {
            self.noun_at_end(sentence, pieces, at)?
        } else {
            self.noun_at_start(sentence, pieces, at)?
        };
        Some(value.map(|(unit, class)| Counted { unit, class, end }))
    }

    /// The piece after a noun at `at` that no row knows, where the noun comes first in its phrase:
    /// what was done to those counted may still tell what they are.
    pub(crate) fn unknown_noun(
        &self,
        sentence: &Sentence,
        pieces: &[Piece],
        at: usize,
    ) -> Option<usize> {
        let piece = pieces.get(at)?;
        let noun = !self.head_last
            && piece.kind == PieceKind::Word
            && !piece.glued
            && self.stops.at(pieces, at).is_none()
            && self.noun(sentence, pieces, at).is_none()
            && self.may_be_noun(sentence, piece);
        noun.then_some(at + 1)
    }

    /// True where a stretch of time (`noun`, counted by a number whose words start at `lead`) tells
    /// when or how old: `three days ago`, `the last ten years`, `Budi (45 tahun)`.
    pub(crate) fn dates(
        &self,
        sentence: &Sentence,
        pieces: &[Piece],
        lead: usize,
        noun: &Counted,
    ) -> bool {
        if noun.class != CountClass::Measure {
            return false;
        }
        let before = lead.checked_sub(1);
        if self.lapse_after.at(pieces, noun.end).is_some()
            || before.is_some_and(|i| self.lapse_before.at(pieces, i).is_some())
        {
            return true;
        }
        if !self.ages.contains(&noun.unit) {
            return false;
        }
        let mark = |i: usize| {
            pieces
                .get(i)
                .is_some_and(|p| p.is_mark(",") || p.is_mark("(") || p.is_mark(")"))
        };
        let person = |i: usize| {
            let noun = self.noun(sentence, pieces, i).and_then(|(_, value)| value);
            matches!(
                noun,
                Some((
                    _,
                    CountClass::Person | CountClass::Captive | CountClass::Official
                ))
            )
        };
        before.is_some_and(|i| (mark(i) && mark(noun.end)) || person(i))
    }

    /// What the amount before `at` is told for (`per day`): its unit and the piece after it.
    pub(crate) fn rate(&self, pieces: &[Piece], at: usize) -> Option<(&str, usize)> {
        let (end, unit) = self.rates.at(pieces, at)?;
        Some((unit.as_str(), end))
    }

    /// The noun at `at`: by its form, its form without an ending, its lemma.
    fn noun(&self, sentence: &Sentence, pieces: &[Piece], at: usize) -> Option<(usize, Known)> {
        let piece = pieces.get(at)?;
        let whole = self.nouns.at(pieces, at);
        // Try the phrase with its last word's ending taken off: `fighter jets`, `anggotanya`.
        let mut best = whole.map(|(end, value)| (end, value.clone()));
        for length in 1..=4 {
            let Some(last) = pieces.get(at + length - 1) else {
                break;
            };
            if last.kind != PieceKind::Word && !last.is_mark("%") {
                break;
            }
            let longer = best.as_ref().is_none_or(|(end, _)| at + length > *end);
            if !longer {
                continue;
            }
            for stem in self.stems(sentence, last) {
                let mut changed: Vec<Piece> = pieces[at..at + length].to_vec();
                if let Some(last) = changed.last_mut() {
                    last.low = stem;
                }
                if let Some((end, value)) = self.nouns.at(&changed, 0)
                    && end == length
                {
                    best = Some((at + length, value.clone()));
                    break;
                }
            }
        }
        best.filter(|_| piece.kind != PieceKind::Number)
    }

    fn stems(&self, sentence: &Sentence, piece: &Piece) -> Vec<String> {
        let mut stems: Vec<String> = self
            .endings
            .iter()
            .filter_map(|(ending, put)| {
                let stem = piece.low.strip_suffix(ending.as_str())?;
                (stem.chars().count() > 1).then(|| format!("{stem}{put}"))
            })
            .collect();
        let token = sentence
            .tokens
            .partition_point(|t| t.span.start() < piece.span.start());
        // A verb counts nothing: `two ships struck`.
        let token = sentence.tokens.get(token);
        if let Some(token) = token.filter(|t| t.span == piece.span && t.upos != Upos::Verb) {
            stems.push(token.lemma.to_lowercase());
        }
        stems
    }

    /// The head of a noun phrase that starts with it (`rudal balistik`).
    fn noun_at_start(
        &self,
        sentence: &Sentence,
        pieces: &[Piece],
        at: usize,
    ) -> Option<(Known, usize)> {
        let mut at = at;
        let mut fallback = None;
        for _ in 0..3 {
            let noun = self.noun(sentence, pieces, at);
            let classifier = self.classifiers.at(pieces, at).map(|(end, ())| end);
            match (noun, classifier) {
                (Some((end, value)), Some(after)) if end == after => {
                    fallback = Some((value, end));
                    at = after;
                }
                (Some((end, value)), _) => return Some((value, end)),
                (None, Some(after)) => at = after,
                (None, None) => match self.skips.at(pieces, at) {
                    Some((end, ())) if fallback.is_none() => at = end,
                    _ => break,
                },
            }
        }
        fallback
    }

    /// The head of a noun phrase that ends with it (`19 more air defence systems`).
    fn noun_at_end(
        &self,
        sentence: &Sentence,
        pieces: &[Piece],
        at: usize,
    ) -> Option<(Known, usize)> {
        let mut at = at;
        if let Some((end, ())) = self.skips.at(pieces, at) {
            at = end;
        }
        let mut best: Option<(Known, usize)> = None;
        let mut complete = false;
        at = compound_end(pieces, at);
        let first = at;
        while at < pieces.len() && at < first + 8 {
            let piece = &pieces[at];
            let begins = compound_end(pieces, at);
            if begins > at && !complete {
                at = begins;
                continue;
            }
            if let Some((end, value)) = self.noun(sentence, pieces, at) {
                // Directly after a measure nothing else is counted.
                if value.is_none() && best.is_none() {
                    return Some((None, end));
                }
                if value.is_some() {
                    best = Some((value, end));
                    complete = self.is_plural(&pieces[end - 1]);
                } else if complete {
                    break;
                }
                at = end;
                continue;
            }
            let inside = (piece.is_mark("-") || piece.is_mark("'")) && piece.glued;
            if inside {
                at += 1;
                continue;
            }
            let ends = piece.kind != PieceKind::Word
                || self.stops.at(pieces, at).is_some()
                || self.auxiliaries.at(pieces, at).is_some() && at > first
                || (at > first && self.fates_after.at(pieces, at).is_some());
            if complete || ends {
                break;
            }
            if self.is_plural(piece) && self.may_be_noun(sentence, piece) {
                let unit = if piece.upper {
                    self.capitalised
                        .clone()
                        .map(|unit| (unit, CountClass::Person))
                } else {
                    Some((piece.low.clone(), CountClass::Thing))
                };
                if unit.is_some() {
                    best = Some((unit, at + 1));
                    complete = true;
                }
            }
            at += 1;
        }
        best
    }

    fn is_plural(&self, piece: &Piece) -> bool {
        let ended = self.endings.iter().any(|(ending, _)| {
            piece.low.len() > ending.len() + 2 && piece.low.ends_with(ending.as_str())
        });
        let irregular =
            matches!(self.nouns.word(&piece.low), Some(Some((unit, _))) if *unit == piece.low);
        (ended && !piece.low.ends_with("ss")) || irregular
    }

    fn may_be_noun(&self, sentence: &Sentence, piece: &Piece) -> bool {
        let token = sentence.tokens.iter().find(|t| t.span == piece.span);
        token.is_none_or(|t| matches!(t.upos, Upos::Noun | Upos::Propn | Upos::X))
    }
}

/// The piece after `50-year-old ` where such a compound stands at `at`, else `at`.
fn compound_end(pieces: &[Piece], at: usize) -> usize {
    let tied = |i: usize| pieces.get(i).is_some_and(|p| p.glued);
    let mark = |i: usize| pieces.get(i).is_some_and(|p| p.is_mark("-"));
    if pieces.get(at).is_none_or(|p| p.kind != PieceKind::Number) || !(mark(at + 1) && tied(at + 1))
    {
        return at;
    }
    let mut end = at + 1;
    while mark(end) && tied(end) && tied(end + 1) {
        end += 2;
    }
    end
}
