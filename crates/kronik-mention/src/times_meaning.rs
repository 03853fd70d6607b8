//! What the cell `value` of a pattern in `times.tsv` can say.

use crate::times_calendar::Unit;
use crate::times_pattern::Part;

/// Whether the clause looks ahead or back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tense {
    Past,
    Future,
    Untold,
}

/// The order of numeric dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    DayFirst,
    MonthFirst,
}

/// Which of the possible days is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Which {
    /// By the tense.
    Auto,
    /// Strictly before.
    Past,
    /// Before, and not just now: at least three days.
    Last,
    /// Strictly after.
    Next,
    /// Nearest to the current day.
    Near,
    /// In the year or week so many from that of publication.
    At(i64),
}

/// What relative words count from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum From {
    Published,
    Current,
}

/// A stretch of the calendar that relative words name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Named {
    Unit(Unit),
    Weekend,
    Night,
}

/// What a pattern means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meaning {
    Date(Which),
    /// The bound day of the month of publication.
    DayOfMonth,
    Weekday(Which),
    Shift(From, Named, i64),
    Span(From, i64),
    /// The bound span to the day, from the day of publication.
    Exact(i64),
    Last,
    Next,
    /// From the day of publication back to the start of the unit, or on to its end.
    SoFar(Unit),
    Rest(Unit),
    /// The first or last part of the unit of publication.
    Early(Unit),
    Late(Unit),
    /// From the day of publication on.
    Within,
    /// From a mention to the day of publication, and the reverse.
    UpToNow,
    FromNow,
    /// Two days, months or years side by side.
    Pair,
    Holiday(Which),
    /// The weekend that a holiday makes long.
    LongWeekend,
    Season(Which),
    Decade,
    Century,
    /// The nth unit of a mention, or of the year.
    Nth(Option<Unit>),
    /// The nth such weekday of a mention.
    NthWeekday,
    /// The weekday inside a mention.
    Inside,
    /// The unit around a mention.
    Around(Unit),
    /// The bound span before or after a mention.
    Offset(i64),
    /// From the first mention to the second.
    Range,
    /// One that starts at a mention and lasts the bound span.
    Lasting,
    /// The number of the day since a day that the sentence names.
    Count,
    Clock(Option<Part>),
    ClockAt(i8, i8),
}

impl Meaning {
    /// Reads the cell `value` of a pattern's row.
    pub(crate) fn parse(cell: &str) -> Option<Meaning> {
        let words: Vec<&str> = cell.split_whitespace().collect();
        let which = |rest: &[&str], at: &str| match rest {
            [] => Some(Which::Auto),
            ["past"] => Some(Which::Past),
            ["last"] => Some(Which::Last),
            ["next"] => Some(Which::Next),
            ["near"] => Some(Which::Near),
            [word, n] if *word == at => n.parse().ok().map(Which::At),
            _ => None,
        };
        match words.as_slice() {
            ["date", "pair"] => Some(Meaning::Pair),
            ["date", "month"] => Some(Meaning::DayOfMonth),
            ["date", rest @ ..] => which(rest, "year").map(Meaning::Date),
            ["weekday", rest @ ..] => which(rest, "week").map(Meaning::Weekday),
            ["published", "last"] => Some(Meaning::Last),
            ["published", "next"] => Some(Meaning::Next),
            ["published", "exact", "+"] => Some(Meaning::Exact(1)),
            ["published", "exact", "-"] => Some(Meaning::Exact(-1)),
            ["published", "so-far", unit] => Unit::from_name(unit).map(Meaning::SoFar),
            ["published", "early", unit] => Unit::from_name(unit).map(Meaning::Early),
            ["published", "late", unit] => Unit::from_name(unit).map(Meaning::Late),
            ["published", "within"] => Some(Meaning::Within),
            ["range", "now"] => Some(Meaning::UpToNow),
            ["now", "range"] => Some(Meaning::FromNow),
            ["published", "rest", unit] => Unit::from_name(unit).map(Meaning::Rest),
            ["holiday", "weekend"] => Some(Meaning::LongWeekend),
            ["holiday", rest @ ..] => which(rest, "year").map(Meaning::Holiday),
            ["season", rest @ ..] => which(rest, "year").map(Meaning::Season),
            ["decade"] => Some(Meaning::Decade),
            ["century"] => Some(Meaning::Century),
            ["nth"] => Some(Meaning::Nth(None)),
            ["nth", "weekday"] => Some(Meaning::NthWeekday),
            ["nth", unit] => Unit::from_name(unit).map(|u| Meaning::Nth(Some(u))),
            ["inside"] => Some(Meaning::Inside),
            ["around", unit] => Unit::from_name(unit).map(Meaning::Around),
            ["offset", "+"] => Some(Meaning::Offset(1)),
            ["offset", "-"] => Some(Meaning::Offset(-1)),
            ["range"] => Some(Meaning::Range),
            ["lasting"] => Some(Meaning::Lasting),
            ["count"] => Some(Meaning::Count),
            ["clock"] => Some(Meaning::Clock(None)),
            ["clock", "am"] => Some(Meaning::Clock(Some(Part::Am))),
            ["clock", "pm"] => Some(Meaning::Clock(Some(Part::Pm))),
            ["clock", at] => {
                let (hour, minute) = at.split_once(':')?;
                Some(Meaning::ClockAt(hour.parse().ok()?, minute.parse().ok()?))
            }
            [from, what, n] => {
                let from = match *from {
                    "published" => From::Published,
                    "current" => From::Current,
                    _ => return None,
                };
                match (*what, *n) {
                    ("span", "-") => Some(Meaning::Span(from, -1)),
                    ("span", "+") => Some(Meaning::Span(from, 1)),
                    ("weekend", n) => Some(Meaning::Shift(from, Named::Weekend, n.parse().ok()?)),
                    ("night", n) => Some(Meaning::Shift(from, Named::Night, n.parse().ok()?)),
                    (unit, n) => {
                        let unit = Named::Unit(Unit::from_name(unit)?);
                        Some(Meaning::Shift(from, unit, n.parse().ok()?))
                    }
                }
            }
            _ => None,
        }
    }
}
