//! Where something is said: cue words with their speaker, the stretch they take up in the
//! sentence, and the stretches that hold what is said.

use kronik_lang::{Grammar, Relation, Sentence, Upos};
use kronik_mention::Mentions;

use crate::lexicon::{CueWord, Lexicon, Pattern};
use crate::{Speaker, Stance};

/// A cue in a sentence, before statements are made of it. Token ranges are half-open.
#[derive(Debug, Clone)]
pub(crate) struct Cue {
    pub words: (usize, usize),
    pub head: usize,
    pub stance: Stance,
    pub pattern: Pattern,
    pub relayed: bool,
    pub speakers: Vec<Speaker>,
    /// Cue, speaker and what belongs to them: nothing in it is said.
    pub region: (usize, usize),
    /// What is said.
    pub content: Vec<(usize, usize)>,
    pub rule: String,
}

/// One sentence with what is needed to find its cues.
#[derive(Clone, Copy)]
pub(crate) struct Scene<'a> {
    pub text: &'a str,
    pub index: usize,
    pub grammar: Grammar<'a>,
    pub mentions: &'a Mentions,
    pub lexicon: &'a Lexicon,
}

impl<'a> Scene<'a> {
    pub fn sentence(&self) -> &'a Sentence {
        self.grammar.sentence
    }

    pub(crate) fn len(&self) -> usize {
        self.grammar.forms.len()
    }

    /// Part of speech of token `i`; past the end, that of nothing.
    pub(crate) fn upos(&self, i: usize) -> Upos {
        self.sentence().tokens.get(i).map_or(Upos::X, |t| t.upos)
    }

    /// Token `i` in lower case; past the end, nothing.
    pub(crate) fn form(&self, i: usize) -> &'a str {
        self.grammar.forms.get(i).map_or("", String::as_str)
    }

    pub(crate) fn is_comma(&self, i: usize) -> bool {
        self.form(i) == "," || self.is_quote(i) || matches!(self.form(i), "-" | "–" | "—")
    }

    pub fn is_quote(&self, i: usize) -> bool {
        let quotes = &self.lexicon.quotes;
        let mut chars = self.form(i).chars();
        match (chars.next(), chars.next()) {
            (Some(c), None) => quotes.iter().any(|(o, e)| *o == c || *e == c),
            _ => false,
        }
    }

    /// All cues of the sentence, in order, with the content each would have on its own.
    pub fn cues(&self) -> Vec<Cue> {
        let mut cues: Vec<Cue> = Vec::new();
        let mut at = 0;
        while at < self.len() {
            // `who asked not to be named` says nothing.
            if let Some(end) = self.secrecy_at(at) {
                at = end;
                continue;
            }
            let found = self
                .relay_at(at)
                .or_else(|| {
                    let word = self.cue_word_at(at)?;
                    self.cue(word, at)
                })
                .or_else(|| self.claim_at(at));
            match found {
                Some(cue) => {
                    at = cue.words.1.max(at + 1);
                    cues.push(cue);
                }
                None => at += 1,
            }
        }
        let mut told = Vec::new();
        for cue in &mut cues {
            let Some(outlet) = self.told_outlet(cue) else {
                continue;
            };
            // The listener is no part of what is said.
            let (first, end) = outlet.region;
            cue.region.1 = cue.region.1.max(end);
            for piece in &mut cue.content {
                if piece.0 <= first && end <= piece.1 && piece.0 >= cue.words.1 {
                    piece.0 = end;
                }
            }
            told.push(outlet);
        }
        cues.extend(told);
        self.bound(&mut cues);
        cues.retain(|c| {
            !c.content.is_empty() || matches!(c.pattern, Pattern::Cite | Pattern::Back)
        });
        cues
    }

    /// A headline that names who says it: `Petro: Cuba relies on Iran`.
    pub(crate) fn colon_cue(&self) -> Option<Cue> {
        let colon = (1..self.len().min(8)).find(|i| self.form(*i) == ":")?;
        let m = self.actors().find(|i| {
            let mention = &self.mentions.actors[*i];
            mention.tokens.0 == 0 && mention.tokens.1 == colon
        })?;
        let rest = (colon + 1, self.len());
        (rest.0 < rest.1).then(|| Cue {
            words: (colon, colon + 1),
            head: colon,
            stance: Stance::Asserts,
            pattern: Pattern::Phrase,
            relayed: false,
            speakers: vec![self.speaker_of_mention(m, colon)],
            region: (0, colon + 1),
            content: vec![rest],
            rule: "speech:colon".to_string(),
        })
    }

    /// A noun of saying in a clause that is not about saying: whoever condemns reports of a deed or
    /// looks into allegations of it holds that it may have been done.
    pub(crate) fn claim_at(&self, at: usize) -> Option<Cue> {
        let tokens = &self.sentence().tokens;
        let claim = self.lexicon.cues.iter().find(|cue| {
            let [(_, keys)] = &cue.words[..] else {
                return false;
            };
            cue.pattern == Pattern::Noun && keys.contains(&tokens[at].lemma)
        })?;
        if tokens[at].upos != Upos::Noun || tokens[at].relation == Relation::Nsubj {
            return None;
        }
        let mut governors = self.grammar.governors(at).into_iter();
        let (verb, _) = governors.find(|(g, _)| tokens[*g].upos == Upos::Verb)?;
        if self.cue_word_at(verb).is_some() || self.grammar.is_passive(verb) {
            return None;
        }
        let subject = self.grammar.subject(verb).filter(|s| *s < verb)?;
        self.mention_at(subject)?;
        let (speakers, _) = self.speakers(subject, (at, at + 1));
        let end = self.sentence().extent(at).1 + 1;
        (end > at + 1 && !speakers.is_empty()).then(|| Cue {
            words: (at, at + 1),
            head: at,
            stance: claim.stance,
            pattern: Pattern::Clause,
            relayed: false,
            speakers,
            region: (at, at + 1),
            content: vec![(at + 1, end)],
            rule: format!("speech:{}/{}", self.lexicon.code, claim.printed),
        })
    }

    /// The end of words that keep a source secret, where they start at `at` or right behind it.
    pub(crate) fn secrecy_at(&self, at: usize) -> Option<usize> {
        [at, at + 1].into_iter().find_map(|from| {
            let words = self.lexicon.unnamed_qualifiers.iter().find(|q| {
                let mut all = q.iter().enumerate();
                q.len() > 1 && all.all(|(n, w)| from + n < self.len() && self.form(from + n) == w)
            })?;
            let verb = from == at || self.upos(at) == Upos::Verb;
            verb.then_some(from + words.len())
        })
    }

    pub(crate) fn cue_word_at(&self, at: usize) -> Option<&'a CueWord> {
        // A form of its own (`ujarnya`) before a form of another word's.
        let cues = || self.lexicon.cues.iter();
        cues()
            .find(|cue| self.is_cue(cue, at, true))
            .or_else(|| cues().find(|cue| self.is_cue(cue, at, false)))
    }

    /// True if the words of a cue start at `at`, as they are printed in the table or inflected.
    pub(crate) fn is_cue(&self, cue: &CueWord, at: usize, exact: bool) -> bool {
        let tokens = &self.sentence().tokens;
        let word = |n: usize, form: &str, keys: &[String]| {
            let i = at + n;
            if i >= self.len() {
                return false;
            }
            if self.form(i) == form {
                return !cue.verb
                    || cue.pattern == Pattern::Last
                    || tokens[i].upos != Upos::Noun
                    || self.verb_in_place(i);
            }
            let verbal = tokens[i].upos == Upos::Verb || n > 0;
            let bare = matches!(cue.pattern, Pattern::Inverted | Pattern::Last);
            !exact && cue.verb && verbal && !bare && keys.contains(&tokens[i].lemma)
        };
        let mut words = cue.words.iter().enumerate();
        !matches!(cue.pattern, Pattern::Noun | Pattern::Document)
            && words.all(|(n, (form, keys))| word(n, form, keys))
    }

    /// A bare root or noun form that stands where a verb of saying stands: after a comma or a
    /// closing quotation mark, before a name.
    pub(crate) fn verb_in_place(&self, i: usize) -> bool {
        let after = i > 0 && self.is_comma(i - 1);
        let before = i + 1 < self.len() && self.mention_from(i + 1).is_some();
        after && (before || self.upos(i) == Upos::Verb || i + 1 < self.len())
    }

    pub(crate) fn mention_from(&self, t: usize) -> Option<usize> {
        self.actors()
            .find(|i| self.mentions.actors[*i].tokens.0 == t)
    }

    pub(crate) fn mention_at(&self, t: usize) -> Option<usize> {
        self.actors().find(|i| {
            let (first, end) = self.mentions.actors[*i].tokens;
            first <= t && t < end
        })
    }

    pub(crate) fn actors(&self) -> std::ops::Range<usize> {
        self.mentions.actors_of(self.index)
    }

    /// The words of passing on that start at `at`.
    pub(crate) fn relay_words(&self, at: usize) -> Option<&'a Vec<String>> {
        self.lexicon.relays.iter().find(|words| {
            let mut all = words.iter().enumerate();
            all.all(|(n, w)| at + n < self.len() && self.form(at + n) == w)
        })
    }

    pub(crate) fn relay_at(&self, at: usize) -> Option<Cue> {
        let words = self.relay_words(at)?;
        let end = at + words.len();
        let (speaker, stop) = self.outlet_phrase(end)?;
        let mut start = at;
        while start > 0 && self.form(start - 1) == "," {
            start -= 1;
        }
        Some(Cue {
            words: (at, end),
            head: at,
            stance: Stance::Asserts,
            pattern: Pattern::Phrase,
            relayed: true,
            speakers: vec![speaker],
            region: (start, stop),
            content: self.all_around((start, stop)),
            rule: format!("relay:{}/{}", self.lexicon.code, words.join(" ")),
        })
    }

    pub(crate) fn cue(&self, word: &CueWord, at: usize) -> Option<Cue> {
        let words = (at, at + word.words.len());
        let rule = format!("speech:{}/{}", self.lexicon.code, word.printed);
        let make = |speakers, region, content| Cue {
            words,
            head: at,
            stance: word.stance,
            pattern: word.pattern,
            relayed: false,
            speakers,
            region,
            content,
            rule: rule.clone(),
        };
        match word.pattern {
            Pattern::Last | Pattern::Again => {
                let content = self.around(words, true);
                Some(make(Vec::new(), words, content))
            }
            Pattern::Back => {
                let (speakers, end) = self.phrase_speaker(words.1)?;
                let region = (self.segment_start(at), end);
                Some(make(speakers, region, vec![region]))
            }
            Pattern::Phrase => {
                let (speakers, end) = self.phrase_speaker(words.1)?;
                let mut start = at;
                while start > 0 && self.form(start - 1) == "," {
                    start -= 1;
                }
                let region = (start, end);
                Some(make(speakers, region, self.around(region, start == 0)))
            }
            Pattern::Cite => {
                let object = self.grammar.object(at).filter(|o| *o > at).or_else(|| {
                    (words.1..(words.1 + 4).min(self.len())).find(|i| self.nominal(*i))
                })?;
                let (speakers, extent) = self.speakers(object, words);
                if speakers.is_empty() {
                    return None;
                }
                Some(make(speakers, (at, extent.1.max(words.1)), Vec::new()))
            }
            _ => self.clause_cue(word, at, words, make),
        }
    }

    pub(crate) fn nominal(&self, i: usize) -> bool {
        matches!(self.upos(i), Upos::Noun | Upos::Propn | Upos::Pron)
    }
}
