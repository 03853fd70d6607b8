//! What names of the checked-in tables lead to.

use std::path::Path;
use std::sync::LazyLock;

use kronik_atlas::{Atlas, EntryKind, words_of};
use kronik_record::Files;

static ATLAS: LazyLock<Atlas> = LazyLock::new(|| {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    let files = Files::of_checkout(root).expect("the checkout is there");
    Atlas::load(&files).expect("the tables are right")
});

#[test]
fn names_lead_to_codes() {
    let check = |name: &str, code: Option<&str>| {
        let words: Vec<&str> = words_of(name).map(|w| w.1).collect();
        let found = ATLAS
            .longest(&words, |n| n == words.len())
            .and_then(|(_, hits)| {
                hits.into_iter().find_map(|h| {
                    ATLAS
                        .entry_of(h)
                        .map(|e| e.code.clone())
                        .or_else(|| ATLAS.place_of(h).map(|p| p.country.to_string()))
                })
            });
        assert_eq!(found.as_deref(), code, "{name}");
    };
    check("Amerika Serikat", Some("USA"));
    check("U.S.", Some("USA"));
    check("us", None);
    check("Gedung Putih", Some("USA"));
    check("Hayat Tahrir al-Sham", Some("HTS"));
    check("PBB", Some("UN"));
    check("Mimpi Georgia", Some("GEO"));
    check("Netanyahu", Some("ISR"));
    check("Avdiivka", Some("UKR"));
    check("Krimea", Some("UKR"));
    check("Nice", None);
    check("Reading", None);
}

#[test]
fn the_longest_name_wins_among_those_that_fit() {
    let words = ["Amerika", "Serikat", "dan"];
    let (n, hits) = ATLAS.longest(&words, |_| true).unwrap();
    assert_eq!(n, 2);
    assert_eq!(ATLAS.best(&hits, None).unwrap().kind, EntryKind::Country);
    assert!(
        ATLAS
            .longest(&words, |n| n != 2)
            .is_none_or(|(n, _)| n == 1)
    );
    assert!(ATLAS.longest(&[], |_| true).is_none());
}

#[test]
fn states_and_their_codes() {
    assert!(ATLAS.is_state("IDN"));
    assert!(!ATLAS.is_state("NATO"));
    assert_eq!(ATLAS.country("DEU").unwrap().alpha2, "DE");
    assert!(ATLAS.countries().count() > 200);
}
