//! Opening a store: every way a path can be wrong has its own message.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use crate::schema::{APPLICATION_ID, TABLES, VERSION};
use crate::{Error, Kind, Result};

/// How long a writer waits for another before it gives up.
const PATIENCE: Duration = Duration::from_secs(5);

/// An open database file.
#[derive(Debug)]
pub struct Store {
    pub(crate) connection: Connection,
    pub(crate) path: PathBuf,
}

impl Store {
    /// Opens `path` for reading and writing; a missing or empty file becomes a new store.
    ///
    /// # Errors
    /// When the folder is missing or not writable, the file is not Kronik's or from a newer
    /// Kronik, or another program holds it for more than five seconds.
    pub fn open(path: &Path) -> Result<Store> {
        Store::open_within(path, PATIENCE)
    }

    /// As [`Store::open`], waiting at most `patience` for another program, at opening and later.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn open_within(path: &Path, patience: Duration) -> Result<Store> {
        let new = look_at(path)?;
        if new {
            let folder = path.parent().filter(|f| !f.as_os_str().is_empty());
            if folder.is_some_and(|f| !f.is_dir()) {
                return Err(Error::new(
                    Kind::Missing,
                    path,
                    "the folder of this database does not exist",
                    "create the folder, or name another file with --db",
                ));
            }
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut store = Store::connect(path, flags, patience)?;
        let wrong = |e: rusqlite::Error| Error::sqlite(path, &e);
        if new || store.is_blank()? {
            store.create()?;
        }
        store.check()?;
        if store.connection.is_readonly("main").map_err(wrong)? {
            return Err(Error::closed(path));
        }
        // A file system without shared memory keeps its journal; that is slower, not wrong.
        store
            .connection
            .query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))
            .map_err(wrong)?;
        store
            .connection
            .execute_batch("PRAGMA foreign_keys = ON")
            .map_err(wrong)?;
        Ok(store)
    }

    /// Opens an existing store to read from; nothing is written, a read-only disk will do.
    ///
    /// # Errors
    /// When the file is missing, is not Kronik's or comes from a newer Kronik.
    pub fn open_read(path: &Path) -> Result<Store> {
        if look_at(path)? {
            let what = if path.exists() {
                "this file is empty"
            } else {
                "there is no such database"
            };
            let remedy = "check the name, or store articles first with `kronik add`";
            return Err(Error::new(Kind::Missing, path, what, remedy));
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let store = Store::connect(path, flags, PATIENCE)?;
        match store.check() {
            Ok(()) => Ok(store),
            // The folder cannot take the shared memory file that a journal needs.
            Err(e) if e.kind() == Kind::NotWritable && !beside(path, "-wal").exists() => {
                drop(store);
                let uri = immutable(path);
                let flags = flags | OpenFlags::SQLITE_OPEN_URI;
                let connection = Connection::open_with_flags(&uri, flags)
                    .map_err(|e| Error::sqlite(path, &e))?;
                let store = Store {
                    connection,
                    path: path.to_path_buf(),
                };
                store.check()?;
                Ok(store)
            }
            Err(e) => Err(e),
        }
    }

    /// The database file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn connect(path: &Path, flags: OpenFlags, patience: Duration) -> Result<Store> {
        let wrong = |e: rusqlite::Error| Error::sqlite(path, &e);
        let connection = Connection::open_with_flags(path, flags).map_err(wrong)?;
        connection.busy_timeout(patience).map_err(wrong)?;
        Ok(Store {
            connection,
            path: path.to_path_buf(),
        })
    }

    /// A database without any table and without an owner: somebody's `touch`, or a creation
    /// that was cut off.
    fn is_blank(&self) -> Result<bool> {
        let tables = self.number("SELECT count(*) FROM sqlite_schema")?;
        Ok(tables == 0 && self.number("PRAGMA application_id")? == 0)
    }

    fn create(&mut self) -> Result<()> {
        let path = self.path.clone();
        let wrong = |e: rusqlite::Error| Error::sqlite(&path, &e);
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(wrong)?;
        let tables: i64 = transaction
            .query_row("SELECT count(*) FROM sqlite_schema", [], |r| r.get(0))
            .map_err(wrong)?;
        if tables > 0 {
            return Ok(()); // another writer was quicker
        }
        transaction.execute_batch(TABLES).map_err(wrong)?;
        transaction
            .execute_batch(&format!("PRAGMA application_id = {APPLICATION_ID}"))
            .map_err(wrong)?;
        for (key, value) in [
            ("schema", VERSION.to_string()),
            ("kronik", env!("CARGO_PKG_VERSION").to_string()),
        ] {
            transaction
                .execute(
                    "INSERT INTO meta (key, value) VALUES (?1, ?2)",
                    [key, value.as_str()],
                )
                .map_err(wrong)?;
        }
        transaction.commit().map_err(wrong)
    }

    fn check(&self) -> Result<()> {
        if self.number("PRAGMA application_id")? != i64::from(APPLICATION_ID) {
            return Err(Error::foreign(
                &self.path,
                "is a database of another program, not",
            ));
        }
        let version =
            self.number("SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'schema'")?;
        if version > VERSION {
            let writer: String = self
                .connection
                .query_row("SELECT value FROM meta WHERE key = 'kronik'", [], |r| {
                    r.get(0)
                })
                .unwrap_or_default();
            let what = format!(
                "the database has tables of version {version} (Kronik {writer}); this Kronik {} \
                 knows version {VERSION}",
                env!("CARGO_PKG_VERSION")
            );
            let remedy = "use the newer Kronik, or name another file with --db";
            return Err(Error::new(Kind::Newer, &self.path, what, remedy));
        }
        Ok(())
    }

    fn number(&self, query: &str) -> Result<i64> {
        self.connection
            .query_row(query, [], |r| r.get(0))
            .map_err(|e| Error::sqlite(&self.path, &e))
    }
}

/// True if there is no store yet: no file, or an empty one.
fn look_at(path: &Path) -> Result<bool> {
    if path.is_dir() {
        let what = "this is a folder, not a database file";
        return Err(Error::new(
            Kind::Foreign,
            path,
            what,
            "name a file in it with --db",
        ));
    }
    let mut head = Vec::new();
    match std::fs::File::open(path).and_then(|f| f.take(16).read_to_end(&mut head)) {
        Ok(0) => Ok(true),
        Ok(_) if head == b"SQLite format 3\0" => Ok(false),
        Ok(_) => Err(Error::foreign(path, "is not a database, and none")),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(true),
        Err(e) => Err(Error::new(
            Kind::NotWritable,
            path,
            format!("the file cannot be read ({e})"),
            "check that you may read it, or name another file with --db",
        )),
    }
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_os_string();
    name.push(ending);
    PathBuf::from(name)
}

/// The path as an SQLite URI of a file that nobody changes.
fn immutable(path: &Path) -> String {
    let mut uri = String::from("file:");
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' => {
                uri.push(char::from(*byte));
            }
            other => uri.push_str(&format!("%{other:02X}")),
        }
    }
    uri + "?immutable=1"
}
