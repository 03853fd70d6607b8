//! One error for everything that can be wrong with a model file, sorted by what its owner can do.

use std::fmt;

/// What is wrong with a model file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The bytes are not a model file of this kind at all.
    Format,
    /// A model file, of a version this program does not read.
    Version,
    /// The file ends too early or has bytes left over.
    Size,
    /// The bytes are not those the file was written with.
    Checksum,
    /// A tensor is missing, or has a wrong type, shape or value.
    Tensor,
    /// The configuration or the lists of labels do not fit together.
    Configuration,
    /// This machine lacks the instructions of the kernel asked for.
    Kernel,
}

/// A model that cannot be loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    kind: ErrorKind,
    message: String,
}

/// `Result` with this crate's [`Error`].
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Error {
        Error {
            kind,
            message: message.into(),
        }
    }

    pub(crate) fn tensor(name: &str, what: impl fmt::Display) -> Error {
        Error::new(ErrorKind::Tensor, format!("tensor {name}: {what}"))
    }

    pub(crate) fn configuration(message: impl Into<String>) -> Error {
        Error::new(ErrorKind::Configuration, message)
    }

    /// What is wrong, to tell cases apart.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "encoder model: {}", self.message)
    }
}

impl std::error::Error for Error {}
