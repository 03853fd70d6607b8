//! What people are on a day, who holds an office, whose a shared name is: by small tables of
//! invented people.

use kronik_atlas::{Atlas, EntryKind, words_of};
use kronik_record::Files;

const OFFICES: &str = "id\tsector\tseats\tsource
ruler\tGOV\tone\teditor
warden\tMIL\tone\teditor
head\t\tone\teditor
herald\tGOV\tmany\teditor
";

const LEADERS: &str = "code\toffice\tperson\tname\tnames\tfrom\tto\tsource
AAA\truler\tana-ek\tAna Ek\tAna Ek|Ek\t2010\t2014-06\teditor
AAA\truler\tbo-li\tBo Li\tBo Li\t2014-06\t2018-03-31\teditor
AAA\truler\tcem-oz\tÇem Öz\tÇem Öz\t2018-04-01\t\teditor
AAA\twarden\tcem-oz\t\t\t2015\t2019\teditor
LEAGUE\thead\tana-ek\t\t\t2016\t2020\teditor
AAA\therald\tdu-fa\tDu Fa\tDu Fa\t2011\t2012\teditor
AAA\therald\teva-go\tEva Go\tEva Go\t2012\t2013\teditor
";

fn tables() -> Files {
    let mut files = Files::new();
    files.insert("atlas/offices.tsv", OFFICES);
    files.insert("atlas/leaders/all.tsv", LEADERS);
    files.insert(
        "atlas/organisations.tsv",
        "id\tcode\tkind\tcountry\tsector\tname\tnames\tfrom\tto\tsource
league\tLEAGUE\tNGO\t\tCVL\tLeague\tLeague|the Union\t\t\teditor
union\tUNION\tNGO\t\tLAB\tUnion\tUnion|the Union\t2015\t\teditor
",
    );
    files.insert(
        "atlas/persons.tsv",
        "id\tcode\tsector\tname\tnames\tfrom\tto\twikidata\tsource
ana-ek\tAAA\tOPP\tAna Ek\tAna Ek\t\t\t\teditor
fay-hu\tAAA\tBUS\tFay Hu\tFay Hu|Ek\t2021\t\tQ7\teditor
",
    );
    files
}

fn hits(atlas: &Atlas, name: &str) -> Vec<kronik_atlas::Hit> {
    let words: Vec<&str> = words_of(name).map(|w| w.1).collect();
    match atlas.longest(&words, |n| n == words.len()) {
        Some((_, hits)) => hits,
        None => Vec::new(),
    }
}

#[test]
fn people_by_day() {
    let atlas = Atlas::load(&tables()).unwrap();
    let check = |name: &str, day: Option<&str>, told: (&str, &str, Option<&str>)| {
        let entry = atlas.best(&hits(&atlas, name), day).unwrap();
        let sector = entry.sector.as_deref().unwrap_or("");
        let found = (entry.code.as_str(), sector, entry.office.as_deref());
        assert_eq!(found, told, "{name} {day:?}");
    };
    check("Ana Ek", Some("2012-05-01"), ("AAA", "GOV", Some("ruler")));
    // no term: the row of persons.tsv
    check("Ana Ek", Some("2015-05-01"), ("AAA", "OPP", None));
    // the role of whom she heads, since the office has none
    check(
        "Ana Ek",
        Some("2017-05-01"),
        ("LEAGUE", "CVL", Some("head")),
    );
    check("Ana Ek", None, ("AAA", "OPP", None));
    // of two terms the higher office
    check("Çem Öz", Some("2018-06-01"), ("AAA", "GOV", Some("ruler")));
    check("Cem Oz", Some("2016-06-01"), ("AAA", "MIL", Some("warden")));
    check("Çem Öz", None, ("AAA", "GOV", Some("ruler")));
    // over: the last; not yet: the first
    check("Bo Li", Some("2022-01-01"), ("AAA", "GOV", Some("ruler")));
    check("Çem Öz", Some("2009-01-01"), ("AAA", "MIL", Some("warden")));
    // of two people the one who was something on that day
    check("Ek", Some("2012-05-01"), ("AAA", "GOV", Some("ruler")));
    check("Ek", Some("2022-05-01"), ("AAA", "OPP", None));
}

#[test]
fn holders_by_day() {
    let atlas = Atlas::load(&tables()).unwrap();
    let check = |code: &str, office: &str, day: &str, ids: &[&str]| {
        let found: Vec<&str> = atlas
            .holders(code, office, day)
            .map(|e| e.entity.id.as_str())
            .collect();
        assert_eq!(found, ids, "{code} {office} {day}");
        let last = atlas
            .holder(code, office, day)
            .map(|e| e.entity.id.as_str());
        assert_eq!(last, ids.last().copied());
    };
    check("AAA", "ruler", "2012-01-01", &["ana-ek"]);
    check("AAA", "ruler", "2014-06-15", &["ana-ek", "bo-li"]);
    check("AAA", "ruler", "2018-03-31", &["bo-li"]);
    check("AAA", "ruler", "2024-01-01", &["cem-oz"]);
    check("AAA", "ruler", "2009-12-31", &[]);
    check("AAA", "warden", "2014-12-31", &[]);
    check("LEAGUE", "head", "2018-01-01", &["ana-ek"]);
    check("AAA", "herald", "2012-07-01", &["du-fa", "eva-go"]);
    check("AAA", "nobody", "2012-07-01", &[]);
    check("BBB", "ruler", "2012-07-01", &[]);
}

#[test]
fn rows_by_id() {
    let atlas = Atlas::load(&tables()).unwrap();
    assert_eq!(atlas.entries_of("ana-ek").count(), 3);
    assert_eq!(atlas.entries_of("nobody").count(), 0);
    let person = atlas.person_on("fay-hu", Some("2022-01-01")).unwrap();
    assert_eq!(person.wikidata.as_deref(), Some("Q7"));
    assert_eq!(person.kind, EntryKind::Person);
    assert_eq!(person.entity.name, "Fay Hu");
    assert!(atlas.person_on("nobody", None).is_none());
}

#[test]
fn shared_names_go_where_the_rule_says() {
    let check = |prefer: &str, ids: &[&str]| {
        let mut files = tables();
        files.insert(
            "atlas/ambiguous.tsv",
            format!("name\treason\tprefer\tsource\nthe Union\ttest\t{prefer}\teditor\n"),
        );
        let atlas = Atlas::load(&files).unwrap();
        for name in ["the Union", "The Union"] {
            let found: Vec<String> = hits(&atlas, name)
                .into_iter()
                .filter_map(|h| Some(atlas.entry_of(h)?.entity.id.clone()))
                .collect();
            assert_eq!(found, ids, "{prefer}");
        }
        assert_eq!(hits(&atlas, "Union").len(), 1);
    };
    check("never", &[]);
    check("union", &["union"]);
    check("league", &["league"]);
    check("by-day", &["league", "union"]);
    let mut files = tables();
    files.insert(
        "atlas/ambiguous.tsv",
        "name\treason\tprefer\nthe Union\ttest\tnobody\n",
    );
    let error = Atlas::load(&files).unwrap_err().to_string();
    assert!(error.starts_with("atlas/ambiguous.tsv:2: the cell 'prefer' holds 'nobody'"));
}
