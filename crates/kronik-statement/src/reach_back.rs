//! Words that reach back: `thus said the mayor` over the sentences before it, and an agency named at
//! the end of an item over the item.

use kronik_mention::Mentions;
use kronik_record::BlockKind;
use kronik_text::Span;

use crate::Stance;
use crate::finder::{Draft, Input};

/// How many sentences words such as `demikian diungkap oleh` take up.
const TAKEN_UP: usize = 4;

/// True of a statement of an outlet or agency.
pub(crate) fn is_press(mentions: &Mentions, draft: &Draft) -> bool {
    let actor = draft.statement.speakers.last().and_then(|s| s.actor);
    actor.is_some_and(|a| mentions.actors[a].sector.as_deref() == Some("JRN"))
}

/// A sentence that only says who told what stands before it covers that, and so does what passes
/// it on: `Thus said the mayor, as Meridian Wire reported.`
pub(crate) fn take_up(input: Input<'_>, drafts: &mut [Draft]) {
    let sentences = &input.analysis.sentences;
    let section = |block: usize| {
        let before = &input.blocks[..=block];
        before
            .iter()
            .filter(|(kind, _)| *kind == BlockKind::Heading)
            .count()
    };
    for at in 0..drafts.len() {
        if !drafts[at].back {
            continue;
        }
        let own = drafts[at].sentence;
        let mut taken: Vec<Span> = Vec::new();
        for s in (0..own).rev().take(TAKEN_UP) {
            // What somebody demands is a deed of the story, what somebody says is another voice.
            let says =
                |d: &Draft| !matches!(d.statement.stance, Stance::Demands | Stance::Promises);
            let told = drafts.iter().any(|d| d.sentence == s && says(d));
            let body = input.blocks[sentences[s].block].0 == BlockKind::Paragraph;
            let apart = section(sentences[s].block) != section(sentences[own].block);
            if told || !body || apart {
                break;
            }
            taken.push(sentences[s].span);
        }
        for draft in drafts
            .iter_mut()
            .filter(|d| d.sentence == own && (d.back || d.relayed))
        {
            draft.statement.content.extend(&taken);
        }
    }
}

/// A relay that closes the last line of an item under a heading covers the item's earlier lines:
/// those with a speaker of their own get it after that speaker, those without get the speaker it
/// relays as well.
pub(crate) fn reach_back(input: Input<'_>, drafts: &mut [Draft]) {
    let headed = input
        .blocks
        .iter()
        .any(|(kind, _)| *kind == BlockKind::Heading);
    if !headed {
        return;
    }
    let mut item: Vec<usize> = Vec::new();
    let mut under_heading = false;
    for at in 0..=input.blocks.len() {
        let kind = input.blocks.get(at).map(|(kind, _)| *kind);
        match kind {
            Some(BlockKind::Paragraph) => item.push(at),
            Some(BlockKind::Heading) | None => {
                if under_heading {
                    reach_over(input, drafts, &item);
                }
                item.clear();
                under_heading = true;
            }
            _ => {}
        }
    }
}

fn reach_over(input: Input<'_>, drafts: &mut [Draft], item: &[usize]) {
    let Some((last, earlier)) = item.split_last() else {
        return;
    };
    let sentences = &input.analysis.sentences;
    let Some(closing) = sentences.iter().rposition(|s| s.block == *last) else {
        return;
    };
    let end = sentences[closing].span.end();
    let trailing = |d: &Draft| {
        d.sentence == closing
            && d.statement.speakers.last().is_some_and(|s| {
                let speaker = s.span.end();
                let cue = d.statement.cue.map_or(0, |c| c.end());
                end.saturating_sub(speaker.max(cue)) <= 3
            })
            && d.statement
                .content
                .iter()
                .all(|c| c.end() <= d.statement.cue.map_or(0, |c| c.end()))
    };
    // `…, Reuters reported.` passes on as well as `…, as reported by Reuters`.
    let press = |d: &Draft| is_press(input.mentions, d);
    let relays: Vec<usize> = (0..drafts.len())
        .filter(|i| drafts[*i].relayed || press(&drafts[*i]))
        .filter(|i| trailing(&drafts[*i]))
        .collect();
    let Some(relay) = relays.first().copied() else {
        return;
    };
    let has = |drafts: &[Draft], block: usize, relayed: bool| {
        drafts
            .iter()
            .any(|d| sentences[d.sentence].block == block && (!relayed || d.relayed))
    };
    let inner = drafts.iter().position(|d| {
        d.sentence == closing
            && !d.relayed
            && d.statement
                .content
                .iter()
                .any(|c| c.start() == sentences[closing].span.start())
            && d.statement.cue.is_some_and(|c| {
                drafts[relay]
                    .statement
                    .content
                    .iter()
                    .any(|r| r.contains(c))
            })
    });
    for block in earlier {
        if has(drafts, *block, true) {
            continue;
        }
        let span = input.blocks[*block].1;
        let own = has(drafts, *block, false);
        drafts[relay].statement.content.push(span);
        if !own && let Some(inner) = inner {
            drafts[inner].statement.content.push(span);
        }
    }
}
