//! The compiled form: sections of fixed-size rows and one heap of strings, little-endian.
//!
//! ```text
//! magic 8 | version 4 | sections 4 | BLAKE3 of all that follows 32 | (start 4, length 4) each | sections
//! ```
//!
//! Nothing is copied when it is opened, and nothing is trusted: every read is a checked one, and
//! a row or string that is not there reads as empty. The checksum finds damage; the checks keep
//! even bytes with a right checksum from harm.

use std::borrow::Cow;
use std::collections::HashMap;

use kronik_record::{Error, Result};

const MAGIC: &[u8; 8] = b"KRNATLAS";
/// Goes up whenever a row changes.
const VERSION: u32 = 1;
const HEAD: usize = 48;
const COUNT: usize = Section::ALL.len();

/// A part of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Section {
    /// Length (two bytes) and bytes of each string; the first is the empty one.
    Strings,
    /// One row an [`crate::Entry`].
    Entries,
    /// Entries of one id: id, first entry, number; in the order of ids.
    Groups,
    /// Entries that are terms of an office, by code, office and beginning.
    Terms,
    /// One row a place.
    Places,
    /// Hashes of names and of the beginnings of names, rising.
    Names,
    /// Where the rows of a name start in [`Section::Rows`]; one more than names.
    Starts,
    /// What names stand for: entries, then places.
    Rows,
    /// Where the names start whose hash begins with these 16 bits; one more than there are.
    Buckets,
    /// Rows of states in the order of codes.
    Countries,
    /// Rows of outlets in the order of the table.
    Outlets,
    /// Outlets in the order of domains.
    Domains,
    /// Hash of a name in lower case, and the outlet; rising.
    OutletNames,
    /// Hashes of outlets' names as printed, rising.
    Printed,
    /// Hashes of names of states and of larger parts of them in lower case, rising.
    Regions,
}

impl Section {
    const ALL: [Section; 15] = [
        Section::Strings,
        Section::Entries,
        Section::Groups,
        Section::Terms,
        Section::Places,
        Section::Names,
        Section::Starts,
        Section::Rows,
        Section::Buckets,
        Section::Countries,
        Section::Outlets,
        Section::Domains,
        Section::OutletNames,
        Section::Printed,
        Section::Regions,
    ];
}

/// Sections while they are written.
pub(crate) struct Writer {
    sections: Vec<Vec<u8>>,
    known: HashMap<String, u32>,
}

impl Writer {
    pub(crate) fn new() -> Writer {
        let mut writer = Writer {
            sections: vec![Vec::new(); COUNT],
            known: HashMap::new(),
        };
        writer.string("");
        writer
    }

    pub(crate) fn u32(&mut self, section: Section, value: u32) {
        self.sections[section as usize].extend_from_slice(&value.to_le_bytes());
    }

    pub(crate) fn u64(&mut self, section: Section, value: u64) {
        self.sections[section as usize].extend_from_slice(&value.to_le_bytes());
    }

    /// Writes where the string lies, which is put into the heap once. What is beyond 65,535 bytes
    /// is cut off.
    pub(crate) fn text(&mut self, section: Section, text: &str) {
        let at = self.string(text);
        self.u32(section, at);
    }

    fn string(&mut self, text: &str) -> u32 {
        if let Some(at) = self.known.get(text) {
            return *at;
        }
        let heap = &mut self.sections[Section::Strings as usize];
        let at = narrow(heap.len());
        let mut end = text.len().min(usize::from(u16::MAX));
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let bytes = &text.as_bytes()[..end];
        let len = u16::try_from(bytes.len()).unwrap_or(u16::MAX);
        heap.extend_from_slice(&len.to_le_bytes());
        heap.extend_from_slice(bytes);
        self.known.insert(text.to_string(), at);
        at
    }

    pub(crate) fn finish(self) -> Vec<u8> {
        let mut body = Vec::new();
        let mut start = HEAD + COUNT * 8;
        for section in &self.sections {
            body.extend_from_slice(&narrow(start).to_le_bytes());
            body.extend_from_slice(&narrow(section.len()).to_le_bytes());
            start += section.len();
        }
        for section in &self.sections {
            body.extend_from_slice(section);
        }
        let mut bytes = Vec::with_capacity(HEAD + body.len());
        bytes.extend_from_slice(MAGIC);
        bytes.extend_from_slice(&VERSION.to_le_bytes());
        bytes.extend_from_slice(&narrow(COUNT).to_le_bytes());
        bytes.extend_from_slice(blake3::hash(&body).as_bytes());
        bytes.extend_from_slice(&body);
        bytes
    }
}

/// The tables would have to hold four thousand million rows to be cut here.
pub(crate) fn narrow(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// A compiled atlas.
#[derive(Debug)]
pub(crate) struct Bytes {
    bytes: Cow<'static, [u8]>,
    spans: [(usize, usize); COUNT],
}

impl Bytes {
    pub(crate) fn open(bytes: Cow<'static, [u8]>, path: &str) -> Result<Bytes> {
        let wrong = |what: &str| {
            Err(Error::file(
                path,
                format!("{what}; build it anew from the tables"),
            ))
        };
        let word = |at: usize| {
            let four = bytes.get(at..at + 4)?;
            Some(u32::from_le_bytes(four.try_into().ok()?) as usize)
        };
        if bytes.get(..8) != Some(MAGIC) {
            return wrong("this is no compiled atlas");
        }
        if word(8) != Some(VERSION as usize) || word(12) != Some(COUNT) {
            return wrong("this atlas was compiled by another version");
        }
        let (Some(told), Some(body)) = (bytes.get(16..HEAD), bytes.get(HEAD..)) else {
            return wrong("this atlas is cut off");
        };
        if told != blake3::hash(body).as_bytes() {
            return wrong("this atlas is damaged: its checksum is wrong");
        }
        Bytes::unchecked(bytes, path)
    }

    /// Without a look at the checksum.
    fn unchecked(bytes: Cow<'static, [u8]>, path: &str) -> Result<Bytes> {
        let mut spans = [(0, 0); COUNT];
        for (n, span) in spans.iter_mut().enumerate() {
            let word = |at: usize| {
                let four = bytes.get(at..at + 4)?;
                Some(u32::from_le_bytes(four.try_into().ok()?) as usize)
            };
            let at = HEAD + n * 8;
            *span = word(at)
                .zip(word(at + 4))
                .and_then(|(start, len)| Some((start, start.checked_add(len)?)))
                .filter(|(start, end)| bytes.get(*start..*end).is_some())
                .ok_or_else(|| {
                    Error::file(
                        path,
                        "this atlas is damaged: a section lies outside; build it anew from the tables",
                    )
                })?;
        }
        Ok(Bytes { bytes, spans })
    }

    #[cfg(test)]
    pub(crate) fn open_unchecked(bytes: Cow<'static, [u8]>) -> Result<Bytes> {
        Bytes::unchecked(bytes, "test")
    }

    fn section(&self, section: Section) -> &[u8] {
        let (start, end) = self.spans[section as usize];
        self.bytes.get(start..end).unwrap_or_default()
    }

    /// Number of rows of `size` bytes.
    pub(crate) fn rows(&self, section: Section, size: usize) -> usize {
        self.section(section).len() / size
    }

    /// The `n`th number of four bytes; 0 if there is none.
    pub(crate) fn u32(&self, section: Section, n: usize) -> u32 {
        n.checked_mul(4)
            .and_then(|at| self.section(section).get(at..)?.first_chunk())
            .map_or(0, |four| u32::from_le_bytes(*four))
    }

    /// The `n`th number of eight bytes; 0 if there is none.
    pub(crate) fn u64(&self, section: Section, n: usize) -> u64 {
        n.checked_mul(8)
            .and_then(|at| self.section(section).get(at..)?.first_chunk())
            .map_or(0, |eight| u64::from_le_bytes(*eight))
    }

    /// The string that the `n`th number of `section` leads to; empty if there is none.
    pub(crate) fn text(&self, section: Section, n: usize) -> &str {
        let heap = self.section(Section::Strings);
        let read = || {
            let tail = heap.get(self.u32(section, n) as usize..)?;
            let (len, tail) = tail.split_first_chunk::<2>()?;
            let bytes = tail.get(..usize::from(u16::from_le_bytes(*len)))?;
            std::str::from_utf8(bytes).ok()
        };
        read().unwrap_or("")
    }

    /// True for bytes that are part of the program.
    pub(crate) fn is_static(&self) -> bool {
        matches!(self.bytes, Cow::Borrowed(_))
    }

    /// What the file says of itself.
    pub(crate) fn checksum(&self) -> &[u8] {
        self.bytes.get(16..HEAD).unwrap_or_default()
    }

    /// All bytes.
    pub(crate) fn len(&self) -> usize {
        self.bytes.len()
    }
}
