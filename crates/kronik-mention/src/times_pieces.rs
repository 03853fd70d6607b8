//! A sentence cut into words, numbers and marks for reading dates and quantities.
//!
//! Dates and numbers are where tokenisers differ most (`4/12/2024`, `p.m.`, `26-28`, `8am`), so
//! they are read from the text itself. A [`Piece`] knows its place in the article's text and
//! whether white space stands before it: `Kh-101` and `36-hour` must not be taken for numbers.

use kronik_text::Span;

/// What a piece is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PieceKind {
    /// Letters, or single letters with full stops (`p.m.`). Digits that follow are a piece of
    /// their own, glued to it (`M23`).
    Word,
    /// Digits, with `.`, `,`, `:` or `/` between digits.
    Number,
    /// Any other character that is not white space.
    Mark,
}

/// A word, number or mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    /// Where it stands in the article's text.
    pub(crate) span: Span,
    /// Lower case; curly apostrophes are straight and en dashes are hyphens.
    pub(crate) low: String,
    /// What it is.
    pub(crate) kind: PieceKind,
    /// No white space before it.
    pub(crate) glued: bool,
    /// Starts with a capital.
    pub(crate) upper: bool,
}

impl Piece {
    /// True for a mark that reads `mark`.
    pub(crate) fn is_mark(&self, mark: &str) -> bool {
        self.kind == PieceKind::Mark && self.low == mark
    }

    /// True where `next` follows without white space.
    pub(crate) fn glued_to(&self, next: Option<&Piece>) -> bool {
        next.is_some_and(|n| n.glued)
    }

    /// The number, if the piece is digits only.
    pub(crate) fn integer(&self) -> Option<u32> {
        if self.kind == PieceKind::Number && self.low.bytes().all(|b| b.is_ascii_digit()) {
            self.low.parse().ok()
        } else {
            None
        }
    }
}

/// Cuts the stretch `span` of `text` into pieces.
pub(crate) fn pieces(text: &str, span: Span) -> Vec<Piece> {
    let slice = span.slice(text);
    let chars: Vec<(usize, char)> = slice.char_indices().collect();
    let byte = |i: usize| chars.get(i).map_or(slice.len(), |(at, _)| *at);
    let char_at = |i: usize| chars.get(i).map(|(_, c)| *c);
    let mut out = Vec::new();
    let mut at = 0;
    let mut glued = false;
    while let Some(first) = char_at(at) {
        if first.is_whitespace() {
            glued = false;
            at += 1;
            continue;
        }
        let start = at;
        let kind = if first.is_ascii_digit() {
            at = end_of_number(&chars, at);
            PieceKind::Number
        } else if first.is_alphabetic() {
            at = end_of_word(&chars, at);
            PieceKind::Word
        } else {
            at += 1;
            PieceKind::Mark
        };
        let (from, to) = (byte(start), byte(at));
        let low = match first {
            '\u{2019}' | '\u{2018}' => "'".to_string(),
            '\u{2013}' | '\u{2010}' | '\u{2011}' | '\u{2012}' => "-".to_string(),
            _ => slice[from..to].to_lowercase(),
        };
        out.push(Piece {
            span: Span::new(from, to).shifted(span.start()),
            low,
            kind,
            glued: glued && !out.is_empty(),
            upper: first.is_uppercase(),
        });
        glued = true;
    }
    out
}

fn end_of_number(chars: &[(usize, char)], mut at: usize) -> usize {
    let digit = |i: usize| chars.get(i).is_some_and(|(_, c)| c.is_ascii_digit());
    while digit(at)
        || (chars
            .get(at)
            .is_some_and(|(_, c)| matches!(c, '.' | ',' | ':' | '/'))
            && digit(at + 1))
    {
        at += 1;
    }
    at
}

fn end_of_word(chars: &[(usize, char)], start: usize) -> usize {
    let letter = |i: usize| chars.get(i).is_some_and(|(_, c)| c.is_alphabetic());
    let stop = |i: usize| chars.get(i).is_some_and(|(_, c)| *c == '.');
    // Single letters with full stops between them: `p.m.`, `U.S.`
    if letter(start) && stop(start + 1) && letter(start + 2) && !letter(start + 3) {
        let mut at = start;
        while letter(at) && stop(at + 1) && !(letter(at + 2) && letter(at + 3)) {
            at += 2;
            if !letter(at) {
                return at;
            }
        }
        return at + usize::from(letter(at));
    }
    let mut at = start;
    while chars
        .get(at)
        .is_some_and(|(_, c)| c.is_alphabetic() || is_joiner(*c))
    {
        at += 1;
    }
    at
}

/// Combining marks and the zero-width joiners stay inside a word.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{200c}' | '\u{200d}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found = pieces(text, Span::new(0, text.len()));
        let lows: Vec<_> = found.iter().map(|p| p.low.as_str()).collect();
        assert_eq!(lows, expected, "{text}");
        for piece in &found {
            assert!(!piece.span.slice(text).is_empty());
        }
    }

    #[test]
    fn words_numbers_and_marks() {
        check(
            "Rabu (4/12/2024), 20.27 WIB",
            &["rabu", "(", "4/12/2024", ")", ",", "20.27", "wib"],
        );
        check(
            "at 8am or 10 p.m. on",
            &["at", "8", "am", "or", "10", "p.m.", "on"],
        );
        check(
            "Kh-101 and M23.",
            &["kh", "-", "101", "and", "m", "23", "."],
        );
        check("26–28 Oktober", &["26", "-", "28", "oktober"]);
        check("New Year’s Day", &["new", "year", "'", "s", "day"]);
        check("the U.S. army", &["the", "u.s.", "army"]);
        check("Jan. 5, 2024.", &["jan", ".", "5", ",", "2024", "."]);
        check("", &[]);
    }

    #[test]
    fn white_space_is_remembered() {
        let text = "F-16 200 km";
        let glued: Vec<_> = pieces(text, Span::new(0, text.len()))
            .iter()
            .map(|p| p.glued)
            .collect();
        assert_eq!(glued, [false, true, true, false, false]);
    }
}
