//! The text of an element that holds HTML or a value.

use std::ops::Range;

use crate::article::frame::Escape;

/// Text that is held until its element closes, and where it stands.
#[derive(Debug, Default)]
pub(super) struct Held {
    pub(super) text: String,
    at: Option<Range<usize>>,
    is_cdata: bool,
    /// There are other elements inside: then it is no text.
    is_mixed: bool,
}

impl Held {
    /// Something that is no text stands in it.
    pub(super) fn mix(&mut self) {
        self.is_mixed = true;
    }

    /// Characters at a place.
    pub(super) fn add(&mut self, at: &Range<usize>, text: &str) {
        if self.is_cdata {
            // White space behind a section is not of the text.
            self.is_mixed |= !text.trim().is_empty();
            return;
        }
        self.text.push_str(text);
        match &mut self.at {
            Some(whole) => whole.end = at.end,
            None => self.at = Some(at.clone()),
        }
    }

    /// A section of CDATA: all of the text, or one too many.
    pub(super) fn section(&mut self, at: &Range<usize>, text: &str) {
        if self.text.trim().is_empty() {
            text.clone_into(&mut self.text);
            self.at = Some(at.clone());
            self.is_cdata = true;
        } else {
            self.is_mixed = true;
        }
    }

    /// Where the text stands; `None` where there is none, or it is not all.
    pub(super) fn place(&self) -> Option<Range<usize>> {
        self.at.clone().filter(|_| !self.is_mixed)
    }

    /// How another text is written in its place.
    pub(super) fn escape(&self) -> Escape {
        if self.is_cdata {
            Escape::CData
        } else {
            Escape::Xml
        }
    }
}
