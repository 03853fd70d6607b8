//! Which reports go back to one mouth, and why that is thought.
//!
//! Ten outlets that print one agency's words are one origin. Reports are joined pair by pair: the
//! same named speaker; the same agency passing on words that are alike; one outlet speaking in its
//! own voice; one sentence. Sources that are not named are never taken to be the same.

use serde::Serialize;

use crate::report::{Link, Report};
use crate::{Source, report::Voice};

/// Why reports count as one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Why {
    /// The nearest speaker of all is this one.
    Speaker {
        /// Who.
        name: String,
    },
    /// All came by way of this agency or outlet, in words that are alike.
    Agency {
        /// Which.
        name: String,
    },
    /// All are this outlet's own words.
    Outlet {
        /// Which.
        name: String,
    },
    /// The sentence is the same, word for word, in these outlets.
    Sentence {
        /// Which.
        outlets: Vec<String>,
    },
}

/// Reports that go back to one mouth.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Origin {
    /// Indices into [`crate::Entry::reports`].
    pub reports: Vec<usize>,
    /// Why they count as one; empty for one report.
    pub why: Vec<Why>,
}

/// Joins the reports of one entry.
pub(crate) fn origins(reports: &[Report], sources: &[Source]) -> Vec<Origin> {
    let mut group: Vec<usize> = (0..reports.len()).collect();
    let mut why: Vec<(usize, Why)> = Vec::new();
    for b in 0..reports.len() {
        for a in 0..b {
            let Some(reason) = one_origin(&reports[a], &reports[b], sources) else {
                continue;
            };
            why.push((a, reason));
            let (keep, drop) = (group[a].min(group[b]), group[a].max(group[b]));
            group
                .iter_mut()
                .filter(|g| **g == drop)
                .for_each(|g| *g = keep);
        }
    }
    let mut found = Vec::new();
    for first in 0..reports.len() {
        if group[first] != first {
            continue;
        }
        let members: Vec<usize> = (first..reports.len())
            .filter(|r| group[*r] == first)
            .collect();
        let mut reasons: Vec<Why> = why
            .iter()
            .filter(|(a, _)| members.contains(a))
            .map(|(_, w)| w.clone())
            .collect();
        reasons.sort();
        reasons.dedup();
        found.push(Origin {
            reports: members,
            why: joined(reasons),
        });
    }
    found
}

/// Sentences that are the same in several pairs of outlets become one reason.
fn joined(reasons: Vec<Why>) -> Vec<Why> {
    let mut out = Vec::new();
    let mut all: Vec<String> = Vec::new();
    for reason in reasons {
        match reason {
            Why::Sentence { outlets } => all.extend(outlets),
            other => out.push(other),
        }
    }
    if !all.is_empty() {
        all.sort();
        all.dedup();
        out.push(Why::Sentence { outlets: all });
    }
    out
}

fn one_origin(a: &Report, b: &Report, sources: &[Source]) -> Option<Why> {
    if a.denies() != b.denies() {
        return None;
    }
    if let (Some(x), Some(y)) = (a.chain.first(), b.chain.first())
        && let Some(voice) = one_speaker(x, y)
    {
        let name = voice.name.clone();
        return Some(if x.relays() && y.relays() {
            Why::Agency { name }
        } else {
            Why::Speaker { name }
        });
    }
    let alike = alike(&a.sentence, &b.sentence);
    if alike != Alike::No
        && let Some(name) = one_relay(a, b)
    {
        return Some(Why::Agency { name });
    }
    let (x, y) = (sources.get(a.article)?, sources.get(b.article)?);
    if a.own() && b.own() && x.outlet.is_some() && x.outlet == y.outlet {
        return Some(Why::Outlet {
            name: x.outlet.clone().unwrap_or_default(),
        });
    }
    (alike == Alike::Same).then(|| {
        let mut outlets = vec![x.label().to_string(), y.label().to_string()];
        outlets.sort();
        outlets.dedup();
        Why::Sentence { outlets }
    })
}

/// The speaker of both links, if each has one and it has a name.
fn one_speaker<'l>(x: &'l Link, y: &Link) -> Option<&'l Voice> {
    let ([voice], [other]) = (x.voices.as_slice(), y.voices.as_slice()) else {
        return None;
    };
    let same_code = voice.code == other.code || voice.code.is_none() || other.code.is_none();
    (same_code && same_name(voice, other)).then_some(voice)
}

fn same_name(x: &Voice, y: &Voice) -> bool {
    !x.unnamed && !y.unnamed && !x.name.is_empty() && x.name.to_lowercase() == y.name.to_lowercase()
}

/// An agency that both came by, and of which one of them names no earlier speaker that the other
/// contradicts.
fn one_relay(a: &Report, b: &Report) -> Option<String> {
    let relays = |r: &Report| -> Vec<Voice> {
        r.chain
            .iter()
            .filter(|l| l.relays())
            .flat_map(|l| l.voices.clone())
            .collect()
    };
    let others = relays(b);
    let relay = relays(a)
        .into_iter()
        .find(|x| others.iter().any(|y| same_name(x, y)))?;
    let speaker = |r: &Report| {
        r.chain
            .first()
            .filter(|l| !l.relays())
            .map(|l| l.voices.clone())
    };
    match (speaker(a), speaker(b)) {
        (Some(x), Some(y)) if !x.iter().any(|x| y.iter().any(|y| same_name(x, y))) => None,
        _ => Some(relay.name),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Alike {
    No,
    Mostly,
    Same,
}

/// At least this many words, so that short sentences are not the same by accident.
const WORDS_THAT_TELL: usize = 5;

fn alike(a: &str, b: &str) -> Alike {
    let words = |text: &str| -> Vec<String> {
        let parts = text.split(|c: char| !c.is_alphanumeric());
        parts
            .filter(|w| !w.is_empty())
            .map(str::to_lowercase)
            .collect()
    };
    let (a, b) = (words(a), words(b));
    if a.len() < WORDS_THAT_TELL || b.len() < WORDS_THAT_TELL {
        return Alike::No;
    }
    if a == b {
        return Alike::Same;
    }
    let set = |words: Vec<String>| words.into_iter().collect::<std::collections::BTreeSet<_>>();
    let (a, b) = (set(a), set(b));
    let shared = a.intersection(&b).count();
    if shared * 2 >= a.union(&b).count() {
        Alike::Mostly
    } else {
        Alike::No
    }
}
