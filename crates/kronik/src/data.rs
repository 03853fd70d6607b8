//! The data that is built into the program, so that it runs anywhere without a file beside it.

use include_dir::{Dir, include_dir};
use kronik_record::Files;

static LANGUAGES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../languages");
static ONTOLOGIES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../ontologies");
static MODELS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../models");
/// The tables of the atlas, and what the build script made of them.
static ATLAS: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/atlas.rs"));
static COMPILED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/atlas.bin"));

/// All built-in data files.
pub fn built_in() -> Files {
    let mut files = Files::new();
    for (name, folder) in [
        ("languages", &LANGUAGES),
        ("ontologies", &ONTOLOGIES),
        ("models", &MODELS),
    ] {
        add(&mut files, name, folder);
    }
    for (path, text) in ATLAS {
        files.insert_built_in_text(*path, text);
    }
    files.insert_built_in(kronik_atlas::COMPILED, COMPILED);
    files
}

fn add(files: &mut Files, prefix: &str, folder: &'static Dir<'static>) {
    for file in folder.files() {
        let path = format!(
            "{prefix}/{}",
            file.path().to_string_lossy().replace('\\', "/")
        );
        match file.contents_utf8() {
            Some(text) => files.insert_built_in_text(path, text),
            None => files.insert_built_in(path, file.contents()),
        }
    }
    for inner in folder.dirs() {
        add(files, prefix, inner);
    }
}
