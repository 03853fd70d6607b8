//! Explicit dates as they stand on date lines, in datelines and in the first lines of a report.
//!
//! Relative expressions ("on Friday") are none of this stage's business: it only has to learn
//! when the article was published. Names of months, weekdays and zones come from the tables of
//! the language packs.

use std::collections::BTreeMap;

use kronik_record::table::Table;
use kronik_record::{Files, Result};

use crate::layout::folder;

/// Names of the parts of a date, in all languages.
#[derive(Debug, Clone, Default)]
pub(crate) struct Calendar {
    months: BTreeMap<String, i8>,
    weekdays: BTreeMap<String, i8>,
    zones: BTreeMap<String, i32>,
}

/// Hour, minute, and minutes east of UTC where the zone is told.
type Clock = (i8, i8, Option<i32>);

/// A date as printed; `year` may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Printed {
    pub start: usize,
    pub end: usize,
    pub year: Option<i16>,
    pub month: i8,
    pub day: i8,
    /// The time of day that follows it.
    pub clock: Option<Clock>,
    /// The weekday named just before it, 1 Monday to 7 Sunday.
    pub weekday: Option<i8>,
    /// It stands alone in brackets.
    pub bracketed: bool,
}

impl Printed {
    /// The day, if it exists.
    pub fn date(&self) -> Option<jiff::civil::Date> {
        jiff::civil::Date::new(self.year?, self.month, self.day).ok()
    }

    /// The day, with `year` for one that is not printed. Of no use where another weekday is named.
    pub fn date_in(&self, year: Option<i16>) -> Option<jiff::civil::Date> {
        let date = jiff::civil::Date::new(self.year.or(year)?, self.month, self.day).ok()?;
        let named = self
            .weekday
            .unwrap_or(date.weekday().to_monday_one_offset());
        (named == date.weekday().to_monday_one_offset()).then_some(date)
    }

    /// True for a date that says when the report itself happened: beside a weekday, or in brackets
    /// after one of the report's own words for the day. A bare date is history.
    pub fn is_of_the_day(&self) -> bool {
        self.weekday.is_some() || self.bracketed
    }

    /// RFC 3339 where clock and zone are told, else the day.
    pub fn written(&self) -> Option<String> {
        let date = self.date()?;
        Some(match self.clock {
            Some((hour, minute, Some(offset))) => {
                let sign = if offset < 0 { '-' } else { '+' };
                let (h, m) = (offset.abs() / 60, offset.abs() % 60);
                format!("{date}T{hour:02}:{minute:02}:00{sign}{h:02}:{m:02}")
            }
            _ => date.to_string(),
        })
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Number,
    Word,
    Mark(char),
}

#[derive(Debug, Clone, Copy)]
struct Token<'t> {
    kind: Kind,
    text: &'t str,
    start: usize,
    end: usize,
    /// White space stands before it.
    spaced: bool,
}

impl Calendar {
    /// Reads months, weekdays and zones of every pack; files that are not there are passed over.
    pub fn load(files: &Files) -> Result<Calendar> {
        let mut calendar = Calendar::default();
        let paths: Vec<&str> = files.under("languages/").collect();
        for path in paths {
            if folder(path, "months.tsv").is_some() {
                for row in Table::load(files, path, &["number", "words"])?.rows() {
                    let number = row.need("number")?;
                    let number = number
                        .parse()
                        .map_err(|_| row.error("not a month's number"))?;
                    for word in row.list("words") {
                        calendar.months.insert(word.to_lowercase(), number);
                    }
                }
            } else if folder(path, "weekdays.tsv").is_some() {
                for row in Table::load(files, path, &["number", "words"])?.rows() {
                    let number = row.need("number")?.parse().ok();
                    let number = number
                        .filter(|n| (1..=7).contains(n))
                        .ok_or_else(|| row.error("a weekday's number is 1 (Monday) to 7"))?;
                    for word in row.list("words") {
                        calendar.weekdays.insert(word.to_lowercase(), number);
                    }
                }
            } else if folder(path, "zones.tsv").is_some() {
                for row in Table::load(files, path, &["words", "offset"])?.rows() {
                    // zones with summer time need a date's own rule: only the fixed ones here
                    let Ok(offset) = row.get("offset").parse() else {
                        continue;
                    };
                    if row.get("summer").is_empty() {
                        for word in row.list("words") {
                            calendar.zones.insert(word.to_lowercase(), offset);
                        }
                    }
                }
            }
        }
        Ok(calendar)
    }

    /// True for a name of a weekday, month or zone.
    pub fn knows(&self, word: &str) -> bool {
        let word = word.to_lowercase();
        self.weekdays.contains_key(&word)
            || self.months.contains_key(&word)
            || self.zones.contains_key(&word)
    }

    /// All explicit dates of a line, in order. `day_first` reads `4/12/2024`; where it is `None`
    /// only numbers that cannot be read two ways count.
    pub fn dates(&self, line: &str, day_first: Option<bool>) -> Vec<Printed> {
        let tokens = tokens(line);
        let (mut found, mut at) = (Vec::new(), 0);
        while at < tokens.len() {
            match self.date_at(&tokens, at, day_first) {
                Some((mut printed, next)) => {
                    if let Some((clock, end)) = self.clock_after(&tokens, next) {
                        printed.clock = Some(clock);
                        printed.end = end;
                    }
                    found.push(printed);
                    at = next;
                }
                None => at += 1,
            }
        }
        found
    }

    fn date_at(&self, t: &[Token], at: usize, order: Option<bool>) -> Option<(Printed, usize)> {
        let made = |year, month, day, last: usize| {
            let (start, end) = (t[at].start, t[last].end);
            let printed = Printed {
                start,
                end,
                year,
                month,
                day,
                clock: None,
                weekday: self.weekday_before(t, at),
                bracketed: is_bracketed(t, at, last),
            };
            let valid = jiff::civil::Date::new(year.unwrap_or(2024), month, day).is_ok();
            valid.then_some((printed, last + 1))
        };
        let inside_number = at > 1
            && t[at].kind == Kind::Number
            && !t[at].spaced
            && matches!(t[at - 1].kind, Kind::Mark('/' | '-' | '.'))
            && t[at - 2].kind == Kind::Number;
        if inside_number {
            return None;
        }
        if t[at].kind == Kind::Number {
            // 4/12/2024, 4-12-2024, 2024-12-04, 2024/12/04
            if let [
                a,
                Token {
                    kind: Kind::Mark(m @ ('/' | '-')),
                    ..
                },
                b,
                c,
                d,
                ..,
            ] = &t[at..]
                && b.kind == Kind::Number
                && c.kind == Kind::Mark(*m)
                && d.kind == Kind::Number
            {
                let (x, y, z) = (number(a.text)?, number(b.text)?, number(d.text)?);
                if a.text.len() == 4 {
                    return made(year(a.text), y as i8, z as i8, at + 4);
                }
                year(d.text)?;
                let day_first = match (x > 12, y > 12) {
                    (true, false) => true,
                    (false, true) => false,
                    _ if x == y => true,
                    _ => order?,
                };
                let (day, month) = if day_first { (x, y) } else { (y, x) };
                return made(year(d.text), month as i8, day as i8, at + 4);
            }
            // (4/12), only in brackets: elsewhere it may be a fraction
            if let [a, m, b, ..] = &t[at..]
                && m.kind == Kind::Mark('/')
                && b.kind == Kind::Number
                && is_bracketed(t, at, at + 2)
            {
                let (x, y) = (number(a.text)? as i8, number(b.text)? as i8);
                let (day, month) = if order? { (x, y) } else { (y, x) };
                return made(None, month, day, at + 2);
            }
            // 4 Desember 2024, 4th December, 2024
            let day = number(t[at].text).filter(|d| (1..=31).contains(d))? as i8;
            if t[at].text.len() > 2 {
                return None;
            }
            let mut next = at + 1;
            if t.get(next)
                .is_some_and(|o| !o.spaced && o.kind == Kind::Word && o.text.len() == 2)
            {
                next += 1;
            }
            let month = self.month(t.get(next)?)?;
            let last = skip_dot(t, next);
            return match self.year_after(t, last) {
                Some((y, last)) => made(Some(y), month, day, last),
                None => made(None, month, day, last),
            };
        }
        // Dec 5, 2024; December 5
        let month = self.month(&t[at])?;
        let next = skip_dot(t, at) + 1;
        let day = t
            .get(next)
            .filter(|d| d.kind == Kind::Number && d.text.len() <= 2)?;
        let day = number(day.text).filter(|d| (1..=31).contains(d))? as i8;
        match self.year_after(t, next) {
            Some((y, last)) => made(Some(y), month, day, last),
            None => made(None, month, day, next),
        }
    }

    /// The weekday right before a date: `Kamis (5/12`, `Thursday, December 5`.
    fn weekday_before(&self, t: &[Token], at: usize) -> Option<i8> {
        let mut before = t[..at].iter().rev();
        let word = before.find(|b| !matches!(b.kind, Kind::Mark(',' | '(')))?;
        (word.kind == Kind::Word)
            .then(|| self.weekdays.get(&word.text.to_lowercase()).copied())
            .flatten()
    }

    fn month(&self, token: &Token) -> Option<i8> {
        // a name of a month starts with a capital in dates or is a word of its own length
        (token.kind == Kind::Word)
            .then(|| self.months.get(&token.text.to_lowercase()).copied())
            .flatten()
    }

    fn year_after(&self, t: &[Token], at: usize) -> Option<(i16, usize)> {
        let mut next = at + 1;
        if t.get(next).is_some_and(|m| m.kind == Kind::Mark(',')) {
            next += 1;
        }
        let token = t.get(next).filter(|y| y.kind == Kind::Number)?;
        year(token.text).map(|y| (y, next))
    }

    /// A clock time within the few words after a date.
    fn clock_after(&self, t: &[Token], from: usize) -> Option<(Clock, usize)> {
        for at in from..(from + 6).min(t.len()) {
            let [h, m, s, ..] = &t[at..] else { return None };
            let joined = !m.spaced && !s.spaced;
            if h.kind != Kind::Number || s.kind != Kind::Number || !joined {
                continue;
            }
            if !matches!(m.kind, Kind::Mark(':' | '.')) || s.text.len() != 2 {
                continue;
            }
            let (mut hour, minute) = (number(h.text)?, number(s.text)?);
            let mut last = at + 2;
            if let [c, second, ..] = &t[last + 1..]
                && !c.spaced
                && c.kind == m.kind
                && second.kind == Kind::Number
                && second.text.len() == 2
            {
                last += 2;
            }
            let word = |i: usize| t.get(i).map(|w| w.text.to_lowercase()).unwrap_or_default();
            match word(last + 1).as_str() {
                "am" if hour == 12 => (hour, last) = (0, last + 1),
                "pm" if hour < 12 => (hour, last) = (hour + 12, last + 1),
                "am" | "pm" => last += 1,
                _ => {}
            }
            let offset = self.zones.get(&word(last + 1)).copied();
            if offset.is_some() {
                last += 1;
            }
            return (hour < 24 && minute < 60)
                .then_some(((hour as i8, minute as i8, offset), t[last].end));
        }
        None
    }
}

fn is_bracketed(t: &[Token], at: usize, last: usize) -> bool {
    let is = |i: Option<usize>, mark| {
        i.and_then(|i| t.get(i))
            .is_some_and(|m| m.kind == Kind::Mark(mark))
    };
    is(at.checked_sub(1), '(') && is(Some(last + 1), ')')
}

fn skip_dot(t: &[Token], at: usize) -> usize {
    let dotted = t
        .get(at + 1)
        .is_some_and(|d| d.kind == Kind::Mark('.') && !d.spaced);
    // the full stop of an abbreviation, if the date goes on after it
    let goes_on = t.get(at + 2).is_some_and(|n| n.kind == Kind::Number);
    if dotted && goes_on { at + 1 } else { at }
}

fn number(text: &str) -> Option<u16> {
    text.parse().ok()
}

fn year(text: &str) -> Option<i16> {
    let year: i16 = text.parse().ok()?;
    (text.len() == 4 && (1900..2100).contains(&year)).then_some(year)
}

fn tokens(line: &str) -> Vec<Token<'_>> {
    let mut out: Vec<Token> = Vec::new();
    let mut spaced = true;
    for (start, c) in line.char_indices() {
        let end = start + c.len_utf8();
        if c.is_whitespace() {
            spaced = true;
            continue;
        }
        let kind = if c.is_ascii_digit() {
            Kind::Number
        } else if c.is_alphabetic() {
            Kind::Word
        } else {
            Kind::Mark(c)
        };
        match out.last_mut() {
            Some(last) if !spaced && last.kind == kind && !matches!(kind, Kind::Mark(_)) => {
                last.end = end;
                last.text = &line[last.start..end];
            }
            _ => out.push(Token {
                kind,
                text: &line[start..end],
                start,
                end,
                spaced,
            }),
        }
        spaced = false;
    }
    out
}
