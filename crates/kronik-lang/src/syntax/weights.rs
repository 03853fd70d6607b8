//! Weights of a linear model over hashed features.
//!
//! Most features speak for few classes, so a row holds only the classes it has a weight for.
//! All arithmetic is on integers: the same text gives the same tree on every machine.

use super::bytes::{Input, Output};

/// Something that adds up the weights of features: a finished model, or one in training.
pub(crate) trait Scorer {
    /// Number of classes.
    fn classes(&self) -> usize;

    /// Adds the weights of the feature `key` to `scores`, one for each class.
    fn add(&self, key: u32, scores: &mut [i32]);
}

/// The weight of one class in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cell {
    pub class: u8,
    pub weight: i16,
}

/// Finished weights: an open hash table of rows.
///
/// Most features of a sentence have no weights, so keys lie close together, apart from the rest.
#[derive(Debug, Clone, Default)]
pub(crate) struct Weights {
    classes: usize,
    /// Zero marks an empty place; the key zero is kept as one.
    keys: Vec<u32>,
    /// Where the cells of the key at the same place start, and where they end.
    rows: Vec<(u32, u32)>,
    cells: Vec<Cell>,
}

impl Scorer for Weights {
    fn classes(&self) -> usize {
        self.classes
    }

    fn add(&self, key: u32, scores: &mut [i32]) {
        let wanted = key.max(1);
        let mask = self.keys.len().wrapping_sub(1);
        let mut at = key as usize & mask;
        while let Some(found) = self.keys.get(at) {
            if *found == wanted {
                let (start, end) = self.rows[at];
                for cell in &self.cells[start as usize..end as usize] {
                    scores[usize::from(cell.class)] += i32::from(cell.weight);
                }
                return;
            }
            if *found == 0 {
                return;
            }
            at = (at + 1) & mask;
        }
    }
}

impl Weights {
    /// Builds the table from rows sorted by key, none twice and none empty.
    #[cfg(feature = "train")]
    pub(crate) fn of_rows(classes: usize, rows: &[(u32, Vec<Cell>)]) -> Weights {
        let mut weights = Weights::with_room(classes, rows.len());
        for (key, cells) in rows {
            let start = weights.cells.len();
            weights.cells.extend_from_slice(cells);
            weights.place(*key, start);
        }
        weights
    }

    /// An empty table for so many rows. At least half of it stays empty, so that every search
    /// ends soon.
    fn with_room(classes: usize, rows: usize) -> Weights {
        let size = (rows * 2 + 1).next_power_of_two();
        Weights {
            classes,
            keys: vec![0; size],
            rows: vec![(0, 0); size],
            cells: Vec::new(),
        }
    }

    /// Gives the cells from `start` on to `key`.
    fn place(&mut self, key: u32, start: usize) {
        let mask = self.keys.len() - 1;
        let mut at = key as usize & mask;
        while self.keys[at] != 0 {
            at = (at + 1) & mask;
        }
        self.keys[at] = key.max(1);
        self.rows[at] = (start as u32, self.cells.len() as u32);
    }

    /// Reads what [`write_rows`] wrote; `None` if it is something else.
    pub(crate) fn read(input: &mut Input<'_>) -> Option<Weights> {
        let classes = input.number()? as usize;
        let count = input.number()? as usize;
        // A row takes at least four bytes; a larger count cannot be true.
        if !(1..=256).contains(&classes) || count > input.left() / 4 {
            return None;
        }
        let mut weights = Weights::with_room(classes, count);
        // A cell takes at least two bytes.
        weights.cells.reserve(input.left() / 2);
        let mut key = 0u32;
        for i in 0..count {
            let step = input.number()?;
            if i > 0 && step == 0 {
                return None;
            }
            key = key.checked_add(step)?;
            let length = input.number()? as usize;
            if length == 0 || length > classes {
                return None;
            }
            let start = weights.cells.len();
            for _ in 0..length {
                let class = input.byte()?;
                if usize::from(class) >= classes {
                    return None;
                }
                let weight = i16::try_from(input.signed()?).ok()?;
                weights.cells.push(Cell { class, weight });
            }
            weights.place(key, start);
        }
        weights.cells.shrink_to_fit();
        Some(weights)
    }
}

/// Writes rows sorted by key: keys as steps from the one before, numbers in as few bytes as they
/// need.
pub(crate) fn write_rows(classes: usize, rows: &[(u32, Vec<Cell>)], output: &mut Output) {
    output.number(classes as u32);
    output.number(rows.len() as u32);
    let mut before = 0;
    for (key, cells) in rows {
        output.number(key - before);
        before = *key;
        output.number(cells.len() as u32);
        for cell in cells {
            output.byte(cell.class);
            output.signed(i32::from(cell.weight));
        }
    }
}
