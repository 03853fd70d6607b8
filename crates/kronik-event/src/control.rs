//! Who does what a complement tells, where the complement itself names nobody.
//!
//! *They accused Iran of sending arms*: Iran sends. *They sent arms to help Iran*: they help. The
//! verb above decides, so the verbs whose object acts are a list of the language
//! (`grammar.tsv`, role `object-control`); of all others the subject goes on acting.

use kronik_lang::{Relation, Upos};
use kronik_mention::ActorKind;

use crate::event::Participant;
use crate::roles::Cast;

/// How far up a chain of complements is read.
const DEPTH: usize = 6;

impl Cast<'_> {
    /// The deep subject of verb `v`, its controller where it has none of its own.
    pub(crate) fn doer(&self, v: usize) -> Option<usize> {
        self.doer_within(v, 0)
    }

    fn doer_within(&self, v: usize, depth: usize) -> Option<usize> {
        let g = self.grammar;
        let tokens = &g.sentence.tokens;
        let own = g.sentence.children(v).any(|c| {
            matches!(
                tokens[c].relation,
                Relation::Nsubj | Relation::NsubjPass | Relation::Csubj
            )
        });
        let plain = || g.subject(v);
        let Some(head) = tokens[v].head.filter(|_| !own && depth < DEPTH) else {
            return plain();
        };
        if g.is_passive(v) || tokens[head].upos != Upos::Verb {
            return plain();
        }
        let above = || {
            let subject = if g.is_passive(head) {
                g.surface_subject(head)
            } else {
                self.doer_within(head, depth + 1)
            };
            subject.filter(|s| *s < v).or_else(plain)
        };
        match tokens[v].relation {
            Relation::Xcomp | Relation::Ccomp | Relation::Advcl | Relation::Obl if head < v => {
                let object = g
                    .object(head)
                    .filter(|o| head < *o && *o < v || g.is_passive(head));
                if self.object_control.contains(&tokens[head].lemma) && object.is_some() {
                    return object;
                }
                // `sent troops to help`: whose troops only the setting tells, so who sent them.
                let told = |o: usize| {
                    let mention = self.at(o).map(|i| &self.mentions.actors[i]);
                    mention.is_some_and(|m| m.code.is_some())
                };
                match tokens[v].relation {
                    Relation::Xcomp if object.is_some_and(told) => plain(),
                    Relation::Obl => plain(),
                    _ => above(),
                }
            }
            Relation::Conj => above(),
            _ => plain(),
        }
    }

    /// Whose the phrase headed by `head` is, where a possessive says so and nothing else does:
    /// *a pact between A and B, which their leaders signed*. In a clause that belongs to a noun
    /// they are those named with that noun.
    pub(crate) fn of_possessor(&self, head: usize) -> Option<Vec<Participant>> {
        let mention = self.at(head)?;
        let m = &self.mentions.actors[mention];
        if m.code.is_some() || !matches!(m.kind, ActorKind::Agent | ActorKind::Person) {
            return None;
        }
        if !self.is_possessed(head, m.tokens) {
            return None;
        }
        let clause = self.grammar.governors(head);
        // `A denied that its troops had …`: the subject of the clause above owns them.
        let above = clause
            .iter()
            .filter(|(_, relation)| *relation == Relation::Ccomp)
            .filter_map(|(verb, _)| self.grammar.subject(*verb))
            .filter_map(|subject| self.at(subject))
            .find(|owner| *owner < mention)
            .map(|owner| &self.mentions.actors[owner]);
        if let Some(owner) = above.filter(|o| o.code.is_some()) {
            return Some(vec![Participant {
                mention: Some(mention),
                span: m.span,
                code: owner.code.clone(),
                guessed: false,
                sector: m.sector.clone(),
            }]);
        }
        let (noun, _) = clause
            .iter()
            .find(|(_, relation)| matches!(relation, Relation::Acl | Relation::AclRelcl))?;
        let mut owners: Vec<Participant> = Vec::new();
        for i in self
            .mentions
            .actors_of(self.index)
            .take_while(|i| *i < mention)
        {
            let owner = &self.mentions.actors[i];
            let named = matches!(
                owner.kind,
                ActorKind::Country | ActorKind::Organisation | ActorKind::Agent
            );
            let with_noun = self.grammar.sentence.is_under(owner.head, *noun);
            let known = owners.iter().any(|o| o.code == owner.code);
            if named && with_noun && owner.code.is_some() && !known {
                owners.push(Participant {
                    mention: Some(mention),
                    span: m.span,
                    code: owner.code.clone(),
                    guessed: false,
                    sector: m.sector.clone(),
                });
            }
        }
        (!owners.is_empty()).then_some(owners)
    }

    /// True if a possessive pronoun or clitic belongs to `head`.
    fn is_possessed(&self, head: usize, (first, end): (usize, usize)) -> bool {
        let g = self.grammar;
        let is = |t: usize| {
            self.possessives.iter().any(|p| match p.strip_prefix('-') {
                Some(clitic) => {
                    g.forms[t].ends_with(clitic) && !g.sentence.tokens[t].lemma.ends_with(clitic)
                }
                None => g.forms[t] == *p,
            })
        };
        (first..end).any(is) || g.sentence.children(head).any(is)
    }

    /// Those for whom a plural pronoun stands, if they were named together in the sentence before:
    /// *A and B signed. They agreed.*
    pub(crate) fn of_they(&self, head: usize) -> Option<Vec<Participant>> {
        let m = &self.mentions.actors[self.at(head)?];
        let pair = self.before?;
        let near = pair.iter().all(|p| {
            let named = p.mention.map(|i| &self.mentions.actors[i]);
            named.is_some_and(|n| n.sentence < m.sentence && n.sentence + 2 > m.sentence)
        });
        let one = pair.iter().any(|p| {
            let named = p.mention.map(|i| &self.mentions.actors[i]);
            named.is_some_and(|n| n.cluster == m.cluster) || p.code == m.guess
        });
        (m.kind == ActorKind::Pronoun && m.plural && near && one).then(|| {
            let here = |p: &Participant| Participant {
                span: m.span,
                guessed: false,
                ..p.clone()
            };
            pair.iter().map(here).collect()
        })
    }
}
