//! Quotations: stretches between quotation marks, over sentences, never over blocks.

use kronik_text::Span;

/// All quotations in the block `span` of `text`, marks included, in order. A mark that is never
/// closed quotes to the end of the block (papers open each paragraph of a long quotation again and
/// close only the last). Marks that also serve as apostrophes are left alone.
pub(crate) fn quotations(text: &str, span: Span, pairs: &[(char, char)]) -> Vec<Span> {
    let mut found = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (at, c) in span.slice(text).char_indices() {
        let at = at + span.start();
        match open {
            Some((start, close)) if c == close => {
                found.push(Span::new(start, at + c.len_utf8()));
                open = None;
            }
            Some(_) => {}
            None => {
                let pair = pairs.iter().find(|(o, _)| *o == c && !is_apostrophe(*o));
                if let Some((_, close)) = pair {
                    open = Some((at, *close));
                }
            }
        }
    }
    if let Some((start, _)) = open {
        found.push(Span::new(start, span.end()));
    }
    found
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '‘' | '’')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotations_are_found_with_their_marks() {
        let check = |text: &str, expected: &[&str]| {
            let span = Span::new(0, text.len());
            let pairs = [('“', '”'), ('"', '"'), ('\'', '\'')];
            let found: Vec<&str> = quotations(text, span, &pairs)
                .iter()
                .map(|s| s.slice(text))
                .collect();
            assert_eq!(found, expected);
        };
        check("“A. B,” he said. “C.”", &["“A. B,”", "“C.”"]);
        check("\"A,\" kata X. \"B.\"", &["\"A,\"", "\"B.\""]);
        check("it's 'fine'", &[]);
        check("“A goes on", &["“A goes on"]);
    }
}
