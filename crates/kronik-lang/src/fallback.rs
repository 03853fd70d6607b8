//! Parts of speech without a trained model: the pack's tables, then the shape of the word.
//!
//! There is no syntax here: each token hangs on the one before it.

use crate::analysis::{Relation, Upos};
use crate::derivation::Category;
use crate::pack::Pack;
use crate::words::Node;

/// Guesses for the tokens of one sentence.
pub(crate) fn parse(forms: &[&str], pack: &Pack) -> Vec<Node> {
    forms
        .iter()
        .enumerate()
        .map(|(i, form)| Node {
            upos: guess(form, i == 0, pack),
            head: i.checked_sub(1),
            relation: if i == 0 {
                Relation::Root
            } else {
                Relation::Dep
            },
        })
        .collect()
}

fn guess(form: &str, first: bool, pack: &Pack) -> Upos {
    let Some(c) = form.chars().next() else {
        return Upos::X;
    };
    if c.is_numeric() {
        return Upos::Num;
    }
    if !form.chars().any(char::is_alphanumeric) {
        let symbol = matches!(c, '$' | '%' | '€' | '£' | '+' | '=' | '°');
        return if symbol { Upos::Sym } else { Upos::Punct };
    }
    if let Some(word) = pack.words(form).first()
        && (first || !c.is_uppercase())
    {
        return word.upos;
    }
    let lower = form.to_lowercase();
    let acronym = form.chars().count() > 1 && form.chars().all(char::is_uppercase);
    if acronym || c.is_uppercase() && !(first && pack.knows(&lower)) {
        return Upos::Propn;
    }
    if let Some(derivation) = pack.derivation(&lower, Upos::Verb)
        && (derivation.is_surely_verb()
            || derivation.known && derivation.category == Category::Accidental)
    {
        return Upos::Verb;
    }
    pack.class_by_ending(&lower).unwrap_or(Upos::Noun)
}
