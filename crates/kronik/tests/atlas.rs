//! A user's own tables of the atlas, as `--atlas` lays them over.

#![allow(clippy::unwrap_used)]

use kronik::{Config, Document, Engine};

const TEXT: &str =
    "Visit\n\nFrance's government on Monday criticised Orvane Tillstrand over the border talks.\n";

fn document() -> Document {
    Document {
        text: Some(TEXT.into()),
        published: Some("2024-03-05".into()),
        language: Some("en".into()),
        ..Document::default()
    }
}

/// Codes of everybody in the events, and the version of the atlas.
fn codes(config: &Config) -> (Vec<String>, String) {
    let reading = Engine::new(config).unwrap().read(&document());
    let events = reading.events.iter();
    let actors = events.flat_map(|e| e.actors.iter().chain(&e.recipients));
    let codes = actors.filter_map(|a| a.code.clone()).collect();
    let version = reading.article.data.atlas.clone();
    (codes, version)
}

#[test]
fn a_table_of_terms_adds_people() {
    let (codes_before, version) = codes(&Config::default());
    assert!(
        !codes_before.contains(&"CHL".to_string()),
        "{codes_before:?}"
    );
    assert_eq!(version, kronik::VERSION);

    let folder = std::env::temp_dir().join(format!("kronik-atlas-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("leaders")).unwrap();
    std::fs::write(
        folder.join("leaders/mine.tsv"),
        "code\toffice\tperson\tname\tnames\tfrom\tto\tsource\n\
         CHL\tspecial-envoy\torvane-tillstrand\tOrvane Tillstrand\tOrvane Tillstrand\t2023\t\teditor\n",
    )
    .unwrap();
    let mut config = Config::default();
    config.overlays.push((folder.clone(), "atlas".to_string()));
    let (codes_after, version) = codes(&config);
    std::fs::remove_dir_all(folder).unwrap();
    assert!(codes_after.contains(&"CHL".to_string()), "{codes_after:?}");
    assert!(version.starts_with(&format!("{}+", kronik::VERSION)));
}
