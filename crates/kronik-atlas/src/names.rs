//! Names as words: what counts as the same name.
//!
//! Hyphens, full stops and apostrophes only part words, so that `Al-Qaeda` and `al Qaeda`, `U.S.`
//! and `U.S` are one name.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Runs of letters and digits with the byte where each starts.
///
/// ```
/// let words: Vec<_> = kronik_atlas::words_of("Al-Qaeda").collect();
/// assert_eq!(words, [(0, "Al"), (3, "Qaeda")]);
/// ```
pub fn words_of(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut rest = text;
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = rest.find(char::is_alphanumeric)?;
        let tail = &rest[start..];
        let len = tail
            .find(|c: char| !c.is_alphanumeric())
            .unwrap_or(tail.len());
        let found = (at + start, &tail[..len]);
        at += start + len;
        rest = &tail[len..];
        Some(found)
    })
}

/// The name as it is printed where a keyboard has no marks on letters; `None` if it has none.
/// Only Latin letters lose their marks: a mark on a letter of another script makes it another.
///
/// ```
/// use kronik_atlas::plain;
/// assert_eq!(plain("Işık Łódź").as_deref(), Some("Isik Lodz"));
/// assert_eq!(plain("Київ"), None);
/// assert_eq!(plain("Bandung"), None);
/// ```
pub fn plain(name: &str) -> Option<String> {
    if name.is_ascii() {
        return None;
    }
    let mut folded = String::with_capacity(name.len());
    let mut latin = false;
    for c in name.nfd() {
        if is_combining_mark(c) {
            if !latin {
                folded.push(c);
            }
            continue;
        }
        match unmarked(c) {
            Some(letters) => {
                folded.push_str(letters);
                latin = true;
            }
            None => {
                folded.push(c);
                latin = c.is_ascii_alphabetic();
            }
        }
    }
    let folded: String = folded.nfc().collect();
    (folded != name).then_some(folded)
}

/// Latin letters that are no letter with a mark for Unicode, and signs that stand for a sound or
/// its absence and are mostly left out.
fn unmarked(c: char) -> Option<&'static str> {
    Some(match c {
        'ł' => "l",
        'Ł' => "L",
        'ø' => "o",
        'Ø' => "O",
        'đ' | 'ð' => "d",
        'Đ' | 'Ð' => "D",
        'ħ' => "h",
        'Ħ' => "H",
        'ı' => "i",
        'ə' => "a",
        'Ə' => "A",
        'þ' => "th",
        'Þ' => "Th",
        'ß' => "ss",
        'æ' => "ae",
        'Æ' => "Ae",
        'œ' => "oe",
        'Œ' => "Oe",
        'ŋ' => "ng",
        '\u{2b9}'..='\u{2bf}' => "",
        _ => return None,
    })
}

/// FNV-1a over words with a separator, mixed at the end: 64 bits are plenty for a million names.
#[derive(Clone, Copy)]
pub(crate) struct NameHash(u64);

impl NameHash {
    pub(crate) fn new() -> NameHash {
        NameHash(0xcbf2_9ce4_8422_2325)
    }

    /// The hash of a whole text, spaces and all.
    pub(crate) fn of_text(text: &str) -> u64 {
        let mut hash = NameHash::new();
        hash.add(text);
        hash.finish()
    }

    /// The hash of a name by its words, and how many they are.
    pub(crate) fn of_name(name: &str) -> (u64, usize) {
        let mut hash = NameHash::new();
        let mut words = 0;
        for (_, word) in words_of(name) {
            hash.add(word);
            words += 1;
        }
        (hash.finish(), words)
    }

    pub(crate) fn add(&mut self, word: &str) {
        for byte in word.bytes().chain([0u8]) {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    /// Spreads the hash over all bits, since its first bits lead to the place to search.
    pub(crate) fn finish(self) -> u64 {
        let mixed = (self.0 ^ (self.0 >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        mixed ^ (mixed >> 29)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_forms() {
        let check = |name: &str, bare: Option<&str>| {
            assert_eq!(plain(name).as_deref(), bare, "{name}");
        };
        check("Pérez", Some("Perez"));
        check("Tromsø", Some("Tromso"));
        check("Nguyễn Phú Trọng", Some("Nguyen Phu Trong"));
        check("İstanbul", Some("Istanbul"));
        check("Þórshöfn", Some("Thorshofn"));
        check("Sanʻa", Some("Sana"));
        check("Йошкар-Ола", None);
        check("القاهرة", None);
        check("", None);
    }

    #[test]
    fn parted_words_are_one_name() {
        assert_eq!(
            NameHash::of_name("Al-Qaeda").0,
            NameHash::of_name("Al Qaeda").0
        );
        assert_ne!(
            NameHash::of_name("Al Qaeda").0,
            NameHash::of_name("AlQaeda").0
        );
    }
}
