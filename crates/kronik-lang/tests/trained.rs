//! The whole way with a model of random numbers: what it says is nonsense, but it must become
//! whole sentences, trees and names in the right places.

#![allow(clippy::unwrap_used)]

#[path = "../../kronik-encoder/tests/common/mod.rs"]
mod common;

use std::path::Path;
use std::sync::LazyLock;

use kronik_lang::{Analysis, EntityKind, GivenToken, Reader, Sentence, Trained, Upos, conllu};
use kronik_record::Files;
use kronik_text::{CharIndex, Span};
use proptest::prelude::*;

/// The checkout's packs with a random model.
static FILES: LazyLock<Files> = LazyLock::new(|| files(&common::model(&small())));
static READERS: LazyLock<Vec<Reader>> = LazyLock::new(|| {
    let model = Trained::load(&FILES).unwrap();
    let reader = |code| Reader::with_model(&FILES, code, model.clone()).unwrap();
    ["en", "id", "fr"].map(reader).into()
});

fn small() -> common::Shape {
    common::Shape::small()
}

fn files(model: &common::Writer) -> Files {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    let mut files = Files::new();
    files
        .overlay(&root.join("languages"), "languages/")
        .unwrap();
    files.insert_bytes("models/encoder.safetensors", model.finish());
    files
}

fn read(reader: &Reader, text: &str) -> Analysis {
    reader.read(text, &[(0, Span::new(0, text.len()))], None)
}

/// Everything that must hold for an analysis whatever the model says.
fn sound(text: &str, analysis: &Analysis) {
    let index = CharIndex::new(text);
    let mut at = 0;
    for sentence in &analysis.sentences {
        assert!(sentence.span.start() >= at);
        at = sentence.span.end();
        one_root(sentence.tokens.iter().map(|t| t.head).collect());
        one_root(sentence.words.iter().map(|w| w.head).collect());
        for word in &sentence.words {
            let token = sentence.tokens[word.token].span;
            assert!(token.start() <= word.span.start() && word.span.end() <= token.end());
            assert!(!word.lemma.is_empty() && !word.relation.is_empty());
        }
        let mut out = String::new();
        conllu::write(&mut out, text, &index, sentence, "s", &[]);
        for line in out.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
            assert_eq!(line.split('\t').count(), 10, "{line}");
        }
        for name in sentence.names() {
            assert!(name.tokens.start < name.tokens.end);
            assert!(name.tokens.end <= sentence.tokens.len());
            let (first, last) = (name.tokens.start, name.tokens.end - 1);
            assert!(sentence.tokens[first].span.overlaps(name.span));
            assert!(sentence.tokens[last].span.overlaps(name.span));
        }
    }
}

fn one_root(heads: Vec<Option<usize>>) {
    assert_eq!(heads.iter().filter(|h| h.is_none()).count(), 1);
    for start in 0..heads.len() {
        let (mut at, mut steps) = (start, 0);
        while let Some(head) = heads[at] {
            at = head;
            steps += 1;
            assert!(steps <= heads.len());
        }
    }
}

const TEXT: &str = "The ministers met in Northport. They'll meet again, said one; the other's \
                    silent. \"It began,\" he said. Nobody knows.";

#[test]
fn every_language_is_read_with_the_model() {
    for reader in READERS.iter() {
        let analysis = read(reader, TEXT);
        sound(TEXT, &analysis);
        let words: usize = analysis.sentences.iter().map(|s| s.words.len()).sum();
        assert!(words > 20);
        assert_eq!(format!("{analysis:?}"), format!("{:?}", read(reader, TEXT)));
    }
}

/// The small model with heads that always say the same.
fn settled(change: impl Fn(&mut common::Writer)) -> Reader {
    let mut model = common::model(&small());
    change(&mut model);
    Reader::load(&files(&model), "en").unwrap()
}

#[test]
fn the_model_says_where_sentences_end() {
    let always = settled(|model| model.f32s("head.end.b", &[1], &[1e6]));
    let analysis = read(&always, "It began. Nobody knows");
    let count = analysis.sentences.len();
    assert_eq!(count, 5, "each token is a sentence: {analysis:?}");
    let never = settled(|model| model.f32s("head.end.b", &[1], &[-1e6]));
    let text = "It began. Nobody knows.\n\nIt goes on.";
    let sentences = read(&never, text).sentences;
    let found: Vec<&str> = sentences.iter().map(|s| s.span.slice(text)).collect();
    assert_eq!(found, ["It began. Nobody knows.", "It goes on."]);
}

#[test]
fn parts_of_speech_and_names_come_from_the_model() {
    let reader = settled(|model| {
        model.f32s("head.end.b", &[1], &[-1e6]);
        let mut upos = vec![0.0; common::UPOS.len()];
        upos[2] = 1e6;
        model.f32s("head.upos.b", &[upos.len()], &upos);
        // All words are inside organisations; rules of the scheme make it one name.
        let mut names = vec![0.0; common::NER.len()];
        names[6] = 1e6;
        model.f32s("head.ner.uner.b", &[names.len()], &names);
    });
    let text = "Bank of Northport's chair";
    let analysis = read(&reader, text);
    sound(text, &analysis);
    let sentence = &analysis.sentences[0];
    assert!(sentence.tokens.iter().all(|t| t.upos == Upos::Propn));
    let names = sentence.names();
    assert_eq!(names.len(), 1);
    assert_eq!(names[0].kind, EntityKind::Organisation);
    assert_eq!(names[0].span.slice(text), text);
    assert_eq!(names[0].tokens, 0..sentence.tokens.len());
}

#[test]
fn given_words_stay_as_they_are() {
    let text = "du vent";
    let token = |start, end, words: &[&str]| GivenToken {
        span: Span::new(start, end),
        words: words.iter().map(|w| w.to_string()).collect(),
    };
    let given = vec![token(0, 2, &["de", "le"]), token(3, 7, &[])];
    let analysis = READERS[2].read_given(text, &[given]);
    let words = &analysis.sentences[0].words;
    let forms: Vec<&str> = words.iter().map(|w| w.form(text)).collect();
    assert_eq!(forms, ["de", "le", "vent"]);
    sound(text, &analysis);
}

#[test]
fn a_model_has_styles() {
    let model = Trained::load(&FILES).unwrap().unwrap();
    assert_eq!(model.styles(), ["none", "ewt", "csui"]);
    assert!(model.in_style("csui").is_some());
    assert!(model.in_style("other").is_none());
}

#[test]
fn a_broken_model_is_an_error() {
    let mut files = Files::new();
    files.insert_bytes("models/encoder.safetensors", vec![1; 64]);
    let error = Trained::load(&files).unwrap_err().to_string();
    assert!(error.starts_with("models/encoder.safetensors: "), "{error}");
}

#[test]
fn vectors_are_of_length_one_and_do_not_depend_on_neighbours() {
    let reader = &READERS[0];
    let analysis = read(reader, TEXT);
    let each: Vec<&[Sentence]> = analysis.sentences.chunks(1).collect();
    let vectors = reader.vectors(TEXT, &each);
    assert_eq!(vectors.len(), each.len());
    for (sentence, vector) in each.iter().zip(&vectors) {
        assert_eq!(
            &reader.vectors(TEXT, &[sentence]),
            std::slice::from_ref(vector)
        );
        let square: f32 = vector.iter().map(|x| x * x).sum();
        assert!((square - 1.0).abs() < 1e-4);
    }
    assert_eq!(reader.vectors(TEXT, &[&analysis.sentences]).len(), 1);
    assert_eq!(reader.vectors(TEXT, &[&[]]), [vec![0.0; 32]]);
}

proptest! {
    #[test]
    fn any_text_gives_sound_analyses(text in "([a-zA-Zéа-я中'.,!?\"()\\-0-9$]{0,9}[ \n]{0,2}){0,60}") {
        for reader in READERS.iter() {
            sound(&text, &read(reader, &text));
        }
    }

    #[test]
    fn any_string_gives_sound_analyses(text in "\\PC{0,80}") {
        sound(&text, &read(&READERS[1], &text));
    }
}
