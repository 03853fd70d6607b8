//! From a page to the lines of its article.
//!
//! The main text is found by where running text is dense: every paragraph gives its parent and
//! grandparent the weight of its unlinked letters, and the heaviest part of the page is the
//! article. What is inside it but not of the report (links to other stories, boxes, forms) is
//! left out and listed.

use std::collections::BTreeMap;

use ego_tree::NodeId;
use ego_tree::iter::Edge;
use kronik_record::BlockKind;
use scraper::{ElementRef, Html, Node};

use crate::blocks::{Forms, fold, words};
use crate::layout::Classes;
use crate::lines::{ends_sentence, has_sentence_end};
use crate::metadata::{Metadata, metadata, squeezed};

/// The article of a page, line by line.
#[derive(Debug, Clone, Default)]
pub(crate) struct Page {
    pub told: Metadata,
    pub title: Option<String>,
    pub standfirst: Option<String>,
    /// Byline, headings, paragraphs and captions in order.
    pub lines: Vec<(BlockKind, String)>,
    pub removed: Vec<String>,
}

/// One piece of text found in the main part.
struct Piece {
    name: &'static str,
    text: String,
    linked: usize,
}

/// The longest line listed in `removed`, in characters.
const SHOWN: usize = 120;

/// Reads a page.
pub(crate) fn read(html: &str, forms: Forms) -> Page {
    let document = Html::parse_document(html);
    let told = metadata(&document);
    let classes = &forms.layout.classes;
    let mut page = Page {
        title: headline(&document, &told),
        told,
        ..Page::default()
    };
    let mut removed = Vec::new();
    let mut byline = None;
    let pieces = match main_part(&document, classes) {
        Some(main) => {
            byline = byline_of(&document, classes);
            page.standfirst = standfirst(&document, &page, main, classes);
            pieces(main, classes, &mut removed)
        }
        None => Vec::new(),
    };
    let title = page.title.as_deref().map(fold).unwrap_or_default();
    let standfirst = page.standfirst.as_deref().map(fold).unwrap_or_default();
    if let Some(byline) = byline {
        page.lines.push((BlockKind::Byline, byline));
    }
    let mut closed = false;
    for piece in pieces {
        let folded = fold(&piece.text);
        if folded == title || folded == standfirst {
            continue;
        }
        if closed {
            removed.push(piece.text);
            continue;
        }
        let kind = kind_of(&piece, forms);
        match kind {
            Some(BlockKind::Byline) if page.lines.iter().any(|(_, l)| *l == piece.text) => {}
            Some(kind) => page.lines.push((kind, piece.text)),
            None => {
                closed |= forms
                    .layout
                    .label(&piece.text, |k| k == crate::layout::LabelKind::Comments)
                    .is_some();
                removed.push(piece.text);
            }
        }
    }
    let body: usize = page
        .lines
        .iter()
        .filter(|(k, _)| *k == BlockKind::Paragraph)
        .map(|(_, l)| l.chars().count())
        .sum();
    if let Some(text) = page
        .told
        .body
        .as_deref()
        .filter(|t| t.chars().count() > body * 2)
    {
        // the page's own copy of the text, where its markup hides it
        page.lines.retain(|(k, _)| *k == BlockKind::Byline);
        let lines = text.lines().map(squeezed).filter(|l| !l.is_empty());
        page.lines.extend(lines.map(|l| (BlockKind::Paragraph, l)));
    }
    drop_loose_headings(&mut page.lines);
    page.removed = removed.iter().map(|r| shortened(r)).collect();
    page.removed.dedup();
    page
}

fn kind_of(piece: &Piece, forms: Forms) -> Option<BlockKind> {
    let length = piece.text.chars().count();
    match forms.furniture(&piece.text) {
        Some(BlockKind::Related) => return None,
        Some(BlockKind::Footer) => {
            let credit = piece.text.starts_with('(')
                || forms
                    .layout
                    .label(&piece.text, |k| k == crate::layout::LabelKind::Source)
                    .is_some();
            return credit.then_some(BlockKind::Footer);
        }
        Some(kind) => return Some(kind),
        None => {}
    }
    match piece.name {
        "caption" => Some(BlockKind::Caption),
        _ if piece.linked * 2 > length
            && !(has_sentence_end(&piece.text) && words(&piece.text) > 20) =>
        {
            None
        }
        "heading" => Some(BlockKind::Heading),
        _ if !has_sentence_end(&piece.text) && words(&piece.text) <= 12 => {
            if piece.name == "li" || forms.is_bare_byline(&piece.text) {
                (piece.name != "li").then_some(BlockKind::Byline)
            } else {
                Some(BlockKind::Heading)
            }
        }
        _ => Some(BlockKind::Paragraph),
    }
}

/// A heading that nothing follows heads nothing of this article.
fn drop_loose_headings(lines: &mut Vec<(BlockKind, String)>) {
    while lines.last().is_some_and(|(k, _)| *k == BlockKind::Heading) {
        lines.pop();
    }
}

fn headline(document: &Html, told: &Metadata) -> Option<String> {
    let mut headings = document
        .root_element()
        .descendent_elements()
        .filter(|e| e.value().name() == "h1")
        .map(|e| squeezed(&e.text().collect::<String>()))
        .filter(|t| words(t) >= 2);
    let told_title = told.title.as_deref().map(squeezed);
    // several h1: the one the page's own headline agrees with
    let same = |h: &String| {
        told_title
            .as_deref()
            .is_some_and(|t| fold(t).contains(&fold(h)))
    };
    let all: Vec<String> = headings.by_ref().collect();
    all.iter()
        .find(|h| same(h))
        .or(all.first())
        .cloned()
        .or(told_title)
        .or_else(|| {
            let title = document
                .root_element()
                .descendent_elements()
                .find(|e| e.value().name() == "title")?;
            let title = squeezed(&title.text().collect::<String>());
            let first = title.split(" | ").next().unwrap_or(&title).to_string();
            (!first.is_empty()).then_some(first)
        })
}

/// The standfirst as the page prints it: a part of that class, or the line that the page's own
/// description repeats, outside the main text.
fn standfirst(document: &Html, page: &Page, main: ElementRef, classes: &Classes) -> Option<String> {
    let title = page.title.as_deref().map(fold).unwrap_or_default();
    let described = page
        .told
        .description
        .as_deref()
        .map(fold)
        .unwrap_or_default();
    document
        .root_element()
        .descendent_elements()
        .filter(|e| matches!(e.value().name(), "h2" | "h3" | "h4" | "p" | "div"))
        .filter(|e| !is_off(*e, classes))
        .filter_map(|e| {
            let text = squeezed(&e.text().collect::<String>());
            let count = words(&text);
            if !(4..=70).contains(&count) || fold(&text) == title {
                return None;
            }
            let class = has_class(e, &classes.standfirst);
            let inside = e.ancestors().any(|a| a.id() == main.id());
            let repeats = !inside && !described.is_empty() && fold(&text) == described;
            (class || repeats).then_some(text)
        })
        .next()
}

fn byline_of(document: &Html, classes: &Classes) -> Option<String> {
    document
        .root_element()
        .descendent_elements()
        .filter(|e| {
            has_class(*e, &classes.byline)
                || e.value().attr("rel") == Some("author")
                || e.value().attr("itemprop") == Some("author")
        })
        .map(|e| text_of(e).0)
        .find(|t| {
            t.chars().any(char::is_alphabetic) && t.chars().count() <= 120 && !ends_sentence(t)
        })
}

/// The heaviest part of the page.
fn main_part<'p>(document: &'p Html, classes: &Classes) -> Option<ElementRef<'p>> {
    // in document order, so that ties go to the outer part
    let mut weights: BTreeMap<usize, (ElementRef<'p>, usize)> = BTreeMap::new();
    let mut order: Vec<ElementRef<'p>> = Vec::new();
    let mut at = std::collections::HashMap::new();
    for (i, element) in document.root_element().descendent_elements().enumerate() {
        at.insert(element.id(), i);
        order.push(element);
    }
    let mut off = vec![false; order.len()];
    for (i, element) in order.iter().enumerate() {
        let parent = element.parent().and_then(|p| at.get(&p.id()).copied());
        let inherited = parent.is_some_and(|p| off[p]);
        off[i] = inherited || is_left_out(*element, classes);
        if off[i] || !is_text_block(*element) {
            continue;
        }
        let (text, linked) = own_text(*element);
        let weight = text.chars().count().saturating_sub(linked * 2);
        if weight < 25 || !has_sentence_end(&text) {
            continue;
        }
        let parent = if matches!(element.value().name(), "p" | "li" | "blockquote") {
            parent
        } else {
            Some(i)
        };
        let grand = parent
            .and_then(|p| order[p].parent())
            .and_then(|g| at.get(&g.id()).copied());
        for (part, share) in [(parent, 2), (grand, 1)] {
            if let Some(p) = part {
                let boost = if is_article(order[p]) { 5 } else { 4 };
                weights.entry(p).or_insert((order[p], 0)).1 += weight * share * boost / 4;
            }
        }
    }
    let mut best: Option<(ElementRef, usize)> = None;
    for (element, weight) in weights.into_values() {
        if best.is_none_or(|(_, w)| weight > w) {
            best = Some((element, weight));
        }
    }
    best.map(|(element, _)| element)
}

fn is_article(element: ElementRef) -> bool {
    matches!(element.value().name(), "article" | "main")
        || element.value().attr("itemprop") == Some("articleBody")
        || element.value().attr("role") == Some("main")
}

fn is_text_block(element: ElementRef) -> bool {
    matches!(
        element.value().name(),
        "p" | "div" | "td" | "li" | "blockquote" | "article" | "section"
    )
}

/// Parts that hold no running text, or text that is not of the report.
fn is_left_out(element: ElementRef, classes: &Classes) -> bool {
    let value = element.value();
    let by_name = matches!(
        value.name(),
        "script"
            | "style"
            | "noscript"
            | "template"
            | "nav"
            | "aside"
            | "footer"
            | "form"
            | "iframe"
            | "svg"
            | "button"
            | "select"
            | "option"
            | "textarea"
            | "input"
            | "dialog"
            | "head"
            | "object"
            | "embed"
            | "video"
            | "audio"
            | "canvas"
    );
    by_name || value.attr("hidden").is_some() || is_off(element, classes)
}

fn is_off(element: ElementRef, classes: &Classes) -> bool {
    // the page's own frame is never a box in it
    !matches!(element.value().name(), "html" | "body" | "article" | "main")
        && has_class(element, &classes.off)
}

/// True if a word of the element's classes or id is listed.
fn has_class(element: ElementRef, listed: &std::collections::BTreeSet<String>) -> bool {
    let value = element.value();
    value
        .attr("class")
        .into_iter()
        .chain(value.attr("id"))
        .any(|names| {
            names.split_ascii_whitespace().any(|name| {
                let name = name.to_ascii_lowercase();
                listed.contains(&name) || name.split(['-', '_']).any(|part| listed.contains(part))
            })
        })
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "section"
            | "article"
            | "main"
            | "header"
            | "ul"
            | "ol"
            | "li"
            | "dl"
            | "dd"
            | "dt"
            | "blockquote"
            | "figure"
            | "figcaption"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "table"
            | "tbody"
            | "thead"
            | "tr"
            | "td"
            | "th"
            | "pre"
            | "hr"
            | "br"
            | "address"
            | "details"
            | "summary"
            | "center"
            | "body"
    )
}

/// The text of an element that is not inside a block of its own, and how much of it is linked.
fn own_text(element: ElementRef) -> (String, usize) {
    let mut text = String::new();
    let mut linked = 0;
    for child in element.children() {
        match child.value() {
            Node::Text(t) => text.push_str(t),
            Node::Element(e) if !is_block(e.name()) => {
                if let Some(child) = ElementRef::wrap(child) {
                    let (inner, links) = text_of(child);
                    linked += if e.name() == "a" {
                        inner.chars().count()
                    } else {
                        links
                    };
                    text.push_str(&inner);
                    text.push(' ');
                }
            }
            Node::Element(_) => text.push('\n'),
            _ => {}
        }
    }
    (squeezed(&text), linked)
}

fn text_of(element: ElementRef) -> (String, usize) {
    let text = squeezed(&element.text().collect::<String>());
    let linked = element
        .descendent_elements()
        .filter(|e| e.value().name() == "a")
        .map(|a| squeezed(&a.text().collect::<String>()).chars().count())
        .sum();
    (text, linked)
}

/// Walks the main part in document order. No recursion: pages nest as deep as they like.
fn pieces(main: ElementRef, classes: &Classes, removed: &mut Vec<String>) -> Vec<Piece> {
    use scraper::node::Node as N;
    let mut out: Vec<Piece> = Vec::new();
    let mut run = Piece {
        name: "p",
        text: String::new(),
        linked: 0,
    };
    let mut link_from: Option<usize> = None;
    let mut skip: Option<NodeId> = None;
    let mut names: Vec<&'static str> = vec!["p"];
    for edge in main.traverse() {
        match edge {
            Edge::Open(node) if skip.is_none() => match node.value() {
                N::Text(text) => run.text.push_str(&text.text),
                N::Element(element) => {
                    let Some(part) = ElementRef::wrap(node) else {
                        continue;
                    };
                    if part.id() != main.id() && is_left_out(part, classes) {
                        let text = text_of(part).0;
                        let silent = matches!(element.name(), "script" | "style" | "noscript");
                        if !text.is_empty() && !silent {
                            removed.push(text);
                        }
                        if is_block(element.name()) {
                            flush(&mut run, &mut out, &names);
                        }
                        skip = Some(node.id());
                    } else if element.name() == "a" {
                        link_from = Some(squeezed(&run.text).chars().count());
                    } else if is_block(element.name()) {
                        flush(&mut run, &mut out, &names);
                        names.push(piece_name(part, classes, names.last().copied()));
                    }
                }
                _ => {}
            },
            Edge::Close(node) if skip == Some(node.id()) => skip = None,
            Edge::Close(node) if skip.is_none() => {
                if let N::Element(element) = node.value() {
                    if element.name() == "a" {
                        let now = squeezed(&run.text).chars().count();
                        run.linked += now.saturating_sub(link_from.take().unwrap_or(now));
                    } else if is_block(element.name()) {
                        flush(&mut run, &mut out, &names);
                        if names.len() > 1 {
                            names.pop();
                        }
                    }
                }
            }
            _ => {}
        }
    }
    flush(&mut run, &mut out, &names);
    out
}

fn piece_name(part: ElementRef, classes: &Classes, outer: Option<&'static str>) -> &'static str {
    match part.value().name() {
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => "heading",
        "figcaption" => "caption",
        _ if outer == Some("caption") || has_class(part, &classes.caption) => "caption",
        "figure" => "caption",
        "li" => "li",
        _ => outer.filter(|o| *o == "li").unwrap_or("p"),
    }
}

fn flush(run: &mut Piece, out: &mut Vec<Piece>, names: &[&'static str]) {
    let text = squeezed(&run.text);
    let linked = run.linked;
    run.text.clear();
    run.linked = 0;
    if text.is_empty() {
        return;
    }
    let name = names.last().copied().unwrap_or("p");
    // a dateline that stands alone before its paragraph
    if let Some(last) = out.last_mut()
        && last.name == "p"
        && name == "p"
        && last.text.ends_with(['-', '–', '—'])
        && words(&last.text) <= 8
    {
        last.text.push(' ');
        last.text.push_str(&text);
        last.linked += linked;
        return;
    }
    out.push(Piece { name, text, linked });
}

fn shortened(line: &str) -> String {
    match line.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{}…", line[..at].trim_end()),
        None => line.to_string(),
    }
}
