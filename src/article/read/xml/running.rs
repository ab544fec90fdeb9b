//! The running text of an element, while it is read: words, and the elements inside.

use std::ops::Range;

use crate::article::frame::Tag;
use crate::article::{BlockKind, Inline, Role};
use crate::text::Span;

/// A block that is being read.
#[derive(Debug)]
pub(super) struct Running {
    pub(super) kind: BlockKind,
    text: String,
    /// White space was read that stands before whatever comes next.
    gap: bool,
    inline: Vec<Started>,
    /// Those of them that are open, outermost first.
    open: Vec<usize>,
    /// From the first thing read to the last, white space around left out.
    at: Option<Range<usize>>,
}

#[derive(Debug)]
struct Started {
    start: usize,
    end: usize,
    role: Role,
    tag: Tag,
}

/// A block that was read.
#[derive(Debug)]
pub(super) struct Done {
    pub(super) kind: BlockKind,
    pub(super) text: String,
    pub(super) inline: Vec<Inline>,
    pub(super) at: Range<usize>,
    pub(super) tags: Vec<Tag>,
}

impl Running {
    /// A block of which nothing is read yet.
    pub(super) fn new(kind: BlockKind) -> Self {
        Self {
            kind,
            text: String::new(),
            gap: false,
            inline: Vec::new(),
            open: Vec::new(),
            at: None,
        }
    }

    /// Characters at a place; white space of any length is one space.
    pub(super) fn text(&mut self, at: &Range<usize>, text: &str) {
        // A reference is longer than its character: only where each stands for itself
        // is there a place inside.
        let is_itself = at.len() == text.len();
        for (i, c) in text.char_indices() {
            if c.is_whitespace() && c != '\u{a0}' {
                self.gap = true;
                continue;
            }
            self.space();
            self.text.push(c);
            let place = if is_itself {
                at.start + i..at.start + i + c.len_utf8()
            } else {
                at.clone()
            };
            self.reach(&place);
        }
    }

    /// An element opens around what comes.
    pub(super) fn open(&mut self, at: &Range<usize>, role: Role) {
        self.space();
        self.open.push(self.inline.len());
        self.inline.push(Started {
            start: self.text.len(),
            end: self.text.len(),
            role,
            tag: Tag {
                open: at.clone(),
                close: at.end..at.end,
            },
        });
        self.reach(at);
    }

    /// The innermost open element closes; false where none is open.
    pub(super) fn close(&mut self, at: &Range<usize>) -> bool {
        let Some(started) = self.open.pop().and_then(|i| self.inline.get_mut(i)) else {
            return false;
        };
        started.end = self.text.len();
        started.tag.close = at.clone();
        self.reach(at);
        true
    }

    /// A place with all that is in it ends; it was opened last.
    pub(super) fn close_place(&mut self, at: &Range<usize>) {
        if let Some(started) = self.open.pop().and_then(|i| self.inline.get_mut(i)) {
            started.tag.open.end = at.end;
            started.tag.close = at.end..at.end;
        }
        self.reach(at);
    }

    /// Something that stands at a place and has no words for this block.
    pub(super) fn point(&mut self, at: &Range<usize>) {
        self.open(at, Role::Point);
        self.open.pop();
    }

    /// What was read; `None` where it has no word, or where an element in it is still
    /// open, which cannot be moved then.
    pub(super) fn done(self) -> Option<Done> {
        if !self.open.is_empty() || !self.text.chars().any(char::is_alphanumeric) {
            return None;
        }
        let inline = self.inline.iter().map(|started| Inline {
            span: Span::trusted(started.start, started.end),
            role: started.role,
        });
        Some(Done {
            kind: self.kind,
            inline: inline.collect(),
            tags: self.inline.into_iter().map(|started| started.tag).collect(),
            text: self.text,
            at: self.at?,
        })
    }

    /// Writes the space that was read, where words stand before it.
    fn space(&mut self) {
        if std::mem::take(&mut self.gap) && !self.text.is_empty() && !self.text.ends_with(' ') {
            self.text.push(' ');
        }
    }

    fn reach(&mut self, at: &Range<usize>) {
        match &mut self.at {
            Some(whole) => whole.end = whole.end.max(at.end),
            None => self.at = Some(at.clone()),
        }
    }
}
