//! `kronik add`: articles into the store.

use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, ValueHint};
use jiff::Timestamp;
use kronik_store::Store;

use crate::Ending;
use crate::arguments::{Data, Inputs};
use crate::messages::Usage;
use crate::reading::each_reading;

/// What `kronik add` takes.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Add {
    #[command(flatten)]
    inputs: Inputs,
    /// The file to keep it in; made if it is not there
    #[arg(long, value_name = "FILE", default_value = "kronik.db", value_hint = ValueHint::FilePath)]
    db: PathBuf,
    #[command(flatten)]
    data: Data,
}

const EXAMPLES: &str = "\
Adding the same article again changes nothing.

Examples:
  kronik add news/
  kronik add today.jsonl --db ~/monitor.db
  kronik chronicle --db ~/monitor.db";

/// Reads the inputs and stores each article as it comes, whole or not at all.
pub fn run(add: &Add) -> Result<Ending> {
    if add.inputs.inputs.is_empty() {
        let message = "nothing to add: name a file, a folder, a glob, or - for standard input";
        return Err(Usage(message.to_string()).into());
    }
    let engine = add.data.engine()?;
    let mut store = Store::open(&add.db)?;
    let (mut new, mut replaced, mut unchanged, mut events) = (0_usize, 0_usize, 0_usize, 0_usize);
    let count = each_reading(&add.inputs, &engine, |reading| {
        let seen = Timestamp::now().round(jiff::Unit::Second)?.to_string();
        let added = store.add(
            &reading.article,
            &reading.statements,
            &reading.events,
            &seen,
        )?;
        if added.new {
            new += 1;
            events += reading.events.len();
        } else if added.replaced {
            replaced += 1;
        } else {
            unchanged += 1;
        }
        Ok(())
    })?;
    let db = add.db.display();
    let mut told = format!("{db}: {new} articles added with {events} events");
    for (number, what) in [
        (replaced, "read anew"),
        (unchanged, "there already"),
        (count.failed, "not readable"),
    ] {
        if number > 0 {
            told += &format!(", {number} {what}");
        }
    }
    eprintln!("{told}.");
    Ok(count.ending())
}
