//! Who speaks: from the words around a cue to a speaker with the name the article prints.
//!
//! People are introduced with an office in front and their name behind or between commas, agencies
//! with what they are (`the state agency Belta`), sources with the words that keep them secret.
//! What counts is the name; the words printed here stay with the speaker as its place.

use kronik_lang::Upos;
use kronik_mention::{ActorKind, ActorMention};

use crate::Speaker;
use crate::cues::Scene;

impl Scene<'_> {
    /// The outlet, agency or body named from token `at` on, and the token after its name.
    pub(crate) fn outlet_phrase(&self, at: usize) -> Option<(Speaker, usize)> {
        let limit = (at + 8).min(self.len());
        for i in at..limit {
            if matches!(self.form(i), "," | "." | ";") {
                break;
            }
            if let Some((first, end)) = self.outlet(i, self.len()) {
                return Some((self.speaker_of_tokens(first, end), end));
            }
        }
        if at >= self.len() {
            return None;
        }
        // A name the atlas does not know: capitalised words.
        let run = (at..(at + 4).min(self.len()))
            .find(|i| self.capital(*i))
            .filter(|first| !self.is_time(*first))
            .map(|first| (first, self.name_end(first)));
        // `the French daily Le Parisien`: what it is stands before what it is called.
        let further = run.and_then(|(_, end)| {
            let described = self.upos(end) == Upos::Noun && self.capital(end + 1);
            described.then(|| (end + 1, self.name_end(end + 1)))
        });
        if let Some((first, end)) = further {
            return Some((self.speaker_of_tokens(first, end), end));
        }
        if let Some(m) = (at..(at + 3).min(self.len())).find_map(|i| self.mention_at(i)) {
            let (first, end) = self.mentions.actors[m].tokens;
            match run {
                Some(run) if run.0 <= first && run.1 > end => {}
                _ => return Some((self.speaker_of_mention(m, end), end)),
            }
        }
        let (first, end) = run?;
        Some((self.speaker_of_tokens(first, end), end))
    }

    /// True for a word of a time (`Kamis`).
    pub(crate) fn is_time(&self, i: usize) -> bool {
        let span = self.sentence().tokens[i].span;
        let times = self.mentions.times_of(self.index);
        let mut times = self.mentions.times[times].iter();
        times.any(|t| t.span.overlaps(span))
    }

    /// The end of the capitalised words from `first` on, with the small words between them.
    pub(crate) fn name_end(&self, first: usize) -> usize {
        let mut end = first;
        while end < self.len() {
            let joins = end > first
                && end + 1 < self.len()
                && (self.upos(end) == Upos::Adp || matches!(self.form(end), "/" | "&"))
                && self.capital(end + 1);
            if !self.capital(end) && !joins {
                break;
            }
            end += 1;
        }
        end
    }

    /// An outlet of the atlas whose printed name stands at token `i`, with the capitalised words
    /// that belong to it (`The`, `Arabia`).
    pub(crate) fn outlet(&self, i: usize, limit: usize) -> Option<(usize, usize)> {
        if !self.capital(i) {
            return None;
        }
        let n = self.lexicon.outlet_at(&self.grammar.forms[i..limit]);
        if n == 0 {
            return None;
        }
        let mut end = i + n;
        // The word begins or ends the name of somebody else (`UNI`, `Uni Eropa`).
        let other = self.mention_at(i).map(|m| &self.mentions.actors[m]);
        let part = |m: &ActorMention| {
            let kind = matches!(m.kind, ActorKind::Country | ActorKind::Organisation);
            let press = m.sector.as_deref() == Some("JRN") || m.code.is_none();
            kind && !press && m.tokens.1 - m.tokens.0 > end - i
        };
        if other.is_some_and(part) {
            return None;
        }
        while end < limit && self.upos(end) == Upos::Propn && self.capital(end) {
            if self.mention_from(end).is_some() {
                break;
            }
            end += 1;
        }
        if end + 1 < limit && self.form(end) == "/" && self.capital(end + 1) {
            end += 2;
        }
        let article = i > 1 && self.upos(i - 1) == Upos::Det && self.capital(i - 1);
        Some((if article { i - 1 } else { i }, end))
    }

    /// An outlet whose name holds the tokens from `first` to `last` and more (`The Irish Times`,
    /// where only `Times` was taken for a name).
    pub(crate) fn outlet_around(&self, first: usize, last: usize) -> Option<(usize, usize)> {
        let starts = first.saturating_sub(4)..=first;
        starts
            .filter_map(|i| self.outlet(i, self.len()))
            .find(|(from, end)| *from <= first && *end >= last && end - from > last - first)
    }

    /// True for a word with a capital; past the end there is none.
    pub(crate) fn capital(&self, i: usize) -> bool {
        if i >= self.len() {
            return false;
        }
        let printed = self.sentence().form(self.text, i);
        printed.starts_with(char::is_uppercase) && self.upos(i) != Upos::Punct
    }

    pub(crate) fn speaker_of_tokens(&self, first: usize, end: usize) -> Speaker {
        let tokens = &self.sentence().tokens;
        let span = tokens[first]
            .span
            .cover(tokens[end.max(first + 1) - 1].span);
        let exact = self
            .actors()
            .find(|i| self.mentions.actors[*i].span == span);
        Speaker {
            actor: exact,
            span,
            name: span.slice(self.text).to_string(),
            unnamed: false,
        }
    }

    /// The speaker that mention `m` is, unnamed where words up to token `until` say so.
    pub(crate) fn speaker_of_mention(&self, m: usize, until: usize) -> Speaker {
        let mention = &self.mentions.actors[m];
        let (first, last) = mention.tokens;
        // An outlet inside the mention (`kantor berita AP`), or right behind it, is the name.
        let reach = if mention.sector.as_deref() == Some("JRN") {
            8
        } else {
            3
        };
        let behind = (last + reach).min(until.max(last));
        let whole = self.outlet_around(first, last);
        let inside = || {
            (first..behind).find_map(|i| {
                let (from, end) = self.outlet(i, behind)?;
                let named = end >= last && mention.kind != ActorKind::Person || i >= last;
                named.then_some((from, end))
            })
        };
        if let Some((from, end)) = whole.or_else(inside) {
            let mut speaker = self.speaker_of_tokens(from, end);
            speaker.actor = Some(m);
            return speaker;
        }
        let unnamed = self.is_unnamed(first, last.max(until), mention.head);
        // An office in words of the dictionary, with no name of its own.
        let offices = matches!(mention.kind, ActorKind::Agent | ActorKind::Person);
        let small = (first..last).all(|i| i == 0 || !self.capital(i));
        let own_words =
            self.lexicon.knows(self.form(first)) && mention.name == mention.span.slice(self.text);
        let introduced = offices && (small && last > 0 && !self.capital(last - 1) || own_words);
        if !unnamed && introduced && self.bare_name(m).is_none() {
            if let Some(n) = self.named_behind(m) {
                return self.speaker_of_mention(n, until);
            }
            if let Some(name) = self.name_behind(m, until) {
                return Speaker {
                    actor: Some(m),
                    span: mention.span,
                    name,
                    unnamed,
                };
            }
        }
        let name = self
            .bare_name(m)
            .or_else(|| self.owned(m))
            .or_else(|| self.described(m, until))
            .unwrap_or_else(|| self.without_noun(&mention.name, mention.span));
        Speaker {
            actor: Some(m),
            span: mention.span,
            name,
            unnamed,
        }
    }

    pub(crate) fn is_unnamed(&self, first: usize, last: usize, head: usize) -> bool {
        let tokens = &self.sentence().tokens;
        let lemma = &tokens[head].lemma;
        if self.lexicon.unnamed_nouns.contains(lemma) {
            return true;
        }
        let until = (last + 10).min(self.len());
        let qualified = self.lexicon.unnamed_qualifiers.iter().any(|q| {
            (first..until).any(|i| {
                q.iter()
                    .enumerate()
                    .all(|(n, w)| i + n < until && self.form(i + n) == w)
            })
        });
        let named = (head + 1..last.min(self.len())).any(|i| {
            self.upos(i) == Upos::Propn && self.mention_kind(i) == Some(ActorKind::Person)
        });
        let indefinite = self.lexicon.unnamed_indefinite.contains(lemma)
            && self.mention_kind(head) != Some(ActorKind::Person)
            && !named;
        qualified || indefinite
    }

    pub(crate) fn mention_kind(&self, t: usize) -> Option<ActorKind> {
        self.mention_at(t).map(|m| self.mentions.actors[m].kind)
    }

    /// Speakers named by the phrase headed by `head`, and the tokens it takes up.
    pub(crate) fn speakers(
        &self,
        head: usize,
        not: (usize, usize),
    ) -> (Vec<Speaker>, (usize, usize)) {
        let (mut first, last) = self.sentence().extent(head);
        let mut end = last + 1;
        if first < not.1 && not.0 < end {
            // The parse let the cue hang under its own speaker: keep the side of the head.
            if head < not.0 {
                end = not.0;
            } else {
                first = not.1;
            }
        }
        while first < head && self.upos(first) == Upos::Punct {
            first += 1;
        }
        while end > head + 1 && self.upos(end - 1) == Upos::Punct {
            end -= 1;
        }
        let mut speakers: Vec<Speaker> = Vec::new();
        for h in self.grammar.coordinated(head) {
            if let Some(m) = self.mention_at(h) {
                let speaker = self.speaker_of_mention(m, end);
                if !speakers.iter().any(|s| s.span == speaker.span) {
                    speakers.push(speaker);
                }
                let tokens = self.mentions.actors[m].tokens;
                first = first.min(tokens.0);
                end = end.max(tokens.1);
            } else if h > head && !speakers.is_empty() && self.upos(h) == Upos::Noun {
                // `Colombia and its allies`
                let (from, last) = self.sentence().extent(h);
                let from = (from..h)
                    .find(|i| self.upos(*i) != Upos::Cconj)
                    .unwrap_or(h);
                let tokens = &self.sentence().tokens;
                let span = tokens[from]
                    .span
                    .cover(tokens[last.min(end - 1).max(h)].span);
                speakers.push(Speaker {
                    actor: None,
                    span,
                    name: span.slice(self.text).to_string(),
                    unnamed: false,
                });
            }
        }
        if speakers.is_empty() {
            speakers.extend(self.speaker_of_noun(head, first, end));
        }
        (speakers, (first, end))
    }

    /// A speaker who is no known actor: the noun phrase around `head`, without what explains it.
    pub(crate) fn speaker_of_noun(&self, head: usize, first: usize, end: usize) -> Option<Speaker> {
        let tokens = &self.sentence().tokens;
        if !matches!(self.upos(head), Upos::Noun | Upos::Propn) {
            return None;
        }
        let mut start = first;
        while start < head && matches!(self.upos(start), Upos::Det | Upos::Adp | Upos::Punct) {
            start += 1;
        }
        let document = self.lexicon.documents.contains(&tokens[head].lemma);
        while document && start < head && self.upos(start) == Upos::Adj && !self.capital(start) {
            start += 1;
        }
        let mut stop = head + 1;
        while stop < end {
            let word = self.form(stop);
            let inner = self.lexicon.inner.iter().chain(&self.lexicon.agent_words);
            let ends = match self.upos(stop) {
                Upos::Punct | Upos::Verb | Upos::Sconj | Upos::Aux | Upos::Pron => true,
                Upos::Adp => document && !inner.clone().any(|w| w == word),
                _ => false,
            };
            if ends {
                break;
            }
            stop += 1;
        }
        for i in start..stop {
            if let Some((from, to)) = self.outlet(i, stop) {
                return Some(self.speaker_of_tokens(from, to));
            }
        }
        let unnamed = self.is_unnamed(start, end, head);
        // A letter speaks for the person who wrote it, a memo for itself.
        let person = (start..stop).find_map(|i| {
            let m = self.mention_from(i)?;
            (self.mentions.actors[m].kind == ActorKind::Person).then_some(m)
        });
        if let Some(m) = person.filter(|_| document) {
            return Some(self.speaker_of_mention(m, stop));
        }
        let named =
            (start..stop).any(|i| i > 0 && self.capital(i)) || self.upos(head) == Upos::Propn;
        if !document && !unnamed && !named && !self.is_people(head) {
            return None;
        }
        let span = tokens[start].span.cover(tokens[stop - 1].span);
        Some(Speaker {
            actor: None,
            span,
            name: span.slice(self.text).to_string(),
            unnamed,
        })
    }

    /// A noun of people that are no actors of the tables: counted, or one of several.
    pub(crate) fn is_people(&self, head: usize) -> bool {
        let tokens = &self.sentence().tokens;
        let counts = |c: usize| {
            matches!(self.upos(c), Upos::Num)
                || self.lexicon.openers.iter().any(|w| w == self.form(c))
        };
        let before = head.checked_sub(1).into_iter();
        let mut told = self.sentence().children(head).chain(before);
        tokens[head].upos == Upos::Noun && told.any(counts)
    }

    pub(crate) fn phrase_speaker(&self, at: usize) -> Option<(Vec<Speaker>, usize)> {
        let head = (at..(at + 8).min(self.len()))
            .find(|i| self.mention_from(*i).is_some() || self.nominal(*i))?;
        if (at..head).any(|i| self.upos(i) == Upos::Verb || self.form(i) == ",") {
            return None;
        }
        if let Some((first, end)) = self.outlet_around(head, head + 1) {
            return Some((vec![self.speaker_of_tokens(first, end)], end));
        }
        // A name of which only a part is known (`According to Meridian Wire`).
        let whole = (head, self.name_end(head));
        let part = self.mention_at(head).map(|m| &self.mentions.actors[m]);
        let longer = |m: &ActorMention| m.tokens.0 == head && m.tokens.1 < whole.1;
        if self.capital(head) && part.is_some_and(|m| longer(m) && m.code.is_none()) {
            return Some((vec![self.speaker_of_tokens(whole.0, whole.1)], whole.1));
        }
        if let Some(m) = self.mention_at(head) {
            let end = self.mentions.actors[m].tokens.1;
            let mut speakers = vec![self.speaker_of_mention(m, end)];
            let mut stop = end;
            // Joint speakers.
            if stop + 1 < self.len()
                && self.upos(stop) == Upos::Cconj
                && let Some(n) = self.mention_from(stop + 1)
            {
                stop = self.mentions.actors[n].tokens.1;
                speakers.push(self.speaker_of_mention(n, stop));
            }
            return Some((speakers, stop));
        }
        let (first, last) = self.sentence().extent(head);
        let mut end = head + 1;
        while end <= last.min(head + 9)
            && !matches!(self.upos(end), Upos::Verb | Upos::Sconj | Upos::Aux)
            && !matches!(self.form(end), "," | "." | ";")
        {
            end += 1;
        }
        if self.capital(head) {
            end = end.max(self.name_end(head));
        }
        let speaker = self.speaker_of_noun(head, first.max(at), end)?;
        Some((vec![speaker], end))
    }
}
