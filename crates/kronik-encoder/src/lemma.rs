//! Lemmas as changes to a form: a script says what to cut and what to add.
//!
//! A few hundred scripts seen in training give the lemma of words never seen. A script that does
//! not fit a form leaves it (in lower case, if the script says so); a lemma is never empty.

use crate::error::{Error, Result};

/// How a form becomes its lemma.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Script {
    /// The lemma, whatever the form.
    Whole(String),
    /// Characters to cut and text to add at either end.
    Edit {
        lower: bool,
        cut_front: usize,
        add_front: String,
        cut_end: usize,
        add_end: String,
    },
}

impl Script {
    /// Reads `L|<cut front>|<add front>|<cut end>|<add end>` or `=<lemma>`.
    pub fn parse(text: &str) -> Result<Script> {
        let wrong = || Error::configuration(format!("labels: {text:?} is no lemma script"));
        if let Some(lemma) = text.strip_prefix('=') {
            return Ok(Script::Whole(lemma.to_string()));
        }
        let parts: Vec<&str> = text.splitn(5, '|').collect();
        let [case, cut_front, add_front, cut_end, add_end] = parts[..] else {
            return Err(wrong());
        };
        let lower = match case {
            "l" => true,
            "k" => false,
            _ => return Err(wrong()),
        };
        let number = |digits: &str| digits.parse::<u16>().map(usize::from).map_err(|_| wrong());
        Ok(Script::Edit {
            lower,
            cut_front: number(cut_front)?,
            add_front: add_front.to_string(),
            cut_end: number(cut_end)?,
            add_end: add_end.to_string(),
        })
    }

    /// The lemma of a form.
    pub fn apply(&self, form: &str) -> String {
        match self {
            Script::Whole(lemma) if lemma.is_empty() => form.to_string(),
            Script::Whole(lemma) => lemma.clone(),
            Script::Edit {
                lower,
                cut_front,
                add_front,
                cut_end,
                add_end,
            } => {
                let base = if *lower {
                    form.to_lowercase()
                } else {
                    form.to_string()
                };
                let count = base.chars().count();
                if cut_front + cut_end > count {
                    return base;
                }
                let middle = base
                    .chars()
                    .skip(*cut_front)
                    .take(count - cut_front - cut_end);
                let mut lemma = add_front.clone();
                lemma.extend(middle);
                lemma.push_str(add_end);
                if lemma.is_empty() { base } else { lemma }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_turn_forms_into_lemmas() {
        for (script, form, lemma) in [
            ("k|0||0|", "Jakarta", "Jakarta"),
            ("l|0||0|", "The", "the"),
            ("l|0||3|", "Walking", "walk"),
            ("l|4|p|0|", "memukul", "pkul"),
            ("l|3||0|", "membaca", "baca"),
            ("l|0||2|e|f", "lives", "live|f"),
            ("=be", "was", "be"),
            ("=", "x", "x"),
            ("k|3||3|", "abcd", "abcd"),
            ("k|2||2|", "abcd", "abcd"),
            ("l|0||1|y", "ЁЛКИ", "ёлкy"),
            ("l|1||0|", "", ""),
        ] {
            let parsed = Script::parse(script).unwrap();
            assert_eq!(parsed.apply(form), lemma, "{script} on {form}");
        }
    }

    #[test]
    fn malformed_scripts_are_refused() {
        for script in ["", "l", "l|x||0|", "z|0||0|", "l|0||-1|", "l|0|0"] {
            assert!(Script::parse(script).is_err(), "{script}");
        }
    }
}
