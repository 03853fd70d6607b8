//! The arithmetic of numbers in words.
//!
//! Small numbers add up, scales multiply what came before them, fractions make parts: the same in
//! most languages. Which word does which is told by the table
//! ([`NumeralLexicon`](crate::quantities_numerals::NumeralLexicon)).

/// What a number word does.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Word {
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
    /// A part of one (`setengah`, `a third of`); a half after a number adds to it (`dua setengah`).
    Fraction(f64),
    /// Makes parts of the number before it (`dua pertiga`, `two thirds of`).
    Share(f64),
    /// One by an article (`a soldier`, `seorang prajurit`): says hardly more than the noun. True
    /// where it counts only those of whom a fate is told (`a soldier was killed`).
    Article(bool),
    /// Joins parts of one number (`two hundred and five`).
    Join,
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

/// Four decimals, as many as a third is told with.
fn rounded(value: f64) -> f64 {
    (value * 10_000.0).round() / 10_000.0
}

/// Digits in groups of three.
pub(crate) fn grouped(text: &str, mark: char) -> Option<f64> {
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
pub(crate) struct Sum {
    /// Closed by a scale of a thousand or more.
    total: f64,
    /// Closed by a smaller scale.
    hundreds: f64,
    /// Not yet multiplied.
    open: Option<f64>,
    /// The last word was a ten, so that a unit may follow.
    after_ten: bool,
    high: Option<f64>,
    pub(crate) vague: bool,
    pub(crate) scale: Option<f64>,
    /// The number is a part of one.
    pub(crate) part: bool,
    any: bool,
}

impl Sum {
    pub(crate) fn may_join(&self) -> bool {
        self.any && self.open.is_none() && (self.hundreds > 0.0 || self.total > 0.0)
    }

    /// Takes the word into the sum; false where it cannot belong to the same number.
    pub(crate) fn take(&mut self, word: Word) -> bool {
        let was_ten = std::mem::take(&mut self.after_ten);
        if self.vague && !matches!(word, Word::Scale(_)) {
            return false;
        }
        if self.part && !matches!(word, Word::Scale(factor) if factor >= 1000.0) {
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
                Some(open) if open < 10.0 || v < 1.0 => self.open = Some(open + v),
                _ => return false,
            },
            Word::Fraction(v) => match self.open {
                Some(open) if v == 0.5 => self.open = Some(open + v),
                None if !self.any => {
                    self.open = Some(v);
                    self.part = true;
                }
                _ => return false,
            },
            Word::Share(v) => match self.open {
                Some(open) if open < 1.0 / v => {
                    self.open = Some(rounded(open * v));
                    self.part = true;
                }
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
                    let part = self.hundreds + self.open.unwrap_or(0.0);
                    match self.scale {
                        // dua ribu tiga ribu: two numbers.
                        Some(last) if factor == last && part > 0.0 => return false,
                        // dua ribu lima ratus triliun
                        Some(last) if factor >= last => {
                            self.total = scaled(self.total + part, factor);
                        }
                        _ if part == 0.0 && self.total == 0.0 => return false,
                        _ if part == 0.0 => self.total = scaled(self.total, factor),
                        _ => self.total += scaled(part, factor),
                    }
                    self.open = None;
                    self.hundreds = 0.0;
                    self.high = self.high.map(|h| h * factor);
                    self.scale = Some(factor);
                    self.part = false;
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
            Word::Article(_) | Word::Join => return false,
        }
        self.any = true;
        true
    }

    pub(crate) fn total(&self) -> Option<(f64, Option<f64>)> {
        let value = self.total + self.hundreds + self.open.unwrap_or(0.0);
        (self.any && value > 0.0).then_some((value, self.high))
    }
}
