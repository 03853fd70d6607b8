//! Colours and line breaks of a terminal.

use unicode_width::UnicodeWidthStr;

/// What switches a colour on and off.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Paint {
    /// Written before the words.
    pub on: String,
    /// Written after them.
    pub off: String,
}

impl Paint {
    /// An ANSI SGR sequence: `Paint::ansi("1;34")`.
    pub fn ansi(codes: &str) -> Paint {
        Paint {
            on: format!("\u{1b}[{codes}m"),
            off: "\u{1b}[0m".to_string(),
        }
    }
}

/// How a chronicle looks on a terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Style {
    /// Columns; lines are broken before they grow longer, where there is a space.
    pub width: usize,
    /// Headings of days.
    pub day: Paint,
    /// Headings of stories.
    pub story: Paint,
    /// Who did what to whom.
    pub deed: Paint,
    /// Alleged, denied, disputed.
    pub warn: Paint,
    /// Sentences quoted.
    pub quote: Paint,
    /// Where it stands and other small print.
    pub faint: Paint,
}

impl Style {
    /// No colours.
    pub fn plain(width: usize) -> Style {
        let none = Paint::default;
        Style {
            width,
            day: none(),
            story: none(),
            deed: none(),
            warn: none(),
            quote: none(),
            faint: none(),
        }
    }

    /// ANSI colours that can be read on light and on dark ground.
    pub fn ansi(width: usize) -> Style {
        Style {
            width,
            day: Paint::ansi("1;4"),
            story: Paint::ansi("1;36"),
            deed: Paint::ansi("1"),
            warn: Paint::ansi("33"),
            quote: Paint::ansi("3"),
            faint: Paint::ansi("2"),
        }
    }
}

/// Writes pieces as one paragraph: `first` before its first line, blanks as wide before the others.
pub(super) fn paragraph(out: &mut String, width: usize, first: &str, pieces: &[(&str, &Paint)]) {
    let indent = first.width();
    let width = width.max(indent + 20);
    let mut column = indent;
    let mut blank = false;
    out.push_str(first);
    for (text, paint) in pieces {
        let clean = clean(text);
        let mut painted = false;
        for word in clean.split_whitespace() {
            let wide = word.width();
            let space = usize::from(blank);
            if blank && column + space + wide > width {
                if painted {
                    out.push_str(&paint.off);
                    painted = false;
                }
                out.push('\n');
                out.extend(std::iter::repeat_n(' ', indent));
                column = indent;
            } else if blank {
                out.push(' ');
                column += 1;
            }
            if !painted {
                out.push_str(&paint.on);
                painted = true;
            }
            out.push_str(word);
            column += wide;
            blank = true;
        }
        if painted {
            out.push_str(&paint.off);
        }
    }
    out.push('\n');
}

/// Text of an article without what would steer a terminal or turn its writing direction.
pub(super) fn clean(text: &str) -> String {
    let steers = |c: char| {
        c.is_control()
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.chars()
        .map(|c| if steers(c) { ' ' } else { c })
        .collect()
}

/// At most `limit` characters of `text` around the code points `mark`, cut at blanks.
pub(super) fn shortened(text: &str, mark: (usize, usize), limit: usize) -> String {
    let chars: Vec<char> = text.chars().collect();
    if chars.len() <= limit {
        return text.to_string();
    }
    let mark = (mark.0.min(chars.len()), mark.1.min(chars.len()));
    let middle = (mark.0 + mark.1) / 2;
    let mut start = middle.saturating_sub(limit / 2).min(chars.len() - limit);
    let mut end = start + limit;
    let blank = |at: &usize| chars[*at].is_whitespace();
    if start > 0 {
        start = (start..mark.0.min(end)).find(blank).unwrap_or(start);
    }
    if end < chars.len() {
        end = (mark.1.max(start)..=end).rev().find(blank).unwrap_or(end);
    }
    let middle: String = chars[start..end].iter().collect();
    let (before, after) = (start > 0, end < chars.len());
    let dots = |on: bool| if on { "…" } else { "" };
    format!("{}{}{}", dots(before), middle.trim(), dots(after))
}

#[cfg(test)]
mod tests {
    use super::{Paint, paragraph, shortened};

    #[test]
    fn lines_are_broken_at_blanks_and_indented() {
        let mut out = String::new();
        let plain = Paint::default();
        paragraph(
            &mut out,
            24,
            "  * ",
            &[("one two three four five six seven", &plain)],
        );
        assert_eq!(out, "  * one two three four\n    five six seven\n");
    }

    #[test]
    fn colours_do_not_cross_lines_and_texts_cannot_steer() {
        let mut out = String::new();
        let red = Paint {
            on: "<".into(),
            off: ">".into(),
        };
        paragraph(
            &mut out,
            20,
            "",
            &[("aaaaaaaaaaaa \u{1b}[31mbbbbbbbbbb", &red)],
        );
        assert_eq!(out, "<aaaaaaaaaaaa>\n<[31mbbbbbbbbbb>\n");
    }

    #[test]
    fn long_sentences_keep_the_words_that_name_the_deed() {
        let text = "one two three four five six seven eight";
        assert_eq!(shortened(text, (14, 18), 100), text);
        assert_eq!(shortened(text, (14, 18), 20), "…three four five…");
        assert_eq!(shortened(text, (0, 3), 12), "one two…");
        assert_eq!(shortened(text, (34, 39), 12), "…seven eight");
        assert_eq!(shortened("ééééééééééé", (900, 901), 4), "…éééé");
    }
}
