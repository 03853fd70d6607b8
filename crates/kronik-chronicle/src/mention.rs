//! One mention of a deed with what is needed to compare it to others.

use std::collections::BTreeSet;

use jiff::civil::Date;
use kronik_record::{ActorRecord, EventRecord};

use crate::calendar::{Days, clock, day};

/// A mention of a deed.
#[derive(Debug, Clone)]
pub(crate) struct Mention<'r> {
    pub(crate) event: &'r EventRecord,
    /// Index of its article in the chronicle.
    pub(crate) article: usize,
    /// Days told for it.
    pub(crate) told: Option<Days>,
    /// Day its article was published.
    pub(crate) published: Option<Date>,
    /// Clock time told.
    pub(crate) clock: Option<String>,
    pub(crate) actors: BTreeSet<String>,
    pub(crate) recipients: BTreeSet<String>,
    /// Words of the sentence, in order and in lower case.
    pub(crate) sentence: Vec<String>,
    /// The same as a set.
    pub(crate) words: BTreeSet<String>,
}

impl<'r> Mention<'r> {
    pub(crate) fn new(
        event: &'r EventRecord,
        article: usize,
        published: Option<&str>,
    ) -> Mention<'r> {
        let time = event.time.as_ref();
        let told = time.filter(|time| time.basis != "published");
        let sentence: Vec<String> = event
            .evidence
            .text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect();
        Mention {
            event,
            article,
            told: told.and_then(Days::of),
            published: published.and_then(day),
            clock: told.and_then(clock),
            actors: event.actors.iter().map(party_key).collect(),
            recipients: event.recipients.iter().map(party_key).collect(),
            words: sentence.iter().cloned().collect(),
            sentence,
        }
    }

    pub(crate) fn denied(&self) -> bool {
        self.event.factuality == "denied"
    }

    /// Deeds told as done, whoever doubts it, are compared to each other only; so are plans, and so on.
    pub(crate) fn world(&self) -> &str {
        match self.event.factuality.as_str() {
            "alleged" | "denied" => "asserted",
            other => other,
        }
    }
}

/// What an actor is compared by: its code, or else its name.
pub(crate) fn party_key(actor: &ActorRecord) -> String {
    actor
        .code
        .clone()
        .unwrap_or_else(|| actor.name.to_lowercase())
}
