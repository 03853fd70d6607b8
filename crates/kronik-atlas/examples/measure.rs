//! What the compiled atlas costs, for `cargo xtask bench atlas`: names and figures, a line each.
//!
//! The same names in an `fst::Map` stand beside it, since that is the other way to keep them.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use kronik_atlas::{Atlas, compile, words_of};
use kronik_record::Files;
use kronik_record::table::Table;

/// Each measurement is the best of so many.
const TIMES: usize = 9;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let root = arguments.next().unwrap_or_else(|| ".".to_string());
    // a text to look for names in
    let text = std::fs::read_to_string(arguments.next().ok_or("usage: measure ROOT TEXT")?)?;
    let files = Files::of_checkout(Path::new(&root))?;
    let compiled = best(|| compile(&files).map(black_box))?;
    let bytes = compile(&files)?;
    println!("size\t{}", bytes.len());
    println!("compile\t{compiled}");
    let opened: &'static [u8] = bytes.leak();
    println!("open\t{}", best(|| Atlas::open(black_box(opened).into()))?);

    let atlas = Atlas::open(opened.into())?;
    println!("index size\t{}", atlas.size().1);
    let words: Vec<&str> = words_of(&text).map(|(_, word)| word).collect();
    let mut hits = 0;
    let found = best(|| {
        hits = 0;
        for at in 0..words.len() {
            hits += usize::from(atlas.longest(&words[at..], |_| true).is_some());
        }
        Ok::<_, std::convert::Infallible>(hits)
    })?;
    println!("words\t{}", words.len());
    println!("found\t{hits}");
    println!("find\t{found}");

    let names = names(&files)?;
    println!("names\t{}", names.len());
    let map = fst::Map::from_iter(names.iter().map(|(name, n)| (name, *n)))?;
    println!("fst size\t{}", map.as_fst().as_bytes().len());
    let mut hits = 0;
    let found = best(|| {
        hits = 0;
        for at in 0..words.len() {
            hits += usize::from(walk(&map, &words[at..]));
        }
        Ok::<_, std::convert::Infallible>(hits)
    })?;
    println!("fst found\t{hits}");
    println!("fst find\t{found}");
    Ok(())
}

/// Seconds of the quickest run.
fn best<T, E>(mut run: impl FnMut() -> Result<T, E>) -> Result<f64, E> {
    let mut least = f64::INFINITY;
    for _ in 0..TIMES {
        let start = Instant::now();
        black_box(run()?);
        least = least.min(start.elapsed().as_secs_f64());
    }
    Ok(least)
}

/// All names of the tables as their words, in order, each with a number for its rows.
fn names(files: &Files) -> kronik_record::Result<BTreeMap<Vec<u8>, u64>> {
    let mut names = BTreeMap::new();
    let lists = [
        "names",
        "names_en",
        "names_id",
        "names_other",
        "people_en",
        "capital",
        "seat",
    ];
    for path in files.under("atlas/").filter(|p| p.ends_with(".tsv")) {
        let table = Table::load(files, path, &[])?;
        let cells = table
            .rows()
            .flat_map(|row| lists.map(|column| row.get(column)));
        for name in cells.flat_map(|cell| cell.split('|')) {
            for form in [Some(name.to_string()), kronik_atlas::plain(name)] {
                let mut key = Vec::new();
                for (_, word) in words_of(form.as_deref().unwrap_or_default()) {
                    key.extend_from_slice(word.as_bytes());
                    key.push(0);
                }
                if !key.is_empty() {
                    let n = names.len() as u64;
                    names.entry(key).or_insert(n);
                }
            }
        }
    }
    Ok(names)
}

/// True if some name starts with the first of `words`.
fn walk(map: &fst::Map<Vec<u8>>, words: &[&str]) -> bool {
    let fst = map.as_fst();
    let mut node = fst.root();
    let mut found = false;
    for word in words {
        for byte in word.bytes().chain([0]) {
            match node.find_input(byte) {
                Some(at) => node = fst.node(node.transition(at).addr),
                None => return found,
            }
        }
        found |= node.is_final();
    }
    found
}
