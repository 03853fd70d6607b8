//! Terms of office: who, since when, and nobody beside them.

use std::collections::BTreeMap;

use kronik_record::table::Row;

use super::Check;
use crate::day::coarse;

impl Check<'_> {
    pub(super) fn terms(&mut self) {
        let tables = self.tables;
        let mut held: BTreeMap<(&str, &str), Vec<Row<'_>>> = BTreeMap::new();
        let mut named: BTreeMap<&str, Row<'_>> = BTreeMap::new();
        for row in tables.persons.rows() {
            named.insert(row.get("id"), row);
        }
        for row in tables.terms() {
            self.filled(&row, &["code", "office", "person", "from"]);
            self.slug(&row, "person");
            self.actor_code(&row);
            self.times(&row);
            let office = row.get("office");
            let known = self.lists.offices.get(office).copied();
            let what = "write an id of atlas/offices.tsv";
            self.expect(known.is_some(), &row, "office", what);
            if known == Some(true) {
                held.entry((row.get("code"), office)).or_default().push(row);
            }
            let name = row.get("name");
            if name.is_empty() {
                continue;
            }
            let other = *named.entry(row.get("person")).or_insert(row);
            if other.get("name") != name {
                let what = format!(
                    "this person is called '{}' elsewhere; leave the cell empty, or give another id to somebody else",
                    other.get("name")
                );
                self.wrong(&row, "name", &what);
            }
        }
        for row in tables.terms() {
            let known = named.contains_key(row.get("person"));
            let what = "nobody with this id has a name; fill 'name' and 'names' of one of the rows";
            self.expect(known, &row, "person", what);
        }
        for ((code, office), rows) in held {
            for (n, one) in rows.iter().enumerate() {
                for other in &rows[n + 1..] {
                    if follow(one, other) || follow(other, one) {
                        continue;
                    }
                    let what = format!(
                        "{} of {code} has one seat, and {} holds it at that time as well ({} to {}); mend 'from' or 'to' of one of them",
                        office,
                        one.get("person"),
                        one.get("from"),
                        Some(one.get("to"))
                            .filter(|s| !s.is_empty())
                            .unwrap_or("now"),
                    );
                    self.wrong(other, "person", &what);
                }
            }
        }
    }
}

/// True if the second term begins when the first is over, as far as the coarser of the two times
/// tells.
fn follow(first: &Row<'_>, second: &Row<'_>) -> bool {
    let (to, from) = (first.get("to"), second.get("from"));
    !to.is_empty() && !from.is_empty() && coarse(to, from).is_le()
}
