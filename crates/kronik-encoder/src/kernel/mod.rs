//! The arithmetic of the net, once for every machine and once more for the fast ones.
//!
//! Which instructions a machine has must not change what is read from a text. So the integer
//! products are exact on every path, and the float loops (`float`) keep one order of summation;
//! a test holds the paths together bit for bit. [`Path`] is the only way to a vector unit: it
//! exists only for kernels that this machine has, which is what makes the calls sound.
#![allow(unsafe_code)]

mod float;
mod math;
mod portable;
#[cfg(test)]
mod tests;
#[cfg(target_arch = "x86_64")]
mod x86;

pub(crate) use float::{Heads, LANES, Matrix};

/// The instructions a model is run with. All give the same results, bit for bit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kernel {
    /// Plain Rust, on every machine.
    Portable,
    /// AVX2 (x86-64 since about 2013).
    Avx2,
    /// AVX2 with the 8-bit dot products of AVX-VNNI.
    AvxVnni,
    /// AVX-512 with VNNI.
    Avx512Vnni,
}

impl Kernel {
    /// All kernels, slowest first.
    pub const ALL: [Kernel; 4] = [
        Kernel::Portable,
        Kernel::Avx2,
        Kernel::AvxVnni,
        Kernel::Avx512Vnni,
    ];

    /// Whether this machine has the instructions.
    #[cfg(target_arch = "x86_64")]
    pub fn is_available(self) -> bool {
        match self {
            Kernel::Portable => true,
            Kernel::Avx2 => is_x86_feature_detected!("avx2"),
            Kernel::AvxVnni => {
                is_x86_feature_detected!("avx2") && is_x86_feature_detected!("avxvnni")
            }
            Kernel::Avx512Vnni => {
                is_x86_feature_detected!("avx2")
                    && is_x86_feature_detected!("avx512f")
                    && is_x86_feature_detected!("avx512bw")
                    && is_x86_feature_detected!("avx512vl")
                    && is_x86_feature_detected!("avx512vnni")
            }
        }
    }

    /// Whether this machine has the instructions.
    #[cfg(not(target_arch = "x86_64"))]
    pub fn is_available(self) -> bool {
        self == Kernel::Portable
    }

    /// The fastest kernel of this machine.
    pub fn fastest() -> Kernel {
        let available = Kernel::ALL.into_iter().rev().find(|k| k.is_available());
        available.unwrap_or(Kernel::Portable)
    }
}

/// 64 weights. For the vector kernels four inputs of sixteen outputs (byte `4 * output + input`),
/// for the portable one 64 inputs of one output.
#[derive(Clone, Copy)]
#[repr(align(64))]
pub(crate) struct Block(pub [i8; 64]);

/// Outputs whose blocks lie together.
pub(crate) const BLOCK_OUTPUTS: usize = 16;

/// Sums of one row for up to two column blocks.
type Tile = [i32; 2 * BLOCK_OUTPUTS];

/// Rows of 8-bit numbers, the sum and the scale of each: see [`Path::quantise`].
#[derive(Debug, Clone, Default)]
pub(crate) struct Rows {
    pub width: usize,
    pub numbers: Vec<i8>,
    pub scales: Vec<f32>,
    pub sums: Vec<i32>,
}

impl Rows {
    pub fn count(&self) -> usize {
        self.scales.len()
    }

    /// A copy of some of the rows.
    pub fn part(&self, rows: std::ops::Range<usize>) -> Rows {
        Rows {
            width: self.width,
            numbers: self.numbers[rows.start * self.width..rows.end * self.width].to_vec(),
            scales: self.scales[rows.clone()].to_vec(),
            sums: self.sums[rows].to_vec(),
        }
    }

    /// Appends rows of the same width.
    pub fn append(&mut self, other: &Rows) {
        self.numbers.extend_from_slice(&other.numbers);
        self.scales.extend_from_slice(&other.scales);
        self.sums.extend_from_slice(&other.sums);
    }

    fn resize(&mut self, width: usize, count: usize) {
        self.width = width;
        self.numbers.resize(width * count, 0);
        self.scales.resize(count, 0.0);
        self.sums.resize(count, 0);
    }
}

/// A matrix of 8-bit weights as a kernel wants it, with the scale and bias of each output.
#[derive(Clone)]
pub(crate) struct Weights {
    pub outputs: usize,
    /// Group after group of sixteen outputs; padding weights are zero.
    pub blocks: Vec<Block>,
    /// Blocks of one group.
    pub depth: usize,
    pub scale: Vec<f32>,
    pub bias: Vec<f32>,
}

/// A kernel this machine is known to have.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Path(Kernel);

/// A float function on every path: `body` compiled for each instruction set. The second body
/// stands for the 512-bit path; both do the same arithmetic.
macro_rules! on_every_path {
    ($(#[$doc:meta])* $name:ident, $body:expr, $wide:expr, ($($arg:ident: $type:ty),* $(,)?)) => {
        $(#[$doc])*
        #[allow(clippy::too_many_arguments)]
        pub(crate) fn $name(self, $($arg: $type),*) {
            #[cfg(target_arch = "x86_64")]
            {
                #[target_feature(enable = "avx2")]
                #[allow(clippy::too_many_arguments)]
                fn narrow($($arg: $type),*) {
                    $body($($arg),*)
                }
                #[target_feature(enable = "avx2,avx512f,avx512bw,avx512vl")]
                #[allow(clippy::too_many_arguments)]
                fn wide($($arg: $type),*) {
                    $wide($($arg),*)
                }
                match self.0 {
                    Kernel::Portable => {}
                    // SAFETY: a `Path` is built only for a kernel the machine has.
                    Kernel::Avx2 | Kernel::AvxVnni => return unsafe { narrow($($arg),*) },
                    // SAFETY: as above.
                    Kernel::Avx512Vnni => return unsafe { wide($($arg),*) },
                }
            }
            $body($($arg),*)
        }
    };
}

/// All column pairs and row groups of a product, with `$tile` at the core. A last group that is
/// not full repeats its last row.
macro_rules! multiply_with {
    ($tile:path, $rows:literal, $weights:ident, $input:ident, $from:ident, $out:ident) => {{
        let depth = $weights.depth;
        let count = $out.len() / $weights.outputs;
        let mut tiles: [Tile; $rows] = [[0; 2 * BLOCK_OUTPUTS]; $rows];
        for (pair, columns) in $weights.blocks.chunks(2 * depth).enumerate() {
            let (left, right) = columns.split_at(depth);
            let first = pair * 2 * BLOCK_OUTPUTS;
            let end = $weights.outputs.min(first + 2 * BLOCK_OUTPUTS);
            for row in (0..count).step_by($rows) {
                let at: [usize; $rows] = std::array::from_fn(|r| $from + (row + r).min(count - 1));
                let rows = at.map(|at| $input.row(at));
                let sums = at.map(|at| $input.sums[at]);
                if right.is_empty() {
                    $tile([left], rows, sums, &mut tiles);
                } else {
                    $tile([left, right], rows, sums, &mut tiles);
                }
                for (r, sums) in tiles.iter().enumerate().take(count - row) {
                    float::rescale(
                        sums,
                        $input.scales[$from + row + r],
                        &$weights.scale[first..end],
                        &$weights.bias[first..end],
                        &mut $out[(row + r) * $weights.outputs..][first..end],
                    );
                }
            }
        }
    }};
}

impl Rows {
    #[inline(always)]
    fn row(&self, index: usize) -> &[i8] {
        &self.numbers[index * self.width..][..self.width]
    }
}

impl Path {
    /// The path for a kernel, if this machine has it.
    pub fn of(kernel: Kernel) -> Option<Path> {
        kernel.is_available().then_some(Path(kernel))
    }

    pub fn kernel(self) -> Kernel {
        self.0
    }

    /// Packs rows of weights, one row an output. `raw` has the bytes of `outputs * inputs`
    /// numbers; `inputs` is a multiple of 4.
    pub fn pack(self, raw: &[u8], inputs: usize, scale: Vec<f32>, bias: Vec<f32>) -> Weights {
        let outputs = scale.len();
        let groups = outputs.div_ceil(BLOCK_OUTPUTS);
        let (depth, raised): (usize, u8) = match self.0 {
            Kernel::Portable => (BLOCK_OUTPUTS * portable::row_blocks(inputs), 0),
            Kernel::Avx2 => (inputs / 4, 0),
            Kernel::AvxVnni | Kernel::Avx512Vnni => (inputs / 4, 0x80),
        };
        let mut blocks = vec![Block([raised as i8; 64]); groups * depth];
        for (output, row) in raw.chunks_exact(inputs).enumerate() {
            let (group, place) = (output / BLOCK_OUTPUTS, output % BLOCK_OUTPUTS);
            let group = &mut blocks[group * depth..][..depth];
            if self.0 == Kernel::Portable {
                let length = depth / BLOCK_OUTPUTS;
                let blocks = &mut group[place * length..][..length];
                for (block, part) in blocks.iter_mut().zip(row.chunks(64)) {
                    for (target, &byte) in block.0.iter_mut().zip(part) {
                        *target = byte as i8;
                    }
                }
            } else {
                for (block, quad) in group.iter_mut().zip(row.as_chunks::<4>().0) {
                    for (target, &byte) in block.0[4 * place..][..4].iter_mut().zip(quad) {
                        *target = (byte ^ raised) as i8;
                    }
                }
            }
        }
        Weights {
            outputs,
            blocks,
            depth,
            scale,
            bias,
        }
    }

    /// `out` = the product of rows `from..` of `input` with the weights, plus bias; as many rows
    /// as `out` has room for.
    pub fn multiply(self, weights: &Weights, input: &Rows, from: usize, out: &mut [f32]) {
        #[cfg(target_arch = "x86_64")]
        {
            #[target_feature(enable = "avx2")]
            fn avx2(weights: &Weights, input: &Rows, from: usize, out: &mut [f32]) {
                multiply_with!(x86::avx2, 4, weights, input, from, out)
            }
            #[target_feature(enable = "avx2,avxvnni")]
            fn avx_vnni(weights: &Weights, input: &Rows, from: usize, out: &mut [f32]) {
                multiply_with!(x86::avx_vnni, 6, weights, input, from, out)
            }
            #[target_feature(enable = "avx2,avx512f,avx512bw,avx512vl,avx512vnni")]
            fn avx512_vnni(weights: &Weights, input: &Rows, from: usize, out: &mut [f32]) {
                multiply_with!(x86::avx512_vnni, 8, weights, input, from, out)
            }
            match self.0 {
                Kernel::Portable => {}
                // SAFETY: a `Path` is built only for a kernel the machine has.
                Kernel::Avx2 => return unsafe { avx2(weights, input, from, out) },
                // SAFETY: as above.
                Kernel::AvxVnni => return unsafe { avx_vnni(weights, input, from, out) },
                // SAFETY: as above.
                Kernel::Avx512Vnni => return unsafe { avx512_vnni(weights, input, from, out) },
            }
        }
        multiply_with!(portable::tile, 4, weights, input, from, out)
    }

    /// Rows of floats to rows of 8-bit numbers.
    pub fn quantise(self, rows: &[f32], width: usize, into: &mut Rows) {
        into.resize(width, rows.len() / width);
        self.quantise_into(
            rows,
            width,
            &mut into.numbers,
            &mut into.scales,
            &mut into.sums,
        );
    }

    on_every_path!(
        quantise_into, float::quantise, float::quantise,
        (rows: &[f32], width: usize, numbers: &mut [i8], scales: &mut [f32], sums: &mut [i32])
    );
    on_every_path!(
        /// Layer normalisation of every row in place.
        normalise, float::normalise, float::normalise,
        (rows: &mut [f32], weight: &[f32], bias: &[f32], eps: f32)
    );
    on_every_path!(
        /// `rows += other`.
        add, float::add, float::add, (rows: &mut [f32], other: &[f32])
    );
    on_every_path!(
        /// The Gaussian error linear unit of every element, in place.
        activate, float::activate, float::activate, (values: &mut [f32])
    );
    on_every_path!(
        /// `out[i]` = row i of `a` · row i of `b`.
        row_dots, float::row_dots, float::row_dots,
        (a: &[f32], b: &[f32], width: usize, out: &mut [f32])
    );
    on_every_path!(
        /// Self-attention within one sequence.
        attend, float::attend::<4>, float::attend::<8>,
        (qkv: &[f32], heads: Heads, scratch: &mut Vec<f32>, out: &mut [f32])
    );
    on_every_path!(
        /// `out = a · b`, see `float::product`.
        product, float::product::<4>, float::product::<8>,
        (
            a: Matrix<'_>, b: Matrix<'_>, count: usize, depth: usize, columns: usize,
            out: &mut [f32], out_step: usize,
        )
    );
}
