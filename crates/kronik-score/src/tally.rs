//! Counting over articles.

use std::collections::{BTreeMap, BTreeSet};

use kronik_record::EventRecord;

use crate::matching::{Level, line_of, pair};
use crate::{GoldArticle, GoldEvent};

/// True positives, found, wanted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Right.
    pub right: usize,
    /// Found.
    pub found: usize,
    /// Annotated.
    pub gold: usize,
}

impl Counts {
    /// Right among found, 0 where nothing was found.
    pub fn precision(self) -> f64 {
        ratio(self.right, self.found)
    }

    /// Right among annotated.
    pub fn recall(self) -> f64 {
        ratio(self.right, self.gold)
    }

    /// Harmonic mean of the two.
    pub fn f1(self) -> f64 {
        ratio(2 * self.right, self.found + self.gold)
    }

    fn add(&mut self, right: usize, found: usize, gold: usize) {
        self.right += right;
        self.found += found;
        self.gold += gold;
    }
}

fn ratio(a: usize, b: usize) -> f64 {
    if b == 0 { 0.0 } else { a as f64 / b as f64 }
}

/// All figures of a set of articles.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    /// Articles counted.
    pub articles: usize,
    /// Line, class, actors, recipients.
    pub triple: Counts,
    /// Line, class, actors.
    pub deed: Counts,
    /// Line and class.
    pub class: Counts,
    /// Class figures by class.
    pub by_class: BTreeMap<String, Counts>,
    /// Triple figures by class.
    pub triple_by_class: BTreeMap<String, Counts>,
    /// Factuality on class matches: right of matched.
    pub factuality: (usize, usize),
    /// The five kinds that are not asserted, on class matches.
    pub by_factuality: BTreeMap<String, Counts>,
    /// `said_by` right of matched: over all, over attributed ones, over chains of two or more.
    pub said_by: [(usize, usize); 3],
    /// Attributed class matches, in quotation marks and without.
    pub speech: [Speech; 2],
    /// Mode right of matched that have one.
    pub mode: (usize, usize),
    /// Times, on class matches.
    pub time: Counts,
    /// Places, on class matches.
    pub place: Counts,
    /// Quantities, on class matches.
    pub quantity: Counts,
    /// What was missed, found without need, or read otherwise: one line each.
    pub misses: Vec<String>,
}

/// Events that the annotation attributes to somebody, told in one way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Speech {
    /// How many were matched.
    pub all: usize,
    /// Of these, read as said by anybody at all.
    pub found: usize,
    /// Of these, the nearest speaker right.
    pub speaker: usize,
    /// The whole chain right.
    pub chain: usize,
}

/// True if the trigger stands in quotation marks, counted from the start of its line.
fn quoted(text: &str, event: &EventRecord) -> bool {
    let mut open = false;
    for c in text.chars().take(event.trigger.span.0 as usize) {
        open = match c {
            '\n' => false,
            '"' => !open,
            '“' | '«' | '„' => true,
            '”' | '»' => false,
            _ => open,
        };
    }
    open
}

impl Tally {
    /// Adds one article; `body` tells whether a line (from 1) is running text.
    pub fn add(&mut self, gold: &GoldArticle, found: &[EventRecord], text: &str) {
        self.articles += 1;
        let pairs = pair(text, &gold.events, found);
        let count = |level: Level| pairs.iter().filter(|p| p.level >= level).count();
        let (n, m) = (found.len(), gold.events.len());
        self.triple.add(count(Level::Triple), n, m);
        self.deed.add(count(Level::Deed), n, m);
        self.class.add(count(Level::Class), n, m);
        for e in &gold.events {
            self.by_class.entry(e.class.clone()).or_default().gold += 1;
            self.triple_by_class
                .entry(e.class.clone())
                .or_default()
                .gold += 1;
        }
        for e in found {
            self.by_class.entry(e.class.clone()).or_default().found += 1;
            self.triple_by_class
                .entry(e.class.clone())
                .or_default()
                .found += 1;
        }
        for p in &pairs {
            let (a, b) = (&gold.events[p.gold], &found[p.found]);
            self.by_class.entry(a.class.clone()).or_default().right += 1;
            if p.level == Level::Triple {
                self.triple_by_class
                    .entry(a.class.clone())
                    .or_default()
                    .right += 1;
            }
            let direct = quoted(text, b);
            self.add_speech(a, b, direct);
            self.add_pair(gold, a, b, p.level);
        }
        for (g, e) in gold.events.iter().enumerate() {
            if !pairs.iter().any(|p| p.gold == g) {
                self.misses.push(format!(
                    "{}:{} missed  {:?} {} {} -> {}",
                    gold.name,
                    e.line,
                    e.trigger,
                    label(&e.class, e.mode.as_deref()),
                    e.actor.join(","),
                    e.recipient.join(",")
                ));
            }
        }
        for (f, e) in found.iter().enumerate() {
            if !pairs.iter().any(|p| p.found == f) {
                self.misses.push(format!(
                    "{}:{} extra   {:?} {} {} -> {}  [{}]",
                    gold.name,
                    line_of(text, e),
                    e.trigger.text,
                    label(&e.class, e.mode.as_deref()),
                    codes(&e.actors),
                    codes(&e.recipients),
                    e.because.first().map_or("", |b| b.rule.as_str())
                ));
            }
        }
    }

    fn add_speech(&mut self, a: &GoldEvent, b: &EventRecord, direct: bool) {
        let Some(nearest) = a.said_by.first() else {
            return;
        };
        let same = |x: &String, y: &String| x.to_lowercase() == y.to_lowercase();
        let speech = &mut self.speech[usize::from(!direct)];
        speech.all += 1;
        speech.found += usize::from(!b.said_by.is_empty());
        speech.speaker += usize::from(b.said_by.first().is_some_and(|n| same(n, nearest)));
        let chain = a.said_by.len() == b.said_by.len();
        let mut pairs = a.said_by.iter().zip(&b.said_by);
        speech.chain += usize::from(chain && pairs.all(|(x, y)| same(x, y)));
    }

    fn add_pair(&mut self, article: &GoldArticle, a: &GoldEvent, b: &EventRecord, level: Level) {
        let place = format!("{}:{}", article.name, a.line);
        if level < Level::Triple {
            self.misses.push(format!(
                "{place} roles   {:?} {} {} -> {} read as {} -> {}",
                a.trigger,
                a.class,
                a.actor.join(","),
                a.recipient.join(","),
                codes(&b.actors),
                codes(&b.recipients)
            ));
        }
        let right = a.factuality == b.factuality;
        self.factuality.0 += usize::from(right);
        self.factuality.1 += 1;
        if !right {
            let (x, y) = (&a.factuality, &b.factuality);
            self.misses
                .push(format!("{place} factual {:?} {x} read as {y}", a.trigger));
        }
        for kind in ["alleged", "denied", "negated", "planned", "hypothetical"] {
            let counts = self.by_factuality.entry(kind.to_string()).or_default();
            let (g, f) = (a.factuality == kind, b.factuality == kind);
            counts.add(usize::from(g && f), usize::from(f), usize::from(g));
        }
        let fold =
            |names: &[String]| -> Vec<String> { names.iter().map(|n| n.to_lowercase()).collect() };
        let said = fold(&a.said_by) == fold(&b.said_by);
        let which = [true, !a.said_by.is_empty(), a.said_by.len() >= 2];
        for (counts, counted) in self.said_by.iter_mut().zip(which) {
            if counted {
                counts.0 += usize::from(said);
                counts.1 += 1;
            }
        }
        if !said {
            self.misses.push(format!(
                "{place} said_by {:?} {:?} read as {:?}",
                a.trigger, a.said_by, b.said_by
            ));
        }
        if a.mode.is_some() {
            self.mode.0 += usize::from(a.mode == b.mode);
            self.mode.1 += 1;
            if a.mode != b.mode {
                self.misses.push(format!(
                    "{place} mode    {:?} {:?} read as {:?}",
                    a.trigger, a.mode, b.mode
                ));
            }
        }
        let edtf = b.time.as_ref().map(|t| t.edtf.clone());
        self.time.add(
            usize::from(a.date.is_some() && a.date == edtf),
            usize::from(edtf.is_some()),
            usize::from(a.date.is_some()),
        );
        if a.date != edtf {
            self.misses.push(format!(
                "{place} time    {:?} {:?} read as {edtf:?}",
                a.trigger, a.date
            ));
        }
        let found = b.place.as_ref().map(|p| p.text.to_lowercase());
        let wanted = a.place.as_ref().map(|p| p.to_lowercase());
        let same = match (&wanted, &found) {
            (Some(w), Some(f)) => w.contains(f.as_str()) || f.contains(w.as_str()),
            _ => false,
        };
        self.place.add(
            usize::from(same),
            usize::from(found.is_some()),
            usize::from(wanted.is_some()),
        );
        if !same && (found.is_some() || wanted.is_some()) {
            self.misses.push(format!(
                "{place} place   {:?} {wanted:?} read as {found:?}",
                a.trigger
            ));
        }
        let found: BTreeSet<String> = b.quantities.iter().map(quantity).collect();
        let wanted: BTreeSet<String> = a.quantity.iter().cloned().collect();
        self.quantity.add(
            wanted.intersection(&found).count(),
            found.len(),
            wanted.len(),
        );
        if found != wanted {
            self.misses.push(format!(
                "{place} number  {:?} {wanted:?} read as {found:?}",
                a.trigger
            ));
        }
    }

    /// Mean of the classes' F1.
    pub fn class_macro_f1(&self) -> f64 {
        let wanted: Vec<f64> = self
            .by_class
            .values()
            .filter(|c| c.gold > 0)
            .map(|c| c.f1())
            .collect();
        if wanted.is_empty() {
            0.0
        } else {
            wanted.iter().sum::<f64>() / wanted.len() as f64
        }
    }

    /// Mean F1 of the five kinds of factuality that are not asserted.
    pub fn factuality_macro_f1(&self) -> f64 {
        let n = self.by_factuality.len();
        let sum: f64 = self.by_factuality.values().map(|c| c.f1()).sum();
        if n == 0 { 0.0 } else { sum / n as f64 }
    }
}

fn label(class: &str, mode: Option<&str>) -> String {
    match mode {
        Some(mode) => format!("{class}:{mode}"),
        None => class.to_string(),
    }
}

fn codes(list: &[kronik_record::ActorRecord]) -> String {
    let codes: Vec<&str> = list
        .iter()
        .map(|a| a.code.as_deref().unwrap_or("?"))
        .collect();
    codes.join(",")
}

/// A quantity as the annotation writes it: bound, number, unit.
fn quantity(q: &kronik_record::QuantityRecord) -> String {
    let bound = match q.bound.as_str() {
        "more" => ">",
        "at_least" => ">=",
        "less" => "<",
        "at_most" => "<=",
        "about" => "~",
        _ => "",
    };
    match q.high {
        Some(high) => format!("{}-{} {}", q.value, high, q.unit),
        None => format!("{bound}{} {}", q.value, q.unit),
    }
}
