//! From matched words to days: what a pattern means, given what it bound and where it stands.

use jiff::civil::Date;

use crate::times::hour_in;
use crate::times_calendar::{
    Stamp, Stretch, Unit, add_days, add_months, days_between, monday_of, moved, nth_unit, shifted,
    weekday_nearest, weekday_not_after, weekday_not_before, weekday_number, years,
};
use crate::times_holidays::{Holiday, holiday};
use crate::times_meaning::{From, Meaning, Named, Order, Tense, Which};
use crate::times_pattern::Bindings;
use crate::{Basis, Interval};

/// Where the words stand.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Context<'c> {
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
    /// What bound holidays mean.
    pub(crate) holidays: &'c [Holiday],
    /// The day from which days are counted (`day 1,016 of the war`).
    pub(crate) counted_from: Option<Date>,
}

type Resolved = (Option<Stretch>, Option<(i8, i8)>, Basis);

/// The days and the clock time of a match; `None` where they cannot be told.
pub(crate) fn resolve(
    meaning: Meaning,
    bound: &Bindings,
    context: &Context<'_>,
) -> Option<Resolved> {
    let relative = |stretch: Stretch| Some((Some(stretch), None, Basis::Relative));
    let told = if bound.counted || bound.whens.is_empty() && bound.years.is_empty() {
        Basis::Relative
    } else {
        Basis::Explicit
    };
    match meaning {
        Meaning::Date(which) => {
            let stretch = dates(which, bound, context)?;
            Some((Some(stretch), None, Basis::Explicit))
        }
        Meaning::DayOfMonth => {
            let today = context.published?;
            let date = Date::new(today.year(), today.month(), *bound.days.first()?).ok()?;
            relative(Stretch::days(date, date))
        }
        Meaning::Weekday(which) => relative(weekdays(which, bound, context)?),
        Meaning::Shift(from, named, n) => relative(named_stretch(from, named, n, context)?),
        Meaning::Span(From::Published, sign) => {
            let (amount, unit) = match bound.span? {
                (amount, Unit::Fortnight) => (amount.checked_mul(2)?, Unit::Week),
                span => span,
            };
            relative(shifted(context.today?, unit, amount * sign)?)
        }
        Meaning::Span(From::Current, sign) => {
            let (amount, unit) = bound.span?;
            let current = context.current.or(day_of(context.today))?;
            let one_day = current.first == current.last;
            match unit {
                _ if !unit.is_coarse() && one_day => {
                    let amount = amount.checked_mul(sign)?;
                    let day = match unit {
                        Unit::Hour => add_days(current.first, amount / 24)?,
                        _ => moved(current.first, unit, amount)?,
                    };
                    relative(Stretch::one(Stamp::day(day)))
                }
                _ if !unit.is_coarse() => None,
                _ => relative(shifted(current.first, unit, amount * sign)?),
            }
        }
        Meaning::Last => {
            let (amount, unit) = bound.span.or(bound.number.zip(bound.unit))?;
            let last = context.today?;
            if matches!(
                unit,
                Unit::Quarter | Unit::Half | Unit::Decade | Unit::Century
            ) {
                return relative(Stretch {
                    first: shifted(last, unit, -amount)?.first,
                    last: shifted(last, unit, -1)?.last,
                });
            }
            relative(Stretch::days(moved(last, unit, -amount)?, last))
        }
        Meaning::Within => {
            let (amount, unit) = bound.span?;
            let today = context.today?;
            relative(Stretch::days(today, moved(today, unit, amount)?))
        }
        Meaning::Next => {
            let (amount, unit) = bound.span.or(bound.number.zip(bound.unit))?;
            let today = context.today?;
            if matches!(
                unit,
                Unit::Quarter | Unit::Half | Unit::Decade | Unit::Century
            ) {
                return relative(Stretch {
                    first: shifted(today, unit, 1)?.first,
                    last: shifted(today, unit, amount)?.last,
                });
            }
            if unit == Unit::Hour {
                return relative(Stretch::days(today, moved(today, unit, amount)?));
            }
            relative(Stretch::days(
                add_days(today, 1)?,
                moved(today, unit, amount)?,
            ))
        }
        Meaning::Exact(sign) => {
            let (amount, unit) = bound.span?;
            let today = context.today?;
            // `for the first time in three years` looks back over them.
            let ahead = context.tense == Tense::Future || !bound.weekdays.is_empty();
            ahead.then_some(())?;
            let day = moved(today, unit, amount.checked_mul(sign)?)?;
            let day = match bound.weekdays.first() {
                Some(weekday) => weekday_nearest(day, *weekday)?,
                None => day,
            };
            relative(Stretch::days(day, day))
        }
        Meaning::SoFar(unit) | Meaning::Rest(unit) | Meaning::Late(unit) | Meaning::Early(unit) => {
            relative(shifted(context.today?, unit, 0)?)
        }
        Meaning::Holiday(which) => {
            let rule = context.holidays.get(bound.holiday?)?;
            let date = holiday(*rule, which, bound.years.last().copied(), context)?;
            Some((Some(Stretch::days(date, date)), None, Basis::Explicit))
        }
        Meaning::LongWeekend => {
            let rule = context.holidays.get(bound.holiday?)?;
            let day = holiday(*rule, Which::Auto, bound.years.last().copied(), context)?;
            let saturday = weekday_nearest(day, 6)?;
            let sunday = add_days(saturday, 1)?;
            let (first, last) = (saturday.min(day), sunday.max(day));
            (days_between(first, last) <= 3).then_some(())?;
            relative(Stretch::days(first, last))
        }
        Meaning::Season(which) => {
            let month = bound.season?;
            let end = year_of(
                bound.years.last().copied(),
                month,
                None,
                which,
                None,
                context,
            )?;
            let last = Stamp::month(add_months(end.date, 2)?);
            let basis = if bound.years.is_empty() {
                Basis::Relative
            } else {
                Basis::Explicit
            };
            Some((Some(Stretch { first: end, last }), None, basis))
        }
        Meaning::Decade => {
            let first = i64::from(bound.decade?);
            Some((Some(years(first, first + 9)?), None, Basis::Explicit))
        }
        Meaning::Century => {
            let first = (bound.nth?.checked_sub(1)?).checked_mul(100)?;
            let century = years(first.max(1), first + 99)?;
            Some((Some(century), None, Basis::Explicit))
        }
        Meaning::Nth(unit) => {
            let (count, unit) = match unit {
                Some(unit) => (1, unit),
                None => bound.span.or(bound.unit.map(|u| (1, u)))?,
            };
            let of = match (bound.whens.first(), bound.years.last()) {
                (Some(when), _) => *when,
                (None, Some(year)) => years(i64::from(*year), i64::from(*year))?,
                (None, None) => shifted(context.today?, Unit::Year, 0)?,
            };
            let nth = bound.nth.or(bound.number)?;
            let inner = nth_unit(of, unit, nth, count.clamp(1, 1000))?;
            Some((Some(inner), None, told))
        }
        Meaning::NthWeekday => {
            let weekday = *bound.weekdays.first()?;
            let of = bound.whens.first()?.interval();
            let nth = bound.nth?;
            let day = if nth > 0 {
                add_days(
                    weekday_not_before(of.first, weekday)?,
                    (nth - 1).checked_mul(7)?,
                )?
            } else {
                add_days(
                    weekday_not_after(of.last, weekday)?,
                    (nth + 1).checked_mul(7)?,
                )?
            };
            let inside = of.first <= day && day <= of.last;
            inside.then_some((Some(Stretch::days(day, day)), None, told))
        }
        Meaning::Inside => {
            let weekday = *bound.weekdays.first()?;
            let of = bound.whens.first()?.interval();
            let day = weekday_not_before(of.first, weekday)?;
            (day <= of.last && days_between(of.first, of.last) <= 7).then_some(())?;
            relative(Stretch::days(day, day))
        }
        Meaning::Around(unit) => {
            let of = bound.whens.first()?.interval();
            (of.first == of.last).then_some(())?;
            relative(shifted(of.first, unit, 0)?)
        }
        Meaning::Offset(sign) => {
            let (amount, unit) = bound.span?;
            let of = bound.whens.first()?.interval();
            let base = if sign > 0 { of.last } else { of.first };
            let amount = amount.checked_mul(sign)?;
            if of.first != of.last {
                (unit.is_coarse()).then_some(())?;
                return relative(shifted(of.first, unit, amount)?);
            }
            let day = moved(base, unit, amount)?;
            // `Tuesday two months from now`: the weekday nearest to that day.
            let day = match bound.weekdays.first() {
                Some(weekday) => weekday_nearest(day, *weekday)?,
                None => day,
            };
            relative(Stretch::days(day, day))
        }
        Meaning::Range => {
            let (first, last) = (*bound.whens.first()?, *bound.whens.get(1)?);
            range(first, last).map(|s| (Some(s), None, told))
        }
        Meaning::UpToNow => {
            let today = Stretch::one(Stamp::day(context.today?));
            range(*bound.whens.first()?, today).and_then(relative)
        }
        Meaning::FromNow => {
            let today = Stretch::one(Stamp::day(context.today?));
            range(today, *bound.whens.first()?).and_then(relative)
        }
        Meaning::Pair => {
            let stretch = dates(Which::Auto, bound, context)?;
            let (first, last) = (stretch.first, stretch.last);
            let next = match first.precision {
                Unit::Year => last.date.year() == first.date.year() + 1,
                Unit::Month => add_months(first.date, 1)? == last.date,
                _ => days_between(first.date, last.date) == 1,
            };
            next.then_some((Some(stretch), None, Basis::Explicit))
        }
        Meaning::Lasting => {
            let (amount, unit) = bound.span?;
            let first = bound.whens.first()?.interval().first;
            let last = add_days(moved(first, unit, amount)?, -1)?;
            relative(Stretch::days(first, last))
        }
        Meaning::Count => {
            let day = add_days(context.counted_from?, bound.number?.checked_sub(1)?)?;
            relative(Stretch::days(day, day))
        }
        Meaning::Clock(part) => {
            let clock = hour_in(part.or(bound.part), bound.clock?);
            Some((None, Some(clock), Basis::Inherited))
        }
        Meaning::ClockAt(hour, minute) => Some((None, Some((hour, minute)), Basis::Inherited)),
    }
}

/// From one mention to another; one that would end before it starts ends in the week or year after.
fn range(first: Stretch, last: Stretch) -> Option<Stretch> {
    let stretch = |last: Stretch| Stretch {
        first: first.first,
        last: last.last,
    };
    if first.first.date <= last.last.date {
        return Some(stretch(last));
    }
    let later = |unit: Unit| -> Option<Stretch> {
        let stamp = last.last;
        let date = moved(stamp.date, unit, 1)?;
        Some(Stretch::one(Stamp {
            date,
            precision: stamp.precision,
        }))
    };
    for weeks in 1..=3 {
        let date = add_days(last.last.date, 7 * weeks)?;
        if date >= first.first.date && last.is_day() {
            return Some(stretch(Stretch::one(Stamp::day(date))));
        }
    }
    let year = later(Unit::Year)?;
    (year.last.date >= first.first.date && last.last.precision != Unit::Year).then(|| stretch(year))
}

fn day_of(date: Option<Date>) -> Option<Interval> {
    date.map(|d| Interval { first: d, last: d })
}

fn named_stretch(from: From, named: Named, n: i64, context: &Context<'_>) -> Option<Stretch> {
    let base = match from {
        From::Published => match named {
            Named::Unit(Unit::Week | Unit::Fortnight) => context.published,
            Named::Unit(unit) if unit.is_coarse() => context.published,
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

fn weekdays(which: Which, bound: &Bindings, context: &Context<'_>) -> Option<Stretch> {
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

fn one_weekday(which: Which, weekday: i8, context: &Context<'_>) -> Option<Date> {
    let today = context.today?;
    match which {
        Which::Auto if context.dated => weekday_nearest(today, weekday),
        Which::Auto if context.tense == Tense::Future => weekday_not_before(today, weekday),
        Which::Auto => weekday_not_after(today, weekday),
        Which::Past => weekday_not_after(add_days(today, -1)?, weekday),
        Which::Last => weekday_not_after(add_days(today, -3)?, weekday),
        Which::Next => weekday_not_before(add_days(today, 1)?, weekday),
        Which::Near => weekday_nearest(context.current.map_or(today, |c| c.first), weekday),
        Which::At(n) => {
            let monday = add_days(monday_of(context.published.unwrap_or(today))?, n * 7)?;
            add_days(monday, i64::from(weekday) - 1)
        }
    }
}

fn dates(which: Which, bound: &Bindings, context: &Context<'_>) -> Option<Stretch> {
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
    context: &Context<'_>,
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
    // A day of these two weeks beside the wrong weekday is a slip, not a day of another year.
    let near = |s: &Stamp| day.is_some() && days_between(today, s.date).abs() <= 14;
    if let Some(weekday) = weekday
        && !around.iter().any(near)
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
    context: &Context<'_>,
) -> Option<Stamp> {
    let small = |n: i16| i8::try_from(n).ok();
    let (a, b, year) = match bound.numeric.as_slice() {
        [year, month, day] if *year > 31 => {
            return stamp(*year, small(*month)?, small(*day));
        }
        [a, b, year] if *year < 100 => (*a, *b, Some(crate::times_numeric::full_year(*year))),
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
        // A year that is not told was chosen to fit.
        None if year.is_none() => true,
        None => context.tense == Tense::Future || context.published.is_none_or(|p| s.date <= p),
    };
    Some(if !fits(first) && fits(second) {
        second
    } else {
        first
    })
}

/// `Wednesday the 5th`: the nearest past day with that number, and with that weekday if told.
fn day_alone(day: i8, weekday: Option<i8>, context: &Context<'_>) -> Option<Stamp> {
    let today = context.today?;
    let fits = |date: &Date| {
        date.day() == day && weekday.is_none_or(|weekday| weekday_number(*date) == weekday)
    };
    let reach = if weekday.is_some() { 400 } else { 62 };
    let back = (0..reach).find_map(|n| add_days(today, -n).filter(fits));
    let ahead = (0..reach).find_map(|n| add_days(today, n).filter(fits));
    let nearer = |b: Date, a: Date| days_between(b, today) <= days_between(today, a);
    let ahead_of = |b: Date| ahead.filter(|a| weekday.is_some() && !nearer(b, *a));
    match (back, ahead) {
        (Some(back), _) => Some(Stamp::day(ahead_of(back).unwrap_or(back))),
        (None, ahead) => ahead.map(Stamp::day),
    }
}
