//! What a sentence mentions: actors, places, times, quantities.
//!
//! Events need codes, days and numbers, not words. This stage finds the words that stand for
//! them, once for the whole article, so that `Rutte` in the last line is known to be the
//! `Mark Rutte` of the first.
//!
//! **Invariants (absences):** no word of a language and no name of a country, person or
//! organisation in Rust; no mention without a span that slices to its words; no date that was
//! read from a clock.

mod actors;
mod actors_atoms;
mod actors_context;
mod actors_lexicon;
mod actors_people;
mod actors_phrases;
#[cfg(test)]
mod actors_tests;
mod gazetteer;
mod mention;
mod places;
mod places_chosen;
mod places_found;
#[cfg(test)]
mod places_tests;
mod quantities;
mod quantities_amount;
mod quantities_fates;
mod quantities_nouns;
mod quantities_numerals;
mod quantities_sum;
#[cfg(test)]
mod quantities_tests;
mod quantities_units;
mod reader;
mod times;
mod times_calendar;
#[cfg(test)]
mod times_cases;
mod times_holidays;
mod times_match;
mod times_meaning;
mod times_numeric;
mod times_pattern;
mod times_phrases;
mod times_pieces;
mod times_resolve;
mod times_table;
#[cfg(test)]
mod times_tests;
mod times_zones;

pub use gazetteer::{Entry, EntryKind, Gazetteer, Hit, Place};
pub use mention::{
    ActorKind, ActorMention, Basis, Bound, CountClass, Doubt, Fate, Interval, Mentions,
    PlaceMention, QuantityMention, TimeMention,
};
pub use quantities::QuantityLexicon;
pub use reader::{Context, Reader};
pub use times::{Anchor, TimeLexicon};
