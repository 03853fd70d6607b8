//! Who takes part in a deed: the frame's slots, then whom the sentence, the place and the deeds
//! before it allow.

use kronik_lang::{Pack, Upos};
use kronik_mention::{ActorKind, Mentions};
use kronik_record::{DefaultRecipient, Site};
use kronik_statement::StatementIx;

use crate::coder::{Coder, Input, NEAR};
use crate::event::{CodedEvent, Participant};
use crate::matching::Match;
use crate::places::{self, Deed, Wanted};
use crate::roles::{Cast, Voice};

impl Coder {
    /// Both sides of the deed before, where several unnamed people of one of them are said to have
    /// done something together: *A phoned B. The leaders discussed trade.*
    pub(crate) fn both_sides<'e>(
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

    pub(crate) fn participants(
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

    pub(crate) fn recipient_rule(&self, class: &str, mode: Option<&str>) -> DefaultRecipient {
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
    pub(crate) fn of_place(
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

    pub(crate) fn instrument_scope(
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
}

/// Whoever says the words of a statement, as *we* and *our* mean it.
pub(crate) fn speaker(input: Input<'_>, statement: StatementIx) -> Option<Participant> {
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
pub(crate) fn own_the_guess(
    speaker: &Participant,
    actors: &mut [Participant],
    recipients: &[Participant],
) {
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

/// The latest earlier deed that a noun may name again: same class, same mode where both tell.
pub(crate) fn same_deed<'e>(
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

pub(crate) fn clash(told: &[Participant], earlier: &[Participant]) -> bool {
    let codes = |list: &[Participant]| -> Vec<String> {
        list.iter().filter_map(|p| p.code.clone()).collect()
    };
    let (told, earlier) = (codes(told), codes(earlier));
    !told.is_empty() && !earlier.is_empty() && !told.iter().any(|c| earlier.contains(c))
}

pub(crate) fn own_states(actors: &[Participant]) -> Vec<Participant> {
    actors
        .iter()
        .filter(|a| a.code.is_some())
        .cloned()
        .collect()
}

/// Participants with one code once; the first mention stays.
pub(crate) fn dedupe(list: &mut Vec<Participant>) {
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
pub(crate) fn object_place(mentions: &Mentions, cast: Cast<'_>, m: &Match<'_>) -> Option<usize> {
    let object = cast.grammar.object(m.head)?;
    mentions.places_of(cast.index).find(|i| {
        let p = &mentions.places[*i];
        p.head == object || (p.tokens.0 <= object && object < p.tokens.1)
    })
}
