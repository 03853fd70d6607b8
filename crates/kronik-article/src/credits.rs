//! Agencies and outlets that a report credits, and where it names them.
//!
//! A credit says who may stand behind every sentence without being named in one: the dateline's
//! agency, a name in brackets or alone after the last sentence of a paragraph, a line of sources.

use kronik_record::BlockKind;
use kronik_text::Span;

use crate::Article;
use crate::dateline::Dateline;
use crate::layout::Layout;
use crate::lines::{ends_sentence, is_closing};
use crate::outlets::{Outlets, looks_like_domain};
use crate::people::hands;

/// The longest credit after a paragraph, in words.
const WORDS: usize = 4;

/// The credits of an article in the order of its text; its own outlet, by name or domain, is none.
pub(crate) fn credits(
    article: &Article,
    dateline: Option<&(Dateline, usize)>,
    layout: &Layout,
    outlets: &Outlets,
    own_name: Option<&str>,
    domain: Option<&str>,
) -> Vec<(String, Span)> {
    let mut found: Vec<(String, Span)> = Vec::new();
    if let Some((line, from)) = dateline
        && let Some(told) = &line.outlet
    {
        found.push((
            told.printed.clone(),
            Span::new(told.start, told.end).shifted(*from),
        ));
    }
    for block in &article.blocks {
        let line = block.span.slice(&article.text);
        let from = block.span.start();
        let mut put = |name: &str, start: usize| {
            let span = Span::new(start, start + name.len()).shifted(from);
            found.push((name.to_string(), span));
        };
        match block.kind {
            BlockKind::Paragraph => closing(line, outlets, &mut put),
            BlockKind::Byline | BlockKind::Footer => {
                let start = usize::from(line.starts_with('('));
                let end = line.len() - usize::from(start == 1 && line.ends_with(')'));
                let inner = line.get(start..end.max(start)).unwrap_or("");
                for (name, at, _) in hands(inner, layout, outlets).sources {
                    put(&name, start + at);
                }
                if start == 1 {
                    listed(inner, start, outlets, &mut put);
                }
            }
            _ => {}
        }
    }
    let own = |name: &str| {
        own_name.is_some_and(|n| n.eq_ignore_ascii_case(name))
            || domain.is_some_and(|d| {
                outlets.of_name(name).is_some_and(|o| o.domain == d)
                    || crate::outlets::names_domain(name, d)
                    || name.eq_ignore_ascii_case(d)
            })
    };
    found.retain(|(name, _)| !own(name));
    found.sort_by_key(|(_, span)| (span.start(), span.end()));
    found.dedup();
    found
}

/// A name after the last sentence of a paragraph: `… the strait.” AFP`, `… the strait. (AFP/X)`.
fn closing(line: &str, outlets: &Outlets, put: &mut impl FnMut(&str, usize)) {
    if let Some(body) = line.trim_end_matches(['.', ' ']).strip_suffix(')')
        && let Some(open) = body.rfind('(')
    {
        let inner = &body[open + 1..];
        if inner.split_whitespace().count() <= 2 * WORDS && ends_sentence(&body[..open]) {
            listed(inner, open + 1, outlets, put);
        }
        return;
    }
    if ends_sentence(line) {
        return;
    }
    let Some((at, mark)) = line
        .char_indices()
        .rev()
        .find(|(_, c)| matches!(c, '.' | '!' | '?' | '…' | '—' | '–' | '-') || is_closing(*c))
    else {
        return;
    };
    let rest = &line[at + mark.len_utf8()..];
    let name = rest.trim();
    let start = line.len() - rest.trim_start().len();
    if rest.starts_with(char::is_whitespace) && name.split_whitespace().count() <= WORDS {
        listed(name, start, outlets, put);
    }
}

/// Known outlets in a list of names, with their places.
fn listed(list: &str, from: usize, outlets: &Outlets, put: &mut impl FnMut(&str, usize)) {
    let mut at = from;
    for part in list.split_inclusive(['/', ',', ';', '|', '&']) {
        let name = part.trim_end_matches(['/', ',', ';', '|', '&']).trim();
        let start = at + (part.len() - part.trim_start().len());
        if outlets.of_name(name).is_some() || looks_like_domain(name) {
            put(name, start);
        }
        at += part.len();
    }
}
