//! `cargo xtask accept`: the figures of SCORE.md, measured.
//!
//! Nothing stands in SCORE.md that this did not measure. The annotated articles are not part of
//! the project; on a machine without them the figures stay as they are and the task says so.

use std::path::Path;

use anyhow::{Result, bail, ensure};

use crate::page::SCORE;
use crate::program::Program;
use crate::score;

/// Where the development set usually lies.
const USUAL: &str = "../shared/gold/dev";

/// Builds, measures and writes SCORE.md; what data for is missing is skipped and counted.
pub fn run(folder: Option<String>) -> Result<()> {
    let folder = folder.unwrap_or_else(|| USUAL.to_string());
    if !Path::new(&folder).is_dir() {
        bail!("{folder} is no folder of annotated articles; SCORE.md stays as it is");
    }
    let program = Program::build()?;
    let score = program.output(&["eval", &folder])?;
    let threads = same(
        program.output(&["read", &folder, "-q", "-f", "jsonl", "-j", "1"])?,
        program.output(&["read", &folder, "-q", "-f", "jsonl", "-j", "2"])?,
        "readings with 1 and with 2 threads",
    )?;
    let mut texts = texts(&folder)?;
    let forward = chronicle(&program, &texts)?;
    texts.reverse();
    let order = same(
        forward,
        chronicle(&program, &texts)?,
        "the chronicle of both orders",
    )?;
    let body = format!(
        "## Events\n\n\
         `cargo xtask accept`, by `kronik eval {folder}`: annotated articles of the development set, not part of the \
         project. An event found matches an annotated one in the same line if its type and the \
         codes of its actors and recipients are the same (triple), or its type and actors (deed), \
         or its type (class); the lower tables are over class matches. *Attributed* are those \
         that the annotation gives a speaker: *found* with any speaker at all, *speaker* with \
         the nearest right, *chain* with all of it right. The articles were looked at \
         while the tables were written, so figures on articles never seen will be lower.\n\n\
         ```text\n{score}```\n\n\
         Same bytes: {threads}; {order}.\n"
    );
    SCORE.write("events", &body)?;
    let mut skipped = 0;
    for what in ["plv", "syntax", "ner"] {
        match score::missing(what) {
            None => score::measure(what, &program)?,
            Some(missing) => {
                skipped += 1;
                println!("score {what} skipped: {missing}");
            }
        }
    }
    println!("accepted; {skipped} of 4 measurements skipped");
    Ok(())
}

fn texts(folder: &str) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|e| e == "txt") {
            found.push(path.display().to_string());
        }
    }
    found.sort();
    Ok(found)
}

fn chronicle(program: &Program, texts: &[String]) -> Result<String> {
    let mut arguments = vec!["chronicle", "-q", "-f", "json"];
    arguments.extend(texts.iter().map(String::as_str));
    program.output(&arguments)
}

fn same(one: String, two: String, what: &str) -> Result<String> {
    ensure!(one == two, "{what} differ");
    Ok(format!("{what} ({} bytes)", one.len()))
}
