//! From printed tokens to syntactic words, before anything is known about them.
//!
//! Which words are written as one is knowledge about a language and stands in its `clitics.tsv`;
//! which signs stand between words of a treebank stands in `pack.toml` under `[words]`. Without
//! either, a token is a word.

use kronik_text::Span;

use crate::pack::Pack;
use crate::reader::GivenToken;

/// A syntactic word with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    pub span: Span,
    /// Its form, where that is not what is printed.
    pub form: Option<Box<str>>,
    /// Index of its token.
    pub token: usize,
    /// Written as one with the piece before it.
    pub joined: bool,
    /// Index of its clitic in the pack.
    pub clitic: Option<usize>,
}

impl Piece {
    pub(crate) fn form<'a>(&'a self, text: &'a str) -> &'a str {
        self.form
            .as_deref()
            .unwrap_or_else(|| self.span.slice(text))
    }

    pub(crate) fn is_clitic(&self) -> bool {
        self.clitic.is_some()
    }

    pub(crate) fn is_sign(&self, text: &str) -> bool {
        !self.form(text).chars().any(char::is_alphanumeric)
    }
}

/// Words of the tokens of one block, in order.
pub(crate) fn pieces(text: &str, tokens: &[Span], pack: &Pack) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::with_capacity(tokens.len() + 8);
    let mut quote_open = false;
    for (index, span) in tokens.iter().enumerate() {
        let form = span.slice(text);
        let before = index
            .checked_sub(1)
            .map(|i| tokens[i])
            .filter(|b| b.end() == span.start())
            .map(|b| b.slice(text));
        let touches_next = tokens
            .get(index + 1)
            .is_some_and(|n| n.start() == span.end());
        if let Some(clitic) = before.and_then(|b| pack.clitics.alone(b, form, pack))
            && !(quote_open && form.chars().count() == 1)
            && !(form.chars().count() == 1 && touches_next && next_is_word(text, *span))
        {
            out.push(Piece {
                span: *span,
                form: None,
                token: index,
                joined: true,
                clitic: Some(clitic),
            });
            continue;
        }
        if is_single_mark(form) {
            quote_open = !quote_open && (before.is_none() || touches_next) || form == "\u{2018}";
        }
        split(text, *span, index, pack, &mut out);
    }
    out
}

/// Words of tokens that were cut before.
pub(crate) fn given_pieces(text: &str, tokens: &[GivenToken], pack: &Pack) -> Vec<Piece> {
    let mut out = Vec::with_capacity(tokens.len());
    for (index, token) in tokens.iter().enumerate() {
        let printed = token.span.slice(text);
        let mut at = 0;
        for (n, form) in token.words.iter().enumerate() {
            // A word that goes on where the one before ended is printed there.
            let here = printed
                .get(at..)
                .is_some_and(|rest| rest.starts_with(form.as_str()));
            let span = if here {
                let start = token.span.start() + at;
                at += form.len();
                Span::new(start, start + form.len())
            } else {
                token.span
            };
            let before = n.checked_sub(1).map_or("", |b| token.words[b].as_str());
            out.push(Piece {
                span,
                form: (!here).then(|| form.as_str().into()),
                token: index,
                joined: n > 0,
                clitic: pack.clitics.part(before, form, pack),
            });
        }
        if token.words.is_empty() {
            out.push(Piece {
                span: token.span,
                form: None,
                token: index,
                joined: false,
                clitic: None,
            });
        }
    }
    out
}

fn next_is_word(text: &str, span: Span) -> bool {
    let rest = text.get(span.end()..).unwrap_or("");
    rest.starts_with(char::is_alphanumeric)
}

fn is_single_mark(form: &str) -> bool {
    matches!(form, "'" | "\u{2018}" | "\u{2019}")
}

/// Cuts one token.
fn split(text: &str, span: Span, token: usize, pack: &Pack, out: &mut Vec<Piece>) {
    let form = span.slice(text);
    let plain = |span: Span| Piece {
        span,
        form: None,
        token,
        joined: false,
        clitic: None,
    };
    if form.contains("://") || form.contains('@') {
        out.push(plain(span));
        return;
    }
    let mut start = span.start();
    for cut in pack.settings.words.cuts(form) {
        let at = span.start() + cut;
        let end = at
            + form
                .get(cut..)
                .and_then(|r| r.chars().next())
                .map_or(1, char::len_utf8);
        if start < at {
            clitics(text, Span::new(start, at), token, pack, out);
        }
        out.push(plain(Span::new(at, end)));
        start = end;
    }
    if start < span.end() {
        clitics(text, Span::new(start, span.end()), token, pack, out);
    }
}

/// Takes clitics off a word.
fn clitics(text: &str, span: Span, token: usize, pack: &Pack, out: &mut Vec<Piece>) {
    let parts = pack.clitics.parts(span.slice(text), pack);
    for (i, part) in parts.iter().enumerate() {
        out.push(Piece {
            span: Span::new(span.start() + part.start, span.start() + part.end),
            form: None,
            token,
            joined: i > 0,
            clitic: part.clitic,
        });
    }
}
