//! Which articles tell one story.
//!
//! Two articles do when they share deeds: at least two, or a third of what the shorter one tells.
//! An article that gathers the news of a day shares one deed with many and so joins none of them.

use std::collections::BTreeMap;

use crate::deed::Group;
use crate::mention::Mention;

/// For each article the smallest article of its story; `groups` are the deeds of all.
pub(crate) fn stories(articles: usize, groups: &[Group], mentions: &[Mention<'_>]) -> Vec<usize> {
    let mut deeds = vec![0usize; articles];
    let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for group in groups {
        let of = articles_of(group, mentions);
        for (at, a) in of.iter().enumerate() {
            deeds[*a] += 1;
            for b in &of[at + 1..] {
                *shared.entry((*a, *b)).or_default() += 1;
            }
        }
    }
    let mut story: Vec<usize> = (0..articles).collect();
    for ((a, b), n) in shared {
        if n >= 2 || n * 3 >= deeds[a].min(deeds[b]) {
            let (keep, drop) = (story[a].min(story[b]), story[a].max(story[b]));
            story
                .iter_mut()
                .filter(|s| **s == drop)
                .for_each(|s| *s = keep);
        }
    }
    story
}

/// The story of most of a deed's reports, or else the earliest of them.
pub(crate) fn story_of(group: &Group, mentions: &[Mention<'_>], story: &[usize]) -> usize {
    let mut count: BTreeMap<usize, usize> = BTreeMap::new();
    for article in articles_of(group, mentions) {
        *count.entry(story[article]).or_default() += 1;
    }
    let best = count
        .into_iter()
        .max_by(|(a, m), (b, n)| m.cmp(n).then(b.cmp(a)));
    best.map_or(0, |(story, _)| story)
}

fn articles_of(group: &Group, mentions: &[Mention<'_>]) -> Vec<usize> {
    let mut of: Vec<usize> = group.members.iter().map(|m| mentions[*m].article).collect();
    of.sort_unstable();
    of.dedup();
    of
}
