//! `cargo xtask score …`: how well sentences are read, against annotated data.

mod names;
mod plv;
mod syntax;
mod times;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::program::{Program, python_has};

/// Where the data usually lies.
const USUAL: &str = "../shared/data";

/// Measures what the first argument names and writes its section of SCORE.md.
pub fn run(mut arguments: Vec<String>) -> Result<()> {
    if arguments.is_empty() {
        bail!("score what: syntax, ner, plv or times");
    }
    let what = arguments.remove(0);
    if let Some(missing) = missing(&what) {
        bail!("{missing}; SCORE.md stays as it is");
    }
    if what == "times" {
        return times::run(arguments.iter().any(|a| a == "--misses"));
    }
    let program = Program::named_or_built(&mut arguments)?;
    if what == "plv" {
        return plv::run(&program, arguments.iter().any(|a| a == "--misses"));
    }
    if let Some(unknown) = arguments.first() {
        bail!("'{unknown}' is no argument of score");
    }
    measure(&what, &program)
}

/// Measures with a program that is there.
pub fn measure(what: &str, program: &Program) -> Result<()> {
    match what {
        "syntax" => syntax::run(program),
        "ner" => names::run(program),
        "plv" => plv::run(program, false),
        "times" => times::run(false),
        _ => bail!("'{what}' cannot be scored; syntax, ner, plv and times can"),
    }
}

/// What is missing on this machine for a score.
pub fn missing(what: &str) -> Option<String> {
    let folder = match what {
        "ner" => "ner",
        "times" => "time",
        "plv" => "plv",
        _ => "ud",
    };
    let folder = Path::new(USUAL).join(folder);
    if !folder.is_dir() {
        return Some(format!("{} is not there", folder.display()));
    }
    if what == "syntax" && !python_has("udtools") {
        return Some("Python has no udtools (pip install udtools)".to_string());
    }
    None
}

fn data(name: &str) -> PathBuf {
    Path::new(USUAL).join(name)
}

/// A file of the data.
pub fn text_of(name: &str) -> Result<String> {
    let path = data(name);
    std::fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))
}
