//! Names that several rows share.

use std::collections::{BTreeMap, BTreeSet};

use kronik_record::table::Row;

use super::{Check, NAMES_OF_STATES};
use crate::index::forms;
use crate::names::words_of;

/// Rows by id that have a name in one of its forms.
type Shared<'t> = BTreeMap<String, BTreeMap<&'t str, (&'t str, Row<'t>)>>;

impl<'t> Check<'t> {
    /// A name of two states, bodies or persons needs a row in `ambiguous.tsv` that says whose it is.
    pub(super) fn names(&mut self) {
        let mut shared: Shared<'t> = BTreeMap::new();
        let mut add = |id: &'t str, name: &'t str, row: Row<'t>| {
            for form in forms(name) {
                let users = shared.entry(key(&form)).or_default();
                users.entry(id).or_insert((name, row));
            }
        };
        let tables = self.tables;
        let mut ids: BTreeMap<&str, &str> = BTreeMap::new();
        for row in tables.countries.rows() {
            let columns = NAMES_OF_STATES
                .into_iter()
                .chain(["people_en", "capital", "seat"]);
            for name in columns.flat_map(|c| row.list(c)) {
                add(row.get("code"), name, row);
            }
        }
        for row in tables.organisations.rows() {
            ids.insert(row.get("id"), "atlas/organisations.tsv");
            for name in row.list("names") {
                add(row.get("id"), name, row);
            }
        }
        let people = tables.persons.rows().map(|row| ("id", row));
        for (column, row) in people.chain(tables.terms().map(|row| ("person", row))) {
            let id = row.get(column);
            for name in row.list("names") {
                add(id, name, row);
            }
            if let Some(table) = ids.get(id) {
                let what = format!("{table} has this id too; give another to one of them");
                self.wrong(&row, column, &what);
            }
        }
        shared.retain(|_, users| users.len() > 1);
        let ruled = self.rules(&shared);
        // One error a name, however many forms of it are shared.
        let mut told = BTreeSet::new();
        for (form, users) in &shared {
            let mut all = users.values();
            let (Some((_, first)), Some((name, row))) = (all.next(), all.next_back()) else {
                continue;
            };
            let known = ruled.contains(form) || ruled.contains(&key(name));
            if known || !told.insert(users.keys().collect::<Vec<_>>()) {
                continue;
            }
            let ids: Vec<&str> = users.keys().copied().collect();
            self.wrong.push(row.error(format!(
                "the name '{name}' stands for {} (the other on line {} of its table): drop it from one of them, or say in atlas/ambiguous.tsv whose it is",
                ids.join(", "),
                first.line(),
            )));
        }
    }

    /// The names that `ambiguous.tsv` has a rule for.
    fn rules(&mut self, shared: &Shared<'t>) -> BTreeSet<String> {
        let tables = self.tables;
        let mut ruled = BTreeSet::new();
        for row in tables.ambiguous.rows() {
            self.filled(&row, &["name", "reason", "prefer"]);
            let name = key(row.get("name"));
            let prefer = row.get("prefer");
            match shared.get(&name) {
                None if prefer != "never" => {
                    let what = "no two rows share this name any more; drop this row";
                    self.wrong(&row, "name", what);
                }
                Some(users) => {
                    let right = matches!(prefer, "by-day" | "never") || users.contains_key(prefer);
                    let ids: Vec<&str> = users.keys().copied().collect();
                    let what = format!("write by-day, never, or one of {}", ids.join(", "));
                    self.expect(right, &row, "prefer", &what);
                }
                None => {}
            }
            if !ruled.insert(name) {
                self.wrong(&row, "name", "this name stands here twice; drop one row");
            }
        }
        ruled
    }
}

/// A name as its words.
fn key(name: &str) -> String {
    let words: Vec<&str> = words_of(name).map(|(_, word)| word).collect();
    words.join(" ")
}
