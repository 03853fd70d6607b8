//! The one format of all word lists: tab-separated rows under a header row.
//!
//! A person edits these files, so the reader is strict and its messages are exact: every column
//! a stage asks for must be named in the header, a row may not have more cells than the header,
//! missing cells at the end are empty, `#` at the start of a line is a comment, blank lines are
//! skipped, cells are trimmed.

use std::collections::HashMap;

use crate::{Error, Files, Result};

/// A table that was read.
#[derive(Debug, Clone)]
pub struct Table {
    path: String,
    columns: HashMap<String, usize>,
    rows: Vec<(usize, Vec<String>)>,
}

/// One row, with the place it came from.
#[derive(Debug, Clone, Copy)]
pub struct Row<'t> {
    table: &'t Table,
    line: usize,
    cells: &'t [String],
}

impl Table {
    /// Reads `path` from `files`.
    ///
    /// # Errors
    /// When the file is missing, has no header, lacks one of `needed`, or a row is too long.
    pub fn load(files: &Files, path: &str, needed: &[&str]) -> Result<Table> {
        Table::parse(path, files.need(path)?, needed)
    }

    /// Reads `path` if it exists; an absent file is an empty table.
    ///
    /// # Errors
    /// As [`Table::load`], for a file that is there.
    pub fn load_optional(files: &Files, path: &str, needed: &[&str]) -> Result<Table> {
        match files.get(path) {
            Some(text) => Table::parse(path, text, needed),
            None => Ok(Table::empty(path)),
        }
    }

    /// A table without rows, called `path` in messages.
    pub fn empty(path: &str) -> Table {
        Table {
            path: path.to_string(),
            columns: HashMap::new(),
            rows: Vec::new(),
        }
    }

    /// Reads the text of a table; `path` is for messages.
    ///
    /// # Errors
    /// As [`Table::load`].
    pub fn parse(path: &str, text: &str, needed: &[&str]) -> Result<Table> {
        let mut lines = text
            .lines()
            .enumerate()
            .map(|(n, line)| (n + 1, line.trim_end_matches('\r')))
            .filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
        let (_, header) = lines
            .next()
            .ok_or_else(|| Error::file(path, "the table has no header row"))?;
        let columns: HashMap<String, usize> = header
            .split('\t')
            .enumerate()
            .map(|(i, c)| (c.trim().to_string(), i))
            .collect();
        if let Some(missing) = needed.iter().find(|c| !columns.contains_key(**c)) {
            return Err(Error::file(
                path,
                format!("the header has no column '{missing}'"),
            ));
        }
        let mut rows = Vec::new();
        for (line, text) in lines {
            let cells: Vec<String> = text.split('\t').map(|c| c.trim().to_string()).collect();
            if cells.len() > columns.len() {
                let message = format!(
                    "{} cells in a table of {} columns; is a tab too many?",
                    cells.len(),
                    columns.len()
                );
                return Err(Error::line(path, line, message));
            }
            rows.push((line, cells));
        }
        Ok(Table {
            path: path.to_string(),
            columns,
            rows,
        })
    }

    /// The file's path.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// True if the header names the column.
    pub fn has_column(&self, column: &str) -> bool {
        self.columns.contains_key(column)
    }

    /// The rows in the order of the file.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|(line, cells)| Row {
            table: self,
            line: *line,
            cells,
        })
    }

    /// The number of rows.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// True for a table without rows.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

impl<'t> Row<'t> {
    /// The cell under `column`; empty if the row ends before it or there is no such column.
    pub fn get(&self, column: &str) -> &'t str {
        self.table
            .columns
            .get(column)
            .and_then(|i| self.cells.get(*i))
            .map_or("", |c| c.as_str())
    }

    /// The cell under `column` split at `|`, empty pieces left out.
    pub fn list(&self, column: &str) -> impl Iterator<Item = &'t str> {
        self.get(column)
            .split('|')
            .map(str::trim)
            .filter(|c| !c.is_empty())
    }

    /// The line in the file, from 1.
    pub fn line(&self) -> usize {
        self.line
    }

    /// The cell under `column`, which may not be empty.
    ///
    /// # Errors
    /// When it is empty.
    pub fn need(&self, column: &str) -> Result<&'t str> {
        match self.get(column) {
            "" => Err(self.error(format!("the cell '{column}' is empty"))),
            cell => Ok(cell),
        }
    }

    /// An error about this row.
    pub fn error(&self, message: impl Into<String>) -> Error {
        Error::line(&self.table.path, self.line, message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_read_by_column_name() {
        let table = Table::parse(
            "t.tsv",
            "# note\nword\tclass\n\nkata\tVERB\nbahwa\n",
            &["word"],
        )
        .unwrap();
        let rows: Vec<_> = table
            .rows()
            .map(|r| (r.get("word"), r.get("class")))
            .collect();
        assert_eq!(rows, [("kata", "VERB"), ("bahwa", "")]);
    }

    #[test]
    fn messages_name_file_and_line() {
        let error = Table::parse("t.tsv", "word\na\tb\n", &["word"]).unwrap_err();
        assert_eq!(
            error.to_string(),
            "t.tsv:2: 2 cells in a table of 1 columns; is a tab too many?"
        );
        let error = Table::parse("t.tsv", "word\n", &["class"]).unwrap_err();
        assert_eq!(error.to_string(), "t.tsv: the header has no column 'class'");
    }
}
