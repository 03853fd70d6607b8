//! Names that dates are made of: months, weekdays, zones, units, parts of the day.

use std::collections::BTreeMap;

use kronik_record::table::{Row, Table};
use kronik_record::{Files, Result};

use crate::quantities_numerals::NumeralLexicon;
use crate::times_calendar::Unit;
use crate::times_holidays::Holiday;
use crate::times_numeric::{full_year, numeric, tied, time};
use crate::times_pattern::{Bindings, Part, Slot};
use crate::times_phrases::Phrases;
use crate::times_pieces::{Piece, PieceKind};
use crate::times_zones::{Summer, Zone};

/// When a name may stand without the rest of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bare {
    Any,
    Led,
    Never,
}

#[derive(Debug, Clone)]
struct Name {
    number: i8,
    bare: Bare,
    upper: bool,
    not_after: Vec<String>,
    not_before: Vec<Vec<String>>,
}

/// The names of a language.
#[derive(Debug, Clone)]
pub(crate) struct Names {
    months: Phrases<Name>,
    weekdays: Phrases<Name>,
    pub(crate) zones: Vec<Zone>,
    zone_words: Phrases<usize>,
    units: Phrases<Unit>,
    fused: Phrases<(i64, Unit)>,
    parts: Phrases<Part>,
    ordinals: Phrases<()>,
    before_nth: Phrases<()>,
    nths: Phrases<i64>,
    seasons: Phrases<i8>,
    decades: Phrases<i16>,
    decade_ends: Phrases<()>,
    holiday_words: Phrases<usize>,
    /// What each row of holidays means.
    pub(crate) holidays: Vec<Holiday>,
    lists: BTreeMap<String, Phrases<()>>,
    short_years: Vec<String>,
    before_weekdays: Vec<String>,
    numerals: NumeralLexicon,
}

impl Names {
    /// Reads months, weekdays, zones and numerals.
    pub(crate) fn load(files: &Files, code: &str) -> Result<Names> {
        let path = |name: &str| format!("languages/{code}/{name}.tsv");
        let needed = ["number", "words", "bare", "case"];
        let zones = Table::load(files, &path("zones"), &["words", "offset", "summer"])?;
        let mut names = Names {
            months: read_names(&Table::load(files, &path("months"), &needed)?, 12)?,
            weekdays: read_names(&Table::load(files, &path("weekdays"), &needed)?, 7)?,
            zones: Vec::new(),
            zone_words: Phrases::new(),
            units: Phrases::new(),
            fused: Phrases::new(),
            parts: Phrases::new(),
            ordinals: Phrases::new(),
            before_nth: Phrases::new(),
            nths: Phrases::new(),
            seasons: Phrases::new(),
            decades: Phrases::new(),
            decade_ends: Phrases::new(),
            holiday_words: Phrases::new(),
            holidays: Vec::new(),
            lists: BTreeMap::new(),
            short_years: Vec::new(),
            before_weekdays: Vec::new(),
            numerals: NumeralLexicon::load(files, code)?,
        };
        for row in zones.rows() {
            let offset = match row.get("offset") {
                "" => None,
                cell => Some(
                    cell.parse()
                        .map_err(|_| row.error(format!("'{cell}' is not minutes")))?,
                ),
            };
            let summer = match row.get("summer") {
                "" => None,
                "eu" => Some(Summer::Eu),
                "us" => Some(Summer::Us),
                other => return Err(row.error(format!("no summer rule is '{other}'"))),
            };
            for words in row.list("words") {
                names.zone_words.add(words, names.zones.len());
            }
            names.zones.push(Zone { offset, summer });
        }
        Ok(names)
    }

    /// Takes a row of `times.tsv` that names something; false if its kind is another.
    pub(crate) fn take(&mut self, row: Row<'_>) -> Result<bool> {
        let bad = |what: &str| row.error(format!("'{}' is not {what}", row.get("value")));
        match row.get("kind") {
            "unit" => {
                let unit = Unit::from_name(row.get("value")).ok_or_else(|| bad("a unit"))?;
                row.list("words").for_each(|w| self.units.add(w, unit));
            }
            "fused" => {
                let (number, unit) = row.get("value").split_once(' ').unwrap_or_default();
                let stretch = number.parse().ok().zip(Unit::from_name(unit));
                let stretch = stretch.ok_or_else(|| bad("a number and a unit"))?;
                row.list("words").for_each(|w| self.fused.add(w, stretch));
            }
            "part" => {
                let part = match row.get("value") {
                    "am" => Part::Am,
                    "noon" => Part::Noon,
                    "pm" => Part::Pm,
                    _ => return Err(bad("am, noon or pm")),
                };
                row.list("words").for_each(|w| self.parts.add(w, part));
            }
            "ordinal" => row.list("words").for_each(|w| self.ordinals.add(w, ())),
            "before-ordinal" => row.list("words").for_each(|w| self.before_nth.add(w, ())),
            "nth" => {
                let nth = row.get("value").parse().map_err(|_| bad("a number"))?;
                row.list("words").for_each(|w| self.nths.add(w, nth));
            }
            "season" => {
                let month = row.get("value").parse().ok();
                let month = month.filter(|m| (1..=12).contains(m));
                let month = month.ok_or_else(|| bad("the number of a season's first month"))?;
                row.list("words").for_each(|w| self.seasons.add(w, month));
            }
            "decade" => match row.get("value") {
                "" => row.list("words").for_each(|w| self.decade_ends.add(w, ())),
                cell => {
                    let year = cell.parse().map_err(|_| bad("a year"))?;
                    row.list("words").for_each(|w| self.decades.add(w, year));
                }
            },
            "holiday" => {
                let rule = Holiday::parse(row.get("value"));
                let rule = rule.ok_or_else(|| {
                    bad("MM-DD, a month with weekday and its place, or 'easter' and days")
                })?;
                let at = self.holidays.len();
                self.holidays.push(rule);
                row.list("words")
                    .for_each(|w| self.holiday_words.add(w, at));
            }
            "short-year" => self
                .short_years
                .extend(row.list("words").map(str::to_string)),
            "lead-weekday" => {
                self.before_weekdays
                    .extend(row.list("words").map(str::to_string));
            }
            "list" => {
                let list = self.lists.entry(row.need("value")?.to_string());
                let list = list.or_insert_with(Phrases::new);
                row.list("words").for_each(|w| list.add(w, ()));
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// A year in digits, or in words beside a month or a word that leads to it.
    fn year(&self, alone: bool, pieces: &[Piece], at: usize) -> Option<(usize, i16)> {
        let piece = pieces.get(at)?;
        if piece.kind == PieceKind::Word {
            return self.spelt_year(alone, pieces, at);
        }
        let year = piece.integer().filter(|_| piece.span.len() == 4)?;
        let year = i16::try_from(year)
            .ok()
            .filter(|y| (1500..2200).contains(y))?;
        let month = |i: usize| self.months.at(pieces, i).is_some();
        let ranged = at > 1
            && pieces[at - 1].is_mark("-")
            && (pieces[at - 2].kind != PieceKind::Word || month(at - 2))
            && !pieces
                .get(at + 1)
                .is_some_and(|p| p.glued && p.kind == PieceKind::Word);
        let before_month = pieces.get(at + 1).is_some_and(|p| p.is_mark("-"))
            && (month(at + 2) || self.in_list("part-of-year", pieces, at + 2).is_some())
            && !(at > 0 && piece.glued);
        (ranged || before_month || !tied(pieces, at)).then_some((at + 1, year))
    }

    /// `nineteen eighty six`, `two thousand and fifteen`.
    fn spelt_year(&self, alone: bool, pieces: &[Piece], at: usize) -> Option<(usize, i16)> {
        let one = self.numerals.read(pieces, at)?;
        let whole = |value: f64, from: f64, to: f64| {
            (value.fract() == 0.0 && from <= value && value < to).then_some(value as i16)
        };
        if !one.spelt || one.vague {
            return None;
        }
        if let Some(century) = whole(one.value, 13.0, 21.0) {
            let two = self.numerals.read(pieces, one.end)?;
            let rest = whole(two.value, 10.0, 100.0).filter(|_| two.spelt)?;
            return Some((two.end, century * 100 + rest));
        }
        Some((
            one.end,
            whole(one.value, 1500.0, 2200.0).filter(|_| !alone)?,
        ))
    }

    /// Whether there is a list of that name.
    pub(crate) fn has_list(&self, name: &str) -> bool {
        self.lists.contains_key(name)
    }

    /// Where a phrase of the list `name` that starts at `at` ends.
    pub(crate) fn in_list(&self, name: &str, pieces: &[Piece], at: usize) -> Option<usize> {
        self.lists.get(name)?.at(pieces, at).map(|(end, ())| end)
    }

    /// `third`, `3rd`, `last`, `ketiga`, `ke-3`.
    fn nth(&self, pieces: &[Piece], at: usize) -> Option<(usize, i64)> {
        if let Some((end, nth)) = self.nths.at(pieces, at) {
            return Some((end, *nth));
        }
        let (at, marked) = match self.before_nth.at(pieces, at) {
            Some((end, ())) => (end, true),
            None => (at, false),
        };
        let piece = pieces.get(at)?;
        let (end, number) = self.count(pieces, at)?;
        if marked {
            return Some((end, number));
        }
        let ending = pieces.get(end).filter(|p| p.glued)?;
        self.ordinals.word(&ending.low)?;
        (piece.span.len() <= 3).then_some((end + 1, number))
    }

    /// A number in digits, with or without marks between thousands.
    fn count(&self, pieces: &[Piece], at: usize) -> Option<(usize, i64)> {
        let piece = pieces.get(at).filter(|p| p.kind == PieceKind::Number)?;
        if let Some(number) = piece.integer() {
            return Some((at + 1, i64::from(number)));
        }
        let (one, two) = piece.low.split_once(['.', ','])?;
        let whole = two.len() == 3 && one.len() <= 3;
        let number = format!("{one}{two}").parse().ok()?;
        whole.then_some((at + 1, number))
    }

    /// `1990s`, `the nineties`, `1990-an`.
    fn decade(&self, pieces: &[Piece], at: usize) -> Option<(usize, i16)> {
        if let Some((end, year)) = self.decades.at(pieces, at) {
            return Some((end, *year));
        }
        let piece = pieces.get(at)?;
        let number = i16::try_from(piece.integer()?).ok()?;
        let year = match piece.span.len() {
            4 => number,
            2 => 1900 + number,
            _ => return None,
        };
        let (end, ()) = self.decade_ends.at(pieces, at + 1)?;
        let glued = pieces[at + 1..end]
            .iter()
            .all(|p| p.glued || p.is_mark("'"));
        ((1100..2200).contains(&year) && year % 10 == 0 && glued).then_some((end, year))
    }

    /// The part of the day at `at`.
    pub(crate) fn part(&self, pieces: &[Piece], at: usize) -> Option<(usize, Part)> {
        self.parts.at(pieces, at).map(|(end, part)| (end, *part))
    }

    /// The zone at `at`, as an index of [`Names::zones`].
    pub(crate) fn zone(&self, pieces: &[Piece], at: usize) -> Option<(usize, usize)> {
        self.zone_words
            .at(pieces, at)
            .map(|(end, zone)| (end, *zone))
    }

    /// Fills `slot` at `at`; `alone` where the slot is the whole pattern.
    pub(crate) fn fill(
        &self,
        slot: Slot,
        alone: bool,
        pieces: &[Piece],
        at: usize,
        mut bound: Bindings,
    ) -> Option<(usize, Bindings)> {
        let piece = pieces.get(at)?;
        let end = match slot {
            Slot::Day => {
                let (end, day) = self.day(pieces, at)?;
                bound.days.push(day);
                end
            }
            Slot::Month => {
                let (mut end, name) = self.months.at(pieces, at)?;
                if (name.upper && !piece.upper) || (alone && name.bare == Bare::Never) {
                    return None;
                }
                if at > 0 && piece.glued && pieces[at - 1].kind == PieceKind::Word {
                    return None;
                }
                bound.needs_lead |= alone && name.bare == Bare::Led;
                if pieces.get(end).is_some_and(|p| p.is_mark(".") && p.glued)
                    && (pieces
                        .get(end + 1)
                        .is_some_and(|p| p.kind == PieceKind::Number)
                        || name.bare != Bare::Any)
                {
                    end += 1;
                }
                bound.months.push(name.number);
                end
            }
            Slot::Year => {
                let (end, year) = self.year(alone, pieces, at)?;
                bound.years.push(year);
                end
            }
            Slot::Weekday => {
                let (mut end, name) = self.weekdays.at(pieces, at)?;
                if name.upper && !piece.upper {
                    return None;
                }
                let led = at
                    .checked_sub(1)
                    .is_some_and(|b| self.before_weekdays.contains(&pieces[b].low));
                if name.bare == Bare::Never || name.bare == Bare::Led && !led {
                    // Only beside a date: digits, or a month, within the next three pieces.
                    if pieces.get(end).is_some_and(|p| p.is_mark(".") && p.glued) {
                        end += 1;
                    }
                    let near = (end..end + 3).any(|i| {
                        pieces.get(i).is_some_and(|p| p.kind == PieceKind::Number)
                            || self.months.at(pieces, i).is_some()
                    });
                    if alone && name.bare == Bare::Never || !near {
                        return None;
                    }
                }
                let before = at.checked_sub(1).and_then(|i| pieces.get(i));
                if before.is_some_and(|p| name.not_after.contains(&p.low)) {
                    return None;
                }
                let named = name.not_before.iter().any(|words| {
                    words
                        .iter()
                        .enumerate()
                        .all(|(k, w)| pieces.get(end + k).is_some_and(|p| p.low == *w))
                });
                if named {
                    return None;
                }
                bound.weekdays.push(name.number);
                end
            }
            Slot::Numeric | Slot::Full => {
                let (end, numbers) = numeric(pieces, at)?;
                if slot == Slot::Full && numbers.len() < 3 {
                    return None;
                }
                bound.numeric.extend(numbers);
                end
            }
            Slot::Part => {
                let (end, part) = self.part(pieces, at)?;
                bound.part = Some(part);
                end
            }
            Slot::Span => {
                let (end, span) = self.stretch(pieces, at)?;
                bound.span = Some(span);
                end
            }
            Slot::Time | Slot::ColonTime => {
                let (end, clock) = time(pieces, at, slot == Slot::ColonTime)?;
                bound.clock = Some(clock);
                end
            }
            Slot::Hour => {
                let hour = piece.integer().filter(|h| *h <= 24)?;
                if tied(pieces, at)
                    && !pieces
                        .get(at + 1)
                        .is_some_and(|p| p.kind == PieceKind::Word)
                {
                    return None;
                }
                bound.clock = Some((i8::try_from(hour % 24).ok()?, 0));
                at + 1
            }
            Slot::Zone => {
                let (end, zone) = self.zone(pieces, at)?;
                bound.zone = Some(zone);
                end
            }
            Slot::Number => {
                let (end, number) = self.count(pieces, at)?;
                bound.number = Some(number);
                end
            }
            Slot::Nth => {
                let (end, nth) = self.nth(pieces, at)?;
                bound.nth = Some(nth);
                end
            }
            Slot::Unit => {
                let (end, unit) = self.units.at(pieces, at)?;
                bound.unit = Some(*unit);
                end
            }
            Slot::Holiday => {
                let (end, at) = self.holiday_words.at(pieces, at)?;
                bound.holiday = Some(*at);
                end
            }
            Slot::Season => {
                let (end, month) = self.seasons.at(pieces, at)?;
                bound.season = Some(*month);
                end
            }
            Slot::Decade => {
                let (end, year) = self.decade(pieces, at)?;
                bound.decade = Some(year);
                end
            }
            Slot::ShortYear => {
                let (at, quoted) = match piece.is_mark("'") {
                    true => (at + 1, true),
                    false => (at, false),
                };
                let piece = pieces.get(at).filter(|p| p.span.len() == 2)?;
                let year = i16::try_from(piece.integer()?).ok()?;
                let led = at
                    .checked_sub(1)
                    .is_some_and(|b| self.short_years.contains(&pieces[b].low));
                if !(quoted || led) {
                    return None;
                }
                bound.years.push(full_year(year));
                at + 1
            }
            Slot::Date | Slot::When => return None,
        };
        Some((end, bound))
    }

    /// `5`, `05`, `5th`, `fifth`.
    fn day(&self, pieces: &[Piece], at: usize) -> Option<(usize, i8)> {
        let piece = pieces.get(at)?;
        if piece.kind == PieceKind::Word {
            let (end, nth) = self.nths.at(pieces, at)?;
            return i8::try_from(*nth)
                .ok()
                .filter(|d| (1..=31).contains(d))
                .map(|d| (end, d));
        }
        let day = piece
            .integer()
            .filter(|d| (1..=31).contains(d) && piece.span.len() <= 2)?;
        let mut end = at + 1;
        if let Some(next) = pieces.get(end)
            && next.glued
            && next.kind == PieceKind::Word
        {
            self.ordinals.word(&next.low)?;
            end += 1;
        }
        let month = |i: usize| self.months.at(pieces, i).is_some();
        if at > 0 && piece.glued && pieces[at - 1].kind == PieceKind::Word && !month(at - 1) {
            return None;
        }
        Some((end, i8::try_from(day).ok()?))
    }

    /// A number with a unit (`dua pekan`), or a fused word (`sehari`).
    /// `two weeks and three days` is told in the smaller unit.
    fn stretch(&self, pieces: &[Piece], at: usize) -> Option<(usize, (i64, Unit))> {
        let (end, (amount, unit)) = self.one_stretch(pieces, at)?;
        let next = self.in_list("span-and", pieces, end).unwrap_or(end);
        let more = self
            .one_stretch(pieces, next)
            .and_then(|(end, (less, small))| {
                let factor = match (
                    unit.days().zip(small.days()),
                    unit.months().zip(small.months()),
                ) {
                    (Some((large, small)), _) | (_, Some((large, small))) => large / small,
                    _ => return None,
                };
                let whole = amount.checked_mul(factor)?.checked_add(less)?;
                (factor > 1).then_some((end, (whole, small)))
            });
        Some(more.unwrap_or((end, (amount, unit))))
    }

    fn one_stretch(&self, pieces: &[Piece], at: usize) -> Option<(usize, (i64, Unit))> {
        if let Some((end, span)) = self.fused.at(pieces, at) {
            return Some((end, *span));
        }
        // A unit may be a number's word as well (`two quarters`).
        let (end, unit, numeral) = (at + 1..=at + 4).find_map(|k| {
            let (end, unit) = self.units.at(pieces, k)?;
            let numeral = self.numerals.read(pieces.get(..k)?, at)?;
            (numeral.end == k).then_some((end, unit, numeral))
        })?;
        let whole = numeral.value.fract() == 0.0 && numeral.value < 100_000.0;
        (!numeral.vague && whole).then_some((end, (numeral.value as i64, *unit)))
    }
}

fn read_names(table: &Table, most: i8) -> Result<Phrases<Name>> {
    let mut names = Phrases::new();
    for row in table.rows() {
        let cell = row.need("number")?;
        let number: i8 = cell
            .parse()
            .ok()
            .filter(|n| (1..=most).contains(n))
            .ok_or_else(|| row.error(format!("'{cell}' is not a number from 1 to {most}")))?;
        let bare = match row.need("bare")? {
            "any" => Bare::Any,
            "led" => Bare::Led,
            "never" => Bare::Never,
            other => return Err(row.error(format!("'{other}' is not any, led or never"))),
        };
        let upper = match row.get("case") {
            "" => false,
            "upper" => true,
            other => return Err(row.error(format!("'{other}' is not upper"))),
        };
        let not_after: Vec<String> = row.list("not_after").map(str::to_string).collect();
        let not_before: Vec<Vec<String>> = row
            .list("not_before")
            .map(|w| w.split_whitespace().map(str::to_string).collect())
            .collect();
        for words in row.list("words") {
            let name = Name {
                number,
                bare,
                upper,
                not_after: not_after.clone(),
                not_before: not_before.clone(),
            };
            names.add(words, name);
        }
    }
    Ok(names)
}
