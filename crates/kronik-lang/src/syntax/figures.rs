//! How often a model is right.

use std::fmt;

use super::model::Model;
use super::treebank::Tree;
use crate::Relation;
use crate::pack::Pack;

/// How well a model reads a treebank; all in words, punctuation included.
#[derive(Debug, Clone, Copy, Default)]
pub struct Figures {
    /// Words.
    pub words: usize,
    /// Words with the right part of speech.
    pub tags: usize,
    /// Words with the right head.
    pub heads: usize,
    /// Words with the right head and relation.
    pub relations: usize,
    /// Words with the right head and relation, subtypes of relations left aside.
    pub plain: usize,
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let share = |n: usize| n as f64 / self.words.max(1) as f64;
        write!(
            f,
            "words {}  UPOS {:.4}  UAS {:.4}  LAS {:.4}  LAS without subtypes {:.4}",
            self.words,
            share(self.tags),
            share(self.heads),
            share(self.relations),
            share(self.plain),
        )
    }
}

/// Reads the sentences of a treebank and counts what is right.
pub fn measure(model: &Model, trees: &[Tree], pack: &Pack) -> Figures {
    let mut figures = Figures::default();
    let plain = |r: Relation| r.name().split(':').next().unwrap_or("");
    for tree in trees {
        let forms: Vec<&str> = tree.forms.iter().map(String::as_str).collect();
        for (i, node) in model.parse(&forms, pack).iter().enumerate() {
            let head = node.head == tree.heads[i];
            figures.words += 1;
            figures.tags += usize::from(node.upos == tree.tags[i]);
            figures.heads += usize::from(head);
            figures.relations += usize::from(head && node.relation == tree.relations[i]);
            figures.plain += usize::from(head && plain(node.relation) == plain(tree.relations[i]));
        }
    }
    figures
}
