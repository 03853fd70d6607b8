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
    pub(crate) fn load(files: &Files) -> Result<Tables> {
        let load = |name: &str, columns: &str| {
            let columns: Vec<&str> = columns.split(' ').collect();
            Table::load_optional(files, &format!("atlas/{name}.tsv"), &columns)
        };
        let mut leaders = Vec::new();
        for path in files.under(LEADERS).filter(|p| p.ends_with(".tsv")) {
            let columns = ["code", "office", "person", "name", "names", "from", "to"];
            leaders.push(Table::load(files, path, &columns)?);
        }
        Ok(Tables {
            sources: load("sources", "id title licence url note")?,
            offices: load("offices", "id sector seats")?,
            countries: load(
                "countries",
                "code alpha2 name names_en names_id people_en capital seat",
            )?,
            organisations: load("organisations", "id code kind country sector name names")?,
            persons: load("persons", "id code sector name names")?,
            leaders,
            places: load(
                "places",
                "name names country admin1 geonames lat lon population kind",
            )?,
            outlets: load("outlets", "domain name language country aliases")?,
            ambiguous: load("ambiguous", "name reason prefer")?,
        })
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
