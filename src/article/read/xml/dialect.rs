//! What the elements of a format in XML are.

use std::ops::Range;

use super::token::Open;
use crate::article::frame::Said;
use crate::article::{BlockKind, Role};

/// What an element is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Element {
    /// Something to look into.
    Container,
    /// Something to leave alone with everything in it.
    Skip,
    /// An article.
    Article,
    /// A block.
    Block(BlockKind),
    /// A block whose translation stands in a sibling, and stays.
    Source,
    /// That sibling.
    Target,
    /// A part of a block.
    Inline(Role),
    /// A block, or several, written as HTML: escaped, or in CDATA. Paragraphs of it are of
    /// this kind.
    Html(BlockKind),
    /// A value of the format.
    Value(Value),
}

/// What an element holds that is no text to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Value {
    /// The language of what it describes.
    Language,
    /// What the article is called.
    Id,
}

/// A format in XML.
pub(super) trait Dialect {
    /// What an element is; `parents` are the local names around it, outermost first.
    fn element(&self, open: &Open<'_>, parents: &[&str]) -> Element;

    /// What is said of the translation at an element that opens: places in it and
    /// what is written there.
    fn facts(&self, open: &Open<'_>, parents: &[&str]) -> Vec<(Range<usize>, Vec<Said>)> {
        let _ = (open, parents);
        Vec::new()
    }

    /// What is written before an element that closes.
    fn before_close(&self, name: &str, article: &Known) -> Option<Vec<Said>> {
        let _ = (name, article);
        None
    }

    /// The language that an element declares for the article that it is in or is.
    fn language(&self, open: &Open<'_>) -> Option<String> {
        open.attribute("xml:lang").map(|a| a.value.clone())
    }

    /// What the article is called, where an attribute says so.
    fn id(&self, open: &Open<'_>) -> Option<String> {
        let _ = open;
        None
    }
}

/// What is known of an article before it ends.
#[derive(Debug, Default, Clone)]
pub(super) struct Known {
    /// What it is called.
    pub(super) id: Option<String>,
    /// The tag of the language that it declares.
    pub(super) language: Option<String>,
}
