//! Who the other side was, when the sentence leaves it out.
//!
//! A report names both sides of a quarrel once and then one at a time: *the shelling went on*,
//! *forty drones were shot down*, *the army imposed a curfew*. Readers keep the two sides in mind;
//! so does this pass over all coded deeds of an article. It fills an empty side only where the
//! frame has a place for it and the codebook says how it may be understood (`opponent`), takes it
//! from the article's own deeds only, and says so in `because`. Help is no quarrel, but it too is
//! named with its receiver once: *the lorries brought food*, *Berlin promised more aid*.

use std::collections::BTreeSet;

use kronik_record::{Ontology, Opponent};

use crate::event::{Because, CodedEvent, Participant};

/// Score of PLOVER from which down a deed is done by force: seizing, arresting, attacking.
const VIOLENT: f64 = -7.0;

/// Which sides a deed's frame has a place for.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Sides {
    pub actor: bool,
    pub recipient: bool,
    /// The sentence chose not to name the actor (a passive).
    pub unsaid: bool,
    /// The recipient is the other side although the deed is no conflict (a release).
    pub other: bool,
    /// Both sides do it (`fighting`).
    pub both: bool,
    /// It is done to both sides (`talks mediated by`).
    pub parties: bool,
}

/// A deed of which both sides are known.
#[derive(Clone)]
struct Pair {
    event: usize,
    actor: Participant,
    recipient: Participant,
}

/// Fills empty sides of conflicts from the article's other conflicts.
pub(crate) fn fill(events: &mut [CodedEvent], sides: &[Sides], ontology: &Ontology) {
    let conflict: Vec<bool> = events
        .iter()
        .map(|e| ontology.get(&e.class).is_some_and(|c| c.is_conflict()))
        .collect();
    let force: Vec<bool> = events
        .iter()
        .map(|e| {
            ontology
                .get(&e.class)
                .is_some_and(|c| c.is_material_conflict())
        })
        .collect();
    let opponent: Vec<Opponent> = events
        .iter()
        .map(|e| {
            ontology
                .get(&e.class)
                .map(|c| c.opponent)
                .unwrap_or_default()
        })
        .collect();
    let told = events.to_vec();
    let forced = pairs(events, &force);
    let blows = blows(events, ontology);
    doubt_guesses(events, &conflict, &forced);
    join_sides(events, sides, &force, &blows);
    let pairs = pairs(events, &conflict);
    for at in 0..events.len() {
        if opponent[at] == Opponent::Told && !sides[at].other {
            continue;
        }
        let event = &events[at];
        let codes = |list: &[Participant]| -> Vec<String> {
            list.iter().filter_map(|p| p.code.clone()).collect()
        };
        let (actors, recipients) = (codes(&event.actors), codes(&event.recipients));
        let alike = opponent[at] == Opponent::Alike;
        let find = |codes: &[String], act: bool| {
            if opponent[at] == Opponent::Only {
                return only_side(&blows, codes);
            }
            let first = if force[at] { &forced } else { &pairs };
            other_side(first, codes, at, act).or_else(|| other_side(&pairs, codes, at, act))
        };
        let (other, from) = if sides[at].recipient && event.recipients.is_empty() {
            let found = if alike {
                receiver(&told, at, &actors)
            } else {
                find(&actors, true)
            };
            (found, false)
        } else if opponent[at] != Opponent::Told
            && !alike
            && sides[at].actor
            && event.actors.is_empty()
        {
            let plain =
                |p: &Participant| !sides[at].unsaid || acts_nearby(events, at, p.code.as_ref());
            (find(&recipients, false).filter(plain), true)
        } else {
            continue;
        };
        let Some(other) = other else {
            continue;
        };
        let event = &mut events[at];
        let rule = if alike {
            "participants:recipient of the like deeds"
        } else {
            "participants:other side of the article's conflict"
        };
        event.because.push(Because {
            rule: rule.to_string(),
            span: Some(other.span),
        });
        if from {
            event.actors.push(other);
        } else {
            event.recipients.push(other);
        }
    }
}

/// Gives deeds that both sides do, or that are done to both, the two who fight each other most in
/// the article, where the text names one of them or none.
fn join_sides(events: &mut [CodedEvent], sides: &[Sides], force: &[bool], blows: &[Pair]) {
    let Some((one, two)) = main_sides(blows) else {
        return;
    };
    for at in 0..events.len() {
        let fight = sides[at].both && force[at];
        if !fight && !sides[at].parties {
            continue;
        }
        let event = &mut events[at];
        let told = if fight {
            event.actors.iter().chain(&event.recipients)
        } else {
            event.recipients.iter().chain(&[])
        };
        let known: BTreeSet<&String> = told.filter_map(|p| p.code.as_ref()).collect();
        let within =
            |code: &&String| one.code.as_ref() == Some(*code) || two.code.as_ref() == Some(*code);
        let mediator = event
            .actors
            .iter()
            .any(|a| a.code.as_ref().is_some_and(|c| within(&c)));
        let most = usize::from(fight);
        if known.len() > most || !known.iter().all(within) || !fight && mediator {
            continue;
        }
        let both = vec![one.clone(), two.clone()];
        event.because.push(Because {
            rule: "participants:both sides of the article's conflict".to_string(),
            span: Some(one.span),
        });
        if fight {
            event.actors = both;
            event.recipients.clear();
        } else {
            event.recipients = both;
        }
    }
}

/// The two who exchange the most blows, in the order in which they strike; `None` where two pairs
/// are equal.
fn main_sides(blows: &[Pair]) -> Option<(Participant, Participant)> {
    let mut found: Vec<(&Pair, usize)> = Vec::new();
    for pair in blows.iter().filter(|p| p.actor.code != p.recipient.code) {
        let same = |f: &Pair| {
            let (a, b) = (&f.actor.code, &f.recipient.code);
            let (c, d) = (&pair.actor.code, &pair.recipient.code);
            a == c && b == d || a == d && b == c
        };
        match found.iter_mut().find(|(f, _)| same(f)) {
            Some((_, count)) => *count += 1,
            None => found.push((pair, 1)),
        }
    }
    // One blow makes no conflict of two sides.
    let most = found.iter().map(|(_, n)| *n).max().filter(|n| *n > 1)?;
    let mut best = found.iter().filter(|(_, n)| *n == most);
    let (pair, _) = best.next()?;
    best.next()
        .is_none()
        .then(|| (pair.actor.clone(), pair.recipient.clone()))
}

/// True if those with `code` do something else in the sentence of deed `at` or in the one before:
/// a passive that names nobody leaves the doer open unless the text has just told of it.
fn acts_nearby(events: &[CodedEvent], at: usize, code: Option<&String>) -> bool {
    let here = events.get(at).map_or(0, |e| e.sentence);
    let mut near = events
        .iter()
        .filter(|e| e.sentence == here || e.sentence + 1 == here);
    near.any(|e| e.actors.iter().any(|a| a.code.as_ref() == code))
}

/// To whom the other deeds of the class of deed `at` go, if to one only: those of the same actors,
/// or else all of them.
fn receiver(events: &[CodedEvent], at: usize, actors: &[String]) -> Option<Participant> {
    let like = || {
        let class = events.get(at).map(|e| &e.class);
        events.iter().filter(move |e| Some(&e.class) == class)
    };
    let does = |e: &&CodedEvent| {
        let code = |p: &Participant| p.code.as_ref().is_some_and(|c| actors.contains(c));
        e.actors.iter().any(code)
    };
    let one = |found: &mut dyn Iterator<Item = &Participant>| {
        let mut one: Option<&Participant> = None;
        for p in found.filter(|p| !p.guessed) {
            match one {
                Some(o) if o.code != p.code => return None,
                _ => one = p.code.is_some().then_some(p).or(one),
            }
        }
        one.filter(|o| !o.code.as_ref().is_some_and(|c| actors.contains(c)))
            .cloned()
    };
    one(&mut like().filter(does).flat_map(|e| &e.recipients))
        .or_else(|| one(&mut like().flat_map(|e| &e.recipients)))
}

/// Deeds of force of which both sides are known.
fn blows(events: &[CodedEvent], ontology: &Ontology) -> Vec<Pair> {
    let violent: Vec<bool> = events
        .iter()
        .map(|e| {
            let score = ontology.get(&e.class).and_then(|c| c.plain.score);
            score.is_some_and(|s| s <= VIOLENT)
        })
        .collect();
    pairs(events, &violent)
}

/// Codes of those who use force on others or suffer it from them in this article.
pub(crate) fn fighting(events: &[CodedEvent], ontology: &Ontology) -> BTreeSet<String> {
    blows(events, ontology)
        .into_iter()
        .filter(|p| p.actor.code != p.recipient.code)
        .flat_map(|p| [p.actor.code, p.recipient.code])
        .flatten()
        .collect()
}

/// A side whose code is only the article's setting and the same as the other side's: `Israel freed
/// the detainees` in an article set in Israel. If the deeds of that actor go to somebody else by
/// name, so does this one; otherwise it is a matter inside one state, and the guess stays.
fn doubt_guesses(events: &mut [CodedEvent], conflict: &[bool], pairs: &[Pair]) {
    let told_pairs: Vec<Pair> = pairs
        .iter()
        .filter(|p| !p.actor.guessed && !p.recipient.guessed)
        .cloned()
        .collect();
    for at in 0..events.len() {
        let event = &mut events[at];
        let codes: Vec<String> = event.actors.iter().filter_map(|p| p.code.clone()).collect();
        let told = event.actors.iter().any(|p| !p.guessed);
        if !conflict[at] || !told {
            continue;
        }
        let Some(other) = other_side(&told_pairs, &codes, at, true) else {
            continue;
        };
        let doubtful =
            |p: &Participant| p.guessed && p.code.as_ref().is_some_and(|c| codes.contains(c));
        for p in event.recipients.iter_mut().filter(|p| doubtful(p)) {
            p.code.clone_from(&other.code);
        }
    }
}

fn pairs(events: &[CodedEvent], conflict: &[bool]) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for (i, event) in events.iter().enumerate().filter(|(i, _)| conflict[*i]) {
        let coded = |list: &[Participant]| -> Vec<Participant> {
            list.iter().filter(|p| p.code.is_some()).cloned().collect()
        };
        for actor in coded(&event.actors) {
            for recipient in coded(&event.recipients) {
                pairs.push(Pair {
                    event: i,
                    actor: actor.clone(),
                    recipient,
                });
            }
        }
    }
    pairs
}

/// The one with whom those with `codes` exchange force in this article; `None` if there are several
/// or none.
fn only_side(pairs: &[Pair], codes: &[String]) -> Option<Participant> {
    let mut found: Vec<&Participant> = Vec::new();
    for pair in pairs {
        for (own, other) in [
            (&pair.actor, &pair.recipient),
            (&pair.recipient, &pair.actor),
        ] {
            let is = own.code.as_ref().is_some_and(|c| codes.contains(c));
            let new = !found.iter().any(|f| f.code == other.code);
            if is && new && own.code != other.code {
                found.push(other);
            }
        }
    }
    match found.as_slice() {
        [one] => Some((*one).clone()),
        _ => None,
    }
}

/// The participant most often on the other side of those with `codes`: as recipient if they
/// `act`, as actor if not. The same direction counts double; of equals, the nearest.
fn other_side(pairs: &[Pair], codes: &[String], at: usize, act: bool) -> Option<Participant> {
    if codes.is_empty() {
        return None;
    }
    let mut found: Vec<(&Participant, u32, usize)> = Vec::new();
    for pair in pairs {
        let is = |p: &Participant| p.code.as_ref().is_some_and(|c| codes.contains(c));
        let (own, other) = if act {
            (&pair.actor, &pair.recipient)
        } else {
            (&pair.recipient, &pair.actor)
        };
        let (other, weight) = if is(own) {
            (other, 2)
        } else if is(other) {
            (own, 1)
        } else {
            continue;
        };
        let distance = pair.event.abs_diff(at);
        match found.iter_mut().find(|(f, _, _)| f.code == other.code) {
            Some((_, sum, near)) => {
                *sum += weight;
                *near = distance.min(*near);
            }
            None => found.push((other, weight, distance)),
        }
    }
    found
        .into_iter()
        .max_by_key(|(p, sum, near)| (*sum, usize::MAX - near, std::cmp::Reverse(p.code.clone())))
        .map(|(p, _, _)| p.clone())
}
