//! The words of a language around actors: offices, nouns that act, pronouns, small binding words.

use std::collections::{BTreeMap, BTreeSet};

use kronik_record::table::Table;
use kronik_record::{Files, Result};

/// How many, and of what make, a noun that acts is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AgentKind {
    Group,
    Person,
    Body,
    Weapon,
}

/// A noun that acts.
#[derive(Debug, Clone)]
pub(crate) struct Agent {
    pub(crate) sector: String,
    pub(crate) kind: AgentKind,
    pub(crate) code: Option<String>,
}

/// Whom a pronoun may stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stands {
    Person,
    Group,
    Thing,
}

/// What a phrase is.
#[derive(Debug, Clone)]
pub(crate) enum Noun {
    Title(String),
    Agent(Agent),
}

/// The tables of one language.
#[derive(Debug, Clone, Default)]
pub(crate) struct ActorLexicon {
    nouns: BTreeMap<String, Noun>,
    both: BTreeSet<String>,
    longest: usize,
    pronouns: BTreeMap<String, Stands>,
    roles: BTreeMap<String, BTreeSet<String>>,
    precision: BTreeMap<String, u8>,
    /// Endings of plurals and what the base form has instead.
    plurals: Vec<(String, String)>,
    /// Owners stand before what they own.
    pub(crate) modifier_first: bool,
}

impl ActorLexicon {
    pub(crate) fn load(files: &Files, code: &str) -> Result<ActorLexicon> {
        let mut lexicon = ActorLexicon::default();
        let path = |name: &str| format!("languages/{code}/{name}.tsv");
        let agents =
            Table::load_optional(files, &path("agents"), &["words", "sector", "kind", "code"])?;
        for row in agents.rows() {
            let kind = match row.need("kind")? {
                "group" => AgentKind::Group,
                "person" => AgentKind::Person,
                "body" => AgentKind::Body,
                "weapon" => AgentKind::Weapon,
                other => {
                    return Err(
                        row.error(format!("'{other}' is none of group, person, body, weapon"))
                    );
                }
            };
            let code = Some(row.get("code").to_string()).filter(|c| !c.is_empty());
            let agent = Agent {
                sector: row.need("sector")?.to_string(),
                kind,
                code,
            };
            for words in row.list("words") {
                lexicon.noun(words, Noun::Agent(agent.clone()));
            }
        }
        let titles = Table::load_optional(files, &path("titles"), &["words", "sector"])?;
        for row in titles.rows() {
            let sector = row.need("sector")?;
            for words in row.list("words") {
                if lexicon.nouns.contains_key(&words.to_lowercase()) {
                    lexicon.both.insert(words.to_lowercase());
                }
                lexicon.noun(words, Noun::Title(sector.to_string()));
            }
        }
        let pronouns = Table::load_optional(files, &path("pronouns"), &["words", "number", "who"])?;
        for row in pronouns.rows() {
            let stands = match row.need("who")? {
                "person" => Stands::Person,
                "group" => Stands::Group,
                "thing" => Stands::Thing,
                other => {
                    return Err(row.error(format!("'{other}' is none of person, group, thing")));
                }
            };
            for word in row.list("words") {
                lexicon.pronouns.insert(word.to_lowercase(), stands);
            }
        }
        let roles = Table::load_optional(files, &path("mentions"), &["role", "words"])?;
        for row in roles.rows() {
            let role = row.need("role")?;
            if role == "order" {
                lexicon.modifier_first = row.need("words")? == "modifier-first";
                continue;
            }
            for word in row.list("words") {
                if role == "plural-ending" {
                    let Some((ending, base)) = word.split_once('=') else {
                        return Err(row.error(format!("'{word}' is not of the form ending=base")));
                    };
                    lexicon.plurals.push((ending.to_string(), base.to_string()));
                } else if role == "place-kind" {
                    let Some((noun, precision)) = word.split_once('=') else {
                        return Err(
                            row.error(format!("'{word}' is not of the form noun=precision"))
                        );
                    };
                    let precision = precision
                        .parse()
                        .map_err(|_| row.error(format!("'{precision}' is not a number")))?;
                    lexicon.precision.insert(noun.to_string(), precision);
                } else {
                    lexicon
                        .roles
                        .entry(role.to_string())
                        .or_default()
                        .insert(word.to_string());
                }
            }
        }
        Ok(lexicon)
    }

    fn noun(&mut self, words: &str, noun: Noun) {
        self.longest = self.longest.max(words.split(' ').count());
        self.nouns.entry(words.to_lowercase()).or_insert(noun);
    }

    /// The longest noun phrase that starts the given forms; `lemmas` stand in for the last word.
    pub(crate) fn noun_at(
        &self,
        forms: &[String],
        lemmas: &[String],
    ) -> Option<(usize, &Noun, bool)> {
        for n in (1..=self.longest.min(forms.len())).rev() {
            let phrase = forms[..n].join(" ");
            if let Some(noun) = self.nouns.get(&phrase) {
                return Some((n, noun, false));
            }
            let last = &lemmas[n - 1];
            let inflected = [last.clone(), self.singular(&forms[n - 1])];
            for word in inflected {
                if word == forms[n - 1] {
                    continue;
                }
                let head = if n == 1 {
                    String::new()
                } else {
                    forms[..n - 1].join(" ") + " "
                };
                if let Some(noun) = self.nouns.get(&(head + &word)) {
                    return Some((n, noun, true));
                }
            }
        }
        None
    }

    fn singular(&self, form: &str) -> String {
        let cut = |(ending, base): &(String, String)| {
            form.strip_suffix(ending.as_str())
                .map(|stem| format!("{stem}{base}"))
        };
        self.plurals.iter().find_map(cut).unwrap_or_default()
    }

    /// An agent noun that is a title as well (`pilot`, `senator`).
    pub(crate) fn is_title_too(&self, phrase: &str) -> bool {
        self.both.contains(phrase)
    }

    pub(crate) fn pronoun(&self, low: &str) -> Option<Stands> {
        self.pronouns.get(low).copied()
    }

    pub(crate) fn has(&self, role: &str, word: &str) -> bool {
        self.roles
            .get(role)
            .is_some_and(|words| words.contains(word))
    }

    pub(crate) fn precision(&self, noun: &str) -> Option<u8> {
        self.precision.get(noun).copied()
    }
}
