//! Which words of a sentence name a place.
//!
//! An atlas of many places holds many words that are surnames, parties and papers as well, so a
//! name of the atlas alone proves little. What speaks for a place: the trained reader of names, a
//! noun of place beside the name, a preposition of place before it. What speaks against it: the
//! reader takes it for somebody or some body, and no noun says otherwise.

use kronik_lang::{EntityKind, Upos};

use crate::actors::{Cut, head};
use crate::actors_atoms::{Atom, Matter};
use crate::gazetteer::{Entry, EntryKind, Hit};
use crate::{ActorKind, ActorMention};

/// Inhabitants up to which a place is small: its name alone does not tell it from a surname.
const SMALL: u64 = 100_000;

/// What a stretch of words may stand for as a place.
#[derive(Debug, Clone)]
pub(crate) enum Meant<'t> {
    /// A state.
    State(&'t Entry),
    /// Rows of the atlas, and the capital's state where it is one.
    Rows(Vec<Hit>, Option<&'t Entry>),
    /// A building or body of that state where things happen (`in the Knesset`).
    House(Option<String>),
    /// A name that the atlas does not know.
    Unknown,
    /// A noun that takes up a place told before (`the city`, `kota tersebut`).
    Again,
}

/// Words that name a place.
#[derive(Debug, Clone)]
pub(crate) struct Found<'t> {
    /// Tokens of the name, half-open.
    pub(crate) tokens: (usize, usize),
    /// The noun of place beside it, and its token.
    pub(crate) noun: Option<(usize, String)>,
    pub(crate) meant: Meant<'t>,
}

/// What the trained reader says of each token: the kind of its name and where that runs.
pub(crate) struct Names {
    of_token: Vec<Option<(EntityKind, (usize, usize))>>,
    /// The article was read by a trained reader at all.
    trained: bool,
}

impl Names {
    pub(crate) fn of(cut: &Cut<'_>, s: usize, trained: bool) -> Names {
        let sentence = &cut.analysis.sentences[s];
        let mut of_token = vec![None; sentence.tokens.len()];
        for name in sentence.names() {
            let tokens = (name.tokens.start, name.tokens.end.min(of_token.len()));
            for slot in &mut of_token[tokens.0..tokens.1] {
                *slot = Some((name.kind, tokens));
            }
        }
        Names { of_token, trained }
    }

    fn at(&self, token: usize) -> Option<(EntityKind, (usize, usize))> {
        self.of_token.get(token).copied().flatten()
    }

    fn is(&self, token: usize, kind: EntityKind) -> bool {
        self.at(token).is_some_and(|(k, _)| k == kind)
    }
}

/// A sentence in which places are looked for.
pub(crate) struct Finder<'c, 't> {
    pub(crate) cut: &'c Cut<'t>,
    pub(crate) s: usize,
    pub(crate) actors: &'c [&'c ActorMention],
    pub(crate) names: Names,
}

impl<'t> Finder<'_, 't> {
    /// All names of places of the sentence, in order, without overlap.
    pub(crate) fn find(&self) -> Vec<Found<'t>> {
        let forms = &self.cut.forms[self.s];
        let mut found: Vec<Found<'t>> = Vec::new();
        let mut covered = vec![false; forms.lower.len()];
        for atom in &self.cut.atoms[self.s] {
            let Some(mut made) = self.of_atom(atom) else {
                continue;
            };
            self.lengthen(&mut made);
            if !covered[made.tokens.0..made.tokens.1].contains(&true) {
                covered[made.tokens.0..made.tokens.1].fill(true);
                found.push(made);
            }
        }
        let mut t = 0;
        while t < covered.len() {
            let next = self
                .unknown_at(t, &covered)
                .or_else(|| self.again_at(t, &covered));
            let Some(made) = next else {
                t += 1;
                continue;
            };
            t = made.tokens.1.max(t + 1);
            covered[made.tokens.0..made.tokens.1].fill(true);
            found.push(made);
        }
        found.sort_by_key(|f| f.tokens);
        found
    }

    fn has(&self, role: &str, t: usize) -> bool {
        let word = self.cut.forms[self.s].lower.get(t);
        word.is_some_and(|w| self.cut.lexicon.has(role, w))
    }

    fn of_atom(&self, atom: &Atom) -> Option<Found<'t>> {
        let (start, end) = (atom.start, atom.end);
        let before = start.checked_sub(1);
        if before.is_some_and(|b| self.has("currency", b)) {
            return None;
        }
        // Inside another mention: only a state or capital that stands alone is a place as well.
        let inside = self
            .actors
            .iter()
            .find(|a| a.tokens.0 <= start && end <= a.tokens.1);
        let noun = self.noun_beside(atom);
        let found = |meant| {
            Some(Found {
                tokens: (start, end),
                noun: noun.clone(),
                meant,
            })
        };
        let location = self.names.is(start, EntityKind::Location);
        let Matter::Known(hits) = &atom.matter else {
            let person = inside.is_none_or(|a| a.code.is_none() && a.kind == ActorKind::Person);
            let names_other = self.names.trained && !location && self.names.at(start).is_some();
            let noun_tells = noun
                .as_ref()
                .is_some_and(|(t, _)| !self.same_name(*t, start));
            let unknown =
                matches!(atom.matter, Matter::Name) && person && noun_tells && !names_other;
            return unknown.then(|| found(Meant::Unknown)).flatten();
        };
        let rows = hits
            .iter()
            .any(|h| self.cut.gazetteer.place_of(*h).is_some());
        let entry = self.cut.entry(hits);
        let alone = inside.is_none_or(|a| a.tokens == (start, end));
        let person = inside.is_some_and(|a| a.kind == ActorKind::Person);
        match entry.map(|e| e.kind) {
            Some(EntryKind::Country) if alone => entry.and_then(|e| found(Meant::State(e))),
            Some(EntryKind::Seat | EntryKind::Organisation) if alone => {
                let first = noun.as_ref().map_or(start, |(t, _)| start.min(*t));
                let seat = entry.filter(|e| e.kind == EntryKind::Seat);
                let housed = self.behind(first, "inside")
                    || rows && self.behind(first, "place-preposition")
                    || seat.is_some_and(|e| self.addressed(atom, e));
                if !housed {
                    return None;
                }
                if rows {
                    return found(Meant::Rows(hits.clone(), None));
                }
                let code = entry.map(|e| e.code.clone());
                found(Meant::House(
                    code.filter(|c| self.cut.gazetteer.is_state(c)),
                ))
            }
            Some(EntryKind::Capital) if alone && !person => found(Meant::Rows(hits.clone(), entry)),
            None | Some(EntryKind::Person) if rows => {
                let told = self.told(atom, noun.as_ref(), inside.is_some() && !alone, person);
                told.then(|| found(Meant::Rows(hits.clone(), None)))
                    .flatten()
            }
            _ => None,
        }
    }

    /// A seat of government within an address: the next name behind a comma is the place or state
    /// where it stands (`Senayan, Jakarta`).
    fn addressed(&self, seat: &Atom, entry: &Entry) -> bool {
        let forms = &self.cut.forms[self.s].lower;
        let comma = forms.get(seat.end).is_some_and(|w| w == ",");
        let mut atoms = self.cut.atoms[self.s].iter();
        let next = atoms.find(|a| comma && a.start == seat.end + 1);
        let Some(Matter::Known(hits)) = next.map(|a| &a.matter) else {
            return false;
        };
        let mut places = hits.iter().filter_map(|h| self.cut.gazetteer.place_of(*h));
        self.cut.entry(hits).is_some_and(|e| e.code == entry.code)
            || places.any(|p| p.country == entry.code)
    }

    /// True if a name of the atlas is told as a place here.
    fn told(
        &self,
        atom: &Atom,
        noun: Option<&(usize, String)>,
        part_of_actor: bool,
        person: bool,
    ) -> bool {
        let (start, end) = (atom.start, atom.end);
        let noun = noun.is_some_and(|(t, _)| !self.same_name(*t, start));
        let behind = self.behind(start, "place-preposition");
        let other = self
            .cut
            .people
            .of_word(self.cut.forms[self.s].printed[start])
            .is_some();
        match self.names.at(start) {
            Some((EntityKind::Location, _)) => !part_of_actor || behind || noun,
            // The whole of a name, and behind a preposition: a team or a body by its town.
            Some((EntityKind::Organisation, tokens)) => {
                noun || behind && tokens == (start, end) && !part_of_actor
            }
            // A town that the trained reader takes for somebody of whom nothing else is told.
            Some((EntityKind::Person, tokens)) => {
                let town = tokens == (start, end) && !other && !part_of_actor && self.large(atom);
                noun || town && !self.followed_by_name(end)
            }
            None if noun => true,
            None if part_of_actor || other || person && !behind => false,
            None if behind => true,
            None if self.names.trained => self.large(atom) && !self.followed_by_name(end),
            None => self.large(atom) || !self.followed_by_name(end),
        }
    }

    /// True of a name of the atlas whose first row is no small town.
    fn large(&self, atom: &Atom) -> bool {
        let Matter::Known(hits) = &atom.matter else {
            return false;
        };
        let first = hits.iter().find_map(|h| self.cut.gazetteer.place_of(*h));
        first.is_some_and(|p| p.population == 0 || p.population >= SMALL)
    }

    /// Two tokens of one name.
    fn same_name(&self, one: usize, two: usize) -> bool {
        let (one, two) = (self.names.at(one), self.names.at(two));
        one.is_some() && one == two
    }

    /// A longer name of the trained reader wins over the atlas's part of it (`Ofer Camp`), but not
    /// over nouns and points of the compass, which `widen` reads.
    fn lengthen(&self, made: &mut Found<'t>) {
        let Some((EntityKind::Location, (first, end))) = self.names.at(made.tokens.0) else {
            return;
        };
        if (first, end) == made.tokens || first > made.tokens.0 || end < made.tokens.1 {
            return;
        }
        let plain = |t: usize| {
            self.has("place-noun", t)
                || self.has("direction", t)
                || self.has("article", t)
                || self.has("of", t)
                || !self.cut.forms[self.s].upper[t]
        };
        let around = (first..made.tokens.0).chain(made.tokens.1..end);
        if around.clone().all(plain) || matches!(made.meant, Meant::State(_)) {
            return;
        }
        made.tokens = (first, end);
        made.noun = self.noun_around(first, end);
        made.meant = Meant::Unknown;
    }

    /// A name that the atlas does not know: one of the trained reader's, or a capital behind a
    /// noun of place or, without a trained reader, behind a preposition.
    fn unknown_at(&self, t: usize, covered: &[bool]) -> Option<Found<'t>> {
        let forms = &self.cut.forms[self.s];
        let free = |t: usize| !covered[t];
        if !free(t) || self.actors.iter().any(|a| self.swallows(a, t)) {
            return None;
        }
        if let Some((EntityKind::Location, (first, end))) = self.names.at(t) {
            if first != t && covered.get(t.wrapping_sub(1)) == Some(&false) {
                return None;
            }
            let end = (t..end).take_while(|i| free(*i)).last()? + 1;
            let start = self.without_noun(t, end);
            if !(start..end).any(|i| forms.upper[i]) {
                return None;
            }
            return Some(Found {
                tokens: (start, end),
                noun: self.noun_around(start, end),
                meant: Meant::Unknown,
            });
        }
        let before = t.checked_sub(1)?;
        let noun = self.has("place-noun", before) && !self.same_name(before, t);
        let behind = noun
            || !self.names.trained
                && self.has("place-preposition", before)
                && self.cut.analysis.sentences[self.s].tokens[before].upos == Upos::Adp;
        if !behind || !forms.upper[t] || forms.headline && !noun || self.names.at(t).is_some() {
            return None;
        }
        let in_atom = self.cut.atoms[self.s]
            .iter()
            .find(|a| a.start <= t && t < a.end);
        let end = match in_atom {
            Some(atom) if matches!(atom.matter, Matter::Name) && atom.start == t => atom.end,
            Some(_) => return None,
            None => t + 1,
        };
        let form = forms.printed[t];
        let plain = form.chars().count() >= 3
            && form.starts_with(char::is_alphabetic)
            && !self.cut.lexicon.has("not-name", form)
            && !self.has("article", t)
            && !form.chars().all(char::is_uppercase);
        (plain && self.cut.people.of_word(form).is_none()).then(|| Found {
            tokens: (t, end),
            noun: self.noun_around(t, end),
            meant: Meant::Unknown,
        })
    }

    /// True if a mention of an actor leaves no room for a place at `t`: the trained reader may
    /// still find one behind a preposition inside it (`protesters in Bara`).
    fn swallows(&self, actor: &ActorMention, t: usize) -> bool {
        let inside = actor.tokens.0 <= t && t < actor.tokens.1;
        let whole = self
            .names
            .at(t)
            .is_some_and(|(_, tokens)| tokens == actor.tokens);
        let behind = self.behind(t, "place-preposition") || self.behind(t, "place-noun");
        let known = actor.code.is_some() && actor.kind != ActorKind::Person;
        inside && !(self.names.is(t, EntityKind::Location) && (behind || whole && !known))
    }

    /// The first token of a name behind the noun that says what it is (`Distrik Bara`).
    fn without_noun(&self, start: usize, end: usize) -> usize {
        let admin = self.has("admin-noun", start) && start + 1 < end;
        if admin { start + 1 } else { start }
    }

    /// `the city`, `kota tersebut`: a noun of place that points back.
    fn again_at(&self, t: usize, covered: &[bool]) -> Option<Found<'t>> {
        let forms = &self.cut.forms[self.s];
        if covered[t] || !self.has("again-noun", t) || forms.upper[t] && t > 0 {
            return None;
        }
        let pointed = if self.cut.lexicon.modifier_first {
            t > 0 && self.has("definite", t - 1)
        } else {
            (t + 1..t + 3).any(|i| self.has("definite", i) && (t + 1..i).all(|j| !forms.upper[j]))
        };
        let named = forms.upper.get(t + 1) == Some(&true)
            || self.cut.lexicon.modifier_first
                && (self.has("of", t + 1) || self.noun_behind(t + 1));
        (pointed && !named).then(|| Found {
            tokens: (t, t + 1),
            noun: Some((t, forms.lower[t].clone())),
            meant: Meant::Again,
        })
    }

    /// A noun right behind, so that the one before only tells its kind (`the city council`).
    fn noun_behind(&self, t: usize) -> bool {
        let tokens = &self.cut.analysis.sentences[self.s].tokens;
        tokens
            .get(t)
            .is_some_and(|w| matches!(w.upos, Upos::Noun | Upos::Propn))
    }

    /// Right behind a word of the role, articles left out.
    pub(crate) fn behind(&self, start: usize, role: &str) -> bool {
        let Some(before) = start.checked_sub(1) else {
            return false;
        };
        if self.has("article", before) {
            return before.checked_sub(1).is_some_and(|b| self.has(role, b));
        }
        self.has(role, before)
    }

    fn noun_beside(&self, atom: &Atom) -> Option<(usize, String)> {
        self.noun_around(atom.start, atom.end)
    }

    /// The noun of place that a name stands with, and its token.
    fn noun_around(&self, start: usize, end: usize) -> Option<(usize, String)> {
        let forms = &self.cut.forms[self.s];
        let noun = |t: usize| {
            self.has("place-noun", t)
                .then(|| (t, forms.lower[t].clone()))
        };
        let before = start.checked_sub(1);
        if let Some(found) = before.and_then(noun) {
            return Some(found);
        }
        // `rumah sakit Bara`: a noun of two words.
        if let Some(first) = start.checked_sub(2) {
            let two = format!("{} {}", forms.lower[first], forms.lower[first + 1]);
            if self.cut.lexicon.has("place-noun", &two) {
                return Some((first, two));
            }
        }
        // `the village of X`
        if before.is_some_and(|b| self.has("of", b))
            && let Some(found) = start.checked_sub(2).and_then(noun)
        {
            return Some(found);
        }
        if self.cut.lexicon.modifier_first {
            noun(end)
        } else {
            None
        }
    }

    fn followed_by_name(&self, end: usize) -> bool {
        let forms = &self.cut.forms[self.s];
        forms.upper.get(end).copied().unwrap_or(false)
            && forms.printed[end].starts_with(char::is_alphabetic)
    }

    /// The token that stands for the words in the sentence's grammar.
    pub(crate) fn head_of(&self, found: &Found<'_>) -> usize {
        let (start, end) = found.tokens;
        let wide = found
            .noun
            .as_ref()
            .map_or((start, end), |(t, _)| ((*t).min(start), (*t + 1).max(end)));
        let sentence = &self.cut.analysis.sentences[self.s];
        head(sentence, wide, self.cut.lexicon.modifier_first)
    }
}
