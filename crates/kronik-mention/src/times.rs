//! Days and clock times: `Rabu (4/12/2024)`, `two days later`, `pukul 20.27 WIB`.
//!
//! When something happened is half of what a record is worth, and most articles tell it in words
//! that need the day of publication, the day told of last, or the heading above. Each mention is
//! read by the longest matching pattern of `times.tsv` and resolved against an [`Anchor`];
//! [`TimeLexicon::find_all`] walks an article and moves the anchor along.
//!
//! **Invariant (an absence):** nothing here asks a clock; without a publication date, words that
//! count from it are no mentions.

use std::collections::BTreeMap;

use jiff::civil::Date;
use kronik_lang::{Analysis, Sentence};
use kronik_record::table::Table;
use kronik_record::{BlockKind, Files, Result};
use kronik_text::Span;

use crate::times_calendar::{Stretch, add_days};
use crate::times_pattern::{Bindings, Part, Pattern};
use crate::times_pieces::{Piece, PieceKind, pieces};
use crate::times_resolve::{Context, Meaning, Order, Tense, resolve};
use crate::times_table::{Names, Phrases};
use crate::{Basis, Interval, TimeMention};

/// What relative words count from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Anchor {
    /// The article's day of publication.
    pub published: Option<Date>,
    /// The day of the section's heading, if it has one.
    pub section: Option<Date>,
    /// The days the running text is at: the last ones told.
    pub current: Option<Interval>,
}

impl Anchor {
    /// Only the day of publication is known.
    pub fn published(date: Option<Date>) -> Anchor {
        Anchor {
            published: date,
            section: None,
            current: None,
        }
    }
}

#[derive(Debug, Clone)]
struct Row {
    pattern: Pattern,
    meaning: Meaning,
    after: Vec<String>,
}

/// The words of a language that tell when.
#[derive(Debug, Clone)]
pub struct TimeLexicon {
    names: Names,
    rows: Vec<Row>,
    /// Rows whose pattern starts with this word.
    by_word: BTreeMap<String, Vec<usize>>,
    /// Rows whose pattern starts with a slot.
    by_slot: Vec<usize>,
    /// Rows that `<date>` stands for.
    dates: Vec<usize>,
    order: Order,
    modifiers: Phrases<()>,
    since: Phrases<()>,
    tense: Phrases<Tense>,
    stops: Vec<String>,
    leads: Vec<String>,
    joins: Vec<String>,
    labels: Vec<String>,
    named: Vec<String>,
    counted: Phrases<()>,
}

/// Entries of a running log, each with a clock time at its start.
#[derive(Debug, Clone, Copy, Default)]
struct Log {
    last: Option<(i8, i8)>,
    newest_first: bool,
}

impl Log {
    /// Takes the next entry: 1 where it belongs to the day after the last one's, -1 to the day
    /// before, else 0.
    fn take(&mut self, clock: (i8, i8)) -> i64 {
        let Some(last) = self.last.replace(clock) else {
            return 0;
        };
        match (last.0, clock.0) {
            (18.., ..12) if !self.newest_first => 1,
            (..12, 18..) if self.newest_first => -1,
            _ => {
                self.newest_first |= clock < last;
                0
            }
        }
    }
}

/// A match before it is placed in the article.
struct Found {
    first: usize,
    end: usize,
    stretch: Option<Stretch>,
    clock: Option<(i8, i8)>,
    zone: Option<usize>,
    basis: Basis,
    since: bool,
    /// The days named, where `since` has lengthened the stretch.
    named: Option<Interval>,
}

impl TimeLexicon {
    /// Reads the tables of times of language `code`.
    ///
    /// # Errors
    /// When a table is missing or a row cannot be used; the error names file and line.
    pub fn load(files: &Files, code: &str) -> Result<TimeLexicon> {
        let path = format!("languages/{code}/times.tsv");
        let table = Table::load(files, &path, &["kind", "words", "value", "after"])?;
        let mut lexicon = TimeLexicon {
            names: Names::load(files, code)?,
            rows: Vec::new(),
            by_word: BTreeMap::new(),
            by_slot: Vec::new(),
            dates: Vec::new(),
            order: Order::DayFirst,
            modifiers: Phrases::new(),
            since: Phrases::new(),
            tense: Phrases::new(),
            stops: Vec::new(),
            leads: Vec::new(),
            joins: Vec::new(),
            labels: Vec::new(),
            named: Vec::new(),
            counted: Phrases::new(),
        };
        for row in table.rows() {
            if lexicon.names.take(row)? {
                continue;
            }
            let words = || row.list("words").map(str::to_string);
            match row.need("kind")? {
                "order" => {
                    lexicon.order = match row.get("value") {
                        "dmy" => Order::DayFirst,
                        "mdy" => Order::MonthFirst,
                        other => return Err(row.error(format!("'{other}' is not dmy or mdy"))),
                    }
                }
                "modifier" => row.list("words").for_each(|w| lexicon.modifiers.add(w, ())),
                "since" => row.list("words").for_each(|w| lexicon.since.add(w, ())),
                "future" => words().for_each(|w| lexicon.tense.add(&w, Tense::Future)),
                "past" => words().for_each(|w| lexicon.tense.add(&w, Tense::Past)),
                "stop" => lexicon.stops.extend(words()),
                "lead" => lexicon.leads.extend(words()),
                "join" => lexicon.joins.extend(words()),
                "label" => lexicon.labels.extend(words()),
                "named" => lexicon.named.extend(words()),
                kind @ ("date" | "relative" | "clock") => {
                    let meaning = Meaning::parse(row.need("value")?)
                        .ok_or_else(|| row.error("the cell 'value' has no meaning of this kind"))?;
                    for text in row.list("words") {
                        let pattern = Pattern::parse(text).map_err(|e| row.error(e))?;
                        let at = lexicon.rows.len();
                        match pattern.first_literal() {
                            Some(word) => lexicon
                                .by_word
                                .entry(word.to_string())
                                .or_default()
                                .push(at),
                            None => lexicon.by_slot.push(at),
                        }
                        if kind == "date" && !pattern.nests() {
                            lexicon.dates.push(at);
                        }
                        let after = row.list("after").map(str::to_string).collect();
                        lexicon.rows.push(Row {
                            pattern,
                            meaning,
                            after,
                        });
                    }
                }
                other => return Err(row.error(format!("no kind of row is '{other}'"))),
            }
        }
        let units = format!("languages/{code}/units.tsv");
        for row in Table::load_optional(files, &units, &["kind", "words", "unit"])?.rows() {
            if row.get("kind") == "noun" {
                row.list("words").for_each(|w| lexicon.counted.add(w, ()));
            }
        }
        Ok(lexicon)
    }

    /// The times one sentence mentions, in order, resolved against `anchor`.
    ///
    /// `text` is the article's text and `sentence_index` the number the mentions are to carry.
    pub fn find(
        &self,
        text: &str,
        sentence_index: usize,
        sentence: &Sentence,
        anchor: &Anchor,
    ) -> Vec<TimeMention> {
        let pieces = pieces(text, sentence.span);
        let mut found: Vec<Found> = Vec::new();
        let mut at = 0;
        while at < pieces.len() {
            match self.match_at(&pieces, at, &found, anchor) {
                Some((end, None)) => at = end.max(at + 1),
                Some((_, Some(mut one))) => {
                    at = one.end.max(at + 1);
                    let from = found.last().map_or(0, |f| f.end);
                    self.widen(&pieces, from, &mut one, anchor);
                    found.push(one);
                }
                None => at += 1,
            }
        }
        self.join(&pieces, found)
            .into_iter()
            .filter_map(|one| self.mention(&pieces, sentence_index, sentence, one, anchor))
            .collect()
    }

    /// The times of an article, in order.
    ///
    /// `blocks` are the kinds of the article's blocks (a heading with a date sets the day of its
    /// section); what stands in `dateline` is no mention, as it tells when the report was filed.
    pub fn find_all(
        &self,
        text: &str,
        analysis: &Analysis,
        published: Option<Date>,
        blocks: &[BlockKind],
        dateline: Option<Span>,
    ) -> Vec<TimeMention> {
        let mut anchor = Anchor::published(published);
        let mut log = Log::default();
        let mut last_block = None;
        let mut all = Vec::new();
        for (index, sentence) in analysis.sentences.iter().enumerate() {
            let kind = blocks
                .get(sentence.block)
                .copied()
                .unwrap_or(BlockKind::Paragraph);
            let opens_block = last_block != Some(sentence.block);
            last_block = Some(sentence.block);
            if kind == BlockKind::Heading && opens_block {
                (anchor.section, log) = (None, Log::default());
            }
            let mut mentions = self.find(text, index, sentence, &anchor);
            if let Some(line) = dateline {
                mentions.retain(|m| !line.overlaps(m.span));
            }
            let day = |m: &&TimeMention| !m.since && !m.clock_only && m.days.first == m.days.last;
            match kind {
                BlockKind::Heading => {
                    let dated = |m: &&TimeMention| {
                        day(m) && matches!(m.basis, Basis::Explicit | Basis::Relative)
                    };
                    if let Some(first) = mentions.iter().find(dated) {
                        (anchor.section, anchor.current) =
                            (Some(first.days.first), Some(first.days));
                    }
                }
                BlockKind::Paragraph => {
                    if opens_block {
                        self.roll_over(&mut mentions, &mut anchor, &mut log, sentence);
                    }
                    let told = mentions
                        .iter()
                        .find(day)
                        .or_else(|| mentions.iter().find(|m| !m.since && !m.clock_only));
                    if let Some(first) = told
                        && (first.days.first == first.days.last || is_month(first.days))
                    {
                        anchor.current = Some(first.days);
                    } else if let Some(since) = mentions.iter().find(|m| m.since) {
                        let day = since.days.first;
                        anchor.current = Some(Interval {
                            first: day,
                            last: day,
                        });
                    }
                }
                _ => {}
            }
            all.extend(mentions);
        }
        all
    }

    /// A log of clock times (`23.15 WIB - …`, `02.27 WIB - …`) that passes midnight goes on with
    /// the next day, one that tells the newest first with the day before.
    fn roll_over(
        &self,
        mentions: &mut [TimeMention],
        anchor: &mut Anchor,
        log: &mut Log,
        sentence: &Sentence,
    ) {
        let Some(first) = mentions.first_mut() else {
            return;
        };
        if !first.clock_only || first.span.start() > sentence.span.start() + 1 {
            return;
        }
        let Some(clock) = first.clock else { return };
        let step = log.take(clock);
        let next = add_days(first.days.first, step);
        let known = |day: &Date| anchor.published.is_none_or(|p| *day <= p);
        if let Some(next) = next.filter(known)
            && step != 0
        {
            first.days = Interval {
                first: next,
                last: next,
            };
            first.edtf = next.to_string();
            anchor.current = Some(first.days);
        }
    }

    /// The longest match at `at`: where it ends, and what it means if that can be told.
    fn match_at(
        &self,
        pieces: &[Piece],
        at: usize,
        found: &[Found],
        anchor: &Anchor,
    ) -> Option<(usize, Option<Found>)> {
        let dates = |from: usize| {
            self.longest_of(self.dates.iter().copied(), pieces, from, &|_| None)
                .filter(|(_, _, bound)| bound.has_day())
                .map(|(_, end, bound)| (end, bound))
        };
        let by_word = self
            .by_word
            .get(&pieces[at].low)
            .map_or(&[][..], |rows| rows);
        let fitting = by_word.iter().chain(&self.by_slot).copied().filter(|row| {
            let after = &self.rows[*row].after;
            after.is_empty() || self.stands_after(pieces, at, after)
        });
        let (row, end, bound) = self.longest_of(fitting, pieces, at, &dates)?;
        if !self.plausible(pieces, at, end, &bound) {
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
            tense: self.tense(pieces, at, end),
            order: self.order,
        };
        let meaning = self.rows[row].meaning;
        let found = resolve(meaning, &bound, &context).map(|(stretch, clock, basis)| Found {
            first: at,
            end,
            stretch,
            clock,
            zone: bound.zone,
            basis,
            since: false,
            named: None,
        });
        Some((end, found))
    }

    fn longest_of(
        &self,
        rows: impl Iterator<Item = usize>,
        pieces: &[Piece],
        at: usize,
        dates: &dyn Fn(usize) -> Option<(usize, Bindings)>,
    ) -> Option<(usize, usize, Bindings)> {
        let mut best: Option<(usize, usize, Bindings)> = None;
        for row in rows {
            if let Some((end, bound)) =
                self.rows[row]
                    .pattern
                    .longest(&self.names, dates, pieces, at)
            {
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
    fn plausible(&self, pieces: &[Piece], at: usize, end: usize, bound: &Bindings) -> bool {
        let before = at.checked_sub(1).and_then(|i| pieces.get(i));
        let led = before.is_some_and(|p| self.leads.contains(&p.low))
            || self.phrase_before(&self.modifiers, pieces, 0, at).is_some();
        if bound.needs_lead && !led {
            return false;
        }
        let only_year = !bound.years.is_empty() && bound.months.is_empty() && !bound.has_day();
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
    fn widen(&self, pieces: &[Piece], from: usize, one: &mut Found, anchor: &Anchor) {
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
        if coarse && let Some(start) = self.phrase_before(&self.modifiers, pieces, from, one.first)
        {
            one.first = start;
        }
        if let Some(start) = self.phrase_before(&self.since, pieces, from, one.first)
            && let Some(stretch) = &mut one.stretch
        {
            one.first = start;
            one.since = true;
            one.named = Some(stretch.interval());
            if let Some(published) = anchor.published
                && published > stretch.interval().first
            {
                stretch.last = crate::times_calendar::Stamp::day(published);
            }
        }
    }

    /// Where the phrase that ends right before `at` starts, at `from` or later.
    fn phrase_before(
        &self,
        phrases: &Phrases<()>,
        pieces: &[Piece],
        from: usize,
        at: usize,
    ) -> Option<usize> {
        (1..=4)
            .rev()
            .filter_map(|length| at.checked_sub(length))
            .filter(|start| *start >= from)
            .find(|start| {
                phrases
                    .at(pieces, *start)
                    .is_some_and(|(end, ())| end == at)
            })
    }

    /// Makes one mention of a day and the clock time beside it.
    fn join(&self, pieces: &[Piece], found: Vec<Found>) -> Vec<Found> {
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

    fn mention(
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
        let days = stretch.interval();
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

fn is_month(days: Interval) -> bool {
    days.first == days.first.first_of_month() && days.last == days.first.last_of_month()
}

/// The tokens a span touches, half-open.
pub(crate) fn covered(sentence: &Sentence, span: Span) -> (usize, usize) {
    let first = sentence
        .tokens
        .partition_point(|t| t.span.end() <= span.start());
    let last = sentence
        .tokens
        .partition_point(|t| t.span.start() < span.end());
    (first, last.max(first))
}

/// Shifts a clock's hour into its part of the day.
pub(crate) fn hour_in(part: Option<Part>, (hour, minute): (i8, i8)) -> (i8, i8) {
    let hour = match part {
        Some(Part::Pm) if (1..12).contains(&hour) => hour + 12,
        Some(Part::Noon) if (1..7).contains(&hour) => hour + 12,
        Some(Part::Am) if hour == 12 => 0,
        _ => hour,
    };
    (hour, minute)
}
