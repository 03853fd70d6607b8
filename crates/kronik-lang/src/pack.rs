//! The words of one language, read from its folder of tables.
//!
//! A pack answers two questions for the stages above: what is the headword of this form
//! ([`Pack::headword`]), and under which key does a word of a frame file meet its forms in a
//! text ([`Pack::key`]). Both go through the same functions, so a frame's `menyerang` and an
//! article's `diserang` cannot drift apart.

use std::collections::{BTreeMap, HashMap};

use kronik_record::{Error, Files, Result};
use serde::Deserialize;

use crate::affix::{Affixes, Kind, Letters};
use crate::clitics::Clitics;
use crate::compounds::WordSettings;
use crate::derivation::{Builder, Derivation};
use crate::tables::{load_abbreviations, load_irregular, load_roots, load_words, toml_error};
use crate::{Upos, Voice};

/// A language's tables. Cheap to share, never changed after loading.
#[derive(Debug, Clone, Default)]
pub struct Pack {
    pub(crate) settings: Settings,
    pub(crate) abbreviations: HashMap<String, Abbreviation>,
    words: HashMap<String, Vec<Word>>,
    irregular: HashMap<String, Vec<Irregular>>,
    builder: Builder,
    pub(crate) clitics: Clitics,
}

/// `pack.toml`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Settings {
    code: String,
    name: String,
    english_name: String,
    decimal: char,
    group: char,
    #[serde(default)]
    vowels: String,
    #[serde(default)]
    quotes: Vec<(char, char)>,
    #[serde(default)]
    pub tokens: TokenSettings,
    #[serde(default)]
    pub words: WordSettings,
}

/// How words are cut, beyond white space and punctuation.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TokenSettings {
    /// Written before a number without a space.
    #[serde(default)]
    pub currencies: Vec<String>,
    /// Written after a number without a space.
    #[serde(default)]
    pub units: Vec<String>,
    /// Endings with an apostrophe that are words of their own.
    #[serde(default)]
    pub endings: Vec<String>,
    /// Words that are two: the number of characters of the first.
    #[serde(default)]
    pub halves: BTreeMap<String, usize>,
}

/// When the full stop of an abbreviation may end a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Abbreviation {
    /// Never but at the end of a block.
    Never,
    /// If what follows looks like a new sentence.
    Perhaps,
    /// It is an abbreviation only before a number.
    BeforeNumber,
}

/// A word of a closed class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Its part of speech.
    pub upos: Upos,
    /// Its headword.
    pub lemma: String,
}

#[derive(Debug, Clone)]
pub(crate) struct Irregular {
    pub lemma: String,
    pub upos: Option<Upos>,
    pub class: String,
}

impl Pack {
    /// Reads `languages/<code>/`.
    ///
    /// # Errors
    /// When `pack.toml` is missing, or a file has something it should not; the message names file
    /// and line. The other files may be absent.
    pub fn load(files: &Files, code: &str) -> Result<Pack> {
        let path = |name: &str| format!("languages/{code}/{name}");
        let toml_path = path("pack.toml");
        let text = files.need(&toml_path)?;
        let settings: Settings =
            toml::from_str(text).map_err(|e| toml_error(&toml_path, text, &e))?;
        if settings.code != code {
            let message = format!("code is '{}' but the folder is '{code}'", settings.code);
            return Err(Error::file(&toml_path, message));
        }
        let letters = Letters {
            vowels: settings.vowels.clone(),
        };
        let builder = Builder {
            affixes: Affixes::load(files, &path("affixes.tsv"))?,
            letters,
            roots: load_roots(files, &path("roots.txt"))?,
        };
        Ok(Pack {
            abbreviations: load_abbreviations(files, &path("abbreviations.txt"))?,
            words: load_words(files, &path("words.tsv"))?,
            irregular: load_irregular(files, &path("irregular.tsv"))?,
            clitics: Clitics::load(files, &path("clitics.tsv"))?,
            settings,
            builder,
        })
    }

    /// A pack that knows nothing about the language `code`: generic rules only.
    pub fn generic(code: &str) -> Pack {
        let settings = Settings {
            code: code.to_string(),
            name: code.to_string(),
            english_name: code.to_string(),
            decimal: '.',
            group: ',',
            ..Settings::default()
        };
        Pack {
            settings,
            ..Pack::default()
        }
    }

    /// Codes of the packs there are, in order; the template is not one.
    pub fn codes(files: &Files) -> Vec<String> {
        files
            .under("languages/")
            .filter_map(|p| p.strip_prefix("languages/")?.strip_suffix("/pack.toml"))
            .filter(|code| *code != "template" && !code.contains('/'))
            .map(str::to_string)
            .collect()
    }

    /// ISO 639-1.
    pub fn code(&self) -> &str {
        &self.settings.code
    }

    /// The language's name in itself.
    pub fn name(&self) -> &str {
        &self.settings.name
    }

    /// The language's name in English.
    pub fn english_name(&self) -> &str {
        &self.settings.english_name
    }

    /// What stands before the fraction of a number.
    pub fn decimal(&self) -> char {
        self.settings.decimal
    }

    /// What groups the digits of a number.
    pub fn group(&self) -> char {
        self.settings.group
    }

    /// Opening and closing quotation marks.
    pub fn quotes(&self) -> &[(char, char)] {
        &self.settings.quotes
    }

    /// What a closed-class form may be; a capital does not matter, but a form in capitals only is
    /// an acronym (`US` is not `us`). Empty if it is not in the table.
    pub fn words(&self, form: &str) -> &[Word] {
        if form.chars().count() > 1 && form.chars().all(char::is_uppercase) {
            return &[];
        }
        self.words
            .get(&form.to_lowercase())
            .map_or(&[], Vec::as_slice)
    }

    /// True if the pack knows the word, as it is or by its root. `lower` is in lower case.
    pub fn knows(&self, lower: &str) -> bool {
        self.words.contains_key(lower)
            || self.irregular.contains_key(lower)
            || self.builder.knows(lower)
            || (self.builder.affixes.builds_words()
                && (self.builder.verb(lower).is_some_and(|d| d.known)
                    || self.noun_derivation(lower).is_some()))
            || self
                .by_ending(lower, Upos::Verb)
                .is_some_and(|(_, known, _)| known)
            || self
                .by_ending(lower, Upos::Noun)
                .is_some_and(|(_, known, _)| known)
    }

    /// True if the pack knows the word without taking a clitic off it. `lower` is in lower case.
    pub(crate) fn knows_whole(&self, lower: &str) -> bool {
        if self.words.contains_key(lower)
            || self.irregular.contains_key(lower)
            || self.builder.knows(lower)
        {
            return true;
        }
        if self.builder.affixes.builds_words() {
            let whole = |d: Derivation| d.known && d.clitic.is_none();
            return self.builder.verb(lower).is_some_and(whole)
                || self.noun_derivation(lower).is_some_and(whole);
        }
        self.class_by_ending(lower).is_some()
    }

    /// The headword of `form` as treebanks write it: a root without the marks of [`Pack::key`].
    pub(crate) fn treebank_lemma(&self, form: &str, upos: Upos) -> String {
        if self.builder.affixes.builds_words()
            && matches!(upos, Upos::Verb | Upos::Noun | Upos::Adj)
            && let Some(derivation) = self.derivation(form, upos)
            && derivation.known
        {
            return derivation.root;
        }
        self.headword(form, upos).0
    }

    /// How a verb or noun is built, in a language that builds words with prefixes.
    pub fn derivation(&self, form: &str, upos: Upos) -> Option<Derivation> {
        if !self.builder.affixes.builds_words() {
            return None;
        }
        let lower = form.to_lowercase();
        match upos {
            Upos::Verb => self.builder.verb(&lower),
            _ => self.noun_derivation(&lower),
        }
    }

    fn noun_derivation(&self, lower: &str) -> Option<Derivation> {
        let (stem, clitic) = self.bare_noun(lower);
        let mut derivation = self.builder.noun(&stem)?;
        derivation.clitic = clitic;
        Some(derivation)
    }

    /// Headword and voice of `form` as a word of class `upos`.
    ///
    /// A verb's voice is told by the form alone; where the form leaves it open it is
    /// [`Voice::None`].
    pub fn headword(&self, form: &str, upos: Upos) -> (String, Voice) {
        if matches!(upos, Upos::Propn | Upos::Punct | Upos::Sym) {
            return (form.to_string(), Voice::None);
        }
        let lower = form.to_lowercase();
        if let Some(word) = self.words(&lower).iter().find(|w| w.upos == upos) {
            return (word.lemma.clone(), Voice::None);
        }
        if let Some(found) = self.irregular_of(&lower, upos) {
            return (found.lemma.clone(), self.voice_of(found, &lower, upos));
        }
        if self.builder.affixes.builds_words() {
            return self.built_headword(lower, upos);
        }
        match self.by_ending(&lower, upos) {
            Some((lemma, _, class)) => {
                let open = class.contains("participle") || upos != Upos::Verb;
                (lemma, if open { Voice::None } else { Voice::Active })
            }
            None if upos == Upos::Verb => (lower, Voice::Active),
            None => (lower, Voice::None),
        }
    }

    fn voice_of(&self, found: &Irregular, lower: &str, upos: Upos) -> Voice {
        if upos != Upos::Verb {
            return Voice::None;
        }
        match found.class.as_str() {
            "active" => Voice::Active,
            "passive" => Voice::Passive,
            "participle" => Voice::None,
            _ if self.builder.affixes.builds_words() => self
                .builder
                .verb(lower)
                .map_or(Voice::None, |d| d.category.voice()),
            _ => Voice::Active,
        }
    }

    fn built_headword(&self, lower: String, upos: Upos) -> (String, Voice) {
        match upos {
            Upos::Verb => match self.builder.verb(&lower) {
                Some(derivation) => {
                    // A root may have an irregular key of its own under its clitics.
                    (derivation.key(), derivation.category.voice())
                }
                None => (lower, Voice::None),
            },
            Upos::Noun => (self.bare_noun(&lower).0, Voice::None),
            Upos::Adj | Upos::Adv | Upos::Pron | Upos::Aux | Upos::Det => {
                let known = |w: &str| self.words.contains_key(w) || self.builder.knows(w);
                (
                    self.builder.without_clitics(&lower, &known).0.to_string(),
                    Voice::None,
                )
            }
            _ => (lower, Voice::None),
        }
    }

    /// A noun (lower case) without clitics and doubling.
    fn bare_noun(&self, lower: &str) -> (String, Option<String>) {
        let known = |w: &str| {
            self.words.contains_key(w)
                || self.irregular.contains_key(w)
                || self.builder.noun(w).is_some()
        };
        let (stem, clitic) = self.builder.without_clitics(lower, &known);
        let single = match stem.split_once('-') {
            Some((left, right)) if left == right => left,
            _ => stem,
        };
        (single.to_string(), clitic)
    }

    /// What a frame file's `word` must equal in a token's lemma: the verb's key if `verb`, else
    /// the noun's headword.
    ///
    /// ```
    /// use kronik_lang::{Pack, Upos};
    /// let pack = Pack::generic("xx");
    /// assert_eq!(pack.key("Attack", true), pack.headword("attack", Upos::Verb).0);
    /// ```
    pub fn key(&self, word: &str, verb: bool) -> String {
        self.headword(word, if verb { Upos::Verb } else { Upos::Noun })
            .0
    }

    /// True if `form` may be a past participle (a form that a passive is made with).
    pub(crate) fn may_be_participle(&self, form: &str) -> bool {
        let lower = form.to_lowercase();
        if let Some(found) = self.irregular_of(&lower, Upos::Verb) {
            return found.class == "participle" || found.class == "past|participle";
        }
        self.by_ending(&lower, Upos::Verb)
            .is_some_and(|(_, _, class)| class.contains("participle"))
    }

    /// True if `form` is a participle and nothing else.
    pub(crate) fn is_only_participle(&self, form: &str) -> bool {
        self.irregular_of(&form.to_lowercase(), Upos::Verb)
            .is_some_and(|found| found.class == "participle")
    }

    fn irregular_of(&self, lower: &str, upos: Upos) -> Option<&Irregular> {
        let entries = self.irregular.get(lower)?;
        let as_verb = if upos == Upos::Aux { Upos::Verb } else { upos };
        entries
            .iter()
            .find(|e| e.upos.is_none_or(|u| u == upos || u == as_verb))
    }

    /// Headword by the endings table; whether the pack lists it; the ending's class.
    fn by_ending(&self, lower: &str, upos: Upos) -> Option<(String, bool, &str)> {
        let upos = if upos == Upos::Aux { Upos::Verb } else { upos };
        let builder = &self.builder;
        let mut first: Option<(String, bool, &str)> = None;
        let rows = builder.affixes.of(Kind::Ending(upos));
        for (_, row) in rows {
            let Some(stem) = row.strip_ending(lower, &builder.letters) else {
                continue;
            };
            // A row of class `keep` says that the word has no ending here.
            if row.class == "keep" {
                return first.or(Some((lower.to_string(), false, "")));
            }
            let known = builder.knows(&stem);
            if known {
                return Some((stem, true, &row.class));
            }
            // A rarer possibility, marked `listed`, holds only for words in the list.
            if first.is_none() && !row.class.contains("listed") {
                first = Some((stem, false, &row.class));
            }
        }
        if builder.knows(lower) {
            return None;
        }
        first
    }

    /// The part of speech that an inflected ending of a listed word speaks for.
    pub(crate) fn class_by_ending(&self, lower: &str) -> Option<Upos> {
        if let Some(found) = self.irregular.get(lower).and_then(|all| all.first()) {
            return found.upos;
        }
        [Upos::Verb, Upos::Noun, Upos::Adj, Upos::Adv]
            .into_iter()
            .find(|u| self.by_ending(lower, *u).is_some_and(|(_, known, _)| known))
    }

    #[cfg(test)]
    pub(crate) fn builder(&self) -> &Builder {
        &self.builder
    }
}
