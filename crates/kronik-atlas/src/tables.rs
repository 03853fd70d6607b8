//! The tables of `atlas/` as they are written, each row with its place.

use kronik_record::table::{Row, Table};
use kronik_record::{Error, Files, Result};

use crate::day::is_time;

/// All tables. One that is not there is empty.
pub(crate) struct Tables {
    pub(crate) sources: Table,
    pub(crate) offices: Table,
    pub(crate) countries: Table,
    pub(crate) organisations: Table,
    pub(crate) persons: Table,
    pub(crate) leaders: Vec<Table>,
    pub(crate) places: Table,
    pub(crate) outlets: Table,
    pub(crate) ambiguous: Table,
}

/// Where the tables of terms lie.
const LEADERS: &str = "atlas/leaders/";

/// Columns of names in the table of countries.
pub(crate) const NAMES_OF_STATES: [&str; 3] = ["names_en", "names_id", "names_other"];

impl Tables {
    /// Reads all tables.
    ///
    /// # Errors
    /// The first of what is wrong with their form.
    pub(crate) fn load(files: &Files) -> Result<Tables> {
        let mut wrong = Vec::new();
        let tables = Tables::load_all(files, &mut wrong);
        match wrong.into_iter().next() {
            Some(error) => Err(error),
            None => Ok(tables),
        }
    }

    /// Reads all tables; one whose form is wrong is empty and adds to `wrong`.
    pub(crate) fn load_all(files: &Files, wrong: &mut Vec<Error>) -> Tables {
        let mut load = |path: &str, columns: &str| {
            let columns: Vec<&str> = columns.split(' ').collect();
            Table::load_optional(files, path, &columns).unwrap_or_else(|error| {
                wrong.push(error);
                Table::empty(path)
            })
        };
        let terms = "code office person name names from to";
        Tables {
            leaders: files
                .under(LEADERS)
                .filter(|path| path.ends_with(".tsv"))
                .map(|path| load(path, terms))
                .collect(),
            sources: load("atlas/sources.tsv", "id title licence url note"),
            offices: load("atlas/offices.tsv", "id sector seats"),
            countries: load(
                "atlas/countries.tsv",
                "code alpha2 name names_en names_id people_en capital seat",
            ),
            organisations: load(
                "atlas/organisations.tsv",
                "id code kind country sector name names",
            ),
            persons: load("atlas/persons.tsv", "id code sector name names"),
            places: load(
                "atlas/places.tsv",
                "name names country admin1 geonames lat lon population kind",
            ),
            outlets: load("atlas/outlets.tsv", "domain name language country aliases"),
            ambiguous: load("atlas/ambiguous.tsv", "name reason prefer"),
        }
    }

    /// True for the tables that a compiled atlas is made of.
    pub(crate) fn holds(path: &str) -> bool {
        path.strip_prefix("atlas/").is_some_and(|name| {
            path.starts_with(LEADERS)
                || matches!(
                    name.strip_suffix(".tsv"),
                    Some(
                        "sources"
                            | "offices"
                            | "countries"
                            | "organisations"
                            | "persons"
                            | "places"
                            | "outlets"
                            | "ambiguous"
                    )
                )
        })
    }

    /// Rows of terms of all tables of leaders.
    pub(crate) fn terms(&self) -> impl Iterator<Item = Row<'_>> {
        self.leaders.iter().flat_map(Table::rows)
    }

    /// All tables whose rows need a source.
    pub(crate) fn sourced(&self) -> impl Iterator<Item = &Table> {
        [
            &self.offices,
            &self.countries,
            &self.organisations,
            &self.persons,
        ]
        .into_iter()
        .chain(&self.leaders)
        .chain([&self.places, &self.outlets, &self.ambiguous])
    }
}

/// An error about one cell.
pub(crate) fn cell(row: &Row<'_>, column: &str, what_to_do: &str) -> Error {
    row.error(format!(
        "the cell '{column}' holds '{}': {what_to_do}",
        row.get(column)
    ))
}

/// A cell with a day, a month, a year or nothing.
pub(crate) fn time<'t>(row: &Row<'t>, column: &str) -> Result<&'t str> {
    let text = row.get(column);
    if text.is_empty() || is_time(text) {
        return Ok(text);
    }
    Err(cell(
        row,
        column,
        "write a day as 2024-10-01, a month as 2024-10, a year as 2024, or nothing where it is open",
    ))
}

/// A cell with a number or nothing.
pub(crate) fn number<T: std::str::FromStr>(
    row: &Row<'_>,
    column: &str,
    what_to_do: &str,
) -> Result<Option<T>> {
    match row.get(column) {
        "" => Ok(None),
        text => text
            .parse()
            .map(Some)
            .map_err(|_| cell(row, column, what_to_do)),
    }
}
