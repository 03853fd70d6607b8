//! Days, weeks, months and years: arithmetic on dates and their writing as EDTF.

use jiff::civil::Date;

use crate::Interval;

/// How long a stretch of the calendar is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    Day,
    Week,
    Month,
    Year,
}

impl Unit {
    /// The unit of that name in a table.
    pub(crate) fn from_name(name: &str) -> Option<Unit> {
        match name {
            "day" => Some(Unit::Day),
            "week" => Some(Unit::Week),
            "month" => Some(Unit::Month),
            "year" => Some(Unit::Year),
            _ => None,
        }
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
            Unit::Day | Unit::Week => self.date,
        }
    }

    fn edtf(self) -> String {
        let date = self.date;
        match self.precision {
            Unit::Year => format!("{:04}", date.year()),
            Unit::Month => format!("{:04}-{:02}", date.year(), date.month()),
            Unit::Day | Unit::Week => date.to_string(),
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
        Unit::Day => add_days(date, amount).map(|d| Stretch::one(Stamp::day(d))),
        Unit::Week => {
            let monday = add_days(monday_of(date)?, amount.checked_mul(7)?)?;
            Some(Stretch::days(monday, add_days(monday, 6)?))
        }
        Unit::Month => {
            let span = jiff::Span::new().try_months(amount).ok()?;
            let month = date.first_of_month().checked_add(span).ok()?;
            Some(Stretch::one(Stamp::month(month)))
        }
        Unit::Year => {
            let span = jiff::Span::new().try_years(amount).ok()?;
            Some(Stretch::one(Stamp::year(
                date.first_of_year().checked_add(span).ok()?,
            )))
        }
    }
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
