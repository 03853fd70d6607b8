//! Which frame a word opens: the most specific one that its surroundings allow.

use std::collections::BTreeSet;

use kronik_lang::{Pack, Relation, Upos};

use crate::frame::{Frame, FrameBook, HeadKind, Slot, Word};
use kronik_lang::Grammar;

/// A frame that fired.
#[derive(Debug, Clone)]
pub struct Match<'b> {
    /// The frame.
    pub frame: &'b Frame,
    /// Token of its head.
    pub head: usize,
    /// Tokens of the words that make the trigger, head included, in order.
    pub words: Vec<usize>,
    /// Tokens that satisfied the frame's constraint.
    pub with: Vec<usize>,
    score: u32,
}

/// How many words may stand between two words of a trigger.
const GAP: usize = 3;

/// All frames that fire in a sentence, one for each head, without those that are part of another.
/// A match whose frame has no class is a sense that is no event; the caller drops it last, since
/// it too takes its words from others.
///
/// `fits` says which frames may fire at a token at all.
pub fn matches<'b>(
    book: &'b FrameBook,
    pack: &Pack,
    grammar: Grammar<'_>,
    fits: &dyn Fn(&Frame, usize) -> bool,
) -> Vec<Match<'b>> {
    let mut all: Vec<Match<'b>> = Vec::new();
    for head in 0..grammar.forms.len() {
        if let Some(found) = best_at(book, pack, grammar, head, fits) {
            all.push(found);
        }
    }
    // Two readings of one verb (`saling serang`, `serang`): the more specific.
    let weaker = |at: usize| {
        all.iter().enumerate().any(|(i, o)| {
            let stronger = o.score > all[at].score || o.score == all[at].score && i < at;
            i != at && o.head == all[at].head && stronger
        })
    };
    let keep: Vec<bool> = (0..all.len()).map(|at| !weaker(at)).collect();
    let mut keep = keep.into_iter();
    all.retain(|_| keep.next().unwrap_or(true));
    // A noun inside another frame's trigger (`hold talks`) or the object that a frame of the same
    // class asked for (`launch + attack`) is not a deed of its own.
    // Where two ask for each other (`hold talks`, `talks` that are held), the more specific stays.
    let takes = |m: &Match<'b>, o: &Match<'b>| {
        let inside = o.head != m.head && m.words.contains(&o.head);
        let alike = o.frame.class == m.frame.class || m.frame.class.is_none();
        inside || alike && m.with.contains(&o.head)
    };
    let mut taken: BTreeSet<usize> = BTreeSet::new();
    for (i, m) in all.iter().enumerate() {
        for (j, o) in all.iter().enumerate() {
            let stands =
                i != j && takes(o, m) && (o.score > m.score || o.score == m.score && j < i);
            if i != j && takes(m, o) && !stands {
                taken.insert(o.head);
            }
        }
    }
    all.retain(|m| !taken.contains(&m.head));
    all
}

fn best_at<'b>(
    book: &'b FrameBook,
    pack: &Pack,
    grammar: Grammar<'_>,
    head: usize,
    fits: &dyn Fn(&Frame, usize) -> bool,
) -> Option<Match<'b>> {
    let token = &grammar.sentence.tokens[head];
    let form = &grammar.forms[head];
    // `heading back`: an adverb of another verb tells no deed unless together with that verb
    // (`saling serang`).
    let adverb =
        token.upos == Upos::Adv && token.relation == Relation::Advmod && !verb_like(grammar, head);
    let try_frame = |frame: &'b Frame| {
        let whole = !adverb || !frame.more.is_empty() || frame.kind == HeadKind::Other;
        (whole && fits(frame, head)).then(|| try_frame(frame, grammar, head))?
    };
    let mut best: Option<Match<'b>> = None;
    let mut consider = |frame: &'b Frame, penalty: u32| {
        if let Some(mut m) = try_frame(frame) {
            m.score = m.score.saturating_sub(penalty);
            if best.as_ref().is_none_or(|b| m.score > b.score) {
                best = Some(m);
            }
        }
    };
    let (first, second) = match token.upos {
        Upos::Verb | Upos::Aux => (HeadKind::Verb, HeadKind::Noun),
        Upos::Noun => (HeadKind::Noun, HeadKind::Verb),
        Upos::Adj | Upos::Propn | Upos::X | Upos::Adv => (HeadKind::Verb, HeadKind::Noun),
        _ => {
            for frame in book.of(HeadKind::Other, form) {
                consider(frame, 0);
            }
            return best;
        }
    };
    for frame in book.of(first, &token.lemma) {
        consider(frame, 0);
    }
    for frame in book.of(HeadKind::Other, form) {
        consider(frame, 0);
    }
    // The other part of speech, where the tagger may have erred: only where the form itself, read
    // that way, is the frame's key, and no frame of the right kind fired.
    let unsure = best.is_none()
        && (token.upos != Upos::Propn || grammar.sentence.tokens.len() == 1 || head == 0);
    if unsure {
        for (kind, verb) in [
            (second, second == HeadKind::Verb),
            (first, first == HeadKind::Verb),
        ] {
            if token.upos == Upos::Noun && kind == HeadKind::Verb && !verb_like(grammar, head) {
                continue;
            }
            let key = pack.key(form, verb);
            if key != token.lemma || kind == second {
                for frame in book.of(kind, &key) {
                    if let Some(mut m) = try_frame(frame) {
                        m.score = m.score.saturating_sub(1);
                        if best.as_ref().is_none_or(|b| m.score > b.score) {
                            best = Some(m);
                        }
                    }
                }
            }
        }
    }
    best
}

/// A word tagged as a noun that takes arguments as a verb does.
fn verb_like(grammar: Grammar<'_>, at: usize) -> bool {
    grammar.sentence.children(at).any(|c| {
        matches!(
            grammar.sentence.tokens[c].relation,
            Relation::Nsubj
                | Relation::NsubjPass
                | Relation::Obj
                | Relation::Aux
                | Relation::AuxPass
                | Relation::OblAgent
        )
    }) || grammar.sentence.tokens[at].relation == Relation::Root
}

fn try_frame<'b>(frame: &'b Frame, grammar: Grammar<'_>, head: usize) -> Option<Match<'b>> {
    let mut words = vec![head];
    let mut at = head;
    for word in &frame.more {
        let next = next_word(word, grammar, head, at)?;
        words.push(next);
        at = next;
    }
    let mut score = 10 + 20 * frame.more.len() as u32;
    let mut with = Vec::new();
    if !frame.with.is_empty() {
        let (tokens, close) = constraint(frame, grammar, head)?;
        // What something is sent to do is told by a verb (`to help`, never `in aid`).
        let verb = |t: &usize| grammar.sentence.tokens[*t].upos == Upos::Verb;
        if frame.recipient.contains(&Slot::Aim) && !tokens.iter().any(verb) {
            return None;
        }
        with = tokens;
        score += if close { 15 } else { 8 };
    }
    words.sort_unstable();
    words.dedup();
    Some(Match {
        frame,
        head: syntactic_head(grammar, head, &words),
        words,
        with,
        score,
    })
}

/// The word of a trigger that its arguments hang on: its first, or the verb that the first only
/// modifies.
fn syntactic_head(grammar: Grammar<'_>, first: usize, words: &[usize]) -> usize {
    let token = &grammar.sentence.tokens[first];
    match token.head {
        Some(h)
            if token.upos != Upos::Verb
                && words.contains(&h)
                && grammar.sentence.tokens[h].upos == Upos::Verb =>
        {
            h
        }
        _ => first,
    }
}

fn is_word(word: &Word, grammar: Grammar<'_>, i: usize) -> bool {
    word.is(&grammar.forms[i], &grammar.sentence.tokens[i].lemma)
}

fn next_word(word: &Word, grammar: Grammar<'_>, head: usize, at: usize) -> Option<usize> {
    let len = grammar.forms.len();
    let tokens = &grammar.sentence.tokens;
    let near = (at + 1..(at + 2 + GAP).min(len)).find(|i| is_word(word, grammar, *i));
    if let Some(i) = near {
        let crosses = (at + 1..i)
            .any(|j| tokens[j].upos == Upos::Verb && tokens[j].relation != Relation::Amod);
        if !crosses || i == at + 1 {
            return Some(i);
        }
    }
    grammar
        .sentence
        .children(head)
        .filter(|c| {
            matches!(
                tokens[*c].relation,
                Relation::Obj
                    | Relation::NsubjPass
                    | Relation::CompoundPrt
                    | Relation::Obl
                    | Relation::Xcomp
                    | Relation::Compound
            ) || tokens[*c].relation == Relation::Nsubj && grammar.is_passive(head)
        })
        .find(|c| is_word(word, grammar, *c))
}

/// Tokens that satisfy the constraint, and whether they stand as the head's own argument.
fn constraint(frame: &Frame, grammar: Grammar<'_>, head: usize) -> Option<(Vec<usize>, bool)> {
    let find = |i: usize| -> Option<Vec<usize>> {
        frame.with.iter().find_map(|item| {
            let all = item
                .iter()
                .enumerate()
                .all(|(n, word)| i + n < grammar.forms.len() && is_word(word, grammar, i + n));
            all.then(|| (i..i + item.len()).collect())
        })
    };
    let mut close: Vec<usize> = Vec::new();
    let argument = match frame.kind {
        HeadKind::Noun => None,
        _ => grammar.object(head),
    };
    if let Some(argument) = argument {
        close.extend(grammar.coordinated(argument));
    }
    let tokens = &grammar.sentence.tokens;
    for c in grammar.sentence.children(head) {
        if matches!(
            tokens[c].relation,
            Relation::Obj
                | Relation::Iobj
                | Relation::NsubjPass
                | Relation::Nsubj
                | Relation::Compound
                | Relation::NmodPoss
                | Relation::Amod
                | Relation::Nmod
                | Relation::Obl
                | Relation::Xcomp
                | Relation::Ccomp
                | Relation::Advcl
                | Relation::CompoundPrt
                | Relation::Flat
        ) {
            close.push(c);
        }
    }
    let mut wider: Vec<usize> = close.clone();
    for c in &close {
        // Names of things are often the modifier (`missile systems`, `gas air mata`).
        wider.extend(grammar.sentence.children(*c));
    }
    if let Some(found) = wider.iter().find_map(|i| find(*i)) {
        return Some((found, true));
    }
    let mut clause = grammar.clause(head);
    // What a relative clause belongs to takes part in it.
    let predicate = grammar.clause_head(head);
    if matches!(
        tokens[predicate].relation,
        Relation::Acl | Relation::AclRelcl
    ) {
        clause.extend(tokens[predicate].head);
    }
    let reach = 8;
    clause
        .iter()
        .filter(|i| **i != head && i.abs_diff(head) <= reach)
        .find_map(|i| find(*i))
        .map(|found| (found, false))
}
