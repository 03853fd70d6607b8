//! Which moves are still right, wherever the parser has got to (Goldberg & Nivre 2013).
//!
//! A parser that only ever saw right histories is lost after its first mistake. The cost of a
//! move here is the number of arcs of the treebank's tree that can be reached before it and not
//! after, so that training may follow the parser's own mistakes.

use super::state::{State, Step};

/// Arcs lost by each kind of move, in the order shift, left, right; none where it is not allowed.
pub(crate) fn costs(state: &State, heads: &[Option<usize>]) -> [Option<usize>; 3] {
    let root = state.length;
    let head = |word: usize| heads.get(word).map(|h| h.unwrap_or(root));
    let next = state.next;
    let shift = state.allows(Step::Shift).then(|| {
        let below = &state.stack[..state.stack.len() - 1];
        let dependants = state.stack.iter().filter(|d| head(**d) == Some(next));
        dependants.count() + below.iter().filter(|h| head(next) == Some(**h)).count()
    });
    let top = state.stacked(0).unwrap_or(root);
    let under = state.stacked(1);
    let lost = |word: usize| (next..root).filter(|d| head(*d) == Some(word)).count();
    let left = state.allows(Step::Left).then(|| {
        let h = head(top);
        let elsewhere = h == under || h.is_some_and(|h| h > next && h < root);
        lost(top) + usize::from(elsewhere)
    });
    let right = state.allows(Step::Right).then(|| {
        let elsewhere = head(top).is_some_and(|h| h >= next && h < root);
        lost(top) + usize::from(elsewhere)
    });
    [shift, left, right]
}
