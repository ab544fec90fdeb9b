//! Formats in XML: the dialects, and what they share.

mod builder;
mod dialect;
mod feed;
mod held;
mod newsml;
mod nitf;
mod part;
mod running;
mod token;
mod xhtml;
mod xliff;

use super::ReadError;
use super::gather::Gathered;
use crate::article::{Document, Format};
use builder::Builder;
use dialect::Dialect;

/// The articles of a file in a format of XML.
///
/// # Errors
/// When it is not well-formed, or holds no text of an article.
pub(super) fn read(id: &str, text: String, format: Format) -> Result<Document, ReadError> {
    let gathered = match format {
        Format::Rss => gathered(id, &text, feed::Rss),
        Format::Atom => gathered(id, &text, feed::Atom),
        Format::Nitf => gathered(id, &text, nitf::Nitf),
        Format::Xliff => gathered(id, &text, xliff::Xliff),
        _ => gathered(id, &text, newsml::NewsMl),
    }?;
    gathered.document(format, text).ok_or(ReadError::NoStory {
        format: format.name(),
    })
}

fn gathered(id: &str, text: &str, dialect: impl Dialect) -> Result<Gathered, ReadError> {
    let mut builder = Builder::new(text, dialect);
    token::each(text, |token| builder.token(token))?;
    Ok(builder.gathered(id))
}

#[cfg(test)]
mod tests;
