//! One document a file.

use std::io::Read;

use kronik_article::{Decoded, Document, decode};

use crate::container::{Bytes, is_utf16};
use crate::{Failure, LARGEST};

/// Reads a stream as one document, plain text or a page.
pub(crate) fn read(source: &str, stream: Bytes, is_page: bool) -> Result<Document, Failure> {
    let Decoded { text, oddities, .. } = whole(source, stream, LARGEST)?;
    if text.trim().is_empty() {
        return Err(Failure::empty(source));
    }
    let (text, html) = if is_page {
        (None, Some(text))
    } else {
        (Some(text), None)
    };
    Ok(Document {
        source: source.to_string(),
        text,
        html,
        oddities,
        ..Document::default()
    })
}

/// All of a stream as text, if it is text and not longer than `largest` bytes.
pub(crate) fn whole(source: &str, stream: Bytes, largest: usize) -> Result<Decoded, Failure> {
    // letters of other charsets take up to twice the bytes
    let limit = largest.saturating_mul(2);
    let mut bytes = Vec::new();
    let mut limited = stream.take(limit as u64 + 1);
    limited
        .read_to_end(&mut bytes)
        .map_err(|e| Failure::of_system(source, &e))?;
    if bytes.contains(&0) && !is_utf16(&bytes) {
        return Err(Failure::binary(source));
    }
    if bytes.len() > limit {
        return Err(Failure::too_large(source));
    }
    let decoded = decode(bytes);
    if decoded.text.len() > largest {
        return Err(Failure::too_large(source));
    }
    Ok(decoded)
}
