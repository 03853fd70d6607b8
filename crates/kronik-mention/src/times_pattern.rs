//! Patterns of dates and clock times, as rows of `times.tsv` write them.
//!
//! How dates are written differs from language to language, so the orders and words are data; the
//! slots (`<day>`, `<month>` …) and what is bound in them are the same everywhere. Patterns are
//! matched against pieces, the longest match wins.

use crate::Basis;
use crate::times_calendar::{Stretch, Unit};
use crate::times_pieces::{Piece, PieceKind, pieces};
use crate::times_table::Names;
use kronik_text::Span;

/// One element of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Element {
    /// A piece that reads so.
    Literal(String),
    /// A slot.
    Slot(Slot),
    /// A phrase of a list of that name (`{to}`).
    List(String),
    /// Nothing, before a mark or the end of the sentence (`$`).
    End,
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
    When,
    Part,
    Span,
    Time,
    ColonTime,
    Hour,
    Zone,
    Number,
    Nth,
    Unit,
    Holiday,
    Season,
    Decade,
    ShortYear,
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
            "when" => Slot::When,
            "n" => Slot::Number,
            "nth" => Slot::Nth,
            "unit" => Slot::Unit,
            "holiday" => Slot::Holiday,
            "season" => Slot::Season,
            "decade" => Slot::Decade,
            "yy" => Slot::ShortYear,
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
    /// A count (`week 31`).
    pub(crate) number: Option<i64>,
    /// A place in a row, -1 for the last.
    pub(crate) nth: Option<i64>,
    /// A unit without a number.
    pub(crate) unit: Option<Unit>,
    /// Index of a row of holidays.
    pub(crate) holiday: Option<usize>,
    /// First month of a season.
    pub(crate) season: Option<i8>,
    /// First year of a decade.
    pub(crate) decade: Option<i16>,
    /// Other mentions inside this one, resolved.
    pub(crate) whens: Vec<Stretch>,
    /// One of them counts from another day.
    pub(crate) counted: bool,
}

impl Bindings {
    /// True where a day of a month is bound.
    pub(crate) fn has_day(&self) -> bool {
        !self.days.is_empty() || !self.numeric.is_empty()
    }
}

/// What patterns are matched against.
pub(crate) struct Words<'w> {
    /// The names of the language.
    pub(crate) names: &'w Names,
    /// The sentence.
    pub(crate) pieces: &'w [Piece],
    /// Reads `<date>`.
    pub(crate) dates: &'w dyn Fn(usize) -> Option<(usize, Bindings)>,
    /// Reads `<when>`.
    pub(crate) whens: &'w dyn Fn(usize) -> Option<(usize, Stretch, Basis)>,
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
            if word == "$" {
                elements.push((Element::End, optional));
            } else if let Some(name) = word.strip_prefix('{').and_then(|w| w.strip_suffix('}')) {
                elements.push((Element::List(name.to_string()), optional));
            } else if let Some(name) = word.strip_prefix('<').and_then(|w| w.strip_suffix('>')) {
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

    /// The pattern without its first element, if that is `<when>`: it goes on where another mention
    /// ends.
    pub(crate) fn after_when(&self) -> Option<Pattern> {
        let (first, rest) = self.elements.split_first()?;
        (*first == (Element::Slot(Slot::When), false)).then(|| Pattern {
            elements: rest.to_vec(),
        })
    }

    /// Names of the lists that stand in it.
    pub(crate) fn lists(&self) -> impl Iterator<Item = &str> {
        self.elements.iter().filter_map(|(e, _)| match e {
            Element::List(name) => Some(name.as_str()),
            _ => None,
        })
    }

    /// Whether `<date>` stands in it; such patterns may not be used to read `<date>` itself.
    pub(crate) fn nests(&self) -> bool {
        self.elements
            .iter()
            .any(|(e, _)| matches!(e, Element::Slot(Slot::Date | Slot::When)))
    }

    /// The longest match at `at`: the piece after it and what it bound, with what was `bound`
    /// before.
    pub(crate) fn longest(
        &self,
        words: &Words<'_>,
        at: usize,
        bound: Bindings,
    ) -> Option<(usize, Bindings)> {
        let mut best = None;
        self.walk(words, 0, at, bound, &mut best);
        best.filter(|(end, _)| *end > at)
    }

    fn walk(
        &self,
        words: &Words<'_>,
        element: usize,
        at: usize,
        bound: Bindings,
        best: &mut Option<(usize, Bindings)>,
    ) {
        let Words { names, pieces, .. } = words;
        let Some((what, optional)) = self.elements.get(element) else {
            if best.as_ref().is_none_or(|(end, _)| at > *end) {
                *best = Some((at, bound));
            }
            return;
        };
        if *optional {
            self.walk(words, element + 1, at, bound.clone(), best);
        }
        let next = match what {
            Element::Literal(word) => pieces
                .get(at)
                .filter(|p| p.low == *word)
                .map(|_| (at + 1, bound)),
            Element::End => pieces
                .get(at)
                .is_none_or(|p| p.kind == PieceKind::Mark && !p.glued_to(pieces.get(at + 1)))
                .then_some((at, bound)),
            Element::List(name) => names.in_list(name, pieces, at).map(|end| (end, bound)),
            Element::Slot(Slot::When) => (words.whens)(at).map(|(end, stretch, basis)| {
                let mut all = bound;
                all.whens.push(stretch);
                all.counted |= basis != Basis::Explicit;
                (end, all)
            }),
            Element::Slot(Slot::Date) => (words.dates)(at).map(|(end, date)| {
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
            self.walk(words, element + 1, end, bound, best);
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
