//! Which atlas is opened: the compiled one, or one of the tables that a user laid over.

use kronik_atlas::{Atlas, COMPILED, compile};
use kronik_record::Files;

const OFFICES: &str = "id\tsector\tseats\tsource\nruler\tGOV\tone\teditor\n";
const HEADER: &str = "code\toffice\tperson\tname\tnames\tfrom\tto\tsource\n";
const LEADERS: &str = "code\toffice\tperson\tname\tnames\tfrom\tto\tsource
AAA\truler\tana-ek\tAna Ek\tAna Ek\t2010\t2014\teditor
";

/// Files as they lie in the program.
fn built_in() -> Files {
    let mut files = Files::new();
    files.insert_built_in_text("atlas/offices.tsv", OFFICES);
    files.insert_built_in_text("atlas/leaders/all.tsv", LEADERS);
    files.insert_built_in_text("atlas/wars.tsv", "war\n");
    let bytes = compile(&files).expect("the tables are right").leak();
    files.insert_built_in(COMPILED, bytes);
    files
}

fn holder(files: &Files, day: &str) -> Option<String> {
    let atlas = Atlas::load(files).expect("the tables are right");
    Some(atlas.holder("AAA", "ruler", day)?.entity.id.clone())
}

#[test]
fn the_compiled_one_is_opened_where_it_lies() {
    let mut files = built_in();
    assert!(Atlas::load(&files).unwrap().is_built_in());
    // It is not compiled anew: what stands there instead is opened and found wanting.
    files.insert_built_in(COMPILED, b"nothing");
    assert!(Atlas::load(&files).is_err());
    // A table that is none of the atlas's names changes nothing.
    let mut files = built_in();
    files.insert("atlas/wars.tsv", "war\nlong\n");
    assert!(Atlas::load(&files).unwrap().is_built_in());
}

#[test]
fn tables_of_a_user_add_and_replace() {
    let mut files = built_in();
    let mark = Atlas::load(&files).unwrap().mark();
    assert_eq!(holder(&files, "2012-01-01").as_deref(), Some("ana-ek"));
    assert_eq!(holder(&files, "2016-01-01"), None);

    // another name adds
    let mine = format!("{HEADER}AAA\truler\tbo-li\tBo Li\tBo Li\t2015\t\tme\n");
    files.insert("atlas/leaders/mine.tsv", mine);
    assert_eq!(holder(&files, "2012-01-01").as_deref(), Some("ana-ek"));
    assert_eq!(holder(&files, "2016-01-01").as_deref(), Some("bo-li"));
    let atlas = Atlas::load(&files).unwrap();
    assert!(!atlas.is_built_in());
    assert_ne!(atlas.mark(), mark);

    // the same name replaces
    files.insert("atlas/leaders/all.tsv", HEADER);
    assert_eq!(holder(&files, "2012-01-01"), None);
}

#[test]
fn a_broken_table_of_a_user_says_where() {
    let check = |table: &str, message: &str| {
        let mut files = built_in();
        files.insert("atlas/leaders/mine.tsv", table);
        let error = Atlas::load(&files).unwrap_err().to_string();
        assert!(error.starts_with(message), "{error}");
    };
    check(
        "code\toffice\n",
        "atlas/leaders/mine.tsv: the header has no column 'person'",
    );
    check(
        &format!("{HEADER}AAA\tking\tbo-li\tBo Li\tBo Li\t2015\t\tme\n"),
        "atlas/leaders/mine.tsv:2: the cell 'office' holds 'king': write an id of atlas/offices.tsv",
    );
    check(
        &format!("{HEADER}AAA\truler\tbo-li\tBo Li\tBo Li\tsince 2015\t\tme\n"),
        "atlas/leaders/mine.tsv:2: the cell 'from' holds 'since 2015': write a day as 2024-10-01",
    );
    check(
        &format!("{HEADER}AAA\truler\tbo-li\t\t\t2015\t\tme\n"),
        "atlas/leaders/mine.tsv:2: the cell 'person' holds 'bo-li': nobody with this id has a name",
    );
}
