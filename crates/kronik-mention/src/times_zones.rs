//! Time zones as printed after a clock time, with the hour that summer adds.

use jiff::civil::Date;

/// A time zone.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Zone {
    /// Minutes from UTC; `None` for local time.
    pub(crate) offset: Option<i32>,
    pub(crate) summer: Option<Summer>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Summer {
    Eu,
    Us,
}

impl Zone {
    /// Minutes from UTC on `day`.
    pub(crate) fn offset_on(&self, day: Date) -> Option<i32> {
        let summer = match self.summer {
            None => false,
            // From the last Sunday of March to the one of October.
            Some(Summer::Eu) => between(day, last_sunday(day, 3), last_sunday(day, 10)),
            // From the second Sunday of March to the first of November.
            Some(Summer::Us) => between(day, nth_sunday(day, 3, 2), nth_sunday(day, 11, 1)),
        };
        self.offset
            .map(|offset| offset + if summer { 60 } else { 0 })
    }
}

fn between(day: Date, from: Option<Date>, to: Option<Date>) -> bool {
    matches!((from, to), (Some(from), Some(to)) if from <= day && day < to)
}

fn last_sunday(day: Date, month: i8) -> Option<Date> {
    Date::new(day.year(), month, 1)
        .ok()?
        .nth_weekday_of_month(-1, jiff::civil::Weekday::Sunday)
        .ok()
}

fn nth_sunday(day: Date, month: i8, nth: i8) -> Option<Date> {
    Date::new(day.year(), month, 1)
        .ok()?
        .nth_weekday_of_month(nth, jiff::civil::Weekday::Sunday)
        .ok()
}
