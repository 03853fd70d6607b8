//! Arguments that several commands share.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, ValueHint};
use kronik::{Config, Engine};
use kronik_acquire::{Columns, Options};

/// Which inputs, and what is said of all of them.
#[derive(Debug, Args)]
pub struct Inputs {
    /// Files (.txt, .html, .jsonl, .csv, .tsv), folders, globs, or - for standard input
    #[arg(value_name = "INPUT", value_hint = ValueHint::AnyPath)]
    pub inputs: Vec<String>,
    /// Which columns of a table hold what: text=body,published=date,outlet=source,…
    ///
    /// Fields are id, text, html, title, url, outlet, published and language; one that is not
    /// named is looked for under its own name.
    #[arg(long, value_name = "FIELD=COLUMN,…")]
    pub columns: Option<Columns>,
    /// Day or RFC 3339 time of publication of all inputs, whatever they say
    #[arg(long, value_name = "DATE")]
    pub published: Option<String>,
    /// Outlet (name or domain) of all inputs, whatever they say
    #[arg(long, value_name = "NAME")]
    pub outlet: Option<String>,
    /// Language (ISO 639-1) of all inputs, instead of telling it from the text
    #[arg(long, value_name = "CODE")]
    pub language: Option<String>,
    /// How many articles to read at once; the output is the same [default: all cores]
    #[arg(long, short, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
    /// Say nothing of what was odd, only what failed
    #[arg(long, short)]
    pub quiet: bool,
}

impl Inputs {
    /// What is said of all inputs.
    pub fn options(&self) -> Options {
        Options {
            columns: self.columns.clone().unwrap_or_default(),
            published: self.published.clone(),
            outlet: self.outlet.clone(),
            language: self.language.clone(),
        }
    }

    /// How many articles to read at once.
    pub fn jobs(&self) -> usize {
        let all = || std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
        self.jobs.map_or_else(all, NonZeroUsize::get)
    }
}

/// Which data to read with.
#[derive(Debug, Args)]
#[command(next_help_heading = "Data")]
pub struct Data {
    /// Ontologies in force, in order
    #[arg(long = "ontology", value_name = "NAME", value_delimiter = ',')]
    ontologies: Vec<String>,
    /// Folder laid over the built-in languages/
    #[arg(long, value_name = "FOLDER", value_hint = ValueHint::DirPath)]
    languages: Option<PathBuf>,
    /// Folder laid over the built-in ontologies/
    #[arg(long = "ontologies", value_name = "FOLDER", value_hint = ValueHint::DirPath)]
    ontology_folder: Option<PathBuf>,
    /// Folder laid over the built-in atlas/
    #[arg(long, value_name = "FOLDER", value_hint = ValueHint::DirPath)]
    atlas: Option<PathBuf>,
}

impl Data {
    /// The settings they make.
    pub fn config(&self) -> Config {
        let mut config = Config::default();
        if !self.ontologies.is_empty() {
            config.ontologies.clone_from(&self.ontologies);
        }
        let overlays = [
            (&self.languages, "languages"),
            (&self.ontology_folder, "ontologies"),
            (&self.atlas, "atlas"),
        ];
        for (folder, name) in overlays {
            if let Some(folder) = folder {
                config.overlays.push((folder.clone(), name.to_string()));
            }
        }
        config
    }

    /// An engine with them.
    pub fn engine(&self) -> Result<Engine> {
        Ok(Engine::new(&self.config())?)
    }
}
