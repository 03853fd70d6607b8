//! Frames: which words name which deed, and where who and whom stand.
//!
//! A frame is one row of `languages/<code>/frames/<type>.tsv` with its case beside it (the format
//! is described in `languages/README.md`). The loader turns the row's words into the keys that
//! the language stage gives to tokens, so that one row covers active, passive, clitics and
//! headline forms.

use std::collections::BTreeMap;

use kronik_lang::Pack;
use kronik_record::table::{Row, Table};
use kronik_record::{Files, Ontology, Result};

/// The name of the file that holds senses which are no event.
const NO_EVENT: &str = "none";

/// Where an actor or recipient may stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Slot {
    /// Deep subject: who does it, also the agent of a passive.
    Subject,
    /// Deep object, also the subject of a passive.
    Object,
    /// Indirect object.
    Indirect,
    /// Genitive, compound, adjective or possessive of a noun.
    Modifier,
    /// The partner in a joint deed.
    Partner,
    /// The object of the word that the frame asks for (`sent troops to help A`).
    Aim,
    /// A phrase with one of these prepositions.
    Phrase(Vec<String>),
}

/// Part of speech a frame's head must have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum HeadKind {
    /// Verb.
    Verb,
    /// Noun.
    Noun,
    /// Anything else, matched by form.
    Other,
}

/// A word of a trigger with every key that a token may match.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    keys: Vec<String>,
}

impl Word {
    fn new(pack: &Pack, alternatives: &str) -> Word {
        let mut keys = Vec::new();
        for word in alternatives.split('|').filter(|w| !w.is_empty()) {
            // `as` is no plural of `a`.
            let short = word.chars().count() < 3;
            for key in [
                word.to_lowercase(),
                pack.key(word, false),
                pack.key(word, true),
            ] {
                if !(keys.contains(&key) || short && !keys.is_empty()) {
                    keys.push(key);
                }
            }
        }
        Word { keys }
    }

    /// True if a token with lower-case form `form` and lemma `lemma` is this word.
    pub fn is(&self, form: &str, lemma: &str) -> bool {
        self.keys.iter().any(|k| k == form || k == lemma)
    }
}

/// One sense of a word.
#[derive(Debug, Clone)]
pub struct Frame {
    /// `id/assault/menyerang`, for `because` and messages.
    pub id: String,
    /// Ontology class; `None` for a sense that is no event.
    pub class: Option<String>,
    /// Mode, where the words tell it.
    pub mode: Option<String>,
    /// Contexts.
    pub contexts: Vec<String>,
    /// What the head must be.
    pub kind: HeadKind,
    /// Words that must follow the head.
    pub more: Vec<Word>,
    /// If not empty, one of these (each one or several words) must be the object or stand in the
    /// clause.
    pub with: Vec<Vec<Word>>,
    /// Where actors may stand, in the order to try.
    pub actor: Vec<Slot>,
    /// Where recipients may stand, in the order to try.
    pub recipient: Vec<Slot>,
    /// Joint subjects are all actors and nobody is the recipient.
    pub symmetric: bool,
    /// A noun that means a deed of this class and mode only where one was told before
    /// (`the call`, after somebody phoned).
    pub again: bool,
    /// The case beside the row, with its marks.
    pub case: String,
    /// File and line of the row.
    pub place: (String, usize),
}

/// All frames of a language, by the key of their head.
#[derive(Debug, Clone, Default)]
pub struct FrameBook {
    frames: Vec<Frame>,
    by_key: BTreeMap<(HeadKind, String), Vec<usize>>,
}

impl FrameBook {
    /// Loads every file under `languages/<code>/frames/`.
    ///
    /// # Errors
    /// A file named after no class of `ontology`, an unknown mode, context, list, role or part of
    /// speech, an empty trigger; each with file and line.
    pub fn load(files: &Files, pack: &Pack, ontology: &Ontology) -> Result<FrameBook> {
        let code = pack.code();
        let lists = load_lists(files, code)?;
        let mut book = FrameBook::default();
        let prefix = format!("languages/{code}/frames/");
        for path in files.under(&prefix) {
            let Some(stem) = path
                .strip_prefix(&prefix)
                .and_then(|p| p.strip_suffix(".tsv"))
            else {
                continue;
            };
            let class = if stem == NO_EVENT {
                None
            } else {
                Some(stem.to_uppercase())
            };
            if let Some(class) = &class
                && ontology.get(class).is_none()
            {
                let message = format!("no event type is called {class}");
                return Err(kronik_record::Error::file(path, message));
            }
            let columns = ["trigger", "pos", "roles", "mode", "contexts", "case"];
            for row in Table::load(files, path, &columns)?.rows() {
                let frame =
                    Frame::read(&row, path, stem, class.as_deref(), pack, ontology, &lists)?;
                book.add(frame, &row, pack)?;
            }
        }
        Ok(book)
    }

    fn add(&mut self, frame: Frame, row: &Row<'_>, pack: &Pack) -> Result<()> {
        let heads = row
            .need("trigger")?
            .split_whitespace()
            .next()
            .unwrap_or_default()
            .to_string();
        let at = self.frames.len();
        for head in heads.split('|') {
            let key = match frame.kind {
                HeadKind::Verb => pack.key(head, true),
                HeadKind::Noun => pack.key(head, false),
                HeadKind::Other => head.to_lowercase(),
            };
            let list = self.by_key.entry((frame.kind, key)).or_default();
            if !list.contains(&at) {
                list.push(at);
            }
        }
        self.frames.push(frame);
        Ok(())
    }

    /// Frames whose head has this key.
    pub fn of(&self, kind: HeadKind, key: &str) -> impl Iterator<Item = &Frame> {
        self.by_key
            .get(&(kind, key.to_string()))
            .into_iter()
            .flatten()
            .map(|at| &self.frames[*at])
    }

    /// All frames in the order of the files.
    pub fn frames(&self) -> &[Frame] {
        &self.frames
    }
}

/// Named word lists of `languages/<code>/lists.tsv`.
pub(crate) fn load_lists(files: &Files, code: &str) -> Result<BTreeMap<String, Vec<String>>> {
    let path = format!("languages/{code}/lists.tsv");
    let mut lists: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in Table::load_optional(files, &path, &["list", "words"])?.rows() {
        let name = row.need("list")?.trim_start_matches('@').to_string();
        lists
            .entry(name)
            .or_default()
            .extend(row.list("words").map(str::to_string));
    }
    // A list may name others; two rounds are enough for lists of lists.
    for _ in 0..2 {
        let flat = lists.clone();
        for words in lists.values_mut() {
            let expand = |w: &String| match w.strip_prefix('@').and_then(|n| flat.get(n)) {
                Some(inner) => inner.clone(),
                None => vec![w.clone()],
            };
            *words = words.iter().flat_map(expand).collect();
        }
    }
    Ok(lists)
}

impl Frame {
    fn read(
        row: &Row<'_>,
        path: &str,
        stem: &str,
        class: Option<&str>,
        pack: &Pack,
        ontology: &Ontology,
        lists: &BTreeMap<String, Vec<String>>,
    ) -> Result<Frame> {
        let trigger = row.need("trigger")?;
        let (words, with) = match trigger.split_once(" + ") {
            Some((words, with)) => (words, with),
            None => (trigger, ""),
        };
        let kind = match row.need("pos")? {
            "v" => HeadKind::Verb,
            "n" => HeadKind::Noun,
            "a" => HeadKind::Other,
            other => return Err(row.error(format!("'{other}' is no part of speech (v, n or a)"))),
        };
        let mut needed = Vec::new();
        for item in with.split('|').map(str::trim).filter(|w| !w.is_empty()) {
            let items = match item.strip_prefix('@') {
                Some(name) => lists
                    .get(name)
                    .ok_or_else(|| row.error(format!("no list is called @{name}")))?
                    .clone(),
                None => vec![item.to_string()],
            };
            for item in items {
                needed.push(
                    item.split_whitespace()
                        .map(|w| Word::new(pack, w))
                        .collect(),
                );
            }
        }
        let mode = Some(row.get("mode")).filter(|m| !m.is_empty() && *m != "-");
        if let (Some(class), Some(mode)) = (class, mode)
            && ontology.mode(class, Some(mode)).is_none()
        {
            return Err(row.error(format!("{class} has no mode '{mode}'")));
        }
        if let Some(unknown) = row.list("contexts").find(|c| !ontology.has_context(c)) {
            return Err(row.error(format!("no context is called '{unknown}'")));
        }
        let roles = Roles::read(row, kind)?;
        Ok(Frame {
            id: format!("{}/{stem}/{trigger}", pack.code()),
            class: class.map(str::to_string),
            mode: mode.map(str::to_string),
            contexts: row.list("contexts").map(str::to_string).collect(),
            kind,
            more: words
                .split_whitespace()
                .skip(1)
                .map(|w| Word::new(pack, w))
                .collect(),
            with: needed,
            actor: roles.actor,
            recipient: roles.recipient,
            symmetric: roles.symmetric,
            again: roles.again,
            case: row.get("case").to_string(),
            place: (path.to_string(), row.line()),
        })
    }
}

struct Roles {
    actor: Vec<Slot>,
    recipient: Vec<Slot>,
    symmetric: bool,
    again: bool,
}

impl Roles {
    fn read(row: &Row<'_>, kind: HeadKind) -> Result<Roles> {
        let mut roles = match kind {
            HeadKind::Noun => Roles {
                actor: vec![Slot::Modifier],
                recipient: vec![],
                symmetric: false,
                again: false,
            },
            _ => Roles {
                actor: vec![Slot::Subject],
                recipient: vec![Slot::Object],
                symmetric: false,
                again: false,
            },
        };
        for part in row.get("roles").split_whitespace() {
            if part == "sym" {
                roles.symmetric = true;
            } else if part == "again" {
                roles.again = true;
            } else if let Some(slots) = part.strip_prefix("A=") {
                roles.actor = slots_of(row, slots)?;
            } else if let Some(slots) = part.strip_prefix("R=") {
                roles.recipient = slots_of(row, slots)?;
            } else {
                return Err(row.error(format!("'{part}' is no role (A=…, R=…, sym or again)")));
            }
        }
        Ok(roles)
    }
}

fn slots_of(row: &Row<'_>, text: &str) -> Result<Vec<Slot>> {
    let mut slots = Vec::new();
    for part in text.split(',').filter(|p| !p.is_empty()) {
        slots.push(match part {
            "subj" => Slot::Subject,
            "obj" => Slot::Object,
            "iobj" => Slot::Indirect,
            "mod" => Slot::Modifier,
            "with" => Slot::Partner,
            "aim" => Slot::Aim,
            "none" => continue,
            other => match other.strip_prefix("p:") {
                Some(words) => Slot::Phrase(words.split('|').map(|w| w.to_lowercase()).collect()),
                None => return Err(row.error(format!("'{other}' is no place for a role"))),
            },
        });
    }
    Ok(slots)
}
