//! The records, field for field as the output contract names them (`schema/record.v1.json`).
//!
//! Positions are half-open code points of `article.text`, so that a Python slice
//! `text[start:end]` gives the record's `text` back.

use kronik_text::{CharSpan, ContentId};
use serde::{Deserialize, Serialize};

/// Words and where they stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// The words as printed.
    pub text: String,
    /// Where they stand.
    pub span: CharSpan,
}

/// Versions of what made a record.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct DataVersions {
    /// Model or analysis that read the sentences.
    pub model: String,
    /// Ontologies in force.
    pub ontology: String,
    /// Atlas tables.
    pub atlas: String,
    /// Language packs.
    pub languages: String,
}

/// How much a diagnostic matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// The reading may be poorer for it.
    Warning,
    /// Part of the input could not be used.
    Error,
}

/// What was odd about an input and what was done about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// How much it matters.
    pub severity: Severity,
    /// A stable name, e.g. `date-missing`.
    pub code: String,
    /// One plain sentence.
    pub message: String,
    /// Where, if at one place of the text.
    pub span: Option<CharSpan>,
    /// What the user can do.
    pub hint: Option<String>,
}

/// What a block of an article is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BlockKind {
    /// The headline.
    Title,
    /// The sentence under the headline.
    Standfirst,
    /// Who wrote or edited it, with date lines that stand among them.
    Byline,
    /// A section's heading.
    Heading,
    /// Running text; events and statements are read from these only.
    Paragraph,
    /// Words under a picture.
    Caption,
    /// A link to another story.
    Related,
    /// Credits, copyright and comment lines at the end.
    Footer,
}

/// One block of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockRecord {
    /// What it is.
    pub kind: BlockKind,
    /// Where it stands.
    pub span: CharSpan,
}

/// An agency or outlet credited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credit {
    /// Its name as printed.
    pub name: String,
    /// Where.
    pub span: CharSpan,
}

/// An article as it was read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ArticleRecord {
    /// `kronik.article.v1`
    pub schema: String,
    /// Version of Kronik.
    pub kronik: String,
    /// Versions of its data.
    pub data: DataVersions,
    /// Of text, outlet domain, canonical URL and publication date.
    pub id: ContentId,
    /// Where it came from.
    pub source: String,
    /// The publishing outlet's name as a reader knows it.
    pub outlet: Option<String>,
    /// Its domain.
    pub outlet_domain: Option<String>,
    /// Canonical URL, where the page or document gives one.
    pub url: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Standfirst.
    pub standfirst: Option<String>,
    /// Authors, labels stripped.
    pub authors: Vec<String>,
    /// Editors, labels stripped.
    pub editors: Vec<String>,
    /// RFC 3339 where the page gives a time, else a date.
    pub published: Option<String>,
    /// The same for the last change.
    pub modified: Option<String>,
    /// ISO 639-1.
    pub language: String,
    /// The text all spans refer to.
    pub text: String,
    /// Its blocks, in order.
    pub blocks: Vec<BlockRecord>,
    /// What was left out of a page.
    pub removed: Vec<String>,
    /// Agencies and outlets credited.
    pub credits: Vec<Credit>,
    /// What was odd.
    pub diagnostics: Vec<Diagnostic>,
}

/// An entity of the atlas.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntityRef {
    /// The atlas's id.
    pub id: String,
    /// Its usual English name.
    pub name: String,
}

/// An actor, recipient or speaker.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActorRecord {
    /// The words that name it here.
    pub text: String,
    /// Where.
    pub span: Option<CharSpan>,
    /// ISO alpha-3 or the organisation's usual acronym.
    pub code: Option<String>,
    /// PLOVER role.
    pub sector: Option<String>,
    /// The longest form printed in this article.
    pub name: String,
    /// The atlas's entity.
    pub entity: Option<EntityRef>,
    /// A source that will not be named (speakers only; always false for actors).
    pub unnamed: bool,
}

/// A time with what it was read from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeRecord {
    /// The words, if any tell.
    pub text: Option<String>,
    /// Where.
    pub span: Option<CharSpan>,
    /// A day or coarser, EDTF level 1 or an interval.
    pub edtf: String,
    /// First instant or day: RFC 3339, a clock without offset where none is told, or a date.
    pub start: String,
    /// Last instant or day.
    pub end: String,
    /// `instant`, `day`, `week`, `month`, `year`, `interval`.
    pub precision: String,
    /// `explicit`, `relative`, `inherited` or `published`.
    pub basis: String,
}

/// A place with what is known of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlaceRecord {
    /// The words.
    pub text: String,
    /// Where they stand.
    pub span: CharSpan,
    /// The atlas's name for it.
    pub name: String,
    /// ISO alpha-3.
    pub country: Option<String>,
    /// First-order division.
    pub admin1: Option<String>,
    /// GeoNames id.
    pub geonames: Option<u32>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// UCDP `where_prec`, 1 to 7.
    pub precision: u8,
}

/// A number that counts what a deed is about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct QuantityRecord {
    /// The words.
    pub text: String,
    /// Where.
    pub span: CharSpan,
    /// `exact`, `more`, `at_least`, `less`, `at_most`, `about`, `range`.
    pub bound: String,
    /// The number, or the lower end of a range.
    pub value: f64,
    /// The upper end of a range.
    pub high: Option<f64>,
    /// English noun: `troops`, `uav`, `killed`, `usd`, …
    pub unit: String,
}

/// Who says what.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StatementRecord {
    /// `kronik.statement.v1`
    pub schema: String,
    /// Version of Kronik.
    pub kronik: String,
    /// Versions of its data.
    pub data: DataVersions,
    /// Content address.
    pub id: ContentId,
    /// The article's id.
    pub article: ContentId,
    /// One or several; none only for the outlet's own voice where nothing tells the outlet.
    pub speakers: Vec<ActorRecord>,
    /// The words of saying; `null` for the outlet's own voice.
    pub cue: Option<Quote>,
    /// What is said, in pieces.
    pub content: Vec<Quote>,
    /// `quoted`, `paraphrased`, `mixed`, `relayed`, `own`.
    pub manner: String,
    /// `asserts`, `denies`, `accuses`, `doubts`, `promises`, `demands`, `declines`.
    pub stance: String,
    /// The statement that reports this one.
    pub within: Option<ContentId>,
    /// Statement ids from this one outward to the root.
    pub chain: Vec<ContentId>,
    /// When it was said.
    pub said: Option<TimeRecord>,
}

/// What an event tells of its article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArticleRef {
    /// The article's id.
    pub id: ContentId,
    /// Where it came from.
    pub source: String,
    /// The publishing outlet.
    pub outlet: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Publication time or day.
    pub published: Option<String>,
    /// ISO 639-1.
    pub language: String,
    /// The heading the event stands under.
    pub section: Option<String>,
}

/// A rule or reading that made a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// The rule's id, e.g. `frame:id/assault/menyerang`.
    pub rule: String,
    /// What it read.
    pub text: String,
    /// Where.
    pub span: Option<CharSpan>,
}

/// Who did what to whom, when, where, and who says so.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EventRecord {
    /// `kronik.event.v1`
    pub schema: String,
    /// Version of Kronik.
    pub kronik: String,
    /// Versions of its data.
    pub data: DataVersions,
    /// Of article id, trigger span and an ordinal.
    pub id: ContentId,
    /// The article.
    pub article: ArticleRef,
    /// Ontology class.
    #[serde(rename = "type")]
    pub class: String,
    /// Its mode.
    pub mode: Option<String>,
    /// PLOVER contexts.
    pub contexts: Vec<String>,
    /// CAMEO code as a string.
    pub cameo: Option<String>,
    /// PLOVER quad class.
    pub quad: Option<String>,
    /// Conflict–cooperation score.
    pub score: Option<f64>,
    /// The words that name the deed.
    pub trigger: Quote,
    /// Who does it.
    pub actors: Vec<ActorRecord>,
    /// To whom.
    pub recipients: Vec<ActorRecord>,
    /// `asserted`, `alleged`, `denied`, `negated`, `planned`, `hypothetical`.
    pub factuality: String,
    /// Innermost statement.
    pub statement: ContentId,
    /// For a deed done by speaking: the statement that is the deed.
    pub performs: Option<ContentId>,
    /// Speakers' names along the chain, nearest first, the publishing outlet left out.
    pub said_by: Vec<String>,
    /// When it happened.
    pub time: Option<TimeRecord>,
    /// Where it happened.
    pub place: Option<PlaceRecord>,
    /// What was counted.
    pub quantities: Vec<QuantityRecord>,
    /// The sentence.
    pub evidence: Quote,
    /// Story event it belongs to; `null` from `read`.
    pub story_event: Option<ContentId>,
    /// 0 to 1; `null` until there is a calibrated scorer.
    pub confidence: Option<f64>,
    /// The rules and readings that made it.
    pub because: Vec<Reason>,
}
