//! Who and where, by name and by day.
//!
//! A reader of news knows that `Rutte` is a person, whose prime minister he was in 2015 and what
//! he leads in 2025, that `Kyiv` and `Kiev` are one city, and that `Kremlin` is a government.
//! Kronik has all that from the tables of `atlas/`, which a person can read, correct and extend.
//! Hundreds of thousands of names must be there in a few thousandths of a second and cost nothing
//! until one is printed; so the tables are compiled ([`compile`]) into one block of bytes that is
//! opened where it lies ([`Atlas::open`]) and decoded row by row when a row is asked for.
//!
//! ```
//! use kronik_atlas::Atlas;
//! use kronik_record::Files;
//!
//! let mut files = Files::new();
//! files.insert("atlas/offices.tsv", "id\tsector\tseats\tsource\nmayor\tGOV\tone\teditor\n");
//! files.insert(
//!     "atlas/leaders/towns.tsv",
//!     "code\toffice\tperson\tname\tnames\tfrom\tto\tsource\n\
//!      ABC\tmayor\tana-ek\tAna Ek\tAna Ek\t2012\t2015-06\teditor\n\
//!      ABC\tmayor\tbo-li\tBo Li\tBo Li\t2015-06\t\teditor\n",
//! );
//! let atlas = Atlas::load(&files)?;
//! let then = atlas.holder("ABC", "mayor", "2014-01-31").map(|e| e.entity.name.as_str());
//! assert_eq!(then, Some("Ana Ek"));
//! # Ok::<(), kronik_record::Error>(())
//! ```
//!
//! **Invariants (absences):** no name is matched without its capitals; no name of a state, person
//! or organisation stands in this crate; no sequence of bytes makes an atlas panic.

mod atlas;
mod census;
mod check;
mod compile;
mod day;
mod entry;
mod format;
mod index;
mod names;
mod offices;
mod persons;
mod tables;

pub use atlas::{Atlas, Hit};
pub use census::{Census, census};
pub use check::check;
pub use compile::{COMPILED, compile};
pub use entry::{Country, Entry, EntryKind, Outlet, Place, PlaceKind};
pub use names::{plain, words_of};
pub use offices::Offices;
