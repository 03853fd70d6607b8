//! Days and intervals, against the English cases of Microsoft's Recognizers-Text (`DateTimeModel`).
//!
//! The cases were written for a calendar's assistant, so many look ahead or at the clock; what
//! counts here is the day or the stretch of days that words name, which news has in common with
//! them.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use jiff::ToSpan;
use jiff::civil::Date;
use kronik_mention::{TimeLexicon, TimeMention};
use kronik_record::Files;
use serde_json::Value;

use super::text_of;
use crate::page::SCORE;

/// The types that are counted, as the table shows them.
const COUNTED: [&str; 3] = ["date", "daterange", "datetime"];

/// One mention that a case expects.
#[derive(Debug)]
struct Wanted {
    kind: &'static str,
    words: String,
    /// First and last character.
    place: (usize, usize),
    values: Vec<Target>,
}

/// A value that the case allows.
#[derive(Debug, Clone, Copy)]
struct Target {
    start: Option<Date>,
    end: Option<Date>,
    /// One side is open: `before`, `after`, `since`, `until`.
    open: bool,
    day: bool,
}

#[derive(Debug, Clone, Copy, Default)]
struct Count {
    right: usize,
    found: usize,
    all: usize,
}

/// Measures, and lists what was read otherwise if `misses` is set.
pub fn run(misses: bool) -> Result<()> {
    let text = text_of("time/recognizers-en-DateTimeModel.json")?;
    let cases: Vec<Value> = serde_json::from_str(text.trim_start_matches('\u{feff}'))?;
    let lexicon = TimeLexicon::load(&Files::of_checkout(Path::new("."))?, "en")?;
    let mut counts: BTreeMap<&str, Count> = BTreeMap::new();
    let mut all = Count::default();
    let mut skipped: BTreeMap<String, usize> = BTreeMap::new();
    for case in &cases {
        let input = case["Input"].as_str().context("a case without Input")?;
        let reference = case["Context"]["ReferenceDateTime"].as_str().unwrap_or("");
        let published: Option<Date> = reference.get(..10).and_then(|d| d.parse().ok());
        let mentions = lexicon.find_in_words(input, published);
        for result in case["Results"].as_array().into_iter().flatten() {
            let wanted = match wanted(result, published) {
                Ok(wanted) => wanted,
                Err(why) => {
                    *skipped.entry(why).or_default() += 1;
                    continue;
                }
            };
            let near: Vec<&TimeMention> = mentions
                .iter()
                .filter(|m| overlaps(input, m, wanted.place))
                .collect();
            let right = near.iter().any(|m| wanted.values.iter().any(|v| v.fits(m)));
            for count in [counts.entry(wanted.kind).or_default(), &mut all] {
                count.all += 1;
                count.found += usize::from(!near.is_empty());
                count.right += usize::from(right);
            }
            if misses && !right {
                let read: Vec<&str> = near.iter().map(|m| m.edtf.as_str()).collect();
                println!("{reference:.10} {input:?}: {:?} as {read:?}", wanted.words);
            }
        }
    }
    ensure!(all.all > 0, "no case is counted");
    if misses {
        println!("{} of {}", all.right, all.all);
        return Ok(());
    }
    SCORE.write("times", &body(&counts, all, &skipped))
}

fn body(counts: &BTreeMap<&str, Count>, all: Count, skipped: &BTreeMap<String, usize>) -> String {
    let mut rows = String::new();
    let share = |n: usize, count: &Count| n as f64 / count.all.max(1) as f64;
    for kind in COUNTED {
        let count = counts.get(kind).copied().unwrap_or_default();
        let (found, right) = (share(count.found, &count), share(count.right, &count));
        let _ = writeln!(
            rows,
            "| {kind} | {} | {found:.3} | {right:.3} | |",
            count.all
        );
    }
    let (found, right) = (share(all.found, &all), share(all.right, &all));
    let _ = writeln!(
        rows,
        "| **all** | {} | {found:.3} | {right:.3} | 0.75 |",
        all.all
    );
    let left: Vec<String> = skipped
        .iter()
        .map(|(why, n)| format!("{n} {why}"))
        .collect();
    format!(
        "## Times\n\n\
         `cargo xtask score times`: English date cases of Microsoft's Recognizers-Text \
         (`DateTimeModel`, MIT licence), each text read by `kronik-mention` as published on the \
         case's reference day. Counted is every expected mention that names days: *date*, \
         *daterange*, and the day of *datetime*. Right is one of whose values is the day or stretch \
         read at its words; where a case lists a past and a future value either is, but only one \
         is read: the past one unless the clause looks ahead. The end of a stretch may be its last \
         day, the day after, or the first day of its last month or year, as cases differ in this; \
         of an open one (*before*, *after*, *since*) the day or stretch that bounds it must be \
         right. Left aside: {}.\n\n\
         | type | mentions | found | right | must reach |\n\
         |---|---:|---:|---:|---:|\n{rows}",
        left.join("; ")
    )
}

/// What a case expects, or why it is not counted.
fn wanted(result: &Value, published: Option<Date>) -> Result<Wanted, String> {
    let name = result["TypeName"].as_str().or(result["Typename"].as_str());
    let name = name.and_then(|n| n.rsplit('.').next()).unwrap_or("");
    let Some(kind) = COUNTED.into_iter().find(|k| *k == name) else {
        return Err(format!("of type *{name}*"));
    };
    if published.is_none() {
        return Err("without a reference day".to_string());
    }
    let words = result["Text"].as_str().unwrap_or_default().to_string();
    let values: Vec<&Value> = result["Resolution"]["values"]
        .as_array()
        .into_iter()
        .flatten()
        .collect();
    if values.iter().any(|v| v["timex"] == "PRESENT_REF") {
        return Err("that mean the present moment".to_string());
    }
    let clock = |v: &&Value| {
        let timex = v["timex"].as_str().unwrap_or_default();
        kind == "datetime" && (timex.contains("PT") || words_count_minutes(&words))
    };
    if values.iter().any(clock) {
        return Err("of type *datetime* counted in hours and minutes from now".to_string());
    }
    let values: Vec<Target> = values.iter().filter_map(|v| target(kind, v)).collect();
    if values.is_empty() {
        return Err("that the cases themselves leave unresolved".to_string());
    }
    let at = |field: &str| result[field].as_u64().unwrap_or_default() as usize;
    Ok(Wanted {
        kind,
        words,
        place: (at("Start"), at("End")),
        values,
    })
}

/// True for `in 5 minutes`.
fn words_count_minutes(words: &str) -> bool {
    let units = [
        "minute", "minutes", "min", "hour", "hours", "second", "seconds",
    ];
    words.split_whitespace().any(|w| units.contains(&w)) && !words.contains("past")
}

fn target(kind: &str, value: &Value) -> Option<Target> {
    let date = |field: &str| -> Option<Date> { value[field].as_str()?.get(..10)?.parse().ok() };
    let (start, end) = match kind {
        "daterange" => (date("start"), date("end")),
        _ => (date("value"), date("value")),
    };
    (start.is_some() || end.is_some()).then_some(Target {
        start,
        end,
        open: start.is_none() || end.is_none(),
        day: kind != "daterange",
    })
}

impl Target {
    fn fits(&self, mention: &TimeMention) -> bool {
        let named = mention.named;
        let after = |day: Date| day.checked_add(1.day()).ok();
        if self.open {
            let bound = self.start.or(self.end);
            return bound == Some(named.first)
                || bound == after(named.last)
                || bound == Some(named.last);
        }
        let days = if mention.since { mention.days } else { named };
        if self.day {
            return self.start == Some(days.first) && days.first == days.last;
        }
        let last_unit = mention.edtf.rsplit('/').next().and_then(first_day);
        let end = self.end == Some(days.last)
            || self.end == after(days.last)
            || mention.edtf.contains('/') && self.end == last_unit;
        self.start == Some(days.first) && end
    }
}

/// The first day of `2024-12` or `2024`.
fn first_day(edtf: &str) -> Option<Date> {
    match edtf.len() {
        4 => format!("{edtf}-01-01").parse().ok(),
        7 => format!("{edtf}-01").parse().ok(),
        _ => edtf.parse().ok(),
    }
}

fn overlaps(input: &str, mention: &TimeMention, (first, last): (usize, usize)) -> bool {
    let chars = |byte: usize| input[..byte].chars().count();
    let (start, end) = (chars(mention.span.start()), chars(mention.span.end()));
    start <= last && first < end
}
