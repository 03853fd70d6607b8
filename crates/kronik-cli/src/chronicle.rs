//! `kronik chronicle`: the day-by-day digest.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::{Args, ValueEnum, ValueHint};
use jiff::civil::Date;
use kronik::{ArticleRecord, EventRecord, StatementRecord};
use kronik_chronicle::render::{Style, html, json, markdown, text};
use kronik_chronicle::{Chronicle, Options, Wars, Words};
use kronik_store::{Days, Store};

use crate::Ending;
use crate::arguments::{Data, Inputs};
use crate::eyes::width;
use crate::messages::Usage;
use crate::reading::each_reading;

/// Where `kronik add` keeps things if nothing else is said.
pub(crate) const USUAL: &str = "kronik.db";

/// What `kronik chronicle` takes.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Print {
    #[command(flatten)]
    inputs: Inputs,
    /// Print what was kept in this file [default without INPUT: kronik.db]
    #[arg(long, value_name = "FILE", conflicts_with = "inputs", value_hint = ValueHint::FilePath)]
    db: Option<PathBuf>,
    /// How to print it
    #[arg(long, short, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Write to this file instead of standard output
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    output: Option<PathBuf>,
    /// Leave out what happened before this day
    #[arg(long, value_name = "DATE")]
    from: Option<Date>,
    /// Leave out what happened after this day
    #[arg(long, value_name = "DATE")]
    to: Option<Date>,
    /// Number the days of this war, e.g. russia-ukraine
    #[arg(long, value_name = "WAR")]
    war: Option<String>,
    /// Language (ISO 639-1) to write in [default: that of most articles]
    #[arg(long, value_name = "CODE")]
    output_language: Option<String>,
    #[command(flatten)]
    data: Data,
}

const EXAMPLES: &str = "\
Examples:
  kronik chronicle news/
  kronik chronicle --from 2024-12-01 --war russia-ukraine
  kronik chronicle news/ --format html -o days.html";

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For a terminal
    Text,
    /// Markdown
    Md,
    /// A page in one file
    Html,
    /// For programs
    Json,
}

#[derive(Default)]
struct Records {
    articles: Vec<ArticleRecord>,
    statements: Vec<StatementRecord>,
    events: Vec<EventRecord>,
}

/// Reads the inputs or the store and prints the digest.
pub fn run(print: &Print) -> Result<Ending> {
    let mut files = kronik::built_in();
    for (folder, name) in &print.data.config().overlays {
        files.overlay(folder, &format!("{name}/"))?;
    }
    let war = match &print.war {
        Some(id) => {
            let wars = Wars::load(&files)?;
            Some(wars.get(id).map_err(|e| Usage(e.to_string()))?.clone())
        }
        None => None,
    };
    let (mut records, ending) = if print.inputs.inputs.is_empty() {
        (from_store(print)?, Ending::Complete)
    } else {
        from_inputs(print)?
    };
    records.events.retain(|e| within(e, print.from, print.to));
    let options = Options {
        language: print.output_language.clone(),
        war,
    };
    let chronicle = Chronicle::build(
        &records.articles,
        &records.statements,
        &records.events,
        &options,
    );
    let language = match &print.output_language {
        Some(code) => code.clone(),
        None if Words::languages(&files).contains(&chronicle.language.as_str()) => {
            chronicle.language.clone()
        }
        None => "en".to_string(),
    };
    let words = Words::load(&files, &language)?;
    let colour = print.output.is_none()
        && std::io::stdout().is_terminal()
        && anstream::AutoStream::choice(&std::io::stdout()) != anstream::ColorChoice::Never;
    let written = match print.format {
        Format::Text if colour => text(&chronicle, &words, &Style::ansi(width())),
        Format::Text => text(&chronicle, &words, &Style::plain(width())),
        Format::Md => markdown(&chronicle, &words),
        Format::Html => html(&chronicle, &words),
        Format::Json => json(&chronicle, &words),
    };
    match &print.output {
        Some(path) => std::fs::write(path, written)
            .with_context(|| format!("{} cannot be written", path.display()))?,
        None => std::io::stdout().lock().write_all(written.as_bytes())?,
    }
    Ok(ending)
}

fn from_inputs(print: &Print) -> Result<(Records, Ending)> {
    let engine = print.data.engine()?;
    let mut records = Records::default();
    let count = each_reading(&print.inputs, &engine, |reading| {
        records.articles.push(reading.article);
        records.statements.extend(reading.statements);
        records.events.extend(reading.events);
        Ok(())
    })?;
    Ok((records, count.ending()))
}

fn from_store(print: &Print) -> Result<Records> {
    let path = match &print.db {
        Some(path) => path.as_path(),
        None if Path::new(USUAL).exists() => Path::new(USUAL),
        None => {
            let message = "nothing to print: name inputs, or --db FILE; there is no kronik.db here";
            return Err(Usage(message.to_string()).into());
        }
    };
    let store = Store::open_read(path)?;
    let mut records = Records::default();
    for article in store.articles(&Days::ALL) {
        records.articles.push(article?);
    }
    for statement in store.statements(&Days::ALL) {
        records.statements.push(statement?);
    }
    for event in store.events(&Days::ALL) {
        records.events.push(event?);
    }
    Ok(records)
}

/// True if an event happened in those days; one without a day only if none are asked for.
fn within(event: &EventRecord, from: Option<Date>, to: Option<Date>) -> bool {
    if from.is_none() && to.is_none() {
        return true;
    }
    let day = |stamp: &str| stamp.get(..10).and_then(|d| d.parse::<Date>().ok());
    let Some(time) = &event.time else {
        return false;
    };
    let (Some(first), Some(last)) = (day(&time.start), day(&time.end)) else {
        return false;
    };
    from.is_none_or(|f| last >= f) && to.is_none_or(|t| first <= t)
}
