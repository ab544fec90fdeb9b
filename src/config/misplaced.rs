//! A mistake in the file and its place there.

use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;
use toml::de::DeValue;

/// A mistake and its place in the file.
#[derive(Debug)]
pub(super) struct Misplaced {
    pub(super) span: Option<Range<usize>>,
    pub(super) message: String,
}

impl From<toml::de::Error> for Misplaced {
    fn from(error: toml::de::Error) -> Self {
        Self {
            span: error.span(),
            message: in_words_of_the_file(error.message()),
        }
    }
}

/// Messages about the file speak of keys and lists; the reader's speak of the
/// program's types.
fn in_words_of_the_file(message: &str) -> String {
    [
        ("unknown field", "unknown key"),
        ("missing field", "missing key"),
        ("unknown variant", "unknown value"),
        ("a sequence", "a list"),
        ("a map", "a table"),
        ("floating point", "number"),
    ]
    .iter()
    .fold(message.to_owned(), |text, (theirs, ours)| {
        text.replace(theirs, ours)
    })
}

impl Misplaced {
    /// `line 3, column 5: …` with the line itself.
    pub(super) fn shown(&self, text: &str) -> String {
        let Some(before) = self.span.as_ref().and_then(|span| text.get(..span.start)) else {
            return self.message.clone();
        };
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let line = before.matches('\n').count() + 1;
        let column = before[start..].chars().count() + 1;
        let shown = text[start..].lines().next().unwrap_or_default();
        format!(
            "line {line}, column {column}: {}\n  {line} | {shown}",
            self.message
        )
    }
}

/// A section, or the first mistake in it.
pub(super) fn section<'de, T: Deserialize<'de>>(
    value: Spanned<DeValue<'de>>,
) -> Result<T, Misplaced> {
    Ok(T::deserialize(toml::de::ValueDeserializer::from(value))?)
}
