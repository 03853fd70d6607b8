//! Days, months and years as the tables write them.

/// True for `2024`, `2024-10` and `2024-10-05` where there is such a day.
pub(crate) fn is_time(text: &str) -> bool {
    let digits = |s: &str, n: usize| s.len() == n && s.bytes().all(|b| b.is_ascii_digit());
    let mut parts = text.split('-');
    let year = parts.next().unwrap_or("");
    let (month, day) = (parts.next(), parts.next());
    if parts.next().is_some() || !digits(year, 4) {
        return false;
    }
    let number = |s: &str| match digits(s, 2) {
        true => s.parse::<u32>().unwrap_or(0),
        false => 0,
    };
    let Some(month) = month else { return true };
    let month = number(month);
    if !(1..=12).contains(&month) {
        return false;
    }
    let Some(day) = day else { return true };
    let year: u32 = year.parse().unwrap_or(0);
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let last = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    (1..=last).contains(&number(day))
}

/// Compares two times at the precision of the coarser: `2024` and `2024-10` are equal.
pub(crate) fn coarse(one: &str, two: &str) -> std::cmp::Ordering {
    let len = one.len().min(two.len());
    one.get(..len).cmp(&two.get(..len))
}

/// True if `day` lies in the time from `from` to `to`, both included, empty where open.
pub(crate) fn within(from: &str, to: &str, day: &str) -> bool {
    (from.is_empty() || coarse(day, from).is_ge()) && !ended(to, day)
}

/// True if what lasted until `to` is over on `day`.
pub(crate) fn ended(to: &str, day: &str) -> bool {
    !to.is_empty() && coarse(day, to).is_gt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_the_tables() {
        let check = |text: &str, right: bool| assert_eq!(is_time(text), right, "{text}");
        check("2024", true);
        check("2024-10", true);
        check("2024-02-29", true);
        check("2023-02-29", false);
        check("2024-13", false);
        check("2024-1", false);
        check("24", false);
        check("2024-10-05-01", false);
        check("circa 2024", false);
        check("", false);
    }

    #[test]
    fn days_within_times() {
        let check = |from: &str, to: &str, day: &str, inside: bool| {
            assert_eq!(within(from, to, day), inside, "{from}/{to} {day}");
        };
        check("", "", "2020-01-01", true);
        check("2010", "2024-07", "2024-07-31", true);
        check("2010", "2024-07", "2024-08-01", false);
        check("2010-10-14", "", "2010-10-13", false);
        check("2010-10-14", "", "2010-10", true);
    }
}
