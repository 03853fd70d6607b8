//! Which language a text is in.
//!
//! Most texts are told by their frequent words, which the language packs list; only where those
//! do not decide is the n-gram detector asked, whose models cost a second to unpack. It is built
//! once, on first use.

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
    by_frequent_words(sample, layout).or_else(|| by_models(sample))
}

/// The language whose frequent words make up a quarter of the text and thrice as much as any
/// other's, if no word tells its nearest relative.
fn by_frequent_words(sample: &str, layout: &Layout) -> Option<String> {
    let words: Vec<String> = sample
        .split(|c: char| !c.is_alphabetic())
        .filter(|w| !w.is_empty())
        .map(str::to_lowercase)
        .collect();
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
