//! `kronik explain ID`: one event in plain words: who says so, through whom, and why Kronik
//! thinks so.
//!
//! A record names its statements and rules by id. A reader who doubts it wants the words: the
//! sentence, each speaker with the words of saying, the part of it that is theirs, and for every
//! field the words it was read from.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use kronik::{ActorRecord, EventRecord, Reason, StatementRecord};
use kronik_text::ContentId;

/// The event with its chain, from the records of its article.
pub fn told(event: &EventRecord, statements: &[StatementRecord], text: &str) -> String {
    let mut out = String::new();
    let mode = event
        .mode
        .as_deref()
        .map_or(String::new(), |m| format!(" {m}"));
    let _ = writeln!(out, "{}", event.id);
    let _ = writeln!(
        out,
        "  \"{}\" is read as {}{mode}, {}: {} → {}",
        event.trigger.text,
        event.class,
        event.factuality,
        names(&event.actors),
        names(&event.recipients),
    );
    let before = text.chars().take(event.trigger.span.0 as usize);
    let line = 1 + before.filter(|c| *c == '\n').count();
    let _ = writeln!(out, "  in line {line} of {}:", event.article.source);
    let _ = writeln!(out, "  {}", event.evidence.text);
    circumstances(event, &mut out);
    let by_id: BTreeMap<&ContentId, &StatementRecord> =
        statements.iter().map(|s| (&s.id, s)).collect();
    let _ = writeln!(out, "\nWho says so, nearest first");
    let chain = by_id.get(&event.statement).map_or(&[][..], |s| &s.chain);
    for (step, id) in chain.iter().enumerate() {
        let Some(statement) = by_id.get(id) else {
            continue;
        };
        let _ = writeln!(out, "  {}. {}", step + 1, says(statement, event));
    }
    if let Some(deed) = event.performs.as_ref().and_then(|id| by_id.get(id)) {
        let cue = deed.cue.as_ref().map_or("", |c| c.text.as_str());
        let _ = writeln!(
            out,
            "  The deed is done by saying it: \"{cue}\" of {} is itself the statement.",
            names(&deed.speakers),
        );
    }
    let _ = writeln!(out, "\nWhy");
    for reason in &event.because {
        let _ = writeln!(out, "  {}", why(reason));
    }
    out
}

fn circumstances(event: &EventRecord, out: &mut String) {
    if let Some(time) = &event.time {
        let words = time.text.as_deref().unwrap_or("nothing printed");
        let _ = writeln!(
            out,
            "  when: {} from \"{words}\" ({})",
            time.edtf, time.basis
        );
    }
    if let Some(place) = &event.place {
        let state = place.country.as_deref().unwrap_or("state unknown");
        let _ = writeln!(
            out,
            "  where: {} ({state}) from \"{}\"",
            place.name, place.text
        );
    }
    for q in &event.quantities {
        let _ = writeln!(
            out,
            "  how many: {} {} {} from \"{}\"",
            q.bound, q.value, q.unit, q.text
        );
    }
}

/// One step of the chain.
fn says(statement: &StatementRecord, event: &EventRecord) -> String {
    let who = names(&statement.speakers);
    let Some(cue) = &statement.cue else {
        let outlet = event
            .article
            .outlet
            .as_deref()
            .unwrap_or("the publishing outlet");
        let day = event.article.published.as_deref();
        return match day {
            Some(day) => format!("{outlet} printed it, {day}"),
            None => format!("{outlet} printed it"),
        };
    };
    let does = match (statement.manner.as_str(), statement.stance.as_str()) {
        ("relayed", _) => "passes it on",
        (_, "denies") => "denies it",
        (_, "accuses") => "accuses somebody of it",
        (_, "doubts") => "doubts it",
        (_, "promises") => "promises it",
        (_, "demands") => "demands it",
        (_, "declines") => "declines it",
        ("quoted", _) => "says it, in quotation marks",
        ("mixed", _) => "says it, partly in quotation marks",
        _ => "says it, in the outlet's words",
    };
    let hidden = statement.speakers.iter().any(|s| s.unnamed);
    let unnamed = if hidden { " (will not be named)" } else { "" };
    let said = statement
        .said
        .as_ref()
        .map_or(String::new(), |t| format!(", said {}", t.edtf));
    let at = event.trigger.span.0;
    let content = statement
        .content
        .iter()
        .find(|c| c.span.0 <= at && at < c.span.1)
        .or(statement.content.first());
    let content = content.map_or(String::new(), |c| format!("\n     {}", c.text));
    format!("{who}{unnamed} {does}: \"{}\"{said}{content}", cue.text)
}

/// A rule in plain words, with its id, so that the table can be found.
fn why(reason: &Reason) -> String {
    let kind = reason.rule.split(':').next().unwrap_or_default();
    let plain = match kind {
        "frame" => "these words tell the deed",
        "speech" => "these words say who speaks",
        "relay" => "these words say who passes it on",
        "factuality" => "this word says how sure it is",
        "participants" => "who took part is told elsewhere",
        "place" => "where it was is told elsewhere",
        "time" => "when it was is told elsewhere",
        "instrument" => "this word tells how it was done",
        _ => "",
    };
    let words = if reason.text.is_empty() {
        String::new()
    } else {
        format!(": \"{}\"", reason.text)
    };
    let plain = if plain.is_empty() {
        String::new()
    } else {
        format!("  {plain}{words}")
    };
    format!("{}{plain}", reason.rule)
}

fn names(actors: &[ActorRecord]) -> String {
    if actors.is_empty() {
        return "nobody named".to_string();
    }
    let name = |a: &ActorRecord| match &a.code {
        Some(code) => format!("{} ({code})", a.name),
        None => a.name.clone(),
    };
    actors.iter().map(name).collect::<Vec<_>>().join(" and ")
}

/// True of what looks like the id of an event.
pub fn is_event_id(word: &str) -> bool {
    word.strip_prefix("e_").is_some_and(|rest| {
        rest.len() == 26 && rest.bytes().all(|b| matches!(b, b'a'..=b'z' | b'2'..=b'7'))
    })
}
