//! What each rule finds, by small tables with one thing wrong.

use kronik_record::Files;

/// Tables that pass, with one of them replaced.
fn tables(path: &str, text: &str) -> Files {
    let mut files = Files::new();
    for (name, text) in [
        ("ontologies/plover/sectors.tsv", "sector\nGOV\nCVL\n"),
        (
            "atlas/sources.tsv",
            "id\ttitle\tlicence\turl\tnote\neditor\tus\t\t\t\n",
        ),
        (
            "atlas/offices.tsv",
            "id\tsector\tseats\tsource\nruler\tGOV\tone\teditor\nherald\tGOV\tmany\teditor\n",
        ),
        (
            "atlas/countries.tsv",
            "code\talpha2\tname\tnames_en\tnames_id\tpeople_en\tcapital\tseat\tsource\n\
             AAA\tAA\tAland\tAland\tAland\t\tTown\t\teditor\n",
        ),
    ] {
        files.insert(name, text);
    }
    files.insert(path, text);
    files
}

/// `rows` under the header of the table at `path`; `message` begins what is found, empty where
/// all is well.
fn check(path: &str, rows: &str, message: &str) {
    let header = match path {
        "atlas/leaders/a.tsv" => "code office person name names from to source",
        "atlas/persons.tsv" => "id code sector name names from to wikidata source",
        "atlas/organisations.tsv" => "id code kind country sector name names from to source",
        "atlas/outlets.tsv" => "domain name language country family aliases source",
        "atlas/places.tsv" => "name names country admin1 geonames lat lon population kind source",
        "languages/xx/offices.tsv" => "office words",
        other => panic!("{other}"),
    };
    let rows = rows.replace(' ', "\t").replace('_', " ");
    let text = format!("{}\n{rows}\n", header.replace(' ', "\t"));
    let found: Vec<String> = kronik_atlas::check(&tables(path, &text))
        .iter()
        .map(ToString::to_string)
        .collect();
    match found.first() {
        Some(first) => assert!(
            !message.is_empty() && first.starts_with(message) && found.len() == 1,
            "{rows}: {found:#?}"
        ),
        None => assert!(message.is_empty(), "{rows}: nothing found, not {message}"),
    }
}

#[test]
fn terms() {
    let path = "atlas/leaders/a.tsv";
    let check = |rows: &str, message: &str| check(path, rows, message);
    let one = "AAA ruler ana-ek Ana_Ek Ana_Ek 2010 2014-06 editor\n";
    check(one, "");
    check(
        &format!("{one}AAA ruler bo-li Bo_Li Bo_Li 2014-06-20  editor"),
        "",
    );
    check(
        &format!("{one}AAA ruler bo-li Bo_Li Bo_Li 2014  editor"),
        "",
    );
    check(
        &format!("{one}AAA ruler bo-li Bo_Li Bo_Li 2014-05  editor"),
        "atlas/leaders/a.tsv:3: the cell 'person' holds 'bo-li': ruler of AAA has one seat, and ana-ek holds it at that time as well (2010 to 2014-06)",
    );
    check(
        &format!("AAA ruler bo-li Bo_Li Bo_Li 2014 2016 editor\n{one}"),
        "",
    );
    check(
        "AAA herald bo-li Bo_Li Bo_Li 2014 2016 editor\nAAA herald ana-ek Ana_Ek Ana_Ek 2014 2016 editor",
        "",
    );
    check(
        "AAA ruler ana-ek Ana_Ek Ana_Ek 2014 2010 editor",
        "atlas/leaders/a.tsv:2: the cell 'to' holds '2010': it ends before",
    );
    check(
        "AAA ruler ana-ek Ana_Ek Ana_Ek May_2014 2015 editor",
        "atlas/leaders/a.tsv:2: the cell 'from' holds 'May 2014': write a day as",
    );
    check(
        "AAA king ana-ek Ana_Ek Ana_Ek 2014 2015 editor",
        "atlas/leaders/a.tsv:2: the cell 'office' holds 'king'",
    );
    check(
        "BBB ruler ana-ek Ana_Ek Ana_Ek 2014 2015 editor",
        "atlas/leaders/a.tsv:2: the cell 'code' holds 'BBB'",
    );
    check(
        "AAA ruler ana-ek   2014 2015 editor",
        "atlas/leaders/a.tsv:2: the cell 'person' holds 'ana-ek': nobody with this id has a name",
    );
    check(
        "AAA ruler ana-ek Ana_Ek Ana_Ek 2014 2015 hearsay",
        "atlas/leaders/a.tsv:2: the cell 'source' holds 'hearsay': write an id of atlas/sources.tsv",
    );
    check(
        &format!("{one}AAA ruler ana-ek Anna_Ek  2015  editor"),
        "atlas/leaders/a.tsv:3: the cell 'name' holds 'Anna Ek': this person is called 'Ana Ek' elsewhere",
    );
}

#[test]
fn bodies_and_people() {
    let bodies = |rows: &str, message: &str| check("atlas/organisations.tsv", rows, message);
    bodies("league LEAGUE NGO AAA CVL League League   editor", "");
    bodies(
        "league LEAGUE NGO BBB CVL League League   editor",
        "atlas/organisations.tsv:2: the cell 'country' holds 'BBB'",
    );
    bodies(
        "league LEAGUE NGO AAA XYZ League League   editor",
        "atlas/organisations.tsv:2: the cell 'sector' holds 'XYZ': write a role of",
    );
    bodies(
        "league LEAGUE NGO AAA CVL League League   editor\nunion UNION NGO  CVL Union Union|League   editor",
        "atlas/organisations.tsv:3: the name 'League' stands for league, union",
    );
    bodies(
        "town TOWN NGO AAA CVL Town Town   editor",
        "atlas/organisations.tsv:2: the name 'Town' stands for AAA, town",
    );
    let people = |rows: &str, message: &str| check("atlas/persons.tsv", rows, message);
    people("ana-ek AAA GOV Ana_Ek Ana_Ek   Q7 editor", "");
    people(
        "ana-ek AAA GOV Ana_Ek Ana_Ek   7 editor",
        "atlas/persons.tsv:2: the cell 'wikidata' holds '7'",
    );
    people(
        "Ana-Ek AAA GOV Ana_Ek Ana_Ek    editor",
        "atlas/persons.tsv:2: the cell 'id' holds 'Ana-Ek': write lower-case letters",
    );
    people(
        "ana-ek AAA GOV Aña_Ek Aña_Ek    editor\nana-ek-2 AAA GOV Ana_Ek Ana_Ek    editor",
        "atlas/persons.tsv:3: the name 'Ana Ek' stands for ana-ek, ana-ek-2",
    );
}

#[test]
fn outlets_and_places() {
    let outlets = |rows: &str, message: &str| check("atlas/outlets.tsv", rows, message);
    outlets("kabar.example Kabar id AAA   editor", "");
    for wrong in [
        "www.kabar.example",
        "kabar",
        "Kabar.example",
        "kabar.example/id",
    ] {
        outlets(
            &format!("{wrong} Kabar id AAA   editor"),
            &format!("atlas/outlets.tsv:2: the cell 'domain' holds '{wrong}'"),
        );
    }
    outlets(
        "kabar.example Kabar id AAA   editor\nkabar.example Pagi id AAA   editor",
        "atlas/outlets.tsv:3: the cell 'domain' holds 'kabar.example': line 2 has it too",
    );
    let places = |rows: &str, message: &str| check("atlas/places.tsv", rows, message);
    places("Rok Rok AAA  7 12.5 -100.25 900 place editor", "");
    places("Blue_Sea Blue_Sea       water editor", "");
    places(
        "Rok Rok AAA  7 112.5 -100.25 900 place editor",
        "atlas/places.tsv:2: the cell 'lat' holds '112.5': write degrees from -90 to 90",
    );
    places(
        "Rok Rok AAA  7 NaN -100.25 900 place editor",
        "atlas/places.tsv:2: the cell 'lat' holds 'NaN'",
    );
    places(
        "Rok Rok AAA  7    place editor\nNew_Rok New_Rok AAA  7    place editor",
        "atlas/places.tsv:3: the cell 'geonames' holds '7': line 2 has it too",
    );
    places(
        "Rok Rok   7    place editor",
        "atlas/places.tsv:2: the cell 'country' holds '': a place lies in a state",
    );
    places(
        "Rok Rok AAA  7    village editor",
        "atlas/places.tsv:2: the cell 'kind' holds 'village': write place,",
    );
}

#[test]
fn offices_of_languages() {
    let path = "languages/xx/offices.tsv";
    check(path, "ruler rex", "");
    check(
        path,
        "king rex",
        "languages/xx/offices.tsv:2: the cell 'office' holds 'king'",
    );
}

#[test]
fn rules_for_shared_names() {
    let check = |rule: &str, message: &str| {
        let mut files = tables(
            "atlas/organisations.tsv",
            "id\tcode\tkind\tcountry\tsector\tname\tnames\tfrom\tto\tsource\n\
             league\tL\tNGO\t\tCVL\tLeague\tLeague|The Union\t\t\teditor\n\
             union\tU\tNGO\t\tCVL\tUnion\tThe Union\t\t\teditor\n",
        );
        files.insert(
            "atlas/ambiguous.tsv",
            format!("name\treason\tprefer\tsource\n{rule}\n"),
        );
        let found = kronik_atlas::check(&files);
        let found: Vec<String> = found.iter().map(ToString::to_string).collect();
        assert_eq!(found.is_empty(), message.is_empty(), "{rule}: {found:#?}");
        assert!(
            found.iter().any(|f| f.contains(message)) || message.is_empty(),
            "{found:#?}"
        );
    };
    check("The Union\tolder\tunion\teditor", "");
    check("The-Union\tneither is meant\tnever\teditor", "");
    check("The Union\tby the day\tby-day\teditor", "");
    check(
        "The Union\tolder\tsenate\teditor",
        "atlas/ambiguous.tsv:2: the cell 'prefer' holds 'senate': write by-day, never, or one of league, union",
    );
    check(
        "League\told\tleague\teditor",
        "no two rows share this name any more",
    );
    check("The Union\t\tunion\teditor", "the cell 'reason' is empty");
}
