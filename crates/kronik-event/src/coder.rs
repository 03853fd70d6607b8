//! Sentences to coded deeds.
//!
//! For each sentence of running text: which frames fire, who takes part, how the deed is
//! presented, in which statement it stands, when, where, how many. Each decision leaves its rule
//! and its words in `because`. The one memory from sentence to sentence is the list of deeds coded
//! so far, by which *the attack* finds out whose it was.

use kronik_lang::{Analysis, Pack, Relation, Sentence, Upos};
use kronik_mention::{ActorKind, Mentions};
use kronik_record::table::Table;
use kronik_record::{Content, DefaultRecipient, Files, Ontology, Opponent, Result, Site};
use kronik_statement::{Stance, StatementIx, Statements};
use kronik_text::Span;

use crate::circumstances::{self, Saying};
use crate::counterparts::{self, Sides};
use crate::event::{Because, CodedEvent, Factuality, Participant};
use crate::factuality::FactualityLexicon;
use crate::frame::{Frame, FrameBook};
use crate::instruments::Instruments;
use crate::matching::{self, Match};
use crate::places::{self, Deed, PlaceWords, Wanted};
use crate::quantities::Counts;
use crate::roles::{Cast, Voice};
use kronik_lang::Grammar;

/// How many deeds back a noun may name one again.
const NEAR: usize = 12;

/// Codes the events of articles in one language.
#[derive(Debug, Clone)]
pub struct Coder {
    pack: Pack,
    ontology: Ontology,
    book: FrameBook,
    factuality: FactualityLexicon,
    instruments: Instruments,
    agent_words: Vec<String>,
    control_words: Vec<String>,
    partner_words: Vec<String>,
    place_words: PlaceWords,
    speaker_words: Vec<String>,
    pair_words: Vec<Vec<String>>,
    light_verbs: Vec<String>,
    result_verbs: Vec<String>,
    goal_words: Vec<String>,
    object_control: Vec<String>,
    possessives: Vec<String>,
    attributes: Vec<String>,
    definite: Vec<String>,
}

/// Everything known of an article before its events.
#[derive(Clone, Copy)]
pub struct Input<'a> {
    /// The text all spans refer to.
    pub text: &'a str,
    /// Its sentences.
    pub analysis: &'a Analysis,
    /// What they mention.
    pub mentions: &'a Mentions,
    /// Who says what.
    pub statements: &'a Statements,
    /// For each block, true if it is running text.
    pub body: &'a [bool],
}

/// What a sentence tells beside one of its deeds.
#[derive(Clone, Copy)]
struct Around<'a> {
    /// Heads of all its deeds.
    heads: &'a [usize],
    /// Its statements that have a cue.
    sayings: &'a [Saying<'a>],
    /// All its deeds as places see them.
    deeds: &'a [Deed],
    /// The article's deeds so far.
    before: &'a [CodedEvent],
}

impl Coder {
    /// Loads frames and lexicons of the language of `pack`.
    ///
    /// # Errors
    /// As the loaders of the single files: file, line, what is wrong.
    pub fn load(files: &Files, pack: &Pack, ontology: &Ontology) -> Result<Coder> {
        let path = format!("languages/{}/grammar.tsv", pack.code());
        let table = Table::load_optional(files, &path, &["role", "words"])?;
        let words = |role: &str| -> Vec<String> {
            table
                .rows()
                .filter(|r| r.get("role") == role)
                .flat_map(|r| r.list("words").map(str::to_lowercase).collect::<Vec<_>>())
                .collect()
        };
        Ok(Coder {
            pack: pack.clone(),
            ontology: ontology.clone(),
            book: FrameBook::load(files, pack, ontology)?,
            factuality: FactualityLexicon::load(files, pack)?,
            instruments: Instruments::load(files, pack, ontology)?,
            agent_words: words("agent"),
            control_words: words("control"),
            partner_words: words("partner"),
            place_words: PlaceWords {
                any: words("place"),
                inside: words("in"),
                source: words("source"),
                part: words("part"),
                apart: words("apart"),
                whereabouts: words("whereabouts"),
            },
            speaker_words: words("speaker"),
            light_verbs: words("light").iter().map(|w| pack.key(w, true)).collect(),
            goal_words: words("goal"),
            object_control: words("object-control")
                .iter()
                .map(|w| pack.key(w, true))
                .collect(),
            possessives: words("possessive"),
            attributes: words("attribute"),
            definite: words("definite"),
            result_verbs: words("result").iter().map(|w| pack.key(w, true)).collect(),
            pair_words: words("pair")
                .iter()
                .map(|w| w.split_whitespace().map(str::to_string).collect())
                .collect(),
        })
    }

    /// The frames in force, for tests of their cases.
    pub fn frames(&self) -> &FrameBook {
        &self.book
    }

    /// All deeds told in running text, in text order.
    pub fn code(&self, input: Input<'_>) -> Vec<CodedEvent> {
        let mut events: Vec<CodedEvent> = Vec::new();
        let mut sides: Vec<Sides> = Vec::new();
        let mut pair: Option<[Participant; 2]> = None;
        for (index, sentence) in input.analysis.sentences.iter().enumerate() {
            if !input.body.get(sentence.block).copied().unwrap_or(false) {
                continue;
            }
            let forms: Vec<String> = (0..sentence.tokens.len())
                .map(|i| sentence.form(input.text, i).to_lowercase())
                .collect();
            let grammar = Grammar {
                sentence,
                forms: &forms,
                agent_words: &self.agent_words,
                control_words: &self.control_words,
            };
            let mut cast = Cast {
                grammar,
                partner_words: &self.partner_words,
                pair_words: &self.pair_words,
                light_verbs: &self.light_verbs,
                object_control: &self.object_control,
                possessives: &self.possessives,
                before: pair.as_ref(),
                pair: pair.as_ref(),
                index,
                mentions: input.mentions,
            };
            let joined = cast.joined_pair();
            cast.pair = joined.as_ref().or(pair.as_ref());
            self.sentence(input, cast, &mut events, &mut sides);
            if joined.is_some() {
                pair = joined;
            }
        }
        counterparts::fill(&mut events, &sides, &self.ontology);
        self.own_crowds(input, &mut events);
        crate::times_carried::carry(&mut events, input, &self.ontology);
        crate::places_carried::carry(&mut events, input.mentions, &self.ontology);
        events
    }

    fn sentence(
        &self,
        input: Input<'_>,
        cast: Cast<'_>,
        events: &mut Vec<CodedEvent>,
        sides: &mut Vec<Sides>,
    ) {
        let grammar = cast.grammar;
        let told = |frame: &Frame, at: usize| {
            !frame.again
                || self.is_definite(grammar, at)
                    && events
                        .iter()
                        .rev()
                        .take(NEAR)
                        .any(|e| Some(&e.class) == frame.class.as_ref() && e.mode == frame.mode)
        };
        let matches = matching::matches(&self.book, &self.pack, grammar, &told);
        let kept: Vec<&Match<'_>> = matches
            .iter()
            .filter(|m| m.frame.class.is_some() && !is_attribute(cast, m, &self.attributes))
            .filter(|m| m.frame.again || !self.is_absorbed(grammar, m, &matches))
            .filter(|m| !named_before(m, &matches))
            .filter(|m| self.cause(grammar, m, &matches).is_none())
            .collect();
        let heads: Vec<usize> = kept.iter().map(|m| m.head).collect();
        let spoken = &input.statements.list[input.statements.of_sentence(cast.index)];
        let sayings: Vec<Saying<'_>> = spoken
            .iter()
            .filter_map(|s| {
                s.cue_token.map(|(_, cue)| Saying {
                    cue,
                    content: &s.content,
                })
            })
            .collect();
        let results_of = |m: &Match<'_>| -> Vec<&Match<'_>> {
            let caused = |r: &&Match<'_>| {
                self.cause(grammar, r, &matches)
                    .is_some_and(|c| c.head == m.head)
            };
            matches.iter().filter(caused).collect()
        };
        let deeds: Vec<Deed> = kept
            .iter()
            .map(|m| Deed {
                head: m.head,
                words: m
                    .words
                    .iter()
                    .chain(results_of(m).iter().flat_map(|r| &r.words))
                    .copied()
                    .collect(),
                speech: self.is_speech(m),
            })
            .collect();
        let first = events.len();
        for (m, deed) in kept.iter().zip(&deeds) {
            let m = *m;
            let results = results_of(m);
            let around = Around {
                heads: &heads,
                sayings: &sayings,
                deeds: &deeds,
                before: events,
            };
            let event = self.event(input, cast, (m, deed), &results, around);
            let rule = self.recipient_rule(&event.class, event.mode.as_deref());
            sides.push(Sides {
                actor: !m.frame.symmetric,
                unsaid: grammar.is_passive(m.head),
                recipient: !m.frame.symmetric && rule != DefaultRecipient::Never,
                other: rule == DefaultRecipient::Other,
                both: m.frame.symmetric,
                parties: rule == DefaultRecipient::Parties,
            });
            events.push(event);
        }
        self.answers(grammar, &kept, &mut events[first..]);
        self.accused(&kept, &mut events[first..]);
    }

    /// Of what somebody is accused the sentence may tell first: *denied that A had sent arms, as B
    /// alleged*. The accused is who did it.
    fn accused(&self, kept: &[&Match<'_>], events: &mut [CodedEvent]) {
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
    fn own_crowds(&self, input: Input<'_>, events: &mut [CodedEvent]) {
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

    /// True if the noun at `at` is marked as known (`the call`, `panggilan itu`).
    fn is_definite(&self, grammar: Grammar<'_>, at: usize) -> bool {
        let (first, last) = grammar.sentence.extent(at);
        (first..=last.min(at + 2)).any(|i| self.definite.contains(&grammar.forms[i]))
    }

    /// Who agrees to a request or rejects it is the one who was asked: *at the request of A, B
    /// agreed*, *B rejected A's demand*.
    fn answers(&self, grammar: Grammar<'_>, kept: &[&Match<'_>], events: &mut [CodedEvent]) {
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

    /// True if `m` only says what another deed asks, promises or threatens.
    fn is_absorbed(&self, grammar: Grammar<'_>, m: &Match<'_>, all: &[Match<'_>]) -> bool {
        let verbal = grammar.sentence.tokens[m.head].upos == Upos::Verb;
        let mut within = m.head;
        for (governor, relation) in grammar.governors(m.head) {
            let outer = all
                .iter()
                .find(|o| o.words.contains(&governor) && o.head != m.head);
            // A noun that tells by what means a verb of its own class was done (`fell by a vote`).
            // Through what is counted, too (`sent two million in aid`).
            let named = (m.head == within)
                || !verbal
                    && grammar.sentence.tokens[m.head].relation == Relation::Nmod
                    && grammar.sentence.tokens[m.head].head == Some(within);
            let means = named
                && !verbal
                && matches!(relation, Relation::Obl | Relation::Obj)
                && outer.is_some_and(|o| {
                    let lemma = &grammar.sentence.tokens[o.head].lemma;
                    o.frame.class == m.frame.class && !self.result_verbs.contains(lemma)
                });
            // What helping is meant to bring about is part of the help (`sent troops to help A fight B`).
            let aimed = all.iter().any(|o| {
                let sent = o.head != m.head && o.with.contains(&governor);
                sent && o.frame.recipient.contains(&crate::frame::Slot::Aim)
            });
            if means || aimed && verbal && within > governor {
                return true;
            }
            let content = outer.map(|o| self.content(o)).unwrap_or_default();
            let complement = matches!(
                relation,
                Relation::Xcomp | Relation::Ccomp | Relation::Advcl | Relation::Acl
            ) && within > governor;
            let direct = within == m.head
                && governor < m.head
                && matches!(relation, Relation::Obj | Relation::Obl | Relation::Nmod);
            match content {
                Content::Absorbed if complement && verbal || direct => return true,
                Content::ClauseAbsorbed if complement && verbal => return true,
                _ => {}
            }
            let passes = complement
                || relation == Relation::Conj
                || within == m.head && !verbal && relation == Relation::Obj;
            let counted = within == m.head && !verbal && relation == Relation::Nmod;
            if !passes && !counted {
                return false;
            }
            within = governor;
        }
        false
    }

    /// The deed of which `m` only tells what came (`the attack killed three`): numbers and victims
    /// are that deed's.
    fn cause<'m, 'b>(
        &self,
        grammar: Grammar<'_>,
        m: &Match<'_>,
        all: &'m [Match<'b>],
    ) -> Option<&'m Match<'b>> {
        let lemma = |m: &Match<'_>| &grammar.sentence.tokens[m.head].lemma;
        if !self.result_verbs.contains(lemma(m)) {
            return None;
        }
        all.iter().find(|o| {
            // `the attack displaced thousands`: driving out may be a deed of its own kind.
            let score = |m: &Match<'_>| {
                let class = self
                    .ontology
                    .get(m.frame.class.as_deref().unwrap_or_default());
                let force = class.filter(|c| c.is_material_conflict());
                force.and_then(|c| c.plain.score)
            };
            let worse = score(o).is_some_and(|o| score(m).is_some_and(|m| o < m));
            let alike = o.frame.class == m.frame.class || worse;
            let deed = o.head != m.head && alike && !self.result_verbs.contains(lemma(o));
            // `the attack killed three and wounded two`: the second shares the subject.
            let mut first = m.head;
            while grammar.sentence.tokens[first].relation == Relation::Conj {
                match grammar.sentence.tokens[first].head {
                    Some(head) if grammar.sentence.tokens[head].upos == Upos::Verb => first = head,
                    _ => break,
                }
            }
            let joined = grammar.sentence.is_under(o.head, first)
                || grammar.sentence.is_under(m.head, o.head);
            deed && joined
        })
    }

    /// A quarrel in words (`accused`, `rejected`).
    fn is_quarrel(&self, m: &Match<'_>) -> bool {
        let class = m.frame.class.as_deref().unwrap_or_default();
        self.ontology
            .get(class)
            .is_some_and(|c| c.is_conflict() && !c.is_material_conflict())
    }

    /// A deed done by speaking.
    fn is_speech(&self, m: &Match<'_>) -> bool {
        self.content(m) != Content::Own || self.is_quarrel(m)
    }

    fn content(&self, m: &Match<'_>) -> Content {
        let class = m.frame.class.as_deref().unwrap_or_default();
        let plain = self
            .ontology
            .mode(class, None)
            .map(|c| c.content)
            .unwrap_or_default();
        match self.ontology.mode(class, m.frame.mode.as_deref()) {
            Some(mode) if mode.content != Content::Own => mode.content,
            _ => plain,
        }
    }

    fn event(
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

    /// Both sides of the deed before, where several unnamed people of one of them are said to have
    /// done something together: *A phoned B. The leaders discussed trade.*
    fn both_sides<'e>(
        &self,
        cast: Cast<'_>,
        m: &Match<'_>,
        actors: &[Participant],
        recipients: &[Participant],
        before: &'e [CodedEvent],
    ) -> Option<(Vec<Participant>, &'e CodedEvent)> {
        let [actor] = actors else { return None };
        let mention = &cast.mentions.actors[actor.mention?];
        let several = mention.code.is_none()
            && mention.plural
            && matches!(mention.kind, ActorKind::Agent | ActorKind::Person)
            && mention.sentence == cast.index;
        let verbal = cast.grammar.sentence.tokens[m.head].upos == Upos::Verb;
        let class = m.frame.class.as_deref().unwrap_or_default();
        let peaceful = self.ontology.get(class).is_some_and(|c| !c.is_conflict());
        if !m.frame.symmetric || !several || !verbal || !peaceful || !recipients.is_empty() {
            return None;
        }
        let deed = before.iter().rev().take(NEAR).find(|e| {
            let class = Some(&e.class) == m.frame.class.as_ref();
            class && e.sentence + 3 > cast.index
        })?;
        let sides: Vec<Participant> = deed
            .actors
            .iter()
            .chain(&deed.recipients)
            .cloned()
            .collect();
        let mut codes: Vec<&String> = sides.iter().filter_map(|p| p.code.as_ref()).collect();
        codes.dedup();
        let one_of = actor.code.as_ref().is_some_and(|c| codes.contains(&c));
        let here = |p: Participant| Participant {
            span: actor.span,
            ..p
        };
        (codes.len() == 2 && sides.len() == 2 && one_of)
            .then(|| (sides.into_iter().map(here).collect(), deed))
    }

    fn participants(
        &self,
        cast: Cast<'_>,
        m: &Match<'_>,
        voice: &Voice<'_>,
    ) -> (Vec<Participant>, Vec<Participant>) {
        let grammar = cast.grammar;
        let verbal =
            grammar.sentence.tokens[m.head].upos == Upos::Verb || grammar.is_predicate(m.head);
        let mut actors = cast.fill(m, &m.frame.actor, voice);
        if actors.is_empty() && !m.frame.actor.is_empty() {
            if verbal && !grammar.is_passive(m.head) {
                actors.extend(cast.subject_by_order(m.head));
            } else if !verbal {
                actors = cast.fill(m, &[crate::frame::Slot::Subject], voice);
            }
        }
        let mut recipients = cast.fill(m, &m.frame.recipient, voice);
        let wants_object = m.frame.recipient.contains(&crate::frame::Slot::Object);
        if recipients.is_empty() && verbal && wants_object && !grammar.is_passive(m.head) {
            recipients.extend(cast.object_by_order(m));
        }
        recipients.retain(|r| !actors.iter().any(|a| a.span == r.span));
        if m.frame.symmetric && (actors.len() > 1 || recipients.is_empty()) {
            return (actors, Vec::new());
        }
        (actors, recipients)
    }

    fn recipient_rule(&self, class: &str, mode: Option<&str>) -> DefaultRecipient {
        let plain = self
            .ontology
            .mode(class, None)
            .map(|m| m.recipient)
            .unwrap_or_default();
        match self.ontology.mode(class, mode) {
            Some(m) if mode.is_some() && m.recipient != DefaultRecipient::Nobody => m.recipient,
            _ => plain,
        }
    }

    /// The state in whose territory the deed was done, unless it is the actor's own.
    fn of_place(
        &self,
        input: Input<'_>,
        cast: Cast<'_>,
        (m, deed): (&Match<'_>, &Deed),
        deeds: &[Deed],
        actors: &[Participant],
    ) -> Option<Participant> {
        let part: Vec<&Participant> = actors.iter().collect();
        let wanted = Wanted {
            site: Site::Clause,
            target: true,
            against: false,
            given: false,
        };
        let place = places::place_of(cast, deed, deeds, &self.place_words, wanted, &part)
            .or_else(|| object_place(input.mentions, cast, m));
        let p = &input.mentions.places[place?];
        let code = p.country.clone()?;
        if actors.iter().any(|a| a.code.as_ref() == Some(&code)) {
            return None;
        }
        Some(Participant {
            mention: None,
            span: p.span,
            code: Some(code),
            guessed: false,
            sector: None,
        })
    }

    fn instrument_scope(
        &self,
        cast: Cast<'_>,
        m: &Match<'_>,
        actors: &[Participant],
    ) -> Vec<usize> {
        let grammar = cast.grammar;
        let mut tokens = grammar.clause(m.head);
        let (first, last) = grammar.sentence.extent(m.head);
        tokens.extend(first..=last);
        for a in actors.iter().filter_map(|a| a.mention) {
            let mention = &cast.mentions.actors[a];
            if mention.sentence == cast.index {
                tokens.extend(mention.tokens.0..mention.tokens.1);
            }
        }
        tokens.sort_unstable();
        tokens.dedup();
        tokens
    }

    fn factuality(
        &self,
        statements: &Statements,
        statement: StatementIx,
        grammar: Grammar<'_>,
        head: usize,
        (speech, again): (bool, bool),
        because: &mut Vec<Because>,
    ) -> Factuality {
        let said = statements.get(statement);
        let told = (!again).then(|| self.factuality.read(grammar, head, speech));
        let told = told.flatten();
        if let Some(told) = &told {
            let span = Some(grammar.sentence.tokens[told.token].span);
            because.push(Because {
                rule: told.rule.clone(),
                span,
            });
        }
        let told = told.map(|t| t.kind);
        let by_stance = match said.stance {
            Stance::Denies => Some(Factuality::Denied),
            Stance::Accuses => Some(Factuality::Alleged),
            _ if said.speakers.iter().any(|s| s.unnamed) => Some(Factuality::Alleged),
            _ => None,
        };
        if let Some(kind) = by_stance {
            let future = matches!(told, Some(Factuality::Planned | Factuality::Hypothetical));
            if !(future && kind == Factuality::Alleged) {
                because.push(Because {
                    rule: said.rule.clone(),
                    span: said.cue,
                });
                return kind;
            }
        }
        told.unwrap_or(Factuality::Asserted)
    }
}

/// Whoever says the words of a statement, as *we* and *our* mean it.
fn speaker(input: Input<'_>, statement: StatementIx) -> Option<Participant> {
    let speaker = input.statements.get(statement).speakers.first()?;
    let mention = &input.mentions.actors[speaker.actor?];
    Some(Participant {
        mention: speaker.actor,
        span: speaker.span,
        code: mention.code.clone().or_else(|| mention.guess.clone()),
        guessed: mention.code.is_none(),
        sector: mention.sector.clone(),
    })
}

/// An actor whose state only the setting suggests and who would act on that very state belongs to
/// the official who tells it: *the minister of Ghana said police arrested Chinese miners*.
fn own_the_guess(speaker: &Participant, actors: &mut [Participant], recipients: &[Participant]) {
    let told = |code: &Option<String>| {
        recipients
            .iter()
            .any(|r| !r.guessed && r.code.is_some() && r.code == *code)
    };
    if speaker.guessed || speaker.code.is_none() || told(&speaker.code) {
        return;
    }
    for actor in actors.iter_mut().filter(|a| a.guessed && told(&a.code)) {
        actor.code.clone_from(&speaker.code);
    }
}

/// True for words that describe a thing or are part of a name: `armed group`, `occupied land`,
/// `Free Papua Movement`.
fn is_attribute(cast: Cast<'_>, m: &Match<'_>, attributes: &[String]) -> bool {
    let token = &cast.grammar.sentence.tokens[m.head];
    // `the president elect`: a bare participle that says what somebody is.
    let bare = matches!(
        token.relation,
        Relation::Acl | Relation::AclRelcl | Relation::Amod | Relation::Flat
    ) && cast
        .grammar
        .sentence
        .children(m.head)
        .all(|c| cast.grammar.sentence.tokens[c].upos == Upos::Punct);
    if bare && attributes.contains(&cast.grammar.forms[m.head]) {
        return true;
    }
    let described = token.upos == Upos::Verb || token.upos == Upos::Adj;
    if described && m.words.len() == 1 && token.relation == Relation::Amod {
        return true;
    }
    cast.at(m.head).is_some_and(|i| {
        let mention = &cast.mentions.actors[i];
        // `patrol boats`, `protest leaders`: the noun tells what kind of actor it is.
        let acts = matches!(mention.kind, ActorKind::Agent | ActorKind::Weapon);
        if acts && mention.head != m.head && token.upos == Upos::Noun && m.words.len() == 1 {
            let relation = token.relation;
            return matches!(
                relation,
                Relation::Compound | Relation::Nmod | Relation::Amod | Relation::Flat
            );
        }
        let name = matches!(mention.kind, ActorKind::Organisation | ActorKind::Person);
        name && token.upos == Upos::Propn
    })
}

/// True for a noun that names once more what the sentence has named already.
fn named_before(m: &Match<'_>, all: &[Match<'_>]) -> bool {
    m.frame.again
        && all.iter().any(|o| {
            o.head < m.head && o.frame.class == m.frame.class && o.frame.mode == m.frame.mode
        })
}

fn trigger_span(sentence: &Sentence, m: &Match<'_>) -> Span {
    let first = m.words.first().copied().unwrap_or(m.head);
    let last = m.words.last().copied().unwrap_or(m.head);
    if last - first > 6 {
        return sentence.tokens[m.head].span;
    }
    sentence.tokens[first]
        .span
        .cover(sentence.tokens[last].span)
}

/// The statement a trigger stands in, and the one that it is. The words of a cue stand in what
/// surrounds the statement they open.
fn place_in_statements(
    statements: &Statements,
    sentence: usize,
    m: &Match<'_>,
    trigger: Span,
) -> (StatementIx, Option<StatementIx>) {
    let performs = statements.of_sentence(sentence).find(|i| {
        let cue = statements.list[*i].cue_token;
        cue.is_some_and(|(_, t)| m.words.contains(&t))
    });
    match performs {
        Some(at) => {
            let ix = StatementIx(at as u32);
            (
                statements.get(ix).within.unwrap_or(Statements::ROOT),
                Some(ix),
            )
        }
        None => (statements.innermost(trigger), None),
    }
}

/// `denied the accusation` denies what was alleged, not that it was: a deed that is itself the
/// object of a denial stands outside of it.
fn outside_denial(
    statements: &Statements,
    cast: Cast<'_>,
    m: &Match<'_>,
    statement: StatementIx,
) -> StatementIx {
    let said = statements.get(statement);
    let token = &cast.grammar.sentence.tokens[m.head];
    let object = said
        .cue_token
        .is_some_and(|(i, t)| i == cast.index && token.head == Some(t))
        && token.upos != Upos::Verb
        && matches!(
            token.relation,
            Relation::Obj | Relation::NsubjPass | Relation::Obl
        );
    match said.within {
        Some(outer) if object && said.stance == Stance::Denies => outer,
        _ => statement,
    }
}

/// `denied that it had sent arms, as A charged`: what is denied is the sending. That somebody else
/// charged it is not.
fn outside_others_denial(
    input: Input<'_>,
    statement: StatementIx,
    actors: &[Participant],
) -> StatementIx {
    let said = input.statements.get(statement);
    let speaks = |a: &Participant| {
        said.speakers.iter().any(|s| {
            let code = s.actor.and_then(|m| {
                let mention = &input.mentions.actors[m];
                mention.code.as_ref().or(mention.guess.as_ref())
            });
            s.actor.is_some() && s.actor == a.mention || code.is_some() && code == a.code.as_ref()
        })
    };
    let others = !actors.is_empty() && !actors.iter().any(speaks);
    match said.within {
        Some(outer) if others && said.stance == Stance::Denies => outer,
        _ => statement,
    }
}

/// Who threatens, demands or accuses does so by speaking, and is not a source for it besides.
fn outside_own_words(
    input: Input<'_>,
    statement: StatementIx,
    actors: &[Participant],
) -> StatementIx {
    let mut at = statement;
    while let Some(outer) = input.statements.get(at).within {
        let own = input.statements.get(at).speakers.iter().any(|speaker| {
            actors.iter().any(|actor| {
                let (Some(s), Some(a)) = (speaker.actor, actor.mention) else {
                    return speaker.span.overlaps(actor.span);
                };
                let (s, a) = (&input.mentions.actors[s], &input.mentions.actors[a]);
                // `the minister said that his country refused`: he speaks for it.
                let state = matches!(a.kind, ActorKind::Country | ActorKind::Pronoun);
                // A state's news agency only reports.
                let state = state && s.sector == a.sector;
                let for_it = state && s.code.is_some() && s.code == actor.code;
                speaker.actor == actor.mention || s.name == a.name || for_it
            })
        });
        if !own {
            break;
        }
        at = outer;
    }
    at
}

/// The latest earlier deed that a noun may name again: same class, same mode where both tell.
fn same_deed<'e>(
    before: &'e [CodedEvent],
    class: &str,
    m: &Match<'_>,
    _input: Input<'_>,
    _pack: &Pack,
) -> Option<&'e CodedEvent> {
    let same = |e: &&CodedEvent| {
        let modes = match (&e.mode, &m.frame.mode) {
            (Some(a), Some(b)) => a == b,
            _ => true,
        };
        e.class == class && modes && !(e.actors.is_empty() && e.recipients.is_empty())
    };
    let near = || before.iter().rev().take(NEAR);
    // `the call` is the one that somebody made to somebody, not what both talked about in it.
    let directed = |e: &&CodedEvent| !e.actors.is_empty() && !e.recipients.is_empty();
    near()
        .filter(|_| m.frame.again)
        .find(|e| same(e) && directed(e))
        .or_else(|| near().find(same))
}

fn clash(told: &[Participant], earlier: &[Participant]) -> bool {
    let codes = |list: &[Participant]| -> Vec<String> {
        list.iter().filter_map(|p| p.code.clone()).collect()
    };
    let (told, earlier) = (codes(told), codes(earlier));
    !told.is_empty() && !earlier.is_empty() && !told.iter().any(|c| earlier.contains(c))
}

fn own_states(actors: &[Participant]) -> Vec<Participant> {
    actors
        .iter()
        .filter(|a| a.code.is_some())
        .cloned()
        .collect()
}

/// Participants with one code once; the first mention stays.
fn dedupe(list: &mut Vec<Participant>) {
    let mut seen: Vec<String> = Vec::new();
    list.retain(|p| match &p.code {
        Some(code) if seen.contains(code) => false,
        Some(code) => {
            seen.push(code.clone());
            true
        }
        None => true,
    });
}

/// The place that is itself the object (`captured Goma`).
fn object_place(mentions: &Mentions, cast: Cast<'_>, m: &Match<'_>) -> Option<usize> {
    let object = cast.grammar.object(m.head)?;
    mentions.places_of(cast.index).find(|i| {
        let p = &mentions.places[*i];
        p.head == object || (p.tokens.0 <= object && object < p.tokens.1)
    })
}
