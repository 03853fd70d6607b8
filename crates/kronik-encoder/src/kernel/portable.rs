//! Integer products in plain Rust: the definition the vector kernels are held against.

use super::{Block, Tile};

/// Sums of `R` rows against `C` neighbouring column blocks; see [`Tile`].
#[inline(always)]
pub(super) fn tile<const R: usize, const C: usize>(
    columns: [&[Block]; C],
    rows: [&[i8]; R],
    _row_sums: [i32; R],
    out: &mut [Tile],
) {
    for (r, row) in rows.iter().enumerate() {
        let (quads, _) = row.as_chunks::<4>();
        for c in 0..C {
            let mut sums = [0i32; 16];
            for (block, x) in columns[c].iter().zip(quads) {
                for (sum, w) in sums.iter_mut().zip(block.0.as_chunks::<4>().0) {
                    for i in 0..4 {
                        *sum += i32::from(i16::from(w[i]) * i16::from(x[i]));
                    }
                }
            }
            out[r][c * 16..][..16].copy_from_slice(&sums);
        }
    }
}
