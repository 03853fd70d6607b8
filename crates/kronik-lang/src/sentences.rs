//! Tokens of a block to sentences.
//!
//! A sentence ends at a full stop, question or exclamation mark, or ellipsis, together with the
//! quotation marks and brackets that close right after it, unless what follows goes on: a word in
//! lower case (the reporting clause after a quotation), a name after an initial or a title, the
//! rest of a bracket. A quotation of several sentences is split inside; its last piece stays with
//! the words that report it.

use std::ops::Range;

use kronik_text::Span;

use crate::pack::{Abbreviation, Pack};
use crate::tokens::{find_abbreviation, is_blank};

/// More tokens than any sentence has; a longer stretch is cut so that parsing stays quick.
const LONGEST: usize = 240;

/// Letters of a word that is no abbreviation.
const LONG_WORD: usize = 4;

/// From where on an end is more probable than none.
const EVEN: f32 = 0.0;

/// The same where the rules see an end too. Set so that the cases of `tests/segmentation.rs` hold; from
/// 0 to -6 LAS on treebanks changes by less than 0.1, sentences by up to two points either way.
const RULED: f32 = -4.0;

/// Sentences as ranges of `tokens`, which are the tokens of one block of `text`. With `ends`, for
/// each token how sure it is that a sentence ends with it (a logit), those decide; the rules only tip
/// the scales, and see to blank lines.
pub(crate) fn sentences(
    text: &str,
    tokens: &[Span],
    pack: &Pack,
    ends: Option<&[f32]>,
) -> Vec<Range<usize>> {
    let splitter = Splitter {
        text,
        tokens,
        pack,
        inside: brackets(text, tokens),
    };
    let mut out = Vec::new();
    let mut start = 0;
    let mut i = 0;
    let mut ruled = None;
    while i < tokens.len() {
        let end = match ends.and_then(|e| e.get(i)) {
            Some(logit) => {
                ruled = splitter.end_at(start, i).or(ruled);
                let enough = if ruled == Some(i + 1) { RULED } else { EVEN };
                (*logit >= enough || splitter.blank_line_after(i)).then_some(i + 1)
            }
            None => splitter.end_at(start, i),
        };
        match end {
            Some(end) => {
                push(&mut out, text, tokens, start..end);
                start = end;
                i = end;
            }
            None => i += 1,
        }
    }
    push(&mut out, text, tokens, start..tokens.len());
    out
}

fn push(out: &mut Vec<Range<usize>>, text: &str, tokens: &[Span], range: Range<usize>) {
    let mut start = range.start;
    while range.end - start > LONGEST {
        let window = start + LONGEST / 2..start + LONGEST;
        let cut = window
            .clone()
            .rev()
            .find(|i| matches!(tokens[*i].slice(text), ";" | ","))
            .map_or(window.end, |i| i + 1);
        out.push(start..cut);
        start = cut;
    }
    if start < range.end {
        out.push(start..range.end);
    }
}

/// For each token, true if it stands inside a bracket that is closed later in the block.
fn brackets(text: &str, tokens: &[Span]) -> Vec<bool> {
    let mut inside = vec![false; tokens.len()];
    let mut open: Vec<usize> = Vec::new();
    for (i, token) in tokens.iter().enumerate() {
        match token.slice(text) {
            "(" | "[" => open.push(i),
            ")" | "]" => {
                if let Some(from) = open.pop() {
                    // A bracket that opens a sentence may hold several.
                    let starts = from == 0 || ends_sentence(tokens[from - 1].slice(text));
                    if !starts && open.is_empty() {
                        inside[from..i].fill(true);
                    }
                }
            }
            _ => {}
        }
    }
    inside
}

fn ends_sentence(form: &str) -> bool {
    !form.is_empty()
        && form
            .chars()
            .all(|c| matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？'))
}

struct Splitter<'t> {
    text: &'t str,
    tokens: &'t [Span],
    pack: &'t Pack,
    inside: Vec<bool>,
}

/// What the token after a possible end looks like.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    Nothing,
    Capital,
    Lower,
    Number,
    Mark,
}

impl<'t> Splitter<'t> {
    fn form(&self, i: usize) -> &'t str {
        self.tokens.get(i).map_or("", |t| t.slice(self.text))
    }

    /// True if nothing but the tokens' own bytes stands between `i` and `i + 1`.
    fn touches_next(&self, i: usize) -> bool {
        matches!((self.tokens.get(i), self.tokens.get(i + 1)), (Some(a), Some(b)) if a.end() == b.start())
    }

    /// Index after the sentence that began at `start`, if it ends with token `i`.
    fn end_at(&self, start: usize, i: usize) -> Option<usize> {
        if self.blank_line_after(i) {
            return Some(i + 1);
        }
        let form = self.form(i);
        let abbreviation = if ends_sentence(form) {
            None
        } else if form.ends_with('.') && form.chars().count() > 1 {
            Some(find_abbreviation(self.pack, form))
        } else {
            return None;
        };
        if self.inside[i] || self.is_list_number(start, i) {
            return None;
        }
        let end = self.with_closers(i);
        if end >= self.tokens.len() {
            return Some(end);
        }
        let (next, word) = self.next_word(end);
        let ends = match abbreviation {
            None => self.plain_stop_ends(form, i, end, next),
            Some(Some(Abbreviation::Never | Abbreviation::BeforeNumber)) => false,
            Some(Some(Abbreviation::Perhaps) | None) => {
                next == Next::Capital && self.is_closed_class(word) && !self.is_initial(form)
                    || (next == Next::Capital && self.opens_quote(end) && end > i + 1)
            }
        };
        ends.then_some(end)
    }

    fn plain_stop_ends(&self, form: &str, i: usize, end: usize, next: Next) -> bool {
        let glued = end == i + 1 && self.touches_next(i);
        match next {
            Next::Nothing => true,
            Next::Capital | Next::Number => !glued || form == "." && next == Next::Capital,
            // Running text has no capital after a title or an abbreviation, and in informal
            // writing not even at a start.
            Next::Lower => end == i + 1 && !glued && self.ends_before_lower(form, i),
            // A mark after the stop belongs to what follows only if something does.
            Next::Mark => !glued && end > i + 1,
        }
    }

    /// True if a sentence that ends with the mark `form` at `i` may be followed by a lower-case
    /// letter: after a question or call, and after a word that is known to be one.
    fn ends_before_lower(&self, form: &str, i: usize) -> bool {
        let calls = form.chars().all(|c| matches!(c, '!' | '?'));
        let word = || self.form(i.saturating_sub(1)).to_lowercase();
        let long = || word().chars().filter(|c| c.is_alphabetic()).count() >= LONG_WORD;
        calls || form == "." && i > 0 && long() && self.pack.knows(&word())
    }

    /// `1.` at the start of a sentence numbers it.
    fn is_list_number(&self, start: usize, i: usize) -> bool {
        i == start + 1
            && self.form(i) == "."
            && self.form(start).chars().all(|c| c.is_ascii_digit())
            && self.touches_next(start)
            && !self.touches_next(i)
    }

    fn is_initial(&self, form: &str) -> bool {
        form.chars().count() == 2
    }

    fn is_closed_class(&self, word: &str) -> bool {
        !self.pack.words(word).is_empty()
    }

    /// Index after the quotation marks and brackets that close right after token `i`.
    fn with_closers(&self, i: usize) -> usize {
        let mut end = i + 1;
        while end < self.tokens.len() && self.touches_next(end - 1) {
            let form = self.form(end);
            let closes = match form {
                ")" | "]" | "”" | "’" | "»" | "\"" | "'" | "''" => true,
                "“" => !self.touches_next(end),
                _ => ends_sentence(form),
            };
            if !closes {
                break;
            }
            // A straight mark that touches a word after it but nothing closes opens a quotation.
            if matches!(form, "\"" | "'") && self.touches_next(end) && self.starts_word(end + 1) {
                break;
            }
            end += 1;
        }
        // `. "` with a space on both sides: an unpaired closing mark at the end of the block.
        if end + 1 == self.tokens.len() && matches!(self.form(end), "\"" | "”" | "»") {
            end += 1;
        }
        end
    }

    fn starts_word(&self, i: usize) -> bool {
        self.form(i)
            .chars()
            .next()
            .is_some_and(char::is_alphanumeric)
    }

    fn opens_quote(&self, i: usize) -> bool {
        matches!(self.form(i), "\"" | "“" | "«" | "„" | "‘" | "'")
    }

    /// What follows at `i`, looking past opening marks.
    fn next_word(&self, i: usize) -> (Next, &'t str) {
        let mut j = i;
        while j < self.tokens.len() && j < i + 3 {
            let form = self.form(j);
            let Some(first) = form.chars().next() else {
                break;
            };
            if first.is_numeric() {
                return (Next::Number, form);
            }
            if first.is_alphabetic() {
                let lower = first.is_lowercase();
                return (if lower { Next::Lower } else { Next::Capital }, form);
            }
            let opens =
                self.opens_quote(j) || matches!(form, "(" | "[" | "-" | "–" | "—" | "#" | "@");
            if !opens && !first.is_ascii_punctuation() {
                return (Next::Capital, form);
            }
            if !opens {
                return (Next::Mark, form);
            }
            j += 1;
        }
        (
            if i >= self.tokens.len() {
                Next::Nothing
            } else {
                Next::Mark
            },
            "",
        )
    }

    fn blank_line_after(&self, i: usize) -> bool {
        let (Some(a), Some(b)) = (self.tokens.get(i), self.tokens.get(i + 1)) else {
            return false;
        };
        let gap = self.text.get(a.end()..b.start()).unwrap_or("");
        gap.chars().all(is_blank) && gap.matches('\n').count() >= 2
    }
}
