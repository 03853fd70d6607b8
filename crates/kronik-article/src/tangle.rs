//! Pages that no parser of the standard could take in good time.
//!
//! The rules of HTML look through all open elements at each tag and through all attributes at each
//! attribute, so a page of some megabytes of open tags takes hours. No newsroom prints one, but a
//! batch may hold one. Such a page is read as the plain text between its tags.

/// The deepest nesting that is parsed; pages of newsrooms stay under a hundred.
const DEEPEST: usize = 5_000;
/// The most attributes of one tag that are parsed.
const MOST_ATTRIBUTES: usize = 5_000;

/// Elements that never stay open, or close by themselves where the next one opens.
const CLOSED: [&str; 30] = [
    "a", "area", "base", "body", "br", "col", "dd", "dt", "embed", "head", "hr", "html", "img",
    "input", "li", "link", "meta", "option", "p", "param", "path", "rect", "source", "tbody", "td",
    "th", "thead", "tr", "track", "wbr",
];

/// One tag of a page, as far as it can be told without parsing.
struct Tag<'h> {
    name: &'h str,
    closes: bool,
    attributes: usize,
    start: usize,
    end: usize,
}

/// True if parsing the page would take too long.
pub(crate) fn is_tangled(html: &str) -> bool {
    let mut depth = 0usize;
    for tag in Tags::of(html) {
        if tag.attributes > MOST_ATTRIBUTES {
            return true;
        }
        let name = tag.name.to_ascii_lowercase();
        if CLOSED.contains(&name.as_str()) {
            continue;
        }
        depth = if tag.closes {
            depth.saturating_sub(1)
        } else {
            depth + 1
        };
        if depth > DEEPEST {
            return true;
        }
    }
    false
}

/// The text between the tags, a line for each run of it.
pub(crate) fn text_between(html: &str) -> String {
    let mut text = String::new();
    let mut from = 0;
    let mut silent = false;
    let mut put = |part: &str, silent: bool| {
        let line = crate::metadata::squeezed(part);
        if !silent && !line.is_empty() {
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(&line);
        }
    };
    for tag in Tags::of(html) {
        put(&html[from..tag.start], silent);
        let hides =
            tag.name.eq_ignore_ascii_case("script") || tag.name.eq_ignore_ascii_case("style");
        silent = hides && !tag.closes;
        from = tag.end;
    }
    put(&html[from..], silent);
    text
}

struct Tags<'h> {
    html: &'h str,
    at: usize,
}

impl<'h> Tags<'h> {
    fn of(html: &'h str) -> Tags<'h> {
        Tags { html, at: 0 }
    }
}

impl Tags<'_> {
    /// The length of what stands up to the closing tag of a raw element; all of the rest where
    /// there is none.
    fn raw_text(&self, from: usize, name: &str) -> usize {
        let rest = &self.html[from..];
        let mut closings = rest.match_indices("</").map(|(at, _)| at);
        let closing = closings.find(|at| {
            let after = rest.get(at + 2..at + 2 + name.len());
            after.is_some_and(|a| a.eq_ignore_ascii_case(name))
        });
        closing.unwrap_or(rest.len())
    }
}

impl<'h> Iterator for Tags<'h> {
    type Item = Tag<'h>;

    fn next(&mut self) -> Option<Tag<'h>> {
        let bytes = self.html.as_bytes();
        loop {
            let start = self.at + self.html.get(self.at..)?.find('<')?;
            let closes = bytes.get(start + 1) == Some(&b'/');
            let named = start + 1 + usize::from(closes);
            let letters = bytes.get(named..)?;
            let length = letters.iter().take_while(|b| b.is_ascii_alphanumeric());
            let length = length.count();
            if !letters.first().is_some_and(u8::is_ascii_alphabetic) {
                self.at = start + 1;
                continue;
            }
            let (mut at, mut quote, mut attributes) = (named + length, None, 0);
            while let Some(byte) = bytes.get(at) {
                match (quote, byte) {
                    (Some(open), b) if open == *b => quote = None,
                    (None, b'"' | b'\'') => quote = Some(*byte),
                    (None, b'>') => break,
                    (None, b) if b.is_ascii_whitespace() || *b == b'/' => attributes += 1,
                    _ => {}
                }
                at += 1;
            }
            self.at = (at + 1).min(bytes.len());
            let end = self.at;
            let name = &self.html[named..named + length];
            let hides = ["script", "style", "textarea", "title"];
            if let Some(raw) = hides.iter().find(|h| h.eq_ignore_ascii_case(name))
                && !closes
            {
                self.at = end + self.raw_text(end, raw);
            }
            return Some(Tag {
                name,
                closes,
                attributes,
                start,
                end,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tangled_pages_and_their_text() {
        let check = |html: &str, tangled: bool| assert_eq!(is_tangled(html), tangled);
        check("", false);
        check("a < b <", false);
        check(&"<div>x</div>".repeat(20_000), false);
        check(&"<p>x<br>".repeat(20_000), false);
        check(&"<div>".repeat(20_000), true);
        check(&format!("<div {}>", "a=1 ".repeat(20_000)), true);
        check(&format!("<div title='{}'>", "a=1 ".repeat(20_000)), false);
        let html = "<div><b title='>'>Satu</b>\n<script>x<y '</b> <i</script> dua <é 'tiga'";
        assert_eq!(text_between(html), "Satu\ndua <é 'tiga'");
    }
}
