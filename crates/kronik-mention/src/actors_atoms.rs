//! A sentence as a row of atoms: names of the atlas, offices, nouns that act, unknown names.
//!
//! Phrases are built from these, so that the question "is this a name?" is answered once.

use kronik_lang::{Sentence, Upos};

use crate::actors_lexicon::{ActorLexicon, Agent, Noun};
use crate::gazetteer::{EntryKind, Gazetteer, Hit, words_of};

/// What an atom is.
#[derive(Debug, Clone)]
pub(crate) enum Matter {
    /// A name of the atlas.
    Known(Vec<Hit>),
    /// An office with its sector.
    Title(String),
    /// A noun that acts; true where the form is a plural.
    Agent(Agent, bool),
    /// Capitalised words that the atlas does not know.
    Name,
}

/// A stretch of tokens, half-open.
#[derive(Debug, Clone)]
pub(crate) struct Atom {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) matter: Matter,
}

/// A sentence's forms in the ways they are asked for.
pub(crate) struct Forms<'t> {
    pub(crate) printed: Vec<&'t str>,
    pub(crate) lower: Vec<String>,
    pub(crate) lemma: Vec<String>,
    pub(crate) upper: Vec<bool>,
    /// Nearly every word has a capital: capitals say nothing here.
    pub(crate) headline: bool,
}

impl<'t> Forms<'t> {
    pub(crate) fn of(text: &'t str, sentence: &Sentence) -> Forms<'t> {
        let printed: Vec<&str> = (0..sentence.tokens.len())
            .map(|i| sentence.form(text, i))
            .collect();
        let lower = printed.iter().map(|f| f.to_lowercase()).collect();
        let lemma = sentence
            .tokens
            .iter()
            .map(|t| t.lemma.to_lowercase())
            .collect();
        let upper: Vec<bool> = printed
            .iter()
            .map(|f| f.starts_with(char::is_uppercase))
            .collect();
        let words = printed
            .iter()
            .filter(|f| f.starts_with(char::is_alphabetic))
            .count();
        let capitals = upper.iter().filter(|u| **u).count();
        // Headlines in capitals have no full stop; a short sentence full of names has one.
        let stopped = printed
            .last()
            .is_some_and(|f| matches!(*f, "." | "!" | "?" | "…"));
        let headline = words >= 4 && capitals * 10 >= words * 7 && !stopped;
        Forms {
            printed,
            lower,
            lemma,
            upper,
            headline,
        }
    }
}

/// The atoms of a sentence, in order, without overlap.
pub(crate) fn atoms(
    text: &str,
    sentence: &Sentence,
    forms: &Forms<'_>,
    gazetteer: &Gazetteer,
    lexicon: &ActorLexicon,
) -> Vec<Atom> {
    let mut found = fixed(text, sentence, forms, gazetteer, lexicon);
    names(sentence, forms, gazetteer, lexicon, &mut found);
    found
}

/// Names of the atlas and nouns of the tables.
fn fixed(
    text: &str,
    sentence: &Sentence,
    forms: &Forms<'_>,
    gazetteer: &Gazetteer,
    lexicon: &ActorLexicon,
) -> Vec<Atom> {
    let slice = sentence.span.slice(text);
    let base = sentence.span.start();
    let words: Vec<(usize, &str)> = words_of(slice).collect();
    let plain: Vec<&str> = words.iter().map(|w| w.1).collect();
    let tokens = &sentence.tokens;
    // First word of each token, and the token that ends with each word.
    let mut first_word = vec![None; tokens.len()];
    let mut ends = vec![None; words.len()];
    for (w, (at, word)) in words.iter().enumerate() {
        let (start, end) = (base + at, base + at + word.len());
        let t = tokens.partition_point(|t| t.span.end() <= start);
        let Some(token) = tokens.get(t) else { continue };
        if first_word[t].is_none() {
            first_word[t] = Some(w);
        }
        let next = words.get(w + 1).map_or(usize::MAX, |(at, _)| base + at);
        if end <= token.span.end() && next >= token.span.end() {
            ends[w] = Some(t + 1);
        }
    }
    let mut found = Vec::new();
    let mut t = 0;
    while t < tokens.len() {
        let noun = lexicon.noun_at(&forms.lower[t..], &forms.lemma[t..]);
        let name = first_word[t].and_then(|w| {
            let fits = |n: usize| {
                ends[w + n - 1].is_some_and(|end| !tied(slice, base, tokens[end - 1].span.end()))
            };
            let capital = forms.printed[t].chars().any(char::is_uppercase)
                || plain.get(w + 1).is_some_and(|_| !forms.upper[t]);
            if !capital {
                return None;
            }
            let (n, hits) = gazetteer.longest(&plain[w..], fits)?;
            Some((ends[w + n - 1]? - t, hits))
        });
        let (len, matter) = match (name, noun) {
            (Some((n, hits)), noun)
                if noun
                    .as_ref()
                    .is_none_or(|(m, ..)| n > *m || (n == *m && !weak(&hits, gazetteer))) =>
            {
                (n, Matter::Known(hits))
            }
            (_, Some((m, noun, plural))) => {
                // A name that starts inside the phrase and runs beyond it wins over its tail.
                let owned = owned_before(&found, t, forms, gazetteer, lexicon);
                let verb = m == 1
                    && sentence.tokens[t].upos == Upos::Verb
                    && !owned
                    && stands_as_verb(sentence, t);
                if verb {
                    t += 1;
                    continue;
                }
                (
                    m,
                    match noun {
                        Noun::Title(sector) => Matter::Title(sector.clone()),
                        Noun::Agent(agent) => Matter::Agent(agent.clone(), plural),
                    },
                )
            }
            _ => {
                t += 1;
                continue;
            }
        };
        found.push(Atom {
            start: t,
            end: t + len,
            matter,
        });
        t += len;
    }
    found
}

/// Right behind an adjective of a people or a genitive: what follows is a noun.
fn owned_before(
    found: &[Atom],
    t: usize,
    forms: &Forms<'_>,
    gazetteer: &Gazetteer,
    lexicon: &ActorLexicon,
) -> bool {
    let genitive = t > 0 && lexicon.has("genitive", &forms.lower[t - 1]);
    let people = found.last().is_some_and(|atom| {
        let Matter::Known(hits) = &atom.matter else {
            return false;
        };
        let mut entries = hits.iter().filter_map(|h| gazetteer.entry_of(*h));
        atom.end == t && entries.any(|e| e.kind == EntryKind::People)
    });
    genitive || (people && lexicon.modifier_first)
}

/// A verb by its tag and by its place in the sentence, though the tables know a noun of that form.
fn stands_as_verb(sentence: &Sentence, t: usize) -> bool {
    let before = t.checked_sub(1).map(|b| sentence.tokens[b].upos);
    !matches!(before, Some(Upos::Det | Upos::Adj | Upos::Num | Upos::Adp))
}

/// `Iran-backed`: the hyphen makes the name a part of an adjective.
fn tied(slice: &str, base: usize, end: usize) -> bool {
    let rest = slice.get(end - base..).unwrap_or("");
    let mut chars = rest.chars();
    matches!(chars.next(), Some('-' | '\u{2010}' | '\u{2011}'))
        && chars.next().is_some_and(char::is_lowercase)
}

/// Only a place or a person: a word of the tables is likelier.
fn weak(hits: &[Hit], gazetteer: &Gazetteer) -> bool {
    hits.iter().all(|h| {
        gazetteer
            .entry_of(*h)
            .is_none_or(|e| e.kind == EntryKind::Person)
    })
}

/// Adds unknown names, and joins to them single words that the atlas took for a place or a
/// surname (`Joseph Paris`).
fn names(
    sentence: &Sentence,
    forms: &Forms<'_>,
    gazetteer: &Gazetteer,
    lexicon: &ActorLexicon,
    found: &mut Vec<Atom>,
) {
    let n = sentence.tokens.len();
    let mut owner: Vec<Option<usize>> = vec![None; n];
    for (a, atom) in found.iter().enumerate() {
        owner[atom.start..atom.end].fill(Some(a));
    }
    let wordlike = |t: usize| {
        let form = forms.printed[t];
        form.starts_with(char::is_alphabetic)
            && forms.upper[t]
            && !form.contains(|c: char| c.is_ascii_digit())
            && !pair_of_names(form, gazetteer)
            && !lexicon.has("not-name", form)
            && !lexicon.has("article", &forms.lower[t])
            && !lexicon.has("place-noun", &forms.lower[t])
            && lexicon.pronoun(&forms.lower[t]).is_none()
            && !matches!(
                sentence.tokens[t].upos,
                Upos::Adp
                    | Upos::Aux
                    | Upos::Cconj
                    | Upos::Det
                    | Upos::Pron
                    | Upos::Sconj
                    | Upos::Part
            )
    };
    let free = |t: usize| owner[t].is_none() && wordlike(t);
    // In a language whose heads come first, a noun behind a name is part of it (`Dewi Putri`).
    let swallowed = |t: usize| {
        !lexicon.modifier_first
            && wordlike(t)
            && owner[t].is_some_and(|a| {
                found[a].end - found[a].start == 1
                    && matches!(found[a].matter, Matter::Agent(..) | Matter::Title(_))
            })
    };
    let single = |t: usize| {
        owner[t].is_some_and(|a| match &found[a].matter {
            Matter::Known(hits) => found[a].end - found[a].start == 1 && weak(hits, gazetteer),
            _ => false,
        })
    };
    let person = |t: usize| {
        owner[t].is_some_and(|a| match &found[a].matter {
            Matter::Known(hits) => hits.iter().any(|h| {
                gazetteer
                    .entry_of(*h)
                    .is_some_and(|e| e.kind == EntryKind::Person)
            }),
            _ => false,
        })
    };
    let mut added = Vec::new();
    let mut t = 0;
    while t < n {
        if forms.headline || !(free(t) || (single(t) && person(t) && t + 1 < n && free(t + 1))) {
            t += 1;
            continue;
        }
        let first = t;
        let mut end = t + 1;
        while end < n {
            if free(end) || (single(end) && wordlike(end)) || swallowed(end) {
                end += 1;
            } else if owner[end].is_none()
                && lexicon.has("particle", &forms.lower[end])
                && end + 1 < n
                && (free(end + 1) || single(end + 1))
                && !lexicon.has("place-preposition", &forms.lower[end])
            {
                end += 2;
            } else {
                break;
            }
        }
        // An ordinary word that only opens the sentence.
        let opens =
            first == 0 || (first == 1 && !forms.printed[0].starts_with(char::is_alphanumeric));
        let plain = !matches!(sentence.tokens[first].upos, Upos::Propn | Upos::X);
        if opens && plain && !single(first) {
            t = first + 1;
            continue;
        }
        added.push(Atom {
            start: first,
            end,
            matter: Matter::Name,
        });
        t = end;
    }
    if added.is_empty() {
        return;
    }
    found.retain(|atom| {
        !added
            .iter()
            .any(|a| a.start <= atom.start && atom.end <= a.end)
    });
    found.extend(added);
    found.sort_by_key(|atom| atom.start);
}

/// `Rusia-Ukraina`: two names, not one.
fn pair_of_names(form: &str, gazetteer: &Gazetteer) -> bool {
    let words: Vec<&str> = words_of(form).map(|w| w.1).collect();
    words.len() == 2
        && words.iter().all(|w| {
            gazetteer
                .longest(&[*w], |_| true)
                .is_some_and(|(_, hits)| !weak(&hits, gazetteer))
        })
}
