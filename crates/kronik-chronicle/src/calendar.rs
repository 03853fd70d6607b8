//! Days as records print them and as a reader reads them.

use std::cmp::Ordering;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;
use kronik_record::TimeRecord;
use serde::{Serialize, Serializer};

use crate::Words;

/// Days from first to last, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Days {
    pub(crate) first: Date,
    pub(crate) last: Date,
}

impl Days {
    pub(crate) fn of(time: &TimeRecord) -> Option<Days> {
        let first = day(&time.start)?;
        let last = day(&time.end).unwrap_or(first);
        Some(Days {
            first,
            last: last.max(first),
        })
    }

    pub(crate) fn one(day: Date) -> Days {
        Days {
            first: day,
            last: day,
        }
    }

    pub(crate) fn single(self) -> bool {
        self.first == self.last
    }

    /// The first day, ISO.
    pub fn first(self) -> String {
        self.first.to_string()
    }

    /// The last day, ISO.
    pub fn last(self) -> String {
        self.last.to_string()
    }

    /// Days between first and last.
    pub(crate) fn length(self) -> i32 {
        (self.last - self.first).get_days()
    }

    pub(crate) fn overlaps(self, other: Days) -> bool {
        self.first <= other.last && other.first <= self.last
    }

    /// The days of both; `self` if there are none.
    pub(crate) fn meet(self, other: Days) -> Days {
        let (first, last) = (self.first.max(other.first), self.last.min(other.last));
        if first <= last {
            Days { first, last }
        } else {
            self
        }
    }
}

impl Serialize for Days {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        (self.first(), self.last()).serialize(to)
    }
}

/// The day of an RFC 3339 time or a date.
pub(crate) fn day(text: &str) -> Option<Date> {
    text.get(..10)?.parse().ok()
}

/// Which of two publication times is earlier; `None` if that cannot be told, as with a day alone and
/// a clock of the same day. A clock without an offset is taken as UTC.
pub(crate) fn earlier(a: &str, b: &str) -> Option<Ordering> {
    let order = match (instant(a), instant(b)) {
        (Some(a), Some(b)) => a.cmp(&b),
        _ => day(a)?.cmp(&day(b)?),
    };
    (order != Ordering::Equal).then_some(order)
}

/// What publication times are put in order by: seconds since 1970, days at their beginning.
pub(crate) fn seconds(text: &str) -> Option<i64> {
    instant(text).or_else(|| at_utc(day(text)?.at(0, 0, 0, 0)))
}

fn instant(text: &str) -> Option<i64> {
    match text.parse::<Timestamp>() {
        Ok(instant) => Some(instant.as_second()),
        Err(_) if text.len() > 10 => at_utc(text.parse().ok()?),
        Err(_) => None,
    }
}

fn at_utc(time: DateTime) -> Option<i64> {
    Some(Offset::UTC.to_timestamp(time).ok()?.as_second())
}

/// Clock and offset as told: `01:00`, `01:00 +07:00`; two where the time runs from one to another.
pub(crate) fn clock(time: &TimeRecord) -> Option<String> {
    let first = one(&time.start)?;
    match one(&time.end) {
        Some(last) if last != first && time.precision != "instant" => {
            Some(format!("{first}–{last}"))
        }
        _ => Some(first),
    }
}

fn one(time: &str) -> Option<String> {
    let clock = time.get(11..16)?;
    let shape = clock.bytes().enumerate().all(|(at, b)| {
        if at == 2 {
            b == b':'
        } else {
            b.is_ascii_digit()
        }
    });
    if !shape {
        return None;
    }
    let rest = time
        .get(16..)?
        .trim_start_matches([':', '.', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
    let offset = match rest {
        "" => String::new(),
        "Z" | "z" => " UTC".to_string(),
        other => format!(" {other}"),
    };
    Some(format!("{clock}{offset}"))
}

/// The heading over what happened in these days.
pub(crate) fn heading(days: Option<Days>, words: &Words) -> String {
    let Some(days) = days else {
        return words.get("date/none").to_string();
    };
    if days.single() {
        return written("date/heading", days.first, words);
    }
    let (first, last) = (days.first, days.last);
    if first.day() == 1 && last == last.last_of_month() && first.year() == last.year() {
        if first.month() == last.month() {
            return written("date/month", first, words);
        }
        if first.month() == 1 && last.month() == 12 {
            return written("date/year", first, words);
        }
    }
    let (first, last) = (
        written("date/day", first, words),
        written("date/day", last, words),
    );
    words.fill("date/interval", &[("first", &first), ("last", &last)])
}

/// One day under a key of the table.
pub(crate) fn written(key: &str, date: Date, words: &Words) -> String {
    let month = format!("month/{}", date.month());
    let weekday = format!("weekday/{}", date.weekday().to_monday_one_offset());
    words.fill(
        key,
        &[
            ("weekday", words.get(&weekday)),
            ("day", &date.day().to_string()),
            ("month", words.get(&month)),
            ("year", &date.year().to_string()),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::{clock, day, earlier, seconds};
    use kronik_record::TimeRecord;
    use std::cmp::Ordering;

    #[test]
    fn publication_times_are_compared_across_offsets() {
        let check = |a: &str, b: &str, order: Option<Ordering>| {
            assert_eq!(earlier(a, b), order, "{a} {b}");
            assert_eq!(earlier(b, a), order.map(Ordering::reverse), "{b} {a}");
        };
        let less = Some(Ordering::Less);
        check(
            "2024-12-05T15:00:00+07:00",
            "2024-12-05T10:00:00+00:00",
            less,
        );
        check("2024-12-05T08:00", "2024-12-05T10:00Z", less);
        check("2024-12-05", "2024-12-05T10:00Z", None);
        check("2024-12-04", "2024-12-05T10:00Z", less);
        check("", "2024-12-05", None);
        assert_eq!(seconds("1970-01-02"), Some(86_400));
    }

    #[test]
    fn clocks_are_shown_as_told() {
        let check = |start: &str, end: &str, precision: &str, shown: Option<&str>| {
            let time = TimeRecord {
                text: None,
                span: None,
                edtf: String::new(),
                start: start.into(),
                end: end.into(),
                precision: precision.into(),
                basis: "explicit".into(),
            };
            assert_eq!(clock(&time).as_deref(), shown);
        };
        check("2024-12-05", "2024-12-05", "day", None);
        check(
            "2024-12-05T01:00:00",
            "2024-12-05T01:00:00",
            "instant",
            Some("01:00"),
        );
        check(
            "2024-12-05T01:00:00+02:00",
            "x",
            "instant",
            Some("01:00 +02:00"),
        );
        check(
            "2024-12-05T01:00Z",
            "2024-12-05T03:00Z",
            "interval",
            Some("01:00 UTC–03:00 UTC"),
        );
        check("ééééééééé", "", "day", None);
        assert_eq!(day("2024-13-01"), None);
    }
}
