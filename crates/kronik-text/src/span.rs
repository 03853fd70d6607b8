//! Half-open stretches of a text, in bytes inside the program and in code points outside it.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A half-open stretch `start..end` of a text in **bytes**.
///
/// Eight bytes, `Copy`. `start <= end` always holds; a text longer than `u32::MAX` bytes is
/// refused before any span of it is made (reading splits or rejects such inputs).
///
/// ```
/// use kronik_text::Span;
/// let text = "Kyiv, 5 Des";
/// assert_eq!(Span::new(0, 4).slice(text), "Kyiv");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// A span from byte `start` up to but not including byte `end`; swapped ends are put right.
    pub fn new(start: usize, end: usize) -> Span {
        let (start, end) = if start <= end {
            (start, end)
        } else {
            (end, start)
        };
        let narrow = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Span {
            start: narrow(start),
            end: narrow(end),
        }
    }

    /// First byte.
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// First byte after the span.
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// True for a span of no bytes.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The words the span covers; empty if the span does not lie on character boundaries of `text`.
    pub fn slice(self, text: &str) -> &str {
        text.get(self.start()..self.end()).unwrap_or("")
    }

    /// True if `other` lies wholly inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// True if the two share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that covers both.
    pub fn cover(self, other: Span) -> Span {
        Span {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }

    /// The same stretch, `by` bytes further on: from a piece of a text to the whole text.
    pub fn shifted(self, by: usize) -> Span {
        Span::new(self.start() + by, self.end() + by)
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

/// A half-open stretch in **Unicode code points**, as records print it: `[start, end]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CharSpan(pub u32, pub u32);

/// Translates byte positions of one text into code points.
///
/// Holds one number for every 64 bytes, so that a look-up counts at most 64 bytes.
#[derive(Debug, Clone)]
pub struct CharIndex<'t> {
    text: &'t str,
    marks: Vec<u32>,
}

const STRIDE: usize = 64;

impl<'t> CharIndex<'t> {
    /// Indexes `text` in one pass.
    pub fn new(text: &'t str) -> CharIndex<'t> {
        let mut marks = Vec::with_capacity(text.len() / STRIDE + 1);
        let mut count = 0u32;
        for (at, byte) in text.bytes().enumerate() {
            if at % STRIDE == 0 {
                marks.push(count);
            }
            count += u32::from(is_first_byte(byte));
        }
        CharIndex { text, marks }
    }

    /// The number of code points before byte `at`.
    pub fn chars_before(&self, at: usize) -> u32 {
        let at = at.min(self.text.len());
        let mark = at / STRIDE;
        let Some(&count) = self.marks.get(mark).or(self.marks.last()) else {
            return 0;
        };
        let from = mark.min(self.marks.len() - 1) * STRIDE;
        let rest = self.text.as_bytes()[from..at]
            .iter()
            .filter(|b| is_first_byte(**b))
            .count();
        count + rest as u32
    }

    /// The same stretch in code points.
    pub fn chars(&self, span: Span) -> CharSpan {
        CharSpan(
            self.chars_before(span.start()),
            self.chars_before(span.end()),
        )
    }
}

fn is_first_byte(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_agree_with_counting() {
        let text = "Zełenski сказал «да» — 日本 ".repeat(9);
        let index = CharIndex::new(&text);
        for (at, _) in text.char_indices() {
            assert_eq!(index.chars_before(at) as usize, text[..at].chars().count());
        }
        assert_eq!(
            index.chars_before(text.len()) as usize,
            text.chars().count()
        );
    }

    #[test]
    fn empty_text_has_no_positions() {
        assert_eq!(CharIndex::new("").chars(Span::new(0, 0)), CharSpan(0, 0));
    }

    #[test]
    fn a_span_off_a_boundary_slices_to_nothing() {
        assert_eq!(Span::new(0, 1).slice("é"), "");
    }
}
