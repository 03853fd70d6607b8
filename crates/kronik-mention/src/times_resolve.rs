//! From matched words to days: what a pattern means, given what it bound and where it stands.

use jiff::civil::Date;

use crate::times::hour_in;
use crate::times_calendar::{
    Stamp, Stretch, Unit, add_days, days_between, monday_of, shifted, weekday_nearest,
    weekday_not_after, weekday_not_before, weekday_number,
};
use crate::times_pattern::{Bindings, Part};
use crate::{Basis, Interval};

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
    Weekday(Which),
    Shift(From, Named, i64),
    Span(From, i64),
    Last,
    Fixed(i8, i8),
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
            ["next"] => Some(Which::Next),
            ["near"] => Some(Which::Near),
            [word, n] if *word == at => n.parse().ok().map(Which::At),
            _ => None,
        };
        match words.as_slice() {
            ["date", rest @ ..] => which(rest, "year").map(Meaning::Date),
            ["weekday", rest @ ..] => which(rest, "week").map(Meaning::Weekday),
            ["published", "last"] => Some(Meaning::Last),
            ["fixed", day] => {
                let (month, day) = day.split_once('-')?;
                Some(Meaning::Fixed(month.parse().ok()?, day.parse().ok()?))
            }
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

/// Where the words stand.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Context {
    /// Day of publication.
    pub(crate) published: Option<Date>,
    /// The section's day, else that of publication.
    pub(crate) today: Option<Date>,
    /// True where the section has a day of its own.
    pub(crate) dated: bool,
    /// The days told of last.
    pub(crate) current: Option<Interval>,
    pub(crate) tense: Tense,
    pub(crate) order: Order,
}

type Resolved = (Option<Stretch>, Option<(i8, i8)>, Basis);

/// The days and the clock time of a match; `None` where they cannot be told.
pub(crate) fn resolve(meaning: Meaning, bound: &Bindings, context: &Context) -> Option<Resolved> {
    let relative = |stretch: Stretch| Some((Some(stretch), None, Basis::Relative));
    match meaning {
        Meaning::Date(which) => {
            let stretch = dates(which, bound, context)?;
            Some((Some(stretch), None, Basis::Explicit))
        }
        Meaning::Weekday(which) => relative(weekdays(which, bound, context)?),
        Meaning::Shift(from, named, n) => relative(named_stretch(from, named, n, context)?),
        Meaning::Span(From::Published, sign) => {
            let (amount, unit) = bound.span?;
            relative(shifted(context.today?, unit, amount * sign)?)
        }
        Meaning::Span(From::Current, sign) => {
            let (amount, unit) = bound.span?;
            let current = context.current.or(day_of(context.today))?;
            let one_day = current.first == current.last;
            match unit {
                Unit::Day | Unit::Week if one_day => {
                    let days = if unit == Unit::Week { 7 } else { 1 };
                    let day = add_days(current.first, amount * sign * days)?;
                    relative(Stretch::one(Stamp::day(day)))
                }
                Unit::Day | Unit::Week => None,
                _ => relative(shifted(current.first, unit, amount * sign)?),
            }
        }
        Meaning::Last => {
            let (amount, unit) = bound.span?;
            let last = context.today?;
            let first = match unit {
                Unit::Day => add_days(last, -amount)?,
                Unit::Week => add_days(last, -amount.checked_mul(7)?)?,
                Unit::Month => last
                    .checked_sub(jiff::Span::new().try_months(amount).ok()?)
                    .ok()?,
                Unit::Year => last
                    .checked_sub(jiff::Span::new().try_years(amount).ok()?)
                    .ok()?,
            };
            relative(Stretch::days(first, last))
        }
        Meaning::Fixed(month, day) => {
            let date = year_of(None, month, Some(day), Which::Auto, None, context)?;
            Some((Some(Stretch::one(date)), None, Basis::Explicit))
        }
        Meaning::Clock(part) => {
            let clock = hour_in(part.or(bound.part), bound.clock?);
            Some((None, Some(clock), Basis::Inherited))
        }
        Meaning::ClockAt(hour, minute) => Some((None, Some((hour, minute)), Basis::Inherited)),
    }
}

fn day_of(date: Option<Date>) -> Option<Interval> {
    date.map(|d| Interval { first: d, last: d })
}

fn named_stretch(from: From, named: Named, n: i64, context: &Context) -> Option<Stretch> {
    let base = match from {
        From::Published => match named {
            Named::Unit(Unit::Month | Unit::Year | Unit::Week) => context.published,
            _ => context.today,
        }
        .or(context.today)?,
        From::Current => {
            let current = context.current.or(day_of(context.today))?;
            let fine = matches!(named, Named::Unit(Unit::Day) | Named::Night);
            if fine && current.first != current.last {
                return None;
            }
            current.first
        }
    };
    match named {
        Named::Unit(unit) => shifted(base, unit, n),
        Named::Night => {
            let day = add_days(base, n)?;
            Some(Stretch::days(add_days(day, -1)?, day))
        }
        Named::Weekend => {
            // The weekend of this week has begun from Saturday on; "last" is one that is over.
            let saturday = add_days(monday_of(base)?, 5)?;
            let begun = weekday_number(base) >= 6;
            let weeks = match n {
                -1 if begun && from == From::Published && weekday_number(base) == 7 => 0,
                n => n,
            };
            let first = add_days(saturday, weeks * 7)?;
            Some(Stretch::days(first, add_days(first, 1)?))
        }
    }
}

fn weekdays(which: Which, bound: &Bindings, context: &Context) -> Option<Stretch> {
    let last = *bound.weekdays.last()?;
    let first = *bound.weekdays.first()?;
    if bound.weekdays.len() == 1 {
        return one_weekday(which, last, context).map(|d| Stretch::days(d, d));
    }
    if context.tense == Tense::Future {
        let start = one_weekday(which, first, context)?;
        return Some(Stretch::days(start, weekday_not_before(start, last)?));
    }
    let end = one_weekday(which, last, context)?;
    Some(Stretch::days(weekday_not_after(end, first)?, end))
}

fn one_weekday(which: Which, weekday: i8, context: &Context) -> Option<Date> {
    let today = context.today?;
    match which {
        Which::Auto if context.dated => weekday_nearest(today, weekday),
        Which::Auto if context.tense == Tense::Future => weekday_not_before(today, weekday),
        Which::Auto => weekday_not_after(today, weekday),
        Which::Past => weekday_not_after(add_days(today, -1)?, weekday),
        Which::Next => weekday_not_before(add_days(today, 1)?, weekday),
        Which::Near => weekday_nearest(context.current.map_or(today, |c| c.first), weekday),
        Which::At(n) => {
            let monday = add_days(monday_of(context.published.unwrap_or(today))?, n * 7)?;
            add_days(monday, i64::from(weekday) - 1)
        }
    }
}

fn dates(which: Which, bound: &Bindings, context: &Context) -> Option<Stretch> {
    let weekday = bound.weekdays.first().copied();
    if !bound.numeric.is_empty() {
        return numeric(which, bound, weekday, context).map(Stretch::one);
    }
    if bound.months.is_empty() && !bound.days.is_empty() {
        return day_alone(*bound.days.first()?, weekday, context).map(Stretch::one);
    }
    let count = bound
        .days
        .len()
        .max(bound.months.len())
        .max(bound.years.len());
    let year = bound.years.last().copied();
    let last_day = bound.days.last().copied();
    let Some(month) = bound.months.last().copied() else {
        let stamp = |y: i16| Date::new(y, 1, 1).ok().map(Stamp::year);
        let (first, last) = (stamp(*bound.years.first()?)?, stamp(year?)?);
        return (first.date <= last.date).then_some(Stretch { first, last });
    };
    let end = year_of(year, month, last_day, which, weekday, context)?;
    if count == 1 {
        return Some(Stretch::one(end));
    }
    let month = *bound.months.first()?;
    let day = bound.days.first().copied();
    let first_year = if bound.years.len() > 1 {
        *bound.years.first()?
    } else {
        end.date.year()
    };
    let mut first = stamp(first_year, month, day)?;
    if first.date > end.date && bound.years.len() < 2 {
        first = stamp(first_year - 1, month, day)?;
        if bound.months.len() < 2 {
            return None;
        }
    }
    (first.date <= end.date).then_some(Stretch { first, last: end })
}

fn stamp(year: i16, month: i8, day: Option<i8>) -> Option<Stamp> {
    match day {
        Some(day) => Date::new(year, month, day).ok().map(Stamp::day),
        None => Date::new(year, month, 1).ok().map(Stamp::month),
    }
}

/// A day or month, its year found where it is not told.
fn year_of(
    year: Option<i16>,
    month: i8,
    day: Option<i8>,
    which: Which,
    weekday: Option<i8>,
    context: &Context,
) -> Option<Stamp> {
    if let Some(year) = year {
        return stamp(year, month, day);
    }
    let today = context.published.or(context.today)?;
    if let Which::At(n) = which {
        let year = i16::try_from(i64::from(today.year()).checked_add(n)?).ok()?;
        return stamp(year, month, day);
    }
    let around: Vec<Stamp> = (-4..=4)
        .filter_map(|n| stamp(today.year().checked_add(n)?, month, day))
        .collect();
    if let Some(weekday) = weekday
        && let Some(agrees) = around
            .iter()
            .filter(|s| weekday_number(s.date) == weekday)
            .min_by_key(|s| days_between(today, s.date).abs())
        && days_between(today, agrees.date).abs() < 400
    {
        return Some(*agrees);
    }
    let here = if day.is_some() {
        today
    } else {
        today.first_of_month()
    };
    let past = around.iter().rev().find(|s| s.date <= here).copied();
    let future = around.iter().find(|s| s.date >= here).copied();
    match (which, context.tense) {
        (Which::Past, _) if day.is_none() => around.iter().rev().find(|s| s.date < here).copied(),
        (Which::Past, _) => past,
        (Which::Next, _) => around.iter().find(|s| s.date > here).copied(),
        (_, Tense::Future) => future,
        _ => {
            // A day of the next three weeks that was last a year ago is meant to come; a month is
            // not.
            let soon = |s: &Stamp| day.is_some() && days_between(today, s.date) <= 21;
            let long_ago = past.is_none_or(|p| days_between(p.date, today) > 330);
            future.filter(|f| long_ago && soon(f)).or(past).or(future)
        }
    }
}

fn numeric(
    which: Which,
    bound: &Bindings,
    weekday: Option<i8>,
    context: &Context,
) -> Option<Stamp> {
    let small = |n: i16| i8::try_from(n).ok();
    let (a, b, year) = match bound.numeric.as_slice() {
        [year, month, day] if *year > 31 => {
            return stamp(*year, small(*month)?, small(*day));
        }
        [a, b, year] if *year < 100 => (*a, *b, Some(*year + 2000)),
        [a, b, year] => (*a, *b, Some(*year)),
        [a, b] => (*a, *b, None),
        _ => return None,
    };
    let read = |day: i16, month: i16| {
        year_of(
            year,
            small(month).filter(|m| *m <= 12)?,
            small(day),
            which,
            weekday,
            context,
        )
    };
    let (usual, other) = match context.order {
        Order::DayFirst => (read(a, b), read(b, a)),
        Order::MonthFirst => (read(b, a), read(a, b)),
    };
    let (Some(first), Some(second)) = (usual, other) else {
        return usual.or(other);
    };
    let fits = |s: Stamp| match weekday {
        Some(weekday) => weekday_number(s.date) == weekday,
        None => context.tense == Tense::Future || context.published.is_none_or(|p| s.date <= p),
    };
    Some(if !fits(first) && fits(second) {
        second
    } else {
        first
    })
}

/// `Wednesday the 5th`: the nearest past day with that number, and with that weekday if told.
fn day_alone(day: i8, weekday: Option<i8>, context: &Context) -> Option<Stamp> {
    let today = context.today?;
    let fits = |date: &Date| {
        date.day() == day && weekday.is_none_or(|weekday| weekday_number(*date) == weekday)
    };
    let back = (0..62).filter_map(|n| add_days(today, -n)).find(fits);
    back.or_else(|| (0..62).filter_map(|n| add_days(today, n)).find(fits))
        .map(Stamp::day)
}
