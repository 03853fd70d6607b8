//! Every way a file can be wrong says what, where and what to do.

use std::path::Path;
use std::time::Duration;

use kronik_store::{Kind, Result, Store};
use rusqlite::Connection;

const SHORT: Duration = Duration::from_millis(50);

fn check(result: Result<Store>, kind: Kind, path: &Path, words: &str) {
    let error = result.expect_err("this must not open");
    assert_eq!(error.kind(), kind, "{error}");
    let message = error.to_string();
    assert!(
        message.starts_with(&path.display().to_string()),
        "{message}"
    );
    assert!(message.contains(words), "{message}");
    assert!(!error.remedy().is_empty());
}

#[test]
fn a_missing_file_is_not_created_by_reading() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("none.db");
    check(
        Store::open_read(&path),
        Kind::Missing,
        &path,
        "no such database",
    );
    assert!(!path.exists());
    let path = folder.path().join("no/such/kronik.db");
    check(Store::open(&path), Kind::Missing, &path, "folder");
}

#[test]
fn other_files_are_left_as_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("notes.txt");
    std::fs::write(&path, "these are notes, no database").unwrap();
    check(Store::open(&path), Kind::Foreign, &path, "--db");
    check(
        Store::open_read(&path),
        Kind::Foreign,
        &path,
        "not a database",
    );
    assert_eq!(
        std::fs::read_to_string(&path).unwrap(),
        "these are notes, no database"
    );

    let path = folder.path().join("other.db");
    Connection::open(&path)
        .unwrap()
        .execute_batch("CREATE TABLE birds (name TEXT)")
        .unwrap();
    let before = std::fs::read(&path).unwrap();
    check(Store::open(&path), Kind::Foreign, &path, "another program");
    check(
        Store::open_read(&path),
        Kind::Foreign,
        &path,
        "another program",
    );
    assert_eq!(std::fs::read(&path).unwrap(), before);

    check(
        Store::open(folder.path()),
        Kind::Foreign,
        folder.path(),
        "folder",
    );
}

#[test]
fn a_newer_file_is_not_touched() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kronik.db");
    drop(Store::open(&path).unwrap());
    let raw = Connection::open(&path).unwrap();
    raw.execute_batch(
        "UPDATE meta SET value = '99' WHERE key = 'schema';
         UPDATE meta SET value = '9.0.0' WHERE key = 'kronik'",
    )
    .unwrap();
    check(Store::open(&path), Kind::Newer, &path, "Kronik 9.0.0");
    check(Store::open_read(&path), Kind::Newer, &path, "version 99");
}

#[test]
fn a_locked_file_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kronik.db");
    let raw = Connection::open(&path).unwrap();
    raw.execute_batch("BEGIN EXCLUSIVE").unwrap();
    check(
        Store::open_within(&path, SHORT),
        Kind::Locked,
        &path,
        "another program",
    );
}

#[test]
fn an_empty_file_becomes_a_store() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kronik.db");
    std::fs::write(&path, "").unwrap();
    check(Store::open_read(&path), Kind::Missing, &path, "empty");
    drop(Store::open(&path).unwrap());
    drop(Store::open_read(&path).unwrap());
}

#[test]
fn a_damaged_file_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kronik.db");
    let mut bytes = b"SQLite format 3\0".to_vec();
    bytes.extend([0xff; 4096]);
    std::fs::write(&path, bytes).unwrap();
    let error = Store::open(&path).unwrap_err();
    assert!(
        matches!(error.kind(), Kind::Foreign | Kind::Damaged),
        "{error}"
    );
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_takes_no_files_says_so() {
    // Not even the superuser may create files here.
    let path = Path::new("/proc/kronik.db");
    check(
        Store::open(path),
        Kind::NotWritable,
        path,
        "cannot be opened for writing",
    );
}
