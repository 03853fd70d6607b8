//! Who says so: tables of sentences written from the grammar, one construction a line.
//!
//! `attribution/<language>.tsv` marks words in [[ ]] and names the chain that must lead from them
//! to the outlet. All lines hold; how people are found to speak in running news is measured by
//! `SCORE.md`.

use kronik::{Config, Document, Engine};
use kronik_text::Span;

/// Text without its marks, and the first marked words.
fn unmarked(marked: &str) -> (String, Span) {
    let text = marked.replace('¶', "\n");
    let start = text.find("[[").expect("a mark");
    let end = text.find("]]").expect("an end of the mark") - 2;
    (
        text.replace("[[", "").replace("]]", ""),
        Span::new(start, end),
    )
}

fn document(language: &str, text: &str) -> Document {
    Document {
        source: "case".to_string(),
        text: Some(text.to_string()),
        outlet: Some("North Post".to_string()),
        published: Some("2026-03-04".to_string()),
        language: Some(language.to_string()),
        ..Document::default()
    }
}

fn chain(engine: &Engine, language: &str, text: &str, words: Span) -> String {
    let document = document(language, text);
    let (article, stages) = engine.stages(&document);
    // What is read may differ from what came in by blanks at line ends only.
    let slice = words.slice(text);
    let at = article.text.find(slice).expect("the words are kept");
    let said = stages.statements.innermost(Span::new(at, at + slice.len()));
    let names = stages.statements.said_by(said);
    if names.is_empty() {
        "-".to_string()
    } else {
        names.join(" < ")
    }
}

fn check(language: &str, table: &str) {
    let engine = Engine::new(&Config::default()).expect("the built-in data load");
    let mut wrong = Vec::new();
    let (mut cases, mut chains) = (0, 0);
    for line in table.lines().filter(|l| !l.starts_with('#')).skip(1) {
        let (marked, wanted) = line.split_once('\t').expect("text, tab, chain");
        let (text, words) = unmarked(marked);
        cases += 1;
        chains += usize::from(wanted.contains('<'));
        let found = chain(&engine, language, &text, words);
        if found != wanted {
            wrong.push(format!("{marked}\n  - {wanted}\n  + {found}"));
        }
    }
    assert!(
        cases >= 80 && chains >= 30,
        "{cases} cases, {chains} chains"
    );
    assert!(
        wrong.is_empty(),
        "{} of {cases} cases of '{language}' fail\n\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// Without the words that pass it on, the chain ends one step earlier, and who did what to whom is
/// read as before.
fn check_without_relay(language: &str, table: &str) {
    let engine = Engine::new(&Config::default()).expect("the built-in data load");
    let mut tried = 0;
    for line in table.lines().filter(|l| !l.starts_with('#')).skip(1) {
        let (marked, chain_of) = line.split_once('\t').expect("text, tab, chain");
        let Some((inner, relay)) = chain_of.rsplit_once(" < ") else {
            continue;
        };
        let (text, words) = unmarked(marked);
        let Some((rest, tail)) = text.rsplit_once(", ") else {
            continue;
        };
        // `…, lapor Meridian Wire.`: the tail names the last of the chain and nobody else.
        let alone = tail.contains(relay) && !inner.split(" < ").any(|n| tail.contains(n));
        if !alone || words.end() > rest.len() || rest.contains('\n') {
            continue;
        }
        tried += 1;
        let cut = format!("{rest}.");
        assert_eq!(chain(&engine, language, &cut, words), inner, "{cut}");
        let told = |text: &str| -> Vec<String> {
            let reading = engine.read(&document(language, text));
            let codes = |list: &[kronik::ActorRecord]| -> Vec<Option<String>> {
                list.iter().map(|a| a.code.clone()).collect()
            };
            reading
                .events
                .iter()
                .map(|e| {
                    let (a, r) = (codes(&e.actors), codes(&e.recipients));
                    format!(
                        "{} {} {a:?} {r:?} {}",
                        e.trigger.text, e.class, e.factuality
                    )
                })
                .collect()
        };
        assert_eq!(told(&text), told(&cut), "{cut}");
    }
    assert!(
        tried >= 15,
        "{tried} cases of '{language}' end with a relay"
    );
}

/// An article with a digest behind it, of our own wording with the structures of the report that
/// Kronik began with: a lead that says late who speaks, quotations that go on, items with relays
/// that reach back, sources, spokesmen, people told of again.
#[test]
fn an_article_and_its_digest() {
    let (article, chains) = include_str!("attribution/digest.txt")
        .split_once("===\n")
        .unwrap();
    let mut text = String::new();
    let mut words: Vec<(usize, Span)> = Vec::new();
    for part in article.split("[[") {
        match part.split_once("]]") {
            Some((marked, rest)) => {
                let (number, slice) = marked.split_once(':').expect("[[number:words]]");
                let span = Span::new(text.len(), text.len() + slice.len());
                words.push((number.parse().unwrap(), span));
                text.push_str(slice);
                text.push_str(rest);
            }
            None => text.push_str(part),
        }
    }
    let engine = Engine::new(&Config::default()).expect("the built-in data load");
    let mut document = document("id", &text);
    document.outlet = Some("Harian Samudra".to_string());
    document.published = Some("2026-03-05".to_string());
    let (article, stages) = engine.stages(&document);
    assert_eq!(article.text.trim_end(), text.trim_end());
    let mut wrong = Vec::new();
    for line in chains.lines() {
        let (number, wanted) = line.split_once('\t').expect("number, tab, chain");
        let number: usize = number.parse().unwrap();
        let span = words.iter().find(|(n, _)| *n == number).unwrap().1;
        let said = stages.statements.innermost(span);
        let names = stages.statements.said_by(said);
        let found = if names.is_empty() {
            "-".to_string()
        } else {
            names.join(" < ")
        };
        if found != wanted {
            let slice = span.slice(&text);
            wrong.push(format!("{number} {slice}\n  - {wanted}\n  + {found}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn without_its_relay_a_chain_is_one_shorter() {
    check_without_relay("en", include_str!("attribution/en.tsv"));
    check_without_relay("id", include_str!("attribution/id.tsv"));
}

#[test]
fn english() {
    check("en", include_str!("attribution/en.tsv"));
}

#[test]
fn indonesian() {
    check("id", include_str!("attribution/id.tsv"));
}
