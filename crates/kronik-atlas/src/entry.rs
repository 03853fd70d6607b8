//! Rows of the atlas as they are handed out.

use kronik_record::EntityRef;

use crate::day::within;

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

impl EntryKind {
    pub(crate) const ALL: [EntryKind; 7] = [
        EntryKind::Country,
        EntryKind::People,
        EntryKind::Seat,
        EntryKind::Capital,
        EntryKind::Organisation,
        EntryKind::Person,
        EntryKind::Place,
    ];
}

/// A row of the atlas, other than a place: a state under one of its guises, a body, or what a
/// person was for a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What it is.
    pub kind: EntryKind,
    /// Its id and usual English name.
    pub entity: EntityRef,
    /// Actor code.
    pub code: String,
    /// PLOVER role.
    pub sector: Option<String>,
    /// The office of a person's term, an id of `offices.tsv`.
    pub office: Option<String>,
    /// First and last time the row holds, as written (`2024-10`), empty where open.
    pub from: String,
    /// See [`Entry::from`].
    pub to: String,
    /// ISO alpha-3 of the state where an organisation sits or acts.
    pub country: Option<String>,
    /// What kind of organisation (`IGO`, `armed group`, …).
    pub form: Option<String>,
    /// Wikidata id of a person, where known.
    pub wikidata: Option<String>,
    /// Where the row comes from, an id of `sources.tsv`.
    pub source: String,
}

impl Entry {
    /// True if the row holds on `day` (as `2024-12-05`); always for an unknown day.
    pub fn holds(&self, day: Option<&str>) -> bool {
        day.is_none_or(|day| within(&self.from, &self.to, day))
    }
}

/// What kind of place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PlaceKind {
    /// A populated place.
    Place,
    /// A first-order division of a state.
    Division,
    /// A region of one or more states without a border of its own.
    Region,
    /// A sea, strait, river or lake.
    Water,
    /// An area larger than a state.
    Area,
}

impl PlaceKind {
    pub(crate) const ALL: [(PlaceKind, &'static str); 5] = [
        (PlaceKind::Place, "place"),
        (PlaceKind::Division, "division"),
        (PlaceKind::Region, "region"),
        (PlaceKind::Water, "water"),
        (PlaceKind::Area, "area"),
    ];

    /// UCDP `where_prec` of a deed that is known to have happened there: 1 exact, 4 a first-order
    /// division, 7 a water or an area beyond one state.
    pub fn precision(self) -> u8 {
        match self {
            PlaceKind::Place => 1,
            PlaceKind::Division | PlaceKind::Region => 4,
            PlaceKind::Water | PlaceKind::Area => 7,
        }
    }
}

/// A place of the atlas.
#[derive(Debug, Clone, PartialEq)]
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
    /// What kind of place.
    pub kind: PlaceKind,
    /// Where the row comes from, an id of `sources.tsv`.
    pub source: &'g str,
}

/// A state or territory and what other code lists call it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Country<'g> {
    /// ISO alpha-3.
    pub code: &'g str,
    /// ISO alpha-2.
    pub alpha2: &'g str,
    /// Usual English name.
    pub name: &'g str,
    /// FIPS 10-4 (as GDELT prints it).
    pub fips: Option<&'g str>,
    /// Number of the Correlates of War project.
    pub cow: Option<u16>,
    /// Number of Gleditsch and Ward.
    pub gw: Option<u16>,
}

/// A newspaper, broadcaster or agency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outlet<'g> {
    /// The domain it publishes at.
    pub domain: &'g str,
    /// Its name as readers know it.
    pub name: &'g str,
    /// ISO 639-1 of the language it mostly prints.
    pub language: &'g str,
    /// ISO alpha-3 of its seat.
    pub country: &'g str,
    /// The publishing house it belongs to; empty where it stands alone.
    pub family: &'g str,
}
