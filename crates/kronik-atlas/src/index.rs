//! Names on their way into the compiled form.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::format::{Section, Writer};
use crate::names::{NameHash, plain, words_of};

/// What each name stands for, and the beginnings of names: where even a beginning is missing, a
/// search need not look further.
#[derive(Default)]
pub(crate) struct Index {
    rows: Vec<(u64, u32)>,
    beginnings: Vec<u64>,
    /// Rows that keep a name, of the rows below a bound.
    rules: BTreeMap<u64, (Range<u32>, u32)>,
}

impl Index {
    /// `row` is called by this name, in all its forms.
    pub(crate) fn add(&mut self, name: &str, row: u32) {
        for form in forms(name) {
            let mut hash = NameHash::new();
            let mut words = words_of(&form).peekable();
            if words.peek().is_none() {
                continue;
            }
            while let Some((_, word)) = words.next() {
                hash.add(word);
                if words.peek().is_some() {
                    self.beginnings.push(hash.finish());
                }
            }
            self.rows.push((hash.finish(), row));
        }
    }

    /// Of the rows below `bound` that are called by this name only those of `kept` are found by it.
    pub(crate) fn leave(&mut self, name: &str, kept: Range<u32>, bound: u32) {
        for form in forms(name) {
            let hash = NameHash::of_name(&form).0;
            self.rules.insert(hash, (kept.clone(), bound));
        }
    }

    pub(crate) fn write(mut self, out: &mut Writer) {
        let rules = &self.rules;
        self.rows.retain(|(hash, row)| {
            rules
                .get(hash)
                .is_none_or(|(kept, bound)| row >= bound || kept.contains(row))
        });
        self.rows.sort_unstable();
        self.rows.dedup();
        let mut hashes = self.beginnings;
        hashes.extend(self.rows.iter().map(|(hash, _)| *hash));
        hashes.sort_unstable();
        hashes.dedup();
        let mut rows = self.rows.into_iter().peekable();
        let mut start = 0;
        let mut buckets = [0u32; 1 << 16];
        for hash in hashes {
            buckets[(hash >> 48) as usize] += 1;
            out.u64(Section::Names, hash);
            out.u32(Section::Starts, start);
            while let Some((_, row)) = rows.next_if(|(h, _)| *h == hash) {
                out.u32(Section::Rows, row);
                start += 1;
            }
        }
        out.u32(Section::Starts, start);
        let mut before = 0;
        for names in buckets {
            out.u32(Section::Buckets, before);
            before += names;
        }
        out.u32(Section::Buckets, before);
    }
}

/// The ways in which a name is printed: as the table has it, without marks on its letters, and
/// with a capital where it opens a sentence (`al-Assad`, `Al-Assad`).
pub(crate) fn forms(name: &str) -> Vec<String> {
    let mut forms = vec![name.to_string()];
    forms.extend(plain(name));
    for n in 0..forms.len() {
        let mut chars = forms[n].chars();
        if let Some(first) = chars.next().filter(|c| c.is_lowercase()) {
            forms.push(first.to_uppercase().chain(chars).collect());
        }
    }
    forms
}
