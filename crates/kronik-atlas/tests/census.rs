//! Counts, by small tables.

use kronik_atlas::census;
use kronik_record::Files;

#[test]
fn states_that_are_led_without_a_gap() {
    let check = |terms: &str, led: bool| {
        let mut files = Files::new();
        files.insert(
            "atlas/countries.tsv",
            "code\talpha2\tname\tnames_en\tnames_id\tpeople_en\tcapital\tseat\n\
             AAA\tAA\tÅland\tÅland\tЗемля\t\t\t\n",
        );
        let rows: String = terms
            .split_whitespace()
            .enumerate()
            .filter_map(|(n, term)| Some((n, term.split_once('/')?)))
            .map(|(n, (from, to))| format!("AAA\truler\tp{n}\tP\tP{n}\t{from}\t{to}\n"))
            .collect();
        files.insert(
            "atlas/leaders/a.tsv",
            format!("code\toffice\tperson\tname\tnames\tfrom\tto\n{rows}"),
        );
        let census = census(&files, &["ruler"], (2010, 2020)).unwrap();
        assert_eq!(census.led.contains("AAA"), led, "{terms}");
        assert_eq!(census.partly_led.contains("AAA"), !led && !terms.is_empty());
        // with and without the ring
        assert_eq!(census.names.get("Cyrillic"), Some(&1));
    };
    check("2008/", true);
    check("2008/2014-05 2014-05-20/", true);
    check("2011/2014 2015/2019-06", true);
    check("2012/", false);
    check("2008/2014 2016-02/", false);
    check("2016/ 2008/2015", true);
    check("2008/2016", false);
    check("", false);
}
