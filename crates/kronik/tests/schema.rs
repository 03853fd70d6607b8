//! What is printed is what `schema/record.v1.json` says, and the schema would notice if it were not.

#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};

use boon::{Compiler, SchemaIndex, Schemas};
use kronik::{Config, Document, Engine, Reading};
use serde_json::{Value, json};

const SCHEMA: &str = "urn:kronik:record.v1";
const KINDS: [&str; 3] = ["article", "statement", "event"];

struct Validator {
    schemas: Schemas,
    whole: SchemaIndex,
    kinds: Vec<(&'static str, SchemaIndex)>,
}

impl Validator {
    fn load() -> Validator {
        let path = root().join("schema/record.v1.json");
        let schema: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        let mut compiler = Compiler::new();
        compiler.add_resource(SCHEMA, schema).unwrap();
        let mut schemas = Schemas::new();
        let mut compile = |at: &str| {
            let at = format!("{SCHEMA}{at}");
            let compiled = compiler.compile(&at, &mut schemas);
            compiled.unwrap_or_else(|e| panic!("{at}: {e:#}"))
        };
        let whole = compile("");
        let kinds = KINDS.map(|kind| (kind, compile(&format!("#/$defs/{kind}"))));
        Validator {
            schemas,
            whole,
            kinds: kinds.to_vec(),
        }
    }

    fn fits(&self, value: &Value) -> bool {
        self.schemas.validate(value, self.whole).is_ok()
    }

    /// Panics with what is wrong, which the schema of one kind tells better than the whole.
    fn check(&self, kind: &str, value: &Value) {
        let (_, index) = self.kinds.iter().find(|(k, _)| *k == kind).unwrap();
        if let Err(e) = self.schemas.validate(value, *index) {
            panic!("{e:#}\nin {value:#}");
        }
        assert!(self.fits(value), "fits {kind} alone: {value:#}");
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn engine() -> Engine {
    Engine::new(&Config::default()).unwrap()
}

/// Own texts: both languages, plain and page, and what is hardly an article.
fn samples() -> Vec<Document> {
    let plain = |text: &str, outlet: Option<&str>, published: Option<&str>| Document {
        source: "sample".into(),
        text: Some(text.into()),
        outlet: outlet.map(Into::into),
        published: published.map(Into::into),
        ..Document::default()
    };
    let page = |html: &str| Document {
        source: "sample.html".into(),
        html: Some(html.into()),
        ..Document::default()
    };
    vec![
        plain(
            ENGLISH,
            Some("northpost.example"),
            Some("2026-03-05T10:00:00Z"),
        ),
        plain(INDONESIAN, Some("Harian Samudra"), Some("2026-03-05")),
        plain(INDONESIAN, None, None),
        plain(RUSSIAN, Some("vestnik.example"), Some("2026-03-05")),
        plain("", None, None),
        plain("?!", None, Some("soon")),
        page(ENGLISH_PAGE),
        page(INDONESIAN_PAGE),
        page("<p>"),
    ]
}

const ENGLISH: &str = "\
Iceland and Portugal reopen talks
By Harriet Osgood

OSLO, March 5 (North Post) - Iceland accused Portugal on Wednesday of ramming a patrol ship, \
according to a report by Reuters. Portugal denied the accusation.

What happened at sea

Between 10 and 12 fishermen were hurt when police fired tear gas in Lisbon on March 3, 2026, said \
an official who asked not to be named. \"We will not close our ports,\" Prime Minister Duarte \
Meneval told reporters last week. Norway will send at least 200 troops to Iceland in June.

At 04:20 GMT on Tuesday the coast guard detained the crew in Reykjavik.
";

const INDONESIAN: &str = "\
Islandia dan Portugal Kembali Berunding
Penulis: Ratna Wibisari

Oslo - Islandia menuduh Portugal menabrak kapal patrolinya pada Rabu (4/3/2026), seperti \
diberitakan Reuters. Portugal membantah tuduhan itu.

Sekitar 12 nelayan terluka setelah polisi menembakkan gas air mata di Lisbon, kata seorang pejabat \
yang enggan disebutkan namanya. \"Kami tidak akan menutup pelabuhan,\" ujar Perdana Menteri Duarte \
Meneval pada Selasa (3/3/2026) pukul 10.30 waktu setempat.

Norwegia akan mengirim sedikitnya 200 tentara ke Islandia pada Juni 2026. (AFP)
";

const RUSSIAN: &str = "\
Переговоры в Осло
Исландия и Португалия возобновили переговоры в среду, сообщил представитель правительства. \
Стороны договорились встретиться снова на следующей неделе и обсудить судьбу задержанного судна.
";

const ENGLISH_PAGE: &str = r#"<html lang="en"><head><title>Norway invites both sides</title>
<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Norway invites both sides",
"datePublished": "2026-03-04T08:00:00+01:00", "author": {"@type": "Person", "name": "Pia Holm"}}</script>
</head><body><article><h1>Norway invites both sides</h1>
<p>OSLO, March 4 (AFP) — Norway invited Iceland and Portugal to talks in Oslo on Thursday, Foreign
Minister Marit Solvang said, adding that both had agreed to come.</p>
<aside><p>Read also: Whales return</p></aside>
<figure><img src="a.jpg"><figcaption>Ships in the port of Reykjavik on Tuesday.</figcaption></figure>
<p>Portugal’s government threatened to impose sanctions on Iceland, the ministry told AFP.</p>
</article><footer><p>Copyright 2026</p></footer></body></html>"#;

const INDONESIAN_PAGE: &str = r#"<html lang="id"><head><title>Nelayan Turun ke Jalan</title>
<meta property="article:published_time" content="2026-03-03"></head><body><article>
<h1>Nelayan Turun ke Jalan</h1><p>LISBON - Ratusan nelayan berunjuk rasa di Lisbon pada Selasa
(3/3/2026). Polisi menangkap tiga orang, kata juru bicara kepolisian.</p>
<h2>Tuntutan</h2><p>Mereka menuntut Islandia membebaskan 22 awak kapal.</p>
<p><strong>Baca juga:</strong> <a href="/x">Paus Kembali</a></p></article></body></html>"#;

fn records(reading: &Reading) -> Vec<(&'static str, Value)> {
    let mut out = vec![("article", json!(reading.article))];
    out.extend(reading.statements.iter().map(|s| ("statement", json!(s))));
    out.extend(reading.events.iter().map(|e| ("event", json!(e))));
    out
}

#[test]
fn samples_fit() {
    let (engine, validator) = (engine(), Validator::load());
    let mut events = 0;
    for document in samples() {
        let reading = engine.read(&document);
        events += reading.events.len();
        for (kind, record) in records(&reading) {
            validator.check(kind, &record);
        }
    }
    assert!(events > 10, "{events} events in all samples");
}

#[test]
fn examples_fit() {
    let (engine, validator) = (engine(), Validator::load());
    let folder = root().join("examples").display().to_string();
    let mut everything = json!({"articles": [], "statements": [], "events": []});
    for document in kronik_acquire::inputs(&[folder], &Default::default()) {
        let reading = engine.read(&document.unwrap());
        for (kind, record) in records(&reading) {
            validator.check(kind, &record);
            everything[format!("{kind}s")]
                .as_array_mut()
                .unwrap()
                .push(record);
        }
    }
    assert_eq!(everything["articles"].as_array().unwrap().len(), 9);
    assert!(validator.fits(&everything));
    everything["stories"] = json!([]);
    assert!(
        !validator.fits(&everything),
        "a list that the contract does not name"
    );
}

/// A record of `kind` with something at `pointer`; where all have `null` there, one with that.
fn with(all: &[(&'static str, Value)], kind: &str, pointer: &str) -> Value {
    let at = |(k, record): &&(&str, Value), full: bool| {
        let value = record.pointer(pointer).filter(|_| *k == kind);
        value.is_some_and(|v| !full || !v.is_null())
    };
    let found = all.iter().find(|r| at(r, true));
    let found = found.or_else(|| all.iter().find(|r| at(r, false)));
    let (_, record) = found.unwrap_or_else(|| panic!("no {kind} has {pointer}"));
    record.clone()
}

#[test]
fn broken_records_are_refused() {
    let (engine, validator) = (engine(), Validator::load());
    let readings = samples().into_iter().map(|d| engine.read(&d));
    let all: Vec<_> = readings.flat_map(|r| records(&r)).collect();

    let check = |kind: &str, pointer: &str, value: Value| {
        let mut record = with(&all, kind, pointer);
        *record.pointer_mut(pointer).unwrap() = value.clone();
        assert!(!validator.fits(&record), "{kind} with {pointer} = {value}");
    };
    check("article", "/schema", json!("kronik.event.v1"));
    check("article", "/schema", json!("kronik.article.v2"));
    check("article", "/kronik", json!("1"));
    check("article", "/data/model", json!(""));
    check("article", "/id", json!("e_aaaaaaaaaaaaaaaaaaaaaaaaaa"));
    check("article", "/id", json!("a_short"));
    check("article", "/source", Value::Null);
    check("article", "/outlet", json!(""));
    check("article", "/published", json!("4 March 2026"));
    check("article", "/published", json!("2026-03-04T08:00:00"));
    check("article", "/published", json!("2026-13-04"));
    check("article", "/authors", json!("Pia Holm"));
    check("article", "/authors", json!(["Pia Holm", "Pia Holm"]));
    check("article", "/language", json!("English"));
    check("article", "/text", Value::Null);
    check("article", "/blocks/0/kind", json!("headline"));
    check("article", "/blocks/0/span", json!([0]));
    check("article", "/blocks/0/span", json!([-1, 4]));
    check("article", "/blocks/0/span", json!({"start": 0, "end": 4}));
    check("article", "/removed", Value::Null);
    check("article", "/credits/0/name", Value::Null);
    check("article", "/diagnostics/0/severity", json!("fatal"));
    check("article", "/diagnostics/0/code", json!("Date missing"));

    check(
        "statement",
        "/article",
        json!("s_aaaaaaaaaaaaaaaaaaaaaaaaaa"),
    );
    check("statement", "/speakers/0/name", json!(""));
    check("statement", "/speakers/0/sector", json!("government"));
    check("statement", "/speakers/0/unnamed", json!("yes"));
    check("statement", "/cue", json!("said"));
    check("statement", "/content/0/span/1", json!(1.5));
    check("statement", "/manner", json!("direct"));
    check("statement", "/stance", json!("says"));
    check("statement", "/chain", json!([]));
    // a root that is not the outlet's own, and something inside that has no speaker
    check("statement", "/within", Value::Null);
    let mut nobody = with(&all, "statement", "/within");
    nobody["speakers"] = json!([]);
    assert!(!validator.fits(&nobody), "nobody says it");

    check("event", "/article/language", Value::Null);
    check("event", "/article/published", json!("yesterday"));
    check("event", "/type", json!("Assault"));
    check("event", "/type", json!(""));
    check("event", "/mode", json!(""));
    check("event", "/contexts", json!(["Military"]));
    check("event", "/cameo", json!(190));
    check("event", "/quad", json!("CONFLICT"));
    check("event", "/score", json!(11));
    check("event", "/trigger/text", Value::Null);
    check("event", "/actors/0/span", Value::Null);
    check("event", "/actors/0/unnamed", json!(true));
    check("event", "/actors/0/entity", json!("RUS"));
    check("event", "/factuality", json!("unknown"));
    check("event", "/statement", Value::Null);
    check("event", "/said_by", json!([""]));
    check("event", "/time/edtf", json!("2026-03-04T10:00"));
    check("event", "/time/edtf", json!("2026-03-04..2026-03-06"));
    check("event", "/time/start", json!("04/03/2026"));
    check("event", "/time/start", json!("2026-03-04T25:00:00Z"));
    check("event", "/time/precision", json!("hour"));
    check("event", "/time/basis", json!("guessed"));
    check("event", "/place/country", json!("PT"));
    check("event", "/place/lat", json!(95));
    check("event", "/place/lon", Value::Null);
    check("event", "/place/precision", json!(0));
    check("event", "/quantities/0/bound", json!("approximately"));
    check("event", "/quantities/0/high", Value::Null);
    check("event", "/quantities/0/value", json!("12"));
    check("event", "/evidence", Value::Null);
    check("event", "/story_event", json!(7));
    check("event", "/confidence", json!(1.2));
    check("event", "/because/0/rule", json!(""));
}

#[test]
fn every_name_is_required_and_no_other_allowed() {
    let (engine, validator) = (engine(), Validator::load());
    let readings = samples().into_iter().map(|d| engine.read(&d));
    let all: Vec<_> = readings.flat_map(|r| records(&r)).collect();
    let objects = [
        ("article", ""),
        ("article", "/data"),
        ("article", "/blocks/0"),
        ("article", "/credits/0"),
        ("article", "/diagnostics/0"),
        ("statement", ""),
        ("statement", "/speakers/0"),
        ("statement", "/cue"),
        ("statement", "/content/0"),
        ("event", ""),
        ("event", "/article"),
        ("event", "/trigger"),
        ("event", "/actors/0"),
        ("event", "/actors/0/entity"),
        ("event", "/recipients/0"),
        ("event", "/time"),
        ("event", "/place"),
        ("event", "/quantities/0"),
        ("event", "/evidence"),
        ("event", "/because/0"),
    ];
    for (kind, pointer) in objects {
        let sound = with(&all, kind, pointer);
        let object = sound.pointer(pointer).unwrap().as_object().unwrap();
        for name in object.keys() {
            let mut record = sound.clone();
            let inner = record
                .pointer_mut(pointer)
                .unwrap()
                .as_object_mut()
                .unwrap();
            inner.remove(name);
            assert!(!validator.fits(&record), "{kind}{pointer} without {name}");
        }
        let mut record = sound.clone();
        record.pointer_mut(pointer).unwrap()["extra"] = json!(1);
        assert!(
            !validator.fits(&record),
            "{kind}{pointer} with a name of its own"
        );
    }
}
