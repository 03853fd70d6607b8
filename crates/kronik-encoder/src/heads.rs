//! Word vectors to labels: what each word is, and what it hangs from.
//!
//! Every head reads the same 8-bit word vectors. The parse is biaffine: each pair of dependent
//! and head gets a score, the best tree is taken, and then each edge gets its relation.

use crate::config::{Config, Labels};
use crate::entities::Scheme;
use crate::error::{Error, Result};
use crate::file::ModelFile;
use crate::kernel::{LANES, Matrix, Path, Rows, Weights};
use crate::lemma::Script;
use crate::linear::{self, apply};
use crate::tree::best_tree;

/// The heads of a model.
pub(crate) struct Heads {
    pub end: Weights,
    upos: Weights,
    feats: Weights,
    lemma: Weights,
    entities: Vec<Weights>,
    scripts: Vec<Script>,
    scheme: Scheme,
    parser: Parser,
    /// How a text's vector is made: the weight of each level, then one layer.
    pub vector_mix: Vec<f32>,
    pub vector: Weights,
}

/// Labels of one word but for the parse.
pub(crate) struct WordLabels {
    pub upos: u16,
    pub feats: u16,
    pub script: u16,
}

impl Heads {
    pub fn read(
        file: &ModelFile<'_>,
        path: Path,
        config: &Config,
        labels: &Labels,
    ) -> Result<Heads> {
        let width = config.width;
        let head = |name: &str, outputs: usize| {
            linear::read(file, path, &[&format!("head.{name}")], outputs, width)
        };
        let ner = |style: &String| head(&format!("ner.{style}"), labels.ner.len());
        Ok(Heads {
            end: head("end", 1)?,
            upos: head("upos", labels.upos.len())?,
            feats: head("feats", labels.feats.len())?,
            lemma: head("lemma", labels.lemma.len())?,
            entities: labels.ner_styles.iter().map(ner).collect::<Result<_>>()?,
            scripts: labels
                .lemma
                .iter()
                .map(|s| Script::parse(s))
                .collect::<Result<_>>()?,
            scheme: Scheme::of(&labels.ner)?,
            parser: Parser::read(file, path, config, labels)?,
            vector_mix: file.f32s("vec.mix", &[config.layers + 1])?,
            vector: linear::read(file, path, &["vec"], width, width)?,
        })
    }

    /// Part of speech, features and lemma script of each word.
    pub fn label(&self, path: Path, words: &Rows) -> Vec<WordLabels> {
        let upos = best_labels(&self.upos, path, words);
        let feats = best_labels(&self.feats, path, words);
        let script = best_labels(&self.lemma, path, words);
        let labels = upos.into_iter().zip(feats).zip(script);
        labels
            .map(|((upos, feats), script)| WordLabels {
                upos,
                feats,
                script,
            })
            .collect()
    }

    /// The lemma that a script makes of a form.
    pub fn lemma(&self, script: u16, form: &str) -> String {
        let script = self.scripts.get(usize::from(script));
        script.map_or_else(|| form.to_string(), |script| script.apply(form))
    }

    /// Entity labels of a sentence.
    pub fn entities(&self, path: Path, words: &Rows, style: usize) -> Vec<u16> {
        self.scheme
            .decode(&apply(path, &self.entities[style], words))
    }

    /// Head (0 the root, else a word from 1) and relation of each word of a sentence.
    pub fn parse(&self, path: Path, words: &Rows) -> Vec<(usize, u16)> {
        self.parser.parse(path, words)
    }
}

fn best_labels(weights: &Weights, path: Path, words: &Rows) -> Vec<u16> {
    let scores = apply(path, weights, words);
    scores
        .chunks_exact(weights.outputs)
        .map(|row| best(row, |_| true))
        .collect()
}

/// The first greatest of the allowed; 0 if there is none.
fn best(scores: &[f32], allowed: impl Fn(usize) -> bool) -> u16 {
    let mut found = None;
    for (label, &score) in scores.iter().enumerate() {
        if allowed(label) && found.is_none_or(|(_, best)| score > best) {
            found = Some((label, score));
        }
    }
    found.map_or(0, |(label, _)| label as u16)
}

struct Parser {
    arc: usize,
    rel: usize,
    arc_dep: Weights,
    arc_head: Weights,
    rel_dep: Weights,
    rel_head: Weights,
    /// The root as a head, like the rows that `arc_head` and `rel_head` make of words.
    root_arc: Vec<f32>,
    root_rel: Vec<f32>,
    arc_u: Vec<f32>,
    arc_bias: Vec<f32>,
    /// Per relation the matrix from head to dependent side: `rel + 1` rows of `rel_step`.
    rel_v: Vec<f32>,
    rel_step: usize,
    root_label: usize,
    labels: usize,
}

impl Parser {
    fn read(file: &ModelFile<'_>, path: Path, config: &Config, labels: &Labels) -> Result<Parser> {
        let Config {
            width, arc, rel, ..
        } = *config;
        let head = |name: &str, outputs: usize| {
            linear::read(file, path, &[&format!("head.{name}")], outputs, width)
        };
        let arc_head = head("arc.head", arc)?;
        let rel_head = head("rel.head", rel)?;
        let mut root = Rows::default();
        path.quantise(&file.f32s("root", &[width])?, width, &mut root);
        let root_label = labels.deprel.iter().position(|label| label == "root");
        let side = rel + 1;
        let step = side.next_multiple_of(LANES);
        let count = labels.deprel.len();
        let mut turned = vec![0.0; count * side * step];
        let matrices = file.f16s("rel.v", &[count, side, side])?;
        for (matrix, target) in matrices
            .chunks_exact(side * side)
            .zip(turned.chunks_exact_mut(side * step))
        {
            for (dependent, row) in matrix.chunks_exact(side).enumerate() {
                for (head, &x) in row.iter().enumerate() {
                    target[head * step + dependent] = x;
                }
            }
        }
        Ok(Parser {
            arc,
            rel,
            arc_dep: head("arc.dep", arc)?,
            rel_dep: head("rel.dep", rel)?,
            root_arc: activated(path, &arc_head, &root),
            root_rel: activated(path, &rel_head, &root),
            arc_head,
            rel_head,
            arc_u: file.f32s("arc.u", &[arc, arc])?,
            arc_bias: file.f32s("arc.bias", &[arc])?,
            rel_v: turned,
            rel_step: step,
            root_label: root_label
                .ok_or_else(|| Error::configuration("labels: no relation root"))?,
            labels: count,
        })
    }

    fn parse(&self, path: Path, words: &Rows) -> Vec<(usize, u16)> {
        let count = words.count();
        if count == 0 {
            return Vec::new();
        }
        let (scores, step) = self.arc_scores(path, words);
        let heads = best_tree(count, |word, head| scores[word * step + head]);
        let relations = self.relations(path, words, &heads);
        heads.into_iter().zip(relations).collect()
    }

    /// Score of each head (column; 0 the root) for each dependent (row), and the row length.
    fn arc_scores(&self, path: Path, words: &Rows) -> (Vec<f32>, usize) {
        let count = words.count();
        let step = (count + 1).next_multiple_of(LANES);
        let dependents = activated(path, &self.arc_dep, words);
        let mut heads = self.root_arc.clone();
        heads.extend(activated(path, &self.arc_head, words));
        // Heads as columns, then u times them: one column of `arc` numbers for each head.
        let mut columns = vec![0.0; self.arc * step];
        for (head, row) in heads.chunks_exact(self.arc).enumerate() {
            for (i, &x) in row.iter().enumerate() {
                columns[i * step + head] = x;
            }
        }
        let columns = Matrix {
            values: &columns,
            step,
        };
        let mut weighed = vec![0.0; self.arc * step];
        let u = Matrix {
            values: &self.arc_u,
            step: self.arc,
        };
        path.product(u, columns, self.arc, self.arc, step, &mut weighed, step);
        let mut bias = vec![0.0; step];
        let own = Matrix {
            values: &self.arc_bias,
            step: self.arc,
        };
        path.product(own, columns, 1, self.arc, step, &mut bias, step);
        let mut scores = vec![0.0; count * step];
        let dependents = Matrix {
            values: &dependents,
            step: self.arc,
        };
        let weighed = Matrix {
            values: &weighed,
            step,
        };
        path.product(
            dependents,
            weighed,
            count,
            self.arc,
            step,
            &mut scores,
            step,
        );
        for row in scores.chunks_exact_mut(step) {
            path.add(row, &bias);
        }
        (scores, step)
    }

    fn relations(&self, path: Path, words: &Rows, tree: &[usize]) -> Vec<u16> {
        let (count, rel, step) = (words.count(), self.rel, self.rel_step);
        let own = activated(path, &self.rel_dep, words);
        let others = activated(path, &self.rel_head, words);
        // Each word's own side and that of its head, both with a 1 at the end.
        let mut dependents = vec![0.0; count * step];
        let mut heads = vec![0.0; count * step];
        let rows = dependents
            .chunks_exact_mut(step)
            .zip(heads.chunks_exact_mut(step));
        for ((word, &head), (dependent, row)) in tree.iter().enumerate().zip(rows) {
            dependent[..rel].copy_from_slice(&own[word * rel..][..rel]);
            dependent[rel] = 1.0;
            let other = match head.checked_sub(1) {
                Some(head) => &others[head * rel..][..rel],
                None => &self.root_rel[..],
            };
            row[..rel].copy_from_slice(other);
            row[rel] = 1.0;
        }
        let heads = Matrix {
            values: &heads,
            step,
        };
        let mut weighed = vec![0.0; count * step];
        let mut scores = vec![0.0; self.labels * count];
        let matrices = self.rel_v.chunks_exact((rel + 1) * step);
        for (matrix, scores) in matrices.zip(scores.chunks_exact_mut(count)) {
            let matrix = Matrix {
                values: matrix,
                step,
            };
            path.product(heads, matrix, count, rel + 1, step, &mut weighed, step);
            path.row_dots(&dependents, &weighed, step, scores);
        }
        let mut row = vec![0.0; self.labels];
        let mut label_of = |(word, &head): (usize, &usize)| {
            if head == 0 {
                return self.root_label as u16;
            }
            for (label, score) in row.iter_mut().enumerate() {
                *score = scores[label * count + word];
            }
            best(&row, |label| label != self.root_label)
        };
        tree.iter().enumerate().map(&mut label_of).collect()
    }
}

/// A layer's outputs through the activation.
fn activated(path: Path, weights: &Weights, input: &Rows) -> Vec<f32> {
    let mut out = apply(path, weights, input);
    path.activate(&mut out);
    out
}
