//! A trained tagger and parser: parts of speech, heads and relations of a sentence's words.
//!
//! Who did it and to whom is a matter of heads and relations, and tables cannot tell those.
//! The models here are linear ones over features of the words around (averaged perceptrons): a
//! few megabytes, no arithmetic but on integers, thousands of sentences a second. What they
//! lack in knowledge of the world a larger encoder will bring behind the same call.

mod bytes;
mod features;
#[cfg(feature = "train")]
mod figures;
#[cfg(feature = "train")]
mod harmony;
#[cfg(feature = "train")]
mod learner;
mod model;
#[cfg(feature = "train")]
mod oracle;
mod parser;
mod sight;
mod state;
mod tagger;
#[cfg(feature = "train")]
pub mod train;
#[cfg(feature = "train")]
mod treebank;
mod weights;

pub use model::Model;
