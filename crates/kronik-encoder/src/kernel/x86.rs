//! Integer products with the vector units of x86-64.
//!
//! All three give the exact sum: the AVX2 one multiplies |w| by x with the sign of w, so that two
//! neighbouring products (at most 2 · 127² = 32,258) fit 16 bits; the VNNI ones need one unsigned
//! side and take w + 128, from which 128 times the row's sum is taken away again.
#![allow(unsafe_code)]

use super::{Block, Tile};
use std::arch::x86_64::*;

/// Four bytes of a row, in every lane's register.
#[inline(always)]
fn quad(row: &[i8], k: usize) -> i32 {
    let (quads, _) = row.as_chunks::<4>();
    i32::from_le_bytes(quads[k].map(|x| x as u8))
}

/// Length in blocks all `columns` and `rows` share.
#[inline(always)]
fn shared_depth<const R: usize, const C: usize>(columns: [&[Block]; C], rows: [&[i8]; R]) -> usize {
    let depth = columns.iter().map(|c| c.len()).min().unwrap_or(0);
    rows.iter()
        .map(|r| r.len() / 4)
        .min()
        .unwrap_or(0)
        .min(depth)
}

/// AVX2: weights signed.
#[inline]
#[target_feature(enable = "avx2")]
pub(super) fn avx2<const R: usize, const C: usize>(
    columns: [&[Block]; C],
    rows: [&[i8]; R],
    _row_sums: [i32; R],
    out: &mut [Tile],
) {
    let ones = _mm256_set1_epi16(1);
    let depth = shared_depth(columns, rows);
    let columns = columns.map(|c| &c[..depth]);
    let rows = rows.map(|r| &r[..4 * depth]);
    for (c, column) in columns.iter().enumerate() {
        let mut sums = [[_mm256_setzero_si256(); 2]; R];
        for (k, block) in column.iter().enumerate() {
            let halves = load_halves(block);
            let sizes = halves.map(|w| _mm256_abs_epi8(w));
            for r in 0..R {
                let x = _mm256_set1_epi32(quad(rows[r], k));
                for half in 0..2 {
                    let signed = _mm256_sign_epi8(x, halves[half]);
                    let pairs = _mm256_maddubs_epi16(sizes[half], signed);
                    let quads = _mm256_madd_epi16(pairs, ones);
                    sums[r][half] = _mm256_add_epi32(sums[r][half], quads);
                }
            }
        }
        for r in 0..R {
            store_halves(sums[r], &mut out[r], c);
        }
    }
}

/// AVX-VNNI (256 bits): weights raised by 128.
#[inline]
#[target_feature(enable = "avx2,avxvnni")]
pub(super) fn avx_vnni<const R: usize, const C: usize>(
    columns: [&[Block]; C],
    rows: [&[i8]; R],
    row_sums: [i32; R],
    out: &mut [Tile],
) {
    let depth = shared_depth(columns, rows);
    let columns = columns.map(|c| &c[..depth]);
    let rows = rows.map(|r| &r[..4 * depth]);
    for (c, column) in columns.iter().enumerate() {
        let mut sums = row_sums.map(|s| [_mm256_set1_epi32(s.wrapping_mul(-128)); 2]);
        for (k, block) in column.iter().enumerate() {
            let halves = load_halves(block);
            for r in 0..R {
                let x = _mm256_set1_epi32(quad(rows[r], k));
                for half in 0..2 {
                    sums[r][half] = _mm256_dpbusd_avx_epi32(sums[r][half], halves[half], x);
                }
            }
        }
        for r in 0..R {
            store_halves(sums[r], &mut out[r], c);
        }
    }
}

/// AVX-512 VNNI: weights raised by 128.
#[inline]
#[target_feature(enable = "avx512f,avx512vnni")]
pub(super) fn avx512_vnni<const R: usize, const C: usize>(
    columns: [&[Block]; C],
    rows: [&[i8]; R],
    row_sums: [i32; R],
    out: &mut [Tile],
) {
    let depth = shared_depth(columns, rows);
    let columns = columns.map(|c| &c[..depth]);
    let rows = rows.map(|r| &r[..4 * depth]);
    let mut sums = row_sums.map(|s| [_mm512_set1_epi32(s.wrapping_mul(-128)); C]);
    for k in 0..depth {
        // SAFETY: a block is 64 bytes; the load has no need of alignment.
        let w = columns.map(|c| unsafe { _mm512_loadu_si512((&raw const c[k].0).cast()) });
        for r in 0..R {
            let x = _mm512_set1_epi32(quad(rows[r], k));
            for c in 0..C {
                sums[r][c] = _mm512_dpbusd_epi32(sums[r][c], w[c], x);
            }
        }
    }
    for r in 0..R {
        for c in 0..C {
            let target = &mut out[r][c * 16..][..16];
            // SAFETY: `target` is 16 numbers of 32 bits, the 64 bytes stored.
            unsafe { _mm512_storeu_si512(target.as_mut_ptr().cast(), sums[r][c]) };
        }
    }
}

#[inline]
#[target_feature(enable = "avx2")]
fn load_halves(block: &Block) -> [__m256i; 2] {
    let (halves, _) = block.0.as_chunks::<32>();
    // SAFETY: each half is 32 bytes; the load has no need of alignment.
    [0, 1].map(|i| unsafe { _mm256_loadu_si256((&raw const halves[i]).cast()) })
}

#[inline]
#[target_feature(enable = "avx2")]
fn store_halves(sums: [__m256i; 2], out: &mut Tile, c: usize) {
    let (halves, _) = out[c * 16..][..16].as_chunks_mut::<8>();
    for (target, sum) in halves.iter_mut().zip(sums) {
        // SAFETY: `target` is 8 numbers of 32 bits, the 32 bytes stored.
        unsafe { _mm256_storeu_si256((&raw mut *target).cast(), sum) };
    }
}
