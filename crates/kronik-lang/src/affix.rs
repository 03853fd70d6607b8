//! The rows of `affixes.tsv`: how a language builds words, as data.
//!
//! One table serves two kinds of language. Where endings carry the inflection (English), rows of
//! kind `ending` say what to take off and what to put back. Where prefixes, suffixes and clitics
//! build verbs and nouns from roots (Indonesian), the other kinds say so, with their sound
//! changes, and what each adds to the key of a verb.

use kronik_record::table::{Row, Table};
use kronik_record::{Files, Result};

use crate::Upos;

/// What a row describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Outermost prefix of a verb; tells the voice.
    Outer,
    /// Prefix next to the root.
    Inner,
    /// Prefix of nouns only.
    Nominal,
    /// Suffix of a verb.
    Suffix,
    /// A word written as one with the word before it.
    Clitic,
    /// Prefix and suffix that make a noun together.
    Circumfix,
    /// An inflected ending of one part of speech.
    Ending(Upos),
}

/// What must stand where the affix touched the rest of the word.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Beside {
    Vowel,
    Consonant,
    Doubled,
    OneSyllable,
    Letters(String),
}

/// One row.
#[derive(Debug, Clone)]
pub(crate) struct Affix {
    pub kind: Kind,
    /// Name all surface forms of one affix share, e.g. `meN`.
    pub name: String,
    pub surface: String,
    beside: Vec<Beside>,
    /// Letters the affix swallowed.
    pub restore: String,
    /// What it adds to a verb's key.
    pub key: String,
    /// What words made with it are; names are explained in the table's head.
    pub class: String,
}

/// Vowels of a language and the questions asked about letters.
#[derive(Debug, Clone, Default)]
pub(crate) struct Letters {
    pub vowels: String,
}

impl Letters {
    pub(crate) fn is_vowel(&self, c: char) -> bool {
        self.vowels.contains(c)
    }

    fn syllables(&self, word: &str) -> usize {
        let mut count = 0;
        let mut in_vowel = false;
        for c in word.chars() {
            let vowel = self.is_vowel(c);
            count += usize::from(vowel && !in_vowel);
            in_vowel = vowel;
        }
        count
    }
}

/// The table.
#[derive(Debug, Clone, Default)]
pub(crate) struct Affixes {
    pub rows: Vec<Affix>,
}

impl Affixes {
    pub(crate) fn load(files: &Files, path: &str) -> Result<Affixes> {
        let table = Table::load_optional(
            files,
            path,
            &[
                "kind", "affix", "surface", "beside", "restore", "key", "class",
            ],
        )?;
        let rows = table
            .rows()
            .map(|row| Affix::read(&row))
            .collect::<Result<Vec<_>>>()?;
        Ok(Affixes { rows })
    }

    pub(crate) fn of(&self, kind: Kind) -> impl Iterator<Item = (usize, &Affix)> {
        self.rows
            .iter()
            .enumerate()
            .filter(move |(_, a)| a.kind == kind)
    }

    /// True if words are built from roots with prefixes.
    pub(crate) fn builds_words(&self) -> bool {
        self.rows.iter().any(|a| a.kind == Kind::Outer)
    }
}

impl Affix {
    fn read(row: &Row<'_>) -> Result<Affix> {
        let name = row.need("affix")?;
        let kind = match row.need("kind")? {
            "outer" => Kind::Outer,
            "inner" => Kind::Inner,
            "nominal" => Kind::Nominal,
            "suffix" => Kind::Suffix,
            "clitic" => Kind::Clitic,
            "circumfix" => Kind::Circumfix,
            "ending" => Kind::Ending(Upos::from_name(name).ok_or_else(|| {
                row.error(format!(
                    "'{name}' is no part of speech; write VERB, NOUN, ADJ or ADV"
                ))
            })?),
            other => {
                return Err(row.error(format!(
                    "unknown kind '{other}'; known are outer, inner, nominal, suffix, clitic, circumfix, ending"
                )));
            }
        };
        let beside = row
            .list("beside")
            .map(|b| match b {
                "V" => Beside::Vowel,
                "C" => Beside::Consonant,
                "CC" => Beside::Doubled,
                "1" => Beside::OneSyllable,
                letters => Beside::Letters(letters.to_lowercase()),
            })
            .collect();
        Ok(Affix {
            kind,
            name: name.to_string(),
            surface: row.need("surface")?.to_lowercase(),
            beside,
            restore: row.get("restore").to_lowercase(),
            key: row.get("key").to_string(),
            class: row.get("class").to_string(),
        })
    }

    /// `word` without this prefix, its swallowed letters put back; `None` if it is not there.
    pub(crate) fn strip_prefix(&self, word: &str, letters: &Letters) -> Option<String> {
        let rest = word.strip_prefix(self.surface.as_str())?;
        let first = rest.chars().next()?;
        let fits = self.beside.is_empty()
            || self.beside.iter().any(|b| match b {
                Beside::Vowel => letters.is_vowel(first),
                Beside::Consonant => !letters.is_vowel(first),
                Beside::Doubled => false,
                Beside::OneSyllable => letters.syllables(rest) == 1,
                Beside::Letters(l) => rest.starts_with(l.as_str()),
            });
        fits.then(|| format!("{}{rest}", self.restore))
    }

    /// `root` with this prefix, if this row is the one for it.
    #[cfg(test)]
    pub(crate) fn attach_prefix(&self, root: &str, letters: &Letters) -> Option<String> {
        let rest = root.strip_prefix(self.restore.as_str())?;
        let word = format!("{}{rest}", self.surface);
        (self.strip_prefix(&word, letters).as_deref() == Some(root)).then_some(word)
    }

    /// `word` without this suffix.
    pub(crate) fn strip_suffix<'w>(&self, word: &'w str) -> Option<&'w str> {
        word.strip_suffix(self.surface.as_str())
            .filter(|rest| rest.chars().count() >= 2)
    }

    /// True if a stem of which nothing is known may end before this affix.
    pub(crate) fn fits_after(&self, stem: &str, letters: &Letters) -> bool {
        self.beside.is_empty() || self.beside.iter().any(|b| ends_with(stem, b, letters))
    }

    /// `word` without this ending and with what it replaced.
    pub(crate) fn strip_ending(&self, word: &str, letters: &Letters) -> Option<String> {
        let stem = word.strip_suffix(self.surface.as_str())?;
        // What is left must be a word: `bring` has no ending.
        let mut left = stem.chars().chain(self.restore.chars());
        if !left.any(|c| letters.is_vowel(c)) && self.surface.chars().count() > 1 {
            return None;
        }
        if self.beside.is_empty() {
            return Some(format!("{stem}{}", self.restore));
        }
        let fit = self.beside.iter().find(|b| ends_with(stem, b, letters))?;
        let stem = match fit {
            Beside::Doubled => {
                let last = stem.chars().next_back().map_or(0, char::len_utf8);
                &stem[..stem.len() - last]
            }
            _ => stem,
        };
        Some(format!("{stem}{}", self.restore))
    }
}

fn ends_with(stem: &str, beside: &Beside, letters: &Letters) -> bool {
    let mut back = stem.chars().rev();
    let Some(last) = back.next() else {
        return false;
    };
    match beside {
        Beside::Vowel => letters.is_vowel(last),
        Beside::Consonant => !letters.is_vowel(last),
        Beside::Doubled => back.next() == Some(last) && !letters.is_vowel(last),
        Beside::OneSyllable => letters.syllables(stem) == 1,
        Beside::Letters(l) => stem.ends_with(l.as_str()),
    }
}
