//! Words built from roots: which root, with which affixes.
//!
//! `menyerang`, `diserang` and a headline's `serang` are one deed. The coder can only see that
//! if all three get one key, so the analyser takes a word apart into clitics, an outer prefix
//! that tells the voice, inner prefixes and a suffix that make a different verb, and a root
//! found in the pack's list. Of several analyses with known roots the one with fewest affixes
//! wins, then the order of the rows in `affixes.tsv`.

use std::collections::HashSet;

use crate::Voice;
use crate::affix::{Affix, Affixes, Kind, Letters};

/// What kind of word an affix made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Category {
    /// The root as it is.
    Bare,
    /// Verb whose subject acts (Indonesian meN-).
    Active,
    /// Verb whose subject is acted upon (di-, ku-, kau-).
    Passive,
    /// Verb of being, having or acting on oneself (ber-).
    Middle,
    /// Verb of what happened to its subject (ter-).
    Accidental,
    /// Noun of an action going on (peN-…-an).
    Process,
    /// Noun of what an action gives (-an).
    Outcome,
    /// Noun of a state (ke-…-an).
    State,
    /// Noun of one who acts (peN-).
    Agent,
    /// Noun of a dealing or place (per-…-an).
    Dealing,
    /// A word whose affixes make something else.
    Other,
}

impl Category {
    fn of_class(class: &str) -> Category {
        match class {
            "active" => Category::Active,
            "passive" => Category::Passive,
            "middle" => Category::Middle,
            "accidental" => Category::Accidental,
            "process" => Category::Process,
            "outcome" => Category::Outcome,
            "state" => Category::State,
            "agent" => Category::Agent,
            "dealing" => Category::Dealing,
            _ => Category::Other,
        }
    }

    /// The voice such a word has.
    pub fn voice(self) -> Voice {
        match self {
            Category::Active | Category::Middle => Voice::Active,
            Category::Passive | Category::Accidental => Voice::Passive,
            _ => Voice::None,
        }
    }
}

/// A word taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Derivation {
    /// The root, lower case.
    pub root: String,
    /// True if the pack lists that root; otherwise it is a guess from the sounds.
    pub known: bool,
    /// Inner prefixes that belong to the verb, outermost first (`per`, `ber`).
    pub inner: Vec<String>,
    /// The suffix that belongs to the verb (`kan`, `i`), if any.
    pub applicative: Option<String>,
    /// What the affixes made.
    pub category: Category,
    /// Clitic written with it (`nya`), if any.
    pub clitic: Option<String>,
}

impl Derivation {
    /// True if the form can hardly be anything but a verb: a known root under a verb's prefix, or
    /// with a verb's suffix.
    pub fn is_surely_verb(&self) -> bool {
        self.known
            && match self.category {
                Category::Active | Category::Passive | Category::Middle => true,
                Category::Bare => self.applicative.is_some(),
                _ => false,
            }
    }

    /// What names the verb: inner prefixes, root and suffix joined by `+`.
    pub fn key(&self) -> String {
        let mut parts: Vec<&str> = self.inner.iter().map(String::as_str).collect();
        parts.push(&self.root);
        parts.extend(self.applicative.as_deref());
        parts.join("+")
    }
}

/// The analyser of a pack whose table has prefixes.
#[derive(Debug, Clone, Default)]
pub(crate) struct Builder {
    pub affixes: Affixes,
    pub letters: Letters,
    pub roots: Roots,
}

/// The roots of a pack.
#[derive(Debug, Clone, Default)]
pub(crate) struct Roots {
    pub all: HashSet<String>,
    /// Those whose active form belongs to another root.
    pub never_active: HashSet<String>,
}

/// Shortest root that is guessed, in characters.
const SHORTEST_GUESS: usize = 3;

impl Builder {
    pub(crate) fn knows(&self, root: &str) -> bool {
        self.roots.all.contains(root)
    }

    /// `word` (lower case) without clitics; second the clitic taken off.
    pub(crate) fn without_clitics<'w>(
        &self,
        word: &'w str,
        known: &dyn Fn(&str) -> bool,
    ) -> (&'w str, Option<String>) {
        let mut stem = word;
        let mut clitic = None;
        for _ in 0..2 {
            if known(stem) {
                break;
            }
            let cut = self.affixes.of(Kind::Clitic).find_map(|(_, a)| {
                let rest = a.strip_suffix(stem)?;
                let rest = rest.strip_suffix('-').unwrap_or(rest);
                let sure = a.class == "always" && rest.chars().count() >= SHORTEST_GUESS;
                (sure || known(rest)).then_some((rest, a.name.clone()))
            });
            let Some((rest, name)) = cut else { break };
            stem = rest;
            clitic = Some(name);
        }
        (stem, clitic)
    }

    /// Takes a verb (lower case) apart; `None` if nothing speaks for any affix or known root.
    pub(crate) fn verb(&self, word: &str) -> Option<Derivation> {
        if let Some(reduplicated) = self.reduplicated_verb(word) {
            return Some(reduplicated);
        }
        let mut best: Option<(Vec<usize>, Derivation)> = None;
        for (stem, clitic) in self.clitic_cuts(word) {
            self.verb_stems(stem, clitic.as_deref(), &mut best);
        }
        best.map(|(_, d)| d).or_else(|| self.guess(word))
    }

    fn clitic_cuts<'w>(&self, word: &'w str) -> Vec<(&'w str, Option<String>)> {
        let mut cuts = vec![(word, None)];
        for (_, outer) in self.affixes.of(Kind::Clitic) {
            let Some(rest) = outer.strip_suffix(word) else {
                continue;
            };
            cuts.push((rest, Some(outer.name.clone())));
            for (_, inner) in self.affixes.of(Kind::Clitic) {
                if let Some(rest) = inner.strip_suffix(rest) {
                    cuts.push((rest, Some(inner.name.clone())));
                }
            }
        }
        cuts
    }

    fn verb_stems(
        &self,
        stem: &str,
        clitic: Option<&str>,
        best: &mut Option<(Vec<usize>, Derivation)>,
    ) {
        let suffixes = self.affixes.of(Kind::Suffix).map(Some);
        for suffix in std::iter::once(None).chain(suffixes) {
            let base = match suffix {
                None => stem,
                Some((_, s)) => match s.strip_suffix(stem) {
                    Some(base) => base,
                    None => continue,
                },
            };
            let outers = self.affixes.of(Kind::Outer).map(Some);
            for outer in std::iter::once(None).chain(outers) {
                let rest = match outer {
                    None => base.to_string(),
                    Some((_, o)) => match o.strip_prefix(base, &self.letters) {
                        Some(rest) => rest,
                        None => continue,
                    },
                };
                self.try_inner(&rest, outer, suffix, clitic, best);
            }
        }
    }

    fn try_inner(
        &self,
        rest: &str,
        outer: Option<(usize, &Affix)>,
        suffix: Option<(usize, &Affix)>,
        clitic: Option<&str>,
        best: &mut Option<(Vec<usize>, Derivation)>,
    ) {
        let inners = self.affixes.of(Kind::Inner).map(Some);
        for inner in std::iter::once(None).chain(inners) {
            let root = match inner {
                None => rest.to_string(),
                Some((_, i)) => match i.strip_prefix(rest, &self.letters) {
                    Some(root) => root,
                    None => continue,
                },
            };
            let active = outer.is_some_and(|(_, o)| o.class == "active") && inner.is_none();
            let needs_inner = suffix.is_some_and(|(_, s)| s.class == "inner");
            // A verb of having may stand on a noun that is itself derived (ber-pengaruh).
            let on_noun = !self.knows(&root)
                && outer.is_none()
                && inner.is_some_and(|(_, i)| i.class == "middle")
                && self.noun(&root).is_some();
            if !(self.knows(&root) || on_noun)
                || active && self.roots.never_active.contains(&root)
                || needs_inner && (inner.is_none() || outer.is_some())
            {
                continue;
            }
            let affixes = [outer, inner, suffix];
            let count = affixes.iter().flatten().count()
                + usize::from(clitic.is_some())
                + 2 * usize::from(on_noun);
            let rank = |a: Option<(usize, &Affix)>| a.map_or(0, |(i, _)| i + 1);
            let score = vec![
                count,
                usize::from(clitic.is_some()),
                rank(inner),
                rank(outer),
                rank(suffix),
            ];
            if best.as_ref().is_some_and(|(s, _)| *s <= score) {
                continue;
            }
            let class = outer
                .or(inner)
                .map_or(Category::Bare, |(_, a)| Category::of_class(&a.class));
            let derivation = Derivation {
                root,
                known: true,
                inner: inner
                    .iter()
                    .map(|(_, i)| i.key.clone())
                    .filter(|k| !k.is_empty())
                    .collect(),
                applicative: suffix.map(|(_, s)| s.key.clone()).filter(|k| !k.is_empty()),
                category: class,
                clitic: clitic.map(str::to_string),
            };
            *best = Some((score, derivation));
        }
    }

    /// An analysis without a known root, from the sounds alone.
    fn guess(&self, word: &str) -> Option<Derivation> {
        let (word, clitic) = self.without_clitics(word, &|_| false);
        let suffix = self.affixes.of(Kind::Suffix).map(|(_, s)| s).find(|s| {
            s.strip_suffix(word).is_some_and(|stem| {
                stem.chars().count() > SHORTEST_GUESS && s.fits_after(stem, &self.letters)
            })
        });
        let base = suffix.and_then(|s| s.strip_suffix(word)).unwrap_or(word);
        let prefix = |kind| {
            self.affixes.of(kind).find_map(|(_, a)| {
                let rest = a.strip_prefix(base, &self.letters)?;
                (rest.chars().count() >= SHORTEST_GUESS).then_some((a, rest))
            })
        };
        let (affix, root) = prefix(Kind::Outer).or_else(|| prefix(Kind::Inner))?;
        let inner = (affix.kind == Kind::Inner && !affix.key.is_empty()).then(|| affix.key.clone());
        Some(Derivation {
            root,
            known: false,
            inner: inner.into_iter().collect(),
            applicative: suffix.map(|s| s.key.clone()).filter(|k| !k.is_empty()),
            category: Category::of_class(&affix.class),
            clitic,
        })
    }

    fn reduplicated_verb(&self, word: &str) -> Option<Derivation> {
        let (left, right) = word.split_once('-')?;
        if left.is_empty() || right.is_empty() {
            return None;
        }
        let left = self.verb(left).filter(|d| d.known);
        let right = self.verb(right).filter(|d| d.known);
        let mut whole = match (left, &right) {
            (Some(l), Some(r)) if l.category == Category::Bare && r.root == l.root => r.clone(),
            (Some(l), _) => l,
            (None, Some(r)) => r.clone(),
            (None, None) => return None,
        };
        if let Some(r) = right.filter(|r| r.root == whole.root && whole.applicative.is_none()) {
            whole.applicative = r.applicative;
            whole.clitic = r.clitic;
        }
        Some(whole)
    }

    /// Takes a noun (lower case, clitics off) apart; `None` if it is not built from a known root.
    pub(crate) fn noun(&self, word: &str) -> Option<Derivation> {
        let made = |root: String, category, clitic| Derivation {
            root,
            known: true,
            inner: Vec::new(),
            applicative: None,
            category,
            clitic,
        };
        if self.knows(word) {
            return Some(made(word.to_string(), Category::Bare, None));
        }
        for (_, c) in self.affixes.of(Kind::Circumfix) {
            // `surface` names the inner prefix, `restore` the suffix; either may be `-`.
            let base = match c.restore.as_str() {
                "-" | "" => word,
                suffix => match word.strip_suffix(suffix) {
                    Some(base) => base,
                    None => continue,
                },
            };
            let category = Category::of_class(&c.class);
            if c.surface == "-" {
                if self.knows(base) {
                    return Some(made(base.to_string(), category, None));
                }
                continue;
            }
            let prefixes = self
                .affixes
                .rows
                .iter()
                .filter(|a| a.name.eq_ignore_ascii_case(&c.surface));
            for prefix in prefixes {
                let Some(root) = prefix.strip_prefix(base, &self.letters) else {
                    continue;
                };
                if self.knows(&root) {
                    return Some(made(root, category, None));
                }
                if let Some(inner) = self.inner_root(&root) {
                    return Some(made(inner, category, None));
                }
            }
        }
        None
    }

    fn inner_root(&self, stem: &str) -> Option<String> {
        self.affixes.of(Kind::Inner).find_map(|(_, i)| {
            i.strip_prefix(stem, &self.letters)
                .filter(|root| self.knows(root))
        })
    }

    /// The active form the rules give a root.
    #[cfg(test)]
    pub(crate) fn active_of(&self, root: &str) -> Option<String> {
        self.affixes
            .of(Kind::Outer)
            .filter(|(_, a)| a.class == "active")
            .find_map(|(_, a)| a.attach_prefix(root, &self.letters))
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use kronik_record::Files;

    use crate::{Pack, Upos};

    /// The active and passive form of every root, made by the rules, give the root's key back.
    #[test]
    fn every_root_comes_back_from_its_forms() {
        let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
        let files = Files::of_checkout(root).unwrap();
        let pack = Pack::load(&files, "id").unwrap();
        let text = files.need("languages/id/roots.txt").unwrap();
        let roots = text
            .lines()
            .filter(|l| !l.starts_with('#'))
            .flat_map(str::split_whitespace);
        let irregular = files.need("languages/id/irregular.tsv").unwrap();
        let mut wrong = Vec::new();
        let mut count = 0;
        for root in roots {
            count += 1;
            let active = pack
                .builder()
                .active_of(root.trim_start_matches('~'))
                .expect(root);
            let (root, marked) = (root.trim_start_matches('~'), root.starts_with('~'));
            let forms = [
                (root.to_string(), ""),
                (format!("{root}kan"), "+kan"),
                (format!("di{root}"), ""),
                (format!("di{root}kan"), "+kan"),
                (active.clone(), ""),
                (format!("{active}kan"), "+kan"),
            ];
            for (form, suffix) in &forms[..if marked { 4 } else { 6 }] {
                if irregular.contains(&format!("\n{form}\t")) {
                    continue;
                }
                let wanted = format!("{root}{suffix}");
                let (key, _) = pack.headword(form, Upos::Verb);
                if key != wanted {
                    wrong.push(format!("{root}: {form} gives {key}"));
                }
            }
        }
        assert!(count > 3500, "only {count} roots");
        assert!(wrong.is_empty(), "{} wrong: {wrong:#?}", wrong.len());
    }
}
