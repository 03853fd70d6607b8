//! The best tree over the words of a sentence.
//!
//! Every word has one head, and exactly one word hangs from the root: the maximum spanning
//! arborescence by contraction of cycles (Chu and Liu, Edmonds). Scores become integers first, so
//! sums are exact, ties fall the same way everywhere (to the lower head), and the rule of one
//! root can be a penalty that no sum of scores outweighs.

/// Fractional bits of a score.
const FRACTION: f32 = 65_536.0;
/// Scores are cut to this size, far beyond what a trained net gives.
const SCORE_LIMIT: f32 = 1_048_576.0;
/// Outweighs every difference between two trees of [`LONGEST`] words (512 · 2 · 2³⁶).
const ROOT_PENALTY: i64 = 1 << 50;
/// Longest sentence parsed as one tree.
pub(crate) const LONGEST: usize = 512;

/// Heads of the words of a sentence: 0 is the root, j the word j - 1. `score(word, head)` with
/// words from 0 and heads as in the result. At most [`LONGEST`] words.
pub(crate) fn best_tree(words: usize, score: impl Fn(usize, usize) -> f32) -> Vec<usize> {
    let integer = |x: f32| (x.clamp(-SCORE_LIMIT, SCORE_LIMIT) * FRACTION) as i64;
    let mut graph = Graph::new(words, |word, head| integer(score(word, head)));
    let heads = graph.solve();
    if heads.iter().filter(|&&head| head == 0).count() <= 1 {
        return heads;
    }
    let mut graph = Graph::new(words, |word, head| {
        let penalty = if head == 0 { ROOT_PENALTY } else { 0 };
        integer(score(word, head)) - penalty
    });
    graph.solve()
}

/// An edge of the sentence itself, from head to dependent; node 0 is the root.
#[derive(Clone, Copy, Default)]
struct Edge {
    head: usize,
    dependent: usize,
}

/// A cycle that has become one node.
struct Contraction {
    node: usize,
    /// The nodes of the cycle, each with the edge into it that is part of the cycle.
    members: Vec<(usize, Edge)>,
}

/// The graph that is left after some contractions. A contracted cycle lives on in the slot of its
/// first member; its node gets a new number.
struct Graph {
    size: usize,
    /// `[head * size + dependent]` between slots.
    weights: Vec<i64>,
    /// The edge of the sentence behind each weight.
    edges: Vec<Edge>,
    /// The slots still in use, in ascending order.
    slots: Vec<usize>,
    /// Node in each slot.
    nodes: Vec<usize>,
    /// The contracted node that each node went into; 0 for none.
    parents: Vec<usize>,
}

impl Graph {
    fn new(words: usize, weight: impl Fn(usize, usize) -> i64) -> Graph {
        let size = words + 1;
        let mut weights = vec![0; size * size];
        let mut edges = vec![Edge::default(); size * size];
        for head in 0..size {
            for dependent in 1..size {
                weights[head * size + dependent] = weight(dependent - 1, head);
                edges[head * size + dependent] = Edge { head, dependent };
            }
        }
        Graph {
            size,
            weights,
            edges,
            slots: (0..size).collect(),
            nodes: (0..size).collect(),
            parents: vec![0; size],
        }
    }

    fn solve(&mut self) -> Vec<usize> {
        let mut contractions = Vec::new();
        let best = loop {
            let best = self.best_heads();
            match self.cycle(&best) {
                Some(cycle) => contractions.push(self.contract(&cycle, &best)),
                None => break best,
            }
        };
        let mut chosen = vec![Edge::default(); self.parents.len()];
        for &slot in &self.slots[1..] {
            chosen[self.nodes[slot]] = self.edges[best[slot] * self.size + slot];
        }
        // A chosen edge into a contracted node enters one member; the others keep the cycle.
        for Contraction { node, members } in contractions.iter().rev() {
            let entering = chosen[*node];
            let mut entered = entering.dependent;
            while self.parents[entered] != *node {
                entered = self.parents[entered];
            }
            for &(member, edge) in members {
                chosen[member] = if member == entered { entering } else { edge };
            }
        }
        chosen[1..self.size].iter().map(|edge| edge.head).collect()
    }

    /// For each slot in use but the root's the head of greatest weight, the first of equals.
    fn best_heads(&self) -> Vec<usize> {
        let mut best = vec![0; self.size];
        for &dependent in &self.slots[1..] {
            let mut greatest = i64::MIN;
            for &head in self.slots.iter().filter(|&&head| head != dependent) {
                let weight = self.weights[head * self.size + dependent];
                if weight > greatest {
                    (greatest, best[dependent]) = (weight, head);
                }
            }
        }
        best
    }

    /// A cycle among the best heads, its slots in ascending order.
    fn cycle(&self, best: &[usize]) -> Option<Vec<usize>> {
        // The walk in which each slot was first seen; the root ends every walk.
        let mut seen = vec![0; self.size];
        for &start in &self.slots[1..] {
            let mut at = start;
            while at != 0 && seen[at] == 0 {
                seen[at] = start;
                at = best[at];
            }
            if at != 0 && seen[at] == start {
                let mut cycle = vec![at];
                let mut next = best[at];
                while next != at {
                    cycle.push(next);
                    next = best[next];
                }
                cycle.sort_unstable();
                return Some(cycle);
            }
        }
        None
    }

    fn contract(&mut self, cycle: &[usize], best: &[usize]) -> Contraction {
        let size = self.size;
        let node = self.parents.len();
        self.parents.push(0);
        let mut members = Vec::with_capacity(cycle.len());
        for &slot in cycle {
            self.parents[self.nodes[slot]] = node;
            members.push((self.nodes[slot], self.edges[best[slot] * size + slot]));
        }
        let own = cycle[0];
        self.slots.retain(|slot| !cycle.contains(slot));
        for &other in &self.slots {
            // An edge into the cycle replaces the edge of the cycle into the same member.
            let gain = |&slot: &usize| {
                self.weights[other * size + slot] - self.weights[best[slot] * size + slot]
            };
            let (into, weight) = first_greatest(cycle, gain);
            let edge = self.edges[other * size + into];
            // The weights within the cycle stay as they are, so `gain` is right for every slot.
            self.weights[other * size + own] = weight;
            self.edges[other * size + own] = edge;
            if other != 0 {
                let (from, weight) =
                    first_greatest(cycle, |&slot: &usize| self.weights[slot * size + other]);
                self.edges[own * size + other] = self.edges[from * size + other];
                self.weights[own * size + other] = weight;
            }
        }
        let place = self.slots.partition_point(|&slot| slot < own);
        self.slots.insert(place, own);
        self.nodes[own] = node;
        Contraction { node, members }
    }
}

/// The first slot of greatest weight, and the weight.
fn first_greatest(slots: &[usize], weight: impl Fn(&usize) -> i64) -> (usize, i64) {
    let mut greatest = (slots[0], weight(&slots[0]));
    for slot in &slots[1..] {
        let weight = weight(slot);
        if weight > greatest.1 {
            greatest = (*slot, weight);
        }
    }
    greatest
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Whether every word reaches the root and one word hangs from it.
    fn is_tree(heads: &[usize]) -> bool {
        let reaches = |word: usize| {
            let mut at = word + 1;
            for _ in 0..=heads.len() {
                if at == 0 {
                    return true;
                }
                at = heads[at - 1];
            }
            false
        };
        heads.iter().filter(|&&h| h == 0).count() == 1 && (0..heads.len()).all(reaches)
    }

    fn total(heads: &[usize], scores: &[f32]) -> f32 {
        let columns = heads.len() + 1;
        heads
            .iter()
            .enumerate()
            .map(|(w, &h)| scores[w * columns + h])
            .sum()
    }

    /// The best total over all assignments of heads that are trees.
    fn best_by_trial(words: usize, scores: &[f32]) -> f32 {
        let columns = words + 1;
        let mut best = f32::NEG_INFINITY;
        for code in 0..columns.pow(words as u32) {
            let mut rest = code;
            let heads: Vec<usize> = (0..words)
                .map(|_| {
                    let head = rest % columns;
                    rest /= columns;
                    head
                })
                .collect();
            if is_tree(&heads) {
                best = best.max(total(&heads, scores));
            }
        }
        best
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]
        #[test]
        fn the_tree_is_the_best_of_all(
            words in 1usize..=5,
            scores in prop::collection::vec(-20i8..20, 5 * 6),
        ) {
            let scores: Vec<f32> = scores.into_iter().map(f32::from).collect();
            let columns = words + 1;
            let heads = best_tree(words, |w, h| scores[w * columns + h]);
            prop_assert!(is_tree(&heads), "{heads:?}");
            prop_assert_eq!(total(&heads, &scores), best_by_trial(words, &scores));
        }

        #[test]
        fn long_sentences_are_trees(words in 0usize..80, seed in 0u32..1000) {
            let noise = |w: usize, h: usize| {
                let mixed = (w as u32 * 7919 + h as u32 * 104_729 + seed).wrapping_mul(2_654_435_761);
                (mixed >> 20) as f32 / 64.0
            };
            let heads = best_tree(words, noise);
            prop_assert!(words == 0 || is_tree(&heads), "{heads:?}");
        }
    }

    #[test]
    fn ties_and_odd_numbers_give_a_tree() {
        for score in [0.0, f32::NAN, f32::INFINITY, f32::MIN] {
            let heads = best_tree(7, |_, _| score);
            assert!(is_tree(&heads), "{score}: {heads:?}");
            assert_eq!(heads, best_tree(7, |_, _| score));
        }
    }

    #[test]
    fn the_longest_sentence_holds_the_rule_of_one_root() {
        let heads = best_tree(LONGEST, |_, head| if head == 0 { 1e9 } else { -1e9 });
        assert!(is_tree(&heads));
    }
}
