//! What a chronicle says, in the words of one language, without the marks of any format.

use crate::calendar::{heading, written};
use crate::words::capital;
use crate::{
    Agreement, Chronicle, Count, Day, Entry, Link, Observation, Party, Place, Report, Source,
    Story, Voice, Why, Words,
};

/// Puts one chronicle into words.
#[derive(Clone, Copy)]
pub(super) struct Phrases<'c> {
    pub(super) chronicle: &'c Chronicle,
    pub(super) words: &'c Words,
}

impl<'c> Phrases<'c> {
    /// `3 deeds, 5 reports in 4 articles from 2 outlets`.
    pub(super) fn subtitle(self) -> String {
        let chronicle = self.chronicle;
        let reports: usize = chronicle.entries().map(|entry| entry.reports.len()).sum();
        let counted = |key, n| self.words.counted(key, n);
        self.words.fill(
            "subtitle",
            &[
                ("deeds", &counted("deeds", chronicle.entries().count())),
                ("reports", &counted("reports", reports)),
                ("articles", &counted("articles", chronicle.articles.len())),
                ("outlets", &counted("outlets", chronicle.outlets().len())),
            ],
        )
    }

    /// How the days of the war are counted, if they are.
    pub(super) fn war(self) -> Option<String> {
        let war = self.chronicle.war.as_ref()?;
        let counting = self
            .words
            .get(&format!("counting/{}", war.counting().name()))
            .to_string();
        let date = written("date/day", war.first_day(), self.words);
        let name = capital(war.name(self.words.language()));
        Some(self.words.fill(
            "war/number",
            &[("war", &name), ("counting", &counting), ("date", &date)],
        ))
    }

    /// The heading over a day.
    pub(super) fn day(self, day: &Day) -> String {
        heading(day.days, self.words)
    }

    /// Which day of the war it is.
    pub(super) fn number(self, day: &Day) -> Option<String> {
        let (war, number) = self.chronicle.war.as_ref().zip(day.number)?;
        let n = number.to_string();
        let war = war.name(self.words.language());
        Some(self.words.fill("war/day", &[("n", &n), ("war", war)]))
    }

    /// How outlets of this day count otherwise.
    pub(super) fn notes(self, day: &Day) -> Vec<String> {
        let notes = day.notes.iter().map(|note| {
            let n = note.number.to_string();
            let key = format!("war/{}", note.counting.name());
            self.words
                .fill(&key, &[("outlet", &note.outlet), ("n", &n)])
        });
        notes.collect()
    }

    /// The story's headline.
    pub(super) fn story(self, story: &'c Story) -> &'c str {
        story
            .title
            .as_deref()
            .unwrap_or_else(|| self.words.get("story/other"))
    }

    /// Who did what to whom, where, when.
    pub(super) fn headline(self, entry: &Entry) -> String {
        let words = self.words;
        let names = |parties: &[Party]| -> Vec<String> {
            parties.iter().map(|party| self.party(party)).collect()
        };
        let (actors, recipients) = (names(&entry.actors), names(&entry.recipients));
        let to = (!recipients.is_empty()).then(|| words.list(&recipients));
        let deed = words.deed(&entry.class, entry.mode.as_deref(), to.as_deref());
        let mut line = if actors.is_empty() {
            capital(&deed.bare)
        } else {
            let mood = format!("mood/{}", entry.factuality);
            let mood = if words.has(&mood) {
                mood.as_str()
            } else {
                "mood/asserted"
            };
            let actor = words.list(&actors);
            let values = [
                ("actor", &*actor),
                ("verb", &*deed.verb),
                ("base", &*deed.base),
            ];
            capital(&words.fill(mood, &values))
        };
        let place = entry.place.as_ref().map(|place| self.place(place));
        let place = place.filter(|place| !recipients.contains(place) && !actors.contains(place));
        if let Some(place) = place {
            line = format!("{line} {}", words.fill("where", &[("place", &place)]));
        }
        if let [clock] = entry.clocks.as_slice() {
            line = format!("{line} {}", words.fill("clock", &[("clock", clock)]));
        }
        line
    }

    /// How certain it is told, unless it is told as plain fact.
    pub(super) fn certainty(self, entry: &Entry) -> Option<String> {
        let told = entry.factuality != "asserted";
        told.then(|| self.factuality(&entry.factuality))
    }

    /// The word for a factuality.
    pub(super) fn factuality(self, name: &str) -> String {
        let key = format!("factuality/{name}");
        if self.words.has(&key) {
            self.words.get(&key).to_string()
        } else {
            name.to_string()
        }
    }

    /// That no report tells the day.
    pub(super) fn undated(self, entry: &Entry) -> Option<String> {
        (!entry.dated).then(|| self.words.get("undated").to_string())
    }

    /// What stands over the numbers of one unit.
    pub(super) fn count(self, count: &Count) -> String {
        let unit = self.words.unit(&count.unit, false);
        let key = format!("count/{}", count.agreement.name());
        self.words.fill(&key, &[("unit", &unit)])
    }

    /// A number with its bound and unit.
    pub(super) fn number_of(self, o: &Observation, unit: &str) -> String {
        let words = self.words;
        let high = o.high.map(|high| words.number(high)).unwrap_or_default();
        let key = format!("bound/{}", o.bound);
        let key = if words.has(&key) {
            key.as_str()
        } else {
            "bound/exact"
        };
        let number = words.fill(key, &[("n", &words.number(o.value)), ("high", &high)]);
        format!(
            "{number} {}",
            words.unit(unit, o.value == 1.0 && o.high.is_none())
        )
    }

    /// Who gives a number, and whether the outlet gave another before or after.
    pub(super) fn given_by(self, entry: &Entry, o: &Observation, agreement: Agreement) -> String {
        let mut names: Vec<String> = Vec::new();
        for report in o.reports.iter().filter_map(|r| entry.reports.get(*r)) {
            let name = self.short_chain(report);
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let mut line = names.join("; ");
        if let (Some(revision), true) = (o.revision, agreement != Agreement::Plain) {
            line = format!(
                "{line}; {}",
                self.words.get(&format!("count/{}", revision.name()))
            );
        }
        line
    }

    /// `Rutte, AFP, Kabar Pagi`: from the speaker to the outlet.
    pub(super) fn short_chain(self, report: &Report) -> String {
        let mut names: Vec<String> = report.chain.iter().map(|link| self.link(link)).collect();
        names.push(self.outlet(report));
        names.join(" → ")
    }

    /// Who says so by way of whom.
    pub(super) fn says(self, report: &Report) -> String {
        let outlet = self.outlet(report);
        let words = self.words;
        if report.own() {
            return words.fill("chain/own", &[("name", &outlet)]);
        }
        let mut parts: Vec<String> = Vec::new();
        for (at, link) in report.chain.iter().enumerate() {
            let stance = format!("chain/{}", link.stance);
            let key = match (link.relays(), at) {
                (true, _) => "chain/relayed",
                (false, 0) if report.factuality == "denied" => "chain/denies",
                (false, 0) if words.has(&stance) => stance.as_str(),
                (false, 0) => "chain/said",
                (false, _) => "chain/via",
            };
            parts.push(words.fill(key, &[("name", &self.link(link))]));
        }
        parts.push(words.fill("in", &[("outlet", &outlet)]));
        parts.join(", ")
    }

    /// All voices of one link.
    pub(super) fn link(self, link: &Link) -> String {
        let names: Vec<String> = link.voices.iter().map(|voice| self.voice(voice)).collect();
        self.words.list(&names)
    }

    fn voice(self, voice: &Voice) -> String {
        if voice.name.is_empty() {
            return self.words.get("chain/unnamed").to_string();
        }
        self.with_side(&voice.name, voice.code.as_deref())
    }

    /// The outlet of a report.
    pub(super) fn outlet(self, report: &Report) -> String {
        match self
            .source(report)
            .map(|s| (s.outlet.as_deref(), s.domain.as_deref()))
        {
            Some((Some(name), _) | (None, Some(name))) => name.to_string(),
            _ => self.words.get("outlet/none").to_string(),
        }
    }

    pub(super) fn source(self, report: &Report) -> Option<&'c Source> {
        self.chronicle.articles.get(report.article)
    }

    /// Where in which article.
    pub(super) fn at(self, report: &Report, key: &str) -> String {
        let source = self
            .source(report)
            .map_or("", |source| source.source.as_str());
        let Some(line) = report.line else {
            return self.words.fill("at/unknown", &[("source", source)]);
        };
        let (line, offset) = (line.to_string(), report.span.0.to_string());
        self.words.fill(
            key,
            &[("source", source), ("line", &line), ("offset", &offset)],
        )
    }

    /// How many origins the reports of an entry have and why; nothing for one report. Denials are
    /// no reports of the deed and do not count, unless there is nothing else.
    pub(super) fn origins(self, entry: &Entry) -> Option<String> {
        let told = |r: &Report| entry.factuality == "denied" || !r.denies();
        let all = entry.reports.iter().filter(|r| told(r)).count();
        if all < 2 {
            return None;
        }
        let words = self.words;
        let tells = |r: &usize| entry.reports.get(*r).is_some_and(told);
        let origins: Vec<_> = entry
            .origins
            .iter()
            .filter(|o| o.reports.iter().any(tells))
            .collect();
        let counts = words.fill(
            "origin/count",
            &[
                ("reports", &words.counted("reports", all)),
                ("origins", &words.counted("origins", origins.len())),
            ],
        );
        let mut reasons: Vec<String> = Vec::new();
        for origin in entry
            .origins
            .iter()
            .filter(|origin| origin.reports.len() > 1)
        {
            let why: Vec<String> = origin.why.iter().map(|why| self.why(why)).collect();
            let why = words.list(&why);
            if origin.reports.len() == all {
                reasons.push(why);
            } else {
                let n = words.integer(&origin.reports.len().to_string());
                reasons.push(words.fill("origin/some", &[("n", &n), ("why", &why)]));
            }
        }
        let told = if reasons.is_empty() {
            counts
        } else {
            format!("{counts}: {}", reasons.join("; "))
        };
        Some(told)
    }

    fn why(self, why: &Why) -> String {
        match why {
            Why::Speaker { name } => self.words.fill("origin/speaker", &[("name", name)]),
            Why::Agency { name } => self.words.fill("origin/agency", &[("name", name)]),
            Why::Outlet { name } => self.words.fill("origin/outlet", &[("name", name)]),
            Why::Sentence { outlets } => self
                .words
                .fill("origin/sentence", &[("name", &self.words.list(outlets))]),
        }
    }

    /// Why the mentions of an entry stand together.
    pub(super) fn merged(self, entry: &Entry) -> Option<String> {
        let grounds: Vec<String> = entry
            .grounds
            .iter()
            .map(|g| self.words.get(&format!("ground/{}", g.name())).to_string())
            .collect();
        (!grounds.is_empty())
            .then(|| format!("{} {}", self.words.get("merged"), grounds.join("; ")))
    }

    fn party(self, party: &Party) -> String {
        let state = party
            .names
            .iter()
            .find_map(|name| self.words.names.state(name));
        match (state, party.names.first()) {
            (Some(state), _) => state.to_string(),
            (None, Some(name)) => self.with_side(name, party.code.as_deref()),
            (None, None) => {
                let code = party.code.as_deref();
                let name = code.map(|code| self.words.names.party(code));
                name.unwrap_or_else(|| self.words.get("somebody"))
                    .to_string()
            }
        }
    }

    /// A name with the state or organisation it belongs to, unless the name tells.
    fn with_side(self, name: &str, code: Option<&str>) -> String {
        if let Some(state) = self.words.names.state(name) {
            return state.to_string();
        }
        let Some(code) = code else {
            return name.to_string();
        };
        let side = self.words.names.party(code);
        let told = name.to_lowercase().contains(&side.to_lowercase()) || name.contains(code);
        if told {
            name.to_string()
        } else {
            format!("{name} ({side})")
        }
    }

    fn place(self, place: &Place) -> String {
        self.words
            .names
            .state(&place.name)
            .unwrap_or(&place.name)
            .to_string()
    }
}
