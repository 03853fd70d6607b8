//! Article text to sentences and tokens.
//!
//! Later stages see a text only as an [`Analysis`]: sentences, tokens with lemma, universal part
//! of speech, head and relation (Universal Dependencies v2), all with positions in the original.
//! Who made it does not matter to them; a better reader replaces the one here without a change
//! above. Words of a language stand in `languages/<code>/`, read as a [`Pack`].
//!
//! **Invariants (absences):** no word of a human language in this crate; no reading fails; no
//! token is a copy that lost its place.

mod affix;
mod analyser;
mod analysis;
mod clitics;
mod compounds;
pub mod conllu;
mod derivation;
mod fallback;
mod grammar;
mod pack;
mod reader;
mod sentences;
mod splitting;
mod tables;
mod tokens;
mod trained;
mod truecase;
mod words;

pub use analyser::{Analyser, Answer, Given, Label};
pub use analysis::{Analysis, Relation, Sentence, Token, Upos, Voice};
pub use derivation::{Category, Derivation};
pub use grammar::Grammar;
pub use pack::{Pack, Word};
pub use reader::{GivenToken, Reader};
pub use trained::Trained;
pub use words::{EntityKind, EntityTag, Name, SyntacticWord};
