//! What a number counts: the noun after it, the currency before it, what was done to those
//! counted.
//!
//! The words are rows of `units.tsv`. Where the head of a noun phrase stands is a property of the
//! language (`rudal balistik`, `ballistic missiles`) and is written there too.

use kronik_lang::{Sentence, Upos};
use kronik_record::table::{Row, Table};
use kronik_record::{Files, Result};

use crate::times_pieces::{Piece, PieceKind};
use crate::times_table::Phrases;

/// What kind of thing is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    /// People without a standing that the unit must keep.
    Person,
    /// People whose unit tells more than what was done to them (prisoners, ministers).
    Captive,
    Thing,
    Money,
}

/// To whom a fate's unit applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    All,
    Person,
    Bare,
}

#[derive(Debug, Clone)]
struct Fate {
    unit: String,
    reach: Reach,
}

/// A counted noun: the unit, its class, the piece after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Counted {
    pub(crate) unit: String,
    pub(crate) class: Class,
    pub(crate) end: usize,
}

/// What follows a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum After {
    /// A noun.
    Noun(Counted),
    /// A measure that is no quantity of ours.
    None,
    /// Counts the same as the number before it in the sentence.
    Same(usize),
    /// Counts the same as the number after it (`six of seven missiles`).
    Next,
    /// Nothing that is known.
    Unknown,
}

/// The counted nouns of a language.
#[derive(Debug, Clone)]
pub(crate) struct UnitLexicon {
    head_last: bool,
    nouns: Phrases<Option<(String, Class)>>,
    classifiers: Phrases<()>,
    prefixes: Phrases<String>,
    fates_before: Phrases<Fate>,
    fates_after: Phrases<Fate>,
    auxiliaries: Phrases<()>,
    skips: Phrases<()>,
    stops: Phrases<()>,
    partitives: Phrases<()>,
    anaphors: Phrases<()>,
    /// Prepositions that tie a noun to the one counted (`volunteers of the Red Crescent`).
    ties: Phrases<()>,
    endings: Vec<(String, String)>,
    /// Unit of capitalised plurals that are no known noun (`50 Ukrainians`).
    capitalised: Option<String>,
}

impl UnitLexicon {
    /// Reads `languages/CODE/units.tsv`; the names of months and weekdays are no units.
    pub(crate) fn load(files: &Files, code: &str) -> Result<UnitLexicon> {
        let path = format!("languages/{code}/units.tsv");
        let table = Table::load(files, &path, &["kind", "words", "unit", "class", "place"])?;
        let mut lexicon = UnitLexicon {
            head_last: true,
            nouns: Phrases::new(),
            classifiers: Phrases::new(),
            prefixes: Phrases::new(),
            fates_before: Phrases::new(),
            fates_after: Phrases::new(),
            auxiliaries: Phrases::new(),
            skips: Phrases::new(),
            stops: Phrases::new(),
            partitives: Phrases::new(),
            anaphors: Phrases::new(),
            ties: Phrases::new(),
            endings: Vec::new(),
            capitalised: None,
        };
        for row in table.rows() {
            lexicon.take(row)?;
        }
        for name in ["months", "weekdays"] {
            let path = format!("languages/{code}/{name}.tsv");
            for row in Table::load_optional(files, &path, &["words"])?.rows() {
                row.list("words").for_each(|w| lexicon.nouns.add(w, None));
            }
        }
        Ok(lexicon)
    }

    fn take(&mut self, row: Row<'_>) -> Result<()> {
        let plain = match row.need("kind")? {
            "noun" => {
                let class = match row.need("class")? {
                    "person" => Class::Person,
                    "captive" => Class::Captive,
                    "thing" => Class::Thing,
                    "money" => Class::Money,
                    other => return Err(row.error(format!("no class of nouns is '{other}'"))),
                };
                let unit = row.need("unit")?.to_string();
                row.list("words")
                    .for_each(|w| self.nouns.add(w, Some((unit.clone(), class))));
                return Ok(());
            }
            "none" => {
                row.list("words").for_each(|w| self.nouns.add(w, None));
                return Ok(());
            }
            "prefix" => {
                let unit = row.need("unit")?;
                row.list("words")
                    .for_each(|w| self.prefixes.add(w, unit.to_string()));
                return Ok(());
            }
            "fate" => {
                let reach = match row.need("class")? {
                    "all" => Reach::All,
                    "person" => Reach::Person,
                    "bare" => Reach::Bare,
                    other => return Err(row.error(format!("no reach of fates is '{other}'"))),
                };
                let fate = Fate {
                    unit: row.need("unit")?.to_string(),
                    reach,
                };
                let (before, after) = match row.need("place")? {
                    "before" => (true, false),
                    "after" => (false, true),
                    "both" => (true, true),
                    other => return Err(row.error(format!("no place of fates is '{other}'"))),
                };
                for words in row.list("words") {
                    if before {
                        self.fates_before.add(words, fate.clone());
                    }
                    if after {
                        self.fates_after.add(words, fate.clone());
                    }
                }
                return Ok(());
            }
            "ending" => {
                let put = row.get("unit");
                self.endings
                    .extend(row.list("words").map(|w| (w.to_string(), put.to_string())));
                return Ok(());
            }
            "capitalised" => {
                self.capitalised = Some(row.need("unit")?.to_string());
                return Ok(());
            }
            "order" => {
                self.head_last = match row.need("class")? {
                    "first" => false,
                    "last" => true,
                    other => return Err(row.error(format!("'{other}' is not first or last"))),
                };
                return Ok(());
            }
            "classifier" => &mut self.classifiers,
            "aux" => &mut self.auxiliaries,
            "skip" => &mut self.skips,
            "stop" => &mut self.stops,
            "partitive" => &mut self.partitives,
            "anaphor" => &mut self.anaphors,
            "tie" => &mut self.ties,
            other => return Err(row.error(format!("no kind of row is '{other}'"))),
        };
        row.list("words").for_each(|w| plain.add(w, ()));
        Ok(())
    }

    /// The currency that ends right before piece `at`: where it starts and its unit.
    pub(crate) fn currency_before(&self, pieces: &[Piece], at: usize) -> Option<(usize, &str)> {
        (1..=3)
            .rev()
            .filter_map(|length| at.checked_sub(length))
            .find_map(|start| {
                let (end, unit) = self.prefixes.at(pieces, start)?;
                (end == at).then_some((start, unit.as_str()))
            })
    }

    /// True where the word before a number makes it a year or a part of a name.
    pub(crate) fn is_stop(&self, low: &str) -> bool {
        self.stops.word(low).is_some()
    }

    /// What the number that ends before piece `at` counts.
    pub(crate) fn after(
        &self,
        sentence: &Sentence,
        pieces: &[Piece],
        at: usize,
        starts_number: &dyn Fn(usize) -> bool,
    ) -> After {
        let Some(first) = pieces.get(at) else {
            return After::Unknown;
        };
        if let Some((end, ())) = self.anaphors.at(pieces, at)
            && !self.head_last_noun_follows(sentence, pieces, end)
        {
            return After::Same(end);
        }
        if let Some((end, ())) = self.partitives.at(pieces, at)
            && starts_number(end)
        {
            return After::Next;
        }
        if first.glued && first.kind == PieceKind::Mark && !first.is_mark("%") {
            return After::Unknown;
        }
        let found = if self.head_last {
            self.noun_at_end(sentence, pieces, at)
        } else {
            self.noun_at_start(sentence, pieces, at)
        };
        match found {
            Some((Some((unit, class)), end)) => After::Noun(Counted { unit, class, end }),
            Some((None, _)) => After::None,
            None => After::Unknown,
        }
    }

    /// `others` counts what was counted before, `other soldiers` does not.
    fn head_last_noun_follows(&self, sentence: &Sentence, pieces: &[Piece], at: usize) -> bool {
        self.head_last && matches!(self.noun_at_end(sentence, pieces, at), Some((Some(_), _)))
    }

    /// The noun at `at`: by its form, its form without an ending, its lemma.
    #[allow(clippy::type_complexity)]
    fn noun(
        &self,
        sentence: &Sentence,
        pieces: &[Piece],
        at: usize,
    ) -> Option<(usize, Option<(String, Class)>)> {
        let piece = pieces.get(at)?;
        let whole = self.nouns.at(pieces, at);
        // Try the phrase with its last word's ending taken off: `fighter jets`, `anggotanya`.
        let mut best = whole.map(|(end, value)| (end, value.clone()));
        for length in 1..=4 {
            let Some(last) = pieces.get(at + length - 1) else {
                break;
            };
            if last.kind != PieceKind::Word && !last.is_mark("%") {
                break;
            }
            let longer = best.as_ref().is_none_or(|(end, _)| at + length > *end);
            if !longer {
                continue;
            }
            for stem in self.stems(sentence, last) {
                let mut changed: Vec<Piece> = pieces[at..at + length].to_vec();
                if let Some(last) = changed.last_mut() {
                    last.low = stem;
                }
                if let Some((end, value)) = self.nouns.at(&changed, 0)
                    && end == length
                {
                    best = Some((at + length, value.clone()));
                    break;
                }
            }
        }
        best.filter(|_| piece.kind != PieceKind::Number)
    }

    fn stems(&self, sentence: &Sentence, piece: &Piece) -> Vec<String> {
        let mut stems: Vec<String> = self
            .endings
            .iter()
            .filter_map(|(ending, put)| {
                let stem = piece.low.strip_suffix(ending.as_str())?;
                (stem.chars().count() > 1).then(|| format!("{stem}{put}"))
            })
            .collect();
        let token = sentence
            .tokens
            .partition_point(|t| t.span.start() < piece.span.start());
        // A verb counts nothing: `two ships struck`.
        let token = sentence.tokens.get(token);
        if let Some(token) = token.filter(|t| t.span == piece.span && t.upos != Upos::Verb) {
            stems.push(token.lemma.to_lowercase());
        }
        stems
    }

    /// The head of a noun phrase that starts with it (`rudal balistik`).
    #[allow(clippy::type_complexity)]
    fn noun_at_start(
        &self,
        sentence: &Sentence,
        pieces: &[Piece],
        at: usize,
    ) -> Option<(Option<(String, Class)>, usize)> {
        let mut at = at;
        let mut fallback = None;
        for _ in 0..3 {
            let noun = self.noun(sentence, pieces, at);
            let classifier = self.classifiers.at(pieces, at).map(|(end, ())| end);
            match (noun, classifier) {
                (Some((end, value)), Some(after)) if end == after => {
                    fallback = Some((value, end));
                    at = after;
                }
                (Some((end, value)), _) => return Some((value, end)),
                (None, Some(after)) => at = after,
                (None, None) => match self.skips.at(pieces, at) {
                    Some((end, ())) if fallback.is_none() => at = end,
                    _ => break,
                },
            }
        }
        fallback
    }

    /// The head of a noun phrase that ends with it (`19 more air defence systems`).
    #[allow(clippy::type_complexity)]
    fn noun_at_end(
        &self,
        sentence: &Sentence,
        pieces: &[Piece],
        at: usize,
    ) -> Option<(Option<(String, Class)>, usize)> {
        let mut at = at;
        if let Some((end, ())) = self.skips.at(pieces, at) {
            at = end;
        }
        let mut best: Option<(Option<(String, Class)>, usize)> = None;
        let mut complete = false;
        let first = at;
        while at < pieces.len() && at < first + 8 {
            let piece = &pieces[at];
            if let Some((end, value)) = self.noun(sentence, pieces, at) {
                // Directly after a measure nothing else is counted.
                if value.is_none() && best.is_none() {
                    return Some((None, end));
                }
                if value.is_some() {
                    best = Some((value, end));
                    complete = self.is_plural(&pieces[end - 1]);
                } else if complete {
                    break;
                }
                at = end;
                continue;
            }
            let inside = (piece.is_mark("-") || piece.is_mark("'")) && piece.glued;
            if inside {
                at += 1;
                continue;
            }
            let ends = piece.kind != PieceKind::Word
                || self.stops.at(pieces, at).is_some()
                || self.auxiliaries.at(pieces, at).is_some() && at > first
                || (at > first && self.fates_after.at(pieces, at).is_some());
            if complete || ends {
                break;
            }
            if self.is_plural(piece) && self.may_be_noun(sentence, piece) {
                let unit = if piece.upper {
                    self.capitalised.clone().map(|unit| (unit, Class::Person))
                } else {
                    Some((piece.low.clone(), Class::Thing))
                };
                if unit.is_some() {
                    best = Some((unit, at + 1));
                    complete = true;
                }
            }
            at += 1;
        }
        best
    }

    fn is_plural(&self, piece: &Piece) -> bool {
        let ended = self.endings.iter().any(|(ending, _)| {
            piece.low.len() > ending.len() + 2 && piece.low.ends_with(ending.as_str())
        });
        let irregular =
            matches!(self.nouns.word(&piece.low), Some(Some((unit, _))) if *unit == piece.low);
        (ended && !piece.low.ends_with("ss")) || irregular
    }

    fn may_be_noun(&self, sentence: &Sentence, piece: &Piece) -> bool {
        let token = sentence.tokens.iter().find(|t| t.span == piece.span);
        token.is_none_or(|t| matches!(t.upos, Upos::Noun | Upos::Propn | Upos::X))
    }

    /// What was done to those counted, told after the noun (or the bare number) that ends before
    /// `at`: the unit and the piece after the word.
    pub(crate) fn fate_after(
        &self,
        pieces: &[Piece],
        at: usize,
        class: Option<Class>,
        starts_number: &dyn Fn(usize) -> bool,
    ) -> Option<(String, usize)> {
        let mut at = class.map_or(at, |_| self.verb_after(pieces, at));
        let mut helped = false;
        for _ in 0..4 {
            if let Some((end, fate)) = self.fates_after.at(pieces, at) {
                // `two soldiers killed three civilians`: the soldiers did it.
                let active = !helped && starts_number(end);
                return (!active && reaches(fate.reach, class)).then(|| (fate.unit.clone(), end));
            }
            let (end, ()) = self.auxiliaries.at(pieces, at)?;
            helped = true;
            at = end;
        }
        None
    }

    /// Where the verb may start after the counted noun that ends before `at`: behind what modifies
    /// the noun (`warga Palestina tewas`, `volunteers of the Red Crescent were killed`).
    fn verb_after(&self, pieces: &[Piece], at: usize) -> usize {
        let tie = self.ties.at(pieces, at).map(|(end, ())| end);
        let (from, most) = match tie {
            Some(end) => (end, 7),
            None if self.head_last => return at,
            None => (at, 3),
        };
        let told = |i: usize| {
            self.auxiliaries.at(pieces, i).is_some()
                || (!self.head_last && self.fates_after.at(pieces, i).is_some())
        };
        (from..pieces.len())
            .take(most)
            .take_while(|i| *i == from || pieces[*i - 1].kind == PieceKind::Word)
            .find(|i| told(*i))
            .unwrap_or(at)
    }

    /// What was done to those counted, told right before the number that starts at `at`.
    pub(crate) fn fate_before(
        &self,
        pieces: &[Piece],
        at: usize,
        class: Option<Class>,
    ) -> Option<String> {
        (1..=5)
            .rev()
            .filter_map(|length| at.checked_sub(length))
            .find_map(|start| {
                let (end, fate) = self.fates_before.at(pieces, start)?;
                (end == at && reaches(fate.reach, class)).then(|| fate.unit.clone())
            })
    }
}

fn reaches(reach: Reach, class: Option<Class>) -> bool {
    match (reach, class) {
        (_, None) => true,
        (Reach::All, Some(class)) => matches!(class, Class::Person | Class::Captive),
        (Reach::Person, Some(class)) => class == Class::Person,
        (Reach::Bare, Some(_)) => false,
    }
}
