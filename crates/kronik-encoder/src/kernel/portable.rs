//! Integer products in plain Rust: the definition the vector kernels are held against.
//!
//! One product is a sum over two rows of bytes, the form that every compiler turns into the
//! multiply-and-add instructions of its machine; so weights lie here as rows, not in fours.

use super::{BLOCK_OUTPUTS, Block, Tile};

/// Blocks that a row of `inputs` weights takes.
pub(super) fn row_blocks(inputs: usize) -> usize {
    inputs.div_ceil(64)
}

/// Sums of `R` rows against `C` neighbouring groups of outputs; see [`Tile`].
#[inline(always)]
pub(super) fn tile<const R: usize, const C: usize>(
    groups: [&[Block]; C],
    rows: [&[i8]; R],
    _row_sums: [i32; R],
    out: &mut [Tile],
) {
    let length = row_blocks(rows[0].len());
    for (c, group) in groups.iter().enumerate() {
        for (output, weights) in group.chunks_exact(length).enumerate() {
            for (row, sums) in rows.iter().zip(out.iter_mut()) {
                sums[c * BLOCK_OUTPUTS + output] = dot(weights, row);
            }
        }
    }
}

#[inline(always)]
fn dot(weights: &[Block], row: &[i8]) -> i32 {
    let (chunks, rest) = row.as_chunks::<64>();
    // Wrapping, though it cannot overflow: a check at each step would keep vectors out.
    let mut sum = 0i32;
    for (block, chunk) in weights.iter().zip(chunks) {
        for (w, x) in block.0.iter().zip(chunk) {
            sum = sum.wrapping_add(i32::from(*w).wrapping_mul(i32::from(*x)));
        }
    }
    if let Some(block) = weights.get(chunks.len()) {
        for (w, x) in block.0.iter().zip(rest) {
            sum = sum.wrapping_add(i32::from(*w).wrapping_mul(i32::from(*x)));
        }
    }
    sum
}
