//! The value this stage hands on: a tree of statements over one article.

use kronik_text::Span;

/// Index of a statement in [`Statements`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StatementIx(pub u32);

/// All statements of an article. The first is the root: the outlet's own voice, over the whole text.
#[derive(Debug, Clone, Default)]
pub struct Statements {
    /// In text order after the root.
    pub list: Vec<Statement>,
    cover: Cover,
}

/// Which pieces of content cover a span, without looking at all of them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cover {
    /// Piece and owner, by start.
    pieces: Vec<(Span, usize)>,
    /// The furthest end of the pieces up to each.
    reach: Vec<usize>,
}

impl Cover {
    pub(crate) fn new<'a>(contents: impl Iterator<Item = &'a [Span]>) -> Cover {
        let mut pieces: Vec<(Span, usize)> = contents
            .enumerate()
            .flat_map(|(i, content)| content.iter().map(move |c| (*c, i)))
            .collect();
        pieces.sort_unstable_by_key(|(c, i)| (c.start(), c.end(), *i));
        let mut furthest = 0;
        let reach = pieces
            .iter()
            .map(|(c, _)| {
                furthest = furthest.max(c.end());
                furthest
            })
            .collect();
        Cover { pieces, reach }
    }

    /// Owners of pieces that cover `span`, those that start last first.
    pub(crate) fn containing(&self, span: Span) -> impl Iterator<Item = usize> + '_ {
        let end = self
            .pieces
            .partition_point(|(c, _)| c.start() <= span.start());
        (0..end)
            .rev()
            .take_while(move |at| self.reach[*at] >= span.end())
            .filter(move |at| self.pieces[*at].0.contains(span))
            .map(|at| self.pieces[at].1)
    }
}

/// Who says something and what.
#[derive(Debug, Clone)]
pub struct Statement {
    /// One or several; empty only for the root (the publishing outlet).
    pub speakers: Vec<Speaker>,
    /// The words of saying.
    pub cue: Option<Span>,
    /// Sentence and token of the head of the cue, so that a verb of saying that is also a deed
    /// (accuse, promise) finds its statement.
    pub cue_token: Option<(usize, usize)>,
    /// What is said, in pieces, in text order.
    pub content: Vec<Span>,
    /// How it is reported.
    pub manner: Manner,
    /// What the speaker does with it.
    pub stance: Stance,
    /// The statement that reports this one; `None` for the root.
    pub within: Option<StatementIx>,
    /// Index into `Mentions::times` of when it was said.
    pub said: Option<usize>,
    /// The rule that found it, e.g. `speech:id/mengatakan` or `relay:id/seperti diberitakan`.
    pub rule: String,
}

/// Who speaks.
#[derive(Debug, Clone)]
pub struct Speaker {
    /// Index into `Mentions::actors`, where the speaker is a known mention.
    pub actor: Option<usize>,
    /// The words that name the speaker here.
    pub span: Span,
    /// The longest name printed in the article; for a group or office without a name the words as
    /// printed; the descriptor's words for an unnamed source.
    pub name: String,
    /// A source that will not be named.
    pub unnamed: bool,
}

/// How words are reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Manner {
    Quoted,
    Paraphrased,
    Mixed,
    Relayed,
    Own,
}

impl Manner {
    /// The record's word for it.
    pub fn name(self) -> &'static str {
        match self {
            Manner::Quoted => "quoted",
            Manner::Paraphrased => "paraphrased",
            Manner::Mixed => "mixed",
            Manner::Relayed => "relayed",
            Manner::Own => "own",
        }
    }
}

/// What a speaker does with what is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Stance {
    Asserts,
    Denies,
    Accuses,
    Doubts,
    Promises,
    Demands,
    Declines,
}

impl Stance {
    /// All stances with the names that records and `speech.tsv` use.
    pub const ALL: [(Stance, &'static str); 7] = [
        (Stance::Asserts, "asserts"),
        (Stance::Denies, "denies"),
        (Stance::Accuses, "accuses"),
        (Stance::Doubts, "doubts"),
        (Stance::Promises, "promises"),
        (Stance::Demands, "demands"),
        (Stance::Declines, "declines"),
    ];

    /// The record's word for it.
    pub fn name(self) -> &'static str {
        Stance::ALL
            .iter()
            .find(|(s, _)| *s == self)
            .map_or("asserts", |(_, n)| n)
    }

    /// The stance of that name.
    pub fn from_name(name: &str) -> Option<Stance> {
        Stance::ALL
            .iter()
            .find(|(_, n)| *n == name)
            .map(|(s, _)| *s)
    }
}

impl Statements {
    /// The root: the outlet's own voice.
    pub const ROOT: StatementIx = StatementIx(0);

    /// Statements whose contents stand as they are.
    pub fn new(list: Vec<Statement>) -> Statements {
        // The root covers everything and needs no looking up.
        let contents = list.iter().map(|s| match s.within {
            Some(_) => s.content.as_slice(),
            None => &[],
        });
        let cover = Cover::new(contents);
        Statements { list, cover }
    }

    /// The statement at `ix`.
    pub fn get(&self, ix: StatementIx) -> &Statement {
        &self.list[ix.0 as usize]
    }

    /// Indices of the statements whose words of saying stand in a sentence.
    pub fn of_sentence(&self, sentence: usize) -> std::ops::Range<usize> {
        let of = |s: &Statement| s.cue_token.map_or(0, |(i, _)| i + 1);
        let first = self.list.partition_point(|s| of(s) < sentence + 1);
        let rest = self.list[first..].partition_point(|s| of(s) == sentence + 1);
        first..first + rest
    }

    /// The innermost statement whose content covers `span`.
    pub fn innermost(&self, span: Span) -> StatementIx {
        let mut best = Self::ROOT;
        let mut depth = 0;
        for i in self.cover.containing(span) {
            let ix = StatementIx(i as u32);
            let here = self.chain(ix).len();
            if here > depth || here == depth && ix < best {
                (best, depth) = (ix, here);
            }
        }
        best
    }

    /// `ix` and what it stands in, outward to the root.
    pub fn chain(&self, ix: StatementIx) -> Vec<StatementIx> {
        let mut chain = vec![ix];
        let mut at = ix;
        while let Some(outer) = self.get(at).within {
            if chain.contains(&outer) {
                break;
            }
            chain.push(outer);
            at = outer;
        }
        chain
    }

    /// Speakers' names along the chain of `ix`, nearest first; `unnamed` for a source that will
    /// not be named; the outlet left out.
    pub fn said_by(&self, ix: StatementIx) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for ix in self.chain(ix) {
            for speaker in &self.get(ix).speakers {
                let name = if speaker.unnamed {
                    "unnamed".to_string()
                } else {
                    speaker.name.clone()
                };
                if !names.contains(&name) {
                    names.push(name);
                }
            }
        }
        names
    }
}
