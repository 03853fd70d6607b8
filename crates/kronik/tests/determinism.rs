//! A reading depends on its document alone: not on what was read before, not on who else reads
//! with the same engine.

#![allow(clippy::unwrap_used)]

#[path = "spec/fixture.rs"]
#[allow(
    dead_code,
    reason = "the marks and blocks are for the specification's own test"
)]
mod fixture;
#[path = "spec/markup.rs"]
#[allow(
    dead_code,
    reason = "the marks and blocks are for the specification's own test"
)]
mod markup;

use kronik::{Config, Document, Engine, Reading};

fn documents() -> Vec<Document> {
    let fixtures = fixture::fixtures().unwrap_or_else(|e| panic!("{e}"));
    let cases = fixtures.into_iter().flat_map(|f| f.cases);
    cases.map(|c| c.document).collect()
}

/// The records as they are printed.
fn bytes(reading: &Reading) -> String {
    let mut out = serde_json::to_string(&reading.article).unwrap();
    for statement in &reading.statements {
        out += "\n";
        out += &serde_json::to_string(statement).unwrap();
    }
    for event in &reading.events {
        out += "\n";
        out += &serde_json::to_string(event).unwrap();
    }
    out
}

#[test]
fn what_was_read_before_changes_nothing() {
    let documents = documents();
    let engine = Engine::new(&Config::default()).unwrap();
    let forward: Vec<String> = documents.iter().map(|d| bytes(&engine.read(d))).collect();
    let fresh = Engine::new(&Config::default()).unwrap();
    for (document, first) in documents.iter().zip(&forward).rev() {
        assert_eq!(&bytes(&fresh.read(document)), first, "{}", document.source);
    }
}

#[test]
fn threads_share_an_engine() {
    let documents = documents();
    let engine = Engine::new(&Config::default()).unwrap();
    let alone: Vec<String> = documents.iter().map(|d| bytes(&engine.read(d))).collect();
    let read = |order: Vec<usize>| -> Vec<(usize, String)> {
        let one = |i: usize| (i, bytes(&engine.read(&documents[i])));
        order.into_iter().map(one).collect()
    };
    let all = 0..documents.len();
    let together = std::thread::scope(|scope| {
        let forward = scope.spawn(|| read(all.clone().collect()));
        let backward = scope.spawn(|| read(all.clone().rev().collect()));
        [forward.join().unwrap(), backward.join().unwrap()].concat()
    });
    for (i, text) in together {
        assert_eq!(text, alone[i], "{}", documents[i].source);
    }
}

#[test]
fn triggers_stand_where_they_say() {
    let engine = Engine::new(&Config::default()).unwrap();
    let mut events = 0;
    for document in documents() {
        let reading = engine.read(&document);
        let text: Vec<char> = reading.article.text.chars().collect();
        for event in &reading.events {
            let span = event.trigger.span;
            let there: String = text[span.0 as usize..span.1 as usize].iter().collect();
            assert_eq!(there, event.trigger.text, "{}", document.source);
            events += 1;
        }
    }
    assert!(events > 0, "no event was read");
}
