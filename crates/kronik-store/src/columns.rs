//! What of a record stands in columns of its own, so that it can be searched.

use kronik_record::{ActorRecord, TimeRecord};

/// The day of an RFC 3339 time or a date; `None` for what does not start with a date.
pub(crate) fn day(time: &str) -> Option<&str> {
    let day = time.get(..10)?;
    let shape = day.bytes().enumerate().all(|(at, byte)| match at {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    shape.then_some(day)
}

/// First and last day.
pub(crate) fn days(time: Option<&TimeRecord>) -> (Option<&str>, Option<&str>) {
    match time {
        Some(time) => (day(&time.start), day(&time.end).or(day(&time.start))),
        None => (None, None),
    }
}

/// `|PRK|RUS|`, sorted; names stand for those without a code.
pub(crate) fn codes(actors: &[ActorRecord]) -> String {
    let mut codes: Vec<&str> = actors
        .iter()
        .map(|a| a.code.as_deref().unwrap_or(a.name.as_str()))
        .collect();
    codes.sort_unstable();
    codes.dedup();
    if codes.is_empty() {
        String::new()
    } else {
        format!("|{}|", codes.join("|"))
    }
}

/// True if version `a` is older than `b`: numbers between full stops are compared as numbers,
/// what follows a hyphen is left out.
pub(crate) fn older(a: &str, b: &str) -> bool {
    let parts = |v: &str| -> Vec<u64> {
        let core = v.split(['-', '+']).next().unwrap_or_default();
        core.split('.').map(|p| p.parse().unwrap_or(0)).collect()
    };
    parts(a) < parts(b)
}

#[cfg(test)]
mod tests {
    use super::{day, older};

    #[test]
    fn days_of_times() {
        assert_eq!(day("2024-12-05T01:00:00+02:00"), Some("2024-12-05"));
        assert_eq!(day("2024-12-05"), Some("2024-12-05"));
        assert_eq!(day("2024-12"), None);
        assert_eq!(day("5 Desember 2024"), None);
        assert_eq!(day("ééééééééé"), None);
    }

    #[test]
    fn versions_are_numbers() {
        assert!(older("0.9.0", "0.10.0"));
        assert!(!older("0.1.0", "0.1.0"));
        assert!(!older("1.0.0", "0.9.9"));
    }
}
