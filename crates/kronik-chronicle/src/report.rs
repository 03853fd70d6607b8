//! One report of a deed: who says it, by way of whom, and where it is printed.

use std::collections::BTreeMap;

use kronik_record::{ActorRecord, ArticleRecord, EventRecord, StatementRecord};
use kronik_text::{CharSpan, ContentId};
use serde::Serialize;

use crate::calendar::clock;

/// How records name a source that will not be named.
const UNNAMED: &str = "unnamed";

/// One who says or passes on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Voice {
    /// As the record has it; for a source that is not named, the words that describe it.
    pub name: String,
    /// State or organisation.
    pub code: Option<String>,
    /// A source that will not be named.
    pub unnamed: bool,
}

/// One step of the way from the speaker to the outlet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Link {
    /// The statement's id, where the statement is known.
    pub statement: Option<ContentId>,
    /// Who says it; several say it jointly.
    pub voices: Vec<Voice>,
    /// `quoted`, `paraphrased`, `mixed`, `relayed`.
    pub manner: String,
    /// `asserts`, `denies`, …
    pub stance: String,
}

impl Link {
    /// True for an agency or outlet that passes on what others say.
    pub fn relays(&self) -> bool {
        self.manner == "relayed"
    }
}

/// One mention of a deed in one article.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// The event record.
    pub event: ContentId,
    /// Index into [`crate::Chronicle::articles`].
    pub article: usize,
    /// Line of the article's text in which the trigger stands, from 1; `None` without the text.
    pub line: Option<usize>,
    /// The words that name the deed.
    pub trigger: String,
    /// Their place in the article, in code points.
    pub span: CharSpan,
    /// The sentence, never shortened.
    pub sentence: String,
    /// The trigger's place in the sentence, in code points; `None` if it lies outside.
    pub mark: Option<CharSpan>,
    /// `asserted`, `alleged`, `denied`, …
    pub factuality: String,
    /// From the nearest speaker outward; empty for the outlet's own words.
    pub chain: Vec<Link>,
    /// The heading it stands under.
    pub section: Option<String>,
    /// Clock time told, with offset where told.
    pub clock: Option<String>,
    /// The place as this report has it.
    pub place: Option<String>,
}

impl Report {
    pub(crate) fn new(
        event: &EventRecord,
        article: usize,
        text: Option<&ArticleRecord>,
        statements: &BTreeMap<&ContentId, &StatementRecord>,
    ) -> Report {
        let span = event.trigger.span;
        let line = text.map(|article| {
            let before = article.text.chars().take(span.0 as usize);
            1 + before.filter(|c| *c == '\n').count()
        });
        let sentence = event.evidence.span;
        let inside = sentence.0 <= span.0 && span.1 <= sentence.1;
        Report {
            event: event.id.clone(),
            article,
            line,
            trigger: event.trigger.text.clone(),
            span,
            sentence: event.evidence.text.clone(),
            mark: inside.then(|| CharSpan(span.0 - sentence.0, span.1 - sentence.0)),
            factuality: event.factuality.clone(),
            chain: chain(event, statements),
            section: event.article.section.clone(),
            clock: event.time.as_ref().and_then(clock),
            place: event.place.as_ref().map(|place| place.text.clone()),
        }
    }

    /// The sentence before the trigger, the trigger, and the rest; the trigger is empty where it
    /// lies outside the sentence.
    pub fn parts(&self) -> (&str, &str, &str) {
        let text = self.sentence.as_str();
        let at = |n: u32| {
            text.char_indices()
                .nth(n as usize)
                .map_or(text.len(), |(at, _)| at)
        };
        match self.mark {
            Some(CharSpan(start, end)) if start <= end => {
                let (start, end) = (at(start), at(end));
                (&text[..start], &text[start..end], &text[end..])
            }
            _ => (text, "", ""),
        }
    }

    /// True where the deed is told as not done.
    pub fn denies(&self) -> bool {
        self.factuality == "denied"
    }

    /// True where the outlet itself speaks.
    pub fn own(&self) -> bool {
        self.chain.is_empty()
    }
}

fn chain(event: &EventRecord, statements: &BTreeMap<&ContentId, &StatementRecord>) -> Vec<Link> {
    let Some(nearest) = statements.get(&event.statement) else {
        return event.said_by.iter().map(|name| said_by(name)).collect();
    };
    let mut links = Vec::new();
    let outer = nearest.chain.iter().filter(|id| **id != nearest.id);
    for id in std::iter::once(&nearest.id).chain(outer) {
        let Some(statement) = statements.get(id) else {
            continue;
        };
        let root = statement.within.is_none() && statement.manner == "own";
        if root || statement.speakers.is_empty() {
            continue;
        }
        links.push(Link {
            statement: Some(statement.id.clone()),
            voices: statement.speakers.iter().map(voice).collect(),
            manner: statement.manner.clone(),
            stance: statement.stance.clone(),
        });
    }
    links
}

fn voice(speaker: &ActorRecord) -> Voice {
    let words = if speaker.unnamed {
        &speaker.text
    } else {
        &speaker.name
    };
    Voice {
        name: words.clone(),
        code: speaker.code.clone(),
        unnamed: speaker.unnamed,
    }
}

fn said_by(name: &str) -> Link {
    let unnamed = name == UNNAMED;
    let name = if unnamed {
        String::new()
    } else {
        name.to_string()
    };
    Link {
        statement: None,
        voices: vec![Voice {
            name,
            code: None,
            unnamed,
        }],
        manner: "paraphrased".to_string(),
        stance: "asserts".to_string(),
    }
}
