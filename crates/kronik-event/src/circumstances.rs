//! When: which of a sentence's times dates a deed.

use kronik_lang::{Relation, Upos};
use kronik_text::Span;

use crate::roles::Cast;
use kronik_lang::Grammar;

/// What it costs a time that it tells no day.
const CLOCK: u32 = 40;

/// Words of saying of a sentence, and what they bring.
#[derive(Debug, Clone, Copy)]
pub struct Saying<'a> {
    /// The token of the cue.
    pub cue: usize,
    /// What is said: a time in it does not tell when it was said.
    pub content: &'a [Span],
}

/// Index into `mentions.times` of the time that dates the deed at token `at`, if one of its own
/// sentence does. `others` are the heads of the sentence's other deeds and `sayings` the words of
/// saying: a time nearer to one of those belongs there.
///
/// A deed done by speaking (`speech`) is not dated by what it speaks of (`promised to leave on
/// Friday`), unless that day had come already (`agreed to leave on Monday`, told on Wednesday).
pub fn time_of(
    cast: Cast<'_>,
    at: usize,
    speech: bool,
    others: &[usize],
    sayings: &[Saying<'_>],
) -> Option<usize> {
    let g = cast.grammar;
    let mentions = cast.mentions;
    let verbal = |t: usize| g.sentence.tokens[t].upos == Upos::Verb;
    let mut best: Option<(u32, usize)> = None;
    for i in mentions.times_of(cast.index) {
        let t = &mentions.times[i];
        let head = phrase_head(g, t.tokens);
        let attach = set_off(g, t.tokens.0, attachment(g, head));
        if speech && t.future && in_complement(g, attach, at) {
            continue;
        }
        let clock = if t.clock_only { CLOCK } else { 0 };
        let cost = distance(g, attach, head, at);
        let cues: Vec<usize> = sayings
            .iter()
            .filter(|s| !s.content.iter().any(|c| c.contains(t.span)))
            .map(|s| s.cue)
            .collect();
        let rivals = others.iter().chain(&cues).filter(|o| **o != at);
        let rival = rivals
            .map(|o| distance(g, attach, head, *o))
            .min()
            .unwrap_or(u32::MAX);
        // What a dated verb acts on or follows from has a day of its own (`condemned the attack on
        // Monday`).
        let named = !verbal(at) && others.iter().any(|o| *o == attach && verbal(*o));
        let shared = g.clause_head(at) == g.clause_head(attach)
            && !named
            && !cues.iter().any(|c| distance(g, attach, head, *c) < cost);
        if (cost < rival || shared) && best.is_none_or(|(b, _)| cost + clock < b) {
            best = Some((cost + clock, i));
        }
    }
    best.map(|(_, i)| i)
}

/// True if `inner` stands in a clause that completes the verb at `at`.
fn in_complement(g: Grammar<'_>, inner: usize, at: usize) -> bool {
    let mut from = inner;
    while let Some(head) = g.sentence.tokens[from].head {
        if head == at {
            let relation = g.sentence.tokens[from].relation;
            return from > at && matches!(relation, Relation::Xcomp | Relation::Ccomp);
        }
        from = head;
    }
    false
}

fn distance(g: Grammar<'_>, attach: usize, head: usize, at: usize) -> u32 {
    let steps = if attach == at {
        0
    } else if g.sentence.is_under(attach, at) {
        1
    } else if g.clause_head(attach) == g.clause_head(at) {
        2
    } else if g.sentence.is_under(at, attach) {
        4
    } else {
        6
    };
    steps * 16 + (head.abs_diff(at) as u32).min(15)
}

/// The token of a stretch whose head lies outside it.
pub fn phrase_head(g: Grammar<'_>, tokens: (usize, usize)) -> usize {
    (tokens.0..tokens.1)
        .find(|t| {
            g.sentence.tokens[*t]
                .head
                .is_none_or(|h| h < tokens.0 || h >= tokens.1)
                && g.sentence.tokens[*t].relation != Relation::Case
                && g.sentence.tokens[*t].relation != Relation::Punct
        })
        .unwrap_or(tokens.0)
}

/// A time that a comma sets off belongs to the sentence, not to a clause inside it that ends there
/// (`Trump, who was elected, on Monday met …`).
fn set_off(g: Grammar<'_>, first: usize, attach: usize) -> usize {
    let tokens = &g.sentence.tokens;
    let before = |t: usize| t.checked_sub(1).filter(|b| *b > attach);
    let comma = before(first)
        .map(|b| {
            if tokens[b].upos == Upos::Adp {
                before(b).unwrap_or(b)
            } else {
                b
            }
        })
        .is_some_and(|b| tokens[b].upos == Upos::Punct);
    let inner = matches!(tokens[attach].relation, Relation::Acl | Relation::AclRelcl);
    match tokens[attach].head {
        Some(head) if comma && inner => g.clause_head(head),
        _ => attach,
    }
}

/// What the phrase headed by `head` hangs on.
fn attachment(g: Grammar<'_>, head: usize) -> usize {
    g.sentence.tokens[head].head.unwrap_or(head)
}
