//! A block of XML while it is read: running text, and the elements that are open in it.

use std::ops::Range;

use crate::article::read::run::{Opened, Piece, Run};
use crate::article::{BlockKind, Role};

/// A block that is being read.
#[derive(Debug)]
pub(super) struct Running {
    pub(super) kind: BlockKind,
    run: Run,
    /// The elements that are open, outermost first.
    open: Vec<Opened>,
}

/// A block that was read.
#[derive(Debug)]
pub(super) struct Done {
    pub(super) kind: BlockKind,
    pub(super) piece: Piece,
}

impl Running {
    /// A block of which nothing is read yet.
    pub(super) fn new(kind: BlockKind) -> Self {
        Self {
            kind,
            run: Run::default(),
            open: Vec::new(),
        }
    }

    /// Characters at a place; white space of any length is one space.
    pub(super) fn text(&mut self, at: &Range<usize>, text: &str) {
        // A reference is longer than its character: only where each stands for itself
        // is there a place inside.
        let is_itself = at.len() == text.len();
        let place = |range: Range<usize>| {
            if is_itself {
                at.start + range.start..at.start + range.end
            } else {
                at.clone()
            }
        };
        let is_space = |c: char| c.is_whitespace() && c != '\u{a0}';
        let mut from = 0;
        while let Some(first) = text[from..].chars().next() {
            let rest = &text[from..];
            let length = if is_space(first) {
                rest.find(|c| !is_space(c))
            } else {
                rest.find(is_space)
            };
            let to = from + length.unwrap_or(rest.len());
            if is_space(first) {
                self.run.space(place(from..to));
            } else {
                self.run.push(&text[from..to], place(from..to));
            }
            from = to;
        }
    }

    /// An element opens around what comes.
    pub(super) fn open(&mut self, at: &Range<usize>, role: Role) {
        let opened = self.run.open(at.clone(), role);
        self.open.push(opened);
    }

    /// The innermost open element closes. One that was opened in an earlier block ends
    /// at a place of this one.
    pub(super) fn close(&mut self, at: &Range<usize>) {
        match self.open.pop() {
            Some(opened) => {
                self.run.close(opened, at.clone());
            }
            None => self.point(at),
        }
    }

    /// Something that stands at a place and has no words for this block.
    pub(super) fn point(&mut self, at: &Range<usize>) {
        self.run.point(at.clone());
    }

    /// What was read; `None` where there is nothing in it to translate.
    pub(super) fn done(self) -> Option<Done> {
        let piece = self.run.piece(0..self.run.text().len())?;
        Some(Done {
            kind: self.kind,
            piece,
        })
    }
}
