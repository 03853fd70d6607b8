//! What the user says of the inputs as a whole.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use kronik_article::Document;

/// How inputs are read.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Which columns of a table hold what; a field that is not named here is looked for under its
    /// own name.
    pub columns: Columns,
    /// Date or RFC 3339 time of all documents, whatever they say themselves.
    pub published: Option<String>,
    /// Outlet (name or domain) of all documents, whatever they say themselves.
    pub outlet: Option<String>,
    /// Language (ISO 639-1) of all documents, whatever they say themselves.
    pub language: Option<String>,
}

impl Options {
    pub(crate) fn lay_over(&self, document: &mut Document) {
        let over = |said: &mut Option<String>, given: &Option<String>| {
            if given.is_some() {
                said.clone_from(given);
            }
        };
        over(&mut document.published, &self.published);
        over(&mut document.outlet, &self.outlet);
        over(&mut document.language, &self.language);
    }
}

/// What a column or a member of a JSON object can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// Becomes [`Document::source`].
    Id,
    /// Plain text.
    Text,
    /// A page.
    Html,
    /// Headline.
    Title,
    /// Canonical URL.
    Url,
    /// Outlet's name or domain.
    Outlet,
    /// Date or time of publication.
    Published,
    /// ISO 639-1.
    Language,
}

impl Field {
    /// All fields.
    pub const ALL: [Field; 8] = [
        Field::Id,
        Field::Text,
        Field::Html,
        Field::Title,
        Field::Url,
        Field::Outlet,
        Field::Published,
        Field::Language,
    ];

    /// Its name in a JSON object, in a table's header and in `--columns`.
    pub fn name(self) -> &'static str {
        match self {
            Field::Id => "id",
            Field::Text => "text",
            Field::Html => "html",
            Field::Title => "title",
            Field::Url => "url",
            Field::Outlet => "outlet",
            Field::Published => "published",
            Field::Language => "language",
        }
    }

    pub(crate) fn put(self, document: &mut Document, value: String) {
        if value.trim().is_empty() {
            return;
        }
        match self {
            Field::Id => document.source = value,
            Field::Text => document.text = Some(value),
            Field::Html => document.html = Some(value),
            Field::Title => document.title = Some(value),
            Field::Url => document.url = Some(value),
            Field::Outlet => document.outlet = Some(value),
            Field::Published => document.published = Some(value),
            Field::Language => document.language = Some(value),
        }
    }
}

/// Which columns of a table hold what, written `text=body,published=date`.
///
/// ```
/// use kronik_acquire::{Columns, Field};
/// let columns: Columns = "text=body, published=date".parse().unwrap();
/// assert_eq!(columns.of(Field::Text), Some("body"));
/// assert!("text".parse::<Columns>().is_err());
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Columns(BTreeMap<Field, String>);

impl Columns {
    /// The column named for `field`.
    pub fn of(&self, field: Field) -> Option<&str> {
        self.0.get(&field).map(String::as_str)
    }

    /// True if no column is named.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (Field, &str)> {
        self.0
            .iter()
            .map(|(field, column)| (*field, column.as_str()))
    }
}

/// A mapping of columns that cannot be read; its words say why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnsError(String);

impl fmt::Display for ColumnsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ColumnsError {}

impl FromStr for Columns {
    type Err = ColumnsError;

    fn from_str(text: &str) -> Result<Columns, ColumnsError> {
        let mut columns = BTreeMap::new();
        for pair in text.split(',').map(str::trim).filter(|p| !p.is_empty()) {
            let named = pair.split_once('=').map(|(f, c)| (f.trim(), c.trim()));
            let Some((name, column)) = named.filter(|(_, c)| !c.is_empty()) else {
                let message = format!("'{pair}' is no pair like text=body");
                return Err(ColumnsError(message));
            };
            let Some(field) = Field::ALL.into_iter().find(|f| f.name() == name) else {
                let names: Vec<&str> = Field::ALL.iter().map(|f| f.name()).collect();
                let message = format!("'{name}' is none of {}", names.join(", "));
                return Err(ColumnsError(message));
            };
            if columns.insert(field, column.to_string()).is_some() {
                return Err(ColumnsError(format!("'{name}' is given twice")));
            }
        }
        Ok(Columns(columns))
    }
}
