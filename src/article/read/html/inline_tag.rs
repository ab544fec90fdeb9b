//! A tag of HTML among words of another format.

use std::ops::Range;

use super::element::{self, Element};
use super::token::{Opening, Reader, read};
use crate::article::Role;

/// What a tag does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::article::read) enum InlineTag {
    /// It opens an element around words.
    Open {
        /// The name of the element.
        name: String,
        /// What the element does to the words.
        role: Role,
    },
    /// It closes one.
    Close {
        /// The name of the element.
        name: String,
    },
    /// It stands at a place: an image, a comment.
    Place,
}

/// What the tag that is written as `raw` does.
pub(in crate::article::read) fn tag(raw: &str) -> InlineTag {
    let mut told = Told(InlineTag::Place);
    read(raw, &mut told);
    told.0
}

struct Told(InlineTag);

impl Reader for Told {
    fn open(&mut self, tag: &Opening<'_>) {
        let role = match element::of(tag.name) {
            Element::Verbatim => Role::Verbatim,
            Element::Inline if element::is_kept(tag) => Role::Verbatim,
            Element::Inline => Role::Around,
            // Its content is no text of the article.
            Element::Opaque | Element::OpaqueBlock => Role::Verbatim,
            Element::Block => Role::Around,
            Element::Void | Element::Rule => return,
        };
        self.0 = InlineTag::Open {
            name: tag.name.to_owned(),
            role,
        };
    }

    fn close(&mut self, name: &str, _: Range<usize>) {
        self.0 = InlineTag::Close {
            name: name.to_owned(),
        };
    }

    fn text(&mut self, _: Range<usize>) {}

    fn aside(&mut self, _: Range<usize>) {}
}
