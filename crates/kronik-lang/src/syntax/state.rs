//! A half-built tree and the moves that build it (the arc-hybrid system).
//!
//! Words wait in a row. A move puts the next word on the stack, or takes the word on top of the
//! stack off and hangs it either on the next word or on the word under it. Every word goes on
//! once and comes off once, so the work grows with the length of the sentence; every word gets
//! exactly one head, from a word still in play, so there can be no cycle. The root lies under
//! everything and takes one word only, when nothing waits any more.

/// A kind of move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// The next word goes on the stack.
    Shift,
    /// The top of the stack hangs on the next word.
    Left,
    /// The top of the stack hangs on the word under it.
    Right,
}

/// A move: its kind and, for an arc, the relation's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Move {
    pub step: Step,
    pub relation: usize,
}

impl Move {
    /// The move with the number `class`.
    pub(crate) fn of_class(class: usize) -> Move {
        let step = match class {
            0 => Step::Shift,
            _ if class % 2 == 1 => Step::Left,
            _ => Step::Right,
        };
        Move {
            step,
            relation: class.saturating_sub(1) / 2,
        }
    }

    /// Its number.
    #[cfg(feature = "train")]
    pub(crate) fn class(self) -> usize {
        match self.step {
            Step::Shift => 0,
            Step::Left => 1 + 2 * self.relation,
            Step::Right => 2 + 2 * self.relation,
        }
    }

    /// How many moves there are with `relations` relations.
    pub(crate) fn count(relations: usize) -> usize {
        1 + 2 * relations
    }
}

/// What hangs on a word so far.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Dependants {
    /// The outermost on the left, and the one before it.
    pub left: [Option<u32>; 2],
    /// The outermost on the right, and the one before it.
    pub right: [Option<u32>; 2],
    pub left_count: u8,
    pub right_count: u8,
    /// Relations there are on each side, a bit each.
    pub left_relations: u64,
    pub right_relations: u64,
}

/// A half-built tree. Words are numbered from 0; the number of words stands for the root.
#[derive(Debug, Clone)]
pub(crate) struct State {
    pub stack: Vec<usize>,
    /// The next word.
    pub next: usize,
    pub length: usize,
    pub heads: Vec<Option<usize>>,
    pub relations: Vec<usize>,
    pub dependants: Vec<Dependants>,
}

impl State {
    /// Nothing built yet.
    pub(crate) fn new(length: usize) -> State {
        State {
            stack: vec![length],
            next: 0,
            length,
            heads: vec![None; length],
            relations: vec![0; length],
            dependants: vec![Dependants::default(); length + 1],
        }
    }

    /// The word `depth` under the top of the stack.
    pub(crate) fn stacked(&self, depth: usize) -> Option<usize> {
        let at = self.stack.len().checked_sub(depth + 1)?;
        self.stack.get(at).copied()
    }

    /// True if every word has its head.
    #[cfg(feature = "train")]
    pub(crate) fn is_done(&self) -> bool {
        self.next == self.length && self.stack.len() == 1
    }

    /// True if the kind of move is possible.
    pub(crate) fn allows(&self, step: Step) -> bool {
        let waiting = self.next < self.length;
        match step {
            Step::Shift => waiting,
            Step::Left => waiting && self.stack.len() > 1,
            Step::Right => self.stack.len() > 2 || (self.stack.len() == 2 && !waiting),
        }
    }

    /// Makes an allowed move; another one changes nothing.
    pub(crate) fn make(&mut self, step: Move) {
        if !self.allows(step.step) {
            return;
        }
        if step.step == Step::Shift {
            self.stack.push(self.next);
            self.next += 1;
            return;
        }
        let (Some(word), Some(under)) = (self.stack.pop(), self.stack.last().copied()) else {
            return;
        };
        let left = step.step == Step::Left;
        let head = if left { self.next } else { under };
        self.heads[word] = Some(head);
        self.relations[word] = step.relation;
        let bit = 1 << (step.relation % 64);
        let at = &mut self.dependants[head];
        if left {
            at.left = [Some(word as u32), at.left[0]];
            at.left_count = at.left_count.saturating_add(1);
            at.left_relations |= bit;
        } else {
            at.right = [Some(word as u32), at.right[0]];
            at.right_count = at.right_count.saturating_add(1);
            at.right_relations |= bit;
        }
    }
}
