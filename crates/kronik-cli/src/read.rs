//! `kronik read`: articles to records.

use std::io::{BufWriter, Write};

use anyhow::Result;
use clap::{Args, ValueEnum};
use kronik::{ArticleRecord, EventRecord, StatementRecord};
use serde::Serialize;

use crate::Ending;
use crate::arguments::{Data, Inputs};
use crate::eyes::Eyes;
use crate::messages::Usage;
use crate::reading::each_reading;

/// What `kronik read` takes.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Read {
    #[command(flatten)]
    inputs: Inputs,
    /// What to print
    #[arg(long, short, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[command(flatten)]
    data: Data,
}

const EXAMPLES: &str = "\
Examples:
  kronik read article.txt --published 2026-03-04
  kronik read 'news/**/*.html' --format jsonl > events.jsonl
  kronik read table.csv --columns text=body,published=date,outlet=source --format jsonl
  curl -s https://news.example/story | kronik read - --outlet news.example";

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For eyes: each article's events and who says them
    Text,
    /// One event a line
    Jsonl,
    /// One statement a line
    Statements,
    /// One article a line
    Articles,
    /// One object with articles, statements and events
    Json,
}

#[derive(Default, Serialize)]
struct Everything {
    articles: Vec<ArticleRecord>,
    statements: Vec<StatementRecord>,
    events: Vec<EventRecord>,
}

/// Reads the inputs and prints records as they come.
pub fn run(read: &Read) -> Result<Ending> {
    if read.inputs.inputs.is_empty() {
        let message = "nothing to read: name a file, a folder, a glob, or - for standard input";
        return Err(Usage(message.to_string()).into());
    }
    let engine = read.data.engine()?;
    let mut everything = Everything::default();
    let count = match read.format {
        Format::Text => {
            let mut out = anstream::stdout().lock();
            let eyes = Eyes::new();
            each_reading(&read.inputs, &engine, |reading| {
                Ok(out.write_all(eyes.reading(&reading).as_bytes())?)
            })?
        }
        format => {
            let mut out = BufWriter::new(std::io::stdout().lock());
            let count = each_reading(&read.inputs, &engine, |reading| {
                match format {
                    Format::Jsonl => lines(&mut out, &reading.events)?,
                    Format::Statements => lines(&mut out, &reading.statements)?,
                    Format::Articles => lines(&mut out, &[reading.article])?,
                    Format::Text | Format::Json => {
                        everything.articles.push(reading.article);
                        everything.statements.extend(reading.statements);
                        everything.events.extend(reading.events);
                    }
                }
                Ok(())
            })?;
            if format == Format::Json {
                serde_json::to_writer(&mut out, &everything)?;
                out.write_all(b"\n")?;
            }
            out.flush()?;
            count
        }
    };
    Ok(count.ending())
}

fn lines<T: Serialize>(out: &mut impl Write, records: &[T]) -> Result<()> {
    for record in records {
        serde_json::to_writer(&mut *out, record)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}
