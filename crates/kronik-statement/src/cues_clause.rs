//! A verb of saying with its speaker, and how far what is said reaches.
//!
//! The tree tells the subject where it is right. Where it is not, order does: who stands right
//! behind a comma and a bare verb, who opens the sentence, who stands before the verb.

use kronik_lang::{Relation, Upos, Voice};

use crate::cues::{Cue, Scene};
use crate::lexicon::{CueWord, Pattern};
use crate::{Speaker, Stance};

impl<'a> Scene<'a> {
    pub(crate) fn clause_cue(
        &self,
        word: &CueWord,
        at: usize,
        words: (usize, usize),
        make: impl Fn(Vec<Speaker>, (usize, usize), Vec<(usize, usize)>) -> Cue,
    ) -> Option<Cue> {
        let grammar = self.grammar;
        if grammar.is_passive(at) && grammar.subject(at).is_none() || self.is_negated(at) {
            return None;
        }
        let inverted_only = word.pattern == Pattern::Inverted;
        let subject = grammar
            .subject(at)
            .map(|s| self.speaks_above(at, s).unwrap_or(s))
            .filter(|s| !inverted_only || *s > at)
            .filter(|s| self.upos(*s) != Upos::Verb);
        let (mut speakers, mut extent) = match subject {
            Some(s) => self.speakers(s, words),
            None => (Vec::new(), words),
        };
        // The tree may take the speaker of an inserted `…, X said` for part of what is said.
        let direct = subject.is_some_and(|s| {
            grammar.sentence.tokens[s].head == Some(at) && !self.is_relayed(extent.0)
        });
        if !inverted_only
            && !direct
            && let Some((found, tokens)) = self.speaker_before(words)
        {
            speakers = found;
            extent = tokens;
        } else if !direct && self.is_relayed(extent.0) {
            speakers.clear();
        }
        // `…, kata Rutte`: who stands right behind a cue that a comma parts from what is said.
        let parted = words.0 > 0 && self.is_comma(words.0 - 1);
        let far = subject.is_some_and(|s| s < words.0);
        let inverts = self.lexicon.inverts_all && word.stance == Stance::Asserts
            || grammar.sentence.tokens[at].voice == Voice::None;
        if parted
            && far
            && inverts
            && let Some(m) = self.speaker_behind(words)
        {
            let tokens = self.mentions.actors[m].tokens;
            speakers = vec![self.speaker_of_mention(m, tokens.1)];
            extent = tokens;
        }
        if parted
            && far
            && inverts
            && let Some((first, end)) = self.outlet(words.1, self.len())
        {
            speakers = vec![self.speaker_of_tokens(first, end)];
            extent = (first, end);
        }
        if let Some(run) = self
            .unknown_behind(words)
            .filter(|_| parted && far && inverts)
        {
            speakers = vec![self.speaker_of_tokens(run.0, run.1)];
            extent = run;
        }
        // `Witnesses said …, Reuters reported`: who opens the sentence says what follows.
        let opens = self.actors().find(|i| {
            let tokens = self.mentions.actors[*i].tokens;
            tokens.0 == 0 && tokens.1 == words.0
        });
        if let Some(m) = opens.filter(|_| extent.0 >= words.1) {
            let tokens = self.mentions.actors[m].tokens;
            speakers = vec![self.speaker_of_mention(m, tokens.1)];
            extent = tokens;
        }
        if speakers.is_empty() {
            (speakers, extent) = self.speaker_by_order(words, inverted_only)?;
        }
        let inverted = extent.0 >= words.1;
        // A subject far away with another clause between is shared; it is not part of the region.
        let adjacent = inverted || words.0.saturating_sub(extent.1) <= 12;
        let shared = grammar.sentence.tokens[at].relation == Relation::Conj
            && subject.is_some_and(|s| grammar.sentence.tokens[s].head != Some(at));
        let mut region = if shared || !adjacent {
            words
        } else {
            let first = words.0.min(extent.0);
            (self.phrase_start(first), words.1.max(extent.1))
        };
        let content = self.clause_content(at, &mut region, inverted, word.stance);
        Some(make(speakers, region, content))
    }

    /// True if the verb of saying at `at` is negated: who *did not say* anything says nothing.
    pub(crate) fn is_negated(&self, at: usize) -> bool {
        let negation = |i: usize| self.lexicon.negations.iter().any(|w| w == self.form(i));
        let tokens = &self.sentence().tokens;
        self.sentence().children(at).any(|c| {
            let modifies = matches!(tokens[c].relation, Relation::Advmod | Relation::Aux);
            c < at && modifies && negation(c)
        })
    }

    /// For a verb of saying without a subject of its own (`answered the claim by saying`) whose
    /// subject `found` is nobody: the actor who is the subject of the verb above it.
    pub(crate) fn speaks_above(&self, at: usize, found: usize) -> Option<usize> {
        let tokens = &self.sentence().tokens;
        if tokens[found].head == Some(at) || self.mention_at(found).is_some() {
            return None;
        }
        let above = tokens[at].head.filter(|h| tokens[*h].head != Some(at))?;
        let subject = self.grammar.subject(above)?;
        self.mention_at(subject).map(|_| subject)
    }

    /// True if the words before `at` pass on what somebody says (`quoted by X`).
    pub(crate) fn is_relayed(&self, at: usize) -> bool {
        (at.saturating_sub(4)..at).any(|i| {
            self.relay_words(i)
                .is_some_and(|words| i + words.len() == at)
        })
    }

    /// Who stands right before a cue and behind a comma.
    pub(crate) fn speaker_before(
        &self,
        words: (usize, usize),
    ) -> Option<(Vec<Speaker>, (usize, usize))> {
        let parted = |first: usize| first > 2 && self.is_comma(self.phrase_start(first) - 1);
        let m = self
            .actors()
            .find(|i| self.mentions.actors[*i].tokens.1 == words.0);
        if let Some(m) = m.filter(|m| parted(self.mentions.actors[*m].tokens.0)) {
            let tokens = self.mentions.actors[m].tokens;
            return Some((vec![self.speaker_of_mention(m, tokens.1)], tokens));
        }
        // An outlet or body that the atlas does not know: capitalised words.
        let mut run = words.0;
        while run > 0 && self.capital(run - 1) {
            run -= 1;
        }
        let (first, end) = (words.0.saturating_sub(5)..words.0)
            .find_map(|i| self.outlet(i, words.0).filter(|(_, end)| *end == words.0))
            .or((run < words.0).then_some((run, words.0)))?;
        let found = (vec![self.speaker_of_tokens(first, end)], (first, end));
        parted(first).then_some(found)
    }

    /// Back from `first` over what describes it, if a comma stands before that.
    pub(crate) fn phrase_start(&self, first: usize) -> usize {
        let describes = |i: usize| {
            let upos = self.upos(i);
            let nominal = matches!(
                upos,
                Upos::Det | Upos::Adj | Upos::Noun | Upos::Propn | Upos::Num
            );
            nominal || upos == Upos::Verb && i + 1 == first
        };
        let mut start = first;
        while start > 0 && first - start < 6 && describes(start - 1) {
            start -= 1;
        }
        if start > 0 && self.is_comma(start - 1) {
            start
        } else {
            first
        }
    }

    /// The mention right behind a cue, if it is its speaker and not the subject of what is said.
    pub(crate) fn speaker_behind(&self, words: (usize, usize)) -> Option<usize> {
        let m = (words.1..(words.1 + 3).min(self.len())).find_map(|i| self.mention_from(i))?;
        let (first, end) = self.mentions.actors[m].tokens;
        let opened = (words.1..first).any(|i| self.upos(i) == Upos::Sconj);
        let acts = (end..(end + 4).min(self.len()))
            .take_while(|i| self.upos(*i) != Upos::Punct)
            .any(|i| matches!(self.upos(i), Upos::Verb | Upos::Aux));
        (!opened && !acts).then_some(m)
    }

    /// An outlet or body that the atlas does not know, right behind a cue: `…, lapor Meridian Wire.`
    pub(crate) fn unknown_behind(&self, words: (usize, usize)) -> Option<(usize, usize)> {
        if !self.capital(words.1) || self.mention_at(words.1).is_some() {
            return None;
        }
        let end = self.name_end(words.1);
        let relayed = self.relay_words(end).is_some();
        let ends = end >= self.len() || self.upos(end) == Upos::Punct || relayed;
        ends.then_some((words.1, end))
    }

    /// Speakers by the order of the words, and the tokens that name them.
    pub(crate) fn speaker_by_order(
        &self,
        words: (usize, usize),
        inverted_only: bool,
    ) -> Option<(Vec<Speaker>, (usize, usize))> {
        let speaker = |m: usize| {
            let tokens = self.mentions.actors[m].tokens;
            (vec![self.speaker_of_mention(m, tokens.1)], tokens)
        };
        let closed = words.0 > 0 && self.is_comma(words.0 - 1);
        if let Some(run) = self.unknown_behind(words).filter(|_| closed) {
            return Some((vec![self.speaker_of_tokens(run.0, run.1)], run));
        }
        let behind = self.speaker_behind(words);
        if inverted_only || closed && behind.is_some() {
            return behind.map(speaker);
        }
        let before = self.actors().rev().find(|i| {
            let m = &self.mentions.actors[*i];
            m.tokens.1 <= words.0
                && words.0 - m.tokens.1 <= 4
                && self.grammar.case_word(m.head).is_none()
        });
        if let Some(m) = before.filter(|_| !closed) {
            return Some(speaker(m));
        }
        // `Reuters, citing two officials, reported`: who opens the sentence.
        if closed {
            let opens = |m: &usize| {
                let tokens = self.mentions.actors[*m].tokens;
                tokens.0 <= 2 && tokens.1 < words.0 && self.form(tokens.1) == ","
            };
            if let Some(m) = self.actors().find(opens) {
                return Some(speaker(m));
            }
            if let Some((first, end)) = (0..2).find_map(|i| self.outlet(i, words.0)) {
                return Some((vec![self.speaker_of_tokens(first, end)], (first, end)));
            }
        }
        before.map(speaker)
    }

    /// What a clause cue reports: its complement behind it, or what stands before it and goes on
    /// behind it.
    pub(crate) fn clause_content(
        &self,
        at: usize,
        region: &mut (usize, usize),
        inverted: bool,
        stance: Stance,
    ) -> Vec<(usize, usize)> {
        let mut after = region.1;
        while after < self.len() && self.form(after) == "," {
            after += 1;
        }
        let opens = after < self.len() && self.is_quote(after);
        let marked = region.1 < self.len() && self.upos(region.1) == Upos::Sconj;
        let closed = region.0 > 0 && self.is_comma(region.0 - 1);
        let quoted_before = region.0 >= 2 && self.is_quote(region.0 - 1)
            || region.0 >= 3 && self.form(region.0 - 1) == "," && self.is_quote(region.0 - 2);
        // Up to where the words that belong to the saying itself go: on Monday, to reporters.
        let stop = (region.1..self.len())
            .find(|i| {
                let ends = matches!(self.form(*i), ";" | "." | ":");
                self.is_comma(*i) || ends || self.relay_words(*i).is_some()
            })
            .unwrap_or(self.len());
        let told = (region.1..stop).any(|i| self.tells(i, at));
        let start = self.segment_start(region.0);
        let before = (start..region.0.saturating_sub(1)).any(|i| {
            self.upos(i) == Upos::Verb || self.sentence().tokens[i].relation == Relation::Ccomp
        });
        let trailing =
            (closed || inverted) && (quoted_before || before && !told && (inverted || !opens));
        let mut content = Vec::new();
        if trailing {
            region.1 = region.1.max(stop);
            if region.0 > start + 1 {
                content.push((start, region.0));
            }
            if self.goes_on(region.1) {
                content.push((region.1, self.len()));
            }
            return content;
        }
        let complement = self.complement(at, region.1, stance);
        // Words with no verb: `mengatakan keadaan tenang`.
        let verbless = !inverted
            && !closed
            && matches!(
                self.upos(region.1),
                Upos::Noun | Upos::Propn | Upos::Pron | Upos::Det
            )
            && stop > region.1 + 1;
        if opens || marked || told || verbless || complement.is_some() {
            let from = match complement {
                Some(c) if !opens && !marked => c.min(region.1 + 8),
                _ => region.1,
            };
            // `Troops, the mayor said, attacked`: a clause that the saying parts.
            let inserted = closed && !inverted && !opens && !marked && self.form(region.1) == ",";
            if inserted && region.0 > start + 1 {
                content.push((start, region.0));
            }
            content.push((from, self.clause_end(at, from, stance)));
        } else if inverted && region.0 > start + 1 {
            content.push((start, region.0));
        }
        content
    }

    /// Where what the cue at `at` reports ends: before a clause with a subject of its own that is
    /// joined to the cue (`denied it, and Norway offered …`).
    /// A denial reaches no further than its first clause with a comma and a new subject behind it.
    pub(crate) fn clause_end(&self, at: usize, from: usize, stance: Stance) -> usize {
        let sentence = self.sentence();
        let subject = |c: usize| {
            let mut children = sentence.children(c);
            children.any(|s| {
                let relation = sentence.tokens[s].relation;
                s > from && matches!(relation, Relation::Nsubj | Relation::NsubjPass)
            })
        };
        let parted = |c: usize| {
            let first = sentence.extent(c).0;
            (from + 1..first + 2).any(|i| {
                self.form(i) == "," && i + 1 < self.len() && self.upos(i + 1) == Upos::Cconj
            })
        };
        let joined = (from + 1..self.len()).find(|c| {
            let token = &sentence.tokens[*c];
            let own = token.head == Some(at) || stance == Stance::Denies && parted(*c);
            let marked = sentence.children_in(*c, Relation::Mark).next().is_some();
            // `called it short and threatened to …`: the speaker does both.
            let beside = token.head == Some(at) && token.upos == Upos::Verb && {
                let first = sentence.extent(*c).0;
                self.upos(first) == Upos::Cconj
            };
            token.relation == Relation::Conj && own && (subject(*c) || beside) && !marked
        });
        let Some(joined) = joined else {
            return self.len();
        };
        let mut end = sentence.extent(joined).0.max(from + 1);
        while end > from + 1 && (self.upos(end - 1) == Upos::Cconj || self.is_comma(end - 1)) {
            end -= 1;
        }
        end
    }

    /// True for a token behind a cue that shows a clause: a verb or a word that opens one, not a
    /// clause that belongs to a noun (`in remarks quoted by`).
    pub(crate) fn tells(&self, i: usize, cue: usize) -> bool {
        let token = &self.sentence().tokens[i];
        match token.upos {
            Upos::Sconj => true,
            Upos::Verb => {
                let of_noun = matches!(
                    token.relation,
                    Relation::Acl | Relation::AclRelcl | Relation::Amod | Relation::Compound
                );
                let under = token.relation == Relation::Acl && token.head == Some(cue);
                !of_noun || under
            }
            _ => false,
        }
    }

    /// True if what is said goes on at `at`, behind a comma or in a quotation.
    pub(crate) fn goes_on(&self, at: usize) -> bool {
        let rest = at + 3 < self.len();
        let mut next = at;
        while next < self.len() && self.is_comma(next) && !self.is_quote(next) {
            next += 1;
        }
        let quote = next < self.len() && self.is_quote(next);
        let turn = next < self.len() && self.upos(next) == Upos::Sconj;
        let verb = (next..self.len()).any(|i| self.upos(i) == Upos::Verb);
        rest && self.is_comma(at) && (quote || verb && !turn)
    }

    /// Where the complement behind the cue at `at` starts.
    pub(crate) fn complement(&self, at: usize, from: usize, stance: Stance) -> Option<usize> {
        let tokens = &self.sentence().tokens;
        let complements = self.sentence().children(at).filter(|c| *c >= from);
        complements
            .filter(|c| {
                matches!(
                    tokens[*c].relation,
                    Relation::Ccomp
                        | Relation::Xcomp
                        | Relation::Obj
                        | Relation::Iobj
                        | Relation::Parataxis
                        | Relation::Csubj
                ) || tokens[*c].relation == Relation::Advcl && stance != Stance::Asserts
            })
            .map(|c| self.sentence().extent(c).0.max(from))
            .min()
    }
}
