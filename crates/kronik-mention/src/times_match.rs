//! Where in a sentence a mention of a time starts and ends.
//!
//! The longest pattern that fits wins; it may hold other mentions (`two weeks after 5 May`) or go on
//! where one ends (`Monday to Friday`). Words around it that belong to it are taken in afterwards.

use jiff::civil::Date;
use kronik_lang::Sentence;
use kronik_text::Span;

use crate::times::{Anchor, TimeLexicon, Within, covered};
use crate::times_calendar::{Stamp, Stretch, add_days, days_between, weekday_number};
use crate::times_meaning::{Meaning, Tense};
use crate::times_pattern::{Bindings, Words};
use crate::times_phrases::Phrases;
use crate::times_pieces::{Piece, PieceKind};
use crate::times_resolve::{Context, resolve};
use crate::{Basis, Doubt, Interval, TimeMention};

/// How deep mentions may stand in one another.
const DEEPEST: usize = 2;

/// A match before it is placed in the article.
pub(crate) struct Found {
    pub(crate) first: usize,
    pub(crate) end: usize,
    pub(crate) stretch: Option<Stretch>,
    pub(crate) clock: Option<(i8, i8)>,
    pub(crate) zone: Option<usize>,
    pub(crate) basis: Basis,
    pub(crate) since: bool,
    /// The days named, where `since` has lengthened the stretch or `early` has narrowed it.
    pub(crate) named: Option<Interval>,
}

/// The mentions before, what relative words count from, how deep in others a mention stands, and
/// inside another's, which starts at that piece.
type Around<'a> = (&'a [Found], &'a Anchor, (usize, Option<usize>));

/// What was read at one place.
pub(crate) struct Read {
    /// The piece after it.
    pub(crate) end: usize,
    /// The mention, if its words can be resolved.
    pub(crate) found: Option<Found>,
    pub(crate) doubt: Option<Odd>,
}

/// What is odd about a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Odd {
    /// Printed beside another weekday than this day has.
    Weekday(Date),
    /// No month has such a day.
    NoSuchDay,
}

impl Odd {
    /// The doubt about the words at `span`.
    pub(crate) fn at(self, span: Span) -> Doubt {
        match self {
            Odd::Weekday(day) => Doubt {
                span,
                code: "date-weekday",
                message: format!(
                    "{day} is a {:?}, not the weekday printed beside it",
                    day.weekday()
                ),
                hint: "the date was taken and the weekday left aside".to_string(),
            },
            Odd::NoSuchDay => Doubt {
                span,
                code: "date-impossible",
                message: "the calendar has no such day".to_string(),
                hint: "it was left aside; what it dates has no time from it".to_string(),
            },
        }
    }
}

fn doubt(meaning: Meaning, bound: &Bindings, stretch: Option<Stretch>) -> Option<Odd> {
    if !matches!(meaning, Meaning::Date(_)) || !bound.has_day() {
        return None;
    }
    let Some(stretch) = stretch else {
        // Without a day of publication a date without a year cannot be resolved either.
        let possible = |month: i8, day: i8| {
            let years = match bound.years.as_slice() {
                [] => [2023, 2024],
                [.., year] => [*year, *year],
            };
            years.iter().any(|y| Date::new(*y, month, day).is_ok())
        };
        let small = |n: &i16| i8::try_from(*n).unwrap_or_default();
        let exists = match bound.numeric.as_slice() {
            [] => bound
                .months
                .iter()
                .all(|m| bound.days.iter().all(|d| possible(*m, *d))),
            [year, month, day] if *year > 31 => Date::new(*year, small(month), small(day)).is_ok(),
            [a, b, year] => {
                let year = crate::times_numeric::full_year(*year);
                Date::new(year, small(b), small(a)).is_ok()
                    || Date::new(year, small(a), small(b)).is_ok()
            }
            [a, b, ..] => possible(small(b), small(a)) || possible(small(a), small(b)),
            _ => true,
        };
        return (!exists).then_some(Odd::NoSuchDay);
    };
    let day = stretch.interval().first;
    let wrong = |printed: &i8| *printed != weekday_number(day);
    let [printed] = bound.weekdays.as_slice() else {
        return None;
    };
    (stretch.is_day() && wrong(printed)).then_some(Odd::Weekday(day))
}

/// The part of a stretch that `early`, `mid` or `late` means; thirds of a year, and of a month the
/// first half, the middle third, the second half.
fn narrowed(stretch: Stretch, within: Within) -> Option<Interval> {
    let whole = stretch.interval();
    let days = days_between(whole.first, whole.last);
    let interval = |first: Option<Date>, last: Option<Date>| {
        Some(Interval {
            first: first?,
            last: last?,
        })
    };
    let on = |month: i8, day: i8| Date::new(whole.first.year(), month, day).ok();
    let month = (27..=30).contains(&days) && whole.first.day() == 1;
    let year = (364..=365).contains(&days) && whole.first.day_of_year() == 1;
    match within {
        Within::Early if year => interval(Some(whole.first), on(4, 30)),
        Within::Mid if year => interval(on(5, 1), on(8, 31)),
        Within::Late if year => interval(on(9, 1), Some(whole.last)),
        Within::Early if month => interval(Some(whole.first), add_days(whole.first, 14)),
        Within::Mid if month => interval(add_days(whole.first, 9), add_days(whole.first, 19)),
        Within::Late if month => interval(add_days(whole.first, 15), Some(whole.last)),
        Within::Early if days > 2 => interval(Some(whole.first), add_days(whole.first, days / 2)),
        Within::Late if days > 2 => interval(add_days(whole.first, days / 2), Some(whole.last)),
        _ => None,
    }
}

/// The days of a unit that lie before or behind today, where the words mean only those.
fn part_of(meaning: Meaning, unit: Stretch, today: Option<Date>) -> Option<Interval> {
    let whole = unit.interval();
    let (first, last) = match meaning {
        Meaning::SoFar(_) => (whole.first, today?),
        Meaning::Rest(_) => (today?, whole.last),
        Meaning::Early(_) => return narrowed(unit, Within::Early),
        Meaning::Late(_) => return narrowed(unit, Within::Late),
        _ => return None,
    };
    (first <= last).then_some(Interval { first, last })
}

impl TimeLexicon {
    /// The longest match at `at`: where it ends, and what it means if that can be told.
    pub(crate) fn match_at(
        &self,
        pieces: &[Piece],
        at: usize,
        found: &[Found],
        anchor: &Anchor,
        depth: (usize, Option<usize>),
    ) -> Option<Read> {
        let mut read = self.match_row(pieces, at, found, anchor, depth)?;
        for _ in 0..DEEPEST {
            let Some(base) = &read.found else { break };
            let (Some(stretch), None) = (base.stretch, base.clock) else {
                break;
            };
            let bound = Bindings {
                whens: vec![stretch],
                counted: base.basis != Basis::Explicit,
                ..Bindings::default()
            };
            let rows = self.extend.iter().copied();
            let more = self.read_rows(rows, pieces, (at, base.end), bound, (found, anchor, depth));
            match more {
                Some(more) if more.found.is_some() && more.end > base.end => read = more,
                _ => break,
            }
        }
        Some(read)
    }

    fn match_row(
        &self,
        pieces: &[Piece],
        at: usize,
        found: &[Found],
        anchor: &Anchor,
        depth: (usize, Option<usize>),
    ) -> Option<Read> {
        let by_word = self
            .by_word
            .get(&pieces.get(at)?.low)
            .map_or(&[][..], |rows| rows);
        let fitting = by_word.iter().chain(&self.by_slot).copied().filter(|row| {
            let after = &self.rows[*row].after;
            after.is_empty() || self.stands_after(pieces, at, after)
        });
        let place = (found, anchor, depth);
        self.read_rows(fitting, pieces, (at, at), Bindings::default(), place)
    }

    /// A mention inside another.
    fn match_when(
        &self,
        pieces: &[Piece],
        at: usize,
        (found, anchor, (depth, outer)): Around<'_>,
    ) -> Option<(usize, Stretch, Basis)> {
        let from = self.modifiers.at(pieces, at).map_or(at, |(end, _)| end);
        let read = [from, at]
            .into_iter()
            .find_map(|at| self.match_row(pieces, at, found, anchor, (depth + 1, outer)))?;
        let one = read.found.filter(|f| f.clock.is_none())?;
        Some((read.end, one.stretch?, one.basis))
    }

    /// The longest of `rows` that starts at piece `from` of a mention that starts at `first`, with
    /// what was `bound` before.
    fn read_rows(
        &self,
        rows: impl Iterator<Item = usize>,
        pieces: &[Piece],
        (first, from): (usize, usize),
        bound: Bindings,
        (found, anchor, depth): Around<'_>,
    ) -> Option<Read> {
        let nothing = |_: usize| None;
        let dates = |from: usize| {
            let rows = self.dates.iter().copied();
            let none = |_: usize| None;
            let words = Words {
                names: &self.names,
                pieces,
                dates: &none,
                whens: &nothing,
            };
            self.longest_of(rows, &words, from, &Bindings::default(), &[])
                .filter(|(_, _, bound)| bound.has_day())
                .map(|(_, end, bound)| (end, bound))
        };
        let whens = |from: usize| {
            let outer = (depth.0, depth.1.or(Some(first)));
            (depth.0 < DEEPEST)
                .then(|| self.match_when(pieces, from, (found, anchor, outer)))
                .flatten()
        };
        let words = Words {
            names: &self.names,
            pieces,
            dates: &dates,
            whens: &whens,
        };
        let rows: Vec<usize> = rows.collect();
        let mut failed: Vec<usize> = Vec::new();
        loop {
            let all = rows.iter().copied();
            let (row, end, bound) = self.longest_of(all, &words, from, &bound, &failed)?;
            let meaning = self.rows[row].meaning;
            if !self.plausible(pieces, first, end, &bound, meaning) {
                return None;
            }
            let told = found
                .iter()
                .rev()
                .filter(|f| !f.since)
                .find_map(|f| f.stretch);
            let context = Context {
                published: anchor.published,
                today: anchor.section.or(anchor.published),
                dated: anchor.section.is_some(),
                current: told.map(Stretch::interval).or(anchor.current),
                tense: self.tense(pieces, depth.1.unwrap_or(first), end),
                order: self.order,
                holidays: &self.names.holidays,
                counted_from: self.era(pieces, meaning),
            };
            let resolved = resolve(meaning, &bound, &context);
            let apart = meaning == Meaning::Pair;
            if resolved.is_none() && (apart || !bound.whens.is_empty()) {
                failed.push(row);
                continue;
            }
            let stretch = resolved.and_then(|(stretch, ..)| stretch);
            let doubt = doubt(meaning, &bound, stretch);
            let found = resolved.map(|(stretch, clock, basis)| Found {
                first,
                end,
                stretch,
                clock,
                zone: bound.zone,
                basis,
                since: false,
                named: stretch.and_then(|s| part_of(meaning, s, context.today)),
            });
            return Some(Read { end, found, doubt });
        }
    }

    /// The day from which this sentence counts days.
    fn era(&self, pieces: &[Piece], meaning: Meaning) -> Option<Date> {
        let counts = meaning == Meaning::Count;
        (0..pieces.len())
            .filter(|_| counts)
            .find_map(|at| self.eras.at(pieces, at).map(|(_, day)| *day))
    }

    fn longest_of(
        &self,
        rows: impl Iterator<Item = usize>,
        words: &Words<'_>,
        at: usize,
        bound: &Bindings,
        but: &[usize],
    ) -> Option<(usize, usize, Bindings)> {
        let mut best: Option<(usize, usize, Bindings)> = None;
        for row in rows.filter(|row| !but.contains(row)) {
            if let Some((end, bound)) = self.rows[row].pattern.longest(words, at, bound.clone()) {
                let better = match &best {
                    None => true,
                    Some((other, longest, _)) => {
                        end > *longest || (end == *longest && row < *other)
                    }
                };
                if better {
                    best = Some((row, end, bound));
                }
            }
        }
        best
    }

    fn stands_after(&self, pieces: &[Piece], at: usize, after: &[String]) -> bool {
        let before = pieces[..at]
            .iter()
            .rev()
            .find(|p| p.low != "\"" && p.low != "\u{201c}");
        match before {
            None => after.iter().any(|a| a == "^"),
            Some(piece) => after.contains(&piece.low),
        }
    }

    /// False for a month's name that is another word here and for numbers that are no years.
    fn plausible(
        &self,
        pieces: &[Piece],
        at: usize,
        end: usize,
        bound: &Bindings,
        meaning: Meaning,
    ) -> bool {
        let before = at.checked_sub(1).and_then(|i| pieces.get(i));
        let led = before.is_some_and(|p| self.leads.contains(&p.low))
            || self.phrase_before(&self.modifiers, pieces, 0, at).is_some();
        if bound.needs_lead && !led {
            return false;
        }
        let money = before.is_some_and(|p| p.kind == PieceKind::Mark && "$€£¥".contains(&p.low));
        if money && pieces[at].kind == PieceKind::Number {
            return false;
        }
        let only_year = matches!(meaning, Meaning::Date(_))
            && !bound.years.is_empty()
            && bound.months.is_empty()
            && !bound.has_day();
        if !only_year {
            return true;
        }
        let labelled =
            before.is_some_and(|p| p.kind == PieceKind::Number || self.labels.contains(&p.low));
        let counts = self.counted.at(pieces, end).is_some() && !led;
        let money = before.is_some_and(|p| p.glued && !p.is_mark("(") && p.kind == PieceKind::Mark)
            && !before.is_some_and(|p| p.is_mark("-"));
        let percent = pieces.get(end).is_some_and(|p| p.is_mark("%"));
        // `the 1951 Treaty`, `Perjanjian Bersama 1951`: part of a name.
        let capital = |i: usize| {
            pieces
                .get(i)
                .is_some_and(|p| p.upper && p.kind == PieceKind::Word)
        };
        let named = before.is_some_and(|p| self.named.contains(&p.low)) && capital(end)
            || at > 1 && capital(at - 1) && !led;
        !(labelled || counts || percent || named || money && pieces[at].glued)
    }

    /// Whether the clause around a mention looks ahead or back.
    fn tense(&self, pieces: &[Piece], first: usize, end: usize) -> Tense {
        let stops = |p: &Piece| {
            (p.kind == PieceKind::Mark && !p.is_mark("-") && !p.is_mark("'"))
                || self.stops.contains(&p.low)
        };
        let told = |i: usize| self.tense.at(pieces, i).map(|(_, tense)| *tense);
        let clause = (0..first)
            .rev()
            .take(16)
            .take_while(|i| !stops(&pieces[*i]));
        if let Some(tense) = clause.clone().find_map(told) {
            return tense;
        }
        // Only what opens its clause is dated by the verb that follows.
        if clause.count() > 1 {
            return Tense::Untold;
        }
        let skip = usize::from(pieces.get(end).is_some_and(|p| p.is_mark(",")));
        (end + skip..pieces.len())
            .take(12)
            .take_while(|i| !stops(&pieces[*i]))
            .find_map(told)
            .unwrap_or(Tense::Untold)
    }

    /// Takes in the words around a match that belong to it: `akhir`, `since`, a zone.
    pub(crate) fn widen(&self, pieces: &[Piece], from: usize, one: &mut Found, anchor: &Anchor) {
        if one.zone.is_none()
            && let Some((end, zone)) = self.names.zone(pieces, one.end)
        {
            let clock_or_part = one.clock.is_some()
                || (one.first..one.end).any(|i| self.names.part(pieces, i).is_some());
            if clock_or_part {
                (one.end, one.zone) = (end, Some(zone));
            }
        }
        let coarse = one.stretch.is_some_and(|s| !s.is_day());
        if coarse
            && let Some(start) = self.phrase_before(&self.modifiers, pieces, from, one.first)
            && let Some((_, within)) = self.modifiers.at(pieces, start)
        {
            one.first = start;
            let narrow = one.stretch.and_then(|s| narrowed(s, *within));
            one.named = narrow.or(one.named);
        }
        if let Some(start) = self.phrase_before(&self.since, pieces, from, one.first)
            && let Some(stretch) = &mut one.stretch
        {
            one.first = start;
            one.since = true;
            one.named = Some(one.named.unwrap_or(stretch.interval()));
            if let Some(published) = anchor.published
                && published > stretch.interval().first
            {
                stretch.last = Stamp::day(published);
            }
        }
    }

    /// Where the phrase that ends right before `at` starts, at `from` or later.
    fn phrase_before<T: Clone>(
        &self,
        phrases: &Phrases<T>,
        pieces: &[Piece],
        from: usize,
        at: usize,
    ) -> Option<usize> {
        (1..=4)
            .rev()
            .filter_map(|length| at.checked_sub(length))
            .filter(|start| *start >= from)
            .find(|start| phrases.at(pieces, *start).is_some_and(|(end, _)| end == at))
    }

    /// Makes one mention of a day and the clock time beside it.
    pub(crate) fn join(&self, pieces: &[Piece], found: Vec<Found>) -> Vec<Found> {
        let mut out: Vec<Found> = Vec::new();
        for one in found {
            if let Some(last) = out.last_mut() {
                let between = pieces.get(last.end..one.first).unwrap_or(&[]);
                let near = between.len() <= 3
                    && between
                        .iter()
                        .all(|p| self.joins.contains(&p.low) || p.is_mark(")"));
                let bracketed = between.len() == 1 && between[0].is_mark("(");
                let single =
                    |f: &Found| f.stretch.is_some_and(Stretch::is_day) && f.clock.is_none();
                let clock = |f: &Found| f.stretch.is_none() && f.clock.is_some();
                if bracketed && clock(&one) && last.clock.is_some() {
                    last.end = one.end;
                    continue;
                }
                if near && clock(&one) && single(last) {
                    (last.end, last.clock, last.zone) =
                        (one.end, one.clock, one.zone.or(last.zone));
                    continue;
                }
                if near && clock(last) && single(&one) {
                    let first = last.first;
                    let (clock, zone) = (last.clock, last.zone.or(one.zone));
                    *last = Found {
                        first,
                        clock,
                        zone,
                        ..one
                    };
                    continue;
                }
            }
            out.push(one);
        }
        out
    }

    pub(crate) fn mention(
        &self,
        pieces: &[Piece],
        index: usize,
        sentence: &Sentence,
        one: Found,
        anchor: &Anchor,
    ) -> Option<TimeMention> {
        let last = one.end.checked_sub(1)?;
        let mut span = pieces.get(one.first)?.span.cover(pieces.get(last)?.span);
        // A bracket that was closed after a clock in brackets.
        if let Some(close) = pieces.get(one.end).filter(|p| p.is_mark(")"))
            && opens(&pieces[one.first..one.end])
        {
            span = span.cover(close.span);
        }
        let clock_only = one.stretch.is_none();
        let stretch = match one.stretch {
            Some(stretch) => stretch,
            None => {
                let day = anchor
                    .current
                    .filter(|c| c.first == c.last)
                    .map(|c| c.first)
                    .or(anchor.section)
                    .or(anchor.published)?;
                Stretch::days(day, day)
            }
        };
        let days = match one.named {
            Some(named) if one.since => Interval {
                first: named.first,
                last: stretch.interval().last.max(named.last),
            },
            Some(named) => named,
            None => stretch.interval(),
        };
        Some(TimeMention {
            span,
            sentence: index,
            tokens: covered(sentence, span),
            days,
            edtf: stretch.edtf(),
            clock: one.clock,
            offset: one
                .zone
                .and_then(|z| self.names.zones.get(z))
                .and_then(|z| z.offset_on(days.first)),
            clock_only,
            basis: if clock_only {
                Basis::Inherited
            } else {
                one.basis
            },
            since: one.since,
            named: one.named.unwrap_or(days),
            future: anchor.published.is_some_and(|p| days.first > p),
        })
    }
}

fn opens(pieces: &[Piece]) -> bool {
    let count = |mark: &str| pieces.iter().filter(|p| p.is_mark(mark)).count();
    count("(") > count(")")
}
