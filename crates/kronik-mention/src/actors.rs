//! Who acts: states, bodies, people, groups, each with a code and the name it has in the article.
//!
//! An article introduces somebody once and uses short forms ever after, and its headline uses
//! them before. So the whole article is cut into phrases first, then people and abbreviations are
//! collected, and only then is each phrase given its code.
//!
//! **Invariant (an absence):** no two mentions overlap.

use std::collections::BTreeMap;

use kronik_lang::{Analysis, Relation, Sentence, Upos};
use kronik_record::{BlockKind, EntityRef};

use crate::actors_atoms::{Atom, Forms, Matter, atoms};
use crate::actors_context::Surroundings;
use crate::actors_lexicon::{ActorLexicon, AgentKind, Stands};
use crate::actors_people::{People, Somebody};
use crate::actors_phrases::{Part, Phrase, part, phrases};
use crate::gazetteer::{Entry, EntryKind, Gazetteer, Hit};
use crate::reader::Context;
use crate::{ActorKind, ActorMention};

/// An article cut into atoms and phrases.
pub(crate) struct Cut<'t> {
    pub(crate) text: &'t str,
    pub(crate) analysis: &'t Analysis,
    pub(crate) gazetteer: &'t Gazetteer,
    pub(crate) lexicon: &'t ActorLexicon,
    pub(crate) day: Option<String>,
    pub(crate) forms: Vec<Forms<'t>>,
    pub(crate) atoms: Vec<Vec<Atom>>,
    pub(crate) phrases: Vec<Vec<Phrase>>,
    pub(crate) people: People,
    aliases: BTreeMap<String, Meaning>,
}

/// What a phrase means, before context.
#[derive(Debug, Clone)]
struct Meaning {
    kind: ActorKind,
    code: Option<String>,
    sector: Option<String>,
    entity: Option<EntityRef>,
    /// What mentions of the same actor share.
    key: String,
    /// The part of the phrase that names the actor, as printed.
    core: String,
    plural: bool,
    /// The noun that acts, in lower case, for phrases that have one.
    noun: Option<String>,
    /// Code that the noun itself suggests.
    guess: Option<String>,
}

impl<'t> Cut<'t> {
    pub(crate) fn of(
        text: &'t str,
        analysis: &'t Analysis,
        gazetteer: &'t Gazetteer,
        lexicon: &'t ActorLexicon,
        context: &Context,
    ) -> Cut<'t> {
        let mut cut = Cut {
            text,
            analysis,
            gazetteer,
            lexicon,
            day: context.published.map(|d| d.to_string()),
            forms: Vec::new(),
            atoms: Vec::new(),
            phrases: Vec::new(),
            people: People::default(),
            aliases: BTreeMap::new(),
        };
        for sentence in &analysis.sentences {
            let forms = Forms::of(text, sentence);
            let atoms = atoms(text, sentence, &forms, gazetteer, lexicon);
            cut.phrases
                .push(phrases(&atoms, &forms, gazetteer, lexicon));
            cut.atoms.push(atoms);
            cut.forms.push(forms);
        }
        cut.collect_people();
        cut.collect_appositions();
        cut.collect_aliases();
        cut
    }

    /// The word of a name that tells what it is, in lower case (`court`, `mahkamah`).
    fn head_word(&self, name: &str) -> String {
        let mut words = name.split(' ');
        let word = if self.lexicon.modifier_first {
            words.next_back()
        } else {
            words.next()
        };
        word.unwrap_or(name).to_lowercase()
    }

    pub(crate) fn printed(&self, s: usize, start: usize, end: usize) -> &'t str {
        let tokens = &self.analysis.sentences[s].tokens;
        match (tokens.get(start), tokens.get(end.max(start + 1) - 1)) {
            (Some(first), Some(last)) => first.span.cover(last.span).slice(self.text),
            _ => "",
        }
    }

    /// The atlas's best row for the hits, by kind, then by day.
    pub(crate) fn entry(&self, hits: &[Hit]) -> Option<&'t Entry> {
        self.gazetteer.best(hits, self.day.as_deref())
    }

    fn known_person(&self, atom: &Atom) -> Option<Somebody> {
        let Matter::Known(hits) = &atom.matter else {
            return None;
        };
        let entry = self.entry(hits).filter(|e| e.kind == EntryKind::Person)?;
        Some(Somebody {
            name: String::new(),
            code: Some(entry.code.clone()),
            sector: entry.sector.clone(),
            entity: Some(entry.entity.clone()),
        })
    }

    fn collect_people(&mut self) {
        let mut notes: Vec<(String, Option<Somebody>)> = Vec::new();
        for (s, phrases) in self.phrases.iter().enumerate() {
            for phrase in phrases {
                let (code, sector) = self.office(s, phrase);
                for a in &phrase.atoms {
                    let atom = &self.atoms[s][*a];
                    if part(atom, self.gazetteer) != Some(Part::Person) || self.is_body(s, atom) {
                        continue;
                    }
                    let printed = self.printed(s, atom.start, atom.end);
                    let known = self.known_person(atom);
                    let full = atom.end - atom.start >= 2 && printed.contains(' ');
                    let held = phrase.atoms.len() > 1;
                    if full || (held && known.is_none()) {
                        let known = known.or_else(|| {
                            code.is_some().then(|| Somebody {
                                code: code.clone(),
                                sector: sector.clone(),
                                ..Somebody::default()
                            })
                        });
                        notes.push((printed.to_string(), known));
                    }
                }
            }
        }
        // Full names first, so that a surname with a title joins them.
        notes.sort_by_key(|(name, known)| {
            (
                !name.contains(' '),
                known.as_ref().is_none_or(|k| k.entity.is_none()),
            )
        });
        for (name, known) in notes {
            self.people.note(&name, known.as_ref());
        }
        // Surnames that the atlas knows, where no full name claims them.
        let mut short: Vec<(String, Somebody)> = Vec::new();
        for (s, atoms) in self.atoms.iter().enumerate() {
            for atom in atoms
                .iter()
                .filter(|a| part(a, self.gazetteer) == Some(Part::Person))
            {
                let printed = self.printed(s, atom.start, atom.end);
                if let Some(known) = self.known_person(atom)
                    && self.people.of_word(printed).is_none()
                {
                    short.push((printed.to_string(), known));
                }
            }
        }
        for (name, known) in short {
            self.people.note(&name, Some(&known));
        }
    }

    /// Code and role that a phrase's owner and office give to the person in it.
    fn office(&self, s: usize, phrase: &Phrase) -> (Option<String>, Option<String>) {
        let mut code: Option<String> = None;
        let mut sector = None;
        for a in phrase.atoms.iter().filter(|a| !phrase.toward.contains(a)) {
            match &self.atoms[s][*a].matter {
                Matter::Title(role) => sector = Some(role.clone()),
                Matter::Agent(agent, _) => sector = sector.or(Some(agent.sector.clone())),
                Matter::Known(hits) => {
                    if let Some(entry) = self.entry(hits).filter(|e| e.kind != EntryKind::Person) {
                        let body = entry.kind == EntryKind::Organisation
                            && !self.gazetteer.is_state(&entry.code);
                        let fights =
                            !matches!(entry.sector.as_deref(), Some("GOV" | "MIL" | "JUD"));
                        if code.is_none() || (body && fights) {
                            code = Some(entry.code.clone());
                        }
                    }
                }
                Matter::Name => {}
            }
        }
        (code, sector)
    }

    /// `Edgars Rinkēvičs, Latvia's foreign minister` and the other way round.
    fn collect_appositions(&mut self) {
        let mut found = Vec::new();
        for (s, phrases) in self.phrases.iter().enumerate() {
            for (at, pair) in phrases.windows(2).enumerate() {
                let [one, two] = pair else { continue };
                if !self.parted_by_comma(s, one, two) {
                    continue;
                }
                let (a, b) = (self.person_of(s, one), self.person_of(s, two));
                let (person, office) = match (a, b) {
                    (Some(p), None) => (p, two),
                    (None, Some(p)) => (p, one),
                    _ => continue,
                };
                let titled = office
                    .atoms
                    .iter()
                    .any(|a| part(&self.atoms[s][*a], self.gazetteer) == Some(Part::Title));
                if !titled {
                    continue;
                }
                let (mut code, mut sector) = self.office(s, office);
                // `perwira militer AS, Jenderal Angkatan Udara, CQ Brown`: the state stands first.
                let before = at.checked_sub(1).map(|b| &phrases[b]);
                if code.is_none()
                    && b.is_some()
                    && let Some(before) = before.filter(|b| {
                        self.parted_by_comma(s, b, one) && self.person_of(s, b).is_none()
                    })
                {
                    let (first_code, first_sector) = self.office(s, before);
                    code = first_code;
                    sector = sector.or(first_sector);
                }
                found.push((person, (code, sector)));
            }
        }
        for (person, (code, sector)) in found {
            let somebody = &mut self.people.list[person];
            somebody.code = somebody.code.take().or(code);
            somebody.sector = somebody.sector.take().or(sector);
        }
    }

    /// True if a comma stands between two phrases next to each other and nothing much else.
    fn parted_by_comma(&self, s: usize, one: &Phrase, two: &Phrase) -> bool {
        let comma = self.forms[s].printed.get(one.tokens.1);
        comma.is_some_and(|f| *f == ",") && two.tokens.0.saturating_sub(one.tokens.1) <= 2
    }

    /// The person a phrase names.
    fn person_of(&self, s: usize, phrase: &Phrase) -> Option<usize> {
        let last = phrase.atoms.iter().rev().find_map(|a| {
            let atom = &self.atoms[s][*a];
            (part(atom, self.gazetteer) == Some(Part::Person)).then_some(atom)
        })?;
        // A person who only owns (`Trump's envoy`) is not the one meant.
        if last.end != phrase.tokens.1 || self.is_body(s, last) {
            return None;
        }
        if self.owned_by_person(s, phrase, last) {
            return None;
        }
        let printed = self.printed(s, last.start, last.end);
        self.people
            .of_word(printed.rsplit(' ').next().unwrap_or(printed))
            .filter(|_| self.known_person(last).is_none() || !printed.contains(' '))
            .or_else(|| {
                let known = self.known_person(last)?;
                self.people.of_entity(&known.entity?.id)
            })
    }

    /// `pemerintahan Joe Biden`, `pasukan Assad`: the name tells whose, not who.
    fn owned_by_person(&self, s: usize, phrase: &Phrase, person: &Atom) -> bool {
        let before = phrase.atoms.iter().rev().nth(1).map(|a| &self.atoms[s][*a]);
        match before.map(|a| &a.matter) {
            Some(Matter::Agent(agent, plural)) => {
                let single = person.end - person.start == 1;
                match agent.kind {
                    AgentKind::Body | AgentKind::Weapon => true,
                    AgentKind::Group | AgentKind::Person => {
                        *plural || (single && self.known_person(person).is_some())
                    }
                }
            }
            _ => false,
        }
    }

    /// An unknown name with its abbreviation behind it is a body, not somebody; so is an outlet.
    fn is_body(&self, s: usize, atom: &Atom) -> bool {
        matches!(atom.matter, Matter::Name)
            && (self.abbreviation_after(s, atom.end).is_some() || self.is_outlet(s, atom))
    }

    fn is_outlet(&self, s: usize, atom: &Atom) -> bool {
        let printed = self.printed(s, atom.start, atom.end);
        matches!(atom.matter, Matter::Name) && self.gazetteer.is_outlet(printed)
    }

    fn abbreviation_after(&self, s: usize, end: usize) -> Option<&'t str> {
        let forms = &self.forms[s].printed;
        let (open, word, close) = (forms.get(end)?, forms.get(end + 1)?, forms.get(end + 2)?);
        let capitals = word.chars().filter(|c| c.is_uppercase()).count();
        let short = word.chars().count() <= 12 && capitals >= 2;
        (*open == "(" && *close == ")" && short).then_some(*word)
    }

    fn collect_aliases(&mut self) {
        let mut found = Vec::new();
        for (s, phrases) in self.phrases.iter().enumerate() {
            for phrase in phrases {
                let Some(word) = self.abbreviation_after(s, phrase.tokens.1) else {
                    continue;
                };
                let own = self.last_body(s, phrase);
                let Some(mut meaning) = self.meaning(s, own.as_ref().unwrap_or(phrase)) else {
                    continue;
                };
                if meaning.kind == ActorKind::Person {
                    continue;
                }
                // The abbreviation may be better known than the name.
                if let Some((_, hits)) = self.gazetteer.longest(
                    &crate::gazetteer::words_of(word)
                        .map(|w| w.1)
                        .collect::<Vec<_>>(),
                    |_| true,
                ) && let Some(entry) = self.entry(&hits)
                    && matches!(meaning.kind, ActorKind::Agent)
                    && entry.kind == EntryKind::Organisation
                    && meaning
                        .code
                        .as_ref()
                        .is_none_or(|c| *c == entry.code || !self.gazetteer.is_state(&entry.code))
                {
                    meaning.code = Some(entry.code.clone());
                    meaning.sector = entry.sector.clone().or(meaning.sector);
                    meaning.entity = Some(entry.entity.clone());
                    meaning.key = format!("o:{}", entry.entity.id);
                }
                if matches!(meaning.kind, ActorKind::Agent) {
                    meaning.kind = ActorKind::Organisation;
                    meaning.core = self
                        .printed(s, phrase.tokens.0, phrase.tokens.1)
                        .to_string();
                }
                found.push((word.to_string(), meaning));
            }
        }
        for (word, meaning) in found {
            self.aliases.entry(word).or_insert(meaning);
        }
    }

    /// The body or state that closes a longer phrase: its abbreviation is not the phrase's
    /// (`the armed wing of the Free Papua Movement (OPM)`).
    fn last_body(&self, s: usize, phrase: &Phrase) -> Option<Phrase> {
        let last = *phrase.atoms.last()?;
        let atom = &self.atoms[s][last];
        let named = matches!(
            part(atom, self.gazetteer),
            Some(Part::Organisation | Part::State)
        );
        let capitals = self.forms[s].upper[phrase.tokens.0];
        (named && phrase.atoms.len() > 1 && !capitals).then(|| Phrase {
            tokens: (atom.start, atom.end),
            atoms: vec![last],
            toward: Vec::new(),
        })
    }

    /// What a phrase means by its own words.
    fn meaning(&self, s: usize, phrase: &Phrase) -> Option<Meaning> {
        let atoms: Vec<&Atom> = phrase.atoms.iter().map(|a| &self.atoms[s][*a]).collect();
        let text = self.printed(s, phrase.tokens.0, phrase.tokens.1);
        if let Some(alias) = self.aliases.get(text) {
            return Some(Meaning {
                core: alias.core.clone(),
                ..alias.clone()
            });
        }
        let (mut code, office) = self.office(s, phrase);
        if let Some(person) = self.person_of(s, phrase) {
            let somebody = &self.people.list[person];
            let code = code.or_else(|| somebody.code.clone());
            let core = atoms
                .last()
                .map(|a| self.printed(s, a.start, a.end))
                .unwrap_or(text);
            let core = if core.chars().count() > somebody.name.chars().count() {
                core
            } else {
                &somebody.name
            };
            return Some(Meaning {
                kind: ActorKind::Person,
                code,
                sector: office.or_else(|| somebody.sector.clone()),
                entity: somebody.entity.clone(),
                key: format!("p:{person}"),
                core: core.to_string(),
                plural: false,
                noun: None,
                guess: None,
            });
        }
        let parts: Vec<Option<Part>> = atoms.iter().map(|a| part(a, self.gazetteer)).collect();
        // The owner may be a person (`Assad's forces`) or an alias (`RSF fighters`).
        for atom in &atoms {
            if code.is_some() {
                break;
            }
            let word = self.printed(s, atom.start, atom.end);
            let owner = self
                .aliases
                .get(word)
                .and_then(|m| m.code.clone())
                .or_else(|| {
                    self.people
                        .of_word(word)
                        .and_then(|p| self.people.list[p].code.clone())
                });
            code = owner.or_else(|| self.known_person(atom).and_then(|k| k.code));
        }
        for atom in &atoms {
            if let Some(alias) = self.aliases.get(self.printed(s, atom.start, atom.end)) {
                code = alias.code.clone().or(code);
            }
        }
        let noun = |p: &Option<Part>| matches!(p, Some(Part::Agent | Part::Title));
        let chosen = if self.lexicon.modifier_first {
            // `president of Ukraine`, `Ukraine's president`: the last noun before an `of`.
            atoms.iter().zip(&parts).rev().find(|(_, p)| noun(p))
        } else {
            atoms.iter().zip(&parts).find(|(_, p)| noun(p))
        };
        if let Some((atom, _)) = chosen {
            let low = self.forms[s].lower[atom.start..atom.end].join(" ");
            let lemma = match self.forms[s].lemma[atom.start..atom.end].last() {
                Some(last) if atom.end - atom.start == 1 => last.clone(),
                _ => low.clone(),
            };
            let (kind, plural, sector, guess) = match &atom.matter {
                Matter::Agent(agent, plural) => {
                    let kind = if agent.kind == AgentKind::Weapon {
                        ActorKind::Weapon
                    } else {
                        ActorKind::Agent
                    };
                    let group = agent.kind == AgentKind::Group && !self.lexicon.is_title_too(&low);
                    (
                        kind,
                        *plural || group,
                        agent.sector.clone(),
                        agent.code.clone(),
                    )
                }
                Matter::Title(sector) => (ActorKind::Person, false, sector.clone(), None),
                _ => (ActorKind::Agent, false, String::new(), None),
            };
            let owner = code.clone().unwrap_or_default();
            return Some(Meaning {
                kind,
                code,
                sector: Some(sector),
                entity: None,
                key: format!("a:{owner}:{}", text.to_lowercase()),
                core: text.to_string(),
                plural,
                noun: Some(lemma),
                guess,
            });
        }
        let atom = atoms
            .iter()
            .rev()
            .find(|a| matches!(a.matter, Matter::Known(_)));
        let Some(atom) = atom else {
            // An unknown name: a body if its abbreviation follows, else nobody we can tell.
            let last = atoms.last()?;
            return self.is_body(s, last).then(|| Meaning {
                kind: ActorKind::Organisation,
                code: None,
                sector: self.is_outlet(s, last).then(|| "JRN".to_string()),
                entity: None,
                key: format!("n:{text}"),
                core: text.to_string(),
                plural: false,
                noun: None,
                guess: None,
            });
        };
        let Matter::Known(hits) = &atom.matter else {
            return None;
        };
        let entry = self.entry(hits)?;
        let kind = match entry.kind {
            EntryKind::Country | EntryKind::Seat | EntryKind::Capital => ActorKind::Country,
            EntryKind::People => ActorKind::Demonym,
            EntryKind::Organisation => ActorKind::Organisation,
            EntryKind::Person | EntryKind::Place => return None,
        };
        let key = match kind {
            ActorKind::Organisation => format!("o:{}", entry.entity.id),
            _ => format!("{:?}:{}", entry.kind, entry.code),
        };
        let entity = (kind != ActorKind::Demonym).then(|| entry.entity.clone());
        Some(Meaning {
            kind,
            code: Some(entry.code.clone()),
            sector: entry.sector.clone(),
            entity,
            key,
            core: text.to_string(),
            plural: kind == ActorKind::Demonym,
            noun: None,
            guess: None,
        })
    }
}

/// All actors of an article.
pub(crate) fn actors(cut: &Cut<'_>, context: &Context) -> Vec<ActorMention> {
    let mut found: Vec<(ActorMention, Option<Meaning>)> = Vec::new();
    for (s, phrases) in cut.phrases.iter().enumerate() {
        let mut taken = vec![false; cut.forms[s].printed.len()];
        let mut here: Vec<(ActorMention, Option<Meaning>)> = Vec::new();
        for phrase in phrases {
            if only_place(cut, s, phrase) {
                continue;
            }
            if let Some(meaning) = cut.meaning(s, phrase) {
                taken[phrase.tokens.0..phrase.tokens.1].fill(true);
                here.push((mention(cut, s, phrase.tokens, &meaning), Some(meaning)));
            }
        }
        for (t, taken) in taken.iter().enumerate() {
            let form = cut.forms[s].printed[t];
            if *taken
                || !cut.forms[s].upper[t] && cut.lexicon.pronoun(&cut.forms[s].lower[t]).is_none()
            {
                continue;
            }
            let phrase = Phrase {
                tokens: (t, t + 1),
                atoms: Vec::new(),
                toward: Vec::new(),
            };
            let person = cut.people.of_word(form).filter(|_| {
                cut.analysis.sentences[s].tokens[t].upos == Upos::Propn
                    || t > 0
                    || cut.forms[s].headline
            });
            let meaning = cut.aliases.get(form).cloned().or_else(|| {
                let p = person?;
                let somebody = &cut.people.list[p];
                Some(Meaning {
                    kind: ActorKind::Person,
                    code: somebody.code.clone(),
                    sector: somebody.sector.clone(),
                    entity: somebody.entity.clone(),
                    key: format!("p:{p}"),
                    core: somebody.name.clone(),
                    plural: false,
                    noun: None,
                    guess: None,
                })
            });
            if let Some(meaning) = meaning {
                here.push((mention(cut, s, phrase.tokens, &meaning), Some(meaning)));
            } else if let Some(stands) = cut.lexicon.pronoun(&cut.forms[s].lower[t]) {
                let plural = stands == Stands::Group;
                let empty = Meaning {
                    kind: ActorKind::Pronoun,
                    code: None,
                    sector: None,
                    entity: None,
                    key: String::new(),
                    core: form.to_string(),
                    plural,
                    noun: None,
                    guess: None,
                };
                here.push((mention(cut, s, phrase.tokens, &empty), None));
            }
        }
        here.sort_by_key(|(m, _)| m.tokens);
        found.extend(here);
    }
    let mut keys: BTreeMap<String, u32> = BTreeMap::new();
    let mut longest: BTreeMap<u32, String> = BTreeMap::new();
    for (mention, meaning) in &mut found {
        let Some(meaning) = meaning else { continue };
        let next = u32::try_from(keys.len()).unwrap_or(u32::MAX);
        mention.cluster = *keys.entry(meaning.key.clone()).or_insert(next);
        let best = longest.entry(mention.cluster).or_default();
        if meaning.core.chars().count() > best.chars().count() {
            best.clone_from(&meaning.core);
        }
    }
    for (mention, meaning) in &mut found {
        if let Some(meaning) = meaning
            && meaning.noun.is_none()
            && (meaning.kind == ActorKind::Person || is_abbreviation(&meaning.core))
            && let Some(name) = longest.get(&mention.cluster)
        {
            mention.name.clone_from(name);
        }
    }
    introduce(cut, &mut found);
    settle(cut, context, &mut found);
    found.into_iter().map(|(mention, _)| mention).collect()
}

/// `AS`, `TPNPB-OPM`: mostly capitals and short.
fn is_abbreviation(name: &str) -> bool {
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = name.chars().filter(|c| c.is_uppercase()).count();
    !name.contains(' ') && letters <= 9 && capitals * 3 >= letters * 2
}

/// A capital after a word of place is a place, nothing else.
fn only_place(cut: &Cut<'_>, s: usize, phrase: &Phrase) -> bool {
    if phrase
        .tokens
        .0
        .checked_sub(1)
        .is_some_and(|b| cut.lexicon.has("currency", &cut.forms[s].lower[b]))
    {
        return true;
    }
    let [a] = phrase.atoms.as_slice() else {
        return false;
    };
    let Matter::Known(hits) = &cut.atoms[s][*a].matter else {
        return false;
    };
    let capital = cut
        .entry(hits)
        .is_some_and(|e| e.kind == EntryKind::Capital);
    let Some(before) = phrase.tokens.0.checked_sub(1) else {
        return false;
    };
    let word = &cut.forms[s].lower[before];
    capital && (cut.lexicon.has("place-preposition", word) || cut.lexicon.has("place-noun", word))
}

fn mention(cut: &Cut<'_>, s: usize, tokens: (usize, usize), meaning: &Meaning) -> ActorMention {
    let sentence = &cut.analysis.sentences[s];
    let span = sentence.tokens[tokens.0]
        .span
        .cover(sentence.tokens[tokens.1 - 1].span);
    // `para pemimpin`: the word before tells the number.
    let before = tokens.0.checked_sub(1).map(|b| &cut.forms[s].lower[b]);
    let several = meaning.noun.is_some() && before.is_some_and(|w| cut.lexicon.has("plural", w));
    ActorMention {
        span,
        sentence: s,
        tokens,
        head: head(sentence, tokens, cut.lexicon.modifier_first),
        kind: meaning.kind,
        code: meaning.code.clone(),
        guess: meaning.guess.clone(),
        sector: meaning.sector.clone().filter(|s| !s.is_empty()),
        name: meaning.core.clone(),
        entity: meaning.entity.clone(),
        cluster: u32::MAX,
        plural: meaning.plural || several,
    }
}

/// The token whose head lies outside; of several the one where the language puts its heads.
pub(crate) fn head(sentence: &Sentence, (first, end): (usize, usize), last_wins: bool) -> usize {
    let outside = |t: &usize| {
        let token = &sentence.tokens[*t];
        token.upos != Upos::Punct && token.head.is_none_or(|h| h < first || h >= end)
    };
    let mut heads = (first..end).filter(outside);
    let best = if last_wins {
        heads.next_back()
    } else {
        heads.next()
    };
    best.unwrap_or(if last_wins { end - 1 } else { first })
}

/// The state of what a possessed noun is named beside: `a Portuguese trawler and its crew`.
fn beside_owner(
    cut: &Cut<'_>,
    found: &[(ActorMention, Option<Meaning>)],
    i: usize,
) -> Option<String> {
    let m = &found[i].0;
    let sentence = &cut.analysis.sentences[m.sentence];
    let head = &sentence.tokens[m.head];
    // In the noun's own token (a clitic) or hanging on it; third persons alone.
    let possessed = sentence.words.iter().any(|word| {
        let on_head = word.head.is_some_and(|h| sentence.words[h].token == m.head);
        word.relation.ends_with(":poss") && word.features.contains("Person=3") && on_head
    });
    let owner = head
        .head
        .filter(|_| possessed && head.relation == Relation::Conj)?;
    let (named, _) = found[..i].iter().rev().find(|(o, _)| {
        o.sentence == m.sentence
            && (o.head == owner || sentence.tokens[o.head].head == Some(owner))
            && (o.code.is_some() || o.guess.is_some())
    })?;
    named.code.clone().or_else(|| named.guess.clone())
}

/// Code, cluster and name under which a noun was told of first.
type Told = (String, u32, String);

/// An office and the name behind it are one person: `the adviser, Jane Roe, said`,
/// `juru bicara Front (FRB), Budi Arta, mengatakan`. Who speaks of the office (`he`) means the name.
fn introduce(cut: &Cut<'_>, found: &mut [(ActorMention, Option<Meaning>)]) {
    for i in 0..found.len() {
        let office = &found[i].0;
        let (s, (first, end)) = (office.sentence, office.tokens);
        let forms = &cut.forms[s];
        let printed = |t: usize| forms.printed.get(t).copied().unwrap_or_default();
        let nameless = (first..end).all(|t| cut.people.of_word(forms.printed[t]).is_none());
        if office.kind != ActorKind::Person || office.entity.is_some() || !nameless {
            continue;
        }
        let close = (end..end + 6).find(|t| printed(end) == "(" && printed(*t) == ")");
        let comma = close.map_or(end, |t| t + 1);
        if printed(comma) != "," {
            continue;
        }
        let named = (i + 1..found.len()).find(|j| {
            let other = &found[*j].0;
            other.sentence == s && other.tokens.0 == comma + 1
        });
        let Some(named) = named else { continue };
        let person = &found[named].0;
        let known = cut.people.of_word(printed(person.tokens.1 - 1)).is_some();
        let tokens = &cut.analysis.sentences[s].tokens;
        let acts = |t: usize| {
            let upos = tokens.get(t).map(|token| token.upos);
            matches!(upos, Some(Upos::Verb | Upos::Aux))
        };
        let closed = printed(person.tokens.1) == "," || acts(person.tokens.1);
        if person.kind != ActorKind::Person || !known || !closed {
            continue;
        }
        let (name, cluster) = (person.name.clone(), person.cluster);
        let (code, sector) = (person.code.clone(), person.sector.clone());
        let entity = person.entity.clone();
        let office = &mut found[i].0;
        (office.name, office.cluster, office.entity) = (name, cluster, entity);
        office.code = code.or(office.code.take());
        office.sector = sector.or(office.sector.take());
    }
}

/// Gives pronouns and nouns without an owner what the context suggests.
fn settle(cut: &Cut<'_>, context: &Context, found: &mut [(ActorMention, Option<Meaning>)]) {
    let surroundings = Surroundings::of(
        cut.analysis,
        cut.gazetteer,
        context,
        found.iter().map(|(m, _)| m),
        &cut.states_of_places(),
    );
    let mut nouns: BTreeMap<String, Told> = BTreeMap::new();
    let mut last_body: Option<Told> = None;
    for i in 0..found.len() {
        let (s, start) = (found[i].0.sentence, found[i].0.tokens.0);
        if found[i].1.is_none() {
            let stands = cut.lexicon.pronoun(&cut.forms[s].lower[start]);
            if let Some(j) = stands.and_then(|stands| antecedent(cut, found, i, stands)) {
                let from = found[j].0.clone();
                let m = &mut found[i].0;
                m.guess = from.code.or(from.guess);
                m.sector = from.sector;
                m.name = from.name;
                m.entity = from.entity;
                m.cluster = from.cluster;
            }
            continue;
        }
        let noun = found[i].1.as_ref().and_then(|m| m.noun.clone());
        // `tokoh Republik itu`, `the billionaire`: somebody told of just before.
        let again = noun.as_ref().is_some_and(|n| {
            cut.lexicon.has("person-again", &cut.head_word(n)) && points_back(cut, &found[i].0)
        });
        if let Some(j) = again
            .then(|| antecedent(cut, found, i, Stands::Person))
            .flatten()
            .filter(|j| found[*j].0.kind == ActorKind::Person)
        {
            let from = found[j].0.clone();
            let m = &mut found[i].0;
            m.guess = from.code.or(from.guess);
            m.sector = from.sector;
            (m.name, m.entity, m.cluster) = (from.name, from.entity, from.cluster);
            continue;
        }
        if let Some(code) = &found[i].0.code {
            let body = found[i].0.kind == ActorKind::Organisation && !cut.gazetteer.is_state(code);
            let noun = noun.or_else(|| body.then(|| cut.head_word(&found[i].0.name)));
            for noun in noun.into_iter().flat_map(|n| [cut.head_word(&n), n]) {
                nouns.insert(
                    noun,
                    (code.clone(), found[i].0.cluster, found[i].0.name.clone()),
                );
            }
            if body {
                last_body = Some((code.clone(), found[i].0.cluster, found[i].0.name.clone()));
            }
            continue;
        }
        if found[i].0.guess.is_some() {
            continue;
        }
        let before = start.checked_sub(1).map(|b| cut.forms[s].lower[b].as_str());
        let owned = before
            .filter(|w| cut.lexicon.pronoun(w).is_some())
            .and_then(|_| {
                found[..i]
                    .iter()
                    .rev()
                    .find(|(m, _)| m.sentence == s && m.tokens.1 == start)
            })
            .and_then(|(m, _)| m.guess.clone());
        // Where an outlet sits is nothing to its reports.
        let press = found[i].0.kind == ActorKind::Organisation
            && found[i].0.sector.as_deref() == Some("JRN");
        if press {
            continue;
        }
        let earlier = noun.as_ref().and_then(|n| {
            let group = cut.lexicon.has("group-noun", n);
            nouns
                .get(n)
                .cloned()
                .or_else(|| last_body.clone().filter(|_| group))
        });
        let guess = beside_owner(cut, found, i)
            .or(owned)
            .or_else(|| cut.place_beside(s, found[i].0.tokens))
            .or_else(|| earlier.as_ref().map(|(c, ..)| c.clone()))
            .or_else(|| surroundings.guess(&found[i].0, cut.analysis.sentences[s].block));
        if let Some((_, cluster, name)) = earlier.filter(|(c, ..)| guess.as_ref() == Some(c)) {
            found[i].0.cluster = cluster;
            found[i].0.name = name;
        }
        if let Some(code) = &guess
            && let Some(noun) = &noun
            && found[i].0.sector.as_deref() == Some("REB")
        {
            let name = found[i].0.name.clone();
            nouns.insert(
                cut.head_word(noun),
                (code.clone(), found[i].0.cluster, name),
            );
        }
        found[i].0.guess = guess;
    }
    let free = found
        .iter()
        .map(|(m, _)| m.cluster)
        .filter(|c| *c != u32::MAX)
        .max()
        .map_or(0, |c| c + 1);
    let alone = found.iter_mut().filter(|(m, _)| m.cluster == u32::MAX);
    for (cluster, (mention, _)) in (free..).zip(alone) {
        mention.cluster = cluster;
    }
}

/// True of a noun with a word that points to what was told (`tokoh itu`, `the billionaire`).
fn points_back(cut: &Cut<'_>, mention: &ActorMention) -> bool {
    let forms = &cut.forms[mention.sentence].lower;
    let definite = |t: usize| cut.lexicon.has("definite", &forms[t]);
    if cut.lexicon.modifier_first {
        return mention.tokens.0.checked_sub(1).is_some_and(definite);
    }
    let sentence = &cut.analysis.sentences[mention.sentence];
    sentence.children(mention.head).any(definite)
}

/// The mention that a pronoun most likely stands for: the first fitting one of its own sentence
/// before it, else of the sentences before.
fn antecedent(
    cut: &Cut<'_>,
    found: &[(ActorMention, Option<Meaning>)],
    i: usize,
    stands: Stands,
) -> Option<usize> {
    let pronoun = &found[i].0;
    let fits = |m: &ActorMention| match stands {
        Stands::Person => {
            m.kind == ActorKind::Person
                || (m.kind == ActorKind::Agent && !m.plural && m.code.is_none())
        }
        Stands::Group => {
            m.plural
                || matches!(
                    m.kind,
                    ActorKind::Country | ActorKind::Organisation | ActorKind::Agent
                )
        }
        Stands::Thing => {
            !m.plural
                && matches!(
                    m.kind,
                    ActorKind::Country | ActorKind::Organisation | ActorKind::Agent
                )
        }
    };
    let strict = |m: &ActorMention| match stands {
        Stands::Person => m.kind == ActorKind::Person,
        Stands::Group => m.plural && m.kind != ActorKind::Weapon,
        Stands::Thing => fits(m),
    };
    for back in 0..4usize {
        let Some(s) = pronoun.sentence.checked_sub(back) else {
            break;
        };
        let crosses = |j: usize| {
            let forms = &cut.forms[s].printed;
            let between = &forms[found[j].0.tokens.1.min(forms.len())..];
            let between = &between[..between
                .len()
                .min(pronoun.tokens.0.saturating_sub(found[j].0.tokens.1))];
            let marks = |f: &&&str| matches!(**f, "\"" | "\u{201c}" | "\u{201d}");
            back == 0 && between.iter().filter(marks).count() % 2 == 1
        };
        let of_sentence = || {
            (0..i).filter(|j| found[*j].0.sentence == s && found[*j].1.is_some() && !crosses(*j))
        };
        let hit = of_sentence()
            .find(|j| strict(&found[*j].0))
            .or_else(|| of_sentence().find(|j| fits(&found[*j].0)));
        if hit.is_some() {
            return hit;
        }
    }
    None
}

/// Kinds of blocks that open a section.
pub(crate) fn opens_section(kind: BlockKind) -> bool {
    matches!(kind, BlockKind::Heading | BlockKind::Title)
}
