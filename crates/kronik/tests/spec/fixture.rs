//! The files under `spec/`: Markdown whose headings are cases.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

use kronik::Document;
use serde::Deserialize;

use crate::markup::{Mark, unmark};

/// What a `toml` block may say of the text: of all cases where it stands before the first.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Said {
    published: Option<String>,
    outlet: Option<String>,
    url: Option<String>,
}

impl Said {
    fn or(self, other: &Said) -> Said {
        Said {
            published: self.published.or_else(|| other.published.clone()),
            outlet: self.outlet.or_else(|| other.outlet.clone()),
            url: self.url.or_else(|| other.url.clone()),
        }
    }
}

/// The inside of a fenced block.
#[derive(Debug, Clone)]
pub struct Block {
    pub text: String,
    /// Lines of the file that hold it, from 0, without the fences.
    pub lines: Range<usize>,
}

/// A heading with its text and what should be read in it.
#[derive(Debug)]
pub struct Case {
    pub name: String,
    /// Line of the heading, from 1.
    pub line: usize,
    pub document: Document,
    pub marks: Vec<Mark>,
    /// Why Kronik does not read it yet, and the line (from 0) that says so.
    pub gap: Option<(String, usize)>,
    pub events: Option<Block>,
    pub statements: Option<Block>,
    /// Line (from 0) after the fence that closes the text.
    pub after_text: usize,
}

/// A file of cases about one topic.
#[derive(Debug)]
pub struct Fixture {
    pub path: PathBuf,
    /// Path below `spec/` without its ending: `id/passives`.
    pub topic: String,
    pub source: String,
    pub cases: Vec<Case>,
}

/// All fixtures, by path.
///
/// # Errors
/// With file and line where one cannot be read.
pub fn fixtures() -> Result<Vec<Fixture>, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../spec");
    let mut paths: BTreeMap<String, PathBuf> = BTreeMap::new();
    for folder in entries(&root)?.iter().filter(|p| p.is_dir()) {
        for path in entries(folder)? {
            let topic = path.with_extension("");
            let topic = topic.strip_prefix(&root).unwrap_or(&topic);
            paths.insert(topic.to_string_lossy().replace('\\', "/"), path);
        }
    }
    paths
        .into_iter()
        .map(|(topic, path)| {
            let source = std::fs::read_to_string(&path).map_err(|e| format!("{topic}: {e}"))?;
            let cases = cases(&source, &topic)?;
            Ok(Fixture {
                path,
                topic,
                source,
                cases,
            })
        })
        .collect()
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let wrong = |e: std::io::Error| format!("{}: {e}", folder.display());
    std::fs::read_dir(folder)
        .map_err(wrong)?
        .map(|e| Ok(e.map_err(wrong)?.path()))
        .collect()
}

const GAP: &str = "Known gap: ";

/// The cases of one file; `topic` begins with the code of its language.
pub fn cases(source: &str, topic: &str) -> Result<Vec<Case>, String> {
    let language = topic.split('/').next().unwrap_or_default();
    let lines: Vec<&str> = source.lines().collect();
    let mut cases: Vec<Case> = Vec::new();
    let mut of_all = Said::default();
    let mut said = Said::default();
    let mut at = 0;
    while at < lines.len() {
        let wrong = |message: &str| Err(format!("spec/{topic}.md:{}: {message}", at + 1));
        if let Some(name) = lines[at].strip_prefix("## ") {
            said = of_all.clone();
            cases.push(Case {
                name: name.trim().to_string(),
                line: at + 1,
                document: Document::default(),
                marks: Vec::new(),
                gap: None,
                events: None,
                statements: None,
                after_text: 0,
            });
        } else if let Some(reason) = lines[at].strip_prefix(GAP) {
            let Some(case) = cases.last_mut() else {
                return wrong("a known gap belongs under a heading");
            };
            case.gap = Some((reason.trim().to_string(), at));
        } else if let Some(kind) = lines[at].strip_prefix("```") {
            let start = at + 1;
            let Some(len) = lines[start..].iter().position(|l| *l == "```") else {
                return wrong("this block is not closed");
            };
            let block = Block {
                text: lines[start..start + len].join("\n"),
                lines: start..start + len,
            };
            match (kind.trim(), cases.last_mut()) {
                ("toml", case) => {
                    let read: Said = match toml::from_str(&block.text) {
                        Ok(read) => read,
                        Err(e) => return wrong(&e.to_string()),
                    };
                    match case {
                        Some(_) => said = read.or(&of_all),
                        None => of_all = read,
                    }
                }
                ("text", Some(case)) => {
                    let (text, marks) = match unmark(&block.text) {
                        Ok(unmarked) => unmarked,
                        Err(e) => return wrong(&e),
                    };
                    case.document = Document {
                        source: format!("spec/{topic}.md:{}", case.line),
                        text: Some(text + "\n"),
                        published: said.published.clone(),
                        outlet: said.outlet.clone(),
                        url: said.url.clone(),
                        language: Some(language.to_string()),
                        ..Document::default()
                    };
                    case.marks = marks;
                    case.after_text = start + len + 1;
                }
                ("events", Some(case)) => case.events = Some(block),
                ("statements", Some(case)) => case.statements = Some(block),
                _ => return wrong("blocks are toml, text, events or statements, under a heading"),
            }
            at = start + len;
        }
        at += 1;
    }
    for (i, case) in cases.iter().enumerate() {
        let wrong = |message: &str| Err(format!("spec/{topic}.md:{}: {message}", case.line));
        if case.document.text.is_none() {
            return wrong("this case has no text");
        }
        if cases[..i].iter().any(|c| c.name == case.name) {
            return wrong("another case of this file has the same name");
        }
    }
    Ok(cases)
}
