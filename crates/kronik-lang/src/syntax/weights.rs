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

/// A row of the hash table: where the cells of a feature stand.
#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    key: u32,
    start: u32,
    /// Zero marks an empty slot; a row has at least one cell.
    length: u32,
}

/// Finished weights: an open hash table of rows.
#[derive(Debug, Clone, Default)]
pub(crate) struct Weights {
    classes: usize,
    slots: Vec<Slot>,
    cells: Vec<Cell>,
}

impl Scorer for Weights {
    fn classes(&self) -> usize {
        self.classes
    }

    fn add(&self, key: u32, scores: &mut [i32]) {
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = key as usize & mask;
        while let Some(slot) = self.slots.get(at) {
            if slot.length == 0 {
                return;
            }
            if slot.key == key {
                let (start, length) = (slot.start as usize, slot.length as usize);
                for cell in &self.cells[start..start + length] {
                    scores[usize::from(cell.class)] += i32::from(cell.weight);
                }
                return;
            }
            at = (at + 1) & mask;
        }
    }
}

impl Weights {
    /// Builds the table from rows sorted by key, none twice and none empty.
    pub(crate) fn of_rows(classes: usize, rows: &[(u32, Vec<Cell>)]) -> Weights {
        let size = (rows.len() * 2 + 1).next_power_of_two();
        let mut weights = Weights {
            classes,
            slots: vec![Slot::default(); size],
            cells: Vec::with_capacity(rows.iter().map(|(_, cells)| cells.len()).sum()),
        };
        for (key, cells) in rows {
            weights.insert(*key, cells);
        }
        weights
    }

    fn insert(&mut self, key: u32, cells: &[Cell]) {
        let mask = self.slots.len() - 1;
        let mut at = key as usize & mask;
        while self.slots[at].length != 0 {
            at = (at + 1) & mask;
        }
        self.slots[at] = Slot {
            key,
            start: self.cells.len() as u32,
            length: cells.len() as u32,
        };
        self.cells.extend_from_slice(cells);
    }

    /// Reads what [`write_rows`] wrote; `None` if it is something else.
    pub(crate) fn read(input: &mut Input<'_>) -> Option<Weights> {
        let classes = input.number()? as usize;
        let count = input.number()? as usize;
        // A row takes at least four bytes; a larger count cannot be true.
        if !(1..=256).contains(&classes) || count > input.left() / 4 {
            return None;
        }
        let mut rows = Vec::with_capacity(count);
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
            let mut cells = Vec::with_capacity(length);
            for _ in 0..length {
                let class = input.byte()?;
                if usize::from(class) >= classes {
                    return None;
                }
                let weight = i16::try_from(input.signed()?).ok()?;
                cells.push(Cell { class, weight });
            }
            rows.push((key, cells));
        }
        Some(Weights::of_rows(classes, &rows))
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
