//! The trained model as an [`Analyser`]: one network for all languages.
//!
//! The network was trained on up to a few sentences of a text at a time, so a paragraph is read
//! at once if it is not long. A long one is cut before sentences, and where they start is what
//! the network itself is asked for: it is cut where marks suggest it, and read again if a cut
//! turns out to fall into a sentence. Trees are built for each sentence from what the network
//! made of the whole paragraph.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use kronik_encoder::{Encoded, Encoder, EntityStyle, Labels, Style, Tagged, Text, Word};
use kronik_record::{Error, Files, Result};

use crate::analyser::{Analyser, Answer, Given, Label};
use crate::analysis::Upos;
use crate::words::{EntityKind, EntityTag};

/// Where the model lies among the data files.
const PATH: &str = "models/encoder.safetensors";

/// The trained model. A clone shares the weights.
///
/// Some 30 MB when loaded, so load it once and give it to the readers of all languages:
///
/// ```
/// use kronik_lang::{Reader, Trained};
/// use kronik_record::Files;
/// let files = Files::new();
/// let model = Trained::load(&files)?;
/// let readers: Result<Vec<Reader>, _> =
///     ["en", "id", "fr"].iter().map(|code| Reader::with_model(&files, code, model.clone())).collect();
/// # assert!(model.is_none() && readers.is_ok());
/// # Ok::<(), kronik_record::Error>(())
/// ```
#[derive(Clone)]
pub struct Trained {
    encoder: Arc<Encoder>,
    tags: Arc<Tags>,
    /// The style asked for, instead of the language's.
    style: Option<Style>,
}

/// The model's labels as this crate names them.
struct Tags {
    upos: Vec<Upos>,
    entities: Vec<Option<EntityTag>>,
}

impl Tags {
    fn of(labels: &Labels) -> Tags {
        let tag = |label: &String| {
            let (place, kind) = label.split_once('-')?;
            Some(EntityTag {
                kind: EntityKind::from_name(kind)?,
                begins: matches!(place, "B" | "S"),
            })
        };
        Tags {
            upos: labels
                .upos
                .iter()
                .map(|name| Upos::from_name(name).unwrap_or(Upos::X))
                .collect(),
            entities: labels.ner.iter().map(tag).collect(),
        }
    }
}

impl fmt::Debug for Trained {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Trained({})", self.encoder.name())
    }
}

impl Trained {
    /// The model among the data files; `None` if there is none.
    ///
    /// # Errors
    /// When the file is there and is no sound model.
    pub fn load(files: &Files) -> Result<Option<Trained>> {
        let Some(bytes) = files.keep_bytes(PATH) else {
            return Ok(None);
        };
        let encoder = Encoder::load(bytes).map_err(|e| Error::file(PATH, e.to_string()))?;
        Ok(Some(Trained {
            tags: Arc::new(Tags::of(encoder.labels())),
            encoder: Arc::new(encoder),
            style: None,
        }))
    }

    /// The model's name and version, as its file says.
    pub fn name(&self) -> &str {
        self.encoder.name()
    }

    /// Names of the manners of annotation the model knows: treebanks cut and relate words
    /// differently, and it can follow either.
    pub fn styles(&self) -> &[String] {
        &self.encoder.labels().styles
    }

    /// The same model, annotating all languages in the manner of that name instead of the one
    /// that goes with each language; `None` if it does not know it.
    pub fn in_style(&self, name: &str) -> Option<Trained> {
        Some(Trained {
            style: Some(self.encoder.style_named(name)?),
            ..self.clone()
        })
    }

    fn style(&self, code: &str) -> Style {
        self.style.unwrap_or_else(|| self.encoder.style(code))
    }

    /// The network's view of each paragraph, cut between sentences where it has to be cut.
    fn encode(&self, code: &str, paragraphs: &[Vec<Word<'_>>]) -> Vec<(Encoded, Vec<f32>)> {
        let style = self.style(code);
        let first: Vec<(usize, Vec<usize>)> = paragraphs
            .iter()
            .enumerate()
            .map(|(i, words)| (i, probable_starts(words)))
            .collect();
        let mut found = self.run(style, paragraphs, &first);
        let again: Vec<(usize, Vec<usize>)> = first
            .iter()
            .zip(&found)
            .filter(|(_, (encoded, ends))| encoded.cuts().iter().any(|cut| !is_start(*cut, ends)))
            .map(|((i, breaks), (_, ends))| (*i, breaks, starts(ends)))
            .filter(|(_, before, now)| *before != now)
            .map(|(i, _, now)| (i, now))
            .collect();
        let read_again = self.run(style, paragraphs, &again);
        for ((i, _), better) in again.iter().zip(read_again) {
            if let Some(old) = found.get_mut(*i) {
                *old = better;
            }
        }
        found
    }

    fn run(
        &self,
        style: Style,
        paragraphs: &[Vec<Word<'_>>],
        parts: &[(usize, Vec<usize>)],
    ) -> Vec<(Encoded, Vec<f32>)> {
        let texts: Vec<Text<'_>> = parts
            .iter()
            .map(|(i, breaks)| Text {
                words: paragraphs.get(*i).map_or(&[], Vec::as_slice),
                breaks,
                style,
            })
            .collect();
        let with_ends = |encoded: Encoded| {
            let ends = self.encoder.ends(&encoded);
            (encoded, ends)
        };
        let encoded = self.encoder.encode_all(&texts);
        encoded.into_iter().map(with_ends).collect()
    }

    fn label(&self, tagged: Tagged) -> Label {
        let labels = self.encoder.labels();
        let name = |list: &[String], index: u16| list.get(usize::from(index)).cloned();
        Label {
            lemma: tagged.lemma,
            upos: *self
                .tags
                .upos
                .get(usize::from(tagged.upos))
                .unwrap_or(&Upos::X),
            features: name(&labels.feats, tagged.feats)
                .filter(|features| features != "_")
                .unwrap_or_default(),
            head: tagged.head.checked_sub(1),
            relation: name(&labels.deprel, tagged.relation).unwrap_or_default(),
            entity: self
                .tags
                .entities
                .get(usize::from(tagged.entity))
                .copied()
                .flatten(),
        }
    }
}

impl Analyser for Trained {
    fn read<'a>(&'a self, code: &str, paragraphs: &[Vec<Given<'_>>]) -> Vec<Box<dyn Answer + 'a>> {
        let encoded = self.encode(code, &words_of(paragraphs));
        let entities = self.encoder.entity_style(code);
        encoded
            .into_iter()
            .zip(paragraphs)
            .map(|((encoded, ends), words)| {
                let answer = Paragraph {
                    model: self,
                    forms: words.iter().map(|w| w.form.to_string()).collect(),
                    encoded,
                    ends,
                    entities,
                };
                Box::new(answer) as Box<dyn Answer + 'a>
            })
            .collect()
    }

    fn vectors(&self, code: &str, texts: &[Vec<Given<'_>>]) -> Vec<Vec<f32>> {
        let encoded = self.encode(code, &words_of(texts));
        let vector = |(encoded, _): &(Encoded, Vec<f32>)| self.encoder.vector(encoded);
        encoded.iter().map(vector).collect()
    }
}

/// One paragraph, read by the network.
struct Paragraph<'a> {
    model: &'a Trained,
    forms: Vec<String>,
    encoded: Encoded,
    ends: Vec<f32>,
    entities: EntityStyle,
}

impl Answer for Paragraph<'_> {
    fn ends(&self) -> Option<&[f32]> {
        Some(&self.ends)
    }

    fn labels(&self, sentences: &[Range<usize>]) -> Vec<Vec<Label>> {
        let word = |form| Word {
            form,
            space_before: true,
        };
        let words: Vec<Word<'_>> = self.forms.iter().map(|f| word(f.as_str())).collect();
        let encoder = &self.model.encoder;
        let read = encoder.read(&self.encoded, &words, sentences, self.entities);
        let label = |tagged| self.model.label(tagged);
        read.into_iter()
            .map(|sentence| sentence.into_iter().map(label).collect())
            .collect()
    }
}

fn words_of<'t>(paragraphs: &[Vec<Given<'t>>]) -> Vec<Vec<Word<'t>>> {
    let word = |given: &Given<'t>| Word {
        form: given.form,
        space_before: given.spaced,
    };
    let words = |paragraph: &Vec<Given<'t>>| paragraph.iter().map(word).collect();
    paragraphs.iter().map(words).collect()
}

/// Where sentences start after the marks that usually end one.
fn probable_starts(words: &[Word<'_>]) -> Vec<usize> {
    let of = |form: &str, marks: &str| form.chars().all(|c| marks.contains(c));
    let mut ended = false;
    let mut starts = Vec::new();
    for (i, word) in words.iter().enumerate() {
        if of(word.form, ".!?…。！？") {
            ended = true;
        } else if !(ended && of(word.form, "\"'”’»)]")) {
            if ended && word.space_before {
                starts.push(i);
            }
            ended = false;
        }
    }
    starts
}

/// Where sentences start by what the network says of their ends.
fn starts(ends: &[f32]) -> Vec<usize> {
    (1..ends.len()).filter(|i| is_start(*i, ends)).collect()
}

fn is_start(i: usize, ends: &[f32]) -> bool {
    let before = i.checked_sub(1).and_then(|before| ends.get(before));
    before.is_none_or(|logit| *logit >= 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_probably_start_after_marks() {
        let check = |text: &str, expected: &[usize]| {
            let words: Vec<Word<'_>> = text
                .split(' ')
                .map(|form| Word {
                    form: form.trim_start_matches('_'),
                    space_before: !form.starts_with('_'),
                })
                .collect();
            assert_eq!(probable_starts(&words), expected, "{text}");
        };
        check("He left _. She stayed _.", &[3]);
        check("“ _Go _! _” he said _. She went _.", &[4, 7]);
        check("version 2 _. _0 is out", &[]);
        check("", &[]);
    }
}
