//! Positions in a text and ids of what was found there.
//!
//! Every record Kronik prints can be traced back to the words it was read from.
//! That only holds if a position is never a bare number: a [`Span`] counts bytes of the
//! *original* text, a [`CharSpan`] counts Unicode code points of the same text, and the only
//! way from one to the other is a [`CharIndex`] built over that text.
//!
//! **Invariant (an absence):** nothing in this crate normalises, trims or copies a text;
//! offsets into a changed text do not exist.

mod id;
mod span;

pub use id::{ContentId, content_id};
pub use span::{CharIndex, CharSpan, Span};
