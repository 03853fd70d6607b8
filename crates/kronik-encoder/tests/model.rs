//! Whole models of random numbers: reading never fails, kernels agree, odd texts are read.

#![allow(clippy::unwrap_used)]

mod common;

use kronik_encoder::{Encoded, Encoder, Kernel, Tagged, Text, Word};
use proptest::prelude::*;
use std::sync::LazyLock;

static FILE: LazyLock<Vec<u8>> = LazyLock::new(|| common::model(&common::Shape::small()).finish());
static ENCODER: LazyLock<Encoder> = LazyLock::new(|| Encoder::load(FILE.as_slice()).unwrap());

fn words(text: &str) -> Vec<Word<'_>> {
    let word = |form| Word {
        form,
        space_before: true,
    };
    text.split(' ').map(word).collect()
}

fn encode(encoder: &Encoder, words: &[Word<'_>], breaks: &[usize]) -> Encoded {
    encoder.encode(Text {
        words,
        breaks,
        style: encoder.style("en"),
    })
}

fn read(encoder: &Encoder, encoded: &Encoded, words: &[Word<'_>]) -> Vec<Tagged> {
    let all = 0..words.len();
    let all = std::slice::from_ref(&all);
    let mut sentences = encoder.read(encoded, words, all, encoder.entity_style("en"));
    sentences.pop().unwrap()
}

/// Everything that comes of a text, floats as bits.
fn everything(encoder: &Encoder, words: &[Word<'_>]) -> (Vec<Tagged>, Vec<u32>, Vec<u32>) {
    let encoded = encode(encoder, words, &[]);
    let bits = |values: Vec<f32>| values.into_iter().map(f32::to_bits).collect();
    let tagged = read(encoder, &encoded, words);
    (
        tagged,
        bits(encoder.ends(&encoded)),
        bits(encoder.vector(&encoded)),
    )
}

fn check_analysis(encoder: &Encoder, words: &[Word<'_>], tagged: &[Tagged]) {
    let labels = encoder.labels();
    assert_eq!(tagged.len(), words.len());
    let roots = tagged.iter().filter(|t| t.head == 0).count();
    assert_eq!(roots, usize::from(!words.is_empty()));
    for (tagged, word) in tagged.iter().zip(words) {
        assert!(usize::from(tagged.upos) < labels.upos.len());
        assert!(usize::from(tagged.feats) < labels.feats.len());
        assert!(usize::from(tagged.entity) < labels.ner.len());
        assert!(tagged.head <= words.len());
        assert!(word.form.is_empty() || !tagged.lemma.is_empty());
        let relation = &labels.deprel[usize::from(tagged.relation)];
        assert_eq!(relation == "root", tagged.head == 0);
    }
    for start in 0..tagged.len() {
        let mut at = start + 1;
        for _ in 0..=tagged.len() {
            at = if at == 0 { 0 } else { tagged[at - 1].head };
        }
        assert_eq!(at, 0, "word {start} does not hang from the root");
    }
}

#[test]
fn all_kernels_read_the_same() {
    let text = words("the other kan the makan й 中国 the the r . the other one ran");
    let expected = everything(
        &Encoder::load_for(FILE.as_slice(), Kernel::Portable).unwrap(),
        &text,
    );
    for kernel in Kernel::ALL.into_iter().filter(|k| k.is_available()) {
        let encoder = Encoder::load_for(FILE.clone(), kernel).unwrap();
        assert_eq!(encoder.kernel(), kernel);
        assert_eq!(everything(&encoder, &text), expected, "{kernel:?}");
    }
}

#[test]
fn texts_together_read_as_texts_alone() {
    let long = "the other kan ".repeat(60);
    let texts = [words("the"), words(&long), vec![], words("kan the й .")];
    let text = |words| Text {
        words,
        breaks: &[],
        style: ENCODER.style("id"),
    };
    let together = ENCODER.encode_all(&texts.each_ref().map(|words| text(words)));
    for (encoded, words) in together.iter().zip(&texts) {
        let alone = ENCODER.encode(text(words));
        assert_eq!(ENCODER.vector(encoded), ENCODER.vector(&alone));
        assert_eq!(ENCODER.ends(encoded), ENCODER.ends(&alone));
        assert_eq!(encoded.len(), words.len());
    }
}

#[test]
fn windows_start_at_breaks() {
    // 20 + 20 words, two windows: with a break between them each is read as if alone.
    let first = words("kan the r a n kan the r a n kan the r a n kan the r a n");
    let second = words("the й the й the й the й the й the й the й the й the й the й");
    let both = [first.clone(), second.clone()].concat();
    let ends = ENCODER.ends(&encode(&ENCODER, &both, &[20]));
    let parts = [first, second].map(|words| ENCODER.ends(&encode(&ENCODER, &words, &[])));
    assert_eq!(ends, parts.concat());
}

#[test]
fn styles_change_the_reading() {
    let text = words("the other kan");
    let with = |style| {
        let style = ENCODER.style_named(style).unwrap();
        ENCODER.ends(&ENCODER.encode(Text {
            words: &text,
            breaks: &[],
            style,
        }))
    };
    assert_ne!(with("ewt"), with("csui"));
    assert_eq!(ENCODER.style("id"), ENCODER.style_named("csui").unwrap());
    assert_eq!(ENCODER.style("xx"), ENCODER.style_named("ewt").unwrap());
    assert_eq!(
        ENCODER.entity_style("id"),
        ENCODER.entity_style_named("idner").unwrap()
    );
    assert_eq!(ENCODER.style_named("no such"), None);
}

#[test]
fn vectors_have_length_one() {
    for text in ["the", "the other kan makan"] {
        let vector = ENCODER.vector(&encode(&ENCODER, &words(text), &[]));
        let square: f32 = vector.iter().map(|x| x * x).sum();
        assert!((square - 1.0).abs() < 1e-5, "{text}: {square}");
        assert_eq!(vector.len(), ENCODER.width());
    }
    let nothing = ENCODER.vector(&encode(&ENCODER, &[], &[]));
    assert!(nothing.iter().all(|&x| x == 0.0));
}

#[test]
fn a_sentence_without_end_is_still_one_tree() {
    let text = "the other kan a ".repeat(300);
    let text = words(text.trim_end());
    let encoded = encode(&ENCODER, &text, &[5, 3, 9_000]);
    check_analysis(
        &ENCODER,
        &text[..600],
        &read(&ENCODER, &encoded, &text[..600]),
    );
}

#[test]
fn ranges_are_cut_to_the_text() {
    let text = words("the other kan");
    let encoded = encode(&ENCODER, &text, &[]);
    #[allow(clippy::reversed_empty_ranges)]
    let ranges = [0..2, 1..99, 7..9, 3..3, 2..1];
    let sentences = ENCODER.read(&encoded, &text, &ranges, ENCODER.entity_style("en"));
    let lengths: Vec<usize> = sentences.iter().map(Vec::len).collect();
    assert_eq!(lengths, [2, 2, 0, 0, 0]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn every_text_is_read(
        forms in prop::collection::vec((any::<String>(), any::<bool>()), 0..60),
        breaks in prop::collection::vec(0usize..70, 0..6),
    ) {
        let words: Vec<Word> = forms
            .iter()
            .map(|(form, space_before)| Word { form, space_before: *space_before })
            .collect();
        let encoded = encode(&ENCODER, &words, &breaks);
        prop_assert_eq!(encoded.len(), words.len());
        prop_assert_eq!(ENCODER.ends(&encoded).len(), words.len());
        check_analysis(&ENCODER, &words, &read(&ENCODER, &encoded, &words));
    }
}
