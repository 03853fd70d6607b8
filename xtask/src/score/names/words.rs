//! Words with their labels, from the formats that annotated sets and `kronik parse` have.

/// Words with their labels.
pub type Sentence = Vec<(String, String)>;

/// Words with their labels, sentence by sentence, from a file with one word a line.
pub fn sentences(text: &str, (word, label): (usize, usize)) -> Vec<Sentence> {
    let mut out = vec![Vec::new()];
    for line in text.lines() {
        if line.starts_with("# ") {
            continue;
        }
        let tabs = line.contains('\t');
        let cells: Vec<&str> = if tabs {
            line.split('\t').collect()
        } else {
            line.split_whitespace().collect()
        };
        match (cells.get(word), cells.get(label)) {
            (Some(word), Some(label)) if !word.trim().is_empty() => {
                // A word of a column has no space.
                let word = word.split_whitespace().collect::<String>();
                if let Some(last) = out.last_mut() {
                    last.push((word, label.to_string()));
                }
            }
            _ => out.push(Vec::new()),
        }
    }
    out.retain(|s| !s.is_empty());
    out
}

/// Words with their labels from CoNLL-U: one a printed word, the label of its first part.
pub fn labelled(conllu: &str) -> Vec<Sentence> {
    let mut out = Vec::new();
    for block in conllu.split("\n\n").filter(|b| !b.trim().is_empty()) {
        let mut words: Vec<(String, String)> = Vec::new();
        let mut inside = 0;
        for line in block.lines().filter(|l| !l.starts_with('#')) {
            let cells: Vec<&str> = line.split('\t').collect();
            let (Some(id), Some(form)) = (cells.first(), cells.get(1)) else {
                continue;
            };
            let misc = cells.get(9).unwrap_or(&"_");
            let label = misc
                .split('|')
                .find_map(|m| m.strip_prefix("NER="))
                .unwrap_or("O");
            if let Some((_, last)) = id.split_once('-') {
                inside = last.parse().unwrap_or(0);
                words.push((form.to_string(), String::new()));
            } else if id.parse::<usize>().is_ok_and(|id| id <= inside) {
                if let Some((_, first)) = words.last_mut().filter(|(_, l)| l.is_empty()) {
                    *first = label.to_string();
                }
            } else {
                words.push((form.to_string(), label.to_string()));
            }
        }
        out.push(words);
    }
    out
}

/// A name: its kind, and the first and the last of its words.
#[derive(Debug, PartialEq, Eq)]
pub struct Name {
    pub kind: String,
    pub first: usize,
    pub last: usize,
}

/// Names by labels in the scheme BIO.
pub fn names<'l>(labels: impl Iterator<Item = &'l str>) -> Vec<Name> {
    let mut out: Vec<Name> = Vec::new();
    let mut open = false;
    for (i, label) in labels.enumerate() {
        let Some((place, kind)) = label.split_once('-') else {
            open = false;
            continue;
        };
        match out.last_mut() {
            Some(name) if open && place == "I" && name.kind == kind => name.last = i,
            _ => out.push(Name {
                kind: kind.to_string(),
                first: i,
                last: i,
            }),
        }
        open = true;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_from_labels() {
        let found = names("O B-PER I-PER B-PER O I-LOC I-ORG".split(' '));
        let found: Vec<_> = found
            .iter()
            .map(|n| (n.kind.as_str(), n.first, n.last))
            .collect();
        assert_eq!(
            found,
            [("PER", 1, 2), ("PER", 3, 3), ("LOC", 5, 5), ("ORG", 6, 6)]
        );
    }

    #[test]
    fn words_are_read_from_both_formats() {
        let gold = sentences("# a\n1\tPak\tO\n2\tBudi\tB-PER\n\n1\tIa\tO\n", (1, 2));
        let read = labelled(
            "# sent_id = 1\n1\tPak\t_\t_\t_\t_\t_\t_\t_\tstart=0|end=3\n\
             2-3\tBudi\t_\t_\t_\t_\t_\t_\t_\t_\n\
             2\tBu\t_\t_\t_\t_\t_\t_\t_\tNER=B-PER\n\
             3\tdi\t_\t_\t_\t_\t_\t_\t_\t_\n\n\
             1\tIa\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n",
        );
        assert_eq!(gold, read);
    }
}
