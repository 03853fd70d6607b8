//! Adding one article with all that was read from it.

use std::collections::BTreeMap;
use std::path::Path;

use kronik_record::{ArticleRecord, EventRecord, StatementRecord};
use rusqlite::{OptionalExtension, Transaction, TransactionBehavior, params};
use serde::Serialize;

use crate::columns::{codes, day, days, older};
use crate::{Error, Kind, Result, Store};

/// What adding an article did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Added {
    /// The article was not there before.
    pub new: bool,
    /// It was there, and this reading replaced the stored one.
    pub replaced: bool,
    /// It was there, read by a newer Kronik, and was left as it is.
    pub kept_newer: bool,
    /// It had not been seen at this source before.
    pub new_source: bool,
}

impl Added {
    /// True if nothing in the file was touched.
    pub fn unchanged(&self) -> bool {
        !(self.new || self.replaced || self.new_source)
    }
}

impl Store {
    /// Stores one article with its statements and events, received at `seen` (RFC 3339).
    ///
    /// All or nothing: an article is never half-written. The same again changes nothing. A
    /// different reading of the same article replaces its statements and events and keeps the
    /// first `seen`, unless a newer Kronik made the stored one. The same article from several
    /// sources is one article; its `source` is the first of them in text order.
    ///
    /// # Errors
    /// When a record belongs to another article, `seen` is no RFC 3339 time, another program
    /// holds the file, or there is no room.
    pub fn add(
        &mut self,
        article: &ArticleRecord,
        statements: &[StatementRecord],
        events: &[EventRecord],
        seen: &str,
    ) -> Result<Added> {
        let path = self.path.clone();
        check(&path, article, statements, events, seen)?;
        let wrong = |e: rusqlite::Error| Error::sqlite(&path, &e);
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(wrong)?;
        let added = write(&transaction, &path, article, statements, events, seen)?;
        if !added.unchanged() {
            transaction.commit().map_err(wrong)?;
        }
        Ok(added)
    }
}

fn check(
    path: &Path,
    article: &ArticleRecord,
    statements: &[StatementRecord],
    events: &[EventRecord],
    seen: &str,
) -> Result<()> {
    let bad = |what: String| {
        let remedy = "nothing of it was stored; please report this with the article";
        Err(Error::new(Kind::BadRecord, path, what, remedy))
    };
    if let Some(other) = statements.iter().find(|s| s.article != article.id) {
        return bad(format!(
            "statement {} is not of article {}",
            other.id, article.id
        ));
    }
    if let Some(other) = events.iter().find(|e| e.article.id != article.id) {
        return bad(format!(
            "event {} is not of article {}",
            other.id, article.id
        ));
    }
    let clock = seen
        .as_bytes()
        .get(10)
        .is_some_and(|b| matches!(b, b'T' | b't' | b' '));
    if day(seen).is_none() || !clock {
        return bad(format!("'{seen}' is no RFC 3339 time of receiving"));
    }
    Ok(())
}

fn write(
    t: &Transaction<'_>,
    path: &Path,
    article: &ArticleRecord,
    statements: &[StatementRecord],
    events: &[EventRecord],
    seen: &str,
) -> Result<Added> {
    let wrong = |e: rusqlite::Error| Error::sqlite(path, &e);
    let id = article.id.as_str();
    let stored: Option<(String, String)> = t
        .query_row(
            "SELECT kronik, record FROM articles WHERE id = ?1",
            [id],
            |r| Ok((r.get(0)?, r.get(1)?)),
        )
        .optional()
        .map_err(wrong)?;
    let mut added = Added {
        new: stored.is_none(),
        ..Added::default()
    };
    let known: Option<String> = t
        .query_row(
            "SELECT min(source) FROM seen WHERE article = ?1",
            [id],
            |r| r.get(0),
        )
        .map_err(wrong)?;
    let source = match known {
        Some(known) if known < article.source => known,
        _ => article.source.clone(),
    };
    let reading = Reading::new(path, article, statements, events, &source)?;
    if let Some((kronik, record)) = &stored {
        if older(&article.kronik, kronik) {
            added.kept_newer = true;
        } else {
            added.replaced = *record != reading.article
                || rows(t, "statements", id).map_err(wrong)? != reading.statements
                || rows(t, "events", id).map_err(wrong)? != reading.events;
        }
    }
    if added.replaced {
        for table in ["statements", "events"] {
            t.execute(&format!("DELETE FROM {table} WHERE article = ?1"), [id])
                .map_err(wrong)?;
        }
    }
    if added.new || added.replaced {
        reading
            .insert(t, article, statements, events)
            .map_err(wrong)?;
    }
    let rows = t
        .execute(
            "INSERT OR IGNORE INTO seen (article, source, seen) VALUES (?1, ?2, ?3)",
            [id, article.source.as_str(), seen],
        )
        .map_err(wrong)?;
    added.new_source = !added.new && rows > 0;
    Ok(added)
}

/// Ids and records of an article's rows, in order.
fn rows(t: &Transaction<'_>, table: &str, id: &str) -> rusqlite::Result<BTreeMap<String, String>> {
    let query = format!("SELECT id, record FROM {table} WHERE article = ?1");
    t.prepare_cached(&query)?
        .query_map([id], |r| Ok((r.get(0)?, r.get(1)?)))?
        .collect()
}

/// The records as they will stand in the file.
struct Reading {
    article: String,
    statements: BTreeMap<String, String>,
    events: BTreeMap<String, String>,
}

impl Reading {
    fn new(
        path: &Path,
        article: &ArticleRecord,
        statements: &[StatementRecord],
        events: &[EventRecord],
        source: &str,
    ) -> Result<Reading> {
        let mut shown = article.clone();
        shown.source = source.to_string();
        let mut reading = Reading {
            article: json(path, &shown)?,
            statements: BTreeMap::new(),
            events: BTreeMap::new(),
        };
        for statement in statements {
            reading
                .statements
                .insert(statement.id.to_string(), json(path, statement)?);
        }
        for event in events {
            let mut shown = event.clone();
            shown.article.source = source.to_string();
            reading
                .events
                .insert(event.id.to_string(), json(path, &shown)?);
        }
        Ok(reading)
    }

    fn insert(
        &self,
        t: &Transaction<'_>,
        article: &ArticleRecord,
        statements: &[StatementRecord],
        events: &[EventRecord],
    ) -> rusqlite::Result<()> {
        let published = article.published.as_deref();
        let published_day = published.and_then(day);
        t.execute(
            "INSERT INTO articles (id, kronik, published, day, language, outlet, record)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT (id) DO UPDATE SET kronik = excluded.kronik,
                published = excluded.published, day = excluded.day,
                language = excluded.language, outlet = excluded.outlet,
                record = excluded.record",
            params![
                article.id.as_str(),
                article.kronik,
                published,
                published_day,
                article.language,
                article.outlet,
                self.article
            ],
        )?;
        let mut said = BTreeMap::new();
        let mut insert = t.prepare_cached(
            "INSERT OR IGNORE INTO statements (id, article, said_day, day, record)
             VALUES (?1, ?2, ?3, ?4, ?5)",
        )?;
        for s in statements {
            let said_day = days(s.said.as_ref()).0;
            said.insert(&s.id, said_day);
            let row = self.statements.get(s.id.as_str());
            insert.execute(params![
                s.id.as_str(),
                s.article.as_str(),
                said_day,
                said_day.or(published_day),
                row
            ])?;
        }
        let mut insert = t.prepare_cached(
            "INSERT OR IGNORE INTO events (id, article, type, mode, factuality, day_first,
                day_last, said_day, published, language, actors, recipients, record)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        )?;
        for e in events {
            let (first, last) = days(e.time.as_ref());
            insert.execute(params![
                e.id.as_str(),
                e.article.id.as_str(),
                e.class,
                e.mode,
                e.factuality,
                first.or(published_day),
                last.or(published_day),
                said.get(&e.statement).copied().flatten(),
                published,
                e.article.language,
                codes(&e.actors),
                codes(&e.recipients),
                self.events.get(e.id.as_str())
            ])?;
        }
        Ok(())
    }
}

fn json(path: &Path, record: &impl Serialize) -> Result<String> {
    serde_json::to_string(record).map_err(|e| {
        let what = format!("a record cannot be written as JSON ({e})");
        Error::new(
            Kind::BadRecord,
            path,
            what,
            "please report this with the article",
        )
    })
}

#[cfg(test)]
mod tests {
    use kronik_record::{ArticleRecord, DataVersions};
    use kronik_text::content_id;

    use crate::{Kind, Store};

    #[test]
    fn a_full_disk_stores_nothing_of_the_article() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(&folder.path().join("kronik.db")).unwrap();
        let pages: i64 = store
            .connection
            .query_row("PRAGMA page_count", [], |r| r.get(0))
            .unwrap();
        store
            .connection
            .query_row(
                &format!("PRAGMA max_page_count = {}", pages + 2),
                [],
                |_| Ok(()),
            )
            .unwrap();
        let text = "kata ".repeat(20_000);
        let article = ArticleRecord {
            schema: "kronik.article.v1".into(),
            kronik: "0.1.0".into(),
            data: DataVersions::default(),
            id: content_id('a', &[&text]),
            source: "a.txt".into(),
            outlet: None,
            outlet_domain: None,
            url: None,
            title: None,
            standfirst: None,
            authors: vec![],
            editors: vec![],
            published: None,
            modified: None,
            language: "id".into(),
            text,
            blocks: vec![],
            removed: vec![],
            credits: vec![],
            diagnostics: vec![],
        };
        let error = store
            .add(&article, &[], &[], "2024-12-05T00:00:00Z")
            .unwrap_err();
        assert_eq!(error.kind(), Kind::Full, "{error}");
        assert_eq!(store.counts().unwrap().articles, 0);
    }
}
