//! The people of one article, so that a surname finds its owner wherever the full name stands.

use std::collections::BTreeMap;

use kronik_record::EntityRef;

/// Somebody whom the article names.
#[derive(Debug, Clone, Default)]
pub(crate) struct Somebody {
    /// Longest form printed.
    pub(crate) name: String,
    pub(crate) code: Option<String>,
    pub(crate) sector: Option<String>,
    pub(crate) entity: Option<EntityRef>,
}

/// People by the words of their names.
#[derive(Debug, Clone, Default)]
pub(crate) struct People {
    pub(crate) list: Vec<Somebody>,
    by_word: BTreeMap<String, usize>,
    by_entity: BTreeMap<String, usize>,
}

impl People {
    /// Notes a full name and returns whose it is.
    pub(crate) fn note(&mut self, printed: &str, known: Option<&Somebody>) -> usize {
        let words: Vec<&str> = printed.split_whitespace().collect();
        let id = known.and_then(|k| k.entity.as_ref()).map(|e| e.id.clone());
        let same = |me: &People| -> Option<usize> {
            let last = *me.by_word.get(*words.last()?)?;
            let name = &me.list[last].name;
            let theirs: Vec<&str> = name.split_whitespace().collect();
            (theirs.first() == words.first() || words.len() == 1 || theirs.len() == 1)
                .then_some(last)
        };
        let at = id
            .as_ref()
            .and_then(|id| self.by_entity.get(id).copied())
            .or_else(|| {
                let found = same(self)?;
                let other = self.list[found].entity.is_some() && id.is_some();
                (!other).then_some(found)
            });
        let at = at.unwrap_or_else(|| {
            self.list.push(Somebody::default());
            self.list.len() - 1
        });
        let somebody = &mut self.list[at];
        if printed.chars().count() > somebody.name.chars().count() {
            somebody.name = printed.to_string();
        }
        if let Some(known) = known {
            if somebody.entity.is_none() {
                somebody.entity.clone_from(&known.entity);
            }
            if somebody.code.is_none() {
                somebody.code.clone_from(&known.code);
            }
            if somebody.sector.is_none() {
                somebody.sector.clone_from(&known.sector);
            }
        }
        if let Some(id) = id {
            self.by_entity.entry(id).or_insert(at);
        }
        for word in words {
            if word.chars().count() >= 3 && word.starts_with(char::is_uppercase) {
                self.by_word.entry(word.to_string()).or_insert(at);
            }
        }
        at
    }

    /// Whose name has this word.
    pub(crate) fn of_word(&self, word: &str) -> Option<usize> {
        self.by_word.get(word).copied()
    }

    /// Who is the atlas's person of this id.
    pub(crate) fn of_entity(&self, id: &str) -> Option<usize> {
        self.by_entity.get(id).copied()
    }
}
