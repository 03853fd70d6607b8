//! Participants that the deeds of an article lend each other.
//!
//! Who answers was asked; who is accused did the deed; a crowd without a name is of the state in
//! which the article is set.

use kronik_lang::{Grammar, Relation, Upos};
use kronik_record::{Content, Opponent};

use crate::coder::{Coder, Input};
use crate::counterparts;
use crate::event::{Because, CodedEvent, Participant};
use crate::matching::Match;

impl Coder {
    /// Of what somebody is accused the sentence may tell first: *denied that A had sent arms, as B
    /// alleged*. The accused is who did it.
    pub(crate) fn accused(&self, kept: &[&Match<'_>], events: &mut [CodedEvent]) {
        for at in 0..kept.len().min(events.len()) {
            let event = &events[at];
            let alleges = self.content(kept[at]) == Content::Alleged;
            let inherited = |b: &Because| b.rule == "participants:earlier mention";
            let open = event.recipients.is_empty() || event.because.iter().any(inherited);
            if !alleges || !open || event.actors.is_empty() {
                continue;
            }
            let coded = |p: &Participant| {
                p.code.is_some() && !event.actors.iter().any(|a| a.code == p.code)
            };
            let deed = (0..at).rev().find(|i| {
                let accuses = self.content(kept[*i]) == Content::Alleged;
                !accuses && !events[*i].actors.is_empty() && events[*i].actors.iter().all(coded)
            });
            let Some(deed) = deed else { continue };
            let (found, span) = (events[deed].actors.clone(), events[deed].trigger);
            events[at].recipients = found;
            events[at].because.push(Because {
                rule: "participants:doer of the accused deed".to_string(),
                span: Some(span),
            });
        }
    }

    /// A deed that states mostly know among their own people, told without anybody (`protests broke
    /// out`, `a curfew was in force`), is one of the state that the article is set in.
    pub(crate) fn own_crowds(&self, input: Input<'_>, events: &mut [CodedEvent]) {
        let fighting = counterparts::fighting(events, &self.ontology);
        for event in events {
            let class = self.ontology.get(&event.class);
            let nobody = event.actors.is_empty() && event.recipients.is_empty();
            if !nobody || class.is_none_or(|c| !c.domestic) {
                continue;
            }
            let setting = input.mentions.settings.get(event.sentence);
            let Some(code) = setting.cloned().flatten() else {
                continue;
            };
            // Among those at war it may as well have been the enemy.
            let sided = class.is_some_and(|c| c.opponent != Opponent::Told);
            if sided && fighting.contains(&code) {
                continue;
            }
            let crowd = Participant {
                mention: None,
                span: event.trigger,
                code: Some(code),
                guessed: true,
                sector: None,
            };
            event.recipients.push(crowd.clone());
            event.actors.push(crowd);
            event.because.push(Because {
                rule: "participants:setting".to_string(),
                span: Some(event.trigger),
            });
        }
    }

    /// Who agrees to a request or rejects it is the one who was asked: *at the request of A, B
    /// agreed*, *B rejected A's demand*.
    pub(crate) fn answers(
        &self,
        grammar: Grammar<'_>,
        kept: &[&Match<'_>],
        events: &mut [CodedEvent],
    ) {
        for (noun, asked) in kept.iter().enumerate() {
            let token = &grammar.sentence.tokens[asked.head];
            let hangs = matches!(
                token.relation,
                Relation::Obl | Relation::Obj | Relation::NsubjPass
            );
            let Some(verb) = token.head.filter(|_| hangs && token.upos != Upos::Verb) else {
                continue;
            };
            let Some(answer) = kept.iter().position(|m| m.words.contains(&verb)) else {
                continue;
            };
            let spoken = |m: &Match<'_>| self.content(m) != Content::Own;
            let differ = kept[answer].frame.class != asked.frame.class;
            if !spoken(asked) || !spoken(kept[answer]) || !differ {
                continue;
            }
            let rule = "participants:who answers".to_string();
            let other = |from: &CodedEvent, of: &CodedEvent| -> Vec<Participant> {
                let known = |p: &&Participant| {
                    p.code.is_some() && !of.actors.iter().any(|a| a.code == p.code)
                };
                from.actors.iter().filter(known).cloned().collect()
            };
            for (to, from) in [(noun, answer), (answer, noun)] {
                let found = other(&events[from], &events[to]);
                let inherited = |b: &Because| b.rule == "participants:earlier mention";
                let open = events[to].recipients.is_empty()
                    || events[to].because.iter().any(inherited) && to == noun;
                if open && !found.is_empty() {
                    let span = Some(events[from].trigger);
                    events[to].recipients = found;
                    events[to].because.push(Because {
                        rule: rule.clone(),
                        span,
                    });
                }
            }
        }
    }
}
