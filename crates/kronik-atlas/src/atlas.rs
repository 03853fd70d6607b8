//! The atlas, ready to be asked: which names start at this word?

use std::borrow::Cow;
use std::sync::OnceLock;

use kronik_record::{EntityRef, Files, Result};

use crate::compile::{COMPILED, compile};
use crate::day::ended;
use crate::entry::{Country, Entry, EntryKind, Outlet, Place, PlaceKind};
use crate::format::{Bytes, Section};
use crate::names::NameHash;
use crate::tables::Tables;

/// Numbers in a row of each section.
const ENTRY: usize = 12;
const PLACE: usize = 9;
const GROUP: usize = 3;
const COUNTRY: usize = 6;
const OUTLET: usize = 5;

/// What a name may stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Hit(u32);

/// All names of the atlas. Share it between threads; asking changes nothing that can be seen.
#[derive(Debug)]
pub struct Atlas {
    bytes: Bytes,
    /// Decoded when one is asked for.
    entries: Box<[OnceLock<Box<Entry>>]>,
}

impl Atlas {
    /// The atlas of `files`: the compiled one if it is there and none of the tables was laid over,
    /// else compiled from the tables.
    ///
    /// # Errors
    /// As [`compile`] and [`Atlas::open`].
    pub fn load(files: &Files) -> Result<Atlas> {
        let built_in = files
            .under("atlas/")
            .filter(|path| Tables::holds(path))
            .all(|path| files.is_built_in(path));
        match files.keep_bytes(COMPILED).filter(|_| built_in) {
            Some(bytes) => Atlas::open(bytes),
            None => Atlas::open(compile(files)?.into()),
        }
    }

    /// Opens a compiled atlas where it lies; nothing but what is asked for is decoded.
    ///
    /// # Errors
    /// When the bytes are no atlas, one of another version, or damaged.
    pub fn open(bytes: Cow<'static, [u8]>) -> Result<Atlas> {
        Ok(Atlas::of(Bytes::open(bytes, COMPILED)?))
    }

    fn of(bytes: Bytes) -> Atlas {
        let entries = bytes.rows(Section::Entries, ENTRY * 4);
        Atlas {
            entries: std::iter::repeat_with(OnceLock::new)
                .take(entries)
                .collect(),
            bytes,
        }
    }

    /// The longest name that `words` start with, among those that `fits` lets pass by their
    /// number of words, and everything it may stand for, the likeliest first.
    pub fn longest(
        &self,
        words: &[&str],
        fits: impl Fn(usize) -> bool,
    ) -> Option<(usize, Vec<Hit>)> {
        let mut hash = NameHash::new();
        let mut best = None;
        for (n, word) in words.iter().enumerate() {
            hash.add(word);
            // No name and no beginning of one: nothing longer can be there.
            let Some(at) = self.find(hash.finish()) else {
                break;
            };
            let (start, end) = self.rows_of(at);
            if start < end && fits(n + 1) {
                best = Some((n + 1, start, end));
            }
        }
        let (n, start, end) = best?;
        let hits = (start..end).map(|r| Hit(self.bytes.u32(Section::Rows, r)));
        Some((n, hits.collect()))
    }

    fn find(&self, hash: u64) -> Option<usize> {
        let bucket = (hash >> 48) as usize;
        let names = self.bytes.rows(Section::Names, 8);
        let bound = |n| (self.bytes.u32(Section::Buckets, n) as usize).min(names);
        let (mut low, mut high) = (bound(bucket), bound(bucket + 1));
        while low < high {
            let middle = low + (high - low) / 2;
            match self.bytes.u64(Section::Names, middle).cmp(&hash) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Equal => return Some(middle),
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }

    fn rows_of(&self, name: usize) -> (usize, usize) {
        let rows = self.bytes.rows(Section::Rows, 4);
        let bound = |n| (self.bytes.u32(Section::Starts, n) as usize).min(rows);
        (bound(name), bound(name + 1))
    }

    /// True for the code of a state or territory.
    pub fn is_state(&self, code: &str) -> bool {
        self.country(code).is_some()
    }

    /// A state or territory by its ISO alpha-3 code, with its codes in other lists.
    pub fn country(&self, code: &str) -> Option<Country<'_>> {
        let text = |n: usize, cell: usize| self.bytes.text(Section::Countries, n * COUNTRY + cell);
        let rows = self.bytes.rows(Section::Countries, COUNTRY * 4);
        let n = search(rows, |n| text(n, 0).cmp(code))?;
        Some(Country {
            code: text(n, 0),
            alpha2: text(n, 1),
            name: text(n, 2),
            fips: Some(text(n, 3)).filter(|s| !s.is_empty()),
            cow: text(n, 4).parse().ok(),
            gw: text(n, 5).parse().ok(),
        })
    }

    /// All states and territories in the order of their codes.
    pub fn countries(&self) -> impl Iterator<Item = Country<'_>> {
        let rows = self.bytes.rows(Section::Countries, COUNTRY * 4);
        (0..rows).filter_map(|n| self.country(self.bytes.text(Section::Countries, n * COUNTRY)))
    }

    /// The row of `hit`, unless it is a place. A person may have several: see [`Atlas::person_on`].
    pub fn entry_of(&self, hit: Hit) -> Option<&Entry> {
        self.entry(hit.0 as usize)
    }

    fn entry(&self, n: usize) -> Option<&Entry> {
        let entry = self.entries.get(n)?;
        Some(entry.get_or_init(|| Box::new(self.decode(n))))
    }

    fn decode(&self, n: usize) -> Entry {
        let text = |cell: usize| self.bytes.text(Section::Entries, n * ENTRY + cell);
        let owned = |cell: usize| text(cell).to_string();
        let some = |cell: usize| Some(owned(cell)).filter(|s| !s.is_empty());
        Entry {
            kind: self.kind(n),
            entity: EntityRef {
                id: owned(1),
                name: owned(2),
            },
            code: owned(3),
            sector: some(4),
            office: some(5),
            from: owned(6),
            to: owned(7),
            country: some(8),
            form: some(9),
            wikidata: some(10),
            source: owned(11),
        }
    }

    fn kind(&self, n: usize) -> EntryKind {
        let kind = self.bytes.u32(Section::Entries, n * ENTRY) as usize;
        EntryKind::ALL
            .get(kind)
            .copied()
            .unwrap_or(EntryKind::Person)
    }

    /// All rows with this id: the guises of a state (its id is its code), a body, or the terms of a
    /// person, the highest office first.
    pub fn entries_of(&self, id: &str) -> impl Iterator<Item = &Entry> {
        self.group(id).filter_map(|n| self.entry(n))
    }

    fn group(&self, id: &str) -> std::ops::Range<usize> {
        let rows = self.bytes.rows(Section::Groups, GROUP * 4);
        let found = search(rows, |n| {
            self.bytes.text(Section::Groups, n * GROUP).cmp(id)
        });
        let Some(n) = found else { return 0..0 };
        let first = self.bytes.u32(Section::Groups, n * GROUP + 1) as usize;
        let len = self.bytes.u32(Section::Groups, n * GROUP + 2) as usize;
        let last = first.saturating_add(len).min(self.entries.len());
        first.min(last)..last
    }

    /// What the person of this id is on a day (as `2024-12-05`): the term that holds, of two the
    /// higher office; else the row of `persons.tsv` if it holds; else the last row that ended
    /// before that day; else the first to begin. For an unknown day, what they are now.
    pub fn person_on(&self, id: &str, day: Option<&str>) -> Option<&Entry> {
        self.on(self.group(id), day).map(|(_, entry)| entry)
    }

    /// The best of an id's rows on a day, and how good it is: 0 is best.
    fn on(&self, rows: std::ops::Range<usize>, day: Option<&str>) -> Option<(u8, &Entry)> {
        let entries = || rows.clone().filter_map(|n| Some((n, self.entry(n)?)));
        let holds = |entry: &Entry| match day {
            Some(day) => entry.holds(Some(day)),
            None => entry.to.is_empty(),
        };
        if let Some((_, term)) = entries().find(|(_, e)| e.office.is_some() && holds(e)) {
            return Some((0, term));
        }
        if let Some((_, row)) = entries().find(|(_, e)| e.office.is_none() && holds(e)) {
            return Some((1, row));
        }
        let over = entries().filter(|(_, e)| day.is_none_or(|day| ended(&e.to, day)));
        // of two that ended at once the higher office, which stands first
        if let Some((_, last)) = over.min_by(|(_, a), (_, b)| b.to.cmp(&a.to)) {
            return Some((2, last));
        }
        let first = entries().min_by(|(_, a), (_, b)| a.from.cmp(&b.from))?;
        Some((3, first.1))
    }

    /// The best row among what a name stands for: by kind, then by day. `None` if it only stands
    /// for places.
    pub fn best(&self, hits: &[Hit], day: Option<&str>) -> Option<&Entry> {
        let rows = || {
            let rows = hits.iter().map(|h| h.0 as usize);
            rows.filter(|n| *n < self.entries.len())
        };
        let kind = rows().map(|n| self.kind(n)).min()?;
        let of_kind = || rows().filter(|n| self.kind(*n) == kind);
        if kind != EntryKind::Person {
            let entries = || of_kind().filter_map(|n| self.entry(n));
            return entries()
                .find(|e| e.holds(day))
                .or_else(|| entries().next());
        }
        let mut best: Option<(u8, &Entry)> = None;
        let mut asked = "";
        for n in of_kind() {
            let id = self.bytes.text(Section::Entries, n * ENTRY + 1);
            if id == asked {
                continue;
            }
            asked = id;
            let found = self.on(self.group(id), day);
            if let Some((worth, entry)) = found
                && best.is_none_or(|(least, _)| worth < least)
            {
                best = Some((worth, entry));
            }
        }
        best.map(|(_, entry)| entry)
    }

    /// Who held `office` (an id of `offices.tsv`) of a state or organisation on a day (as
    /// `2024-12-05`); on the day of a handover the new holder. `None` if the tables have a gap
    /// there.
    pub fn holder(&self, code: &str, office: &str, day: &str) -> Option<&Entry> {
        self.holders(code, office, day).last()
    }

    /// Everybody who held `office` on a day, in the order in which they took it.
    pub fn holders<'g>(
        &'g self,
        code: &str,
        office: &str,
        day: &str,
    ) -> impl Iterator<Item = &'g Entry> {
        let terms = self.bytes.rows(Section::Terms, 4);
        let key = |n: usize| {
            let at = self.bytes.u32(Section::Terms, n) as usize * ENTRY;
            let text = |cell: usize| self.bytes.text(Section::Entries, at + cell);
            (text(3), text(5))
        };
        let (mut low, mut high) = (0, terms);
        while low < high {
            let middle = low + (high - low) / 2;
            if key(middle) < (code, office) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        let held: Vec<&Entry> = (low..terms)
            .take_while(|n| key(*n) == (code, office))
            .filter_map(|n| self.entry(self.bytes.u32(Section::Terms, n) as usize))
            .filter(|e| e.holds(Some(day)))
            .collect();
        held.into_iter()
    }

    /// The place of `hit`, if it is one.
    pub fn place_of(&self, hit: Hit) -> Option<Place<'_>> {
        let n = (hit.0 as usize).checked_sub(self.entries.len())?;
        if n >= self.bytes.rows(Section::Places, PLACE * 4) {
            return None;
        }
        let number = |cell: usize| self.bytes.u32(Section::Places, n * PLACE + cell);
        let text = |cell: usize| self.bytes.text(Section::Places, n * PLACE + cell);
        let degrees = |cell: usize| {
            let value = i32::from_ne_bytes(number(cell).to_ne_bytes());
            (value != i32::MIN).then(|| f64::from(value) / 1e5)
        };
        let kind = PlaceKind::ALL
            .get(number(7) as usize)
            .map_or(PlaceKind::Place, |(kind, _)| *kind);
        Some(Place {
            name: text(0),
            country: text(1),
            admin1: text(2),
            geonames: Some(number(3)).filter(|n| *n != 0),
            point: degrees(4).zip(degrees(5)),
            population: u64::from(number(6)),
            precision: kind.precision(),
            kind,
            source: text(8),
        })
    }

    fn outlet(&self, n: usize) -> Outlet<'_> {
        let text = |cell: usize| self.bytes.text(Section::Outlets, n * OUTLET + cell);
        Outlet {
            domain: text(0),
            name: text(1),
            language: text(2),
            country: text(3),
            family: text(4),
        }
    }

    /// The outlet of a domain in any case, or of the domain that it is a part of.
    pub fn outlet_of_domain(&self, domain: &str) -> Option<Outlet<'_>> {
        let domain = domain.to_lowercase();
        let mut rest = domain.as_str();
        let rows = self.bytes.rows(Section::Domains, 4);
        let row = |n: usize| self.bytes.u32(Section::Domains, n) as usize;
        loop {
            let found = search(rows, |n| {
                self.bytes.text(Section::Outlets, row(n) * OUTLET).cmp(rest)
            });
            if let Some(n) = found {
                return Some(self.outlet(row(n)));
            }
            rest = rest.split_once('.')?.1;
        }
    }

    /// The outlet of a name or alias in any case; of several domains the first of the table.
    pub fn outlet_named(&self, name: &str) -> Option<Outlet<'_>> {
        let hash = NameHash::of_text(&name.to_lowercase());
        let rows = self.bytes.rows(Section::OutletNames, 16);
        let at = |n: usize| self.bytes.u64(Section::OutletNames, n);
        let n = search(rows, |n| at(2 * n).cmp(&hash))?;
        let outlet = usize::try_from(at(2 * n + 1)).ok()?;
        let known = outlet < self.bytes.rows(Section::Outlets, OUTLET * 4);
        known.then(|| self.outlet(outlet))
    }

    /// True for the name of an outlet, as printed.
    pub fn is_outlet(&self, name: &str) -> bool {
        self.has(Section::Printed, NameHash::of_text(name))
    }

    /// True for the name, in any case, of a state, of a part of one or of a water, but of no
    /// populated place: what follows a place in datelines.
    pub fn is_region(&self, name: &str) -> bool {
        self.has(Section::Regions, NameHash::of_text(&name.to_lowercase()))
    }

    fn has(&self, section: Section, hash: u64) -> bool {
        let rows = self.bytes.rows(section, 8);
        search(rows, |n| self.bytes.u64(section, n).cmp(&hash)).is_some()
    }

    /// True for an atlas that lies in the program itself; false for one of tables of a user.
    pub fn is_built_in(&self) -> bool {
        self.bytes.is_static()
    }

    /// The first eight hexadecimal digits of the checksum: other rows, another mark.
    pub fn mark(&self) -> String {
        let bytes = self.bytes.checksum().iter().take(4);
        bytes.map(|b| format!("{b:02x}")).collect()
    }

    /// Bytes of the compiled form, and how many of them are for finding names.
    pub fn size(&self) -> (usize, usize) {
        let index = [
            Section::Names,
            Section::Starts,
            Section::Rows,
            Section::Buckets,
        ];
        let bytes = |section: &Section| self.bytes.rows(*section, 1);
        (self.bytes.len(), index.iter().map(bytes).sum())
    }
}

/// The row among `rows` sorted ones that `compare` finds equal.
fn search(rows: usize, compare: impl Fn(usize) -> std::cmp::Ordering) -> Option<usize> {
    let (mut low, mut high) = (0, rows);
    while low < high {
        let middle = low + (high - low) / 2;
        match compare(middle) {
            std::cmp::Ordering::Less => low = middle + 1,
            std::cmp::Ordering::Equal => return Some(middle),
            std::cmp::Ordering::Greater => high = middle,
        }
    }
    None
}

#[cfg(test)]
mod tests;
