//! Numbers that count: `more than 10,000 troops`, `belasan pejabat`, `Rp 1,5 triliun`.
//!
//! A number alone says little: how it is bounded (`at least`, `hampir`), what it counts and what
//! was done to those counted is what makes two reports comparable. Numbers that count nothing
//! (dates, ages, clocks, model numbers) are no mentions.

use kronik_lang::{Analysis, Sentence};
use kronik_record::table::Table;
use kronik_record::{Files, Result};

use crate::quantities_amount::{Amount, Before};
use crate::quantities_nouns::{After, Counted};
use crate::quantities_numerals::NumeralLexicon;
use crate::quantities_units::UnitLexicon;
use crate::times::covered;
use crate::times_phrases::Phrases;
use crate::times_pieces::{Piece, PieceKind, pieces};
use crate::{Bound, CountClass, Fate, QuantityMention};

/// The number words, bounds and counted nouns of a language.
#[derive(Debug, Clone)]
pub struct QuantityLexicon {
    pub(crate) numerals: NumeralLexicon,
    pub(crate) units: UnitLexicon,
    pub(crate) before: Phrases<Before>,
    /// Bounds behind the number (`50 or more people`).
    pub(crate) after: Phrases<Bound>,
    /// Bounds behind the noun (`seratus orang lebih`); `None` where the words say something else.
    pub(crate) behind: Phrases<Option<Bound>>,
    pub(crate) range: Phrases<()>,
    pub(crate) joined: Phrases<()>,
}

/// What is counted, as later numbers refer to it (`12 of them`).
#[derive(Debug, Clone)]
pub(crate) struct Antecedent {
    unit: String,
    class: Option<CountClass>,
}

/// A quantity whose unit may still be open.
struct Draft {
    first: usize,
    end: usize,
    bound: Bound,
    value: f64,
    high: Option<f64>,
    noun: Option<String>,
    class: Option<CountClass>,
    fates: Vec<Fate>,
    article: bool,
    part: bool,
    whole: bool,
    waits: bool,
}

impl Draft {
    fn unit(&self) -> Option<&str> {
        let fate = self.fates.first().map(|f| f.unit.as_str());
        fate.or(self.noun.as_deref())
    }
}

impl QuantityLexicon {
    /// Reads the tables of numbers of language `code`.
    ///
    /// # Errors
    /// When a table is missing or a row cannot be used; the error names file and line.
    pub fn load(files: &Files, code: &str) -> Result<QuantityLexicon> {
        let path = format!("languages/{code}/bounds.tsv");
        let table = Table::load(files, &path, &["bound", "place", "words"])?;
        let mut lexicon = QuantityLexicon {
            numerals: NumeralLexicon::load(files, code)?,
            units: UnitLexicon::load(files, code)?,
            before: Phrases::new(),
            after: Phrases::new(),
            behind: Phrases::new(),
            range: Phrases::new(),
            joined: Phrases::new(),
        };
        for row in table.rows() {
            let bound = match row.need("bound")? {
                "more" => Some(Bound::More),
                "at_least" => Some(Bound::AtLeast),
                "less" => Some(Bound::Less),
                "at_most" => Some(Bound::AtMost),
                "about" => Some(Bound::About),
                "range" | "joined" | "between" | "from" | "until" | "skip" | "none" => None,
                other => return Err(row.error(format!("no bound is '{other}'"))),
            };
            for words in row.list("words") {
                match (bound, row.get("bound"), row.need("place")?) {
                    (Some(bound), _, "before") => lexicon.before.add(words, Before::Bound(bound)),
                    (Some(bound), _, "after") => lexicon.after.add(words, bound),
                    (bound, _, "behind") => lexicon.behind.add(words, bound),
                    (None, "from", _) => lexicon.before.add(words, Before::From),
                    (None, "until", _) => lexicon.before.add(words, Before::Until),
                    (None, "between", _) => lexicon.before.add(words, Before::Between),
                    (None, "skip", _) => lexicon.before.add(words, Before::Skip),
                    (None, "range", _) => lexicon.range.add(words, ()),
                    (None, _, "before") => lexicon.joined.add(words, ()),
                    _ => return Err(row.error("'place' is not before, after or behind")),
                }
            }
        }
        Ok(lexicon)
    }

    /// The quantities of all sentences, in order.
    ///
    /// `text` is the text that was analysed.
    pub fn find_all(&self, text: &str, analysis: &Analysis) -> Vec<QuantityMention> {
        let mut found = Vec::new();
        let mut before = None;
        for (i, sentence) in analysis.sentences.iter().enumerate() {
            let (mentions, last) = self.read(text, i, sentence, before.as_ref());
            found.extend(mentions);
            before = last;
        }
        found
    }

    /// The quantities one sentence mentions, in order.
    ///
    /// `text` is the article's text and `sentence_index` the number the mentions are to carry.
    pub fn find(
        &self,
        text: &str,
        sentence_index: usize,
        sentence: &Sentence,
    ) -> Vec<QuantityMention> {
        self.read(text, sentence_index, sentence, None).0
    }

    /// The quantities of a sentence, and what the next one's numbers may refer to.
    fn read(
        &self,
        text: &str,
        sentence_index: usize,
        sentence: &Sentence,
        before: Option<&Antecedent>,
    ) -> (Vec<QuantityMention>, Option<Antecedent>) {
        let pieces = pieces(text, sentence.span);
        let mut drafts: Vec<Draft> = Vec::new();
        let mut at = 0;
        while at < pieces.len() {
            let from = drafts.last().map_or(0, |d| d.end);
            let Some(amount) = self.amount(&pieces, at, from) else {
                at += 1;
                continue;
            };
            at = amount.end.max(at + 1);
            if let Some(mut draft) = self.draft(sentence, &pieces, &drafts, before, amount) {
                at = at.max(draft.end);
                // What waited for the whole counts what the whole counts.
                for waiting in drafts.iter_mut().rev().take_while(|d| d.waits) {
                    waiting.noun = draft.noun.clone().or(draft.unit().map(str::to_string));
                    waiting.class = draft.class;
                    waiting.waits = false;
                    draft.whole = true;
                }
                drafts.push(draft);
            }
        }
        let last = antecedent(&drafts);
        let mentions = drafts
            .into_iter()
            .filter_map(|draft| {
                let unit = draft.unit()?.to_string();
                let last = draft.end.checked_sub(1)?;
                let span = pieces.get(draft.first)?.span.cover(pieces.get(last)?.span);
                Some(QuantityMention {
                    span,
                    sentence: sentence_index,
                    tokens: covered(sentence, span),
                    bound: draft.bound,
                    value: draft.value,
                    high: draft.high,
                    unit,
                    noun: draft.noun,
                    class: draft.class,
                    around: self.units.fates_around(&pieces, draft.class),
                    fates: draft.fates,
                    article: draft.article,
                    part: draft.part,
                    whole: draft.whole,
                })
            })
            .collect();
        (mentions, last)
    }

    fn draft(
        &self,
        sentence: &Sentence,
        pieces: &[Piece],
        drafts: &[Draft],
        before: Option<&Antecedent>,
        mut amount: Amount,
    ) -> Option<Draft> {
        let units = &self.units;
        let mut draft = Draft {
            first: amount.first,
            end: amount.end,
            bound: amount.bound,
            value: 0.0,
            high: None,
            noun: None,
            class: None,
            fates: Vec::new(),
            article: amount.numeral.article.is_some(),
            part: units.is_part_before(pieces, amount.lead),
            whole: false,
            waits: false,
        };
        let starts_number = |i: usize| {
            let after = self.before.at(pieces, i).map_or(i, |(end, _)| end);
            self.numerals.read(pieces, i).is_some() || self.numerals.read(pieces, after).is_some()
        };
        let known = antecedent(drafts);
        let known = match (known, before) {
            (Some(known), Some(before)) if known.class == Some(CountClass::Official) => {
                Some(before.clone())
            }
            (known, before) => known.or_else(|| before.cloned()),
        };
        let one = amount.numeral.spelt && amount.value == 1.0;
        let previous = amount.lead.checked_sub(1).and_then(|i| pieces.get(i));
        if amount.numeral.yearlike
            && (previous.is_some_and(|p| units.is_stop(&p.low))
                || previous.is_some_and(|p| p.kind == PieceKind::Number))
        {
            return None;
        }
        let after = match &amount.currency {
            Some(unit) => After::Noun(Counted {
                unit: unit.clone(),
                class: CountClass::Money,
                end: amount.end,
            }),
            None => units.after(sentence, pieces, amount.end, &starts_number),
        };
        // a third of the houses
        let determined = pieces
            .get(amount.end)
            .is_some_and(|p| amount.numeral.part && units.is_stop(&p.low));
        let after = match after {
            After::Unknown if determined => units
                .counted(sentence, pieces, amount.end + 1)
                .flatten()
                .map_or(After::Unknown, After::Noun),
            after => after,
        };
        match after {
            After::Noun(counted) => {
                if units.dates(sentence, pieces, amount.lead, &counted) {
                    return None;
                }
                draft.class = Some(counted.class);
                draft.end = counted.end;
                draft.fates = self.fates(pieces, counted.end, amount.lead, draft.class);
                if counted.class == CountClass::Thing && !units.is_known(&counted.unit) {
                    // killed two stuntmen: what can be killed is somebody.
                    let person = Some(CountClass::Person);
                    let fates = self.fates(pieces, counted.end, amount.lead, person);
                    if fates.first().is_some_and(|f| f.harm) {
                        draft.class = person;
                        draft.fates = fates;
                    }
                }
                if let Some(fate) = self.shared_fate(pieces, drafts, amount.lead)
                    && draft.fates.is_empty()
                    && (is_people(draft.class) || !units.is_known(&counted.unit))
                {
                    draft.class = draft.class.filter(|_| is_people(draft.class));
                    draft.class = draft.class.or(Some(CountClass::Person));
                    draft.fates = vec![fate];
                }
                let harmed = draft.fates.iter().any(|f| f.harm) && is_people(draft.class);
                if amount.numeral.article == Some(true) && !harmed {
                    return None;
                }
                draft.part |= units.is_part_after(pieces, counted.end);
                draft.noun = Some(counted.unit);
            }
            After::None => return None,
            After::Next if one => return None,
            After::Next => draft.waits = true,
            After::Same(..) if one => return None,
            After::Same(end, said) => {
                let class = known.as_ref().map_or(Some(CountClass::Person), |k| k.class);
                let class = class.or(Some(CountClass::Person));
                draft.fates = self.fates(pieces, end, amount.lead, class);
                draft.end = said.as_ref().map_or(end, |s| s.end);
                draft.part |= said.is_some();
                let same = known.map(|k| (Some(k.unit), k.class));
                let said = said.map(|s| (Some(s.unit), Some(s.class)));
                (draft.noun, draft.class) = said.or(same).unwrap_or_default();
            }
            After::Unknown if amount.numeral.yearlike || one => return None,
            After::Unknown => {
                let told = units.fates_after(pieces, amount.end, None, &starts_number);
                let ends_here = pieces
                    .get(amount.end)
                    .is_none_or(|p| p.kind == PieceKind::Mark || units.is_stop(&p.low));
                if let Some((fates, end)) = told {
                    draft.end = end;
                    draft.fates = fates;
                } else if let Some(fate) = units
                    .fate_before(pieces, amount.lead, None)
                    .filter(|_| ends_here)
                {
                    draft.fates = vec![fate];
                } else if let Some(end) = units.unknown_noun(sentence, pieces, amount.end)
                    && let fates = self.fates(pieces, end, amount.lead, Some(CountClass::Person))
                    && fates.first().is_some_and(|f| f.harm)
                {
                    // menewaskan dua pengawalnya
                    draft.end = end;
                    draft.class = Some(CountClass::Person);
                    draft.fates = fates;
                } else if units.is_elided(pieces, amount.lead, amount.end) {
                    let known = known?;
                    draft.noun = Some(known.unit);
                    draft.class = known.class;
                } else {
                    return None;
                }
            }
        }
        if amount.until && amount.first > 0 && !draft.fates.is_empty() {
            draft.bound = Bound::Exact;
            draft.first = amount.start;
        }
        let exact = matches!(draft.class, Some(CountClass::Measure));
        let money = matches!(draft.class, Some(CountClass::Money));
        if amount.numeral.part && !exact {
            draft.noun = Some(units.share()?.to_string());
            draft.class = Some(CountClass::Measure);
            draft.fates.clear();
        } else {
            amount.settle(!exact);
            if !exact && !money && amount.is_broken() {
                return None;
            }
        }
        if let Some((rate, end)) = units.rate(pieces, draft.end) {
            draft.noun = draft.noun.map(|unit| format!("{unit}/{rate}"));
            draft.end = end;
        } else if let Some((end, Some(bound))) = self.behind.at(pieces, draft.end)
            && draft.bound == Bound::Exact
        {
            (draft.end, draft.bound) = (end, *bound);
        }
        (draft.value, draft.high) = (amount.value, amount.high);
        Some(draft)
    }

    /// The harm that the number before shares with one that `and` joins to it (`killed a guard and
    /// two drivers`); the words of the second start at `lead`.
    fn shared_fate(&self, pieces: &[Piece], drafts: &[Draft], lead: usize) -> Option<Fate> {
        let last = drafts.last()?;
        let gap = pieces.get(last.end..lead)?;
        let joins = |i: usize| self.joined.at(pieces, i).is_some();
        let joined = (last.end..lead).any(joins) || gap.iter().any(|p| p.is_mark(","));
        let only = (last.end..lead).all(|i| joins(i) || pieces[i].is_mark(","));
        let first = pieces.get(last.first)?;
        let fate = last.fates.first()?;
        let before = fate.harm && fate.span.end() <= first.span.start();
        (joined && only && before).then(|| fate.clone())
    }

    /// What is told of those counted, before and after, in text order.
    fn fates(
        &self,
        pieces: &[Piece],
        end: usize,
        lead: usize,
        class: Option<CountClass>,
    ) -> Vec<Fate> {
        let starts_number = |i: usize| {
            let after = self.before.at(pieces, i).map_or(i, |(end, _)| end);
            self.numerals.read(pieces, i).is_some() || self.numerals.read(pieces, after).is_some()
        };
        let after = self.units.fates_after(pieces, end, class, &starts_number);
        let mut fates: Vec<Fate> = self
            .units
            .fate_before(pieces, lead, class)
            .into_iter()
            .collect();
        fates.extend(after.into_iter().flat_map(|(fates, _)| fates));
        fates
    }
}

fn is_people(class: Option<CountClass>) -> bool {
    use CountClass::{Captive, Official, Person};
    matches!(class, Some(Person | Captive | Official))
}

/// What later numbers refer to: what was counted last, but for those in office, who speak of
/// others more often than they are counted, and what only measures.
fn antecedent(drafts: &[Draft]) -> Option<Antecedent> {
    let of = |draft: &Draft| {
        Some(Antecedent {
            unit: draft.unit()?.to_string(),
            class: draft.class,
        })
    };
    let counts = |draft: &&Draft| {
        let class = draft.class;
        !draft.part && !matches!(class, Some(CountClass::Measure | CountClass::Money))
    };
    let told = |draft: &&Draft| counts(draft) && draft.class != Some(CountClass::Official);
    let mut last = drafts.iter().rev();
    last.clone()
        .find(told)
        .or_else(|| last.find(counts))
        .and_then(of)
}
