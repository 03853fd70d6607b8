//! The seam: what any reader of a language hands on.

use kronik_text::Span;

use crate::words::{Name, SyntacticWord, names};

/// A text that was read: its sentences in order.
#[derive(Debug, Clone, Default)]
pub struct Analysis {
    /// ISO 639-1 code of the language it was read in.
    pub language: String,
    /// Sentences in text order; never empty ones, never overlapping.
    pub sentences: Vec<Sentence>,
}

/// A sentence: a stretch of one block and its tokens.
#[derive(Debug, Clone)]
pub struct Sentence {
    /// From its first token to its last, in bytes of the article's text.
    pub span: Span,
    /// Index of the article's block it stands in.
    pub block: usize,
    /// Tokens in order; at least one.
    pub tokens: Vec<Token>,
    /// Syntactic words in order, as treebanks cut them; each stands in one token.
    pub words: Vec<SyntacticWord>,
}

/// A token: a word as printed, a number, a punctuation mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Where it stands, in bytes of the article's text.
    pub span: Span,
    /// Headword in lower case (proper nouns keep their case). For Indonesian verbs and their
    /// derivations, the root with its applicative suffix, e.g. `serang`, `serah+kan`.
    pub lemma: String,
    /// Universal part of speech.
    pub upos: Upos,
    /// Voice of a verb.
    pub voice: Voice,
    /// Index of the head within the sentence; `None` for the root.
    pub head: Option<usize>,
    /// Relation to the head.
    pub relation: Relation,
}

impl Sentence {
    /// Names that the trained model found: people, organisations, places. They are in order and
    /// do not overlap; none without a model.
    pub fn names(&self) -> Vec<Name> {
        names(&self.words)
    }

    /// The words of token `i` in `text`.
    pub fn form<'t>(&self, text: &'t str, i: usize) -> &'t str {
        self.tokens[i].span.slice(text)
    }

    /// Indices of the tokens whose head is `i`, in order.
    pub fn children(&self, i: usize) -> impl Iterator<Item = usize> + '_ {
        self.tokens
            .iter()
            .enumerate()
            .filter(move |(_, t)| t.head == Some(i))
            .map(|(j, _)| j)
    }

    /// Children of `i` in relation `relation`.
    pub fn children_in(&self, i: usize, relation: Relation) -> impl Iterator<Item = usize> + '_ {
        self.children(i)
            .filter(move |j| self.tokens[*j].relation == relation)
    }

    /// First and last token of the subtree of `i`.
    pub fn extent(&self, i: usize) -> (usize, usize) {
        let (mut first, mut last) = (i, i);
        for j in 0..self.tokens.len() {
            if self.is_under(j, i) {
                first = first.min(j);
                last = last.max(j);
            }
        }
        (first, last)
    }

    /// True if token `j` is `i` or hangs under it.
    pub fn is_under(&self, j: usize, i: usize) -> bool {
        let mut at = Some(j);
        let mut steps = 0;
        while let Some(k) = at {
            if k == i {
                return true;
            }
            at = self.tokens[k].head;
            steps += 1;
            if steps > self.tokens.len() {
                return false;
            }
        }
        false
    }

    /// The tokens that a span covers wholly, as a half-open range of indices.
    pub fn tokens_in(&self, span: Span) -> std::ops::Range<usize> {
        let first = self
            .tokens
            .partition_point(|t| t.span.start() < span.start());
        let last = self.tokens.partition_point(|t| t.span.end() <= span.end());
        first..last.max(first)
    }
}

/// Universal part of speech (UD v2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Upos {
    Adj,
    Adp,
    Adv,
    Aux,
    Cconj,
    Det,
    Intj,
    Noun,
    Num,
    Part,
    Pron,
    Propn,
    Punct,
    Sconj,
    Sym,
    Verb,
    X,
}

impl Upos {
    /// All tags with the names the treebanks use.
    pub const ALL: [(Upos, &'static str); 17] = [
        (Upos::Adj, "ADJ"),
        (Upos::Adp, "ADP"),
        (Upos::Adv, "ADV"),
        (Upos::Aux, "AUX"),
        (Upos::Cconj, "CCONJ"),
        (Upos::Det, "DET"),
        (Upos::Intj, "INTJ"),
        (Upos::Noun, "NOUN"),
        (Upos::Num, "NUM"),
        (Upos::Part, "PART"),
        (Upos::Pron, "PRON"),
        (Upos::Propn, "PROPN"),
        (Upos::Punct, "PUNCT"),
        (Upos::Sconj, "SCONJ"),
        (Upos::Sym, "SYM"),
        (Upos::Verb, "VERB"),
        (Upos::X, "X"),
    ];

    /// The treebanks' name.
    pub fn name(self) -> &'static str {
        Upos::ALL
            .iter()
            .find(|(u, _)| *u == self)
            .map_or("X", |(_, n)| n)
    }

    /// The tag of that name.
    pub fn from_name(name: &str) -> Option<Upos> {
        Upos::ALL.iter().find(|(_, n)| *n == name).map(|(u, _)| *u)
    }
}

/// Voice, as far as a form tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Voice {
    /// Not a verb, or the form does not tell.
    #[default]
    None,
    /// Active.
    Active,
    /// Passive.
    Passive,
}

macro_rules! relations {
    ($($variant:ident = $name:literal),* $(,)?) => {
        /// Relation of a token to its head (UD v2, with the subtypes that later stages read).
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[allow(missing_docs)]
        pub enum Relation { $($variant),* }

        impl Relation {
            /// All relations with the names the treebanks use.
            pub const ALL: &'static [(Relation, &'static str)] =
                &[$((Relation::$variant, $name)),*];
        }
    };
}

relations! {
    Acl = "acl",
    AclRelcl = "acl:relcl",
    Advcl = "advcl",
    Advmod = "advmod",
    Amod = "amod",
    Appos = "appos",
    Aux = "aux",
    AuxPass = "aux:pass",
    Case = "case",
    Cc = "cc",
    Ccomp = "ccomp",
    Clf = "clf",
    Compound = "compound",
    CompoundPrt = "compound:prt",
    Conj = "conj",
    Cop = "cop",
    Csubj = "csubj",
    CsubjPass = "csubj:pass",
    Dep = "dep",
    Det = "det",
    Discourse = "discourse",
    Dislocated = "dislocated",
    Expl = "expl",
    Fixed = "fixed",
    Flat = "flat",
    Goeswith = "goeswith",
    Iobj = "iobj",
    List = "list",
    Mark = "mark",
    Nmod = "nmod",
    NmodPoss = "nmod:poss",
    NmodTmod = "nmod:tmod",
    Nsubj = "nsubj",
    NsubjPass = "nsubj:pass",
    Nummod = "nummod",
    Obj = "obj",
    Obl = "obl",
    OblAgent = "obl:agent",
    OblTmod = "obl:tmod",
    Orphan = "orphan",
    Parataxis = "parataxis",
    Punct = "punct",
    Reparandum = "reparandum",
    Root = "root",
    Vocative = "vocative",
    Xcomp = "xcomp",
}

impl Relation {
    /// The treebanks' name.
    pub fn name(self) -> &'static str {
        Relation::ALL
            .iter()
            .find(|(r, _)| *r == self)
            .map_or("dep", |(_, n)| n)
    }

    /// The relation of that name; an unknown subtype falls back to its universal part.
    pub fn from_name(name: &str) -> Relation {
        let find = |name: &str| {
            Relation::ALL
                .iter()
                .find(|(_, n)| *n == name)
                .map(|(r, _)| *r)
        };
        find(name)
            .or_else(|| find(name.split(':').next().unwrap_or(name)))
            .unwrap_or(Relation::Dep)
    }
}
