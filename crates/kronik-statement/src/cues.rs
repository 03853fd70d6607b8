//! Where something is said: cue words with their speaker, the stretch they take up in the
//! sentence, and the stretches that hold what is said.

use kronik_lang::{Grammar, Relation, Sentence, Upos, Voice};
use kronik_mention::Mentions;

use crate::lexicon::{CueWord, Lexicon, Pattern};
use crate::{Speaker, Stance};

/// A cue in a sentence, before statements are made of it. Token ranges are half-open.
#[derive(Debug, Clone)]
pub(crate) struct Cue {
    pub words: (usize, usize),
    pub head: usize,
    pub stance: Stance,
    pub pattern: Pattern,
    pub relayed: bool,
    pub speakers: Vec<Speaker>,
    /// Cue, speaker and what belongs to them: nothing in it is said.
    pub region: (usize, usize),
    /// What is said.
    pub content: Vec<(usize, usize)>,
    pub rule: String,
}

/// One sentence with what is needed to find its cues.
#[derive(Clone, Copy)]
pub(crate) struct Scene<'a> {
    pub text: &'a str,
    pub index: usize,
    pub grammar: Grammar<'a>,
    pub mentions: &'a Mentions,
    pub lexicon: &'a Lexicon,
}

impl<'a> Scene<'a> {
    pub fn sentence(&self) -> &'a Sentence {
        self.grammar.sentence
    }

    pub(crate) fn len(&self) -> usize {
        self.grammar.forms.len()
    }

    /// Part of speech of token `i`; past the end, that of nothing.
    pub(crate) fn upos(&self, i: usize) -> Upos {
        self.sentence().tokens.get(i).map_or(Upos::X, |t| t.upos)
    }

    /// Token `i` in lower case; past the end, nothing.
    pub(crate) fn form(&self, i: usize) -> &'a str {
        self.grammar.forms.get(i).map_or("", String::as_str)
    }

    pub(crate) fn is_comma(&self, i: usize) -> bool {
        self.form(i) == "," || self.is_quote(i) || matches!(self.form(i), "-" | "–" | "—")
    }

    pub fn is_quote(&self, i: usize) -> bool {
        let quotes = &self.lexicon.quotes;
        let mut chars = self.form(i).chars();
        match (chars.next(), chars.next()) {
            (Some(c), None) => quotes.iter().any(|(o, e)| *o == c || *e == c),
            _ => false,
        }
    }

    /// All cues of the sentence, in order, with the content each would have on its own.
    pub fn cues(&self) -> Vec<Cue> {
        let mut cues: Vec<Cue> = Vec::new();
        let mut at = 0;
        while at < self.len() {
            // `who asked not to be named` says nothing.
            if let Some(end) = self.secrecy_at(at) {
                at = end;
                continue;
            }
            let found = self
                .relay_at(at)
                .or_else(|| {
                    let word = self.cue_word_at(at)?;
                    self.cue(word, at)
                })
                .or_else(|| self.claim_at(at));
            match found {
                Some(cue) => {
                    at = cue.words.1.max(at + 1);
                    cues.push(cue);
                }
                None => at += 1,
            }
        }
        let mut told = Vec::new();
        for cue in &mut cues {
            let Some(outlet) = self.told_outlet(cue) else {
                continue;
            };
            // The listener is no part of what is said.
            let (first, end) = outlet.region;
            cue.region.1 = cue.region.1.max(end);
            for piece in &mut cue.content {
                if piece.0 <= first && end <= piece.1 && piece.0 >= cue.words.1 {
                    piece.0 = end;
                }
            }
            told.push(outlet);
        }
        cues.extend(told);
        self.bound(&mut cues);
        cues.retain(|c| {
            !c.content.is_empty() || matches!(c.pattern, Pattern::Cite | Pattern::Back)
        });
        cues
    }

    /// A headline that names who says it: `Petro: Cuba relies on Iran`.
    pub(crate) fn colon_cue(&self) -> Option<Cue> {
        let colon = (1..self.len().min(8)).find(|i| self.form(*i) == ":")?;
        let m = self.actors().find(|i| {
            let mention = &self.mentions.actors[*i];
            mention.tokens.0 == 0 && mention.tokens.1 == colon
        })?;
        let rest = (colon + 1, self.len());
        (rest.0 < rest.1).then(|| Cue {
            words: (colon, colon + 1),
            head: colon,
            stance: Stance::Asserts,
            pattern: Pattern::Phrase,
            relayed: false,
            speakers: vec![self.speaker_of_mention(m, colon)],
            region: (0, colon + 1),
            content: vec![rest],
            rule: "speech:colon".to_string(),
        })
    }

    /// A noun of saying in a clause that is not about saying: whoever condemns reports of a deed or
    /// looks into allegations of it holds that it may have been done.
    fn claim_at(&self, at: usize) -> Option<Cue> {
        let tokens = &self.sentence().tokens;
        let claim = self.lexicon.cues.iter().find(|cue| {
            let [(_, keys)] = &cue.words[..] else {
                return false;
            };
            cue.pattern == Pattern::Noun && keys.contains(&tokens[at].lemma)
        })?;
        if tokens[at].upos != Upos::Noun || tokens[at].relation == Relation::Nsubj {
            return None;
        }
        let mut governors = self.grammar.governors(at).into_iter();
        let (verb, _) = governors.find(|(g, _)| tokens[*g].upos == Upos::Verb)?;
        if self.cue_word_at(verb).is_some() || self.grammar.is_passive(verb) {
            return None;
        }
        let subject = self.grammar.subject(verb).filter(|s| *s < verb)?;
        self.mention_at(subject)?;
        let (speakers, _) = self.speakers(subject, (at, at + 1));
        let end = self.sentence().extent(at).1 + 1;
        (end > at + 1 && !speakers.is_empty()).then(|| Cue {
            words: (at, at + 1),
            head: at,
            stance: claim.stance,
            pattern: Pattern::Clause,
            relayed: false,
            speakers,
            region: (at, at + 1),
            content: vec![(at + 1, end)],
            rule: format!("speech:{}/{}", self.lexicon.code, claim.printed),
        })
    }

    /// The end of words that keep a source secret, where they start at `at` or right behind it.
    fn secrecy_at(&self, at: usize) -> Option<usize> {
        [at, at + 1].into_iter().find_map(|from| {
            let words = self.lexicon.unnamed_qualifiers.iter().find(|q| {
                let mut all = q.iter().enumerate();
                q.len() > 1 && all.all(|(n, w)| from + n < self.len() && self.form(from + n) == w)
            })?;
            let verb = from == at || self.upos(at) == Upos::Verb;
            verb.then_some(from + words.len())
        })
    }

    pub(crate) fn cue_word_at(&self, at: usize) -> Option<&'a CueWord> {
        // A form of its own (`ujarnya`) before a form of another word's.
        let cues = || self.lexicon.cues.iter();
        cues()
            .find(|cue| self.is_cue(cue, at, true))
            .or_else(|| cues().find(|cue| self.is_cue(cue, at, false)))
    }

    /// True if the words of a cue start at `at`, as they are printed in the table or inflected.
    fn is_cue(&self, cue: &CueWord, at: usize, exact: bool) -> bool {
        let tokens = &self.sentence().tokens;
        let word = |n: usize, form: &str, keys: &[String]| {
            let i = at + n;
            if i >= self.len() {
                return false;
            }
            if self.form(i) == form {
                return !cue.verb
                    || cue.pattern == Pattern::Last
                    || tokens[i].upos != Upos::Noun
                    || self.verb_in_place(i);
            }
            let verbal = tokens[i].upos == Upos::Verb || n > 0;
            let bare = matches!(cue.pattern, Pattern::Inverted | Pattern::Last);
            !exact && cue.verb && verbal && !bare && keys.contains(&tokens[i].lemma)
        };
        let mut words = cue.words.iter().enumerate();
        !matches!(cue.pattern, Pattern::Noun | Pattern::Document)
            && words.all(|(n, (form, keys))| word(n, form, keys))
    }

    /// A bare root or noun form that stands where a verb of saying stands: after a comma or a
    /// closing quotation mark, before a name.
    pub(crate) fn verb_in_place(&self, i: usize) -> bool {
        let after = i > 0 && self.is_comma(i - 1);
        let before = i + 1 < self.len() && self.mention_from(i + 1).is_some();
        after && (before || self.upos(i) == Upos::Verb || i + 1 < self.len())
    }

    pub(crate) fn mention_from(&self, t: usize) -> Option<usize> {
        self.actors()
            .find(|i| self.mentions.actors[*i].tokens.0 == t)
    }

    pub(crate) fn mention_at(&self, t: usize) -> Option<usize> {
        self.actors().find(|i| {
            let (first, end) = self.mentions.actors[*i].tokens;
            first <= t && t < end
        })
    }

    pub(crate) fn actors(&self) -> std::ops::Range<usize> {
        self.mentions.actors_of(self.index)
    }

    /// The words of passing on that start at `at`.
    fn relay_words(&self, at: usize) -> Option<&'a Vec<String>> {
        self.lexicon.relays.iter().find(|words| {
            let mut all = words.iter().enumerate();
            all.all(|(n, w)| at + n < self.len() && self.form(at + n) == w)
        })
    }

    pub(crate) fn relay_at(&self, at: usize) -> Option<Cue> {
        let words = self.relay_words(at)?;
        let end = at + words.len();
        let (speaker, stop) = self.outlet_phrase(end)?;
        let mut start = at;
        while start > 0 && self.form(start - 1) == "," {
            start -= 1;
        }
        Some(Cue {
            words: (at, end),
            head: at,
            stance: Stance::Asserts,
            pattern: Pattern::Phrase,
            relayed: true,
            speakers: vec![speaker],
            region: (start, stop),
            content: self.all_around((start, stop)),
            rule: format!("relay:{}/{}", self.lexicon.code, words.join(" ")),
        })
    }

    pub(crate) fn cue(&self, word: &CueWord, at: usize) -> Option<Cue> {
        let words = (at, at + word.words.len());
        let rule = format!("speech:{}/{}", self.lexicon.code, word.printed);
        let make = |speakers, region, content| Cue {
            words,
            head: at,
            stance: word.stance,
            pattern: word.pattern,
            relayed: false,
            speakers,
            region,
            content,
            rule: rule.clone(),
        };
        match word.pattern {
            Pattern::Last | Pattern::Again => {
                let content = self.around(words, true);
                Some(make(Vec::new(), words, content))
            }
            Pattern::Back => {
                let (speakers, end) = self.phrase_speaker(words.1)?;
                let region = (self.segment_start(at), end);
                Some(make(speakers, region, vec![region]))
            }
            Pattern::Phrase => {
                let (speakers, end) = self.phrase_speaker(words.1)?;
                let mut start = at;
                while start > 0 && self.form(start - 1) == "," {
                    start -= 1;
                }
                let region = (start, end);
                Some(make(speakers, region, self.around(region, start == 0)))
            }
            Pattern::Cite => {
                let object = self.grammar.object(at).filter(|o| *o > at).or_else(|| {
                    (words.1..(words.1 + 4).min(self.len())).find(|i| self.nominal(*i))
                })?;
                let (speakers, extent) = self.speakers(object, words);
                if speakers.is_empty() {
                    return None;
                }
                Some(make(speakers, (at, extent.1.max(words.1)), Vec::new()))
            }
            _ => self.clause_cue(word, at, words, make),
        }
    }

    pub(crate) fn nominal(&self, i: usize) -> bool {
        matches!(self.upos(i), Upos::Noun | Upos::Propn | Upos::Pron)
    }

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
    fn is_negated(&self, at: usize) -> bool {
        let negation = |i: usize| self.lexicon.negations.iter().any(|w| w == self.form(i));
        let tokens = &self.sentence().tokens;
        self.sentence().children(at).any(|c| {
            let modifies = matches!(tokens[c].relation, Relation::Advmod | Relation::Aux);
            c < at && modifies && negation(c)
        })
    }

    /// For a verb of saying without a subject of its own (`answered the claim by saying`) whose
    /// subject `found` is nobody: the actor who is the subject of the verb above it.
    fn speaks_above(&self, at: usize, found: usize) -> Option<usize> {
        let tokens = &self.sentence().tokens;
        if tokens[found].head == Some(at) || self.mention_at(found).is_some() {
            return None;
        }
        let above = tokens[at].head.filter(|h| tokens[*h].head != Some(at))?;
        let subject = self.grammar.subject(above)?;
        self.mention_at(subject).map(|_| subject)
    }

    /// True if the words before `at` pass on what somebody says (`quoted by X`).
    fn is_relayed(&self, at: usize) -> bool {
        (at.saturating_sub(4)..at).any(|i| {
            self.relay_words(i)
                .is_some_and(|words| i + words.len() == at)
        })
    }

    /// Who stands right before a cue and behind a comma.
    fn speaker_before(&self, words: (usize, usize)) -> Option<(Vec<Speaker>, (usize, usize))> {
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
    fn phrase_start(&self, first: usize) -> usize {
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
    fn speaker_behind(&self, words: (usize, usize)) -> Option<usize> {
        let m = (words.1..(words.1 + 3).min(self.len())).find_map(|i| self.mention_from(i))?;
        let (first, end) = self.mentions.actors[m].tokens;
        let opened = (words.1..first).any(|i| self.upos(i) == Upos::Sconj);
        let acts = (end..(end + 4).min(self.len()))
            .take_while(|i| self.upos(*i) != Upos::Punct)
            .any(|i| matches!(self.upos(i), Upos::Verb | Upos::Aux));
        (!opened && !acts).then_some(m)
    }

    /// An outlet or body that the atlas does not know, right behind a cue: `…, lapor Meridian Wire.`
    fn unknown_behind(&self, words: (usize, usize)) -> Option<(usize, usize)> {
        if !self.capital(words.1) || self.mention_at(words.1).is_some() {
            return None;
        }
        let end = self.name_end(words.1);
        let relayed = self.relay_words(end).is_some();
        let ends = end >= self.len() || self.upos(end) == Upos::Punct || relayed;
        ends.then_some((words.1, end))
    }

    /// Speakers by the order of the words, and the tokens that name them.
    fn speaker_by_order(
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
    fn clause_end(&self, at: usize, from: usize, stance: Stance) -> usize {
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

    /// The first token of the stretch between semicolons that ends at `at`.
    pub(crate) fn segment_start(&self, at: usize) -> usize {
        (0..at)
            .rev()
            .find(|i| self.form(*i) == ";")
            .map_or(0, |i| i + 1)
    }

    /// The end of the stretch between semicolons that `at` stands in.
    fn segment_end(&self, at: usize) -> usize {
        (at..self.len())
            .find(|i| self.form(*i) == ";")
            .unwrap_or(self.len())
    }

    /// The whole stretch between semicolons without the words of passing on.
    fn all_around(&self, region: (usize, usize)) -> Vec<(usize, usize)> {
        let (start, end) = (self.segment_start(region.0), self.segment_end(region.1));
        let mut content = Vec::new();
        if region.0 > start {
            content.push((start, region.0));
        }
        if (region.1..end).any(|i| self.upos(i) == Upos::Verb) {
            content.push((region.1, end));
        }
        content
    }

    /// Everything around a trailing, leading or inserted phrase. A leading one covers what
    /// follows, a trailing one what stands before; an inserted one both.
    pub(crate) fn around(&self, region: (usize, usize), leading: bool) -> Vec<(usize, usize)> {
        let mut content = Vec::new();
        let start = self.segment_start(region.0);
        if region.0 > start {
            content.push((start, region.0));
        }
        // What explains an inserted speaker (`menurut X yang dikutip Y, …`) belongs to it.
        let parted = content.is_empty() || self.form(region.0) != ",";
        let close = (region.1..(region.1 + 8).min(self.len())).find(|i| self.form(*i) == ",");
        let region = match close {
            Some(close) if !parted => (region.0, close),
            _ => region,
        };
        let rest = self.len().saturating_sub(region.1);
        let goes_on = rest > 3
            && (content.is_empty() && leading
                || self.form(region.1) == ","
                    && region.1 + 1 < self.len()
                    && !matches!(self.upos(region.1 + 1), Upos::Cconj | Upos::Sconj));
        if goes_on || content.is_empty() && rest > 1 {
            content.push((region.1, self.len()));
        }
        content
    }

    /// A listener that is an outlet passes on what it was told (`told Reuters`).
    pub(crate) fn told_outlet(&self, cue: &Cue) -> Option<Cue> {
        if cue.relayed
            || matches!(
                cue.pattern,
                Pattern::Phrase | Pattern::Cite | Pattern::Last | Pattern::Again | Pattern::Back
            )
        {
            return None;
        }
        // Behind a cue and the speaker that follows it, words that keep him secret left out.
        let from = cue.region.1.max(cue.words.1);
        let end = (from + 7)
            .min(self.len())
            .max((cue.words.1 + 7).min(self.len()));
        let mut secret = cue.words.1;
        for i in cue.words.1..end {
            if let Some(until) = self.secrecy_at(i) {
                secret = until + 1;
            }
            let secrecy = i < secret || self.secrecy_at(i + 1).is_some();
            if matches!(self.form(i), "," | ".")
                || matches!(self.upos(i), Upos::Verb | Upos::Sconj) && i >= from && !secrecy
            {
                return None;
            }
            let outlet = self.outlet(i, self.len());
            let speaks = cue
                .speakers
                .iter()
                .any(|s| s.span.overlaps(self.sentence().tokens[i].span));
            if let Some((first, end)) = outlet.filter(|_| !speaks) {
                return Some(Cue {
                    words: (first, end),
                    head: first,
                    stance: Stance::Asserts,
                    pattern: Pattern::Phrase,
                    relayed: true,
                    speakers: vec![self.speaker_of_tokens(first, end)],
                    region: (first, end),
                    content: vec![
                        (self.segment_start(first), first),
                        (end, self.segment_end(end)),
                    ],
                    rule: format!("relay:{}/told", self.lexicon.code),
                });
            }
        }
        None
    }

    /// Ends what a cue reports where the next cue that it does not report begins.
    pub(crate) fn bound(&self, cues: &mut [Cue]) {
        let all: Vec<((usize, usize), usize, bool, Pattern)> = cues
            .iter()
            .map(|c| (c.region, c.head, c.relayed, c.pattern))
            .collect();
        for cue in cues.iter_mut() {
            if matches!(cue.pattern, Pattern::Cite | Pattern::Back) {
                continue;
            }
            if cue.relayed {
                // `quoted by X, carried by Y`: what follows is passed on by both.
                let mut from = cue.region.1;
                while let Some((r, ..)) = all.iter().find(|(r, _, relayed, _)| {
                    *relayed && r.0 == from && r.1 > from
                }) {
                    from = r.1;
                }
                // Who passes on last stands outside of those before.
                let next = all.iter().filter(|(r, head, relayed, _)| {
                    *relayed && *head != cue.head && r.0 >= from
                });
                let until = next.map(|(r, ..)| r.0).min().unwrap_or(self.len());
                for piece in cue.content.iter_mut().filter(|p| p.0 >= cue.region.1) {
                    piece.0 = piece.0.max(from);
                    piece.1 = piece.1.min(until);
                }
                let verb = |i: usize| self.upos(i) == Upos::Verb;
                cue.content
                    .retain(|p| p.0 < p.1 && (p.0 < cue.region.1 || (p.0..p.1).any(verb)));
                continue;
            }
            for (region, head, relayed, pattern) in &all {
                if *head == cue.head || region.0 < cue.region.1 {
                    continue;
                }
                let trailing = *relayed
                    || matches!(pattern, Pattern::Phrase | Pattern::Inverted)
                    || self.trails(*region);
                if !trailing && self.reported_by(*head, cue.head) {
                    continue;
                }
                if *pattern == Pattern::Cite {
                    continue;
                }
                for piece in cue.content.iter_mut() {
                    if piece.0 >= cue.region.1 && piece.0 <= region.0 && region.0 < piece.1 {
                        piece.1 = region.0;
                    }
                }
            }
            cue.content.retain(|(first, end)| first < end);
        }
    }

    /// True of a speaker and a cue behind a comma that end the sentence (`…, X reported.`).
    fn trails(&self, region: (usize, usize)) -> bool {
        let closed = region.0 > 0 && self.form(region.0 - 1) == ",";
        closed && (region.1..self.len()).all(|i| self.upos(i) == Upos::Punct)
    }

    /// True if the cue at `inner` stands in what the cue at `outer` reports.
    pub(crate) fn reported_by(&self, inner: usize, outer: usize) -> bool {
        let mut last = self.sentence().tokens[inner].relation;
        for (governor, relation) in self.grammar.governors(inner) {
            last = if governor == outer { relation } else { last };
            if governor == outer {
                return matches!(
                    last,
                    Relation::Ccomp
                        | Relation::Xcomp
                        | Relation::Obj
                        | Relation::Parataxis
                        | Relation::Csubj
                );
            }
        }
        false
    }
}
