//! The tables of the file, and how Kronik knows its own.

/// `KRON` in ASCII, in the header of every database that is Kronik's.
pub(crate) const APPLICATION_ID: i32 = 0x4b52_4f4e;

/// Version of the tables below.
pub(crate) const VERSION: i64 = 1;

/// Days are ISO dates, so that text order is time order; codes stand as `|PRK|RUS|`.
pub(crate) const TABLES: &str = "
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE articles (
    id TEXT PRIMARY KEY, kronik TEXT NOT NULL, published TEXT, day TEXT, language TEXT NOT NULL,
    outlet TEXT, record TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX articles_by_day ON articles (day);
CREATE TABLE statements (
    id TEXT PRIMARY KEY, article TEXT NOT NULL REFERENCES articles (id), said_day TEXT,
    day TEXT, record TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX statements_by_article ON statements (article);
CREATE INDEX statements_by_day ON statements (day);
CREATE TABLE events (
    id TEXT PRIMARY KEY, article TEXT NOT NULL REFERENCES articles (id), type TEXT NOT NULL,
    mode TEXT, factuality TEXT NOT NULL, day_first TEXT, day_last TEXT, said_day TEXT,
    published TEXT, language TEXT NOT NULL, actors TEXT NOT NULL, recipients TEXT NOT NULL,
    record TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX events_by_article ON events (article);
CREATE INDEX events_by_day ON events (day_first, day_last);
CREATE INDEX events_by_type ON events (type, mode);
CREATE INDEX events_by_actor ON events (actors);
CREATE INDEX events_by_recipient ON events (recipients);
CREATE TABLE seen (
    article TEXT NOT NULL REFERENCES articles (id), source TEXT NOT NULL, seen TEXT NOT NULL,
    PRIMARY KEY (article, source)
) WITHOUT ROWID;
";
