//! Numbers told of one deed: side by side, each with who tells it; never added up.

use std::cmp::Ordering;

use kronik_record::QuantityRecord;
use serde::Serialize;

use crate::Source;
use crate::calendar::{earlier, seconds};
use crate::report::Report;

/// Whether an outlet gave another number at another time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Revision {
    /// It gave another number before this one.
    Later,
    /// It gave another number after this one.
    Earlier,
}

impl Revision {
    /// The name in tables and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Revision::Later => "later",
            Revision::Earlier => "earlier",
        }
    }
}

/// How the numbers of one unit stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Agreement {
    /// All can be true at once.
    Plain,
    /// They differ, but only between earlier and later reports of one outlet.
    Series,
    /// They differ.
    Differ,
}

impl Agreement {
    /// The name in tables and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Agreement::Plain => "plain",
            Agreement::Series => "series",
            Agreement::Differ => "differ",
        }
    }
}

/// One number, with the reports that give it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Observation {
    /// `exact`, `more`, `at_least`, `less`, `at_most`, `about`, `range`.
    pub bound: String,
    /// The number, or the lower end of a range.
    pub value: f64,
    /// The upper end of a range.
    pub high: Option<f64>,
    /// Indices into [`crate::Entry::reports`].
    pub reports: Vec<usize>,
    /// When the first of them was published: the clock of the number.
    pub clock: Option<String>,
    /// Whether an outlet that gives it gave another before or after.
    pub revision: Option<Revision>,
}

/// All numbers of one unit told of one deed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Count {
    /// What is counted: `killed`, `uav`, …
    pub unit: String,
    /// How the numbers stand to each other.
    pub agreement: Agreement,
    /// The numbers, by when they were first published.
    pub observations: Vec<Observation>,
}

/// The numbers that the reports tell; `told[r]` are those of report `r`.
pub(crate) fn counts(
    told: &[&[QuantityRecord]],
    reports: &[Report],
    sources: &[Source],
) -> Vec<Count> {
    let mut units: Vec<&str> = told
        .iter()
        .flat_map(|t| t.iter().map(|q| &*q.unit))
        .collect();
    units.sort_unstable();
    units.dedup();
    let mut found: Vec<Count> = units
        .into_iter()
        .map(|unit| {
            let mut observations: Vec<Observation> = Vec::new();
            for (report, quantities) in told.iter().enumerate() {
                for quantity in quantities.iter().filter(|q| q.unit == unit) {
                    observe(&mut observations, quantity, report);
                }
            }
            for o in &mut observations {
                o.clock = o
                    .reports
                    .iter()
                    .filter_map(|r| published(*r, reports, sources))
                    .min();
            }
            revise(&mut observations, reports, sources);
            Count {
                unit: unit.to_string(),
                agreement: agreement(&observations),
                observations,
            }
        })
        .collect();
    for count in &mut found {
        let when = |o: &Observation| o.clock.as_deref().and_then(seconds).unwrap_or(i64::MAX);
        count.observations.sort_by(|a, b| {
            (when(a), a.reports.first())
                .cmp(&(when(b), b.reports.first()))
                .then(a.value.total_cmp(&b.value))
        });
    }
    found
}

fn observe(observations: &mut Vec<Observation>, quantity: &QuantityRecord, report: usize) {
    let same = observations.iter_mut().find(|o| {
        o.bound == quantity.bound && o.value == quantity.value && o.high == quantity.high
    });
    match same {
        Some(o) if o.reports.last() == Some(&report) => {}
        Some(o) => o.reports.push(report),
        None => observations.push(Observation {
            bound: quantity.bound.clone(),
            value: quantity.value,
            high: quantity.high,
            reports: vec![report],
            clock: None,
            revision: None,
        }),
    }
}

fn published(report: usize, reports: &[Report], sources: &[Source]) -> Option<String> {
    sources.get(reports.get(report)?.article)?.published.clone()
}

/// Marks numbers of which an outlet gave another in an earlier or later article.
fn revise(observations: &mut [Observation], reports: &[Report], sources: &[Source]) {
    let when: Vec<Vec<(String, String)>> = observations
        .iter()
        .map(|o| {
            let told = o.reports.iter().filter_map(|r| {
                let source = sources.get(reports.get(*r)?.article)?;
                Some((source.outlet.clone()?, source.published.clone()?))
            });
            told.collect()
        })
        .collect();
    for at in 0..observations.len() {
        let others = || {
            let rest = when.iter().enumerate().filter(|(i, _)| *i != at);
            rest.flat_map(|(_, told)| told)
        };
        let against = |later: bool| {
            when[at].iter().any(|(outlet, time)| {
                let side = if later {
                    Ordering::Less
                } else {
                    Ordering::Greater
                };
                others().any(|(o, t)| o == outlet && earlier(t, time) == Some(side))
            })
        };
        observations[at].revision = match (against(true), against(false)) {
            (true, false) => Some(Revision::Later),
            (false, true) => Some(Revision::Earlier),
            _ => None,
        };
    }
}

fn agreement(observations: &[Observation]) -> Agreement {
    let mut found = Agreement::Plain;
    for (at, a) in observations.iter().enumerate() {
        for b in &observations[at + 1..] {
            let ((low, high), (from, to)) = (limits(a), limits(b));
            if low <= to && from <= high {
                continue;
            }
            if a.revision.is_none() || b.revision.is_none() {
                return Agreement::Differ;
            }
            found = Agreement::Series;
        }
    }
    found
}

/// The smallest and the largest number that are meant.
fn limits(o: &Observation) -> (f64, f64) {
    match o.bound.as_str() {
        "more" => (o.value.next_up(), f64::INFINITY),
        "at_least" => (o.value, f64::INFINITY),
        "less" => (f64::NEG_INFINITY, o.value.next_down()),
        "at_most" => (f64::NEG_INFINITY, o.value),
        "about" => (o.value * 0.9, o.value * 1.1),
        "range" => (o.value, o.high.unwrap_or(o.value)),
        _ => (o.value, o.value),
    }
}
