//! A stretch of text to tokens.
//!
//! The text is walked in grapheme clusters, so that no accent is torn from its letter. White
//! space always separates; inside a chunk the walker decides what belongs to a word: full stops
//! of abbreviations and numbers, hyphens, apostrophes, slashes between digits. What no rule
//! claims is a token of its own. Nothing but white space is ever lost.

use kronik_text::Span;
use unicode_segmentation::UnicodeSegmentation;

use crate::pack::{Abbreviation, Pack};

/// Top-level domains that news sites use; a name before one of them keeps its full stop.
const DOMAINS: [&str; 24] = [
    "com", "org", "net", "co", "id", "gov", "go", "edu", "int", "mil", "info", "news", "tv", "uk",
    "ru", "ua", "de", "fr", "my", "sg", "au", "ps", "il", "io",
];

/// Endings of file names; like domains they keep their full stop.
const EXTENSIONS: [&str; 24] = [
    "doc", "docx", "xls", "xlsx", "ppt", "pptx", "pdf", "txt", "rtf", "csv", "htm", "html", "php",
    "asp", "aspx", "jpg", "jpeg", "png", "gif", "zip", "exe", "mp3", "mp4", "wav",
];

/// Fewest parts of a dotted name of which nothing else is known.
const DOTTED: usize = 3;

/// White space, and characters that show nothing.
pub(crate) fn is_blank(c: char) -> bool {
    c.is_whitespace() || is_invisible(c) || c.is_control()
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{00AD}' | '\u{202A}'..='\u{202E}')
}

/// A grapheme cluster with what the rules ask about it.
#[derive(Clone, Copy)]
struct Piece<'t> {
    at: usize,
    text: &'t str,
    first: char,
}

impl Piece<'_> {
    fn end(&self) -> usize {
        self.at + self.text.len()
    }

    fn is_blank(&self) -> bool {
        self.text.chars().all(is_blank)
    }

    fn is_digit(&self) -> bool {
        self.first.is_ascii_digit()
    }

    fn is_word(&self) -> bool {
        self.first.is_alphanumeric()
    }

    fn is_apostrophe(&self) -> bool {
        matches!(self.first, '\'' | '\u{2019}' | '\u{02BC}')
    }

    fn is_hyphen(&self) -> bool {
        matches!(self.first, '-' | '\u{2010}' | '\u{2011}')
    }

    /// Signs that stand inside a word if a word goes on after them.
    fn joins_words(&self) -> bool {
        self.is_hyphen()
            || self.is_apostrophe()
            || matches!(self.first, '_' | '\u{B7}')
            || self.text.chars().all(is_invisible)
    }

    /// Scripts written without spaces: each sign is a token.
    fn stands_alone(&self) -> bool {
        matches!(self.first as u32, 0x3040..=0x30FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0x20000..=0x2FFFF)
    }
}

/// Tokens of `text[span]`, in order, as spans of `text`.
pub(crate) fn tokens(text: &str, span: Span, pack: &Pack) -> Vec<Span> {
    let pieces: Vec<Piece<'_>> = span
        .slice(text)
        .grapheme_indices(true)
        .filter_map(|(at, g)| {
            Some(Piece {
                at: at + span.start(),
                text: g,
                first: g.chars().next()?,
            })
        })
        .collect();
    let walker = Walker {
        text,
        pieces: &pieces,
        pack,
    };
    let mut out = Vec::new();
    let mut i = 0;
    while i < pieces.len() {
        if pieces[i].is_blank() {
            i += 1;
            continue;
        }
        let end = walker.token_end(i).max(i + 1);
        walker.cut(i, end, &mut out);
        i = end;
    }
    out
}

struct Walker<'t> {
    text: &'t str,
    pieces: &'t [Piece<'t>],
    pack: &'t Pack,
}

impl<'t> Walker<'t> {
    fn get(&self, i: usize) -> Option<&Piece<'t>> {
        self.pieces.get(i)
    }

    fn is(&self, i: usize, test: impl Fn(&Piece<'t>) -> bool) -> bool {
        self.get(i).is_some_and(test)
    }

    /// Index of the first piece from `i` on that is blank.
    fn chunk_end(&self, i: usize) -> usize {
        (i..self.pieces.len())
            .find(|j| self.pieces[*j].is_blank())
            .unwrap_or(self.pieces.len())
    }

    fn slice(&self, from: usize, to: usize) -> &'t str {
        let start = self.pieces[from].at;
        let end = self.pieces[to - 1].end();
        self.text.get(start..end).unwrap_or("")
    }

    /// Index after the token that starts at `i`.
    fn token_end(&self, i: usize) -> usize {
        let piece = self.pieces[i];
        if piece.is_word() && !piece.stands_alone() {
            return self.address_end(i).unwrap_or_else(|| self.word_end(i));
        }
        if matches!(piece.first, '@' | '#') && self.is(i + 1, |p| p.is_word() && !p.is_digit()) {
            return self.word_end(i + 1);
        }
        if let Some(ending) = self.ending_at(i) {
            return ending;
        }
        if let Some(end) = self.face_end(i) {
            return end;
        }
        self.run_end(i)
    }

    /// A run of one mark is one token: an ellipsis, a dash of two hyphens, exclamations.
    fn run_end(&self, i: usize) -> usize {
        let piece = self.pieces[i];
        let runs = matches!(
            piece.first,
            '.' | '-'
                | '!'
                | '?'
                | '*'
                | '='
                | '_'
                | '—'
                | '–'
                | '+'
                | '$'
                | '<'
                | '>'
                | '`'
                | '~'
                | '\\'
                | '/'
                | '#'
                | '^'
                | '|'
        );
        let calls = |p: &Piece<'_>| matches!(p.first, '!' | '?');
        let mut end = i + 1;
        let same = |p: &Piece<'_>| p.text == piece.text || calls(&piece) && calls(p);
        while runs && self.is(end, same) {
            end += 1;
        }
        if matches!(piece.first, '-' | '=' | '*') {
            let line = |p: &Piece<'_>| matches!(p.first, '-' | '=' | '*');
            let mixed = (i + 1..self.chunk_end(i))
                .take_while(|j| self.is(*j, line))
                .count()
                + i
                + 1;
            if mixed > i + 2 && !self.is(mixed, Piece::is_word) {
                end = mixed;
            }
        }
        if piece.first == '.' && end == i + 1 && self.is(end, calls) {
            while self.is(end, calls) {
                end += 1;
            }
        }
        end
    }

    /// End of a face made of marks, `:-)`, that stands between white space.
    fn face_end(&self, i: usize) -> Option<usize> {
        let free = i == 0
            || self.pieces[i - 1].is_blank()
            || matches!(self.pieces[i - 1].first, '.' | '!' | '?' | ',');
        if !free {
            return None;
        }
        let mut j = i;
        if !self.is(j, |p| matches!(p.first, ':' | ';' | '=' | '8' | 'X')) {
            return None;
        }
        j += 1;
        if self.is(j, |p| matches!(p.first, '-' | 'o' | '^' | '\'')) {
            j += 1;
        }
        let mouth = self.get(j)?.first;
        if !matches!(
            mouth,
            '(' | ')' | 'D' | 'P' | 'p' | '|' | '/' | '\\' | ']' | '[' | '*' | 'O'
        ) {
            return None;
        }
        j += 1;
        while self.is(j, |p| p.first == mouth && !p.is_word()) {
            j += 1;
        }
        let ends = self
            .get(j)
            .is_none_or(|p| p.is_blank() || matches!(p.first, '.' | ',' | '!' | '?' | ')'));
        ends.then_some(j)
    }

    /// End of a web or mail address that starts at `i`.
    fn address_end(&self, i: usize) -> Option<usize> {
        let end = self.chunk_end(i);
        let chunk = self.slice(i, end);
        let is_address = chunk.starts_with("http://")
            || chunk.starts_with("https://")
            || chunk.starts_with("www.")
            || chunk.split_once('@').is_some_and(|(name, host)| {
                let plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '+');
                !name.is_empty() && name.chars().all(plain) && host.contains('.')
            });
        if !is_address {
            return None;
        }
        let mut end = end;
        while end > i + 1 && !self.is(end - 1, |p| p.is_word() || p.first == '/') {
            end -= 1;
        }
        Some(end)
    }

    fn word_end(&self, i: usize) -> usize {
        let mut j = i + 1;
        while let Some(piece) = self.get(j) {
            let before = self.pieces[j - 1];
            let next = self.get(j + 1);
            let next_word = next.is_some_and(|p| p.is_word() && !p.stands_alone());
            let digits = before.is_digit() && next.is_some_and(Piece::is_digit);
            let goes_on = if piece.is_word() {
                !piece.stands_alone()
            } else if piece.joins_words() {
                next_word
            } else {
                match piece.first {
                    '.' => digits || (next_word && self.keeps_stop(i, j)),
                    ',' | ':' => digits,
                    '/' => digits || next_word && self.keeps_slash(i, j),
                    '&' => {
                        before.first.is_uppercase() && next.is_some_and(|p| p.first.is_uppercase())
                    }
                    '$' => before.first.is_uppercase(),
                    _ => false,
                }
            };
            if !goes_on {
                break;
            }
            j += 1;
        }
        // `Inc..` ends a sentence with an abbreviation; `Inc...` breaks off.
        let stops = (j..self.pieces.len())
            .take_while(|k| self.pieces[*k].first == '.')
            .count();
        if matches!(stops, 1 | 2) && self.is_abbreviation(i, j) {
            j += 1;
        }
        j
    }

    /// True if the slash at `j`, between two letters, is inside the word that starts at `i`: `a/n`,
    /// and numbers of documents and quarters, `II/2024`, `34/PMK.07/2024`.
    fn keeps_slash(&self, i: usize, j: usize) -> bool {
        let left = self.slice(i, j);
        let left = left.rsplit('/').next().unwrap_or(left);
        let right = self.slice(j + 1, self.chunk_end(j));
        let right: String = right.chars().take_while(|c| c.is_alphanumeric()).collect();
        let single = |w: &str| w.chars().count() == 1 && w.chars().all(char::is_alphabetic);
        let number = |w: &str| !w.is_empty() && w.chars().all(|c| c.is_ascii_digit() || c == '.');
        let capitals = |w: &str| !w.is_empty() && w.chars().all(|c| c.is_uppercase() || c == '.');
        single(left) && single(&right)
            || number(left) && capitals(&right) && right.chars().count() > 1
            || capitals(left) && number(&right)
    }

    /// True if the full stop at `j`, between two letters, is inside the word that starts at `i`.
    fn keeps_stop(&self, i: usize, j: usize) -> bool {
        let word_from = |from: usize| {
            let to = (from..self.pieces.len())
                .find(|k| !self.pieces[*k].is_word())
                .unwrap_or(self.pieces.len());
            self.slice(from, to)
        };
        let before = self.slice(i, j);
        let last = before.rsplit('.').next().unwrap_or(before);
        let after = word_from(j + 1);
        let single = |w: &str| w.chars().count() == 1 && w.chars().all(char::is_alphabetic);
        if single(last) && (single(after) || after.chars().next().is_some_and(char::is_uppercase)) {
            return single(after) || before.contains('.');
        }
        let end = |w: &str| {
            let lower = w.to_lowercase();
            DOMAINS.contains(&lower.as_str()) || EXTENSIONS.contains(&lower.as_str())
        };
        if end(after) {
            return true;
        }
        // A dotted name as a whole: `mail.news.example`.
        let chunk = self.slice(i, self.chunk_end(i));
        let name = chunk.trim_end_matches(|c: char| !c.is_alphanumeric());
        let parts: Vec<&str> = name.split('.').collect();
        let plain = |w: &&str| {
            w.chars().count() > 1
                && w.chars()
                    .all(|c| c.is_lowercase() || matches!(c, '-' | '_'))
        };
        if parts.len() >= DOTTED
            && (parts.iter().all(plain) || parts.last().is_some_and(|w| end(w)))
        {
            return true;
        }
        let mixed = |w: &str| w.chars().any(|c| c.is_ascii_digit());
        if mixed(last) || mixed(after) {
            let start = after.chars().next();
            return !(start.is_some_and(char::is_uppercase)
                && last.chars().next_back().is_some_and(|c| c.is_lowercase()));
        }
        false
    }

    /// True if the word in `i..j` and the full stop at `j` are an abbreviation.
    fn is_abbreviation(&self, i: usize, j: usize) -> bool {
        let word = self.slice(i, j);
        let with_stop = self.slice(i, j + 1);
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        let initial =
            letters == 1 && word.chars().count() == 1 && word.chars().all(char::is_uppercase);
        let dotted = word.contains('.')
            && word.split('.').all(|part| part.chars().count() == 1)
            && letters > 1;
        if initial || dotted {
            return true;
        }
        match find_abbreviation(self.pack, with_stop) {
            None => false,
            Some(Abbreviation::BeforeNumber) => {
                let next = (j + 1..self.pieces.len()).find(|k| !self.pieces[*k].is_blank());
                next.is_some_and(|k| self.starts_number(k))
            }
            Some(_) => true,
        }
    }

    /// True if a number stands at `k`, in digits or Roman ones.
    fn starts_number(&self, k: usize) -> bool {
        let end = (k..self.pieces.len())
            .find(|j| !self.pieces[*j].is_word())
            .unwrap_or(self.pieces.len());
        let roman = |c: char| matches!(c, 'I' | 'V' | 'X' | 'L' | 'C');
        self.pieces[k].is_digit() || end > k && self.slice(k, end).chars().all(roman)
    }

    /// End of an ending of the language (`'s`) that starts at `i` with its apostrophe.
    fn ending_at(&self, i: usize) -> Option<usize> {
        if !self.pieces[i].is_apostrophe() || i == 0 || self.pieces[i - 1].is_blank() {
            return None;
        }
        let mut end = i + 1;
        while self.is(end, Piece::is_word) {
            end += 1;
        }
        let found = plain_apostrophes(self.slice(i, end)).to_lowercase();
        self.pack
            .settings
            .tokens
            .endings
            .contains(&found)
            .then_some(end)
    }

    /// Cuts a word into the tokens the language sees in it and pushes them.
    fn cut(&self, from: usize, to: usize, out: &mut Vec<Span>) {
        let mut rest = self.slice(from, to);
        let mut start = self.pieces[from].at;
        let settings = &self.pack.settings.tokens;
        loop {
            let at = settings
                .halves
                .get(&rest.to_lowercase())
                .and_then(|n| rest.char_indices().nth(*n).map(|(at, _)| at))
                .or_else(|| after_money(rest))
                .or_else(|| ending_cut(rest, &settings.endings))
                .or_else(|| currency_cut(rest, &settings.currencies))
                .or_else(|| unit_cut(rest, &settings.units));
            let Some((first, second)) = at
                .filter(|at| *at > 0)
                .and_then(|at| rest.split_at_checked(at))
            else {
                break;
            };
            if second.is_empty() {
                break;
            }
            out.push(Span::new(start, start + first.len()));
            start += first.len();
            rest = second;
        }
        out.push(Span::new(start, start + rest.len()));
    }
}

/// What the pack says of an abbreviation, also if it is printed with a capital or in capitals.
pub(crate) fn find_abbreviation(pack: &Pack, with_stop: &str) -> Option<Abbreviation> {
    let found = |form: &str| pack.abbreviations.get(form).copied();
    found(with_stop)
        .or_else(|| found(&with_stop.to_lowercase()))
        .or_else(|| {
            let mut chars = with_stop.chars();
            let first = chars.next()?;
            let rest = chars.as_str();
            let capitals = rest.chars().count() > 2 && rest.chars().all(|c| !c.is_lowercase());
            found(&format!("{first}{}", rest.to_lowercase()))
                .filter(|kind| capitals && *kind == Abbreviation::Perhaps)
        })
}

fn plain_apostrophes(word: &str) -> String {
    word.replace(['\u{2019}', '\u{02BC}'], "'")
}

fn ending_cut(word: &str, endings: &[String]) -> Option<usize> {
    if endings.is_empty() || !word.contains(['\'', '\u{2019}', '\u{02BC}']) {
        return None;
    }
    endings.iter().find_map(|ending| {
        // Compared from the back, character by character, so that positions stay the original's.
        let mut at = word.len();
        let mut chars = word.char_indices().rev();
        for wanted in ending.chars().rev() {
            let (i, c) = chars.next()?;
            let c = if matches!(c, '\u{2019}' | '\u{02BC}') {
                '\''
            } else {
                c
            };
            if !c.to_lowercase().eq(wanted.to_lowercase()) {
                return None;
            }
            at = i;
        }
        // `1990's` is a word as it is.
        let number = || {
            word.get(..at)
                .is_some_and(|w| w.chars().all(|c| c.is_ascii_digit()))
        };
        (at > 0 && !number()).then_some(at)
    })
}

/// Where a number begins after a currency sign; a run of signs is one token.
fn after_money(word: &str) -> Option<usize> {
    let at = word.find('$')? + 1;
    (!word.get(at..)?.starts_with('$')).then_some(at)
}

fn currency_cut(word: &str, currencies: &[String]) -> Option<usize> {
    currencies.iter().find_map(|c| {
        let rest = word.strip_prefix(c.as_str())?;
        rest.starts_with(|c: char| c.is_ascii_digit())
            .then_some(c.len())
    })
}

fn unit_cut(word: &str, units: &[String]) -> Option<usize> {
    if !word.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let at = word.find(|c: char| c.is_alphabetic())?;
    let number = word.get(..at)?;
    let plain = number
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | ':'));
    let unit = word.get(at..)?;
    (plain && number.ends_with(|c: char| c.is_ascii_digit()) && units.iter().any(|u| u == unit))
        .then_some(at)
}
