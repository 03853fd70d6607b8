//! One SQLite file that keeps what Kronik has read.
//!
//! A monitor reads the same feeds every hour, from several machines, sometimes with a newer
//! version of Kronik. What it keeps must not depend on any of that: adding an article twice
//! changes nothing, the order of adding does not show, a newer reading replaces the older one
//! and an older one never replaces a newer. A reader may look while a writer writes.
//!
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = std::env::temp_dir().join(format!("kronik-store-doc-{}", std::process::id()));
//! # std::fs::create_dir_all(&folder)?;
//! use kronik_store::{Days, Store};
//! let store = Store::open(&folder.join("kronik.db"))?;
//! assert_eq!(store.articles(&Days::ALL).count(), 0);
//! # drop(store);
//! # std::fs::remove_dir_all(&folder)?;
//! # Ok(())
//! # }
//! ```
//!
//! **Invariants (absences):** no clock is read (when a record was received is told by the
//! caller), no article is ever half-written (one transaction each), no record is changed by being
//! stored, except that an article found in several places keeps the first of them by name.

mod add;
mod columns;
mod error;
mod open;
mod read;
mod schema;

pub use add::Added;
pub use error::{Error, Kind, Result};
pub use open::Store;
pub use read::{Counts, Days, EventInContext, Records};
