//! The figures as a person reads them.

use std::fmt::Write;

use crate::tally::{Counts, Tally};

/// A plain-text table of all figures, each row one set of articles (all, then by language).
pub fn report(sets: &[(String, Tally)]) -> String {
    let mut out = String::new();
    let mut line = |text: String| {
        out.push_str(text.trim_end());
        out.push('\n');
    };
    line(format!(
        "{:<10} {:>8} {:>6} {:>6}   {:<22} {:<22} {:<22} {:>7}",
        "set", "articles", "gold", "found", "triple P R F1", "deed P R F1", "class P R F1", "macro"
    ));
    for (name, t) in sets {
        line(format!(
            "{name:<10} {:>8} {:>6} {:>6}   {:<22} {:<22} {:<22} {:>7.3}",
            t.articles,
            t.class.gold,
            t.class.found,
            triple(t.triple),
            triple(t.deed),
            triple(t.class),
            t.class_macro_f1()
        ));
    }
    line(String::new());
    line(format!(
        "{:<10} {:>10} {:>8}   {:>8} {:>10} {:>8}   {:>6}   {:>6} {:>6} {:>9}",
        "on class",
        "factuality",
        "macro",
        "said_by",
        "attributed",
        "chains",
        "mode",
        "time",
        "place",
        "quantity"
    ));
    for (name, t) in sets {
        line(format!(
            "{name:<10} {:>10.3} {:>8.3}   {:>8.3} {:>10.3} {:>8.3}   {:>6.3}   {:>6.3} {:>6.3} {:>9.3}",
            share(t.factuality),
            t.factuality_macro_f1(),
            share(t.said_by[0]),
            share(t.said_by[1]),
            share(t.said_by[2]),
            share(t.mode),
            t.time.f1(),
            t.place.f1(),
            t.quantity.f1()
        ));
    }
    line(String::new());
    let head = format!(
        "{:>5} {:>6} {:>8} {:>6}",
        "gold", "found", "speaker", "chain"
    );
    line(format!(
        "{:<10}   {:<30} {}",
        "attributed", "in quotation marks", "without"
    ));
    line(format!("{:<10} {head}   {head}", ""));
    for (name, t) in sets {
        let told = t.speech.map(|s| {
            format!(
                "{:>5} {:>6.3} {:>8.3} {:>6.3}",
                s.all,
                share((s.found, s.all)),
                share((s.speaker, s.all)),
                share((s.chain, s.all))
            )
        });
        line(format!("{name:<10} {}", told.join("   ")));
    }
    if let Some((name, all)) = sets.first() {
        line(String::new());
        line(format!(
            "{:<12} {:>5} {:>6}   {:<22} triple F1   ({name})",
            "type", "gold", "found", "class P R F1"
        ));
        for (class, counts) in &all.by_class {
            let t = all.triple_by_class.get(class).copied().unwrap_or_default();
            let row = format!("{class:<12} {:>5} {:>6}", counts.gold, counts.found);
            line(format!("{row}   {:<22} {:.3}", triple(*counts), t.f1()));
        }
    }
    out
}

fn triple(c: Counts) -> String {
    let mut out = String::new();
    let _ = write!(out, "{:.3} {:.3} {:.3}", c.precision(), c.recall(), c.f1());
    out
}

fn share((right, all): (usize, usize)) -> f64 {
    if all == 0 {
        0.0
    } else {
        right as f64 / all as f64
    }
}
