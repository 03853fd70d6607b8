//! All stages behind one call.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use kronik_article::{Article, Document, Oddity};
use kronik_atlas::Atlas;
use kronik_event::Coder;
use kronik_lang::{Pack, Trained};
use kronik_mention::Context;
use kronik_record::{
    ArticleRecord, BlockKind, DataVersions, EventRecord, Files, Ontology, Result, Severity,
    StatementRecord,
};
use kronik_statement::Finder;
use kronik_text::Span;

use crate::config::Config;
use crate::data::built_in;
use crate::records::{Stages, records};

/// Everything that is loaded once: tables, models, readers of each language. Share it between
/// threads; reading changes nothing in it.
pub struct Engine {
    articles: kronik_article::Reader,
    languages: BTreeMap<String, Language>,
    /// Reads sentences in languages without a pack.
    elsewhere: kronik_lang::Reader,
    ontology: Ontology,
    versions: DataVersions,
    atlas: Arc<Atlas>,
    language: Option<String>,
}

struct Language {
    reader: kronik_lang::Reader,
    mentions: kronik_mention::Reader,
    statements: Finder,
    events: Coder,
}

/// What was read in one document.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The article.
    pub article: ArticleRecord,
    /// Its statements, the outlet's own first, in text order.
    pub statements: Vec<StatementRecord>,
    /// Its events in text order.
    pub events: Vec<EventRecord>,
}

impl Engine {
    /// Loads the built-in data with the overlays of `config`.
    ///
    /// # Errors
    /// When a table that the user laid over is broken: file, line, what is wrong.
    pub fn new(config: &Config) -> Result<Engine> {
        let mut files = built_in();
        for (folder, name) in &config.overlays {
            files.overlay(folder, &format!("{name}/"))?;
        }
        Engine::with_files(&files, config)
    }

    /// Loads from `files` alone.
    ///
    /// # Errors
    /// As [`Engine::new`].
    pub fn with_files(files: &Files, config: &Config) -> Result<Engine> {
        let names: Vec<&str> = config.ontologies.iter().map(String::as_str).collect();
        let ontology = Ontology::load(files, &names)?;
        let atlas = Arc::new(Atlas::load(files)?);
        let model = Trained::load(files)?;
        let mut languages = BTreeMap::new();
        for code in Pack::codes(files) {
            let reader = kronik_lang::Reader::with_model(files, &code, model.clone())?;
            let pack = reader.pack().clone();
            let language = Language {
                mentions: kronik_mention::Reader::with_gazetteer(files, &code, Arc::clone(&atlas))?,
                statements: Finder::load(files, &pack)?,
                events: Coder::load(files, &pack, &ontology)?,
                reader,
            };
            languages.insert(code, language);
        }
        let elsewhere = kronik_lang::Reader::with_model(files, "und", model.clone())?;
        let versions = DataVersions {
            model: match &model {
                Some(model) => model.name().to_string(),
                None => "rules-1".to_string(),
            },
            ontology: ontology.version(),
            atlas: if atlas.is_built_in() {
                crate::VERSION.to_string()
            } else {
                format!("{}+{}", crate::VERSION, atlas.mark())
            },
            languages: languages
                .keys()
                .map(|code| format!("{code}-{}", crate::VERSION))
                .collect::<Vec<_>>()
                .join("+"),
        };
        Ok(Engine {
            articles: kronik_article::Reader::with_atlas(files, Arc::clone(&atlas))?,
            languages,
            elsewhere,
            ontology,
            versions,
            atlas,
            language: config.language.clone(),
        })
    }

    /// Codes of the languages that events are read in.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        self.languages.keys().map(String::as_str)
    }

    /// The classes in force.
    pub fn ontology(&self) -> &Ontology {
        &self.ontology
    }

    /// Takes a document through all stages.
    pub fn read(&self, document: &Document) -> Reading {
        let (article, parts) = self.stages(document);
        records(&article, &parts, &self.ontology, &self.versions)
    }

    /// The meaning of a text (a sentence, a headline, a whole report) as a vector of length 1, for
    /// comparing texts across languages: the scalar product of two is near 1 where they say the
    /// same. The same text gives the same bits. Any language (ISO 639-1) will do, one without
    /// tables too. All zeros if the text has no word; `None` if no trained model was loaded.
    ///
    /// ```
    /// use kronik::{Config, Engine};
    /// let engine = Engine::new(&Config::default())?;
    /// let vector = |text, language| engine.vector(text, language).unwrap_or_default();
    /// let likeness = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f32>();
    ///
    /// let flood = vector("The flood drove hundreds of families from their homes.", "en");
    /// let banjir = vector("Banjir memaksa ratusan keluarga meninggalkan rumah mereka.", "id");
    /// let pemilu = vector("Partai itu mengumumkan calonnya untuk pemilihan presiden.", "id");
    /// assert!(likeness(&flood, &banjir) > likeness(&flood, &pemilu));
    /// # Ok::<(), kronik::Error>(())
    /// ```
    pub fn vector(&self, text: &str, language: &str) -> Option<Vec<f32>> {
        let reader = self
            .languages
            .get(language)
            .map_or(&self.elsewhere, |language| &language.reader);
        let analysis = reader.read(text, &[(0, Span::new(0, text.len()))], None);
        reader.vectors(text, &[&analysis.sentences]).pop()
    }

    /// What each stage found in a document, before it becomes records: for looking into a reading.
    pub fn stages(&self, document: &Document) -> (Article, Stages) {
        let mut article = match &self.language {
            Some(language) => self.articles.read(&Document {
                language: Some(language.clone()),
                ..document.clone()
            }),
            None => self.articles.read(document),
        };
        let Some(language) = self.languages.get(&article.language) else {
            let oddity = self.unread(&article.language);
            // the first stage has said that no pack tells it the layout; once is enough
            let told = ["language-unknown", "language-without-pack"];
            article.oddities.retain(|o| !told.contains(&o.code));
            article.oddities.push(oddity);
            let stages = Stages::empty(&article);
            return (article, stages);
        };
        let stages = self.read_in(&article, language);
        (article, stages)
    }

    /// What is said of an article in a language that has no pack.
    fn unread(&self, language: &str) -> Oddity {
        let known: Vec<&str> = self.languages().collect();
        let what = if language.is_empty() || language == "und" {
            "The language of this text could not be told".to_string()
        } else {
            format!("The language of this text is '{language}'")
        };
        Oddity {
            severity: Severity::Warning,
            code: "language-unread",
            message: format!("{what}; events are read in {}.", known.join(", ")),
            span: None,
            hint: Some("If it is one of these, say so with --language.".to_string()),
        }
    }

    fn read_in(&self, article: &Article, language: &Language) -> Stages {
        let blocks: Vec<(BlockKind, Span)> =
            article.blocks.iter().map(|b| (b.kind, b.span)).collect();
        let read: Vec<(usize, Span)> = blocks
            .iter()
            .enumerate()
            .filter(|(_, (kind, _))| {
                matches!(
                    kind,
                    BlockKind::Title
                        | BlockKind::Standfirst
                        | BlockKind::Heading
                        | BlockKind::Paragraph
                        | BlockKind::Caption
                )
            })
            .map(|(i, (_, span))| (i, *span))
            .collect();
        let analysis = language.reader.read(&article.text, &read, article.dateline);
        let context = Context {
            published: article.published.as_deref().and_then(day_of),
            outlet_country: article
                .outlet_domain
                .as_ref()
                .and_then(|d| self.atlas.outlet_of_domain(d))
                .map(|outlet| outlet.country.to_string())
                .filter(|country| !country.is_empty()),
            blocks: blocks.clone(),
        };
        let mentions = language.mentions.read(&article.text, &analysis, &context);
        let statements = language.statements.find(kronik_statement::Input {
            text: &article.text,
            blocks: &blocks,
            analysis: &analysis,
            mentions: &mentions,
        });
        let body: Vec<bool> = blocks
            .iter()
            .map(|(kind, _)| *kind == BlockKind::Paragraph)
            .collect();
        let events = language.events.code(kronik_event::Input {
            text: &article.text,
            analysis: &analysis,
            mentions: &mentions,
            statements: &statements,
            body: &body,
        });
        Stages {
            analysis,
            mentions,
            statements,
            events,
        }
    }
}

/// The day of an RFC 3339 time or a date, in the zone it is printed with.
pub(crate) fn day_of(text: &str) -> Option<Date> {
    text.get(..10)?.parse().ok()
}
