//! Numbers that count: `more than 10,000 troops`, `belasan pejabat`, `Rp 1,5 triliun`.
//!
//! A number alone says little: how it is bounded (`at least`, `hampir`), what it counts and what
//! was done to those counted is what makes two reports comparable. Numbers that count nothing of
//! interest (dates, ages, distances, per cent, model numbers) are no mentions.

use kronik_lang::Sentence;
use kronik_record::table::Table;
use kronik_record::{Files, Result};

use crate::quantities_numerals::{Numeral, NumeralLexicon, scaled};
use crate::quantities_units::{After, Class, UnitLexicon};
use crate::times::covered;
use crate::times_pieces::{Piece, PieceKind, pieces};
use crate::times_table::Phrases;
use crate::{Bound, QuantityMention};

/// What a phrase of `bounds.tsv` does before a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Before {
    Bound(Bound),
    Between,
    Skip,
}

/// The number words, bounds and counted nouns of a language.
#[derive(Debug, Clone)]
pub struct QuantityLexicon {
    numerals: NumeralLexicon,
    units: UnitLexicon,
    before: Phrases<Before>,
    after: Phrases<Bound>,
    range: Phrases<()>,
    joined: Phrases<()>,
}

/// A number or a range of numbers with what bounds it.
struct Amount {
    /// First piece: of the bound, the currency or the number.
    first: usize,
    /// First piece of what stands before, with words that say nothing (`another`).
    lead: usize,
    end: usize,
    bound: Bound,
    value: f64,
    high: Option<f64>,
    currency: Option<String>,
    numeral: Numeral,
}

/// A quantity whose unit may still be open.
struct Draft {
    first: usize,
    end: usize,
    bound: Bound,
    value: f64,
    high: Option<f64>,
    unit: Option<(String, Option<Class>)>,
    waits: bool,
}

impl QuantityLexicon {
    /// Reads the tables of numbers of language `code`.
    ///
    /// # Errors
    /// When a table is missing or a row cannot be used; the error names file and line.
    pub fn load(files: &Files, code: &str) -> Result<QuantityLexicon> {
        let path = format!("languages/{code}/bounds.tsv");
        let table = Table::load(files, &path, &["bound", "place", "words"])?;
        let mut lexicon = QuantityLexicon {
            numerals: NumeralLexicon::load(files, code)?,
            units: UnitLexicon::load(files, code)?,
            before: Phrases::new(),
            after: Phrases::new(),
            range: Phrases::new(),
            joined: Phrases::new(),
        };
        for row in table.rows() {
            let bound = match row.need("bound")? {
                "more" => Some(Bound::More),
                "at_least" => Some(Bound::AtLeast),
                "less" => Some(Bound::Less),
                "at_most" => Some(Bound::AtMost),
                "about" => Some(Bound::About),
                "range" | "joined" | "between" | "skip" => None,
                other => return Err(row.error(format!("no bound is '{other}'"))),
            };
            for words in row.list("words") {
                match (bound, row.get("bound"), row.need("place")?) {
                    (Some(bound), _, "before") => lexicon.before.add(words, Before::Bound(bound)),
                    (Some(bound), _, "after") => lexicon.after.add(words, bound),
                    (None, "between", _) => lexicon.before.add(words, Before::Between),
                    (None, "skip", _) => lexicon.before.add(words, Before::Skip),
                    (None, "range", _) => lexicon.range.add(words, ()),
                    (None, _, "before") => lexicon.joined.add(words, ()),
                    _ => return Err(row.error("'place' is neither before nor after")),
                }
            }
        }
        Ok(lexicon)
    }

    /// The quantities one sentence mentions, in order.
    ///
    /// `text` is the article's text and `sentence_index` the number the mentions are to carry.
    pub fn find(
        &self,
        text: &str,
        sentence_index: usize,
        sentence: &Sentence,
    ) -> Vec<QuantityMention> {
        let pieces = pieces(text, sentence.span);
        let mut drafts: Vec<Draft> = Vec::new();
        let mut at = 0;
        while at < pieces.len() {
            let from = drafts.last().map_or(0, |d| d.end);
            let Some(amount) = self.amount(&pieces, at, from) else {
                at += 1;
                continue;
            };
            at = amount.end.max(at + 1);
            if let Some(draft) = self.draft(sentence, &pieces, &drafts, amount) {
                at = at.max(draft.end);
                let unit = draft.unit.clone();
                // What waited for the whole counts what the whole counts.
                if let Some(unit) = unit {
                    for waiting in drafts.iter_mut().rev().take_while(|d| d.waits) {
                        waiting.unit = Some(unit.clone());
                        waiting.waits = false;
                    }
                }
                drafts.push(draft);
            }
        }
        drafts
            .into_iter()
            .filter_map(|draft| {
                let (unit, _) = draft.unit?;
                let last = draft.end.checked_sub(1)?;
                let span = pieces.get(draft.first)?.span.cover(pieces.get(last)?.span);
                Some(QuantityMention {
                    span,
                    sentence: sentence_index,
                    tokens: covered(sentence, span),
                    bound: draft.bound,
                    value: draft.value,
                    high: draft.high,
                    unit,
                })
            })
            .collect()
    }

    /// The number that starts at `at`, with its bound, currency and range.
    fn amount(&self, pieces: &[Piece], at: usize, from: usize) -> Option<Amount> {
        let currency = self
            .units
            .currency_before(pieces, at)
            .filter(|(start, _)| *start >= from);
        let numeral = match currency {
            Some(_) => self.numerals.read_after_prefix(pieces, at)?,
            None => self.numerals.read(pieces, at)?,
        };
        let start = currency.map_or(at, |(start, _)| start);
        let (first, lead, told) = self.bound_before(pieces, start, from);
        let mut amount = Amount {
            first,
            lead,
            end: numeral.end,
            bound: Bound::Exact,
            value: numeral.value,
            high: numeral.high,
            currency: currency.map(|(_, unit)| unit.to_string()),
            numeral,
        };
        if let Some((end, ())) = self.range.at(pieces, numeral.end).or_else(|| {
            self.joined
                .at(pieces, numeral.end)
                .filter(|_| told == Some(Before::Between))
        }) {
            self.take_range(pieces, end, &mut amount);
        }
        amount.bound = match (told, amount.high) {
            (Some(Before::Bound(bound)), None) => bound,
            (_, Some(_)) => Bound::Range,
            _ if numeral.vague => Bound::AtLeast,
            _ => Bound::Exact,
        };
        if let Some((end, bound)) = self.after.at(pieces, amount.end)
            && amount.bound == Bound::Exact
        {
            (amount.end, amount.bound) = (end, *bound);
        }
        Some(amount)
    }

    /// Takes the upper end of a range that starts at `at`.
    fn take_range(&self, pieces: &[Piece], at: usize, amount: &mut Amount) {
        let prefixed = (at..at + 3).find(|i| self.units.currency_before(pieces, *i).is_some());
        let start = prefixed.filter(|_| amount.currency.is_some()).unwrap_or(at);
        let Some(high) = self.numerals.read_after_prefix(pieces, start) else {
            return;
        };
        if amount.numeral.yearlike && high.yearlike {
            return;
        }
        if amount.numeral.scale.is_none()
            && let Some(scale) = high.scale
            && amount.value * scale <= high.value
        {
            amount.value = scaled(amount.value, scale);
        }
        if amount.value < high.value {
            amount.high = Some(high.value);
            amount.end = high.end;
        }
    }

    /// Words before `at` that bound a number: where they start, where all that belongs to the
    /// number starts, and what they say.
    fn bound_before(
        &self,
        pieces: &[Piece],
        at: usize,
        from: usize,
    ) -> (usize, usize, Option<Before>) {
        let (mut first, mut lead, mut told) = (at, at, None);
        for _ in 0..3 {
            let phrase = (1..=5)
                .rev()
                .filter_map(|n| lead.checked_sub(n))
                .find_map(|start| {
                    let (end, what) = self.before.at(pieces, start)?;
                    (end == lead && start >= from).then_some((start, *what))
                });
            let Some((start, what)) = phrase else { break };
            lead = start;
            if what != Before::Skip {
                if told.is_some() {
                    break;
                }
                told = Some(what);
                first = start;
            }
        }
        (first, lead, told)
    }

    fn draft(
        &self,
        sentence: &Sentence,
        pieces: &[Piece],
        drafts: &[Draft],
        amount: Amount,
    ) -> Option<Draft> {
        let mut draft = Draft {
            first: amount.first,
            end: amount.end,
            bound: amount.bound,
            value: amount.value,
            high: amount.high,
            unit: None,
            waits: false,
        };
        if let Some(unit) = amount.currency {
            draft.unit = Some((unit, Some(Class::Money)));
            return Some(draft);
        }
        let starts_number = |i: usize| {
            let after = self.before.at(pieces, i).map_or(i, |(end, _)| end);
            self.numerals.read(pieces, i).is_some() || self.numerals.read(pieces, after).is_some()
        };
        let before = amount.lead.checked_sub(1).and_then(|i| pieces.get(i));
        let one = amount.numeral.spelt && amount.value == 1.0;
        if amount.numeral.yearlike
            && (before.is_some_and(|p| self.units.is_stop(&p.low))
                || before.is_some_and(|p| p.kind == PieceKind::Number))
        {
            return None;
        }
        match self
            .units
            .after(sentence, pieces, amount.end, &starts_number)
        {
            After::Noun(counted) => {
                let class = Some(counted.class);
                let fate = self
                    .units
                    .fate_after(pieces, counted.end, class, &starts_number)
                    .map(|(unit, _)| unit)
                    .or_else(|| self.units.fate_before(pieces, amount.lead, class));
                draft.end = counted.end;
                draft.unit = Some((fate.unwrap_or(counted.unit), class));
            }
            After::None => return None,
            After::Next if one => return None,
            After::Next => draft.waits = true,
            After::Same(end) => {
                let (unit, class) = drafts
                    .iter()
                    .rev()
                    .find_map(|d| d.unit.clone())
                    .filter(|_| !one)?;
                let done = self
                    .units
                    .fate_after(pieces, end, class.or(Some(Class::Person)), &starts_number)
                    .map(|(unit, _)| unit)
                    .or_else(|| self.units.fate_before(pieces, amount.lead, class));
                draft.end = end;
                draft.unit = Some((done.unwrap_or(unit), class));
            }
            After::Unknown if amount.numeral.yearlike => return None,
            After::Unknown => {
                let after = self
                    .units
                    .fate_after(pieces, amount.end, None, &starts_number);
                let ends_here = pieces
                    .get(amount.end)
                    .is_none_or(|p| p.kind == PieceKind::Mark || self.units.is_stop(&p.low));
                if let Some((unit, end)) = after {
                    draft.end = end;
                    draft.unit = Some((unit, None));
                } else {
                    let unit = self.units.fate_before(pieces, amount.lead, None)?;
                    if !ends_here {
                        return None;
                    }
                    draft.unit = Some((unit, None));
                }
                if one {
                    return None;
                }
            }
        }
        Some(draft)
    }
}
