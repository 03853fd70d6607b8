//! What a user may set before anything is loaded.

use std::path::PathBuf;

/// Settings of an [`crate::Engine`].
///
/// ```
/// use kronik::Config;
/// assert_eq!(Config::default().ontologies, ["plover", "kronik"]);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// Ontologies in force, later ones adding to earlier ones.
    pub ontologies: Vec<String>,
    /// Folders laid over the built-in ones, as `(folder on disk, languages | ontologies | atlas)`.
    pub overlays: Vec<(PathBuf, String)>,
    /// ISO 639-1 code to read every document in, instead of telling it from the text.
    pub language: Option<String>,
}

impl Default for Config {
    fn default() -> Config {
        Config {
            ontologies: vec!["plover".to_string(), "kronik".to_string()],
            overlays: Vec::new(),
            language: None,
        }
    }
}
