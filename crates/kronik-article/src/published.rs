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

/// As many paragraphs as may tell the date of the whole.
const LEADING: usize = 3;
/// The days by which a later date in the leading paragraphs may outdo the first one.
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

/// The date that the lines around the text or its first paragraphs print.
pub(crate) fn from_text(
    text: &str,
    blocks: &[Block],
    calendar: &Calendar,
    day_first: Option<bool>,
) -> Option<(String, Oddity)> {
    let on_lines = blocks
        .iter()
        .filter(|b| b.kind == BlockKind::Byline)
        .find_map(|b| first_of(text, b, calendar, day_first));
    let (printed, block) = on_lines.or_else(|| leading(text, blocks, calendar, day_first))?;
    let span = Span::new(printed.start, printed.end).shifted(block.span.start());
    let written = if block.kind == BlockKind::Byline {
        printed.written()?
    } else {
        printed.date()?.to_string()
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

fn first_of<'b>(
    text: &str,
    block: &'b Block,
    calendar: &Calendar,
    day_first: Option<bool>,
) -> Option<(Printed, &'b Block)> {
    let dates = calendar.dates(block.span.slice(text), day_first);
    dates
        .into_iter()
        .find(|d| d.date().is_some())
        .map(|d| (d, block))
}

/// The first full date of the first paragraphs, or one a few days later there: reports tell first
/// what happened last.
fn leading<'b>(
    text: &str,
    blocks: &'b [Block],
    calendar: &Calendar,
    day_first: Option<bool>,
) -> Option<(Printed, &'b Block)> {
    let dates: Vec<(Date, Printed, &Block)> = blocks
        .iter()
        .filter(|b| b.kind == BlockKind::Paragraph)
        .take(LEADING)
        .flat_map(|b| {
            let dates = calendar.dates(b.span.slice(text), day_first);
            dates
                .into_iter()
                .filter_map(move |d| Some((d.date()?, d, b)))
        })
        .collect();
    let (first, ..) = *dates.first()?;
    let near = |d: &Date| {
        let days = (*d - first).get_days();
        (0..=APART).contains(&days)
    };
    let mut best: Option<(Date, Printed, &Block)> = None;
    for (date, printed, block) in dates.into_iter().filter(|(d, ..)| near(d)) {
        if best.as_ref().is_none_or(|(b, ..)| date > *b) {
            best = Some((date, printed, block));
        }
    }
    best.map(|(_, printed, block)| (printed, block))
}
