//! Where a deed happened, by its own sentence.
//!
//! A sentence may name five places and two deeds; distance in words says little about which belongs
//! to which. A place is the deed's where the tree leads from it to the deed without passing another
//! deed or a clause that speaks of something else, and where its preposition can mean a place of
//! such a deed: *in* for all, *at* and *into* for blows and journeys, *from* for who withdraws.

use kronik_lang::{Grammar, Relation, Upos};
use kronik_mention::{ActorKind, PlaceMention};
use kronik_record::Site;
use kronik_text::Span;

use crate::event::Participant;
use crate::roles::Cast;

/// UCDP's `where_prec` from which on a place is no more than a state.
const STATE: u8 = 6;

/// Prepositions before places, and words around them.
#[derive(Debug, Clone, Default)]
pub struct PlaceWords {
    /// Those that may stand before the place of a deed.
    pub any: Vec<String>,
    /// Those that say nothing else (`in`, `near`), as a state needs that may also take part.
    pub inside: Vec<String>,
    /// Those before the place that is left (`from`).
    pub source: Vec<String>,
    /// Those that join a place to a part of it (`the outskirts of`).
    pub part: Vec<String>,
    /// Words before what happened at another time (`a day after the attack`).
    pub apart: Vec<String>,
    /// Words that open a clause about a place (`where`).
    pub whereabouts: Vec<String>,
}

/// A deed of a sentence as its places see it.
#[derive(Debug, Clone)]
pub struct Deed {
    /// The token of its head.
    pub head: usize,
    /// Its own words, and those that only tell what came of it.
    pub words: Vec<usize>,
    /// Done by speaking: what is spoken of happens elsewhere.
    pub speech: bool,
}

/// What kinds of place a deed may have.
#[derive(Debug, Clone, Copy)]
pub struct Wanted {
    /// Where its place may be told.
    pub site: Site,
    /// Its target or goal is its place (`attacked Goma`, `flew to Kyiv`).
    pub target: bool,
    /// Done against its recipients: where they are told as its goal, it happens among them.
    pub against: bool,
    /// Given: a state that it is sent to is told as who gets it, not as where.
    pub given: bool,
}

/// How a preposition binds a place to a deed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bond {
    Inside,
    Goal,
    Source,
    Object,
    Bare,
}

/// Index into `mentions.places` of the place where `deed` happened, if its sentence tells. `deeds`
/// are all deeds of the sentence. What names one of the `participants` is no place unless a
/// preposition of place stands before it.
pub fn place_of(
    cast: Cast<'_>,
    deed: &Deed,
    deeds: &[Deed],
    words: &PlaceWords,
    wanted: Wanted,
    participants: &[&Participant],
) -> Option<usize> {
    if wanted.site == Site::Nowhere {
        return None;
    }
    let seeker = Seeker {
        cast,
        g: cast.grammar,
        deed,
        deeds,
        words,
        wanted,
    };
    let opening = dateline(cast.grammar);
    let mut best: Option<(u32, usize)> = None;
    for i in cast.mentions.places_of(cast.index) {
        let place = &cast.mentions.places[i];
        if place.tokens.0 < opening || seeker.is_time(place.span) {
            continue;
        }
        let takes_part = participants.iter().any(|a| a.span.overlaps(place.span));
        let Some(cost) = seeker.cost(place, takes_part) else {
            continue;
        };
        if best.is_none_or(|(b, _)| cost < b) {
            best = Some((cost, i));
        }
    }
    best.map(|(_, i)| i)
}

/// The first token behind `KYIV, Ukraine (Agency) —`, or 0.
fn dateline(g: Grammar<'_>) -> usize {
    let tokens = &g.sentence.tokens;
    let dash = (1..tokens.len().min(14))
        .find(|t| matches!(g.forms[*t].as_str(), "-" | "--" | "–" | "—" | "―"));
    let Some(dash) = dash else { return 0 };
    let plain = (0..dash).all(|t| !matches!(tokens[t].upos, Upos::Verb | Upos::Aux));
    if plain { dash + 1 } else { 0 }
}

struct Seeker<'s> {
    cast: Cast<'s>,
    g: Grammar<'s>,
    deed: &'s Deed,
    deeds: &'s [Deed],
    words: &'s PlaceWords,
    wanted: Wanted,
}

/// The way from one token up the tree.
#[derive(Debug, Clone, Copy, Default)]
struct Way {
    /// Steps taken.
    steps: u32,
    /// A clause of its own lies between, by the relation of its head.
    clause: Option<Relation>,
    /// A word of another time lies between.
    apart: bool,
}

impl Seeker<'_> {
    fn is_time(&self, span: Span) -> bool {
        let times = self.cast.mentions.times_of(self.cast.index);
        let mut times = self.cast.mentions.times[times].iter();
        times.any(|t| t.span.overlaps(span))
    }

    fn cost(&self, place: &PlaceMention, takes_part: bool) -> Option<u32> {
        let (bond, hops) = self.bond(place);
        let state = place.precision >= STATE;
        let government = self.cast.at(place.head).is_some_and(|a| {
            let kind = self.cast.mentions.actors[a].kind;
            !matches!(kind, ActorKind::Agent | ActorKind::Weapon)
        });
        let left = self.wanted.site == Site::Left;
        let fits = match bond {
            Bond::Inside => true,
            Bond::Goal | Bond::Object => {
                let helped = state && takes_part && self.wanted.given;
                self.wanted.target && !helped || bond == Bond::Object && left
            }
            Bond::Source => left,
            Bond::Bare => !state && !takes_part && !government,
        };
        if !fits {
            return None;
        }
        let way = self.reach(place, bond)?;
        let bare = if bond == Bond::Bare { 20 } else { 0 };
        let wide = if state { 12 } else { 0 };
        Some(way + hops * 3 + bare + wide)
    }

    /// The preposition that binds a place, and through how many words it does so: a place beside
    /// another (`Bara, North Kordofan`) and the whole of which a part is told (`the outskirts of
    /// Bara`) stand under the first one's.
    fn bond(&self, place: &PlaceMention) -> (Bond, u32) {
        let g = self.g;
        let tokens = &g.sentence.tokens;
        let mut at = place.head;
        let within = self.cast.at(place.head).is_some_and(|a| {
            let actor = &self.cast.mentions.actors[a];
            actor.tokens.0 < place.tokens.0.min(place.head) || actor.tokens.1 > place.tokens.1
        });
        for hops in 0..4 {
            let case = g.case_word(at);
            let part = case.is_some_and(|w| self.words.part.contains(w));
            let head = tokens[at].head;
            let of_deed = head.is_some_and(|h| self.deed.words.contains(&h));
            if let Some(word) = case.filter(|_| !part) {
                return (self.bond_of(word), hops);
            }
            if of_deed && (part || matches!(tokens[at].relation, Relation::Obj)) {
                return (Bond::Object, hops);
            }
            if of_deed && self.g.object(self.deed.head) == Some(at) {
                return (Bond::Object, hops);
            }
            let joined = matches!(
                tokens[at].relation,
                Relation::Appos
                    | Relation::Conj
                    | Relation::Flat
                    | Relation::Compound
                    | Relation::Nmod
                    | Relation::List
                    | Relation::Dep
            );
            let Some(up) = head.filter(|h| {
                joined && !within && matches!(tokens[*h].upos, Upos::Noun | Upos::Propn)
            }) else {
                break;
            };
            if self.deeds.iter().any(|d| d.words.contains(&up)) {
                break;
            }
            at = up;
        }
        // Where the tree has lost the preposition, the word before the name.
        let owns = tokens[place.head].relation == Relation::NmodPoss;
        let before = place.tokens.0.checked_sub(1).filter(|_| !within && !owns);
        match before.map(|t| self.bond_of(&g.forms[t])) {
            Some(bond) => (bond, 1),
            None => (Bond::Bare, 0),
        }
    }

    fn bond_of(&self, word: &String) -> Bond {
        if self.words.inside.contains(word) {
            Bond::Inside
        } else if self.words.source.contains(word) {
            Bond::Source
        } else if self.words.any.contains(word) {
            Bond::Goal
        } else {
            Bond::Bare
        }
    }

    /// How far the deed is from the place by the tree; `None` where the place is another's.
    fn reach(&self, place: &PlaceMention, bond: Bond) -> Option<u32> {
        if self.tells_of(place) {
            return Some(0);
        }
        let owner = self.up(place.head, |t| {
            self.deeds.iter().position(|d| d.words.contains(&t))
        });
        let Some((owner, way)) = owner else {
            return self.beside(place, bond);
        };
        let owner = &self.deeds[owner];
        if way.apart {
            return None;
        }
        let cost = 4 * way.steps + if way.clause.is_some() { 16 } else { 0 };
        if owner.head == self.deed.head {
            let spoken = self.deed.speech && (way.steps > 1 || bond != Bond::Inside);
            let content = matches!(way.clause, Some(Relation::Ccomp | Relation::Xcomp));
            let told = spoken || content && self.deed.speech;
            return (!told).then_some(cost);
        }
        let goal = bond == Bond::Goal && self.wanted.target && self.wanted.against;
        if way.clause.is_some() || !matches!(bond, Bond::Inside | Bond::Object) && !goal {
            return None;
        }
        self.shared(owner, way, bond).map(|more| cost + more)
    }

    /// What it costs a deed to have the place that hangs on another.
    fn shared(&self, owner: &Deed, place: Way, bond: Bond) -> Option<u32> {
        let spoken = self.deed.speech && (place.steps > 1 || bond != Bond::Inside);
        let tokens = &self.g.sentence.tokens;
        // One of two deeds told side by side.
        let (one, two) = (self.chain(self.deed.head), self.chain(owner.head));
        if one == two {
            let before = self.deed.head < owner.head;
            return (!spoken).then_some(if before { 16 } else { 8 });
        }
        // The place's deed is part of this one's clause: `was killed in an attack in Bara`.
        if let Some((_, way)) = self.up(owner.head, |t| self.deed.words.contains(&t).then_some(()))
        {
            let part =
                !way.apart && matches!(way.clause, None | Some(Relation::Advcl | Relation::Xcomp));
            return (part && !self.deed.speech).then_some(10 + 4 * way.steps);
        }
        // This deed is part of the other's clause: `killed in Bara while distributing food`.
        let (_, way) = self.up(self.deed.head, |t| owner.words.contains(&t).then_some(()))?;
        let part =
            !way.apart && matches!(way.clause, None | Some(Relation::Advcl | Relation::Xcomp));
        let nominal = tokens[self.deed.head].upos != Upos::Verb && owner.speech;
        (part && !nominal && !spoken).then_some(10 + 4 * way.steps)
    }

    /// The place hangs on a word that is no deed (`clashes broke out in Bara`).
    fn beside(&self, place: &PlaceMention, bond: Bond) -> Option<u32> {
        if self.deed.speech || bond != Bond::Inside && bond != Bond::Object {
            return None;
        }
        let mut path = vec![place.head];
        while let Some(head) = path.last().and_then(|t| self.g.sentence.tokens[*t].head) {
            if path.len() > self.g.sentence.tokens.len() {
                break;
            }
            path.push(head);
        }
        let (meet, way) = self.up(self.deed.head, |t| {
            path.iter().position(|p| *p == t).filter(|p| *p > 0)
        })?;
        let (_, place_way) = self.up(place.head, |t| (t == path[meet]).then_some(()))?;
        let aside = |clause| matches!(clause, None | Some(Relation::Advcl | Relation::Xcomp));
        if way.apart || place_way.apart || !aside(way.clause) || !aside(place_way.clause) {
            return None;
        }
        Some(12 + 4 * (way.steps + place_way.steps))
    }

    /// `Bara, where fighting broke out`.
    fn tells_of(&self, place: &PlaceMention) -> bool {
        let tokens = &self.g.sentence.tokens;
        let clause = |t: usize| {
            matches!(tokens[t].relation, Relation::Acl | Relation::AclRelcl)
                && tokens[t]
                    .head
                    .is_some_and(|h| h == place.head || place.tokens.0 <= h && h < place.tokens.1)
        };
        let mut at = Some(self.deed.head);
        let mut steps = 0;
        while let Some(t) = at {
            if clause(t) {
                let first = place.tokens.1;
                return (first..t).any(|i| self.words.whereabouts.contains(&self.g.forms[i]));
            }
            at = tokens[t].head;
            steps += 1;
            if steps > tokens.len() {
                break;
            }
        }
        false
    }

    /// The first of a row of coordinated words.
    fn chain(&self, token: usize) -> usize {
        let tokens = &self.g.sentence.tokens;
        let mut at = token;
        let mut steps = 0;
        while tokens[at].relation == Relation::Conj && steps <= tokens.len() {
            let Some(head) = tokens[at].head else { break };
            at = head;
            steps += 1;
        }
        at
    }

    /// Goes up from `token` to the first governor that `wanted` takes.
    fn up<T>(&self, token: usize, wanted: impl Fn(usize) -> Option<T>) -> Option<(T, Way)> {
        let tokens = &self.g.sentence.tokens;
        let mut way = Way::default();
        let mut at = token;
        for _ in 0..tokens.len() {
            let marks = |c: usize| {
                matches!(
                    tokens[c].relation,
                    Relation::Case | Relation::Mark | Relation::Advmod | Relation::Fixed
                ) && c < at
                    && self.words.apart.contains(&self.g.forms[c])
            };
            // A word of the way that is no deed was there as well: `killed after landing in Bara`.
            let deed = self.deeds.iter().any(|d| d.words.contains(&at));
            way.apart |= deed && self.g.sentence.children(at).any(marks);
            let relation = tokens[at].relation;
            let clausal = matches!(
                relation,
                Relation::Acl
                    | Relation::AclRelcl
                    | Relation::Advcl
                    | Relation::Ccomp
                    | Relation::Csubj
                    | Relation::Parataxis
                    | Relation::Xcomp
            );
            if clausal
                && way
                    .clause
                    .is_none_or(|c| matches!(c, Relation::Advcl | Relation::Xcomp))
            {
                way.clause = Some(relation);
            }
            let head = tokens[at].head?;
            way.steps += 1;
            if let Some(found) = wanted(head) {
                return Some((found, way));
            }
            at = head;
        }
        None
    }
}
