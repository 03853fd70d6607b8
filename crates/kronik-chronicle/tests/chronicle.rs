//! What is told together, what is kept apart, and that the order of the inputs cannot matter.

#![allow(clippy::unwrap_used)]

mod records;

use kronik_chronicle::{Agreement, Chronicle, Entry, Ground, Options, Revision, Why};
use kronik_text::content_id;
use proptest::prelude::*;
use records::{Made, day, days, night, place, quantity};

fn build(made: &Made) -> Chronicle {
    Chronicle::build(
        &made.articles,
        &made.statements,
        &made.events,
        &Options::default(),
    )
}

fn entry<'c>(chronicle: &'c Chronicle, class: &str) -> &'c Entry {
    chronicle.entries().find(|e| e.class == class).unwrap()
}

#[test]
fn one_night_in_three_reports_and_a_denial_is_one_entry() {
    let chronicle = build(&night());
    assert_eq!(chronicle.language, "id");
    assert_eq!(chronicle.entries().count(), 3);
    let attack = entry(&chronicle, "ASSAULT");
    assert_eq!(attack.reports.len(), 4);
    assert_eq!(attack.factuality, "disputed");
    assert_eq!(attack.disputed, ["factuality", "quantity:killed"]);
    assert_eq!(attack.mode.as_deref(), Some("drone"));
    assert_eq!(attack.days.unwrap().first(), "2024-12-04");
    assert!(attack.dated);
    assert!(attack.grounds.contains(&Ground::Place));
    let denial = attack
        .reports
        .iter()
        .find(|r| r.factuality == "denied")
        .unwrap();
    assert_eq!(denial.chain[0].voices[0].name, "Moskow");
}

#[test]
fn the_id_is_that_of_the_smallest_member() {
    let made = night();
    let chronicle = build(&made);
    let attack = entry(&chronicle, "ASSAULT");
    let mut members: Vec<_> = attack.reports.iter().map(|r| r.event.clone()).collect();
    members.sort();
    assert_eq!(attack.id, content_id('x', &[members[0].as_str()]));
    assert_eq!(attack.aliases.len(), 3);
}

#[test]
fn numbers_stand_side_by_side_with_what_an_outlet_put_right() {
    let chronicle = build(&night());
    let counts = &entry(&chronicle, "ASSAULT").counts;
    assert_eq!(counts.len(), 1);
    assert_eq!(counts[0].agreement, Agreement::Differ);
    let told: Vec<_> = counts[0]
        .observations
        .iter()
        .map(|o| (o.value, o.revision))
        .collect();
    let expected = [
        (3.0, Some(Revision::Earlier)),
        (4.0, Some(Revision::Later)),
        (5.0, None),
    ];
    for pair in expected {
        assert!(told.contains(&pair), "{told:?}");
    }
    assert_eq!(told.len(), 3);
}

#[test]
fn reports_of_one_mouth_are_one_origin() {
    let chronicle = build(&night());
    let attack = entry(&chronicle, "ASSAULT");
    assert_eq!(
        attack.origins.len(),
        3, // the third is the denial's
        "{:?}",
        attack.origins
    );
    let joined = attack
        .origins
        .iter()
        .find(|o| o.reports.len() == 2)
        .unwrap();
    assert_eq!(
        joined.why,
        [Why::Speaker {
            name: "Oleh Syniehubov".into()
        }]
    );
}

#[test]
fn an_event_without_a_day_stands_under_the_day_of_publication() {
    let chronicle = build(&night());
    let visit = entry(&chronicle, "CONSULT");
    assert!(!visit.dated);
    assert_eq!(visit.days.unwrap().first(), "2024-12-05");
}

#[test]
fn a_report_tells_its_line_and_place() {
    let made = night();
    let chronicle = build(&made);
    for report in chronicle.entries().flat_map(|e| &e.reports) {
        let id = &chronicle.articles[report.article].id;
        let text = &made.articles.iter().find(|a| &a.id == id).unwrap().text;
        let found: String = text
            .chars()
            .skip(report.span.0 as usize)
            .take(report.trigger.chars().count())
            .collect();
        assert_eq!(found, report.trigger);
        assert_eq!(report.parts().1, report.trigger);
        assert!(
            text.lines()
                .nth(report.line.unwrap() - 1)
                .unwrap()
                .contains(&report.trigger)
        );
    }
}

/// Two reports of one attack in two outlets, changed by `change`; how many entries there are.
fn entries(change: impl Fn(&mut Made)) -> usize {
    let mut made = Made::default();
    let words = "Northland attacked the port of Sel on Tuesday with rockets at dawn";
    let others = "Rockets from Northland fell on the port of Sel on Tuesday at dawn";
    let a = made.article("The Lamp", "en", "2025-03-05", &["One", words]);
    let b = made.article("The Post", "en", "2025-03-05", &["Two", others]);
    made.event(
        a,
        1,
        "attacked",
        "ASSAULT",
        "Northland/NOR",
        "Southland/SOU",
    )
    .time = day("2025-03-04");
    made.event(b, 1, "fell", "ASSAULT", "Northland/NOR", "Southland/SOU")
        .time = day("2025-03-04");
    change(&mut made);
    build(&made).entries().count()
}

#[test]
fn what_is_told_together_and_what_is_not() {
    let check = |what: &str, expected: usize, change: &dyn Fn(&mut Made)| {
        assert_eq!(entries(change), expected, "{what}");
    };
    check("the same", 1, &|_| {});
    check("one without recipients", 1, &|m| {
        m.events[1].recipients.clear()
    });
    check("other day", 2, &|m| m.events[1].time = day("2025-03-03"));
    check("a span with the day in it", 1, &|m| {
        m.events[1].time = days("2025-03-03", "2025-03-05")
    });
    check("no day told", 1, &|m| m.events[1].time = None);
    check("published before it happened", 2, &|m| {
        m.events[1].time = None;
        m.events[0].time = day("2025-03-09");
    });
    check("other places", 2, &|m| {
        m.events[0].place = place("Sel", "SOU", 1);
        m.events[1].place = place("Tor", "SOU", 1);
    });
    check("place and its country", 1, &|m| {
        m.events[0].place = place("Sel", "SOU", 1);
        m.events[1].place = place("Southland", "SOU", 6);
    });
    check("place and another country", 2, &|m| {
        m.events[0].place = place("Sel", "SOU", 1);
        m.events[1].place = place("Westland", "WES", 6);
    });
    check("other actor", 2, &|m| {
        m.events[1].actors = vec![records::actor("Westland/WES")]
    });
    check("no actor", 2, &|m| m.events[1].actors.clear());
    check("other recipient", 2, &|m| {
        m.events[1].recipients = vec![records::actor("Westland/WES")]
    });
    check("other kind", 2, &|m| m.events[1].class = "THREATEN".into());
    check("other mode", 2, &|m| {
        m.events[0].mode = Some("drone".into());
        m.events[1].mode = Some("aerial".into());
    });
    check("planned", 2, &|m| m.events[1].factuality = "planned".into());
    check("alleged", 1, &|m| m.events[1].factuality = "alleged".into());
    check("denied", 1, &|m| m.events[1].factuality = "denied".into());
    check("different numbers", 1, &|m| {
        m.events[0].quantities = vec![quantity("exact", 3.0, "killed")];
        m.events[1].quantities = vec![quantity("exact", 9.0, "killed")];
    });
    let other = "A base far inland burned after raids that nobody had expected";
    check("nothing else in common", 2, &|m| {
        m.events[1].evidence.text = other.into()
    });
    check("one number in common", 1, &|m| {
        m.events[1].evidence.text = other.into();
        for event in &mut m.events {
            event.quantities = vec![quantity("exact", 37.0, "killed")];
        }
    });
    check("two clocks", 2, &|m| {
        m.events[0].time = day("2025-03-04T01:00:00");
        m.events[1].time = day("2025-03-04T16:00:00");
        m.events[1].evidence.text = other.into();
    });
}

#[test]
fn a_conflict_with_any_member_keeps_apart() {
    let mut made = Made::default();
    let words = "Northland attacked the port of Southland on Tuesday with rockets at dawn";
    for (outlet, town) in [("A", Some("Sel")), ("B", None), ("C", Some("Tor"))] {
        let at = made.article(outlet, "en", "2025-03-05", &["T", words]);
        let event = made.event(at, 1, "attacked", "ASSAULT", "N/NOR", "S/SOU");
        event.time = day("2025-03-04");
        event.place = town.and_then(|town| place(town, "SOU", 1));
    }
    let chronicle = build(&made);
    let sizes: Vec<usize> = chronicle.entries().map(|e| e.reports.len()).collect();
    assert_eq!(sizes.iter().sum::<usize>(), 3);
    for entry in chronicle.entries() {
        let mut places: Vec<_> = entry
            .reports
            .iter()
            .filter_map(|r| r.place.clone())
            .collect();
        places.dedup();
        assert!(places.len() <= 1, "{places:?}");
    }
}

#[test]
fn a_record_given_twice_counts_once() {
    let mut made = night();
    let once = build(&made);
    made.articles.extend(made.articles.clone());
    made.statements.extend(made.statements.clone());
    made.events.extend(made.events.clone());
    assert_eq!(build(&made), once);
}

#[test]
fn events_alone_are_told_from_said_by() {
    let mut made = night();
    made.articles.clear();
    made.statements.clear();
    made.events[0].said_by = vec!["unnamed".into(), "Kantor Berita Satu".into()];
    let chronicle = build(&made);
    let attack = entry(&chronicle, "ASSAULT");
    let first = attack
        .reports
        .iter()
        .find(|r| r.event == made.events[0].id)
        .unwrap();
    assert!(first.chain[0].voices[0].unnamed);
    assert_eq!(first.chain[1].voices[0].name, "Kantor Berita Satu");
    assert_eq!(first.line, None);
}

fn random() -> impl Strategy<Value = Made> {
    let event = (
        0..4usize,
        0..3usize,
        0..3usize,
        0..4usize,
        0..4usize,
        0..4usize,
        0..3usize,
    );
    proptest::collection::vec(event, 1..16).prop_map(|drawn| {
        let mut made = Made::default();
        let lines = [
            "Head",
            "N attacked the old port of S on Tuesday",
            "N attacked and hit a base of S at dawn",
        ];
        for (outlet, published) in [
            ("A", "2025-03-05"),
            ("B", "2025-03-05"),
            ("A", "2025-03-06"),
            ("C", ""),
        ] {
            made.article(outlet, "en", published, &lines);
        }
        for (article, who, whom, when, town, how, line) in drawn {
            let who = ["N/NOR", "S/SOU", ""][who];
            let whom = ["S/SOU", "N/NOR", ""][whom];
            let (line, trigger) = [(1, "attacked"), (2, "attacked"), (2, "hit")][line];
            let event = made.event(article, line, trigger, "ASSAULT", who, whom);
            event.time = [
                None,
                day("2025-03-04"),
                day("2025-03-05"),
                days("2025-03-01", "2025-03-31"),
            ][when]
                .clone();
            event.place = [
                None,
                place("Sel", "SOU", 1),
                place("Tor", "SOU", 1),
                place("S", "SOU", 6),
            ][town]
                .clone();
            event.factuality = ["asserted", "alleged", "denied", "planned"][how].into();
            event.quantities = vec![quantity("exact", when as f64, "killed")];
        }
        made
    })
}

proptest! {
    #[test]
    fn the_order_of_inputs_does_not_matter(made in random(), seed in any::<u64>()) {
        let mut other = made.clone();
        let mut state = seed | 1;
        let mut next = |n: usize| {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            (state >> 33) as usize % n
        };
        for at in (1..other.events.len()).rev() {
            other.events.swap(at, next(at + 1));
        }
        for at in (1..other.articles.len()).rev() {
            other.articles.swap(at, next(at + 1));
        }
        for at in (1..other.statements.len()).rev() {
            other.statements.swap(at, next(at + 1));
        }
        prop_assert_eq!(build(&made), build(&other));
    }

    #[test]
    fn every_event_is_told_once_and_entries_hold_no_conflict(drawn in random()) {
        let mut made = drawn;
        made.events.sort_by(|a, b| a.id.cmp(&b.id));
        made.events.dedup_by(|a, b| a.id == b.id);
        let chronicle = build(&made);
        let mut ids: Vec<_> = made.events.iter().map(|e| e.id.clone()).collect();
        ids.sort();
        ids.dedup();
        let mut told: Vec<_> =
            chronicle.entries().flat_map(|e| e.reports.iter().map(|r| r.event.clone())).collect();
        told.sort();
        prop_assert_eq!(told, ids);
        for entry in chronicle.entries() {
            let of: Vec<_> = entry
                .reports
                .iter()
                .map(|r| made.events.iter().find(|e| e.id == r.event).unwrap())
                .collect();
            let towns: std::collections::BTreeSet<_> = of
                .iter()
                .filter_map(|e| e.place.as_ref().filter(|p| p.precision == 1))
                .map(|p| &p.name)
                .collect();
            prop_assert!(towns.len() <= 1);
            let told: std::collections::BTreeSet<_> = of
                .iter()
                .filter_map(|e| e.time.as_ref().filter(|t| t.start == t.end))
                .map(|t| &t.start)
                .collect();
            prop_assert!(told.len() <= 1);
            let mut counted: Vec<usize> =
                entry.origins.iter().flat_map(|o| o.reports.clone()).collect();
            counted.sort();
            prop_assert_eq!(counted, (0..entry.reports.len()).collect::<Vec<_>>());
        }
    }
}
