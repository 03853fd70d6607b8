//! The data files of a run: `languages/…`, `ontologies/…`, `atlas/…`.
//!
//! Stages never open a file; they ask this map. The program builds the map from what is compiled
//! into it and lays a user's own folders over it; tests build it from the checkout.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use crate::{Error, Result};

/// Paths with `/` between folders, relative to the project's root, and what the files hold.
#[derive(Debug, Clone, Default)]
pub struct Files {
    texts: BTreeMap<String, Text>,
    bytes: BTreeMap<String, Bytes>,
}

/// What a text file holds.
#[derive(Debug, Clone)]
enum Text {
    Shared(Arc<str>),
    /// Part of the program itself.
    BuiltIn(&'static str),
}

/// What a file that is not text holds.
#[derive(Debug, Clone)]
enum Bytes {
    Shared(Arc<[u8]>),
    /// Part of the program itself; megabytes that no run copies.
    BuiltIn(&'static [u8]),
}

impl Files {
    /// No files.
    pub fn new() -> Files {
        Files::default()
    }

    /// Adds or replaces a text file.
    pub fn insert(&mut self, path: impl Into<String>, text: impl Into<Arc<str>>) {
        self.texts.insert(path.into(), Text::Shared(text.into()));
    }

    /// Adds or replaces a text file that is compiled into the program.
    pub fn insert_built_in_text(&mut self, path: impl Into<String>, text: &'static str) {
        self.texts.insert(path.into(), Text::BuiltIn(text));
    }

    /// True for a text file that is compiled into the program and nothing was laid over.
    pub fn is_built_in(&self, path: &str) -> bool {
        matches!(self.texts.get(path), Some(Text::BuiltIn(_)))
    }

    /// Adds or replaces a file that is not text (model weights).
    pub fn insert_bytes(&mut self, path: impl Into<String>, bytes: impl Into<Arc<[u8]>>) {
        self.bytes.insert(path.into(), Bytes::Shared(bytes.into()));
    }

    /// Adds or replaces a file that is not text and is compiled into the program.
    pub fn insert_built_in(&mut self, path: impl Into<String>, bytes: &'static [u8]) {
        self.bytes.insert(path.into(), Bytes::BuiltIn(bytes));
    }

    /// The text of `path`, if there is such a file.
    pub fn get(&self, path: &str) -> Option<&str> {
        self.texts.get(path).map(|text| match text {
            Text::Shared(text) => &**text,
            Text::BuiltIn(text) => *text,
        })
    }

    /// The bytes of `path`, if there is such a file and it is not text.
    pub fn get_bytes(&self, path: &str) -> Option<&[u8]> {
        self.bytes.get(path).map(|bytes| match bytes {
            Bytes::Shared(bytes) => &**bytes,
            Bytes::BuiltIn(bytes) => *bytes,
        })
    }

    /// The bytes of `path` to keep: where they lie if they are compiled into the program, else a
    /// copy.
    pub fn keep_bytes(&self, path: &str) -> Option<Cow<'static, [u8]>> {
        self.bytes.get(path).map(|bytes| match bytes {
            Bytes::Shared(bytes) => Cow::Owned(bytes.to_vec()),
            Bytes::BuiltIn(bytes) => Cow::Borrowed(*bytes),
        })
    }

    /// The text of `path`, or an error that names it.
    pub fn need(&self, path: &str) -> Result<&str> {
        self.get(path)
            .ok_or_else(|| Error::file(path, "this file is missing"))
    }

    /// Paths that start with `prefix`, in order.
    pub fn under<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = &'a str> + 'a {
        self.texts
            .range(prefix.to_string()..)
            .map(|(path, _)| path.as_str())
            .take_while(move |path| path.starts_with(prefix))
    }

    /// Lays a folder over what is there: a file `root/a/b.tsv` becomes `prefix` + `a/b.tsv`.
    ///
    /// # Errors
    /// When a folder or file cannot be read, or is text in another encoding than UTF-8.
    pub fn overlay(&mut self, root: &Path, prefix: &str) -> Result<()> {
        let shown = root.display().to_string();
        let entries = std::fs::read_dir(root).map_err(|e| Error::file(&shown, e.to_string()))?;
        for entry in entries {
            let entry = entry.map_err(|e| Error::file(&shown, e.to_string()))?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = entry.path();
            if path.is_dir() {
                self.overlay(&path, &format!("{prefix}{name}/"))?;
                continue;
            }
            let bytes = std::fs::read(&path)
                .map_err(|e| Error::file(&path.display().to_string(), e.to_string()))?;
            match String::from_utf8(bytes) {
                Ok(text) => self.insert(format!("{prefix}{name}"), text),
                Err(e) => self.insert_bytes(format!("{prefix}{name}"), e.into_bytes()),
            }
        }
        Ok(())
    }

    /// The files of a checkout, for tests: everything under `languages`, `ontologies`, `atlas`
    /// and `models` of `root`.
    ///
    /// # Errors
    /// As [`Files::overlay`].
    pub fn of_checkout(root: &Path) -> Result<Files> {
        let mut files = Files::new();
        for folder in ["languages", "ontologies", "atlas", "models"] {
            let path = root.join(folder);
            if path.is_dir() {
                files.overlay(&path, &format!("{folder}/"))?;
            }
        }
        Ok(files)
    }
}
