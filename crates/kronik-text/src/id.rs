//! Content addresses: the same content has the same id on every machine and in every run.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A letter that names the kind, an underscore, and 128 bits of BLAKE3 in base 32 (RFC 4648
/// alphabet, lower case, no padding): `a_` article, `s_` statement, `e_` event, `x_` story event.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ContentId(String);

impl ContentId {
    /// The id as printed.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// An id read back from a record or a store; not checked against any content.
    pub fn from_printed(text: impl Into<String>) -> ContentId {
        ContentId(text.into())
    }
}

impl fmt::Display for ContentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for ContentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The id of a thing of kind `letter` made of `parts`.
///
/// Each part is hashed with its length before it, so that `["ab", "c"]` and `["a", "bc"]` differ.
///
/// ```
/// use kronik_text::content_id;
/// let id = content_id('e', &["a_x", "17"]);
/// assert!(id.as_str().starts_with("e_") && id.as_str().len() == 28);
/// assert_ne!(id, content_id('e', &["a_x1", "7"]));
/// ```
pub fn content_id(letter: char, parts: &[&str]) -> ContentId {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    let hash = hasher.finalize();
    ContentId(format!("{letter}_{}", base32(&hash.as_bytes()[..16])))
}

fn base32(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
    let mut out = String::with_capacity(bytes.len() * 8 / 5 + 1);
    let (mut buffer, mut bits) = (0u32, 0u32);
    for byte in bytes {
        buffer = (buffer << 8) | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            out.push(ALPHABET[(buffer >> bits) as usize & 31] as char);
        }
    }
    if bits > 0 {
        out.push(ALPHABET[(buffer << (5 - bits)) as usize & 31] as char);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::base32;

    #[test]
    fn base32_is_rfc_4648() {
        assert_eq!(base32(b"foobar"), "mzxw6ytboi");
        assert_eq!(base32(b"f"), "my");
    }
}
