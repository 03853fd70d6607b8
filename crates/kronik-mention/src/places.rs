//! Where things happen: places of the atlas and names behind a word of place.
//!
//! A village that no list of cities knows is still a village when the text says so
//! (`Desa Dalne`, `the village of Dalne`). A place inside the name of a person or a body is none.
//! First the words that name a place are found, then of the rows that share the name one is chosen,
//! with the whole article in view.

use std::collections::BTreeMap;

use crate::actors::Cut;
use crate::actors_atoms::{Atom, Matter};
use crate::actors_context::Surroundings;
use crate::gazetteer::{EntryKind, Place};
use crate::places_chosen::{Chooser, Told};
use crate::places_found::{Finder, Found, Meant, Names};
use crate::reader::Context;
use crate::{ActorMention, PlaceMention};

/// UCDP's `where_prec` of a state.
pub(crate) const STATE: u8 = 6;

/// UCDP's `where_prec` of a first-order division.
const DIVISION: u8 = 4;

/// Inhabitants of a city that news from anywhere names without its state.
const GREAT: u64 = 200_000;

/// Inhabitants of a city that may be meant where a larger one elsewhere has its name.
const KNOWN: u64 = 100_000;

/// All places of an article.
pub(crate) fn places(
    cut: &Cut<'_>,
    context: &Context,
    actors: &[ActorMention],
) -> Vec<PlaceMention> {
    let surroundings = Surroundings::of(
        cut.analysis,
        cut.gazetteer,
        context,
        actors.iter(),
        &cut.states_of_places(),
    );
    let mut by_sentence: BTreeMap<usize, Vec<&ActorMention>> = BTreeMap::new();
    for actor in actors {
        by_sentence.entry(actor.sentence).or_default().push(actor);
    }
    let trained = cut.analysis.sentences.iter().any(|s| !s.names().is_empty());
    let mut all: Vec<(usize, Found<'_>, usize)> = Vec::new();
    for s in 0..cut.analysis.sentences.len() {
        let none = Vec::new();
        let finder = Finder {
            cut,
            s,
            actors: by_sentence.get(&s).unwrap_or(&none),
            names: Names::of(cut, s, trained),
        };
        for found in finder.find() {
            let head = finder.head_of(&found);
            all.push((s, found, head));
        }
    }
    let chooser = Chooser::of(cut, &all, &surroundings);
    let mut told = Told::default();
    let mut made = Vec::with_capacity(all.len());
    for (i, (s, found, head)) in all.iter().enumerate() {
        let Some(mut place) = mention(cut, *s, found, *head, &chooser, i, &told) else {
            continue;
        };
        widen(cut, &mut place);
        if place.country.is_none() && place.precision < STATE {
            let block = cut.analysis.sentences[*s].block;
            let near = || chooser.neighbour(i);
            place.country = told.country(&place.name).or_else(near);
            place.country = place.country.or_else(|| surroundings.state(block));
        }
        let government = matches!(&found.meant, Meant::Rows(_, Some(_)))
            && !behind_article(cut, *s, place.tokens.0);
        told.add(found, &place, !government);
        made.push(place);
    }
    made
}

/// The mention that words make; `None` for a noun that takes up nothing.
fn mention(
    cut: &Cut<'_>,
    s: usize,
    found: &Found<'_>,
    head: usize,
    chooser: &Chooser<'_, '_>,
    index: usize,
    told: &Told,
) -> Option<PlaceMention> {
    let (start, end) = found.tokens;
    let sentence = &cut.analysis.sentences[s];
    let noun = found.noun.as_ref().map(|(_, word)| word.as_str());
    let span = sentence.tokens[start]
        .span
        .cover(sentence.tokens[end - 1].span);
    let mut made = PlaceMention {
        span,
        printed: span,
        sentence: s,
        tokens: found.tokens,
        head,
        name: cut.printed(s, start, end).to_string(),
        country: None,
        admin1: None,
        geonames: None,
        point: None,
        precision: noun.and_then(|n| cut.lexicon.precision(n)).unwrap_or(1),
    };
    match &found.meant {
        Meant::State(_) if chooser.division_of(index).is_some() => {
            made.country = chooser.division_of(index).map(str::to_string);
            made.precision = DIVISION;
        }
        Meant::State(entry) => {
            made.name = entry.entity.name.clone();
            made.country = Some(entry.code.clone());
            made.precision = STATE;
        }
        Meant::House(code) => made.country = code.clone(),
        Meant::Rows(..) => match chooser.chosen(index) {
            Some(place) => fill(&mut made, place, noun.is_some()),
            None => made.country = chooser.capital_of(index),
        },
        Meant::Unknown => {}
        Meant::Again => {
            let before = told.taken_up(noun.unwrap_or_default(), s, cut.lexicon)?;
            made = PlaceMention {
                span: made.span,
                sentence: s,
                tokens: made.tokens,
                head,
                ..before.clone()
            };
        }
    }
    Some(made)
}

/// The state that each sentence is most likely set in.
pub(crate) fn settings(
    cut: &Cut<'_>,
    context: &Context,
    actors: &[ActorMention],
) -> Vec<Option<String>> {
    let mut told = context.clone();
    // Where its outlet sits does not tell what an article is about.
    told.outlet_country = None;
    let places = cut.states_of_places();
    let surroundings = Surroundings::of(cut.analysis, cut.gazetteer, &told, actors.iter(), &places);
    let sentences = cut.analysis.sentences.iter();
    sentences.map(|s| surroundings.state(s.block)).collect()
}

impl Cut<'_> {
    /// Blocks and states of places that are known to lie there: capitals and great cities behind a
    /// word of place. They tell where the police of a paragraph belong that names no state.
    pub(crate) fn states_of_places(&self) -> Vec<(usize, String)> {
        let mut found = Vec::new();
        for (s, atoms) in self.atoms.iter().enumerate() {
            let block = self.analysis.sentences[s].block;
            let behind = |a: &&Atom| behind_article(self, s, a.start);
            for atom in atoms.iter().filter(behind) {
                found.extend(self.state_of_place(atom).map(|code| (block, code)));
            }
        }
        found
    }

    /// The state of a place that all the world knows by this name.
    fn state_of_place(&self, atom: &Atom) -> Option<String> {
        let Matter::Known(hits) = &atom.matter else {
            return None;
        };
        let places = || hits.iter().filter_map(|h| self.gazetteer.place_of(*h));
        // Hyderabad is known of two states, so it tells neither.
        let elsewhere = |code: &str| places().any(|p| p.country != code && p.population >= KNOWN);
        if let Some(entry) = self.entry(hits) {
            let told = entry.kind == EntryKind::Capital && !elsewhere(&entry.code);
            return told.then(|| entry.code.clone());
        }
        let place = places().next().filter(|p| !p.country.is_empty())?;
        if elsewhere(place.country) {
            return None;
        }
        let great = place.precision == 4 || place.population >= GREAT;
        great.then(|| place.country.to_string())
    }

    /// The state of a place that stands right beside a noun that acts: `the Odesa police`,
    /// `pemimpin Republik Chechnya`, `police in Lisbon`.
    pub(crate) fn place_beside(&self, s: usize, (first, end): (usize, usize)) -> Option<String> {
        let forms = &self.forms[s];
        let small = |t: usize| {
            let is = |role| {
                forms
                    .lower
                    .get(t)
                    .is_some_and(|w| self.lexicon.has(role, w))
            };
            ["of", "inside", "article", "place-noun"]
                .into_iter()
                .any(is)
        };
        let atoms = &self.atoms[s];
        let behind = (end..end + 4)
            .take_while(|t| (end..*t).all(small))
            .find_map(|t| atoms.iter().find(|a| a.start == t));
        let before = atoms
            .iter()
            .find(|a| self.lexicon.modifier_first && a.end == first);
        before
            .and_then(|a| self.state_of_place(a))
            .or_else(|| behind.and_then(|a| self.state_of_place(a)))
    }
}

/// True behind a word of place, articles left out.
fn behind_article(cut: &Cut<'_>, s: usize, start: usize) -> bool {
    let word = |t: usize| &cut.forms[s].lower[t];
    let before = start.checked_sub(1);
    let before = match before {
        Some(b) if cut.lexicon.has("article", word(b)) => b.checked_sub(1),
        other => other,
    };
    before.is_some_and(|b| {
        cut.lexicon.has("place-preposition", word(b)) || cut.lexicon.has("inside", word(b))
    })
}

/// A point of the compass belongs to the place (`Israel selatan`), and so does the second half of
/// a double name (`Mugi-Mam`).
fn widen(cut: &Cut<'_>, place: &mut PlaceMention) {
    let s = place.sentence;
    let forms = &cut.forms[s];
    let sentence = &cut.analysis.sentences[s];
    let (mut start, mut end) = place.tokens;
    let word = |t: usize| forms.lower.get(t).map_or("", String::as_str);
    if word(end) == "-" && forms.upper.get(end + 1) == Some(&true) {
        let glued = sentence.tokens[end - 1].span.end() == sentence.tokens[end].span.start()
            && sentence.tokens[end].span.end() == sentence.tokens[end + 1].span.start();
        if glued {
            end += 2;
        }
    }
    if cut.lexicon.modifier_first {
        if let Some(before) = start
            .checked_sub(1)
            .filter(|b| cut.lexicon.has("direction", word(*b)) && place.precision == STATE)
        {
            start = before;
        }
    } else if cut.lexicon.has("direction", word(end)) && !forms.upper[end] {
        end += 1;
    }
    if (start, end) != place.tokens {
        let named = place.name == cut.printed(s, place.tokens.0, place.tokens.1)
            || place.precision == STATE;
        let again = place.printed != place.span;
        place.tokens = (start, end);
        place.span = sentence.tokens[start]
            .span
            .cover(sentence.tokens[end - 1].span);
        if !again {
            place.printed = place.span;
        }
        if named {
            place.name = cut.printed(s, start, end).to_string();
        }
    }
}

fn fill(made: &mut PlaceMention, place: &Place<'_>, noun: bool) {
    let owned = |s: &str| Some(s.to_string()).filter(|s| !s.is_empty());
    made.name = place.name.to_string();
    made.country = owned(place.country);
    made.admin1 = owned(place.admin1);
    made.geonames = place.geonames;
    made.point = place.point;
    if !noun || place.precision > 1 {
        made.precision = place.precision;
    } else if made.precision >= DIVISION {
        // The number is that of the town.
        made.geonames = None;
    }
}
