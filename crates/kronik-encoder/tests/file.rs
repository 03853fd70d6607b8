//! Files that are cut, changed or of another kind give an error that says so.

#![allow(clippy::unwrap_used)]

mod common;

use common::{Shape, Writer, model};
use kronik_encoder::{Encoder, ErrorKind, Kernel};
use proptest::prelude::*;
use std::sync::LazyLock;

static FILE: LazyLock<Vec<u8>> = LazyLock::new(|| model(&Shape::small()).finish());

fn check(bytes: Vec<u8>, expected: ErrorKind, contains: &str) {
    match Encoder::load(bytes) {
        Ok(_) => panic!("loaded, but must be {expected:?} ({contains})"),
        Err(error) => {
            assert_eq!(error.kind(), expected, "{error}");
            assert!(error.to_string().contains(contains), "{error}");
        }
    }
}

/// A file written after a change, with a checksum that fits.
fn changed(change: impl FnOnce(&mut Writer)) -> Vec<u8> {
    let mut writer = model(&Shape::small());
    change(&mut writer);
    writer.finish()
}

fn entry(name: &str, value: &str) -> Vec<u8> {
    changed(|w| {
        w.metadata.insert(name.to_string(), value.to_string());
    })
}

#[test]
fn a_whole_file_loads_and_names_itself() {
    let encoder = Encoder::load(FILE.clone()).unwrap();
    assert_eq!((encoder.name(), encoder.licence()), ("random", "none"));
    assert_eq!(encoder.kernel(), Kernel::fastest());
}

#[test]
fn other_files_are_told_from_models() {
    check(vec![], ErrorKind::Size, "");
    check(b"PNG".to_vec(), ErrorKind::Size, "");
    check(
        b"<!DOCTYPE html><title>Not found</title>".to_vec(),
        ErrorKind::Format,
        "",
    );
    check(entry("format", "other"), ErrorKind::Format, "other");
    check(entry("version", "2"), ErrorKind::Version, "2");
}

#[test]
fn cut_and_changed_files_are_refused() {
    check(FILE[..FILE.len() - 1].to_vec(), ErrorKind::Size, "");
    check([FILE.as_slice(), b"x"].concat(), ErrorKind::Size, "");
    let mut flipped = FILE.clone();
    let last = flipped.len() - 10;
    flipped[last] ^= 1;
    check(flipped, ErrorKind::Checksum, "checksum");
    check(entry("checksum", ""), ErrorKind::Checksum, "");
}

#[test]
fn tensors_must_fit() {
    let without = |name: &str| changed(|w| _ = w.tensors.remove(name));
    for name in [
        "emb.word",
        "l1.fo.w",
        "l0.q.s",
        "head.ner.idner.b",
        "rel.v",
        "vec.mix",
        "norm.to",
    ] {
        check(without(name), ErrorKind::Tensor, name);
    }
    let shape = changed(|w| w.f32s("emb.ln.w", &[31], &[1.0; 31]));
    check(shape, ErrorKind::Tensor, "[31], must be F32 [32]");
    let infinite = changed(|w| w.f32s("emb.ln.w", &[32], &[f32::INFINITY; 32]));
    check(infinite, ErrorKind::Tensor, "not finite");
    let least = changed(|w| {
        if let Some((_, _, bytes)) = w.tensors.get_mut("l0.k.w") {
            bytes[3] = 0x80;
        }
    });
    check(least, ErrorKind::Tensor, "-128");
    let order = changed(|w| {
        if let Some((_, _, bytes)) = w.tensors.get_mut("pieces.ends") {
            bytes[0] = 200;
        }
    });
    check(order, ErrorKind::Tensor, "pieces.ends");
}

#[test]
fn configurations_must_fit() {
    let edit = |name: &str, from: &str, to: &str| {
        changed(|w| {
            let value = &w.metadata[name];
            assert!(value.contains(from), "{value}");
            let value = value.replacen(from, to, 1);
            w.metadata.insert(name.to_string(), value);
        })
    };
    for (from, to) in [
        ("\"heads\":2", "\"heads\":0"),
        ("\"heads\":2", "\"heads\":3"),
        ("\"width\":32", "\"width\":40"),
        ("\"positions\":64", "\"positions\":10"),
        ("\"layers\":2", "\"layers\":-2"),
        ("\"ff\":64", "\"ff\":18446744073709551615"),
        ("{", "["),
    ] {
        check(edit("config", from, to), ErrorKind::Configuration, "");
    }
    for (from, to) in [
        ("\"O\"", "\"Q\""),
        ("\"root\"", "\"toor\""),
        ("\"=be\"", "\"be\""),
        ("\"en\":\"ewt\"", "\"en\":\"none such\""),
        ("\"upos\":[", "\"upos\":[],\"old\":["),
    ] {
        check(edit("labels", from, to), ErrorKind::Configuration, "");
    }
    check(
        edit("config", "\"layers\":2", "\"layers\":3"),
        ErrorKind::Tensor,
        "l2.",
    );
}

#[test]
fn a_kernel_must_be_there() {
    for kernel in Kernel::ALL {
        let loaded = Encoder::load_for(FILE.clone(), kernel);
        assert_eq!(loaded.is_ok(), kernel.is_available(), "{kernel:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]
    #[test]
    fn no_change_of_a_file_goes_unseen(at in 0usize..1 << 20, bit in 0u8..8, cut in any::<bool>()) {
        let mut bytes = FILE.clone();
        let at = at % bytes.len();
        bytes[at] ^= 1 << bit;
        if cut {
            bytes.truncate(at);
        }
        // A change within the header may leave a file that means the same (a name, say); in the
        // numbers none does.
        let header = 8 + u64::from_le_bytes(FILE[..8].try_into().unwrap()) as usize;
        let loaded = Encoder::load(bytes);
        prop_assert!(loaded.is_err() || (at < header && !cut));
    }
}
