//! Outlets and agencies: names by domain and by the way datelines print them (`atlas/outlets.tsv`).

use std::collections::BTreeMap;
use std::sync::Arc;

use kronik_atlas::Atlas;
use kronik_record::table::Table;
use kronik_record::{Files, Result};

/// An outlet of the atlas.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Outlet {
    pub domain: String,
    pub name: String,
}

/// All outlets of the atlas.
#[derive(Debug, Clone, Default)]
pub(crate) struct Outlets {
    all: Vec<Outlet>,
    by_domain: BTreeMap<String, usize>,
    by_name: BTreeMap<String, usize>,
    atlas: Option<Arc<Atlas>>,
}

impl Outlets {
    /// Reads `atlas/outlets.tsv`; without the file no outlet is known. The atlas tells which names
    /// are those of regions.
    pub fn load(files: &Files, atlas: Arc<Atlas>) -> Result<Outlets> {
        let columns = ["domain", "name", "language", "country", "aliases"];
        let table = Table::load_optional(files, "atlas/outlets.tsv", &columns)?;
        let mut outlets = Outlets::default();
        for row in table.rows() {
            let (domain, name) = (row.need("domain")?.to_lowercase(), row.need("name")?);
            let at = outlets.all.len();
            if outlets.by_domain.insert(domain.clone(), at).is_some() {
                return Err(row.error(format!("the domain '{domain}' stands here twice")));
            }
            // of two domains of one outlet the first row is the one a name leads to
            outlets.by_name.entry(name.to_lowercase()).or_insert(at);
            for alias in row.list("aliases") {
                outlets.by_name.entry(alias.to_lowercase()).or_insert(at);
            }
            outlets.all.push(Outlet {
                domain,
                name: name.to_string(),
            });
        }
        outlets.atlas = Some(atlas);
        Ok(outlets)
    }

    /// The outlet of a domain or of the domain it is a part of.
    pub fn of_domain(&self, domain: &str) -> Option<&Outlet> {
        let domain = domain.to_lowercase();
        let mut rest = domain.as_str();
        loop {
            if let Some(at) = self.by_domain.get(rest) {
                return self.all.get(*at);
            }
            rest = rest.split_once('.')?.1;
        }
    }

    /// True for the name of a country or of a part of one, which follow a place in datelines.
    pub fn is_region(&self, name: &str) -> bool {
        self.atlas.as_ref().is_some_and(|a| a.is_region(name))
    }

    /// The outlet of a printed name or domain, in any case.
    pub fn of_name(&self, name: &str) -> Option<&Outlet> {
        let name = name.trim().to_lowercase();
        match self.by_name.get(&name) {
            Some(at) => self.all.get(*at),
            None if looks_like_domain(&name) => self.of_domain(&name),
            None => None,
        }
    }
}

/// The domain of a URL, without port and leading `www.`; `None` if it has none.
pub(crate) fn domain_of_url(url: &str) -> Option<String> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next()?;
    let host = host.rsplit('@').next()?.split(':').next()?.to_lowercase();
    let host = ["www.", "m.", "amp."].iter().fold(host.as_str(), |h, p| {
        h.strip_prefix(p).filter(|r| r.contains('.')).unwrap_or(h)
    });
    looks_like_domain(host).then(|| host.to_string())
}

/// `tribunnews.com`, `wartapagi.example`: letters, digits, hyphens, a dot, a last part of letters.
pub(crate) fn looks_like_domain(text: &str) -> bool {
    let Some((_, last)) = text.rsplit_once('.') else {
        return false;
    };
    last.len() >= 2
        && last.bytes().all(|b| b.is_ascii_alphabetic())
        && text
            .split('.')
            .all(|p| !p.is_empty() && p.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'))
}

/// True if a printed name is the one a domain is made of: `Harbour Ledger`, `harbourledger.example`.
pub(crate) fn names_domain(name: &str, domain: &str) -> bool {
    let squeeze = |s: &str| -> String {
        s.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect()
    };
    let name = squeeze(name);
    !name.is_empty()
        && domain
            .split('.')
            .next()
            .is_some_and(|first| squeeze(first) == name)
}

/// A name printed in capitals as a reader would write it; short ones are initials and stay.
pub(crate) fn calm(name: &str) -> String {
    if name.chars().any(char::is_lowercase) || name.chars().count() <= 4 {
        return name.to_string();
    }
    let words = name.split(' ').map(|word| {
        let mut chars = word.chars();
        let first = chars.next().map(String::from).unwrap_or_default();
        first + &chars.as_str().to_lowercase()
    });
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn domains_of_urls() {
        let check = |url: &str, domain: Option<&str>| {
            assert_eq!(domain_of_url(url).as_deref(), domain, "{url}");
        };
        check(
            "https://www.kabar.example/2024/x?y=1",
            Some("kabar.example"),
        );
        check("http://user@m.kabar.example:8080", Some("kabar.example"));
        check("news/42", None);
        check("", None);
    }

    #[test]
    fn names_and_the_domains_made_of_them() {
        assert!(names_domain("Harbour Ledger", "harbourledger.example"));
        assert!(!names_domain("Harbour", "harbourledger.example"));
        assert_eq!(calm("KABAR SAMUDRA"), "Kabar Samudra");
        assert_eq!(calm("AFP"), "AFP");
    }
}
