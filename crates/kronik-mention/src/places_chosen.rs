//! Which of the rows that share a name an article means.
//!
//! Hyderabad lies in India and in Pakistan, and San Jose in a dozen states. What tells is, in
//! falling order: the division or state printed beside the name, the noun before it (a province is
//! no city), the state that the paragraph is about, how near the other places of the article lie,
//! and how many people live there. The rows are the atlas's, nearest to hand first.

use std::collections::BTreeMap;

use crate::PlaceMention;
use crate::actors::Cut;
use crate::actors_context::Surroundings;
use crate::actors_lexicon::ActorLexicon;
use crate::gazetteer::{Hit, Place, PlaceKind};
use crate::places::STATE;
use crate::places_found::{Found, Meant};

/// What each ground weighs; a factor of ten in inhabitants weighs one.
const BESIDE: f64 = 20.0;
const KIND: f64 = 8.0;
const ABOUT: f64 = 1.2;
const CAPITAL: f64 = 0.4;
const NEAR: f64 = 1.5;

/// Kilometres within which places of one report mostly lie.
const CLOSE: f64 = 300.0;

/// Inhabitants that a row without a number stands for: regions and divisions are well known.
const UNCOUNTED: f64 = 1_000_000.0;

/// Inhabitants that a village of our own lists stands for.
const UNLISTED: f64 = 10_000.0;

/// How many sentences on a noun takes up a place (`the city`).
const REACH: usize = 4;

/// The rows of an article's names, one chosen for each.
pub(crate) struct Chooser<'c, 't> {
    cut: &'c Cut<'t>,
    all: &'c [(usize, Found<'t>, usize)],
    chosen: Vec<Option<Place<'t>>>,
}

impl<'c, 't> Chooser<'c, 't> {
    pub(crate) fn of(
        cut: &'c Cut<'t>,
        all: &'c [(usize, Found<'t>, usize)],
        surroundings: &Surroundings,
    ) -> Chooser<'c, 't> {
        let mut chooser = Chooser {
            cut,
            all,
            chosen: vec![None; all.len()],
        };
        let mut about: BTreeMap<usize, Option<String>> = BTreeMap::new();
        for (s, ..) in all {
            let block = cut.analysis.sentences[*s].block;
            about
                .entry(block)
                .or_insert_with(|| surroundings.state(block));
        }
        // Twice: where the others lie is known only after the first round.
        for _ in 0..2 {
            let points = chooser.points();
            let next = (0..all.len())
                .map(|i| {
                    let block = cut.analysis.sentences[all[i].0].block;
                    let about = about.get(&block).and_then(Option::as_deref);
                    chooser.choose(i, about, &points)
                })
                .collect();
            chooser.chosen = next;
        }
        chooser
    }

    /// The row meant by the name at `index`.
    pub(crate) fn chosen(&self, index: usize) -> Option<&Place<'t>> {
        self.chosen[index].as_ref()
    }

    /// The state whose capital the name at `index` is.
    pub(crate) fn capital_of(&self, index: usize) -> Option<String> {
        match &self.all[index].1.meant {
            Meant::Rows(_, Some(entry)) => Some(entry.code.clone()),
            _ => None,
        }
    }

    /// The state of a place that the same sentence names.
    pub(crate) fn neighbour(&self, index: usize) -> Option<String> {
        let sentence = self.all[index].0;
        if let Some(beside) = self.beside(index).and_then(|b| self.state_of(b)) {
            return Some(beside);
        }
        let same = (0..self.all.len()).filter(|i| self.all[*i].0 == sentence && *i != index);
        same.filter_map(|i| self.chosen[i].as_ref())
            .find(|p| !p.country.is_empty())
            .map(|p| p.country.to_string())
    }

    fn state_of(&self, index: usize) -> Option<String> {
        match &self.all[index].1.meant {
            Meant::State(entry) => Some(entry.code.clone()),
            _ => self.chosen[index]
                .as_ref()
                .filter(|p| !p.country.is_empty())
                .map(|p| p.country.to_string()),
        }
    }

    /// The name of the same sentence that says where this one lies: `Bara, North Kordofan`,
    /// `Bara di Kordofan Utara`.
    fn beside(&self, index: usize) -> Option<usize> {
        let (s, found, _) = &self.all[index];
        let next = index + 1;
        let (other, after, _) = self.all.get(next)?;
        let words = self.cut.forms[*s].lower.get(found.tokens.1..after.tokens.0);
        let binds = |word: &String| {
            word == ","
                || word == "("
                || ["inside", "article", "place-noun", "admin-noun", "direction"]
                    .into_iter()
                    .any(|role| self.cut.lexicon.has(role, word))
        };
        let joined = words.is_some_and(|w| w.len() <= 4 && w.iter().all(binds));
        (other == s && joined).then_some(next)
    }

    /// Where the places lie that the article has named so far, by their own row.
    fn points(&self) -> Vec<(&'t str, (f64, f64))> {
        let located = |p: &Place<'t>| p.point.map(|point| (p.name, point));
        self.chosen.iter().flatten().filter_map(located).collect()
    }

    fn choose(
        &self,
        index: usize,
        about: Option<&str>,
        points: &[(&str, (f64, f64))],
    ) -> Option<Place<'t>> {
        let Meant::Rows(hits, capital) = &self.all[index].1.meant else {
            return None;
        };
        let noun = self.all[index].1.noun.as_ref();
        let noun = noun.and_then(|(_, word)| self.cut.lexicon.precision(word));
        let beside = self.beside(index);
        let mut best: Option<(f64, Place<'t>)> = None;
        for place in self.rows(hits) {
            let mut score = weight(&place);
            if capital.is_some_and(|e| e.code == place.country) {
                score += CAPITAL;
            }
            if beside.is_some_and(|b| self.lies_in(&place, b)) {
                score += BESIDE;
            }
            // `wilayah Donetsk`: the division that is called by its chief town.
            let wide = place.precision >= 4 || place.admin1 == place.name;
            if noun.is_some_and(|n| if n >= 4 { wide } else { place.precision < 4 }) {
                score += KIND;
            }
            if about == Some(place.country) {
                score += ABOUT;
            }
            if points
                .iter()
                .any(|(name, p)| *name != place.name && is_close(&place, *p))
            {
                score += NEAR;
            }
            if best.as_ref().is_none_or(|(b, _)| score > *b) {
                best = Some((score, place));
            }
        }
        best.map(|(_, place)| place)
    }

    fn printed(&self, index: usize) -> &str {
        let (s, found, _) = &self.all[index];
        self.cut.printed(*s, found.tokens.0, found.tokens.1)
    }

    /// The state of which the name at `index`, itself that of a state, is a division here, as the
    /// place before it tells (`Athens, Georgia`).
    pub(crate) fn division_of(&self, index: usize) -> Option<&'t str> {
        let before = index.checked_sub(1)?;
        let place = self.chosen[before].as_ref()?;
        let joined = self.beside(before) == Some(index);
        (joined && place.admin1 == self.printed(index)).then_some(place.country)
    }

    fn rows<'h>(&'h self, hits: &'h [Hit]) -> impl Iterator<Item = Place<'t>> + 'h {
        hits.iter().filter_map(|h| self.cut.gazetteer.place_of(*h))
    }

    /// True if the name at `other` is the state or the division of `place`.
    fn lies_in(&self, place: &Place<'_>, other: usize) -> bool {
        match &self.all[other].1.meant {
            // Georgia is a state, and a division of another.
            Meant::State(entry) => {
                entry.code == place.country || place.admin1 == self.printed(other)
            }
            Meant::Rows(hits, capital) => {
                capital.is_some_and(|e| e.code == place.country)
                    || self.rows(hits).any(|p| {
                        p.country == place.country
                            && (p.name == place.admin1
                                || p.kind != PlaceKind::Place && place.admin1.is_empty())
                    })
            }
            _ => false,
        }
    }
}

fn weight(place: &Place<'_>) -> f64 {
    let people = match place.population {
        0 if place.kind == PlaceKind::Place => UNLISTED,
        0 => UNCOUNTED,
        #[allow(clippy::cast_precision_loss)]
        n => n as f64,
    };
    people.log10()
}

/// True within [`CLOSE`], on a sphere.
fn is_close(place: &Place<'_>, other: (f64, f64)) -> bool {
    let Some(own) = place.point else { return false };
    let (a, b) = (own.0.to_radians(), other.0.to_radians());
    let turn = (other.1 - own.1).to_radians();
    let cosine = a.sin() * b.sin() + a.cos() * b.cos() * turn.cos();
    6371.0 * cosine.clamp(-1.0, 1.0).acos() < CLOSE
}

/// The places that an article has told so far.
#[derive(Default)]
pub(crate) struct Told {
    /// Those with a name of their own, in order.
    named: Vec<PlaceMention>,
    countries: BTreeMap<String, Option<String>>,
}

impl Told {
    /// `told` is false for a capital that may be its government.
    pub(crate) fn add(&mut self, found: &Found<'_>, place: &PlaceMention, told: bool) {
        self.countries
            .entry(place.name.clone())
            .or_insert_with(|| place.country.clone());
        if told && !matches!(found.meant, Meant::Again) {
            self.named.push(place.clone());
        }
    }

    /// The state in which the article has put a place of this name.
    pub(crate) fn country(&self, name: &str) -> Option<String> {
        self.countries.get(name).cloned().flatten()
    }

    /// The place that `the city`, `provinsi itu` takes up: the last one that can be called so.
    pub(crate) fn taken_up(
        &self,
        noun: &str,
        sentence: usize,
        lexicon: &ActorLexicon,
    ) -> Option<&PlaceMention> {
        let wide = lexicon.precision(noun)? >= 4;
        let island = lexicon.has("island-noun", noun);
        self.named
            .iter()
            .rev()
            .take_while(|p| p.sentence + REACH >= sentence)
            .find(|p| match p.precision {
                STATE => island,
                precision => wide == (precision >= 4),
            })
    }
}
