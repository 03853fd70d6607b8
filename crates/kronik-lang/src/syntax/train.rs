//! Training of the models, from treebanks; not part of the program.
//!
//! The order of sentences and every throw of a coin come from a fixed seed, so that the same
//! treebanks give the same file again.

pub use super::figures::{Figures, measure};
pub use super::harmony::Harmony;
pub use super::treebank::{Tree, read};

use super::bytes::Output;
use super::features::{Word, hash};
use super::learner::Learner;
use super::model::{Rows, file, keys};
use super::oracle::costs;
use super::parser::{Beam, best_move};
use super::sight::Sight;
use super::state::{Move, State, Step};
use super::tagger::{BEFORE_FIRST, View, best, tags};
use super::weights::{Scorer, Weights, write_rows};
use crate::pack::Pack;
use crate::{Relation, Upos};

/// How to train.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// Rounds over the sentences for the tagger.
    pub tagger_rounds: usize,
    /// Rounds over the sentences to find the parser's strongest weights.
    pub scout_rounds: usize,
    /// Rounds over the sentences for the parser.
    pub parser_rounds: usize,
    /// Parts of the treebank for tags as a tagger gives them that has not seen the sentence.
    pub folds: usize,
    /// Half-built trees the parser keeps in view; with one it learns from each move.
    pub width: usize,
    /// Most bytes of the tagger's weights and of the parser's.
    pub bytes: [usize; 2],
    /// What the order and the coins start from.
    pub seed: u64,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            tagger_rounds: 8,
            scout_rounds: 6,
            parser_rounds: 8,
            folds: 5,
            width: 4,
            bytes: [800_000, 2_200_000],
            seed: 20_241_126,
        }
    }
}

/// A small generator of numbers (xorshift), the same everywhere.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        ((self.0 >> 33) as usize) % limit.max(1)
    }

    fn shuffle(&mut self, order: &mut [usize]) {
        for i in (1..order.len()).rev() {
            order.swap(i, self.below(i + 1));
        }
    }
}

/// A tree ready for learning.
struct Lesson {
    words: Vec<Word>,
    tags: Vec<usize>,
    heads: Vec<Option<usize>>,
    relations: Vec<usize>,
    /// Tags that the parser sees.
    seen: Vec<usize>,
    /// Hashes of the headwords that it sees.
    keys: Vec<u32>,
    /// True if the last word is a full stop or the like that nothing hangs on.
    ends: bool,
    source: u32,
}

/// Trains a model and gives the bytes of its file; `say` hears how it goes.
pub fn train(
    trees: &[Tree],
    pack: &Pack,
    settings: Settings,
    say: &mut dyn FnMut(&str),
) -> Vec<u8> {
    let trees: Vec<&Tree> = trees
        .iter()
        .filter(|t| t.heads.iter().filter(|h| h.is_none()).count() == 1)
        .collect();
    let mut relations: Vec<Relation> = trees.iter().flat_map(|t| t.relations.clone()).collect();
    relations.push(Relation::Root);
    relations.sort();
    relations.dedup();
    let mut lessons: Vec<Lesson> = trees.iter().map(|t| lesson(t, &relations, pack)).collect();
    let all: Vec<usize> = (0..lessons.len()).collect();
    // By its words, so that a sentence that stands there several times is in one part.
    let folds: Vec<usize> = trees
        .iter()
        .map(|t| hash(&t.forms.join(" ")) as usize % settings.folds.max(1))
        .collect();
    for fold in 0..settings.folds {
        let (held, rest): (Vec<usize>, Vec<usize>) = all.iter().partition(|i| folds[**i] == fold);
        let rows = train_tagger(&lessons, &rest, settings, say);
        let weights = Weights::of_rows(Upos::ALL.len(), &rows);
        let (mut right, mut count) = (0, 0);
        for i in held {
            let found = tags(&lessons[i].words, lessons[i].source, &weights);
            right += same(&found, &lessons[i].tags);
            count += found.len();
            let forms: Vec<&str> = trees[i].forms.iter().map(String::as_str).collect();
            lessons[i].keys = keys(&forms, &found, pack);
            lessons[i].seen = found;
        }
        say(&format!(
            "tagger without part {fold}: {right} of {count} tags"
        ));
    }
    let tagger = train_tagger(&lessons, &all, settings, say);
    let parser = train_parser(&lessons, relations.len(), settings, say);
    file(&relations, settings.width, &tagger, &parser)
}

fn same(a: &[usize], b: &[usize]) -> usize {
    a.iter().zip(b).filter(|(a, b)| a == b).count()
}

fn lesson(tree: &Tree, relations: &[Relation], pack: &Pack) -> Lesson {
    let number = |tag: &Upos| Upos::ALL.iter().position(|(u, _)| u == tag).unwrap_or(0);
    let forms: Vec<&str> = tree.forms.iter().map(String::as_str).collect();
    let tags: Vec<usize> = tree.tags.iter().map(number).collect();
    let last = tree.forms.len() - 1;
    Lesson {
        words: forms.iter().map(|f| Word::of(f, pack)).collect(),
        keys: keys(&forms, &tags, pack),
        seen: tags.clone(),
        tags,
        heads: tree.heads.clone(),
        relations: tree
            .relations
            .iter()
            .map(|r| relations.binary_search(r).unwrap_or(0))
            .collect(),
        ends: last > 0
            && tree.tags[last] == Upos::Punct
            && tree.heads[last].is_some()
            && tree.heads.iter().all(|h| *h != Some(last)),
        source: tree.source,
    }
}

impl Lesson {
    /// The number of words to learn from: now and then all but the full stop, as in headlines.
    fn length(&self, dice: &mut Dice) -> usize {
        self.words.len() - usize::from(self.ends && dice.below(6) == 0)
    }
}

fn train_tagger(
    lessons: &[Lesson],
    of: &[usize],
    settings: Settings,
    say: &mut dyn FnMut(&str),
) -> Rows {
    let mut scout = Learner::new(Upos::ALL.len());
    teach_tagger(&mut scout, lessons, of, settings);
    let strong = within(&scout, settings.bytes[0], say);
    let mut learner = Learner::with_only(&strong, Upos::ALL.len());
    teach_tagger(&mut learner, lessons, of, settings);
    learner.rows()
}

fn teach_tagger(learner: &mut Learner, lessons: &[Lesson], of: &[usize], settings: Settings) {
    let mut dice = Dice(settings.seed);
    let mut order = of.to_vec();
    let mut scores = vec![0; learner.classes()];
    let mut features = Vec::new();
    for _ in 0..settings.tagger_rounds {
        dice.shuffle(&mut order);
        for i in &order {
            let lesson = &lessons[*i];
            let words = &lesson.words[..lesson.length(&mut dice)];
            let mut before = BEFORE_FIRST;
            for at in 0..words.len() {
                features.clear();
                scores.fill(0);
                let view = View {
                    words,
                    at,
                    before,
                    source: lesson.source,
                };
                view.features(|key| features.push(key));
                for key in &features {
                    learner.add(*key, &mut scores);
                }
                let (found, right) = (best(&scores), lesson.tags[at]);
                learner.step();
                if found != right {
                    learner.learn(&features, right, found);
                }
                before = [found, before[0]];
            }
        }
    }
}

/// The weights, with the smallest left out until they take no more than `bytes`.
fn within(learner: &Learner, bytes: usize, say: &mut dyn FnMut(&str)) -> Rows {
    let mut rows = learner.rows();
    let whole = rows.len();
    let mut least = 1;
    loop {
        let mut output = Output::default();
        write_rows(learner.classes(), &rows, &mut output);
        if output.bytes.len() <= bytes {
            say(&format!(
                "{} of {whole} features, weights from {least} on",
                rows.len()
            ));
            return rows;
        }
        least += 1;
        for (_, cells) in &mut rows {
            cells.retain(|c| c.weight.abs() >= least);
        }
        rows.retain(|(_, cells)| !cells.is_empty());
    }
}

fn train_parser(
    lessons: &[Lesson],
    relations: usize,
    settings: Settings,
    say: &mut dyn FnMut(&str),
) -> Rows {
    let classes = Move::count(relations);
    let mut scout = Learner::new(classes);
    teach_parser(
        &mut scout,
        lessons,
        settings.scout_rounds,
        1,
        settings.seed,
        say,
    );
    let strong = within(&scout, settings.bytes[1], say);
    drop(scout);
    let mut learner = Learner::with_only(&strong, classes);
    let (rounds, width) = (settings.parser_rounds, settings.width);
    teach_parser(&mut learner, lessons, rounds, width, settings.seed, say);
    learner.rows()
}

fn teach_parser(
    learner: &mut Learner,
    lessons: &[Lesson],
    rounds: usize,
    width: usize,
    seed: u64,
    say: &mut dyn FnMut(&str),
) {
    let mut dice = Dice(seed);
    let mut order: Vec<usize> = (0..lessons.len()).collect();
    for round in 0..rounds {
        dice.shuffle(&mut order);
        let (mut right, mut count) = (0, 0);
        for i in &order {
            let lesson = &lessons[*i];
            let length = lesson.length(&mut dice);
            right += match width {
                1 => learn_tree(learner, lesson, length, round > 0, &mut dice),
                _ => learn_beam(learner, lesson, length, width),
            };
            count += 2 * length;
        }
        say(&format!(
            "parser, width {width}, round {round}: {right} of {count} moves"
        ));
    }
}

/// Learns from one sentence; the number of moves that were right.
fn learn_tree(
    learner: &mut Learner,
    lesson: &Lesson,
    length: usize,
    explore: bool,
    dice: &mut Dice,
) -> usize {
    let sight = Sight::new(
        &lesson.words[..length],
        &lesson.seen[..length],
        &lesson.keys[..length],
        lesson.source,
    );
    let heads = &lesson.heads[..length];
    let mut state = State::new(length);
    let mut scores = vec![0; learner.classes()];
    let mut features = Vec::new();
    let mut right = 0;
    while !state.is_done() {
        features.clear();
        scores.fill(0);
        sight.features(&state, |key| features.push(key));
        for key in &features {
            learner.add(*key, &mut scores);
        }
        let Some(found) = best_move(&state, &scores) else {
            break;
        };
        let costs = costs(&state, heads);
        let least = costs.iter().flatten().min().copied();
        let relation = state.stacked(0).and_then(|w| lesson.relations.get(w));
        let good = [Step::Shift, Step::Left, Step::Right]
            .into_iter()
            .filter(|s| costs[*s as usize].is_some() && costs[*s as usize] == least)
            .map(|step| Move {
                step,
                relation: match step {
                    Step::Shift => 0,
                    _ => relation.copied().unwrap_or(0),
                },
            });
        let Some(wanted) = good.clone().max_by_key(|m| scores[m.class()]) else {
            break;
        };
        learner.step();
        let is_right = good.clone().any(|m| m == found);
        if is_right {
            right += 1;
        } else {
            learner.learn(&features, wanted.class(), found.class());
        }
        let follow = is_right || (explore && dice.below(10) > 0);
        state.make(if follow { found } else { wanted });
    }
    right
}

/// Learns from one sentence with several trees in view: where the best of them is furthest ahead
/// of the right one, the moves up to there are unlearnt.
fn learn_beam(learner: &mut Learner, lesson: &Lesson, length: usize, width: usize) -> usize {
    let sight = Sight::new(
        &lesson.words[..length],
        &lesson.seen[..length],
        &lesson.keys[..length],
        lesson.source,
    );
    let right = right_moves(lesson, length);
    learner.step();
    let mut beam = Beam::new(length, width, learner.classes());
    let mut gold = State::new(length);
    let mut score = 0;
    let mut scores = vec![0; learner.classes()];
    let mut worst: Option<(i64, Vec<u8>)> = None;
    let mut lost = None;
    for (at, class) in right.iter().enumerate() {
        scores.fill(0);
        sight.features(&gold, |key| learner.add(key, &mut scores));
        score += i64::from(scores[usize::from(*class)]);
        gold.make(Move::of_class(usize::from(*class)));
        if !beam.advance(&sight, learner) {
            break;
        }
        let kept = beam.candidates.iter().any(|c| c.moves == right[..=at]);
        let Some(best) = beam.candidates.first() else {
            break;
        };
        if !kept && lost.is_none() {
            lost = Some(at);
        }
        let done = at + 1 == right.len();
        if (lost.is_some() || done) && best.moves != right[..=at] {
            let ahead = best.score - score;
            if worst.as_ref().is_none_or(|(a, _)| *a < ahead) {
                worst = Some((ahead, best.moves.clone()));
            }
        }
    }
    let Some((_, wrong)) = worst else {
        return right.len();
    };
    let same = wrong.iter().zip(&right).take_while(|(a, b)| a == b).count();
    let mut features = Vec::new();
    for (moves, change) in [(&right[..wrong.len()], 1), (&wrong[..], -1)] {
        let mut state = State::new(length);
        for (at, class) in moves.iter().enumerate() {
            if at >= same {
                features.clear();
                sight.features(&state, |key| features.push(key));
                learner.change(&features, usize::from(*class), change);
            }
            state.make(Move::of_class(usize::from(*class)));
        }
    }
    same
}

/// The moves that build the tree of the treebank; arcs are made as soon as they can be.
fn right_moves(lesson: &Lesson, length: usize) -> Vec<u8> {
    let heads = &lesson.heads[..length];
    let mut state = State::new(length);
    let mut moves = Vec::with_capacity(2 * length);
    while !state.is_done() {
        let costs = costs(&state, heads);
        let least = costs.iter().flatten().min().copied();
        let step = [Step::Left, Step::Right, Step::Shift]
            .into_iter()
            .find(|s| costs[*s as usize].is_some() && costs[*s as usize] == least);
        let Some(step) = step else { break };
        let word = state.stacked(0).filter(|_| step != Step::Shift);
        let relation = word.and_then(|w| lesson.relations.get(w)).copied();
        let relation = relation.unwrap_or(0);
        let found = Move { step, relation };
        moves.push(found.class() as u8);
        state.make(found);
    }
    moves
}
