//! Numbers in digits and words: `1.003`, `2.85 billion`, `dua puluh tiga`, `belasan ribu`.
//!
//! Number words are a small grammar of their own that most languages share: small numbers that
//! add up, scales that multiply what came before them. The table says which word is which, the
//! sums are done here.

use std::collections::BTreeMap;

use kronik_record::table::Table;
use kronik_record::{Files, Result};
use kronik_text::Span;

use crate::times_pieces::{Piece, PieceKind, pieces};

/// What a number word does.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Word {
    /// 1 to 9: adds to tens.
    Unit(f64),
    /// 10 to 19: stands alone or after hundreds.
    Teen(f64),
    /// 20, 30 … 90: a unit may follow.
    Ten(f64),
    /// A number with its scale in one word (`seribu`, `a dozen`).
    Whole(f64),
    /// Multiplies what stands before it.
    Scale(f64),
    /// Adds to the unit before it (`dua belas` is 2 and 10).
    Plus(f64),
    /// A vague number: at least the first, at most the second where there is one.
    Vague(f64, Option<f64>),
    /// Joins parts of one number (`two hundred and five`).
    Join,
}

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
}

/// The number words of a language.
#[derive(Debug, Clone)]
pub(crate) struct NumeralLexicon {
    decimal: char,
    group: char,
    words: BTreeMap<String, Vec<(Vec<String>, Word)>>,
    suffixes: BTreeMap<String, f64>,
    not_after: Vec<String>,
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
            not_after: Vec::new(),
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
                    lexicon
                        .not_after
                        .extend(row.list("words").map(str::to_string));
                    continue;
                }
                "unit" => Word::Unit(number()?),
                "teen" => Word::Teen(number()?),
                "ten" => Word::Ten(number()?),
                "whole" => Word::Whole(number()?),
                "scale" => Word::Scale(number()?),
                "plus" => Word::Plus(number()?),
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
    /// `None` for a number that is part of a name or of a compound (`Kh-101`, `36-hour`, `9th`).
    pub(crate) fn read(&self, pieces: &[Piece], at: usize) -> Option<Numeral> {
        if self.in_compound(pieces, at) {
            None
        } else {
            self.read_after_prefix(pieces, at)
        }
    }

    /// As [`NumeralLexicon::read`], where what stands right before is known not to be part of a
    /// name (`Rp1,5 triliun`, `$20 million`).
    pub(crate) fn read_after_prefix(&self, pieces: &[Piece], at: usize) -> Option<Numeral> {
        let first = pieces.get(at)?;
        if let Some(before) = at.checked_sub(1).and_then(|i| pieces.get(i))
            && self.not_after.contains(&before.low)
        {
            return None;
        }
        let numeral = match first.kind {
            PieceKind::Number => self.digits(pieces, at)?,
            PieceKind::Word => self.spelt(pieces, at)?,
            PieceKind::Mark => return None,
        };
        // A hyphen or letters right behind make it a part of a word.
        match (pieces.get(numeral.end), pieces.get(numeral.end + 1)) {
            (Some(next), _) if next.kind == PieceKind::Word && next.glued => None,
            (Some(next), Some(after))
                if next.is_mark("-")
                    && next.glued
                    && after.glued
                    && after.kind == PieceKind::Word
                    && self.read_word(pieces, numeral.end + 1).is_none() =>
            {
                None
            }
            _ => Some(numeral),
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

    fn digits(&self, pieces: &[Piece], at: usize) -> Option<Numeral> {
        let text = &pieces[at].low;
        let value = self.parse_digits(text)?;
        let yearlike = text.len() == 4
            && text.bytes().all(|b| b.is_ascii_digit())
            && (1800.0..2200.0).contains(&value);
        let mut end = at + 1;
        let (mut value, mut scale) = (value, None);
        if let Some(next) = pieces.get(end)
            && next.glued
            && let Some(factor) = self.suffixes.get(&next.low)
        {
            value = scaled(value, *factor);
            scale = Some(*factor);
            end += 1;
        }
        while let Some((next, Word::Scale(factor))) = self.read_word(pieces, end) {
            value = scaled(value, factor);
            scale = Some(scale.unwrap_or(1.0) * factor);
            end = next;
        }
        let yearlike = yearlike && scale.is_none();
        Some(Numeral {
            end,
            value,
            high: None,
            vague: false,
            scale,
            yearlike,
            spelt: false,
        })
    }

    fn parse_digits(&self, text: &str) -> Option<f64> {
        if text.contains([':', '/']) {
            return None;
        }
        let (whole, fraction) = match text.split_once(self.decimal) {
            Some((_, fraction)) if fraction.contains(self.decimal) => {
                // 1,234,567 where a comma is the decimal mark: the other convention.
                return grouped(text, self.decimal);
            }
            Some((whole, "000")) => (format!("{whole}{}000", self.group), ""),
            Some((whole, fraction)) => (whole.to_string(), fraction),
            None => (text.to_string(), ""),
        };
        match grouped(&whole, self.group) {
            Some(value) if fraction.is_empty() => Some(value),
            Some(value) => format!("{value}.{fraction}").parse().ok(),
            // 2.85 where a full stop groups: the other convention.
            None if fraction.is_empty() => {
                let (whole, fraction) = whole.split_once(self.group)?;
                format!("{whole}.{fraction}").parse().ok()
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
            // twenty-three
            if pieces.get(next).is_some_and(|p| p.is_mark("-") && p.glued)
                && pieces.get(next + 1).is_some_and(|p| p.glued)
                && matches!(
                    (word, self.read_word(pieces, next + 1)),
                    (Word::Ten(_), Some(_))
                )
            {
                next += 1;
            }
        }
        if end == at {
            return None;
        }
        let (value, high) = sum.total()?;
        Some(Numeral {
            end,
            value,
            high,
            vague: sum.vague,
            scale: sum.scale,
            yearlike: false,
            spelt: true,
        })
    }
}

/// The product, whole where only the binary fraction makes it not so (4.1 billion).
pub(crate) fn scaled(value: f64, factor: f64) -> f64 {
    let product = value * factor;
    let whole = product.round();
    if (product - whole).abs() < 1e-3 {
        whole
    } else {
        product
    }
}

/// Digits in groups of three.
fn grouped(text: &str, mark: char) -> Option<f64> {
    let mut parts = text.split(mark);
    let first = parts.next()?;
    let mut digits = first.to_string();
    for part in parts {
        if part.len() != 3 || first.len() > 3 || first.is_empty() {
            return None;
        }
        digits.push_str(part);
    }
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    digits.parse().ok()
}

/// The running sum of a spelt number.
#[derive(Debug, Default)]
struct Sum {
    /// Closed by a scale of a thousand or more.
    total: f64,
    /// Closed by a smaller scale.
    hundreds: f64,
    /// Not yet multiplied.
    open: Option<f64>,
    /// The last word was a ten, so that a unit may follow.
    after_ten: bool,
    high: Option<f64>,
    vague: bool,
    scale: Option<f64>,
    any: bool,
}

impl Sum {
    fn may_join(&self) -> bool {
        self.any && self.open.is_none() && (self.hundreds > 0.0 || self.total > 0.0)
    }

    /// Takes the word into the sum; false where it cannot belong to the same number.
    fn take(&mut self, word: Word) -> bool {
        let was_ten = std::mem::take(&mut self.after_ten);
        if self.vague && !matches!(word, Word::Scale(_)) {
            return false;
        }
        match word {
            Word::Unit(v) => match self.open {
                Some(open) if was_ten => self.open = Some(open + v),
                Some(_) => return false,
                None => self.open = Some(v),
            },
            Word::Teen(v) | Word::Ten(v) => {
                if self.open.is_some() {
                    return false;
                }
                self.open = Some(v);
                self.after_ten = matches!(word, Word::Ten(_));
            }
            Word::Whole(v) => {
                if self.open.is_some() {
                    return false;
                }
                if v >= 1000.0 {
                    self.total += v;
                } else {
                    self.hundreds += v;
                }
            }
            Word::Plus(v) => match self.open {
                Some(open) if open < 10.0 => self.open = Some(open + v),
                _ => return false,
            },
            Word::Scale(factor) => {
                if !self.any {
                    return false;
                }
                if factor < 1000.0 {
                    let Some(open) = self.open.take() else {
                        return false;
                    };
                    self.hundreds += open * factor;
                    self.high = self.high.map(|h| h * factor);
                } else {
                    let part = self.hundreds + self.open.take().unwrap_or(0.0);
                    if part == 0.0 {
                        if self.total == 0.0 {
                            return false;
                        }
                        self.total *= factor;
                    } else {
                        self.total += part * factor;
                    }
                    self.hundreds = 0.0;
                    self.high = self.high.map(|h| h * factor);
                    self.scale = Some(factor);
                }
            }
            Word::Vague(low, high) => {
                if self.any {
                    return false;
                }
                self.open = Some(low);
                self.high = high;
                self.vague = true;
            }
            Word::Join => return false,
        }
        self.any = true;
        true
    }

    fn total(&self) -> Option<(f64, Option<f64>)> {
        let value = self.total + self.hundreds + self.open.unwrap_or(0.0);
        (self.any && value > 0.0).then_some((value, self.high))
    }
}
