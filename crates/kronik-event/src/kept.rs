//! Which matches are deeds of their own.
//!
//! A frame may fire on a word that only tells what another deed asks for, brings about or is
//! called once more; such words lend what they tell to that deed.

use kronik_lang::{Grammar, Relation, Upos};
use kronik_mention::ActorKind;
use kronik_record::Content;

use crate::coder::Coder;
use crate::matching::Match;
use crate::roles::Cast;

/// Why a match that fired is no deed of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dropped {
    /// Its frame is a sense that is no event.
    NoEvent,
    /// It describes a thing or is part of a name.
    Attribute,
    /// It only says what the deed at this token asks, promises or threatens, or by what means.
    Absorbed,
    /// The sentence has named the deed already.
    NamedBefore,
    /// It only tells what came of the deed at this token.
    Result(usize),
}

impl Coder {
    /// Why `m` is no deed of its own among `all` that fired in its sentence; `None` if it is one.
    pub(crate) fn dropped(
        &self,
        cast: Cast<'_>,
        m: &Match<'_>,
        all: &[Match<'_>],
    ) -> Option<Dropped> {
        if m.frame.class.is_none() {
            return Some(Dropped::NoEvent);
        }
        if is_attribute(cast, m, &self.attributes) {
            return Some(Dropped::Attribute);
        }
        if !m.frame.again && self.is_absorbed(cast.grammar, m, all) {
            return Some(Dropped::Absorbed);
        }
        if named_before(m, all) {
            return Some(Dropped::NamedBefore);
        }
        let cause = self.cause(cast.grammar, m, all)?;
        Some(Dropped::Result(cause.head))
    }

    /// True if `m` only says what another deed asks, promises or threatens.
    fn is_absorbed(&self, grammar: Grammar<'_>, m: &Match<'_>, all: &[Match<'_>]) -> bool {
        let verbal = grammar.sentence.tokens[m.head].upos == Upos::Verb;
        let mut within = m.head;
        for (governor, relation) in grammar.governors(m.head) {
            let outer = all
                .iter()
                .find(|o| o.words.contains(&governor) && o.head != m.head);
            // A noun that tells by what means a verb of its own class was done (`fell by a vote`).
            // Through what is counted, too (`sent two million in aid`).
            let named = (m.head == within)
                || !verbal
                    && grammar.sentence.tokens[m.head].relation == Relation::Nmod
                    && grammar.sentence.tokens[m.head].head == Some(within);
            let means = named
                && !verbal
                && matches!(relation, Relation::Obl | Relation::Obj)
                && outer.is_some_and(|o| {
                    let lemma = &grammar.sentence.tokens[o.head].lemma;
                    o.frame.class == m.frame.class && !self.result_verbs.contains(lemma)
                });
            // What helping is meant to bring about is part of the help (`sent troops to help A fight B`).
            let aimed = all.iter().any(|o| {
                let sent = o.head != m.head && o.with.contains(&governor);
                sent && o.frame.recipient.contains(&crate::frame::Slot::Aim)
            });
            if means || aimed && verbal && within > governor {
                return true;
            }
            let content = outer.map(|o| self.content(o)).unwrap_or_default();
            let complement = matches!(
                relation,
                Relation::Xcomp | Relation::Ccomp | Relation::Advcl | Relation::Acl
            ) && within > governor;
            let direct = within == m.head
                && governor < m.head
                && matches!(relation, Relation::Obj | Relation::Obl | Relation::Nmod);
            match content {
                Content::Absorbed if complement && verbal || direct => return true,
                Content::ClauseAbsorbed if complement && verbal => return true,
                _ => {}
            }
            let passes = complement
                || relation == Relation::Conj
                || within == m.head && !verbal && relation == Relation::Obj;
            let counted = within == m.head && !verbal && relation == Relation::Nmod;
            if !passes && !counted {
                return false;
            }
            within = governor;
        }
        false
    }

    /// The deed of which `m` only tells what came (`the attack killed three`): numbers and victims
    /// are that deed's.
    pub(crate) fn cause<'m, 'b>(
        &self,
        grammar: Grammar<'_>,
        m: &Match<'_>,
        all: &'m [Match<'b>],
    ) -> Option<&'m Match<'b>> {
        let lemma = |m: &Match<'_>| &grammar.sentence.tokens[m.head].lemma;
        if !self.result_verbs.contains(lemma(m)) {
            return None;
        }
        all.iter().find(|o| {
            // `the attack displaced thousands`: driving out may be a deed of its own kind.
            let score = |m: &Match<'_>| {
                let class = self
                    .ontology
                    .get(m.frame.class.as_deref().unwrap_or_default());
                let force = class.filter(|c| c.is_material_conflict());
                force.and_then(|c| c.plain.score)
            };
            let worse = score(o).is_some_and(|o| score(m).is_some_and(|m| o < m));
            let alike = o.frame.class == m.frame.class || worse;
            let deed = o.head != m.head && alike && !self.result_verbs.contains(lemma(o));
            // `the attack killed three and wounded two`: the second shares the subject.
            let mut first = m.head;
            while grammar.sentence.tokens[first].relation == Relation::Conj {
                match grammar.sentence.tokens[first].head {
                    Some(head) if grammar.sentence.tokens[head].upos == Upos::Verb => first = head,
                    _ => break,
                }
            }
            let joined = grammar.sentence.is_under(o.head, first)
                || grammar.sentence.is_under(m.head, o.head);
            deed && joined
        })
    }

    /// A quarrel in words (`accused`, `rejected`).
    pub(crate) fn is_quarrel(&self, m: &Match<'_>) -> bool {
        let class = m.frame.class.as_deref().unwrap_or_default();
        self.ontology
            .get(class)
            .is_some_and(|c| c.is_conflict() && !c.is_material_conflict())
    }

    /// A deed done by speaking.
    pub(crate) fn is_speech(&self, m: &Match<'_>) -> bool {
        self.content(m) != Content::Own || self.is_quarrel(m)
    }

    pub(crate) fn content(&self, m: &Match<'_>) -> Content {
        let class = m.frame.class.as_deref().unwrap_or_default();
        let plain = self
            .ontology
            .mode(class, None)
            .map(|c| c.content)
            .unwrap_or_default();
        match self.ontology.mode(class, m.frame.mode.as_deref()) {
            Some(mode) if mode.content != Content::Own => mode.content,
            _ => plain,
        }
    }
}

/// True for words that describe a thing or are part of a name: `armed group`, `occupied land`,
/// `Free Papua Movement`.
fn is_attribute(cast: Cast<'_>, m: &Match<'_>, attributes: &[String]) -> bool {
    let token = &cast.grammar.sentence.tokens[m.head];
    // `the president elect`: a bare participle that says what somebody is.
    let bare = matches!(
        token.relation,
        Relation::Acl | Relation::AclRelcl | Relation::Amod | Relation::Flat
    ) && cast
        .grammar
        .sentence
        .children(m.head)
        .all(|c| cast.grammar.sentence.tokens[c].upos == Upos::Punct);
    if bare && attributes.contains(&cast.grammar.forms[m.head]) {
        return true;
    }
    let described = token.upos == Upos::Verb || token.upos == Upos::Adj;
    if described && m.words.len() == 1 && token.relation == Relation::Amod {
        return true;
    }
    cast.at(m.head).is_some_and(|i| {
        let mention = &cast.mentions.actors[i];
        // `patrol boats`, `protest leaders`: the noun tells what kind of actor it is.
        let acts = matches!(mention.kind, ActorKind::Agent | ActorKind::Weapon);
        if acts && mention.head != m.head && token.upos == Upos::Noun && m.words.len() == 1 {
            let relation = token.relation;
            return matches!(
                relation,
                Relation::Compound | Relation::Nmod | Relation::Amod | Relation::Flat
            );
        }
        let name = matches!(mention.kind, ActorKind::Organisation | ActorKind::Person);
        name && token.upos == Upos::Propn
    })
}

/// True for a noun that names once more what the sentence has named already.
fn named_before(m: &Match<'_>, all: &[Match<'_>]) -> bool {
    m.frame.again
        && all.iter().any(|o| {
            o.head < m.head && o.frame.class == m.frame.class && o.frame.mode == m.frame.mode
        })
}
