//! Days that return every year: by their date, by their weekday, by Easter.

use jiff::civil::Date;

use crate::times_calendar::{add_days, days_between, weekday_not_after, weekday_not_before};
use crate::times_meaning::{Tense, Which};
use crate::times_resolve::Context;

/// A day of every year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holiday {
    /// Month and day.
    Fixed(i8, i8),
    /// The nth such weekday of a month; -1 for the last. With days to add.
    Weekday(i8, i8, i8, i64),
    /// So many days from Easter Sunday.
    Easter(i64),
}

impl Holiday {
    /// Reads the cell `value` of a row of holidays: `MM-DD`, `MM WEEKDAY NTH [+DAYS]`, `easter N`.
    pub(crate) fn parse(cell: &str) -> Option<Holiday> {
        let words: Vec<&str> = cell.split_whitespace().collect();
        match words.as_slice() {
            ["easter", n] => n.parse().ok().map(Holiday::Easter),
            [day] => {
                let (month, day) = day.split_once('-')?;
                Some(Holiday::Fixed(month.parse().ok()?, day.parse().ok()?))
            }
            [month, weekday, nth, rest @ ..] => Some(Holiday::Weekday(
                month.parse().ok()?,
                weekday.parse().ok().filter(|w| (1..=7).contains(w))?,
                nth.parse().ok()?,
                match rest {
                    [] => 0,
                    [days] => days.parse().ok()?,
                    _ => return None,
                },
            )),
            _ => None,
        }
    }

    fn in_year(self, year: i16) -> Option<Date> {
        match self {
            Holiday::Fixed(month, day) => Date::new(year, month, day).ok(),
            Holiday::Weekday(month, weekday, nth, days) => {
                let first = Date::new(year, month, 1).ok()?;
                let day = if nth > 0 {
                    add_days(weekday_not_before(first, weekday)?, i64::from(nth - 1) * 7)?
                } else {
                    weekday_not_after(first.last_of_month(), weekday)?
                };
                add_days(day, days)
            }
            Holiday::Easter(days) => add_days(crate::times_calendar::easter(year)?, days),
        }
    }
}

/// A holiday in the year that is told, or else in the one that the words and the tense mean.
pub(crate) fn holiday(
    rule: Holiday,
    which: Which,
    year: Option<i16>,
    context: &Context<'_>,
) -> Option<Date> {
    if let Some(year) = year {
        return rule.in_year(year);
    }
    let today = context.published.or(context.today)?;
    let year = |n: i64| i16::try_from(i64::from(today.year()).checked_add(n)?).ok();
    if let Which::At(n) = which {
        return rule.in_year(year(n)?);
    }
    let around: Vec<Date> = (-1..=1).filter_map(|n| rule.in_year(year(n)?)).collect();
    let past = around.iter().rev().find(|d| **d <= today).copied();
    let future = around.iter().find(|d| **d >= today).copied();
    match (which, context.tense) {
        (Which::Past, _) => around.iter().rev().find(|d| **d < today).copied(),
        (Which::Next, _) => around.iter().find(|d| **d > today).copied(),
        (_, Tense::Future) => future.or(past),
        _ => {
            let soon = |d: &Date| days_between(today, *d) <= 21;
            let long_ago = past.is_none_or(|p| days_between(p, today) > 330);
            future.filter(|f| long_ago && soon(f)).or(past).or(future)
        }
    }
}
