//! One error for all tables: it says which file, which line, what is wrong and what to do.

use std::fmt;

/// A table or ontology that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    file: String,
    line: Option<usize>,
    message: String,
}

/// `Result` with this crate's [`Error`].
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// An error about a whole file.
    pub fn file(file: &str, message: impl Into<String>) -> Error {
        Error {
            file: file.to_string(),
            line: None,
            message: message.into(),
        }
    }

    /// An error about one line (counted from 1) of a file.
    pub fn line(file: &str, line: usize, message: impl Into<String>) -> Error {
        Error {
            file: file.to_string(),
            line: Some(line),
            message: message.into(),
        }
    }

    /// The file's path as the loader knows it, e.g. `languages/id/titles.tsv`.
    pub fn path(&self) -> &str {
        &self.file
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{}: {}", self.file, line, self.message),
            None => write!(f, "{}: {}", self.file, self.message),
        }
    }
}

impl std::error::Error for Error {}
