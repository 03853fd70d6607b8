//! What the models see of a word, and how a feature becomes a number.
//!
//! A feature is a template and a few values; all that is kept of it is a hash of 32 bits. With
//! some hundred thousand features two of them share a hash now and then, which costs nothing
//! that could be measured and saves the names.

use crate::Upos;
use crate::derivation::Category;
use crate::pack::Pack;

/// A value that stands for "there is no such word".
pub(crate) const NOTHING: u32 = 0x1b87_3593;

/// The hash of a template with its values.
#[derive(Clone, Copy)]
pub(crate) struct Key(u64);

impl Key {
    /// The template `number` without values.
    pub(crate) fn of(number: u32) -> Key {
        Key(u64::from(number) + 1).with(0x9E37_79B9)
    }

    /// With one more value.
    pub(crate) fn with(self, value: u32) -> Key {
        let mixed = (self.0 ^ u64::from(value)).wrapping_mul(0x9FB2_1C65_1E98_DF25);
        Key(mixed ^ (mixed >> 32))
    }

    /// The number the weights know it by.
    pub(crate) fn number(self) -> u32 {
        (self.0.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as u32
    }
}

/// Hash of a string.
pub(crate) fn hash(text: &str) -> u32 {
    let mut state = 0xcbf2_9ce4_8422_2325u64;
    for byte in text.bytes() {
        state = (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    (state ^ (state >> 32)) as u32
}

/// What the features know of one word before it has a part of speech.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Word {
    /// The form in lower case, digits and quotation marks made alike.
    pub lower: u32,
    /// Its first one to four letters.
    pub starts: [u32; 4],
    /// Its last one to four letters.
    pub ends: [u32; 4],
    /// Capitals, digits, hyphens, length.
    pub shape: u32,
    /// What the pack's closed classes say.
    pub class: u32,
    /// How the pack would build it.
    pub built: u32,
    /// True if it has letters and starts with a capital.
    pub capital: bool,
}

impl Word {
    /// The word `form`.
    pub(crate) fn of(form: &str, pack: &Pack) -> Word {
        let lower = plain(form);
        let chars: Vec<char> = lower.chars().take(48).collect();
        let part = |chars: &[char]| hash(&chars.iter().collect::<String>());
        let mut starts = [NOTHING; 4];
        let mut ends = [NOTHING; 4];
        for n in 1..=4 {
            if chars.len() > n {
                starts[n - 1] = part(&chars[..n]);
                ends[n - 1] = part(&chars[chars.len() - n..]);
            }
        }
        Word {
            lower: hash(&lower),
            starts,
            ends,
            shape: hash(&shape(form)),
            class: class(form, pack),
            built: built(form, &lower, pack),
            capital: form.chars().next().is_some_and(char::is_uppercase),
        }
    }

    /// What stands before the first word and after the last.
    pub(crate) const OUTSIDE: Word = Word {
        lower: NOTHING,
        starts: [NOTHING; 4],
        ends: [NOTHING; 4],
        shape: NOTHING,
        class: NOTHING,
        built: NOTHING,
        capital: false,
    };
}

/// Lower case, every digit the same, one kind of quotation mark and dash.
pub(crate) fn plain(form: &str) -> String {
    let mut out = String::with_capacity(form.len());
    let mut digit = false;
    for c in form.chars() {
        if c.is_numeric() {
            // A long number is a number, a short one keeps its length.
            if !digit || out.len() < 4 {
                out.push('0');
            }
            digit = true;
            continue;
        }
        digit = false;
        match c {
            '“' | '”' | '„' | '«' | '»' => out.push('"'),
            '‘' | '’' | '\u{02BC}' => out.push('\''),
            '–' | '—' => out.push('-'),
            _ => out.extend(c.to_lowercase()),
        }
    }
    out
}

/// The form with its letters and digits made alike, runs made one.
fn shape(form: &str) -> String {
    let mut out = String::new();
    let mut last = ' ';
    for c in form.chars().take(24) {
        let kind = if c.is_uppercase() {
            'X'
        } else if c.is_alphabetic() {
            'x'
        } else if c.is_numeric() {
            '0'
        } else {
            c
        };
        // One capital is told from several: `Ukraina`, `AS`.
        if kind != last || (kind == 'X' && !out.ends_with("XX")) {
            out.push(kind);
        }
        last = kind;
    }
    out
}

fn class(form: &str, pack: &Pack) -> u32 {
    pack.words(form)
        .iter()
        .fold(1, |bits, word| bits | 2 << word.upos as u32)
}

fn built(form: &str, lower: &str, pack: &Pack) -> u32 {
    let category = |c: Category, known: bool| 100 + 2 * c as u32 + u32::from(known);
    if let Some(verb) = pack.derivation(form, Upos::Verb) {
        return category(verb.category, verb.known) + 64 * u32::from(verb.clitic.is_some());
    }
    match pack.class_by_ending(lower) {
        Some(upos) => 1 + upos as u32,
        None => u32::from(pack.knows(lower)) * 50,
    }
}
