//! Sentences of a treebank (CoNLL-U), cut into the words that our tokenizer sees.
//!
//! Treebanks cut clitics and hyphenated words that we read as one, and now and then the other
//! way round. What is learnt must look like what is read, so the text of each sentence is put
//! together again and cut by our own rules; a token takes part of speech and relation from the
//! word in it whose head lies outside.

use kronik_text::Span;

use crate::pack::Pack;
use crate::tokens::tokens;
use crate::{Relation, Upos};

/// A sentence with its tree.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tree {
    /// The words as printed.
    pub forms: Vec<String>,
    /// Part of speech of each.
    pub tags: Vec<Upos>,
    /// Head of each; none for the root.
    pub heads: Vec<Option<usize>>,
    /// Relation of each to its head.
    pub relations: Vec<Relation>,
    /// Which treebank it is from: 0 for the one whose manner the model shall have, else 1.
    pub source: u32,
}

/// A word of the treebank with its place in the text.
struct Raw {
    span: Span,
    tag: Upos,
    head: Option<usize>,
    relation: Relation,
}

/// Sentences of a CoNLL-U file. Lines that are no words of the format are passed over.
pub fn read(text: &str, pack: &Pack) -> Vec<Tree> {
    text.split("\n\n")
        .filter_map(|block| sentence(block, pack))
        .collect()
}

fn sentence(block: &str, pack: &Pack) -> Option<Tree> {
    let mut text = String::new();
    let mut words: Vec<Raw> = Vec::new();
    // The number of the last word inside the range being read, and the range's place.
    let mut range: Option<(usize, Span, usize)> = None;
    for line in block.lines().filter(|l| !l.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [id, form, _, upos, _, _, head, relation, _, misc] = cells[..] else {
            continue;
        };
        let space = !misc.contains("SpaceAfter=No");
        let mut print = |form: &str| {
            let start = text.len();
            text.push_str(form);
            let span = Span::new(start, text.len());
            if space {
                text.push(' ');
            }
            span
        };
        if let Some((_, last)) = id.split_once('-') {
            let span = print(form);
            range = Some((last.parse().ok()?, span, span.start()));
            continue;
        }
        let Ok(number) = id.parse::<usize>() else {
            continue;
        };
        let span = match &mut range {
            Some((last, whole, at)) if number <= *last => part(&text, *whole, at, form),
            _ => print(form),
        };
        words.push(Raw {
            span,
            tag: Upos::from_name(upos).unwrap_or(Upos::X),
            head: head.parse::<usize>().ok()?.checked_sub(1),
            relation: Relation::from_name(relation),
        });
    }
    let spans = tokens(&text, Span::new(0, text.len()), pack);
    (!spans.is_empty()).then(|| cut(&text, &spans, &words))
}

/// The place of `form` inside a range of several words: its own if the range's letters go on with
/// it at `at`, else the whole range.
fn part(text: &str, whole: Span, at: &mut usize, form: &str) -> Span {
    let rest = text.get(*at..whole.end()).unwrap_or("");
    if rest.starts_with(form) {
        let span = Span::new(*at, *at + form.len());
        *at = span.end();
        return span;
    }
    whole
}

fn cut(text: &str, spans: &[Span], words: &[Raw]) -> Tree {
    // The first token of each word, and for each token the words it covers.
    let mut anchor = vec![0; words.len()];
    let mut covered: Vec<Vec<usize>> = vec![Vec::new(); spans.len()];
    for (w, word) in words.iter().enumerate() {
        let mut first = None;
        for (t, span) in spans.iter().enumerate() {
            if span.overlaps(word.span) {
                covered[t].push(w);
                first = first.or(Some(t));
            }
        }
        anchor[w] = first.unwrap_or(0);
    }
    let mut tree = Tree::default();
    for (t, span) in spans.iter().enumerate() {
        let inside = |head: usize| covered[t].contains(&head);
        let outward = |w: &&usize| words[**w].head.is_none_or(|h| !inside(h));
        let main = covered[t]
            .iter()
            .find(outward)
            .or_else(|| covered[t].first())
            .copied();
        let (tag, head, relation) = match main {
            None => (Upos::Punct, t.checked_sub(1), Relation::Punct),
            // A later part of a word that we cut hangs on the first.
            Some(w) if anchor[w] != t => (words[w].tag, Some(anchor[w]), Relation::Flat),
            Some(w) => {
                let head = words[w].head.and_then(|h| anchor.get(h)).copied();
                (words[w].tag, head, words[w].relation)
            }
        };
        tree.forms.push(span.slice(text).to_string());
        tree.tags.push(tag);
        tree.heads.push(head.filter(|h| *h != t));
        tree.relations.push(relation);
    }
    tree
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "# text = x\n";

    fn row(cells: &[&str; 6]) -> String {
        let [id, form, upos, head, relation, misc] = cells;
        format!("{id}\t{form}\t_\t{upos}\t_\t_\t{head}\t{relation}\t_\t{misc}\n")
    }

    #[test]
    fn a_clitic_stays_with_its_word() {
        let text = [
            HEAD.to_string(),
            row(&["1", "Mereka", "PRON", "2", "nsubj", "_"]),
            row(&["2-3", "menyetujuinya", "_", "_", "_", "SpaceAfter=No"]),
            row(&["2", "menyetujui", "VERB", "0", "root", "_"]),
            row(&["3", "nya", "PRON", "2", "obj", "_"]),
            row(&["4", ".", "PUNCT", "2", "punct", "_"]),
        ]
        .concat();
        // The pack has no rule for the clitic, so the tokenizer keeps the word whole.
        let trees = read(&text, &Pack::generic("id"));
        let tree = &trees[0];
        assert_eq!(tree.forms, ["Mereka", "menyetujuinya", "."]);
        assert_eq!(tree.heads, [Some(1), None, Some(1)]);
        assert_eq!(tree.tags, [Upos::Pron, Upos::Verb, Upos::Punct]);
    }

    #[test]
    fn a_hyphenated_word_is_one() {
        let text = [
            row(&["1", "well", "ADV", "3", "advmod", "SpaceAfter=No"]),
            row(&["2", "-", "PUNCT", "3", "punct", "SpaceAfter=No"]),
            row(&["3", "known", "ADJ", "4", "amod", "_"]),
            row(&["4", "towns", "NOUN", "0", "root", "_"]),
        ]
        .concat();
        let tree = &read(&text, &Pack::generic("en"))[0];
        assert_eq!(tree.forms, ["well-known", "towns"]);
        assert_eq!(tree.heads, [Some(1), None]);
        assert_eq!(tree.relations, [Relation::Amod, Relation::Root]);
    }
}
