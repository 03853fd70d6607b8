//! Patterns of dates and clock times, as rows of `times.tsv` write them.
//!
//! How dates are written differs from language to language, so the orders and words are data; the
//! slots (`<day>`, `<month>` …) and what is bound in them are the same everywhere. Patterns are
//! matched against pieces, the longest match wins.

use crate::times_calendar::Unit;
use crate::times_pieces::{Piece, pieces};
use crate::times_table::Names;
use kronik_text::Span;

/// One element of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Element {
    /// A piece that reads so.
    Literal(String),
    /// A slot.
    Slot(Slot),
}

/// What a slot binds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub(crate) enum Slot {
    Day,
    Month,
    Year,
    Weekday,
    Numeric,
    Full,
    Date,
    Part,
    Span,
    Time,
    ColonTime,
    Hour,
    Zone,
}

impl Slot {
    fn from_name(name: &str) -> Option<Slot> {
        Some(match name {
            "day" => Slot::Day,
            "month" => Slot::Month,
            "year" => Slot::Year,
            "weekday" => Slot::Weekday,
            "numeric" => Slot::Numeric,
            "full" => Slot::Full,
            "date" => Slot::Date,
            "part" => Slot::Part,
            "span" => Slot::Span,
            "time" => Slot::Time,
            "hh:mm" => Slot::ColonTime,
            "hour" => Slot::Hour,
            "zone" => Slot::Zone,
            _ => return None,
        })
    }
}

/// Which part of the day a word names, as far as it changes a clock's hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Am,
    Noon,
    Pm,
}

/// What a match bound, in text order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Bindings {
    pub(crate) days: Vec<i8>,
    pub(crate) months: Vec<i8>,
    pub(crate) years: Vec<i16>,
    pub(crate) weekdays: Vec<i8>,
    /// Two or three numbers of a numeric date, in the order printed.
    pub(crate) numeric: Vec<i16>,
    pub(crate) span: Option<(i64, Unit)>,
    pub(crate) part: Option<Part>,
    pub(crate) clock: Option<(i8, i8)>,
    /// Index of a row of zones.
    pub(crate) zone: Option<usize>,
    /// True where a month stood alone with a name that is also another word.
    pub(crate) needs_lead: bool,
}

impl Bindings {
    /// True where a day of a month is bound.
    pub(crate) fn has_day(&self) -> bool {
        !self.days.is_empty() || !self.numeric.is_empty()
    }
}

/// A pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pattern {
    elements: Vec<(Element, bool)>,
}

impl Pattern {
    /// Reads a pattern; the error says what is wrong with it.
    pub(crate) fn parse(text: &str) -> Result<Pattern, String> {
        let mut elements = Vec::new();
        for word in text.split_whitespace() {
            let (word, optional) = match word.strip_suffix('?') {
                Some(word) => (word, true),
                None => (word, false),
            };
            if let Some(name) = word.strip_prefix('<').and_then(|w| w.strip_suffix('>')) {
                let slot =
                    Slot::from_name(name).ok_or_else(|| format!("there is no slot <{name}>"))?;
                elements.push((Element::Slot(slot), optional));
            } else {
                for piece in pieces(word, Span::new(0, word.len())) {
                    elements.push((Element::Literal(piece.low), optional));
                }
            }
        }
        if elements.is_empty() {
            Err("the pattern is empty".into())
        } else {
            Ok(Pattern { elements })
        }
    }

    /// The word every match starts with, if the pattern starts with one.
    pub(crate) fn first_literal(&self) -> Option<&str> {
        match self.elements.first() {
            Some((Element::Literal(word), false)) => Some(word),
            _ => None,
        }
    }

    /// Whether `<date>` stands in it; such patterns may not be used to read `<date>` itself.
    pub(crate) fn nests(&self) -> bool {
        self.elements
            .iter()
            .any(|(e, _)| *e == Element::Slot(Slot::Date))
    }

    /// The longest match at `at`: the piece after it and what it bound.
    pub(crate) fn longest(
        &self,
        names: &Names,
        dates: &dyn Fn(usize) -> Option<(usize, Bindings)>,
        pieces: &[Piece],
        at: usize,
    ) -> Option<(usize, Bindings)> {
        let mut best = None;
        self.walk(names, dates, pieces, 0, at, Bindings::default(), &mut best);
        best.filter(|(end, _)| *end > at)
    }

    #[allow(clippy::too_many_arguments)]
    fn walk(
        &self,
        names: &Names,
        dates: &dyn Fn(usize) -> Option<(usize, Bindings)>,
        pieces: &[Piece],
        element: usize,
        at: usize,
        bound: Bindings,
        best: &mut Option<(usize, Bindings)>,
    ) {
        let Some((what, optional)) = self.elements.get(element) else {
            if best.as_ref().is_none_or(|(end, _)| at > *end) {
                *best = Some((at, bound));
            }
            return;
        };
        if *optional {
            self.walk(names, dates, pieces, element + 1, at, bound.clone(), best);
        }
        let next = match what {
            Element::Literal(word) => pieces
                .get(at)
                .filter(|p| p.low == *word)
                .map(|_| (at + 1, bound)),
            Element::Slot(Slot::Date) => dates(at).map(|(end, date)| {
                let mut all = bound;
                all.days.extend(date.days);
                all.months.extend(date.months);
                all.years.extend(date.years);
                all.numeric.extend(date.numeric);
                all.weekdays.extend(date.weekdays);
                (end, all)
            }),
            Element::Slot(slot) => {
                let alone = self.elements.len() == 1;
                names.fill(*slot, alone, pieces, at, bound)
            }
        };
        if let Some((end, bound)) = next {
            self.walk(names, dates, pieces, element + 1, end, bound, best);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_checked() {
        assert!(Pattern::parse("<day> <month>").is_ok());
        assert_eq!(
            Pattern::parse("<moon>").unwrap_err(),
            "there is no slot <moon>"
        );
        assert!(Pattern::parse(" ").is_err());
    }
}
