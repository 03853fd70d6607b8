//! From what the stages found to the records that are printed: bytes become code points, indices
//! become ids, and every record carries what made it.

use jiff::ToSpan;
use jiff::civil::Weekday;
use kronik_article::Article;
use kronik_event::CodedEvent;
use kronik_lang::Analysis;
use kronik_mention::{ActorMention, Basis, Interval, Mentions, TimeMention};
use kronik_record::{
    ActorRecord, ArticleRecord, ArticleRef, BlockKind, BlockRecord, Credit, DataVersions,
    Diagnostic, EventRecord, Ontology, PlaceRecord, QuantityRecord, Quote, Reason, Severity,
    StatementRecord, TimeRecord,
};
use kronik_statement::{Speaker, StatementIx, Statements};
use kronik_text::{CharIndex, ContentId, Span, content_id};

use crate::engine::Reading;

/// What the stages after the first found in an article.
#[derive(Debug, Default)]
pub struct Stages {
    /// Sentences, tokens, heads.
    pub analysis: Analysis,
    /// Actors, places, times, quantities.
    pub mentions: Mentions,
    /// Who says what.
    pub statements: Statements,
    /// Deeds.
    pub events: Vec<CodedEvent>,
}

impl Stages {
    /// For a language that events are not read in: the outlet's own statement and nothing else.
    pub(crate) fn empty(article: &Article) -> Stages {
        let root = kronik_statement::Statement {
            speakers: Vec::new(),
            cue: None,
            cue_token: None,
            content: vec![Span::new(0, article.text.len())],
            manner: kronik_statement::Manner::Own,
            stance: kronik_statement::Stance::Asserts,
            within: None,
            said: None,
            rule: "own voice".to_string(),
        };
        Stages {
            statements: Statements::new(vec![root]),
            ..Stages::default()
        }
    }
}

/// Writes the records of one article.
pub(crate) fn records(
    article: &Article,
    stages: &Stages,
    ontology: &Ontology,
    versions: &DataVersions,
) -> Reading {
    let writer = Writer {
        article,
        stages,
        ontology,
        versions,
        index: CharIndex::new(&article.text),
        id: article_id(article),
    };
    let ids: Vec<ContentId> = (0..stages.statements.list.len())
        .map(|i| writer.statement_id(i))
        .collect();
    Reading {
        article: writer.article(),
        statements: (0..ids.len()).map(|i| writer.statement(i, &ids)).collect(),
        events: writer.events(&ids),
    }
}

fn article_id(article: &Article) -> ContentId {
    let day = article
        .published
        .as_deref()
        .and_then(|p| p.get(..10))
        .unwrap_or_default();
    content_id(
        'a',
        &[
            &article.text,
            article.outlet_domain.as_deref().unwrap_or_default(),
            article.url.as_deref().unwrap_or_default(),
            day,
        ],
    )
}

struct Writer<'a> {
    article: &'a Article,
    stages: &'a Stages,
    ontology: &'a Ontology,
    versions: &'a DataVersions,
    index: CharIndex<'a>,
    id: ContentId,
}

impl Writer<'_> {
    fn quote(&self, span: Span) -> Quote {
        Quote {
            text: span.slice(&self.article.text).to_string(),
            span: self.index.chars(span),
        }
    }

    fn article(&self) -> ArticleRecord {
        let a = self.article;
        ArticleRecord {
            schema: "kronik.article.v1".to_string(),
            kronik: crate::VERSION.to_string(),
            data: self.versions.clone(),
            id: self.id.clone(),
            source: a.source.clone(),
            outlet: a.outlet.clone(),
            outlet_domain: a.outlet_domain.clone(),
            url: a.url.clone(),
            title: a.title.clone(),
            standfirst: a.standfirst.clone(),
            authors: a.authors.clone(),
            editors: a.editors.clone(),
            published: a.published.clone(),
            modified: a.modified.clone(),
            language: a.language.clone(),
            text: a.text.clone(),
            blocks: a
                .blocks
                .iter()
                .map(|b| BlockRecord {
                    kind: b.kind,
                    span: self.index.chars(b.span),
                })
                .collect(),
            removed: a.removed.clone(),
            credits: a
                .credits
                .iter()
                .map(|(name, span)| Credit {
                    name: name.clone(),
                    span: self.index.chars(*span),
                })
                .collect(),
            diagnostics: a
                .oddities
                .iter()
                .map(|o| Diagnostic {
                    severity: o.severity,
                    code: o.code.to_string(),
                    message: o.message.clone(),
                    span: o.span.map(|s| self.index.chars(s)),
                    hint: o.hint.clone(),
                })
                .chain(self.stages.mentions.doubts.iter().map(|d| Diagnostic {
                    severity: Severity::Warning,
                    code: d.code.to_string(),
                    message: d.message.clone(),
                    span: Some(self.index.chars(d.span)),
                    hint: Some(d.hint.clone()),
                }))
                .collect(),
        }
    }

    fn statement_id(&self, i: usize) -> ContentId {
        let statement = &self.stages.statements.list[i];
        let place = |span: Span| format!("{}-{}", span.start(), span.end());
        let cue = statement.cue.map(place).unwrap_or_default();
        let content: Vec<String> = statement.content.iter().copied().map(place).collect();
        let ordinal = i.to_string();
        content_id('s', &[self.id.as_str(), &cue, &content.join(","), &ordinal])
    }

    fn statement(&self, i: usize, ids: &[ContentId]) -> StatementRecord {
        let statement = &self.stages.statements.list[i];
        let chain = self.stages.statements.chain(StatementIx(i as u32));
        let mut speakers: Vec<ActorRecord> =
            statement.speakers.iter().map(|s| self.speaker(s)).collect();
        if speakers.is_empty() && statement.within.is_none() {
            // where nothing tells the outlet, nobody is better than somebody without a name
            let outlet = [&self.article.outlet, &self.article.outlet_domain];
            speakers.extend(outlet.into_iter().flatten().next().map(|name| ActorRecord {
                text: name.clone(),
                span: None,
                code: None,
                sector: None,
                name: name.clone(),
                entity: None,
                unnamed: false,
            }));
        }
        StatementRecord {
            schema: "kronik.statement.v1".to_string(),
            kronik: crate::VERSION.to_string(),
            data: self.versions.clone(),
            id: ids[i].clone(),
            article: self.id.clone(),
            speakers,
            cue: statement.cue.map(|c| self.quote(c)),
            content: statement.content.iter().map(|c| self.quote(*c)).collect(),
            manner: statement.manner.name().to_string(),
            stance: statement.stance.name().to_string(),
            within: statement.within.map(|w| ids[w.0 as usize].clone()),
            chain: chain.iter().map(|c| ids[c.0 as usize].clone()).collect(),
            said: statement
                .said
                .map(|t| self.time(&self.stages.mentions.times[t], None)),
        }
    }

    fn speaker(&self, speaker: &Speaker) -> ActorRecord {
        let mention = speaker.actor.map(|a| &self.stages.mentions.actors[a]);
        ActorRecord {
            text: speaker.span.slice(&self.article.text).to_string(),
            span: Some(self.index.chars(speaker.span)),
            code: mention.and_then(code_of),
            sector: mention.and_then(|m| m.sector.clone()),
            name: if speaker.unnamed {
                "unnamed".to_string()
            } else {
                speaker.name.clone()
            },
            entity: mention.and_then(|m| m.entity.clone()),
            unnamed: speaker.unnamed,
        }
    }

    fn time(&self, time: &TimeMention, event: Option<&kronik_event::EventTime>) -> TimeRecord {
        let (days, edtf, basis) = match event {
            Some(e) => (e.days, e.edtf.clone(), e.basis),
            None => (time.days, time.edtf.clone(), time.basis),
        };
        let stamp = |date: jiff::civil::Date| match time.clock {
            Some((hour, minute)) if days.first == days.last => {
                let offset = time.offset.map_or(String::new(), |o| {
                    let sign = if o < 0 { '-' } else { '+' };
                    format!("{sign}{:02}:{:02}", o.abs() / 60, o.abs() % 60)
                });
                format!("{date}T{hour:02}:{minute:02}:00{offset}")
            }
            _ => date.to_string(),
        };
        let precision = if time.clock.is_some() && days.first == days.last {
            "instant"
        } else {
            precision(days, &edtf)
        };
        TimeRecord {
            text: Some(time.span.slice(&self.article.text).to_string()),
            span: Some(self.index.chars(time.span)),
            edtf,
            start: stamp(days.first),
            end: stamp(days.last),
            precision: precision.to_string(),
            basis: match basis {
                Basis::Explicit => "explicit",
                Basis::Relative => "relative",
                Basis::Inherited => "inherited",
                Basis::Published => "published",
            }
            .to_string(),
        }
    }

    fn events(&self, ids: &[ContentId]) -> Vec<EventRecord> {
        let mut events: Vec<&CodedEvent> = self.stages.events.iter().collect();
        events.sort_by_key(|e| (e.trigger, e.class.clone(), e.mode.clone()));
        let mut written: Vec<EventRecord> = Vec::with_capacity(events.len());
        let mut last: Option<(Span, u32)> = None;
        for event in events {
            let ordinal = match last {
                Some((span, n)) if span == event.trigger => n + 1,
                _ => 0,
            };
            last = Some((event.trigger, ordinal));
            written.push(self.event(event, ordinal, ids));
        }
        written
    }

    fn event(&self, event: &CodedEvent, ordinal: u32, ids: &[ContentId]) -> EventRecord {
        let class = self.ontology.get(&event.class);
        let scores = self
            .ontology
            .mode(&event.class, event.mode.as_deref())
            .or_else(|| self.ontology.mode(&event.class, None));
        let trigger = self.index.chars(event.trigger);
        let place = format!("{}-{}", trigger.0, trigger.1);
        let sentence = &self.stages.analysis.sentences[event.sentence];
        EventRecord {
            schema: "kronik.event.v1".to_string(),
            kronik: crate::VERSION.to_string(),
            data: self.versions.clone(),
            id: content_id('e', &[self.id.as_str(), &place, &ordinal.to_string()]),
            article: ArticleRef {
                id: self.id.clone(),
                source: self.article.source.clone(),
                outlet: self.article.outlet.clone(),
                title: self.article.title.clone(),
                published: self.article.published.clone(),
                language: self.article.language.clone(),
                section: self.section(sentence.block),
            },
            class: event.class.clone(),
            mode: event.mode.clone(),
            contexts: event.contexts.clone(),
            cameo: scores.and_then(|s| s.cameo.clone()),
            quad: class.and_then(|c| c.quad.clone()),
            score: scores.and_then(|s| s.score),
            trigger: self.quote(event.trigger),
            actors: event.actors.iter().map(|p| self.participant(p)).collect(),
            recipients: event
                .recipients
                .iter()
                .map(|p| self.participant(p))
                .collect(),
            factuality: event.factuality.name().to_string(),
            statement: ids[event.statement.0 as usize].clone(),
            performs: event.performs.map(|p| ids[p.0 as usize].clone()),
            said_by: self.said_by(event.statement),
            time: event
                .time
                .as_ref()
                .map(|t| self.time(&self.stages.mentions.times[t.mention], Some(t))),
            place: event.place.map(|p| self.place(p)),
            quantities: event
                .quantities
                .iter()
                .map(|(q, unit)| self.quantity(*q, unit))
                .collect(),
            evidence: self.quote(sentence.span),
            story_event: None,
            confidence: None,
            because: self.reasons(event),
        }
    }

    /// What made an event, and what tells who says so along its chain.
    fn reasons(&self, event: &kronik_event::CodedEvent) -> Vec<Reason> {
        let reason = |rule: &str, span: Option<Span>| Reason {
            rule: rule.to_string(),
            text: span.map_or_else(String::new, |s| s.slice(&self.article.text).to_string()),
            span: span.map(|s| self.index.chars(s)),
        };
        let own = event.because.iter().map(|b| reason(&b.rule, b.span));
        let mut reasons: Vec<Reason> = own.collect();
        for ix in self.stages.statements.chain(event.statement) {
            let statement = self.stages.statements.get(ix);
            let told = reason(&statement.rule, statement.cue);
            if statement.cue.is_some() && !reasons.contains(&told) {
                reasons.push(told);
            }
        }
        reasons
    }

    /// Speakers along the chain without the publishing outlet, which says everything here.
    fn said_by(&self, statement: StatementIx) -> Vec<String> {
        let outlet = [&self.article.outlet, &self.article.outlet_domain];
        let own = |name: &str| {
            outlet
                .iter()
                .any(|o| o.as_deref().is_some_and(|o| o.eq_ignore_ascii_case(name)))
        };
        let mut names = self.stages.statements.said_by(statement);
        names.retain(|n| !own(n));
        names
    }

    fn section(&self, block: usize) -> Option<String> {
        let before = self.article.blocks.get(..=block)?;
        let heading = before.iter().rev().find(|b| b.kind == BlockKind::Heading)?;
        Some(heading.span.slice(&self.article.text).to_string())
    }

    fn participant(&self, p: &kronik_event::Participant) -> ActorRecord {
        let mention = p.mention.map(|m| &self.stages.mentions.actors[m]);
        let text = p.span.slice(&self.article.text).to_string();
        ActorRecord {
            span: Some(self.index.chars(p.span)),
            code: p.code.clone(),
            sector: p.sector.clone(),
            name: mention.map_or_else(|| text.clone(), |m| m.name.clone()),
            entity: mention.and_then(|m| m.entity.clone()),
            unnamed: false,
            text,
        }
    }

    fn place(&self, i: usize) -> PlaceRecord {
        let p = &self.stages.mentions.places[i];
        PlaceRecord {
            text: p.printed.slice(&self.article.text).to_string(),
            span: self.index.chars(p.printed),
            name: p.name.clone(),
            country: p.country.clone(),
            admin1: p.admin1.clone(),
            geonames: p.geonames,
            lat: p.point.map(|x| x.0),
            lon: p.point.map(|x| x.1),
            precision: p.precision,
        }
    }

    fn quantity(&self, i: usize, unit: &str) -> QuantityRecord {
        let q = &self.stages.mentions.quantities[i];
        QuantityRecord {
            text: q.span.slice(&self.article.text).to_string(),
            span: self.index.chars(q.span),
            bound: q.bound.name().to_string(),
            value: q.value,
            high: q.high,
            unit: unit.to_string(),
        }
    }
}

/// The name of the narrowest calendar unit that the days are, as the words told them.
fn precision(days: Interval, edtf: &str) -> &'static str {
    let last_of_week = days.first.checked_add(6.days()).ok();
    if days.first == days.last {
        "day"
    } else if !edtf.contains('/') {
        if edtf.len() == "2024-12".len() {
            "month"
        } else {
            "year"
        }
    } else if days.first.weekday() == Weekday::Monday && last_of_week == Some(days.last) {
        "week"
    } else {
        "interval"
    }
}

fn code_of(mention: &ActorMention) -> Option<String> {
    mention.code.clone().or_else(|| mention.guess.clone())
}
