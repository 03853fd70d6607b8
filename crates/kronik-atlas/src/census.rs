//! How much the tables hold: the figures that SCORE.md prints.

use std::collections::{BTreeMap, BTreeSet};

use kronik_record::table::{Row, Table};
use kronik_record::{Files, Result};

use crate::index::forms;
use crate::tables::{NAMES_OF_STATES, Tables};

/// Counts over the tables of `atlas/`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Census {
    /// Rows of each table, by its path.
    pub rows: BTreeMap<String, usize>,
    /// Rows by source, an id of `sources.tsv`.
    pub sources: BTreeMap<String, usize>,
    /// Rows of `organisations.tsv` by kind.
    pub organisations: BTreeMap<String, usize>,
    /// Rows of `places.tsv` by kind.
    pub places: BTreeMap<String, usize>,
    /// Outlets by language.
    pub outlets: BTreeMap<String, usize>,
    /// States of which a leader is known for every day of the asked years but
    /// for gaps of a year at most.
    pub led: BTreeSet<String>,
    /// States of which some term, but not all of that time, is known.
    pub partly_led: BTreeSet<String>,
    /// States with a holder of the office in the asked years, by office.
    pub offices: BTreeMap<String, usize>,
    /// Different people, whether by a row of `persons.tsv` or by terms.
    pub people: usize,
    /// Different names, and their forms without marks on letters, by script.
    pub names: BTreeMap<&'static str, usize>,
}

/// Counts what the tables hold. Holders of one of the offices `leading` are asked for from the
/// beginning of the first year to the beginning of the last.
///
/// # Errors
/// When a table cannot be read.
pub fn census(files: &Files, leading: &[&str], years: (u16, u16)) -> Result<Census> {
    let tables = Tables::load(files)?;
    let mut census = Census::default();
    let own: [&Table; 9] = [
        &tables.countries,
        &tables.organisations,
        &tables.persons,
        &tables.offices,
        &tables.places,
        &tables.outlets,
        &tables.ambiguous,
        &tables.sources,
        &Table::empty("atlas/leaders/"),
    ];
    for table in own.into_iter().chain(&tables.leaders) {
        *census.rows.entry(table.path().to_string()).or_default() += table.len();
    }
    let terms = census.rows.entry("atlas/leaders/".to_string()).or_default();
    *terms = tables.terms().count();
    for row in tables.sourced().flat_map(Table::rows) {
        add(&mut census.sources, row.get("source"));
    }
    for row in tables.organisations.rows() {
        add(&mut census.organisations, row.get("kind"));
    }
    for row in tables.places.rows() {
        add(&mut census.places, row.get("kind"));
    }
    for row in tables.outlets.rows() {
        add(&mut census.outlets, row.get("language"));
    }
    census.leaders(&tables, leading, years);
    let people = tables.persons.rows().map(|r| r.get("id"));
    let people: BTreeSet<&str> = people
        .chain(tables.terms().map(|r| r.get("person")))
        .collect();
    census.people = people.len();
    census.count_names(&tables);
    Ok(census)
}

fn add(counts: &mut BTreeMap<String, usize>, key: &str) {
    *counts.entry(key.to_string()).or_default() += 1;
}

impl Census {
    fn leaders(&mut self, tables: &Tables, leading: &[&str], (first, last): (u16, u16)) {
        let states: BTreeSet<&str> = tables.countries.rows().map(|r| r.get("code")).collect();
        let mut held: BTreeMap<&str, Vec<(u32, u32)>> = BTreeMap::new();
        let mut offices: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        let (begin, end) = (
            count(&first.to_string(), false),
            count(&last.to_string(), false),
        );
        for row in tables.terms().filter(|r| states.contains(r.get("code"))) {
            let (from, to) = (count(row.get("from"), false), until(&row));
            if to < begin {
                continue;
            }
            offices
                .entry(row.get("office"))
                .or_default()
                .insert(row.get("code"));
            if leading.contains(&row.get("office")) {
                held.entry(row.get("code")).or_default().push((from, to));
            }
        }
        for (code, mut terms) in held {
            terms.sort_unstable();
            let mut covered = begin;
            let mut whole = true;
            for (from, to) in terms {
                whole &= from.saturating_sub(covered) <= YEAR || covered >= end;
                covered = covered.max(to);
            }
            whole &= end.saturating_sub(covered) <= YEAR;
            let set = if whole {
                &mut self.led
            } else {
                &mut self.partly_led
            };
            set.insert(code.to_string());
        }
        self.offices = offices
            .into_iter()
            .map(|(office, codes)| (office.to_string(), codes.len()))
            .collect();
    }

    fn count_names(&mut self, tables: &Tables) {
        let mut names: BTreeSet<String> = BTreeSet::new();
        let mut add = |row: Row<'_>, columns: &[&str]| {
            for name in columns.iter().flat_map(|c| row.list(c)) {
                names.extend(forms(name));
            }
        };
        for row in tables.countries.rows() {
            add(row, &NAMES_OF_STATES);
            add(row, &["people_en", "capital", "seat"]);
        }
        let others = [&tables.organisations, &tables.persons, &tables.places];
        for row in others
            .into_iter()
            .chain(&tables.leaders)
            .flat_map(Table::rows)
        {
            add(row, &["names"]);
        }
        for name in names {
            *self.names.entry(script(&name)).or_default() += 1;
        }
    }
}

/// Days in a year of [`count`].
const YEAR: u32 = 12 * 31;

/// A time as a number of days, as if all months had 31; its end if `last`.
fn count(time: &str, last: bool) -> u32 {
    let mut parts = time.split('-').map(|p| p.parse::<u32>().unwrap_or(0));
    let year = parts.next().unwrap_or(0);
    let month = parts.next().unwrap_or(if last { 12 } else { 1 });
    let day = parts.next().unwrap_or(if last { 31 } else { 1 });
    (year * 12 + month) * 31 + day
}

fn until(row: &Row<'_>) -> u32 {
    match row.get("to") {
        "" => u32::MAX,
        to => count(to, true),
    }
}

/// The script of a name's first letter.
fn script(name: &str) -> &'static str {
    match name.chars().find(|c| c.is_alphabetic()) {
        Some(c) if c < '\u{250}' || ('\u{1e00}'..'\u{1f00}').contains(&c) => "Latin",
        Some('\u{370}'..'\u{400}') => "Greek",
        Some('\u{400}'..'\u{530}') => "Cyrillic",
        Some('\u{600}'..'\u{780}') => "Arabic",
        _ => "other",
    }
}
