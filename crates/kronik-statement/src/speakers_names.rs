//! What a speaker is called: the name behind an office, the words that tell who a nameless one is,
//! the noun that a name can do without.

use kronik_lang::Upos;
use kronik_mention::{ActorKind, ActorMention};
use kronik_text::Span;

use crate::cues::Scene;

impl<'a> Scene<'a> {
    /// Somebody who is called by the person whose office it is (`juru bicara Brown`): the name is one
    /// that the article gave before to somebody with another office.
    pub(crate) fn owned(&self, m: usize) -> Option<String> {
        let mention = &self.mentions.actors[m];
        let printed = mention.span.slice(self.text);
        let (first, last) = mention.tokens;
        let noun = self.form(first);
        let alone = (first..last).filter(|i| self.capital(*i)).count() == 1;
        let serves = (1..=last - first).any(|n| {
            let words = self.grammar.forms[first..first + n].join(" ");
            self.lexicon.serving.contains(&words)
        });
        let introduced = self.mentions.actors[..m].iter().any(|other| {
            other.cluster == mention.cluster
                && !other.span.slice(self.text).to_lowercase().starts_with(noun)
        });
        (mention.kind == ActorKind::Person && serves && alone && introduced)
            .then(|| printed.to_string())
    }

    /// Somebody without a name, with all words that tell who (`seorang relawan medis dari Palu`,
    /// `the health ministry of the territory`), up to the token `until`.
    pub(crate) fn described(&self, m: usize, until: usize) -> Option<String> {
        let mention = &self.mentions.actors[m];
        let (mut first, last) = mention.tokens;
        let printed = mention.span.slice(self.text);
        if mention.kind != ActorKind::Agent || mention.name != printed {
            return None;
        }
        // `local medics`
        while let Some(before) = first.checked_sub(1) {
            let tells = matches!(self.upos(before), Upos::Adj)
                && self.sentence().is_under(before, mention.head);
            if !tells || before == 0 && self.capital(0) && !self.lexicon.knows(self.form(0)) {
                break;
            }
            first = before;
        }
        let before = first.checked_sub(1);
        if before.is_some_and(|b| self.lexicon.openers.iter().any(|w| w == self.form(b))) {
            first -= 1;
        }
        let tokens = &self.sentence().tokens;
        let limit = self.len().min(until.max(last) + 8);
        let mut end = last;
        while end < limit {
            let word = self.form(end);
            let adds = match self.upos(end) {
                // What stands behind a noun belongs to it where the tree says so as well.
                Upos::Adj | Upos::Noun | Upos::Propn => {
                    let owned = self.upos(end + 1) == Upos::Pron;
                    let within = self.sentence().is_under(end, mention.head);
                    within && !owned && !self.is_time(end)
                }
                Upos::Det => end > last,
                Upos::Adp => {
                    let next = (end + 1..limit).find(|i| self.upos(*i) != Upos::Det);
                    self.lexicon.inner.iter().any(|w| w == word)
                        && next.is_some_and(|n| {
                            matches!(self.upos(n), Upos::Noun | Upos::Propn | Upos::Adj)
                                && self.sentence().is_under(n, mention.head)
                                && !self.is_time(n)
                        })
                }
                _ => false,
            };
            let behind = matches!(self.upos(end - 1), Upos::Adp | Upos::Det);
            let other = self.mention_from(end).is_some_and(|n| self.apart(n));
            if !adds || other && !behind {
                break;
            }
            end += 1;
        }
        while end > last && matches!(self.upos(end - 1), Upos::Adp | Upos::Det) {
            end -= 1;
        }
        (first != mention.tokens.0 || end != last).then(|| {
            let span = tokens[first].span.cover(tokens[end - 1].span);
            span.slice(self.text).to_string()
        })
    }

    /// True of a mention that is somebody else beside the one before it.
    pub(crate) fn apart(&self, m: usize) -> bool {
        let kind = self.mentions.actors[m].kind;
        matches!(kind, ActorKind::Person | ActorKind::Agent)
    }

    /// A name that was told before, without the noun that said what its bearer is
    /// (`Kelompok Houthi`).
    pub(crate) fn without_noun(&self, name: &str, here: Span) -> String {
        let Some((noun, rest)) = name.split_once(' ') else {
            return name.to_string();
        };
        let known = |word: &str| self.lexicon.knows(&word.to_lowercase());
        let mut names = rest.split(' ');
        let bare = names.all(|w| w.starts_with(char::is_uppercase) && !known(w));
        let state = |m: &ActorMention| m.kind == ActorKind::Country && m.name == rest;
        let taken = here.slice(self.text).to_lowercase() == noun.to_lowercase();
        if taken && bare && known(noun) && !self.mentions.actors.iter().any(state) {
            rest.to_string()
        } else {
            name.to_string()
        }
    }

    /// The person whose office mention `m` is: `the mayor, Oleksandr Honcharenko,`.
    pub(crate) fn named_behind(&self, m: usize) -> Option<usize> {
        let end = self.bracket_end(self.mentions.actors[m].tokens.1);
        let end = self.place_end(end);
        let comma = end < self.len() && self.form(end) == ",";
        let from = if comma { end + 1 } else { end };
        let n = self.actors().find(|n| {
            let other = &self.mentions.actors[*n];
            other.tokens.0 >= end
        })?;
        let other = &self.mentions.actors[n];
        let close = other.tokens.0 == from || !comma && other.tokens.0 <= from + 4;
        let blocked = (end..other.tokens.0).any(|i| {
            i != end && self.form(i) == ","
                || matches!(
                    self.upos(i),
                    Upos::Verb | Upos::Cconj | Upos::Sconj | Upos::Aux
                )
        });
        let ended =
            !comma || other.tokens.1 < self.len() && self.upos(other.tokens.1) == Upos::Punct;
        (close && !blocked && ended && other.kind == ActorKind::Person).then_some(n)
    }

    /// The token after the bracket that opens at `at` (`the Army (KLA), John Doe, said`), or `at`.
    pub(crate) fn bracket_end(&self, at: usize) -> usize {
        if self.form(at) != "(" {
            return at;
        }
        (at..(at + 6).min(self.len()))
            .find(|i| self.form(*i) == ")")
            .map_or(at, |i| i + 1)
    }

    /// The end of the place that stands at token `at` (`pemimpin Republik Chechnya`), or `at`.
    pub(crate) fn place_end(&self, at: usize) -> usize {
        let near = |first: usize| {
            let noun = first == at + 1 && self.capital(at) && self.lexicon.knows(self.form(at));
            first == at || noun
        };
        self.mentions
            .places_of(self.index)
            .map(|p| self.mentions.places[p].tokens)
            .find(|(first, _)| near(*first))
            .map_or(at, |(_, end)| end)
    }

    /// A name that is no mention of its own, right behind an office and perhaps its place:
    /// `Wali Kota Odesa Taras Marchenko`.
    pub(crate) fn name_behind(&self, m: usize, until: usize) -> Option<String> {
        let mention = &self.mentions.actors[m];
        let mut first = mention.tokens.1;
        let covered = |i: usize| {
            let places = self.mentions.places_of(self.index);
            let place = places
                .map(|p| self.mentions.places[p].tokens)
                .find(|(from, to)| *from <= i && i < *to && i > *from || *from == i);
            let actor = self
                .mention_from(i)
                .filter(|a| self.mentions.actors[*a].kind != ActorKind::Person)
                .map(|a| self.mentions.actors[a].tokens);
            actor.or(place).map(|(_, to)| to)
        };
        while let Some(to) = covered(first).filter(|to| *to > first) {
            first = to;
        }
        let mut end = first;
        while end < until.min(first + 5)
            && self.capital(end)
            && (!self.lexicon.knows(self.form(end)) || end > first)
        {
            end += 1;
        }
        if end == first || end == first + 1 && first > mention.tokens.1 {
            return None;
        }
        let tokens = &self.sentence().tokens;
        let span = tokens[first].span.cover(tokens[end - 1].span);
        Some(span.slice(self.text).to_string())
    }

    /// A name at the end of a mention that starts with what its bearer is, in words of the
    /// dictionary (`juru bicara junta Amadou Abdramane`, `lembaga pemantau DeepState`).
    pub(crate) fn bare_name(&self, m: usize) -> Option<String> {
        let mention = &self.mentions.actors[m];
        let (first, last) = mention.tokens;
        let mut start = last;
        while start > first && self.capital(start - 1) && !self.lexicon.knows(self.form(start - 1))
        {
            start -= 1;
        }
        // Names of states among them do not belong to it.
        let state = |i: usize| {
            let printed = self.sentence().form(self.text, i);
            let known = |m: &kronik_mention::ActorMention| {
                matches!(m.kind, ActorKind::Country | ActorKind::Demonym)
                    && m.span.slice(self.text) == printed
            };
            self.mentions.actors.iter().any(known)
        };
        while start < last && state(start) {
            start += 1;
        }
        let described = start > first && start < last && self.lexicon.knows(self.form(first));
        let own_name = mention.name == mention.span.slice(self.text);
        // One word behind an office with a state is that state.
        let state = last - start == 1 && mention.code.is_some();
        if !described || !own_name || state {
            return None;
        }
        let tokens = &self.sentence().tokens;
        let span = tokens[start].span.cover(tokens[last - 1].span);
        Some(span.slice(self.text).to_string())
    }
}
