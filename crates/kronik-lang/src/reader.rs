//! From blocks of a text to an [`Analysis`].

use kronik_record::{Files, Result};
use kronik_text::Span;

use crate::analysis::{Analysis, Relation, Sentence, Token, Upos, Voice};
use crate::derivation::Category;
use crate::fallback;
use crate::pack::Pack;
use crate::sentences::sentences;
use crate::syntax::Model;
use crate::tokens::tokens;
use crate::truecase::Casing;

/// Part of speech, head and relation of one token, before the pack has its say.
pub(crate) struct Node {
    pub upos: Upos,
    pub head: Option<usize>,
    pub relation: Relation,
}

/// Reads texts of one language.
///
/// Works with whatever there is: without a trained model, parts of speech come from the pack's
/// tables and there is no syntax; without a pack, generic rules cut sentences and tokens.
#[derive(Debug)]
pub struct Reader {
    pack: Pack,
    model: Option<Model>,
}

impl Reader {
    /// A reader for the language `code`, from its pack and its model if they are there.
    ///
    /// # Errors
    /// When a file of the pack or the model is there and cannot be used.
    pub fn load(files: &Files, code: &str) -> Result<Reader> {
        let pack = match files.get(&format!("languages/{code}/pack.toml")) {
            Some(_) => Pack::load(files, code)?,
            None => Pack::generic(code),
        };
        let path = format!("models/syntax-{code}.bin");
        let model = match files.get_bytes(&path) {
            Some(bytes) => Some(Model::load(&path, bytes)?),
            None => None,
        };
        Ok(Reader { pack, model })
    }

    /// The language's tables.
    pub fn pack(&self) -> &Pack {
        &self.pack
    }

    /// Reads the given blocks of `text` (index in the article, and place), in order. Nothing in
    /// `skip` is read: the place and outlet in front of the first sentence.
    pub fn read(&self, text: &str, blocks: &[(usize, Span)], skip: Option<Span>) -> Analysis {
        let mut found: Vec<(usize, Vec<Span>)> = Vec::new();
        for (block, span) in blocks {
            for part in outside(*span, skip) {
                let tokens = tokens(text, part, &self.pack);
                for range in sentences(text, &tokens, &self.pack) {
                    found.push((*block, tokens[range].to_vec()));
                }
            }
        }
        let casing = Casing::of(text, found.iter().map(|(_, tokens)| tokens.as_slice()));
        let sentences = found
            .into_iter()
            .filter_map(|(block, tokens)| {
                let forms = casing.forms(text, &tokens, &self.pack);
                self.sentence(block, &tokens, &forms)
            })
            .collect();
        Analysis {
            language: self.pack.code().to_string(),
            sentences,
        }
    }

    fn sentence(&self, block: usize, spans: &[Span], forms: &[String]) -> Option<Sentence> {
        let span = spans.first()?.cover(*spans.last()?);
        let forms: Vec<&str> = forms.iter().map(String::as_str).collect();
        let mut nodes = self.parse(&forms);
        for (node, form) in nodes.iter_mut().zip(&forms) {
            self.correct(node, form);
        }
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
        Some(Sentence {
            span,
            block,
            tokens,
        })
    }

    /// The one place where a trained model takes over from the tables.
    fn parse(&self, forms: &[&str]) -> Vec<Node> {
        match &self.model {
            Some(model) => model.parse(forms, &self.pack),
            None => fallback::parse(forms, &self.pack),
        }
    }

    /// A finite form of a known verb is no noun, whatever its neighbours suggest (`menuduh Korea
    /// mengirim tentara`).
    fn correct(&self, node: &mut Node, form: &str) {
        if node.upos == Upos::Noun
            && self.pack.words(form).is_empty()
            && let Some(derivation) = self.pack.derivation(form, Upos::Verb)
            && derivation.known
            && matches!(derivation.category, Category::Active | Category::Passive)
        {
            node.upos = Upos::Verb;
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
