//! Did it happen, and who doubts it: the words around a deed that tell.
//!
//! A statement's stance comes first (a denial denies what stands in it), then words inside the
//! deed's own clause (negation, future, hedge), then what governs it (plans, orders, calls), then
//! the conjunction of its clause (conditions).

use kronik_lang::{Pack, Relation, Upos};
use kronik_record::table::Table;
use kronik_record::{Files, Result};

use crate::event::Factuality;
use kronik_lang::Grammar;

/// `languages/<code>/factuality.tsv`, read.
#[derive(Debug, Clone, Default)]
pub struct FactualityLexicon {
    code: String,
    inside: Vec<Entry>,
    governing: Vec<Entry>,
    marking: Vec<Entry>,
    complement_words: Vec<String>,
}

#[derive(Debug, Clone)]
struct Entry {
    words: Vec<(String, Vec<String>)>,
    kind: Factuality,
    printed: String,
}

/// What was read, with the word that told it.
pub struct Reading {
    /// How the deed is presented.
    pub kind: Factuality,
    /// Rule id.
    pub rule: String,
    /// Token that told it.
    pub token: usize,
}

impl FactualityLexicon {
    /// Loads the table of a language; a language without one presents everything as asserted.
    ///
    /// # Errors
    /// An unknown kind or scope, with file and line.
    pub fn load(files: &Files, pack: &Pack) -> Result<FactualityLexicon> {
        let code = pack.code().to_string();
        let path = format!("languages/{code}/factuality.tsv");
        let mut lexicon = FactualityLexicon {
            code,
            ..FactualityLexicon::default()
        };
        for row in Table::load_optional(files, &path, &["words", "kind", "scope"])?.rows() {
            let kind = Factuality::from_name(row.need("kind")?)
                .ok_or_else(|| row.error(format!("'{}' is no factuality", row.get("kind"))))?;
            for words in row.list("words") {
                let keys = words
                    .split_whitespace()
                    .map(|w| {
                        let mut keys = vec![pack.key(w, true)];
                        let noun = pack.key(w, false);
                        if !keys.contains(&noun) {
                            keys.push(noun);
                        }
                        (w.to_lowercase(), keys)
                    })
                    .collect();
                let entry = Entry {
                    words: keys,
                    kind,
                    printed: words.to_string(),
                };
                match row.need("scope")? {
                    "aux" => lexicon.inside.push(entry),
                    "gov" => lexicon.governing.push(entry),
                    "mark" => lexicon.marking.push(entry),
                    other => return Err(row.error(format!("'{other}' is no scope"))),
                }
            }
        }
        let path = format!("languages/{}/grammar.tsv", pack.code());
        for row in Table::load_optional(files, &path, &["role", "words"])?.rows() {
            if row.get("role") == "complement" {
                let words = row.list("words").map(str::to_lowercase);
                lexicon.complement_words.extend(words);
            }
        }
        for list in [
            &mut lexicon.inside,
            &mut lexicon.governing,
            &mut lexicon.marking,
        ] {
            // Longer expressions first, so that `no longer` is not read as `no`.
            list.sort_by_key(|e| std::cmp::Reverse(e.words.len()));
        }
        Ok(lexicon)
    }

    /// What the words around token `trigger` say; `None` where they say nothing.
    /// A noun for a deed done by speaking (`speech`) was done even where it is denied or refused
    /// (`rejected the request`).
    pub fn read(&self, grammar: Grammar<'_>, trigger: usize, speech: bool) -> Option<Reading> {
        let mut best: Option<Reading> = None;
        let mut consider = |found: Option<Reading>| {
            if let Some(found) = found {
                let rank = |r: &Reading| rank(r.kind);
                if best.as_ref().is_none_or(|b| rank(&found) > rank(b)) {
                    best = Some(found);
                }
            }
        };
        consider(self.inside(grammar, trigger));
        // A noun or infinitive under a verb shares what stands in that verb's clause.
        let governors = grammar.governors(trigger);
        let mut within = trigger;
        for (governor, relation) in governors.iter().copied().take(3) {
            let complement = matches!(
                relation,
                Relation::Xcomp
                    | Relation::Ccomp
                    | Relation::Obj
                    | Relation::Acl
                    | Relation::Advcl
                    | Relation::Nmod
                    | Relation::Obl
                    | Relation::Nsubj
                    | Relation::NsubjPass
                    | Relation::Conj
            );
            if !complement {
                break;
            }
            if self.is_complement(grammar, within, governor, relation) {
                let found = self.at(&self.governing, grammar, governor, false);
                let object =
                    within == trigger && grammar.sentence.tokens[trigger].upos != Upos::Verb;
                let undone = |r: &Reading| rank(r.kind) >= rank(Factuality::Negated);
                consider(found.filter(|r| !(speech && object && undone(r))));
            }
            // What happens after, although or because: its clause stands on its own.
            let apart = matches!(relation, Relation::Advcl | Relation::Acl)
                && grammar
                    .sentence
                    .children_in(within, Relation::Mark)
                    .any(|m| !self.complement_words.contains(&grammar.forms[m]));
            if apart {
                break;
            }
            let shares = matches!(
                relation,
                Relation::Obj | Relation::NsubjPass | Relation::Xcomp
            ) || relation == Relation::Conj && within == trigger;
            if shares {
                consider(self.inside(grammar, governor));
            }
            within = governor;
        }
        let clause = grammar.clause_head(trigger);
        for mark in grammar.sentence.children_in(clause, Relation::Mark) {
            consider(self.at(&self.marking, grammar, mark, true));
        }
        best
    }

    /// True if what hangs on `governor` as `inner` is what it plans, orders or denies, not when or
    /// after what it does so.
    fn is_complement(
        &self,
        grammar: Grammar<'_>,
        inner: usize,
        governor: usize,
        relation: Relation,
    ) -> bool {
        let opens = |word: &String| self.complement_words.contains(word);
        match relation {
            Relation::Conj | Relation::Nsubj => false,
            Relation::Obl | Relation::Nmod => {
                inner > governor && grammar.case_word(inner).is_none_or(opens)
            }
            Relation::Advcl => {
                let mut marks = grammar.sentence.children_in(inner, Relation::Mark);
                inner > governor && marks.all(|m| opens(&grammar.forms[m]))
            }
            _ => true,
        }
    }

    fn inside(&self, grammar: Grammar<'_>, at: usize) -> Option<Reading> {
        let tokens = &grammar.sentence.tokens;
        let verbal = tokens[at].upos == Upos::Verb || grammar.is_predicate(at);
        let mut found: Option<Reading> = None;
        let near = at.saturating_sub(if verbal { 4 } else { 2 });
        for i in near..at {
            // Nothing reaches over another verb or a boundary of the clause.
            let blocked = (i + 1..at).any(|j| {
                tokens[j].upos == Upos::Punct
                    || tokens[j].upos == Upos::Verb && tokens[j].relation != Relation::Aux
                    || tokens[j].upos == Upos::Cconj
                    || tokens[j].upos == Upos::Noun && !verbal
            });
            if !blocked && let Some(r) = self.at(&self.inside, grammar, i, true) {
                found = Some(r);
            }
        }
        for c in grammar.sentence.children(at) {
            let adverbial = matches!(
                tokens[c].relation,
                Relation::Advmod | Relation::Aux | Relation::AuxPass | Relation::Det
            );
            if adverbial
                && let Some(r) = self.at(&self.inside, grammar, c, true)
                && found.as_ref().is_none_or(|f| rank(r.kind) > rank(f.kind))
            {
                found = Some(r);
            }
        }
        found
    }

    fn at(
        &self,
        entries: &[Entry],
        grammar: Grammar<'_>,
        at: usize,
        by_form: bool,
    ) -> Option<Reading> {
        let is = |i: usize, (form, keys): &(String, Vec<String>)| {
            let Some(token) = grammar.sentence.tokens.get(i) else {
                return false;
            };
            grammar.forms[i] == *form || !by_form && keys.contains(&token.lemma)
        };
        entries
            .iter()
            .find(|e| e.words.iter().enumerate().all(|(n, word)| is(at + n, word)))
            .map(|e| Reading {
                kind: e.kind,
                rule: format!("factuality:{}/{}", self.code, e.printed),
                token: at,
            })
    }
}

/// Which of two readings wins: what did not happen over what is not sure over what is to come.
fn rank(kind: Factuality) -> u8 {
    match kind {
        Factuality::Denied => 5,
        Factuality::Negated => 4,
        Factuality::Alleged => 3,
        Factuality::Hypothetical => 2,
        Factuality::Planned => 1,
        Factuality::Asserted => 0,
    }
}
