//! Syntactic words: what a treebank annotates beneath and between printed tokens.
//!
//! Later stages read tokens, words as printed, since names, frames and spans are about print. A
//! parser is trained on words as Universal Dependencies cut them: `bukunya` is two words written
//! as one, `well-known` is three. So a sentence carries both. A trained analyser fills [`SyntacticWord`]s,
//! and tokens are derived from them by [`collapse`]; a tree over tokens is spread over the words
//! beneath by [`expand`].

use std::ops::Range;

use kronik_text::Span;

use crate::analyser::Label;
use crate::analysis::{Relation, Token, Upos};
use crate::pack::Pack;
use crate::splitting::Piece;

/// A syntactic word as Universal Dependencies v2 define it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntacticWord {
    /// Where it is printed, in bytes of the article's text.
    pub span: Span,
    /// Its form, where that is not what is printed at `span`.
    pub form: Option<Box<str>>,
    /// Index of the token it stands in.
    pub token: usize,
    /// True if it is written as one with the word before it (a multiword token of CoNLL-U).
    pub joined: bool,
    /// Headword as treebanks write it.
    pub lemma: String,
    /// Universal part of speech.
    pub upos: Upos,
    /// Features as treebanks write them, `Number=Sing|Person=3`; empty if it has none.
    pub features: String,
    /// Index of the head among the sentence's words; `None` for the root.
    pub head: Option<usize>,
    /// Relation to the head, with its subtype.
    pub relation: String,
    /// Name it is part of.
    pub entity: Option<EntityTag>,
}

impl SyntacticWord {
    /// The form, in the text it was read from.
    pub fn form<'a>(&'a self, text: &'a str) -> &'a str {
        self.form
            .as_deref()
            .unwrap_or_else(|| self.span.slice(text))
    }
}

/// What a name names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EntityKind {
    /// Somebody.
    Person,
    /// A body, party, company, agency.
    Organisation,
    /// Somewhere, states included.
    Location,
}

impl EntityKind {
    /// All kinds with the names that data sets use.
    pub const ALL: [(EntityKind, &'static str); 3] = [
        (EntityKind::Person, "PER"),
        (EntityKind::Organisation, "ORG"),
        (EntityKind::Location, "LOC"),
    ];

    /// The data sets' name.
    pub fn name(self) -> &'static str {
        EntityKind::ALL
            .iter()
            .find(|(k, _)| *k == self)
            .map_or("", |(_, n)| n)
    }

    /// The kind of that name.
    pub fn from_name(name: &str) -> Option<EntityKind> {
        EntityKind::ALL
            .iter()
            .find(|(_, n)| *n == name)
            .map(|(k, _)| *k)
    }
}

/// That a word is part of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct EntityTag {
    /// What the name names.
    pub kind: EntityKind,
    /// True for the first word of the name.
    pub begins: bool,
}

/// A name in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// What it names.
    pub kind: EntityKind,
    /// Its place, from its first syntactic word to its last, in bytes of the article's text. It
    /// may be shorter than its tokens: a clitic is no part of a name.
    pub span: Span,
    /// The tokens it stands in.
    pub tokens: Range<usize>,
}

/// The names that syntactic words are marked with, in order; they never overlap, but two may
/// stand in one token (`Jakarta-Bandung`).
pub(crate) fn names(words: &[SyntacticWord]) -> Vec<Name> {
    let mut names: Vec<Name> = Vec::new();
    let mut open = false;
    for word in words {
        let Some(tag) = word.entity else {
            open = false;
            continue;
        };
        match names.last_mut() {
            Some(name) if open && !tag.begins && name.kind == tag.kind => {
                name.span = name.span.cover(word.span);
                name.tokens.end = word.token + 1;
            }
            _ => names.push(Name {
                kind: tag.kind,
                span: word.span,
                tokens: word.token..word.token + 1,
            }),
        }
        open = true;
    }
    names
}

/// The words of one sentence from the labels of an analyser. `tokens` are the sentence's tokens
/// and the pieces' token indices are into them.
///
/// A head that is out of range or makes a cycle is put right: every word hangs under the root.
pub(crate) fn labelled(text: &str, pieces: &[Piece], labels: Vec<Label>) -> Vec<SyntacticWord> {
    let mut labels = labels.into_iter();
    let mut words: Vec<SyntacticWord> = pieces
        .iter()
        .map(|piece| {
            let label = labels.next().unwrap_or_default();
            SyntacticWord {
                span: piece.span,
                form: piece.form.clone(),
                token: piece.token,
                joined: piece.joined,
                lemma: label.lemma,
                upos: label.upos,
                features: label.features,
                head: label.head,
                relation: label.relation,
                entity: label.entity,
            }
        })
        .collect();
    make_tree(&mut words);
    trim_names(text, &mut words);
    words
}

/// No name begins or ends with a mark, unless the mark closes a bracket that opens in the name.
fn trim_names(text: &str, words: &mut [SyntacticWord]) {
    let mark = |word: &SyntacticWord| word.upos == Upos::Punct;
    let mut start = 0;
    while start < words.len() {
        let Some(tag) = words[start].entity else {
            start += 1;
            continue;
        };
        let goes_on = |word: &&SyntacticWord| {
            word.entity
                .is_some_and(|next| !next.begins && next.kind == tag.kind)
        };
        let mut end = start + 1 + words[start + 1..].iter().take_while(goes_on).count();
        let next = end;
        while start < end && mark(&words[start]) {
            words[start].entity = None;
            start += 1;
        }
        let is = |word: &SyntacticWord, bracket: &str| word.form(text) == bracket;
        while start < end && mark(&words[end - 1]) {
            let opens = |w: &SyntacticWord| is(w, "(");
            if is(&words[end - 1], ")") && words[start..end].iter().any(opens) {
                break;
            }
            end -= 1;
            words[end].entity = None;
        }
        if start < end {
            words[start].entity = Some(EntityTag {
                begins: true,
                ..tag
            });
        }
        start = next;
    }
}

/// One root, no cycle, and `root` for the root alone.
pub(crate) fn make_tree(words: &mut [SyntacticWord]) {
    let count = words.len();
    for (i, word) in words.iter_mut().enumerate() {
        word.head = word.head.filter(|h| *h < count && *h != i);
    }
    let root = words.iter().position(|w| w.head.is_none()).unwrap_or(0);
    for i in 0..count {
        if i == root {
            words[i].head = None;
            words[i].relation = Relation::Root.name().to_string();
        } else if depth(words, i).is_none() || words[i].head.is_none() {
            words[i].head = Some(root);
        }
        if i != root && matches!(words[i].relation.as_str(), "root" | "") {
            words[i].relation = Relation::Parataxis.name().to_string();
        }
    }
}

/// Steps from word `i` to a word without a head; none if there is a cycle.
fn depth(words: &[SyntacticWord], i: usize) -> Option<usize> {
    let (mut at, mut steps) = (i, 0);
    while let Some(head) = words.get(at)?.head {
        at = head;
        steps += 1;
        if steps > words.len() {
            return None;
        }
    }
    Some(steps)
}

/// Part of speech, head and relation of one token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Node {
    pub upos: Upos,
    pub head: Option<usize>,
    pub relation: Relation,
}

/// Part of speech, head and relation of each of `count` tokens: those of its main word, the one
/// nearest to the root. Its head lies outside the token, and so the tokens form a tree too.
pub(crate) fn collapse(words: &[SyntacticWord], count: usize) -> Vec<Node> {
    let mut mains: Vec<Option<(usize, usize)>> = vec![None; count];
    for (i, word) in words.iter().enumerate() {
        let depth = depth(words, i).unwrap_or(words.len());
        if let Some(main) = mains.get_mut(word.token)
            && main.is_none_or(|(found, _)| depth < found)
        {
            *main = Some((depth, i));
        }
    }
    mains
        .iter()
        .enumerate()
        .map(|(t, main)| match main {
            Some((_, i)) => Node {
                upos: words[*i].upos,
                head: words[*i].head.map(|h| words[h].token),
                relation: Relation::from_name(&words[*i].relation),
            },
            None => Node {
                upos: Upos::X,
                head: t.checked_sub(1),
                relation: Relation::Dep,
            },
        })
        .collect()
}

/// Spreads a tree over tokens on the words beneath: the main piece of a token takes its place,
/// clitics take what the pack says of them, other pieces hang on the main one.
pub(crate) fn expand(
    text: &str,
    tokens: &[Token],
    pieces: &[Piece],
    pack: &Pack,
) -> Vec<SyntacticWord> {
    let mut mains = vec![0; tokens.len()];
    let mut first = vec![usize::MAX; tokens.len()];
    for (i, piece) in pieces.iter().enumerate() {
        let Some(at) = first.get_mut(piece.token) else {
            continue;
        };
        let last = pack.settings.words.main_is_last() && !piece.is_clitic() && !piece.is_sign(text);
        if *at == usize::MAX || last || pieces[mains[piece.token]].is_clitic() {
            mains[piece.token] = i;
        }
        *at = (*at).min(i);
    }
    let mut words: Vec<SyntacticWord> = pieces
        .iter()
        .enumerate()
        .filter_map(|(i, piece)| {
            let token = tokens.get(piece.token)?;
            let main = mains[piece.token];
            let form = piece.form(text);
            let mut word = SyntacticWord {
                span: piece.span,
                form: piece.form.clone(),
                token: piece.token,
                joined: piece.joined,
                lemma: pack.treebank_lemma(form, token.upos),
                upos: token.upos,
                features: String::new(),
                head: token.head.and_then(|h| mains.get(h).copied()),
                relation: token.relation.name().to_string(),
                entity: None,
            };
            if let Some(clitic) = piece.clitic.and_then(|c| pack.clitics.get(c)) {
                let host = if main == i {
                    token.head.map(|h| tokens[h].upos)
                } else {
                    Some(token.upos)
                };
                let says = clitic.says(host.unwrap_or(Upos::X));
                word.upos = says.upos;
                if !says.lemma.is_empty() {
                    word.lemma.clone_from(&says.lemma);
                }
                word.features.clone_from(&says.features);
                if main != i {
                    word.relation.clone_from(&says.relation);
                }
            } else if main != i {
                let sign = piece.is_sign(text);
                word.upos = if sign { Upos::Punct } else { token.upos };
                let inside = if sign {
                    Relation::Punct
                } else if pack.settings.words.main_is_last() {
                    Relation::Compound
                } else {
                    Relation::Flat
                };
                word.relation = inside.name().to_string();
                word.lemma = pack.treebank_lemma(form, word.upos);
            }
            if main != i {
                word.head = Some(main);
            }
            Some(word)
        })
        .collect();
    make_tree(&mut words);
    words
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn word(token: usize, head: Option<usize>) -> SyntacticWord {
        SyntacticWord {
            span: Span::new(0, 0),
            form: None,
            token,
            joined: false,
            lemma: String::new(),
            upos: Upos::Noun,
            features: String::new(),
            head,
            relation: if head.is_some() { "obj" } else { "root" }.to_string(),
            entity: None,
        }
    }

    #[test]
    fn names_are_runs_of_marked_words() {
        let check = |marks: &str, expected: &[(usize, usize)]| {
            let mark = |(i, c): (usize, char)| SyntacticWord {
                span: Span::new(i, i + 1),
                entity: "BI".contains(c).then_some(EntityTag {
                    kind: EntityKind::Person,
                    begins: c == 'B',
                }),
                ..word(i / 2, None)
            };
            let words: Vec<SyntacticWord> = marks.chars().enumerate().map(mark).collect();
            let found = names(&words);
            let places: Vec<_> = found
                .iter()
                .map(|n| (n.span.start(), n.span.end()))
                .collect();
            assert_eq!(places, expected, "{marks}");
            for name in found {
                let tokens = name.span.start() / 2..(name.span.end() - 1) / 2 + 1;
                assert_eq!(name.tokens, tokens, "{marks}");
            }
        };
        check("oBIIo", &[(1, 4)]);
        check("BBI", &[(0, 1), (1, 3)]);
        check("IoIB", &[(0, 1), (2, 3), (3, 4)]);
        check("", &[]);
    }

    #[test]
    fn names_do_not_end_in_marks() {
        let check = |marked: &str, expected: &str| {
            let mut text = String::new();
            let mut words = Vec::new();
            for (i, written) in marked.split(' ').enumerate() {
                let (form, tag) = written.split_once('/').unwrap();
                let start = text.len();
                text.push_str(form);
                let mut word = word(i, None);
                word.span = Span::new(start, text.len());
                if !form.starts_with(char::is_alphanumeric) {
                    word.upos = Upos::Punct;
                }
                word.entity = (tag != "O").then_some(EntityTag {
                    kind: EntityKind::Person,
                    begins: tag == "B",
                });
                words.push(word);
            }
            trim_names(&text, &mut words);
            let tag = |word: &SyntacticWord| match word.entity {
                Some(tag) if tag.begins => "B",
                Some(_) => "I",
                None => "O",
            };
            let found: Vec<&str> = words.iter().map(tag).collect();
            assert_eq!(found.join(""), expected, "{marked}");
        };
        check("Joko/B Widodo/I (/B Jokowi/I )/I ./O", "BIOBOO");
        check("Bursa/B Efek/I (/I BEI/I )/I di/O", "BIIIIO");
        check("Hamas/B ,/I Israel/B ,/I", "BOBO");
        check("(/B )/I", "OO");
        check("Abdul/B -/I Aziz/I", "BII");
    }

    fn heads(words: &[SyntacticWord], count: usize) -> Vec<Option<usize>> {
        collapse(words, count).iter().map(|c| c.head).collect()
    }

    #[test]
    fn a_token_takes_the_place_of_its_main_word() {
        // menyetujui nya | . with the verb as root.
        let words = [word(0, None), word(0, Some(0)), word(1, Some(0))];
        assert_eq!(heads(&words, 2), [None, Some(0)]);
        // well - known | towns
        let words = [
            word(0, Some(2)),
            word(0, Some(2)),
            word(0, Some(3)),
            word(1, None),
        ];
        assert_eq!(heads(&words, 2), [Some(1), None]);
    }

    #[test]
    fn two_words_with_heads_outside_make_no_cycle() {
        // The first word of token 0 hangs on token 1, which hangs on the second word of token 0.
        let words = [word(0, Some(2)), word(0, None), word(1, Some(1))];
        assert_eq!(heads(&words, 2), [None, Some(0)]);
    }

    proptest! {
        #[test]
        fn any_heads_give_trees(
            rows in prop::collection::vec((0usize..12, 0usize..3), 1..12)
        ) {
            let mut token = 0;
            let mut words = Vec::new();
            for (i, (head, step)) in rows.iter().enumerate() {
                if i > 0 && *step > 0 {
                    token += 1;
                }
                words.push(word(token, head.checked_sub(1)));
            }
            make_tree(&mut words);
            prop_assert_eq!(words.iter().filter(|w| w.head.is_none()).count(), 1);
            prop_assert_eq!(words.iter().filter(|w| w.relation == "root").count(), 1);
            prop_assert!((0..words.len()).all(|i| depth(&words, i).is_some()));
            let tokens = collapse(&words, token + 1);
            prop_assert_eq!(tokens.iter().filter(|t| t.head.is_none()).count(), 1);
            for start in 0..tokens.len() {
                let (mut at, mut steps) = (start, 0);
                while let Some(head) = tokens[at].head {
                    at = head;
                    steps += 1;
                    prop_assert!(steps <= tokens.len());
                }
            }
        }
    }
}
