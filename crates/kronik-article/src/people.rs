//! Names on byline and credit lines: labels taken off, one name each.

use crate::layout::{LabelKind, Layout};
use crate::outlets::{Outlets, looks_like_domain};

/// What a byline or credit line names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Hands {
    pub authors: Vec<String>,
    pub editors: Vec<String>,
    /// Names of sources with their place in the line.
    pub sources: Vec<(String, usize, usize)>,
}

/// Reads a line that starts with a label, or several of them one after another
/// (`Reporting by A; Editing by B`, `Penerjemah: C, Editor: D`).
pub(crate) fn hands(line: &str, layout: &Layout, outlets: &Outlets) -> Hands {
    let mut out = Hands::default();
    let mut current = None;
    for (start, segment) in segments(line) {
        let label = layout.label(segment, is_person_or_source);
        let (kind, rest) = match label {
            // inside a line a bare word is more likely part of a name
            Some(l) if current.is_none() || l.colon || l.words > 1 => (l.kind, l.rest),
            _ => match current {
                Some(kind) => (kind, 0),
                None => continue,
            },
        };
        current = Some(kind);
        for (at, name) in names(&segment[rest..], layout) {
            let from = start + rest + at;
            match kind {
                LabelKind::Source => out
                    .sources
                    .push((name.to_string(), from, from + name.len())),
                LabelKind::Author if !is_outlet(name, outlets) => add(&mut out.authors, name),
                LabelKind::Editor if !is_outlet(name, outlets) => add(&mut out.editors, name),
                _ => {}
            }
        }
    }
    out
}

/// Adds a name unless it, or a longer form of it, is there.
pub(crate) fn add(names: &mut Vec<String>, name: &str) {
    let folded = name.to_lowercase();
    let is_there = names.iter().any(|n| {
        let n = n.to_lowercase();
        n == folded || folded.split(' ').all(|w| n.split(' ').any(|m| m == w))
    });
    if !is_there {
        names.push(name.to_string());
    }
}

/// True for names of outlets and domains, which are nobody's names.
pub(crate) fn is_outlet(name: &str, outlets: &Outlets) -> bool {
    outlets.of_name(name).is_some() || looks_like_domain(name)
}

/// True for the kinds of label that names follow.
pub(crate) fn is_person_or_source(kind: LabelKind) -> bool {
    matches!(
        kind,
        LabelKind::Author | LabelKind::Editor | LabelKind::Hand | LabelKind::Source
    )
}

fn segments(line: &str) -> Vec<(usize, &str)> {
    split_at(line, |c| matches!(c, ';' | '|' | ',' | '•' | '\n'))
}

fn split_at(line: &str, is_mark: impl Fn(char) -> bool) -> Vec<(usize, &str)> {
    let mut out = Vec::new();
    let mut from = 0;
    let mut push = |from: usize, to: usize| {
        let part = &line[from..to];
        let start = from + part.len() - part.trim_start().len();
        if !part.trim().is_empty() {
            out.push((start, part.trim()));
        }
    };
    for (at, c) in line.char_indices().filter(|(_, c)| is_mark(*c)) {
        push(from, at);
        from = at + c.len_utf8();
    }
    push(from, line.len());
    out
}

/// Single names of a list (`A, B dan C`, `A / B`), with their places.
fn names<'l>(list: &'l str, layout: &Layout) -> Vec<(usize, &'l str)> {
    let mut out = Vec::new();
    for (start, part) in split_at(list, |c| matches!(c, ',' | ';' | '/' | '&' | '|')) {
        let mut from = 0;
        let words: Vec<(usize, &str)> = word_starts(part);
        for (i, (at, word)) in words.iter().enumerate() {
            // a small frequent word between two names joins them
            let joins = i > 0 && i + 1 < words.len() && layout.is_joiner(word);
            if joins {
                out.push((start, from, *at, part));
                from = at + word.len();
            }
        }
        out.push((start, from, part.len(), part));
    }
    out.into_iter()
        .filter_map(|(start, from, to, part)| {
            let piece = part.get(from..to)?;
            let lead = |c: char| !c.is_alphanumeric() && c != '“' && c != '‘';
            let rest = piece.trim_start_matches(lead);
            let at = start + from + piece.len() - rest.len();
            let name = rest.trim_end_matches(|c: char| {
                c.is_whitespace() || matches!(c, '.' | ',' | '-' | '–' | '—' | ')' | ':')
            });
            (!name.is_empty()).then_some((at, name))
        })
        .collect()
}

fn word_starts(text: &str) -> Vec<(usize, &str)> {
    split_at(text, char::is_whitespace)
}
