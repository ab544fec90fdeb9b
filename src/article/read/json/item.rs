//! An article that is an object of JSON, while its fields are read.

use super::value::Value;
use crate::article::frame::{Escape, Frame, Said, Slot, What};
use crate::article::read::gather;
use crate::article::read::html;
use crate::article::{Block, BlockKind};
use crate::language::Language;

/// What the text of a field is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// Text, a paragraph a line.
    Plain,
    /// A part of a page.
    Html,
}

/// An article and the places of its blocks.
pub(super) struct Item<'a> {
    /// The object.
    pub(super) object: Value<'a>,
    /// The language that it declares.
    pub(super) declared: Option<Language>,
    /// Its blocks.
    pub(super) blocks: Vec<Block>,
    /// Their places, and what is said of the translation.
    pub(super) slots: Vec<Slot>,
    first: usize,
}

impl<'a> Item<'a> {
    /// The article that `object` is, its blocks counted from `first`.
    pub(super) fn new(object: Value<'a>, first: usize) -> Self {
        Self {
            object,
            declared: None,
            blocks: Vec::new(),
            slots: Vec::new(),
            first,
        }
    }

    /// Reads a string as text; what is no string is passed over.
    pub(super) fn field(&mut self, value: Value<'_>, kind: BlockKind, sort: Sort) {
        let Some(text) = value.text() else { return };
        let first = self.first + self.blocks.len();
        let (mut blocks, frame) = match sort {
            Sort::Plain => gather::lines(&text, first, kind),
            Sort::Html => html::fragment(&text, first),
        };
        if kind != BlockKind::Paragraph {
            for block in &mut blocks {
                block.kind = kind;
            }
        }
        if !blocks.is_empty() {
            self.blocks.extend(blocks);
            self.inside(value, frame);
        }
    }

    /// Replaces what a string says by what `said` comes to.
    pub(super) fn says(&mut self, value: Value<'_>, said: Vec<Said>) {
        if value.raw().starts_with('"') {
            self.fact(value.inside(), said);
        }
    }

    /// Replaces a value by what `said` comes to.
    pub(super) fn becomes(&mut self, value: Value<'_>, said: Vec<Said>) {
        self.fact(value.start()..value.end(), said);
    }

    /// Says the language of the translation where the article says its own; notes
    /// which that is.
    pub(super) fn language(&mut self, value: Value<'_>) {
        if let Some(tag) = value.text() {
            self.declared = self.declared.or(gather::language(&tag));
            self.says(value, vec![Said::Language]);
        }
    }

    /// Adds members to the object: `said` is what stands behind its brace, a comma at
    /// its end.
    pub(super) fn add(&mut self, said: Vec<Said>) {
        // An object without members has no text either.
        let at = self.object.start() + 1;
        self.fact(at..at, said);
    }

    /// Says something in a list before its items.
    pub(super) fn add_before(&mut self, list: Value<'_>, mut said: Vec<Said>) {
        let at = list.start() + 1;
        if !list.items().is_empty() {
            said.push(Said::Raw(",".to_owned()));
        }
        self.fact(at..at, said);
    }

    fn inside(&mut self, value: Value<'_>, frame: Frame) {
        self.slots.push(Slot {
            at: value.inside(),
            what: What::Inside {
                escape: Escape::Json,
                frame: Box::new(frame),
            },
        });
    }

    fn fact(&mut self, at: std::ops::Range<usize>, said: Vec<Said>) {
        self.slots.push(Slot {
            at,
            what: What::Fact {
                escape: Escape::Json,
                said,
            },
        });
    }
}
