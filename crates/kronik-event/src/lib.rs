//! Who did what to whom, when, where and how many.
//!
//! Frames (rows of `languages/<code>/frames/`) say which words name which deed of the ontology and
//! where its participants stand; this stage finds the frames that fire, fills their roles from
//! the mentions, and decides how the deed is presented and in which statement it stands.
//!
//! **Invariants (absences):** no event class and no word of a language in Rust; no event without
//! a trigger in running text, a statement it stands in, and a reason.

mod answers;
mod circumstances;
mod coder;
mod control;
mod counterparts;
mod deed;
mod event;
mod factuality;
mod frame;
mod instruments;
mod kept;
mod matching;
mod participants;
mod places;
mod places_carried;
mod quantities;
mod roles;
mod standing;
mod times_carried;

pub use coder::{Coder, Input};
pub use event::{Because, CodedEvent, EventTime, Factuality, Participant};
pub use frame::{Frame, FrameBook, HeadKind, Slot, Word};
