//! The place and outlet in front of the first sentence: `KYIV, Dec 5 (Kabar) - `.
//!
//! A dateline is a matter of form: a short run of capitalised words, numbers and brackets before
//! a dash, and something in it that sentences do not start with.

use crate::outlets::{Outlets, calm, looks_like_domain, names_domain};

/// What stands before the first sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Dateline {
    /// The first byte after the dash.
    pub end: usize,
    /// The outlet it tells, and where.
    pub outlet: Option<Told>,
}

/// An outlet told by a dateline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Told {
    /// As printed.
    pub printed: String,
    /// As readers know it.
    pub name: String,
    /// Its domain, where the atlas has it.
    pub domain: Option<String>,
    pub start: usize,
    pub end: usize,
}

const LONGEST: usize = 110;

/// Reads the dateline of a paragraph; `domain` is the publishing outlet's, if known.
pub(crate) fn dateline(
    paragraph: &str,
    outlets: &Outlets,
    domain: Option<&str>,
) -> Option<Dateline> {
    let (prefix, end) = split(paragraph)?;
    let words: Vec<&str> = prefix.split_whitespace().collect();
    if words.is_empty() || words.len() > 12 || !words.iter().all(|w| fits(w)) {
        return None;
    }
    if !prefix.starts_with(|c: char| c.is_alphabetic() || c == '(') {
        return None;
    }
    let outlet = told(prefix, outlets, domain);
    let after = paragraph[end..].trim_start();
    let starts_sentence = after
        .starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || !c.is_alphanumeric())
        || after.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase());
    // a bare place, not the first half of a pair of dashes
    let bare_place = words.len() <= 3
        && words.iter().all(|w| w.starts_with(char::is_uppercase))
        && starts_sentence
        && !after.chars().take(160).collect::<String>().contains(" - ");
    let shouted = words.first().is_some_and(|w| {
        let letters: Vec<char> = w.chars().filter(|c| c.is_alphabetic()).collect();
        letters.len() >= 3 && letters.iter().all(|c| c.is_uppercase())
    });
    let sure = outlet.is_some() || prefix.contains('(') && prefix.contains(')');
    (sure || bare_place || shouted && starts_sentence).then_some(Dateline { end, outlet })
}

/// The words before the first dash (or `/NAME/.`, or the colon after a place in capitals) and
/// where what follows starts.
fn split(paragraph: &str) -> Option<(&str, usize)> {
    let limit = paragraph
        .char_indices()
        .map(|(at, _)| at)
        .take_while(|at| *at <= LONGEST)
        .last()
        .unwrap_or(0);
    let head = &paragraph[..limit];
    let mut best: Option<(usize, usize)> = None;
    let mut offer = |start: usize, end: usize| {
        if best.is_none_or(|(s, _)| start < s) {
            best = Some((start, end));
        }
    };
    for dash in ["--", "—", "–", "-", "―"] {
        for (at, _) in head.match_indices(dash) {
            let spaced = head[..at].ends_with([' ', '\u{a0}', ')'])
                || head[..at].ends_with(char::is_uppercase) && head[..at].contains(".C");
            let after = at + dash.len();
            let space_follows = head[after..].starts_with(char::is_whitespace);
            if spaced && (space_follows || dash != "-") {
                offer(at, after);
                break;
            }
        }
    }
    if let Some(at) = head.find("/. ") {
        offer(at + 1, at + 2);
    }
    if let Some(at) = head.find(": ") {
        let place = &head[..at];
        let capitals = place
            .chars()
            .all(|c| c.is_uppercase() || c.is_whitespace() || c == '\'');
        if capitals && place.chars().count() >= 4 && place.split_whitespace().count() <= 3 {
            offer(at, at + 1);
        }
    }
    let (start, end) = best?;
    Some((head[..start].trim_end(), end))
}

/// A word that may stand in a dateline.
fn fits(word: &str) -> bool {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    bare.is_empty()
        || bare.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        || bare.contains('.')
        || bare.chars().count() <= 3
        // scripts without capitals
        || bare.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase())
        || word.contains('(') || word.contains(')') || word.contains('/')
}

fn told(prefix: &str, outlets: &Outlets, domain: Option<&str>) -> Option<Told> {
    let candidates = parts(prefix);
    let name_of = |part: &str, start: usize, sure: bool| {
        let end = start + part.len();
        let printed = part.to_string();
        if let Some(outlet) = outlets.of_name(part) {
            let (name, domain) = (outlet.name.clone(), Some(outlet.domain.clone()));
            return Some(Told {
                printed,
                name,
                domain,
                start,
                end,
            });
        }
        let own = domain.filter(|d| names_domain(part, d) || d.eq_ignore_ascii_case(part));
        if let Some(own) = own {
            let domain = Some(own.to_string());
            return Some(Told {
                name: calm(part),
                printed,
                domain,
                start,
                end,
            });
        }
        if looks_like_domain(part) {
            let domain = Some(part.to_lowercase());
            return Some(Told {
                name: calm(part),
                printed,
                domain,
                start,
                end,
            });
        }
        sure.then(|| Told {
            name: calm(part),
            printed,
            domain: None,
            start,
            end,
        })
    };
    // known names first, then whatever stands alone in brackets
    let known = candidates
        .iter()
        .find_map(|(part, start, _)| name_of(part, *start, false));
    let named = |part: &str| {
        part.starts_with(char::is_uppercase)
            && !part.contains(|c: char| c.is_ascii_digit())
            && part.split_whitespace().count() <= 4
    };
    known
        .or_else(|| {
            candidates
                .iter()
                .filter(|(part, _, bracketed)| *bracketed && named(part))
                .find_map(|(part, start, _)| name_of(part, *start, true))
        })
        .or_else(|| {
            // PLACE, NAME in capitals, where the name is no country or province
            let [_, .., (part, start, _)] = candidates.as_slice() else {
                return None;
            };
            let shouted = !prefix.contains(char::is_lowercase);
            (shouted && named(part) && !outlets.is_region(part))
                .then(|| name_of(part, *start, true))
                .flatten()
        })
}

/// The pieces between commas, brackets and slashes, with their starts.
fn parts(prefix: &str) -> Vec<(&str, usize, bool)> {
    let mut out = Vec::new();
    let (mut from, mut bracketed) = (0, false);
    let mut push = |from: usize, to: usize, bracketed: bool| {
        let part = &prefix[from..to];
        let trimmed = part.trim();
        if !trimmed.is_empty() {
            let start = from + (part.len() - part.trim_start().len());
            out.push((trimmed, start, bracketed));
        }
    };
    for (at, c) in prefix.char_indices() {
        if matches!(c, ',' | '(' | ')' | '/' | ';') {
            push(from, at, bracketed);
            from = at + c.len_utf8();
            bracketed = (c == '(' || bracketed) && c != ')';
        }
    }
    push(from, prefix.len(), bracketed);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_datelines() {
        let check = |paragraph: &str, head: Option<&str>, outlet: Option<&str>| {
            let found = dateline(paragraph, &Outlets::default(), Some("kabarpagi.example"));
            assert_eq!(
                found.as_ref().map(|d| &paragraph[..d.end]),
                head,
                "{paragraph}"
            );
            let told = found.and_then(|d| d.outlet).map(|o| o.name);
            assert_eq!(told.as_deref(), outlet, "{paragraph}");
        };
        check(
            "KABARPAGI.EXAMPLE - Polisi datang.",
            Some("KABARPAGI.EXAMPLE -"),
            Some("Kabarpagi.example"),
        );
        check(
            "NORVALE, KABAR PAGI - Polisi datang.",
            Some("NORVALE, KABAR PAGI -"),
            Some("Kabar Pagi"),
        );
        check(
            "NORVALE, Dec 5 (North Post) — Police came.",
            Some("NORVALE, Dec 5 (North Post) —"),
            Some("North Post"),
        );
        check(
            "NORVALE, SUARA TELUK - Polisi datang.",
            Some("NORVALE, SUARA TELUK -"),
            Some("Suara Teluk"),
        );
        check(
            "NORVALE, 5 DESEMBER - Polisi datang.",
            Some("NORVALE, 5 DESEMBER -"),
            None,
        );
        check("Norvale - Polisi datang.", Some("Norvale -"), None);
        check(
            "Norvale, Kabar Pagi -- Polisi datang.",
            Some("Norvale, Kabar Pagi --"),
            Some("Kabar Pagi"),
        );
        check("NORVALE: Police came.", Some("NORVALE:"), None);
        check(
            "NORVALE, December 5. /NTA/. Police came.",
            Some("NORVALE, December 5. /NTA/."),
            None,
        );
        check("Polisi - yang datang kemarin - pulang.", None, None);
        check(
            "The police, who came on Monday - nobody knew why.",
            None,
            None,
        );
        check("20.27 WIB - Polisi datang.", None, None);
        check("", None, None);
    }
}
