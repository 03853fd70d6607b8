//! What is said to people, on standard error.

use std::fmt;
use std::io;

use kronik::{ArticleRecord, Severity};
use kronik_acquire::Failure;

/// A command that was not understood: exit code 2.
#[derive(Debug)]
pub struct Usage(pub String);

impl fmt::Display for Usage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Usage {}

/// True if the reader of our output went away, as `head` does: nothing to complain about.
pub fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let direct = cause.downcast_ref::<io::Error>().map(io::Error::kind);
        let json = cause
            .downcast_ref::<serde_json::Error>()
            .and_then(serde_json::Error::io_error_kind);
        direct.or(json) == Some(io::ErrorKind::BrokenPipe)
    })
}

/// The command failed.
pub fn error(error: &anyhow::Error) {
    anstream::eprintln!("{RED}kronik:{OFF} {error:#}");
}

/// An input could not be read.
pub fn failure(failure: &Failure) -> String {
    format!("{RED}kronik:{OFF} {failure}")
}

/// What was odd about an article and may matter to the user, one line each.
pub fn oddities(article: &ArticleRecord) -> Vec<String> {
    let told = article
        .diagnostics
        .iter()
        .filter(|d| d.severity > Severity::Info);
    told.map(|d| {
        let hint = d.hint.as_deref().map_or(String::new(), |h| format!(" {h}"));
        let message = &d.message;
        format!("{YELLOW}kronik:{OFF} {}: {message}{hint}", article.source)
    })
    .collect()
}

const RED: &str = "\u{1b}[1;31m";
const YELLOW: &str = "\u{1b}[33m";
const OFF: &str = "\u{1b}[0m";
