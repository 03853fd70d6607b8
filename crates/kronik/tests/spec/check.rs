//! Reads one case and says what is not as its blocks and marks have it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;
use std::ops::Range;

use kronik::{ActorRecord, Engine, EventRecord, Quote, Reading, StatementRecord};
use kronik_text::{CharSpan, ContentId};

use crate::fixture::{Block, Case};
use crate::line::{EventLine, StatementLine};
use crate::markup::{Mark, Part};

/// What came of a case.
pub struct Outcome {
    /// What no case may have, known gap or not: a broken fixture or a record that contradicts
    /// itself.
    pub broken: Vec<String>,
    /// How the reading differs from the blocks and marks.
    pub differences: Vec<String>,
    /// The lines that the engine would write, where they differ from the block's.
    pub events: Option<Vec<String>>,
    /// The same of the `statements` block.
    pub statements: Option<Vec<String>>,
}

/// Reads the text of a case and compares.
pub fn check(engine: &Engine, case: &Case) -> Outcome {
    let reading = engine.read(&case.document);
    let mut broken = contradictions(&reading);
    let by_id: BTreeMap<_, _> = reading.statements.iter().map(|s| (&s.id, s)).collect();
    let said: Vec<&StatementRecord> = reading
        .statements
        .iter()
        .filter(|s| s.within.is_some())
        .collect();
    let events: Vec<EventLine> = reading
        .events
        .iter()
        .map(|e| EventLine::of(e, &by_id))
        .collect();
    let statements: Vec<StatementLine> =
        said.iter().map(|s| StatementLine::of(s, &by_id)).collect();

    let mut differences = Vec::new();
    let wanted_events = wanted(&case.events, EventLine::parse, &mut broken);
    let wanted_statements = wanted(&case.statements, StatementLine::parse, &mut broken);
    broken.extend(impossible(engine, case, &wanted_events, &wanted_statements));
    let triggers: Vec<String> = reading.events.iter().map(told_of_event).collect();
    let cues: Vec<String> = said.iter().map(|s| told_of_statement(s)).collect();
    let new_events = compare(
        &wanted_events,
        &events,
        EventLine::agrees,
        &triggers,
        &mut differences,
    ) || case.events.is_none();
    let new_statements = case.statements.is_some()
        && compare(
            &wanted_statements,
            &statements,
            StatementLine::agrees,
            &cues,
            &mut differences,
        );
    differences.extend(misplaced(case, &reading, &said));
    Outcome {
        broken,
        differences,
        events: new_events.then(|| events.iter().map(ToString::to_string).collect()),
        statements: new_statements.then(|| statements.iter().map(ToString::to_string).collect()),
    }
}

fn wanted<T>(
    block: &Option<Block>,
    parse: impl Fn(&str) -> Result<T, String>,
    broken: &mut Vec<String>,
) -> Vec<T> {
    let mut lines = Vec::new();
    let text = block.as_ref().map_or("", |b| b.text.as_str());
    for line in text.lines().filter(|l| !l.trim().is_empty()) {
        match parse(line) {
            Ok(parsed) => lines.push(parsed),
            Err(message) => broken.push(message),
        }
    }
    lines
}

/// Whether the lists differ; adds a diff by longest common subsequence where they do.
fn compare<T: Display>(
    wanted: &[T],
    found: &[T],
    agree: impl Fn(&T, &T) -> bool,
    words: &[String],
    differences: &mut Vec<String>,
) -> bool {
    let same = wanted.len() == found.len() && wanted.iter().zip(found).all(|(a, b)| agree(a, b));
    if same {
        return false;
    }
    let mut common = vec![vec![0usize; found.len() + 1]; wanted.len() + 1];
    for (i, a) in wanted.iter().enumerate().rev() {
        for (j, b) in found.iter().enumerate().rev() {
            common[i][j] = if agree(a, b) {
                common[i + 1][j + 1] + 1
            } else {
                common[i + 1][j].max(common[i][j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < wanted.len() || j < found.len() {
        if i < wanted.len() && j < found.len() && agree(&wanted[i], &found[j]) {
            differences.push(format!("  {}", wanted[i]));
            (i, j) = (i + 1, j + 1);
        } else if j == found.len() || i < wanted.len() && common[i + 1][j] >= common[i][j + 1] {
            differences.push(format!("- {}", wanted[i]));
            i += 1;
        } else {
            differences.push(format!("+ {}    {}", found[j], words[j]));
            j += 1;
        }
    }
    true
}

fn told_of_event(event: &EventRecord) -> String {
    let rule = event.because.first().map_or("", |b| b.rule.as_str());
    format!("({:?}, {rule})", event.trigger.text)
}

fn told_of_statement(statement: &StatementRecord) -> String {
    match &statement.cue {
        Some(cue) => format!("({:?})", cue.text),
        None => String::new(),
    }
}

/// Marks without their record, and records beside their marks. Only where as many records were
/// found as there are lines: else the diff tells enough.
fn misplaced(case: &Case, reading: &Reading, said: &[&StatementRecord]) -> Vec<String> {
    let text = &reading.article.text;
    let bytes: Vec<usize> = text
        .char_indices()
        .map(|(at, _)| at)
        .chain([text.len()])
        .collect();
    let place = |span: CharSpan| {
        let at = |i: u32| bytes.get(i as usize).copied().unwrap_or(text.len());
        at(span.0)..at(span.1)
    };
    let mut out = Vec::new();
    let mut at = |part: Part, line: usize, spans: Vec<CharSpan>| {
        let marks: Vec<&Mark> = case
            .marks
            .iter()
            .filter(|m| m.part == part && m.line == line)
            .collect();
        let spans: Vec<Range<usize>> = spans.into_iter().map(place).collect();
        let meet = |a: &Range<usize>, b: &Range<usize>| a.start < b.end && b.start < a.end;
        for mark in &marks {
            if !spans.iter().any(|s| meet(s, &mark.span)) {
                let found: Vec<&str> = spans.iter().map(|s| &text[s.clone()]).collect();
                out.push(format!(
                    "mark {}{line} {:?}: found {found:?}",
                    part.letter(),
                    &text[mark.span.clone()]
                ));
            }
        }
        for span in spans {
            if !marks.is_empty() && !marks.iter().any(|m| meet(&m.span, &span)) {
                out.push(format!(
                    "mark {}{line}: found also {:?}, which is not marked",
                    part.letter(),
                    &text[span]
                ));
            }
        }
    };
    let roles = |list: &[ActorRecord]| list.iter().filter_map(|a| a.span).collect::<Vec<_>>();
    if lines_of(&case.events) == reading.events.len() {
        for (i, event) in reading.events.iter().enumerate() {
            let line = i + 1;
            at(Part::Trigger, line, vec![event.trigger.span]);
            at(Part::Actor, line, roles(&event.actors));
            at(Part::Recipient, line, roles(&event.recipients));
            let time = event.time.iter().filter_map(|t| t.span).collect();
            at(Part::Time, line, time);
            let place = event.place.iter().map(|p| p.span).collect();
            at(Part::Place, line, place);
            let quantities = event.quantities.iter().map(|q| q.span).collect();
            at(Part::Quantity, line, quantities);
        }
    }
    if case.statements.is_some() && lines_of(&case.statements) == said.len() {
        for (i, statement) in said.iter().enumerate() {
            at(Part::Speaker, i + 1, roles(&statement.speakers));
            let cue = statement.cue.iter().map(|c| c.span).collect();
            at(Part::Cue, i + 1, cue);
        }
    }
    out
}

fn lines_of(block: &Option<Block>) -> usize {
    let text = block.as_ref().map_or("", |b| b.text.as_str());
    text.lines().filter(|l| !l.trim().is_empty()).count()
}

/// Expectations that no reading could meet: they would let a known gap stand for ever.
fn impossible(
    engine: &Engine,
    case: &Case,
    events: &[EventLine],
    statements: &[StatementLine],
) -> Vec<String> {
    let text = case.document.text.as_deref().unwrap_or_default();
    let folded = text.to_lowercase();
    let printed = |name: &str| folded.contains(&name.to_lowercase());
    let mut out = Vec::new();
    for event in events {
        let class = engine.ontology().get(&event.class);
        let mode = engine.ontology().mode(&event.class, event.mode.as_deref());
        if class.is_none() || event.mode.is_some() && mode.is_none() {
            out.push(format!("no type and mode of the ontology: '{event}'"));
        }
        let kinds = [
            "asserted",
            "alleged",
            "denied",
            "negated",
            "planned",
            "hypothetical",
        ];
        if !kinds.contains(&event.factuality.as_str()) {
            out.push(format!("'{}' is no factuality", event.factuality));
        }
        if let Some(place) = event.place.as_ref().filter(|p| !printed(p)) {
            out.push(format!("the text does not print the place '{place}'"));
        }
    }
    let chains = events.iter().map(|e| &e.said_by);
    for name in chains
        .chain(statements.iter().map(|s| &s.speakers))
        .flatten()
        .flatten()
    {
        if name != "unnamed" && !printed(name) {
            out.push(format!("the text does not print the speaker '{name}'"));
        }
    }
    let manners = ["quoted", "paraphrased", "mixed", "relayed"];
    let stances = [
        "asserts", "denies", "accuses", "doubts", "promises", "demands", "declines",
    ];
    for line in statements {
        if !manners.contains(&line.manner.as_str()) || !stances.contains(&line.stance.as_str()) {
            out.push(format!("no manner and stance: '{line}'"));
        }
    }
    for line in 1..=events.len() {
        let marks = case.marks.iter();
        if !marks
            .clone()
            .any(|m| m.part == Part::Trigger && m.line == line)
        {
            out.push(format!("no mark T{line} for line {line} of events"));
        }
    }
    for mark in &case.marks {
        let (block, lines) = match mark.part {
            Part::Speaker | Part::Cue => (&case.statements, statements.len()),
            _ => (&case.events, events.len()),
        };
        // a missing events block is still to be written
        let statement = matches!(mark.part, Part::Speaker | Part::Cue);
        if mark.line > lines && (block.is_some() || statement) {
            out.push(format!(
                "mark {}{}: no such line",
                mark.part.letter(),
                mark.line
            ));
        }
    }
    out
}

/// What must hold of every reading, whatever the text.
pub fn contradictions(reading: &Reading) -> Vec<String> {
    let text: Vec<char> = reading.article.text.chars().collect();
    let mut out = Vec::new();
    let slice = |span: CharSpan| -> String {
        let range = span.0 as usize..span.1 as usize;
        text.get(range).unwrap_or_default().iter().collect()
    };
    let mut quoted = |what: &str, words: &str, span: CharSpan| {
        let there = slice(span);
        if there != words {
            out.push(format!(
                "{what}: {words:?} stands at {span:?}, where {there:?} is"
            ));
        }
    };
    let mut quote = |what: &str, q: &Quote| quoted(what, &q.text, q.span);
    for statement in &reading.statements {
        statement.cue.iter().for_each(|c| quote("cue", c));
        statement.content.iter().for_each(|c| quote("content", c));
    }
    for event in &reading.events {
        quote("trigger", &event.trigger);
        quote("evidence", &event.evidence);
    }
    for event in &reading.events {
        let actors = event.actors.iter().chain(&event.recipients);
        for (actor, span) in actors.filter_map(|a| Some((a, a.span?))) {
            quoted("role", &actor.text, span);
        }
        if let Some((words, span)) = event
            .time
            .as_ref()
            .and_then(|t| Some((t.text.as_ref()?, t.span?)))
        {
            quoted("time", words, span);
        }
        if let Some(place) = &event.place {
            quoted("place", &place.text, place.span);
        }
        for q in &event.quantities {
            quoted("quantity", &q.text, q.span);
        }
        for (reason, span) in event.because.iter().filter_map(|b| Some((b, b.span?))) {
            quoted("because", &reason.text, span);
        }
    }
    for speaker in reading.statements.iter().flat_map(|s| &s.speakers) {
        if let Some(span) = speaker.span {
            quoted("speaker", &speaker.text, span);
        }
    }
    out.extend(loose_ends(reading));
    out
}

/// Ids that lead nowhere, events without evidence or reasons.
fn loose_ends(reading: &Reading) -> Vec<String> {
    let mut out = Vec::new();
    let ids: BTreeSet<&ContentId> = reading.statements.iter().map(|s| &s.id).collect();
    let events: BTreeSet<&ContentId> = reading.events.iter().map(|e| &e.id).collect();
    if ids.len() != reading.statements.len() || events.len() != reading.events.len() {
        out.push("two records have the same id".to_string());
    }
    let roots = reading.statements.iter().filter(|s| s.within.is_none());
    if roots.count() != 1 || reading.statements[0].within.is_some() {
        out.push("the first statement is not the only root".to_string());
    }
    for s in &reading.statements {
        let ends = s.chain.first() == Some(&s.id)
            && s.chain.last() == Some(&reading.statements[0].id)
            && s.chain.get(1) == s.within.as_ref();
        if !ends || !s.chain.iter().all(|id| ids.contains(id)) {
            out.push(format!(
                "the chain of statement {} is broken",
                s.id.as_str()
            ));
        }
    }
    for event in &reading.events {
        let at = &event.trigger.text;
        let evidence = event.evidence.span;
        if evidence.0 > event.trigger.span.0 || evidence.1 < event.trigger.span.1 {
            out.push(format!("{at:?} stands outside its evidence"));
        }
        if event.because.is_empty() {
            out.push(format!("{at:?} has no reason"));
        }
        if !ids.contains(&event.statement) || !event.performs.iter().all(|p| ids.contains(p)) {
            out.push(format!("{at:?} stands in no statement"));
        }
        let Some(statement) = reading.statements.iter().find(|s| s.id == event.statement) else {
            continue;
        };
        let chain: BTreeSet<&str> = reading
            .statements
            .iter()
            .filter(|s| statement.chain.contains(&s.id))
            .flat_map(|s| &s.speakers)
            .map(|s| s.name.as_str())
            .collect();
        if !event.said_by.iter().all(|n| chain.contains(n.as_str())) {
            out.push(format!("{at:?} is said by someone outside its chain"));
        }
    }
    out
}
