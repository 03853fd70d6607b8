//! Who stands where around a verb or a noun, read from the dependency tree.
//!
//! Frames speak of deep subjects and objects; trees have surface relations, relative clauses,
//! passives, coordination and participles in between. Everything here answers with the *head
//! token* of a phrase; what that phrase denotes is another question.
//! Parses are imperfect, so each question has a fallback over word order at its end.

use crate::{Relation, Sentence, Upos, Voice};

/// Questions about one sentence.
#[derive(Debug, Clone, Copy)]
pub struct Grammar<'s> {
    /// The sentence.
    pub sentence: &'s Sentence,
    /// Lower-cased forms of its tokens.
    pub forms: &'s [String],
    /// Prepositions that mark the agent of a passive.
    pub agent_words: &'s [String],
    /// Words before a verb whose subject is the object before it (`accused him of lying`).
    pub control_words: &'s [String],
}

impl Grammar<'_> {
    fn relation(&self, i: usize) -> Relation {
        self.sentence.tokens[i].relation
    }

    fn upos(&self, i: usize) -> Upos {
        self.sentence.tokens[i].upos
    }

    fn head(&self, i: usize) -> Option<usize> {
        self.sentence.tokens[i].head
    }

    fn child(&self, i: usize, relation: Relation) -> Option<usize> {
        self.sentence.children_in(i, relation).next()
    }

    /// True for a verb in the passive.
    pub fn is_passive(&self, v: usize) -> bool {
        self.sentence.tokens[v].voice == Voice::Passive
            || self.child(v, Relation::AuxPass).is_some()
            || self.child(v, Relation::NsubjPass).is_some() && self.has_agent(v)
    }

    fn has_agent(&self, v: usize) -> bool {
        self.sentence.children(v).any(|c| self.is_agent_phrase(c))
    }

    /// The by-phrase that hangs on `v`.
    pub fn agent(&self, v: usize) -> Option<usize> {
        self.sentence.children(v).find(|c| self.is_agent_phrase(*c))
    }

    fn is_agent_phrase(&self, c: usize) -> bool {
        self.relation(c) == Relation::OblAgent
            || matches!(self.relation(c), Relation::Obl | Relation::Nmod)
                && self
                    .case_word(c)
                    .is_some_and(|w| self.agent_words.contains(w))
    }

    /// The preposition of the phrase headed by `i`.
    pub fn case_word(&self, i: usize) -> Option<&String> {
        self.child(i, Relation::Case).map(|c| &self.forms[c])
    }

    fn is_relative_pronoun(&self, i: usize) -> bool {
        matches!(
            self.upos(i),
            Upos::Pron | Upos::Sconj | Upos::Det | Upos::Part
        ) && self.relation_is_clausal_of_noun(self.head(i))
    }

    fn relation_is_clausal_of_noun(&self, v: Option<usize>) -> bool {
        v.is_some_and(|v| matches!(self.relation(v), Relation::Acl | Relation::AclRelcl))
    }

    /// The noun that a relative or participial clause hangs on.
    fn antecedent(&self, v: usize) -> Option<usize> {
        self.relation_is_clausal_of_noun(Some(v))
            .then(|| self.head(v))
            .flatten()
    }

    /// The surface subject: what stands in front, whatever the voice.
    pub fn surface_subject(&self, v: usize) -> Option<usize> {
        self.surface_subject_within(v, 0)
    }

    fn surface_subject_within(&self, v: usize, depth: usize) -> Option<usize> {
        if depth > 6 {
            return None;
        }
        for relation in [Relation::Nsubj, Relation::NsubjPass, Relation::Csubj] {
            // Of several, which only a wrong tree has, the nearest.
            let children = self.sentence.children_in(v, relation);
            if let Some(s) = children.min_by_key(|s| s.abs_diff(v)) {
                if self.is_relative_pronoun(s) {
                    return self.antecedent(v).or(Some(s));
                }
                return Some(s);
            }
        }
        let head = self.head(v)?;
        match self.relation(v) {
            Relation::Acl | Relation::AclRelcl => Some(head),
            Relation::Amod if self.upos(v) == Upos::Verb => Some(head),
            Relation::Conj if self.is_predicate(head) => {
                self.surface_subject_within(head, depth + 1)
            }
            Relation::Advcl if self.is_controlled(v) => {
                self.child(head, Relation::Obj).filter(|o| *o < v)
            }
            Relation::Xcomp => {
                let controlled = self.child(head, Relation::Obj).filter(|o| *o < v);
                controlled.or_else(|| self.surface_subject_within(head, depth + 1))
            }
            Relation::Advcl | Relation::Ccomp | Relation::Parataxis | Relation::Aux => {
                self.surface_subject_within(head, depth + 1)
            }
            _ => None,
        }
    }

    fn is_controlled(&self, v: usize) -> bool {
        let marked = |c: usize| {
            let opens = matches!(self.relation(c), Relation::Mark | Relation::Case);
            opens && self.control_words.contains(&self.forms[c])
        };
        self.sentence.children(v).any(marked)
            && self
                .head(v)
                .and_then(|h| self.child(h, Relation::Obj))
                .is_some()
    }

    /// True for a token that heads a clause.
    pub fn is_predicate(&self, i: usize) -> bool {
        self.upos(i) == Upos::Verb
            || matches!(
                self.relation(i),
                Relation::Root
                    | Relation::Acl
                    | Relation::AclRelcl
                    | Relation::Advcl
                    | Relation::Ccomp
                    | Relation::Xcomp
            )
            || self.child(i, Relation::Nsubj).is_some()
    }

    /// The deep subject of verb `v`: who does it.
    pub fn subject(&self, v: usize) -> Option<usize> {
        if !self.is_passive(v) {
            return self.surface_subject(v);
        }
        if let Some(agent) = self.sentence.children(v).find(|c| self.is_agent_phrase(*c)) {
            return Some(agent);
        }
        // A bare noun phrase right after a passive that needs no auxiliary is its agent.
        let bare = self.sentence.tokens[v].voice == Voice::Passive
            && self.child(v, Relation::AuxPass).is_none();
        let follows = |c: &usize| {
            *c > v
                && *c <= v + 6
                && matches!(
                    self.relation(*c),
                    Relation::Obj | Relation::Obl | Relation::Nsubj | Relation::Nmod
                )
                && self.case_word(*c).is_none()
                && matches!(self.upos(*c), Upos::Noun | Upos::Propn | Upos::Pron)
                && (v + 1..*c).all(|i| self.upos(i) != Upos::Verb)
        };
        if bare {
            self.sentence.children(v).find(follows)
        } else {
            None
        }
    }

    /// The deep object of verb `v`: to whom or what it is done.
    pub fn object(&self, v: usize) -> Option<usize> {
        if self.is_passive(v) {
            let agent = self.subject(v);
            return self.surface_subject(v).filter(|s| Some(*s) != agent);
        }
        if let Some(o) = self.child(v, Relation::Obj) {
            if self.is_relative_pronoun(o) {
                return self.antecedent(v);
            }
            return Some(o);
        }
        if let Some(o) = self.child(v, Relation::Iobj) {
            return Some(o);
        }
        // The gap of a relative clause that has a subject of its own.
        if self.relation(v) == Relation::AclRelcl
            && let Some(s) = self.child(v, Relation::Nsubj)
            && !self.is_relative_pronoun(s)
        {
            return self.head(v);
        }
        // What coordinated verbs share (`seized and looted the base`).
        self.sentence
            .children_in(v, Relation::Conj)
            .filter(|c| self.upos(*c) == Upos::Verb && *c == v + 2)
            .find_map(|c| self.child(c, Relation::Obj))
    }

    /// The indirect object.
    pub fn indirect(&self, v: usize) -> Option<usize> {
        self.child(v, Relation::Iobj)
    }

    /// Genitives, compounds, adjectives and possessives of noun `n`, nearest first.
    pub fn modifiers(&self, n: usize) -> Vec<usize> {
        let mut all: Vec<usize> = self
            .sentence
            .children(n)
            .filter(|c| {
                matches!(
                    self.relation(*c),
                    Relation::NmodPoss
                        | Relation::Compound
                        | Relation::Amod
                        | Relation::Flat
                        | Relation::Det
                        | Relation::Nmod
                        | Relation::Appos
                ) && (self.case_word(*c).is_none() || self.relation(*c) == Relation::NmodPoss)
            })
            .collect();
        all.sort_by_key(|c| c.abs_diff(n));
        all
    }

    /// Heads of phrases with one of `words` that belong to `i` (a verb or a noun), nearest first:
    /// its own, then those of its object, then by word order to the right up to the next verb.
    pub fn phrases(&self, i: usize, words: &[String]) -> Vec<usize> {
        let mut found: Vec<usize> = Vec::new();
        let marked = |c: usize| self.case_word(c).is_some_and(|w| words.contains(w));
        let mut add = |c: usize| {
            if !found.contains(&c) {
                found.push(c);
            }
        };
        for c in self.sentence.children(i).filter(|c| *c > i) {
            if marked(c) {
                add(c);
            }
        }
        for o in self.sentence.children(i).filter(|c| {
            let relation = self.relation(*c);
            matches!(relation, Relation::Obj | Relation::Obl | Relation::Nmod) && *c > i
                || relation == Relation::NsubjPass
        }) {
            for c in self.sentence.children(o) {
                if marked(c) {
                    add(c);
                }
            }
        }
        for c in self.sentence.children(i).filter(|c| *c < i) {
            if marked(c) {
                add(c);
            }
        }
        if found.is_empty()
            && let Some(c) = self.phrase_by_order(i, words)
        {
            found.push(c);
        }
        found
    }

    fn phrase_by_order(&self, i: usize, words: &[String]) -> Option<usize> {
        let end = (i + 13).min(self.forms.len());
        for at in i + 1..end {
            if self.upos(at) == Upos::Verb && self.relation(at) != Relation::Amod {
                return None;
            }
            let opens = self.upos(at) == Upos::Part || self.relation(at) == Relation::Mark;
            if words.contains(&self.forms[at]) && self.upos(at) != Upos::Punct && !opens {
                let noun = (at + 1..(at + 6).min(self.forms.len()))
                    .find(|j| matches!(self.upos(*j), Upos::Noun | Upos::Propn | Upos::Pron));
                return noun;
            }
        }
        None
    }

    /// `i` with everything coordinated with it, in text order.
    pub fn coordinated(&self, i: usize) -> Vec<usize> {
        let mut all = vec![i];
        let mut next = 0;
        while next < all.len() {
            let at = all[next];
            for c in self.sentence.children_in(at, Relation::Conj) {
                let nominal = matches!(self.upos(c), Upos::Noun | Upos::Propn | Upos::Pron);
                if nominal && !all.contains(&c) {
                    all.push(c);
                }
            }
            next += 1;
        }
        all.sort_unstable();
        all
    }

    /// The verb or noun whose complement `i` is, step by step outward, with the relation by which
    /// the inner hangs on the outer.
    pub fn governors(&self, i: usize) -> Vec<(usize, Relation)> {
        let mut chain = Vec::new();
        let mut at = i;
        while let Some(head) = self.head(at) {
            chain.push((head, self.relation(at)));
            at = head;
            if chain.len() > 12 {
                break;
            }
        }
        chain
    }

    /// First and last token of the clause around `i`, by its predicate's subtree without the
    /// clauses under it.
    pub fn clause(&self, i: usize) -> Vec<usize> {
        let predicate = self.clause_head(i);
        let mut members = Vec::new();
        for j in 0..self.forms.len() {
            if self.clause_head(j) == predicate {
                members.push(j);
            }
        }
        members
    }

    /// The predicate of the clause that `i` stands in.
    pub fn clause_head(&self, i: usize) -> usize {
        let mut at = i;
        for _ in 0..self.forms.len() {
            let clausal = matches!(
                self.relation(at),
                Relation::Root
                    | Relation::Acl
                    | Relation::AclRelcl
                    | Relation::Advcl
                    | Relation::Ccomp
                    | Relation::Csubj
                    | Relation::Parataxis
            ) || self.relation(at) == Relation::Conj && self.is_predicate(at);
            match self.head(at) {
                Some(head) if !clausal => at = head,
                _ => return at,
            }
        }
        at
    }
}
