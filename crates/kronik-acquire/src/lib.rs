//! Inputs to documents: files, folders, globs, standard input.
//!
//! Researchers hold their news in many shapes, and a batch of ten thousand never comes without a
//! broken one. So inputs are read one after another as they are asked for, and what cannot be read
//! becomes a [`Failure`] that says which file, which line, what is wrong and what to do, in place
//! of the document; the rest is carried on.
//!
//! ```
//! use kronik_acquire::{Options, inputs};
//! let missing = vec!["no-such-file.txt".to_string()];
//! let failure = inputs(&missing, &Options::default()).next().unwrap().unwrap_err();
//! assert_eq!(failure.source, "no-such-file.txt");
//! ```
//!
//! **Invariants (absences):** the only crate that opens an input; nothing is known here of what a
//! text says; no file is written; no link to a folder is followed, so no walk is endless.

mod container;
mod failure;
mod intake;
mod json_lines;
mod options;
mod single;
mod tables;
mod walk;

pub use failure::Failure;
pub use intake::{Inputs, inputs, inputs_from};
pub use options::{Columns, ColumnsError, Field, Options};

/// The largest text that is read as one document, in bytes of UTF-8 (16 MiB): a few hundred times
/// the longest report. What is larger is an archive that should be cut into its documents.
pub const LARGEST: usize = 16 << 20;
