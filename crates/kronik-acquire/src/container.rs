//! What kind of file an input is: by its extension, or by how it starts.

use std::io::{Cursor, Read};
use std::path::Path;

use crate::options::{Field, Options};

/// What documents are kept in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Container {
    Text,
    Html,
    JsonLines,
    /// With its separator; `None` where the header tells.
    Table(Option<u8>),
}

/// The extensions that are read, for messages.
pub(crate) const KNOWN: &str = ".txt, .html, .htm, .jsonl, .ndjson, .csv and .tsv";
/// As many bytes as are looked at to tell what an input is.
const START: usize = 8192;

/// A stream of bytes that may be handed to another thread.
pub(crate) type Bytes = Box<dyn Read + Send>;

impl Container {
    /// By extension; `None` if it is another or there is none.
    pub fn of_path(path: &Path) -> Option<Container> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        Some(match extension.as_str() {
            "txt" => Container::Text,
            "html" | "htm" => Container::Html,
            "jsonl" | "ndjson" => Container::JsonLines,
            "csv" => Container::Table(None),
            "tsv" => Container::Table(Some(b'\t')),
            _ => return None,
        })
    }

    /// By how the input starts.
    pub fn of_start(start: &[u8], options: &Options) -> Container {
        let text = String::from_utf8_lossy(start);
        let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        if text.starts_with('{') {
            return Container::JsonLines;
        }
        if text.starts_with('<') {
            return Container::Html;
        }
        let header = text.lines().next().unwrap_or("");
        let separator = separator(header.as_bytes());
        let cells = header
            .split(char::from(separator))
            .map(|c| c.trim().trim_matches('"'));
        let names = |field: Field| {
            let name = options.columns.of(field).unwrap_or(field.name());
            cells.clone().any(|c| c == name)
        };
        let is_header = cells.clone().count() >= 2 && (names(Field::Text) || names(Field::Html));
        // whoever names columns has a table, also where its header lacks them
        if is_header || !options.columns.is_empty() {
            return Container::Table(None);
        }
        Container::Text
    }
}

/// The separator that a table's header uses most, a comma where nothing tells.
pub(crate) fn separator(header: &[u8]) -> u8 {
    let count = |mark: u8| {
        let mut quoted = false;
        let outside = header.iter().filter(|b| {
            quoted ^= **b == b'"';
            !quoted && **b == mark
        });
        outside.count()
    };
    let mut best = b',';
    for mark in [b';', b'\t'] {
        if count(mark) > count(best) {
            best = mark;
        }
    }
    best
}

/// The first bytes of a stream, and the stream with them put back.
///
/// # Errors
/// When the stream cannot be read.
pub(crate) fn peek(mut stream: Bytes) -> std::io::Result<(Vec<u8>, Bytes)> {
    let mut start = Vec::with_capacity(START);
    stream.by_ref().take(START as u64).read_to_end(&mut start)?;
    let whole: Bytes = Box::new(Cursor::new(start.clone()).chain(stream));
    Ok((start, whole))
}

/// True if the bytes start with a byte order mark of UTF-16.
pub(crate) fn is_utf16(start: &[u8]) -> bool {
    start.starts_with(&[0xFF, 0xFE]) || start.starts_with(&[0xFE, 0xFF])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inputs_without_a_name_are_told_by_how_they_start() {
        let check = |start: &str, columns: &str, expected: Container| {
            let options = Options {
                columns: columns.parse().unwrap(),
                ..Options::default()
            };
            assert_eq!(
                Container::of_start(start.as_bytes(), &options),
                expected,
                "{start}"
            );
        };
        check("\u{feff} {\"text\": \"x\"}\n", "", Container::JsonLines);
        check("<!doctype html><p>", "", Container::Html);
        check("id,text\n1,x\n", "", Container::Table(None));
        check("id;\"text\"\n1;x\n", "", Container::Table(None));
        check("id,body\n1,x\n", "", Container::Text);
        check("id,body\n1,x\n", "text=body", Container::Table(None));
        check("The text, in full\n", "", Container::Text);
        check("", "", Container::Text);
    }

    #[test]
    fn separators_inside_quotes_do_not_count() {
        assert_eq!(separator(b"\"a;b;c\",d"), b',');
        assert_eq!(separator(b"a;b,c;d"), b';');
        assert_eq!(separator(b"a"), b',');
    }
}
