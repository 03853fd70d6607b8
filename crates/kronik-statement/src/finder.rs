//! From cues to a tree of statements.
//!
//! Sentence by sentence the cues become statements; a quotation that runs over several sentences
//! belongs whole to whoever says any part of it; a relay at the end of an item reaches back over
//! the lines of that item; and each statement stands in the smallest one that reports its words of
//! saying.

use kronik_lang::{Analysis, Grammar, Pack};
use kronik_mention::{ActorKind, Mentions};
use kronik_record::{BlockKind, Files, Result};
use kronik_text::Span;

use crate::cues::{Cue, Scene};
use crate::lexicon::{Lexicon, Pattern};
use crate::quotations::quotations;
use crate::reach_back::{is_press, reach_back, take_up};
use crate::statement::Cover;
use crate::{Manner, Speaker, Stance, Statement, StatementIx, Statements};

/// Finds the statements of articles in one language.
#[derive(Debug, Clone)]
pub struct Finder {
    lexicon: Lexicon,
}

/// Everything known of an article before its statements.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// The text all spans refer to.
    pub text: &'a str,
    /// Its blocks; a sentence's `block` counts in this list.
    pub blocks: &'a [(BlockKind, Span)],
    /// Its sentences.
    pub analysis: &'a Analysis,
    /// What they mention.
    pub mentions: &'a Mentions,
}

/// A statement with the place it came from.
pub(crate) struct Draft {
    pub(crate) sentence: usize,
    pub(crate) statement: Statement,
    pub(crate) relayed: bool,
    /// It takes up what stands before it.
    pub(crate) back: bool,
    /// The statement it must stand in, by index of draft.
    outer: Option<usize>,
}

impl Finder {
    /// Loads the tables of the language of `pack` and the atlas's outlets.
    ///
    /// # Errors
    /// As the table loader: file, line, what is wrong.
    pub fn load(files: &Files, pack: &Pack) -> Result<Finder> {
        Ok(Finder {
            lexicon: Lexicon::load(files, pack)?,
        })
    }

    /// All statements told in running text, the outlet's own first.
    pub fn find(&self, input: Input<'_>) -> Statements {
        let mut drafts: Vec<Draft> = Vec::new();
        for (index, sentence) in input.analysis.sentences.iter().enumerate() {
            let kind = input.blocks.get(sentence.block).map(|(kind, _)| *kind);
            let head = matches!(kind, Some(BlockKind::Title | BlockKind::Heading));
            if kind != Some(BlockKind::Paragraph) && !head {
                continue;
            }
            let forms: Vec<String> = (0..sentence.tokens.len())
                .map(|i| sentence.form(input.text, i).to_lowercase())
                .collect();
            let grammar = Grammar {
                sentence,
                forms: &forms,
                agent_words: &self.lexicon.agent_words,
                control_words: &[],
            };
            let scene = Scene {
                text: input.text,
                index,
                grammar,
                mentions: input.mentions,
                lexicon: &self.lexicon,
            };
            if head {
                // Headlines leave words out, so their verbs of saying are not to be trusted.
                let cue = scene.colon_cue();
                drafts.extend(cue.and_then(|cue| self.draft(scene, &cue, &[])));
                continue;
            }
            self.sentence(scene, &mut drafts);
        }
        self.join_quotations(input, &mut drafts);
        take_up(input, &mut drafts);
        reach_back(input, &mut drafts);
        assemble(input, drafts)
    }

    fn sentence(&self, scene: Scene<'_>, drafts: &mut Vec<Draft>) {
        let cues = scene.cues();
        let first = drafts.len();
        for cue in &cues {
            let draft = self.draft(scene, cue, drafts);
            drafts.extend(draft);
        }
        // Who cites passes on: the cited speaker says what the citing one reports.
        let whole = scene.sentence().span;
        for (cue, at) in cues.iter().zip(first..) {
            if cue.pattern != Pattern::Cite || at >= drafts.len() {
                continue;
            }
            let outer = (first..drafts.len()).filter(|i| *i != at).find(|i| {
                drafts[*i].statement.content.iter().any(|c| !c.is_empty())
                    && drafts[*i].statement.stance == Stance::Asserts
            });
            match outer {
                Some(outer) => {
                    drafts[at].statement.content = drafts[outer].statement.content.clone();
                    drafts[at].outer = Some(outer);
                }
                None => {
                    let cut = drafts[at].statement.cue.map_or(whole.end(), |c| c.start());
                    drafts[at].statement.content = vec![Span::new(whole.start(), cut)];
                }
            }
        }
    }

    fn draft(&self, scene: Scene<'_>, cue: &Cue, before: &[Draft]) -> Option<Draft> {
        let tokens = &scene.sentence().tokens;
        let span = |(first, end): (usize, usize)| tokens[first].span.cover(tokens[end - 1].span);
        let mut speakers = cue.speakers.clone();
        if cue.pattern == Pattern::Last {
            let last = before.iter().rev().find(|d| {
                !d.relayed && !d.statement.speakers.is_empty() && d.sentence + 4 > scene.index
            });
            speakers = match last {
                Some(last) => last.statement.speakers.clone(),
                None => vec![told_before(scene)?],
            };
        }
        if cue.pattern == Pattern::Again {
            let press = |d: &&Draft| d.relayed || is_press(scene.mentions, d);
            let last = before.iter().rev().find(press)?;
            speakers = last.statement.speakers.clone();
        }
        if speakers.is_empty() {
            return None;
        }
        for speaker in &mut speakers {
            introduced(scene.mentions, speaker, before);
        }
        let content: Vec<Span> = cue.content.iter().map(|c| span(*c)).collect();
        let quoted = content.iter().any(|c| {
            let range = scene.sentence().tokens_in(*c);
            range.clone().any(|i| scene.is_quote(i))
        });
        let opens = content.first().is_some_and(|c| {
            let first = scene.sentence().tokens_in(*c).start;
            first < tokens.len() && scene.is_quote(first)
        });
        let manner = if cue.relayed {
            Manner::Relayed
        } else if opens {
            Manner::Quoted
        } else if quoted {
            Manner::Mixed
        } else {
            Manner::Paraphrased
        };
        let said = scene.mentions.times_of(scene.index).find(|i| {
            let t = &scene.mentions.times[*i];
            !content.iter().any(|c| c.contains(t.span)) && t.tokens.0.abs_diff(cue.words.1) <= 8
        });
        Some(Draft {
            sentence: scene.index,
            relayed: cue.relayed,
            back: cue.pattern == Pattern::Back,
            outer: None,
            statement: Statement {
                speakers,
                cue: Some(span(cue.words)),
                cue_token: Some((scene.index, cue.head)),
                content,
                manner,
                stance: cue.stance,
                within: None,
                said,
                rule: cue.rule.clone(),
            },
        })
    }

    /// A quotation belongs whole to whoever says any part of it; one that stands alone goes to the
    /// speaker before it in the same block, else to a quoted speaker of the block before.
    fn join_quotations(&self, input: Input<'_>, drafts: &mut [Draft]) {
        for (block, (kind, span)) in input.blocks.iter().enumerate() {
            if *kind != BlockKind::Paragraph {
                continue;
            }
            for quotation in quotations(input.text, *span, &self.lexicon.quotes) {
                let covered: Vec<&kronik_lang::Sentence> = input
                    .analysis
                    .sentences
                    .iter()
                    .filter(|s| s.block == block && s.span.overlaps(quotation))
                    .collect();
                let whole = covered.iter().any(|s| quotation.contains(s.span)) || covered.len() > 1;
                if !whole {
                    continue;
                }
                let speaks = |d: &&mut Draft| {
                    !d.relayed
                        && d.statement.cue.is_some_and(|c| !quotation.contains(c))
                        && d.statement.content.iter().any(|c| c.overlaps(quotation))
                };
                if let Some(draft) = drafts.iter_mut().find(speaks) {
                    draft.statement.content.push(quotation);
                    continue;
                }
                let before = |d: &&mut Draft| {
                    let at = input.analysis.sentences[d.sentence].block;
                    let quoted = matches!(d.statement.manner, Manner::Quoted | Manner::Mixed);
                    !d.relayed
                        && d.statement
                            .cue
                            .is_some_and(|c| c.end() <= quotation.start())
                        && (at == block || at + 1 == block && quoted)
                };
                if let Some(draft) = drafts.iter_mut().rev().find(before) {
                    draft.statement.content.push(quotation);
                }
            }
        }
    }
}

/// Who goes on speaking where nobody has spoken: the person of whom the sentences before tell.
fn told_before(scene: Scene<'_>) -> Option<Speaker> {
    let sentences = (0..scene.index).rev().take(3);
    let person = |s: usize| {
        let mut actors = scene.mentions.actors_of(s);
        actors.find(|a| {
            let m = &scene.mentions.actors[*a];
            m.kind == ActorKind::Person && m.name.contains(' ')
        })
    };
    let actor = sentences.filter_map(person).next()?;
    let mention = &scene.mentions.actors[actor];
    Some(Speaker {
        actor: Some(actor),
        span: mention.span,
        name: mention.name.clone(),
        unnamed: false,
    })
}

/// Gives a speaker told of again (`he`, `the spokesman`) the name under which the same actor spoke
/// before.
fn introduced(mentions: &Mentions, speaker: &mut Speaker, before: &[Draft]) {
    let mention = |s: &Speaker| s.actor.map(|a| &mentions.actors[a]);
    // `the spokesman`, who was told of before as the spokesman of somebody.
    let longer = before
        .iter()
        .rev()
        .flat_map(|d| &d.statement.speakers)
        .find(|s| {
            let rest = s.name.to_lowercase();
            let rest = rest.strip_prefix(&speaker.name.to_lowercase());
            !s.unnamed && rest.is_some_and(|r| r.starts_with(' '))
        });
    let nameless = !speaker.name.contains(char::is_uppercase);
    if let Some(longer) = longer.filter(|_| nameless && !speaker.unnamed) {
        speaker.name.clone_from(&longer.name);
        return;
    }
    let Some(own) = mention(speaker).filter(|m| m.kind == ActorKind::Pronoun) else {
        return;
    };
    let known = before
        .iter()
        .rev()
        .flat_map(|d| &d.statement.speakers)
        .find(|s| !s.unnamed && mention(s).is_some_and(|m| m.cluster == own.cluster));
    if let Some(known) = known.filter(|_| !speaker.unnamed) {
        speaker.name.clone_from(&known.name);
    }
}

/// Orders the drafts, puts each in the smallest statement that reports it, and adds the root.
fn assemble(input: Input<'_>, mut drafts: Vec<Draft>) -> Statements {
    for draft in &mut drafts {
        draft.statement.content.sort_unstable();
        draft.statement.content.dedup();
    }
    let size = |d: &Draft| -> usize { d.statement.content.iter().map(|c| c.len()).sum() };
    let cover = Cover::new(drafts.iter().map(|d| d.statement.content.as_slice()));
    let within: Vec<Option<usize>> = drafts
        .iter()
        .enumerate()
        .map(|(i, d)| {
            if d.outer.is_some() {
                return d.outer;
            }
            let cue = d.statement.cue?;
            cover
                .containing(cue)
                .filter(|j| *j != i && drafts[*j].outer != Some(i))
                .filter(|j| {
                    let back = drafts[*j].statement.cue;
                    !back.is_some_and(|b| d.statement.content.iter().any(|c| c.contains(b)))
                        || size(&drafts[*j]) > size(d)
                })
                .min_by_key(|j| (size(&drafts[*j]), *j))
        })
        .collect();
    let root = Statement {
        speakers: Vec::new(),
        cue: None,
        cue_token: None,
        content: vec![Span::new(0, input.text.len())],
        manner: Manner::Own,
        stance: Stance::Asserts,
        within: None,
        said: None,
        rule: "own voice".to_string(),
    };
    let mut list = vec![root];
    for (draft, within) in drafts.into_iter().zip(within) {
        let ix = within.map_or(0, |w| w as u32 + 1);
        list.push(Statement {
            within: Some(StatementIx(ix)),
            ..draft.statement
        });
    }
    let mut statements = Statements::new(list);
    break_circles(&mut statements);
    statements
}

/// No statement stands in itself, however the cues were read.
fn break_circles(statements: &mut Statements) {
    for i in 1..statements.list.len() {
        let mut at = StatementIx(i as u32);
        let mut steps = 0;
        while let Some(outer) = statements.get(at).within {
            at = outer;
            steps += 1;
            if steps > statements.list.len() {
                statements.list[i].within = Some(Statements::ROOT);
                break;
            }
        }
    }
}
