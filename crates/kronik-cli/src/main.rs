//! The program `kronik`: a thin layer of arguments over the crate of the same name.
//!
//! Users meet Kronik here, on a terminal or in a script. So what people should see goes to
//! standard error and is plain words, what programs should read goes to standard output and is
//! bytes that depend on the input alone, and the exit code tells what happened: 0 all was read,
//! 1 some of it could not be, 2 the command was not understood.
#![allow(missing_docs)]

mod add;
mod arguments;
mod chain;
mod chronicle;
mod completions;
mod eval;
mod explain;
mod eyes;
mod messages;
mod parse;
mod read;
mod reading;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Reads news and writes down who did what to whom, when, where, and who says so.
///
/// Kronik takes published reports (plain text, web pages, JSON lines, tables) and writes one
/// record for each deed they tell: its type, who did it to whom, when and where, what was counted,
/// whether it is asserted, alleged, denied or planned, and the chain of those who say so. It runs
/// offline and the same input always gives the same output.
#[derive(Debug, Parser)]
#[command(name = "kronik", version, about, long_about, after_help = EXAMPLES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  kronik read article.txt                       what one article says, for eyes
  kronik read news/ --format jsonl > out.jsonl  one event a line, for programs
  kronik chronicle news/ --format html -o days.html
                                                a day-by-day page of a folder
  kronik add news/ && kronik chronicle          keep it in kronik.db, then look at it";

#[derive(Debug, Subcommand)]
enum Command {
    /// Read articles and print what they say
    Read(read::Read),
    /// Read articles and keep what they say in one file
    Add(add::Add),
    /// Print a day-by-day digest of articles, or of what was kept
    Chronicle(chronicle::Print),
    /// Show who says so of one event, or how sentences were read, word by word
    Explain(explain::Explain),
    /// Print sentences word by word in a format of treebanks
    Parse(parse::Parse),
    /// Score the reading against annotated articles
    Eval(eval::Eval),
    /// Print the completions of a shell
    Completions(completions::Completions),
}

/// How a command that did not fail ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    /// Everything was read.
    Complete,
    /// Some inputs could not be read; it was said which.
    SomeFailed,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let ending = match &cli.command {
        Command::Read(read) => read::run(read),
        Command::Add(add) => add::run(add),
        Command::Chronicle(print) => chronicle::run(print),
        Command::Explain(explain) => explain::run(explain),
        Command::Parse(parse) => parse::run(parse),
        Command::Eval(eval) => eval::run(eval),
        Command::Completions(completions) => completions::run(completions),
    };
    match ending {
        Ok(Ending::Complete) => ExitCode::SUCCESS,
        Ok(Ending::SomeFailed) => ExitCode::from(1),
        Err(error) if messages::is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            messages::error(&error);
            ExitCode::from(if error.is::<messages::Usage>() { 2 } else { 1 })
        }
    }
}
