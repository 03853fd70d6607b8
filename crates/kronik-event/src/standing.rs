//! The statement in which a deed stands, and how that presents it.

use kronik_lang::{Grammar, Relation, Upos};
use kronik_mention::ActorKind;
use kronik_statement::{Stance, StatementIx, Statements};
use kronik_text::Span;

use crate::coder::{Coder, Input};
use crate::event::{Because, Factuality, Participant};
use crate::matching::Match;
use crate::roles::Cast;

impl Coder {
    pub(crate) fn factuality(
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

/// The statement a trigger stands in, and the one that it is. The words of a cue stand in what
/// surrounds the statement they open.
pub(crate) fn place_in_statements(
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
pub(crate) fn outside_denial(
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
pub(crate) fn outside_others_denial(
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
pub(crate) fn outside_own_words(
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
