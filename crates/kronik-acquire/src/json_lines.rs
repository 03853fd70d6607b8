//! One JSON object a line, read as they are asked for.

use std::io::{BufRead, BufReader, Read};

use kronik_article::{Decoded, Document, decode};
use serde_json::Value;

use crate::container::Bytes;
use crate::options::Field;
use crate::{Failure, LARGEST};

/// The longest line that is kept: a text may be written with escapes of six bytes a letter.
const LONGEST: usize = LARGEST * 6;

/// The documents of a stream of lines.
pub(crate) struct JsonLines {
    source: String,
    stream: BufReader<Bytes>,
    line: usize,
    ended: bool,
    found: bool,
}

impl JsonLines {
    pub fn new(source: &str, stream: Bytes) -> JsonLines {
        JsonLines {
            source: source.to_string(),
            stream: BufReader::new(stream),
            line: 0,
            ended: false,
            found: false,
        }
    }

    /// The next line without its break; an empty one where a line was too long to keep.
    fn line(&mut self) -> std::io::Result<Option<(Vec<u8>, bool)>> {
        let mut bytes = Vec::new();
        let read = self
            .stream
            .by_ref()
            .take(LONGEST as u64)
            .read_until(b'\n', &mut bytes)?;
        if read == 0 {
            return Ok(None);
        }
        self.line += 1;
        let too_long = read == LONGEST && bytes.last() != Some(&b'\n');
        if too_long {
            bytes.clear();
            loop {
                let chunk = self.stream.fill_buf()?;
                let at = chunk.iter().position(|b| *b == b'\n');
                let used = at.map_or(chunk.len(), |a| a + 1);
                if used == 0 {
                    break;
                }
                self.stream.consume(used);
                if at.is_some() {
                    break;
                }
            }
        }
        Ok(Some((bytes, too_long)))
    }
}

impl Iterator for JsonLines {
    type Item = Result<Document, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.ended {
            match self.line() {
                Err(error) => {
                    self.ended = true;
                    return Some(Err(Failure::of_system(&self.source, &error)));
                }
                Ok(None) => {
                    self.ended = true;
                    return (!self.found).then(|| Err(Failure::empty(&self.source)));
                }
                Ok(Some((_, true))) => {
                    self.found = true;
                    return Some(Err(Failure::too_large(&self.source).at(self.line)));
                }
                Ok(Some((bytes, false))) => {
                    if bytes.iter().all(u8::is_ascii_whitespace) {
                        continue;
                    }
                    self.found = true;
                    let read = document(&self.source, self.line, bytes);
                    return Some(read.map_err(|f| f.at(self.line)));
                }
            }
        }
        None
    }
}

fn document(source: &str, line: usize, bytes: Vec<u8>) -> Result<Document, Failure> {
    let Decoded { text, oddities, .. } = decode(bytes);
    let text = text.trim_start_matches('\u{feff}');
    let value: Value = serde_json::from_str(text).map_err(|error| {
        let message = format!("This line is no JSON: {}.", reason(&error));
        Failure::new(source, message, "Write one whole JSON object a line.")
    })?;
    let Value::Object(mut object) = value else {
        return Err(Failure::new(
            source,
            "This line is JSON, but no object.",
            "Write {\"text\": …} with the document's own fields.",
        ));
    };
    let mut document = Document {
        source: format!("{source}:{line}"),
        oddities,
        ..Document::default()
    };
    for field in Field::ALL {
        let value = match object.remove(field.name()) {
            None | Some(Value::Null) => continue,
            Some(Value::String(value)) => value,
            Some(Value::Number(value)) if field == Field::Id => value.to_string(),
            Some(_) => {
                let message = format!("The member '{}' is no string.", field.name());
                return Err(Failure::new(
                    source,
                    message,
                    "Write it in quotes, or leave it out.",
                ));
            }
        };
        field.put(&mut document, value);
    }
    checked(source, document)
}

/// The document, if it has a text of a size that is read.
pub(crate) fn checked(source: &str, document: Document) -> Result<Document, Failure> {
    match document.text.as_ref().or(document.html.as_ref()) {
        None => Err(Failure::new(
            source,
            "There is no text: 'text' and 'html' are both missing or empty.",
            "Give one of them, or leave this document out.",
        )),
        Some(text) if text.len() > LARGEST => Err(Failure::too_large(source)),
        Some(_) => Ok(document),
    }
}

/// What the parser says, without the line number of a text that is one line.
fn reason(error: &serde_json::Error) -> String {
    let said = error.to_string();
    let what = said.split(" at line ").next().unwrap_or(&said);
    format!("{what}, at column {}", error.column())
}
