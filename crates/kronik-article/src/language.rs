//! Which language a text is in.
//!
//! Most texts are told by their frequent words, which the language packs list; only where those
//! do not decide is the n-gram detector asked, which is built once, on first use. Its models
//! for these twelve languages are mapped with the program and add 45 MB to it and no time to its start.

use std::sync::OnceLock;

use lingua::{Language, LanguageDetector, LanguageDetectorBuilder};

use crate::layout::Layout;

/// As much of the text as is looked at, in characters.
const LOOKED_AT: usize = 500;

static DETECTOR: OnceLock<LanguageDetector> = OnceLock::new();

/// The ISO 639-1 code of the text's language; `None` if it cannot be told.
pub(crate) fn language(text: &str, layout: &Layout) -> Option<String> {
    let end = text
        .char_indices()
        .nth(LOOKED_AT)
        .map_or(text.len(), |(at, _)| at);
    let sample = &text[..end];
    let words: Vec<String> = sample
        .split(|c: char| !c.is_alphabetic())
        .filter(|w| !w.is_empty())
        .map(str::to_lowercase)
        .collect();
    by_frequent_words(&words, layout)
        .or_else(|| by_models(sample).map(|code| rather_than_relative(code, &words, layout)))
}

/// A pack's language in place of its relative, which the models cannot keep apart in a text full
/// of foreign names, where no word speaks for the relative.
fn rather_than_relative(code: String, words: &[String], layout: &Layout) -> String {
    let mut packs = layout.frequent.iter();
    let pack = packs.find(|(_, frequent)| {
        let common = words
            .iter()
            .filter(|w| frequent.common.contains(*w))
            .count();
        frequent.relatives.contains(&code)
            && common * 12 >= words.len()
            && !words.iter().any(|w| frequent.foreign.contains(w))
    });
    pack.map_or(code, |(own, _)| own.clone())
}

/// The language whose frequent words make up a sixth of the text and thrice as much as any
/// other's, if no word tells its nearest relative.
fn by_frequent_words(words: &[String], layout: &Layout) -> Option<String> {
    if words.len() < 20 {
        return None;
    }
    let mut counts: Vec<(usize, &str, bool)> = layout
        .frequent
        .iter()
        .map(|(code, frequent)| {
            let count = words
                .iter()
                .filter(|w| frequent.common.contains(*w))
                .count();
            let foreign = words.iter().any(|w| frequent.foreign.contains(w));
            (count, code.as_str(), foreign)
        })
        .collect();
    counts.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
    let (best, code, foreign) = counts.first().copied()?;
    let second = counts.get(1).map_or(0, |c| c.0);
    (!foreign && best * 6 >= words.len() && best >= second * 3).then(|| code.to_string())
}

fn by_models(sample: &str) -> Option<String> {
    let letters = sample.chars().filter(|c| c.is_alphabetic()).count();
    if letters < 12 {
        return None;
    }
    let detector = DETECTOR.get_or_init(|| {
        LanguageDetectorBuilder::from_languages(&[
            Language::Arabic,
            Language::English,
            Language::French,
            Language::German,
            Language::Indonesian,
            Language::Malay,
            Language::Portuguese,
            Language::Russian,
            Language::Spanish,
            Language::Tagalog,
            Language::Turkish,
            Language::Ukrainian,
        ])
        .build()
    });
    detector
        .detect_language_of(sample)
        .map(|l| l.iso_code_639_1().to_string())
}
