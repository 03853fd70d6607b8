//! Tokens and sentences: tables of cases, and what must hold for any text.

#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::sync::LazyLock;

use kronik_lang::{Analysis, Reader};
use kronik_record::Files;
use kronik_text::Span;
use proptest::prelude::*;

static FILES: LazyLock<Files> = LazyLock::new(|| {
    Files::of_checkout(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))).unwrap()
});
static ID: LazyLock<Reader> = LazyLock::new(|| Reader::load(&FILES, "id").unwrap());
static EN: LazyLock<Reader> = LazyLock::new(|| Reader::load(&FILES, "en").unwrap());

fn read(reader: &Reader, text: &str) -> Analysis {
    reader.read(text, &[(0, Span::new(0, text.len()))], None)
}

fn tokens(reader: &Reader, text: &str, wanted: &str) {
    let analysis = read(reader, text);
    let found: Vec<&str> = analysis
        .sentences
        .iter()
        .flat_map(|s| s.tokens.iter().map(|t| t.span.slice(text)))
        .collect();
    assert_eq!(found.join("|"), wanted);
}

/// `marked` holds a `¶` where one sentence ends and the next begins.
fn sentences(reader: &Reader, marked: &str) {
    let text = marked.replace('¶', "");
    let analysis = read(reader, &text);
    let found: Vec<&str> = analysis
        .sentences
        .iter()
        .map(|s| s.span.slice(&text))
        .collect();
    let wanted: Vec<&str> = marked.split('¶').map(str::trim).collect();
    assert_eq!(found, wanted);
}

#[test]
fn indonesian_tokens() {
    let cases = [
        ("Nilainya Rp 1,5 triliun.", "Nilainya|Rp|1,5|triliun|."),
        ("Rp50.000 atau US$2,5 juta", "Rp|50.000|atau|US$|2,5|juta"),
        (
            "pada Rabu (4/12/2024) pukul 20.27 WIB.",
            "pada|Rabu|(|4/12/2024|)|pukul|20.27|WIB|.",
        ),
        ("hari ke-1.003 perang", "hari|ke-1.003|perang"),
        ("rudal Kh-101 milik al-Assad", "rudal|Kh-101|milik|al-Assad"),
        (
            "pengunjuk rasa besar-besaran",
            "pengunjuk|rasa|besar-besaran",
        ),
        ("WARTANUSA.COM menulis", "WARTANUSA.COM|menulis"),
        ("Dr. H. Surya tiba", "Dr.|H.|Surya|tiba"),
        ("dan/atau AS/Rusia 24/7", "dan|/|atau|AS|/|Rusia|24/7"),
        ("hari Jum'at, 75% warga", "hari|Jum'at|,|75|%|warga"),
        ("“Kami siap,” ujarnya.", "“|Kami|siap|,|”|ujarnya|."),
        ("sepanjang 200km jalan", "sepanjang|200|km|jalan"),
    ];
    for (text, wanted) in cases {
        tokens(&ID, text, wanted);
    }
}

#[test]
fn english_tokens() {
    let cases = [
        (
            "Russia's army doesn't move.",
            "Russia|'s|army|does|n't|move|.",
        ),
        ("Kyiv’s mayor can’t say", "Kyiv|’s|mayor|ca|n’t|say"),
        ("cannot", "can|not"),
        (
            "worth $2.85 billion or US$3bn",
            "worth|$|2.85|billion|or|US$|3|bn",
        ),
        ("Rostov-on-Don and O'Brien", "Rostov-on-Don|and|O'Brien"),
        (
            "In the U.S. Army, Lt. Col. J. R. Hill",
            "In|the|U.S.|Army|,|Lt.|Col.|J.|R.|Hill",
        ),
        ("on Jan. 6 at 5 p.m. sharp", "on|Jan.|6|at|5|p.m.|sharp"),
        ("10,000 troops... gone", "10,000|troops|...|gone"),
        ("the soldiers' tents — torn", "the|soldiers|'|tents|—|torn"),
        (
            "see https://news.example/a?b=1, he wrote",
            "see|https://news.example/a?b=1|,|he|wrote",
        ),
        (
            "write to desk@news.example.",
            "write|to|desk@news.example|.",
        ),
        ("It ended.Then it began.", "It|ended|.|Then|it|began|."),
        ("\"'Go,' he said\"", "\"|'|Go|,|'|he|said|\""),
        ("about 400km south", "about|400|km|south"),
        ("e\u{301}tude", "e\u{301}tude"),
    ];
    for (text, wanted) in cases {
        tokens(&EN, text, wanted);
    }
}

#[test]
fn indonesian_sentences() {
    for case in [
        "Rapat dipimpin Dr. Surya.¶ Ia pulang pukul 20.27 WIB.¶ Jumlahnya 1.003 orang.",
        "“Kami siap,” kata Kol. Hadi.¶ Pasukan bergerak.",
        "\"Kami menang. Musuh mundur!\" ujar dia.",
        "\"Kami menang. Musuh mundur,\" ujar dia.¶ Warga bersorak.",
        "Ia bertanya, \"Mengapa?\" lalu pergi.¶ Tidak ada jawaban.",
        "Menlu Rusia Temui Presiden di Ankara",
        "Ia lahir pada 5 Des. 1970 di Jl. Melati No. 7 Bandung.¶ Ayahnya petani.",
        "Beras, gula, dll. dikirim.¶ Bantuan tiba.",
        "Itu benar (baca: Ini salah. Ya.) menurut dia.",
        "Apa?!¶ Itu tidak mungkin.¶ Ya.",
        "Serangan itu terjadi Senin.¶ 24 orang tewas.",
        "1. Gencatan senjata berlaku.¶ 2. Tahanan ditukar.",
        "Perusahaan PT Maju Tbk. mengirim kapal.",
        "Perang usai.¶ \"Akhirnya,\" kata Surya.",
    ] {
        sentences(&ID, case);
    }
}

#[test]
fn english_sentences() {
    for case in [
        "He met Mr. Hill in the U.S. on Jan. 6.¶ The talks failed.",
        "The U.S. Army left the country.¶ The rest stayed.",
        "\"We won.\"¶ He smiled.",
        "\"We won. They lost,\" he said."
            .replace(". They", ".¶ They")
            .as_str(),
        "\"Did they leave?\" she asked.¶ \"No,\" he said.",
        "He came at 5 p.m.¶ The door was shut.",
        "23.05 Fighters have begun to leave the city, an agency reports.",
        "J. R. Hill spoke.¶ He left.",
        "It cost $2.85 billion.¶ Nobody paid.",
        "Prices rose 3.5 percent... and fell.",
        "(Reporting by our staff.)",
        "Rebels free pilot after 19 months",
        "“It is over.”¶ “Is it?”¶ “Yes.”",
        "He joined Acme Inc. in 1999.¶ It grew.",
        "\"We shall act.¶ We shall win.¶ We must,\" he said, \"or die.\"",
    ] {
        sentences(&EN, case);
    }
}

#[test]
fn the_dateline_is_not_read_and_blocks_are_kept_apart() {
    let text = "KOTA, Harian Fajar - Pasukan tiba\nWarga lari";
    let blocks = [(3, Span::new(0, 33)), (4, Span::new(34, text.len()))];
    let analysis = ID.read(text, &blocks, Some(Span::new(0, 20)));
    let found: Vec<(usize, &str)> = analysis
        .sentences
        .iter()
        .map(|s| (s.block, s.span.slice(text)))
        .collect();
    assert_eq!(found, [(3, "Pasukan tiba"), (4, "Warga lari")]);
}

#[test]
fn an_unknown_language_is_read_too() {
    let reader = Reader::load(&FILES, "xx").unwrap();
    let analysis = read(&reader, "Войска вошли. Жители ушли. 軍隊が来た。");
    assert_eq!(analysis.language, "xx");
    assert!(analysis.sentences.len() >= 2);
}

#[test]
fn a_very_long_line_is_cut() {
    let text = "kata, ".repeat(5000);
    let analysis = read(&ID, &text);
    assert!(analysis.sentences.iter().all(|s| s.tokens.len() <= 240));
}

/// Every non-space character outside `skip` is in exactly one token, in order.
fn holds(reader: &Reader, text: &str, blocks: &[(usize, Span)], skip: Option<Span>) {
    let analysis = reader.read(text, blocks, skip);
    let mut at = 0;
    let mut covered = String::new();
    for sentence in &analysis.sentences {
        assert!(!sentence.tokens.is_empty());
        for token in &sentence.tokens {
            let form = token.span.slice(text);
            assert!(!form.is_empty(), "{text:?} {:?}", token.span);
            assert!(token.span.start() >= at);
            assert!(sentence.span.contains(token.span));
            assert!(skip.is_none_or(|s| !s.overlaps(token.span)));
            assert!(token.head.is_none_or(|h| h < sentence.tokens.len()));
            at = token.span.end();
            covered.push_str(form);
        }
    }
    let visible = |s: &str| {
        s.chars()
            .filter(|c| c.is_alphanumeric() || c.is_ascii_punctuation())
            .collect::<String>()
    };
    let mut wanted = String::new();
    for (_, span) in blocks {
        for (i, c) in span.slice(text).char_indices() {
            let at = span.start() + i;
            if skip.is_none_or(|s| at < s.start() || at >= s.end()) {
                wanted.push(c);
            }
        }
    }
    assert_eq!(visible(&covered), visible(&wanted));
}

proptest! {
    #[test]
    fn any_string_is_covered(text in "\\PC*") {
        for reader in [&*ID, &*EN] {
            holds(reader, &text, &[(0, Span::new(0, text.len()))], None);
        }
    }

    #[test]
    fn any_newslike_string_is_covered(
        parts in prop::collection::vec(prop::sample::select(vec![
            "Kata", " ", "\n", ".", "...", "\"", "”", "“", "'s", "n't", "(", ")", "1.003", "Rp", "$", "U.S.",
            "Dr.", "-", "–", "/", "di", "tembak", "menyerang", "nya", ",", "?", "!", "é", "\u{AD}", "a.m.", "@",
            "http://", "&", "ke-", "’", "A", "軍",
        ]), 0..40),
        cut in 0usize..20,
    ) {
        let text = parts.concat();
        let skip = text.char_indices().nth(cut).map(|(at, _)| Span::new(0, at));
        for reader in [&*ID, &*EN] {
            holds(reader, &text, &[(0, Span::new(0, text.len()))], skip);
        }
    }
}
