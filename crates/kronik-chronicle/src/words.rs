//! The words a chronicle prints, from `languages/<code>/chronicle.tsv`.

use std::collections::BTreeMap;

use kronik_record::Files;
use kronik_record::table::Table;

use crate::names::Names;
use crate::{Error, Result};

/// All words of one language.
#[derive(Debug, Clone)]
pub struct Words {
    language: String,
    rows: BTreeMap<String, Row>,
    pub(crate) names: Names,
}

#[derive(Debug, Clone, Default)]
struct Row {
    text: String,
    base: String,
    bare: String,
}

impl Words {
    /// Loads the words of `language` (ISO 639-1) and the names that states have in it.
    ///
    /// # Errors
    /// When the language has no `chronicle.tsv`, or a table cannot be used.
    pub fn load(files: &Files, language: &str) -> Result<Words> {
        let path = format!("languages/{language}/chronicle.tsv");
        if files.get(&path).is_none() {
            let known = Words::languages(files).join(", ");
            return Err(Error::new(format!(
                "no chronicle can be written in '{language}': there is no {path}; languages that \
                 have one: {known}"
            )));
        }
        let table = Table::load(files, &path, &["key", "text"])?;
        let mut rows = BTreeMap::new();
        for row in table.rows() {
            let new = Row {
                text: row.need("text")?.to_string(),
                base: row.get("base").to_string(),
                bare: row.get("bare").to_string(),
            };
            if rows.insert(row.need("key")?.to_string(), new).is_some() {
                return Err(row.error("this key stands twice").into());
            }
        }
        Ok(Words {
            language: language.to_string(),
            rows,
            names: Names::load(files, language)?,
        })
    }

    /// Codes of the languages a chronicle can be written in, in order.
    pub fn languages(files: &Files) -> Vec<&str> {
        files
            .under("languages/")
            .filter_map(|path| {
                path.strip_prefix("languages/")?
                    .strip_suffix("/chronicle.tsv")
            })
            .filter(|code| !code.contains('/'))
            .collect()
    }

    /// ISO 639-1 code.
    pub fn language(&self) -> &str {
        &self.language
    }

    /// True if the table has `key`.
    pub fn has(&self, key: &str) -> bool {
        self.rows.contains_key(key)
    }

    /// The text of `key`; a key that the table lacks stands for itself, so that a gap is seen.
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.rows.get(key).map_or(key, |row| row.text.as_str())
    }

    /// The text of `key` with `{name}`s filled in.
    pub(crate) fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        fill(self.get(key), values)
    }

    /// The text of `key` for `n` of something: the `base` for one, if there is one.
    pub(crate) fn counted(&self, key: &str, n: usize) -> String {
        let number = self.integer(&n.to_string());
        let text = match self.rows.get(key) {
            Some(row) if n == 1 && !row.base.is_empty() => &row.base,
            _ => self.get(key),
        };
        fill(text, &[("n", &number)])
    }

    /// The word for `unit`, in the singular for one; a unit without a word stands for itself.
    pub(crate) fn unit(&self, unit: &str, one: bool) -> String {
        match self.rows.get(&format!("unit/{unit}")) {
            Some(row) if one && !row.base.is_empty() => row.base.clone(),
            Some(row) => row.text.clone(),
            None => unit.replace('_', " "),
        }
    }

    /// What a deed of this class and mode is called: finite, after a modal word, without a doer.
    pub(crate) fn deed(&self, class: &str, mode: Option<&str>, to: Option<&str>) -> Phrases {
        let row = mode
            .and_then(|mode| self.rows.get(&format!("{class}:{mode}")))
            .or_else(|| self.rows.get(class));
        let Some(row) = row else {
            let name = mode.map_or(class.to_string(), |mode| format!("{class}:{mode}"));
            let shown = to.map_or(name.clone(), |to| format!("{name} → {to}"));
            return Phrases {
                verb: shown.clone(),
                base: shown.clone(),
                bare: shown,
            };
        };
        let text = |template: &str| options(template, &[("to", to.unwrap_or_default())]);
        let or = |cell: &str| text(if cell.is_empty() { &row.text } else { cell });
        Phrases {
            verb: text(&row.text),
            base: or(&row.base),
            bare: or(&row.bare),
        }
    }

    /// Digits in groups of three.
    pub(crate) fn integer(&self, digits: &str) -> String {
        let mark = self.get("number/group");
        let mut out = String::new();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                out.push_str(mark);
            }
            out.push(digit);
        }
        out
    }

    /// A number as a reader of the language writes it; round millions in words.
    pub(crate) fn number(&self, value: f64) -> String {
        for (scale, key) in [(1e9, "number/billion"), (1e6, "number/million")] {
            let part = value / scale;
            if part >= 1.0 && (part * 10.0).fract() == 0.0 && value.is_finite() {
                return self.fill(key, &[("n", &self.plain(part))]);
            }
        }
        self.plain(value)
    }

    fn plain(&self, value: f64) -> String {
        let shown = format!("{value}");
        let (sign, shown) = shown
            .strip_prefix('-')
            .map_or(("", &*shown), |rest| ("-", rest));
        let grouped = match shown.split_once('.') {
            Some((whole, part)) => {
                format!(
                    "{}{}{part}",
                    self.integer(whole),
                    self.get("number/decimal")
                )
            }
            None if shown.bytes().all(|b| b.is_ascii_digit()) => self.integer(shown),
            None => shown.to_string(),
        };
        format!("{sign}{grouped}")
    }

    /// `a`, `a and b`, `a, b and c`.
    pub(crate) fn list(&self, names: &[String]) -> String {
        let Some((last, before)) = names.split_last() else {
            return String::new();
        };
        let Some((first, rest)) = before.split_first() else {
            return last.clone();
        };
        let mut start = first.clone();
        for name in rest {
            start = self.fill("list/comma", &[("a", &start), ("b", name)]);
        }
        self.fill("list/and", &[("a", &start), ("b", last)])
    }
}

/// A deed in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Phrases {
    pub(crate) verb: String,
    pub(crate) base: String,
    pub(crate) bare: String,
}

/// Puts values in the place of `{name}`s, in one pass: a value that holds braces is left alone.
pub(crate) fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::new();
    let mut rest = template;
    while let Some(at) = rest.find('{') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let value = rest.find('}').and_then(|end| {
            values
                .iter()
                .find(|(name, _)| *name == &rest[1..end])
                .zip(Some(end))
        });
        match value {
            Some(((_, value), end)) => {
                out.push_str(value);
                rest = &rest[end + 1..];
            }
            None => {
                out.push('{');
                rest = &rest[1..];
            }
        }
    }
    out + rest
}

/// As [`fill`], after leaving out each part in square brackets whose value is empty.
fn options(template: &str, values: &[(&str, &str)]) -> String {
    let empty: Vec<String> = values
        .iter()
        .filter(|(_, v)| v.is_empty())
        .map(|(n, _)| format!("{{{n}}}"))
        .collect();
    let mut kept = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('[') {
        kept.push_str(before);
        let (part, after) = after.split_once(']').unwrap_or((after, ""));
        if !empty.iter().any(|name| part.contains(name.as_str())) {
            kept.push_str(part);
        }
        rest = after;
    }
    kept.push_str(rest);
    fill(&kept, values)
}

/// The first letter made a capital.
pub(crate) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::{capital, fill, options};

    #[test]
    fn templates() {
        assert_eq!(
            fill("{a} and {b}", &[("a", "{b}"), ("b", "x")]),
            "{b} and x"
        );
        assert_eq!(fill("{a} {", &[("a", "1")]), "1 {");
        assert_eq!(options("hit[ {to}] hard", &[("to", "it")]), "hit it hard");
        assert_eq!(options("hit[ {to}] hard", &[("to", "")]), "hit hard");
        assert_eq!(options("hit[ {to}", &[("to", "")]), "hit");
        assert_eq!(capital("élan"), "Élan");
    }
}
