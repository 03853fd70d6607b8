//! What reading costs beyond the language layer, for `cargo xtask bench reading`: a line a language.
//!
//! Both are timed on the same articles in one process and one thread: sentences, words, trees and
//! names alone, and all stages from the text to the coded events.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::Instant;

use kronik::{Article, Config, Document, Engine};
use kronik_lang::{Reader, Trained};
use kronik_record::BlockKind::{Byline, Footer, Related};
use kronik_text::Span;

/// Each measurement is the best of so many.
const TIMES: usize = 5;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let files = kronik::built_in();
    let engine = Engine::new(&Config::default())?;
    let model = Trained::load(&files)?;
    let mut articles: BTreeMap<String, Vec<(Document, Article)>> = BTreeMap::new();
    for path in std::env::args().skip(1) {
        let document = Document {
            source: path.clone(),
            text: Some(std::fs::read_to_string(&path)?),
            ..Document::default()
        };
        let (article, _) = engine.stages(&document);
        let of_language = articles.entry(article.language.clone()).or_default();
        of_language.push((document, article));
    }
    for (code, articles) in &articles {
        let reader = Reader::with_model(&files, code, model.clone())?;
        let words: usize = articles
            .iter()
            .map(|(_, article)| article.text.split_whitespace().count())
            .sum();
        let alone = best(|| {
            for (_, article) in articles {
                let blocks: Vec<(usize, Span)> = article
                    .blocks
                    .iter()
                    .enumerate()
                    .filter(|(_, b)| !matches!(b.kind, Byline | Related | Footer))
                    .map(|(i, b)| (i, b.span))
                    .collect();
                black_box(reader.read(&article.text, &blocks, article.dateline));
            }
        });
        let all = best(|| {
            for (document, _) in articles {
                black_box(engine.stages(document));
            }
        });
        println!("{code}\t{}\t{words}\t{alone}\t{all}", articles.len());
    }
    Ok(())
}

fn best(mut work: impl FnMut()) -> f64 {
    let once = |work: &mut dyn FnMut()| {
        let start = Instant::now();
        work();
        start.elapsed().as_secs_f64()
    };
    (0..TIMES)
        .map(|_| once(&mut work))
        .fold(f64::INFINITY, f64::min)
}
