//! Mentions of one deed put together into one entry.
//!
//! Mentions are taken in a fixed order (days told first, then by publication, article and place in
//! it), so that the order of the inputs cannot matter. Each goes to the entry for which most
//! speaks, provided that nothing speaks against *any* mention already there; else it begins one.

use std::collections::BTreeMap;

use kronik_record::{ActorRecord, ArticleRecord, PlaceRecord, StatementRecord};
use kronik_text::{ContentId, content_id};
use serde::Serialize;

use crate::calendar::Days;
use crate::compare::{Ground, compatible, ground};
use crate::count::{Agreement, Count, counts};
use crate::mention::{Mention, party_key};
use crate::origin::{Origin, origins};
use crate::report::Report;
use crate::{Place, Source};

/// Who did something or to whom it was done, as all reports together name it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Party {
    /// ISO alpha-3 or an organisation's acronym.
    pub code: Option<String>,
    /// Names printed, the most frequent first.
    pub names: Vec<String>,
    /// PLOVER role.
    pub sector: Option<String>,
}

/// One deed with everybody who tells it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Entry {
    /// `x_…`, of the smallest event id.
    pub id: ContentId,
    /// The ids that entries of the other members alone would have, or had before they were joined.
    pub aliases: Vec<ContentId>,
    /// Ontology class.
    #[serde(rename = "type")]
    pub class: String,
    /// Its mode, if a report tells one.
    pub mode: Option<String>,
    /// Who did it.
    pub actors: Vec<Party>,
    /// To whom.
    pub recipients: Vec<Party>,
    /// `asserted`, `alleged`, … or `disputed` where some deny what others tell.
    pub factuality: String,
    /// The days on which it happened; else the day of publication; `None` without either.
    pub days: Option<Days>,
    /// False where no report tells the day.
    pub dated: bool,
    /// Clock times told, in order.
    pub clocks: Vec<String>,
    /// Where, as precisely as told.
    pub place: Option<Place>,
    /// Numbers told.
    pub counts: Vec<Count>,
    /// Who tells it, by time of publication.
    pub reports: Vec<Report>,
    /// How many mouths that goes back to.
    pub origins: Vec<Origin>,
    /// Why the mentions stand in one entry; empty for one.
    pub grounds: Vec<Ground>,
    /// What reports do not agree about: `factuality`, or `quantity:` and a unit.
    pub disputed: Vec<String>,
}

/// Indices of mentions that mean one deed, with what speaks for it.
pub(crate) struct Group {
    pub(crate) members: Vec<usize>,
    pub(crate) grounds: Vec<Ground>,
}

/// Puts mentions together; `mentions` must be in their fixed order.
pub(crate) fn group(mentions: &[Mention<'_>]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut by_class: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, mention) in mentions.iter().enumerate() {
        let near = by_class.entry(&mention.event.class).or_default();
        let best = near
            .iter()
            .filter_map(|g| Some((best_ground(mention, &groups[*g], mentions)?, *g)))
            .min();
        match best {
            Some((ground, g)) => {
                groups[g].members.push(at);
                groups[g].grounds.push(ground);
            }
            None => {
                near.push(groups.len());
                groups.push(Group {
                    members: vec![at],
                    grounds: Vec::new(),
                });
            }
        }
    }
    groups
}

fn best_ground(mention: &Mention<'_>, group: &Group, mentions: &[Mention<'_>]) -> Option<Ground> {
    let members = || group.members.iter().map(|m| &mentions[*m]);
    if !members().all(|member| compatible(mention, member)) {
        return None;
    }
    members().filter_map(|member| ground(mention, member)).min()
}

/// What the entries of a chronicle are made with.
pub(crate) struct Records<'r> {
    pub(crate) language: &'r str,
    pub(crate) texts: BTreeMap<&'r ContentId, &'r ArticleRecord>,
    pub(crate) statements: BTreeMap<&'r ContentId, &'r StatementRecord>,
    pub(crate) sources: &'r [Source],
}

/// The entry of one group.
pub(crate) fn entry(group: &Group, mentions: &[Mention<'_>], records: &Records<'_>) -> Entry {
    let mut members: Vec<&Mention<'_>> = group.members.iter().map(|m| &mentions[*m]).collect();
    members.sort_by_key(|m| (m.article, m.event.trigger.span, m.event.id.clone()));
    let reports: Vec<Report> = members
        .iter()
        .map(|m| {
            let text = records.texts.get(&m.event.article.id).copied();
            Report::new(m.event, m.article, text, &records.statements)
        })
        .collect();
    let told: Vec<_> = members
        .iter()
        .map(|m| m.event.quantities.as_slice())
        .collect();
    let counts = counts(&told, &reports, records.sources);
    let mut ids: Vec<&ContentId> = members.iter().map(|m| &m.event.id).collect();
    ids.sort();
    let mut entry_ids = ids.iter().map(|id| content_id('x', &[id.as_str()]));
    let first = members[0].event;
    let days = members.iter().filter_map(|m| m.told).reduce(Days::meet);
    let dated = days.is_some();
    let published = members.iter().filter_map(|m| m.published).min();
    let mut clocks: Vec<String> = members.iter().filter_map(|m| m.clock.clone()).collect();
    clocks.sort();
    clocks.dedup();
    let factuality = factuality(&reports);
    let mut disputed: Vec<String> = Vec::new();
    if factuality == "disputed" {
        disputed.push("factuality".to_string());
    }
    let differing = counts.iter().filter(|c| c.agreement == Agreement::Differ);
    disputed.extend(differing.map(|c| format!("quantity:{}", c.unit)));
    let mut grounds = group.grounds.clone();
    grounds.sort();
    grounds.dedup();
    let actors: Vec<_> = members
        .iter()
        .map(|m| (m, m.event.actors.as_slice()))
        .collect();
    let recipients: Vec<_> = members
        .iter()
        .map(|m| (m, m.event.recipients.as_slice()))
        .collect();
    Entry {
        id: entry_ids.next().unwrap_or_else(|| content_id('x', &[])),
        aliases: entry_ids.collect(),
        class: first.class.clone(),
        mode: members.iter().find_map(|m| m.event.mode.clone()),
        actors: parties(&actors, records.language),
        recipients: parties(&recipients, records.language),
        factuality,
        days: days.or(published.map(Days::one)),
        dated,
        clocks,
        place: place(&members, records.language),
        origins: origins(&reports, records.sources),
        counts,
        reports,
        grounds,
        disputed,
    }
}

/// What all reports say; `disputed` where some deny; else the firmest.
fn factuality(reports: &[Report]) -> String {
    let has = |word: &str| reports.iter().any(|r| r.factuality == word);
    let firm = ["asserted", "alleged"].into_iter().find(|word| has(word));
    match firm {
        Some(_) if has("denied") => "disputed".to_string(),
        Some(word) => word.to_string(),
        None => reports
            .first()
            .map(|r| r.factuality.clone())
            .unwrap_or_default(),
    }
}

fn parties(told: &[(&&Mention<'_>, &[ActorRecord])], language: &str) -> Vec<Party> {
    let mut order: Vec<String> = Vec::new();
    let mut of: BTreeMap<String, Vec<(&ActorRecord, bool)>> = BTreeMap::new();
    for (mention, actors) in told {
        let here = mention.event.article.language == language;
        for actor in *actors {
            let key = party_key(actor);
            if !order.contains(&key) {
                order.push(key.clone());
            }
            of.entry(key).or_default().push((actor, here));
        }
    }
    let party = |key: String| {
        let actors = of.get(&key)?;
        let mut names: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        for (actor, here) in actors {
            let count = names.entry(&actor.name).or_default();
            *count = (count.0 + usize::from(*here), count.1 + 1);
        }
        let mut names: Vec<_> = names
            .into_iter()
            .filter(|(name, _)| !name.is_empty())
            .collect();
        names.sort_by(|(a, m), (b, n)| n.cmp(m).then(b.len().cmp(&a.len())).then(a.cmp(b)));
        Some(Party {
            code: actors.iter().find_map(|(a, _)| a.code.clone()),
            names: names
                .into_iter()
                .map(|(name, _)| name.to_string())
                .collect(),
            sector: actors.iter().find_map(|(a, _)| a.sector.clone()),
        })
    };
    order.into_iter().filter_map(party).collect()
}

/// The most precise place told, by preference in an article of the chronicle's language.
fn place(members: &[&Mention<'_>], language: &str) -> Option<Place> {
    let told = |m: &&Mention<'_>| {
        let place = m.event.place.clone()?;
        Some((
            place.precision,
            m.event.article.language != language,
            m.article,
            place,
        ))
    };
    let best = members
        .iter()
        .filter_map(told)
        .min_by(|a, b| (a.0, a.1, a.2).cmp(&(b.0, b.1, b.2)));
    let place: PlaceRecord = best?.3;
    Some(Place {
        name: if place.name.is_empty() {
            place.text
        } else {
            place.name
        },
        country: place.country,
        geonames: place.geonames,
        lat: place.lat,
        lon: place.lon,
        precision: place.precision,
    })
}
