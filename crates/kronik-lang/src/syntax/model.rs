//! The model of a language as a file, and what it does with a sentence.

use kronik_record::{Error, Result};

use super::bytes::{Input, Output};
use super::features::{Word, hash};
use super::parser::parse;
use super::sight::Sight;
use super::state::{Move, State};
use super::tagger::tags;
use super::weights::{Cell, Scorer, Weights, write_rows};
use crate::pack::Pack;
use crate::words::Node;
use crate::{Relation, Upos};

const MAGIC: &[u8; 8] = b"KRONIK\x1aS";
const VERSION: u32 = 2;

/// A trained tagger and parser of one language.
#[derive(Debug, Clone)]
pub struct Model {
    tagger: Weights,
    parser: Weights,
    relations: Vec<Relation>,
    /// Half-built trees the parser keeps in view.
    width: usize,
}

/// Sorted rows of weights as the trainer makes them.
pub(crate) type Rows = Vec<(u32, Vec<Cell>)>;

impl Model {
    /// Reads a model; `path` is for messages.
    ///
    /// ```
    /// let error = kronik_lang::syntax::Model::load("models/syntax-xx.bin", b"no model").unwrap_err();
    /// assert!(error.to_string().contains("not a syntax model"));
    /// ```
    ///
    /// # Errors
    /// When the bytes are no model, one of another version, or damaged.
    pub fn load(path: &str, bytes: &[u8]) -> Result<Model> {
        let wrong = |message: String| Error::file(path, message);
        let head = (|| {
            let mut input = Input::new(bytes);
            (input.take(MAGIC.len())? == MAGIC).then_some(())?;
            Some((input.number()?, input.number()?, input.number()?, input))
        })();
        let Some((version, length, sum, mut input)) = head else {
            return Err(wrong("this is not a syntax model".into()));
        };
        if version != VERSION {
            return Err(wrong(format!(
                "this model has version {version}, and this program reads version {VERSION}; \
                 train it again (models/README.md)"
            )));
        }
        if input.left() != length as usize {
            return Err(wrong(format!(
                "{} bytes of weights instead of {length}: the file was cut or mixed up",
                input.left()
            )));
        }
        if checksum(input) != sum {
            return Err(wrong("the checksum is wrong: the file is damaged".into()));
        }
        Model::read(&mut input).ok_or_else(|| wrong("the weights cannot be read".into()))
    }

    fn read(input: &mut Input<'_>) -> Option<Model> {
        let width = input.number()? as usize;
        let count = input.number()? as usize;
        let relations = (0..count.min(255))
            .map(|_| input.string().map(Relation::from_name))
            .collect::<Option<Vec<Relation>>>()?;
        let tagger = Weights::read(input)?;
        let parser = Weights::read(input)?;
        let fits = tagger.classes() == Upos::ALL.len()
            && parser.classes() == Move::count(relations.len())
            && (1..=64).contains(&width)
            && input.left() == 0;
        fits.then_some(Model {
            tagger,
            parser,
            relations,
            width,
        })
    }

    /// Parts of speech and a tree for the words of one sentence.
    ///
    /// There is one root, there are no cycles, and each word has one node, whatever the words.
    pub(crate) fn parse(&self, forms: &[&str], pack: &Pack) -> Vec<Node> {
        let words: Vec<Word> = forms.iter().map(|f| Word::of(f, pack)).collect();
        let tags = tags(&words, 0, &self.tagger);
        let keys = keys(forms, &tags, pack);
        let sight = Sight::new(&words, &tags, &keys, 0);
        let state = parse(&sight, &self.parser, self.width);
        nodes(&state, &tags, &self.relations)
    }
}

/// Hashes of headwords.
pub(crate) fn keys(forms: &[&str], tags: &[usize], pack: &Pack) -> Vec<u32> {
    forms
        .iter()
        .zip(tags)
        .map(|(form, tag)| hash(&pack.headword(form, upos(*tag)).0.to_lowercase()))
        .collect()
}

/// The part of speech with that number.
pub(crate) fn upos(tag: usize) -> Upos {
    Upos::ALL.get(tag).map_or(Upos::X, |(u, _)| *u)
}

fn nodes(state: &State, tags: &[usize], relations: &[Relation]) -> Vec<Node> {
    (0..state.length)
        .map(|i| {
            let head = state.heads[i].filter(|h| *h < state.length);
            let relation = relations.get(state.relations[i]).copied();
            Node {
                upos: upos(tags[i]),
                head,
                relation: match (head, relation) {
                    (None, _) => Relation::Root,
                    (Some(_), Some(Relation::Root) | None) => Relation::Dep,
                    (Some(_), Some(relation)) => relation,
                },
            }
        })
        .collect()
}

/// The bytes of a model file.
#[cfg_attr(not(feature = "train"), allow(dead_code))]
pub(crate) fn file(relations: &[Relation], width: usize, tagger: &Rows, parser: &Rows) -> Vec<u8> {
    let mut payload = Output::default();
    payload.number(width as u32);
    payload.number(relations.len() as u32);
    for relation in relations {
        payload.string(relation.name());
    }
    write_rows(Upos::ALL.len(), tagger, &mut payload);
    write_rows(Move::count(relations.len()), parser, &mut payload);
    let mut output = Output::default();
    output.bytes.extend_from_slice(MAGIC);
    output.number(VERSION);
    output.number(payload.bytes.len() as u32);
    output.number(checksum(Input::new(&payload.bytes)));
    output.bytes.extend_from_slice(&payload.bytes);
    output.bytes
}

/// FNV-1a over what is left, folded to 32 bits.
fn checksum(mut input: Input<'_>) -> u32 {
    let left = input.left();
    let bytes = input.take(left).unwrap_or_default();
    let state = bytes.iter().fold(0xcbf2_9ce4_8422_2325u64, |state, byte| {
        (state ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    (state ^ (state >> 32)) as u32
}
