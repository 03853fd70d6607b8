//! Text with marks: `[[A:Turki]] [[T:menyerang]] [[R2+A3:Suriah]]`.
//!
//! A mark says which words play a part, so that a record that is right for the wrong reason is
//! found out. Marks nest (`[[P:di [[R:Kyiv]]]]`) and are taken out before the text is read.

use std::ops::Range;

/// The part that marked words play.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The words that name the deed.
    Trigger,
    Actor,
    Recipient,
    /// When.
    Time,
    Place,
    Quantity,
    /// Who says it (numbered by lines of the `statements` block).
    Speaker,
    /// The words of saying.
    Cue,
}

impl Part {
    const LETTERS: [(char, Part); 8] = [
        ('T', Part::Trigger),
        ('A', Part::Actor),
        ('R', Part::Recipient),
        ('W', Part::Time),
        ('P', Part::Place),
        ('Q', Part::Quantity),
        ('S', Part::Speaker),
        ('C', Part::Cue),
    ];

    /// The letter that marks write.
    pub fn letter(self) -> char {
        Part::LETTERS
            .iter()
            .find(|(_, p)| *p == self)
            .map_or('?', |(c, _)| *c)
    }
}

/// Marked words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    pub part: Part,
    /// The line of the expected block it belongs to, from 1.
    pub line: usize,
    /// Bytes of the text without marks.
    pub span: Range<usize>,
}

/// The text without its marks, and the marks.
pub fn unmark(marked: &str) -> Result<(String, Vec<Mark>), String> {
    let mut text = String::with_capacity(marked.len());
    let mut marks = Vec::new();
    let mut open: Vec<(Vec<(Part, usize)>, usize)> = Vec::new();
    let mut rest = marked;
    while let Some(c) = rest.chars().next() {
        if let Some(after) = rest.strip_prefix("[[") {
            let Some((labels, inner)) = after.split_once(':') else {
                return Err(format!("a mark without ':' at '{}'", start_of(rest)));
            };
            let labels: Result<Vec<_>, String> = labels.split('+').map(label).collect();
            open.push((labels?, text.len()));
            rest = inner;
        } else if let Some(after) = rest.strip_prefix("]]").filter(|_| !open.is_empty()) {
            if let Some((labels, start)) = open.pop() {
                marks.extend(labels.into_iter().map(|(part, line)| Mark {
                    part,
                    line,
                    span: start..text.len(),
                }));
            }
            rest = after;
        } else {
            text.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    if let Some((_, start)) = open.last() {
        return Err(format!(
            "a mark is not closed at '{}'",
            start_of(&text[*start..])
        ));
    }
    marks.sort_by_key(|m| (m.span.start, m.part, m.line));
    Ok((text, marks))
}

fn label(text: &str) -> Result<(Part, usize), String> {
    let wrong = || format!("'{text}' is no mark: a letter of TARWPQSC and a number");
    let letter = text.chars().next().ok_or_else(wrong)?;
    let part = Part::LETTERS.iter().find(|(c, _)| *c == letter);
    let (_, part) = part.ok_or_else(wrong)?;
    let line = match &text[letter.len_utf8()..] {
        "" => 1,
        number => number.parse().map_err(|_| wrong())?,
    };
    Ok((*part, line))
}

fn start_of(text: &str) -> String {
    text.chars().take(24).collect()
}

#[test]
fn marks_are_taken_out() {
    let check = |marked: &str, text: &str, wanted: &[(Part, usize, &str)]| {
        let (plain, marks) = unmark(marked).unwrap();
        assert_eq!(plain, text);
        let found: Vec<_> = marks
            .iter()
            .map(|m| (m.part, m.line, &plain[m.span.clone()]))
            .collect();
        assert_eq!(found, wanted);
    };
    check("tanpa tanda [1]", "tanpa tanda [1]", &[]);
    check(
        "[[A:Türkiye]] [[T:menyerang]].",
        "Türkiye menyerang.",
        &[(Part::Actor, 1, "Türkiye"), (Part::Trigger, 1, "menyerang")],
    );
    check(
        "[[P2+R:di [[A3:Kyiv]]]]",
        "di Kyiv",
        &[
            (Part::Recipient, 1, "di Kyiv"),
            (Part::Place, 2, "di Kyiv"),
            (Part::Actor, 3, "Kyiv"),
        ],
    );
    for wrong in [
        "[[A Kyiv]]",
        "[[X:Kyiv]]",
        "[[A:Kyiv",
        "[[Ax:Kyiv]]",
        "[[:Kyiv]]",
    ] {
        assert!(unmark(wrong).is_err(), "{wrong}");
    }
}
