//! `kronik completions`: what a shell completes.

use std::io::Write;

use anyhow::Result;
use clap::{Args, CommandFactory};
use clap_complete::Shell;

use crate::{Cli, Ending};

/// What `kronik completions` takes.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  kronik completions bash > ~/.local/share/bash-completion/completions/kronik"
)]
pub struct Completions {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

/// Prints the script.
pub fn run(completions: &Completions) -> Result<Ending> {
    let mut command = Cli::command();
    // by way of memory, because the generator panics when the reader of its output goes away
    let mut script = Vec::new();
    clap_complete::generate(completions.shell, &mut command, "kronik", &mut script);
    std::io::stdout().lock().write_all(&script)?;
    Ok(Ending::Complete)
}
