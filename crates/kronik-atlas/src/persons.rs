//! People as they are told of in several tables: one row in `persons.tsv`, terms in `leaders/`.

use std::collections::BTreeMap;

use kronik_record::Result;
use kronik_record::table::Row;

use crate::tables::{Tables, cell};

/// Somebody with all that the tables tell of them.
#[derive(Default)]
pub(crate) struct Person<'t> {
    pub(crate) id: &'t str,
    pub(crate) name: &'t str,
    pub(crate) names: Vec<&'t str>,
    /// The row of `persons.tsv`.
    pub(crate) row: Option<Row<'t>>,
    /// Rows of `leaders/`.
    pub(crate) terms: Vec<Row<'t>>,
}

impl Tables {
    /// Everybody, in the order of the tables.
    pub(crate) fn people(&self) -> Result<Vec<Person<'_>>> {
        let mut people: Vec<Person<'_>> = Vec::new();
        let mut by_id: BTreeMap<&str, usize> = BTreeMap::new();
        for row in self.persons.rows() {
            let id = row.need("id")?;
            if by_id.insert(id, people.len()).is_some() {
                return Err(cell(
                    &row,
                    "id",
                    "this person stands here twice; what somebody was for a time goes to leaders/",
                ));
            }
            people.push(Person {
                id,
                name: row.need("name")?,
                names: row.list("names").collect(),
                row: Some(row),
                terms: Vec::new(),
            });
        }
        for row in self.terms() {
            let id = row.need("person")?;
            let at = *by_id.entry(id).or_insert(people.len());
            if at == people.len() {
                people.push(Person {
                    id,
                    ..Person::default()
                });
            }
            let person = &mut people[at];
            if person.name.is_empty() {
                person.name = row.get("name");
            }
            for name in row.list("names") {
                if !person.names.contains(&name) {
                    person.names.push(name);
                }
            }
            person.terms.push(row);
        }
        for person in &people {
            if let Some(term) = person.terms.first().filter(|_| person.name.is_empty()) {
                return Err(cell(
                    term,
                    "person",
                    "nobody with this id has a name; fill the cells 'name' and 'names' of one of the rows",
                ));
            }
        }
        Ok(people)
    }
}
