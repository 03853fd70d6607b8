//! `cargo xtask atlas …`: what is wrong with the tables of `atlas/`, and how much they hold.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Result, bail};
use kronik_atlas::{Census, census};
use kronik_record::Files;

use crate::page::SCORE;

/// Years for which leaders are asked.
const YEARS: (u16, u16) = (2010, 2026);

/// Offices of which one leads the state.
const LEADING: [&str; 3] = ["head-of-state", "head-of-government", "supreme-leader"];

/// Runs what the first argument names.
pub fn run(arguments: Vec<String>) -> Result<()> {
    match arguments.first().map(String::as_str) {
        Some("check") => check(),
        Some("stats") => stats(),
        _ => bail!("atlas what: check or stats"),
    }
}

/// Prints everything that is wrong; fails if anything is.
pub fn check() -> Result<()> {
    let wrong = kronik_atlas::check(&Files::of_checkout(Path::new("."))?);
    for error in &wrong {
        println!("{error}");
    }
    match wrong.len() {
        0 => {
            println!("atlas: all rows pass");
            Ok(())
        }
        n => bail!("{n} errors in the atlas"),
    }
}

/// Counts, and writes SCORE.md's section.
fn stats() -> Result<()> {
    let files = Files::of_checkout(Path::new("."))?;
    let counted = census(&files, &LEADING, YEARS)?;
    SCORE.write("atlas", &section(&counted))
}

fn section(census: &Census) -> String {
    let rows = |name: &str| {
        let path = format!("atlas/{name}");
        census.rows.get(&path).copied().unwrap_or_default()
    };
    let kind = |kinds: &[&str]| -> usize {
        let counts = kinds.iter().filter_map(|k| census.organisations.get(*k));
        counts.sum()
    };
    let armed = kind(&["armed group", "militia", "cartel", "gang", "de facto state"]);
    let forces = kind(&["army", "police", "spy"]);
    let (first, last) = YEARS;
    format!(
        "## Atlas\n\n\
         `cargo xtask atlas stats`: what the tables of `atlas/` hold. `cargo xtask atlas check` \
         holds them to their rules. Rows whose source is `editor` were written for Kronik from \
         general knowledge.\n\n\
         | what | number |\n|---|---:|\n\
         | states and territories | {countries} |\n\
         | – with a head of state or government from {first} to {last}, no gap over a year | {led} |\n\
         | – with one for a part of that time | {partly} |\n\
         | terms of office | {terms} |\n\
         | people | {people} |\n\
         | organisations and state bodies | {organisations} |\n\
         | – between states (IGO) | {igo} |\n\
         | – armed groups, militias, gangs, de facto states | {armed} |\n\
         | – armies, police forces, intelligence services | {forces} |\n\
         | outlets | {outlets} |\n\
         | – in Indonesian | {indonesian} |\n\
         | places | {places} |\n\
         | – divisions, regions, waters, areas | {larger} |\n\
         | names that several rows share, with a rule | {ambiguous} |\n\n\
         Rows by source: {sources}.\n\n\
         Different names, with their forms without marks on letters: {names}.\n\n\
         States with a holder since {first}, by office: {offices}.\n",
        countries = rows("countries.tsv"),
        led = census.led.len(),
        partly = census.partly_led.len(),
        terms = rows("leaders/"),
        people = census.people,
        organisations = rows("organisations.tsv"),
        igo = kind(&["IGO"]),
        outlets = rows("outlets.tsv"),
        indonesian = census.outlets.get("id").copied().unwrap_or_default(),
        places = rows("places.tsv"),
        larger = rows("places.tsv") - census.places.get("place").copied().unwrap_or_default(),
        ambiguous = rows("ambiguous.tsv"),
        sources = list(&census.sources),
        names = list(&census.names),
        offices = list(&census.offices),
    )
}

/// `editor 12, geonames 7`, the most first.
fn list<K: AsRef<str> + Ord>(counts: &BTreeMap<K, usize>) -> String {
    let mut all: Vec<_> = counts.iter().collect();
    all.sort_by_key(|(_, n)| std::cmp::Reverse(**n));
    let shown: Vec<String> = all
        .iter()
        .map(|(what, n)| match what.as_ref() {
            "" => format!("none {n}"),
            what => format!("{what} {n}"),
        })
        .collect();
    shown.join(", ")
}
