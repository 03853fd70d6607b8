//! Annotated articles: `NAME.txt` with `NAME.toml` beside it.

use std::fmt;
use std::path::{Path, PathBuf};

use serde::Deserialize;

/// An annotated event.
#[derive(Debug, Clone, Deserialize, PartialEq)]
pub struct GoldEvent {
    /// Line of the text, from 1.
    pub line: usize,
    /// Words that name the deed.
    pub trigger: String,
    /// Class.
    #[serde(rename = "type")]
    pub class: String,
    /// Mode, where one fits.
    pub mode: Option<String>,
    /// Codes of the actors.
    #[serde(default)]
    pub actor: Vec<String>,
    /// Codes of the recipients.
    #[serde(default)]
    pub recipient: Vec<String>,
    /// How its speaker presents it.
    pub factuality: String,
    /// Speakers, nearest first; empty for the outlet's own voice.
    #[serde(default)]
    pub said_by: Vec<String>,
    /// EDTF.
    pub date: Option<String>,
    /// Name as printed.
    pub place: Option<String>,
    /// Bound, number, unit.
    #[serde(default)]
    pub quantity: Vec<String>,
}

#[derive(Deserialize)]
struct GoldFile {
    outlet: Option<String>,
    published: Option<String>,
    language: Option<String>,
    #[serde(default, rename = "event")]
    events: Vec<GoldEvent>,
}

/// An annotated article.
#[derive(Debug, Clone)]
pub struct GoldArticle {
    /// Name of its files without ending.
    pub name: String,
    /// Path of the text.
    pub path: PathBuf,
    /// The text.
    pub text: String,
    /// Outlet as annotated.
    pub outlet: Option<String>,
    /// Day of publication.
    pub published: Option<String>,
    /// ISO 639-1.
    pub language: Option<String>,
    /// Its events.
    pub events: Vec<GoldEvent>,
}

/// A gold folder that cannot be read.
#[derive(Debug)]
pub struct Error {
    path: PathBuf,
    message: String,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.message)
    }
}

impl std::error::Error for Error {}

fn error(path: &Path, message: impl fmt::Display) -> Error {
    Error {
        path: path.to_path_buf(),
        message: message.to_string(),
    }
}

/// All annotated articles of a folder, by name.
///
/// # Errors
/// When the folder, a text or an annotation cannot be read, or the folder holds none.
pub fn load(folder: &Path) -> Result<Vec<GoldArticle>, Error> {
    let entries = std::fs::read_dir(folder).map_err(|e| error(folder, e))?;
    let mut paths: Vec<PathBuf> = Vec::new();
    for entry in entries {
        let path = entry.map_err(|e| error(folder, e))?.path();
        if path.extension().is_some_and(|e| e == "toml") {
            paths.push(path);
        }
    }
    paths.sort();
    if paths.is_empty() {
        return Err(error(
            folder,
            "no NAME.toml with a NAME.txt beside it stands in this folder",
        ));
    }
    paths.iter().map(|path| article(path)).collect()
}

fn article(path: &Path) -> Result<GoldArticle, Error> {
    let annotation = std::fs::read_to_string(path).map_err(|e| error(path, e))?;
    let file: GoldFile = toml::from_str(&annotation).map_err(|e| error(path, e))?;
    let text_path = path.with_extension("txt");
    let text = std::fs::read_to_string(&text_path).map_err(|e| error(&text_path, e))?;
    Ok(GoldArticle {
        name: path
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned(),
        path: text_path,
        text,
        outlet: file.outlet,
        published: file.published,
        language: file.language,
        events: file.events,
    })
}
