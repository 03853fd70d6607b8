//! What all stages cost beyond the language layer.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use super::machine;
use crate::page::BENCH;
use crate::program::output;

/// Where annotated articles lie.
const ARTICLES: &str = "../shared/gold/dev";

/// Measures in a release build and writes the section.
pub fn run() -> Result<()> {
    let mut articles: Vec<_> = std::fs::read_dir(Path::new(ARTICLES))
        .with_context(|| format!("{ARTICLES} cannot be read; BENCH.md stays as it is"))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|e| e == "txt"))
        .collect();
    articles.sort();
    ensure!(!articles.is_empty(), "no article lies in {ARTICLES}");
    let told = output(
        Command::new("cargo")
            .args(["run", "--release", "--quiet", "--locked"])
            .args(["--package", "kronik", "--example", "cost", "--"])
            .args(articles),
    )?;
    let mut rows = String::new();
    for line in told.lines() {
        let cells: Vec<&str> = line.split('\t').collect();
        let [language, count, words, alone, all] = cells[..] else {
            bail!("no figures in {line:?}");
        };
        let (words, alone, all): (f64, f64, f64) = (words.parse()?, alone.parse()?, all.parse()?);
        rows.push_str(&format!(
            "| {language} | {count} | {words:.0} | {:.0} | {:.0} | {:.1} % |\n",
            words / alone,
            words / all,
            100.0 * (1.0 - alone / all),
        ));
    }
    let body = format!(
        "## Reading\n\n\
         `cargo xtask bench reading`, on {machine}: the annotated articles in one process on one \
         thread, the best of five runs, loading left out. The language layer tells sentences, \
         words, trees and names; all stages go on to actors, places, times, quantities, \
         statements and events. Words are those that blanks part.\n\n\
         | language | articles | words | language layer, words/s | all stages, words/s | slower by |\n\
         |---|---:|---:|---:|---:|---:|\n{rows}",
        machine = machine(),
    );
    BENCH.write("reading", &body)
}
