//! Compiles the tables of `atlas/`, so that the program opens them where they lie instead of
//! reading tens of thousands of rows at each start.

use std::fmt::Write;
use std::path::Path;

use kronik_record::Files;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folder = root.join("atlas");
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut files = Files::new();
    files.overlay(&folder, "atlas/")?;
    let out = std::env::var_os("OUT_DIR").ok_or("cargo names no OUT_DIR")?;
    let out = Path::new(&out);
    std::fs::write(out.join("atlas.bin"), kronik_atlas::compile(&files)?)?;
    // The tables too: whoever lays one over has the atlas compiled anew from all of them.
    let mut list = "[\n".to_string();
    for path in files.under("atlas/").filter(|path| path.ends_with(".tsv")) {
        let file = root.join(path);
        writeln!(
            list,
            "({path:?}, include_str!({:?})),",
            file.display().to_string()
        )?;
    }
    list.push_str("]\n");
    std::fs::write(out.join("atlas.rs"), list)?;
    Ok(())
}
