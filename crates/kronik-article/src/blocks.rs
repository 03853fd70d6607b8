//! What each piece of a plain text is: headline, byline, heading, running text, furniture.
//!
//! Only form and the tables' labels decide. Three zones matter: the head (before the first
//! paragraph), the body, and the tail (after the last one); the same words ("By …") are a byline
//! in the first and the last and a heading in the second.

use kronik_record::BlockKind;
use kronik_text::Span;

use crate::Block;
use crate::dateline::dateline;
use crate::layout::{LabelKind, Labelled, Layout};
use crate::lines::{ends_sentence, has_sentence_end, is_closing, pieces};
use crate::outlets::{Outlets, looks_like_domain};
use crate::people::is_person_or_source;

/// The longest heading, in words.
const HEADING_WORDS: usize = 25;
/// The longest headline, in words.
const TITLE_WORDS: usize = 40;

/// What the blocks of a text are told from.
#[derive(Clone, Copy)]
pub(crate) struct Forms<'d> {
    pub layout: &'d Layout,
    pub outlets: &'d Outlets,
    /// The publishing outlet's domain, if known.
    pub domain: Option<&'d str>,
}

/// What a piece is, wherever it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    /// No letter and no digit.
    Rule,
    Label(Labelled),
    /// Credits or a caption in brackets.
    Credit,
    Caption,
    /// A date and hardly anything else.
    Date,
    /// Names of outlets or desks only.
    Outlet,
    /// Ends a sentence.
    Sentence,
    /// Does not.
    Fragment,
}

/// The blocks of a plain text.
pub(crate) fn blocks(text: &str, given_title: Option<&str>, forms: Forms) -> Vec<Block> {
    let pieces = pieces(text);
    let looks: Vec<Look> = pieces.iter().map(|p| forms.look(p.slice(text))).collect();
    let line = |i: usize| pieces[i].slice(text);
    let mut out: Vec<Block> = Vec::with_capacity(pieces.len());
    let mut put = |kind, span| out.push(Block { kind, span });

    let mut at = 0;
    let title = !pieces.is_empty() && is_title(&pieces, &looks, text, given_title, forms);
    if title {
        put(BlockKind::Title, pieces[0]);
        at = 1;
        if at < pieces.len() && is_standfirst(&pieces, &looks, text, forms) {
            put(BlockKind::Standfirst, pieces[1]);
            at = 2;
        }
    }
    let (mut in_head, mut closed) = (true, false);
    while at < pieces.len() {
        let span = pieces[at];
        if closed {
            put(BlockKind::Footer, span);
            at += 1;
            continue;
        }
        let kind = match looks[at] {
            Look::Rule | Look::Credit => BlockKind::Footer,
            Look::Caption => BlockKind::Caption,
            Look::Date if in_head => BlockKind::Byline,
            Look::Outlet if in_head => BlockKind::Byline,
            Look::Label(label) => match label.kind {
                LabelKind::Author | LabelKind::Editor | LabelKind::Hand => BlockKind::Byline,
                LabelKind::Source if in_head => BlockKind::Byline,
                LabelKind::Desk => BlockKind::Byline,
                LabelKind::Related => BlockKind::Related,
                LabelKind::Caption => BlockKind::Caption,
                LabelKind::Comments => {
                    closed = true;
                    BlockKind::Footer
                }
                LabelKind::Source | LabelKind::Notice | LabelKind::Footer => BlockKind::Footer,
            },
            Look::Fragment if in_head && forms.is_bare_byline(line(at)) => BlockKind::Byline,
            Look::Fragment if in_head && is_name(line(at)) && beside_head(&looks, at) => {
                BlockKind::Byline
            }
            Look::Fragment | Look::Date | Look::Outlet => {
                let next = (at + 1 < pieces.len()).then(|| line(at + 1));
                if is_running(line(at), next) {
                    BlockKind::Paragraph
                } else {
                    BlockKind::Heading
                }
            }
            Look::Sentence if is_heading_all_the_same(line(at)) => BlockKind::Heading,
            Look::Sentence => BlockKind::Paragraph,
        };
        in_head &= kind != BlockKind::Paragraph;
        put(kind, span);
        at += 1;
    }
    close_tail(&mut out, text, forms);
    out
}

/// A fragment after the last paragraph heads nothing: it is a byline or a footer.
fn close_tail(blocks: &mut [Block], text: &str, forms: Forms) {
    let Some(last) = blocks.iter().rposition(|b| b.kind == BlockKind::Paragraph) else {
        return;
    };
    for block in &mut blocks[last + 1..] {
        if block.kind == BlockKind::Heading {
            let bare = forms.is_bare_byline(block.span.slice(text));
            block.kind = if bare {
                BlockKind::Byline
            } else {
                BlockKind::Footer
            };
        }
    }
}

fn is_title(
    pieces: &[Span],
    looks: &[Look],
    text: &str,
    given: Option<&str>,
    forms: Forms,
) -> bool {
    let first = pieces[0].slice(text);
    if let Some(given) = given {
        return fold(given) == fold(first);
    }
    if pieces.len() < 2 || words(first) > TITLE_WORDS {
        return false;
    }
    if !matches!(looks[0], Look::Sentence | Look::Fragment | Look::Outlet) {
        return false;
    }
    if dateline(first, forms.outlets, forms.domain).is_some_and(|d| d.outlet.is_some()) {
        return false;
    }
    let stop = first.trim_end_matches(is_closing).ends_with('.');
    !stop || is_placeholder(pieces[1].slice(text)) || is_head_matter(&looks[1])
}

fn is_standfirst(pieces: &[Span], looks: &[Look], text: &str, forms: Forms) -> bool {
    let line = pieces[1].slice(text);
    if is_placeholder(line) {
        return true;
    }
    if !matches!(looks[1], Look::Sentence | Look::Fragment)
        || forms.is_bare_byline(line)
        || has_dateline(line, forms)
    {
        return false;
    }
    let Some(next) = looks.get(2) else {
        return false;
    };
    let next_line = pieces[2].slice(text);
    let head_follows = is_head_matter(next)
        || *next == Look::Fragment && forms.is_bare_byline(next_line)
        || has_dateline(next_line, forms);
    match looks[1] {
        Look::Fragment => head_follows && !is_name(line) || words(line) >= 5,
        _ => head_follows,
    }
}

fn has_dateline(line: &str, forms: Forms) -> bool {
    dateline(line, forms.outlets, forms.domain).is_some()
}

fn is_placeholder(line: &str) -> bool {
    matches!(line, "-" | "–" | "—" | "--")
}

fn is_head_matter(look: &Look) -> bool {
    match look {
        Look::Date | Look::Outlet => true,
        Look::Label(l) => is_person_or_source(l.kind) || l.kind == LabelKind::Desk,
        _ => false,
    }
}

fn beside_head(looks: &[Look], at: usize) -> bool {
    let near = |i: Option<usize>| i.and_then(|i| looks.get(i)).is_some_and(is_head_matter);
    near(at.checked_sub(1)) || near(Some(at + 1))
}

/// Two to five words with capitals, letters only: somebody's name.
fn is_name(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    (2..=5).contains(&words.len())
        && words.iter().all(|w| {
            w.starts_with(char::is_uppercase)
                && w.chars()
                    .all(|c| c.is_alphabetic() || matches!(c, '.' | '\'' | '’' | '-' | ','))
        })
}

/// A line without a sentence end that is running text all the same: too long for a heading, a
/// point of a list, or the lead-in of a quotation.
fn is_running(line: &str, next: Option<&str>) -> bool {
    let count = words(line);
    let point = line.starts_with(['•', '*', '●', '▪', '·', '–', '-']) && count >= 6;
    let opens = |n: &str| n.starts_with(['"', '“', '„', '«']);
    count > HEADING_WORDS || point || line.ends_with(':') && next.is_some_and(opens)
}

/// A heading that carries an end mark: numbered, or a question in the capitals of headings.
fn is_heading_all_the_same(line: &str) -> bool {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=2).contains(&digits)
        && let Some(rest) = line[digits..].strip_prefix(['.', ')'])
        && rest.starts_with(' ')
    {
        return !has_sentence_end(rest) && words(rest) <= HEADING_WORDS;
    }
    if !line.ends_with(['?', '!']) || line.contains(['"', '“', '”', '.', ';']) {
        return false;
    }
    let long: Vec<&str> = line
        .split_whitespace()
        .filter(|w| w.chars().count() >= 4)
        .collect();
    let capitals = long
        .iter()
        .filter(|w| w.starts_with(char::is_uppercase))
        .count();
    long.len() >= 3 && words(line) <= 16 && capitals * 10 >= long.len() * 8
}

pub(crate) fn words(line: &str) -> usize {
    line.split_whitespace().count()
}

/// Letters and digits only, lower case: for comparing a headline with a line.
pub(crate) fn fold(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

impl Forms<'_> {
    /// What a line is told to be by its labels and form, if it is not running text or a heading.
    pub fn furniture(self, line: &str) -> Option<BlockKind> {
        Some(match self.look(line) {
            Look::Rule | Look::Credit => BlockKind::Footer,
            Look::Caption => BlockKind::Caption,
            Look::Label(l) => match l.kind {
                LabelKind::Related => BlockKind::Related,
                LabelKind::Caption => BlockKind::Caption,
                LabelKind::Notice | LabelKind::Footer | LabelKind::Comments => BlockKind::Footer,
                LabelKind::Source => BlockKind::Footer,
                _ => BlockKind::Byline,
            },
            _ => return None,
        })
    }

    fn look(self, line: &str) -> Look {
        if !line.contains(char::is_alphanumeric) {
            return if is_placeholder(line) {
                Look::Fragment
            } else {
                Look::Rule
            };
        }
        if let Some(look) = self.bracketed(line) {
            return look;
        }
        if let Some(label) = self.label(line) {
            return Look::Label(label);
        }
        if self.is_date(line) {
            return Look::Date;
        }
        if self.is_outlets(line) {
            return Look::Outlet;
        }
        if has_sentence_end(line) {
            Look::Sentence
        } else {
            Look::Fragment
        }
    }

    /// A line wholly in brackets.
    fn bracketed(self, line: &str) -> Option<Look> {
        if let Some(inner) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            return (!inner.contains(['[', ']'])).then_some(Look::Caption);
        }
        let inner = line.strip_prefix('(')?.strip_suffix(')')?;
        if inner.contains(['(', ')']) {
            return None;
        }
        if self.layout.label(inner, is_person_or_source).is_some() && words(inner) <= 60 {
            return Some(Look::Credit);
        }
        if inner.chars().count() > 90 {
            return None;
        }
        let first = inner
            .split(['/', ',', '-', '–', '|'])
            .next()
            .unwrap_or("")
            .trim();
        let names_outlet = self.outlets.of_name(first).is_some() || looks_like_domain(first);
        let initials = inner.contains('/') && !inner.trim().contains(char::is_whitespace);
        let short = words(inner) == 1 && inner.chars().count() <= 5;
        Some(if names_outlet || initials || short {
            Look::Credit
        } else {
            Look::Caption
        })
    }

    fn label(self, line: &str) -> Option<Labelled> {
        let count = words(line);
        let stop = ends_sentence(line);
        let full_stop = line.trim_end_matches(is_closing).ends_with('.');
        let label = self.layout.label(line, |k| k != LabelKind::Desk)?;
        let fits = match label.kind {
            // a bare word such as "By" says nothing outside head and tail
            LabelKind::Author | LabelKind::Editor | LabelKind::Hand => {
                let bare = !label.colon && label.words == 1;
                !bare && count <= 60 && (label.colon || !stop || count <= 30)
            }
            LabelKind::Source => count <= 15,
            LabelKind::Related => label.colon || !full_stop,
            LabelKind::Caption => label.colon || count <= 60,
            LabelKind::Footer => count <= 60,
            LabelKind::Comments => count <= 8,
            LabelKind::Notice => true,
            LabelKind::Desk => false,
        };
        fits.then_some(label)
    }

    /// `By Name`, `By our own reporters`, `Desk of the outlet`, among the lines above the text.
    pub fn is_bare_byline(self, line: &str) -> bool {
        let few = words(line) <= 14 && !ends_sentence(line);
        few && self
            .layout
            .label(line, |k| is_person_or_source(k) || k == LabelKind::Desk)
            .is_some_and(|l| l.rest < line.len() || l.kind == LabelKind::Desk)
    }

    /// A date, weekday, clock and zone, and at most two other words.
    fn is_date(self, line: &str) -> bool {
        if words(line) > 14 {
            return false;
        }
        let calendar = &self.layout.calendar;
        let dates = calendar.dates(line, Some(true));
        if dates.is_empty() {
            return false;
        }
        let outside = line.split(|c: char| !c.is_alphanumeric()).filter(|w| {
            let at = w.as_ptr() as usize - line.as_ptr() as usize;
            let inside = dates.iter().any(|d| d.start <= at && at < d.end);
            let number = w.bytes().all(|b| b.is_ascii_digit());
            let known = calendar.knows(w) || self.layout.date_labels.contains(&w.to_lowercase());
            !inside && !number && !known
        });
        // "Kabar Pagi - 5 December 2024", but no sentence of few words
        let with_year = dates.iter().any(|d| d.year.is_some()) && !ends_sentence(line);
        outside.count() <= if with_year { 2 } else { 0 }
    }

    /// Only names of outlets and desks, or a person's name beside one.
    fn is_outlets(self, line: &str) -> bool {
        if words(line) > 10 || ends_sentence(line) {
            return false;
        }
        let parts: Vec<&str> = line
            .split([',', '|', '•', '·'])
            .flat_map(|p| p.split(" - "))
            .flat_map(|p| p.split(" – "))
            .map(str::trim)
            .filter(|p| !p.is_empty())
            .collect();
        let is_outlet = |p: &&&str| {
            self.outlets.of_name(p).is_some()
                || looks_like_domain(p)
                || self
                    .domain
                    .is_some_and(|d| crate::outlets::names_domain(p, d))
        };
        let named = parts.iter().filter(is_outlet).count();
        let rest = parts.iter().filter(|p| !is_outlet(p));
        named > 0
            && rest
                .clone()
                .all(|p| is_name(p) || self.layout.label(p, |k| k == LabelKind::Desk).is_some())
    }
}
