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

use crate::times_calendar::add_days;
use crate::times_match::Found;
use crate::times_meaning::{Meaning, Order, Tense};
use crate::times_pattern::{Part, Pattern};
use crate::times_phrases::Phrases;
use crate::times_pieces::pieces;
use crate::times_table::Names;
use crate::{Basis, Doubt, Interval, TimeMention};

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
pub(crate) struct Row {
    pub(crate) pattern: Pattern,
    pub(crate) meaning: Meaning,
    pub(crate) after: Vec<String>,
}

/// The words of a language that tell when.
#[derive(Debug, Clone)]
pub struct TimeLexicon {
    pub(crate) names: Names,
    pub(crate) rows: Vec<Row>,
    /// Rows whose pattern starts with this word.
    pub(crate) by_word: BTreeMap<String, Vec<usize>>,
    /// Rows whose pattern starts with a slot.
    pub(crate) by_slot: Vec<usize>,
    /// Rows that `<date>` stands for.
    pub(crate) dates: Vec<usize>,
    pub(crate) order: Order,
    pub(crate) modifiers: Phrases<Within>,
    pub(crate) since: Phrases<()>,
    pub(crate) tense: Phrases<Tense>,
    pub(crate) stops: Vec<String>,
    pub(crate) leads: Vec<String>,
    pub(crate) joins: Vec<String>,
    pub(crate) labels: Vec<String>,
    pub(crate) named: Vec<String>,
    pub(crate) counted: Phrases<()>,
    /// Rows that start with `<when>`: the rest of their pattern.
    pub(crate) extend: Vec<usize>,
    /// Days from which days are counted, by the words that name what began.
    pub(crate) eras: Phrases<Date>,
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

/// Which part of a month or year a word before it means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Within {
    Early,
    Mid,
    Late,
    Whole,
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
            extend: Vec::new(),
            eras: Phrases::new(),
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
                "modifier" => {
                    let within = match row.get("value") {
                        "" => Within::Whole,
                        "early" => Within::Early,
                        "mid" => Within::Mid,
                        "late" => Within::Late,
                        other => {
                            return Err(row.error(format!("'{other}' is not early, mid or late")));
                        }
                    };
                    row.list("words")
                        .for_each(|w| lexicon.modifiers.add(w, within));
                }
                "era" => {
                    let cell = row.need("value")?;
                    let day: Date = cell
                        .parse()
                        .map_err(|_| row.error(format!("'{cell}' is not a day")))?;
                    row.list("words").for_each(|w| lexicon.eras.add(w, day));
                }
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
                        let mut pattern = Pattern::parse(text).map_err(|e| row.error(e))?;
                        if let Some(name) = pattern.lists().find(|l| !lexicon.names.has_list(l)) {
                            return Err(row.error(format!("no list above is '{name}'")));
                        }
                        let at = lexicon.rows.len();
                        if let Some(rest) = pattern.after_when() {
                            pattern = rest;
                            lexicon.extend.push(at);
                        } else if let Some(word) = pattern.first_literal() {
                            let rows = lexicon.by_word.entry(word.to_string());
                            rows.or_default().push(at);
                        } else {
                            lexicon.by_slot.push(at);
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
        self.find_doubting(text, sentence_index, sentence, anchor, &mut Vec::new())
    }

    /// [`TimeLexicon::find`], with what is odd about dates in `doubts`.
    pub fn find_doubting(
        &self,
        text: &str,
        sentence_index: usize,
        sentence: &Sentence,
        anchor: &Anchor,
        doubts: &mut Vec<Doubt>,
    ) -> Vec<TimeMention> {
        let pieces = pieces(text, sentence.span);
        let mut found: Vec<Found> = Vec::new();
        let mut at = 0;
        while at < pieces.len() {
            let Some(read) = self.match_at(&pieces, at, &found, anchor, (0, None)) else {
                at += 1;
                continue;
            };
            if let Some(doubt) = read.doubt
                && let (Some(first), Some(last)) = (pieces.get(at), pieces.get(read.end - 1))
            {
                doubts.push(doubt.at(first.span.cover(last.span)));
            }
            at = read.end.max(at + 1);
            if let Some(mut one) = read.found {
                let from = found.last().map_or(0, |f| f.end);
                self.widen(&pieces, from, &mut one, anchor);
                at = one.end.max(at);
                found.push(one);
            }
        }
        self.join(&pieces, found)
            .into_iter()
            .filter_map(|one| self.mention(&pieces, sentence_index, sentence, one, anchor))
            .collect()
    }

    /// The times that a text of one sentence mentions, counted from `published`.
    ///
    /// For words without an article around them: a search box, a test.
    pub fn find_in_words(&self, text: &str, published: Option<Date>) -> Vec<TimeMention> {
        let sentence = Sentence {
            span: Span::new(0, text.len()),
            block: 0,
            tokens: Vec::new(),
            words: Vec::new(),
        };
        self.find(text, 0, &sentence, &Anchor::published(published))
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
        self.find_all_doubting(text, analysis, published, blocks, dateline)
            .0
    }

    /// [`TimeLexicon::find_all`], with what is odd about dates.
    pub fn find_all_doubting(
        &self,
        text: &str,
        analysis: &Analysis,
        published: Option<Date>,
        blocks: &[BlockKind],
        dateline: Option<Span>,
    ) -> (Vec<TimeMention>, Vec<Doubt>) {
        let mut doubts = Vec::new();
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
            let mut mentions = self.find_doubting(text, index, sentence, &anchor, &mut doubts);
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
        (all, doubts)
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
