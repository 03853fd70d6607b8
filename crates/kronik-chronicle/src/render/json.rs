//! The chronicle as JSON, `kronik.chronicle.v1`: the value itself, with each line in words.

use serde_json::{Map, Value, json};

use super::phrase::Phrases;
use crate::{Chronicle, Entry, Words};

/// The chronicle as one JSON object, indented, with a line break at its end.
pub fn json(chronicle: &Chronicle, words: &Words) -> String {
    let phrases = Phrases { chronicle, words };
    let days: Vec<Value> = chronicle
        .days
        .iter()
        .map(|day| {
            let stories: Vec<Value> = day
                .stories
                .iter()
                .map(|story| {
                    let entries: Vec<Value> = story
                        .entries
                        .iter()
                        .map(|entry| write_entry(phrases, entry))
                        .collect();
                    json!({ "title": story.title, "entries": entries })
                })
                .collect();
            json!({
                "first": day.days.map(|days| days.first()),
                "last": day.days.map(|days| days.last()),
                "heading": phrases.day(day),
                "war_day": day.number,
                "war_notes": value(&day.notes),
                "stories": stories,
            })
        })
        .collect();
    let war = chronicle.war.as_ref().map(
        |war| json!({ "id": war.id(), "first": war.first(), "counting": war.counting().name() }),
    );
    let page = json!({
        "schema": "kronik.chronicle.v1",
        "kronik": env!("CARGO_PKG_VERSION"),
        "language": words.language(),
        "war": war,
        "articles": value(&chronicle.articles),
        "days": days,
    });
    serde_json::to_string_pretty(&page).unwrap_or_default() + "\n"
}

fn write_entry(phrases: Phrases<'_>, entry: &Entry) -> Value {
    let mut object = match value(entry) {
        Value::Object(object) => object,
        _ => Map::new(),
    };
    object.insert("line".to_string(), phrases.headline(entry).into());
    object.insert(
        "origins_in_words".to_string(),
        phrases.origins(entry).into(),
    );
    if let Some(Value::Array(reports)) = object.get_mut("reports") {
        for (report, value) in entry.reports.iter().zip(reports) {
            if let Value::Object(object) = value {
                object.insert("says".to_string(), phrases.says(report).into());
                let article = phrases.source(report);
                let id = article.map(|article| article.id.as_str().to_string());
                object.insert("article_id".to_string(), id.into());
            }
        }
    }
    Value::Object(object)
}

/// A record's value; these records hold nothing that JSON cannot say.
fn value(record: &impl serde::Serialize) -> Value {
    serde_json::to_value(record).unwrap_or(Value::Null)
}
