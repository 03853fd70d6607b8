//! The model file: a `safetensors` container that vouches for its own bytes.
//!
//! A model is megabytes of numbers: a cut download or a wrong file would not fail, it would read
//! nonsense from every text. So nothing is used before format, version, size and checksum are
//! right, and every tensor is asked for with the type and shape it must have.

use crate::error::{Error, ErrorKind, Result};
use crate::half;
use safetensors::tensor::{Dtype, SafeTensorError, SafeTensors};
use std::collections::BTreeMap;
use std::ops::Range;

/// Name of the format in the file's metadata.
const FORMAT: &str = "kronik-encoder";
/// The version of the format this crate reads.
const VERSION: &str = "1";

/// A model file whose bytes have been checked.
pub(crate) struct ModelFile<'a> {
    bytes: &'a [u8],
    tensors: SafeTensors<'a>,
    metadata: BTreeMap<String, String>,
}

impl<'a> ModelFile<'a> {
    /// Opens and checks the container.
    pub fn open(bytes: &'a [u8]) -> Result<ModelFile<'a>> {
        let (header, parsed) = SafeTensors::read_metadata(bytes).map_err(container_error)?;
        let metadata: BTreeMap<String, String> = parsed
            .metadata()
            .clone()
            .unwrap_or_default()
            .into_iter()
            .collect();
        let entry = |name: &str| metadata.get(name).map_or("", String::as_str);
        if entry("format") != FORMAT {
            let message = format!("not a {FORMAT} file (format is {:?})", entry("format"));
            return Err(Error::new(ErrorKind::Format, message));
        }
        if entry("version") != VERSION {
            let found = entry("version");
            let message = format!("version {found:?}; this program reads version {VERSION:?}");
            return Err(Error::new(ErrorKind::Version, message));
        }
        let data = &bytes[(header + 8).min(bytes.len())..];
        let sum = blake3::hash(data).to_hex();
        if sum.as_str() != entry("checksum") {
            let message = format!("checksum of the data is {sum}, not {}", entry("checksum"));
            return Err(Error::new(ErrorKind::Checksum, message));
        }
        let tensors = SafeTensors::deserialize(bytes).map_err(container_error)?;
        Ok(ModelFile {
            bytes,
            tensors,
            metadata,
        })
    }

    /// An entry of the metadata; empty where there is none.
    pub fn entry(&self, name: &str) -> &str {
        self.metadata.get(name).map_or("", String::as_str)
    }

    /// The bytes of a tensor; `shape` may leave its first dimension open with [`ANY`].
    pub fn raw(&self, name: &str, dtype: Dtype, shape: &[usize]) -> Result<&'a [u8]> {
        let tensor = self
            .tensors
            .tensor(name)
            .map_err(|_| Error::tensor(name, "missing"))?;
        let found = tensor.shape();
        let fits =
            found.len() == shape.len() && found.iter().zip(shape).all(|(f, s)| f == s || *s == ANY);
        if tensor.dtype() != dtype || !fits {
            let wanted: Vec<String> = shape
                .iter()
                .map(|&s| {
                    if s == ANY {
                        "any".into()
                    } else {
                        s.to_string()
                    }
                })
                .collect();
            let message = format!(
                "is {:?} {found:?}, must be {dtype:?} [{}]",
                tensor.dtype(),
                wanted.join(", ")
            );
            return Err(Error::tensor(name, message));
        }
        Ok(tensor.data())
    }

    /// Where the bytes of a tensor lie in the file.
    pub fn place(&self, name: &str, dtype: Dtype, shape: &[usize]) -> Result<Range<usize>> {
        let data = self.raw(name, dtype, shape)?;
        // The container borrows from the file, so the distance of the two starts is the place.
        let start = data.as_ptr() as usize - self.bytes.as_ptr() as usize;
        Ok(start..start + data.len())
    }

    /// Single precision numbers, all finite.
    pub fn f32s(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>> {
        let raw = self.raw(name, Dtype::F32, shape)?;
        let words = raw.as_chunks::<4>().0;
        finite(name, words.iter().map(|b| f32::from_le_bytes(*b)).collect())
    }

    /// Half precision numbers, widened, all finite.
    pub fn f16s(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>> {
        let raw = self.raw(name, Dtype::F16, shape)?;
        let words = raw.as_chunks::<2>().0;
        let widened = words.iter().map(|b| half::to_f32(u16::from_le_bytes(*b)));
        finite(name, widened.collect())
    }

    /// Unsigned numbers of 32 bits.
    pub fn u32s(&self, name: &str, shape: &[usize]) -> Result<Vec<u32>> {
        let raw = self.raw(name, Dtype::U32, shape)?;
        let words = raw.as_chunks::<4>().0;
        Ok(words.iter().map(|b| u32::from_le_bytes(*b)).collect())
    }
}

/// A dimension that may have any size.
pub(crate) const ANY: usize = usize::MAX;

fn finite(name: &str, values: Vec<f32>) -> Result<Vec<f32>> {
    if values.iter().all(|v| v.is_finite()) {
        Ok(values)
    } else {
        Err(Error::tensor(name, "has a number that is not finite"))
    }
}

fn container_error(error: SafeTensorError) -> Error {
    let kind = match error {
        SafeTensorError::HeaderTooSmall
        | SafeTensorError::InvalidHeaderLength
        | SafeTensorError::MetadataIncompleteBuffer => ErrorKind::Size,
        _ => ErrorKind::Format,
    };
    Error::new(kind, format!("not a whole safetensors file: {error}"))
}
