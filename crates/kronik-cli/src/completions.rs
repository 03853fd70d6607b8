//! `kronik completions`: what a shell completes.

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
    clap_complete::generate(
        completions.shell,
        &mut command,
        "kronik",
        &mut std::io::stdout(),
    );
    Ok(Ending::Complete)
}
