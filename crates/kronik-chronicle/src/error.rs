//! The one error of this crate: a table that cannot be used, or something that is not in one.

use std::fmt;

/// A table that cannot be read, or a war or language that no table has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error(String);

/// `Result` with this crate's [`Error`].
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    pub(crate) fn new(message: impl Into<String>) -> Error {
        Error(message.into())
    }
}

impl From<kronik_record::Error> for Error {
    fn from(error: kronik_record::Error) -> Error {
        Error(error.to_string())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Error {}
