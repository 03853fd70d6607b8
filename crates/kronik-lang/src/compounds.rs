//! Hyphens and slashes that stand between the words of a treebank.
//!
//! Print keeps `well-known`, `RI-Jepang` and `750-800` together, and so do our tokens, since names
//! and numbers are read from print. Treebanks cut some of them; which ones is a convention that
//! differs between languages and stands in the pack.

use serde::Deserialize;

/// `[words]` of `pack.toml`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WordSettings {
    /// Words that open what is said, known or meant, and nothing else.
    #[serde(default)]
    pub complementizers: Vec<String>,
    /// Which hyphens are words of their own.
    #[serde(default)]
    hyphens: Hyphens,
    /// First parts that stay with what follows their hyphen.
    #[serde(default)]
    joining: Vec<String>,
    /// Whether the signs between two numbers are words of their own.
    #[serde(default)]
    ranges: bool,
}

/// Which hyphens between letters are words of their own.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Hyphens {
    /// None.
    #[default]
    Together,
    /// All but those after the parts named in `joining`.
    Apart,
    /// Those between two different words with capitals.
    Names,
}

/// Longest ending that a file name has.
const LONGEST_EXTENSION: usize = 4;

impl WordSettings {
    /// True if the last part of a compound is the one it is all about.
    pub(crate) fn main_is_last(&self) -> bool {
        self.hyphens == Hyphens::Apart
    }

    /// Byte positions of the signs in `form` that are words of their own.
    pub(crate) fn cuts(&self, form: &str) -> Vec<usize> {
        if self.hyphens == Hyphens::Together && !self.ranges {
            return Vec::new();
        }
        let signs: Vec<(usize, char)> = form
            .char_indices()
            .skip(1)
            .filter(|(_, c)| is_hyphen(*c) || *c == '/')
            .filter(|(at, c)| at + c.len_utf8() < form.len())
            .collect();
        if signs.is_empty() {
            return Vec::new();
        }
        if form.chars().all(|c| !c.is_alphabetic()) {
            let cut = self.ranges && signs.len() == 1 && is_range(form, signs[0]);
            return if cut { vec![signs[0].0] } else { Vec::new() };
        }
        if is_file_name(form) {
            return Vec::new();
        }
        let mut cuts = Vec::new();
        let mut start = 0;
        for (n, (at, sign)) in signs.iter().enumerate() {
            let after = at + sign.len_utf8();
            let end = signs.get(n + 1).map_or(form.len(), |(next, _)| *next);
            let left = form.get(start..*at).unwrap_or("");
            let right = form.get(after..end).unwrap_or("");
            start = after;
            if is_hyphen(*sign) && self.stands_alone(left, right) {
                cuts.push(*at);
            }
        }
        cuts
    }

    fn stands_alone(&self, left: &str, right: &str) -> bool {
        match self.hyphens {
            Hyphens::Together => false,
            Hyphens::Apart => {
                let lower = left.to_lowercase();
                !left.is_empty() && !right.is_empty() && !self.joining.contains(&lower)
            }
            Hyphens::Names => {
                let capital = |w: &str| w.chars().next().is_some_and(char::is_uppercase);
                let lettered = |w: &str| w.chars().all(char::is_alphabetic);
                capital(left)
                    && capital(right)
                    && right.chars().count() > 1
                    && lettered(right)
                    && left.to_lowercase() != right.to_lowercase()
            }
        }
    }
}

pub(crate) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

/// `750-800`, `6,2-6,8` and `9.100/9.105`, but no telephone number, score or date.
fn is_range(form: &str, (at, sign): (usize, char)) -> bool {
    let (Some(left), Some(right)) = (form.get(..at), form.get(at + sign.len_utf8()..)) else {
        return false;
    };
    let digits = |s: &str| s.chars().filter(char::is_ascii_digit).count();
    let (l, r) = (digits(left), digits(right));
    if sign == '/' {
        let grouped = |s: &str| s.contains(['.', ',']);
        return grouped(left) && grouped(right);
    }
    l > 0
        && r > 0
        && l <= 4 + left.matches(['.', ',', ':']).count() * 3
        && !(matches!(l, 1 | 3) && r == 4)
}

fn is_file_name(form: &str) -> bool {
    form.rsplit_once('.').is_some_and(|(name, extension)| {
        let count = extension.chars().count();
        let short = name
            .rsplit(['.', '-'])
            .next()
            .is_some_and(|w| w.chars().count() > 1);
        short
            && (2..=LONGEST_EXTENSION).contains(&count)
            && extension.chars().all(|c| c.is_ascii_alphabetic())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(hyphens: Hyphens, cases: &[&str]) {
        let settings = WordSettings {
            hyphens,
            joining: ["e", "anti"].map(String::from).to_vec(),
            ranges: true,
            ..WordSettings::default()
        };
        for case in cases {
            let form = case.replace('|', "");
            let mut shown = String::new();
            let mut start = 0;
            for at in settings.cuts(&form) {
                shown.push_str(&format!("{}|{}|", &form[start..at], &form[at..=at]));
                start = at + 1;
            }
            shown.push_str(&form[start..]);
            assert_eq!(shown, *case);
        }
    }

    #[test]
    fn english_hyphens() {
        check(
            Hyphens::Apart,
            &[
                "well|-|known",
                "day|-|to|-|day",
                "e-mail",
                "anti-tank",
                "al|-|Salih",
                "F|-|16",
                "U.S.|-|led",
                "750|-|800",
                "5:00|-|8:30",
                "713-853-3989",
                "345-9945",
                "12-20-2000",
                "plan-draft.doc",
                "9/11",
            ],
        );
    }

    #[test]
    fn indonesian_hyphens() {
        check(
            Hyphens::Names,
            &[
                "rata-rata",
                "Undang-Undang",
                "RI|-|Jepang",
                "E|-|Net",
                "APBN-P",
                "ke-50",
                "Rusia-isme",
                "6,2|-|6,8",
                "9.100|/|9.105",
                "4/12/2024",
                "24/7",
            ],
        );
    }
}
