//! `cargo xtask …`: the project's own tasks, the same on a developer's machine and in CI.

mod accept;
mod atlas;
mod bench;
mod page;
mod program;
mod score;
mod treebank;

use std::process::{Command, ExitCode};

use anyhow::{Context, Result, bail};

const USAGE: &str = "\
usage: cargo xtask <task>

  test              format, lints, the rules of the atlas and all tests, as CI runs them
  accept [FOLDER]   the full figures: reads the annotated articles in FOLDER
                    [default: ../shared/gold/dev], checks that readings do not
                    depend on threads or order, and writes SCORE.md
  score syntax      sentences, words and trees of raw text against treebanks
  score ner         names against annotated sentences
  score plv         event types of English sentences against PLV's
                    (--misses lists what was read otherwise)
  score times       days against English cases of Recognizers-Text
                    (--misses lists what was read otherwise)
  atlas check       what is wrong with the tables of atlas/, all at once
  atlas stats       how much they hold; writes SCORE.md
  bench             words a second, memory and start of kronik parse
  bench reading     what all stages cost beyond the language layer
  bench peers       the same text read by others in the same run
  bench atlas       size of the compiled atlas, and how fast it opens and finds
                    (score and bench: --program PATH measures that program
                    instead of building one; data in ../shared/data)";

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let done = match arguments.next().as_deref() {
        Some("test") => test(),
        Some("accept") => accept::run(arguments.next()),
        Some("atlas") => atlas::run(arguments.collect()),
        Some("score") => score::run(arguments.collect()),
        Some("bench") => bench::run(arguments.collect()),
        Some(bench::COST) => bench::cost(arguments.collect()),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn test() -> Result<()> {
    cargo(&["fmt", "--all", "--check"])?;
    cargo(&[
        "clippy",
        "--workspace",
        "--all-targets",
        "--quiet",
        "--",
        "-D",
        "warnings",
    ])?;
    println!("==> cargo xtask atlas check");
    atlas::check()?;
    cargo(&["test", "--workspace", "--quiet"])
}

fn cargo(arguments: &[&str]) -> Result<()> {
    let shown = arguments.join(" ");
    println!("==> cargo {shown}");
    let status = Command::new("cargo")
        .args(arguments)
        .status()
        .with_context(|| format!("cargo {shown} could not be started"))?;
    if !status.success() {
        bail!("cargo {shown} failed");
    }
    Ok(())
}
