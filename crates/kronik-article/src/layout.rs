//! The labels and furniture of printed reports, read from `languages/<code>/article.tsv`.
//!
//! A report quotes, translates and syndicates, so a page in one language carries labels of
//! another; the labels of all packs are therefore tried together. Only the frequent words that
//! tell a language are kept apart.

use std::collections::{BTreeMap, BTreeSet};

use kronik_record::table::Table;
use kronik_record::{Files, Result};

use crate::calendar::Calendar;

/// What a label at the start of a line tells of the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LabelKind {
    Author,
    Editor,
    Hand,
    Desk,
    Source,
    Related,
    Caption,
    Notice,
    Footer,
    Comments,
}

impl LabelKind {
    fn of(name: &str) -> Option<LabelKind> {
        Some(match name {
            "author" => LabelKind::Author,
            "editor" => LabelKind::Editor,
            "hand" => LabelKind::Hand,
            "desk" => LabelKind::Desk,
            "source" => LabelKind::Source,
            "related" => LabelKind::Related,
            "caption" => LabelKind::Caption,
            "notice" => LabelKind::Notice,
            "footer" => LabelKind::Footer,
            "comments" => LabelKind::Comments,
            _ => return None,
        })
    }
}

#[derive(Debug, Clone)]
struct Label {
    kind: LabelKind,
    words: String,
    colon: bool,
    closing: bool,
}

/// A label found on a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Labelled {
    pub kind: LabelKind,
    /// Where what follows the label starts.
    pub rest: usize,
    /// The label is marked off by a colon.
    pub colon: bool,
    /// Words in the label itself.
    pub words: usize,
}

/// Frequent words of one language.
#[derive(Debug, Clone, Default)]
pub(crate) struct Frequent {
    pub common: BTreeSet<String>,
    pub foreign: BTreeSet<String>,
    /// Codes of the languages that it is easily taken for.
    pub relatives: BTreeSet<String>,
}

/// Words in classes and ids of a page's parts.
#[derive(Debug, Clone, Default)]
pub(crate) struct Classes {
    pub off: BTreeSet<String>,
    pub standfirst: BTreeSet<String>,
    pub byline: BTreeSet<String>,
    pub caption: BTreeSet<String>,
}

/// The layout habits of all languages there is a pack for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Layout {
    labels: Vec<Label>,
    pub date_labels: BTreeSet<String>,
    joiners: BTreeSet<String>,
    pub frequent: BTreeMap<String, Frequent>,
    pub classes: Classes,
    pub calendar: Calendar,
    day_first: BTreeMap<String, bool>,
    packs: BTreeSet<String>,
}

impl Layout {
    /// Reads the tables of every language.
    pub fn load(files: &Files) -> Result<Layout> {
        let mut layout = Layout {
            calendar: Calendar::load(files)?,
            ..Layout::default()
        };
        let paths: Vec<&str> = files.under("languages/").collect();
        for path in &paths {
            if let Some(code) = folder(path, "pack.toml") {
                layout.packs.insert(code.to_string());
            }
            if let Some(code) = folder(path, "article.tsv") {
                layout.packs.insert(code.to_string());
                layout.read(code, &Table::load(files, path, &["kind", "pattern"])?)?;
            }
        }
        // the longest label is the most telling one
        layout
            .labels
            .sort_by_key(|l| std::cmp::Reverse((l.words.chars().count(), l.colon)));
        Ok(layout)
    }

    fn read(&mut self, code: &str, table: &Table) -> Result<()> {
        let frequent = self.frequent.entry(code.to_string()).or_default();
        for row in table.rows() {
            let kind = row.need("kind")?;
            let pattern = row.need("pattern")?.to_lowercase();
            if let Some(kind) = LabelKind::of(kind) {
                let closing = pattern.starts_with('…');
                let words = pattern.trim_start_matches('…').trim();
                let colon = words.ends_with(':');
                let words = words.trim_end_matches(':').trim_end().to_string();
                self.labels.push(Label {
                    kind,
                    words,
                    colon,
                    closing,
                });
                continue;
            }
            match kind {
                "date-label" => self.date_labels.insert(pattern),
                "and" => self.joiners.insert(pattern),
                "common" => frequent.common.insert(pattern),
                "foreign" => frequent.foreign.insert(pattern),
                "relative" => frequent.relatives.insert(pattern),
                "class-off" => self.classes.off.insert(pattern),
                "class-standfirst" => self.classes.standfirst.insert(pattern),
                "class-byline" => self.classes.byline.insert(pattern),
                "class-caption" => self.classes.caption.insert(pattern),
                "order" if pattern == "dmy" || pattern == "mdy" => self
                    .day_first
                    .insert(code.to_string(), pattern == "dmy")
                    .is_none(),
                "order" => return Err(row.error("an order of dates is 'dmy' or 'mdy'")),
                other => return Err(row.error(format!("there is no kind '{other}' of line"))),
            };
        }
        Ok(())
    }

    /// True if there is a pack for the language.
    pub fn has_pack(&self, code: &str) -> bool {
        self.packs.contains(code)
    }

    /// Whether `4/12/2024` starts with the day, if the language has a habit.
    pub fn day_first(&self, code: &str) -> Option<bool> {
        self.day_first.get(code).copied()
    }

    /// True for a word that joins two names.
    pub fn is_joiner(&self, word: &str) -> bool {
        self.joiners.contains(&word.to_lowercase())
    }

    /// The most telling label on a line of these kinds.
    pub fn label(&self, line: &str, accept: impl Fn(LabelKind) -> bool) -> Option<Labelled> {
        self.labels
            .iter()
            .filter(|l| accept(l.kind))
            .find_map(|l| l.on(line))
    }
}

impl Label {
    fn on(&self, line: &str) -> Option<Labelled> {
        let words = self.words.split(' ').count();
        if self.closing {
            let bare = line.trim_end_matches(|c: char| !c.is_alphanumeric());
            let start = suffix(bare, &self.words)?;
            return (start > 0).then_some(Labelled {
                kind: self.kind,
                rest: line.len(),
                colon: false,
                words,
            });
        }
        let end = prefix(line, &self.words)?;
        let after = &line[end..];
        if self.kind == LabelKind::Notice {
            let rest = after.trim_matches(|c: char| !c.is_alphanumeric());
            return rest.is_empty().then_some(Labelled {
                kind: self.kind,
                rest: line.len(),
                colon: false,
                words,
            });
        }
        let trimmed = after.trim_start();
        let colon = trimmed.chars().next().filter(|c| matches!(c, ':' | '：'));
        if self.colon && colon.is_none() {
            return None;
        }
        let ends_in_word = self
            .words
            .chars()
            .next_back()
            .is_some_and(char::is_alphanumeric);
        if ends_in_word && after.chars().next().is_some_and(char::is_alphanumeric) {
            return None;
        }
        let rest = match colon {
            Some(c) => line.len() - trimmed.len() + c.len_utf8(),
            None => end,
        };
        Some(Labelled {
            kind: self.kind,
            rest,
            colon: colon.is_some(),
            words,
        })
    }
}

/// The end of `words` (lower case) at the start of `line` in any case; a space stands for any run
/// of white space.
pub(crate) fn prefix(line: &str, words: &str) -> Option<usize> {
    let mut at = 0;
    for wanted in words.chars() {
        let rest = &line[at..];
        if wanted == ' ' {
            let trimmed = rest.trim_start();
            if trimmed.len() == rest.len() {
                return None;
            }
            at = line.len() - trimmed.len();
            continue;
        }
        let found = rest.chars().next()?;
        if found != wanted && !found.to_lowercase().eq(std::iter::once(wanted)) {
            return None;
        }
        at += found.len_utf8();
    }
    Some(at)
}

/// The start of `words` (lower case) at the end of `line` in any case, at the start of a word.
fn suffix(line: &str, words: &str) -> Option<usize> {
    let count = words.chars().count();
    let (start, _) = line.char_indices().rev().nth(count.checked_sub(1)?)?;
    let before = line[..start].chars().next_back();
    (line[start..].to_lowercase() == words && !before.is_some_and(char::is_alphanumeric))
        .then_some(start)
}

pub(crate) fn folder<'p>(path: &'p str, file: &str) -> Option<&'p str> {
    path.strip_prefix("languages/")?
        .strip_suffix(file)?
        .strip_suffix('/')
        .filter(|c| !c.contains('/') && c.len() <= 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_any_case() {
        assert_eq!(prefix("BACA  juga: x", "baca juga"), Some(10));
        assert_eq!(prefix("Bacaan", "baca juga"), None);
        assert_eq!(suffix("Al Jazeera Staff", "staff"), Some(11));
        assert_eq!(suffix("Falstaff", "staff"), None);
    }
}
