//! `kronik explain`: how sentences were read, stage by stage; and of one event, who says so.
//!
//! A wrong event is the end of a chain: a word cut or tagged wrongly, a name not known, a speaker
//! not found, a frame missing. This shows the chain, so that the right table gets the fix.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use kronik::{Article, EventRecord, Stages};
use kronik_acquire::inputs;
use kronik_store::Store;

use crate::Ending;
use crate::arguments::{Data, Inputs};
use crate::chain;
use crate::chronicle::USUAL;
use crate::messages::{self, Usage};
use crate::reading::Count;

/// What `kronik explain` takes.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Explain {
    #[command(flatten)]
    inputs: Inputs,
    /// Look for the event in this file, where no INPUT but its id is given [default: kronik.db]
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    db: Option<PathBuf>,
    /// Only sentences that start in this line
    #[arg(long, value_name = "N")]
    line: Option<usize>,
    #[command(flatten)]
    data: Data,
}

const EXAMPLES: &str = "\
Examples:
  kronik explain article.txt --line 9           how a line was read, word by word
  kronik explain e_2rmnp… article.txt           who says so, of one event of an article
  kronik explain e_2rmnp…                       the same, of one that was kept in kronik.db

Ids of events stand in kronik read --format jsonl.";

/// Prints words, mentions, statements and deeds of each sentence, or the chain of one event.
pub fn run(explain: &Explain) -> Result<Ending> {
    let (ids, given): (Vec<&String>, Vec<&String>) = explain
        .inputs
        .inputs
        .iter()
        .partition(|i| chain::is_event_id(i));
    if !ids.is_empty() {
        let given: Vec<String> = given.into_iter().cloned().collect();
        return events(explain, &ids, &given);
    }
    if explain.inputs.inputs.is_empty() {
        let message = "nothing to explain: name a file, a folder, a glob, or - for standard input";
        return Err(Usage(message.to_string()).into());
    }
    let engine = explain.data.engine()?;
    let mut count = Count::default();
    for document in inputs(&explain.inputs.inputs, &explain.inputs.options()) {
        match document {
            Ok(document) => {
                count.read += 1;
                let (article, stages) = engine.stages(&document);
                let told = sentences(&article, &stages, explain.line);
                std::io::stdout().lock().write_all(told.as_bytes())?;
            }
            Err(failure) => {
                count.failed += 1;
                anstream::eprintln!("{}", messages::failure(&failure));
            }
        }
    }
    Ok(count.ending())
}

/// Tells of events by their ids, from the inputs or from what was kept.
fn events(explain: &Explain, ids: &[&String], given: &[String]) -> Result<Ending> {
    let mut told: Vec<Option<String>> = vec![None; ids.len()];
    let wanted = |event: &EventRecord| ids.iter().position(|id| event.id.as_str() == id.as_str());
    let place = if given.is_empty() {
        let path = explain.db.clone().unwrap_or_else(|| PathBuf::from(USUAL));
        if !path.exists() {
            let message = format!(
                "{} is not here: name the article of the event, or with --db the file that \
                 kronik add has written",
                path.display()
            );
            return Err(Usage(message).into());
        }
        let store = Store::open_read(&path)?;
        for (at, id) in ids.iter().enumerate() {
            told[at] = store
                .event(id)?
                .map(|found| chain::told(&found.event, &found.statements, &found.article.text));
        }
        path.display().to_string()
    } else {
        let engine = explain.data.engine()?;
        for document in inputs(given, &explain.inputs.options()) {
            match document {
                Ok(document) => {
                    let reading = engine.read(&document);
                    for event in &reading.events {
                        if let Some(at) = wanted(event) {
                            let text = &reading.article.text;
                            told[at] = Some(chain::told(event, &reading.statements, text));
                        }
                    }
                }
                Err(failure) => anstream::eprintln!("{}", messages::failure(&failure)),
            }
        }
        given.join(", ")
    };
    let mut count = Count::default();
    for (id, told) in ids.iter().zip(told) {
        match told {
            Some(told) => {
                count.read += 1;
                std::io::stdout()
                    .lock()
                    .write_all(format!("{told}\n").as_bytes())?;
            }
            None => {
                count.failed += 1;
                anstream::eprintln!("kronik: {id} is no event of {place}");
            }
        }
    }
    Ok(count.ending())
}

fn sentences(article: &Article, stages: &Stages, only: Option<usize>) -> String {
    let mut out = String::new();
    let text = &article.text;
    for (index, sentence) in stages.analysis.sentences.iter().enumerate() {
        let line = 1 + text[..sentence.span.start()].matches('\n').count();
        if only.is_some_and(|l| l != line) {
            continue;
        }
        let _ = writeln!(out, "line {line}: {}", sentence.span.slice(text));
        for (i, token) in sentence.tokens.iter().enumerate() {
            let head = token.head.map_or("0".to_string(), |h| (h + 1).to_string());
            let _ = writeln!(
                out,
                "  {:>3} {:<20} {:<18} {:<6} {:>3} {:<12} {:?}",
                i + 1,
                token.span.slice(text),
                token.lemma,
                token.upos.name(),
                head,
                token.relation.name(),
                token.voice,
            );
        }
        for i in stages.mentions.actors_of(index) {
            let m = &stages.mentions.actors[i];
            let code = m.code.as_deref().or(m.guess.as_deref()).unwrap_or("-");
            let sector = m.sector.as_deref().unwrap_or("-");
            let words = m.span.slice(text);
            let head = m.head + 1;
            let _ = writeln!(
                out,
                "  actor    {words} ({code} {sector} {:?}, head {head})",
                m.kind
            );
        }
        for i in stages.mentions.places_of(index) {
            let p = &stages.mentions.places[i];
            let _ = writeln!(out, "  place    {}", p.span.slice(text));
        }
        for i in stages.mentions.times_of(index) {
            let t = &stages.mentions.times[i];
            let _ = writeln!(out, "  time     {} = {}", t.span.slice(text), t.edtf);
        }
        for i in stages.mentions.quantities_of(index) {
            let q = &stages.mentions.quantities[i];
            let _ = writeln!(out, "  quantity {} {}", q.span.slice(text), q.unit);
        }
        for i in stages.statements.of_sentence(index) {
            let s = &stages.statements.list[i];
            let speakers: Vec<&str> = s.speakers.iter().map(|s| s.name.as_str()).collect();
            let content: Vec<&str> = s.content.iter().map(|c| c.slice(text)).collect();
            let _ = writeln!(
                out,
                "  says     {} ({}, {}): {}",
                speakers.join(" and "),
                s.rule,
                s.stance.name(),
                content.join(" […] ")
            );
        }
        for event in stages.events.iter().filter(|e| e.sentence == index) {
            let codes = |list: &[kronik_event::Participant]| -> String {
                let code = |p: &kronik_event::Participant| p.code.clone().unwrap_or("-".into());
                list.iter().map(code).collect::<Vec<_>>().join(",")
            };
            let rules: Vec<&str> = event.because.iter().map(|b| b.rule.as_str()).collect();
            let _ = writeln!(
                out,
                "  event    {} {} {} -> {} {} ({})",
                event.trigger.slice(text),
                event.class,
                codes(&event.actors),
                codes(&event.recipients),
                event.factuality.name(),
                rules.join(", ")
            );
        }
        out.push('\n');
    }
    out
}
