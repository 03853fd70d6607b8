//! All inputs of a run, one document after another.

use std::collections::VecDeque;
use std::fs::File;
use std::io::Cursor;
use std::path::Path;

use kronik_article::Document;

use crate::container::{Bytes, Container, KNOWN, is_utf16, peek};
use crate::json_lines::JsonLines;
use crate::tables::Table;
use crate::walk::{Item, entries, items};
use crate::{Failure, Options, single};

/// The largest table or file of lines in UTF-16, which is not read piece by piece, in bytes.
const LARGEST_WIDE: usize = 256 << 20;

type Documents = Box<dyn Iterator<Item = Result<Document, Failure>> + Send>;

/// The documents of the inputs, in their order; see [`inputs`].
pub struct Inputs {
    items: VecDeque<Item>,
    options: Options,
    current: Option<Documents>,
    standard_input: Option<Bytes>,
    /// The folder the user named that is being walked, while nothing was found in it, and how
    /// many items stood behind it.
    barren: Option<(String, usize)>,
}

/// The documents of the inputs named by `arguments`: files, folders (read recursively), globs, and
/// `-` for standard input. Named inputs keep their order; folders and globs go by path. What
/// cannot be read comes as a [`Failure`] in its place, and the rest follows.
///
/// Files are opened as they are asked for; files of many documents are read piece by piece.
pub fn inputs(arguments: &[String], options: &Options) -> Inputs {
    inputs_from(arguments, options, std::io::stdin())
}

/// The same as [`inputs`] with another stream in place of standard input.
pub fn inputs_from(
    arguments: &[String],
    options: &Options,
    standard_input: impl std::io::Read + Send + 'static,
) -> Inputs {
    Inputs {
        items: arguments.iter().flat_map(|a| items(a)).collect(),
        options: options.clone(),
        current: None,
        standard_input: Some(Box::new(standard_input)),
        barren: None,
    }
}

impl Iterator for Inputs {
    type Item = Result<Document, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(read) = self.current.as_mut().and_then(Iterator::next) {
                return Some(read.map(|mut document| {
                    self.options.lay_over(&mut document);
                    document
                }));
            }
            self.current = None;
            if let Some(failure) = self.nothing_in_folder() {
                return Some(Err(failure));
            }
            match self.items.pop_front()? {
                Item::Failed(failure) => return Some(Err(failure)),
                Item::Folder { path, named } => match entries(&path) {
                    Ok(entries) => {
                        if named {
                            self.barren = Some((path.display().to_string(), self.items.len()));
                        }
                        entries
                            .into_iter()
                            .rev()
                            .for_each(|e| self.items.push_front(e));
                    }
                    Err(error) => {
                        self.barren = None;
                        let failure = Failure::of_system(&path.display().to_string(), &error);
                        return Some(Err(failure));
                    }
                },
                Item::File { path, named } => {
                    self.barren = None;
                    match open(&path, named, &self.options) {
                        Ok(documents) => self.current = Some(documents),
                        Err(failure) => return Some(Err(failure)),
                    }
                }
                Item::StandardInput => {
                    let Some(stream) = self.standard_input.take() else {
                        let message = "Standard input was read already.";
                        return Some(Err(Failure::new("-", message, "Give '-' once.")));
                    };
                    match documents("-", stream, None, &self.options) {
                        Ok(documents) => self.current = Some(documents),
                        Err(failure) => return Some(Err(failure)),
                    }
                }
            }
        }
    }
}

impl Inputs {
    /// A failure if the walk of a folder came to its end without a file.
    fn nothing_in_folder(&mut self) -> Option<Failure> {
        let (folder, _) = self
            .barren
            .take_if(|(_, behind)| self.items.len() == *behind)?;
        let message = "No file of a kind that is read stands in this folder.";
        Some(Failure::new(
            &folder,
            message,
            &format!("Kinds that are read: {KNOWN}."),
        ))
    }
}

fn open(path: &Path, named: bool, options: &Options) -> Result<Documents, Failure> {
    let source = path.display().to_string();
    let container = Container::of_path(path);
    if container.is_none() && named && path.extension().is_some() {
        return Err(Failure::new(
            &source,
            "Files of this kind are not read.",
            &format!("Kinds that are read: {KNOWN}. Others can be given on standard input ('-')."),
        ));
    }
    let file = File::open(path).map_err(|e| Failure::of_system(&source, &e))?;
    documents(&source, Box::new(file), container, options)
}

/// The documents of one stream; what it holds is told by how it starts where `container` is
/// `None`.
fn documents(
    source: &str,
    stream: Bytes,
    container: Option<Container>,
    options: &Options,
) -> Result<Documents, Failure> {
    let (start, stream) = peek(stream).map_err(|e| Failure::of_system(source, &e))?;
    if start.is_empty() {
        return Err(Failure::empty(source));
    }
    if start.contains(&0) && !is_utf16(&start) {
        return Err(Failure::binary(source));
    }
    let container = container.unwrap_or_else(|| Container::of_start(&start, options));
    let one = |read: Result<Document, Failure>| -> Documents { Box::new(std::iter::once(read)) };
    Ok(match container {
        Container::Text => one(single::read(source, stream, false)),
        Container::Html => one(single::read(source, stream, true)),
        Container::JsonLines => {
            let (_, stream) = narrow(source, start, stream)?;
            Box::new(JsonLines::new(source, stream))
        }
        Container::Table(mark) => {
            let (start, stream) = narrow(source, start, stream)?;
            Box::new(Table::open(source, &start, stream, mark, &options.columns)?)
        }
    })
}

/// A stream of UTF-16 as UTF-8.
fn narrow(source: &str, start: Vec<u8>, stream: Bytes) -> Result<(Vec<u8>, Bytes), Failure> {
    if !is_utf16(&start) {
        return Ok((start, stream));
    }
    let text = single::whole(source, stream, LARGEST_WIDE)?.text;
    let start = text.bytes().take(start.len()).collect();
    Ok((start, Box::new(Cursor::new(text.into_bytes()))))
}
