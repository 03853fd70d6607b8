//! What Kronik says in the end, and the tables it reads to say it.
//!
//! The records here are the output contract: scripts, scorers, the store and the exports all
//! rely on their names and meanings, so they are plain data without logic and without any
//! position but code points ([`kronik_text::CharSpan`]). The second half of the crate reads the
//! tables a person may edit: [`Files`] is where they come from, [`table`] their one format,
//! [`Ontology`] the classes of events.
//!
//! **Invariants (absences):** no word of a human language and no event class stands in this
//! crate; a record has no field that is skipped when empty (`null` is printed).

mod error;
mod files;
mod ontology;
mod records;
pub mod table;

pub use error::{Error, Result};
pub use files::Files;
pub use ontology::{Content, DefaultRecipient, EventType, Mode, Ontology, Opponent, Site};
pub use records::*;
