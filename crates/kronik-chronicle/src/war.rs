//! Which day of a war it is: not one number, since outlets count in different ways.

use jiff::civil::Date;
use kronik_record::Files;
use kronik_record::table::{Row, Table};
use serde::Serialize;

use crate::{Error, Result};

/// How days are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Counting {
    /// The first day is day 1.
    Inclusive,
    /// The days that have passed: the first day is day 0.
    Elapsed,
}

impl Counting {
    /// The name the tables use.
    pub fn name(self) -> &'static str {
        match self {
            Counting::Inclusive => "inclusive",
            Counting::Elapsed => "elapsed",
        }
    }

    fn read(row: &Row<'_>) -> Result<Counting> {
        match row.need("counting")? {
            "inclusive" => Ok(Counting::Inclusive),
            "elapsed" => Ok(Counting::Elapsed),
            other => Err(row.error(format!("'{other}' is no way of counting")).into()),
        }
    }
}

/// A war whose days people count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct War {
    id: String,
    first: Date,
    counting: Counting,
    names: Vec<(String, String)>,
    habits: Vec<Habit>,
}

/// An outlet's own way of counting, in a span of days.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Habit {
    outlet: String,
    from: Date,
    until: Date,
    counting: Counting,
}

impl War {
    /// Its id, as a user names it.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The first day, ISO.
    pub fn first(&self) -> String {
        self.first.to_string()
    }

    pub(crate) fn first_day(&self) -> Date {
        self.first
    }

    /// How its days are counted where an outlet has no way of its own.
    pub fn counting(&self) -> Counting {
        self.counting
    }

    /// Its name in `language`, or else its id.
    pub fn name(&self, language: &str) -> &str {
        self.names
            .iter()
            .find(|(code, _)| code == language)
            .map_or(&self.id, |(_, name)| name)
    }

    /// The number of `day`; `None` before the first.
    pub(crate) fn number(&self, day: Date, counting: Counting) -> Option<i64> {
        let passed = i64::from((day - self.first).get_days());
        let offset = i64::from(counting == Counting::Inclusive);
        (passed >= 0).then_some(passed + offset)
    }

    /// How the outlet of this domain counts on `day`, if not as everybody.
    pub(crate) fn own(&self, domain: &str, day: Date) -> Option<Counting> {
        let of = |outlet: &str| {
            domain
                .strip_suffix(outlet)
                .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
        };
        self.habits
            .iter()
            .rfind(|h| of(&h.outlet) && h.from <= day && day <= h.until)
            .map(|h| h.counting)
            .filter(|counting| *counting != self.counting)
    }
}

/// All wars of `atlas/wars.tsv`, with the outlets' own ways from `atlas/war_days.tsv`.
#[derive(Debug, Clone, Default)]
pub struct Wars(Vec<War>);

impl Wars {
    /// Loads both tables.
    ///
    /// # Errors
    /// A day that is none, an unknown way of counting, a war that is not in the first table.
    pub fn load(files: &Files) -> Result<Wars> {
        let path = "atlas/wars.tsv";
        let table = Table::load(files, path, &["war", "day_one", "counting"])?;
        let mut wars = Vec::new();
        for row in table.rows() {
            let names = ["id", "en"]
                .into_iter()
                .chain(crate::Words::languages(files))
                .map(|code| (code.to_string(), row.get(code).to_string()))
                .filter(|(_, name)| !name.is_empty())
                .collect();
            wars.push(War {
                id: row.need("war")?.to_string(),
                first: date(&row, "day_one", None)?,
                counting: Counting::read(&row)?,
                names,
                habits: Vec::new(),
            });
        }
        let path = "atlas/war_days.tsv";
        let table = Table::load_optional(files, path, &["war", "outlet", "counting"])?;
        for row in table.rows() {
            let id = row.need("war")?;
            let habit = Habit {
                outlet: row.need("outlet")?.to_string(),
                from: date(&row, "from", Some(Date::MIN))?,
                until: date(&row, "until", Some(Date::MAX))?,
                counting: Counting::read(&row)?,
            };
            let war = wars.iter_mut().find(|war| war.id == id);
            war.ok_or_else(|| row.error(format!("atlas/wars.tsv has no war '{id}'")))?
                .habits
                .push(habit);
        }
        Ok(Wars(wars))
    }

    /// The war with this id.
    ///
    /// # Errors
    /// When there is none; the message names those there are.
    pub fn get(&self, id: &str) -> Result<&War> {
        self.0.iter().find(|war| war.id == id).ok_or_else(|| {
            let known: Vec<&str> = self.ids().collect();
            Error::new(format!(
                "no war is called '{id}'; known: {}; add a line to atlas/wars.tsv for another",
                known.join(", ")
            ))
        })
    }

    /// The ids of all wars, in the table's order.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|war| war.id.as_str())
    }
}

fn date(row: &Row<'_>, column: &str, otherwise: Option<Date>) -> Result<Date> {
    match (row.get(column), otherwise) {
        ("", Some(date)) => Ok(date),
        (text, _) => text.parse().map_err(|_| {
            row.error(format!("'{text}' under '{column}' is no day"))
                .into()
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn war() -> War {
        let mut files = Files::new();
        files.insert(
            "atlas/wars.tsv",
            "war\tday_one\tcounting\ten\nw\t2022-02-24\tinclusive\tW\n",
        );
        files.insert(
            "atlas/war_days.tsv",
            "war\toutlet\tfrom\tuntil\tcounting\nw\tnews.example\t2024-01-01\t\telapsed\n",
        );
        Wars::load(&files).unwrap().get("w").unwrap().clone()
    }

    #[test]
    fn days_are_numbered_in_both_ways() {
        let cases = [
            ("2022-02-23", None, None),
            ("2022-02-24", Some(1), Some(0)),
            ("2023-02-17", Some(359), Some(358)),
            ("2024-12-05", Some(1016), Some(1015)),
            ("2024-12-26", Some(1037), Some(1036)),
        ];
        for (day, inclusive, elapsed) in cases {
            let day = day.parse().unwrap();
            assert_eq!(war().number(day, Counting::Inclusive), inclusive);
            assert_eq!(war().number(day, Counting::Elapsed), elapsed);
        }
    }

    #[test]
    fn an_outlet_has_its_own_way_from_a_day_on() {
        let (before, after) = ("2022-05-30".parse().unwrap(), "2024-12-26".parse().unwrap());
        assert_eq!(war().own("news.example", before), None);
        assert_eq!(war().own("news.example", after), Some(Counting::Elapsed));
        assert_eq!(
            war().own("www.news.example", after),
            Some(Counting::Elapsed)
        );
        assert_eq!(war().own("oldnews.example", after), None);
    }

    #[test]
    fn an_unknown_war_names_the_known() {
        let mut files = Files::new();
        files.insert(
            "atlas/wars.tsv",
            "war\tday_one\tcounting\nw\t2022-02-24\tinclusive\n",
        );
        let error = Wars::load(&files).unwrap().get("x").unwrap_err();
        assert!(error.to_string().contains("known: w"), "{error}");
    }
}
