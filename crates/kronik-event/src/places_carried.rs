//! Where deeds happened that their own sentence places nowhere.
//!
//! A report names the town once and goes on: the next sentences of the same fighting happen there
//! until another place is named. Told only of deeds of force, and only where the article leaves
//! little doubt: the same deed was placed just before, or nearly all of its deeds were in one place.

use std::collections::{BTreeMap, BTreeSet};

use kronik_mention::{Mentions, PlaceMention};
use kronik_record::{Ontology, Site};

use crate::event::{Because, CodedEvent, Participant};

/// How many sentences on a place holds.
const NEAR: usize = 2;

/// How many sentences on it holds for other deeds of the same parties.
const FAR: usize = 4;

/// UCDP's `where_prec` from which on a place is no more than a state.
const STATE: u8 = 6;

/// The code of those whom nothing names.
const NOBODY: &str = "UNK";

/// Of ten placed deeds, how many must lie in one place for the rest to lie there, and how many
/// there must be at least.
const NEARLY_ALL: (usize, usize) = (7, 2);

/// Gives deeds of force without a place the one that the article has for them.
pub fn carry(events: &mut [CodedEvent], mentions: &Mentions, ontology: &Ontology) {
    let force = |event: &CodedEvent| {
        let site = ontology.site(&event.class, event.mode.as_deref());
        matches!(site, Site::Carried | Site::Left)
    };
    let placed = |event: &CodedEvent| event.place.filter(|_| force(event));
    let exact =
        |event: &CodedEvent| placed(event).filter(|p| mentions.places[*p].precision < STATE);
    let only = only_place(events.iter().filter_map(placed), &mentions.places)
        .filter(|p| mentions.places[*p].precision < STATE);
    for i in 0..events.len() {
        if events[i].place.is_some() || !force(&events[i]) {
            continue;
        }
        let (class, sentence) = (&events[i].class, events[i].sentence);
        let beside = events[..i].iter().rev().chain(&events[i + 1..]);
        let just_before = beside
            .filter(|e| e.class == *class && !other_parties(e, &events[i]))
            .filter(|e| e.sentence <= sentence && e.sentence + NEAR >= sentence)
            .find_map(exact);
        let same_parties = || {
            let before = events[..i].iter().rev();
            before
                .filter(|e| are_parties(e, &events[i]))
                .filter(|e| e.class == *class || e.sentence + FAR >= sentence)
                .find_map(exact)
        };
        let just_before = just_before.or_else(same_parties);
        let Some(place) = just_before.or(only) else {
            continue;
        };
        events[i].place = Some(place);
        events[i].because.push(Because {
            rule: "place:other deeds".to_string(),
            span: Some(mentions.places[place].span),
        });
    }
}

/// The place where nearly all of the deeds were, by its first mention.
fn only_place(placed: impl Iterator<Item = usize>, places: &[PlaceMention]) -> Option<usize> {
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut all = 0;
    for place in placed {
        all += 1;
        counts.entry(&places[place].name).or_insert((0, place)).0 += 1;
    }
    let (of_ten, least) = NEARLY_ALL;
    counts
        .into_values()
        .find(|(n, _)| *n >= least && n * 10 >= all * of_ten)
        .map(|(_, place)| place)
}

/// Codes of those who take part.
fn parties(list: &[Participant]) -> BTreeSet<&str> {
    let codes = list.iter().filter_map(|p| p.code.as_deref());
    codes.filter(|c| *c != NOBODY).collect()
}

/// True if both are known to have the same two sides, whoever did it.
fn are_parties(one: &CodedEvent, two: &CodedEvent) -> bool {
    let (a, b) = (parties(&one.actors), parties(&one.recipients));
    let (c, d) = (parties(&two.actors), parties(&two.recipients));
    !a.is_empty() && !b.is_empty() && (a == c && b == d || a == d && b == c)
}

/// True if the two have nobody in common, each somebody of its own, or strike others.
fn other_parties(one: &CodedEvent, two: &CodedEvent) -> bool {
    let all = |e: &CodedEvent| -> BTreeSet<String> {
        let (actors, recipients) = (parties(&e.actors), parties(&e.recipients));
        actors.union(&recipients).map(ToString::to_string).collect()
    };
    let (hit, struck) = (parties(&one.recipients), parties(&two.recipients));
    if !hit.is_empty() && !struck.is_empty() && hit.is_disjoint(&struck) {
        return true;
    }
    let (one, two) = (all(one), all(two));
    one.is_disjoint(&two) || !one.is_subset(&two) && !two.is_subset(&one)
}
