//! Names (people, organisations, places), strictly: a name counts if its first word, its last word
//! and its kind are right. On given words, on those of them that no training set holds, and from
//! raw text.

mod met;
mod raw;
mod words;

use std::collections::BTreeMap;
use std::fmt::Write;

use anyhow::{Result, ensure};

use self::met::Met;
use self::raw::{Placed, annotated, printed, typeset};
use self::words::{Name, Sentence, labelled, names, sentences};
use super::text_of;
use crate::page::SCORE;
use crate::program::Program;
use crate::treebank::raw_text;

struct Set {
    shown: &'static str,
    file: &'static str,
    language: &'static str,
    /// Column of the word and of its label, from 0.
    columns: (usize, usize),
    /// The treebank that has the text; if there is none, the words are set with spaces again.
    text: Option<&'static str>,
    /// Sets that the model learnt from, which may hold some of the same sentences.
    learnt: &'static [&'static str],
    aim: &'static str,
}

const SETS: [Set; 2] = [
    Set {
        shown: "idner (Indonesian news), dev",
        file: "ner/idner-dev.txt",
        language: "id",
        columns: (0, 2),
        text: None,
        learnt: &[
            "ner/idner-train.txt",
            "ner/nergrit_ner-grit-train.txt",
            "ner/nergrit_ner-grit-valid.txt",
            "ner/nergrit_ner-grit-test.txt",
            "ner/nerp_ner-prosa-train.txt",
            "ner/nerp_ner-prosa-valid.txt",
            "ner/nerp_ner-prosa-test.txt",
        ],
        aim: "0.84",
    },
    Set {
        shown: "UNER English-EWT, test",
        file: "ner/uner-en_ewt-test.iob2",
        language: "en",
        columns: (1, 2),
        text: Some("ud/en_ewt-test.conllu"),
        learnt: &["ud/en_ewt-train.conllu", "ud/en_ewt-dev.conllu"],
        aim: "0.72",
    },
];

const KINDS: [&str; 3] = ["PER", "ORG", "LOC"];

/// Measures all sets.
pub fn run(program: &Program) -> Result<()> {
    let mut rows = String::new();
    for set in &SETS {
        eprintln!("reading {} …", set.shown);
        let gold = sentences(&text_of(set.file)?, set.columns);
        let read = given(program, set, &gold)?;
        let found = compare(&gold, &read, |_| true);
        for kind in KINDS {
            let count = found.get(kind).copied().unwrap_or_default();
            let _ = writeln!(rows, "| {} | {kind} | {} | |", set.shown, count.cells());
        }
        let met = met(set)?;
        let fresh = |sentence: &Sentence| !met.knows(&typeset(sentence));
        let unmet = gold.iter().filter(|s| fresh(s)).count();
        let never = format!(
            "all, in the {unmet} of {} sentences never trained on",
            gold.len()
        );
        for (what, count, aim) in [
            ("all", sum(&found), set.aim),
            (&never, sum(&compare(&gold, &read, fresh)), set.aim),
            ("all, from raw text", from_raw(program, set, &gold)?, ""),
        ] {
            let _ = writeln!(
                rows,
                "| **{}** | {what} | {} | {aim} |",
                set.shown,
                count.cells()
            );
        }
    }
    let body = format!(
        "## Names\n\n\
         `cargo xtask score ner`: names in sentences that were cut into words before \
         (`kronik parse --tokenized columns`), from the column MISC of what is printed. A name \
         counts if its first word, its last word and its kind are right. *Never trained on*: \
         without sentences that are in a set the model learnt from, with whatever labels, or \
         share three tenths of their runs of {run} letters with it; NERP and idner took news from \
         the same pages, so for Indonesian this is the figure to go by. *From raw text*: by \
         `kronik parse --plain`, a name by where it is printed; idner kept no text, so its words \
         are set with spaces again, a sentence a paragraph.\n\n\
         | set | kind | names | precision | recall | F1 | must reach |\n\
         |---|---|---:|---:|---:|---:|---:|\n{rows}",
        run = met::RUN,
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

/// The sentences with labels of the program, which is given their words.
fn given(program: &Program, set: &Set, gold: &[Sentence]) -> Result<Vec<Sentence>> {
    let mut words = String::new();
    for sentence in gold {
        for (word, _) in sentence {
            let _ = writeln!(words, "{word}");
        }
        words.push('\n');
    }
    let arguments = ["parse", "-q", "--tokenized", "columns", "--language"];
    let arguments = [&arguments[..], &[set.language, "-"]].concat();
    let read = labelled(&program.filter(&arguments, &words)?);
    ensure!(
        gold.len() == read.len(),
        "{} sentences went in, {} came out",
        gold.len(),
        read.len()
    );
    for (gold, read) in gold.iter().zip(&read) {
        ensure!(gold.len() == read.len(), "words differ: {gold:?}, {read:?}");
    }
    Ok(read)
}

/// Counts by kind over the sentences that `counts` says yes to.
fn compare(
    gold: &[Sentence],
    read: &[Sentence],
    counts: impl Fn(&Sentence) -> bool,
) -> BTreeMap<&'static str, Count> {
    let mut found: BTreeMap<&'static str, Count> = BTreeMap::new();
    for (gold, read) in gold.iter().zip(read).filter(|(gold, _)| counts(gold)) {
        let labels = |s: &Sentence| names(s.iter().map(|(_, label)| label.as_str()));
        let (gold, read) = (labels(gold), labels(read));
        for kind in KINDS {
            let of = |names: &[Name]| names.iter().filter(|n| n.kind == kind).count();
            let count = found.entry(kind).or_default();
            count.gold += of(&gold);
            count.found += of(&read);
            count.right += read
                .iter()
                .filter(|n| n.kind == kind && gold.contains(n))
                .count();
        }
    }
    found
}

fn sum(counts: &BTreeMap<&'static str, Count>) -> Count {
    let mut all = Count::default();
    for count in counts.values() {
        all.right += count.right;
        all.found += count.found;
        all.gold += count.gold;
    }
    all
}

fn met(set: &Set) -> Result<Met> {
    let mut met = Met::default();
    for file in set.learnt {
        let text = text_of(file)?;
        if file.ends_with(".conllu") {
            let texts = text.lines().filter_map(|l| l.strip_prefix("# text = "));
            texts.for_each(|sentence| met.add(sentence));
        } else {
            for sentence in sentences(&text, (0, 1)) {
                met.add(&typeset(&sentence));
            }
        }
    }
    Ok(met)
}

fn from_raw(program: &Program, set: &Set, gold: &[Sentence]) -> Result<Count> {
    let (text, gold) = match set.text {
        Some(file) => {
            let treebank = text_of(file)?;
            let ordered = in_order(&treebank, &text_of(set.file)?, gold)?;
            (raw_text(&treebank), ordered)
        }
        None => {
            let paragraphs: Vec<String> = gold.iter().map(typeset).collect();
            (paragraphs.join("\n\n") + "\n", gold.to_vec())
        }
    };
    let ours = |names: Vec<Placed>| -> Vec<Placed> {
        let counts = |n: &Placed| KINDS.contains(&n.kind.as_str());
        names.into_iter().filter(counts).collect()
    };
    let gold = ours(annotated(&text, &gold)?);
    let arguments = ["parse", "-q", "--plain", "--language", set.language, "-"];
    let read = ours(printed(&program.filter(&arguments, &text)?));
    let right = read
        .iter()
        .filter(|n| {
            gold.binary_search_by_key(&n.start, |g| g.start)
                .is_ok_and(|i| gold[i] == **n)
        })
        .count();
    Ok(Count {
        right,
        found: read.len(),
        gold: gold.len(),
    })
}

/// The sentences of a set in the order in which the treebank has them.
fn in_order(treebank: &str, set: &str, sentences: &[Sentence]) -> Result<Vec<Sentence>> {
    let of_set: BTreeMap<&str, &Sentence> = ids(set).zip(sentences).collect();
    let found: Vec<Sentence> = ids(treebank)
        .filter_map(|id| of_set.get(id).map(|s| (*s).clone()))
        .collect();
    ensure!(
        found.len() == sentences.len(),
        "{} sentences are annotated, {} of them are in the treebank",
        sentences.len(),
        found.len()
    );
    Ok(found)
}

fn ids(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter_map(|l| l.strip_prefix("# sent_id = "))
}
