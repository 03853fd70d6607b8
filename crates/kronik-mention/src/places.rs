//! Where things happen: places of the atlas and names behind a word of place.
//!
//! A village that no list of cities knows is still a village when the text says so
//! (`Desa Dalne`, `the village of Dalne`). A place inside the name of a person or a body is none.

use std::collections::BTreeMap;

use kronik_lang::Upos;

use crate::actors::{Cut, head};
use crate::actors_atoms::{Atom, Matter};
use crate::actors_context::Surroundings;
use crate::gazetteer::{EntryKind, Place};
use crate::reader::Context;
use crate::{ActorKind, ActorMention, PlaceMention};

/// Inhabitants of a city that news from anywhere names without its state.
const GREAT: u64 = 200_000;

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
    let mut found: Vec<PlaceMention> = Vec::new();
    // Country of a place that the article has named before.
    let mut told: BTreeMap<String, Option<String>> = BTreeMap::new();
    for s in 0..cut.analysis.sentences.len() {
        let none = Vec::new();
        let here = by_sentence.get(&s).unwrap_or(&none);
        let mut places = sentence(cut, s, here, &surroundings);
        // A place without a country lies where its neighbour lies.
        let neighbour = places
            .iter()
            .find(|p| p.geonames.is_some() || p.precision >= 3)
            .and_then(|p| p.country.clone());
        let block = cut.analysis.sentences[s].block;
        for place in &mut places {
            if place.country.is_none() && place.precision < 6 {
                place.country = told
                    .get(&place.name)
                    .cloned()
                    .flatten()
                    .or_else(|| neighbour.clone())
                    .or_else(|| surroundings.state(block));
            }
            told.entry(place.name.clone())
                .or_insert_with(|| place.country.clone());
        }
        found.extend(places);
    }
    found
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
        if let Some(entry) = self.entry(hits) {
            return (entry.kind == EntryKind::Capital).then(|| entry.code.clone());
        }
        let mut places = hits.iter().filter_map(|h| self.gazetteer.place_of(*h));
        let place = places.next().filter(|p| !p.country.is_empty())?;
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

fn sentence(
    cut: &Cut<'_>,
    s: usize,
    actors: &[&ActorMention],
    surroundings: &Surroundings,
) -> Vec<PlaceMention> {
    let forms = &cut.forms[s];
    let tokens = &cut.analysis.sentences[s].tokens;
    let lexicon = cut.lexicon;
    let mut found = Vec::new();
    let mut covered = vec![false; tokens.len()];
    for atom in &cut.atoms[s] {
        let money = atom
            .start
            .checked_sub(1)
            .is_some_and(|b| lexicon.has("currency", &forms.lower[b]));
        if money {
            continue;
        }
        // Inside another mention: only a state or capital that stands alone is a place as well.
        let inside = actors
            .iter()
            .find(|a| a.tokens.0 <= atom.start && atom.end <= a.tokens.1);
        let noun = place_noun(cut, s, atom);
        let Matter::Known(hits) = &atom.matter else {
            if matches!(atom.matter, Matter::Name)
                && noun.is_some()
                && inside.is_none_or(|a| a.code.is_none() && a.kind == ActorKind::Person)
            {
                covered[atom.start..atom.end].fill(true);
                found.push(unknown(cut, s, atom.start, atom.end, noun));
            }
            continue;
        };
        let place = hits
            .iter()
            .find_map(|h| cut.gazetteer.place_of(*h).map(|p| (p, hits)));
        let entry = cut.entry(hits);
        let alone = inside.is_none_or(|a| a.tokens == (atom.start, atom.end));
        let person = inside.is_some_and(|a| a.kind == ActorKind::Person);
        let behind = atom.start.checked_sub(1).is_some_and(|b| {
            lexicon.has("place-preposition", &forms.lower[b])
                || lexicon.has("place-noun", &forms.lower[b])
        });
        let made = match entry.map(|e| e.kind) {
            Some(EntryKind::Country) if alone => entry.map(|e| {
                let mut made = blank(cut, s, atom.start, atom.end, noun.as_ref());
                made.name = e.entity.name.clone();
                made.country = Some(e.code.clone());
                made.precision = 6;
                made
            }),
            Some(EntryKind::Seat | EntryKind::Organisation)
                if alone
                    && (place.is_some() || inside_place(cut, s, atom.start))
                    && behind_article(cut, s, atom.start) =>
            {
                let mut made = blank(cut, s, atom.start, atom.end, noun.as_ref());
                if let Some((p, _)) = &place {
                    fill(&mut made, p, noun.as_ref());
                } else if let Some(e) = entry {
                    made.country = Some(e.code.clone()).filter(|c| cut.gazetteer.is_state(c));
                }
                Some(made)
            }
            Some(EntryKind::Capital) if alone && !person => {
                let mut made = blank(cut, s, atom.start, atom.end, noun.as_ref());
                let code = entry.map(|e| e.code.as_str()).unwrap_or_default();
                let spot = hits
                    .iter()
                    .filter_map(|h| cut.gazetteer.place_of(*h))
                    .find(|p| p.country == code);
                match spot {
                    Some(p) => fill(&mut made, &p, noun.as_ref()),
                    None => {
                        made.country = Some(code.to_string());
                        made.precision = 1;
                    }
                }
                Some(made)
            }
            None | Some(EntryKind::Person) if !person || behind => place.and_then(|_| {
                if inside.is_some() && !alone
                    || cut.people.of_word(forms.printed[atom.start]).is_some() && noun.is_none()
                {
                    return None;
                }
                let wanted = surroundings.state(cut.analysis.sentences[s].block);
                let all = || hits.iter().filter_map(|h| cut.gazetteer.place_of(*h));
                let near = wanted.and_then(|code| all().find(|p| p.country == code));
                let best = match (near, all().next()) {
                    // A great city stays what it is in news from elsewhere.
                    (Some(near), Some(first))
                        if first.population > 5 * near.population.max(1)
                            && first.precision == 1 =>
                    {
                        first
                    }
                    (Some(near), _) => near,
                    (None, Some(first)) => first,
                    (None, None) => return None,
                };
                let small = best.population > 0 && best.population < 100_000;
                if small && !behind && noun.is_none() && followed_by_name(cut, s, atom) {
                    return None;
                }
                let mut made = blank(cut, s, atom.start, atom.end, noun.as_ref());
                fill(&mut made, &best, noun.as_ref());
                Some(made)
            }),
            _ => None,
        };
        if let Some(made) = made {
            covered[atom.start..atom.end].fill(true);
            found.push(made);
        }
    }
    // A single unknown name right behind a preposition or noun of place.
    for t in 1..tokens.len() {
        let taken = covered[t] || actors.iter().any(|a| a.tokens.0 <= t && t < a.tokens.1);
        let before = &forms.lower[t - 1];
        let noun = lexicon.has("place-noun", before);
        let behind =
            noun || (lexicon.has("place-preposition", before) && tokens[t - 1].upos == Upos::Adp);
        if taken || !behind || !forms.upper[t] || forms.headline && !noun {
            continue;
        }
        let in_atom = cut.atoms[s].iter().find(|a| a.start <= t && t < a.end);
        let end = match in_atom {
            Some(atom) if matches!(atom.matter, Matter::Name) && atom.start == t => atom.end,
            Some(_) => continue,
            None => t + 1,
        };
        let form = forms.printed[t];
        let plain = form.chars().count() >= 3
            && form.starts_with(char::is_alphabetic)
            && !lexicon.has("not-name", form)
            && !form.chars().all(char::is_uppercase);
        if plain && cut.people.of_word(form).is_none() {
            let noun = noun.then(|| (t - 1, before.clone()));
            found.push(unknown(cut, s, t, end, noun));
        }
    }
    for place in &mut found {
        widen(cut, s, place);
    }
    found.sort_by_key(|p| p.tokens);
    found
}

/// Right behind a word that puts things inside (`in the Knesset`, `di Senayan`).
fn inside_place(cut: &Cut<'_>, s: usize, start: usize) -> bool {
    preceding(cut, s, start).is_some_and(|w| cut.lexicon.has("inside", w))
}

fn behind_article(cut: &Cut<'_>, s: usize, start: usize) -> bool {
    preceding(cut, s, start)
        .is_some_and(|w| cut.lexicon.has("place-preposition", w) || cut.lexicon.has("inside", w))
}

/// The word before token `start`, articles left out.
fn preceding<'c>(cut: &'c Cut<'_>, s: usize, start: usize) -> Option<&'c str> {
    let before = start.checked_sub(1)?;
    let word = &cut.forms[s].lower[before];
    if cut.lexicon.has("article", word) {
        return before
            .checked_sub(1)
            .map(|b| cut.forms[s].lower[b].as_str());
    }
    Some(word)
}

/// A point of the compass belongs to the place (`Israel selatan`), and so does the second half of
/// a double name (`Mugi-Mam`).
fn widen(cut: &Cut<'_>, s: usize, place: &mut PlaceMention) {
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
            .filter(|b| cut.lexicon.has("direction", word(*b)) && place.precision == 6)
        {
            start = before;
        }
    } else if cut.lexicon.has("direction", word(end)) && !forms.upper[end] {
        end += 1;
    }
    if (start, end) != place.tokens {
        let named =
            place.name == cut.printed(s, place.tokens.0, place.tokens.1) || place.precision == 6;
        place.tokens = (start, end);
        place.span = sentence.tokens[start]
            .span
            .cover(sentence.tokens[end - 1].span);
        if named {
            place.name = cut.printed(s, start, end).to_string();
        }
    }
}

/// The noun of place that the atom stands with, and its token.
fn place_noun(cut: &Cut<'_>, s: usize, atom: &Atom) -> Option<(usize, String)> {
    let forms = &cut.forms[s];
    let noun = |t: usize| {
        let word = forms.lower.get(t)?;
        cut.lexicon
            .has("place-noun", word)
            .then(|| (t, word.clone()))
    };
    let before = atom.start.checked_sub(1);
    if let Some(found) = before.and_then(noun) {
        return Some(found);
    }
    // `the village of X`
    if before.is_some_and(|b| cut.lexicon.has("of", &forms.lower[b]))
        && let Some(found) = atom.start.checked_sub(2).and_then(noun)
    {
        return Some(found);
    }
    if cut.lexicon.modifier_first {
        noun(atom.end)
    } else {
        None
    }
}

fn followed_by_name(cut: &Cut<'_>, s: usize, atom: &Atom) -> bool {
    cut.forms[s].upper.get(atom.end).copied().unwrap_or(false)
        && cut.forms[s].printed[atom.end].starts_with(char::is_alphabetic)
}

fn blank(
    cut: &Cut<'_>,
    s: usize,
    start: usize,
    end: usize,
    noun: Option<&(usize, String)>,
) -> PlaceMention {
    let sentence = &cut.analysis.sentences[s];
    let wide = noun.map_or((start, end), |(t, _)| ((*t).min(start), (*t + 1).max(end)));
    PlaceMention {
        span: sentence.tokens[start]
            .span
            .cover(sentence.tokens[end - 1].span),
        sentence: s,
        tokens: (start, end),
        head: head(sentence, wide, cut.lexicon.modifier_first),
        name: cut.printed(s, start, end).to_string(),
        country: None,
        admin1: None,
        geonames: None,
        point: None,
        precision: noun
            .and_then(|(_, word)| cut.lexicon.precision(word))
            .unwrap_or(1),
    }
}

fn unknown(
    cut: &Cut<'_>,
    s: usize,
    start: usize,
    end: usize,
    noun: Option<(usize, String)>,
) -> PlaceMention {
    blank(cut, s, start, end, noun.as_ref())
}

fn fill(made: &mut PlaceMention, place: &Place<'_>, noun: Option<&(usize, String)>) {
    let owned = |s: &str| Some(s.to_string()).filter(|s| !s.is_empty());
    made.name = place.name.to_string();
    made.country = owned(place.country);
    made.admin1 = owned(place.admin1);
    made.geonames = place.geonames;
    made.point = place.point;
    if noun.is_none() || place.precision > 1 {
        made.precision = place.precision;
    }
}
