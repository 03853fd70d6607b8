//! `kronik eval`: figures against a folder of annotated articles.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::{Args, ValueHint};
use kronik::Document;
use kronik_score::{Tally, load, report};

use crate::Ending;
use crate::arguments::Data;

/// What `kronik eval` takes.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Eval {
    /// Folder of NAME.txt with NAME.toml beside it
    #[arg(value_name = "FOLDER", value_hint = ValueHint::DirPath)]
    folder: PathBuf,
    /// List what was missed, found without need, or read otherwise
    #[arg(long)]
    misses: bool,
    /// Only articles whose name starts with this
    #[arg(long, value_name = "START")]
    only: Option<String>,
    #[command(flatten)]
    data: Data,
}

const EXAMPLES: &str = "\
Examples:
  kronik eval gold/
  kronik eval gold/ --only id- --misses > misses.txt";

/// Reads the gold texts, scores the events, prints the figures.
pub fn run(eval: &Eval) -> Result<Ending> {
    let engine = eval.data.engine()?;
    let mut all = Tally::default();
    let mut by_language: std::collections::BTreeMap<String, Tally> = Default::default();
    let unread = || {
        let folder = eval.folder.display();
        format!("{folder} cannot be scored: name a folder of NAME.txt with NAME.toml beside it")
    };
    for gold in load(&eval.folder).with_context(unread)? {
        if eval
            .only
            .as_ref()
            .is_some_and(|o| !gold.name.starts_with(o.as_str()))
        {
            continue;
        }
        let document = Document {
            source: gold.path.display().to_string(),
            text: Some(gold.text.clone()),
            outlet: gold.outlet.clone(),
            published: gold.published.clone(),
            language: gold.language.clone(),
            ..Document::default()
        };
        let reading = engine.read(&document);
        let language = gold
            .language
            .clone()
            .unwrap_or_else(|| reading.article.language.clone());
        all.add(&gold, &reading.events, &reading.article.text);
        by_language
            .entry(language)
            .or_default()
            .add(&gold, &reading.events, &reading.article.text);
    }
    let misses = std::mem::take(&mut all.misses);
    let mut sets = vec![("all".to_string(), all)];
    sets.extend(by_language);
    let mut told = report(&sets);
    if eval.misses {
        told.push('\n');
        for miss in misses {
            let _ = writeln!(told, "{miss}");
        }
    }
    std::io::stdout().lock().write_all(told.as_bytes())?;
    Ok(Ending::Complete)
}
