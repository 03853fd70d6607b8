//! What goes into an encoder and what comes out.
//!
//! Labels stay numbers here: whoever reads thousands of words compares numbers, and asks the
//! model's [`Labels`] for a name once.

use crate::kernel::Rows;
#[cfg(doc)]
use crate::{Encoder, Labels};

/// A word of a text, as Universal Dependencies counts words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word<'a> {
    /// The word as written.
    pub form: &'a str,
    /// Whether white space stands before it; true for the first word of a text.
    pub space_before: bool,
}

/// A way to annotate treebanks that the model knows: see [`Encoder::style`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style(pub(crate) usize);

/// A way to annotate entities that the model knows: see [`Encoder::entity_style`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EntityStyle(pub(crate) usize);

/// A text to encode.
#[derive(Debug, Clone, Copy)]
pub struct Text<'a> {
    /// The words, in order.
    pub words: &'a [Word<'a>],
    /// Indices of words with which a sentence or paragraph (probably) starts: good places to cut
    /// a text that is too long to be read at once.
    pub breaks: &'a [usize],
    /// The style in which the text is to be analysed.
    pub style: Style,
}

/// What the net made of a text: a vector for each word and one for the whole, in the form the
/// heads of the same model read. About 400 bytes a word.
#[derive(Debug, Clone)]
pub struct Encoded {
    pub(crate) words: Rows,
    /// Sum over positions of the mixed levels.
    pub(crate) mixed: Vec<f32>,
    /// Positions summed over.
    pub(crate) positions: usize,
    /// First words of the windows after the first.
    pub(crate) cuts: Vec<usize>,
}

impl Encoded {
    /// Number of words.
    pub fn len(&self) -> usize {
        self.words.count()
    }

    /// Where a text too long to be read at once was cut: indices of the words that came first
    /// after each cut, in order.
    pub fn cuts(&self) -> &[usize] {
        &self.cuts
    }

    /// Whether there is no word.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// The analysis of one word. Numbers are indices into the lists of [`Labels`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tagged {
    /// Part of speech, in [`Labels::upos`].
    pub upos: u16,
    /// Features, in [`Labels::feats`].
    pub feats: u16,
    /// The lemma.
    pub lemma: String,
    /// Entity label, in [`Labels::ner`].
    pub entity: u16,
    /// The head: 0 is the root, 1 the first word of the sentence.
    pub head: usize,
    /// Relation to the head, in [`Labels::deprel`].
    pub relation: u16,
}
