//! Reading back, always in the order of ids.

use std::marker::PhantomData;

use kronik_record::{ArticleRecord, EventRecord, StatementRecord};
use kronik_text::ContentId;
use rusqlite::{OptionalExtension, params};
use serde::de::DeserializeOwned;

use crate::{Error, Kind, Result, Store};

/// A range of days, both ends included; an open end takes all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Days {
    /// First day, ISO `YYYY-MM-DD`.
    pub first: Option<String>,
    /// Last day, ISO `YYYY-MM-DD`.
    pub last: Option<String>,
}

impl Days {
    /// Every day, and records without one.
    pub const ALL: Days = Days {
        first: None,
        last: None,
    };

    /// From `first` to `last`, both included.
    pub fn between(first: &str, last: &str) -> Days {
        Days {
            first: Some(first.to_string()),
            last: Some(last.to_string()),
        }
    }
}

/// How many records of each kind a store holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Articles.
    pub articles: u64,
    /// Statements.
    pub statements: u64,
    /// Events.
    pub events: u64,
}

/// Records of one kind, read page by page so that a large store needs little memory.
///
/// After an error the iterator ends.
#[derive(Debug)]
pub struct Records<'s, T> {
    store: &'s Store,
    query: String,
    days: Days,
    after: String,
    page: std::vec::IntoIter<(String, String)>,
    ended: bool,
    kind: PhantomData<T>,
}

const PAGE: i64 = 256;

/// An event with all that is needed to tell who says so.
#[derive(Debug, Clone)]
pub struct EventInContext {
    /// The event.
    pub event: EventRecord,
    /// Its article.
    pub article: ArticleRecord,
    /// All statements of the article.
    pub statements: Vec<StatementRecord>,
}

impl Store {
    /// Articles published within `days`, by id.
    pub fn articles(&self, days: &Days) -> Records<'_, ArticleRecord> {
        self.records("articles", "day", "day", days)
    }

    /// Statements said within `days`, by id; one without a day of saying counts under the day
    /// its article was published.
    pub fn statements(&self, days: &Days) -> Records<'_, StatementRecord> {
        self.records("statements", "day", "day", days)
    }

    /// Events whose time touches `days`, by id; one without a time counts under the day its
    /// article was published.
    pub fn events(&self, days: &Days) -> Records<'_, EventRecord> {
        self.records("events", "day_first", "day_last", days)
    }

    /// When the article was first received, as the caller told; `None` for one not stored.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn seen(&self, article: &ContentId) -> Result<Option<String>> {
        self.connection
            .query_row(
                "SELECT min(seen) FROM seen WHERE article = ?1",
                [article.as_str()],
                |r| r.get::<_, Option<String>>(0),
            )
            .optional()
            .map(Option::flatten)
            .map_err(|e| Error::sqlite(&self.path, &e))
    }

    /// Where the article was found, in text order, with the time each was first received.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn sources(&self, article: &ContentId) -> Result<Vec<(String, String)>> {
        let read = || -> rusqlite::Result<Vec<(String, String)>> {
            self.connection
                .prepare("SELECT source, seen FROM seen WHERE article = ?1 ORDER BY source")?
                .query_map([article.as_str()], |r| Ok((r.get(0)?, r.get(1)?)))?
                .collect()
        };
        read().map_err(|e| Error::sqlite(&self.path, &e))
    }

    /// How many records there are.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn counts(&self) -> Result<Counts> {
        let query = "SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM statements),
                            (SELECT count(*) FROM events)";
        let number = |r: &rusqlite::Row<'_>, at| -> rusqlite::Result<u64> {
            Ok(u64::try_from(r.get::<_, i64>(at)?).unwrap_or(0))
        };
        self.connection
            .query_row(query, [], |r| {
                Ok(Counts {
                    articles: number(r, 0)?,
                    statements: number(r, 1)?,
                    events: number(r, 2)?,
                })
            })
            .map_err(|e| Error::sqlite(&self.path, &e))
    }

    /// The event of this id with its article and all statements of it; `None` for one not stored.
    ///
    /// # Errors
    /// When the file cannot be read or a record in it cannot be understood.
    pub fn event(&self, id: &str) -> Result<Option<EventInContext>> {
        let event: Option<EventRecord> = self
            .rows("SELECT id, record FROM events WHERE id = ?1", id)?
            .pop();
        let Some(event) = event else { return Ok(None) };
        let article = event.article.id.as_str();
        let articles = self.rows("SELECT id, record FROM articles WHERE id = ?1", article)?;
        let statements = self.rows(
            "SELECT id, record FROM statements WHERE article = ?1 ORDER BY id",
            article,
        )?;
        Ok(articles.into_iter().next().map(|article| EventInContext {
            event,
            article,
            statements,
        }))
    }

    fn rows<T: DeserializeOwned>(&self, query: &str, value: &str) -> Result<Vec<T>> {
        let read = || -> rusqlite::Result<Vec<(String, String)>> {
            self.connection
                .prepare_cached(query)?
                .query_map([value], |r| Ok((r.get(0)?, r.get(1)?)))?
                .collect()
        };
        let rows = read().map_err(|e| Error::sqlite(&self.path, &e))?;
        rows.into_iter()
            .map(|(id, record)| serde_json::from_str(&record).map_err(|e| self.damaged(&id, &e)))
            .collect()
    }

    fn damaged(&self, id: &str, error: &serde_json::Error) -> Error {
        let what = format!("the stored record {id} cannot be understood ({error})");
        let remedy = "restore a copy, or add its article to a new database";
        Error::new(Kind::Damaged, &self.path, what, remedy)
    }

    fn records<T>(&self, table: &str, first: &str, last: &str, days: &Days) -> Records<'_, T> {
        let query = format!(
            "SELECT id, record FROM {table} WHERE id > ?1 AND (?2 IS NULL OR {last} >= ?2)
             AND (?3 IS NULL OR {first} <= ?3) ORDER BY id LIMIT {PAGE}"
        );
        Records {
            store: self,
            query,
            days: days.clone(),
            after: String::new(),
            page: Vec::new().into_iter(),
            ended: false,
            kind: PhantomData,
        }
    }
}

impl<T> Records<'_, T> {
    fn turn(&mut self) -> rusqlite::Result<()> {
        let rows: Vec<(String, String)> = self
            .store
            .connection
            .prepare_cached(&self.query)?
            .query_map(params![self.after, self.days.first, self.days.last], |r| {
                Ok((r.get(0)?, r.get(1)?))
            })?
            .collect::<rusqlite::Result<_>>()?;
        match rows.last() {
            Some((id, _)) => self.after.clone_from(id),
            None => self.ended = true,
        }
        self.page = rows.into_iter();
        Ok(())
    }
}

impl<T: DeserializeOwned> Iterator for Records<'_, T> {
    type Item = Result<T>;

    fn next(&mut self) -> Option<Result<T>> {
        loop {
            if let Some((id, record)) = self.page.next() {
                return Some(serde_json::from_str(&record).map_err(|e| {
                    self.ended = true;
                    self.page = Vec::new().into_iter();
                    self.store.damaged(&id, &e)
                }));
            }
            if self.ended {
                return None;
            }
            if let Err(e) = self.turn() {
                self.ended = true;
                return Some(Err(Error::sqlite(&self.store.path, &e)));
            }
        }
    }
}
