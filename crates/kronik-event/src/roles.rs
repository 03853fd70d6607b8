//! From the head of a phrase to the actors it names.

use kronik_lang::{Relation, Upos};
use kronik_mention::{ActorKind, Mentions};

use crate::event::Participant;
use crate::frame::Slot;
use crate::matching::Match;
use kronik_lang::Grammar;

/// The mentions of one sentence with its grammar.
#[derive(Clone, Copy)]
pub struct Cast<'a> {
    /// The sentence's grammar.
    pub grammar: Grammar<'a>,
    /// Prepositions that join a partner.
    pub partner_words: &'a [String],
    /// Lemmas of verbs that carry a noun for a deed (`carry out an attack`).
    pub light_verbs: &'a [String],
    /// Words before a noun that means two already named (`the two sides`).
    pub pair_words: &'a [Vec<String>],
    /// Lemmas of verbs whose object does what their complement tells (`accused Iran of sending`).
    pub object_control: &'a [String],
    /// Possessive pronouns, and clitics behind a hyphen.
    pub possessives: &'a [String],
    /// The two subjects of a sentence before, named together.
    pub before: Option<&'a [Participant; 2]>,
    /// The two named together last.
    pub pair: Option<&'a [Participant; 2]>,
    /// Index of the sentence.
    pub index: usize,
    /// All mentions of the article.
    pub mentions: &'a Mentions,
}

/// Whose words a deed stands in.
pub struct Voice<'a> {
    /// Pronouns that mean the speaker.
    pub words: &'a [String],
    /// The speaker, where one is known.
    pub speaker: Option<Participant>,
}

impl Cast<'_> {
    fn actors(&self) -> std::ops::Range<usize> {
        self.mentions.actors_of(self.index)
    }

    /// The mention that covers token `t`.
    pub fn at(&self, t: usize) -> Option<usize> {
        self.actors().find(|i| {
            let (first, last) = self.mentions.actors[*i].tokens;
            first <= t && t < last
        })
    }

    /// The participant that mention `i` is.
    pub fn participant(&self, i: usize) -> Participant {
        let m = &self.mentions.actors[i];
        Participant {
            mention: Some(i),
            span: m.span,
            code: m.code.clone().or_else(|| m.guess.clone()),
            guessed: m.code.is_none(),
            sector: m.sector.clone(),
        }
    }

    /// Participants that the phrase headed by `head` names, coordinated ones included.
    pub fn of_phrase(&self, head: usize, voice: &Voice<'_>) -> Vec<Participant> {
        let mut found: Vec<Participant> = Vec::new();
        for h in self.grammar.coordinated(head) {
            let named = self
                .of_speaker(h, voice)
                .map(|p| vec![p])
                .or_else(|| self.of_possessor(h))
                .or_else(|| self.of_they(h))
                .unwrap_or_else(|| self.of_head(h));
            for p in self.of_pair(h).unwrap_or(named) {
                if !found.iter().any(|f| f.span == p.span && f.code == p.code) {
                    found.push(p);
                }
            }
        }
        // A list that the parse broke (`A, B, dan C`, `the presidents of A, B and C`).
        let joined: Vec<usize> = found.iter().filter_map(|p| p.mention).collect();
        for at in joined {
            for i in self.list_around(at) {
                let p = self.participant(i);
                if !found.iter().any(|f| f.span == p.span) {
                    found.push(p);
                }
            }
        }
        found.sort_by_key(|p| p.span);
        found
    }

    /// The mentions of the list that mention `at` stands in: joined by commas and one conjunction.
    fn list_around(&self, at: usize) -> Vec<usize> {
        // An abbreviation in brackets is no member of its own: `Amerika Serikat (AS) dan Inggris`.
        // Nor is an owner: `a trawler and its crew`.
        let tokens = &self.grammar.sentence.tokens;
        let owner = |i: usize| tokens[self.mentions.actors[i].head].relation == Relation::NmodPoss;
        let member = |i: &usize| *i == at || !self.bracketed(*i) && !owner(*i);
        let actors: Vec<usize> = self.actors().filter(member).collect();
        let Some(place) = actors.iter().position(|i| *i == at) else {
            return Vec::new();
        };
        let (mut first, mut end) = (place, place + 1);
        while first > 0 && self.join(actors[first - 1], actors[first]).is_some() {
            first -= 1;
        }
        while end < actors.len() && self.join(actors[end - 1], actors[end]).is_some() {
            end += 1;
        }
        let joins: Vec<(bool, bool)> = (first + 1..end)
            .filter_map(|i| self.join(actors[i - 1], actors[i]))
            .collect();
        // Commas alone may be an apposition; a comma and a conjunction between two, a new clause.
        let conjunctions = joins.iter().filter(|(_, conjunction)| *conjunction).count();
        let clauses = joins.len() == 1 && joins[0].0;
        if conjunctions == 1 && !clauses && joins.last().is_some_and(|(_, c)| *c) {
            actors[first..end].to_vec()
        } else {
            Vec::new()
        }
    }

    /// True for a mention between brackets.
    fn bracketed(&self, i: usize) -> bool {
        let (first, end) = self.mentions.actors[i].tokens;
        let form = |t: usize| self.grammar.forms.get(t).map(String::as_str);
        first > 0 && form(first - 1) == Some("(") && form(end) == Some(")")
    }

    /// How two mentions next to each other are joined: by a comma, by a conjunction; `None` if
    /// something else stands between, or the second is the subject of another verb.
    fn join(&self, a: usize, b: usize) -> Option<(bool, bool)> {
        let tokens = &self.grammar.sentence.tokens;
        let (a, b) = (&self.mentions.actors[a], &self.mentions.actors[b]);
        let mut start = a.tokens.1;
        if self.grammar.forms.get(start).is_some_and(|f| f == "(") {
            let close = (start..b.tokens.0).find(|t| self.grammar.forms[*t] == ")");
            start = close.map_or(start, |c| c + 1);
        }
        let mut between = start..b.tokens.0;
        let comma = between.clone().any(|t| self.grammar.forms[t] == ",");
        let conjunction = between.clone().any(|t| tokens[t].upos == Upos::Cconj);
        let short = !between.is_empty() && between.len() <= 2 + usize::from(conjunction);
        let only = between.all(|t| {
            matches!(tokens[t].upos, Upos::Cconj | Upos::Det) || self.grammar.forms[t] == ","
        });
        let subject =
            |t: usize| matches!(tokens[t].relation, Relation::Nsubj | Relation::NsubjPass);
        let other = subject(b.head) && !subject(a.head);
        (short && only && (comma || conjunction) && !other).then_some((comma, conjunction))
    }

    /// Two actors joined by a conjunction, with different codes, the last such in the sentence.
    pub fn joined_pair(&self) -> Option<[Participant; 2]> {
        let tokens = &self.grammar.sentence.tokens;
        let mut pair = None;
        let actors = self.actors();
        for i in actors.clone().filter(|i| i + 1 < actors.end) {
            let (a, b) = (&self.mentions.actors[i], &self.mentions.actors[i + 1]);
            let joined = b.tokens.0 == a.tokens.1 + 1 && tokens[a.tokens.1].upos == Upos::Cconj;
            if joined && a.code.is_some() && b.code.is_some() && a.code != b.code {
                pair = Some([self.participant(i), self.participant(i + 1)]);
            }
        }
        pair
    }

    /// The two named together before, for `the two sides`, `both`, `keduanya`.
    fn of_pair(&self, head: usize) -> Option<Vec<Participant>> {
        let pair = self.pair?;
        let forms = self.grammar.forms;
        let (first, _) = self.grammar.sentence.extent(head);
        let told = self
            .at(head)
            .is_some_and(|i| self.mentions.actors[i].code.is_some());
        let means = (first..=head).any(|at| {
            self.pair_words.iter().any(|words| {
                let end = at + words.len();
                end <= head + 1 && forms[at..end].iter().eq(words.iter())
            })
        });
        let span = self.grammar.sentence.tokens[head].span;
        (means && !told).then(|| {
            let here = |p: &Participant| Participant { span, ..p.clone() };
            pair.iter().map(here).collect()
        })
    }

    /// What *we* or *our troops* denotes: the speaker, with the words printed here.
    fn of_speaker(&self, head: usize, voice: &Voice<'_>) -> Option<Participant> {
        let g = self.grammar;
        let speaker = voice.speaker.as_ref()?;
        let means = |t: usize| voice.words.contains(&g.forms[t]);
        if means(head) {
            return Some(Participant {
                span: g.sentence.tokens[head].span,
                ..speaker.clone()
            });
        }
        let own = g.sentence.children(head).any(|c| {
            let relation = g.sentence.tokens[c].relation;
            means(c)
                && matches!(
                    relation,
                    Relation::NmodPoss | Relation::Nmod | Relation::Det
                )
        });
        let i = self.at(head).filter(|_| own)?;
        Some(Participant {
            code: speaker.code.clone(),
            guessed: speaker.guessed,
            ..self.participant(i)
        })
    }

    fn of_head(&self, head: usize) -> Vec<Participant> {
        if let Some(i) = self.at(head) {
            return vec![self.participant(i)];
        }
        // `gelombang serangan Rusia`, `the number of Israeli strikes`: the noun names no actor but
        // something in its phrase does.
        let sentence = self.grammar.sentence;
        let mut nearest: Option<(usize, usize)> = None;
        for i in self.actors() {
            let m = &self.mentions.actors[i];
            let inside = sentence.is_under(m.head, head)
                && self.grammar.clause_head(m.head) == self.grammar.clause_head(head);
            let place_like = m.kind == ActorKind::Country
                && self.grammar.case_word(m.head).is_some()
                && sentence.tokens[m.head].relation == Relation::Nmod;
            if inside && !place_like {
                let distance = m.head.abs_diff(head);
                if nearest.is_none_or(|(d, _)| distance < d) {
                    nearest = Some((distance, i));
                }
            }
        }
        nearest
            .map(|(_, i)| vec![self.participant(i)])
            .unwrap_or_default()
    }

    /// The heads of the phrases that stand in `slot` of a match, best first.
    fn heads(&self, m: &Match<'_>, slot: &Slot) -> Vec<usize> {
        let g = self.grammar;
        let head = m.head;
        let nominal = g.sentence.tokens[head].upos != Upos::Verb && !g.is_predicate(head);
        match slot {
            Slot::Subject if nominal => self.support_subject(head).into_iter().collect(),
            Slot::Subject => {
                let mut all: Vec<usize> = self.doer(head).into_iter().collect();
                let further = m.words.iter().filter(|w| **w != head && g.is_passive(head));
                all.extend(further.filter_map(|w| g.agent(*w)));
                all
            }
            Slot::Object if nominal => g.modifiers(head),
            Slot::Object => self.objects(m),
            Slot::Indirect => g.indirect(head).into_iter().collect(),
            Slot::Modifier => {
                let mut all = g.modifiers(head);
                all.extend(self.carriers(head).find_map(|c| g.subject(c)));
                for w in m.words.iter().chain(&m.with).filter(|w| **w != head) {
                    all.extend(g.modifiers(*w));
                }
                all.retain(|t| !m.words.contains(t) && !m.with.contains(t));
                all
            }
            Slot::Aim => m.with.iter().filter_map(|w| g.object(*w)).collect(),
            Slot::Partner => g.phrases(head, self.partner_words),
            Slot::Phrase(words) => {
                let mut all = Vec::new();
                for w in m.words.iter().rev().chain(m.with.iter()) {
                    all.extend(g.phrases(*w, words));
                }
                for c in self.carriers(head) {
                    all.extend(g.phrases(c, words));
                }
                all
            }
        }
    }

    /// Whom a promise, demand or refusal is about: in its complement, who should act, to whom
    /// something should be done, or where it should go.
    pub fn of_complement(
        &self,
        m: &Match<'_>,
        actors: &[Participant],
        goals: &[String],
        voice: &Voice<'_>,
    ) -> Vec<Participant> {
        let g = self.grammar;
        let tokens = &g.sentence.tokens;
        let complements = g.sentence.children(m.head).filter(|c| {
            let clause = matches!(
                tokens[*c].relation,
                Relation::Ccomp | Relation::Xcomp | Relation::Advcl | Relation::Acl
            );
            let noun = matches!(tokens[*c].relation, Relation::Obj | Relation::Obl);
            *c > m.head && (clause && tokens[*c].upos == Upos::Verb || noun)
        });
        for c in complements {
            let clause = tokens[c].upos == Upos::Verb;
            let mut heads: Vec<usize> = Vec::new();
            if clause {
                heads.extend(g.sentence.children_in(c, Relation::Nsubj));
                heads.extend(g.object(c).filter(|o| *o > m.head));
            }
            heads.extend(g.phrases(c, goals).into_iter().filter(|p| *p > c));
            for head in heads {
                let mut found = self.of_phrase(head, voice);
                found.retain(|p| !actors.iter().any(|a| a.span == p.span || a.code == p.code));
                if !found.is_empty() {
                    return found;
                }
            }
        }
        Vec::new()
    }

    /// The object, or the genitive of an object that is part of the trigger (`menjatuhkan sanksi
    /// AS`), and for a light verb what its noun governs.
    fn objects(&self, m: &Match<'_>) -> Vec<usize> {
        let g = self.grammar;
        let mut all = Vec::new();
        if let Some(o) = g.object(m.head)
            && !m.words.contains(&o)
        {
            all.push(o);
        }
        all
    }

    /// The light verbs in the passive that open a clause behind a noun: `the charge levelled by
    /// A`, `sanksi yang dijatuhkan A kepada B`.
    fn carriers(&self, noun: usize) -> impl Iterator<Item = usize> {
        let g = self.grammar;
        let nominal = g.sentence.tokens[noun].upos != Upos::Verb;
        g.sentence.children(noun).filter(move |c| {
            let token = &g.sentence.tokens[*c];
            let behind = matches!(token.relation, Relation::Acl | Relation::AclRelcl);
            let light = self.light_verbs.contains(&token.lemma);
            nominal && behind && light && *c > noun && g.is_passive(*c)
        })
    }

    /// For a noun that is the object of a verb (`carried out an attack`): that verb's subject.
    fn support_subject(&self, noun: usize) -> Option<usize> {
        let g = self.grammar;
        let token = &g.sentence.tokens[noun];
        let verb = token.head?;
        let carried = matches!(
            token.relation,
            Relation::Obj | Relation::NsubjPass | Relation::Xcomp
        ) || token.relation == Relation::Nsubj && g.is_passive(verb);
        let carried = carried && self.light_verbs.contains(&g.sentence.tokens[verb].lemma);
        (carried && g.sentence.tokens[verb].upos == Upos::Verb)
            .then(|| g.subject(verb))
            .flatten()
    }

    /// Participants in the first of `slots` that names any.
    pub fn fill(&self, m: &Match<'_>, slots: &[Slot], voice: &Voice<'_>) -> Vec<Participant> {
        for slot in slots {
            for head in self.heads(m, slot) {
                let found: Vec<Participant> = self
                    .of_phrase(head, voice)
                    .into_iter()
                    .filter(|p| !self.covers_trigger(p, m))
                    .collect();
                if !found.is_empty() {
                    return found;
                }
            }
        }
        Vec::new()
    }

    /// A mention that the trigger itself is part of (`penyerang`, `drone strike`) may still be
    /// its actor by its code; one that *is* the trigger is not.
    fn covers_trigger(&self, p: &Participant, m: &Match<'_>) -> bool {
        let trigger = self.grammar.sentence.tokens[m.head].span;
        p.span == trigger && p.code.is_none()
    }

    /// For an active verb without a subject in the tree: the nearest actor to the left that is
    /// not inside a prepositional phrase, with no other verb between.
    pub fn subject_by_order(&self, verb: usize) -> Option<Participant> {
        let tokens = &self.grammar.sentence.tokens;
        let mut best: Option<usize> = None;
        for i in self.actors() {
            let m = &self.mentions.actors[i];
            if m.tokens.1 > verb {
                break;
            }
            let free = self.grammar.case_word(m.head).is_none()
                && (m.tokens.0 == 0 || tokens[m.tokens.0 - 1].upos != Upos::Adp);
            if free {
                best = Some(i);
            }
        }
        let i = best?;
        let mention = &self.mentions.actors[i];
        let mut between = mention.tokens.1..verb;
        let own = |t: usize| {
            let head = tokens[t].head;
            head == Some(verb)
                || head.is_some_and(|h| mention.tokens.0 <= h && h < mention.tokens.1)
        };
        let clear = between.len() <= 8 && between.all(|t| tokens[t].upos != Upos::Verb || own(t));
        clear.then(|| self.participant(i))
    }

    /// For an active verb without an object in the tree: the actor right after it.
    pub fn object_by_order(&self, m: &Match<'_>) -> Option<Participant> {
        let verb = m.words.last().copied().unwrap_or(m.head).max(m.head);
        let tokens = &self.grammar.sentence.tokens;
        let i = self
            .actors()
            .find(|i| self.mentions.actors[*i].tokens.0 > verb)?;
        let between = verb + 1..self.mentions.actors[i].tokens.0;
        let clear = between.len() <= 3
            && between.clone().all(|t| {
                matches!(
                    tokens[t].upos,
                    Upos::Det | Upos::Adj | Upos::Num | Upos::Noun | Upos::Part
                )
            });
        clear.then(|| self.participant(i))
    }
}
