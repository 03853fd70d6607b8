//! Kronik reads news and writes down who did what to whom, when, where, and who says so.
//!
//! This crate is the one to import: an [`Engine`] holds everything that is loaded once, and
//! [`Engine::read`] takes a [`Document`] through all stages and gives a [`Reading`] of records.
//!
//! ```
//! use kronik::{Config, Document, Engine};
//! let engine = Engine::new(&Config::default())?;
//! let document = Document {
//!     text: Some("Talks in Cairo\n-\nEgypt held talks with Jordan in Cairo on Monday.\n".into()),
//!     published: Some("2026-03-04".into()),
//!     language: Some("en".into()),
//!     ..Document::default()
//! };
//! let reading = engine.read(&document);
//! assert_eq!(reading.article.language, "en");
//! # Ok::<(), kronik::Error>(())
//! ```
//!
//! **Invariants (absences):** reading does no input or output, reads no clock, starts no thread
//! and never fails: what is odd about a document stands in its record's diagnostics. The records
//! of a document depend on that document, the version and the settings alone.

mod config;
mod data;
mod engine;
mod records;
pub use config::Config;
pub use data::built_in;
pub use engine::{Engine, Reading};
pub use kronik_article::{Article, Document};
pub use kronik_record::{
    ActorRecord, ArticleRecord, DataVersions, Diagnostic, Error, EventRecord, Files, Ontology,
    PlaceRecord, QuantityRecord, Quote, Reason, Severity, StatementRecord, TimeRecord,
};
pub use records::Stages;

/// Version of Kronik as records print it.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
