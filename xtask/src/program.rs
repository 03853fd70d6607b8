//! The program under measurement, and other programs that are asked for figures.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

/// The release build of `kronik`.
pub struct Program(PathBuf);

impl Program {
    /// Builds it.
    pub fn build() -> Result<Program> {
        crate::cargo(&["build", "--release", "--locked", "--package", "kronik-cli"])?;
        let folder = std::env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into());
        Program::at(Path::new(&folder).join("release/kronik"))
    }

    /// The one that is named after `--program` in the arguments, which it is taken from; else it
    /// is built.
    pub fn named_or_built(arguments: &mut Vec<String>) -> Result<Program> {
        let Some(at) = arguments.iter().position(|a| a == "--program") else {
            return Program::build();
        };
        ensure!(at + 1 < arguments.len(), "--program needs a path");
        let path = arguments.remove(at + 1);
        arguments.remove(at);
        Program::at(PathBuf::from(path))
    }

    fn at(path: PathBuf) -> Result<Program> {
        ensure!(path.exists(), "{} is not there", path.display());
        Ok(Program(path))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// What it prints.
    pub fn output(&self, arguments: &[&str]) -> Result<String> {
        output(Command::new(&self.0).args(arguments))
    }

    /// What it prints when it reads `input`.
    pub fn filter(&self, arguments: &[&str], input: &str) -> Result<String> {
        // A file, not a pipe: both sides may wait for each other with a full pipe.
        let mut file = tempfile::tempfile()?;
        file.write_all(input.as_bytes())?;
        std::io::Seek::rewind(&mut file)?;
        output(Command::new(&self.0).args(arguments).stdin(file))
    }
}

/// What a command prints to its standard output.
pub fn output(command: &mut Command) -> Result<String> {
    let shown = format!("{command:?}");
    let done = command
        .stderr(Stdio::piped())
        .output()
        .with_context(|| format!("{shown} could not be started"))?;
    let complaint = String::from_utf8_lossy(&done.stderr);
    ensure!(done.status.success(), "{shown} failed: {complaint}");
    Ok(String::from_utf8(done.stdout)?)
}

/// True if Python has a package.
pub fn python_has(package: &str) -> bool {
    Command::new("python3")
        .args(["-c", &format!("import {package}")])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}
