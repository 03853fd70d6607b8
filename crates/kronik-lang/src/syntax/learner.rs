//! An averaged perceptron in training.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::model::Rows;
use super::weights::{Cell, Scorer};

/// What one mistake changes a weight by.
const STEP: i32 = 8;

/// Keys are hashes already.
#[derive(Default)]
struct Asis(u64);

impl Hasher for Asis {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0 << 8 | u64::from(*byte);
        }
    }

    fn write_u32(&mut self, value: u32) {
        self.0 = u64::from(value).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
}

#[derive(Debug, Clone, Copy)]
struct Part {
    class: u8,
    weight: i32,
    /// When the weight last changed.
    since: u32,
    /// Sum of the weight over all steps until then.
    total: i64,
}

/// Weights that learn.
#[derive(Default)]
pub(crate) struct Learner {
    classes: usize,
    rows: HashMap<u32, Vec<Part>, BuildHasherDefault<Asis>>,
    now: u32,
    /// True if no weight may be added to those there are.
    fixed: bool,
}

impl Scorer for Learner {
    fn classes(&self) -> usize {
        self.classes
    }

    fn add(&self, key: u32, scores: &mut [i32]) {
        if let Some(row) = self.rows.get(&key) {
            for part in row {
                scores[usize::from(part.class)] += part.weight;
            }
        }
    }
}

impl Learner {
    pub(crate) fn new(classes: usize) -> Learner {
        Learner {
            classes,
            ..Learner::default()
        }
    }

    /// A learner that starts from the weights of `rows` and has no others.
    ///
    /// A model too large is made small in this way: the strongest weights are found first, then
    /// learn on without the others, so that they take over their part.
    pub(crate) fn with_only(rows: &Rows, classes: usize) -> Learner {
        let part = |cell: &Cell| Part {
            class: cell.class,
            weight: i32::from(cell.weight),
            since: 0,
            total: 0,
        };
        Learner {
            classes,
            rows: rows
                .iter()
                .map(|(key, cells)| (*key, cells.iter().map(part).collect()))
                .collect(),
            now: 0,
            fixed: true,
        }
    }

    /// One more example was seen.
    pub(crate) fn step(&mut self) {
        self.now += 1;
    }

    /// Moves the weights of the features towards `right` and away from `wrong`.
    pub(crate) fn learn(&mut self, keys: &[u32], right: usize, wrong: usize) {
        self.change(keys, right, 1);
        self.change(keys, wrong, -1);
    }

    /// Adds `change` steps to the weights of the features for one class.
    pub(crate) fn change(&mut self, keys: &[u32], class: usize, change: i32) {
        let class = class as u8;
        for key in keys {
            if self.fixed && !self.rows.contains_key(key) {
                continue;
            }
            let row = self.rows.entry(*key).or_default();
            let at = match row.iter().position(|p| p.class == class) {
                Some(at) => at,
                None if self.fixed => continue,
                None => {
                    row.push(Part {
                        class,
                        weight: 0,
                        since: self.now,
                        total: 0,
                    });
                    row.len() - 1
                }
            };
            let part = &mut row[at];
            part.total += i64::from(part.weight) * i64::from(self.now - part.since);
            part.since = self.now;
            part.weight += change * STEP;
        }
    }

    /// Averaged weights, without those that round to nothing.
    pub(crate) fn rows(&self) -> Rows {
        let now = i64::from(self.now.max(1));
        let mut rows: Rows = Vec::new();
        for (key, row) in &self.rows {
            let mut cells: Vec<Cell> = row
                .iter()
                .filter_map(|p| {
                    let total = p.total + i64::from(p.weight) * i64::from(self.now - p.since);
                    let rounded = (2 * total + now * total.signum()) / (2 * now);
                    let weight = rounded.clamp(-32767, 32767) as i16;
                    (weight != 0).then_some(Cell {
                        class: p.class,
                        weight,
                    })
                })
                .collect();
            if !cells.is_empty() {
                cells.sort_by_key(|c| c.class);
                rows.push((*key, cells));
            }
        }
        rows.sort_by_key(|(key, _)| *key);
        rows
    }
}
