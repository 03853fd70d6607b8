//! Bytes to article: what was printed, by whom, when, and which lines are running text.
//!
//! **Invariants (absences):** no network, no clock; the text of a plain document is never
//! changed; nothing is lost without a diagnostic or an entry in `removed`.

mod article;

pub use article::{Article, Block, Document, Oddity};
