//! The trainer learns a small made-up language, and the same one twice.

#![cfg(feature = "train")]
#![allow(clippy::unwrap_used)]

use kronik_lang::Pack;
use kronik_lang::syntax::Model;
use kronik_lang::syntax::train::{Settings, Tree, measure, read, train};

/// A sentence of rows `form upos head relation`.
fn sentence(rows: &[[&str; 4]]) -> String {
    let mut text = String::new();
    for (i, [form, upos, head, relation]) in rows.iter().enumerate() {
        let number = i + 1;
        text += &format!("{number}\t{form}\t_\t{upos}\t_\t_\t{head}\t{relation}\t_\t_\n");
    }
    text + "\n"
}

fn treebank(nouns: &[&str], verbs: &[&str]) -> Vec<Tree> {
    let mut text = String::new();
    for (i, noun) in nouns.iter().enumerate() {
        for (j, verb) in verbs.iter().enumerate() {
            let other = nouns[(i + j + 1) % nouns.len()];
            text += &sentence(&[
                [noun, "NOUN", "2", "nsubj"],
                [verb, "VERB", "0", "root"],
                ["ti", "DET", "4", "det"],
                [other, "NOUN", "2", "obj"],
                [".", "PUNCT", "2", "punct"],
            ]);
            text += &sentence(&[
                [noun, "NOUN", "4", "nsubj"],
                ["yo", "PRON", "3", "nsubj"],
                [verb, "VERB", "1", "acl:relcl"],
                [verb, "VERB", "0", "root"],
                [".", "PUNCT", "4", "punct"],
            ]);
        }
    }
    read(&text, &Pack::generic("xx"))
}

#[test]
fn a_made_up_language_is_learnt() {
    let pack = Pack::generic("xx");
    let seen = treebank(&["kato", "mero", "sulo"], &["pitas", "goras", "lumas"]);
    let unseen = treebank(&["velo", "rako"], &["nemas", "vidas"]);
    let settings = Settings {
        width: 3,
        ..Settings::default()
    };
    let bytes = train(&seen, &pack, settings, &mut |_| {});
    let model = Model::load("models/syntax-xx.bin", &bytes).unwrap();
    let figures = measure(&model, &unseen, &pack);
    assert_eq!(figures.words, 40);
    assert_eq!(figures.relations, 40, "{figures}");
    let again = train(&seen, &pack, settings, &mut |_| {});
    assert!(bytes == again, "training is not the same twice");
}

#[test]
fn weights_may_be_few() {
    let pack = Pack::generic("xx");
    let seen = treebank(&["kato", "mero", "sulo"], &["pitas", "goras", "lumas"]);
    let settings = Settings {
        bytes: [300, 1500],
        ..Settings::default()
    };
    let bytes = train(&seen, &pack, settings, &mut |_| {});
    assert!(bytes.len() < 2500, "{}", bytes.len());
    let model = Model::load("models/syntax-xx.bin", &bytes).unwrap();
    assert!(measure(&model, &seen, &pack).heads >= 60);
}
