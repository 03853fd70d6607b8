//! How many: which of a sentence's numbers belong to a deed, and in what unit.
//!
//! A number counts what one deed is about: those it was done to, what it was done with, those who
//! did it together. What was done to people may be told by another word than the deed's (*the
//! attack killed five*): then that word gives the unit, unless it names a deed of its own.

use kronik_lang::{Relation, Upos};
use kronik_mention::{CountClass, Fate, QuantityMention};
use kronik_text::Span;

use crate::circumstances::phrase_head;
use crate::places::{Deed, PlaceWords};
use crate::roles::Cast;

/// What a step of a tree costs against a word of distance.
const STEP: u32 = 16;

/// The numbers of one sentence and the deeds that they may belong to.
#[derive(Clone, Copy)]
pub struct Counts<'a> {
    /// The sentence.
    pub cast: Cast<'a>,
    /// Its deeds.
    pub deeds: &'a [Deed],
    /// The words that name who speaks: how many they are counts nothing that was done.
    pub speakers: &'a [Span],
    /// Prepositions before places.
    pub places: &'a PlaceWords,
    /// Words before those told of before (`the`).
    pub definite: &'a [String],
}

impl Counts<'_> {
    /// Indices into `mentions.quantities` of what `deed` is about, with the unit it gives them.
    pub fn of(&self, deed: &Deed) -> Vec<(usize, String)> {
        self.cast
            .mentions
            .quantities_of(self.cast.index)
            .filter_map(|i| {
                let q = &self.cast.mentions.quantities[i];
                let unit = self.unit(q, deed)?;
                Some((i, unit))
            })
            .collect()
    }

    /// The unit of `q` as a count of `deed`; `None` where it is none.
    fn unit(&self, q: &QuantityMention, deed: &Deed) -> Option<String> {
        let g = self.cast.grammar;
        let head = phrase_head(g, q.tokens);
        if self.says_nothing(q, head) {
            return None;
        }
        let told = q.fates.iter().find(|f| self.names(deed, f));
        let clause = !deed.speech && self.is_clause_of(q, head, deed.head);
        if q.whole && !clause {
            return None;
        }
        let elsewhere = |f: &Fate| {
            let mut others = self.deeds.iter().filter(|d| d.head != deed.head);
            others.any(|d| self.names(d, f) && !self.shares(d, deed, q))
        };
        // dozens of clashes
        let itself = q.tokens.0 <= deed.head && deed.head < q.tokens.1;
        let acts =
            self.is_subject(deed.head, q) && q.around.iter().any(|f| f.doer && self.names(deed, f));
        if told.is_none() && !clause && !acts && !itself {
            // What another deed did is counted there.
            let aside = |d: &Deed| self.is_clause_of(q, head, d.head);
            let taken = |d: &Deed| {
                let told = q.fates.iter().any(|f| self.names(d, f));
                d.head != deed.head && told && !aside(d) && !self.shares(d, deed, q)
            };
            if self.deeds.iter().any(taken) || self.is_busy(q, head, deed) {
                return None;
            }
            let own = self.distance(q, head, deed);
            let nearer = |d: &Deed| {
                let rival = d.head != deed.head && !aside(d) && !self.shares(d, deed, q);
                rival && self.distance(q, head, d) < own
            };
            if self.deeds.iter().any(nearer) || self.is_apart(q, head, deed) {
                return None;
            }
        }
        if q.article && !self.article_counts(q, head, deed) {
            return None;
        }
        let subject = self.is_subject(deed.head, q);
        let object = g.sentence.tokens[head].relation == Relation::Obj;
        let agent = g.is_passive(deed.head) && is_people(q) && !object;
        if subject && (agent || self.is_definite(q)) {
            return None;
        }
        let named = || {
            let mut around = q.around.iter();
            around
                .find(|f| f.doer == subject && self.names(deed, f))
                .map(|f| f.unit.clone())
        };
        let noun = || q.noun.clone().map(|unit| plain(&unit).to_string());
        let of_fate = || {
            let mut fates = q.fates.iter();
            fates.find(|f| !elsewhere(f)).map(|f| f.unit.clone())
        };
        told.map(|f| f.unit.clone())
            .or_else(of_fate)
            .or_else(named)
            .or_else(noun)
            .or_else(|| Some(q.unit.clone()))
    }

    /// Numbers that are no count of a deed whatever stands around them.
    fn says_nothing(&self, q: &QuantityMention, head: usize) -> bool {
        let g = self.cast.grammar;
        let case = g.case_word(head);
        let inside = |words: &[String]| case.is_some_and(|w| words.contains(w));
        let appositive = g.sentence.tokens[head].relation == Relation::Appos;
        q.part
            || appositive && self.is_definite(q)
            || match q.class {
                Some(CountClass::Measure | CountClass::Party) => true,
                // A price, no sum.
                Some(CountClass::Money) => plain(&q.unit) != q.unit,
                Some(CountClass::Place) => inside(&self.places.any),
                Some(CountClass::Thing) => inside(&self.places.inside),
                _ => false,
            }
            || self.speakers.iter().any(|s| s.overlaps(q.span))
    }

    /// True where the word of a fate is one of the deed's.
    fn names(&self, deed: &Deed, fate: &Fate) -> bool {
        let tokens = &self.cast.grammar.sentence.tokens;
        let mut words = deed.words.iter().chain([&deed.head]);
        words.any(|w| tokens[*w].span.overlaps(fate.span))
    }

    /// True where the deed is told in a clause about the noun at `head` (`people whom its troops
    /// had detained`).
    fn is_clause_of(&self, q: &QuantityMention, head: usize, deed: usize) -> bool {
        let token = &self.cast.grammar.sentence.tokens[deed];
        token.head == Some(head)
            && deed > head
            && !self.is_subject(deed, q)
            && matches!(token.relation, Relation::Acl | Relation::AclRelcl)
    }

    /// True where those counted do the deed.
    fn is_subject(&self, deed: usize, q: &QuantityMention) -> bool {
        let g = self.cast.grammar;
        let inside = |t: &usize| q.tokens.0 <= *t && *t < q.tokens.1;
        let subject = g.subject(deed);
        subject.is_some_and(|s| g.coordinated(s).iter().any(inside))
    }

    /// True for those told of before (`the two men`).
    fn is_definite(&self, q: &QuantityMention) -> bool {
        let before = q.tokens.0.checked_sub(1);
        before.is_some_and(|t| self.definite.contains(&self.cast.grammar.forms[t]))
    }

    /// True where what is counted for deed `a` counts for `b` too: deeds that are told in one
    /// breath (`air strikes and shelling killed 13`), a deed that is the subject of another
    /// (`the attack forced 500 to flee`), what befell some and others (`3 died and 12 were hurt`).
    fn shares(&self, a: &Deed, b: &Deed, q: &QuantityMention) -> bool {
        let tokens = &self.cast.grammar.sentence.tokens;
        let hangs = |x: &Deed, y: &Deed, relation: Relation| {
            tokens[x.head].head == Some(y.head) && tokens[x.head].relation == relation
        };
        let nominal = |d: &Deed| tokens[d.head].upos != Upos::Verb;
        let harm = |d: &Deed| q.around.iter().any(|f| f.harm && self.names(d, f));
        let joined = nominal(a)
            && nominal(b)
            && (hangs(a, b, Relation::Conj) || hangs(b, a, Relation::Conj));
        let subject = nominal(b) && !nominal(a) && hangs(b, a, Relation::Nsubj);
        joined || subject || (hangs(a, b, Relation::Conj) && harm(a) && harm(b))
    }

    /// How far the number stands from a deed: steps of the tree, then words.
    fn distance(&self, q: &QuantityMention, head: usize, deed: &Deed) -> u32 {
        let g = self.cast.grammar;
        let at = deed.head;
        let from = |token: usize| {
            let attach = g.sentence.tokens[token].head.unwrap_or(token);
            // shoot down 40 missiles: what hangs on any of its words
            if deed.words.contains(&attach) {
                return 0;
            }
            self.steps(attach, at).min(self.steps(token, at))
        };
        // The word of the fate is what the deed did.
        let of_fate = q.fates.iter().filter_map(|f| {
            let token = g.sentence.tokens_in(f.span).last()?;
            Some(from(token))
        });
        let steps = of_fate.chain([from(head)]).min().unwrap_or(u32::MAX);
        steps * STEP + (head.abs_diff(at) as u32).min(STEP - 1)
    }

    fn steps(&self, attach: usize, at: usize) -> u32 {
        let g = self.cast.grammar;
        if attach == at {
            0
        } else if g.sentence.is_under(attach, at) {
            1
        } else if g.clause_head(attach) == g.clause_head(at) {
            2
        } else if g.sentence.is_under(at, attach) {
            4
        } else {
            6
        }
    }

    /// True where those counted have a part in something else that is told beside the deed: they
    /// are the subject of another verb (`two officials told …`), or stand in a clause with a
    /// subject of its own (`while the army reported …`).
    fn is_busy(&self, q: &QuantityMention, head: usize, deed: &Deed) -> bool {
        let tokens = &self.cast.grammar.sentence.tokens;
        if !q.fates.is_empty() || self.is_subject(deed.head, q) {
            return false;
        }
        let of_deed = |t: usize| {
            self.deeds
                .iter()
                .any(|d| d.head == t || d.words.contains(&t))
        };
        let subject =
            |t: usize| matches!(tokens[t].relation, Relation::Nsubj | Relation::NsubjPass);
        let mut at = head;
        while let Some(above) = tokens[at].head {
            if at == head && subject(at) && !of_deed(above) {
                return true;
            }
            if above == deed.head || of_deed(at) {
                let clausal = matches!(
                    tokens[at].relation,
                    Relation::Advcl | Relation::Parataxis | Relation::Conj
                );
                let mut children = self.cast.grammar.sentence.children(at);
                return at != head && clausal && !of_deed(at) && children.any(subject);
            }
            at = above;
        }
        false
    }

    /// What is said or asked has numbers of its own: only those in its complement count.
    fn is_apart(&self, q: &QuantityMention, head: usize, deed: &Deed) -> bool {
        if !deed.speech {
            return false;
        }
        let g = self.cast.grammar;
        let mut at = head;
        while let Some(above) = g.sentence.tokens[at].head {
            let relation = g.sentence.tokens[at].relation;
            if matches!(
                relation,
                Relation::Acl | Relation::AclRelcl | Relation::Advcl
            ) {
                return true;
            }
            // These sanctions hit 50 banks.
            let carried = &g.sentence.tokens[deed.head];
            if carried.head == Some(above) && carried.relation == Relation::Nsubj {
                return false;
            }
            if above == deed.head {
                let subject = matches!(
                    relation,
                    Relation::Nsubj | Relation::NsubjPass | Relation::Csubj
                );
                return subject && !g.is_passive(deed.head) && !doers(q);
            }
            at = above;
        }
        true
    }

    /// Where one is told by an article the noun must be what the deed is done to, or with.
    fn article_counts(&self, q: &QuantityMention, head: usize, deed: &Deed) -> bool {
        let g = self.cast.grammar;
        let patient = || {
            let object = g.object(deed.head) == Some(head);
            object && g.case_word(head).is_none() && q.class == Some(CountClass::Thing)
        };
        q.fates.iter().any(|f| !f.doer) || (!deed.speech && patient())
    }
}

fn is_people(q: &QuantityMention) -> bool {
    use CountClass::{Captive, Official, Person};
    matches!(q.class, Some(Person | Captive | Official))
}

/// True where those counted are told to have done it themselves.
fn doers(q: &QuantityMention) -> bool {
    q.around.iter().any(|f| f.doer)
}

/// The unit without what it is told for (`trucks/day`).
fn plain(unit: &str) -> &str {
    unit.split_once('/').map_or(unit, |(plain, _)| plain)
}
