//! How far cues reach: what stands around a phrase, who passes on what a listener was told, and
//! where what one cue reports ends because another begins.

use kronik_lang::{Relation, Upos};

use crate::Stance;
use crate::cues::{Cue, Scene};
use crate::lexicon::Pattern;

impl<'a> Scene<'a> {
    /// The first token of the stretch between semicolons that ends at `at`.
    pub(crate) fn segment_start(&self, at: usize) -> usize {
        (0..at)
            .rev()
            .find(|i| self.form(*i) == ";")
            .map_or(0, |i| i + 1)
    }

    /// The end of the stretch between semicolons that `at` stands in.
    pub(crate) fn segment_end(&self, at: usize) -> usize {
        (at..self.len())
            .find(|i| self.form(*i) == ";")
            .unwrap_or(self.len())
    }

    /// The whole stretch between semicolons without the words of passing on.
    pub(crate) fn all_around(&self, region: (usize, usize)) -> Vec<(usize, usize)> {
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
                while let Some((r, ..)) = all
                    .iter()
                    .find(|(r, _, relayed, _)| *relayed && r.0 == from && r.1 > from)
                {
                    from = r.1;
                }
                // Who passes on last stands outside of those before.
                let next = all
                    .iter()
                    .filter(|(r, head, relayed, _)| *relayed && *head != cue.head && r.0 >= from);
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
    pub(crate) fn trails(&self, region: (usize, usize)) -> bool {
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
