//! `kronik parse`: sentences, words, trees and names of any text, in the format of treebanks.
//!
//! For those who want the language layer alone: no actors, no events, nothing is loaded for them.

use std::collections::BTreeMap;
use std::io::{BufWriter, Write};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Result;
use clap::{Args, ValueEnum};
use kronik::{Document, built_in};
use kronik_lang::conllu::{self, GivenText};
use kronik_lang::{Analysis, Reader, Trained};
use kronik_record::{BlockKind, Files};
use kronik_text::{CharIndex, Span};

use crate::Ending;
use crate::arguments::{Data, Inputs};
use crate::messages::Usage;
use crate::reading::each_document;

/// What `kronik parse` takes.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Parse {
    #[command(flatten)]
    inputs: Inputs,
    /// What to print
    #[arg(long, short, value_enum, default_value_t = Format::Conllu)]
    format: Format,
    /// Take the text as it is: empty lines part paragraphs, nothing is left out
    ///
    /// Without it, headlines and paragraphs of the article are read, and bylines, datelines,
    /// footers and whatever else is no running text are left out, as the other commands do.
    #[arg(long, conflicts_with = "tokenized")]
    plain: bool,
    /// The text was cut into sentences and words before
    #[arg(long, value_enum, value_name = "HOW")]
    tokenized: Option<Tokenized>,
    /// Annotate in the manner of one treebank, whatever the language: ewt, csui, gsd, …
    ///
    /// Treebanks of one language relate words in different ways. The model learnt several manners
    /// and takes the one that goes with the language; this is for comparing with another.
    #[arg(long, value_name = "NAME", hide_short_help = true)]
    style: Option<String>,
    #[command(flatten)]
    data: Data,
}

const EXAMPLES: &str = "\
Each word's last column holds where it is printed (start, end: Unicode characters of the text, from
0), the name it is part of (NER=B-PER, I-PER; PER, ORG, LOC), and SpaceAfter=No.

Examples:
  kronik parse article.txt > article.conllu
  kronik parse corpus.jsonl --plain --language id
  kronik parse treebank.conllu --tokenized conllu --language en";

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// CoNLL-U, version 2
    Conllu,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Tokenized {
    /// One sentence a line, words separated by spaces
    Lines,
    /// One word a line, first column; an empty line after each sentence
    Columns,
    /// CoNLL-U: its words and multiword tokens, nothing else of it
    Conllu,
}

/// The readers of all languages that were met.
struct Readers {
    files: Files,
    articles: kronik_article::Reader,
    model: Option<Trained>,
    found: Mutex<BTreeMap<String, Arc<Reader>>>,
}

impl Readers {
    fn new(data: &Data, style: Option<&str>) -> Result<Readers> {
        let mut files = built_in();
        for (folder, name) in &data.config().overlays {
            files.overlay(folder, &format!("{name}/"))?;
        }
        let mut model = Trained::load(&files)?;
        if let Some(style) = style {
            model = Some(in_style(model, style)?);
        }
        Ok(Readers {
            articles: kronik_article::Reader::load(&files)?,
            files,
            model,
            found: Mutex::default(),
        })
    }

    /// The reader of a language; one that knows nothing about it if there is no pack.
    fn of(&self, code: &str) -> Result<Arc<Reader>> {
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(reader) = found.get(code) {
            return Ok(Arc::clone(reader));
        }
        let reader = Reader::with_model(&self.files, code, self.model.clone())?;
        let reader = Arc::new(reader);
        found.insert(code.to_string(), Arc::clone(&reader));
        Ok(reader)
    }
}

fn in_style(model: Option<Trained>, style: &str) -> Result<Trained> {
    let Some(model) = model else {
        return Err(Usage("this build has no trained model, and so no --style".to_string()).into());
    };
    model.in_style(style).ok_or_else(|| {
        let known = model.styles().join(", ");
        Usage(format!("no style '{style}'; the model knows {known}")).into()
    })
}

/// Prints the sentences of the inputs.
pub fn run(parse: &Parse) -> Result<Ending> {
    if parse.inputs.inputs.is_empty() {
        let message = "nothing to parse: name a file, a folder, a glob, or - for standard input";
        return Err(Usage(message.to_string()).into());
    }
    let readers = Readers::new(&parse.data, parse.style.as_deref())?;
    let read = |document: &Document| match parse.format {
        Format::Conllu => read(document, parse, &readers),
    };
    let mut out = BufWriter::new(std::io::stdout().lock());
    let count = each_document(&parse.inputs, &read, |found| {
        Ok(out.write_all(found?.as_bytes())?)
    })?;
    out.flush()?;
    Ok(count.ending())
}

fn read(document: &Document, parse: &Parse, readers: &Readers) -> Result<String> {
    let given = document.text.as_deref().unwrap_or("");
    let language = || match &document.language {
        Some(language) => language.clone(),
        None => readers.articles.read(document).language,
    };
    let source = document.source.as_str();
    if let Some(tokenized) = parse.tokenized {
        let given = match tokenized {
            Tokenized::Lines => GivenText::of_lines(given),
            Tokenized::Columns => GivenText::of_columns(given),
            Tokenized::Conllu => GivenText::of_conllu(given),
        };
        let analysis = readers
            .of(&language())?
            .read_given(&given.text, &given.sentences);
        return Ok(written(source, &given.text, &analysis, Some(&given)));
    }
    if parse.plain && document.text.is_some() {
        let analysis = readers
            .of(&language())?
            .read(given, &paragraphs(given), None);
        return Ok(written(source, given, &analysis, None));
    }
    let article = readers.articles.read(document);
    let blocks: Vec<(usize, Span)> = article
        .blocks
        .iter()
        .enumerate()
        .filter(|(_, block)| {
            parse.plain
                || matches!(
                    block.kind,
                    BlockKind::Title
                        | BlockKind::Standfirst
                        | BlockKind::Heading
                        | BlockKind::Paragraph
                        | BlockKind::Caption
                )
        })
        .map(|(i, block)| (i, block.span))
        .collect();
    let skip = article.dateline.filter(|_| !parse.plain);
    let analysis = readers
        .of(&article.language)?
        .read(&article.text, &blocks, skip);
    Ok(written(source, &article.text, &analysis, None))
}

/// Paragraphs of a plain text: what stands between empty lines.
fn paragraphs(text: &str) -> Vec<(usize, Span)> {
    let mut out: Vec<(usize, Span)> = Vec::new();
    let mut at = 0;
    let mut open: Option<Span> = None;
    for line in text.split_inclusive('\n') {
        let span = Span::new(at, at + line.len());
        at = span.end();
        if line.trim().is_empty() {
            out.extend(open.take().map(|span| (out.len(), span)));
        } else {
            open = Some(open.map_or(span, |o| o.cover(span)));
        }
    }
    out.extend(open.map(|span| (out.len(), span)));
    out
}

fn written(source: &str, text: &str, analysis: &Analysis, given: Option<&GivenText>) -> String {
    let mut out = String::new();
    let index = CharIndex::new(text);
    let stem = identifier(source);
    let document = format!("newdoc id = {stem}");
    let mut block = None;
    for (n, sentence) in analysis.sentences.iter().enumerate() {
        let mut comments = Vec::new();
        if n == 0 {
            comments.push(document.as_str());
        }
        if given.is_none() && block != Some(sentence.block) {
            comments.push("newpar");
        }
        block = Some(sentence.block);
        let id = given
            .and_then(|g| g.ids.get(sentence.block)?.clone())
            .unwrap_or_else(|| format!("{stem}-{}", n + 1));
        conllu::write(&mut out, text, &index, sentence, &id, &comments);
    }
    out
}

/// A source as an id: without spaces and slashes, which the format does not allow there.
fn identifier(source: &str) -> String {
    let allowed = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | ':');
    let id: String = source
        .chars()
        .map(|c| if allowed(c) { c } else { '_' })
        .collect();
    let id = id.trim_matches('_');
    if id.is_empty() {
        "text".to_string()
    } else {
        id.to_string()
    }
}
