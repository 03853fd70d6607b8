//! What must hold across the rows of the tables.

use kronik_record::{Error, Files};

/// stub
pub fn check(_files: &Files) -> Vec<Error> {
    Vec::new()
}
