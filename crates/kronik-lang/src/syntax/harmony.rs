//! Bringing an older treebank's annotation closer to a newer one's.
//!
//! Treebanks of one language disagree on the smaller words: what one calls an adverb is an
//! auxiliary in the other, one marks relative clauses and agents and the other does not. A parser
//! trained on both learns to doubt. Here one treebank is the model, and what its function words
//! are is carried over to the other; which words those are is counted, not written down.

use std::collections::BTreeMap;

use super::treebank::Tree;
use crate::{Relation, Upos};

/// A word under a head that is a verb or is not.
type Place = (String, bool);

/// What the treebank taken as model says.
#[derive(Debug, Clone, Default)]
pub struct Harmony {
    words: BTreeMap<Place, BTreeMap<(Upos, Relation), usize>>,
    /// For a function word and the universal relation of its head: the head's full relation.
    subtypes: BTreeMap<(String, &'static str), BTreeMap<Relation, usize>>,
}

fn is_function(upos: Upos) -> bool {
    use Upos::{Adp, Adv, Aux, Cconj, Det, Part, Pron, Sconj};
    matches!(upos, Adp | Adv | Aux | Cconj | Det | Part | Pron | Sconj)
}

fn universal(relation: Relation) -> &'static str {
    relation.name().split(':').next().unwrap_or("")
}

fn place(tree: &Tree, i: usize) -> Place {
    let under_verb = tree.heads[i].is_some_and(|h| tree.tags[h] == Upos::Verb);
    (tree.forms[i].to_lowercase(), under_verb)
}

/// What is counted most, if it is at least five times there and makes up `percent` of all.
fn usual<T: Copy>(counts: &BTreeMap<T, usize>, percent: usize) -> Option<T> {
    let all: usize = counts.values().sum();
    let (found, count) = counts.iter().max_by_key(|(_, n)| **n)?;
    (*count >= 5 && count * 100 >= all * percent).then_some(*found)
}

impl Harmony {
    /// Counts in the treebank taken as model.
    pub fn of(trees: &[Tree]) -> Harmony {
        let mut harmony = Harmony::default();
        for tree in trees {
            for i in 0..tree.forms.len() {
                let said = (tree.tags[i], tree.relations[i]);
                let words = harmony.words.entry(place(tree, i)).or_default();
                *words.entry(said).or_default() += 1;
                if let Some(head) = tree.heads[i].filter(|_| is_function(tree.tags[i])) {
                    let relation = tree.relations[head];
                    let key = (tree.forms[i].to_lowercase(), universal(relation));
                    let subtypes = harmony.subtypes.entry(key).or_default();
                    *subtypes.entry(relation).or_default() += 1;
                }
            }
        }
        harmony
    }

    /// Makes adverbial clauses complements where the word that opens them opens complements in
    /// the treebank taken as model.
    pub fn apply_to_clauses(&self, tree: &mut Tree) {
        for i in 0..tree.forms.len() {
            let Some(head) = tree.heads[i].filter(|_| tree.relations[i] == Relation::Mark) else {
                continue;
            };
            let of = |universal| {
                let counts = self
                    .subtypes
                    .get(&(tree.forms[i].to_lowercase(), universal));
                counts.map_or(0, |c| c.values().sum::<usize>())
            };
            let (complements, adverbials) = (of("ccomp"), of("advcl"));
            let is_complement = complements >= 5 && complements > 2 * adverbials;
            let under_verb = tree.heads[head].is_some_and(|h| tree.tags[h] == Upos::Verb);
            if is_complement && under_verb && tree.relations[head] == Relation::Advcl {
                tree.relations[head] = Relation::Ccomp;
            }
        }
    }

    /// Changes parts of speech and relations of another treebank; heads stay.
    pub fn apply(&self, tree: &mut Tree) {
        for i in 0..tree.forms.len() {
            if tree.heads[i].is_none() || !is_function(tree.tags[i]) {
                continue;
            }
            let known = self.words.get(&place(tree, i));
            if let Some((tag, relation)) = known.and_then(|w| usual(w, 85))
                && is_function(tag)
                && relation != Relation::Root
            {
                (tree.tags[i], tree.relations[i]) = (tag, relation);
            }
        }
        for i in 0..tree.forms.len() {
            let Some(head) = tree.heads[i].filter(|_| is_function(tree.tags[i])) else {
                continue;
            };
            let relation = tree.relations[head];
            let key = (tree.forms[i].to_lowercase(), universal(relation));
            if relation.name() == key.1
                && let Some(subtype) = self.subtypes.get(&key).and_then(|s| usual(s, 60))
            {
                tree.relations[head] = subtype;
            }
        }
    }
}
