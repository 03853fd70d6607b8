//! Offices by the words of a language.

use std::collections::BTreeMap;

use kronik_record::table::Table;
use kronik_record::{Files, Result};

/// The words that a language has for the offices of the atlas (`languages/<code>/offices.tsv`).
#[derive(Debug, Clone, Default)]
pub struct Offices {
    by_words: BTreeMap<String, String>,
    longest: usize,
}

impl Offices {
    /// Reads the table of the language `code`; a language without one has no words for offices.
    ///
    /// # Errors
    /// When a row names an office that `atlas/offices.tsv` lacks, or words stand in two rows.
    pub fn load(files: &Files, code: &str) -> Result<Offices> {
        let known = Table::load_optional(files, "atlas/offices.tsv", &["id"])?;
        let known: Vec<&str> = known.rows().map(|r| r.get("id")).collect();
        let path = format!("languages/{code}/offices.tsv");
        let table = Table::load_optional(files, &path, &["office", "words"])?;
        let mut offices = Offices::default();
        for row in table.rows() {
            let office = row.need("office")?;
            if !known.contains(&office) {
                let message =
                    format!("the cell 'office' holds '{office}': write an id of atlas/offices.tsv");
                return Err(row.error(message));
            }
            for words in row.list("words") {
                if words.chars().any(char::is_uppercase) {
                    let message = format!("the cell 'words' holds '{words}': write lower case");
                    return Err(row.error(message));
                }
                let before = offices
                    .by_words
                    .insert(words.to_string(), office.to_string());
                if let Some(other) = before {
                    let message = format!(
                        "the cell 'words' holds '{words}', which is '{other}' above: leave it to one"
                    );
                    return Err(row.error(message));
                }
                offices.longest = offices.longest.max(words.split(' ').count());
            }
        }
        Ok(offices)
    }

    /// The office that these words print, in lower case with single spaces.
    pub fn of(&self, words: &str) -> Option<&str> {
        self.by_words.get(words).map(String::as_str)
    }

    /// The longest office at the start of `words` (lower case), and how many words it has.
    pub fn at(&self, words: &[String]) -> Option<(usize, &str)> {
        (1..=words.len().min(self.longest))
            .rev()
            .find_map(|n| Some((n, self.of(&words[..n].join(" "))?)))
    }
}
