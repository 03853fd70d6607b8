//! A multilingual text encoder with its heads, run on the CPU without anything else.
//!
//! One small transformer, trained in `training/`, reads a text once; from its word vectors come
//! sentence ends, parts of speech, features, lemmas, dependency trees, entities and a vector of
//! the whole text for comparison across languages. This crate loads the model file, checks it and
//! runs it: 8-bit weights with exact integer sums, float sums in a fixed order, so that every
//! machine reads the same from a text, bit for bit.
//!
//! ```no_run
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use kronik_encoder::{Encoder, Text, Word};
//!
//! let encoder = Encoder::load(std::fs::read("models/encoder.safetensors")?)?;
//! let word = |form| Word { form, space_before: form != "." };
//! let words = ["Police", "arrested", "two", "men", "."].map(word);
//! let text = Text { words: &words, breaks: &[], style: encoder.style("en") };
//! let encoded = encoder.encode(text);
//! let sentences = encoder.read(&encoded, &words, &[0..5], encoder.entity_style("en"));
//! for word in &sentences[0] {
//!     let relation = &encoder.labels().deprel[usize::from(word.relation)];
//!     println!("{}\t{}\t{relation}", word.lemma, word.head);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! **Invariants (absences):** no input makes a call fail or panic once a model is loaded; no
//! clock, thread, network or random number; no result that depends on the kernel.

mod config;
mod encoder;
mod entities;
mod error;
mod file;
mod half;
mod heads;
mod kernel;
mod lemma;
mod linear;
mod net;
mod pieces;
mod text;
mod tree;
mod windows;

pub use config::Labels;
pub use encoder::Encoder;
pub use error::{Error, ErrorKind, Result};
pub use kernel::Kernel;
pub use text::{Encoded, EntityStyle, Style, Tagged, Text, Word};
