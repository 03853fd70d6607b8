//! A number with what stands around it: bounds, the other end of a range, a currency.

use crate::Bound;
use crate::quantities::QuantityLexicon;
use crate::quantities_numerals::Numeral;
use crate::quantities_sum::scaled;
use crate::times_pieces::Piece;

/// What a phrase of `bounds.tsv` does before a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Before {
    Bound(Bound),
    Between,
    /// What was before a change (`from 10 to 15`): no end of a range.
    From,
    /// Up to, or so that (`hingga`).
    Until,
    Skip,
}

/// A number or a range of numbers with what bounds it.
pub(crate) struct Amount {
    /// First piece: of the bound, the currency or the number.
    pub(crate) first: usize,
    /// First piece of what stands before, with words that say nothing (`another`).
    pub(crate) lead: usize,
    /// First piece of the currency or the number.
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) bound: Bound,
    pub(crate) value: f64,
    pub(crate) high: Option<f64>,
    pub(crate) currency: Option<String>,
    /// The bound may also mean `so that`.
    pub(crate) until: bool,
    /// The upper end by the other convention of digits.
    pub(crate) high_thousands: Option<f64>,
    pub(crate) numeral: Numeral,
}

impl Amount {
    /// True where the digits tell a fraction (`23.05`), by which nothing whole is counted.
    pub(crate) fn is_broken(&self) -> bool {
        self.value.fract() != 0.0 || self.high.is_some_and(|h| h.fract() != 0.0)
    }

    /// Reads marks in digits as grouping where what is counted comes whole.
    pub(crate) fn settle(&mut self, whole: bool) {
        if whole {
            self.value = self.numeral.thousands.unwrap_or(self.value);
            self.high = self.high_thousands.or(self.high);
        }
    }
}

impl QuantityLexicon {
    /// The number that starts at `at`, with its bound, currency and range.
    pub(crate) fn amount(&self, pieces: &[Piece], at: usize, from: usize) -> Option<Amount> {
        let currency = self
            .units
            .currency_before(pieces, at)
            .filter(|(start, _)| *start >= from);
        let numeral = match currency {
            Some(_) => self.numerals.read_after_prefix(pieces, at, true)?,
            None => self.numerals.read(pieces, at)?,
        };
        let mut end = numeral.end;
        let mut unit = currency.map(|(_, unit)| unit.to_string());
        if numeral.tied && numeral.yearlike {
            return None;
        }
        if numeral.tied && unit.is_none() && self.after.at(pieces, end).is_none() {
            // a 300-million-euro loan
            let (behind, money) = self.units.money(pieces, end + 1)?;
            unit = Some(money.to_string());
            end = behind;
        }
        let start = currency.map_or(at, |(start, _)| start);
        let (first, lead, told) = self.bound_before(pieces, start, from);
        if lead < start && self.numerals.barred(pieces, lead, &numeral) {
            return None;
        }
        let mut amount = Amount {
            first,
            lead,
            start,
            end,
            until: told == Some(Before::Until),
            high_thousands: None,
            bound: Bound::Exact,
            value: numeral.value,
            high: numeral.high,
            currency: unit,
            numeral,
        };
        if let Some((end, ())) = self
            .range
            .at(pieces, numeral.end)
            .filter(|_| told != Some(Before::From))
            .or_else(|| {
                self.joined
                    .at(pieces, numeral.end)
                    .filter(|_| told == Some(Before::Between))
            })
        {
            self.take_range(pieces, end, &mut amount);
        }
        amount.bound = match (told, amount.high) {
            (Some(Before::Bound(bound)), None) => bound,
            (Some(Before::Until), None) => Bound::AtMost,
            (_, Some(_)) => Bound::Range,
            _ if numeral.vague => Bound::AtLeast,
            _ => Bound::Exact,
        };
        if let Some((end, bound)) = self.after.at(pieces, amount.end) {
            amount.end = end;
            if amount.bound == Bound::Exact {
                amount.bound = *bound;
            }
        }
        Some(amount)
    }

    /// Takes the upper end of a range that starts at `at`.
    fn take_range(&self, pieces: &[Piece], at: usize, amount: &mut Amount) {
        let prefixed = (at..at + 3).find(|i| self.units.currency_before(pieces, *i).is_some());
        let start = prefixed.filter(|_| amount.currency.is_some()).unwrap_or(at);
        let Some(high) = self
            .numerals
            .read_after_prefix(pieces, start, prefixed.is_some())
        else {
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
        if amount.value < high.value && !high.tied {
            amount.high = Some(high.value);
            amount.high_thousands = high.thousands;
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
                if what != Before::From {
                    first = start;
                }
            }
        }
        (first, lead, told)
    }
}
