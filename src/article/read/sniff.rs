//! Which format a file is in: by its content, and by its name where that does not say.

use crate::article::Format;

/// How much of a file is looked at.
const LOOKED_AT: usize = 4096;

/// The format of the file called `name`.
pub(super) fn format(name: &str, bytes: &[u8]) -> Format {
    let start = String::from_utf8_lossy(bytes.get(..LOOKED_AT).unwrap_or(bytes));
    by_content(start.trim_start_matches('\u{feff}').trim_start())
        .or_else(|| by_name(name))
        .unwrap_or(Format::Plain)
}

/// What the first characters of a file tell; `None` where they are those of any text.
fn by_content(start: &str) -> Option<Format> {
    let tag = start.get(..16).unwrap_or(start).to_ascii_lowercase();
    let is_page = ["<!doctype html", "<html", "<head", "<body"]
        .iter()
        .any(|t| tag.starts_with(t));
    is_page.then_some(Format::Html)
}

fn by_name(name: &str) -> Option<Format> {
    let (_, extension) = name.rsplit_once('.')?;
    match extension.to_ascii_lowercase().as_str() {
        "txt" => Some(Format::Plain),
        "html" | "htm" | "xhtml" => Some(Format::Html),
        _ => None,
    }
}
