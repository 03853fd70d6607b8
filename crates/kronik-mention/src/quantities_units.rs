//! The words of what is counted: nouns with their unit, currencies, what was done to those counted.
//!
//! They are rows of `units.tsv`. What they say of one number is found in
//! [`quantities_nouns`](crate::quantities_nouns) and [`quantities_fates`](crate::quantities_fates).

use std::collections::BTreeSet;

use kronik_record::table::{Row, Table};
use kronik_record::{Files, Result};

use crate::CountClass;
use crate::times_phrases::Phrases;
use crate::times_pieces::Piece;

/// To whom a fate's unit applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    All,
    Person,
    Bare,
    /// Persons who do it.
    Doer,
}

#[derive(Debug, Clone)]
pub(crate) struct Deed {
    pub(crate) unit: String,
    pub(crate) reach: Reach,
}

/// The counted nouns of a language.
#[derive(Debug, Clone)]
pub(crate) struct UnitLexicon {
    pub(crate) head_last: bool,
    pub(crate) known: BTreeSet<String>,
    pub(crate) nouns: Phrases<Option<(String, CountClass)>>,
    pub(crate) classifiers: Phrases<()>,
    pub(crate) prefixes: Phrases<String>,
    pub(crate) fates_before: Phrases<Deed>,
    pub(crate) fates_after: Phrases<Deed>,
    pub(crate) auxiliaries: Phrases<()>,
    pub(crate) skips: Phrases<()>,
    pub(crate) stops: Phrases<()>,
    pub(crate) partitives: Phrases<()>,
    pub(crate) anaphors: Phrases<()>,
    /// Prepositions that tie a noun to the one counted (`volunteers of the Red Crescent`).
    pub(crate) ties: Phrases<()>,
    pub(crate) endings: Vec<(String, String)>,
    /// Words that make a stretch of time a time (`ago`, `the last`).
    pub(crate) lapse_before: Phrases<()>,
    pub(crate) lapse_after: Phrases<()>,
    /// What an amount is told for (`per day`) and its unit.
    pub(crate) rates: Phrases<String>,
    /// Words before or after the number of some of those counted (`including`, `among them`).
    pub(crate) parts_before: Phrases<()>,
    pub(crate) parts_after: Phrases<()>,
    /// Words before a number of those told of before (`of these,`).
    pub(crate) openers: Phrases<()>,
    /// Words that begin a clause about the noun (`yang`, `who`).
    pub(crate) relative: Phrases<()>,
    /// Units of a person's years.
    pub(crate) ages: Vec<String>,
    /// Unit of parts of a whole (`a third of`).
    pub(crate) share: Option<String>,
    /// Unit of capitalised plurals that are no known noun (`50 Ukrainians`).
    pub(crate) capitalised: Option<String>,
}

impl UnitLexicon {
    /// Reads `languages/CODE/units.tsv`; the names of months and weekdays are no units.
    pub(crate) fn load(files: &Files, code: &str) -> Result<UnitLexicon> {
        let path = format!("languages/{code}/units.tsv");
        let table = Table::load(files, &path, &["kind", "words", "unit", "class", "place"])?;
        let mut lexicon = UnitLexicon {
            head_last: true,
            known: BTreeSet::new(),
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
            lapse_before: Phrases::new(),
            lapse_after: Phrases::new(),
            rates: Phrases::new(),
            parts_before: Phrases::new(),
            parts_after: Phrases::new(),
            openers: Phrases::new(),
            relative: Phrases::new(),
            ages: Vec::new(),
            share: None,
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
                    "person" => CountClass::Person,
                    "captive" => CountClass::Captive,
                    "official" => CountClass::Official,
                    "thing" => CountClass::Thing,
                    "place" => CountClass::Place,
                    "party" => CountClass::Party,
                    "matter" => CountClass::Matter,
                    "money" => CountClass::Money,
                    "measure" => CountClass::Measure,
                    other => return Err(row.error(format!("no class of nouns is '{other}'"))),
                };
                let unit = row.need("unit")?.to_string();
                self.known.insert(unit.clone());
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
                    "doer" => Reach::Doer,
                    other => return Err(row.error(format!("no reach of fates is '{other}'"))),
                };
                let fate = Deed {
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
            "rate" => {
                let unit = row.need("unit")?;
                row.list("words")
                    .for_each(|w| self.rates.add(w, unit.to_string()));
                return Ok(());
            }
            "age" => {
                self.ages.push(row.need("unit")?.to_string());
                return Ok(());
            }
            "share" => {
                self.share = Some(row.need("unit")?.to_string());
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
            "opener" => &mut self.openers,
            "relative" => &mut self.relative,
            kind @ ("lapse" | "part") => match (kind, row.need("place")?) {
                ("lapse", "before") => &mut self.lapse_before,
                ("lapse", "after") => &mut self.lapse_after,
                (_, "before") => &mut self.parts_before,
                (_, "after") => &mut self.parts_after,
                (_, other) => {
                    return Err(row.error(format!("'{other}' is neither before nor after")));
                }
            },
            other => return Err(row.error(format!("no kind of row is '{other}'"))),
        };
        row.list("words").for_each(|w| plain.add(w, ()));
        Ok(())
    }

    /// Unit of parts of a whole.
    pub(crate) fn share(&self) -> Option<&str> {
        self.share.as_deref()
    }

    /// True for the unit of a noun that a row tells.
    pub(crate) fn is_known(&self, unit: &str) -> bool {
        self.known.contains(unit)
    }

    /// The currency named at `at` and the piece after it.
    pub(crate) fn money(&self, pieces: &[Piece], at: usize) -> Option<(usize, &str)> {
        match self.nouns.at(pieces, at)? {
            (end, Some((unit, CountClass::Money))) => Some((end, unit)),
            _ => None,
        }
    }

    /// True where the number whose words start at `lead` tells some of others (`including 20`).
    pub(crate) fn is_part_before(&self, pieces: &[Piece], lead: usize) -> bool {
        (1..=3).any(|length| {
            let start = lead.checked_sub(length);
            start
                .and_then(|start| self.parts_before.at(pieces, start))
                .is_some_and(|(end, ())| end == lead)
        })
    }

    /// True where the noun that ends before `at` is told to be among others.
    pub(crate) fn is_part_after(&self, pieces: &[Piece], at: usize) -> bool {
        self.parts_after.at(pieces, at).is_some()
    }

    /// True where a bare number (its words start at `lead`, it ends before `end`) counts those told
    /// of before: `of these, 12 …`, `12 were …`.
    pub(crate) fn is_elided(&self, pieces: &[Piece], lead: usize, end: usize) -> bool {
        if self.auxiliaries.at(pieces, end).is_some() {
            return true;
        }
        let comma = lead
            .checked_sub(1)
            .is_some_and(|i| pieces.get(i).is_some_and(|p| p.is_mark(",")));
        let lead = lead - usize::from(comma);
        (1..=4).any(|length| {
            let start = lead.checked_sub(length);
            start
                .and_then(|start| self.openers.at(pieces, start))
                .is_some_and(|(end, ())| end == lead)
        })
    }
}
