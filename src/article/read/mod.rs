//! An article out of the bytes of a file, one file a format.

mod decode;
mod draft;
#[cfg(test)]
mod echo;
mod gather;
mod html;
mod json;
mod markdown;
pub mod plain;
mod run;
mod sniff;
mod story;
mod xml;

use super::{Article, Block, BlockKind, Document, Format};

pub use decode::{LARGEST, decode};
pub use json::Fields;

/// Why bytes give no article. Each message names cause and next step; the caller
/// puts the name of the file before it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// No bytes at all, or a byte order mark alone.
    #[error("the file is empty: put the article's text into it, or take it out of the input")]
    Empty,
    /// White space alone.
    #[error(
        "the file holds white space only: put the article's text into it, or take it out of the input"
    )]
    Blank,
    /// No line of it tells a story.
    #[error(
        "nothing is left after navigation, links, copyright and page numbers were told apart \
         ({lines} lines of them): check that the page was saved with its body"
    )]
    OnlyBoilerplate {
        /// How many lines that is no story were read.
        lines: usize,
    },
    /// The bytes are no UTF-8.
    #[error(
        "byte 0x{byte:02X} at offset {offset} is not UTF-8: save the file as UTF-8 (it may be \
         Windows-1252, UTF-16 without a byte order mark, or Bangla typed with Bijoy, which a \
         converter turns into Unicode)"
    )]
    NotUtf8 {
        /// Where the first wrong sequence begins.
        offset: usize,
        /// The byte that stands there.
        byte: u8,
    },
    /// A UTF-16 byte order mark, and then something that is no UTF-16.
    #[error("the file begins as UTF-16 but byte {offset} is none: save the file as UTF-8")]
    NotUtf16 {
        /// Where the unpaired surrogate, or the half unit at the end, begins.
        offset: usize,
    },
    /// A NUL, which no text holds.
    #[error(
        "byte {offset} is a NUL, which no text holds: the file is binary, damaged, or UTF-16 without \
         a byte order mark; save it as UTF-8"
    )]
    Nul {
        /// Where it stands.
        offset: usize,
    },
    /// It does not keep the rules of its format.
    #[error("it is no {format}: {cause}; repair the file, or name its format with --format")]
    Wrong {
        /// The format, and the place in the file.
        format: String,
        /// What is wrong.
        cause: String,
    },
    /// It is XML, in no format that is read.
    #[error(
        "it is XML whose first element, `{root}`, is of no format that is read (NewsML-G2, NITF, RSS, \
         Atom, XLIFF): take it out of the input, or name its format with --format"
    )]
    UnknownXml {
        /// The name of that element.
        root: String,
    },
    /// It has nothing that the format calls a story.
    #[error(
        "there is nothing to translate in it: no headline, paragraph or caption where {format} has \
         them; if it is in another format, name it with --format"
    )]
    NoStory {
        /// The name of the format.
        format: &'static str,
    },
    /// No field of it is known to hold text.
    #[error(
        "no field of it is known to hold text (it has {}); say under [input.fields] which do",
        if .known.is_empty() { "none".to_owned() } else { .known.join(", ") }
    )]
    NoField {
        /// The members that its first object has.
        known: Vec<String>,
    },
    /// More than an article can have.
    #[error(
        "the file has {bytes} bytes and an article may have {limit}: split it into its articles, or \
         take it out of the input"
    )]
    TooLarge {
        /// The bytes of the file.
        bytes: usize,
        /// The bytes that are read.
        limit: usize,
    },
}

impl ReadError {
    pub(in crate::article::read) fn wrong(format: &str, cause: &dyn std::fmt::Display) -> Self {
        Self::Wrong {
            format: format.to_owned(),
            cause: cause.to_string(),
        }
    }
}

/// How files are read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    /// The format of all of them; `None` to tell each by its content, and by its name
    /// where the content does not say.
    pub format: Option<Format>,
    /// Which fields of JSON hold what.
    pub fields: Fields,
}

/// What `bytes` hold. `id` names it in reports; its extension is looked at where the
/// content does not tell the format.
///
/// # Errors
/// When the bytes are no text, too many, not in their format, or hold no story.
pub fn document(id: &str, bytes: Vec<u8>, reading: &Reading) -> Result<Document, ReadError> {
    let told = match reading.format {
        Some(format) => format,
        None => sniff::format(id, &bytes)?,
    };
    match told {
        Format::Html => html::read(id, bytes),
        Format::Markdown => markdown::read(id, bytes),
        Format::Json | Format::Ninjs | Format::WordPress => {
            json::read(id, decode::exact(bytes)?, reading.format, &reading.fields)
        }
        Format::JsonLines => json::read_lines(id, decode::exact(bytes)?, &reading.fields),
        Format::NewsMl | Format::Nitf | Format::Rss | Format::Atom | Format::Xliff => {
            xml::read(id, decode::xml(bytes)?, told)
        }
        Format::Plain => article(id, bytes).map(Document::plain),
    }
}

/// The article that `bytes` hold as plain text. `id` names it in reports.
///
/// # Errors
/// When the bytes are no text, too many, or hold no story.
pub fn article(id: &str, bytes: Vec<u8>) -> Result<Article, ReadError> {
    let text = decode(bytes)?;
    Ok(Article {
        id: id.to_owned(),
        entry: None,
        declared: None,
        blocks: plain::read(&text, None)?,
    })
}

/// Whether the blocks of a file tell a story.
fn check(blocks: &[Block]) -> Result<(), ReadError> {
    let is_story = |b: &Block| matches!(b.kind, BlockKind::Headline | BlockKind::Paragraph);
    if blocks.iter().any(is_story) {
        Ok(())
    } else if blocks.is_empty() {
        Err(ReadError::Blank)
    } else {
        Err(ReadError::OnlyBoilerplate {
            lines: blocks.len(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_without_a_story_is_an_error() {
        assert_eq!(article("a", Vec::new()), Err(ReadError::Empty));
        assert_eq!(article("a", b" \r\n\t".to_vec()), Err(ReadError::Blank));
        let tail = "  • Latest\n  • Most Viewed\n১০";
        assert_eq!(
            article("a", tail.into()),
            Err(ReadError::OnlyBoilerplate { lines: 3 })
        );
    }
}
