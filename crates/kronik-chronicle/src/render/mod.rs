//! A chronicle written down: for a terminal, as Markdown, as one HTML page, as JSON.
//!
//! All four say the same; what they say is put into words in one place (`phrase`), so that a deed
//! does not read as certain in one format and as alleged in another.

mod html;
mod json;
mod markdown;
mod phrase;
mod terminal;
mod wrap;

pub use html::html;
pub use json::json;
pub use markdown::markdown;
pub use terminal::text;
pub use wrap::{Paint, Style};
