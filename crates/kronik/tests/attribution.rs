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

fn chain(engine: &Engine, language: &str, text: &str, words: Span) -> String {
    let document = Document {
        source: "case".to_string(),
        text: Some(text.to_string()),
        outlet: Some("North Post".to_string()),
        published: Some("2026-03-04".to_string()),
        language: Some(language.to_string()),
        ..Document::default()
    };
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
    let engine = Engine::new(&Config::default()).unwrap();
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

#[test]
fn english() {
    check("en", include_str!("attribution/en.tsv"));
}

#[test]
fn indonesian() {
    check("id", include_str!("attribution/id.tsv"));
}
