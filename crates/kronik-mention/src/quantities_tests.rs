//! Cases of [`QuantityLexicon`](crate::QuantityLexicon) from `languages/*/cases/quantities.tsv`, and
//! what holds of any string and any number.

use std::path::Path;
use std::sync::LazyLock;

use kronik_lang::Analysis;
use kronik_record::Files;
use kronik_record::table::Table;
use kronik_text::Span;

use crate::times_tests::sentence;
use crate::{Bound, QuantityLexicon, QuantityMention};

static FILES: LazyLock<Files> = LazyLock::new(|| {
    Files::of_checkout(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))).unwrap()
});

static LEXICONS: LazyLock<[QuantityLexicon; 2]> =
    LazyLock::new(|| ["id", "en"].map(|code| QuantityLexicon::load(&FILES, code).unwrap()));

fn shown(quantity: &QuantityMention) -> String {
    let QuantityMention { value, unit, .. } = quantity;
    match (quantity.bound, quantity.high) {
        (Bound::Range, Some(high)) => format!("{value}-{high} {unit}"),
        (bound, _) => {
            let mark = match bound {
                Bound::More => ">",
                Bound::AtLeast => ">=",
                Bound::Less => "<",
                Bound::AtMost => "<=",
                Bound::About => "~",
                Bound::Exact | Bound::Range => "",
            };
            format!("{mark}{value} {unit}")
        }
    }
}

/// Reads the sentences of `text` (separated by two bars) one after the other.
fn read(lexicon: &QuantityLexicon, text: &str) -> Vec<QuantityMention> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for part in text.split(" || ") {
        let span = Span::new(start, start + part.len());
        sentences.push(sentence(text, span, 0));
        start = span.end() + " || ".len();
    }
    let analysis = Analysis {
        language: String::new(),
        sentences,
    };
    lexicon.find_all(text, &analysis)
}

/// Every row of `languages/CODE/cases/quantities.tsv`; all that are read otherwise are listed.
fn check(code: &str, at_least: usize) {
    let path = format!("languages/{code}/cases/quantities.tsv");
    let table = Table::load(&FILES, &path, &["text", "read"]).unwrap();
    let lexicon = &LEXICONS[usize::from(code == "en")];
    let mut wrong = Vec::new();
    let mut cases = 0;
    for row in table.rows() {
        let (text, expected) = (row.need("text").unwrap(), row.get("read"));
        let found = read(lexicon, text);
        for quantity in &found {
            assert!(!quantity.span.slice(text).is_empty(), "{text}");
        }
        let found: Vec<_> = found.iter().map(shown).collect();
        let found = found.join("; ");
        if found != expected {
            wrong.push(format!("{text}\n   found {found:?}\n   not   {expected:?}"));
        }
        cases += 1;
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert!(cases >= at_least, "only {cases} cases");
}

#[test]
fn indonesian() {
    check("id", 190);
}

#[test]
fn english() {
    check("en", 150);
}

#[test]
fn spans_run_from_the_bound_to_the_noun() {
    let text = "It sent more than 450 Chadian servicemen there.";
    let found = LEXICONS[1].find(text, 0, &sentence(text, Span::new(0, text.len()), 0));
    assert_eq!(
        found[0].span.slice(text),
        "more than 450 Chadian servicemen"
    );
}

#[test]
fn what_was_done_is_kept_with_its_words() {
    let text = "Sebanyak 40 orang yang ditahan akan dibebaskan.";
    let found = read(&LEXICONS[0], text);
    let fates: Vec<_> = found[0]
        .fates
        .iter()
        .map(|f| (f.span.slice(text), f.unit.as_str()))
        .collect();
    assert_eq!(
        fates,
        [("ditahan", "arrested"), ("dibebaskan", "prisoners")]
    );
    assert_eq!(found[0].noun.as_deref(), Some("people"));
}

const UNITS_ID: [&str; 10] = [
    "", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan",
];

/// A number below 1000 in Indonesian words.
fn hundreds_id(n: u64) -> String {
    let (hundreds, rest) = (n / 100, (n % 100) as usize);
    let mut words = Vec::new();
    match hundreds {
        0 => {}
        1 => words.push("seratus".to_string()),
        h => words.push(format!("{} ratus", UNITS_ID[h as usize])),
    }
    match rest {
        0 => {}
        1..10 => words.push(UNITS_ID[rest].to_string()),
        10 => words.push("sepuluh".to_string()),
        11 => words.push("sebelas".to_string()),
        12..20 => words.push(format!("{} belas", UNITS_ID[rest - 10])),
        _ => words.push(format!(
            "{} puluh {}",
            UNITS_ID[rest / 10],
            UNITS_ID[rest % 10]
        )),
    }
    words.join(" ").trim().to_string()
}

/// A number below 1000 in English words.
fn hundreds_en(n: u64) -> String {
    const SMALL: [&str; 20] = [
        "",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 10] = [
        "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
    ];
    let (hundreds, rest) = ((n / 100) as usize, (n % 100) as usize);
    let small = match rest {
        0..20 => SMALL[rest].to_string(),
        _ if rest % 10 == 0 => TENS[rest / 10].to_string(),
        _ => format!("{}-{}", TENS[rest / 10], SMALL[rest % 10]),
    };
    match (hundreds, small.is_empty()) {
        (0, _) => small,
        (h, true) => format!("{} hundred", SMALL[h]),
        (h, false) => format!("{} hundred and {small}", SMALL[h]),
    }
}

/// `n` in words: Indonesian (0) or English (1).
fn in_words(n: u64, language: usize) -> String {
    let scales = [
        ["triliun", "miliar", "juta", "ribu", ""],
        ["trillion", "billion", "million", "thousand", ""],
    ];
    let mut words = Vec::new();
    for (i, scale) in scales[language].iter().enumerate() {
        let group = n / 1000_u64.pow(4 - i as u32) % 1000;
        if group == 0 {
            continue;
        }
        if language == 0 && group == 1 && *scale == "ribu" {
            words.push("seribu".to_string());
            continue;
        }
        let small = if language == 0 {
            hundreds_id(group)
        } else {
            hundreds_en(group)
        };
        words.push(format!("{small} {scale}"));
    }
    words.join(" ").trim().to_string()
}

#[test]
fn numbers_in_words_are_read_back() {
    for n in (1..3000).chain([
        10_010,
        111_111,
        1_001_001,
        999_999_999_999,
        1_000_000_000_000,
    ]) {
        for (language, noun) in [(0, "rudal"), (1, "missiles")] {
            let text = format!("{} {noun}", in_words(n, language));
            let found = read(&LEXICONS[language], &text);
            let values: Vec<f64> = found.iter().map(|q| q.value).collect();
            assert_eq!(values, [n as f64], "{text}");
        }
    }
}

proptest::proptest! {
    #[test]
    fn any_number_in_words_is_read_back(n in 1_u64..=1_000_000_000_000) {
        for (language, noun) in [(0, "rudal"), (1, "missiles")] {
            let text = format!("{} {noun}", in_words(n, language));
            let found = read(&LEXICONS[language], &text);
            proptest::prop_assert_eq!(found.len(), 1, "{}", text);
            proptest::prop_assert_eq!(found[0].value, n as f64, "{}", text);
            proptest::prop_assert_eq!(found[0].span, Span::new(0, text.len()));
        }
    }

    #[test]
    fn digits_are_read_in_the_marks_of_the_language(n in 1000_u64..=1_000_000_000_000) {
        for (language, mark, noun) in [(0, '.', "rudal"), (1, ',', "missiles")] {
            let mut digits = String::new();
            for (i, digit) in n.to_string().chars().rev().enumerate() {
                if i > 0 && i % 3 == 0 {
                    digits.insert(0, mark);
                }
                digits.insert(0, digit);
            }
            let text = format!("{digits} {noun}");
            let found = read(&LEXICONS[language], &text);
            proptest::prop_assert_eq!(found.len(), 1, "{}", text);
            proptest::prop_assert_eq!(found[0].value, n as f64, "{}", text);
        }
    }

    #[test]
    fn any_string_is_read(text in "(\\PC|[0-9]{1,4}|[-/.,%$ ]|juta|hundred|dan|and|tewas|killed|orang|people|of|dari|Rp|a third of|setengah|per hari|including|lebih|ago| \\|\\| ){0,40}") {
        for lexicon in LEXICONS.iter() {
            let mut before = 0;
            for quantity in read(lexicon, &text) {
                proptest::prop_assert!(!quantity.span.slice(&text).is_empty());
                proptest::prop_assert!(quantity.span.start() >= before, "{text}");
                proptest::prop_assert!(quantity.value >= 0.0);
                proptest::prop_assert!(quantity.high.is_none_or(|high| high > quantity.value));
                for fate in &quantity.fates {
                    proptest::prop_assert!(!fate.span.slice(&text).is_empty());
                }
                before = quantity.span.end();
            }
        }
    }
}
