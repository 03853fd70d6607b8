//! What a model says about itself: sizes, and the names behind its numbers.

use crate::error::{Error, Result};
use crate::file::ModelFile;
use crate::kernel::LANES;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Sizes of the net.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Config {
    pub layers: usize,
    pub heads: usize,
    pub width: usize,
    pub ff: usize,
    pub positions: usize,
    pub eps: f32,
    pub arc: usize,
    pub rel: usize,
}

/// The names of a model's labels; a label elsewhere is an index into one of these lists.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct Labels {
    /// Universal parts of speech, as in CoNLL-U (`NOUN`, …).
    pub upos: Vec<String>,
    /// Whole values of the features column (`_`, `Voice=Pass`, …).
    pub feats: Vec<String>,
    /// Lemma scripts; see [`crate::Tagged::lemma`] for the lemma itself.
    pub lemma: Vec<String>,
    /// Universal relations with subtypes (`nsubj:pass`, …); one of them is `root`.
    pub deprel: Vec<String>,
    /// Entity labels: `O`, and `B-`, `I-`, `E-`, `S-` before a type.
    pub ner: Vec<String>,
    /// Names of the entity annotation styles.
    pub ner_styles: Vec<String>,
    /// Names of the treebank annotation styles.
    pub styles: Vec<String>,
    language_style: BTreeMap<String, String>,
    language_ner: BTreeMap<String, String>,
}

/// Most a size may be: guards sums of sizes against overflow in a file that lies.
const MOST: usize = 1 << 16;

impl Config {
    pub fn read(file: &ModelFile<'_>) -> Result<Config> {
        let config: Config = serde_json::from_str(file.entry("config"))
            .map_err(|e| Error::configuration(format!("config: {e}")))?;
        let Config {
            layers,
            heads,
            width,
            ff,
            positions,
            arc,
            rel,
            ..
        } = config;
        let all = [layers, heads, width, ff, positions, arc, rel];
        let head = width.checked_div(heads).unwrap_or(0);
        let sound = all.iter().all(|&n| (1..=MOST).contains(&n))
            && width % 32 == 0
            && ff % 32 == 0
            && arc % 4 == 0
            && rel % 4 == 0
            && head * heads == width
            && head % LANES == 0
            && positions >= LEAST_POSITIONS
            && config.eps.is_finite()
            && config.eps >= 0.0;
        if sound {
            Ok(config)
        } else {
            Err(Error::configuration(format!(
                "sizes do not fit together: {config:?}"
            )))
        }
    }
}

/// A window must hold its two ends and at least one word of [`crate::pieces::MOST_PIECES`] pieces.
const LEAST_POSITIONS: usize = 2 + crate::pieces::MOST_PIECES;

impl Labels {
    pub(crate) fn read(file: &ModelFile<'_>) -> Result<Labels> {
        let labels: Labels = serde_json::from_str(file.entry("labels"))
            .map_err(|e| Error::configuration(format!("labels: {e}")))?;
        let lists = [
            ("upos", &labels.upos),
            ("feats", &labels.feats),
            ("lemma", &labels.lemma),
            ("deprel", &labels.deprel),
            ("ner", &labels.ner),
            ("ner_styles", &labels.ner_styles),
            ("styles", &labels.styles),
        ];
        for (name, list) in lists {
            if list.is_empty() || list.len() > MOST {
                let message = format!("labels: {} names in {name}", list.len());
                return Err(Error::configuration(message));
            }
        }
        for (map, list) in [
            (&labels.language_style, &labels.styles),
            (&labels.language_ner, &labels.ner_styles),
        ] {
            if let Some(name) = map.values().find(|name| !list.contains(name)) {
                return Err(Error::configuration(format!("labels: no style {name:?}")));
            }
        }
        Ok(labels)
    }

    /// Index of the treebank style for a language (`en`, `id`, …), or of the model's default.
    pub(crate) fn style(&self, language: &str) -> usize {
        named(&self.language_style, &self.styles, language)
    }

    /// Index of the entity style for a language, or of the model's default.
    pub(crate) fn ner_style(&self, language: &str) -> usize {
        named(&self.language_ner, &self.ner_styles, language)
    }
}

fn named(map: &BTreeMap<String, String>, list: &[String], language: &str) -> usize {
    let name = map.get(language).or_else(|| map.get("*"));
    let index = name.and_then(|name| list.iter().position(|other| other == name));
    index.unwrap_or(0)
}
