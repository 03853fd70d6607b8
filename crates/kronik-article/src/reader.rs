//! From a document to an article: the parts of this stage put together.

use std::sync::Arc;

use kronik_atlas::Atlas;
use kronik_record::{BlockKind, Files, Result, Severity};
use kronik_text::Span;

use crate::blocks::{Forms, blocks};
use crate::credits::credits;
use crate::dateline::{Dateline, dateline};
use crate::layout::{LabelKind, Layout};
use crate::metadata::{Metadata, squeezed};
use crate::outlets::{Outlet, Outlets, domain_of_url, names_domain};
use crate::people::{add, hands, is_outlet};
use crate::published::{from_text, normal, of_url};
use crate::tangle::{is_tangled, text_between};
use crate::{Article, Block, Document, Oddity, language, page};

/// Reads documents. Load it once; reading changes nothing in it, so threads may share it.
///
/// ```
/// use std::path::Path;
/// use kronik_article::{Document, Reader};
/// use kronik_record::Files;
/// # fn main() -> kronik_record::Result<()> {
/// let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
/// let reader = Reader::load(&Files::of_checkout(root)?)?;
/// let text = "Port reopens\nBy Mara Lind\nNORVALE, Dec 5 (North Post) - Ships came back.\n";
/// let article = reader.read(&Document { text: Some(text.into()), ..Document::default() });
/// assert_eq!(article.title.as_deref(), Some("Port reopens"));
/// assert_eq!(article.authors, ["Mara Lind"]);
/// assert_eq!(article.outlet.as_deref(), Some("North Post"));
/// # Ok(()) }
/// ```
#[derive(Debug, Clone)]
pub struct Reader {
    layout: Layout,
    outlets: Outlets,
}

/// Who published, as far as it is known.
#[derive(Debug, Clone, Default)]
struct Publisher {
    name: Option<String>,
    domain: Option<String>,
}

impl Reader {
    /// Loads the tables of layout of every language pack, the calendars and the outlets.
    ///
    /// # Errors
    /// A table that cannot be read: file, line, what is wrong.
    pub fn load(files: &Files) -> Result<Reader> {
        Reader::with_atlas(files, Arc::new(Atlas::load(files)?))
    }

    /// Loads the tables beside an atlas that is shared with others.
    ///
    /// # Errors
    /// As [`Reader::load`].
    pub fn with_atlas(files: &Files, atlas: Arc<Atlas>) -> Result<Reader> {
        Ok(Reader {
            layout: Layout::load(files)?,
            outlets: Outlets::load(files, atlas)?,
        })
    }

    /// Reads one document. Never fails: what cannot be read or told is said in
    /// [`Article::oddities`]. The text of a plain document is kept unchanged.
    pub fn read(&self, document: &Document) -> Article {
        let publisher = self.publisher(document);
        let forms = Forms {
            layout: &self.layout,
            outlets: &self.outlets,
            domain: publisher.domain.as_deref(),
        };
        let mut article = Article {
            source: document.source.clone(),
            oddities: document.oddities.clone(),
            ..Article::default()
        };
        let mut told = Metadata::default();
        if let Some(text) = &document.text {
            article.text = text.clone();
            article.blocks = blocks(text, document.title.as_deref(), forms);
        } else if let Some(html) = &document.html
            && is_tangled(html)
        {
            article.text = text_between(html);
            article.blocks = blocks(&article.text, document.title.as_deref(), forms);
            article.oddities.push(Oddity {
                severity: Severity::Warning,
                code: "page-tangled",
                message: "The page nests its parts thousands deep, so only the text between its \
                          tags was read."
                    .into(),
                span: None,
                hint: Some("Save the page again from a browser, or give its text.".into()),
            });
        } else if let Some(html) = &document.html {
            let page = page::read(html, forms);
            told = page.told.clone();
            lay_out(page, &mut article);
        }
        self.finish(document, &told, publisher, &mut article);
        article
    }

    fn finish(
        &self,
        document: &Document,
        told: &Metadata,
        mut publisher: Publisher,
        article: &mut Article,
    ) {
        let of_kind = |kind| article.blocks.iter().find(|b| b.kind == kind);
        let line = |b: &Block| squeezed(b.span.slice(&article.text));
        let title = of_kind(BlockKind::Title).map(line);
        let standfirst = of_kind(BlockKind::Standfirst).map(line);
        article.title = document
            .title
            .clone()
            .or(title)
            .or_else(|| told.title.clone());
        article.standfirst = standfirst.filter(|s| s.contains(char::is_alphanumeric));
        article.url = document.url.clone().or_else(|| told.url.clone());
        if publisher.domain.is_none()
            && let Some(domain) = told.url.as_deref().and_then(domain_of_url)
        {
            let named = publisher.name.take();
            publisher = self.of_domain(&domain);
            publisher.name = named.or(publisher.name);
        }

        let first = article
            .blocks
            .iter()
            .find(|b| b.kind == BlockKind::Paragraph)
            .copied();
        let line = first.and_then(|b| {
            let found = dateline(
                b.span.slice(&article.text),
                &self.outlets,
                publisher.domain.as_deref(),
            )?;
            article.dateline = Some(Span::new(0, found.end).shifted(b.span.start()));
            Some((found, b.span.start()))
        });
        self.name_publisher(&mut publisher, line.as_ref().map(|(d, _)| d), told, article);
        self.name_people(told, article);
        article.credits = credits(
            article,
            line.as_ref(),
            &self.layout,
            &self.outlets,
            publisher.name.as_deref(),
            publisher.domain.as_deref(),
        );
        article.outlet = publisher.name;
        article.outlet_domain = publisher.domain;
        self.tell_language(document, told, article);
        self.tell_dates(document, told, article);
        if !article
            .blocks
            .iter()
            .any(|b| b.kind == BlockKind::Paragraph)
        {
            article.oddities.push(Oddity {
                severity: Severity::Warning,
                code: "no-running-text",
                message: "No running text was found, so no event can be read.".into(),
                span: None,
                hint: Some("Look whether the input is an article at all.".into()),
            });
        }
        if article.outlet.is_none() {
            article.oddities.push(Oddity {
                severity: Severity::Info,
                code: "outlet-missing",
                message: "Nothing tells which outlet published this.".into(),
                span: None,
                hint: Some("Give its domain or name with --outlet.".into()),
            });
        }
    }

    /// What the document itself says of its outlet.
    fn publisher(&self, document: &Document) -> Publisher {
        let from_url = document.url.as_deref().and_then(domain_of_url);
        let given = document
            .outlet
            .as_deref()
            .map(str::trim)
            .filter(|o| !o.is_empty());
        let Some(given) = given else {
            return from_url.map_or_else(Publisher::default, |d| self.of_domain(&d));
        };
        if let Some(domain) = domain_of_url(given) {
            return self.of_domain(&domain);
        }
        match self.outlets.of_name(given) {
            Some(outlet) => Publisher {
                name: Some(outlet.name.clone()),
                domain: Some(outlet.domain.clone()),
            },
            None => Publisher {
                name: Some(given.to_string()),
                domain: from_url,
            },
        }
    }

    fn of_domain(&self, domain: &str) -> Publisher {
        match self.outlets.of_domain(domain) {
            Some(outlet) => Publisher {
                name: Some(outlet.name.clone()),
                domain: Some(outlet.domain.clone()),
            },
            None => Publisher {
                name: None,
                domain: Some(domain.to_string()),
            },
        }
    }

    /// Fills what is still unknown from the dateline, the page and the lines around the text.
    fn name_publisher(
        &self,
        publisher: &mut Publisher,
        line: Option<&Dateline>,
        told: &Metadata,
        article: &Article,
    ) {
        if publisher.name.is_none() {
            let own = |printed: &str, domain: &Option<String>| {
                domain
                    .as_ref()
                    .is_none_or(|d| names_domain(printed, d) || d == printed)
            };
            if let Some(found) = line.and_then(|l| l.outlet.as_ref())
                && (own(&found.printed, &publisher.domain) || found.domain == publisher.domain)
            {
                publisher.name = Some(found.name.clone());
                publisher.domain = publisher.domain.take().or_else(|| found.domain.clone());
            }
        }
        if publisher.name.is_none() {
            publisher.name = told.site.clone();
        }
        if publisher.name.is_none() && publisher.domain.is_none() {
            let around = article
                .blocks
                .iter()
                .filter(|b| matches!(b.kind, BlockKind::Byline | BlockKind::Footer));
            let known = around
                .flat_map(|b| self.named_outlets(b.span.slice(&article.text)))
                .next();
            if let Some(outlet) = known {
                publisher.name = Some(outlet.name.clone());
                publisher.domain = Some(outlet.domain.clone());
            }
        }
        if publisher.domain.is_none()
            && let Some(outlet) = publisher
                .name
                .as_deref()
                .and_then(|n| self.outlets.of_name(n))
        {
            publisher.domain = Some(outlet.domain.clone());
        }
        // the address is what readers know of an outlet that nobody names
        publisher.name = publisher.name.take().or_else(|| publisher.domain.clone());
    }

    /// Outlets of the atlas that a byline or footer names: alone between marks, or as the first
    /// words after a label (`By Kabar Pagi Staff`).
    fn named_outlets(&self, line: &str) -> Option<&Outlet> {
        let label = self.layout.label(line, |k| matches!(k, LabelKind::Author));
        let rest = label.map_or(line, |l| line.get(l.rest..).unwrap_or_default());
        let parts = rest
            .split(['(', ')', '/', ',', '|'])
            .flat_map(|p| p.split(" - "));
        let whole = parts.clone().find_map(|p| self.outlets.of_name(p.trim()));
        whole.or_else(|| {
            label?;
            let words: Vec<&str> = rest.split_whitespace().collect();
            (1..=words.len().min(5))
                .rev()
                .find_map(|n| self.outlets.of_name(&words[..n].join(" ")))
        })
    }

    fn name_people(&self, told: &Metadata, article: &mut Article) {
        let named = |name: &String| !is_outlet(name, &self.outlets);
        let (mut authors, mut editors) = (Vec::new(), Vec::new());
        for name in told.authors.iter().filter(|n| named(n)) {
            add(&mut authors, name);
        }
        for name in told.editors.iter().filter(|n| named(n)) {
            add(&mut editors, name);
        }
        let (known_authors, known_editors) = (!authors.is_empty(), !editors.is_empty());
        for block in &article.blocks {
            if !matches!(block.kind, BlockKind::Byline | BlockKind::Footer) {
                continue;
            }
            let line = block.span.slice(&article.text);
            let found = hands(inner(line), &self.layout, &self.outlets);
            for name in found.authors.iter().filter(|_| !known_authors) {
                add(&mut authors, name);
            }
            for name in found.editors.iter().filter(|_| !known_editors) {
                add(&mut editors, name);
            }
        }
        article.authors = authors;
        article.editors = editors;
    }

    fn tell_language(&self, document: &Document, told: &Metadata, article: &mut Article) {
        let given = document
            .language
            .as_deref()
            .map(str::trim)
            .filter(|l| !l.is_empty());
        let sample: String = sample(article);
        let code = given
            .and_then(code_of)
            .or_else(|| language::language(&sample, &self.layout))
            .or_else(|| told.language.as_deref().and_then(code_of));
        if let Some(given) = given.filter(|g| code_of(g).is_none()) {
            article.oddities.push(Oddity {
                severity: Severity::Warning,
                code: "language-unreadable",
                message: format!(
                    "'{given}' is no language code; the language was told by the text."
                ),
                span: None,
                hint: Some("Give a two-letter code with --language.".into()),
            });
        }
        match &code {
            None => article.oddities.push(Oddity {
                severity: Severity::Warning,
                code: "language-unknown",
                message: "The language could not be told, so no event was read.".into(),
                span: None,
                hint: Some("Give its two-letter code with --language.".into()),
            }),
            Some(code) if !self.layout.has_pack(code) => article.oddities.push(Oddity {
                severity: Severity::Warning,
                code: "language-without-pack",
                message: format!("There is no language pack for '{code}', so no event was read."),
                span: None,
                hint: Some("Give another code with --language if this is wrong.".into()),
            }),
            Some(_) => {}
        }
        // ISO 639-2's own code for a language that could not be told
        article.language = code.unwrap_or_else(|| "und".to_string());
    }

    fn tell_dates(&self, document: &Document, told: &Metadata, article: &mut Article) {
        let day_first = self.layout.day_first(&article.language);
        let calendar = &self.layout.calendar;
        let read = |t: &String| normal(t, calendar, day_first);
        article.modified = told.modified.iter().find_map(read);
        let given = document.published.as_ref().filter(|p| !p.trim().is_empty());
        article.published = given
            .and_then(read)
            .or_else(|| told.published.iter().find_map(read))
            .or_else(|| of_url(article.url.as_deref()?));
        if let Some(given) = given.filter(|g| read(g).is_none()) {
            article.oddities.push(Oddity {
                severity: Severity::Warning,
                code: "date-unreadable",
                message: format!("'{given}' cannot be read as a date of publication."),
                span: None,
                hint: Some("Write it like 2024-12-05 or 2024-12-05T10:00:00+07:00.".into()),
            });
        }
        if article.published.is_some() {
            return;
        }
        let line = article.dateline;
        match from_text(&article.text, &article.blocks, line, calendar, day_first) {
            Some((written, oddity)) => {
                article.published = Some(written);
                article.oddities.push(oddity);
            }
            None => article.oddities.push(Oddity {
                severity: Severity::Warning,
                code: "date-missing",
                message: "Nothing tells when this was published, so words such as weekdays cannot \
                          be made dates."
                    .into(),
                span: None,
                hint: Some("Give the date with --published.".into()),
            }),
        }
    }
}

/// What stands inside brackets, if the whole line does.
fn inner(line: &str) -> &str {
    line.strip_prefix('(')
        .and_then(|l| l.strip_suffix(')'))
        .unwrap_or(line)
}

/// `id`, `ID`, `id-ID`, `en_US`: the language, lower case.
fn code_of(told: &str) -> Option<String> {
    let code = told.trim().split(['-', '_']).next()?.to_ascii_lowercase();
    let fits = (2..=3).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_lowercase());
    fits.then_some(code)
}

/// Running text for telling the language; headline and all where there is none.
fn sample(article: &Article) -> String {
    let mut sample = String::new();
    for block in article
        .blocks
        .iter()
        .filter(|b| b.kind == BlockKind::Paragraph)
    {
        let start = article.dateline.map_or(0, |d| {
            if block.span.contains(d) {
                d.end() - block.span.start()
            } else {
                0
            }
        });
        let paragraph = block.span.slice(&article.text);
        sample.push_str(paragraph.get(start..).unwrap_or(paragraph));
        sample.push('\n');
        if sample.len() > 2000 {
            return sample;
        }
    }
    if sample.is_empty() {
        sample = article.text.chars().take(2000).collect();
    }
    sample
}

/// The lines of a page as one text with its blocks.
fn lay_out(page: page::Page, article: &mut Article) {
    let head = page.title.map(|t| (BlockKind::Title, t)).into_iter();
    let lines = head
        .chain(page.standfirst.map(|s| (BlockKind::Standfirst, s)))
        .chain(page.lines)
        .filter(|(_, line)| !line.is_empty());
    for (kind, line) in lines {
        if !article.text.is_empty() {
            article.text.push('\n');
        }
        let start = article.text.len();
        article.text.push_str(&line);
        article.blocks.push(Block {
            kind,
            span: Span::new(start, article.text.len()),
        });
    }
    article.removed = page.removed;
}
