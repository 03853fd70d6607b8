//! Names in text that nobody cut into words: told by where they are printed.

use anyhow::{Result, ensure};

use super::words::{Sentence, names};

/// A name's kind and its place in the text, in Unicode code points.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Placed {
    pub kind: String,
    pub start: usize,
    pub end: usize,
}

/// Places of the annotated names in the text that the sentences were cut from.
pub fn annotated(text: &str, sentences: &[Sentence]) -> Result<Vec<Placed>> {
    let mut chars = text.chars().enumerate().filter(|(_, c)| !c.is_whitespace());
    let mut out = Vec::new();
    for sentence in sentences {
        let mut places = Vec::new();
        for (word, _) in sentence {
            let (mut start, mut end) = (None, 0);
            for expected in word.chars() {
                let found = chars.next();
                ensure!(
                    found.is_some_and(|(_, c)| c == expected),
                    "the text has {found:?} where {word:?} is annotated"
                );
                if let Some((at, _)) = found {
                    start = start.or(Some(at));
                    end = at + 1;
                }
            }
            places.push((start.unwrap_or(end), end));
        }
        out.extend(of_words(sentence, &places));
    }
    Ok(out)
}

/// Places of the names in CoNLL-U with `start`, `end` and `NER` in its last column.
pub fn printed(conllu: &str) -> Vec<Placed> {
    let mut out = Vec::new();
    for block in conllu.split("\n\n") {
        let (mut sentence, mut places) = (Sentence::new(), Vec::new());
        for line in block.lines().filter(|l| !l.starts_with('#')) {
            let cells: Vec<&str> = line.split('\t').collect();
            let (Some(id), Some(misc)) = (cells.first(), cells.get(9)) else {
                continue;
            };
            if id.parse::<usize>().is_err() {
                continue;
            }
            let told = |name: &str| misc.split('|').find_map(|m| m.strip_prefix(name));
            let place = |name: &str| told(name).and_then(|n| n.parse().ok()).unwrap_or(0);
            places.push((place("start="), place("end=")));
            sentence.push((String::new(), told("NER=").unwrap_or("O").to_string()));
        }
        out.extend(of_words(&sentence, &places));
    }
    out
}

fn of_words(sentence: &Sentence, places: &[(usize, usize)]) -> Vec<Placed> {
    names(sentence.iter().map(|(_, label)| label.as_str()))
        .into_iter()
        .map(|name| Placed {
            start: places[name.first].0,
            end: places[name.last].1,
            kind: name.kind,
        })
        .collect()
}

/// Words of a set that kept no text, with spaces where typesetters put them.
pub fn typeset(sentence: &Sentence) -> String {
    let mut out = String::new();
    let (mut glued, mut quoted) = (true, false);
    for (word, _) in sentence {
        let of = |marks: &str| word.chars().all(|c| marks.contains(c));
        let quote = of("\"");
        let closes = of(".,;:!?%)]}»”’…") || quote && quoted;
        if !(glued || closes) {
            out.push(' ');
        }
        out.push_str(word);
        quoted ^= quote;
        glued = of("([{«“‘") || quote && quoted;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::words::sentences;
    use super::*;

    fn placed(kind: &str, start: usize, end: usize) -> Placed {
        Placed {
            kind: kind.to_string(),
            start,
            end,
        }
    }

    #[test]
    fn names_are_told_by_their_places() {
        let gold = sentences("Pak O\nBudi B-PER\ndi O\nÉ B-LOC\n. O\n\nIa O\n", (0, 1));
        let found = annotated("Pak  Budi di É.\n\nIa", &gold).unwrap();
        assert_eq!(found, [placed("PER", 5, 9), placed("LOC", 13, 14)]);
        assert!(annotated("Pak Badu", &gold).is_err());
    }

    #[test]
    fn places_are_read_from_the_last_column() {
        let conllu = "# text = Ann Lee's\n1\tAnn\t_\t_\t_\t_\t_\t_\t_\tstart=0|end=3|NER=B-PER\n\
                      2-3\tLee's\t_\t_\t_\t_\t_\t_\t_\tstart=4|end=9\n\
                      2\tLee\t_\t_\t_\t_\t_\t_\t_\tstart=4|end=7|NER=I-PER|SpaceAfter=No\n\
                      3\t's\t_\t_\t_\t_\t_\t_\t_\tstart=7|end=9\n";
        assert_eq!(printed(conllu), [placed("PER", 0, 7)]);
        assert_eq!(printed(""), []);
    }

    #[test]
    fn words_are_set_with_spaces() {
        let check = |words: &str, expected: &str| {
            let word = |w: &str| (w.to_string(), "O".to_string());
            let sentence: Sentence = words.split(' ').map(word).collect();
            assert_eq!(typeset(&sentence), expected);
        };
        check(
            "Ia ( 40 ) pergi , lalu pulang .",
            "Ia (40) pergi, lalu pulang.",
        );
        check("\" Ya , \" katanya .", "\"Ya,\" katanya.");
    }
}
