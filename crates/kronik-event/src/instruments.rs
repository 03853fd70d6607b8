//! What a deed was done with, where the frame leaves the mode open.
//!
//! *Attacked with drones*, *Iranian missiles hit*, *opened fire from tanks*: the instrument stands
//! anywhere in the clause or is its subject. `languages/<code>/instruments.tsv` lists the words
//! with the class and mode they tell; the higher priority wins, then the nearer word.

use kronik_lang::Pack;
use kronik_record::table::Table;
use kronik_record::{Files, Ontology, Result};

use kronik_lang::Grammar;

/// The table, read.
#[derive(Debug, Clone, Default)]
pub struct Instruments {
    entries: Vec<Entry>,
}

#[derive(Debug, Clone)]
struct Entry {
    words: Vec<(String, String)>,
    class: String,
    mode: String,
    priority: i32,
}

impl Instruments {
    /// Loads a language's table.
    ///
    /// # Errors
    /// A mode the ontology does not have, a priority that is no number.
    pub fn load(files: &Files, pack: &Pack, ontology: &Ontology) -> Result<Instruments> {
        let path = format!("languages/{}/instruments.tsv", pack.code());
        let mut entries = Vec::new();
        for row in
            Table::load_optional(files, &path, &["lemma", "type", "mode", "priority"])?.rows()
        {
            let (class, mode) = (row.need("type")?, row.need("mode")?);
            if ontology.mode(class, Some(mode)).is_none() {
                return Err(row.error(format!("{class} has no mode '{mode}'")));
            }
            let priority = match row.get("priority") {
                "" => 0,
                text => text
                    .parse()
                    .map_err(|_| row.error(format!("'{text}' is no whole number")))?,
            };
            for lemma in row.list("lemma") {
                entries.push(Entry {
                    words: lemma
                        .split_whitespace()
                        .map(|w| (w.to_lowercase(), pack.key(w, false)))
                        .collect(),
                    class: class.to_string(),
                    mode: mode.to_string(),
                    priority,
                });
            }
        }
        Ok(Instruments { entries })
    }

    /// The mode that a word among `tokens` gives to a deed of `class` at token `at`, with the
    /// token that tells it.
    pub fn mode(
        &self,
        grammar: Grammar<'_>,
        class: &str,
        at: usize,
        tokens: &[usize],
    ) -> Option<(&str, usize)> {
        let mut best: Option<(i32, i64, &Entry, usize)> = None;
        for entry in self.entries.iter().filter(|e| e.class == class) {
            for t in tokens {
                let all = entry.words.iter().enumerate().all(|(n, (form, key))| {
                    grammar.forms.get(t + n).is_some_and(|f| f == form)
                        || grammar
                            .sentence
                            .tokens
                            .get(t + n)
                            .is_some_and(|x| x.lemma == *key)
                });
                let near = -(t.abs_diff(at) as i64);
                if all && best.is_none_or(|(p, n, ..)| (entry.priority, near) > (p, n)) {
                    best = Some((entry.priority, near, entry, *t));
                }
            }
        }
        best.map(|(_, _, entry, t)| (entry.mode.as_str(), t))
    }
}
