//! What a page says of itself: JSON-LD, `meta`, `time`, `link rel=canonical`.

use std::collections::BTreeMap;

use scraper::{ElementRef, Html};
use serde_json::Value;

/// What was told; the first teller of each field wins, in the order JSON-LD, `meta`, page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Metadata {
    pub title: Option<String>,
    pub description: Option<String>,
    pub url: Option<String>,
    pub site: Option<String>,
    pub language: Option<String>,
    pub published: Vec<String>,
    pub modified: Vec<String>,
    pub authors: Vec<String>,
    pub editors: Vec<String>,
    pub body: Option<String>,
}

/// The classes of JSON-LD objects that are articles end in one of these.
const ARTICLES: [&str; 4] = ["Article", "NewsArticle", "BlogPosting", "LiveBlogPosting"];
/// The deepest nesting of JSON-LD looked into.
const DEPTH: usize = 8;

/// Reads what a page says of itself.
pub(crate) fn metadata(page: &Html) -> Metadata {
    let mut told = Metadata::default();
    let mut meta: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut times = Vec::new();
    for element in page.root_element().descendent_elements() {
        let value = element.value();
        match value.name() {
            "html" => told.language = value.attr("lang").map(str::to_string),
            "script" if value.attr("type").is_some_and(|t| t.contains("ld+json")) => {
                let text: String = element.text().collect();
                if let Ok(json) = serde_json::from_str::<Value>(&repaired(&text)) {
                    linked_data(&json, &mut told, 0);
                }
            }
            "meta" => {
                let key = ["property", "name", "itemprop"]
                    .iter()
                    .find_map(|a| value.attr(a));
                if let (Some(key), Some(content)) = (key, value.attr("content")) {
                    let content = squeezed(content);
                    if !content.is_empty() {
                        meta.entry(key.to_ascii_lowercase())
                            .or_default()
                            .push(content);
                    }
                }
            }
            "link"
                if value
                    .attr("rel")
                    .is_some_and(|r| r.eq_ignore_ascii_case("canonical")) =>
            {
                told.url = told
                    .url
                    .take()
                    .or_else(|| value.attr("href").map(str::to_string));
            }
            "time" => times.extend(value.attr("datetime").map(str::to_string)),
            _ => told_by_property(element, &mut told),
        }
    }
    let first = |keys: &[&str]| keys.iter().find_map(|k| meta.get(*k)?.first().cloned());
    told.title = told
        .title
        .or_else(|| first(&["og:title", "twitter:title", "title"]));
    told.description =
        first(&["og:description", "description", "twitter:description"]).or(told.description);
    told.url = told
        .url
        .or_else(|| first(&["og:url"]))
        .filter(|u| u.contains("://"));
    told.site = told
        .site
        .or_else(|| first(&["og:site_name", "application-name"]));
    let all = |keys: &[&str]| -> Vec<String> {
        keys.iter()
            .filter_map(|k| meta.get(*k))
            .flatten()
            .cloned()
            .collect()
    };
    told.published.extend(all(&[
        "article:published_time",
        "og:article:published_time",
        "datepublished",
        "publishdate",
        "publish_date",
        "pubdate",
        "dtk:publishdate",
        "content_publisheddate",
        "parsely-pub-date",
        "sailthru.date",
        "dc.date.issued",
        "dcterms.created",
        "dc.date",
        "date",
    ]));
    told.published.extend(times);
    told.modified.extend(all(&[
        "article:modified_time",
        "datemodified",
        "og:updated_time",
    ]));
    // a page that names its writer apart knows better than its JSON-LD, which may name the editor
    let writers = all(&["content_author"]);
    told.editors.extend(all(&["content_editor"]));
    if !writers.is_empty() {
        told.authors = writers;
    } else if told.authors.is_empty() {
        told.authors = all(&[
            "author",
            "article:author",
            "parsely-author",
            "byl",
            "dc.creator",
        ]);
    }
    told.authors = people(&told.authors);
    told.editors = people(&told.editors);
    told.authors.retain(|a| !told.editors.contains(a));
    told
}

fn told_by_property(element: ElementRef, told: &mut Metadata) {
    let value = element.value();
    match value.attr("itemprop") {
        Some("datePublished") => told.published.extend(
            value
                .attr("content")
                .or(value.attr("datetime"))
                .map(str::to_string),
        ),
        Some("dateModified") => told.modified.extend(
            value
                .attr("content")
                .or(value.attr("datetime"))
                .map(str::to_string),
        ),
        _ => {}
    }
}

/// Line breaks inside strings are common in hand-made JSON-LD and never valid.
fn repaired(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

fn linked_data(json: &Value, told: &mut Metadata, depth: usize) {
    if depth > DEPTH {
        return;
    }
    match json {
        Value::Array(items) => items.iter().for_each(|i| linked_data(i, told, depth + 1)),
        Value::Object(object) => {
            let is_article = strings(object.get("@type"))
                .iter()
                .any(|t| ARTICLES.iter().any(|a| t.ends_with(a)));
            if is_article {
                let one = |key: &str| strings(object.get(key)).into_iter().next();
                told.title = told
                    .title
                    .take()
                    .or_else(|| one("headline"))
                    .or_else(|| one("name"));
                told.description = told.description.take().or_else(|| one("description"));
                told.body = told.body.take().or_else(|| one("articleBody"));
                told.published.extend(one("datePublished"));
                told.modified.extend(one("dateModified"));
                told.language = one("inLanguage").or_else(|| told.language.take());
                told.authors.extend(strings(object.get("author")));
                told.editors.extend(strings(object.get("editor")));
                told.site = told
                    .site
                    .take()
                    .or_else(|| strings(object.get("publisher")).into_iter().next());
            }
            for key in ["@graph", "mainEntity", "hasPart"] {
                if let Some(inner) = object.get(key) {
                    linked_data(inner, told, depth + 1);
                }
            }
        }
        _ => {}
    }
}

/// Strings, names of objects, and lists of either.
fn strings(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::String(text)) => {
            let text = unescaped(text);
            let text = squeezed_lines(&text);
            if text.is_empty() {
                Vec::new()
            } else {
                vec![text]
            }
        }
        Some(Value::Array(items)) => items.iter().flat_map(|i| strings(Some(i))).collect(),
        Some(Value::Object(object)) => match object.get("name") {
            Some(name @ (Value::String(_) | Value::Array(_))) => strings(Some(name)),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

fn people(told: &[String]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for name in told
        .iter()
        .flat_map(|n| n.split([',', ';', '|']))
        .map(str::trim)
    {
        // addresses and handles are nobody's printed name
        let odd = name.contains("://") || name.contains('@') || name.contains('/');
        if !name.is_empty() && !odd && !out.iter().any(|n| n == name) {
            out.push(name.to_string());
        }
    }
    out
}

/// The few entities that JSON-LD strings are often doubly escaped with.
fn unescaped(text: &str) -> String {
    let pairs = [
        ("&quot;", "\""),
        ("&#34;", "\""),
        ("&#039;", "'"),
        ("&#39;", "'"),
        ("&nbsp;", " "),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&amp;", "&"),
    ];
    pairs
        .iter()
        .fold(text.to_string(), |t, (from, to)| t.replace(from, to))
}

fn squeezed_lines(text: &str) -> String {
    text.trim().to_string()
}

/// One line, single spaces.
pub(crate) fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
