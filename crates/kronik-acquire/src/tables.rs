//! CSV and TSV: one document a row, read as they are asked for.

use csv::{ByteRecord, Reader, ReaderBuilder};
use kronik_article::{Document, decode};

use crate::Failure;
use crate::container::{Bytes, separator};
use crate::json_lines::checked;
use crate::options::{Columns, Field};

/// The documents of a table.
pub(crate) struct Table {
    source: String,
    reader: Reader<Bytes>,
    /// Fields and the cells they stand in.
    fields: Vec<(Field, usize)>,
    width: usize,
    ended: bool,
}

impl Table {
    /// Reads the header; `start` is what the stream starts with.
    pub fn open(
        source: &str,
        start: &[u8],
        stream: Bytes,
        mark: Option<u8>,
        columns: &Columns,
    ) -> Result<Table, Failure> {
        let header = start.split(|b| *b == b'\n').next().unwrap_or_default();
        let mut reader = ReaderBuilder::new()
            .delimiter(mark.unwrap_or_else(|| separator(header)))
            .flexible(true)
            .from_reader(stream);
        let broken = |e: csv::Error| failed(source, e);
        let names: Vec<String> = reader
            .byte_headers()
            .map_err(broken)?
            .iter()
            .map(|cell| {
                decode(cell.to_vec())
                    .text
                    .trim()
                    .trim_start_matches('\u{feff}')
                    .to_string()
            })
            .collect();
        if names.iter().all(String::is_empty) {
            return Err(Failure::empty(source));
        }
        let has = format!("The header has: {}.", names.join(", "));
        let mut fields = Vec::new();
        for (field, column) in columns.iter() {
            let Some(at) = names.iter().position(|n| n == column) else {
                let message = format!(
                    "There is no column '{column}' for '{}'. {has}",
                    field.name()
                );
                let hint = "Name a column that is there, as in --columns text=body.";
                return Err(Failure::new(source, message, hint).at(1));
            };
            fields.push((field, at));
        }
        for field in Field::ALL.into_iter().filter(|f| columns.of(*f).is_none()) {
            if let Some(at) = names.iter().position(|n| n == field.name()) {
                fields.push((field, at));
            }
        }
        if !fields
            .iter()
            .any(|(f, _)| matches!(f, Field::Text | Field::Html))
        {
            let message = format!("No column is named 'text' or 'html'. {has}");
            let hint = "Say which column holds the text, as in --columns text=body.";
            return Err(Failure::new(source, message, hint).at(1));
        }
        let width = names.len();
        Ok(Table {
            source: source.to_string(),
            reader,
            fields,
            width,
            ended: false,
        })
    }

    fn document(&self, row: &ByteRecord, line: usize) -> Result<Document, Failure> {
        if row.len() != self.width {
            let message = format!("{} cells under a header of {}.", row.len(), self.width);
            let hint = "Put cells that hold separators or line breaks in double quotes.";
            return Err(Failure::new(&self.source, message, hint));
        }
        let source = format!("{}:{line}", self.source);
        let mut document = Document {
            source,
            ..Document::default()
        };
        for (field, at) in &self.fields {
            let read = decode(row.get(*at).unwrap_or_default().to_vec());
            for oddity in read.oddities {
                if !document.oddities.contains(&oddity) {
                    document.oddities.push(oddity);
                }
            }
            field.put(&mut document, read.text);
        }
        checked(&self.source, document)
    }
}

impl Iterator for Table {
    type Item = Result<Document, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let mut row = ByteRecord::new();
        match self.reader.read_byte_record(&mut row) {
            Ok(false) => {
                self.ended = true;
                None
            }
            Ok(true) => {
                let line = row.position().map_or(0, csv::Position::line);
                let line = usize::try_from(line).unwrap_or(usize::MAX);
                Some(self.document(&row, line).map_err(|f| f.at(line)))
            }
            Err(error) => {
                self.ended = true;
                Some(Err(failed(&self.source, error)))
            }
        }
    }
}

fn failed(source: &str, error: csv::Error) -> Failure {
    match error.kind() {
        csv::ErrorKind::Io(error) => Failure::of_system(source, error),
        _ => Failure::new(source, format!("This table cannot be read: {error}."), ""),
    }
}
