//! Records made by hand: an article of a few sentences, its statements and events.

#![allow(dead_code, missing_docs, clippy::unwrap_used)]

use kronik_record::*;
use kronik_text::{CharSpan, ContentId, content_id};

#[derive(Debug, Default, Clone)]
pub struct Made {
    pub articles: Vec<ArticleRecord>,
    pub statements: Vec<StatementRecord>,
    pub events: Vec<EventRecord>,
}

impl Made {
    /// Adds an article; `lines` become its text.
    pub fn article(
        &mut self,
        outlet: &str,
        language: &str,
        published: &str,
        lines: &[&str],
    ) -> usize {
        let text = lines.join("\n");
        let domain = format!("{}.example", outlet.to_lowercase().replace(' ', ""));
        self.articles.push(ArticleRecord {
            schema: "kronik.article.v1".into(),
            kronik: "0".into(),
            data: DataVersions::default(),
            id: content_id('a', &[&text, &domain, published]),
            source: format!("{domain}-{}.txt", self.articles.len()),
            outlet: Some(outlet.into()),
            outlet_domain: Some(domain),
            url: None,
            title: lines.first().map(ToString::to_string),
            standfirst: None,
            authors: vec![],
            editors: vec![],
            published: (!published.is_empty()).then(|| published.to_string()),
            modified: None,
            language: language.into(),
            text,
            blocks: vec![],
            removed: vec![],
            credits: vec![],
            diagnostics: vec![],
        });
        let article = self.articles.len() - 1;
        self.say(article, &[], "own", "asserts", None);
        article
    }

    /// Adds a statement; the root of an article is made with it.
    pub fn say(
        &mut self,
        article: usize,
        names: &[&str],
        manner: &str,
        stance: &str,
        within: Option<&ContentId>,
    ) -> ContentId {
        let of = self.articles[article].id.clone();
        let id = content_id('s', &[of.as_str(), &self.statements.len().to_string()]);
        let mut chain = vec![id.clone()];
        if let Some(outer) = within {
            let outer = self.statements.iter().find(|s| &s.id == outer).unwrap();
            chain.extend(outer.chain.clone());
        }
        self.statements.push(StatementRecord {
            schema: "kronik.statement.v1".into(),
            kronik: "0".into(),
            data: DataVersions::default(),
            id: id.clone(),
            article: of,
            speakers: names.iter().map(|name| actor(name)).collect(),
            cue: None,
            content: vec![],
            manner: manner.into(),
            stance: stance.into(),
            within: within.cloned(),
            chain,
            said: None,
        });
        id
    }

    /// The root statement of an article.
    pub fn root(&self, article: usize) -> ContentId {
        let of = &self.articles[article].id;
        self.statements
            .iter()
            .find(|s| &s.article == of)
            .unwrap()
            .id
            .clone()
    }

    /// Adds an event whose trigger is the first `trigger` in line `line` of the article.
    pub fn event(
        &mut self,
        article: usize,
        line: usize,
        trigger: &str,
        class: &str,
        who: &str,
        whom: &str,
    ) -> &mut EventRecord {
        let of = &self.articles[article];
        let before: usize = of
            .text
            .lines()
            .take(line)
            .map(|l| l.chars().count() + 1)
            .sum();
        let sentence = of.text.lines().nth(line).unwrap();
        let at = before + sentence[..sentence.find(trigger).unwrap()].chars().count();
        let span = |start: usize, text: &str| {
            CharSpan(start as u32, (start + text.chars().count()) as u32)
        };
        let id = content_id('e', &[of.id.as_str(), &at.to_string(), class, who, whom]);
        let parties = |names: &str| -> Vec<ActorRecord> {
            names
                .split('|')
                .filter(|n| !n.is_empty())
                .map(actor)
                .collect()
        };
        let (class, mode) = class
            .split_once(':')
            .map_or((class, None), |(c, m)| (c, Some(m)));
        self.events.push(EventRecord {
            schema: "kronik.event.v1".into(),
            kronik: "0".into(),
            data: DataVersions::default(),
            id,
            article: ArticleRef {
                id: of.id.clone(),
                source: of.source.clone(),
                outlet: of.outlet.clone(),
                title: of.title.clone(),
                published: of.published.clone(),
                language: of.language.clone(),
                section: None,
            },
            class: class.into(),
            mode: mode.map(str::to_string),
            contexts: vec![],
            cameo: None,
            quad: None,
            score: None,
            trigger: Quote {
                text: trigger.into(),
                span: span(at, trigger),
            },
            actors: parties(who),
            recipients: parties(whom),
            factuality: "asserted".into(),
            statement: self.root(article),
            performs: None,
            said_by: vec![],
            time: None,
            place: None,
            quantities: vec![],
            evidence: Quote {
                text: sentence.into(),
                span: span(before, sentence),
            },
            story_event: None,
            confidence: None,
            because: vec![],
        });
        self.events.last_mut().unwrap()
    }
}

/// `name/CODE`, `name`, or `~words` for a source that is not named.
pub fn actor(text: &str) -> ActorRecord {
    let (name, code) = text
        .split_once('/')
        .map_or((text, None), |(n, c)| (n, Some(c)));
    let unnamed = name.starts_with('~');
    let name = name.trim_start_matches('~');
    ActorRecord {
        text: name.into(),
        span: None,
        code: code.map(str::to_string),
        sector: None,
        name: name.into(),
        entity: None,
        unnamed,
    }
}

pub fn day(start: &str) -> Option<TimeRecord> {
    days(start, start)
}

pub fn days(start: &str, end: &str) -> Option<TimeRecord> {
    Some(TimeRecord {
        text: None,
        span: None,
        edtf: start.get(..10).unwrap_or(start).into(),
        start: start.into(),
        end: end.into(),
        precision: if start.len() > 10 { "instant" } else { "day" }.into(),
        basis: "explicit".into(),
    })
}

pub fn place(name: &str, country: &str, precision: u8) -> Option<PlaceRecord> {
    Some(PlaceRecord {
        text: name.into(),
        span: CharSpan(0, 0),
        name: name.into(),
        country: Some(country.into()),
        admin1: None,
        geonames: None,
        lat: None,
        lon: None,
        precision,
    })
}

pub fn quantity(bound: &str, value: f64, unit: &str) -> QuantityRecord {
    QuantityRecord {
        text: format!("{value} {unit}"),
        span: CharSpan(0, 0),
        bound: bound.into(),
        value,
        high: None,
        unit: unit.into(),
    }
}

/// Three outlets on one night: a relay, a count that differs and is put right, a denial.
pub fn night() -> Made {
    let mut made = Made::default();
    let a = made.article("Kabar Pagi", "id", "2024-12-05T08:00:00+07:00", &[
        "Drone Rusia hantam Kharkiv",
        "Rusia menyerang Kharkiv dengan drone pada Rabu malam, tiga orang tewas, kata Oleh Syniehubov seperti dilaporkan Kantor Berita Satu.",
        "Moskow membantah menyerang kota itu.",
        "Menteri <Luar> Negeri akan berkunjung ke Ankara pekan depan & bertemu \"rekan\"nya.",
    ]);
    let b = made.article("The Daily Lamp", "en", "2024-12-05T10:00:00+00:00", &[
        "Drones hit Kharkiv overnight",
        "Russia attacked Kharkiv with drones on Wednesday night, killing five people, said Oleh Syniehubov.",
    ]);
    let c = made.article("Kabar Pagi", "id", "2024-12-05T15:00:00+07:00", &[
        "Korban di Kharkiv bertambah",
        "Rusia menyerang Kharkiv dengan drone pada Rabu malam dan empat orang tewas, kata seorang pejabat.",
        "Korea Utara mengirim pasukan ke Rusia.",
    ]);
    let relay = made.say(
        a,
        &["Kantor Berita Satu"],
        "relayed",
        "asserts",
        Some(&made.root(a)),
    );
    let said = made.say(
        a,
        &["Oleh Syniehubov/UKR"],
        "paraphrased",
        "asserts",
        Some(&relay),
    );
    let denies = made.say(
        a,
        &["Moskow/RUS"],
        "paraphrased",
        "denies",
        Some(&made.root(a)),
    );
    let direct = made.say(
        b,
        &["Oleh Syniehubov/UKR"],
        "paraphrased",
        "asserts",
        Some(&made.root(b)),
    );
    let unnamed = made.say(
        c,
        &["~seorang pejabat"],
        "paraphrased",
        "asserts",
        Some(&made.root(c)),
    );
    let night = || day("2024-12-04");
    let kharkiv = || place("Kharkiv", "UKR", 1);
    for (article, trigger, statement, killed) in [
        (a, "menyerang", &said, 3.0),
        (b, "attacked", &direct, 5.0),
        (c, "menyerang", &unnamed, 4.0),
    ] {
        let event = made.event(
            article,
            1,
            trigger,
            "ASSAULT:drone",
            "Rusia/RUS",
            "Ukraina/UKR",
        );
        event.statement = statement.clone();
        event.time = night();
        event.place = kharkiv();
        event.quantities = vec![quantity("exact", killed, "killed")];
    }
    let denied = made.event(a, 2, "menyerang", "ASSAULT", "Rusia/RUS", "Ukraina/UKR");
    denied.factuality = "denied".into();
    denied.statement = denies;
    let visit = made.event(
        a,
        3,
        "berkunjung",
        "CONSULT:visit",
        "Andrij Contoh/UKR",
        "Turki/TUR",
    );
    visit.factuality = "planned".into();
    let troops = made.event(c, 2, "mengirim", "AID", "Korea Utara/PRK", "Rusia/RUS");
    troops.time = day("2024-12-05");
    made
}
