//! From tables to the compiled form.

use std::collections::{BTreeMap, BTreeSet};

use kronik_record::table::Row;
use kronik_record::{Files, Result};

use crate::entry::{EntryKind, PlaceKind};
use crate::format::{Section, Writer, narrow};
use crate::index::Index;
use crate::names::NameHash;
use crate::persons::Person;
use crate::tables::{NAMES_OF_STATES, Tables, cell, number, time};

/// Where the compiled atlas lies among the built-in files.
pub const COMPILED: &str = "atlas/compiled.bin";

/// Compiles the tables of `atlas/` for [`crate::Atlas::open`]. The same tables give the same bytes.
///
/// # Errors
/// When a cell cannot be used: file, line, column and what to write instead. Rules that concern
/// several rows are those of [`crate::check`].
pub fn compile(files: &Files) -> Result<Vec<u8>> {
    let tables = Tables::load(files)?;
    let people = tables.people()?;
    let mut compiler = Compiler::new();
    compiler.countries(&tables)?;
    compiler.organisations(&tables)?;
    compiler.people(&tables, &people)?;
    compiler.places(&tables)?;
    compiler.outlets(&tables)?;
    compiler.prefer(&tables)?;
    Ok(compiler.finish())
}

struct Compiler {
    out: Writer,
    /// Entries so far; places follow them.
    entries: u32,
    places: u32,
    /// Id, first entry and number of entries of whatever has an id.
    groups: Vec<(String, u32, u32)>,
    /// Code, office, beginning and entry of terms.
    terms: Vec<(String, String, String, u32)>,
    names: Index,
    regions: BTreeSet<u64>,
}

/// The cells of an entry that not all tables have.
#[derive(Default, Clone, Copy)]
struct Cells<'t> {
    name: &'t str,
    code: &'t str,
    sector: &'t str,
    office: &'t str,
    /// Place of the office in its table: the first is the highest.
    rank: u32,
    from: &'t str,
    to: &'t str,
    country: &'t str,
    form: &'t str,
    wikidata: &'t str,
    source: &'t str,
}

impl Compiler {
    fn new() -> Compiler {
        Compiler {
            out: Writer::new(),
            entries: 0,
            places: 0,
            groups: Vec::new(),
            terms: Vec::new(),
            names: Index::default(),
            regions: BTreeSet::new(),
        }
    }

    fn countries(&mut self, tables: &Tables) -> Result<()> {
        let mut rows = BTreeMap::new();
        for row in tables.countries.rows() {
            let (code, name) = (row.need("code")?, row.need("name")?);
            self.group(code);
            let kinds: [(EntryKind, &[&str]); 4] = [
                (EntryKind::Country, &NAMES_OF_STATES),
                (EntryKind::People, &["people_en"]),
                (EntryKind::Capital, &["capital"]),
                (EntryKind::Seat, &["seat"]),
            ];
            for (kind, columns) in kinds {
                let sector = if kind == EntryKind::People { "" } else { "GOV" };
                let cells = Cells {
                    name,
                    code,
                    sector,
                    from: time(&row, "from")?,
                    to: time(&row, "to")?,
                    source: row.get("source"),
                    ..Cells::default()
                };
                let entry = self.entry(kind, &cells);
                for text in columns.iter().flat_map(|c| row.list(c)) {
                    self.names.add(text, entry);
                    if kind == EntryKind::Country {
                        self.regions.insert(NameHash::of_text(&text.to_lowercase()));
                    }
                }
            }
            let numbers = "write the number of the code list, or nothing";
            number::<u16>(&row, "cow", numbers)?;
            number::<u16>(&row, "gw", numbers)?;
            if rows.insert(code.to_string(), row).is_some() {
                return Err(cell(
                    &row,
                    "code",
                    "this state stands here twice; drop one row",
                ));
            }
        }
        for row in rows.values() {
            for column in ["code", "alpha2", "name", "fips", "cow", "gw"] {
                self.out.text(Section::Countries, row.get(column));
            }
        }
        Ok(())
    }

    fn organisations(&mut self, tables: &Tables) -> Result<()> {
        for row in tables.organisations.rows() {
            self.group(row.need("id")?);
            let cells = Cells {
                name: row.need("name")?,
                code: row.need("code")?,
                sector: row.get("sector"),
                from: time(&row, "from")?,
                to: time(&row, "to")?,
                country: row.get("country"),
                form: row.get("kind"),
                source: row.get("source"),
                ..Cells::default()
            };
            let entry = self.entry(EntryKind::Organisation, &cells);
            for name in row.list("names") {
                self.names.add(name, entry);
            }
        }
        Ok(())
    }

    /// Terms stand before the row of `persons.tsv`, higher offices and later terms first, so that
    /// the first entry that holds on a day is the one that tells most.
    fn people(&mut self, tables: &Tables, people: &[Person<'_>]) -> Result<()> {
        let mut offices: BTreeMap<&str, (u32, &str)> = BTreeMap::new();
        for (rank, row) in tables.offices.rows().enumerate() {
            offices.insert(row.need("id")?, (narrow(rank), row.get("sector")));
        }
        let mut sectors: BTreeMap<&str, &str> = BTreeMap::new();
        for row in tables.organisations.rows() {
            for key in ["code", "id"] {
                sectors.entry(row.get(key)).or_insert(row.get("sector"));
            }
        }
        for person in people {
            self.group(person.id);
            let own = person.row.map_or("", |row| row.get("sector"));
            let wikidata = person.row.map_or("", |row| row.get("wikidata"));
            let mut terms = Vec::new();
            for row in &person.terms {
                let (code, office) = (row.need("code")?, row.need("office")?);
                let Some((rank, sector)) = offices.get(office) else {
                    return Err(cell(row, "office", "write an id of atlas/offices.tsv"));
                };
                let body = sectors.get(code).copied().unwrap_or("");
                let sector = [*sector, body, own]
                    .into_iter()
                    .find(|s| !s.is_empty())
                    .unwrap_or("");
                terms.push(Cells {
                    name: person.name,
                    code,
                    sector,
                    office,
                    rank: *rank,
                    from: time(row, "from")?,
                    to: time(row, "to")?,
                    wikidata,
                    source: row.get("source"),
                    ..Cells::default()
                });
            }
            terms.sort_by(|a, b| a.rank.cmp(&b.rank).then(b.from.cmp(a.from)));
            let first = self.entries;
            for cells in &terms {
                let entry = self.entry(EntryKind::Person, cells);
                let owned = str::to_string;
                self.terms.push((
                    owned(cells.code),
                    owned(cells.office),
                    owned(cells.from),
                    entry,
                ));
            }
            if let Some(row) = person.row {
                let cells = Cells {
                    name: person.name,
                    code: row.need("code")?,
                    sector: own,
                    from: time(&row, "from")?,
                    to: time(&row, "to")?,
                    wikidata,
                    source: row.get("source"),
                    ..Cells::default()
                };
                self.entry(EntryKind::Person, &cells);
            }
            for entry in first..self.entries {
                for name in &person.names {
                    self.names.add(name, entry);
                }
            }
        }
        Ok(())
    }

    fn places(&mut self, tables: &Tables) -> Result<()> {
        for row in tables.places.rows() {
            let kind = PlaceKind::ALL
                .iter()
                .position(|(_, name)| *name == row.get("kind"))
                .ok_or_else(|| {
                    cell(&row, "kind", "write place, division, region, water or area")
                })?;
            let geonames: Option<u32> = number(&row, "geonames", "write GeoNames' number")?;
            let population: Option<u32> = number(&row, "population", "write a whole number")?;
            let hit = self.entries + self.places;
            self.places += 1;
            self.out.text(Section::Places, row.need("name")?);
            self.out.text(Section::Places, row.get("country"));
            self.out.text(Section::Places, row.get("admin1"));
            self.out.u32(Section::Places, geonames.unwrap_or(0));
            for column in ["lat", "lon"] {
                let degrees = degrees(&row, column)?;
                self.out
                    .u32(Section::Places, u32::from_ne_bytes(degrees.to_ne_bytes()));
            }
            self.out.u32(Section::Places, population.unwrap_or(0));
            self.out.u32(Section::Places, narrow(kind));
            self.out.text(Section::Places, row.get("source"));
            for name in row.list("names") {
                self.names.add(name, hit);
                if kind != 0 {
                    self.regions.insert(NameHash::of_text(&name.to_lowercase()));
                }
            }
        }
        Ok(())
    }

    /// Names of outlets are no entries: many are common words, so they only tell what a name is
    /// that nothing else explains.
    fn outlets(&mut self, tables: &Tables) -> Result<()> {
        let mut domains = BTreeMap::new();
        let mut names = BTreeMap::new();
        let mut printed = BTreeSet::new();
        for (n, row) in tables.outlets.rows().enumerate() {
            let domain = row.need("domain")?.to_lowercase();
            let name = row.need("name")?;
            self.out.text(Section::Outlets, &domain);
            for cell in [
                name,
                row.get("language"),
                row.get("country"),
                row.get("family"),
            ] {
                self.out.text(Section::Outlets, cell);
            }
            for name in std::iter::once(name).chain(row.list("aliases")) {
                // of two domains of one outlet the first row is the one a name leads to
                names
                    .entry(NameHash::of_text(&name.to_lowercase()))
                    .or_insert(n);
                printed.insert(NameHash::of_text(name));
            }
            if domains.insert(domain, n).is_some() {
                return Err(cell(
                    &row,
                    "domain",
                    "this domain stands here twice; drop one row",
                ));
            }
        }
        for n in domains.values() {
            self.out.u32(Section::Domains, narrow(*n));
        }
        for (hash, n) in names {
            self.out.u64(Section::OutletNames, hash);
            self.out.u64(Section::OutletNames, n as u64);
        }
        for hash in printed {
            self.out.u64(Section::Printed, hash);
        }
        Ok(())
    }

    /// What `ambiguous.tsv` says of names that several rows share: `never` takes the name from all
    /// of them, an id leaves it to that one. Places keep theirs.
    fn prefer(&mut self, tables: &Tables) -> Result<()> {
        for row in tables.ambiguous.rows() {
            let (name, prefer) = (row.need("name")?, row.need("prefer")?);
            let kept = match prefer {
                "by-day" => continue,
                "never" => 0..0,
                id => self
                    .groups
                    .iter()
                    .find(|(known, ..)| known == id)
                    .map(|(_, first, len)| *first..first + len)
                    .ok_or_else(|| {
                        cell(
                            &row,
                            "prefer",
                            "write by-day, never, or the id (of a state: the code) that wins",
                        )
                    })?,
            };
            self.names.leave(name, kept, self.entries);
        }
        Ok(())
    }

    fn group(&mut self, id: &str) {
        self.groups.push((id.to_string(), self.entries, 0));
    }

    fn entry(&mut self, kind: EntryKind, cells: &Cells<'_>) -> u32 {
        let group = self.groups.len() - 1;
        self.groups[group].2 += 1;
        let out = &mut self.out;
        out.u32(Section::Entries, kind as u32);
        out.text(Section::Entries, &self.groups[group].0);
        for text in [
            cells.name,
            cells.code,
            cells.sector,
            cells.office,
            cells.from,
            cells.to,
            cells.country,
            cells.form,
            cells.wikidata,
            cells.source,
        ] {
            out.text(Section::Entries, text);
        }
        self.entries += 1;
        self.entries - 1
    }

    fn finish(mut self) -> Vec<u8> {
        let out = &mut self.out;
        self.names.write(out);
        self.groups.sort();
        for (id, first, len) in &self.groups {
            out.text(Section::Groups, id);
            out.u32(Section::Groups, *first);
            out.u32(Section::Groups, *len);
        }
        self.terms.sort();
        for (_, _, _, entry) in &self.terms {
            out.u32(Section::Terms, *entry);
        }
        for hash in self.regions {
            out.u64(Section::Regions, hash);
        }
        self.out.finish()
    }
}

/// Degrees in hundred-thousandths; the least number where the table has none.
fn degrees(row: &Row<'_>, column: &str) -> Result<i32> {
    let what_to_do = "write degrees as 47.6621";
    let Some(degrees) = number::<f64>(row, column, what_to_do)? else {
        return Ok(i32::MIN);
    };
    if !(-180.0..=180.0).contains(&degrees) {
        return Err(cell(row, column, what_to_do));
    }
    Ok((degrees * 1e5).round() as i32)
}
