//! One line of an expected block, read and written.
//!
//! `ASSAULT.aerial | RUS -> UKR | asserted | on 2026-03-02 | at Kyiv | count >=3 killed | by A + B < C`
//!
//! `Orla Venn < Meridian Wire | quoted asserts | on 2026-03-02`

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use kronik::{ActorRecord, EventRecord, QuantityRecord, StatementRecord};
use kronik_text::ContentId;

/// Speakers, nearest first; joint speakers stand together.
pub type Chain = Vec<Vec<String>>;

/// An event as the block writes it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct EventLine {
    pub class: String,
    pub mode: Option<String>,
    pub actors: BTreeSet<String>,
    pub recipients: BTreeSet<String>,
    pub factuality: String,
    pub time: Option<String>,
    pub place: Option<String>,
    pub quantities: BTreeSet<String>,
    pub said_by: Chain,
}

/// A statement as the block writes it; the outlet's own is left out.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct StatementLine {
    pub speakers: Chain,
    pub manner: String,
    pub stance: String,
    pub said: Option<String>,
}

impl EventLine {
    /// Reads a line.
    pub fn parse(line: &str) -> Result<EventLine, String> {
        let mut fields = line.split(" | ").map(str::trim);
        let mut need = |what: &str| fields.next().ok_or(format!("no {what} in '{line}'"));
        let kind = need("type")?;
        let roles = need("actors and recipients")?;
        let factuality = need("factuality")?;
        let (class, mode) = match kind.split_once('.') {
            Some((class, mode)) => (class, Some(mode.to_string())),
            None => (kind, None),
        };
        let (actors, recipients) = roles
            .split_once(" -> ")
            .ok_or(format!("no '->' in '{line}'"))?;
        let mut event = EventLine {
            class: class.to_string(),
            mode,
            actors: codes(actors),
            recipients: codes(recipients),
            factuality: factuality.to_string(),
            ..EventLine::default()
        };
        for field in fields {
            match field.split_once(' ') {
                Some(("on", time)) => event.time = Some(time.to_string()),
                Some(("at", place)) => event.place = Some(place.to_string()),
                Some(("count", list)) => {
                    event.quantities = list.split(", ").map(str::to_string).collect();
                }
                Some(("by", speakers)) => event.said_by = chain(speakers),
                _ => return Err(format!("'{field}' begins with none of on, at, count, by")),
            }
        }
        let written = event.to_string();
        if written != line {
            return Err(format!("write '{written}' for '{line}'"));
        }
        Ok(event)
    }

    /// What the engine found, in the block's terms.
    pub fn of(event: &EventRecord, statements: &BTreeMap<&ContentId, &StatementRecord>) -> Self {
        let codes = |list: &[ActorRecord]| {
            list.iter()
                .map(|a| a.code.clone().unwrap_or_else(|| "?".to_string()))
                .collect()
        };
        EventLine {
            class: event.class.clone(),
            mode: event.mode.clone(),
            actors: codes(&event.actors),
            recipients: codes(&event.recipients),
            factuality: event.factuality.clone(),
            time: event.time.as_ref().map(|t| t.edtf.clone()),
            place: event.place.as_ref().map(|p| p.text.clone()),
            quantities: event.quantities.iter().map(quantity).collect(),
            said_by: statements
                .get(&event.statement)
                .map_or_else(Chain::new, |s| speakers(s, statements)),
        }
    }

    /// Whether the two say the same: of places the one name may hold the other, as the scorer has
    /// it, and names are told apart without case.
    pub fn agrees(&self, found: &EventLine) -> bool {
        let place = match (&self.place, &found.place) {
            (Some(a), Some(b)) => {
                let (a, b) = (a.to_lowercase(), b.to_lowercase());
                a.contains(&b) || b.contains(&a)
            }
            (a, b) => a == b,
        };
        let bare = |line: &EventLine| EventLine {
            place: None,
            said_by: folded(&line.said_by),
            ..line.clone()
        };
        place && bare(self) == bare(found)
    }
}

impl StatementLine {
    /// Reads a line.
    pub fn parse(line: &str) -> Result<StatementLine, String> {
        let fields: Vec<&str> = line.split(" | ").map(str::trim).collect();
        let (speakers, how, said) = match fields[..] {
            [speakers, how] => (speakers, how, None),
            [speakers, how, said] => (speakers, how, Some(said)),
            _ => return Err(format!("'{line}' is not SPEAKERS | MANNER STANCE | on DAY")),
        };
        let (manner, stance) = how
            .split_once(' ')
            .ok_or(format!("'{how}' is not MANNER STANCE"))?;
        let statement = StatementLine {
            speakers: chain(speakers),
            manner: manner.to_string(),
            stance: stance.to_string(),
            said: said.and_then(|s| s.strip_prefix("on ")).map(str::to_string),
        };
        let written = statement.to_string();
        if written != line {
            return Err(format!("write '{written}' for '{line}'"));
        }
        Ok(statement)
    }

    /// What the engine found, in the block's terms.
    pub fn of(
        statement: &StatementRecord,
        statements: &BTreeMap<&ContentId, &StatementRecord>,
    ) -> Self {
        StatementLine {
            speakers: speakers(statement, statements),
            manner: statement.manner.clone(),
            stance: statement.stance.clone(),
            said: statement.said.as_ref().map(|t| t.edtf.clone()),
        }
    }

    /// Whether the two say the same.
    pub fn agrees(&self, found: &StatementLine) -> bool {
        let bare = |line: &StatementLine| StatementLine {
            speakers: folded(&line.speakers),
            ..line.clone()
        };
        bare(self) == bare(found)
    }
}

impl fmt::Display for EventLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.class)?;
        if let Some(mode) = &self.mode {
            write!(f, ".{mode}")?;
        }
        let roles = |codes: &BTreeSet<String>| match codes.len() {
            0 => "-".to_string(),
            _ => codes.iter().cloned().collect::<Vec<_>>().join("+"),
        };
        write!(
            f,
            " | {} -> {} | {}",
            roles(&self.actors),
            roles(&self.recipients),
            self.factuality
        )?;
        if let Some(time) = &self.time {
            write!(f, " | on {time}")?;
        }
        if let Some(place) = &self.place {
            write!(f, " | at {place}")?;
        }
        if !self.quantities.is_empty() {
            let list: Vec<&str> = self.quantities.iter().map(String::as_str).collect();
            write!(f, " | count {}", list.join(", "))?;
        }
        if !self.said_by.is_empty() {
            write!(f, " | by {}", written(&self.said_by))?;
        }
        Ok(())
    }
}

impl fmt::Display for StatementLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} | {} {}",
            written(&self.speakers),
            self.manner,
            self.stance
        )?;
        match &self.said {
            Some(said) => write!(f, " | on {said}"),
            None => Ok(()),
        }
    }
}

fn codes(text: &str) -> BTreeSet<String> {
    match text {
        "-" => BTreeSet::new(),
        _ => text.split('+').map(str::to_string).collect(),
    }
}

fn chain(text: &str) -> Chain {
    text.split(" < ")
        .map(|joint| joint.split(" + ").map(str::to_string).collect())
        .collect()
}

fn written(chain: &Chain) -> String {
    let levels: Vec<String> = chain.iter().map(|joint| joint.join(" + ")).collect();
    levels.join(" < ")
}

fn folded(chain: &Chain) -> Chain {
    chain
        .iter()
        .map(|joint| joint.iter().map(|n| n.to_lowercase()).collect())
        .collect()
}

/// Who says a statement, outward, without the outlet itself (the root, or its own name as a relay).
fn speakers(
    statement: &StatementRecord,
    statements: &BTreeMap<&ContentId, &StatementRecord>,
) -> Chain {
    let all: Vec<&StatementRecord> = statement
        .chain
        .iter()
        .filter_map(|id| statements.get(id).copied())
        .collect();
    let outlet = all
        .last()
        .and_then(|root| root.speakers.first())
        .map(|s| s.name.to_lowercase());
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut chain = Chain::new();
    for one in all.iter().filter(|s| s.within.is_some()) {
        let names: Vec<String> = one
            .speakers
            .iter()
            .map(|s| s.name.as_str())
            .filter(|n| Some(n.to_lowercase()) != outlet && seen.insert(n))
            .map(str::to_string)
            .collect();
        if !names.is_empty() {
            chain.push(names);
        }
    }
    chain
}

/// Bound, number, unit.
fn quantity(q: &QuantityRecord) -> String {
    let bound = match q.bound.as_str() {
        "more" => ">",
        "at_least" => ">=",
        "less" => "<",
        "at_most" => "<=",
        "about" => "~",
        _ => "",
    };
    match q.high {
        Some(high) => format!("{}-{high} {}", q.value, q.unit),
        None => format!("{bound}{} {}", q.value, q.unit),
    }
}

#[test]
fn lines_come_back_as_they_were_written() {
    for line in [
        "ASSAULT | RUS -> UKR | asserted",
        "CONSULT.phone | DEU+FRA -> - | planned | on 2026-03-02 | by Orla Venn",
        "PROTEST.demo | - -> GEO | alleged | at Tbilisi | count >=3 injured, ~20 arrested",
        "ACCUSE | - -> - | asserted | by A + B < C < unnamed",
    ] {
        assert_eq!(EventLine::parse(line).unwrap().to_string(), line);
    }
    for wrong in [
        "",
        "ASSAULT",
        "ASSAULT | RUS UKR | asserted",
        "A | - -> - | b | in C",
    ] {
        assert!(EventLine::parse(wrong).is_err(), "{wrong}");
    }
    let line = "Orla Venn + Ivo Brandt < North Post | quoted asserts | on 2026-03-02";
    assert_eq!(StatementLine::parse(line).unwrap().to_string(), line);
}
