//! Arguments to files: names, folders, globs.

use std::fs;
use std::path::{Path, PathBuf};

use crate::Failure;
use crate::container::{Container, KNOWN};

/// A thing to be read next.
#[derive(Debug)]
pub(crate) enum Item {
    /// A file to be opened; `named` if the user named it, so that it must be readable.
    File {
        path: PathBuf,
        named: bool,
    },
    /// A folder to be walked.
    Folder {
        path: PathBuf,
        named: bool,
    },
    StandardInput,
    Failed(Failure),
}

/// What an argument stands for, in the order it is to be read.
pub(crate) fn items(argument: &str) -> Vec<Item> {
    if argument == "-" {
        return vec![Item::StandardInput];
    }
    let path = Path::new(argument);
    match fs::metadata(path) {
        Ok(data) if data.is_dir() => vec![Item::Folder {
            path: path.to_path_buf(),
            named: true,
        }],
        Ok(_) => vec![Item::File {
            path: path.to_path_buf(),
            named: true,
        }],
        Err(_) if argument.contains(['*', '?', '[']) => globbed(argument),
        Err(error) => vec![Item::Failed(Failure::of_system(argument, &error))],
    }
}

fn globbed(pattern: &str) -> Vec<Item> {
    let fail =
        |message: String, hint: &str| vec![Item::Failed(Failure::new(pattern, message, hint))];
    let options = glob::MatchOptions {
        case_sensitive: true,
        require_literal_separator: true,
        require_literal_leading_dot: true,
    };
    let found = match glob::glob_with(pattern, options) {
        Ok(found) => found,
        Err(error) => {
            let message = format!("This pattern cannot be read: {error}.");
            return fail(
                message,
                "Put a bracket in brackets, as in [[], to mean itself.",
            );
        }
    };
    let (mut paths, mut items) = (Vec::new(), Vec::new());
    for path in found {
        match path {
            Ok(path) => paths.push(path),
            Err(error) => {
                let source = error.path().display().to_string();
                items.push(Item::Failed(Failure::of_system(&source, error.error())));
            }
        }
    }
    if paths.is_empty() && items.is_empty() {
        return fail(
            "Nothing matches this pattern.".into(),
            "Look for a misspelling.",
        );
    }
    paths.sort();
    let count = paths.len();
    let readable = paths.into_iter().filter_map(|path| {
        if path.is_dir() {
            Some(Item::Folder { path, named: false })
        } else {
            Container::of_path(&path).map(|_| Item::File { path, named: false })
        }
    });
    let before = items.len();
    items.extend(readable);
    if items.len() == before && count > 0 {
        let message = format!("This pattern matches {count} files, none of a kind that is read.");
        return fail(message, &format!("Kinds that are read: {KNOWN}."));
    }
    items
}

/// What stands in a folder, in path order: hidden things, links to folders and files of other
/// kinds left out.
///
/// # Errors
/// When the folder cannot be listed.
pub(crate) fn entries(folder: &Path) -> std::io::Result<Vec<Item>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if !entry.file_name().to_string_lossy().starts_with('.') {
            names.push((entry.file_name(), entry.path(), entry.file_type()?));
        }
    }
    names.sort_by(|a, b| a.0.cmp(&b.0));
    let items = names.into_iter().filter_map(|(_, path, kind)| {
        if kind.is_dir() {
            return Some(Item::Folder { path, named: false });
        }
        let is_link_to_folder = kind.is_symlink() && path.is_dir();
        let known = !is_link_to_folder && Container::of_path(&path).is_some();
        known.then_some(Item::File { path, named: false })
    });
    Ok(items.collect())
}
