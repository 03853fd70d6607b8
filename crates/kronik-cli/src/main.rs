//! The program `kronik`: a thin layer of arguments over the crate of the same name.
#![allow(missing_docs)]

mod eval;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};
use kronik::{Config, Engine};

/// Reads news and writes down who did what to whom, when, where, and who says so.
#[derive(Debug, Parser)]
#[command(name = "kronik", version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Score the reading against annotated articles
    Eval(eval::Eval),
}

fn main() -> ExitCode {
    match run(&Cli::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("kronik: {error:#}");
            ExitCode::from(1)
        }
    }
}

fn run(cli: &Cli) -> Result<()> {
    let engine = Engine::new(&Config::default())?;
    match &cli.command {
        Command::Eval(eval) => eval::run(eval, &engine),
    }
}
