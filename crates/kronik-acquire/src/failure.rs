//! What could not be read, in plain words.

use std::fmt;
use std::io;

/// An input, or one document of it, that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The path as it was given or found, `-` for standard input.
    pub source: String,
    /// The line, from 1, for one document of a file of many.
    pub line: Option<usize>,
    /// What is wrong, one sentence.
    pub message: String,
    /// What the user can do.
    pub hint: Option<String>,
}

impl Failure {
    pub(crate) fn new(source: &str, message: impl Into<String>, hint: &str) -> Failure {
        let hint = (!hint.is_empty()).then(|| hint.to_string());
        Failure {
            source: source.to_string(),
            line: None,
            message: message.into(),
            hint,
        }
    }

    pub(crate) fn at(self, line: usize) -> Failure {
        Failure {
            line: Some(line),
            ..self
        }
    }

    /// What the operating system said, and what to do about it.
    pub(crate) fn of_system(source: &str, error: &io::Error) -> Failure {
        let (message, hint) = match error.kind() {
            io::ErrorKind::NotFound => (
                "There is no such file or folder.".to_string(),
                "Look for a misspelling; paths are taken from the current folder.",
            ),
            io::ErrorKind::PermissionDenied => (
                "There is no permission to read this.".to_string(),
                "Change the permissions, or copy it where you may read it.",
            ),
            _ => (format!("This cannot be read: {error}."), ""),
        };
        Failure::new(source, message, hint)
    }

    pub(crate) fn empty(source: &str) -> Failure {
        Failure::new(source, "This is empty.", "Leave it out, or fetch it again.")
    }

    pub(crate) fn binary(source: &str) -> Failure {
        Failure::new(
            source,
            "This is no text: it holds zero bytes.",
            "Unpack it or export it as text; save text in UTF-16 with a byte order mark or, better, \
             as UTF-8.",
        )
    }

    pub(crate) fn too_large(source: &str) -> Failure {
        Failure::new(
            source,
            format!(
                "This is more than {} MiB of text in one document.",
                crate::LARGEST >> 20
            ),
            "Cut it into its documents: one file each, or one line each of a .jsonl file.",
        )
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{}: {}", self.source, line, self.message)?,
            None => write!(f, "{}: {}", self.source, self.message)?,
        }
        match &self.hint {
            Some(hint) => write!(f, " {hint}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Failure {}
