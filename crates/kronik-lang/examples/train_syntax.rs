//! Trains the tagger and parser of a language, or measures one.
//!
//! ```text
//! train_syntax <language> train <model> [key=value …] <treebank>[*times] …
//! train_syntax <language> test <model> <treebank> …
//! ```
//!
//! With `like=<treebank>`, function words of the treebanks named after it take the parts of
//! speech and relations they have in that one; with `clauses=<treebank>`, clauses become
//! complements after the words that open complements in that one.
//! Treebanks after `source=1` are learnt from, but the model keeps the manner of annotation of
//! those before.

use std::path::Path;

use anyhow::{Context, Result, bail};
use kronik_lang::Pack;
use kronik_lang::syntax::Model;
use kronik_lang::syntax::train::{Harmony, Settings, Tree, measure, read, train};
use kronik_record::Files;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [language, task, model, rest @ ..] = arguments.as_slice() else {
        bail!("train_syntax <language> train|test <model> <treebank> …");
    };
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    let pack = Pack::load(&Files::of_checkout(root)?, language)?;
    match task.as_str() {
        "train" => {
            let mut settings = Settings::default();
            let mut trees: Vec<Tree> = Vec::new();
            let (mut harmony, mut clauses) = (None, None);
            let mut source = 0;
            for argument in rest {
                match argument.split_once('=') {
                    Some(("like", path)) => harmony = Some(Harmony::of(&treebank(path, &pack)?)),
                    Some(("clauses", path)) => clauses = Some(Harmony::of(&treebank(path, &pack)?)),
                    Some(("source", value)) => source = value.parse().context("source=0|1")?,
                    Some((key, value)) => set(&mut settings, key, value)?,
                    None => {
                        let mut found = treebank(argument, &pack)?;
                        found.iter_mut().for_each(|tree| tree.source = source);
                        if let Some(harmony) = &harmony {
                            found.iter_mut().for_each(|tree| harmony.apply(tree));
                        }
                        if let Some(clauses) = &clauses {
                            found
                                .iter_mut()
                                .for_each(|tree| clauses.apply_to_clauses(tree));
                        }
                        trees.extend(found);
                    }
                }
            }
            let bytes = train(&trees, &pack, settings, &mut |line| println!("{line}"));
            println!("{model}: {} bytes", bytes.len());
            std::fs::write(model, bytes).context(model.clone())
        }
        "test" => {
            let bytes = std::fs::read(model).context(model.clone())?;
            let start = std::time::Instant::now();
            let loaded = Model::load(model, &bytes)?;
            println!("{model}: loaded in {:?}", start.elapsed());
            for path in rest {
                let trees = treebank(path, &pack)?;
                let start = std::time::Instant::now();
                let figures = measure(&loaded, &trees, &pack);
                let speed = trees.len() as f64 / start.elapsed().as_secs_f64();
                let name = Path::new(path).file_stem().unwrap_or_default();
                println!("{}: {figures}  {speed:.0} sentences/s", name.display());
            }
            Ok(())
        }
        _ => bail!("the task is train or test, not {task}"),
    }
}

/// A treebank, as many times as the path says (`path*3`).
fn treebank(argument: &str, pack: &Pack) -> Result<Vec<Tree>> {
    let (path, times) = argument.split_once('*').unwrap_or((argument, "1"));
    let text = std::fs::read_to_string(path).context(path.to_string())?;
    let trees = read(&text, pack);
    let times: usize = times.parse().context("a number after *")?;
    Ok((0..times).flat_map(|_| trees.clone()).collect())
}

fn set(settings: &mut Settings, key: &str, value: &str) -> Result<()> {
    let number: usize = value.parse().with_context(|| format!("{key}={value}"))?;
    match key {
        "tagger_rounds" => settings.tagger_rounds = number,
        "parser_rounds" => settings.parser_rounds = number,
        "scout_rounds" => settings.scout_rounds = number,
        "width" => settings.width = number,
        "folds" => settings.folds = number,
        "tagger_bytes" => settings.bytes[0] = number,
        "parser_bytes" => settings.bytes[1] = number,
        "seed" => settings.seed = number as u64,
        _ => bail!("no setting {key}"),
    }
    Ok(())
}
