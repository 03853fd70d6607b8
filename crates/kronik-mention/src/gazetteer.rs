//! The atlas under the name that the stages of this crate ask it by.

pub(crate) use kronik_atlas::words_of;
pub use kronik_atlas::{Atlas as Gazetteer, Entry, EntryKind, Hit, Place, PlaceKind};
