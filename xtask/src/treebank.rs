//! Treebanks as plain text again, as the shared task of CoNLL 2018 gave them to its parsers.

/// The text of a CoNLL-U file: sentences on one line, an empty line between paragraphs.
pub fn raw_text(conllu: &str) -> String {
    let mut out = String::new();
    for block in blocks(conllu) {
        let starts = |name: &str| block.lines().any(|l| l.starts_with(name));
        let Some(text) = block.lines().find_map(|l| l.strip_prefix("# text = ")) else {
            continue;
        };
        if !out.is_empty() && (starts("# newpar") || starts("# newdoc")) {
            out.truncate(out.trim_end().len());
            out.push_str("\n\n");
        }
        out.push_str(text);
        let last = block.lines().rev().find(|l| !l.starts_with('#'));
        if !last.is_some_and(|l| ends_glued(block, l)) {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

/// Whether the next sentence follows without a space: told by the last line of the sentence, or
/// by that of the multiword token around it.
fn ends_glued(block: &str, last: &str) -> bool {
    let glued = |line: &str| line.ends_with("SpaceAfter=No") || line.contains("SpaceAfter=No|");
    let number = last.split('\t').next().unwrap_or("");
    let around = block.lines().find(|l| {
        let id = l.split('\t').next().unwrap_or("");
        id.split_once('-').is_some_and(|(_, end)| end == number)
    });
    glued(around.unwrap_or(last))
}

/// Number of syntactic words.
pub fn count_words(conllu: &str) -> usize {
    let number = |l: &&str| {
        l.split('\t')
            .next()
            .is_some_and(|n| n.parse::<usize>().is_ok())
    };
    conllu.lines().filter(number).count()
}

fn blocks(conllu: &str) -> impl Iterator<Item = &str> {
    conllu.split("\n\n").filter(|b| !b.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_become_text_again() {
        let conllu = "# newdoc id = a\n# text = One.\n1\tOne\t_\n2\t.\t_\tSpaceAfter=No\n\n\
                      # text = Two don't\n1\tTwo\t_\n2-3\tdon't\t_\n2\tdo\t_\tSpaceAfter=No\n3\tn't\t_\n\n\
                      # newpar\n# text = Three\n1\tThree\t_\n";
        assert_eq!(raw_text(conllu), "One.Two don't\n\nThree\n");
        assert_eq!(count_words(conllu), 6);
        assert_eq!(raw_text(""), "\n");
    }
}
