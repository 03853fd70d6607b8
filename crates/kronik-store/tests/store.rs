//! Adding and reading back: idempotent, all or nothing, one order.

use kronik_record::{
    ArticleRecord, ArticleRef, DataVersions, EventRecord, Quote, StatementRecord, TimeRecord,
};
use kronik_store::{Added, Days, Kind, Store};
use kronik_text::{CharSpan, ContentId, content_id};

const SEEN: &str = "2024-12-05T08:00:00Z";
const LATER: &str = "2024-12-06T08:00:00Z";

fn article(text: &str, source: &str) -> ArticleRecord {
    ArticleRecord {
        schema: "kronik.article.v1".into(),
        kronik: "0.1.0".into(),
        data: DataVersions::default(),
        id: content_id('a', &[text]),
        source: source.into(),
        outlet: Some("Warta Contoh".into()),
        outlet_domain: None,
        url: None,
        title: None,
        standfirst: None,
        authors: vec![],
        editors: vec![],
        published: Some("2024-12-05T07:00:00+07:00".into()),
        modified: None,
        language: "id".into(),
        text: text.into(),
        blocks: vec![],
        removed: vec![],
        credits: vec![],
        diagnostics: vec![],
    }
}

fn statement(of: &ArticleRecord) -> StatementRecord {
    let id = content_id('s', &[of.id.as_str()]);
    StatementRecord {
        schema: "kronik.statement.v1".into(),
        kronik: of.kronik.clone(),
        data: DataVersions::default(),
        id: id.clone(),
        article: of.id.clone(),
        speakers: vec![],
        cue: None,
        content: vec![],
        manner: "own".into(),
        stance: "asserts".into(),
        within: None,
        chain: vec![id],
        said: None,
    }
}

fn event(of: &ArticleRecord, number: usize, day: Option<&str>) -> EventRecord {
    EventRecord {
        schema: "kronik.event.v1".into(),
        kronik: of.kronik.clone(),
        data: DataVersions::default(),
        id: content_id('e', &[of.id.as_str(), &number.to_string()]),
        article: ArticleRef {
            id: of.id.clone(),
            source: of.source.clone(),
            outlet: of.outlet.clone(),
            title: None,
            published: of.published.clone(),
            language: of.language.clone(),
            section: None,
        },
        class: "ASSAULT".into(),
        mode: None,
        contexts: vec![],
        cameo: None,
        quad: None,
        score: Some(-9.0),
        trigger: Quote {
            text: "x".into(),
            span: CharSpan(0, 1),
        },
        actors: vec![],
        recipients: vec![],
        factuality: "asserted".into(),
        statement: statement(of).id,
        performs: None,
        said_by: vec![],
        time: day.map(|day| TimeRecord {
            text: None,
            span: None,
            edtf: day.into(),
            start: day.into(),
            end: day.into(),
            precision: "day".into(),
            basis: "explicit".into(),
        }),
        place: None,
        quantities: vec![],
        evidence: Quote {
            text: "x".into(),
            span: CharSpan(0, 1),
        },
        story_event: None,
        confidence: None,
        because: vec![],
    }
}

fn add(store: &mut Store, of: &ArticleRecord, events: &[EventRecord], seen: &str) -> Added {
    store
        .add(of, &[statement(of)], events, seen)
        .expect("this article can be stored")
}

fn ids(store: &Store, days: &Days) -> Vec<ContentId> {
    store
        .events(days)
        .map(|e| e.expect("a stored record can be read").id)
        .collect()
}

#[test]
fn what_goes_in_comes_out_in_one_order() {
    let folder = tempfile::tempdir().unwrap();
    let texts: Vec<ArticleRecord> = (0..600)
        .map(|n| article(&format!("berita {n}"), "a.txt"))
        .collect();
    let mut orders = Vec::new();
    for (name, reversed) in [("a.db", false), ("b.db", true)] {
        let mut store = Store::open(&folder.path().join(name)).unwrap();
        let mut list: Vec<&ArticleRecord> = texts.iter().collect();
        if reversed {
            list.reverse();
        }
        for a in list {
            assert!(add(&mut store, a, &[event(a, 0, None)], SEEN).new);
        }
        let read: Vec<ArticleRecord> = store.articles(&Days::ALL).map(|r| r.unwrap()).collect();
        assert_eq!(read.len(), 600);
        assert!(read.windows(2).all(|w| w[0].id < w[1].id));
        assert_eq!(store.statements(&Days::ALL).count(), 600);
        orders.push((read, ids(&store, &Days::ALL)));
    }
    assert_eq!(orders[0], orders[1]);
    assert_eq!(
        orders[0].0.iter().find(|a| a.text == "berita 7"),
        Some(&texts[7])
    );
}

#[test]
fn the_same_again_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kronik.db");
    let a = article("berita", "b.txt");
    let events = [event(&a, 0, None), event(&a, 1, Some("2024-12-04"))];
    let mut store = Store::open(&path).unwrap();
    assert!(add(&mut store, &a, &events, SEEN).new);
    drop(store);
    let before = std::fs::read(&path).unwrap();
    let mut store = Store::open(&path).unwrap();
    assert!(add(&mut store, &a, &events, LATER).unchanged());
    assert_eq!(store.seen(&a.id).unwrap().as_deref(), Some(SEEN));
    drop(store);
    assert_eq!(
        std::fs::read(&path).unwrap(),
        before,
        "not a byte of the file changes"
    );
}

#[test]
fn a_newer_reading_replaces_and_an_older_does_not() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(&folder.path().join("kronik.db")).unwrap();
    let mut a = article("berita", "b.txt");
    add(
        &mut store,
        &a,
        &[event(&a, 0, None), event(&a, 1, None)],
        SEEN,
    );
    a.kronik = "0.10.0".into();
    let newer = add(&mut store, &a, &[event(&a, 2, None)], LATER);
    assert_eq!(
        newer,
        Added {
            replaced: true,
            ..Added::default()
        }
    );
    assert_eq!(ids(&store, &Days::ALL), [event(&a, 2, None).id]);
    assert_eq!(store.seen(&a.id).unwrap().as_deref(), Some(SEEN));
    a.kronik = "0.9.0".into();
    let old = add(&mut store, &a, &[event(&a, 0, None)], LATER);
    assert!(old.kept_newer && old.unchanged());
    assert_eq!(store.counts().unwrap().events, 1);
}

#[test]
fn one_article_from_two_sources_is_one_article_in_any_order() {
    let folder = tempfile::tempdir().unwrap();
    let (a, b) = (article("berita", "a.txt"), article("berita", "b.txt"));
    let mut ends = Vec::new();
    for (name, list) in [("1.db", [&a, &b]), ("2.db", [&b, &a])] {
        let mut store = Store::open(&folder.path().join(name)).unwrap();
        for one in list {
            add(&mut store, one, &[event(one, 0, None)], SEEN);
        }
        assert!(add(&mut store, &b, &[event(&b, 0, None)], LATER).unchanged());
        assert_eq!(store.sources(&a.id).unwrap().len(), 2);
        let read: Vec<ArticleRecord> = store.articles(&Days::ALL).map(|r| r.unwrap()).collect();
        let events: Vec<EventRecord> = store.events(&Days::ALL).map(|r| r.unwrap()).collect();
        assert_eq!(events[0].article.source, "a.txt");
        ends.push(read);
    }
    assert_eq!(ends[0], ends[1]);
    assert_eq!(ends[0], [a]);
}

#[test]
fn days_filter() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(&folder.path().join("kronik.db")).unwrap();
    let a = article("berita", "b.txt");
    let (old, undated) = (event(&a, 0, Some("2024-06-19")), event(&a, 1, None));
    add(&mut store, &a, &[old.clone(), undated.clone()], SEEN);
    assert_eq!(
        ids(&store, &Days::between("2024-06-01", "2024-06-30")),
        [old.id]
    );
    assert_eq!(
        ids(&store, &Days::between("2024-12-05", "2024-12-05")),
        [undated.id]
    );
    assert_eq!(
        store
            .articles(&Days::between("2024-12-06", "2024-12-07"))
            .count(),
        0
    );
    let open = Days {
        first: Some("2024-12-05".into()),
        last: None,
    };
    assert_eq!(store.articles(&open).count(), 1);
}

#[test]
fn foreign_records_are_refused_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(&folder.path().join("kronik.db")).unwrap();
    let (a, b) = (article("berita", "b.txt"), article("lain", "c.txt"));
    for (events, seen) in [(vec![event(&b, 0, None)], SEEN), (vec![], "yesterday")] {
        let error = store.add(&a, &[], &events, seen).unwrap_err();
        assert_eq!(error.kind(), Kind::BadRecord);
    }
    assert_eq!(store.counts().unwrap().articles, 0);
}

#[test]
fn a_reader_may_look_while_a_writer_writes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kronik.db");
    let mut store = Store::open(&path).unwrap();
    let a = article("berita", "b.txt");
    add(&mut store, &a, &[event(&a, 0, None)], SEEN);
    let reader = Store::open_read(&path).unwrap();
    assert_eq!(reader.events(&Days::ALL).count(), 1);
    let b = article("lain", "c.txt");
    add(&mut store, &b, &[event(&b, 0, None)], SEEN);
    assert_eq!(reader.events(&Days::ALL).count(), 2);
    let mut reader = reader;
    let error = reader.add(&b, &[], &[], SEEN).unwrap_err();
    assert_eq!(error.kind(), Kind::NotWritable);
}
