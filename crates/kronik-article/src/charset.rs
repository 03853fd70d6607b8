//! From bytes to text: byte order mark, UTF-8, what the page says of itself, then a guess.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8};
use kronik_record::Severity;

use crate::Oddity;

/// As many bytes as are searched for a page's own word on its charset.
const HEAD: usize = 2048;

/// A text read from bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte order mark.
    pub text: String,
    /// The charset's name, `UTF-8` for most.
    pub charset: &'static str,
    /// What was odd: another charset than UTF-8, bytes that could not be read.
    pub oddities: Vec<Oddity>,
}

/// Reads bytes as text. Never fails: bytes that mean nothing in the charset become U+FFFD, and an
/// oddity says so.
///
/// ```
/// let read = kronik_article::decode(b"caf\xe9 de la gare, \xe0 c\xf4t\xe9 du fleuve".to_vec());
/// assert!(read.text.starts_with("café"));
/// assert_eq!(read.oddities[0].code, "charset");
/// ```
pub fn decode(bytes: Vec<u8>) -> Decoded {
    let bytes = match Encoding::for_bom(&bytes) {
        Some((encoding, length)) if encoding != UTF_8 => {
            return with(encoding, &bytes[length..], "a byte order mark");
        }
        Some((_, length)) => bytes[length..].to_vec(),
        None => bytes,
    };
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => {
            return Decoded {
                text,
                charset: UTF_8.name(),
                oddities: Vec::new(),
            };
        }
        Err(error) => error.into_bytes(),
    };
    let head = &bytes[..bytes.len().min(HEAD)];
    if let Some(encoding) = declared(head).filter(|e| e.is_ascii_compatible() && *e != UTF_8) {
        return with(encoding, &bytes, "the page's own word");
    }
    if mostly_utf8(&bytes) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        return Decoded {
            text,
            charset: UTF_8.name(),
            oddities: vec![unreadable(UTF_8.name())],
        };
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    // a guess is as good on the first megabyte as on all
    detector.feed(&bytes[..bytes.len().min(1 << 20)], true);
    with(
        detector.guess(None, Utf8Detection::Deny),
        &bytes,
        "its bytes",
    )
}

fn with(encoding: &'static Encoding, bytes: &[u8], by: &str) -> Decoded {
    let (text, charset, failed) = encoding.decode(bytes);
    let charset = charset.name();
    let mut oddities = vec![Oddity {
        severity: Severity::Info,
        code: "charset",
        message: format!("The text is not UTF-8; it was read as {charset}, told by {by}."),
        span: None,
        hint: Some("Convert the file to UTF-8 if letters look wrong.".into()),
    }];
    if failed {
        oddities.push(unreadable(charset));
    }
    Decoded {
        text: text.into_owned(),
        charset,
        oddities,
    }
}

fn unreadable(charset: &str) -> Oddity {
    Oddity {
        severity: Severity::Warning,
        code: "charset-broken",
        message: format!("Some bytes mean nothing in {charset}; U+FFFD stands in their place."),
        span: None,
        hint: Some("Fetch the file again or convert it to UTF-8.".into()),
    }
}

/// UTF-8 but for a few broken places (a cut-off character, a stray byte).
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut broken, mut wide, mut rest) = (0usize, 0usize, bytes);
    while let Err(error) = std::str::from_utf8(rest) {
        let valid = error.valid_up_to();
        wide += rest[..valid].iter().filter(|b| **b >= 0xC2).count();
        broken += 1;
        rest = &rest[(valid + error.error_len().unwrap_or(rest.len() - valid)).max(1)..];
    }
    wide += rest.iter().filter(|b| **b >= 0xC2).count();
    wide >= 3 && broken * 10 <= wide
}

/// The charset named by `<meta charset=…>` or an XML declaration.
fn declared(head: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    for key in ["charset=", "encoding="] {
        let Some(at) = head.find(key) else { continue };
        let value = head[at + key.len()..].trim_start_matches(['"', '\'', ' ']);
        let end = value.find(|c: char| !(c.is_ascii_alphanumeric() || "-_:.".contains(c)));
        let label = &value[..end.unwrap_or(value.len())];
        if let Some(encoding) = Encoding::for_label(label.as_bytes()) {
            return Some(encoding);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn charsets() {
        let check = |bytes: &[u8], charset: &str, text: &str| {
            let read = decode(bytes.to_vec());
            assert_eq!((read.charset, read.text.as_str()), (charset, text));
        };
        check("\u{feff}Kyiv".as_bytes(), "UTF-8", "Kyiv");
        check(b"\xff\xfeK\0y\0", "UTF-16LE", "Ky");
        check(b"", "UTF-8", "");
        check(
            b"<meta charset=\"iso-8859-1\"><p>caf\xe9",
            "windows-1252",
            "<meta charset=\"iso-8859-1\"><p>café",
        );
        check(
            "“a” “b” “c” “d” “e”\u{fffd}".as_bytes(),
            "UTF-8",
            "“a” “b” “c” “d” “e”\u{fffd}",
        );
    }
}
