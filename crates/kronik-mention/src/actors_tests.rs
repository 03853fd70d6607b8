//! Whole texts through the reader: who is found, with which code, under which name.

use std::path::Path;
use std::sync::OnceLock;

use kronik_record::{BlockKind, Files};
use kronik_text::Span;
use proptest::prelude::*;

use crate::{Context, Mentions, Reader};

fn readers() -> &'static [(kronik_lang::Reader, Reader); 2] {
    static READERS: OnceLock<[(kronik_lang::Reader, Reader); 2]> = OnceLock::new();
    READERS.get_or_init(|| {
        let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
        let files = Files::of_checkout(root).unwrap();
        ["id", "en"].map(|code| {
            let lang = kronik_lang::Reader::load(&files, code).unwrap();
            (lang, Reader::load(&files, code).unwrap())
        })
    })
}

pub(crate) fn read(language: usize, text: &str) -> Mentions {
    let (lang, reader) = &readers()[language];
    let mut blocks = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let span = Span::new(at, at + line.trim_end().len());
        at += line.len();
        if !span.is_empty() {
            blocks.push((BlockKind::Paragraph, span));
        }
    }
    let numbered: Vec<(usize, Span)> = blocks.iter().enumerate().map(|(i, b)| (i, b.1)).collect();
    let analysis = lang.read(text, &numbered, None);
    let context = Context {
        published: "2024-12-05".parse().ok(),
        outlet_country: None,
        blocks,
    };
    reader.read(text, &analysis, &context)
}

/// Every wanted `words = code` must be a mention; `name` after a second `=`.
fn check(language: usize, text: &str, wanted: &[&str]) {
    let mentions = read(language, text);
    let shown: Vec<String> = mentions
        .actors
        .iter()
        .map(|m| {
            let code = m
                .code
                .clone()
                .or_else(|| m.guess.clone().map(|g| format!("?{g}")));
            format!(
                "{}={}={}",
                m.span.slice(text),
                code.unwrap_or_default(),
                m.name
            )
        })
        .collect();
    for want in wanted {
        let hit = shown
            .iter()
            .any(|s| s == want || s.starts_with(&format!("{want}=")));
        assert!(hit, "{want} is not in {shown:#?} of {text}");
    }
}

fn check_places(language: usize, text: &str, wanted: &[&str]) {
    let mentions = read(language, text);
    let shown: Vec<String> = mentions
        .places
        .iter()
        .map(|p| {
            format!(
                "{}={}={}",
                p.span.slice(text),
                p.country.clone().unwrap_or_default(),
                p.precision
            )
        })
        .collect();
    for want in wanted {
        assert!(
            shown.iter().any(|s| s == want),
            "{want} is not in {shown:?} of {text}"
        );
    }
}

#[test]
fn indonesian_actors() {
    let check = |text: &str, wanted: &[&str]| check(0, text, wanted);
    check("Pasukan Rusia memasuki desa itu.", &["Pasukan Rusia=RUS"]);
    check(
        "Serangan dibantah kementerian pertahanan Rusia.",
        &["kementerian pertahanan Rusia=RUS"],
    );
    check(
        "Presiden Ukraina Volodymyr Zelensky berpidato.",
        &["Presiden Ukraina Volodymyr Zelensky=UKR=Volodymyr Zelensky"],
    );
    check(
        "Menlu Turki Hakan Fidan tiba.",
        &["Menlu Turki Hakan Fidan=TUR=Hakan Fidan"],
    );
    check(
        "Juru bicara Kremlin Dmitry Peskov membantah.",
        &["Juru bicara Kremlin Dmitry Peskov=RUS=Dmitry Peskov"],
    );
    check(
        "Rutte memperingatkan.\nSekretaris Jenderal NATO Mark Rutte berbicara.",
        &["Rutte=NATO=Mark Rutte"],
    );
    check(
        "Pasukan Dukungan Cepat (RSF) menyerang. RSF membantah.",
        &["RSF=RSF=Pasukan Dukungan Cepat"],
    );
    check(
        "Amerika Serikat (AS) menolak. AS menunggu.",
        &["AS=USA=Amerika Serikat"],
    );
    check("Rudal Iran jatuh di laut.", &["Rudal Iran=IRN"]);
    check("Moskow menuduh Kyiv.", &["Moskow=RUS", "Kyiv=UKR"]);
    check(
        "Polisi Georgia menangkap pengunjuk rasa.",
        &["Polisi Georgia=GEO", "pengunjuk rasa=?GEO"],
    );
    check("Putin berbicara. Ia menolak usul itu.", &["Ia=?RUS=Putin"]);
    check(
        "Kelompok bersenjata menyerang pos TNI.",
        &["Kelompok bersenjata=?UNK", "TNI=IDN"],
    );
    check(
        "Pemerintahan Joe Biden mengirim bantuan.",
        &["Pemerintahan Joe Biden=USA"],
    );
}

#[test]
fn english_actors() {
    let check = |text: &str, wanted: &[&str]| check(1, text, wanted);
    check(
        "Russian forces entered the village.",
        &["Russian forces=RUS"],
    );
    check("Ukraine's military said so.", &["Ukraine's military=UKR"]);
    check(
        "It was denied by Russia's defence ministry.",
        &["Russia's defence ministry=RUS=Russia's defence ministry"],
    );
    check(
        "NATO Secretary General Mark Rutte spoke. Later Rutte left.",
        &["Rutte=NATO=Mark Rutte"],
    );
    check(
        "French Foreign Minister Catherine Colonna and her German counterpart Annalena Baerbock met.",
        &[
            "French Foreign Minister Catherine Colonna=FRA",
            "Annalena Baerbock=DEU",
        ],
    );
    check(
        "The president of Ukraine left.",
        &["president of Ukraine=UKR"],
    );
    check(
        "The Rapid Support Forces (RSF) attacked. The RSF denied it.",
        &["RSF=RSF=Rapid Support Forces"],
    );
    check(
        "Police in Tbilisi arrested protesters. Georgia was quiet.",
        &["protesters=?GEO"],
    );
    check(
        "U.S. officials and the White House agreed.",
        &["U.S. officials=USA", "White House=USA"],
    );
    check(
        "The Trump administration objected.",
        &["Trump administration=USA"],
    );
    check(
        "Hamas leader Yahya Sinwar was killed.",
        &["Hamas leader Yahya Sinwar=Hamas=Yahya Sinwar"],
    );
    check(
        "The ICC ruled. The court said Israel may appeal.",
        &["ICC=ICC", "Israel=ISR"],
    );
    check("Israeli drones hit a car.", &["Israeli drones=ISR"]);
}

#[test]
fn places_are_found() {
    check_places(
        0,
        "Desa Dalem di wilayah Donetsk direbut Rusia.",
        &["Donetsk=UKR=4"],
    );
    check_places(0, "Ledakan terjadi di Kyiv.", &["Kyiv=UKR=1"]);
    check_places(
        0,
        "Kapal itu berlayar di Laut China Selatan.",
        &["Laut China Selatan==7"],
    );
    check_places(
        0,
        "Serangan ke Israel selatan berlanjut.",
        &["Israel selatan=ISR=6"],
    );
    check_places(
        1,
        "A blast hit Kharkiv in Ukraine.",
        &["Kharkiv=UKR=1", "Ukraine=UKR=6"],
    );
    check_places(1, "They met at the White House.", &["White House=USA=1"]);
    check_places(1, "Fighting raged in Darfur.", &["Darfur=SDN=4"]);
    let mentions = read(1, "Nice words of Reading are of no use.");
    assert!(mentions.places.is_empty(), "{:?}", mentions.places);
}

#[test]
fn a_capital_behind_a_preposition_is_no_actor() {
    let mentions = read(1, "The minister flew to Moscow.");
    assert!(mentions.actors.iter().all(|m| m.name != "Moscow"));
    assert_eq!(mentions.places.len(), 1);
}

proptest! {
    #[test]
    fn spans_cover_their_tokens_and_never_overlap(
        words in proptest::collection::vec("Russia|Putin|troops|the|'s|of|\\(RSF\\)|Kyiv|in|and|Abu|\\.|\"|he|group|président|Ünal", 0..30),
        language in 0usize..2,
    ) {
        let text = words.join(" ");
        let mentions = read(language, &text);
        let mut last = (0, 0);
        for m in &mentions.actors {
            prop_assert!(!m.span.slice(&text).is_empty());
            prop_assert!(m.tokens.0 <= m.head && m.head < m.tokens.1);
            prop_assert!(m.sentence > last.0 || m.tokens.0 >= last.1);
            last = (m.sentence, m.tokens.1);
        }
        for p in &mentions.places {
            prop_assert!(!p.span.slice(&text).is_empty());
        }
    }

    #[test]
    fn no_string_makes_it_panic(text in "\\PC{0,120}", language in 0usize..2) {
        read(language, &text);
    }
}
