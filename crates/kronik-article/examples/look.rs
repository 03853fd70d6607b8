//! Shows what the article stage makes of files, for looking and for measuring.
//!
//! `cargo run -p kronik-article --example look -- FILE…` prints every line with its kind;
//! with `--json` before the files it prints one JSON object a file. Files that end in `.html` are
//! read as pages, all others as plain text.

use std::path::Path;

use kronik_article::{Article, Document, Reader, decode};
use kronik_record::Files;
use serde_json::json;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    let reader = Reader::load(&Files::of_checkout(root)?)?;
    let mut names: Vec<String> = std::env::args().skip(1).collect();
    let as_json = names.first().is_some_and(|n| n == "--json");
    if as_json {
        names.remove(0);
    }
    for name in names {
        let decoded = decode(std::fs::read(&name)?);
        let is_page = name.ends_with(".html");
        let (text, html) = if is_page {
            (None, Some(decoded.text))
        } else {
            (Some(decoded.text), None)
        };
        let article = reader.read(&Document {
            source: name,
            text,
            html,
            oddities: decoded.oddities,
            ..Document::default()
        });
        if as_json {
            println!("{}", as_object(&article));
        } else {
            show(&article);
        }
    }
    Ok(())
}

fn as_object(a: &Article) -> serde_json::Value {
    let blocks: Vec<_> = a
        .blocks
        .iter()
        .map(|b| json!([b.kind, b.span.slice(&a.text)]))
        .collect();
    json!({
        "source": a.source, "title": a.title, "standfirst": a.standfirst, "outlet": a.outlet,
        "outlet_domain": a.outlet_domain, "url": a.url, "authors": a.authors,
        "editors": a.editors, "published": a.published, "language": a.language,
        "blocks": blocks, "removed": a.removed,
        "credits": a.credits.iter().map(|c| &c.0).collect::<Vec<_>>(),
        "dateline": a.dateline.map(|d| d.slice(&a.text)),
        "oddities": a.oddities.iter().map(|o| o.code).collect::<Vec<_>>(),
    })
}

fn show(a: &Article) {
    println!("== {}", a.source);
    println!(
        "   outlet {:?} {:?}  published {:?}  language {}\n   authors {:?}  editors {:?}",
        a.outlet, a.outlet_domain, a.published, a.language, a.authors, a.editors
    );
    let credits: Vec<&str> = a.credits.iter().map(|c| c.0.as_str()).collect();
    let oddities: Vec<&str> = a.oddities.iter().map(|o| o.code).collect();
    println!(
        "   dateline {:?}  credits {credits:?}  oddities {oddities:?}",
        a.dateline.map(|d| d.slice(&a.text))
    );
    for block in &a.blocks {
        println!(
            "{:<11}{}",
            format!("{:?}", block.kind).to_lowercase(),
            block.span.slice(&a.text).replace('\n', " ")
        );
    }
}
