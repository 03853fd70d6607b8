//! The checked-in tables pass every rule.

use std::path::Path;

use kronik_record::Files;

#[test]
fn the_tables_pass() {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    let wrong = kronik_atlas::check(&Files::of_checkout(root).unwrap());
    let shown: Vec<String> = wrong.iter().map(ToString::to_string).collect();
    assert!(
        shown.is_empty(),
        "{} errors:\n{}",
        shown.len(),
        shown.join("\n")
    );
}
