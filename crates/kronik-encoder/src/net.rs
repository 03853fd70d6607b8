//! Pieces to vectors: the embedding and the layers.
//!
//! Sequences of different lengths are run together without padding: all matrix products see one
//! tall matrix of positions, and only attention looks at one sequence at a time.

use crate::config::Config;
use crate::error::Result;
use crate::file::ModelFile;
use crate::half;
use crate::kernel::{Heads, Path, Rows, Weights};
use crate::linear;
use safetensors::tensor::Dtype;
use std::borrow::Cow;
use std::ops::Range;

/// Weights of one block of the 4-bit word table, and its bytes: a scale and two weights a byte.
const QUAD_BLOCK: usize = 32;
const QUAD_BYTES: usize = 18;

/// Positions that go through the feed-forward part at once, so that its wide rows stay in cache.
const FEED_ROWS: usize = 64;

/// The net without its heads.
pub(crate) struct Net {
    width: usize,
    heads: Heads,
    ff: usize,
    eps: f32,
    words: Cow<'static, [u8]>,
    /// Position and type together.
    positions: Vec<f32>,
    styles: Vec<f32>,
    norm: Norm,
    layers: Vec<Layer>,
}

struct Norm {
    weight: Vec<f32>,
    bias: Vec<f32>,
}

struct Layer {
    qkv: Weights,
    attention_out: Weights,
    attention_norm: Norm,
    feed_in: Weights,
    feed_out: Weights,
    feed_norm: Norm,
}

/// One input: pieces with both ends, and the style's index.
#[derive(Debug, Clone)]
pub(crate) struct Sequence {
    pub pieces: Vec<u32>,
    pub style: usize,
}

/// What the net made of a batch of sequences.
pub(crate) struct Output {
    /// The last layer's rows, all sequences one after the other.
    pub rows: Vec<f32>,
    /// Per sequence, per layer (the embedding first): the mean row.
    pub means: Vec<f32>,
}

impl Norm {
    fn read(file: &ModelFile<'_>, name: &str, width: usize) -> Result<Norm> {
        Ok(Norm {
            weight: file.f32s(&format!("{name}.w"), &[width])?,
            bias: file.f32s(&format!("{name}.b"), &[width])?,
        })
    }
}

impl Net {
    /// Reads the net; also says where in the file its word table of `pieces` rows lies, which is
    /// used in place (see [`Net::set_words`]).
    pub fn read(
        file: &ModelFile<'_>,
        path: Path,
        config: &Config,
        styles: usize,
        pieces: usize,
    ) -> Result<(Net, Range<usize>)> {
        let Config {
            width,
            ff,
            positions,
            eps,
            ..
        } = *config;
        let row = width / QUAD_BLOCK * QUAD_BYTES;
        let place = file.place("emb.word", Dtype::U8, &[pieces, row])?;
        let mut table = file.f16s("emb.pos", &[positions, width])?;
        let kind = file.f32s("emb.type", &[width])?;
        for row in table.chunks_exact_mut(width) {
            path.add(row, &kind);
        }
        let layers = (0..config.layers).map(|l| Layer::read(file, path, l, width, ff));
        let net = Net {
            width,
            heads: Heads {
                count: config.heads,
                size: width / config.heads,
            },
            ff,
            eps,
            words: Cow::Borrowed(&[]),
            positions: table,
            styles: file.f32s("emb.style", &[styles, width])?,
            norm: Norm::read(file, "emb.ln", width)?,
            layers: layers.collect::<Result<_>>()?,
        };
        Ok((net, place))
    }

    /// Gives the net its word table.
    pub fn set_words(&mut self, words: Cow<'static, [u8]>) {
        self.words = words;
    }

    /// Means per sequence: one for the embedding and one a layer.
    pub fn levels(&self) -> usize {
        self.layers.len() + 1
    }

    /// Runs a batch.
    pub fn run(&self, path: Path, batch: &[Sequence]) -> Output {
        let width = self.width;
        let mut rows = self.embed(path, batch);
        let mut means = vec![0.0; batch.len() * self.levels() * width];
        self.take_means(path, batch, &rows, 0, &mut means);
        let count = rows.len() / width;
        let mut numbers = Rows::default();
        let mut qkv = vec![0.0; count * 3 * width];
        let mut mixed = vec![0.0; count * width];
        let mut wide = vec![0.0; FEED_ROWS.min(count) * self.ff];
        let mut out = vec![0.0; count * width];
        let mut scratch = Vec::new();
        for (level, layer) in self.layers.iter().enumerate() {
            path.quantise(&rows, width, &mut numbers);
            path.multiply(&layer.qkv, &numbers, 0, &mut qkv);
            let mut at = 0;
            for sequence in batch {
                let next = at + sequence.pieces.len();
                let part = &qkv[at * 3 * width..next * 3 * width];
                path.attend(
                    part,
                    self.heads,
                    &mut scratch,
                    &mut mixed[at * width..next * width],
                );
                at = next;
            }
            path.quantise(&mixed, width, &mut numbers);
            path.multiply(&layer.attention_out, &numbers, 0, &mut out);
            path.add(&mut rows, &out);
            let norm = &layer.attention_norm;
            path.normalise(&mut rows, &norm.weight, &norm.bias, self.eps);
            for (rows, out) in rows
                .chunks_mut(FEED_ROWS * width)
                .zip(out.chunks_mut(FEED_ROWS * width))
            {
                let wide = &mut wide[..rows.len() / width * self.ff];
                path.quantise(rows, width, &mut numbers);
                path.multiply(&layer.feed_in, &numbers, 0, wide);
                path.activate(wide);
                path.quantise(wide, self.ff, &mut numbers);
                path.multiply(&layer.feed_out, &numbers, 0, out);
                path.add(rows, out);
                let norm = &layer.feed_norm;
                path.normalise(rows, &norm.weight, &norm.bias, self.eps);
            }
            self.take_means(path, batch, &rows, level + 1, &mut means);
        }
        Output { rows, means }
    }

    fn embed(&self, path: Path, batch: &[Sequence]) -> Vec<f32> {
        let width = self.width;
        let count: usize = batch.iter().map(|s| s.pieces.len()).sum();
        let mut rows = vec![0.0; count * width];
        let mut targets = rows.chunks_exact_mut(width);
        for sequence in batch {
            let style = &self.styles[sequence.style * width..][..width];
            let positions = self.positions.chunks_exact(width);
            for ((&piece, position), row) in sequence.pieces.iter().zip(positions).zip(&mut targets)
            {
                self.word_row(piece, row);
                path.add(row, position);
                path.add(row, style);
            }
        }
        path.normalise(&mut rows, &self.norm.weight, &self.norm.bias, self.eps);
        rows
    }

    /// One row of the word table, widened.
    fn word_row(&self, piece: u32, row: &mut [f32]) {
        let bytes = self.width / QUAD_BLOCK * QUAD_BYTES;
        let (blocks, _) = self.words[piece as usize * bytes..][..bytes].as_chunks::<QUAD_BYTES>();
        for (block, target) in blocks.iter().zip(row.chunks_exact_mut(QUAD_BLOCK)) {
            let scale = half::to_f32(u16::from_le_bytes([block[0], block[1]]));
            for (i, byte) in block[2..].iter().enumerate() {
                target[i] = (f32::from(byte & 15) - 8.0) * scale;
                target[i + QUAD_BLOCK / 2] = (f32::from(byte >> 4) - 8.0) * scale;
            }
        }
    }

    fn take_means(
        &self,
        path: Path,
        batch: &[Sequence],
        rows: &[f32],
        level: usize,
        means: &mut [f32],
    ) {
        let mut rows = rows.chunks_exact(self.width);
        let targets = means.chunks_exact_mut(self.levels() * self.width);
        for (sequence, target) in batch.iter().zip(targets) {
            let mean = &mut target[level * self.width..][..self.width];
            let length = sequence.pieces.len();
            for row in rows.by_ref().take(length) {
                path.add(mean, row);
            }
            for x in mean {
                *x /= length as f32;
            }
        }
    }
}

impl Layer {
    fn read(
        file: &ModelFile<'_>,
        path: Path,
        index: usize,
        width: usize,
        ff: usize,
    ) -> Result<Layer> {
        let named = |part: &str| format!("l{index}.{part}");
        let one = |part: &str, outputs, inputs| {
            linear::read(file, path, &[&named(part)], outputs, inputs)
        };
        let qkv = [named("q"), named("k"), named("v")];
        let qkv = [qkv[0].as_str(), &qkv[1], &qkv[2]];
        Ok(Layer {
            qkv: linear::read(file, path, &qkv, width, width)?,
            attention_out: one("ao", width, width)?,
            attention_norm: Norm::read(file, &named("aln"), width)?,
            feed_in: one("fi", ff, width)?,
            feed_out: one("fo", width, ff)?,
            feed_norm: Norm::read(file, &named("oln"), width)?,
        })
    }
}
