//! Which state an article, a section, a paragraph is about: the guess for `the police`.

use std::collections::BTreeMap;

use kronik_lang::Analysis;

use crate::ActorMention;
use crate::actors::opens_section;
use crate::gazetteer::Gazetteer;
use crate::reader::Context;

/// How many names of states make it plain what a section is about.
const ENOUGH: u32 = 4;

/// Counts of codes by block and section.
pub(crate) struct Surroundings {
    blocks: BTreeMap<usize, BTreeMap<String, u32>>,
    sections: BTreeMap<usize, BTreeMap<String, u32>>,
    whole: BTreeMap<String, u32>,
    rebels: BTreeMap<String, u32>,
    section_of: Vec<usize>,
    outlet: Option<String>,
}

impl Surroundings {
    pub(crate) fn of<'m>(
        analysis: &Analysis,
        gazetteer: &Gazetteer,
        context: &Context,
        mentions: impl Iterator<Item = &'m ActorMention>,
        places: &[(usize, String)],
    ) -> Surroundings {
        let mut section = 0;
        let section_of = context
            .blocks
            .iter()
            .map(|(kind, _)| {
                section += usize::from(opens_section(*kind));
                section
            })
            .collect();
        let mut out = Surroundings {
            blocks: BTreeMap::new(),
            sections: BTreeMap::new(),
            whole: BTreeMap::new(),
            rebels: BTreeMap::new(),
            section_of,
            outlet: context.outlet_country.clone(),
        };
        for m in mentions {
            let Some(code) = &m.code else { continue };
            let block = analysis.sentences[m.sentence].block;
            if gazetteer.is_state(code) {
                out.count(block, code);
            } else if m.sector.as_deref() == Some("REB") {
                *out.rebels.entry(code.clone()).or_default() += 1;
            }
        }
        for (block, code) in places {
            out.count(*block, code);
        }
        out
    }

    fn count(&mut self, block: usize, code: &str) {
        let section = self.section(block);
        for counts in [
            self.blocks.entry(block).or_default(),
            self.sections.entry(section).or_default(),
            &mut self.whole,
        ] {
            *counts.entry(code.to_string()).or_default() += 1;
        }
    }

    fn section(&self, block: usize) -> usize {
        self.section_of.get(block).copied().unwrap_or(0)
    }

    /// How many names of states the section of `block` has had up to its end.
    fn told_before(&self, block: usize) -> u32 {
        let section = self.section(block);
        self.blocks
            .range(..=block)
            .filter(|(b, _)| self.section(**b) == section)
            .flat_map(|(_, counts)| counts.values())
            .sum()
    }

    /// The likeliest code for a mention in `block` that has none.
    pub(crate) fn guess(&self, mention: &ActorMention, block: usize) -> Option<String> {
        let most = |counts: &BTreeMap<String, u32>| {
            counts
                .iter()
                .max_by_key(|(code, n)| (**n, std::cmp::Reverse(code.as_str())))
                .map(|(c, _)| c.clone())
        };
        if mention.sector.as_deref() == Some("REB")
            && let Some(code) = most(&self.rebels)
        {
            return Some(code);
        }
        let mut scores: BTreeMap<String, u32> = BTreeMap::new();
        // A section that has named states enough is about these, however long the article: the
        // whole then counts as much as the section.
        let all: u32 = self.whole.values().sum::<u32>().max(1);
        let own = self.told_before(block);
        let whole = if own < ENOUGH { all } else { own };
        let parts = [
            (self.blocks.get(&block), 2 * all),
            (self.sections.get(&self.section(block)), 2 * all),
            (Some(&self.whole), whole),
        ];
        for (counts, weight) in parts {
            for (code, n) in counts.into_iter().flatten() {
                *scores.entry(code.clone()).or_default() += n * weight;
            }
        }
        most(&scores).or_else(|| self.outlet.clone())
    }

    /// The state that a place in `block` without a country most likely lies in.
    pub(crate) fn state(&self, block: usize) -> Option<String> {
        let blank = ActorMention {
            span: kronik_text::Span::default(),
            sentence: 0,
            tokens: (0, 0),
            head: 0,
            kind: crate::ActorKind::Agent,
            code: None,
            guess: None,
            sector: None,
            name: String::new(),
            entity: None,
            cluster: 0,
            plural: false,
        };
        self.guess(&blank, block)
    }
}
