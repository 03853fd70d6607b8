//! Headlines put capitals on every word; this finds out which words would have them anyway.
//!
//! `Hamas Bebaskan Tiga Sandera` hides its verb from a tagger that learnt running text. The rest
//! of the article usually tells: a word printed in lower case elsewhere is no name, a word always
//! printed with a capital inside running sentences is one. The pack's tables decide the rest.

use std::collections::HashSet;

use kronik_text::Span;

use crate::pack::Pack;

/// How an article prints its words in running text.
#[derive(Debug, Default)]
pub(crate) struct Casing {
    lower: HashSet<String>,
    upper: HashSet<String>,
}

impl Casing {
    /// Collects from sentences, each given by its tokens.
    pub(crate) fn of<'s>(text: &str, sentences: impl Iterator<Item = &'s [Span]>) -> Casing {
        let mut casing = Casing::default();
        for tokens in sentences {
            if is_title_case(text, tokens) {
                continue;
            }
            let mut inner = false;
            for token in tokens {
                let form = token.slice(text);
                let Some(first) = form.chars().next() else {
                    continue;
                };
                if first.is_lowercase() {
                    casing.lower.insert(form.to_string());
                } else if first.is_uppercase() && inner {
                    casing.upper.insert(form.to_lowercase());
                }
                // The word after a quotation mark or colon may have a sentence's capital.
                inner = first.is_alphanumeric() || matches!(first, ',' | '-' | '\'' | '’');
            }
        }
        casing
    }

    /// The forms of a sentence as running text would print them.
    pub(crate) fn forms(&self, text: &str, tokens: &[Span], pack: &Pack) -> Vec<String> {
        let title = is_title_case(text, tokens);
        tokens
            .iter()
            .map(|t| {
                let form = t.slice(text);
                if title {
                    self.restored(form, pack)
                } else {
                    form.to_string()
                }
            })
            .collect()
    }

    fn restored(&self, form: &str, pack: &Pack) -> String {
        if !form.chars().next().is_some_and(char::is_uppercase) {
            return form.to_string();
        }
        let lower = form.to_lowercase();
        let acronym = form.chars().count() > 1 && form.chars().all(|c| !c.is_lowercase());
        let lowers = match (self.lower.contains(&lower), self.upper.contains(&lower)) {
            (true, false) => !acronym || form.chars().count() > 4,
            (false, true) => false,
            _ => !acronym && pack.knows(&lower),
        };
        if lowers { lower } else { form.to_string() }
    }
}

/// True if most words have a capital although they are not all names: a headline.
fn is_title_case(text: &str, tokens: &[Span]) -> bool {
    let (mut words, mut capitals) = (0, 0);
    for token in tokens {
        let form = token.slice(text);
        if form.chars().count() < 4 {
            continue;
        }
        match form.chars().next() {
            Some(c) if c.is_uppercase() => {
                words += 1;
                capitals += 1;
            }
            Some(c) if c.is_lowercase() => words += 1,
            _ => {}
        }
    }
    words >= 3 && capitals * 4 >= words * 3 && tokens.last().is_none_or(|t| t.slice(text) != ".")
}
