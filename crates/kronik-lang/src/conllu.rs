//! CoNLL-U, the format in which treebanks and their tools speak of sentences.
//!
//! Written so that `udtools` reads it: printed words that are several syntactic words get a line
//! of their own with a range, the `# text` of a sentence is its forms and spaces, and what the
//! format has no column for stands in the last one: where a word is printed (`start`, `end`, in
//! Unicode code points of the whole text), and which name it is part of (`NER=B-PER`).

use std::fmt::Write;

use kronik_text::{CharIndex, Span};

use crate::analysis::Sentence;
use crate::reader::GivenToken;
use crate::words::SyntacticWord;

/// Writes one sentence, with the empty line after it.
///
/// `id` is its `sent_id`; `comments` are lines for the head of the block, such as `newpar`.
///
/// ```
/// use kronik_lang::{Reader, conllu};
/// use kronik_text::{CharIndex, Span};
/// let text = "Two words.";
/// let reader = Reader::load(&kronik_record::Files::new(), "xx").unwrap();
/// let analysis = reader.read(text, &[(0, Span::new(0, text.len()))], None);
/// let mut out = String::new();
/// conllu::write(&mut out, text, &CharIndex::new(text), &analysis.sentences[0], "s1", &[]);
/// assert!(out.starts_with("# sent_id = s1\n# text = Two words.\n1\tTwo\t"));
/// ```
pub fn write(
    out: &mut String,
    text: &str,
    index: &CharIndex<'_>,
    sentence: &Sentence,
    id: &str,
    comments: &[&str],
) {
    let words = &sentence.words;
    for comment in comments {
        let _ = writeln!(out, "# {comment}");
    }
    let _ = writeln!(out, "# sent_id = {id}");
    let groups = groups(words);
    let mut shown = String::new();
    for (n, group) in groups.iter().enumerate() {
        shown.push_str(group.form(text, words));
        if n + 1 < groups.len() && !group.touches(groups.get(n + 1)) {
            shown.push(' ');
        }
    }
    let _ = writeln!(out, "# text = {}", one_line(&shown));
    for (n, group) in groups.iter().enumerate() {
        let mut space =
            if group.touches(groups.get(n + 1)) || group.ends_glued(text, groups.get(n + 1)) {
                "|SpaceAfter=No"
            } else {
                ""
            };
        if group.last > group.first {
            let (first, last) = (group.first + 1, group.last + 1);
            let form = one_line(group.form(text, words));
            let place = place(index, group.span);
            let _ = writeln!(
                out,
                "{first}-{last}\t{form}\t_\t_\t_\t_\t_\t_\t_\t{place}{space}"
            );
            space = "";
        }
        for (i, word) in words
            .iter()
            .enumerate()
            .take(group.last + 1)
            .skip(group.first)
        {
            line(out, text, index, i, word, space);
        }
    }
    out.push('\n');
}

fn line(
    out: &mut String,
    text: &str,
    index: &CharIndex<'_>,
    i: usize,
    word: &SyntacticWord,
    space: &str,
) {
    let form = one_line(word.form(text));
    let lemma = match one_line(&word.lemma) {
        lemma if lemma.trim().is_empty() => form.clone(),
        lemma => lemma,
    };
    let features = if word.features.is_empty() {
        "_"
    } else {
        &word.features
    };
    let head = word.head.map_or(0, |h| h + 1);
    let place = place(index, word.span);
    let name = word.entity.map_or(String::new(), |tag| {
        let side = if tag.begins { 'B' } else { 'I' };
        format!("|NER={side}-{}", tag.kind.name())
    });
    let _ = writeln!(
        out,
        "{}\t{form}\t{lemma}\t{}\t_\t{features}\t{head}\t{}\t_\t{place}{name}{space}",
        i + 1,
        word.upos.name(),
        word.relation,
    );
}

fn place(index: &CharIndex<'_>, span: Span) -> String {
    let chars = index.chars(span);
    format!("start={}|end={}", chars.0, chars.1)
}

/// A printed word: one syntactic word or several.
#[derive(Debug)]
struct Group {
    first: usize,
    last: usize,
    span: Span,
}

impl Group {
    fn form<'a>(&self, text: &'a str, words: &'a [SyntacticWord]) -> &'a str {
        if self.first == self.last {
            words[self.first].form(text)
        } else {
            self.span.slice(text)
        }
    }

    fn touches(&self, next: Option<&Group>) -> bool {
        next.is_some_and(|n| n.span.start() <= self.span.end())
    }

    /// True for the last word of a sentence if the next sentence begins right after it.
    fn ends_glued(&self, text: &str, next: Option<&Group>) -> bool {
        let rest = text.get(self.span.end()..).unwrap_or("");
        next.is_none()
            && rest
                .chars()
                .next()
                .is_some_and(|c| !crate::tokens::is_blank(c))
    }
}

fn groups(words: &[SyntacticWord]) -> Vec<Group> {
    let mut out: Vec<Group> = Vec::new();
    for (i, word) in words.iter().enumerate() {
        match out.last_mut() {
            Some(group) if word.joined => {
                group.last = i;
                group.span = group.span.cover(word.span);
            }
            _ => out.push(Group {
                first: i,
                last: i,
                span: word.span,
            }),
        }
    }
    out
}

/// A cell holds no tab and no end of line.
fn one_line(form: &str) -> String {
    form.replace(['\t', '\n', '\r'], " ")
}

/// A text put together from words that were cut before.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GivenText {
    /// The sentences, each on a line of its own.
    pub text: String,
    /// The tokens of each sentence.
    pub sentences: Vec<Vec<GivenToken>>,
    /// The `sent_id` of each sentence, where there was one.
    pub ids: Vec<Option<String>>,
}

impl GivenText {
    /// Reads one sentence a line, its words separated by white space. Which of them are printed
    /// without a space between them is guessed from the marks.
    pub fn of_lines(text: &str) -> GivenText {
        let mut given = GivenText::default();
        for line in text.lines() {
            let rows = line.split_whitespace().map(|w| Row::plain(w.to_string()));
            given.add(spaced(rows.collect()), None);
        }
        given
    }

    /// Reads one word a line, in the first of the columns if there are several, with an empty line
    /// after each sentence. Lines that start with `# ` are no words. Spaces are guessed.
    pub fn of_columns(text: &str) -> GivenText {
        let mut given = GivenText::default();
        let mut rows = Vec::new();
        for line in text.lines().map(str::trim).chain(std::iter::once("")) {
            match line.split_whitespace().next() {
                None => given.add(spaced(std::mem::take(&mut rows)), None),
                Some("#") if rows.is_empty() && line.starts_with("# ") => {}
                Some(word) => rows.push(Row::plain(word.to_string())),
            }
        }
        given
    }

    /// Reads CoNLL-U: forms, multiword tokens and spaces; all else is left aside.
    pub fn of_conllu(text: &str) -> GivenText {
        let mut given = GivenText::default();
        let mut rows: Vec<Row> = Vec::new();
        let mut id = None;
        let mut range_end = 0;
        for line in text.lines().chain(std::iter::once("")) {
            if line.trim().is_empty() {
                given.add(std::mem::take(&mut rows), id.take());
                range_end = 0;
                continue;
            }
            if let Some(comment) = line.strip_prefix('#') {
                if let Some((key, value)) = comment.split_once('=')
                    && key.trim() == "sent_id"
                {
                    id = Some(value.trim().to_string());
                }
                continue;
            }
            let cells: Vec<&str> = line.split('\t').collect();
            let (Some(number), Some(form)) = (cells.first(), cells.get(1)) else {
                continue;
            };
            let spaced = !cells.get(9).is_some_and(|m| m.contains("SpaceAfter=No"));
            if let Some((_, last)) = number.split_once('-') {
                range_end = last.parse().unwrap_or(0);
                rows.push(Row {
                    form: (*form).to_string(),
                    words: Vec::new(),
                    spaced,
                });
            } else if let Ok(number) = number.parse::<usize>() {
                match rows.last_mut() {
                    Some(row) if number <= range_end => row.words.push((*form).to_string()),
                    _ => rows.push(Row {
                        form: (*form).to_string(),
                        words: Vec::new(),
                        spaced,
                    }),
                }
            }
        }
        given
    }

    fn add(&mut self, rows: Vec<Row>, id: Option<String>) {
        let rows: Vec<Row> = rows.into_iter().filter(|r| !r.form.is_empty()).collect();
        if rows.is_empty() {
            return;
        }
        let mut tokens = Vec::with_capacity(rows.len());
        for row in rows {
            let start = self.text.len();
            self.text.push_str(&row.form);
            tokens.push(GivenToken {
                span: Span::new(start, self.text.len()),
                words: row.words,
            });
            if row.spaced {
                self.text.push(' ');
            }
        }
        self.text.truncate(self.text.trim_end_matches(' ').len());
        self.text.push('\n');
        self.sentences.push(tokens);
        self.ids.push(id);
    }
}

struct Row {
    form: String,
    words: Vec<String>,
    spaced: bool,
}

impl Row {
    fn plain(form: String) -> Row {
        Row {
            form,
            words: Vec::new(),
            spaced: true,
        }
    }
}

/// Words that were printed on their own, with the spaces a typesetter would put between them: the
/// model learnt from printed text, and a comma after a space is another comma.
fn spaced(mut rows: Vec<Row>) -> Vec<Row> {
    let all = |form: &str, marks: &str| form.chars().all(|c| marks.contains(c));
    let closes = |form: &str| all(form, ".,;:!?%)]}»”’…");
    let opens = |form: &str| all(form, "([{«“‘");
    let straight = |form: &str| matches!(form, "\"" | "'" | "''" | "``");
    let ties = |form: &str| matches!(form, "-" | "/");
    let mut quoted = false;
    for i in 0..rows.len() {
        let form = rows[i].form.as_str();
        let before = i.checked_sub(1).map(|b| rows[b].form.as_str());
        let mut glued = before.is_some_and(|b| closes(form) || opens(b) || ties(form) || ties(b));
        if straight(form) {
            glued |= quoted;
            quoted = !quoted;
        } else if quoted && before.is_some_and(straight) {
            glued = true;
        }
        if glued && let Some(row) = i.checked_sub(1).and_then(|b| rows.get_mut(b)) {
            row.spaced = false;
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_between_given_words_are_guessed() {
        let cases = [
            (
                "He left ( today ) , she said .",
                "He left (today), she said.",
            ),
            (
                "\" Go ! \" he said , \" go . \"",
                "\"Go!\" he said, \"go.\"",
            ),
            ("“ No ” : 5 % of A - B", "“No”: 5% of A-B"),
            (". . .", "..."),
        ];
        for (given, text) in cases {
            assert_eq!(GivenText::of_lines(given).text, format!("{text}\n"));
            let columns = GivenText::of_columns(&given.replace(' ', "\n"));
            assert_eq!(columns, GivenText::of_lines(given));
        }
    }
}
