//! `cargo xtask bench …`: how fast sentences are read, and by whom.
//!
//! All measurements of one run read the same text on one thread, one after the other. Processor
//! time counts, not the clock: other work on the machine changes the clock most.

mod atlas;
mod peers;
mod reading;

use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use crate::page::BENCH;
use crate::program::{Program, output};
use crate::score;
use crate::treebank::{count_words, raw_text};

/// The hidden task that runs one command and tells what it cost.
pub const COST: &str = "cost-of";

/// Measures and writes a section of BENCH.md.
pub fn run(mut arguments: Vec<String>) -> Result<()> {
    if let Some(missing) = score::missing("bench") {
        bail!("{missing}; BENCH.md stays as it is");
    }
    if arguments.first().is_some_and(|a| a == "atlas") {
        return atlas::run();
    }
    if arguments.first().is_some_and(|a| a == "reading") {
        return reading::run();
    }
    let program = Program::named_or_built(&mut arguments)?;
    match arguments.first().map(String::as_str) {
        None => parse(&program),
        Some("peers") => peers::run(&program),
        Some(unknown) => bail!("'{unknown}' is no argument of bench"),
    }
}

/// A text to read, and how many words a treebank counts in it.
struct Sample {
    text: String,
    words: usize,
    language: &'static str,
}

impl Sample {
    fn of(file: &str, language: &'static str) -> Result<Sample> {
        let conllu = score::text_of(file)?;
        Ok(Sample {
            text: raw_text(&conllu),
            words: count_words(&conllu),
            language,
        })
    }

    fn english() -> Result<Sample> {
        Sample::of("ud/en_ewt-test.conllu", "en")
    }

    fn indonesian() -> Result<Sample> {
        Sample::of("ud/id_csui-test.conllu", "id")
    }
}

/// What a run cost.
#[derive(Debug, Clone, Copy)]
struct Cost {
    /// Processor seconds, of the program and of the system for it.
    cpu: f64,
    /// Seconds on the clock.
    wall: f64,
    /// Most memory it held at once, MB (10⁶ bytes).
    memory: f64,
}

/// Speed, memory and start of `kronik parse`.
fn parse(program: &Program) -> Result<()> {
    let mut rows = String::new();
    for (name, sample) in [
        ("English (EWT test)", Sample::english()?),
        ("Indonesian (CSUI test)", Sample::indonesian()?),
    ] {
        let cost = best(3, || kronik(program, &sample.text, sample.language))?;
        rows.push_str(&format!(
            "| {name} | {} | {:.0} | {:.0} |\n",
            sample.words,
            sample.words as f64 / cost.cpu,
            cost.memory
        ));
    }
    let start = best(5, || kronik(program, "Rain fell.\n", "en"))?;
    let body = format!(
        "## Parse\n\n\
         `cargo xtask bench`, on {machine}: raw text to sentences, words, trees and names by \
         `kronik parse -q --plain --jobs 1 --language CODE FILE`, loading included; the best of \
         three runs. Words are those that the treebank counts.\n\n\
         | text | words | words a CPU second | memory, MB |\n|---|---:|---:|---:|\n{rows}\n\
         Start to the first sentence (a text of one sentence): {wall:.0} ms on the clock, \
         {cpu:.0} ms of processor time, {memory:.0} MB.\n",
        machine = machine(),
        wall = start.wall * 1000.0,
        cpu = start.cpu * 1000.0,
        memory = start.memory,
    );
    BENCH.write("parse", &body)
}

/// What reading a text with Kronik costs, all of it: start, loading, printing.
fn kronik(program: &Program, text: &str, language: &str) -> Result<Cost> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("text.txt");
    std::fs::write(&file, text)?;
    let mut command = Command::new(std::env::current_exe()?);
    command
        .arg(COST)
        .arg(program.path())
        .args([
            "parse",
            "-q",
            "--plain",
            "--jobs",
            "1",
            "--language",
            language,
        ])
        .arg(&file);
    let told = output(&mut command)?;
    let numbers: Vec<f64> = told.split_whitespace().flat_map(str::parse).collect();
    let [cpu, wall, memory] = numbers[..] else {
        bail!("no figures in {told:?}");
    };
    Ok(Cost { cpu, wall, memory })
}

fn best(times: usize, measure: impl Fn() -> Result<Cost>) -> Result<Cost> {
    let mut best = measure()?;
    for _ in 1..times {
        let cost = measure()?;
        best.cpu = best.cpu.min(cost.cpu);
        best.wall = best.wall.min(cost.wall);
        best.memory = best.memory.max(cost.memory);
    }
    Ok(best)
}

/// Runs one command and prints what it cost: processor seconds, seconds, MB. It runs in a process
/// of its own since a process is told only the sum over all its children.
pub fn cost(arguments: Vec<String>) -> Result<()> {
    let (program, rest) = arguments.split_first().context("the cost of what?")?;
    let start = std::time::Instant::now();
    let done = Command::new(program)
        .args(rest)
        .stdout(std::process::Stdio::null())
        .status()?;
    ensure!(done.success(), "{program} failed");
    let wall = start.elapsed().as_secs_f64();
    let (cpu, memory) = children()?;
    println!("{cpu} {wall} {memory}");
    Ok(())
}

#[cfg(unix)]
fn children() -> Result<(f64, f64)> {
    use nix::sys::resource::{UsageWho, getrusage};
    use nix::sys::time::TimeValLike;
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let time = usage.user_time() + usage.system_time();
    // Linux tells KiB, macOS bytes.
    let unit = if cfg!(target_os = "macos") {
        1.0
    } else {
        1024.0
    };
    Ok((
        time.num_microseconds() as f64 / 1e6,
        usage.max_rss() as f64 * unit / 1e6,
    ))
}

#[cfg(not(unix))]
fn children() -> Result<(f64, f64)> {
    bail!("what a program costs is measured on Unix only")
}

/// The processor, as far as the system tells it.
fn machine() -> String {
    let told = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = told
        .lines()
        .find_map(|l| l.strip_prefix("model name")?.split_once(": "))
        .map(|(_, name)| name.trim());
    name.unwrap_or("an unnamed processor").to_string()
}
