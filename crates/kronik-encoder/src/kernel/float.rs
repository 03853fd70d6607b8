//! The float part of the net: plain loops whose order of summation is part of the definition.
//!
//! A sum over a row runs in [`LANES`] partial sums (element i into lane i mod 16) which are then
//! added in one fixed tree; a matrix product adds its terms one after the other. Vector units of
//! any width can keep that order, so each function here is compiled several times (see the
//! parent module) and gives the same bits each time. Never a fused multiply-add.

use super::math::{exp, gelu, round_even};

/// Number of partial sums of a reduction.
pub(crate) const LANES: usize = 16;

/// The fixed tree in which partial sums are added.
#[inline(always)]
fn add_lanes(mut lanes: [f32; LANES]) -> f32 {
    let mut half = LANES / 2;
    while half > 0 {
        for i in 0..half {
            lanes[i] += lanes[i + half];
        }
        half /= 2;
    }
    lanes[0]
}

/// Sum over a row of `term(element)` in the fixed order.
#[inline(always)]
fn sum_of(row: &[f32], term: impl Fn(f32) -> f32) -> f32 {
    let mut lanes = [0.0; LANES];
    let (blocks, rest) = row.as_chunks::<LANES>();
    for block in blocks {
        for i in 0..LANES {
            lanes[i] += term(block[i]);
        }
    }
    for (lane, &x) in lanes.iter_mut().zip(rest) {
        *lane += term(x);
    }
    add_lanes(lanes)
}

/// Greatest of the row by `measure`, at least `floor`.
#[inline(always)]
fn greatest_of(row: &[f32], floor: f32, measure: impl Fn(f32) -> f32) -> f32 {
    let mut lanes = [floor; LANES];
    let (blocks, rest) = row.as_chunks::<LANES>();
    for block in blocks {
        for i in 0..LANES {
            let x = measure(block[i]);
            lanes[i] = if x > lanes[i] { x } else { lanes[i] };
        }
    }
    for (lane, &x) in lanes.iter_mut().zip(rest) {
        let x = measure(x);
        *lane = if x > *lane { x } else { *lane };
    }
    lanes
        .into_iter()
        .fold(floor, |m, x| if x > m { x } else { m })
}

/// Scalar product of two rows of equal length.
#[inline(always)]
fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut lanes = [0.0; LANES];
    let ((blocks_a, rest_a), (blocks_b, rest_b)) = (a.as_chunks::<LANES>(), b.as_chunks::<LANES>());
    for (a, b) in blocks_a.iter().zip(blocks_b) {
        for i in 0..LANES {
            lanes[i] += a[i] * b[i];
        }
    }
    for (lane, (a, b)) in lanes.iter_mut().zip(rest_a.iter().zip(rest_b)) {
        *lane += a * b;
    }
    add_lanes(lanes)
}

/// `out[i]` = row i of `a` times row i of `b`, rows of `width`.
#[inline(always)]
pub(super) fn row_dots(a: &[f32], b: &[f32], width: usize, out: &mut [f32]) {
    for ((a, b), out) in a.chunks_exact(width).zip(b.chunks_exact(width)).zip(out) {
        *out = dot(a, b);
    }
}

/// Layer normalisation of every row in place: (x - mean) / sqrt(variance + eps) · weight + bias.
#[inline(always)]
pub(super) fn normalise(rows: &mut [f32], weight: &[f32], bias: &[f32], eps: f32) {
    let width = weight.len();
    let size = width as f32;
    for row in rows.chunks_exact_mut(width) {
        let mean = sum_of(row, |x| x) / size;
        let variance = sum_of(row, |x| (x - mean) * (x - mean)) / size;
        let inverse = 1.0 / (variance + eps).sqrt();
        for ((x, w), b) in row.iter_mut().zip(weight).zip(bias) {
            *x = (*x - mean) * inverse * w + b;
        }
    }
}

/// `rows += other`, element by element.
#[inline(always)]
pub(super) fn add(rows: &mut [f32], other: &[f32]) {
    for (x, y) in rows.iter_mut().zip(other) {
        *x += y;
    }
}

/// [`gelu`] of every element in place.
#[inline(always)]
pub(super) fn activate(values: &mut [f32]) {
    for x in values {
        *x = gelu(*x);
    }
}

/// Rows to 8-bit numbers: x ≈ number · scale, numbers in -127..=127; also the sum of each row's
/// numbers, which the kernels need that see one side as unsigned.
#[inline(always)]
pub(super) fn quantise(
    rows: &[f32],
    width: usize,
    numbers: &mut [i8],
    scales: &mut [f32],
    sums: &mut [i32],
) {
    let outputs = numbers
        .chunks_exact_mut(width)
        .zip(scales.iter_mut().zip(sums));
    for (row, (numbers, (scale, sum))) in rows.chunks_exact(width).zip(outputs) {
        let top = greatest_of(row, 0.0, f32::abs);
        let inverse = 127.0 / top;
        if !inverse.is_finite() {
            // A row of zeros (or of numbers too small to divide by).
            numbers.fill(0);
            (*scale, *sum) = (0.0, 0);
            continue;
        }
        let mut total = 0i32;
        for (number, &x) in numbers.iter_mut().zip(row) {
            let rounded = round_even(x * inverse).clamp(-127, 127);
            total = total.wrapping_add(rounded);
            *number = rounded as i8;
        }
        (*scale, *sum) = (top / 127.0, total);
    }
}

/// One integer result to its float: `sum · (row scale · column scale) + bias`.
#[inline(always)]
pub(super) fn rescale(sums: &[i32], row_scale: f32, scale: &[f32], bias: &[f32], out: &mut [f32]) {
    for (((out, &sum), s), b) in out.iter_mut().zip(sums).zip(scale).zip(bias) {
        *out = sum as f32 * (row_scale * s) + b;
    }
}

/// One panel of a matrix product: `R` rows times [`LANES`] columns of `b`.
#[inline(always)]
fn product_panel<const R: usize>(
    rows: [&[f32]; R],
    b: &[f32],
    b_step: usize,
    depth: usize,
) -> [[f32; LANES]; R] {
    let mut sums = [[0.0; LANES]; R];
    let rows = rows.map(|row| &row[..depth]);
    for k in 0..depth {
        let Some(column) = b[k * b_step..].first_chunk::<LANES>() else {
            break;
        };
        for r in 0..R {
            let x = rows[r][k];
            for i in 0..LANES {
                sums[r][i] += x * column[i];
            }
        }
    }
    sums
}

/// Where a matrix lies in a slice: distance between rows.
#[derive(Clone, Copy)]
pub(crate) struct Matrix<'a> {
    /// The elements from the first of the matrix on.
    pub values: &'a [f32],
    /// Elements from one row to the next.
    pub step: usize,
}

/// `out = a · b`: `count` rows of depth `depth`, `columns` (a multiple of [`LANES`]) columns. Terms
/// are added in order of depth. `R` rows are computed at once; it does not change the result.
#[inline(always)]
pub(super) fn product<const R: usize>(
    a: Matrix<'_>,
    b: Matrix<'_>,
    count: usize,
    depth: usize,
    columns: usize,
    out: &mut [f32],
    out_step: usize,
) {
    for column in (0..columns).step_by(LANES) {
        let panel = &b.values[column..];
        for row in (0..count).step_by(R) {
            // A last group that is not full repeats its last row.
            let rows = std::array::from_fn(|r| &a.values[(row + r).min(count - 1) * a.step..]);
            let sums = product_panel::<R>(rows, panel, b.step, depth);
            for (r, sums) in sums.iter().enumerate().take(count - row) {
                out[(row + r) * out_step + column..][..LANES].copy_from_slice(sums);
            }
        }
    }
}

/// Scores of one row to weights that sum to 1; elements from `length` on become 0.
#[inline(always)]
fn softmax(row: &mut [f32], length: usize) {
    let (row, padding) = row.split_at_mut(length);
    padding.fill(0.0);
    let top = greatest_of(row, f32::MIN, |x| x);
    for x in row.iter_mut() {
        *x = exp(*x - top);
    }
    let inverse = 1.0 / sum_of(row, |x| x);
    for x in row {
        *x *= inverse;
    }
}

/// Shape of an attention block.
#[derive(Clone, Copy)]
pub(crate) struct Heads {
    /// Number of heads.
    pub count: usize,
    /// Width of a head, a multiple of [`LANES`].
    pub size: usize,
}

/// Rows of scores computed at once.
const QUERY_ROWS: usize = 16;

/// Self-attention within one sequence. `qkv` has rows of queries, keys, values side by side
/// (three times the width), `out` rows of the width.
#[inline(always)]
pub(super) fn attend<const R: usize>(
    qkv: &[f32],
    heads: Heads,
    scratch: &mut Vec<f32>,
    out: &mut [f32],
) {
    let width = heads.count * heads.size;
    let step = 3 * width;
    let length = qkv.len() / step;
    let padded = length.next_multiple_of(LANES);
    let factor = 1.0 / (heads.size as f32).sqrt();
    scratch.clear();
    scratch.resize((heads.size + QUERY_ROWS) * padded, 0.0);
    let (keys, scores) = scratch.split_at_mut(heads.size * padded);
    for head in 0..heads.count {
        let first = head * heads.size;
        for (position, row) in qkv.chunks_exact(step).enumerate() {
            for (d, &x) in row[width + first..][..heads.size].iter().enumerate() {
                keys[d * padded + position] = x * factor;
            }
        }
        for start in (0..length).step_by(QUERY_ROWS) {
            let count = QUERY_ROWS.min(length - start);
            let queries = Matrix {
                values: &qkv[start * step + first..],
                step,
            };
            let turned = Matrix {
                values: keys,
                step: padded,
            };
            product::<R>(queries, turned, count, heads.size, padded, scores, padded);
            for row in scores.chunks_exact_mut(padded).take(count) {
                softmax(row, length);
            }
            let weights = Matrix {
                values: scores,
                step: padded,
            };
            let values = Matrix {
                values: &qkv[2 * width + first..],
                step,
            };
            let target = &mut out[start * width + first..];
            product::<R>(weights, values, count, length, heads.size, target, width);
        }
    }
}
