//! From a plain text to its pieces: one paragraph or heading each, though it may span lines.
//!
//! Most files hold one paragraph a line. A file that was wrapped at a column holds many lines a
//! paragraph; such a break is told by the next word not having fitted on the line. The text is
//! never changed: a piece is only a stretch of it.

use kronik_text::Span;

/// A line without its surrounding white space; `None` for a blank one.
type Line = Option<Span>;

/// The widest column at which a text counts as wrapped.
const WIDEST: usize = 132;

/// Pieces of a text in order, without surrounding white space.
pub(crate) fn pieces(text: &str) -> Vec<Span> {
    let lines = lines(text);
    match wrap_column(text, &lines) {
        Some(column) => joined(text, &lines, column),
        None => lines.into_iter().flatten().collect(),
    }
}

/// True if a sentence ends somewhere in the line: an end mark, closing quotes, and a space or the
/// end of the line.
pub(crate) fn has_sentence_end(line: &str) -> bool {
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        if !is_end_mark(c) {
            continue;
        }
        while chars.peek().is_some_and(|c| is_closing(*c)) {
            chars.next();
        }
        if chars.peek().is_none_or(|c| c.is_whitespace()) {
            return true;
        }
    }
    false
}

/// True if the line closes with a sentence end.
pub(crate) fn ends_sentence(line: &str) -> bool {
    line.trim_end()
        .trim_end_matches(is_closing)
        .ends_with(is_end_mark)
}

pub(crate) fn is_end_mark(c: char) -> bool {
    matches!(
        c,
        '.' | '!' | '?' | '…' | '。' | '！' | '？' | '؟' | '۔' | '।'
    )
}

pub(crate) fn is_closing(c: char) -> bool {
    matches!(c, '\'' | '"' | '”' | '’' | '»' | ')' | ']')
}

fn lines(text: &str) -> Vec<Line> {
    let mut out = Vec::new();
    let mut from = 0;
    for end in text
        .match_indices(['\n', '\r', '\u{2028}', '\u{2029}', '\u{0c}'])
        .map(|(i, m)| (i, i + m.len()))
    {
        out.push(trimmed(text, from, end.0));
        from = end.1;
        // "\r\n" is one break
        if text[end.0..].starts_with('\n') && end.0 > 0 && text[..end.0].ends_with('\r') {
            out.pop();
        }
    }
    out.push(trimmed(text, from, text.len()));
    out
}

fn trimmed(text: &str, start: usize, end: usize) -> Line {
    let blank = |c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\u{200e}');
    let line = &text[start..end];
    let rest = line.trim_start_matches(blank);
    let start = end - rest.len();
    let rest = rest.trim_end_matches(blank);
    (!rest.is_empty()).then(|| Span::new(start, start + rest.len()))
}

/// The column at which the text was wrapped, if it was.
fn wrap_column(text: &str, lines: &[Line]) -> Option<usize> {
    let width = |s: &Span| s.slice(text).chars().count();
    let column = lines.iter().flatten().map(width).max()?;
    if !(30..=WIDEST).contains(&column) {
        return None;
    }
    let (mut wraps, mut joints, mut full) = (0usize, 0usize, 0usize);
    for pair in lines.windows(2) {
        if let [Some(a), Some(b)] = pair {
            joints += 1;
            full += usize::from(did_not_fit(text, *a, *b, column));
            wraps +=
                usize::from(did_not_fit(text, *a, *b, column) && !ends_sentence(a.slice(text)));
        }
    }
    // in a wrapped text most breaks stand inside a sentence, at the column
    (wraps >= 2 && wraps * 5 >= joints * 2 && full * 2 >= joints).then_some(column)
}

fn did_not_fit(text: &str, line: Span, next: Span, column: usize) -> bool {
    let word = next.slice(text).split_whitespace().next().unwrap_or("");
    let hyphen = line.slice(text).ends_with('-');
    // an editor may count a little differently from us
    hyphen || line.slice(text).chars().count() + 1 + word.chars().count() + 1 > column
}

fn joined(text: &str, lines: &[Line], column: usize) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    let mut before: Line = None;
    for line in lines {
        if let Some(span) = line {
            let goes_on = before.is_some_and(|b| {
                let lower = span.slice(text).starts_with(char::is_lowercase);
                let open = !ends_sentence(b.slice(text));
                did_not_fit(text, b, *span, column) || (lower && open)
            });
            match out.last_mut() {
                Some(last) if goes_on => *last = last.cover(*span),
                _ => out.push(*span),
            }
        }
        before = *line;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_may_span_lines_that_were_wrapped() {
        let check = |text: &str, expected: &[&str]| {
            let found: Vec<&str> = pieces(text).iter().map(|s| s.slice(text)).collect();
            assert_eq!(found, expected);
        };
        check("Judul\r\n\r\nIsi.\rLain.\n", &["Judul", "Isi.", "Lain."]);
        check("", &[]);
        let wrapped = "The port was closed again\n\nThe harbour master of Norvale said on Monday\n\
            that the port would stay closed until the\nend of the week, and ships were sent to\n\
            other harbours on the coast.\n\nNobody was hurt.\n";
        check(
            wrapped,
            &[
                "The port was closed again",
                "The harbour master of Norvale said on Monday\nthat the port would stay closed \
                 until the\nend of the week, and ships were sent to\nother harbours on the coast.",
                "Nobody was hurt.",
            ],
        );
    }

    #[test]
    fn sentence_ends_are_seen_through_quotes() {
        let check = |line: &str, inside: bool, closing: bool| {
            assert_eq!(
                (has_sentence_end(line), ends_sentence(line)),
                (inside, closing),
                "{line}"
            );
        };
        check("Dia pergi. ”Lalu", true, false);
        check("“Tidak.” AFP", true, false);
        check("He said \"no.\"", true, true);
        check("Pukul 1.00 di desa", false, false);
    }
}
