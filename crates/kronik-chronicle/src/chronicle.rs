//! The chronicle as a value, and how it is built.

use std::collections::{BTreeMap, BTreeSet};

use kronik_record::{ArticleRecord, ArticleRef, EventRecord, StatementRecord};
use kronik_text::ContentId;
use serde::Serialize;

use crate::calendar::{Days, seconds};
use crate::deed::{Entry, Records, entry, group};
use crate::mention::Mention;
use crate::story::{stories, story_of};
use crate::war::{Counting, War};

/// What a user may choose.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Language to write in, ISO 639-1; else that of most articles.
    pub language: Option<String>,
    /// The war whose days are numbered.
    pub war: Option<War>,
}

/// An article the chronicle was made from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Source {
    /// Publication time or day.
    pub published: Option<String>,
    /// Where it was read from.
    pub source: String,
    /// The article's id.
    pub id: ContentId,
    /// The outlet's name.
    pub outlet: Option<String>,
    /// The outlet's domain.
    pub domain: Option<String>,
    /// Canonical URL.
    pub url: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// ISO 639-1.
    pub language: String,
}

impl Source {
    fn of(article: &ArticleRecord) -> Source {
        Source {
            published: article.published.clone(),
            source: article.source.clone(),
            id: article.id.clone(),
            outlet: article.outlet.clone(),
            domain: article.outlet_domain.clone(),
            url: article.url.clone(),
            title: article.title.clone(),
            language: article.language.clone(),
        }
    }

    fn of_ref(article: &ArticleRef) -> Source {
        Source {
            published: article.published.clone(),
            source: article.source.clone(),
            id: article.id.clone(),
            outlet: article.outlet.clone(),
            domain: None,
            url: None,
            title: article.title.clone(),
            language: article.language.clone(),
        }
    }

    /// The outlet's name, or its domain, or where the article came from.
    pub fn label(&self) -> &str {
        self.outlet
            .as_deref()
            .or(self.domain.as_deref())
            .unwrap_or(&self.source)
    }
}

/// A place told.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Place {
    /// The atlas's name, or the words printed.
    pub name: String,
    /// ISO alpha-3.
    pub country: Option<String>,
    /// GeoNames id.
    pub geonames: Option<u32>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// UCDP `where_prec`, 1 to 7.
    pub precision: u8,
}

/// An outlet that counts the days of the war in its own way.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct WarNote {
    /// The outlet.
    pub outlet: String,
    /// How it counts.
    pub counting: Counting,
    /// Its number for the day.
    pub number: i64,
}

/// What happened in the same days.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Day {
    /// The days, mostly one; `None` for deeds without any.
    pub days: Option<Days>,
    /// Number of the day in the war that was asked for.
    pub number: Option<i64>,
    /// Outlets of this day's reports that count otherwise.
    pub notes: Vec<WarNote>,
    /// Stories, by their first report.
    pub stories: Vec<Story>,
}

/// Deeds of one day that the same articles tell.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Story {
    /// Headline of the story's first article that has one.
    pub title: Option<String>,
    /// Deeds.
    pub entries: Vec<Entry>,
}

/// A day-by-day digest.
#[derive(Debug, Clone, PartialEq)]
pub struct Chronicle {
    /// Language to write it in, ISO 639-1; empty if there was nothing to tell it from.
    pub language: String,
    /// The war whose days are numbered.
    pub war: Option<War>,
    /// Articles, by time of publication.
    pub articles: Vec<Source>,
    /// Days in order, those without a date last.
    pub days: Vec<Day>,
}

impl Chronicle {
    /// Builds the chronicle. Pure: the same for any order of the inputs; a record that is given
    /// twice counts once.
    ///
    /// Events whose article is not among `articles` are told all the same, without line numbers;
    /// events whose statement is not among `statements` tell their speakers from `said_by`.
    pub fn build(
        articles: &[ArticleRecord],
        statements: &[StatementRecord],
        events: &[EventRecord],
        options: &Options,
    ) -> Chronicle {
        let texts = once(articles, |a| &a.id);
        let events = once(events, |e| &e.id);
        let statements = once(statements, |s| &s.id);
        let sources = sources(&texts, &events);
        let language = options
            .language
            .clone()
            .unwrap_or_else(|| majority(&sources));
        let at: BTreeMap<&ContentId, usize> = sources
            .iter()
            .enumerate()
            .map(|(at, source)| (&source.id, at))
            .collect();
        let mut mentions: Vec<Mention<'_>> = events
            .values()
            .filter_map(|event| {
                let article = *at.get(&event.article.id)?;
                Some(Mention::new(
                    event,
                    article,
                    sources[article].published.as_deref(),
                ))
            })
            .collect();
        mentions.sort_by_key(|m| {
            (
                m.told.is_none(),
                m.article,
                m.event.trigger.span,
                m.event.id.clone(),
            )
        });
        let groups = group(&mentions);
        let story = stories(sources.len(), &groups, &mentions);
        let records = Records {
            language: &language,
            texts,
            statements,
            sources: &sources,
        };
        let entries: Vec<(usize, Entry)> = groups
            .iter()
            .map(|g| {
                (
                    story_of(g, &mentions, &story),
                    entry(g, &mentions, &records),
                )
            })
            .collect();
        let titles = titles(&story, &sources);
        let days = days(entries, &titles, &sources, options.war.as_ref());
        Chronicle {
            language,
            war: options.war.clone(),
            articles: sources,
            days,
        }
    }

    /// All entries, in the order of the chronicle.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.days
            .iter()
            .flat_map(|day| day.stories.iter().flat_map(|story| &story.entries))
    }

    /// The names of all outlets, in order, each once.
    pub fn outlets(&self) -> Vec<&str> {
        let names: BTreeSet<&str> = self.articles.iter().map(Source::label).collect();
        names.into_iter().collect()
    }
}

/// Each record once; of two with one id the one that is smaller when written down.
fn once<'r, T: Serialize + PartialEq>(
    records: &'r [T],
    id: impl Fn(&'r T) -> &'r ContentId,
) -> BTreeMap<&'r ContentId, &'r T> {
    let written = |record: &T| serde_json::to_string(record).unwrap_or_default();
    let mut found: BTreeMap<&ContentId, &T> = BTreeMap::new();
    for record in records {
        let known = found.entry(id(record)).or_insert(record);
        if *known != record && written(record) < written(known) {
            *known = record;
        }
    }
    found
}

fn sources(
    texts: &BTreeMap<&ContentId, &ArticleRecord>,
    events: &BTreeMap<&ContentId, &EventRecord>,
) -> Vec<Source> {
    let mut of: BTreeMap<&ContentId, Source> = BTreeMap::new();
    for event in events.values() {
        let source = Source::of_ref(&event.article);
        let known = of
            .entry(&event.article.id)
            .or_insert_with(|| source.clone());
        if source < *known {
            *known = source;
        }
    }
    for (id, article) in texts {
        of.insert(id, Source::of(article));
    }
    let mut sources: Vec<Source> = of.into_values().collect();
    let when = |s: &Source| s.published.as_deref().and_then(seconds).unwrap_or(i64::MAX);
    sources.sort_by(|a, b| (when(a), a).cmp(&(when(b), b)));
    sources
}

/// The language of most articles; of equals the first by code.
fn majority(sources: &[Source]) -> String {
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for source in sources {
        *count.entry(&source.language).or_default() += 1;
    }
    let best = count
        .into_iter()
        .max_by(|(a, m), (b, n)| m.cmp(n).then(b.cmp(a)));
    best.map(|(language, _)| language.to_string())
        .unwrap_or_default()
}

/// For each story the headline of its first article that has one.
fn titles(story: &[usize], sources: &[Source]) -> BTreeMap<usize, String> {
    let mut titles = BTreeMap::new();
    for (source, story) in sources.iter().zip(story) {
        if let Some(title) = &source.title {
            titles.entry(*story).or_insert_with(|| title.clone());
        }
    }
    titles
}

fn days(
    entries: Vec<(usize, Entry)>,
    titles: &BTreeMap<usize, String>,
    sources: &[Source],
    war: Option<&War>,
) -> Vec<Day> {
    type Stories = BTreeMap<usize, Vec<Entry>>;
    let mut by_day: BTreeMap<(bool, Option<Days>), Stories> = BTreeMap::new();
    for (story, entry) in entries {
        let key = (entry.days.is_none(), entry.days);
        by_day
            .entry(key)
            .or_default()
            .entry(story)
            .or_default()
            .push(entry);
    }
    by_day
        .into_iter()
        .map(|((_, days), stories)| {
            let single = days.filter(|days| days.single());
            let of_war = war.zip(single);
            Day {
                days,
                number: of_war.and_then(|(war, d)| war.number(d.first, war.counting())),
                notes: of_war.map_or(Vec::new(), |(war, d)| notes(war, d, &stories, sources)),
                stories: stories
                    .into_iter()
                    .map(|(story, mut entries)| {
                        entries.sort_by(|a, b| order(a).cmp(&order(b)));
                        Story {
                            title: titles.get(&story).cloned(),
                            entries,
                        }
                    })
                    .collect(),
            }
        })
        .collect()
}

/// Inside a story: the dated first, then as printed.
fn order(entry: &Entry) -> (bool, usize, u32, &ContentId) {
    let first = entry.reports.first();
    (
        !entry.dated,
        first.map_or(0, |r| r.article),
        first.map_or(0, |r| r.span.0),
        &entry.id,
    )
}

fn notes(
    war: &War,
    days: Days,
    stories: &BTreeMap<usize, Vec<Entry>>,
    sources: &[Source],
) -> Vec<WarNote> {
    let reports = stories.values().flatten().flat_map(|entry| &entry.reports);
    let articles: BTreeSet<usize> = reports.map(|report| report.article).collect();
    let found: BTreeSet<WarNote> = articles
        .into_iter()
        .filter_map(|article| {
            let source = sources.get(article)?;
            let counting = war.own(source.domain.as_deref()?, days.first)?;
            let number = war.number(days.first, counting)?;
            Some(WarNote {
                outlet: source.label().to_string(),
                counting,
                number,
            })
        })
        .collect();
    found.into_iter().collect()
}
