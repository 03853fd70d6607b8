//! Offices by the words of a language.

use std::path::Path;

use kronik_atlas::Offices;
use kronik_record::Files;

fn files() -> Files {
    Files::of_checkout(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")))
        .expect("the checkout is there")
}

#[test]
fn words_lead_to_offices() {
    let files = files();
    let check = |language: &str, words: &str, found: Option<(usize, &str)>| {
        let offices = Offices::load(&files, language).unwrap();
        let words: Vec<String> = words.split(' ').map(str::to_string).collect();
        assert_eq!(offices.at(&words), found, "{words:?}");
    };
    check("en", "prime minister told", Some((2, "head-of-government")));
    check("en", "ministry told", None);
    check(
        "en",
        "foreign ministry spokeswoman",
        Some((3, "foreign-ministry-spokesperson")),
    );
    check("id", "menhan baru", Some((1, "defence-minister")));
    check("id", "panglima tni", Some((2, "chief-of-staff")));
    check(
        "id",
        "jubir kemlu rusia",
        Some((2, "foreign-ministry-spokesperson")),
    );
    check("xx", "presiden", None);
}

#[test]
fn broken_tables_say_where() {
    let check = |table: &str, message: &str| {
        let mut files = Files::new();
        files.insert("atlas/offices.tsv", "id\nmayor\nguard\n");
        files.insert(
            "languages/xx/offices.tsv",
            format!("office\twords\n{table}"),
        );
        let error = Offices::load(&files, "xx").unwrap_err().to_string();
        assert!(error.contains(message), "{error}");
    };
    check(
        "king\trex\n",
        "languages/xx/offices.tsv:2: the cell 'office' holds 'king'",
    );
    check("mayor\tMaior\n", "holds 'Maior': write lower case");
    check(
        "mayor\tmaior\nguard\tmaior\n",
        "xx/offices.tsv:3: the cell 'words' holds 'maior', which is 'mayor' above",
    );
}
