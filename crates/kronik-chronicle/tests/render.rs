//! What a reader sees in the four formats.

#![allow(clippy::unwrap_used)]

mod records;

use std::path::Path;

use kronik_chronicle::render::{Style, html, json, markdown, text};
use kronik_chronicle::{Chronicle, Options, Wars, Words};
use kronik_record::Files;
use kronik_text::CharSpan;
use proptest::prelude::*;
use records::{Made, night};

fn files() -> Files {
    Files::of_checkout(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))).unwrap()
}

fn build(made: &Made, language: &str) -> (Chronicle, Words) {
    let war = Wars::load(&files())
        .unwrap()
        .get("russia-ukraine")
        .unwrap()
        .clone();
    let options = Options {
        language: Some(language.into()),
        war: Some(war),
    };
    let chronicle = Chronicle::build(&made.articles, &made.statements, &made.events, &options);
    (chronicle, Words::load(&files(), language).unwrap())
}

#[test]
fn every_format_tells_who_what_whom_when_where_and_who_says_so() {
    let check = |language: &str, told: &[&str]| {
        let (chronicle, words) = build(&night(), language);
        for page in [
            text(&chronicle, &words, &Style::plain(400)),
            markdown(&chronicle, &words),
            html(&chronicle, &words),
            json(&chronicle, &words),
        ] {
            for part in told {
                assert!(page.contains(part), "{part:?} is not in\n{page}");
            }
        }
    };
    check(
        "id",
        &[
            "Rusia menyerang Ukraina dengan drone di Kharkiv",
            "kata Oleh Syniehubov (Ukraina), seperti diberitakan Kantor Berita Satu, di Kabar Pagi",
            "dibantah Moskow (Rusia)",
            "Andrij Contoh (Ukraina) akan mengunjungi Turki",
            "Rabu, 4 Desember 2024",
            "semuanya berasal dari Oleh Syniehubov",
        ],
    );
    check(
        "en",
        &[
            "Russia attacked Ukraine with drones in Kharkiv",
            "said Oleh Syniehubov (Ukraine), as reported by Kantor Berita Satu, in Kabar Pagi",
            "denied by Moskow (Russia)",
            "Andrij Contoh (Ukraine) to visit Turkey",
            "Wednesday, 4 December 2024",
        ],
    );
}

#[test]
fn days_of_the_war_are_numbered_and_other_ways_of_counting_are_told() {
    let mut made = night();
    for article in &mut made.articles {
        article.outlet_domain = Some("aljazeera.com".into());
    }
    let (chronicle, words) = build(&made, "en");
    let page = text(&chronicle, &words, &Style::plain(200));
    assert!(
        page.contains("day 1016 of the Russia–Ukraine war"),
        "{page}"
    );
    assert!(
        page.contains("counts the days that have passed: day 1015."),
        "{page}"
    );
}

#[test]
fn lines_of_a_terminal_are_not_wider_than_asked() {
    let (chronicle, words) = build(&night(), "id");
    for width in [40, 72, 100] {
        let page = text(&chronicle, &words, &Style::plain(width));
        for line in page.lines() {
            let one_word = line.split_whitespace().count() <= 1;
            assert!(one_word || line.chars().count() <= width, "{width}: {line}");
        }
    }
    let coloured = text(&chronicle, &words, &Style::ansi(72));
    assert!(coloured.contains("\u{1b}[1m") && !coloured.contains("\u{1b}[1m\n"));
}

#[test]
fn nothing_an_article_prints_becomes_markup() {
    let mut made = night();
    for (event, evil) in made.events.iter_mut().zip([
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "\u{1b}]0;title\u{7}[x](javascript:alert(1))",
        "* _a_ `b`",
        "</style>",
    ]) {
        event.evidence.text = evil.into();
        event.actors[0].name = evil.into();
        event.actors[0].code = None;
    }
    for article in &mut made.articles {
        article.title = Some("</title><script>".into());
        article.outlet = Some("<b>&'\"".into());
        article.url = Some("javascript:alert(1)".into());
    }
    let (chronicle, words) = build(&made, "en");
    let page = html(&chronicle, &words);
    for forbidden in [
        "<script",
        "<img",
        "<b>",
        "javascript:alert(1)\"",
        "\u{1b}",
        "\u{7}",
    ] {
        assert!(!page.contains(forbidden), "{forbidden}");
    }
    assert_eq!(page.matches("</style>").count(), 1);
    let page = markdown(&chronicle, &words);
    for forbidden in ["<script", "<img", "[x](javascript", "\u{1b}"] {
        assert!(!page.contains(forbidden), "{forbidden}\n{page}");
    }
    assert!(!text(&chronicle, &words, &Style::plain(80)).contains('\u{1b}'));
}

#[test]
fn html_is_one_page_that_needs_nothing_else() {
    let (chronicle, words) = build(&night(), "id");
    let page = html(&chronicle, &words);
    for part in [
        "<html lang=\"id\">",
        "<mark>menyerang</mark>",
        "<details>",
        "prefers-color-scheme",
        "@media print",
    ] {
        assert!(page.contains(part), "{part}");
    }
    for part in ["<script", "<link", "src=", "@import", "url("] {
        assert!(!page.contains(part), "{part}");
    }
    for tag in [
        "section", "article", "details", "figure", "ul", "ol", "li", "p", "h4", "div", "dl",
    ] {
        let open =
            page.matches(&format!("<{tag}>")).count() + page.matches(&format!("<{tag} ")).count();
        assert_eq!(open, page.matches(&format!("</{tag}>")).count(), "<{tag}>");
    }
    // To look at the pages: `KRONIK_PAGE=/tmp/page.html cargo test -p kronik-chronicle`.
    if let Ok(path) = std::env::var("KRONIK_PAGE") {
        std::fs::write(&path, &page).unwrap();
        std::fs::write(
            format!("{path}.txt"),
            text(&chronicle, &words, &Style::plain(90)),
        )
        .unwrap();
        std::fs::write(format!("{path}.md"), markdown(&chronicle, &words)).unwrap();
    }
}

#[test]
fn json_is_the_value_itself() {
    let (chronicle, words) = build(&night(), "en");
    let page: serde_json::Value = serde_json::from_str(&json(&chronicle, &words)).unwrap();
    assert_eq!(page["schema"], "kronik.chronicle.v1");
    assert_eq!(page["war"]["id"], "russia-ukraine");
    assert_eq!(page["days"][0]["war_day"], 1015);
    let entry = &page["days"][0]["stories"][0]["entries"][0];
    assert_eq!(entry["factuality"], "disputed");
    assert_eq!(entry["reports"][0]["line"], 2);
    assert_eq!(
        entry["days"],
        serde_json::json!(["2024-12-04", "2024-12-04"])
    );
}

#[test]
fn nothing_found_is_said() {
    let (chronicle, words) = build(&Made::default(), "en");
    for page in [
        text(&chronicle, &words, &Style::plain(80)),
        markdown(&chronicle, &words),
        html(&chronicle, &words),
    ] {
        assert!(page.contains("No deed was found"), "{page}");
    }
    assert!(json(&chronicle, &words).contains("\"days\": []"));
}

#[test]
fn both_languages_have_the_same_words() {
    let (id, en) = (keys("id"), keys("en"));
    let missing: Vec<_> = id.symmetric_difference(&en).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

fn keys(language: &str) -> std::collections::BTreeSet<String> {
    let files = files();
    let path = format!("languages/{language}/chronicle.tsv");
    let table = kronik_record::table::Table::load(&files, &path, &["key"]).unwrap();
    table.rows().map(|row| row.get("key").to_string()).collect()
}

#[test]
fn a_language_without_words_is_an_error_that_names_the_others() {
    let error = Words::load(&files(), "xx").unwrap_err().to_string();
    assert!(error.contains("en, id"), "{error}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn no_record_makes_it_panic(
        sentence in "\\PC{0,60}",
        name in "\\PC{0,12}",
        time in "[0-9T:+-]{0,20}",
        (a, b) in (0..90u32, 0..90u32),
        value in any::<f64>(),
        width in 0..60usize,
    ) {
        let mut made = night();
        for event in &mut made.events {
            event.evidence.text = sentence.clone();
            event.trigger.span = CharSpan(a, b);
            event.evidence.span = CharSpan(b, a);
            event.actors[0].name = name.clone();
            event.class = name.clone();
            event.said_by = vec![name.clone()];
            event.time = records::days(&time, &name);
            event.quantities = vec![records::quantity(&name, value, &name)];
            event.article.published = Some(time.clone());
        }
        made.statements.clear();
        let (chronicle, words) = build(&made, "en");
        let _ = text(&chronicle, &words, &Style::ansi(width));
        let _ = markdown(&chronicle, &words);
        let _ = html(&chronicle, &words);
        let _ = json(&chronicle, &words);
    }
}
