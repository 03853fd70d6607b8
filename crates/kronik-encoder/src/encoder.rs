//! The model as the rest of the program sees it: words in, labels and vectors out.
//!
//! Reading goes in steps because sentences are the caller's to decide: [`Encoder::encode`] runs
//! the net over a text, [`Encoder::ends`] says how likely each word ends a sentence, and
//! [`Encoder::read`] labels and parses the sentences that were chosen, from the same vectors.

use crate::config::{Config, Labels};
use crate::error::{Error, ErrorKind, Result};
use crate::file::ModelFile;
use crate::heads::{Heads, WordLabels};
use crate::kernel::{Kernel, Path, Rows};
use crate::linear::apply;
use crate::net::{Net, Sequence};
use crate::pieces::{CLOSE, OPEN, Pieces};
use crate::text::{Encoded, EntityStyle, Style, Tagged, Text, Word};
use crate::tree;
use crate::windows::{Window, windows};
use std::borrow::Cow;
use std::ops::Range;

/// Positions run at once.
const BATCH: usize = 512;
/// Words labelled at once.
const WORDS: usize = 128;

/// A loaded model. About 30 MB beside the bytes of its word table.
pub struct Encoder {
    path: Path,
    name: String,
    licence: String,
    positions: usize,
    width: usize,
    labels: Labels,
    pieces: Pieces,
    net: Net,
    heads: Heads,
    sideways: Option<usize>,
}

impl Encoder {
    /// Loads a model file for the fastest kernel of this machine. The word table of a borrowed
    /// file is used where it lies; of an owned file only that table is kept.
    ///
    /// # Errors
    /// [`Error`] says by its kind what is wrong with the file.
    pub fn load(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Encoder> {
        Encoder::load_for(bytes, Kernel::fastest())
    }

    /// Loads a model file for a given kernel. All kernels give the same results; this is for
    /// tests and measurements.
    ///
    /// # Errors
    /// As [`Encoder::load`]; [`ErrorKind::Kernel`] if the machine lacks the instructions.
    pub fn load_for(bytes: impl Into<Cow<'static, [u8]>>, kernel: Kernel) -> Result<Encoder> {
        let path = Path::of(kernel).ok_or_else(|| {
            let message = format!("this machine has no {kernel:?} instructions");
            Error::new(ErrorKind::Kernel, message)
        })?;
        let bytes = bytes.into();
        let file = ModelFile::open(&bytes)?;
        let config = Config::read(&file)?;
        let labels = Labels::read(&file)?;
        let pieces = Pieces::read(&file)?;
        let (mut net, words) = Net::read(&file, path, &config, labels.styles.len(), pieces.len())?;
        let heads = Heads::read(&file, path, &config, &labels)?;
        let sideways = labels.deprel.iter().position(|label| label == "parataxis");
        let name = file.entry("name").to_string();
        let licence = file.entry("licence").to_string();
        net.set_words(match bytes {
            Cow::Borrowed(bytes) => Cow::Borrowed(&bytes[words]),
            Cow::Owned(bytes) => Cow::Owned(bytes[words].to_vec()),
        });
        Ok(Encoder {
            path,
            name,
            licence,
            positions: config.positions,
            width: config.width,
            labels,
            pieces,
            net,
            heads,
            sideways,
        })
    }

    /// The model's name, as its file says.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The licence of the model, as its file says.
    pub fn licence(&self) -> &str {
        &self.licence
    }

    /// The kernel the model runs with.
    pub fn kernel(&self) -> Kernel {
        self.path.kernel()
    }

    /// The names behind the numbers in a [`Tagged`] word.
    pub fn labels(&self) -> &Labels {
        &self.labels
    }

    /// Length of the vectors that [`Encoder::vector`] gives.
    pub fn width(&self) -> usize {
        self.width
    }

    /// The treebank style for a language (`en`, `id`, …); the model's default for others.
    pub fn style(&self, language: &str) -> Style {
        Style(self.labels.style(language))
    }

    /// The treebank style of a name in [`Labels::styles`].
    pub fn style_named(&self, name: &str) -> Option<Style> {
        self.labels
            .styles
            .iter()
            .position(|style| style == name)
            .map(Style)
    }

    /// The entity style for a language; the model's default for others.
    pub fn entity_style(&self, language: &str) -> EntityStyle {
        EntityStyle(self.labels.ner_style(language))
    }

    /// The entity style of a name in [`Labels::ner_styles`].
    pub fn entity_style_named(&self, name: &str) -> Option<EntityStyle> {
        self.labels
            .ner_styles
            .iter()
            .position(|style| style == name)
            .map(EntityStyle)
    }

    /// Runs the net over a text of any length.
    pub fn encode(&self, text: Text<'_>) -> Encoded {
        let mut encoded = self.encode_all(&[text]);
        encoded.pop().unwrap_or_else(|| self.nothing())
    }

    /// Runs the net over several texts; faster than one by one where they are short, with the
    /// same results.
    pub fn encode_all(&self, texts: &[Text<'_>]) -> Vec<Encoded> {
        let mut encoded: Vec<Encoded> = texts.iter().map(|_| self.nothing()).collect();
        let mut batch = Batch::default();
        for (index, text) in texts.iter().enumerate() {
            let (pieces, ends) = self.cut(text.words);
            let mut breaks = text.breaks.to_vec();
            breaks.sort_unstable();
            // A style of some other model may not exist in this one.
            let style = text.style.0.min(self.labels.styles.len() - 1);
            for window in windows(&ends, &breaks, self.positions) {
                if window.keep_from > 0 {
                    encoded[index].cuts.push(window.keep_from);
                }
                let place = Place {
                    text: index,
                    window,
                };
                batch.push(place, &pieces, &ends, style);
                if batch.positions >= BATCH {
                    self.run(&mut batch, &mut encoded);
                }
            }
        }
        self.run(&mut batch, &mut encoded);
        encoded
    }

    /// For each word how sure it is that it ends a sentence: a logit, 0 is even odds.
    pub fn ends(&self, encoded: &Encoded) -> Vec<f32> {
        apply(self.path, &self.heads.end, &encoded.words)
    }

    /// The vector of a whole text, of length 1: texts that say the same in whatever language have
    /// a scalar product near 1. All zeros for a text without words.
    pub fn vector(&self, encoded: &Encoded) -> Vec<f32> {
        let mut mean = encoded.mixed.clone();
        for x in &mut mean {
            *x /= encoded.positions.max(1) as f32;
        }
        let mut input = Rows::default();
        self.path.quantise(&mean, self.width, &mut input);
        let mut vector = apply(self.path, &self.heads.vector, &input);
        let mut square = [0.0];
        self.path
            .row_dots(&vector, &vector, self.width, &mut square);
        let size = square[0].sqrt();
        let keep = encoded.positions > 0 && size > 0.0;
        for x in &mut vector {
            *x = if keep { *x / size } else { 0.0 };
        }
        vector
    }

    /// Labels and parses sentences: ranges of words of an encoded text. `words` are those that
    /// were encoded (their forms become lemmas). Ranges are cut to the words there are.
    pub fn read(
        &self,
        encoded: &Encoded,
        words: &[Word<'_>],
        sentences: &[Range<usize>],
        entities: EntityStyle,
    ) -> Vec<Vec<Tagged>> {
        let count = words.len().min(encoded.len());
        let read = |sentence: &Range<usize>| {
            let end = sentence.end.min(count);
            let start = sentence.start.min(end);
            self.read_sentence(encoded, start, &words[start..end], entities)
        };
        sentences.iter().map(read).collect()
    }

    fn read_sentence(
        &self,
        encoded: &Encoded,
        start: usize,
        words: &[Word<'_>],
        style: EntityStyle,
    ) -> Vec<Tagged> {
        let end = start + words.len();
        let rows = encoded.words.part(start..end);
        let mut labels = Vec::with_capacity(words.len());
        for from in (0..words.len()).step_by(WORDS) {
            let part = rows.part(from..words.len().min(from + WORDS));
            labels.extend(self.heads.label(self.path, &part));
        }
        let entities = self.heads.entities(self.path, &rows, style.0);
        let edges = self.parse(&rows);
        let parts = labels.into_iter().zip(entities).zip(edges).zip(words);
        parts
            .map(|(((labels, entity), (head, relation)), word)| {
                let WordLabels {
                    upos,
                    feats,
                    script,
                } = labels;
                let lemma = self.heads.lemma(script, word.form);
                Tagged {
                    upos,
                    feats,
                    lemma,
                    entity,
                    head,
                    relation,
                }
            })
            .collect()
    }

    /// A tree over all rows. What no sentence is long enough for is parsed in parts; the later
    /// parts hang beside the first.
    fn parse(&self, rows: &Rows) -> Vec<(usize, u16)> {
        let mut edges: Vec<(usize, u16)> = Vec::with_capacity(rows.count());
        for from in (0..rows.count()).step_by(tree::LONGEST) {
            let part = rows.part(from..rows.count().min(from + tree::LONGEST));
            let root = edges.iter().position(|&(head, _)| head == 0);
            for (head, relation) in self.heads.parse(self.path, &part) {
                edges.push(match (head, root) {
                    (0, Some(root)) => (root + 1, self.sideways.unwrap_or(0) as u16),
                    (0, None) => (0, relation),
                    _ => (from + head, relation),
                });
            }
        }
        edges
    }

    fn nothing(&self) -> Encoded {
        Encoded {
            words: Rows {
                width: self.width,
                ..Rows::default()
            },
            mixed: vec![0.0; self.width],
            positions: 0,
            cuts: Vec::new(),
        }
    }

    /// Number of vocabulary pieces that words are cut into: what the time to read them depends on.
    pub fn count_pieces(&self, words: &[Word<'_>]) -> usize {
        self.cut(words).0.len()
    }

    /// Pieces of all words, and where each word's pieces end.
    fn cut(&self, words: &[Word<'_>]) -> (Vec<u32>, Vec<usize>) {
        let mut pieces = Vec::with_capacity(2 * words.len());
        let mut ends = Vec::with_capacity(words.len());
        for word in words {
            self.pieces.cut(word.form, word.space_before, &mut pieces);
            ends.push(pieces.len());
        }
        (pieces, ends)
    }

    /// Runs a batch and gives every text its part of the output.
    fn run(&self, batch: &mut Batch, encoded: &mut [Encoded]) {
        let Batch {
            sequences,
            places,
            lengths,
            ..
        } = std::mem::take(batch);
        if sequences.is_empty() {
            return;
        }
        let width = self.width;
        let output = self.net.run(self.path, &sequences);
        let mut rows = output.rows.chunks_exact(width);
        let mut lengths = lengths.into_iter();
        let levels = output.means.chunks_exact(self.net.levels() * width);
        for ((place, sequence), means) in places.iter().zip(&sequences).zip(levels) {
            let text = &mut encoded[place.text];
            let Window { words, keep_from } = &place.window;
            rows.next();
            let mut vectors = vec![0.0; (words.end - keep_from) * width];
            let mut kept = vectors.chunks_exact_mut(width);
            for (word, length) in words.clone().zip(lengths.by_ref()) {
                if word < *keep_from {
                    rows.by_ref().take(length).for_each(drop);
                } else if let Some(vector) = kept.next() {
                    for row in rows.by_ref().take(length) {
                        self.path.add(vector, row);
                    }
                    for x in vector {
                        *x /= length as f32;
                    }
                }
            }
            rows.next();
            let mut numbers = Rows::default();
            self.path.quantise(&vectors, width, &mut numbers);
            text.words.append(&numbers);
            let weight = sequence.pieces.len();
            text.positions += weight;
            for (mean, &mix) in means.chunks_exact(width).zip(&self.heads.vector_mix) {
                for (x, m) in text.mixed.iter_mut().zip(mean) {
                    *x += mix * m * weight as f32;
                }
            }
        }
    }
}

/// The window of a text that a sequence of a batch is.
struct Place {
    text: usize,
    window: Window,
}

/// Sequences to be run together.
#[derive(Default)]
struct Batch {
    sequences: Vec<Sequence>,
    places: Vec<Place>,
    /// Pieces of each word of all windows.
    lengths: Vec<usize>,
    positions: usize,
}

impl Batch {
    fn push(&mut self, place: Place, pieces: &[u32], ends: &[usize], style: usize) {
        let words = place.window.words.clone();
        let start_of = |word: usize| word.checked_sub(1).map_or(0, |before| ends[before]);
        let inner = &pieces[start_of(words.start)..start_of(words.end)];
        let mut sequence = Vec::with_capacity(inner.len() + 2);
        sequence.push(OPEN);
        sequence.extend_from_slice(inner);
        sequence.push(CLOSE);
        self.positions += sequence.len();
        self.lengths
            .extend(words.map(|word| ends[word] - start_of(word)));
        self.sequences.push(Sequence {
            pieces: sequence,
            style,
        });
        self.places.push(place);
    }
}
