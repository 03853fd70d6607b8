//! Who says what, and who passes it on.
//!
//! Every event stands in a statement and every statement has a speaker; the outermost is the
//! publishing outlet's own voice. Relays nest: the official says it, the agency reports it, the
//! outlet prints it.
//!
//! **Invariants (absences):** no verdict on who is right; no statement without a speaker; no
//! speaker that the text does not name, except the publishing outlet.

mod cues;
mod finder;
mod lexicon;
mod quotations;
mod speakers;
mod statement;

pub use finder::{Finder, Input};
pub use statement::{Manner, Speaker, Stance, Statement, StatementIx, Statements};
