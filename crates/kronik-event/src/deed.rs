//! One match to one event: participants, place, mode, statement, factuality, counts, time.

use kronik_lang::{Sentence, Upos};
use kronik_record::{Content, DefaultRecipient, Site};
use kronik_text::Span;

use crate::circumstances;
use crate::coder::{Around, Coder, Input};
use crate::event::{Because, CodedEvent, Participant};
use crate::matching::Match;
use crate::participants::{clash, dedupe, own_states, own_the_guess, same_deed, speaker};
use crate::places::{self, Deed, Wanted};
use crate::quantities::Counts;
use crate::roles::{Cast, Voice};
use crate::standing::{
    outside_denial, outside_others_denial, outside_own_words, place_in_statements,
};

impl Coder {
    pub(crate) fn event(
        &self,
        input: Input<'_>,
        cast: Cast<'_>,
        (m, deed): (&Match<'_>, &Deed),
        results: &[&Match<'_>],
        around: Around<'_>,
    ) -> CodedEvent {
        let Around {
            heads,
            sayings,
            deeds,
            before,
        } = around;
        let sentence = cast.grammar.sentence;
        let trigger = trigger_span(sentence, m);
        let class = m.frame.class.clone().unwrap_or_default();
        let mut because = vec![Because {
            rule: format!("frame:{}", m.frame.id),
            span: Some(trigger),
        }];
        let (mut statement, performs) =
            place_in_statements(input.statements, cast.index, m, trigger);
        statement = outside_denial(input.statements, cast, m, statement);
        let voice = Voice {
            words: &self.speaker_words,
            speaker: speaker(input, statement),
        };
        let (mut actors, mut recipients) = self.participants(cast, m, &voice);
        if recipients.is_empty() && !m.frame.symmetric && self.content(m) != Content::Own {
            recipients = cast.of_complement(m, &actors, &self.goal_words, &voice);
        }
        if let Some(speaker) = &voice.speaker {
            own_the_guess(speaker, &mut actors, &recipients);
        }
        // Victims by name come before the place, those without a state after it.
        let victims = results
            .iter()
            .map(|r| cast.fill(r, &r.frame.recipient, &voice))
            .find(|found| !found.is_empty())
            .unwrap_or_default();
        if recipients.is_empty() && victims.iter().any(|v| !v.guessed) {
            recipients.clone_from(&victims);
            recipients.retain(|r| !actors.iter().any(|a| a.span == r.span));
        }
        let verbal = sentence.tokens[m.head].upos == Upos::Verb;
        // A treaty that takes effect has the parties that signed it.
        let parties = m.frame.symmetric && actors.is_empty() && recipients.is_empty();
        let both = self.both_sides(cast, m, &actors, &recipients, before);
        let mut talked = None;
        if let Some((sides, deed)) = both {
            actors = sides;
            talked.clone_from(&deed.mode);
            because.push(Because {
                rule: "participants:earlier mention".to_string(),
                span: Some(deed.trigger),
            });
        }
        let earlier = if verbal && !parties {
            None
        } else {
            same_deed(before, &class, m, input, &self.pack)
        };
        if let Some(earlier) = earlier {
            let told = actors.is_empty() || recipients.is_empty();
            if actors.is_empty() && !clash(&recipients, &earlier.recipients) {
                actors = earlier.actors.clone();
            }
            if recipients.is_empty() && !clash(&actors, &earlier.actors) {
                recipients = earlier.recipients.clone();
            }
            if told {
                let rule = "participants:earlier mention".to_string();
                because.push(Because {
                    rule,
                    span: Some(earlier.trigger),
                });
            }
        }
        let part: Vec<&Participant> = actors.iter().chain(&recipients).collect();
        let recipient = self.recipient_rule(&class, m.frame.mode.as_deref());
        let kind = self.ontology.get(&class);
        let wanted = Wanted {
            site: self.ontology.site(&class, m.frame.mode.as_deref()),
            target: recipient == DefaultRecipient::Place,
            against: kind.is_some_and(|c| c.is_conflict()),
            given: kind.is_some_and(kronik_record::EventType::is_material_cooperation),
        };
        let place = places::place_of(cast, deed, deeds, &self.place_words, wanted, &part);
        match recipient {
            DefaultRecipient::Never => recipients.clear(),
            DefaultRecipient::Place if recipients.is_empty() => {
                recipients.extend(self.of_place(input, cast, (m, deed), deeds, &actors));
            }
            DefaultRecipient::Own if recipients.is_empty() => {
                recipients = own_states(&actors);
            }
            _ => {}
        }
        if recipients.is_empty() && recipient != DefaultRecipient::Never {
            recipients = victims;
        }
        dedupe(&mut actors);
        dedupe(&mut recipients);
        let mut mode = m.frame.mode.clone().or(talked);
        if mode.is_none() {
            let clause = self.instrument_scope(cast, m, &actors);
            if let Some((told, token)) =
                self.instruments.mode(cast.grammar, &class, m.head, &clause)
            {
                mode = Some(told.to_string());
                let span = Some(sentence.tokens[token].span);
                because.push(Because {
                    rule: format!("instrument:{told}"),
                    span,
                });
            } else if let Some(earlier) = earlier {
                mode = earlier.mode.clone();
            }
        }
        let quarrel = self.is_quarrel(m);
        let speech = self.is_speech(m);
        let inner = statement;
        if quarrel {
            statement = outside_others_denial(input, statement, &actors);
        }
        let apart = inner != statement;
        if speech {
            statement = outside_own_words(input, statement, &actors);
        }
        let factuality = self.factuality(
            input.statements,
            statement,
            cast.grammar,
            m.head,
            (speech, m.frame.again || apart),
            &mut because,
        );
        let carried = !matches!(wanted.site, Site::Nowhere) && !speech;
        let place = place.or_else(|| earlier.filter(|_| carried).and_then(|e| e.place));
        let spoken = &input.statements.list[input.statements.of_sentence(cast.index)];
        let speakers: Vec<Span> = spoken
            .iter()
            .flat_map(|s| s.speakers.iter().map(|s| s.span))
            .collect();
        let counts = Counts {
            cast,
            deeds,
            speakers: &speakers,
            places: &self.place_words,
            definite: &self.definite,
        };
        let quantities = counts.of(deed);
        // What is counted has gone on since.
        let once = verbal && quantities.is_empty();
        let time = circumstances::time_of(cast, m.head, speech, heads, sayings)
            .map(|i| crate::times_carried::told(i, &input.mentions.times[i], once));
        CodedEvent {
            class,
            mode,
            contexts: m.frame.contexts.clone(),
            trigger,
            sentence: cast.index,
            token: m.head,
            actors,
            recipients,
            factuality,
            statement,
            performs,
            time,
            place,
            quantities,
            because,
        }
    }
}

pub(crate) fn trigger_span(sentence: &Sentence, m: &Match<'_>) -> Span {
    let first = m.words.first().copied().unwrap_or(m.head);
    let last = m.words.last().copied().unwrap_or(m.head);
    if last - first > 6 {
        return sentence.tokens[m.head].span;
    }
    sentence.tokens[first]
        .span
        .cover(sentence.tokens[last].span)
}
