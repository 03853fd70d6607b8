//! The atlas, ready to be asked: which names start at this word?
//!
//! A hundred thousand names must be there in a few hundredths of a second and cost nothing until
//! one is printed. Names are therefore kept as hashes of their words, sorted; the rows of places
//! stay text until one is wanted. Hyphens, full stops and apostrophes only part words, so that
//! `Al-Qaeda` and `al Qaeda`, `U.S.` and `U.S` are one name.
//!
//! **Invariant (an absence):** no name is matched without its capitals.

use std::collections::BTreeSet;

use kronik_record::table::{Row, Table};
use kronik_record::{EntityRef, Error, Files, Result};

const PLACES: &str = "atlas/places.tsv";

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EntryKind {
    /// A state by its name.
    Country,
    /// Its people or its adjective.
    People,
    /// Its government, by the seat; never a place.
    Seat,
    /// Its capital: a place or its government.
    Capital,
    /// A body with a name of its own.
    Organisation,
    /// Somebody.
    Person,
    /// A place.
    Place,
}

/// A row of the atlas, other than a place.
#[derive(Debug, Clone)]
pub struct Entry {
    /// What it is.
    pub kind: EntryKind,
    /// Its id and usual English name.
    pub entity: EntityRef,
    /// Actor code.
    pub code: String,
    /// PLOVER role.
    pub sector: Option<String>,
    /// First and last time the row holds, as written (`2024-10`), empty where open.
    pub from: String,
    /// See [`Entry::from`].
    pub to: String,
}

impl Entry {
    /// True if the row holds on `day` (as `2024-12-05`); always for an unknown day.
    pub fn holds(&self, day: Option<&str>) -> bool {
        let Some(day) = day else { return true };
        let cut = |bound: &str| day.get(..bound.len()).unwrap_or(day).to_string();
        (self.from.is_empty() || cut(&self.from) >= self.from)
            && (self.to.is_empty() || cut(&self.to) <= self.to)
    }
}

/// A place of the atlas.
#[derive(Debug, Clone)]
pub struct Place<'g> {
    /// Usual name.
    pub name: &'g str,
    /// ISO alpha-3 of the country; empty for waters and areas.
    pub country: &'g str,
    /// First-order division, where known.
    pub admin1: &'g str,
    /// GeoNames id.
    pub geonames: Option<u32>,
    /// Degrees north and east.
    pub point: Option<(f64, f64)>,
    /// Inhabitants.
    pub population: u64,
    /// UCDP `where_prec`.
    pub precision: u8,
}

/// All names of the atlas.
#[derive(Debug, Default)]
pub struct Gazetteer {
    entries: Vec<Entry>,
    places: String,
    rows: Vec<(u32, u32)>,
    /// Hash of a name; index into `entries`, or beyond them into `rows`.
    index: Vec<(u64, u32)>,
    longest: usize,
    states: BTreeSet<String>,
    outlets: BTreeSet<String>,
}

/// What a name may stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit(u32);

impl Gazetteer {
    /// Reads the tables of `atlas/`.
    ///
    /// # Errors
    /// When a table is missing or a row lacks what it needs.
    pub fn load(files: &Files) -> Result<Gazetteer> {
        let mut gazetteer = Gazetteer::default();
        gazetteer.countries(files)?;
        gazetteer.organisations(files)?;
        gazetteer.persons(files)?;
        gazetteer.places(files)?;
        gazetteer.outlets(files)?;
        gazetteer.index.sort_unstable();
        gazetteer.index.dedup();
        Ok(gazetteer)
    }

    fn countries(&mut self, files: &Files) -> Result<()> {
        let columns = [
            "code",
            "alpha2",
            "name",
            "names_en",
            "names_id",
            "people_en",
            "capital",
            "seat",
        ];
        let table = Table::load(files, "atlas/countries.tsv", &columns)?;
        for row in table.rows() {
            let code = row.need("code")?;
            self.states.insert(code.to_string());
            let kinds: [(EntryKind, &[&str]); 4] = [
                (EntryKind::Country, &["names_en", "names_id", "names_other"]),
                (EntryKind::People, &["people_en"]),
                (EntryKind::Capital, &["capital"]),
                (EntryKind::Seat, &["seat"]),
            ];
            for (kind, columns) in kinds {
                let sector = (kind != EntryKind::People).then(|| "GOV".to_string());
                self.entry(kind, code, code, row.need("name")?, sector, &row);
                for column in columns {
                    self.names(row.list(column));
                }
            }
        }
        Ok(())
    }

    fn organisations(&mut self, files: &Files) -> Result<()> {
        let table = Table::load(
            files,
            "atlas/organisations.tsv",
            &["id", "code", "sector", "name", "names"],
        )?;
        for row in table.rows() {
            let sector = Some(row.get("sector").to_string()).filter(|s| !s.is_empty());
            let (id, code, name) = (row.need("id")?, row.need("code")?, row.need("name")?);
            self.entry(EntryKind::Organisation, id, code, name, sector, &row);
            self.names(row.list("names"));
        }
        Ok(())
    }

    fn persons(&mut self, files: &Files) -> Result<()> {
        let table = Table::load(
            files,
            "atlas/persons.tsv",
            &["id", "code", "sector", "name", "names"],
        )?;
        for row in table.rows() {
            let sector = Some(row.get("sector").to_string()).filter(|s| !s.is_empty());
            let (id, code, name) = (row.need("id")?, row.need("code")?, row.need("name")?);
            self.entry(EntryKind::Person, id, code, name, sector, &row);
            self.names(row.list("names"));
        }
        Ok(())
    }

    /// Names of outlets are no entries: many are common words, so they only tell what a name is
    /// that nothing else explains.
    fn outlets(&mut self, files: &Files) -> Result<()> {
        let table = Table::load_optional(files, "atlas/outlets.tsv", &["name", "aliases"])?;
        for row in table.rows() {
            let names = row.list("name").chain(row.list("aliases"));
            self.outlets.extend(names.map(str::to_string));
        }
        Ok(())
    }

    /// Places are many: their rows are cut into cells only when one is asked for.
    fn places(&mut self, files: &Files) -> Result<()> {
        let text = files.need(PLACES)?.to_string();
        let mut header = true;
        let mut at = 0;
        for (n, line) in text.split_inclusive('\n').enumerate() {
            let start = at;
            at += line.len();
            let line = line.trim_end();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if std::mem::take(&mut header) {
                if !line.starts_with(
                    "name\tnames\tcountry\tadmin1\tgeonames\tlat\tlon\tpopulation\tkind",
                ) {
                    return Err(Error::line(
                        PLACES,
                        n + 1,
                        "the header is not that of a table of places",
                    ));
                }
                continue;
            }
            let Some(names) = line.split('\t').nth(1) else {
                return Err(Error::line(PLACES, n + 1, "the cell 'names' is missing"));
            };
            let narrow = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
            let row = narrow(self.entries.len() + self.rows.len());
            self.rows.push((narrow(start), narrow(start + line.len())));
            for name in names.split('|') {
                self.name(name, row);
            }
        }
        self.places = text;
        Ok(())
    }

    fn entry(
        &mut self,
        kind: EntryKind,
        id: &str,
        code: &str,
        name: &str,
        sector: Option<String>,
        row: &Row<'_>,
    ) {
        self.entries.push(Entry {
            kind,
            entity: EntityRef {
                id: id.to_string(),
                name: name.to_string(),
            },
            code: code.to_string(),
            sector,
            from: row.get("from").to_string(),
            to: row.get("to").to_string(),
        });
    }

    fn names<'a>(&mut self, names: impl Iterator<Item = &'a str>) {
        let row = u32::try_from(self.entries.len() - 1).unwrap_or(u32::MAX);
        for name in names {
            self.name(name, row);
        }
    }

    fn name(&mut self, name: &str, row: u32) {
        let mut hash = NameHash::default();
        let mut words = 0;
        for word in words_of(name) {
            hash.add(word.1);
            words += 1;
        }
        if words == 0 {
            return;
        }
        self.index.push((hash.0, row));
        self.longest = self.longest.max(words);
        // `al-Assad` opens a sentence as `Al-Assad`.
        if name.starts_with(char::is_lowercase) {
            let mut chars = name.chars();
            let capital: String = chars
                .next()
                .into_iter()
                .flat_map(char::to_uppercase)
                .chain(chars)
                .collect();
            self.name(&capital, row);
        }
    }

    /// The longest name that `words` start with, among those that `fits` lets pass by their
    /// number of words, and everything it may stand for.
    pub fn longest(
        &self,
        words: &[&str],
        fits: impl Fn(usize) -> bool,
    ) -> Option<(usize, Vec<Hit>)> {
        let mut hash = NameHash::default();
        let mut best = None;
        for (n, word) in words.iter().take(self.longest).enumerate() {
            hash.add(word);
            if !fits(n + 1) {
                continue;
            }
            let first = self.index.partition_point(|(h, _)| *h < hash.0);
            if self.index.get(first).is_some_and(|(h, _)| *h == hash.0) {
                best = Some((n + 1, first, hash.0));
            }
        }
        let (n, first, hash) = best?;
        let hits = self.index[first..]
            .iter()
            .take_while(|(h, _)| *h == hash)
            .map(|(_, r)| Hit(*r));
        Some((n, hits.collect()))
    }

    /// True for the code of a state or territory.
    pub fn is_state(&self, code: &str) -> bool {
        self.states.contains(code)
    }

    /// True for the name of an outlet, as printed.
    pub fn is_outlet(&self, name: &str) -> bool {
        self.outlets.contains(name)
    }

    /// The row of `hit`, unless it is a place.
    pub fn entry_of(&self, hit: Hit) -> Option<&Entry> {
        self.entries.get(hit.0 as usize)
    }

    /// The place of `hit`, if it is one.
    pub fn place_of(&self, hit: Hit) -> Option<Place<'_>> {
        let row = (hit.0 as usize).checked_sub(self.entries.len())?;
        let (start, end) = *self.rows.get(row)?;
        let mut cells = self.places.get(start as usize..end as usize)?.split('\t');
        let mut next = || cells.next().unwrap_or("");
        let name = next();
        next();
        let (country, admin1, geonames) = (next(), next(), next().parse().ok());
        let point = next().parse().ok().zip(next().parse().ok());
        let population = next().parse().unwrap_or(0);
        let precision = match next() {
            "division" => 4,
            "region" => 4,
            "water" | "area" => 7,
            _ => 1,
        };
        Some(Place {
            name,
            country,
            admin1,
            geonames,
            point,
            population,
            precision,
        })
    }
}

/// FNV-1a over words with a separator: 64 bits are plenty for some hundred thousand names.
struct NameHash(u64);

impl Default for NameHash {
    fn default() -> Self {
        NameHash(0xcbf2_9ce4_8422_2325)
    }
}

impl NameHash {
    fn add(&mut self, word: &str) {
        for byte in word.bytes().chain([0u8]) {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

/// Runs of letters and digits with the byte where each starts.
pub(crate) fn words_of(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut rest = text;
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = rest.find(char::is_alphanumeric)?;
        let tail = &rest[start..];
        let len = tail
            .find(|c: char| !c.is_alphanumeric())
            .unwrap_or(tail.len());
        let found = (at + start, &tail[..len]);
        at += start + len;
        rest = &tail[len..];
        Some(found)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn names_lead_to_codes() {
        let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
        let gazetteer = Gazetteer::load(&Files::of_checkout(root).unwrap()).unwrap();
        let check = |name: &str, code: Option<&str>| {
            let words: Vec<&str> = words_of(name).map(|w| w.1).collect();
            let found = gazetteer
                .longest(&words, |n| n == words.len())
                .and_then(|(_, hits)| {
                    hits.into_iter().find_map(|h| {
                        gazetteer
                            .entry_of(h)
                            .map(|e| e.code.clone())
                            .or_else(|| gazetteer.place_of(h).map(|p| p.country.to_string()))
                    })
                });
            assert_eq!(found.as_deref(), code, "{name}");
        };
        check("Amerika Serikat", Some("USA"));
        check("U.S.", Some("USA"));
        check("us", None);
        check("Gedung Putih", Some("USA"));
        check("Hayat Tahrir al-Sham", Some("HTS"));
        check("PBB", Some("UN"));
        check("Mimpi Georgia", Some("GEO"));
        check("Netanyahu", Some("ISR"));
        check("Avdiivka", Some("UKR"));
        check("Krimea", Some("UKR"));
        check("Nice", None);
        check("Reading", None);
    }
}
