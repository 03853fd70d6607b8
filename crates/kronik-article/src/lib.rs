//! Bytes to article: what was printed, by whom, when, and which lines are running text.
//!
//! Everything later stages do depends on reading only what the report says, not what stands
//! around it, and on knowing who printed it and when. [`decode`] makes a text of bytes,
//! [`Reader`] an [`Article`] of a [`Document`].
//!
//! **Invariants (absences):** no file, no network, no clock; the text of a plain document is never
//! changed; nothing is lost without a diagnostic or an entry in `removed`; no word of a human
//! language stands in the code.

mod article;
mod blocks;
mod calendar;
mod charset;
mod credits;
mod dateline;
mod language;
mod layout;
mod lines;
mod metadata;
mod outlets;
mod page;
mod people;
mod published;
mod reader;
mod tangle;

pub use article::{Article, Block, Document, Oddity};
pub use charset::{Decoded, decode};
pub use reader::Reader;
