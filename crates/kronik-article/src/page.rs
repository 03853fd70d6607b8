//! From a page to the lines of its article.
//!
//! The main text is found by where running text is dense: every paragraph gives its parent and
//! grandparent the weight of its unlinked letters, and the heaviest part of the page is the
//! article. What is inside it but not of the report (links to other stories, boxes, forms) is
//! left out and listed.

use std::collections::{BTreeMap, BTreeSet};

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

/// The share of a page's running text that no box holds, as a fraction.
const MOST: (usize, usize) = (2, 5);
/// As many nodes are looked at for a line of the page's own (byline, standfirst).
const SMALL: usize = 200;
/// As many steps outward a wider part is looked for.
const WIDER: usize = 3;
/// How many times the running text that makes a part a wider one, as a fraction.
const MUCH: (usize, usize) = (13, 10);
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
    let weighed = weigh(&document, classes);
    let pieces = match weighed.main {
        Some(main) => {
            byline = byline_of(&document, classes);
            page.standfirst = standfirst(&document, &page, main, classes);
            pieces(main, classes, &weighed.left_out, &mut removed)
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
            let text = short_text(e)?;
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
        .filter_map(short_text)
        .find(|t| {
            t.chars().any(char::is_alphabetic) && t.chars().count() <= 120 && !ends_sentence(t)
        })
}

/// What was weighed of a page: which parts are not of the report, and which one holds it.
struct Weighed<'p> {
    left_out: BTreeSet<NodeId>,
    main: Option<ElementRef<'p>>,
}

/// An element's place in the tree and the running text below it.
#[derive(Clone, Copy, Default)]
struct Below {
    parent: Option<usize>,
    /// Unlinked letters of running text in the element and all below it.
    letters: usize,
    /// Those that count for the element's own paragraphs.
    own: usize,
}

/// Finds the heaviest part of the page. A part named like a box is one only if it does not hold
/// most of the page's text: many pages name a frame around everything after what stands beside it
/// (`content-with-sidebar`).
fn weigh<'p>(document: &'p Html, classes: &Classes) -> Weighed<'p> {
    let mut order: Vec<ElementRef<'p>> = Vec::new();
    let mut at: BTreeMap<NodeId, usize> = BTreeMap::new();
    for (i, element) in document.root_element().descendent_elements().enumerate() {
        at.insert(element.id(), i);
        order.push(element);
    }
    let mut below: Vec<Below> = vec![Below::default(); order.len()];
    let mut off = vec![false; order.len()];
    for (i, element) in order.iter().enumerate() {
        below[i].parent = element.parent().and_then(|p| at.get(&p.id()).copied());
        let inherited = below[i].parent.is_some_and(|p| off[p]);
        off[i] = inherited || is_no_text(*element);
        if !off[i] && is_text_block(*element) {
            below[i].own = weight(*element);
            below[i].letters = below[i].own;
        }
    }
    // parents stand before their children
    for i in (0..order.len()).rev() {
        if let Some(parent) = below[i].parent {
            below[parent].letters += below[i].letters;
        }
    }
    let all = below.first().map_or(0, |b| b.letters);
    let mut left_out = BTreeSet::new();
    let mut weights: BTreeMap<usize, usize> = BTreeMap::new();
    for (i, element) in order.iter().enumerate() {
        let inherited = below[i].parent.is_some_and(|p| off[p]);
        let box_of_its_own = is_off(*element, classes) && below[i].letters * MOST.1 < all * MOST.0;
        off[i] |= inherited || box_of_its_own;
        if off[i] {
            left_out.insert(element.id());
            continue;
        }
        if below[i].own == 0 {
            continue;
        }
        let parent = if matches!(element.value().name(), "p" | "li" | "blockquote") {
            below[i].parent
        } else {
            Some(i)
        };
        let grand = parent.and_then(|p| below[p].parent);
        for (part, share) in [(parent, 2), (grand, 1)] {
            if let Some(p) = part {
                let boost = if is_article(order[p]) { 5 } else { 4 };
                *weights.entry(p).or_default() += below[i].own * share * boost / 4;
            }
        }
    }
    let mut best: Option<(usize, usize)> = None;
    // in document order, so that ties go to the outer part
    for (part, weight) in weights {
        if best.is_none_or(|(_, w)| weight > w) {
            best = Some((part, weight));
        }
    }
    let main = best.map(|(part, _)| order[widened(part, &below, &off)]);
    Weighed { left_out, main }
}

/// The part, or one around it that holds much more running text: long reports are cut into
/// sections, and the heaviest part is then only one of them.
fn widened(part: usize, below: &[Below], off: &[bool]) -> usize {
    let mut kept: Vec<usize> = below.iter().map(|b| b.own).collect();
    for i in (0..below.len()).rev() {
        if off[i] {
            kept[i] = 0;
        } else if let Some(parent) = below[i].parent {
            kept[parent] += kept[i];
        }
    }
    let (mut chosen, mut at) = (part, part);
    for _ in 0..WIDER {
        let Some(parent) = below[at].parent else {
            break;
        };
        at = parent;
        if kept[at] * MUCH.1 > kept[chosen] * MUCH.0 {
            chosen = at;
        }
    }
    chosen
}

/// Unlinked letters of an element's own running text; none where it holds no sentence.
fn weight(element: ElementRef) -> usize {
    let (text, linked) = own_text(element);
    let weight = text.chars().count().saturating_sub(linked * 2);
    if weight < 25 || !has_sentence_end(&text) {
        return 0;
    }
    weight
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

/// Parts that hold no running text by what they are.
fn is_no_text(element: ElementRef) -> bool {
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
    by_name || value.attr("hidden").is_some()
}

fn is_off(element: ElementRef, classes: &Classes) -> bool {
    let name = element.value().name();
    // the page's own frame is never a box in it; most forms are one
    !matches!(name, "html" | "body" | "article" | "main")
        && (name == "form" || has_class(element, &classes.off))
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
    text_where(element, is_block)
}

/// All text of an element, and how much of it is linked.
fn text_of(element: ElementRef) -> (String, usize) {
    text_where(element, |_| false)
}

/// The text of an element but for scripts, styles and what `passes_over` names; and how many
/// letters of it are linked. What is passed over is not walked, so that asking every element of a
/// deep page for its own text takes no longer than the page is long.
fn text_where(element: ElementRef, passes_over: fn(&str) -> bool) -> (String, usize) {
    let (mut text, mut linked, mut link_from) = (String::new(), 0, None);
    let mut next = element.first_child();
    while let Some(node) = next {
        let mut inner = None;
        match node.value() {
            Node::Text(t) => text.push_str(t),
            Node::Element(e) if is_silent(e.name()) || passes_over(e.name()) => text.push('\n'),
            Node::Element(e) => {
                inner = node.first_child();
                if e.name() == "a" && inner.is_some() {
                    link_from = Some(text.len());
                }
            }
            _ => {}
        }
        next = inner;
        let mut at = node;
        while next.is_none() {
            if let Some(sibling) = at.next_sibling() {
                next = Some(sibling);
                break;
            }
            let Some(parent) = at.parent().filter(|p| p.id() != element.id()) else {
                break;
            };
            let is_link = matches!(parent.value(), Node::Element(e) if e.name() == "a");
            if is_link && let Some(from) = link_from.take() {
                linked += text[from..].chars().filter(|c| !c.is_whitespace()).count();
            }
            at = parent;
        }
    }
    (squeezed(&text), linked)
}

/// The text of an element that holds but little; `None` for a part of a page that holds more.
fn short_text(element: ElementRef) -> Option<String> {
    let mut text = String::new();
    for (count, node) in element.descendants().enumerate() {
        if count > SMALL || text.len() > 8 * SMALL {
            return None;
        }
        let silent = |n: ego_tree::NodeRef<Node>| {
            n.parent()
                .is_some_and(|p| matches!(p.value(), Node::Element(e) if is_silent(e.name())))
        };
        if let Node::Text(t) = node.value()
            && !silent(node)
        {
            text.push_str(t);
        }
    }
    Some(squeezed(&text))
}

/// Elements whose content no reader sees.
fn is_silent(name: &str) -> bool {
    matches!(name, "script" | "style" | "noscript" | "template")
}

/// Walks the main part in document order. No recursion: pages nest as deep as they like.
fn pieces(
    main: ElementRef,
    classes: &Classes,
    left_out: &BTreeSet<NodeId>,
    removed: &mut Vec<String>,
) -> Vec<Piece> {
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
                    if part.id() != main.id() && left_out.contains(&part.id()) {
                        let text = text_of(part).0;
                        let silent = is_silent(element.name());
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
