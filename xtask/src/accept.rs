//! `cargo xtask accept`: the figures of SCORE.md, measured.
//!
//! Nothing stands in SCORE.md that this did not measure. The annotated articles are not part of
//! the project; on a machine without them the figures stay as they are and the task says so.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

/// Where the development set usually lies.
const USUAL: &str = "../shared/gold/dev";

/// Builds, measures and writes SCORE.md.
pub fn run(folder: Option<String>) -> Result<()> {
    let folder = folder.unwrap_or_else(|| USUAL.to_string());
    if !Path::new(&folder).is_dir() {
        bail!("{folder} is no folder of annotated articles; SCORE.md stays as it is");
    }
    crate::cargo(&["build", "--release", "--locked"])?;
    let program = program()?;
    let score = output(&program, &["eval", &folder])?;
    let threads = same(
        output(&program, &["read", &folder, "-q", "-f", "jsonl", "-j", "1"])?,
        output(&program, &["read", &folder, "-q", "-f", "jsonl", "-j", "2"])?,
        "readings with 1 and with 2 threads",
    )?;
    let mut texts = texts(&folder)?;
    let forward = chronicle(&program, &texts)?;
    texts.reverse();
    let order = same(
        forward,
        chronicle(&program, &texts)?,
        "the chronicle of both orders",
    )?;
    let page = format!(
        "# Score\n\n\
         Made by `cargo xtask accept`; nothing here was written by hand.\n\n\
         `kronik eval {folder}`: annotated articles of the development set, not part of the \
         project. An event found matches an annotated one in the same line if its type and the \
         codes of its actors and recipients are the same (triple), or its type and actors (deed), \
         or its type (class); the lower table is over class matches. The articles were looked at \
         while the tables were written, so figures on articles never seen will be lower.\n\n\
         ```text\n{score}```\n\n\
         Same bytes: {threads}; {order}.\n"
    );
    std::fs::write("SCORE.md", page).context("SCORE.md cannot be written")?;
    println!("{score}\nSCORE.md written");
    Ok(())
}

fn program() -> Result<PathBuf> {
    let path = PathBuf::from("target/release/kronik");
    ensure!(path.exists(), "{} was not built", path.display());
    Ok(path)
}

fn texts(folder: &str) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|e| e == "txt") {
            found.push(path.display().to_string());
        }
    }
    found.sort();
    Ok(found)
}

fn chronicle(program: &Path, texts: &[String]) -> Result<String> {
    let mut arguments = vec!["chronicle", "-q", "-f", "json"];
    arguments.extend(texts.iter().map(String::as_str));
    output(program, &arguments)
}

fn output(program: &Path, arguments: &[&str]) -> Result<String> {
    let done = Command::new(program).args(arguments).output()?;
    let text = String::from_utf8(done.stdout)?;
    let complaint = String::from_utf8_lossy(&done.stderr);
    ensure!(
        done.status.success(),
        "kronik {} failed: {complaint}",
        arguments.join(" ")
    );
    Ok(text)
}

fn same(one: String, two: String, what: &str) -> Result<String> {
    ensure!(one == two, "{what} differ");
    Ok(format!("{what} ({} bytes)", one.len()))
}
