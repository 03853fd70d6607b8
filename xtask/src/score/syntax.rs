//! Sentences, words, parts of speech, lemmas and trees from raw text, by the measure of the shared
//! task of CoNLL 2018 as `udtools` computes it.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::process::Command;

use anyhow::Result;

use super::{data, text_of};
use crate::page::SCORE;
use crate::program::{Program, output};
use crate::treebank::raw_text;

/// A treebank that is read.
struct Treebank {
    shown: &'static str,
    file: &'static str,
    language: &'static str,
    /// Style of annotation to read in; the language's own if there is none.
    style: Option<&'static str>,
}

const TREEBANKS: [Treebank; 7] = [
    treebank("English-EWT", "ud/en_ewt-test.conllu", "en", None),
    treebank("Indonesian-CSUI", "ud/id_csui-test.conllu", "id", None),
    treebank("Indonesian-GSD", "ud/id_gsd-test.conllu", "id", Some("gsd")),
    treebank(
        "Indonesian-GSD, read as CSUI",
        "ud/id_gsd-test.conllu",
        "id",
        None,
    ),
    treebank(
        "Russian-GSD (zero-shot)",
        "ud/ru_gsd-test.conllu",
        "ru",
        None,
    ),
    treebank(
        "French-GSD (zero-shot)",
        "ud/fr_gsd-test.conllu",
        "fr",
        None,
    ),
    treebank(
        "German-GSD (zero-shot)",
        "ud/de_gsd-test.conllu",
        "de",
        None,
    ),
];

const fn treebank(
    shown: &'static str,
    file: &'static str,
    language: &'static str,
    style: Option<&'static str>,
) -> Treebank {
    Treebank {
        shown,
        file,
        language,
        style,
    }
}

const COLUMNS: [&str; 7] = [
    "Tokens",
    "Sentences",
    "Words",
    "UPOS",
    "Lemmas",
    "UAS",
    "LAS",
];

/// Figures of others on the same data, in the order of [`COLUMNS`]; `–` where none is told.
const ANCHORS: [(&str, [&str; 7]); 4] = [
    (
        "English-EWT: UDPipe 1.2",
        ["–", "77.4", "–", "93.3", "–", "80.2", "77.0"],
    ),
    (
        "English-EWT: Trankit, XLM-R base",
        ["–", "–", "–", "95.95", "–", "90.14", "87.96"],
    ),
    (
        "Indonesian-GSD: UDPipe 1.2",
        ["–", "–", "–", "93.0", "–", "81.0", "74.6"],
    ),
    (
        "Indonesian-GSD: Trankit, XLM-R base",
        ["–", "–", "–", "93.57", "–", "86.55", "80.28"],
    ),
];

/// Runs `udtools`, which has no command of its own that is sure to be on the path.
const UDTOOLS: &str = "from udtools.cli import main_eval; main_eval()";

/// Measures all treebanks.
pub fn run(program: &Program) -> Result<()> {
    let mut rows = String::new();
    for treebank in &TREEBANKS {
        eprintln!("reading {} …", treebank.shown);
        let found = measure(program, treebank)?;
        let cells: Vec<String> = COLUMNS
            .iter()
            .map(|column| {
                found
                    .get(*column)
                    .map_or("–".to_string(), |f| format!("{f:.2}"))
            })
            .collect();
        let _ = writeln!(rows, "| {} | {} |", treebank.shown, cells.join(" | "));
    }
    let mut anchors = String::new();
    for (name, cells) in ANCHORS {
        let _ = writeln!(anchors, "| *{name}* | {} |", cells.join(" | "));
    }
    let body = format!(
        "## Syntax\n\n\
         `cargo xtask score syntax`: test parts of treebanks (Universal Dependencies), read from \
         raw text by `kronik parse --plain --format conllu`; F1 of the CoNLL 2018 shared task as \
         `udtools` computes it, so LAS leaves subtypes aside.\n\n\
         | treebank | {} |\n|---|{}\n{rows}{anchors}\n\
         Lines in italics are figures that others printed for UD 2.5. Zero-shot: no sentence of \
         the language was trained on. Indonesian-CSUI and Indonesian-GSD relate the same words in \
         different ways; the model learnt both manners and reads Indonesian as CSUI does unless \
         told otherwise. The row *Indonesian-GSD* is read with `--style gsd`, the one below it \
         without.\n",
        COLUMNS.join(" | "),
        "---:|".repeat(COLUMNS.len()),
    );
    SCORE.write("syntax", &body)
}

fn measure(program: &Program, treebank: &Treebank) -> Result<BTreeMap<String, f64>> {
    let gold = text_of(treebank.file)?;
    let mut arguments = vec!["parse", "-q", "--plain", "--language", treebank.language];
    if let Some(style) = treebank.style {
        arguments.extend(["--style", style]);
    }
    arguments.push("-");
    let read = program.filter(&arguments, &raw_text(&gold))?;
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("read.conllu");
    std::fs::write(&file, read)?;
    let table = output(
        Command::new("python3")
            .args(["-c", UDTOOLS, "--verbose", "--no-enhanced"])
            .arg(data(treebank.file))
            .arg(&file),
    )?;
    let found = figures(&table);
    anyhow::ensure!(
        found.contains_key("LAS"),
        "udtools printed no LAS:\n{table}"
    );
    Ok(found)
}

/// The column `F1 Score` of the table that udtools prints.
fn figures(table: &str) -> BTreeMap<String, f64> {
    let row = |line: &str| {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let f1 = cells.get(3)?.parse().ok()?;
        Some((cells.first()?.to_string(), f1))
    };
    table.lines().filter_map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_read_from_the_table() {
        let table = "Metric     | Precision |    Recall |  F1 Score | AligndAcc\n\
                     -----------+-----------+-----------+-----------+-----------\n\
                     Tokens     |     99.00 |     98.00 |     98.50 |\n\
                     LAS        |     81.00 |     79.00 |     80.00 |     82.00\n";
        let found = figures(table);
        assert_eq!(found.len(), 2);
        assert_eq!((found["Tokens"], found["LAS"]), (98.5, 80.0));
    }
}
