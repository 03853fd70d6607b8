//! What the compiled atlas costs.

use std::collections::BTreeMap;
use std::io::Write;

use anyhow::{Context, Result};

use super::{Sample, machine};
use crate::page::BENCH;
use crate::program::output;

/// Measures in a release build and writes the section.
pub fn run() -> Result<()> {
    let (english, indonesian) = (Sample::english()?, Sample::indonesian()?);
    let mut text = tempfile::NamedTempFile::new()?;
    writeln!(text, "{}\n{}", english.text, indonesian.text)?;
    let told = output(
        std::process::Command::new("cargo")
            .args(["run", "--release", "--quiet", "--locked"])
            .args([
                "--package",
                "kronik-atlas",
                "--example",
                "measure",
                "--",
                ".",
            ])
            .arg(text.path()),
    )?;
    let figures: BTreeMap<&str, f64> = told
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .filter_map(|(name, figure)| Some((name, figure.parse().ok()?)))
        .collect();
    let of = |name: &str| {
        figures
            .get(name)
            .copied()
            .with_context(|| format!("no '{name}' in {told:?}"))
    };
    let words = of("words")?;
    let body = format!(
        "## Atlas\n\n\
         `cargo xtask bench atlas`, on {machine}: the tables of `atlas/` as they are compiled into \
         the program; the best of nine runs. Names are looked for at each of the {words:.0} words \
         of the test parts of EWT and CSUI. In the last column the same names in an `fst::Map`, \
         without the rows that they lead to.\n\n\
         | what | Kronik | fst |\n|---|---:|---:|\n\
         | size of all, MB | {size:.1} | |\n\
         | names | {names:.0} | {names:.0} |\n\
         | size of the names, MB | {index:.1} | {fst_size:.1} |\n\
         | compiled from the tables in, ms | {compile:.0} | |\n\
         | opened in, ms (checksum included) | {open:.2} | |\n\
         | looked up in, ns a word | {find:.0} | {fst_find:.0} |\n",
        machine = machine(),
        size = of("size")? / 1e6,
        names = of("names")?,
        index = of("index size")? / 1e6,
        fst_size = of("fst size")? / 1e6,
        compile = of("compile")? * 1e3,
        open = of("open")? * 1e3,
        find = of("find")? / words * 1e9,
        fst_find = of("fst find")? / words * 1e9,
    );
    BENCH.write("atlas", &body)
}
