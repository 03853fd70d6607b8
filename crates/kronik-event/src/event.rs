//! The value this stage hands on: a coded deed with everything that made it.

use kronik_mention::{Basis, Interval};
use kronik_statement::StatementIx;
use kronik_text::Span;

/// A deed, coded.
#[derive(Debug, Clone)]
pub struct CodedEvent {
    /// Ontology class.
    pub class: String,
    /// Its mode, where one is known.
    pub mode: Option<String>,
    /// Contexts the frame gives.
    pub contexts: Vec<String>,
    /// The words that name the deed.
    pub trigger: Span,
    /// Index of the sentence.
    pub sentence: usize,
    /// Token of the trigger's head.
    pub token: usize,
    /// Who does it; text order.
    pub actors: Vec<Participant>,
    /// To whom; text order.
    pub recipients: Vec<Participant>,
    /// How its speaker presents it.
    pub factuality: Factuality,
    /// Innermost statement it stands in.
    pub statement: StatementIx,
    /// The statement that this deed is, for deeds done by speaking.
    pub performs: Option<StatementIx>,
    /// When.
    pub time: Option<EventTime>,
    /// Where: index into `Mentions::places`.
    pub place: Option<usize>,
    /// How many: indices into `Mentions::quantities`, with the unit the deed gives them.
    pub quantities: Vec<(usize, String)>,
    /// Rules and readings that made it, in the order they applied.
    pub because: Vec<Because>,
}

/// Someone who takes part in a deed.
#[derive(Debug, Clone, PartialEq)]
pub struct Participant {
    /// Index into `Mentions::actors`, where it is such a mention.
    pub mention: Option<usize>,
    /// The words.
    pub span: Span,
    /// ISO alpha-3, acronym, or `None` where nothing tells.
    pub code: Option<String>,
    /// The code is the article's setting, not told by the words (`the police`).
    pub guessed: bool,
    /// PLOVER role.
    pub sector: Option<String>,
}

/// When a deed was done.
#[derive(Debug, Clone, PartialEq)]
pub struct EventTime {
    /// Index into `Mentions::times` of the words that tell it.
    pub mention: usize,
    /// First and last day.
    pub days: Interval,
    /// As EDTF.
    pub edtf: String,
    /// From the deed's own words, or from an earlier mention.
    pub basis: Basis,
}

/// Why something was read: a rule's id and the words it read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Because {
    /// E.g. `frame:id/assault/menyerang` or `factuality:id/tidak`.
    pub rule: String,
    /// Where the words stand.
    pub span: Option<Span>,
}

/// How a deed is presented by its nearest speaker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Factuality {
    Asserted,
    Alleged,
    Denied,
    Negated,
    Planned,
    Hypothetical,
}

impl Factuality {
    /// All values with the records' words for them.
    pub const ALL: [(Factuality, &'static str); 6] = [
        (Factuality::Asserted, "asserted"),
        (Factuality::Alleged, "alleged"),
        (Factuality::Denied, "denied"),
        (Factuality::Negated, "negated"),
        (Factuality::Planned, "planned"),
        (Factuality::Hypothetical, "hypothetical"),
    ];

    /// The record's word for it.
    pub fn name(self) -> &'static str {
        Factuality::ALL
            .iter()
            .find(|(f, _)| *f == self)
            .map_or("asserted", |(_, n)| n)
    }

    /// The value of that name.
    pub fn from_name(name: &str) -> Option<Factuality> {
        Factuality::ALL
            .iter()
            .find(|(_, n)| *n == name)
            .map(|(f, _)| *f)
    }
}
