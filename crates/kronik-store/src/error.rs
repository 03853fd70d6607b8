//! One error for the store: what went wrong, with which file, and what the user can do.

use std::fmt;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// What kind of trouble it is, for a program that wants to react.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// There is no such file.
    Missing,
    /// The file or its folder cannot be opened or written.
    NotWritable,
    /// Another program holds the file.
    Locked,
    /// A file, but none of Kronik's.
    Foreign,
    /// Written by a newer Kronik.
    Newer,
    /// No room on the disk.
    Full,
    /// The file is damaged.
    Damaged,
    /// Records that do not belong together or a time that is none.
    BadRecord,
    /// Anything else SQLite reports.
    Other,
}

/// A store that cannot be opened, read or written.
#[derive(Debug)]
pub struct Error {
    kind: Kind,
    path: PathBuf,
    what: String,
    remedy: String,
}

/// `Result` with this crate's [`Error`].
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    pub(crate) fn new(kind: Kind, path: &Path, what: impl Into<String>, remedy: &str) -> Error {
        Error {
            kind,
            path: path.to_path_buf(),
            what: what.into(),
            remedy: remedy.to_string(),
        }
    }

    /// What kind of trouble it is.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The database file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What the user can do.
    pub fn remedy(&self) -> &str {
        &self.remedy
    }

    pub(crate) fn sqlite(path: &Path, error: &rusqlite::Error) -> Error {
        let code = error.sqlite_error_code();
        let (kind, what, remedy) = match code {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => (
                Kind::Locked,
                "another program is writing to this database".to_string(),
                "wait until it has finished, or close it, and try again",
            ),
            Some(ErrorCode::NotADatabase) => return Error::foreign(path, "is not a database"),
            Some(ErrorCode::DatabaseCorrupt) => (
                Kind::Damaged,
                "the database is damaged".to_string(),
                "restore a copy, or start a new file and add the articles again",
            ),
            Some(ErrorCode::DiskFull) => (
                Kind::Full,
                "there is no room left for the database; this article was not stored".to_string(),
                "free some space or choose another disk with --db, then add again: what is \
                 stored already is skipped",
            ),
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => return Error::closed(path),
            Some(ErrorCode::CannotOpen) => return Error::closed(path),
            Some(ErrorCode::SystemIoFailure) => (
                Kind::Other,
                format!("the disk reports an error ({error})"),
                "check the disk and whether the folder is still there",
            ),
            _ => (
                Kind::Other,
                format!("SQLite reports: {error}"),
                "please report this with the command you gave",
            ),
        };
        Error::new(kind, path, what, remedy)
    }

    pub(crate) fn foreign(path: &Path, what: &str) -> Error {
        Error::new(
            Kind::Foreign,
            path,
            format!("this file {what} of Kronik's; it was left as it is"),
            "name another file with --db",
        )
    }

    pub(crate) fn closed(path: &Path) -> Error {
        Error::new(
            Kind::NotWritable,
            path,
            "the database cannot be opened for writing",
            "check that you may write to the file and to its folder, or name another with --db",
        )
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}; {}", self.path.display(), self.what, self.remedy)
    }
}

impl std::error::Error for Error {}
