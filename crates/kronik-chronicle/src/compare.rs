//! Whether two mentions can mean one deed, and what speaks for it.
//!
//! Two questions are kept apart. [`compatible`]: does anything told speak *against* one deed?
//! This is asked of every pair in an entry. [`ground`]: does enough speak *for* it? This is asked
//! of one pair at least. A shared day and shared parties are enough only where both days are told
//! and the sentences have something else in common, because armies attack more than once a day.

use kronik_record::PlaceRecord;
use serde::Serialize;

use crate::calendar::Days;
use crate::mention::Mention;

/// Why two mentions stand in one entry; the strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Ground {
    /// The sentence is the same, word for word.
    Sentence,
    /// Parties, kind, day and a place smaller than a country are the same.
    Place,
    /// Parties, kind and day and a number are the same.
    Quantity,
    /// Parties, kind and day are the same and most words are.
    Words,
    /// Parties, kind and day are the same and nothing speaks against it.
    Parties,
}

impl Ground {
    /// The name in tables and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Ground::Sentence => "sentence",
            Ground::Place => "place",
            Ground::Quantity => "quantity",
            Ground::Words => "words",
            Ground::Parties => "parties",
        }
    }
}

/// A mention without a day is at most this many days older than the deed's report.
const BEFORE_PUBLICATION: i32 = 7;
/// Two mentions without a day are published at most this many days apart.
const BETWEEN_PUBLICATIONS: i32 = 3;
/// The longest time, in days, that is a day told.
const DAY_OR_NIGHT: i32 = 1;
/// Sentences of fewer words are alike by accident.
const WORDS_THAT_TELL: usize = 5;
/// `where_prec` from which a place is a whole country or more.
const COUNTRY: u8 = 6;
/// `where_prec` from which a place is a region.
const REGION: u8 = 4;

/// True if nothing told speaks against the two being one deed.
pub(crate) fn compatible(a: &Mention<'_>, b: &Mention<'_>) -> bool {
    let (x, y) = (a.event, b.event);
    let same_sentence_of_one_article =
        x.article.id == y.article.id && x.evidence.span == y.evidence.span;
    let mode = match (&x.mode, &y.mode) {
        (Some(m), Some(n)) => m == n,
        _ => true,
    };
    let place = match (&x.place, &y.place) {
        (Some(p), Some(q)) => place_agrees(p, q),
        _ => true,
    };
    !same_sentence_of_one_article
        && x.class == y.class
        && mode
        && a.world() == b.world()
        && a.actors == b.actors
        && (a.recipients == b.recipients || a.recipients.is_empty() || b.recipients.is_empty())
        && place
        && days_agree(a, b)
}

/// What speaks for the two, which are [`compatible`], being one deed.
pub(crate) fn ground(a: &Mention<'_>, b: &Mention<'_>) -> Option<Ground> {
    let (x, y) = (a.event, b.event);
    if a.sentence.len() >= WORDS_THAT_TELL && a.sentence == b.sentence {
        return Some(Ground::Sentence);
    }
    let denial = a.denied() != b.denied();
    let one_article = x.article.id == y.article.id;
    if a.actors.is_empty() && a.recipients.is_empty() && b.recipients.is_empty() {
        return None;
    }
    let clocks = match (&a.clock, &b.clock) {
        (Some(c), Some(d)) => c == d,
        _ => true,
    };
    let one_place = match (&x.place, &y.place) {
        (Some(p), Some(q)) => p.precision < COUNTRY && same_place(p, q),
        _ => false,
    };
    if one_place && clocks {
        return Some(Ground::Place);
    }
    let one_number = x.quantities.iter().any(|q| {
        y.quantities
            .iter()
            .any(|r| q.unit == r.unit && q.value == r.value && q.high == r.high)
    });
    if one_number && clocks {
        return Some(Ground::Quantity);
    }
    let shared = a.words.intersection(&b.words).count();
    let all = a.words.union(&b.words).count();
    if shared >= WORDS_THAT_TELL && shared * 2 >= all {
        return Some(Ground::Words);
    }
    let days_told = match (a.told, b.told) {
        (Some(d), Some(e)) => d.length() <= DAY_OR_NIGHT && e.length() <= DAY_OR_NIGHT,
        _ => false,
    };
    let parties = !a.actors.is_empty() && !a.recipients.is_empty() && a.recipients == b.recipients;
    let kindred = if x.article.language == y.article.language {
        shared * 5 >= all
    } else {
        names_shared(a, b)
    };
    let apart = !one_article && days_told && kindred && clocks;
    (parties && (apart || (one_article && denial))).then_some(Ground::Parties)
}

/// Sentences of two languages have a name in common that is not a party's, or a number.
fn names_shared(a: &Mention<'_>, b: &Mention<'_>) -> bool {
    let parties = |m: &Mention<'_>| -> Vec<String> {
        let actors = m.event.actors.iter().chain(&m.event.recipients);
        actors
            .map(|actor| format!("{} {}", actor.text, actor.name).to_lowercase())
            .collect()
    };
    let named = [parties(a), parties(b)].concat();
    a.words.intersection(&b.words).any(|word| {
        let tells = word.chars().count() >= 4 || word.chars().all(|c| c.is_ascii_digit());
        tells && !named.iter().any(|name| name.contains(word.as_str()))
    })
}

fn days_agree(a: &Mention<'_>, b: &Mention<'_>) -> bool {
    match (a.told, b.told) {
        (Some(d), Some(e)) => d.overlaps(e),
        (Some(d), None) => near(d, b),
        (None, Some(e)) => near(e, a),
        (None, None) => match (a.published, b.published) {
            (Some(p), Some(q)) => (p - q).get_days().abs() <= BETWEEN_PUBLICATIONS,
            _ => true,
        },
    }
}

/// The days lie in the week before the undated mention was published.
fn near(days: Days, undated: &Mention<'_>) -> bool {
    undated.published.is_none_or(|published| {
        let age = (published - days.last).get_days();
        days.first <= published && age <= BEFORE_PUBLICATION
    })
}

fn same_place(p: &PlaceRecord, q: &PlaceRecord) -> bool {
    match (p.geonames, q.geonames) {
        (Some(m), Some(n)) => m == n,
        _ => p.name.to_lowercase() == q.name.to_lowercase(),
    }
}

/// The same place, or one lies in the other.
fn place_agrees(p: &PlaceRecord, q: &PlaceRecord) -> bool {
    if same_place(p, q) {
        return true;
    }
    let (wide, narrow) = if p.precision >= q.precision {
        (p, q)
    } else {
        (q, p)
    };
    let one_country = p.country.is_some() && p.country == q.country;
    let one_region = one_country && p.admin1.is_some() && p.admin1 == q.admin1;
    (wide.precision >= COUNTRY && narrow.precision < COUNTRY && one_country)
        || (wide.precision >= REGION && narrow.precision < REGION && one_region)
}
