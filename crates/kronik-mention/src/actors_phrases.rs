//! From atoms to phrases: which neighbours name one actor together.
//!
//! The two orders of the world's languages are two small tables of what may follow what
//! (`Ukraine's military`, `militer Ukraina`); the rest of this file is bookkeeping.

use crate::actors_atoms::{Atom, Forms, Matter};
use crate::actors_lexicon::{ActorLexicon, AgentKind};
use crate::gazetteer::{EntryKind, Gazetteer};

/// What an atom can be in a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    State,
    People,
    Organisation,
    Person,
    Title,
    Agent,
    Place,
}

/// A phrase that names one actor: atoms from `first` to `last` (inclusive), by index.
#[derive(Debug, Clone)]
pub(crate) struct Phrase {
    /// Tokens, half-open.
    pub(crate) tokens: (usize, usize),
    /// Indices of its atoms.
    pub(crate) atoms: Vec<usize>,
    /// Of these, the ones that stand behind `to`, `for`, `untuk` and own nothing.
    pub(crate) toward: Vec<usize>,
}

/// How two atoms are parted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Link {
    Bare,
    Fillers,
    Genitive,
    Of,
    Toward,
}

/// What the atom is, or `None` where it can be no part of an actor.
pub(crate) fn part(atom: &Atom, gazetteer: &Gazetteer) -> Option<Part> {
    match &atom.matter {
        Matter::Title(_) => Some(Part::Title),
        Matter::Agent(..) => Some(Part::Agent),
        Matter::Name => Some(Part::Person),
        Matter::Known(hits) => {
            let kind = hits
                .iter()
                .filter_map(|h| gazetteer.entry_of(*h))
                .map(|e| e.kind)
                .min();
            match kind {
                Some(EntryKind::Country | EntryKind::Seat | EntryKind::Capital) => {
                    Some(Part::State)
                }
                Some(EntryKind::People) => Some(Part::People),
                Some(EntryKind::Organisation) => Some(Part::Organisation),
                Some(EntryKind::Person) => Some(Part::Person),
                _ => Some(Part::Place),
            }
        }
    }
}

/// Builds the phrases of a sentence.
pub(crate) fn phrases(
    atoms: &[Atom],
    forms: &Forms<'_>,
    gazetteer: &Gazetteer,
    lexicon: &ActorLexicon,
) -> Vec<Phrase> {
    let parts: Vec<Option<Part>> = atoms.iter().map(|a| part(a, gazetteer)).collect();
    let mut out = Vec::new();
    let mut i = 0;
    while i < atoms.len() {
        let Some(first) = parts[i].filter(|p| *p != Part::Place) else {
            i += 1;
            continue;
        };
        let mut phrase = Phrase {
            tokens: (atoms[i].start, atoms[i].end),
            atoms: vec![i],
            toward: Vec::new(),
        };
        let mut shape = Shape::start(first);
        let mut last = i;
        while last + 1 < atoms.len() {
            let next = last + 1;
            let Some(after) = parts[next] else { break };
            let Some(link) = link(atoms[last].end, atoms[next].start, forms, lexicon) else {
                break;
            };
            let follower = parts.get(next + 1).copied().flatten().filter(|_| {
                atoms
                    .get(next + 1)
                    .is_some_and(|a| a.start == atoms[next].end)
            });
            let joins = shape.takes(
                atoms,
                last,
                next,
                parts[last],
                after,
                link,
                follower,
                lexicon.modifier_first,
                forms.upper[atoms[next].start],
            );
            if !joins {
                break;
            }
            if link == Link::Toward {
                phrase.toward.push(next);
            }
            phrase.atoms.push(next);
            phrase.tokens.1 = atoms[next].end;
            shape.add(after, link);
            last = next;
        }
        i = last + 1;
        out.push(phrase);
    }
    out
}

fn link(from: usize, to: usize, forms: &Forms<'_>, lexicon: &ActorLexicon) -> Option<Link> {
    let between = &forms.lower[from..to];
    match between {
        [] => Some(Link::Bare),
        [first, rest @ ..] if lexicon.has("genitive", first) => {
            let plain = rest.len() <= 3 && rest.iter().all(|w| lexicon.has("filler", w));
            plain.then_some(Link::Genitive)
        }
        [first, rest @ ..] if lexicon.has("of", first) || lexicon.has("toward", first) => {
            let plain = rest.len() <= 1 && rest.iter().all(|w| lexicon.has("article", w));
            plain.then_some(if lexicon.has("of", first) {
                Link::Of
            } else {
                Link::Toward
            })
        }
        fillers => (fillers.len() <= 3 && fillers.iter().all(|w| lexicon.has("filler", w)))
            .then_some(Link::Fillers),
    }
}

/// What a phrase holds so far.
#[derive(Debug, Clone, Copy)]
struct Shape {
    owner: bool,
    title: bool,
    agent: bool,
    person: bool,
    closed: bool,
}

impl Shape {
    fn start(first: Part) -> Shape {
        let mut shape = Shape {
            owner: false,
            title: false,
            agent: false,
            person: false,
            closed: false,
        };
        shape.add(first, Link::Bare);
        shape
    }

    fn add(&mut self, part: Part, link: Link) {
        match part {
            Part::State | Part::People | Part::Organisation => self.owner = true,
            Part::Title => self.title = true,
            Part::Agent => self.agent = true,
            Part::Person => self.person = true,
            Part::Place => {}
        }
        if link == Link::Of {
            self.closed = true;
        }
    }

    #[allow(clippy::too_many_arguments)]
    fn takes(
        self,
        atoms: &[Atom],
        last: usize,
        next: usize,
        before: Option<Part>,
        after: Part,
        link: Link,
        follower: Option<Part>,
        modifier_first: bool,
        capital: bool,
    ) -> bool {
        let Some(before) = before else { return false };
        let noun = matches!(after, Part::Agent | Part::Title);
        let owner = matches!(after, Part::State | Part::Organisation);
        let names_person = follower == Some(Part::Person);
        if after == Part::Place {
            return false;
        }
        // A name ends what it belongs to; only its genitive goes on (`Trump's envoy`).
        if before == Part::Person {
            // `Dewan Kedaulatan Sudan`: an unknown name inside the name of a body.
            if !modifier_first {
                let inner = matches!(atoms[last].matter, Matter::Name) && self.agent && !self.title;
                return inner && owner && link == Link::Bare && capital;
            }
            let body = after == Part::Agent
                && link == Link::Bare
                && body_or_capital(&atoms[next], capital);
            return modifier_first && ((link == Link::Genitive && noun) || body);
        }
        if link == Link::Toward {
            return self.title && owner && names_person;
        }
        if modifier_first {
            match (before, link) {
                (Part::People, Link::Bare | Link::Fillers | Link::Genitive) => {
                    noun || (after == Part::Organisation && link != Link::Genitive)
                        || (after == Part::Person && link == Link::Bare)
                }
                (Part::State | Part::Organisation, Link::Genitive) => {
                    noun || matches!(after, Part::Organisation | Part::Person)
                }
                (Part::State | Part::Organisation, Link::Bare | Link::Fillers) => {
                    if self.closed {
                        return after == Part::Person && link == Link::Bare && self.title;
                    }
                    noun
                }
                (Part::Agent | Part::Title, Link::Genitive) => noun,
                (Part::Agent | Part::Title, Link::Of) => {
                    !self.owner && (owner || after == Part::Agent)
                }
                (Part::Title, Link::Bare | Link::Fillers) => {
                    noun || (after == Part::Person && link == Link::Bare)
                }
                (Part::Agent, Link::Bare) => noun || (after == Part::Person && names(&atoms[last])),
                (Part::Agent, Link::Fillers) => noun,
                _ => false,
            }
        } else {
            match (before, link) {
                (Part::Agent | Part::Title, Link::Bare | Link::Fillers) => match after {
                    Part::Person => {
                        link == Link::Bare
                            && (before == Part::Title
                                || names(&atoms[last])
                                || owned(&atoms[last], &atoms[next]))
                    }
                    _ => noun || owner || after == Part::People,
                },
                (Part::Agent | Part::Title, Link::Of) => !self.owner && owner,
                (Part::State | Part::Organisation | Part::People, Link::Bare | Link::Fillers) => {
                    let held = self.title || self.agent;
                    match after {
                        Part::Person => {
                            held && link == Link::Bare && self.title | names_ok(atoms, next)
                        }
                        Part::Title => held && link == Link::Bare && names_person,
                        _ => false,
                    }
                }
                _ => false,
            }
        }
    }
}

/// A noun that a name may follow (`pilot Philip Mehrtens`, never `drones Putin`).
fn names(atom: &Atom) -> bool {
    match &atom.matter {
        Matter::Agent(agent, plural) => !plural && agent.kind == AgentKind::Group,
        _ => true,
    }
}

/// Two words or more: a full name.
fn names_ok(atoms: &[Atom], next: usize) -> bool {
    atoms.get(next).is_some_and(|a| a.end - a.start >= 2)
}

/// `Trump administration`, `Cartenz Task Force`.
fn body_or_capital(atom: &Atom, capital: bool) -> bool {
    match &atom.matter {
        Matter::Agent(agent, _) => capital || agent.kind == AgentKind::Body,
        _ => false,
    }
}

/// `pemerintahan Joe Biden`: a body and a person whom the atlas knows.
fn owned(agent: &Atom, person: &Atom) -> bool {
    let body = matches!(&agent.matter, Matter::Agent(a, _) if a.kind == AgentKind::Body);
    body && matches!(person.matter, Matter::Known(_) | Matter::Name)
}
