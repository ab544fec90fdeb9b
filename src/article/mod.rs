//! An article as the pipeline sees it, whatever format it came in.

mod agency;
mod calendar;
mod date;
pub mod dateline;
mod document;
mod format;
pub mod frame;
mod inline;
pub mod read;
pub mod write;

use crate::language::Language;
use crate::text::Text;

pub use document::{Document, Translated};
pub use format::{Format, UnknownFormat};
pub use inline::{Annotation, Inline, Placed, Role};

/// An article: blocks in reading order, and where it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// What names its file in reports: its path below the input folder, or `-`.
    pub id: String,
    /// Which of the articles of its file it is, from 1; `None` where it is the only one.
    pub entry: Option<usize>,
    /// The language that the file declares, where its format has a place for it. Not to
    /// be believed where the text is certainly in another one.
    pub declared: Option<Language>,
    /// The blocks in reading order.
    pub blocks: Vec<Block>,
}

impl Article {
    /// The headline, where there is one.
    #[must_use]
    pub fn headline(&self) -> Option<&Block> {
        self.blocks.iter().find(|b| b.kind == BlockKind::Headline)
    }

    /// The blocks that tell the story: everything but metadata lines and boilerplate.
    pub fn story(&self) -> impl Iterator<Item = &Block> {
        self.blocks.iter().filter(|b| b.kind.is_story())
    }
}

/// A stretch of an article that is one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// What it says.
    pub text: Text,
    /// How it follows the block before it.
    pub joint: Joint,
    /// Links, emphasis and the like inside its text.
    pub inline: Vec<Inline>,
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// The title of the article.
    Headline,
    /// A line that only names the agency: `BSS`, `বাসস`.
    Agency,
    /// `Published On: …`, `প্রকাশ: …`, `আপডেট: …`.
    Published,
    /// Who wrote it: `By Staff Correspondent`, `নিজস্ব প্রতিবেদক`.
    Byline,
    /// Place, date and credit before the first sentence, with the mark that ends them.
    Dateline,
    /// A paragraph of the story.
    Paragraph,
    /// Text that accompanies the story: under a picture, instead of one, about the
    /// article.
    Caption,
    /// The line under the story: `BSS`, `ঢাকা/আলী/ইভা`.
    SignOff,
    /// What the page carried beside the story.
    Boilerplate(Boilerplate),
}

impl BlockKind {
    /// Whether the block belongs to the story and not to what surrounds it.
    #[must_use]
    pub fn is_story(self) -> bool {
        matches!(self, Self::Headline | Self::Dateline | Self::Paragraph)
    }

    /// The name of the kind in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Headline => "headline",
            Self::Agency => "agency",
            Self::Published => "published",
            Self::Byline => "byline",
            Self::Dateline => "dateline",
            Self::Paragraph => "paragraph",
            Self::Caption => "caption",
            Self::SignOff => "sign-off",
            Self::Boilerplate(_) => "boilerplate",
        }
    }
}

/// Why a block is no part of the story.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Boilerplate {
    /// Navigation and the headlines listed under it.
    Navigation,
    /// `আরো পড়ুন:`, `Read more:` and the headlines that follow.
    Related,
    /// Whose the text is.
    Copyright,
    /// A number alone on the last line.
    PageNumber,
    /// A paragraph that stands in the article already.
    Duplicate,
}

/// How a block follows the one before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Joint {
    /// After a blank line.
    Paragraph,
    /// On the next line.
    Line,
    /// On the same line, after this white space (which may be empty).
    Inline(String),
}
