//! From records to a day-by-day digest: who did what to whom, who says so, by way of whom.
//!
//! A reader of ten reports about one day wants each deed once, with everybody who tells it, and
//! wants to see where they differ. So mentions of one deed become one [`Entry`]; reports that go
//! back to one mouth count as one [`Origin`]; numbers that differ stand side by side and are never
//! added up; a denial stands beside the claim. Where it is not plain that two mentions mean one
//! deed, they stay two entries: a doubled line is seen by the reader, a wrong merger is not.
//!
//! The way: [`Chronicle::build`] (pure, the same for any order of its inputs) makes a value without
//! a word of any language but what the articles print; [`render`] writes it down with the [`Words`] of
//! `languages/<code>/chronicle.tsv`.
//!
//! **Invariants (absences):** no human word and no event class stands in this crate, no clock is
//! read, no verdict on the truth is given, no two numbers are summed.

mod calendar;
mod chronicle;
mod compare;
mod count;
mod deed;
mod error;
mod mention;
mod names;
mod origin;
pub mod render;
mod report;
mod story;
mod war;
mod words;

pub use calendar::Days;
pub use chronicle::{Chronicle, Day, Options, Place, Source, Story, WarNote};
pub use compare::Ground;
pub use count::{Agreement, Count, Observation, Revision};
pub use deed::{Entry, Party};
pub use error::{Error, Result};
pub use origin::{Origin, Why};
pub use report::{Link, Report, Voice};
pub use war::{Counting, War, Wars};
pub use words::Words;
