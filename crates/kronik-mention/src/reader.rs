//! All mentions of an article in one call.

use std::sync::Arc;

use jiff::civil::Date;
use kronik_lang::Analysis;
use kronik_record::{BlockKind, Files, Result};
use kronik_text::Span;

use crate::actors::{Cut, actors};
use crate::actors_lexicon::ActorLexicon;
use crate::gazetteer::Gazetteer;
use crate::places::{places, settings};
use crate::{Mentions, QuantityLexicon, TimeLexicon};

/// What is known of an article besides its words.
#[derive(Debug, Clone, Default)]
pub struct Context {
    /// Its day of publication.
    pub published: Option<Date>,
    /// ISO alpha-3 of the outlet's country, the last guess for `the police`.
    pub outlet_country: Option<String>,
    /// The article's blocks; [`kronik_lang::Sentence::block`] counts in this list.
    pub blocks: Vec<(BlockKind, Span)>,
}

/// Finds the mentions in texts of one language.
#[derive(Debug)]
pub struct Reader {
    gazetteer: Arc<Gazetteer>,
    lexicon: ActorLexicon,
    times: Option<TimeLexicon>,
    quantities: Option<QuantityLexicon>,
}

impl Reader {
    /// A reader for the language `code` with a gazetteer of its own.
    ///
    /// # Errors
    /// When a table of the language or the atlas is broken.
    pub fn load(files: &Files, code: &str) -> Result<Reader> {
        Reader::with_gazetteer(files, code, Arc::new(Gazetteer::load(files)?))
    }

    /// A reader for the language `code` that shares a gazetteer with others.
    ///
    /// A language without tables of times or numbers is read without them.
    ///
    /// # Errors
    /// When a table of the language is broken.
    pub fn with_gazetteer(files: &Files, code: &str, gazetteer: Arc<Gazetteer>) -> Result<Reader> {
        let has = |name: &str| files.get(&format!("languages/{code}/{name}.tsv")).is_some();
        Ok(Reader {
            gazetteer,
            lexicon: ActorLexicon::load(files, code)?,
            times: has("times")
                .then(|| TimeLexicon::load(files, code))
                .transpose()?,
            quantities: (has("numerals") && has("units"))
                .then(|| QuantityLexicon::load(files, code))
                .transpose()?,
        })
    }

    /// The names this reader knows.
    pub fn gazetteer(&self) -> &Arc<Gazetteer> {
        &self.gazetteer
    }

    /// All mentions, each list in text order.
    pub fn read(&self, text: &str, analysis: &Analysis, context: &Context) -> Mentions {
        let cut = Cut::of(text, analysis, &self.gazetteer, &self.lexicon, context);
        let actors = actors(&cut, context);
        let places = places(&cut, context, &actors);
        let settings = settings(&cut, context, &actors);
        let kinds: Vec<BlockKind> = context.blocks.iter().map(|(kind, _)| *kind).collect();
        let (times, doubts) = self
            .times
            .as_ref()
            .map_or_else(Default::default, |lexicon| {
                lexicon.find_all_doubting(text, analysis, context.published, &kinds, None)
            });
        let quantities = self
            .quantities
            .as_ref()
            .map_or_else(Vec::new, |lexicon| lexicon.find_all(text, analysis));
        Mentions {
            actors,
            places,
            times,
            quantities,
            settings,
            doubts,
        }
    }
}
