//! The value this stage hands on.

use jiff::civil::Date;
use kronik_record::EntityRef;
use std::ops::Range;

use kronik_text::Span;

/// All mentions of an article, each list in text order.
#[derive(Debug, Clone, Default)]
pub struct Mentions {
    /// States, organisations, people, groups, and nouns that act.
    pub actors: Vec<ActorMention>,
    /// Where things can happen. A country is both an actor and a place.
    pub places: Vec<PlaceMention>,
    /// Days and clocks.
    pub times: Vec<TimeMention>,
    /// Numbers that count something.
    pub quantities: Vec<QuantityMention>,
    /// For each sentence the state it is most likely set in, by the states and places named around
    /// it; `None` where the article names none.
    pub settings: Vec<Option<String>>,
    /// What is odd about the dates it prints.
    pub doubts: Vec<Doubt>,
}

impl Mentions {
    /// Indices of the actors of a sentence. Every list is in the order of the sentences.
    pub fn actors_of(&self, sentence: usize) -> Range<usize> {
        of_sentence(&self.actors, sentence, |m| m.sentence)
    }

    /// Indices of the places of a sentence.
    pub fn places_of(&self, sentence: usize) -> Range<usize> {
        of_sentence(&self.places, sentence, |m| m.sentence)
    }

    /// Indices of the times of a sentence.
    pub fn times_of(&self, sentence: usize) -> Range<usize> {
        of_sentence(&self.times, sentence, |m| m.sentence)
    }

    /// Indices of the quantities of a sentence.
    pub fn quantities_of(&self, sentence: usize) -> Range<usize> {
        of_sentence(&self.quantities, sentence, |m| m.sentence)
    }
}

fn of_sentence<T>(list: &[T], sentence: usize, of: impl Fn(&T) -> usize) -> Range<usize> {
    let first = list.partition_point(|m| of(m) < sentence);
    let rest = list[first..].partition_point(|m| of(m) == sentence);
    first..first + rest
}

/// What kind of words name an actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ActorKind {
    /// A state by its name, or its capital or seat for its government.
    Country,
    /// A demonym or adjective standing alone (`the Russians`, `Russian`).
    Demonym,
    /// An organisation of the atlas or printed with its abbreviation.
    Organisation,
    /// A person, with or without title.
    Person,
    /// A noun that acts, with or without a country (`pasukan Rusia`, `police`, `protesters`).
    Agent,
    /// A weapon or vehicle that stands for those who use it (`Russian drones`).
    Weapon,
    /// A pronoun resolved to an earlier mention.
    Pronoun,
}

/// Words that name an actor, the longest stretch that belongs to it: in
/// *Presiden Ukraina Volodymyr Zelensky* one mention, not three.
#[derive(Debug, Clone)]
pub struct ActorMention {
    /// The words.
    pub span: Span,
    /// Index of the sentence.
    pub sentence: usize,
    /// Tokens of that sentence, half-open.
    pub tokens: (usize, usize),
    /// The token that stands in the sentence's grammar for all of it (one whose head lies outside).
    pub head: usize,
    /// What kind of words.
    pub kind: ActorKind,
    /// ISO alpha-3 or the organisation's usual acronym; `None` where only the context can tell
    /// (`the police`), then [`ActorMention::guess`] may hold what the context suggests.
    pub code: Option<String>,
    /// Code that the context suggests where the words tell none.
    pub guess: Option<String>,
    /// PLOVER role.
    pub sector: Option<String>,
    /// The longest form of the name printed anywhere in the article (`Mark Rutte`); for a group
    /// or office without a name, the words as printed.
    pub name: String,
    /// The atlas's entity.
    pub entity: Option<EntityRef>,
    /// Mentions of the same actor share this number.
    pub cluster: u32,
    /// True for several (`troops`, `they`), false for one, as far as the words tell.
    pub plural: bool,
}

/// Words that name a place.
#[derive(Debug, Clone)]
pub struct PlaceMention {
    /// The name, without the noun before it (`Kursk` in *wilayah Kursk*).
    pub span: Span,
    /// The words that print the name: those of `span`, or earlier ones that a noun takes up
    /// (`the city`).
    pub printed: Span,
    /// Index of the sentence.
    pub sentence: usize,
    /// Tokens of that sentence, half-open.
    pub tokens: (usize, usize),
    /// The token that stands for it, as in [`ActorMention::head`], with the noun before it.
    pub head: usize,
    /// The atlas's name, or the words where the atlas has none.
    pub name: String,
    /// ISO alpha-3 of the country it lies in.
    pub country: Option<String>,
    /// First-order division.
    pub admin1: Option<String>,
    /// GeoNames id.
    pub geonames: Option<u32>,
    /// Degrees north and east.
    pub point: Option<(f64, f64)>,
    /// UCDP `where_prec`: 1 exact place … 4 first-order division, 6 country, 7 sea or air.
    pub precision: u8,
}

/// Where a time came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Basis {
    /// The words give the date (`4/12/2024`, `Dec 5`).
    Explicit,
    /// The words count from another day (`yesterday`, `last week`, `Rabu`).
    Relative,
    /// From the section's heading or an earlier mention of the same deed.
    Inherited,
    /// From the publication date.
    Published,
}

/// Days from the first to the last, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Interval {
    /// First day.
    pub first: Date,
    /// Last day.
    pub last: Date,
}

/// Words that tell a time.
#[derive(Debug, Clone)]
pub struct TimeMention {
    /// The words.
    pub span: Span,
    /// Index of the sentence.
    pub sentence: usize,
    /// Tokens of that sentence, half-open.
    pub tokens: (usize, usize),
    /// The days.
    pub days: Interval,
    /// A day or coarser as EDTF: `2024-12-04`, `2024-06`, `2024`, `2024-11-18/2024-11-24`.
    pub edtf: String,
    /// Clock time where told: hour and minute.
    pub clock: Option<(i8, i8)>,
    /// Offset from UTC in minutes where told (`WIB` is 420).
    pub offset: Option<i32>,
    /// True where only a clock is told and the day is the text's current day.
    pub clock_only: bool,
    /// Where it came from.
    pub basis: Basis,
    /// `sejak`, `since`: the time runs from here to the publication.
    pub since: bool,
    /// The days that the words name, without what `since` adds.
    pub named: Interval,
    /// True where the days lie after the day of publication.
    pub future: bool,
}

/// What is odd about a date that an article prints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// The words.
    pub span: Span,
    /// A stable name, e.g. `date-impossible`.
    pub code: &'static str,
    /// One plain sentence.
    pub message: String,
    /// What was done about it.
    pub hint: String,
}

/// How a number is bounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Bound {
    Exact,
    More,
    AtLeast,
    Less,
    AtMost,
    About,
    Range,
}

impl Bound {
    /// The record's word for it.
    pub fn name(self) -> &'static str {
        match self {
            Bound::Exact => "exact",
            Bound::More => "more",
            Bound::AtLeast => "at_least",
            Bound::Less => "less",
            Bound::AtMost => "at_most",
            Bound::About => "about",
            Bound::Range => "range",
        }
    }
}

/// What kind of thing a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CountClass {
    /// People of whom the number tells most (troops, civilians, protesters).
    Person,
    /// People whose standing the unit must keep (prisoners, hostages, the dead).
    Captive,
    /// People in office or with a part to play (ministers, lawmakers).
    Official,
    /// Things that are there to be moved or broken (missiles, ships, houses).
    Thing,
    /// Villages, provinces, districts.
    Place,
    /// Those who act as one: countries, armies, sides.
    Party,
    /// What has no body: attacks, laws, votes, cases.
    Matter,
    /// A currency.
    Money,
    /// How much of something: per cent, distance, time, speed, shares.
    Measure,
}

/// What was done to those counted, or done by them, so that it gives their unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fate {
    /// The words that tell it (`tewas`, `had been detained`: the verb alone).
    pub span: Span,
    /// English unit (`killed`, `arrested`).
    pub unit: String,
    /// True for what those counted did (`protesters`), false for what was done to them.
    pub doer: bool,
    /// True for what befalls the body of whoever it is (killed, injured, missing).
    pub harm: bool,
}

/// A number with what it counts.
#[derive(Debug, Clone)]
pub struct QuantityMention {
    /// From the bounding words to the counted noun.
    pub span: Span,
    /// Index of the sentence.
    pub sentence: usize,
    /// Tokens of that sentence, half-open.
    pub tokens: (usize, usize),
    /// How it is bounded.
    pub bound: Bound,
    /// The number, or the lower end of a range.
    pub value: f64,
    /// The upper end of a range.
    pub high: Option<f64>,
    /// English unit: of what was done to those counted where the words tell (`killed`), else of
    /// the noun (`troops`, `uav`, `usd`, `percent`), with `/day` for a rate.
    pub unit: String,
    /// The noun's own unit; `None` where no noun is told.
    pub noun: Option<String>,
    /// What kind of thing is counted; `None` where only a fate tells.
    pub class: Option<CountClass>,
    /// What was done to those counted, in text order; the first gave the unit.
    pub fates: Vec<Fate>,
    /// All words of the sentence that can tell what was done to such: a deed named by one of them
    /// gives its unit to what it is done to.
    pub around: Vec<Fate>,
    /// One by an article (`seorang`, `a`), which says hardly more than the noun.
    pub article: bool,
    /// Some of others counted beside it (`including 20 children`).
    pub part: bool,
    /// All of those of whom some are counted before it (`seven` in *six of seven missiles fell*).
    pub whole: bool,
}
