//! Pages of figures, each section by the task that measures it.
//!
//! A section stands between two marks, so that a task replaces its own figures and leaves those of
//! the others, which may take an hour or need data that is not at hand.

use std::path::Path;

use anyhow::{Context, Result};

/// A page of figures in the project's root.
pub struct Page {
    file: &'static str,
    title: &'static str,
    about: &'static str,
    /// Names of the sections in the order in which they stand.
    sections: &'static [&'static str],
}

/// How right Kronik is.
pub const SCORE: Page = Page {
    file: "SCORE.md",
    title: "Score",
    about: "Made by `cargo xtask accept`, `cargo xtask score` and `cargo xtask atlas stats`; nothing here was written by \
            hand. Data that is measured against is not part of the project.",
    sections: &["events", "plv", "times", "syntax", "names", "atlas"],
};

/// How fast Kronik is.
pub const BENCH: Page = Page {
    file: "BENCH.md",
    title: "Bench",
    about: "Made by `cargo xtask bench`; nothing here was written by hand. Times hold for the \
            machine that is named; what holds anywhere is how programs compare in one run.",
    sections: &["parse", "reading", "peers", "atlas"],
};

impl Page {
    /// Puts a section in place of the one of that name, and says so.
    pub fn write(&self, section: &str, body: &str) -> Result<()> {
        let path = Path::new(self.file);
        let old = std::fs::read_to_string(path).unwrap_or_default();
        let page = self.with(&old, section, body);
        std::fs::write(path, page).with_context(|| format!("{} cannot be written", self.file))?;
        println!("{body}\n{} written", self.file);
        Ok(())
    }

    /// The page with one section replaced.
    fn with(&self, old: &str, section: &str, body: &str) -> String {
        let mut page = format!("# {}\n\n{}\n", self.title, self.about);
        for name in self.sections {
            let text = if *name == section {
                Some(body)
            } else {
                between(old, &begin(name), &end(name))
            };
            if let Some(text) = text {
                let (begin, end) = (begin(name), end(name));
                page.push_str(&format!("\n{begin}\n\n{}\n\n{end}\n", text.trim()));
            }
        }
        page
    }
}

fn begin(name: &str) -> String {
    format!("<!-- {name}: begin -->")
}

fn end(name: &str) -> String {
    format!("<!-- {name}: end -->")
}

fn between<'t>(text: &'t str, begin: &str, end: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(begin)?;
    Some(rest.split_once(end)?.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_are_replaced_one_by_one() {
        let one = SCORE.with("", "syntax", "## Syntax\n\n1");
        let two = SCORE.with(&one, "events", "## Events");
        let three = SCORE.with(&two, "syntax", "## Syntax\n\n2");
        assert!(three.starts_with("# Score\n\nMade by"));
        let tail = "<!-- events: begin -->\n\n## Events\n\n<!-- events: end -->\n\n\
                    <!-- syntax: begin -->\n\n## Syntax\n\n2\n\n<!-- syntax: end -->\n";
        assert!(three.ends_with(tail), "{three}");
        assert_eq!(SCORE.with(&three, "syntax", "## Syntax\n\n2"), three);
    }
}
