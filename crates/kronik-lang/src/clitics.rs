//! `clitics.tsv`: words that are written as one with a neighbour, and what they are.

use std::collections::{BTreeMap, BTreeSet};

use kronik_record::table::{Row, Table};
use kronik_record::{Files, Result};

use crate::Upos;
use crate::pack::Pack;

/// Fewest letters of a host that must be known.
const SHORTEST_KNOWN: usize = 3;

/// The table of a language.
#[derive(Debug, Clone, Default)]
pub(crate) struct Clitics {
    list: Vec<Clitic>,
    /// Printed words that are several: bytes of the parts but the last, and their clitics.
    wholes: BTreeMap<String, Vec<(usize, Option<usize>)>>,
    /// Printed words that are one although they end or begin like a clitic.
    except: BTreeSet<String>,
}

/// A clitic or a part of a fixed word.
#[derive(Debug, Clone)]
pub(crate) struct Clitic {
    side: Side,
    surface: String,
    host: Host,
    says: Vec<(Option<Upos>, Says)>,
}

/// What a part is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Says {
    pub upos: Upos,
    pub lemma: String,
    pub features: String,
    pub relation: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Before,
    After,
    Part,
}

/// What a clitic is written together with.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Host {
    /// Any word.
    Any,
    /// A word that the pack knows, where it does not know the whole.
    Known,
    /// A word that ends so.
    Ending(String),
    /// One of these words.
    Listed(BTreeSet<String>),
}

/// A part of a word in bytes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Part {
    pub start: usize,
    pub end: usize,
    pub clitic: Option<usize>,
}

impl Clitic {
    /// What it is after (or before) a host of that part of speech.
    pub(crate) fn says(&self, host: Upos) -> &Says {
        let fits = |(upos, _): &&(Option<Upos>, Says)| upos.is_none_or(|u| u == host);
        // The loader gives every clitic one row at least.
        let found = self.says.iter().find(fits).unwrap_or(&self.says[0]);
        &found.1
    }
}

impl Clitics {
    /// Reads and checks a table; an absent one has no clitics.
    pub(crate) fn load(files: &Files, path: &str) -> Result<Clitics> {
        let needed = [
            "kind", "surface", "host", "after", "upos", "lemma", "features", "relation",
        ];
        let table = Table::load_optional(files, path, &needed)?;
        let mut clitics = Clitics::default();
        for row in table.rows() {
            clitics.add(&row)?;
        }
        // Of two that fit, the longer one is there: `'re` before a bare `'`.
        let mut order: Vec<usize> = (0..clitics.list.len()).collect();
        order.sort_by_key(|i| std::cmp::Reverse(clitics.list[*i].surface.len()));
        let place: BTreeMap<usize, usize> =
            order.iter().enumerate().map(|(n, o)| (*o, n)).collect();
        clitics.list = order.iter().map(|i| clitics.list[*i].clone()).collect();
        for (_, clitic) in clitics.wholes.values_mut().flatten() {
            *clitic = clitic.and_then(|c| place.get(&c).copied());
        }
        Ok(clitics)
    }

    fn add(&mut self, row: &Row<'_>) -> Result<()> {
        let side = match row.need("kind")? {
            "suffix" => Side::After,
            "prefix" => Side::Before,
            "word" => return self.add_word(row),
            "whole" => {
                row.need("surface")?;
                self.except.extend(row.list("surface").map(plain));
                return Ok(());
            }
            other => {
                let message =
                    format!("unknown kind '{other}'; known are suffix, prefix, word, whole");
                return Err(row.error(message));
            }
        };
        let host = match row.get("host") {
            "" => Host::Any,
            "known" => Host::Known,
            list => match list.strip_prefix('*') {
                Some(ending) => Host::Ending(ending.to_lowercase()),
                None => Host::Listed(row.list("host").map(str::to_lowercase).collect()),
            },
        };
        let after: Vec<Option<Upos>> = match row.get("after") {
            "" => vec![None],
            _ => row
                .list("after")
                .map(|name| upos(row, name).map(Some))
                .collect::<Result<_>>()?,
        };
        let says = Says {
            upos: upos(row, row.need("upos")?)?,
            lemma: row.get("lemma").to_string(),
            features: row.get("features").to_string(),
            relation: row.need("relation")?.to_string(),
        };
        row.need("surface")?;
        for surface in row.list("surface") {
            let surface = plain(surface);
            let rows = after.iter().map(|a| (*a, says.clone()));
            let same = |c: &&mut Clitic| c.side == side && c.surface == surface && c.host == host;
            match self.list.iter_mut().find(same) {
                Some(clitic) => clitic.says.extend(rows),
                None => self.list.push(Clitic {
                    side,
                    surface,
                    host: host.clone(),
                    says: rows.collect(),
                }),
            }
        }
        Ok(())
    }

    fn add_word(&mut self, row: &Row<'_>) -> Result<()> {
        row.need("surface")?;
        let tags: Vec<&str> = row.need("upos")?.split('+').collect();
        let lemmas: Vec<&str> = row.get("lemma").split('+').collect();
        let relations: Vec<&str> = row.need("relation")?.split('+').collect();
        for word in row.list("surface") {
            let word = plain(word);
            let parts: Vec<&str> = word.split('+').collect();
            if parts.len() < 2 || parts.iter().any(|p| p.is_empty()) {
                return Err(row.error(format!("write the parts of '{word}' with + between them")));
            }
            if tags.len() != parts.len() || relations.len() != parts.len() {
                let message = format!(
                    "'{word}' has {} parts; give as many parts of speech and relations, with + between them and - for the main part",
                    parts.len()
                );
                return Err(row.error(message));
            }
            let mut found = Vec::new();
            for (i, part) in parts.iter().enumerate() {
                let clitic = (relations[i] != "-").then_some(self.list.len());
                if clitic.is_some() {
                    let says = Says {
                        upos: upos(row, tags[i])?,
                        lemma: lemmas.get(i).copied().unwrap_or("").to_string(),
                        features: String::new(),
                        relation: relations[i].to_string(),
                    };
                    self.list.push(Clitic {
                        side: Side::Part,
                        surface: (*part).to_string(),
                        host: Host::Any,
                        says: vec![(None, says)],
                    });
                }
                found.push((part.chars().count(), clitic));
            }
            if self.wholes.insert(parts.concat(), found).is_some() {
                return Err(row.error(format!("'{}' stands here twice", parts.concat())));
            }
        }
        Ok(())
    }

    pub(crate) fn get(&self, index: usize) -> Option<&Clitic> {
        self.list.get(index)
    }

    /// The clitic that the word `form` after `before` in the same token is.
    pub(crate) fn part(&self, before: &str, form: &str, pack: &Pack) -> Option<usize> {
        if before.is_empty() {
            return None;
        }
        let (lower, host) = (plain(form), plain(before));
        let whole = format!("{host}{lower}");
        let fixed = self.wholes.get(&whole).and_then(|parts| parts.last());
        fixed.map_or_else(
            || {
                let fits = |c: &Clitic| {
                    c.side == Side::After && c.surface == lower && c.fits(&host, &whole, pack)
                };
                self.list.iter().position(fits)
            },
            |(_, clitic)| *clitic,
        )
    }

    /// The clitic that a token is by itself, right after the token `before`.
    pub(crate) fn alone(&self, before: &str, form: &str, pack: &Pack) -> Option<usize> {
        if self.list.is_empty()
            || !before.ends_with(char::is_alphanumeric) && !before.ends_with('.')
        {
            return None;
        }
        let (lower, host) = (plain(form), plain(before));
        if let Some(parts) = self.wholes.get(&format!("{host}{lower}"))
            && let [(first, _), (_, clitic)] = parts[..]
            && first == host.chars().count()
        {
            return clitic;
        }
        // Letters alone are a word of their own: `the dog s`.
        if !lower.contains('\'') {
            return None;
        }
        self.list
            .iter()
            .position(|c| c.side == Side::After && c.surface == lower && c.fits(&host, &host, pack))
    }

    /// The parts of a printed word, in order; one part if nothing is written together.
    pub(crate) fn parts(&self, form: &str, pack: &Pack) -> Vec<Part> {
        let whole = Part {
            start: 0,
            end: form.len(),
            clitic: None,
        };
        if self.list.is_empty() {
            return vec![whole];
        }
        let lower = plain(form);
        // Positions in `lower` are positions in `form` only if no letter changed its length.
        let chars = form.chars().count();
        if lower.chars().count() != chars || self.except.contains(&lower) {
            return vec![whole];
        }
        let at = |count: usize| {
            form.char_indices()
                .nth(count)
                .map_or(form.len(), |(at, _)| at)
        };
        if let Some(parts) = self.wholes.get(&lower) {
            let mut start = 0;
            return parts
                .iter()
                .map(|(count, clitic)| {
                    let part = Part {
                        start: at(start),
                        end: at(start + count),
                        clitic: *clitic,
                    };
                    start += count;
                    part
                })
                .collect();
        }
        let mut out = vec![];
        let mut rest = lower.as_str();
        let mut end = chars;
        for _ in 0..2 {
            let found = self.list.iter().enumerate().find_map(|(i, c)| {
                let host = rest
                    .strip_suffix(c.surface.as_str())
                    .filter(|_| c.side == Side::After)?;
                let bare = host.strip_suffix('-').unwrap_or(host);
                (c.fits(bare, rest, pack)).then_some((i, c, host, bare))
            });
            let Some((i, clitic, host, bare)) = found else {
                break;
            };
            let from = end - clitic.surface.chars().count();
            out.push(Part {
                start: at(from),
                end: at(end),
                clitic: Some(i),
            });
            end = from - (host.chars().count() - bare.chars().count());
            rest = bare;
            if self.except.contains(rest) {
                break;
            }
        }
        let before = self.list.iter().enumerate().find_map(|(i, c)| {
            let host = rest
                .strip_prefix(c.surface.as_str())
                .filter(|_| c.side == Side::Before)?;
            c.fits(host, rest, pack)
                .then_some((i, c.surface.chars().count()))
        });
        if let Some((i, count)) = before {
            out.push(Part {
                start: at(count),
                end: at(end),
                clitic: None,
            });
            out.push(Part {
                start: 0,
                end: at(count),
                clitic: Some(i),
            });
        } else {
            out.push(Part {
                start: 0,
                end: at(end),
                clitic: None,
            });
        }
        out.reverse();
        out
    }
}

impl Clitic {
    /// True if it may be written together with `host`, both as `whole`.
    fn fits(&self, host: &str, whole: &str, pack: &Pack) -> bool {
        match &self.host {
            Host::Any => {
                host.chars().filter(|c| c.is_alphanumeric()).count()
                    > usize::from(self.surface.chars().all(char::is_alphabetic))
            }
            Host::Known => {
                host.chars().count() >= SHORTEST_KNOWN
                    && (!pack.words(host).is_empty()
                        || !pack.knows_whole(whole) && pack.knows_whole(host))
            }
            Host::Ending(ending) => host.ends_with(ending.as_str()),
            Host::Listed(list) => list.contains(host),
        }
    }
}

fn upos(row: &Row<'_>, name: &str) -> Result<Upos> {
    Upos::from_name(name)
        .ok_or_else(|| row.error(format!("'{name}' is no universal part of speech")))
}

/// Lower case with the plain apostrophe.
fn plain(word: &str) -> String {
    word.replace(['\u{2019}', '\u{02BC}'], "'").to_lowercase()
}
