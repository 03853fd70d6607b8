//! Names (people, organisations, places) on given words, strictly: a name counts if its first
//! word, its last word and its kind are right.

use std::collections::BTreeMap;
use std::fmt::Write;

use anyhow::{Result, ensure};

use super::text_of;
use crate::page::SCORE;
use crate::program::Program;

struct Set {
    shown: &'static str,
    file: &'static str,
    language: &'static str,
    /// Column of the word and of its label, from 0.
    columns: (usize, usize),
    aim: &'static str,
}

const SETS: [Set; 2] = [
    Set {
        shown: "idner (Indonesian news), dev",
        file: "ner/idner-dev.txt",
        language: "id",
        columns: (0, 2),
        aim: "0.84",
    },
    Set {
        shown: "UNER English-EWT, test",
        file: "ner/uner-en_ewt-test.iob2",
        language: "en",
        columns: (1, 2),
        aim: "0.72",
    },
];

const KINDS: [&str; 3] = ["PER", "ORG", "LOC"];

/// Measures all sets.
pub fn run(program: &Program) -> Result<()> {
    let mut rows = String::new();
    for set in &SETS {
        eprintln!("reading {} …", set.shown);
        let counts = measure(program, set)?;
        let mut all = Count::default();
        for kind in KINDS {
            let count = counts.get(kind).copied().unwrap_or_default();
            all.right += count.right;
            all.found += count.found;
            all.gold += count.gold;
            let _ = writeln!(rows, "| {} | {kind} | {} | |", set.shown, count.cells());
        }
        let _ = writeln!(
            rows,
            "| **{}** | all | {} | {} |",
            set.shown,
            all.cells(),
            set.aim
        );
    }
    let body = format!(
        "## Names\n\n\
         `cargo xtask score ner`: names in sentences that were cut into words before \
         (`kronik parse --tokenized columns`), from the column MISC of what is printed. A name \
         counts if its first word, its last word and its kind are right.\n\n\
         | set | kind | names | precision | recall | F1 | must reach |\n\
         |---|---|---:|---:|---:|---:|---:|\n{rows}"
    );
    SCORE.write("names", &body)
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Count {
    right: usize,
    found: usize,
    gold: usize,
}

impl Count {
    fn cells(&self) -> String {
        let share = |of: usize| self.right as f64 / of.max(1) as f64;
        let f1 = 2.0 * self.right as f64 / (self.found + self.gold).max(1) as f64;
        format!(
            "{} | {:.3} | {:.3} | {f1:.3}",
            self.gold,
            share(self.found),
            share(self.gold)
        )
    }
}

fn measure(program: &Program, set: &Set) -> Result<BTreeMap<&'static str, Count>> {
    let gold = sentences(&text_of(set.file)?, set.columns);
    let mut words = String::new();
    for sentence in &gold {
        for (word, _) in sentence {
            let _ = writeln!(words, "{word}");
        }
        words.push('\n');
    }
    let arguments = [
        "parse",
        "-q",
        "--tokenized",
        "columns",
        "--language",
        set.language,
        "-",
    ];
    let read = labelled(&program.filter(&arguments, &words)?);
    ensure!(
        gold.len() == read.len(),
        "{} sentences went in, {} came out",
        gold.len(),
        read.len()
    );
    let mut counts: BTreeMap<&'static str, Count> = BTreeMap::new();
    for (gold, read) in gold.iter().zip(&read) {
        ensure!(gold.len() == read.len(), "words differ: {gold:?}, {read:?}");
        let labels = |s: &[(String, String)]| names(s.iter().map(|(_, label)| label.as_str()));
        let (gold, read) = (labels(gold), labels(read));
        for kind in KINDS {
            let of = |names: &[Name]| names.iter().filter(|n| n.kind == kind).count();
            let count = counts.entry(kind).or_default();
            count.gold += of(&gold);
            count.found += of(&read);
            count.right += read
                .iter()
                .filter(|n| n.kind == kind && gold.contains(n))
                .count();
        }
    }
    Ok(counts)
}

/// Words with their labels, sentence by sentence, from a file with one word a line.
fn sentences(text: &str, (word, label): (usize, usize)) -> Vec<Vec<(String, String)>> {
    let mut out = vec![Vec::new()];
    for line in text.lines() {
        if line.starts_with("# ") {
            continue;
        }
        let tabs = line.contains('\t');
        let cells: Vec<&str> = if tabs {
            line.split('\t').collect()
        } else {
            line.split_whitespace().collect()
        };
        match (cells.get(word), cells.get(label)) {
            (Some(word), Some(label)) if !word.trim().is_empty() => {
                // A word of a column has no space.
                let word = word.split_whitespace().collect::<String>();
                if let Some(last) = out.last_mut() {
                    last.push((word, label.to_string()));
                }
            }
            _ => out.push(Vec::new()),
        }
    }
    out.retain(|s| !s.is_empty());
    out
}

/// Words with their labels from CoNLL-U: one a printed word, the label of its first part.
fn labelled(conllu: &str) -> Vec<Vec<(String, String)>> {
    let mut out = Vec::new();
    for block in conllu.split("\n\n").filter(|b| !b.trim().is_empty()) {
        let mut words: Vec<(String, String)> = Vec::new();
        let mut inside = 0;
        for line in block.lines().filter(|l| !l.starts_with('#')) {
            let cells: Vec<&str> = line.split('\t').collect();
            let (Some(id), Some(form)) = (cells.first(), cells.get(1)) else {
                continue;
            };
            let misc = cells.get(9).unwrap_or(&"_");
            let label = misc
                .split('|')
                .find_map(|m| m.strip_prefix("NER="))
                .unwrap_or("O");
            if let Some((_, last)) = id.split_once('-') {
                inside = last.parse().unwrap_or(0);
                words.push((form.to_string(), String::new()));
            } else if id.parse::<usize>().is_ok_and(|id| id <= inside) {
                if let Some((_, first)) = words.last_mut().filter(|(_, l)| l.is_empty()) {
                    *first = label.to_string();
                }
            } else {
                words.push((form.to_string(), label.to_string()));
            }
        }
        out.push(words);
    }
    out
}

#[derive(Debug, PartialEq, Eq)]
struct Name {
    kind: String,
    first: usize,
    last: usize,
}

/// Names by labels in the scheme BIO.
fn names<'l>(labels: impl Iterator<Item = &'l str>) -> Vec<Name> {
    let mut out: Vec<Name> = Vec::new();
    let mut open = false;
    for (i, label) in labels.enumerate() {
        let Some((place, kind)) = label.split_once('-') else {
            open = false;
            continue;
        };
        match out.last_mut() {
            Some(name) if open && place == "I" && name.kind == kind => name.last = i,
            _ => out.push(Name {
                kind: kind.to_string(),
                first: i,
                last: i,
            }),
        }
        open = true;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_from_labels() {
        let found = names("O B-PER I-PER B-PER O I-LOC I-ORG".split(' '));
        let found: Vec<_> = found
            .iter()
            .map(|n| (n.kind.as_str(), n.first, n.last))
            .collect();
        assert_eq!(
            found,
            [("PER", 1, 2), ("PER", 3, 3), ("LOC", 5, 5), ("ORG", 6, 6)]
        );
    }

    #[test]
    fn words_are_read_from_both_formats() {
        let gold = sentences("# a\n1\tPak\tO\n2\tBudi\tB-PER\n\n1\tIa\tO\n", (1, 2));
        let read = labelled(
            "# sent_id = 1\n1\tPak\t_\t_\t_\t_\t_\t_\t_\tstart=0|end=3\n\
             2-3\tBudi\t_\t_\t_\t_\t_\t_\t_\t_\n\
             2\tBu\t_\t_\t_\t_\t_\t_\t_\tNER=B-PER\n\
             3\tdi\t_\t_\t_\t_\t_\t_\t_\t_\n\n\
             1\tIa\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n",
        );
        assert_eq!(gold, read);
    }
}
