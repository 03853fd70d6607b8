//! The value this stage takes and the value it hands on.

use kronik_record::{BlockKind, Severity};
use kronik_text::Span;

/// One document as it was found, before anything is known about it.
#[derive(Debug, Clone, Default)]
pub struct Document {
    /// Path and line, URL, or the given `id` of a document in a JSONL file.
    pub source: String,
    /// Plain text, if that is what was given.
    pub text: Option<String>,
    /// A page, if that is what was given.
    pub html: Option<String>,
    /// What the container or the user says of it; these win over what the text tells.
    pub title: Option<String>,
    /// Canonical URL.
    pub url: Option<String>,
    /// Outlet's name or domain.
    pub outlet: Option<String>,
    /// Date or RFC 3339 time.
    pub published: Option<String>,
    /// ISO 639-1.
    pub language: Option<String>,
    /// What was odd about the bytes it was read from; handed on with the article's own.
    pub oddities: Vec<Oddity>,
}

/// A block of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it stands, without surrounding white space.
    pub span: Span,
}

/// Something odd.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Oddity {
    /// How much it matters.
    pub severity: Severity,
    /// Stable name.
    pub code: &'static str,
    /// One plain sentence.
    pub message: String,
    /// Where.
    pub span: Option<Span>,
    /// What the user can do.
    pub hint: Option<String>,
}

/// An article.
#[derive(Debug, Clone, Default)]
pub struct Article {
    /// Where it came from.
    pub source: String,
    /// The text all spans refer to: the given text unchanged, or the lines read from a page.
    pub text: String,
    /// Its blocks in order; they do not overlap.
    pub blocks: Vec<Block>,
    /// The outlet's name as a reader knows it.
    pub outlet: Option<String>,
    /// Its domain.
    pub outlet_domain: Option<String>,
    /// Canonical URL.
    pub url: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Standfirst.
    pub standfirst: Option<String>,
    /// Authors, labels stripped.
    pub authors: Vec<String>,
    /// Editors, labels stripped.
    pub editors: Vec<String>,
    /// RFC 3339 or date.
    pub published: Option<String>,
    /// RFC 3339 or date.
    pub modified: Option<String>,
    /// ISO 639-1.
    pub language: String,
    /// What was left out of a page.
    pub removed: Vec<String>,
    /// Agencies and outlets credited, with their spans.
    pub credits: Vec<(String, Span)>,
    /// Place and outlet in front of the first sentence (`KYIV, Dec 5 (Reuters) -`): running text
    /// starts after it.
    pub dateline: Option<Span>,
    /// What was odd.
    pub oddities: Vec<Oddity>,
}
