//! A layer of 8-bit weights as it stands in the model file.

use crate::error::{Error, Result};
use crate::file::ModelFile;
use crate::kernel::{Path, Rows, Weights};
use safetensors::tensor::Dtype;

/// Reads `<name>.w`, `.s` and `.b`, and packs several of them as one layer whose outputs stand
/// side by side, in the order of `parts`.
pub(crate) fn read(
    file: &ModelFile<'_>,
    path: Path,
    parts: &[&str],
    outputs: usize,
    inputs: usize,
) -> Result<Weights> {
    let (mut raw, mut scale, mut bias) = (Vec::new(), Vec::new(), Vec::new());
    for name in parts {
        let matrix = format!("{name}.w");
        let numbers = file.raw(&matrix, Dtype::I8, &[outputs, inputs])?;
        if numbers.contains(&0x80) {
            return Err(Error::tensor(&matrix, "has a weight of -128"));
        }
        raw.extend_from_slice(numbers);
        scale.extend(file.f32s(&format!("{name}.s"), &[outputs])?);
        bias.extend(file.f32s(&format!("{name}.b"), &[outputs])?);
    }
    Ok(path.pack(&raw, inputs, scale, bias))
}

/// The layer's outputs for all rows, in a new vector.
pub(crate) fn apply(path: Path, weights: &Weights, input: &Rows) -> Vec<f32> {
    let mut out = vec![0.0; input.count() * weights.outputs];
    path.multiply(weights, input, 0, &mut out);
    out
}
