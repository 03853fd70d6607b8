//! `cargo xtask …`: the project's own tasks, the same on a developer's machine and in CI.

use std::process::{Command, ExitCode};

use anyhow::{Context, Result, bail};

fn main() -> ExitCode {
    let task = std::env::args().nth(1).unwrap_or_default();
    let done = match task.as_str() {
        "test" => test(),
        _ => {
            eprintln!(
                "usage: cargo xtask test\n\n  test   format, lints and all tests, as CI runs them"
            );
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
