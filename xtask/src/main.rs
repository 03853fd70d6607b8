//! `cargo xtask …`: the project's own tasks, the same on a developer's machine and in CI.

mod accept;

use std::process::{Command, ExitCode};

use anyhow::{Context, Result, bail};

const USAGE: &str = "\
usage: cargo xtask <task>

  test              format, lints and all tests, as CI runs them
  accept [FOLDER]   the full figures: reads the annotated articles in FOLDER
                    [default: ../shared/gold/dev], checks that readings do not
                    depend on threads or order, and writes SCORE.md";

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let done = match arguments.next().as_deref() {
        Some("test") => test(),
        Some("accept") => accept::run(arguments.next()),
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
