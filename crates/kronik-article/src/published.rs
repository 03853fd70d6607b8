//! When an article was published.
//!
//! What the user or the container says wins over the page, the page over the text. A time is kept
//! only where its zone is told; without one it would be a different instant on every machine.

use jiff::civil::Date;
use jiff::fmt::temporal::{Pieces, PiecesOffset};
use kronik_record::{BlockKind, Severity};
use kronik_text::Span;

use crate::calendar::{Calendar, Printed};
use crate::{Block, Oddity};

/// The days by which a later date may outdo the first one.
const APART: i32 = 3;

/// A date or time as users and pages write it, as RFC 3339 or a bare date; `None` if it is none.
pub(crate) fn normal(text: &str, calendar: &Calendar, day_first: Option<bool>) -> Option<String> {
    let text = text.trim();
    if let Ok(pieces) = Pieces::parse(text) {
        let date = pieces.date();
        let Some((time, offset)) = pieces.time().zip(pieces.offset()) else {
            return Some(date.to_string());
        };
        if is_rfc3339(text) {
            return Some(text.to_string());
        }
        let zone = match offset {
            PiecesOffset::Zulu => "Z".to_string(),
            PiecesOffset::Numeric(n) => {
                let minutes = n.offset().seconds() / 60;
                let sign = if minutes < 0 { '-' } else { '+' };
                format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
            }
            _ => return Some(date.to_string()),
        };
        let (h, m, s) = (time.hour(), time.minute(), time.second());
        return Some(format!("{date}T{h:02}:{m:02}:{s:02}{zone}"));
    }
    if let Ok(zoned) = jiff::fmt::rfc2822::parse(text) {
        let offset = zoned.offset();
        return Some(zoned.timestamp().display_with_offset(offset).to_string());
    }
    calendar
        .dates(text, day_first)
        .iter()
        .find_map(Printed::written)
}

/// `2024-12-05T10:00:00+07:00`, `…Z`, with or without a fraction.
fn is_rfc3339(text: &str) -> bool {
    let bytes = text.as_bytes();
    let Some(clock) = text.get(10..) else {
        return false;
    };
    let zone = clock.strip_suffix('Z').map(str::len).or_else(|| {
        let at = clock.len().checked_sub(6)?;
        let zone = clock.get(at..)?;
        (zone.starts_with(['+', '-']) && zone.as_bytes().get(3) == Some(&b':')).then_some(at)
    });
    bytes.get(10) == Some(&b'T')
        && bytes.get(13) == Some(&b':')
        && bytes.get(16) == Some(&b':')
        && zone.is_some_and(|z| z >= 9)
}

/// The day in an address: `/2024/12/05/`, `/2024-12-05/`, `/2024-12-05-title`.
pub(crate) fn of_url(url: &str) -> Option<String> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let parts: Vec<&str> = path.split(['/', '-', '_', '?', '#', '.']).collect();
    parts.windows(3).find_map(|w| {
        let [year, month, day] = w else { return None };
        let digits = |p: &str, n: std::ops::RangeInclusive<usize>| {
            n.contains(&p.len()) && p.bytes().all(|b| b.is_ascii_digit())
        };
        if !digits(year, 4..=4) || !digits(month, 1..=2) || !digits(day, 1..=2) {
            return None;
        }
        let year = year.parse().ok().filter(|y| (1990..2100).contains(y))?;
        let date = Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()?;
        Some(date.to_string())
    })
}

/// The date that the lines around the text, the dateline or the report's own dates print.
///
/// A bare date in running text is none of them: reports name the day they tell of by its weekday,
/// and write out dates of long ago.
pub(crate) fn from_text(
    text: &str,
    blocks: &[Block],
    line: Option<Span>,
    calendar: &Calendar,
    day_first: Option<bool>,
) -> Option<(String, Oddity)> {
    let year = footer_year(text, blocks);
    let all = |kinds: &[BlockKind]| -> Vec<Found> {
        blocks
            .iter()
            .filter(|b| kinds.contains(&b.kind))
            .flat_map(|b| {
                let dates = calendar.dates(b.span.slice(text), day_first);
                dates.into_iter().map(|printed| Found {
                    printed,
                    span: Span::new(printed.start, printed.end).shifted(b.span.start()),
                })
            })
            .collect()
    };
    let byline = all(&[BlockKind::Byline])
        .into_iter()
        .find(|f| f.printed.date().is_some());
    let (written, span) = if let Some(found) = byline {
        (found.printed.written()?, found.span)
    } else {
        let kinds = [
            BlockKind::Title,
            BlockKind::Standfirst,
            BlockKind::Heading,
            BlockKind::Paragraph,
        ];
        let dates = all(&kinds);
        let (date, span) = of_dateline(&dates, line, year).or_else(|| of_the_day(&dates, year))?;
        (date.to_string(), span)
    };
    let oddity = Oddity {
        severity: Severity::Info,
        code: "date-from-text",
        message: format!("The date of publication, {written}, was read from the text."),
        span: Some(span),
        hint: Some("Give it with --published if it is another.".into()),
    };
    Some((written, oddity))
}

/// A date and where it stands in the whole text.
#[derive(Clone, Copy)]
struct Found {
    printed: Printed,
    span: Span,
}

/// The latest year printed on the lines after the report, as copyright lines do.
fn footer_year(text: &str, blocks: &[Block]) -> Option<i16> {
    blocks
        .iter()
        .filter(|b| b.kind == BlockKind::Footer)
        .flat_map(|b| b.span.slice(text).split(|c: char| !c.is_ascii_digit()))
        .filter(|n| n.len() == 4)
        .filter_map(|n| n.parse().ok())
        .filter(|n| (1900..2100).contains(n))
        .max()
}

fn of_dateline(dates: &[Found], line: Option<Span>, year: Option<i16>) -> Option<(Date, Span)> {
    let line = line?;
    let found = dates.iter().find(|f| line.contains(f.span))?;
    Some((found.printed.date_in(year)?, found.span))
}

/// The first date of the day, or one a few days later: reports tell first what happened last, and
/// then what happened since.
fn of_the_day(dates: &[Found], year: Option<i16>) -> Option<(Date, Span)> {
    let mut own = dates
        .iter()
        .filter(|f| f.printed.is_of_the_day())
        // a borrowed year must agree with a weekday
        .filter(|f| f.printed.year.is_some() || f.printed.weekday.is_some())
        .filter_map(|f| Some((f.printed.date_in(year)?, f.span)));
    let first = own.next()?;
    let near = |date: Date| (0..=APART).contains(&(date - first.0).get_days());
    let later = own.filter(|(date, _)| near(*date));
    Some(later.fold(
        first,
        |best, next| if next.0 > best.0 { next } else { best },
    ))
}

#[cfg(test)]
mod tests {
    use super::of_url;

    #[test]
    fn days_in_addresses() {
        let check = |url: &str, day: Option<&str>| assert_eq!(of_url(url).as_deref(), day, "{url}");
        check("https://a.example/2024/12/05/title", Some("2024-12-05"));
        check(
            "https://a.example/read/2024-12-5-title.html",
            Some("2024-12-05"),
        );
        check("https://a.example/2024/13/05/title", None);
        check("https://a.example/2024/12/title", None);
        check("https://a.example/123/2024/x", None);
        check("", None);
    }
}
