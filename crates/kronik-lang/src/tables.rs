//! The files of a pack, read and checked.

use std::collections::HashMap;

use kronik_record::table::Table;
use kronik_record::{Error, Files, Result};

use crate::Upos;
use crate::derivation::Roots;
use crate::pack::{Abbreviation, Irregular, Word};

pub(crate) fn toml_error(path: &str, text: &str, error: &toml::de::Error) -> Error {
    match error.span() {
        Some(span) => {
            let line = text
                .get(..span.start)
                .map_or(1, |t| t.matches('\n').count() + 1);
            Error::line(path, line, error.message())
        }
        None => Error::file(path, error.message()),
    }
}

/// Lines of a plain list with their numbers; comments and blank lines left out.
fn lines<'f>(files: &'f Files, path: &str) -> impl Iterator<Item = (usize, &'f str)> {
    let text = files.get(path).unwrap_or("");
    text.lines()
        .enumerate()
        .map(|(n, l)| (n + 1, l.trim()))
        .filter(|(_, l)| !l.is_empty() && !l.starts_with('#'))
}

pub(crate) fn load_roots(files: &Files, path: &str) -> Result<Roots> {
    let mut roots = Roots::default();
    for (line, text) in lines(files, path) {
        for root in text.split_whitespace() {
            let marked = root.starts_with('~');
            let root = root.trim_start_matches('~');
            if marked {
                roots.never_active.insert(root.to_string());
            }
            if root.chars().any(char::is_uppercase) {
                return Err(Error::line(
                    path,
                    line,
                    format!("write the root '{root}' in lower case"),
                ));
            }
            if !roots.all.insert(root.to_string()) {
                return Err(Error::line(
                    path,
                    line,
                    format!("the root '{root}' stands here twice"),
                ));
            }
        }
    }
    Ok(roots)
}

pub(crate) fn load_abbreviations(
    files: &Files,
    path: &str,
) -> Result<HashMap<String, Abbreviation>> {
    let mut out = HashMap::new();
    for (line, text) in lines(files, path) {
        let (word, mark) = match text.split_once(char::is_whitespace) {
            Some((word, mark)) => (word, mark.trim()),
            None => (text, ""),
        };
        let kind = match mark {
            "" => Abbreviation::Never,
            "*" => Abbreviation::Perhaps,
            "#" => Abbreviation::BeforeNumber,
            other => {
                let message =
                    format!("unknown mark '{other}' after '{word}'; write *, # or nothing");
                return Err(Error::line(path, line, message));
            }
        };
        if !word.ends_with('.') {
            return Err(Error::line(
                path,
                line,
                format!("'{word}' does not end in a full stop"),
            ));
        }
        out.insert(word.to_string(), kind);
    }
    Ok(out)
}

pub(crate) fn load_words(files: &Files, path: &str) -> Result<HashMap<String, Vec<Word>>> {
    let table = Table::load_optional(files, path, &["form", "upos", "lemma"])?;
    let mut words: HashMap<String, Vec<Word>> = HashMap::new();
    for row in table.rows() {
        let name = row.need("upos")?;
        let upos = Upos::from_name(name)
            .ok_or_else(|| row.error(format!("'{name}' is no universal part of speech")))?;
        row.need("form")?;
        for form in row.list("form") {
            let lemma = match row.get("lemma") {
                "" => form.to_lowercase(),
                lemma => lemma.to_string(),
            };
            let entry = words.entry(form.to_lowercase()).or_default();
            if entry.iter().any(|w| w.upos == upos) {
                return Err(row.error(format!("'{form}' stands here twice as {name}")));
            }
            entry.push(Word { upos, lemma });
        }
    }
    Ok(words)
}

pub(crate) fn load_irregular(files: &Files, path: &str) -> Result<HashMap<String, Vec<Irregular>>> {
    let table = Table::load_optional(files, path, &["form", "lemma", "upos", "class"])?;
    let mut out: HashMap<String, Vec<Irregular>> = HashMap::new();
    for row in table.rows() {
        let upos = match row.get("upos") {
            "" => None,
            name => Some(
                Upos::from_name(name)
                    .ok_or_else(|| row.error(format!("'{name}' is no universal part of speech")))?,
            ),
        };
        row.need("form")?;
        for form in row.list("form") {
            let lemma = match row.get("lemma") {
                "" => form.to_string(),
                lemma => lemma.to_string(),
            };
            let class = row.get("class").to_string();
            out.entry(form.to_lowercase())
                .or_default()
                .push(Irregular { lemma, upos, class });
        }
    }
    Ok(out)
}
