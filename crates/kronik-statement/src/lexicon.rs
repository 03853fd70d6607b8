//! Words of saying and of passing on, and the outlets that pass on.

use std::collections::BTreeSet;

use kronik_lang::Pack;
use kronik_record::table::Table;
use kronik_record::{Files, Result};

use crate::Stance;

/// How the words around a cue are arranged (`speech.tsv`, column `pattern`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pattern {
    /// The speaker is the subject; what is said follows or stands before.
    Clause,
    /// The same, only with the speaker behind the cue.
    Inverted,
    /// The same, with a listener; an outlet that is told passes it on.
    Tell,
    /// The speaker follows the words.
    Phrase,
    /// The subject passes on what the object says.
    Cite,
    /// The speaker of the sentence before goes on.
    Last,
    /// A noun of saying: no cue by itself, but never part of what is denied.
    Noun,
    /// A noun that speaks for who wrote it (`memo`): no cue by itself.
    Document,
    /// The speaker follows the words, which take up what was told before them (`demikian diungkap
    /// oleh`, `the announcement was made by`).
    Back,
    /// The words take up what an outlet was said to report before (`in the report`).
    Again,
}

/// A row of `speech.tsv`.
#[derive(Debug, Clone)]
pub(crate) struct CueWord {
    /// Form and keys of each word.
    pub words: Vec<(String, Vec<String>)>,
    /// True for a verb.
    pub verb: bool,
    /// What the speaker does.
    pub stance: Stance,
    /// How the words are arranged.
    pub pattern: Pattern,
    /// As printed in the table, for the rule's id.
    pub printed: String,
}

/// All tables of one language, with the atlas's outlets.
#[derive(Debug, Clone)]
pub(crate) struct Lexicon {
    pub code: String,
    pub cues: Vec<CueWord>,
    /// Words before the name of who passes on, longest first.
    pub relays: Vec<Vec<String>>,
    pub unnamed_nouns: Vec<String>,
    pub unnamed_indefinite: Vec<String>,
    pub unnamed_qualifiers: Vec<Vec<String>>,
    outlets: BTreeSet<String>,
    pub agent_words: Vec<String>,
    /// Keys of nouns that speak for who wrote them.
    pub documents: Vec<String>,
    /// Words before a noun that belong to what a nameless speaker is called (`seorang`).
    pub openers: Vec<String>,
    /// Offices of who serves a person (`juru bicara`).
    pub serving: Vec<String>,
    /// Prepositions within what a nameless speaker is called (`of`).
    pub inner: Vec<String>,
    /// Any verb of saying may stand before its speaker (`said Putin`), not only bare ones (`kata`).
    pub inverts_all: bool,
    /// Single words that say that something was not done.
    pub negations: Vec<String>,
    pub quotes: Vec<(char, char)>,
    pack: Pack,
}

impl Lexicon {
    pub fn load(files: &Files, pack: &Pack) -> Result<Lexicon> {
        let code = pack.code().to_string();
        let path = |name: &str| format!("languages/{code}/{name}.tsv");
        let mut cues = Vec::new();
        let columns = ["cue", "pos", "stance", "pattern"];
        for row in Table::load_optional(files, &path("speech"), &columns)?.rows() {
            let verb = match row.need("pos")? {
                "v" => true,
                "n" | "p" => false,
                other => return Err(row.error(format!("'{other}' is no part of speech"))),
            };
            let stance = Stance::from_name(row.need("stance")?)
                .ok_or_else(|| row.error(format!("'{}' is no stance", row.get("stance"))))?;
            let pattern = match row.need("pattern")? {
                "clause" => Pattern::Clause,
                "inverted" => Pattern::Inverted,
                "tell" => Pattern::Tell,
                "phrase" => Pattern::Phrase,
                "cite" => Pattern::Cite,
                "last" => Pattern::Last,
                "noun" => Pattern::Noun,
                "document" => Pattern::Document,
                "back" => Pattern::Back,
                "again" => Pattern::Again,
                other => return Err(row.error(format!("'{other}' is no pattern"))),
            };
            let printed = row.need("cue")?.to_string();
            let words = printed
                .split_whitespace()
                .map(|w| {
                    (
                        w.to_lowercase(),
                        vec![pack.key(w, verb), pack.key(w, false)],
                    )
                })
                .collect();
            cues.push(CueWord {
                words,
                verb,
                stance,
                pattern,
                printed,
            });
        }
        cues.sort_by_key(|c| std::cmp::Reverse(c.words.len()));
        let documents = cues
            .iter()
            .filter(|c| c.pattern == Pattern::Document)
            .map(|c| pack.key(&c.printed, false))
            .collect();
        let lower = |text: &str| -> Vec<String> {
            text.split_whitespace().map(str::to_lowercase).collect()
        };
        let mut relays: Vec<Vec<String>> =
            Table::load_optional(files, &path("relays"), &["words"])?
                .rows()
                .map(|r| lower(r.get("words")))
                .collect();
        relays.sort_by_key(|r| std::cmp::Reverse(r.len()));
        let mut lexicon = Lexicon {
            code: code.clone(),
            cues,
            relays,
            unnamed_nouns: Vec::new(),
            unnamed_indefinite: Vec::new(),
            unnamed_qualifiers: Vec::new(),
            outlets: outlets(files)?,
            agent_words: Vec::new(),
            documents,
            openers: Vec::new(),
            serving: Vec::new(),
            inner: Vec::new(),
            inverts_all: false,
            negations: Vec::new(),
            quotes: pack.quotes().to_vec(),
            pack: pack.clone(),
        };
        for row in Table::load_optional(files, &path("unnamed"), &["words", "kind"])?.rows() {
            let words = row.need("words")?;
            match row.need("kind")? {
                "noun" => lexicon.unnamed_nouns.push(pack.key(words, false)),
                "indefinite" => lexicon.unnamed_indefinite.push(pack.key(words, false)),
                "qualifier" => lexicon.unnamed_qualifiers.push(lower(words)),
                other => return Err(row.error(format!("'{other}' is no kind of unnamed source"))),
            }
        }
        let columns = ["words", "kind", "scope"];
        for row in Table::load_optional(files, &path("factuality"), &columns)?.rows() {
            if row.get("kind") == "negated" && row.get("scope") == "aux" {
                let single = row.list("words").filter(|w| !w.contains(' '));
                lexicon.negations.extend(single.map(str::to_lowercase));
            }
        }
        for row in Table::load_optional(files, &path("grammar"), &["role", "words"])?.rows() {
            lexicon.inverts_all |= row.get("role") == "inversion" && row.get("words") == "any";
            let words = || row.list("words").map(str::to_lowercase);
            match row.get("role") {
                "opener" => lexicon.openers.extend(words()),
                "inner" => lexicon.inner.extend(words()),
                "serving" => lexicon.serving.extend(words()),
                _ => {}
            }
            if row.get("role") == "agent" {
                lexicon
                    .agent_words
                    .extend(row.list("words").map(str::to_lowercase));
            }
        }
        Ok(lexicon)
    }

    /// True if the language's dictionary has this lower-case form.
    pub fn knows(&self, form: &str) -> bool {
        self.pack.knows(form)
    }

    /// The length in words of the outlet's name that starts `words`, or 0.
    pub fn outlet_at(&self, words: &[String]) -> usize {
        (1..=words.len().min(5))
            .rev()
            .find(|n| self.outlets.contains(&words[..*n].join(" ")))
            .unwrap_or(0)
    }
}

/// Names and aliases of `atlas/outlets.tsv`, in lower case with single spaces.
fn outlets(files: &Files) -> Result<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    for row in Table::load_optional(files, "atlas/outlets.tsv", &["name", "aliases"])?.rows() {
        for name in row.list("name").chain(row.list("aliases")) {
            let words: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
            names.insert(words.join(" "));
        }
    }
    Ok(names)
}
