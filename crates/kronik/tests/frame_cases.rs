//! Every frame's case, read by the whole pipeline.
//!
//! Each row of `languages/<code>/frames/*.tsv` carries a sentence in which it fires, with its
//! trigger, actors and recipients marked. Here all of them are read as articles, and what comes
//! out is compared with the marks. No parser reads every sentence right, so the rates have floors
//! rather than be perfect; a change that costs cases shows at once.
//!
//! `KRONIK_CASES=all cargo test -p kronik --test frame_cases -- --nocapture` lists what fails,
//! `KRONIK_CASES=id/assault` what fails of one file.

use std::collections::BTreeMap;
use std::path::Path;

use kronik::{Config, Document, Engine, Files, Ontology, Stages};
use kronik_event::{CodedEvent, Frame, FrameBook, Participant};
use kronik_lang::Pack;
use kronik_text::Span;

/// Shares of cases that must be read right, in per cent: trigger and type of all cases; mode,
/// actors and recipients of the cases whose trigger and type are right.
const FLOORS: [(&str, [usize; 4]); 2] = [("en", [95, 96, 95, 95]), ("id", [96, 95, 94, 96])];

/// A case without its marks, and where they stood.
#[derive(Debug, Default, PartialEq)]
struct Case {
    text: String,
    trigger: Vec<Span>,
    actors: Vec<Span>,
    recipients: Vec<Span>,
}

impl Case {
    /// Reads `[A Russia] [T attacked] [R Ukraine].`
    fn of(marked: &str) -> Case {
        let mut case = Case::default();
        let mut rest = marked;
        while let Some(open) = rest.find('[') {
            case.text.push_str(&rest[..open]);
            let inner = &rest[open + 1..];
            let close = inner.find(']').unwrap_or(inner.len());
            let (kind, words) = inner[..close].split_once(' ').unwrap_or(("", ""));
            let start = case.text.len();
            case.text.push_str(words);
            let span = Span::new(start, case.text.len());
            match kind {
                "T" => case.trigger.push(span),
                "A" => case.actors.push(span),
                "R" => case.recipients.push(span),
                _ => {}
            }
            rest = inner.get(close + 1..).unwrap_or("");
        }
        case.text.push_str(rest);
        case
    }
}

/// How one case was read; `None` where the question does not arise.
#[derive(Debug, Default)]
struct Verdict {
    found: bool,
    mode: Option<bool>,
    actors: Option<bool>,
    recipients: Option<bool>,
    seen: String,
}

impl Verdict {
    fn is_right(&self) -> bool {
        let right = |part: Option<bool>| part != Some(false);
        self.found && right(self.mode) && right(self.actors) && right(self.recipients)
    }
}

/// The codes that the mentions under a mark have.
fn codes_under(stages: &Stages, mark: Span) -> Vec<String> {
    let actors = &stages.mentions.actors;
    let of_actors = actors
        .iter()
        .filter(|m| m.span.overlaps(mark))
        .filter_map(|m| m.code.clone().or_else(|| m.guess.clone()));
    let places = &stages.mentions.places;
    let of_places = places
        .iter()
        .filter(|p| p.span.overlaps(mark))
        .filter_map(|p| p.country.clone());
    of_actors.chain(of_places).collect()
}

/// True if `found` are the marked ones, by code; one without a code stands for the mark it covers
/// and counts for nothing elsewhere.
fn agree(stages: &Stages, found: &[Participant], marks: &[Span], also: &[String]) -> bool {
    let marked: Vec<Vec<String>> = marks.iter().map(|m| codes_under(stages, *m)).collect();
    let is = |p: &Participant, at: usize| match &p.code {
        Some(code) => marked[at].contains(code),
        None => p.span.overlaps(marks[at]),
    };
    let all_found = (0..marks.len()).all(|at| found.iter().any(|p| is(p, at)));
    let none_more = found.iter().all(|p| {
        let free = p.code.as_ref().is_none_or(|code| also.contains(code));
        free || (0..marks.len()).any(|at| is(p, at))
    });
    all_found && none_more
}

fn shown(events: &[&CodedEvent]) -> String {
    let codes = |list: &[Participant]| {
        let codes: Vec<&str> = list
            .iter()
            .map(|p| p.code.as_deref().unwrap_or("?"))
            .collect();
        codes.join(",")
    };
    let one = |e: &&CodedEvent| {
        format!(
            "{}/{} {} -> {} by {}",
            e.class,
            e.mode.as_deref().unwrap_or("-"),
            codes(&e.actors),
            codes(&e.recipients),
            e.because.first().map(|b| b.rule.as_str()).unwrap_or("?"),
        )
    };
    let all: Vec<String> = events.iter().map(one).collect();
    if all.is_empty() {
        "nothing".to_string()
    } else {
        all.join("; ")
    }
}

/// The words that may head a trigger, from an id such as `en/assault/hit|strike + @missile`.
fn heads(id: &str) -> Vec<&str> {
    let trigger = id.splitn(3, '/').nth(2).unwrap_or("");
    let head = trigger.split_whitespace().next().unwrap_or("");
    head.split('|').collect()
}

fn judge(engine: &Engine, language: &str, frame: &Frame) -> Verdict {
    let case = Case::of(&frame.case);
    let document = Document {
        text: Some(format!("Kronik\n-\n{}\n", case.text)),
        published: Some("2026-03-04".to_string()),
        language: Some(language.to_string()),
        ..Document::default()
    };
    let (article, stages) = engine.stages(&document);
    let all: Vec<&CodedEvent> = stages.events.iter().collect();
    let mut verdict = Verdict {
        seen: shown(&all),
        ..Verdict::default()
    };
    let Some(class) = &frame.class else {
        // A sense that is no deed: nothing that its head could open is coded.
        let own = heads(&frame.id);
        verdict.found = !all.iter().any(|e| {
            let rule = e.because.first().map(|b| b.rule.as_str()).unwrap_or("");
            heads(rule).iter().any(|h| own.contains(h))
        });
        return verdict;
    };
    let Some(start) = article.text.find(&case.text) else {
        verdict.seen = "not read as running text".to_string();
        return verdict;
    };
    let moved = |spans: &[Span]| -> Vec<Span> {
        spans
            .iter()
            .map(|s| Span::new(start + s.start(), start + s.end()))
            .collect()
    };
    let trigger = moved(&case.trigger);
    let Some(event) = all
        .iter()
        .find(|e| e.class == *class && trigger.iter().any(|t| t.overlaps(e.trigger)))
    else {
        return verdict;
    };
    verdict.found = true;
    if frame.mode.is_some() {
        verdict.mode = Some(event.mode == frame.mode);
    }
    let (actors, recipients) = (moved(&case.actors), moved(&case.recipients));
    verdict.actors = Some(agree(&stages, &event.actors, &actors, &[]));
    // Where nobody is marked the type's own rule may name the place's state or the actor's own.
    let told: Vec<String> = if recipients.is_empty() {
        let by_rule = event
            .recipients
            .iter()
            .filter(|r| r.mention.is_none() || event.actors.iter().any(|a| a.code == r.code));
        by_rule.filter_map(|r| r.code.clone()).collect()
    } else {
        Vec::new()
    };
    verdict.recipients = Some(agree(&stages, &event.recipients, &recipients, &told));
    verdict
}

/// Right of asked, for each of the four questions.
#[derive(Debug, Default, Clone, Copy)]
struct Rates([(usize, usize); 4]);

impl Rates {
    fn add(&mut self, verdict: &Verdict) {
        let asked = [
            Some(verdict.found),
            verdict.mode,
            verdict.actors,
            verdict.recipients,
        ];
        for (rate, answer) in self.0.iter_mut().zip(asked) {
            rate.0 += usize::from(answer == Some(true));
            rate.1 += usize::from(answer.is_some());
        }
    }

    /// In per cent, rounded down.
    fn percent(&self) -> [usize; 4] {
        self.0.map(|(right, asked)| right * 100 / asked.max(1))
    }

    fn line(&self, name: &str) -> String {
        let mut line = format!("{name:<14}");
        for (right, asked) in self.0 {
            let tenths = right * 1000 / asked.max(1);
            line += &format!("{right:>6}/{asked:<5}{:>4}.{}", tenths / 10, tenths % 10);
        }
        line
    }
}

fn files() -> Files {
    Files::of_checkout(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))).expect("checkout")
}

#[test]
fn the_cases_of_all_frames_are_read_as_marked() {
    let files = files();
    let config = Config::default();
    let engine = Engine::with_files(&files, &config).expect("engine");
    let names: Vec<&str> = config.ontologies.iter().map(String::as_str).collect();
    let ontology = Ontology::load(&files, &names).expect("ontology");
    let listed = std::env::var("KRONIK_CASES").unwrap_or_default();
    let mut low = Vec::new();
    println!("cases                trigger+type            mode          actors      recipients");
    for language in engine.languages() {
        let pack = Pack::load(&files, language).expect("pack");
        let book = FrameBook::load(&files, &pack, &ontology).expect("frames");
        let mut by_file: BTreeMap<&str, Rates> = BTreeMap::new();
        let mut total = Rates::default();
        for frame in book.frames() {
            let verdict = judge(&engine, language, frame);
            let file = frame.id.split('/').nth(1).unwrap_or("");
            by_file.entry(file).or_default().add(&verdict);
            total.add(&verdict);
            let wanted =
                listed == "all" || !listed.is_empty() && frame.id.starts_with(listed.as_str());
            if wanted && !verdict.is_right() {
                let (path, line) = &frame.place;
                println!("{path}:{line}: {}\n    {}", frame.case, verdict.seen);
            }
        }
        for (file, rates) in &by_file {
            println!("{}", rates.line(&format!("{language} {file}")));
        }
        println!("{}", total.line(language));
        let floors = FLOORS.iter().find(|(code, _)| *code == language);
        for (n, floor) in floors
            .map(|(_, f)| *f)
            .unwrap_or_default()
            .iter()
            .enumerate()
        {
            if total.percent()[n] < *floor {
                low.push(format!("{language}: {} under {floor}", total.percent()[n]));
            }
        }
    }
    assert!(low.is_empty(), "{low:?}");
}

/// One word in one surrounding opens one type: else which of them wins would hang on the order of
/// the files.
#[test]
fn no_trigger_stands_in_two_types() {
    let files = files();
    let config = Config::default();
    let names: Vec<&str> = config.ontologies.iter().map(String::as_str).collect();
    let ontology = Ontology::load(&files, &names).expect("ontology");
    for code in Pack::codes(&files) {
        let pack = Pack::load(&files, &code).expect("pack");
        let book = FrameBook::load(&files, &pack, &ontology).expect("frames");
        let mut seen: BTreeMap<(String, String), &Frame> = BTreeMap::new();
        for frame in book.frames() {
            let trigger = frame.id.splitn(3, '/').nth(2).unwrap_or("");
            let (words, with) = trigger.split_once(" + ").unwrap_or((trigger, ""));
            let (first, more) = words.split_once(' ').unwrap_or((words, ""));
            for head in first.split('|') {
                for with in with.split('|') {
                    let key = (
                        format!("{:?} {head} {more}", frame.kind),
                        with.trim().to_string(),
                    );
                    if let Some(other) = seen.insert(key, frame) {
                        assert!(
                            other.class == frame.class,
                            "{}:{} and {}:{} have the same trigger",
                            other.place.0,
                            other.place.1,
                            frame.place.0,
                            frame.place.1
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn marks_are_read() {
    let case = Case::of("[A Iran] [T fired] missiles at [R Israel].");
    assert_eq!(case.text, "Iran fired missiles at Israel.");
    assert_eq!(case.trigger, [Span::new(5, 10)]);
    assert_eq!(case.actors, [Span::new(0, 4)]);
    assert_eq!(case.recipients, [Span::new(23, 29)]);
    assert_eq!(Case::of("Nothing is marked.").text, "Nothing is marked.");
}
