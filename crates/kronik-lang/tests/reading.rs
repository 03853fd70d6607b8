//! What the reader adds to tokens: parts of speech, headwords, headlines in running case.

#![allow(clippy::unwrap_used)]

use std::path::Path;

use kronik_lang::{Analysis, Reader, Upos, Voice};
use kronik_record::Files;
use kronik_text::Span;

fn read(code: &str, text: &str) -> Analysis {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    let reader = Reader::load(&Files::of_checkout(root).unwrap(), code).unwrap();
    let mut at = 0;
    let mut blocks = Vec::new();
    for (i, line) in text.split('\n').enumerate() {
        blocks.push((i, Span::new(at, at + line.len())));
        at += line.len() + 1;
    }
    reader.read(text, &blocks, None)
}

fn lemma_of<'a>(analysis: &'a Analysis, text: &str, form: &str) -> &'a str {
    let tokens = analysis.sentences.iter().flat_map(|s| &s.tokens);
    tokens
        .into_iter()
        .find(|t| t.span.slice(text) == form)
        .map_or("", |t| &t.lemma)
}

#[test]
fn a_headline_is_read_as_running_text() {
    let text = "Sumba Raya Bebaskan Tiga Sandera Usai Perundingan\n\
                Pemerintah Sumba Raya membebaskan tiga sandera pada Senin.";
    let analysis = read("id", text);
    assert_eq!(lemma_of(&analysis, text, "Bebaskan"), "bebas+kan");
    assert_eq!(lemma_of(&analysis, text, "membebaskan"), "bebas+kan");
    assert_eq!(lemma_of(&analysis, text, "Sandera"), "sandera");
    assert_eq!(lemma_of(&analysis, text, "Perundingan"), "perundingan");
    assert_eq!(lemma_of(&analysis, text, "Raya"), "Raya");
}

#[test]
fn passives_by_prefix_have_their_voice() {
    let text = "Desa itu diserang pasukan yang menyerbu dari utara.";
    let analysis = read("id", text);
    let verbs: Vec<(&str, Voice)> = analysis.sentences[0]
        .tokens
        .iter()
        .filter(|t| t.upos == Upos::Verb)
        .map(|t| (t.lemma.as_str(), t.voice))
        .collect();
    assert_eq!(
        verbs,
        [("serang", Voice::Passive), ("serbu", Voice::Active)]
    );
}

#[test]
fn an_acronym_is_no_pronoun() {
    let text = "US troops left us.";
    let analysis = read("en", text);
    let tokens = &analysis.sentences[0].tokens;
    assert_eq!((tokens[0].upos, tokens[3].upos), (Upos::Propn, Upos::Pron));
}
