//! Numbers in digits and words: `1.003`, `2.85 billion`, `dua puluh tiga`, `belasan ribu`.
//!
//! Number words are a small grammar of their own that most languages share: small numbers that
//! add up, scales that multiply what came before them. The table says which word is which, the
//! sums are done in [`quantities_sum`](crate::quantities_sum).

use std::collections::BTreeMap;

use kronik_record::table::Table;
use kronik_record::{Files, Result};
use kronik_text::Span;

use crate::quantities_sum::{Sum, Word, grouped, scaled};
use crate::times_phrases::Phrases;
use crate::times_pieces::{Piece, PieceKind, pieces};

/// A number that was read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Numeral {
    /// Index of the first piece after it.
    pub(crate) end: usize,
    /// The number; the lowest it can be for a vague one.
    pub(crate) value: f64,
    /// The highest it can be, where a vague word tells.
    pub(crate) high: Option<f64>,
    /// `puluhan`, `dozens`.
    pub(crate) vague: bool,
    /// The last scale of a thousand or more, which a range shares (`two to three million`).
    pub(crate) scale: Option<f64>,
    /// Four digits without separator that may be a year.
    pub(crate) yearlike: bool,
    /// Written in words.
    pub(crate) spelt: bool,
    /// A part of one (`a third of`).
    pub(crate) part: bool,
    /// One by an article (`a soldier`, `seorang prajurit`); true where only those count of whom a
    /// fate is told.
    pub(crate) article: Option<bool>,
    /// What it is if the mark in it groups as in the other convention (`1,500` where a comma is
    /// the decimal mark): so read where what is counted comes whole.
    pub(crate) thousands: Option<f64>,
    /// A hyphen or letters right behind tie it to a word.
    pub(crate) tied: bool,
}

impl Numeral {
    fn new(end: usize, value: f64) -> Numeral {
        Numeral {
            end,
            value,
            high: None,
            vague: false,
            scale: None,
            yearlike: false,
            spelt: false,
            part: false,
            article: None,
            thousands: None,
            tied: false,
        }
    }
}

/// The number words of a language.
#[derive(Debug, Clone)]
pub(crate) struct NumeralLexicon {
    decimal: char,
    group: char,
    words: BTreeMap<String, Vec<(Vec<String>, Word)>>,
    suffixes: BTreeMap<String, f64>,
    /// Words after which a number counts nothing; with a number, only up to that one or a year
    /// (days of a month).
    not_after: Phrases<Option<f64>>,
}

impl NumeralLexicon {
    /// Reads `languages/CODE/numerals.tsv`.
    pub(crate) fn load(files: &Files, code: &str) -> Result<NumeralLexicon> {
        let path = format!("languages/{code}/numerals.tsv");
        let table = Table::load(files, &path, &["kind", "words", "value"])?;
        let mut lexicon = NumeralLexicon {
            decimal: '.',
            group: ',',
            words: BTreeMap::new(),
            suffixes: BTreeMap::new(),
            not_after: Phrases::new(),
        };
        for row in table.rows() {
            let kind = row.need("kind")?;
            let number = || -> Result<f64> {
                let cell = row.need("value")?;
                cell.parse()
                    .map_err(|_| row.error(format!("'{cell}' is not a number")))
            };
            let mark = || row.need("words").map(|w| w.chars().next().unwrap_or('.'));
            let word = match kind {
                "decimal" => {
                    lexicon.decimal = mark()?;
                    continue;
                }
                "group" => {
                    lexicon.group = mark()?;
                    continue;
                }
                "suffix" => {
                    let value = number()?;
                    lexicon
                        .suffixes
                        .extend(row.list("words").map(|w| (w.to_string(), value)));
                    continue;
                }
                "not_after" => {
                    let most = (!row.get("value").is_empty()).then(number).transpose()?;
                    row.list("words")
                        .for_each(|w| lexicon.not_after.add(w, most));
                    continue;
                }
                "unit" => Word::Unit(number()?),
                "teen" => Word::Teen(number()?),
                "ten" => Word::Ten(number()?),
                "whole" => Word::Whole(number()?),
                "scale" => Word::Scale(number()?),
                "plus" => Word::Plus(number()?),
                "fraction" => Word::Fraction(number()?),
                "share" => Word::Share(number()?),
                "article" => match row.need("value")? {
                    "fate" => Word::Article(true),
                    "noun" => Word::Article(false),
                    other => return Err(row.error(format!("'{other}' is not fate or noun"))),
                },
                "join" => Word::Join,
                "vague" => {
                    let cell = row.need("value")?;
                    let mut ends = cell.split('-').map(str::parse::<f64>);
                    match (ends.next(), ends.next()) {
                        (Some(Ok(low)), None) => Word::Vague(low, None),
                        (Some(Ok(low)), Some(Ok(high))) => Word::Vague(low, Some(high)),
                        _ => return Err(row.error(format!("'{cell}' is not LOW or LOW-HIGH"))),
                    }
                }
                other => return Err(row.error(format!("no kind of number word is '{other}'"))),
            };
            for words in row.list("words") {
                let forms: Vec<String> = pieces(words, Span::new(0, words.len()))
                    .into_iter()
                    .map(|p| p.low)
                    .collect();
                if let Some(first) = forms.first() {
                    lexicon
                        .words
                        .entry(first.clone())
                        .or_default()
                        .push((forms, word));
                }
            }
        }
        for entries in lexicon.words.values_mut() {
            entries.sort_by_key(|(forms, _)| std::cmp::Reverse(forms.len()));
        }
        Ok(lexicon)
    }

    /// The number that starts at piece `at`.
    ///
    /// `None` for a number that is part of a name or of a compound (`Kh-101`, `9th`).
    pub(crate) fn read(&self, pieces: &[Piece], at: usize) -> Option<Numeral> {
        if self.in_compound(pieces, at) {
            None
        } else {
            self.read_after_prefix(pieces, at, false)
        }
    }

    /// As [`NumeralLexicon::read`], where what stands right before is known not to be part of a
    /// name (`Rp1,5 triliun`, `$20 million`); after a currency (`money`) a scale may be abbreviated
    /// behind a space (`Rp 2,5 T`).
    pub(crate) fn read_after_prefix(
        &self,
        pieces: &[Piece],
        at: usize,
        money: bool,
    ) -> Option<Numeral> {
        let mut numeral = match pieces.get(at)?.kind {
            PieceKind::Number => self.digits(pieces, at, money)?,
            PieceKind::Word => self.spelt(pieces, at)?,
            PieceKind::Mark => return None,
        };
        if self.barred(pieces, at, &numeral) {
            return None;
        }
        numeral.tied = match (pieces.get(numeral.end), pieces.get(numeral.end + 1)) {
            (Some(next), _) if next.kind == PieceKind::Word && next.glued => true,
            (Some(next), Some(after)) => {
                next.is_mark("-")
                    && next.glued
                    && after.glued
                    && after.kind == PieceKind::Word
                    && self.read_word(pieces, numeral.end + 1).is_none()
            }
            _ => false,
        };
        Some(numeral)
    }

    /// True where what stands before `at` makes the number a name, a day or a year.
    pub(crate) fn barred(&self, pieces: &[Piece], at: usize, numeral: &Numeral) -> bool {
        let piece = |back: usize| at.checked_sub(back).and_then(|i| pieces.get(i));
        let number = |back: usize| piece(back).is_some_and(|p| p.kind == PieceKind::Number);
        // October 7, 2023
        if numeral.yearlike && piece(1).is_some_and(|p| p.is_mark(",")) && number(2) {
            return true;
        }
        let most = (1..=3).rev().find_map(|length| {
            let (end, most) = self.not_after.at(pieces, at.checked_sub(length)?)?;
            (end == at).then_some(*most)
        });
        match most {
            None => false,
            Some(None) => !number(2),
            Some(Some(most)) => !numeral.spelt && (numeral.yearlike || numeral.value <= most),
        }
    }

    /// True where a hyphen, a letter or a full stop ties the piece to a word before it.
    fn in_compound(&self, pieces: &[Piece], at: usize) -> bool {
        let Some(piece) = pieces.get(at) else {
            return true;
        };
        if !piece.glued || at == 0 {
            return false;
        }
        match pieces[at - 1].low.as_str() {
            "-" => {
                let Some(word) = at.checked_sub(2).and_then(|i| pieces.get(i)) else {
                    return false;
                };
                let number =
                    word.kind == PieceKind::Number || self.words.contains_key(word.low.as_str());
                pieces[at - 1].glued && !number
            }
            "(" | "[" | "\"" | "'" | "\u{201c}" | "\u{2014}" | "+" => false,
            _ => pieces[at - 1].kind == PieceKind::Word,
        }
    }

    fn digits(&self, pieces: &[Piece], at: usize, money: bool) -> Option<Numeral> {
        let text = &pieces[at].low;
        let (value, thousands) = self.parse_digits(text)?;
        let mut numeral = Numeral::new(at + 1, value);
        let suffix = pieces.get(numeral.end).filter(|next| {
            let told = next.upper || next.low.len() > 1;
            next.glued || (money && told)
        });
        if let Some(factor) = suffix.and_then(|next| self.suffixes.get(&next.low)) {
            numeral.value = scaled(numeral.value, *factor);
            numeral.scale = Some(*factor);
            numeral.end += 1;
        }
        // 2 setengah juta
        if let Some((half, Word::Fraction(0.5))) = self.read_word(pieces, numeral.end)
            && let Some((_, Word::Scale(_))) = self.read_word(pieces, half)
        {
            numeral.value += 0.5;
            numeral.end = half;
        }
        loop {
            // a $4-billion loan
            let start = self.behind_hyphen(pieces, numeral.end);
            let Some((next, Word::Scale(factor))) = self.read_word(pieces, start) else {
                break;
            };
            numeral.value = scaled(numeral.value, factor);
            numeral.scale = Some(numeral.scale.unwrap_or(1.0) * factor);
            numeral.end = next;
        }
        if numeral.scale.is_none() {
            numeral.thousands = thousands;
            numeral.yearlike = text.len() == 4
                && text.bytes().all(|b| b.is_ascii_digit())
                && (1800.0..2200.0).contains(&value);
        }
        Some(numeral)
    }

    /// `at`, or the piece behind a hyphen that ties a number word to what stands before.
    fn behind_hyphen(&self, pieces: &[Piece], at: usize) -> usize {
        let tied = pieces.get(at).is_some_and(|p| p.is_mark("-") && p.glued)
            && pieces.get(at + 1).is_some_and(|p| p.glued);
        at + usize::from(tied)
    }

    /// The number in digits, and what it is by the other convention where both may be meant.
    fn parse_digits(&self, text: &str) -> Option<(f64, Option<f64>)> {
        if text.contains([':', '/']) {
            return None;
        }
        let sure = |value: f64| (value, None);
        let (whole, fraction) = match text.split_once(self.decimal) {
            Some((_, fraction)) if fraction.contains(self.decimal) => {
                // 1,234,567 where a comma is the decimal mark: the other convention.
                return grouped(text, self.decimal).map(sure);
            }
            Some((whole, "000")) => (format!("{whole}{}000", self.group), ""),
            Some((whole, fraction)) => (whole.to_string(), fraction),
            None => (text.to_string(), ""),
        };
        match grouped(&whole, self.group) {
            Some(value) if fraction.is_empty() => Some(sure(value)),
            Some(value) => {
                let other = grouped(text, self.decimal).filter(|_| !whole.starts_with('0'));
                let value: f64 = format!("{value}.{fraction}").parse().ok()?;
                Some((value, other))
            }
            // 2.85 where a full stop groups: the other convention.
            None if fraction.is_empty() => {
                let (whole, fraction) = whole.split_once(self.group)?;
                format!("{whole}.{fraction}").parse().ok().map(sure)
            }
            None => None,
        }
    }

    fn read_word(&self, pieces: &[Piece], at: usize) -> Option<(usize, Word)> {
        let first = pieces.get(at)?;
        let entries = self.words.get(&first.low)?;
        entries
            .iter()
            .find(|(forms, _)| {
                forms
                    .iter()
                    .enumerate()
                    .all(|(k, f)| pieces.get(at + k).is_some_and(|p| p.low == *f))
            })
            .map(|(forms, word)| (at + forms.len(), *word))
    }

    fn spelt(&self, pieces: &[Piece], at: usize) -> Option<Numeral> {
        if let Some((end, Word::Article(fate))) = self.read_word(pieces, at) {
            return Some(Numeral {
                spelt: true,
                article: Some(fate),
                ..Numeral::new(end, 1.0)
            });
        }
        let mut sum = Sum::default();
        let mut end = at;
        let mut next = at;
        let mut joined = false;
        while let Some((after, word)) = self.read_word(pieces, next) {
            if word == Word::Join {
                if !sum.may_join() {
                    break;
                }
                joined = true;
                next = after;
                continue;
            }
            if joined && !matches!(word, Word::Unit(_) | Word::Teen(_) | Word::Ten(_)) {
                break;
            }
            if !sum.take(word) {
                break;
            }
            joined = false;
            end = after;
            next = after;
            // twenty-three, two-and-a-half
            let behind = self.behind_hyphen(pieces, next);
            if behind != next && self.read_word(pieces, behind).is_some() {
                next = behind;
            }
        }
        if end == at {
            return None;
        }
        let (value, high) = sum.total()?;
        Some(Numeral {
            high,
            vague: sum.vague,
            scale: sum.scale,
            spelt: true,
            part: sum.part,
            ..Numeral::new(end, value)
        })
    }
}
