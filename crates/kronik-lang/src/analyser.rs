//! The place where a trained analyser of words comes in.
//!
//! Everything that needs knowledge of a language beyond tables (where sentences end, parts of
//! speech, features, lemmas, trees, names) is asked of an [`Analyser`], paragraph by paragraph and
//! for a whole article at once, so that it can work on many words together. What it does not
//! decide the rules decide, and what it says is checked: no answer can break an analysis.

use std::fmt::Debug;
use std::ops::Range;

use crate::analysis::Upos;
use crate::words::EntityTag;

/// A syntactic word that an analyser is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Given<'t> {
    /// Its form.
    pub form: &'t str,
    /// True if white space stands before it; true for the first word of a paragraph.
    pub spaced: bool,
}

/// What an analyser says of a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Headword.
    pub lemma: String,
    /// Universal part of speech.
    pub upos: Upos,
    /// Features, `Number=Sing|Person=3`; empty if it has none.
    pub features: String,
    /// Index of the head among the words of the sentence; `None` for the root.
    pub head: Option<usize>,
    /// Relation to the head, with its subtype.
    pub relation: String,
    /// Name it is part of.
    pub entity: Option<EntityTag>,
}

impl Default for Label {
    fn default() -> Label {
        Label {
            lemma: String::new(),
            upos: Upos::X,
            features: String::new(),
            head: None,
            relation: "dep".to_string(),
            entity: None,
        }
    }
}

/// A trained analyser. It is shared between threads and languages.
pub trait Analyser: Debug + Send + Sync {
    /// Reads paragraphs of a text in the language `code` (ISO 639-1): one answer for each, in
    /// order. A missing answer counts as one that knows nothing.
    fn read<'a>(&'a self, code: &str, paragraphs: &[Vec<Given<'_>>]) -> Vec<Box<dyn Answer + 'a>>;

    /// A vector for each of several texts in the language `code`, all of one length, so that texts
    /// that say the same have a scalar product near 1 in whatever languages they are; none at all
    /// if the analyser has no such thing.
    fn vectors(&self, _code: &str, _texts: &[Vec<Given<'_>>]) -> Vec<Vec<f32>> {
        Vec::new()
    }
}

/// What an analyser found in one paragraph.
pub trait Answer {
    /// For each word how sure it is that a sentence ends with it: a logit, 0 is even odds. `None`
    /// leaves it to the rules.
    fn ends(&self) -> Option<&[f32]>;

    /// Labels of the words of each sentence; a sentence is a range of the paragraph's words. A
    /// missing label counts as one that knows nothing.
    fn labels(&self, sentences: &[Range<usize>]) -> Vec<Vec<Label>>;
}
