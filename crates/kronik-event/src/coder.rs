//! Sentences to coded deeds.
//!
//! For each sentence of running text: which frames fire, who takes part, how the deed is
//! presented, in which statement it stands, when, where, how many. Each decision leaves its rule
//! and its words in `because`. The one memory from sentence to sentence is the list of deeds coded
//! so far, by which *the attack* finds out whose it was.

use kronik_lang::{Analysis, Pack};
use kronik_mention::Mentions;
use kronik_record::table::Table;
use kronik_record::{DefaultRecipient, Files, Ontology, Result};
use kronik_statement::Statements;

use crate::circumstances::Saying;
use crate::counterparts::{self, Sides};
use crate::event::{CodedEvent, Participant};
use crate::factuality::FactualityLexicon;
use crate::frame::{Frame, FrameBook};
use crate::instruments::Instruments;
use crate::matching::{self, Match};
use crate::places::{Deed, PlaceWords};
use crate::roles::Cast;
use kronik_lang::Grammar;

/// How many deeds back a noun may name one again.
pub(crate) const NEAR: usize = 12;

/// Codes the events of articles in one language.
#[derive(Debug, Clone)]
pub struct Coder {
    pub(crate) pack: Pack,
    pub(crate) ontology: Ontology,
    pub(crate) book: FrameBook,
    pub(crate) factuality: FactualityLexicon,
    pub(crate) instruments: Instruments,
    pub(crate) agent_words: Vec<String>,
    pub(crate) control_words: Vec<String>,
    pub(crate) partner_words: Vec<String>,
    pub(crate) place_words: PlaceWords,
    pub(crate) speaker_words: Vec<String>,
    pub(crate) pair_words: Vec<Vec<String>>,
    pub(crate) light_verbs: Vec<String>,
    pub(crate) result_verbs: Vec<String>,
    pub(crate) goal_words: Vec<String>,
    pub(crate) object_control: Vec<String>,
    pub(crate) possessives: Vec<String>,
    pub(crate) attributes: Vec<String>,
    pub(crate) definite: Vec<String>,
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
pub(crate) struct Around<'a> {
    /// Heads of all its deeds.
    pub(crate) heads: &'a [usize],
    /// Its statements that have a cue.
    pub(crate) sayings: &'a [Saying<'a>],
    /// All its deeds as places see them.
    pub(crate) deeds: &'a [Deed],
    /// The article's deeds so far.
    pub(crate) before: &'a [CodedEvent],
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
        let told = |frame: &Frame, at: usize| self.told(frame, grammar, at, events);
        let matches = matching::matches(&self.book, &self.pack, grammar, &told);
        let kept: Vec<&Match<'_>> = matches
            .iter()
            .filter(|m| self.dropped(cast, m, &matches).is_none())
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

    /// True unless the frame needs a deed of its class before and there is none, or the noun at
    /// `at` does not point back to it.
    pub(crate) fn told(
        &self,
        frame: &Frame,
        grammar: Grammar<'_>,
        at: usize,
        before: &[CodedEvent],
    ) -> bool {
        !frame.again
            || self.is_definite(grammar, at)
                && before
                    .iter()
                    .rev()
                    .take(NEAR)
                    .any(|e| Some(&e.class) == frame.class.as_ref() && e.mode == frame.mode)
    }

    /// True if the noun at `at` is marked as known (`the call`, `panggilan itu`).
    fn is_definite(&self, grammar: Grammar<'_>, at: usize) -> bool {
        let (first, last) = grammar.sentence.extent(at);
        (first..=last.min(at + 2)).any(|i| self.definite.contains(&grammar.forms[i]))
    }
}
