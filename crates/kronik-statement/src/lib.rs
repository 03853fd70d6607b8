//! Who says what, and who passes it on.
//!
//! Every event stands in a statement and every statement has a speaker; the outermost is the
//! publishing outlet's own voice. Relays nest: the official says it, the agency reports it, the
//! outlet prints it.
//!
//! **Invariants (absences):** no verdict on who is right; no statement without a speaker; no
//! speaker that the text does not name, except the publishing outlet.

mod cues;
mod cues_clause;
mod cues_reach;
mod finder;
mod lexicon;
mod quotations;
mod reach_back;
mod speakers;
mod speakers_names;
mod statement;

pub use finder::{Finder, Input};
pub use statement::{Manner, Speaker, Stance, Statement, StatementIx, Statements};
