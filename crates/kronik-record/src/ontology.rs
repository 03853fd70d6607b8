//! The classes of events, read from `ontologies/<name>/types.tsv` and `contexts.tsv`.
//!
//! Researchers code with different books; no class name stands in Rust. A type's row has an empty
//! mode; its modes follow it. Ontologies are laid one over the other in the order given.

use std::collections::{BTreeMap, BTreeSet};

use crate::table::Table;
use crate::{Error, Files, Result};

/// A mode of an event type.
#[derive(Debug, Clone, PartialEq)]
pub struct Mode {
    /// Conflict–cooperation score, -10 to 10, where the codebook gives one.
    pub score: Option<f64>,
    /// Nearest CAMEO code, a string since `010` is not `10`.
    pub cameo: Option<String>,
    /// What becomes of a deed named in the complement.
    pub content: Content,
    /// Who is acted upon where the text names nobody.
    pub recipient: DefaultRecipient,
    /// Where its place may be told, if the mode says otherwise than its type.
    pub site: Option<Site>,
}

/// Where an article may tell the place of a deed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Site {
    /// In the deed's own clause.
    #[default]
    Clause,
    /// Also around deeds of its kind before it: fighting goes on where it was.
    Carried,
    /// As [`Site::Carried`], and the place that is left is the deed's.
    Left,
    /// Nowhere: what is done by telephone or by words alone has no place.
    Nowhere,
}

/// What becomes of a deed that stands in the complement of another (`urged Iran to stop`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Content {
    /// An event of its own.
    #[default]
    Own,
    /// Part of this deed, no second event.
    Absorbed,
    /// A clause is part of this deed, a noun names an event of its own (`rejected the request`).
    ClauseAbsorbed,
    /// An event of its own that this deed alleges.
    Alleged,
}

/// Who is acted upon where the text names nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DefaultRecipient {
    /// Nobody.
    #[default]
    Nobody,
    /// The state of the place where it happened.
    Place,
    /// The actor's own state.
    Own,
    /// The other side of the article's conflict.
    Other,
    /// Both sides of the article's conflict, where the deed brings them together.
    Parties,
    /// The class has no recipient, even where an object stands.
    Never,
}

/// When a side that a sentence leaves out may be understood from the article's other deeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Opponent {
    /// Never.
    #[default]
    Told,
    /// Recipients only: where the article's other deeds of this class go to one only, those of the
    /// same actor first.
    Alike,
    /// Where the article's deeds of force know one other side only.
    Only,
    /// Wherever the article knows another side; of several the likeliest.
    Likely,
}

/// An event type.
#[derive(Debug, Clone, PartialEq)]
pub struct EventType {
    /// Quad class as the codebook prints it.
    pub quad: Option<String>,
    /// Score and CAMEO code of the type without a mode.
    pub plain: Mode,
    /// When a side that a sentence leaves out may be understood from the article's other deeds.
    pub opponent: Opponent,
    /// Told without anybody, it was done among the people of the state that the article is set in.
    pub domestic: bool,
    /// Its modes by name.
    pub modes: BTreeMap<String, Mode>,
}

impl EventType {
    /// True for a type of one of the two conflict quads (Goldstein's and PLOVER's division into
    /// verbal and material, conflict and cooperation).
    pub fn is_conflict(&self) -> bool {
        let quad = self.quad.as_deref().unwrap_or_default();
        quad.to_uppercase().ends_with("CONFLICT")
    }

    /// True for a type of the material cooperation quad: something was given or done for somebody.
    pub fn is_material_cooperation(&self) -> bool {
        let quad = self.quad.as_deref().unwrap_or_default();
        quad.eq_ignore_ascii_case("MATERIAL COOPERATION")
    }

    /// True for a type of the material conflict quad: something was done, not only said.
    pub fn is_material_conflict(&self) -> bool {
        let quad = self.quad.as_deref().unwrap_or_default();
        quad.eq_ignore_ascii_case("MATERIAL CONFLICT")
    }
}

/// All types in force.
#[derive(Debug, Clone, Default)]
pub struct Ontology {
    names: Vec<String>,
    types: BTreeMap<String, EventType>,
    contexts: BTreeSet<String>,
}

impl Ontology {
    /// Loads the ontologies `names` from `files`, later ones adding to earlier ones.
    ///
    /// # Errors
    /// A missing file, a mode before its type, a score that is no number.
    pub fn load(files: &Files, names: &[&str]) -> Result<Ontology> {
        let mut all = Ontology::default();
        for name in names {
            all.names.push((*name).to_string());
            let path = format!("ontologies/{name}/types.tsv");
            let table = Table::load(files, &path, &["type", "mode", "quad", "score", "cameo"])?;
            for row in table.rows() {
                let score = match row.get("score") {
                    "" => None,
                    text => Some(
                        text.parse()
                            .map_err(|_| row.error(format!("'{text}' is no score")))?,
                    ),
                };
                let text = |cell: &str| (!cell.is_empty()).then(|| cell.to_string());
                let content = match row.get("content") {
                    "" => Content::Own,
                    "absorbed" => Content::Absorbed,
                    "clause-absorbed" => Content::ClauseAbsorbed,
                    "alleged" => Content::Alleged,
                    other => return Err(row.error(format!("'{other}' is no kind of content"))),
                };
                let recipient = match row.get("recipient") {
                    "" => DefaultRecipient::Nobody,
                    "place" => DefaultRecipient::Place,
                    "self" => DefaultRecipient::Own,
                    "none" => DefaultRecipient::Never,
                    "other" => DefaultRecipient::Other,
                    "parties" => DefaultRecipient::Parties,
                    other => return Err(row.error(format!("'{other}' is no default recipient"))),
                };
                let site = match row.get("place") {
                    "" => None,
                    "clause" => Some(Site::Clause),
                    "carried" => Some(Site::Carried),
                    "left" => Some(Site::Left),
                    "none" => Some(Site::Nowhere),
                    other => return Err(row.error(format!("'{other}' is no kind of place"))),
                };
                let mode = Mode {
                    site,
                    score,
                    cameo: text(row.get("cameo")),
                    content,
                    recipient,
                };
                let class = row.need("type")?;
                if row.get("mode").is_empty() {
                    let opponent = match row.get("opponent") {
                        "" => Opponent::Told,
                        "alike" => Opponent::Alike,
                        "only" => Opponent::Only,
                        "likely" => Opponent::Likely,
                        other => return Err(row.error(format!("'{other}' is no opponent"))),
                    };
                    let domestic = match row.get("unsaid") {
                        "" => false,
                        "setting" => true,
                        other => return Err(row.error(format!("'{other}' is nobody to assume"))),
                    };
                    let new = EventType {
                        quad: text(row.get("quad")),
                        opponent,
                        domestic,
                        plain: mode,
                        modes: BTreeMap::new(),
                    };
                    all.types.insert(class.to_string(), new);
                } else {
                    let class = all.types.get_mut(class).ok_or_else(|| {
                        row.error(format!(
                            "mode of '{class}', which has no row of its own above"
                        ))
                    })?;
                    class.modes.insert(row.get("mode").to_string(), mode);
                }
            }
            let path = format!("ontologies/{name}/contexts.tsv");
            for row in Table::load_optional(files, &path, &["context"])?.rows() {
                all.contexts.insert(row.need("context")?.to_string());
            }
        }
        if all.types.is_empty() {
            return Err(Error::file("ontologies", "no ontology was named"));
        }
        Ok(all)
    }

    /// The type called `name`.
    pub fn get(&self, name: &str) -> Option<&EventType> {
        self.types.get(name)
    }

    /// The mode `mode` of type `name`, or the type's own row where `mode` is `None`.
    pub fn mode(&self, name: &str, mode: Option<&str>) -> Option<&Mode> {
        let class = self.types.get(name)?;
        match mode {
            None => Some(&class.plain),
            Some(mode) => class.modes.get(mode),
        }
    }

    /// Where the place of a deed may be told; for an unknown type, in its own clause.
    pub fn site(&self, name: &str, mode: Option<&str>) -> Site {
        let told = self.mode(name, mode).and_then(|m| m.site);
        let plain = || self.mode(name, None).and_then(|m| m.site);
        told.or_else(plain).unwrap_or_default()
    }

    /// All type names, in order.
    pub fn types(&self) -> impl Iterator<Item = &str> {
        self.types.keys().map(String::as_str)
    }

    /// True if the codebook has this context.
    pub fn has_context(&self, name: &str) -> bool {
        self.contexts.contains(name)
    }

    /// The ontologies' names joined by `+`, for the records' `data.ontology`.
    pub fn version(&self) -> String {
        self.names.join("+")
    }
}
