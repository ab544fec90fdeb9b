//! An element of which nothing is text of the article.

use super::element::{self, Element};
use super::token::Opening;

/// An element that is passed over.
#[derive(Debug)]
pub(super) struct Opaque {
    name: String,
    pub(super) start: usize,
    pub(super) is_block: bool,
    /// How many of the name are open.
    depth: usize,
    /// Other elements that are open in it.
    inner: usize,
    /// Whether what is in it is data of the page in JSON.
    pub(super) is_data: bool,
}

/// What a tag closes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Closing {
    /// Something in the element, or nothing.
    Inside,
    /// The element.
    Own,
    /// An element around it, and so both.
    Around,
}

impl Opaque {
    /// The element that `tag` opens.
    pub(super) fn new(tag: &Opening<'_>, is_block: bool) -> Self {
        let kind = tag.value("type").trim().to_ascii_lowercase();
        Self {
            name: tag.name.to_owned(),
            start: tag.at.start,
            is_block,
            depth: 1,
            inner: 0,
            is_data: tag.name == "script" && kind == "application/ld+json",
        }
    }

    /// A tag in it that opens an element.
    pub(super) fn open(&mut self, tag: &Opening<'_>) {
        let is_void = matches!(element::of(tag.name), Element::Void | Element::Rule);
        if tag.name == self.name {
            self.depth += 1;
        } else if !is_void && !tag.self_closing {
            self.inner += 1;
        }
    }

    /// A tag in it that closes an element; `is_around` where one of that name is open
    /// around it.
    pub(super) fn close(&mut self, name: &str, is_around: bool) -> Closing {
        if name == self.name {
            self.depth -= 1;
            return match self.depth {
                0 => Closing::Own,
                _ => Closing::Inside,
            };
        }
        if self.inner == 0 && is_around {
            return Closing::Around;
        }
        self.inner = self.inner.saturating_sub(1);
        Closing::Inside
    }
}
