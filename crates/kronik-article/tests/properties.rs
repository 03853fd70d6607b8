//! What holds of any bytes, any text and any page.

#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use kronik_article::{Article, Document, Reader, decode};
use kronik_record::Files;
use proptest::prelude::*;

static READER: LazyLock<Reader> = LazyLock::new(|| {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    Reader::load(&Files::of_checkout(root).unwrap()).unwrap()
});

fn of_text(text: &str) -> Article {
    READER.read(&Document {
        text: Some(text.to_string()),
        ..Document::default()
    })
}

fn of_page(html: &str) -> Article {
    READER.read(&Document {
        html: Some(html.to_string()),
        ..Document::default()
    })
}

/// Spans lie in the text on borders of letters; blocks follow one another and are not empty.
fn is_sound(article: &Article) {
    let text = article.text.as_str();
    let inside = |start: usize, end: usize| {
        assert!(start <= end && end <= text.len(), "{start}..{end}");
        assert!(text.is_char_boundary(start) && text.is_char_boundary(end));
    };
    let mut before = 0;
    for block in &article.blocks {
        inside(block.span.start(), block.span.end());
        assert!(block.span.start() >= before && block.span.start() < block.span.end());
        let line = block.span.slice(text);
        assert_eq!(line, line.trim(), "a block has no white space around it");
        before = block.span.end();
    }
    for (name, span) in &article.credits {
        inside(span.start(), span.end());
        assert_eq!(span.slice(text), name);
    }
    let spans = article.oddities.iter().filter_map(|o| o.span);
    for span in spans.chain(article.dateline) {
        inside(span.start(), span.end());
    }
}

/// Lines as reports have them, in any order, with any text between.
fn report() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        Just("Penulis: Sari W.".to_string()),
        Just("By Mara Lind".to_string()),
        Just("NORVALE, Dec 5 (Coast Wire) — ".to_string()),
        Just("Kamis, 05 Des 2024 10:15 WIB".to_string()),
        Just("Rabu (4/12/2024)".to_string()),
        Just("Baca juga: apa".to_string()),
        Just("(abc/def)".to_string()),
        Just("[Gambas:Video]".to_string()),
        Just("-".to_string()),
        Just("© 2024".to_string()),
        "\\PC{0,40}",
        "[A-ZÀ-Þ(/),.: –—-]{0,30}",
        "[0-9/.:, -]{0,20}",
    ];
    let ending = prop_oneof![
        Just("\n"),
        Just("\r\n"),
        Just(" "),
        Just("\r"),
        Just("\u{2028}")
    ];
    prop::collection::vec((line, ending), 0..12)
        .prop_map(|lines| lines.into_iter().map(|(l, b)| l + b).collect())
}

/// Tags, texts and brackets in any order.
fn page() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("<p>The harbour was shut on Monday, the mayor said.</p>".to_string()),
        Just("<h1>Harbour shut again</h1>".to_string()),
        Just("<div class=\"related-box\">".to_string()),
        Just("<div id=author>".to_string()),
        Just("</div>".to_string()),
        Just("<a href=x>link".to_string()),
        Just("<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",".to_string()),
        Just("<script>if (a<b) {}</script>".to_string()),
        Just("<meta property=\"article:published_time\" content=\"2024-12-05T".to_string()),
        Just("<time datetime=2024-12-05>".to_string()),
        Just("<table><tr><td>x".to_string()),
        Just("<figure><figcaption>A ship</figcaption>".to_string()),
        "[<>/a-z\"'= &;#0-9]{0,20}",
        "\\PC{0,30}",
    ];
    prop::collection::vec(piece, 0..25).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_bytes_become_an_article(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let text = decode(bytes).text;
        is_sound(&of_text(&text));
        is_sound(&of_page(&text));
    }

    #[test]
    fn a_plain_text_is_never_changed(text in report()) {
        let article = of_text(&text);
        prop_assert_eq!(&article.text, &text);
        is_sound(&article);
    }

    #[test]
    fn any_page_becomes_an_article(html in page()) {
        is_sound(&of_page(&html));
    }

    #[test]
    fn whatever_the_document_says_of_itself(said in "\\PC{0,30}", text in report()) {
        let article = READER.read(&Document {
            text: Some(text),
            title: Some(said.clone()),
            url: Some(said.clone()),
            outlet: Some(said.clone()),
            published: Some(said.clone()),
            language: Some(said),
            ..Document::default()
        });
        is_sound(&article);
    }
}

#[test]
fn long_inputs_take_time_in_proportion() {
    // about a megabyte each: what grew with the square would take minutes
    let pages = [
        "<div>".repeat(200_000),
        "<div class=author>".repeat(60_000),
        format!("<div {}>x", "a=1 ".repeat(250_000)),
        "<p>x <a>y ".repeat(100_000),
        format!("<p>{}", "kata ".repeat(200_000)),
        "<table><td>x.".repeat(4_000),
        "<script>".repeat(100_000),
        "</".repeat(500_000),
    ];
    let texts = [
        "kata ".repeat(200_000),
        "kata. ".repeat(200_000),
        "kata\n".repeat(100_000),
        "(".repeat(1_000_000),
        "1/2/".repeat(250_000),
        "Senin 1 ".repeat(100_000),
        "A - ".repeat(250_000),
        "“".repeat(300_000),
    ];
    let timed = |article: Article, begun: Instant, what: &str| {
        let start: String = what.chars().take(20).collect();
        is_sound(&article);
        assert!(begun.elapsed() < Duration::from_secs(20), "{start}");
    };
    for html in &pages {
        let begun = Instant::now();
        timed(of_page(html), begun, html);
    }
    for text in &texts {
        let begun = Instant::now();
        timed(of_text(text), begun, text);
    }
}
