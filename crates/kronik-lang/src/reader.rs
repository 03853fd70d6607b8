//! From blocks of a text to an [`Analysis`].

use std::ops::Range;
use std::sync::Arc;

use kronik_record::{Files, Result};
use kronik_text::Span;

use crate::analyser::{Analyser, Answer, Given, Label};
use crate::analysis::{Analysis, Relation, Sentence, Token, Upos, Voice};
use crate::fallback;
use crate::pack::Pack;
use crate::sentences::sentences;
use crate::splitting::{Piece, given_pieces, pieces};
use crate::tokens::tokens;
use crate::trained::Trained;
use crate::truecase::Casing;
use crate::words::{collapse, expand, labelled};

/// Reads texts of one language.
///
/// Works with whatever there is: with an [`Analyser`] it says where sentences end and what words
/// are; without one parts of speech come from the pack's tables and there is no syntax; without a
/// pack, generic rules cut sentences and tokens.
#[derive(Debug)]
pub struct Reader {
    pack: Pack,
    analyser: Option<Arc<dyn Analyser>>,
}

/// A printed token of a text that was cut before, with the syntactic words in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenToken {
    /// Where it is printed.
    pub span: Span,
    /// The words it consists of; empty if it is one word.
    pub words: Vec<String>,
}

/// A stretch of text, cut but not yet understood.
struct Stretch {
    block: usize,
    tokens: Vec<Span>,
    pieces: Vec<Piece>,
    /// Sentences as ranges of tokens, if they are known already.
    sentences: Option<Vec<Range<usize>>>,
}

/// A stretch with what an analyser says of it, and its sentences as ranges of tokens.
struct Cut<'a> {
    stretch: &'a Stretch,
    answer: Option<Box<dyn Answer + 'a>>,
    sentences: Vec<Range<usize>>,
}

impl Stretch {
    /// The pieces in a range of tokens, as a range.
    fn pieces_of(&self, tokens: &Range<usize>) -> Range<usize> {
        let at = |token: usize| self.pieces.partition_point(|p| p.token < token);
        at(tokens.start)..at(tokens.end)
    }
}

impl Reader {
    /// A reader for the language `code`, from its pack and the trained model if they are there.
    /// Readers of several languages share a model by [`Reader::with_model`].
    ///
    /// # Errors
    /// When a file of the pack or the model is there and cannot be used.
    pub fn load(files: &Files, code: &str) -> Result<Reader> {
        Reader::with_model(files, code, Trained::load(files)?)
    }

    /// A reader for the language `code` that shares a loaded model with others; without one it
    /// uses what else there is.
    ///
    /// # Errors
    /// As [`Reader::load`].
    pub fn with_model(files: &Files, code: &str, trained: Option<Trained>) -> Result<Reader> {
        let pack = match files.get(&format!("languages/{code}/pack.toml")) {
            Some(_) => Pack::load(files, code)?,
            None => Pack::generic(code),
        };
        Ok(Reader {
            pack,
            analyser: trained.map(|trained| Arc::new(trained) as Arc<dyn Analyser>),
        })
    }

    /// The same reader with another analyser of words.
    #[must_use]
    pub fn with_analyser(mut self, analyser: Arc<dyn Analyser>) -> Reader {
        self.analyser = Some(analyser);
        self
    }

    /// The language's tables.
    pub fn pack(&self) -> &Pack {
        &self.pack
    }

    /// Reads the given blocks of `text` (index in the article, and place), in order. Nothing in
    /// `skip` is read: the place and outlet in front of the first sentence.
    pub fn read(&self, text: &str, blocks: &[(usize, Span)], skip: Option<Span>) -> Analysis {
        let mut stretches = Vec::new();
        for (block, span) in blocks {
            for part in outside(*span, skip) {
                let tokens = tokens(text, part, &self.pack);
                stretches.push(Stretch {
                    block: *block,
                    pieces: pieces(text, &tokens, &self.pack),
                    tokens,
                    sentences: None,
                });
            }
        }
        self.understand(text, &stretches)
    }

    /// Reads sentences of `text` that were cut into tokens and words before; each is a block.
    pub fn read_given(&self, text: &str, sentences: &[Vec<GivenToken>]) -> Analysis {
        let stretches: Vec<Stretch> = sentences
            .iter()
            .enumerate()
            .filter(|(_, tokens)| !tokens.is_empty())
            .map(|(block, given)| Stretch {
                block,
                tokens: given.iter().map(|t| t.span).collect(),
                pieces: given_pieces(text, given, &self.pack),
                sentences: Some(std::iter::once(0..given.len()).collect()),
            })
            .collect();
        self.understand(text, &stretches)
    }

    /// A vector for each of several texts: the sentences of an analysis that this reader made of
    /// `text`, one or many. Each is of length 1, and those of texts that say the same in whatever
    /// languages have a scalar product near 1. The same sentences give the same vector whatever
    /// stands beside them. Empty without a model.
    ///
    /// ```
    /// use kronik_lang::{Reader, Sentence};
    /// use kronik_text::Span;
    /// let text = "Flood hits the north. Hundreds have left.";
    /// let reader = Reader::load(&kronik_record::Files::new(), "en")?;
    /// let analysis = reader.read(text, &[(0, Span::new(0, text.len()))], None);
    /// let sentences: Vec<&[Sentence]> = analysis.sentences.chunks(1).collect();
    /// let each = reader.vectors(text, &sentences);
    /// let whole = reader.vectors(text, &[&analysis.sentences]);
    /// # assert!(each.is_empty() && whole.is_empty());
    /// # Ok::<(), kronik_record::Error>(())
    /// ```
    pub fn vectors(&self, text: &str, texts: &[&[Sentence]]) -> Vec<Vec<f32>> {
        let Some(analyser) = &self.analyser else {
            return Vec::new();
        };
        let mut asked: Vec<Vec<Given<'_>>> = Vec::new();
        for sentences in texts {
            let words = sentences.iter().flat_map(|s| &s.words);
            asked.push(given(words.map(|w| (w.form(text), w.span, w.joined))));
        }
        analyser.vectors(self.pack.code(), &asked)
    }

    fn understand(&self, text: &str, stretches: &[Stretch]) -> Analysis {
        let mut answers = self.ask(text, stretches).into_iter();
        let mut found: Vec<Cut<'_>> = Vec::new();
        for stretch in stretches {
            let answer = answers.next();
            let ends = answer.as_ref().and_then(|a| token_ends(stretch, a.ends()?));
            let ranges = match &stretch.sentences {
                Some(ranges) => ranges.clone(),
                None => sentences(text, &stretch.tokens, &self.pack, ends.as_deref()),
            };
            found.push(Cut {
                stretch,
                answer,
                sentences: ranges,
            });
        }
        let casing = Casing::of(
            text,
            found.iter().flat_map(|cut| {
                let tokens = &cut.stretch.tokens;
                cut.sentences.iter().map(|range| &tokens[range.clone()])
            }),
        );
        let mut read = Vec::new();
        for Cut {
            stretch,
            answer,
            sentences,
        } in &found
        {
            let mut labels = answer.as_ref().map(|answer| {
                let words: Vec<_> = sentences.iter().map(|r| stretch.pieces_of(r)).collect();
                answer.labels(&words).into_iter()
            });
            for range in sentences {
                let forms = casing.forms(text, &stretch.tokens[range.clone()], &self.pack);
                let labels = labels.as_mut().map(|l| l.next().unwrap_or_default());
                read.extend(self.sentence(text, stretch, range, &forms, labels));
            }
        }
        Analysis {
            language: self.pack.code().to_string(),
            sentences: read,
        }
    }

    /// What the analyser says of each stretch; nothing without one.
    fn ask(&self, text: &str, stretches: &[Stretch]) -> Vec<Box<dyn Answer + '_>> {
        let Some(analyser) = &self.analyser else {
            return Vec::new();
        };
        let paragraphs: Vec<Vec<Given<'_>>> = stretches
            .iter()
            .map(|stretch| {
                let words = stretch.pieces.iter();
                given(words.map(|p| (p.form(text), p.span, p.joined)))
            })
            .collect();
        analyser.read(self.pack.code(), &paragraphs)
    }

    fn sentence(
        &self,
        text: &str,
        stretch: &Stretch,
        range: &Range<usize>,
        forms: &[String],
        labels: Option<Vec<Label>>,
    ) -> Option<Sentence> {
        let spans = stretch.tokens.get(range.clone())?;
        let span = spans.first()?.cover(*spans.last()?);
        let of_pieces = stretch.pieces_of(range);
        let mut pieces = stretch.pieces.get(of_pieces)?.to_vec();
        for piece in &mut pieces {
            piece.token -= range.start;
        }
        let forms: Vec<&str> = forms.iter().map(String::as_str).collect();
        let words = labels.map(|labels| labelled(text, &pieces, labels));
        let nodes = match &words {
            Some(words) => collapse(words, spans.len()),
            None => fallback::parse(&forms, &self.pack),
        };
        let mut tokens: Vec<Token> = spans
            .iter()
            .zip(&forms)
            .zip(&nodes)
            .map(|((span, form), node)| {
                let (lemma, voice) = self.pack.headword(form, node.upos);
                Token {
                    span: *span,
                    lemma,
                    upos: node.upos,
                    voice,
                    head: node.head,
                    relation: node.relation,
                }
            })
            .collect();
        self.settle_voices(&mut tokens, &forms);
        self.settle_complements(&mut tokens, &forms);
        let words = words.unwrap_or_else(|| expand(text, &tokens, &pieces, &self.pack));
        Some(Sentence {
            span,
            block: stretch.block,
            tokens,
            words,
        })
    }

    /// A clause that a complementizer opens is a complement: some treebanks call it an adverbial
    /// clause, and the stages above are not to care which was learnt from.
    fn settle_complements(&self, tokens: &mut [Token], forms: &[&str]) {
        let complementizers = &self.pack.settings.words.complementizers;
        for (i, form) in forms.iter().enumerate() {
            let form = form.to_lowercase();
            if tokens[i].relation == Relation::Mark
                && complementizers.contains(&form)
                && let Some(clause) = tokens[i].head
                && tokens[clause].relation == Relation::Advcl
            {
                tokens[clause].relation = Relation::Ccomp;
            }
        }
    }

    /// Where the form leaves a verb's voice open, its dependants tell it.
    fn settle_voices(&self, tokens: &mut [Token], forms: &[&str]) {
        for i in 0..tokens.len() {
            if tokens[i].upos != Upos::Verb || tokens[i].voice == Voice::Passive {
                continue;
            }
            let (mut marked, mut hinted, mut active) = (false, false, false);
            for child in tokens.iter().filter(|t| t.head == Some(i)) {
                marked |= child.relation == Relation::AuxPass;
                hinted |= matches!(
                    child.relation,
                    Relation::NsubjPass | Relation::CsubjPass | Relation::OblAgent
                );
                active |= matches!(child.relation, Relation::Aux | Relation::Nsubj);
                // A participle that hangs on a noun and has an object is a finite verb that the
                // parser could not place.
                active |= child.relation == Relation::Obj && tokens[i].relation == Relation::Acl;
            }
            let (passive, auxiliary) = (marked || hinted && !active, active);
            let participle = self.pack.may_be_participle(forms[i]);
            let reduced = tokens[i].relation == Relation::Acl
                || (tokens[i].relation == Relation::Conj
                    && tokens[i]
                        .head
                        .is_some_and(|h| tokens[h].voice == Voice::Passive));
            let bare =
                participle && !auxiliary && (reduced || self.pack.is_only_participle(forms[i]));
            if passive || bare {
                tokens[i].voice = Voice::Passive;
            } else if tokens[i].voice == Voice::None && participle {
                tokens[i].voice = Voice::Active;
            }
        }
    }
}

/// Words with their places as an analyser is asked about them; the last of each says whether a
/// word is written as one with the word before.
///
/// Texts that were cut into words before have a space before every mark. An analyser learnt from
/// text as it is set, so marks are told as if they stood where they are set.
fn given<'t>(words: impl Iterator<Item = (&'t str, Span, bool)>) -> Vec<Given<'t>> {
    let mut end = None;
    let mut opened = false;
    let given = |(form, span, joined): (&'t str, Span, bool)| {
        let stuck = opened || all_of(form, ".,;:!?%)]}»”’…");
        opened = all_of(form, "([{«“‘");
        let spaced = match end {
            None => true,
            Some(_) if stuck && !joined => false,
            // Forms that are not printed are read as words apart.
            Some(end) if joined => span.start() < end,
            Some(end) => span.start() > end,
        };
        end = Some(span.end());
        Given { form, spaced }
    };
    words.map(given).collect()
}

/// Whether a word consists of some of the marks alone.
fn all_of(form: &str, marks: &str) -> bool {
    !form.is_empty() && form.chars().all(|c| marks.contains(c))
}

/// How sure it is that a sentence ends with each token: what is said of its last word.
fn token_ends(stretch: &Stretch, ends: &[f32]) -> Option<Vec<f32>> {
    let mut out = vec![f32::NEG_INFINITY; stretch.tokens.len()];
    for (i, piece) in stretch.pieces.iter().enumerate() {
        *out.get_mut(piece.token)? = *ends.get(i)?;
    }
    Some(out)
}

/// The parts of `span` that lie outside `skip`.
fn outside(span: Span, skip: Option<Span>) -> Vec<Span> {
    let Some(skip) = skip.filter(|s| s.overlaps(span)) else {
        return vec![span];
    };
    let before = Span::new(span.start(), skip.start().max(span.start()));
    let after = Span::new(skip.end().min(span.end()), span.end());
    [before, after]
        .into_iter()
        .filter(|s| !s.is_empty())
        .collect()
}
