//! What must hold across the rows of the tables.
//!
//! A wrong cell stops the compiler; a wrong fact goes unnoticed until an article is read wrongly.
//! Two prime ministers at once, an alias of two bodies, a code that no list has: these are found
//! here, all at once, each with its line.

mod names;
mod terms;

use std::collections::{BTreeMap, BTreeSet};

use kronik_record::table::{Row, Table};
use kronik_record::{Error, Files};

use crate::compile::compile;
use crate::entry::PlaceKind;
use crate::offices::Offices;
use crate::tables::{NAMES_OF_STATES, Tables, cell, number, time};

/// Where the roles of actors are listed.
const SECTORS: &str = "ontologies/plover/sectors.tsv";

/// Everything that is wrong with the atlas, in the order of rules; empty if all is well.
pub fn check(files: &Files) -> Vec<Error> {
    let mut wrong = Vec::new();
    let tables = Tables::load_all(files, &mut wrong);
    let lists = Lists::of(files, &tables, &mut wrong);
    let mut check = Check {
        tables: &tables,
        lists,
        wrong,
    };
    check.sources();
    check.offices();
    check.countries();
    check.organisations();
    check.persons();
    check.terms();
    check.names();
    check.places();
    check.outlets();
    let mut wrong = check.wrong;
    let languages: BTreeSet<&str> = files
        .under("languages/")
        .filter_map(|path| path.split('/').nth(1))
        .collect();
    for language in languages {
        wrong.extend(Offices::load(files, language).err());
    }
    if wrong.is_empty() {
        wrong.extend(compile(files).err());
    }
    wrong
}

/// What cells may name.
struct Lists<'t> {
    states: BTreeSet<&'t str>,
    /// Codes and ids of organisations.
    bodies: BTreeSet<&'t str>,
    sectors: BTreeSet<String>,
    /// Offices, true for those with one seat.
    offices: BTreeMap<&'t str, bool>,
}

impl<'t> Lists<'t> {
    fn of(files: &Files, tables: &'t Tables, wrong: &mut Vec<Error>) -> Lists<'t> {
        let sectors = Table::load(files, SECTORS, &["sector"]).unwrap_or_else(|error| {
            wrong.push(error);
            Table::empty(SECTORS)
        });
        let organisations = || tables.organisations.rows();
        Lists {
            states: tables.countries.rows().map(|r| r.get("code")).collect(),
            bodies: organisations()
                .flat_map(|r| [r.get("code"), r.get("id")])
                .collect(),
            sectors: sectors
                .rows()
                .map(|r| r.get("sector").to_string())
                .collect(),
            offices: tables
                .offices
                .rows()
                .map(|r| (r.get("id"), r.get("seats") == "one"))
                .collect(),
        }
    }
}

struct Check<'t> {
    tables: &'t Tables,
    lists: Lists<'t>,
    wrong: Vec<Error>,
}

impl<'t> Check<'t> {
    fn wrong(&mut self, row: &Row<'_>, column: &str, what_to_do: &str) {
        self.wrong.push(cell(row, column, what_to_do));
    }

    /// Adds an error unless `right`.
    fn expect(&mut self, right: bool, row: &Row<'_>, column: &str, what_to_do: &str) {
        if !right {
            self.wrong(row, column, what_to_do);
        }
    }

    fn filled(&mut self, row: &Row<'_>, columns: &[&str]) {
        for column in columns {
            self.wrong.extend(row.need(column).err());
        }
    }

    /// No two rows of a table have the same cell under `column`, unless it is empty.
    fn unique(&mut self, table: &Table, column: &str) {
        let mut lines: BTreeMap<&str, usize> = BTreeMap::new();
        for row in table.rows().filter(|r| !r.get(column).is_empty()) {
            if let Some(line) = lines.insert(row.get(column), row.line()) {
                let what = format!("line {line} has it too; drop or mend one of them");
                self.wrong(&row, column, &what);
            }
        }
    }

    fn state_or_empty(&mut self, row: &Row<'_>, column: &str) {
        let code = row.get(column);
        let right = code.is_empty() || self.lists.states.contains(code);
        self.expect(right, row, column, "write a code of atlas/countries.tsv");
    }

    fn actor_code(&mut self, row: &Row<'_>) {
        let code = row.get("code");
        let right = self.lists.states.contains(code) || self.lists.bodies.contains(code);
        let what = "write a code of atlas/countries.tsv or atlas/organisations.tsv";
        self.expect(right, row, "code", what);
    }

    fn sector(&mut self, row: &Row<'_>) {
        let right = self.lists.sectors.contains(row.get("sector"));
        let what = format!("write a role of {SECTORS}");
        self.expect(right, row, "sector", &what);
    }

    fn times(&mut self, row: &Row<'_>) {
        let (from, to) = match (time(row, "from"), time(row, "to")) {
            (Ok(from), Ok(to)) => (from, to),
            (from, to) => {
                self.wrong.extend(from.err().into_iter().chain(to.err()));
                return;
            }
        };
        let rising = from.is_empty() || to.is_empty() || crate::day::coarse(from, to).is_le();
        self.expect(rising, row, "to", "it ends before it begins");
    }

    fn sources(&mut self) {
        let tables = self.tables;
        self.unique(&tables.sources, "id");
        let known: BTreeSet<&str> = tables.sources.rows().map(|r| r.get("id")).collect();
        for row in tables.sources.rows() {
            self.filled(&row, &["id", "title"]);
        }
        for table in tables.sourced().filter(|t| !t.is_empty()) {
            if !table.has_column("source") {
                let what =
                    "the header has no column 'source'; every row needs an id of atlas/sources.tsv";
                self.wrong.push(Error::file(table.path(), what));
            }
        }
        let sourced = tables.sourced().filter(|t| t.has_column("source"));
        for row in sourced.flat_map(Table::rows) {
            // `editor|geonames`: a row may be put together from several
            let mut sources = row.list("source").peekable();
            let some = sources.peek().is_some();
            let right = some && sources.all(|s| known.contains(s));
            self.expect(right, &row, "source", "write an id of atlas/sources.tsv");
        }
    }

    fn offices(&mut self) {
        let tables = self.tables;
        self.unique(&tables.offices, "id");
        for row in tables.offices.rows() {
            let seats = matches!(row.get("seats"), "one" | "many");
            self.expect(seats, &row, "seats", "write one or many");
            if !row.get("sector").is_empty() {
                self.sector(&row);
            }
        }
    }

    fn countries(&mut self) {
        let tables = self.tables;
        for column in ["code", "alpha2", "fips", "cow", "gw"] {
            self.unique(&tables.countries, column);
        }
        for row in tables.countries.rows() {
            self.filled(&row, &["name", "names_en", "names_id"]);
            for (column, len) in [("code", 3), ("alpha2", 2)] {
                let text = row.get(column);
                let right = text.len() == len && text.bytes().all(|b| b.is_ascii_uppercase());
                self.expect(right, &row, column, "write the code of ISO 3166-1");
            }
            let fips = row.get("fips");
            let right = fips.is_empty()
                || fips.len() == 2 && fips.bytes().all(|b| b.is_ascii_alphanumeric());
            self.expect(
                right,
                &row,
                "fips",
                "write the two letters of FIPS 10-4, or nothing",
            );
            for column in ["cow", "gw"] {
                let read = number::<u16>(&row, column, "write the number of the list, or nothing");
                self.wrong.extend(read.err());
            }
        }
    }

    fn organisations(&mut self) {
        let tables = self.tables;
        self.unique(&tables.organisations, "id");
        for row in tables.organisations.rows() {
            self.filled(&row, &["id", "code", "kind", "name", "names"]);
            self.slug(&row, "id");
            self.sector(&row);
            self.state_or_empty(&row, "country");
            self.times(&row);
            let code = row.get("code");
            let shape = code
                .chars()
                .all(|c| c.is_alphanumeric() || "-/' ".contains(c));
            self.expect(
                shape,
                &row,
                "code",
                "write an acronym or the code of a state",
            );
        }
    }

    fn persons(&mut self) {
        let tables = self.tables;
        self.unique(&tables.persons, "id");
        self.unique(&tables.persons, "wikidata");
        for row in tables.persons.rows() {
            self.filled(&row, &["id", "code", "name", "names"]);
            self.slug(&row, "id");
            self.actor_code(&row);
            self.sector(&row);
            self.times(&row);
            let wikidata = row.get("wikidata");
            let digits = wikidata.strip_prefix('Q').unwrap_or("");
            let right = wikidata.is_empty()
                || !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
            self.expect(
                right,
                &row,
                "wikidata",
                "write Wikidata's id as Q42, or nothing",
            );
        }
    }

    fn slug(&mut self, row: &Row<'_>, column: &str) {
        let id = row.get(column);
        let right = !id.is_empty()
            && id
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        let what = "write lower-case letters, digits and hyphens";
        self.expect(right, row, column, what);
    }

    fn places(&mut self) {
        let tables = self.tables;
        self.unique(&tables.places, "geonames");
        for row in tables.places.rows() {
            self.filled(&row, &["name", "names"]);
            self.state_or_empty(&row, "country");
            let kind = PlaceKind::ALL
                .iter()
                .find(|(_, name)| *name == row.get("kind"));
            let what = "write place, division, region, water or area";
            self.expect(kind.is_some(), &row, "kind", what);
            let inland = kind
                .is_some_and(|(kind, _)| matches!(kind, PlaceKind::Place | PlaceKind::Division));
            let lies = !inland || !row.get("country").is_empty();
            self.expect(
                lies,
                &row,
                "country",
                "a place lies in a state; write its code",
            );
            for column in ["geonames", "population"] {
                let read = number::<u32>(&row, column, "write a whole number, or nothing");
                self.wrong.extend(read.err());
            }
            for (column, most) in [("lat", 90.0), ("lon", 180.0)] {
                let what = format!("write degrees from -{most} to {most}, or nothing");
                match number::<f64>(&row, column, &what) {
                    Ok(degrees) => {
                        let right = degrees.is_none_or(|d| (-most..=most).contains(&d));
                        self.expect(right, &row, column, &what);
                    }
                    Err(error) => self.wrong.push(error),
                }
            }
            let both = row.get("lat").is_empty() == row.get("lon").is_empty();
            self.expect(both, &row, "lon", "write both lat and lon, or neither");
        }
    }

    fn outlets(&mut self) {
        let tables = self.tables;
        self.unique(&tables.outlets, "domain");
        for row in tables.outlets.rows() {
            self.filled(&row, &["domain", "name", "language"]);
            self.state_or_empty(&row, "country");
            let what = "write the domain in lower case, without www. or a path";
            self.expect(is_domain(row.get("domain")), &row, "domain", what);
            for language in row.list("language") {
                let right = matches!(language.len(), 2 | 3)
                    && language.bytes().all(|b| b.is_ascii_lowercase());
                self.expect(right, &row, "language", "write the code of ISO 639");
            }
        }
    }
}

/// `kabarpagi.example`: lower-case letters, digits, hyphens; a dot; a last part of letters.
fn is_domain(text: &str) -> bool {
    let part = |p: &str| {
        !p.is_empty()
            && !p.starts_with('-')
            && !p.ends_with('-')
            && p.bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    let top = text.rsplit_once('.').map_or("", |(_, top)| top);
    text.split('.').all(part)
        && top.len() >= 2
        && top.bytes().all(|b| b.is_ascii_lowercase())
        && !text.starts_with("www.")
}
