//! Everything that can be asked, of whole and of damaged bytes.

use super::*;
use proptest::prelude::*;

fn compiled() -> Vec<u8> {
    let mut files = Files::new();
    files.insert("atlas/offices.tsv", "id\tsector\tseats\nruler\tGOV\tone\n");
    files.insert(
        "atlas/countries.tsv",
        "code\talpha2\tname\tnames_en\tnames_id\tpeople_en\tcapital\tseat\n\
         AAA\tAA\tAland\tAland\tAland Baru\tAlanders\tTown\tPalace\n",
    );
    files.insert(
        "atlas/leaders/a.tsv",
        "code\toffice\tperson\tname\tnames\tfrom\tto\n\
         AAA\truler\tana-ek\tAna Ek\tAna Ek|Ek\t2010\t2014-06\n\
         AAA\truler\tbo-li\tBo Li\tBo Li\t2014-06\t\n",
    );
    files.insert(
        "atlas/places.tsv",
        "name\tnames\tcountry\tadmin1\tgeonames\tlat\tlon\tpopulation\tkind\n\
         Town\tTown|Old Town\tAAA\tEast\t7\t12.5\t-100.25\t900\tplace\n",
    );
    files.insert(
        "atlas/outlets.tsv",
        "domain\tname\tlanguage\tcountry\tfamily\taliases\nkabar.example\tKabar\tid\tAAA\t\tKB\n",
    );
    compile(&files).unwrap()
}

/// Asks everything that can be asked.
fn ask(atlas: &Atlas) -> usize {
    let mut found = 0;
    for words in [
        ["Old", "Town"],
        ["Ana", "Ek"],
        ["Aland", "Baru"],
        ["Town", ""],
    ] {
        let Some((_, hits)) = atlas.longest(&words, |_| true) else {
            continue;
        };
        for hit in &hits {
            found += usize::from(atlas.entry_of(*hit).is_some());
            found += usize::from(atlas.place_of(*hit).is_some());
        }
        found += usize::from(atlas.best(&hits, Some("2012-01-01")).is_some());
        found += usize::from(atlas.best(&hits, None).is_some());
    }
    for n in [0, 1, 7, u32::MAX] {
        found += usize::from(atlas.entry_of(Hit(n)).is_some());
        found += usize::from(atlas.place_of(Hit(n)).is_some());
    }
    found += atlas.countries().count() + usize::from(atlas.is_state("AAA"));
    found += atlas.entries_of("ana-ek").count();
    found += usize::from(atlas.person_on("bo-li", Some("2020")).is_some());
    found += atlas.holders("AAA", "ruler", "2014-06-01").count();
    found += usize::from(atlas.outlet_of_domain("m.kabar.example").is_some());
    found += usize::from(atlas.outlet_named("kb").is_some());
    found += usize::from(atlas.is_outlet("KB")) + usize::from(atlas.is_region("ALAND"));
    found
}

#[test]
fn what_was_compiled_is_found() {
    let bytes = compiled();
    assert_eq!(bytes, compiled(), "the same tables, the same bytes");
    let atlas = Atlas::open(bytes.into()).unwrap();
    assert!(ask(&atlas) > 20);
    assert!(atlas.outlet_of_domain("M.kabar.example").is_some());
    assert!(atlas.outlet_of_domain("notkabar.example").is_none());
    assert_eq!(atlas.outlet_named("kb").map(|o| o.name), Some("Kabar"));
    assert!(atlas.is_outlet("KB") && !atlas.is_outlet("kb"));
    assert!(atlas.is_region("ALAND baru") && !atlas.is_region("Town"));
    let (_, hits) = atlas.longest(&["Old", "Town"], |_| true).unwrap();
    let place = atlas.place_of(hits[0]).unwrap();
    assert_eq!(place.point, Some((12.5, -100.25)));
    assert_eq!((place.geonames, place.population), (Some(7), 900));
    assert_eq!((place.admin1, place.country), ("East", "AAA"));
}

#[test]
fn damage_is_told() {
    let check = |bytes: Vec<u8>, message: &str| {
        let error = Atlas::open(bytes.into()).unwrap_err().to_string();
        assert!(error.contains(message), "{error}");
        assert!(error.ends_with("build it anew from the tables"), "{error}");
    };
    check(Vec::new(), "this is no compiled atlas");
    check(b"a table\tof words\n".to_vec(), "this is no compiled atlas");
    let mut old = compiled();
    old[8] = 99;
    check(old, "another version");
    let mut cut = compiled();
    cut.truncate(30);
    check(cut, "cut off");
    let mut short = compiled();
    short.pop();
    check(short, "its checksum is wrong");
}

proptest! {
    #[test]
    fn no_flipped_byte_passes(at in any::<prop::sample::Index>(), flip in 1u8..) {
        let mut bytes = compiled();
        let at = at.index(bytes.len());
        bytes[at] ^= flip;
        prop_assert!(Atlas::open(bytes.into()).is_err());
    }

    /// Even where the checksum is not looked at, nothing panics.
    #[test]
    fn no_bytes_do_harm(
        flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..64),
        front in any::<bool>(),
        len in any::<prop::sample::Index>(),
        cut in any::<bool>(),
    ) {
        let mut bytes = compiled();
        // buckets are most of the bytes: half of the damage goes to what stands before them
        let reach = if front { 1500.min(bytes.len()) } else { bytes.len() };
        for (at, value) in flips {
            let at = at.index(reach);
            bytes[at] = value;
        }
        if cut {
            bytes.truncate(len.index(bytes.len()));
        }
        if let Ok(bytes) = Bytes::open_unchecked(bytes.into()) {
            ask(&Atlas::of(bytes));
        }
    }

    #[test]
    fn no_words_do_harm(words in prop::collection::vec(".*", 0..6)) {
        let atlas = Atlas::open(compiled().into()).unwrap();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        if let Some((n, hits)) = atlas.longest(&words, |_| true) {
            prop_assert!(n <= words.len() && !hits.is_empty());
        }
    }
}
