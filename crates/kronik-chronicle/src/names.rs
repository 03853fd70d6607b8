//! What states are called in the chronicle's language, from `atlas/countries.tsv`.

use std::collections::BTreeMap;

use kronik_record::Files;
use kronik_record::table::Table;

use crate::Result;

/// Code → name.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names {
    of: BTreeMap<String, String>,
    code: BTreeMap<String, String>,
}

impl Names {
    pub(crate) fn load(files: &Files, language: &str) -> Result<Names> {
        let table = Table::load_optional(files, "atlas/countries.tsv", &["code", "name"])?;
        let column = format!("names_{language}");
        let mut names = Names::default();
        for row in table.rows() {
            let code = row.need("code")?;
            let here = row.list(&column).next().unwrap_or(row.get("name"));
            names.of.insert(code.to_string(), here.to_string());
            let columns = ["name", "names_en", "names_id", "names_other"];
            for name in columns.iter().flat_map(|column| row.list(column)) {
                names
                    .code
                    .entry(name.to_lowercase())
                    .or_insert_with(|| code.to_string());
            }
        }
        Ok(names)
    }

    /// The name of the state with this code; a code that is no state's stands for itself.
    pub(crate) fn party<'a>(&'a self, code: &'a str) -> &'a str {
        self.of.get(code).map_or(code, String::as_str)
    }

    /// The name in this language of a state that is called `name` in any.
    pub(crate) fn state(&self, name: &str) -> Option<&str> {
        let code = self.code.get(&name.to_lowercase())?;
        self.of.get(code).map(String::as_str)
    }
}
