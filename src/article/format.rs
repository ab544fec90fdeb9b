//! The formats that articles come in.

use std::str::FromStr;

/// A format of articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// A page as it was saved, copied or scraped, without markup.
    Plain,
    /// Markdown, with or without front matter.
    Markdown,
    /// HTML: a whole page, or a part of one.
    Html,
    /// JSON with fields of the desk's own.
    Json,
    /// JSON Lines: an article a line.
    JsonLines,
    /// ninjs, 2 and 3.
    Ninjs,
    /// An article, or a list of them, of the `WordPress` REST interface.
    WordPress,
    /// NewsML-G2.
    NewsMl,
    /// NITF 3.
    Nitf,
    /// RSS 2.0.
    Rss,
    /// Atom 1.0.
    Atom,
    /// XLIFF 1.2, 2.0 and 2.1.
    Xliff,
}

impl Format {
    /// Every format, in the order in which they are listed.
    pub const ALL: [Self; 12] = [
        Self::Plain,
        Self::Markdown,
        Self::Html,
        Self::Json,
        Self::JsonLines,
        Self::Ninjs,
        Self::WordPress,
        Self::NewsMl,
        Self::Nitf,
        Self::Rss,
        Self::Atom,
        Self::Xliff,
    ];

    /// The name in the configuration and on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::Json => "json",
            Self::JsonLines => "json-lines",
            Self::Ninjs => "ninjs",
            Self::WordPress => "wordpress",
            Self::NewsMl => "newsml-g2",
            Self::Nitf => "nitf",
            Self::Rss => "rss",
            Self::Atom => "atom",
            Self::Xliff => "xliff",
        }
    }

    /// What the names of its files end in, without the dot.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Plain => "txt",
            Self::Markdown => "md",
            Self::Html => "html",
            Self::Json | Self::Ninjs | Self::WordPress => "json",
            Self::JsonLines => "jsonl",
            Self::NewsMl | Self::Nitf | Self::Rss | Self::Atom => "xml",
            Self::Xliff => "xlf",
        }
    }

    /// What the names of the files end in that tell of a translation in this format.
    #[must_use]
    pub fn details(self) -> String {
        match self {
            Self::Plain => "json".to_owned(),
            other => format!("{}.json", other.extension()),
        }
    }
}

/// A name that no format has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no format; there are {known}", known = Format::ALL.map(Format::name).join(", "))]
pub struct UnknownFormat(String);

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(name: &str) -> Result<Self, UnknownFormat> {
        let found = Self::ALL.into_iter().find(|format| format.name() == name);
        found.ok_or_else(|| UnknownFormat(name.to_owned()))
    }
}
