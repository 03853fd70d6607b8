//! When deeds were done whose own words do not tell it.
//!
//! A report names the day once and goes on: what the same sentence tells beside a dated deed, the
//! next steps of the same clash, the entries of a log under their clock. Told only where little
//! doubt is left. What somebody says has a day of its own, so a deed done by speaking takes one
//! from its own sentence or from a log only.

use kronik_lang::{Relation, Token, Upos};
use kronik_mention::{Basis, Interval, TimeMention};
use kronik_record::{Content, Ontology};

use crate::coder::Input;
use crate::event::{Because, CodedEvent, EventTime, Factuality, Participant};

/// How many sentences on a day holds for further deeds.
const NEAR: usize = 2;

/// Days a time may last to be that of other deeds.
const SHORT: i32 = 3;

/// What happened and when, as far as it decides what other deeds share its day.
struct Scene<'a> {
    input: Input<'a>,
    ontology: &'a Ontology,
}

/// Gives deeds without a time the one that the article has for them.
pub fn carry(events: &mut [CodedEvent], input: Input<'_>, ontology: &Ontology) {
    let scene = Scene { input, ontology };
    type Rule = for<'r> fn(&Scene<'r>, &[CodedEvent], usize) -> Option<EventTime>;
    let rules: [(&str, Rule); 4] = [
        ("time:log", |s, e, i| s.log(&e[i])),
        ("time:beside", |s, e, i| s.beside(e, i)),
        ("time:same deed", |s, e, i| s.same(e, i)),
        ("time:continued", |s, e, i| s.continued(e, i)),
    ];
    for (rule, find) in rules {
        for i in 0..events.len() {
            if events[i].time.is_some() {
                continue;
            }
            if let Some(time) = find(&scene, events, i) {
                let span = input.mentions.times.get(time.mention).map(|t| t.span);
                events[i].time = Some(EventTime {
                    basis: Basis::Inherited,
                    ..time
                });
                events[i].because.push(Because {
                    rule: rule.to_string(),
                    span,
                });
            }
        }
    }
}

impl Scene<'_> {
    /// True for a deed that is done by speaking.
    fn speech(&self, event: &CodedEvent) -> bool {
        let class = self.ontology.get(&event.class);
        let quarrel = class.is_some_and(|c| c.is_conflict() && !c.is_material_conflict());
        let content = self.ontology.mode(&event.class, event.mode.as_deref());
        quarrel || content.is_some_and(|m| m.content != Content::Own)
    }

    fn ahead(event: &CodedEvent) -> bool {
        matches!(
            event.factuality,
            Factuality::Planned | Factuality::Hypothetical
        )
    }

    /// The clock at the head of a log's entry dates all that the entry tells.
    fn log(&self, event: &CodedEvent) -> Option<EventTime> {
        let sentences = &self.input.analysis.sentences;
        let block = sentences.get(event.sentence)?.block;
        let first = sentences[..=event.sentence]
            .iter()
            .rposition(|s| s.block != block)
            .map_or(0, |i| i + 1);
        let at = self.input.mentions.times_of(first).next()?;
        let time = &self.input.mentions.times[at];
        let opens = time.span.start() <= sentences[first].span.start() + 1;
        (opens && time.clock_only && !Scene::ahead(event)).then(|| told(at, time, true))
    }

    /// Another deed of the same sentence, told side by side with this one (`met and agreed`) or in
    /// a clause that goes with it (`left, having signed`).
    fn beside(&self, events: &[CodedEvent], i: usize) -> Option<EventTime> {
        let event = &events[i];
        let tokens = &self.input.analysis.sentences.get(event.sentence)?.tokens;
        if tokens[event.token].upos != Upos::Verb {
            return None;
        }
        let speech = self.speech(event);
        let near = |e: &&CodedEvent| {
            e.sentence == event.sentence
                && e.time.is_some()
                && Scene::ahead(e) == Scene::ahead(event)
                && e.token != event.token
                && (speech || !self.speech(e))
                && together(tokens, event.token, e.token, !speech)
        };
        let mates = events.iter().filter(near);
        mates
            .min_by_key(|e| e.token.abs_diff(event.token))
            .and_then(|e| e.time.clone())
    }

    /// The same deed, told before: of several days the one told most.
    fn same(&self, events: &[CodedEvent], i: usize) -> Option<EventTime> {
        let event = &events[i];
        if self.speech(event) || event.factuality == Factuality::Alleged {
            return None;
        }
        let mut days: Vec<(&EventTime, usize)> = Vec::new();
        let so_far = events.iter().take_while(|e| e.sentence <= event.sentence);
        for e in so_far {
            let Some(time) = &e.time else { continue };
            let short = days_between(time.days) <= SHORT;
            let first = shares(&e.actors, &event.actors);
            let second = shares(&e.recipients, &event.recipients);
            let alike = matches!(
                (first, second),
                (Some(true), Some(true) | None) | (None, Some(true))
            );
            let same = e.class == event.class && Scene::ahead(e) == Scene::ahead(event);
            if !(short && alike && same) {
                continue;
            }
            match days.iter_mut().find(|(t, _)| t.edtf == time.edtf) {
                Some((_, n)) => *n += 1,
                None => days.push((time, 1)),
            }
        }
        let most = days.iter().map(|(_, n)| *n).max()?;
        days.iter()
            .find(|(_, n)| *n == most)
            .map(|(t, _)| (*t).clone())
    }

    /// A deed of the same kind told just before.
    fn continued(&self, events: &[CodedEvent], i: usize) -> Option<EventTime> {
        let event = &events[i];
        let disputed = matches!(event.factuality, Factuality::Alleged | Factuality::Denied);
        if self.speech(event) || Scene::ahead(event) || disputed {
            return None;
        }
        let before = events[..i]
            .iter()
            .rev()
            .take_while(|e| e.sentence + NEAR >= event.sentence)
            .find(|e| e.time.is_some() && e.class == event.class)?;
        let time = before.time.as_ref()?;
        (days_between(time.days) <= SHORT && !Scene::ahead(before)).then(|| time.clone())
    }
}

/// Days from the first to the last.
fn days_between(days: Interval) -> i32 {
    days.first
        .until(days.last)
        .map_or(i32::MAX, |s| s.get_days())
}

/// Whether two lists name one actor; `None` where one is empty.
fn shares(one: &[Participant], other: &[Participant]) -> Option<bool> {
    let coded = |list: &[Participant]| list.iter().any(|p| p.code.is_some());
    let same = one
        .iter()
        .any(|a| a.code.is_some() && other.iter().any(|b| a.code == b.code));
    (coded(one) && coded(other)).then_some(same)
}

/// True for two verbs told side by side, or one in a clause that goes with the other; with `inward`
/// also where the other stands in such a clause.
fn together(tokens: &[Token], one: usize, other: usize, inward: bool) -> bool {
    let top = |token: usize, clauses: bool| {
        let mut at = token;
        for _ in 0..tokens.len() {
            let goes_on = match tokens[at].relation {
                Relation::Conj => true,
                Relation::Advcl | Relation::Xcomp => clauses,
                _ => false,
            };
            match tokens[at].head.filter(|_| goes_on) {
                Some(head) => at = head,
                None => break,
            }
        }
        at
    };
    top(one, true) == top(other, inward)
}

/// The time of a deed that a mention dates. What a verb tells (`has held him since Friday`) was
/// done on the first day; what a noun tells (`attacks since Friday`) went on.
pub fn told(mention: usize, time: &TimeMention, verbal: bool) -> EventTime {
    let begun = time.since && verbal;
    let edtf = match time.edtf.split_once('/') {
        Some((first, _)) if begun => first.to_string(),
        _ => time.edtf.clone(),
    };
    let days = if begun { time.named } else { time.days };
    EventTime {
        mention,
        days,
        edtf,
        basis: time.basis,
    }
}
