//! Days, weeks, months and years: arithmetic on dates and their writing as EDTF.

use jiff::civil::Date;

use crate::Interval;

/// How long a stretch of the calendar is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    Hour,
    Day,
    Week,
    Fortnight,
    Month,
    Quarter,
    Half,
    Year,
    Decade,
    Century,
}

impl Unit {
    /// The unit of that name in a table.
    pub(crate) fn from_name(name: &str) -> Option<Unit> {
        match name {
            "hour" => Some(Unit::Hour),
            "day" => Some(Unit::Day),
            "week" => Some(Unit::Week),
            "fortnight" => Some(Unit::Fortnight),
            "month" => Some(Unit::Month),
            "quarter" => Some(Unit::Quarter),
            "half" => Some(Unit::Half),
            "year" => Some(Unit::Year),
            "decade" => Some(Unit::Decade),
            "century" => Some(Unit::Century),
            _ => None,
        }
    }

    /// So many days, where the unit always has as many.
    pub(crate) fn days(self) -> Option<i64> {
        match self {
            Unit::Day => Some(1),
            Unit::Week => Some(7),
            Unit::Fortnight => Some(14),
            _ => None,
        }
    }

    /// So many months, where the unit always has as many.
    pub(crate) fn months(self) -> Option<i64> {
        match self {
            Unit::Month => Some(1),
            Unit::Quarter => Some(3),
            Unit::Half => Some(6),
            Unit::Year => Some(12),
            Unit::Decade => Some(120),
            Unit::Century => Some(1200),
            _ => None,
        }
    }

    /// Coarser than days.
    pub(crate) fn is_coarse(self) -> bool {
        self.months().is_some()
    }
}

/// A point of the calendar with its precision: a day, a month or a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stamp {
    /// First day of it.
    pub(crate) date: Date,
    /// [`Unit::Day`], [`Unit::Month`] or [`Unit::Year`].
    pub(crate) precision: Unit,
}

impl Stamp {
    pub(crate) fn day(date: Date) -> Stamp {
        Stamp {
            date,
            precision: Unit::Day,
        }
    }

    pub(crate) fn month(date: Date) -> Stamp {
        Stamp {
            date: date.first_of_month(),
            precision: Unit::Month,
        }
    }

    pub(crate) fn year(date: Date) -> Stamp {
        Stamp {
            date: date.first_of_year(),
            precision: Unit::Year,
        }
    }

    fn last_day(self) -> Date {
        match self.precision {
            Unit::Month => self.date.last_of_month(),
            Unit::Year => self.date.last_of_year(),
            _ => self.date,
        }
    }

    fn edtf(self) -> String {
        let date = self.date;
        match self.precision {
            Unit::Year => format!("{:04}", date.year()),
            Unit::Month => format!("{:04}-{:02}", date.year(), date.month()),
            _ => date.to_string(),
        }
    }
}

/// From one stamp to another; a single day, month or year has twice the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stretch {
    pub(crate) first: Stamp,
    pub(crate) last: Stamp,
}

impl Stretch {
    pub(crate) fn one(stamp: Stamp) -> Stretch {
        Stretch {
            first: stamp,
            last: stamp,
        }
    }

    pub(crate) fn days(first: Date, last: Date) -> Stretch {
        Stretch {
            first: Stamp::day(first.min(last)),
            last: Stamp::day(last.max(first)),
        }
    }

    /// First and last day.
    pub(crate) fn interval(self) -> Interval {
        let (first, last) = (self.first.date, self.last.last_day());
        Interval {
            first: first.min(last),
            last: last.max(first),
        }
    }

    /// True for one day.
    pub(crate) fn is_day(self) -> bool {
        let interval = self.interval();
        interval.first == interval.last
    }

    pub(crate) fn edtf(self) -> String {
        if self.first == self.last {
            self.first.edtf()
        } else {
            format!("{}/{}", self.first.edtf(), self.last.edtf())
        }
    }
}

/// `date` and `amount` days.
pub(crate) fn add_days(date: Date, amount: i64) -> Option<Date> {
    date.checked_add(jiff::Span::new().try_days(amount).ok()?)
        .ok()
}

/// The stretch of one `unit` that lies `amount` units from the one `date` lies in.
pub(crate) fn shifted(date: Date, unit: Unit, amount: i64) -> Option<Stretch> {
    match unit {
        Unit::Hour => shifted(date, Unit::Day, amount / 24),
        Unit::Day => add_days(date, amount).map(|d| Stretch::one(Stamp::day(d))),
        Unit::Week => {
            let monday = add_days(monday_of(date)?, amount.checked_mul(7)?)?;
            Some(Stretch::days(monday, add_days(monday, 6)?))
        }
        Unit::Fortnight => {
            let first = amount.checked_mul(2)? - i64::from(amount > 0);
            Some(Stretch {
                first: shifted(date, Unit::Week, first)?.first,
                last: shifted(date, Unit::Week, first + 1)?.last,
            })
        }
        Unit::Month => Some(Stretch::one(Stamp::month(add_months(
            date.first_of_month(),
            amount,
        )?))),
        Unit::Quarter | Unit::Half => {
            let size = unit.months()?;
            let before = i64::from(date.month() - 1) % size;
            let first = add_months(date.first_of_month(), amount.checked_mul(size)? - before)?;
            Some(Stretch {
                first: Stamp::month(first),
                last: Stamp::month(add_months(first, size - 1)?),
            })
        }
        Unit::Year => Some(Stretch::one(Stamp::year(add_months(
            date.first_of_year(),
            amount.checked_mul(12)?,
        )?))),
        Unit::Decade | Unit::Century => {
            let size = unit.months()? / 12;
            let year = i64::from(date.year());
            let first = (year - year.rem_euclid(size)).checked_add(amount.checked_mul(size)?)?;
            years(first, first + size - 1)
        }
    }
}

/// Whole years.
pub(crate) fn years(first: i64, last: i64) -> Option<Stretch> {
    let stamp = |year: i64| {
        let date = Date::new(i16::try_from(year).ok()?, 1, 1).ok()?;
        Some(Stamp::year(date))
    };
    Some(Stretch {
        first: stamp(first)?,
        last: stamp(last)?,
    })
}

/// `date` and `amount` of `unit`, to the day.
pub(crate) fn moved(date: Date, unit: Unit, amount: i64) -> Option<Date> {
    match (unit, unit.days(), unit.months()) {
        (Unit::Hour, ..) => add_days(date, (amount.abs() + 23) / 24 * amount.signum()),
        (_, Some(days), _) => add_days(date, amount.checked_mul(days)?),
        (_, _, Some(months)) => add_months(date, amount.checked_mul(months)?),
        _ => None,
    }
}

/// `date` and `amount` months.
pub(crate) fn add_months(date: Date, amount: i64) -> Option<Date> {
    date.checked_add(jiff::Span::new().try_months(amount).ok()?)
        .ok()
}

/// The `nth` `unit` of a stretch, from its end where `nth` is negative. Weeks run from Monday to
/// Sunday; the first one of a month or year is that with its first Thursday, as ISO 8601 counts.
pub(crate) fn nth_unit(of: Stretch, unit: Unit, nth: i64, count: i64) -> Option<Stretch> {
    let whole = of.interval();
    let step = nth - nth.signum();
    let (first, last) = (whole.first, whole.last);
    let single = |start: Stretch| -> Option<Stretch> {
        let near = start.interval();
        let far = moved(near.first, unit, (count - 1).checked_mul(nth.signum())?)?;
        let other = shifted(far, unit, 0)?;
        Some(if nth > 0 {
            Stretch {
                first: start.first,
                last: other.last,
            }
        } else {
            Stretch {
                first: other.first,
                last: start.last,
            }
        })
    };
    let start = match unit {
        Unit::Week if nth > 0 => shifted(weekday_not_before(first, 4)?, Unit::Week, step)?,
        Unit::Week => shifted(weekday_not_after(last, 4)?, Unit::Week, step)?,
        _ if nth > 0 => shifted(first, unit, step)?,
        _ => shifted(last, unit, step)?,
    };
    let found = single(start)?;
    let inside = found.interval();
    let slack = if unit == Unit::Week { 6 } else { 0 };
    let fits =
        days_between(first, inside.first) >= -slack && days_between(inside.last, last) >= -slack;
    fits.then_some(found)
}

/// Easter Sunday of the western churches (the algorithm of Meeus, Jones and Butcher).
pub(crate) fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let month = (h + l - 7 * m + 90) / 25;
    let day = (h + l - 7 * m + 33 * month + 19) % 32;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// Monday of the week of `date`.
pub(crate) fn monday_of(date: Date) -> Option<Date> {
    add_days(date, -i64::from(date.weekday().to_monday_zero_offset()))
}

/// Number of the weekday of `date`, Monday is 1.
pub(crate) fn weekday_number(date: Date) -> i8 {
    date.weekday().to_monday_one_offset()
}

/// The last day with that weekday that is not after `date`.
pub(crate) fn weekday_not_after(date: Date, weekday: i8) -> Option<Date> {
    let back = (weekday_number(date) - weekday).rem_euclid(7);
    add_days(date, -i64::from(back))
}

/// The first day with that weekday that is not before `date`.
pub(crate) fn weekday_not_before(date: Date, weekday: i8) -> Option<Date> {
    let ahead = (weekday - weekday_number(date)).rem_euclid(7);
    add_days(date, i64::from(ahead))
}

/// The day with that weekday that lies nearest to `date`.
pub(crate) fn weekday_nearest(date: Date, weekday: i8) -> Option<Date> {
    let ahead = (weekday - weekday_number(date)).rem_euclid(7);
    add_days(date, i64::from(if ahead > 3 { ahead - 7 } else { ahead }))
}

/// Days from `from` to `to`.
pub(crate) fn days_between(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn weeks_run_from_monday_to_sunday() {
        let published = date("2024-12-05");
        let week = shifted(published, Unit::Week, -1).unwrap();
        assert_eq!(week.edtf(), "2024-11-25/2024-12-01");
        assert_eq!(
            shifted(date("2024-12-01"), Unit::Week, 0).unwrap().edtf(),
            week.edtf()
        );
    }

    #[test]
    fn months_and_years() {
        assert_eq!(
            shifted(date("2024-01-31"), Unit::Month, -1).unwrap().edtf(),
            "2023-12"
        );
        assert_eq!(
            shifted(date("2024-02-29"), Unit::Year, 1).unwrap().edtf(),
            "2025"
        );
        let month = shifted(date("2024-02-10"), Unit::Month, 0)
            .unwrap()
            .interval();
        assert_eq!(
            (month.first, month.last),
            (date("2024-02-01"), date("2024-02-29"))
        );
    }

    #[test]
    fn weekdays_before_after_and_near() {
        let thursday = date("2024-12-05");
        assert_eq!(weekday_not_after(thursday, 4), Some(thursday));
        assert_eq!(weekday_not_after(thursday, 5), Some(date("2024-11-29")));
        assert_eq!(weekday_not_before(thursday, 3), Some(date("2024-12-11")));
        assert_eq!(weekday_nearest(thursday, 3), Some(date("2024-12-04")));
        assert_eq!(weekday_nearest(thursday, 7), Some(date("2024-12-08")));
    }

    #[test]
    fn the_ends_of_the_calendar_do_not_overflow() {
        assert_eq!(add_days(Date::MAX, 1), None);
        assert_eq!(shifted(Date::MIN, Unit::Year, i64::MIN), None);
    }
}
