//! How right are the events? Figures against annotated articles.
//!
//! A change that helps one sentence often hurts ten others; only figures over many articles tell.
//! The measures are those of the output contract: triples, deeds and classes with precision,
//! recall and F1, and on class matches factuality, attribution, mode, time, place and quantities.
//!
//! **Invariants (absences):** scoring reads gold and records and nothing else; it does not know
//! how events are made.

mod gold;
mod matching;
mod report;
mod tally;

pub use gold::{Error, GoldArticle, GoldEvent, load};
pub use matching::{Level, Pairing, pair};
pub use report::report;
pub use tally::{Counts, Speech, Tally};
