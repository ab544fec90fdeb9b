//! An article while it is read, and what stands outside of any.

use std::ops::Range;

use super::dialect::Known;
use super::running::Done;
use crate::article::frame::{Escape, Slot, What};
use crate::article::read::gather::{self, Gathered};
use crate::article::read::html;
use crate::article::{Block, BlockKind};

/// An article that is being read.
#[derive(Debug, Default)]
pub(super) struct Part {
    pub(super) known: Known,
    pub(super) texts: Vec<Text>,
}

/// A text of an article.
#[derive(Debug)]
pub(super) enum Text {
    /// A block.
    Block(Done),
    /// A block that stays, and the place of its translation.
    Twin(Source, Range<usize>),
    /// Text in HTML, how it is written where it stands, the kind of its paragraphs.
    Html(Range<usize>, String, Escape, BlockKind),
}

/// A source that stays where it is.
#[derive(Debug)]
pub(super) struct Source {
    pub(super) done: Done,
    /// All that its element holds.
    pub(super) content: Range<usize>,
}

impl Part {
    /// Adds the article with the places of its texts.
    pub(super) fn gather(self, id: &str, gathered: &mut Gathered) {
        let declared = self.known.language.as_deref().and_then(gather::language);
        let mut blocks: Vec<Block> = Vec::new();
        for text in self.texts {
            let block = gathered.next() + blocks.len();
            let slot = match text {
                Text::Block(done) => Slot {
                    at: done.piece.at.clone(),
                    what: What::Block {
                        block,
                        escape: Escape::Xml,
                        tags: read(done, &mut blocks),
                    },
                },
                Text::Twin(source, at) => Slot {
                    at,
                    what: What::Twin {
                        block,
                        escape: Escape::Xml,
                        source: source.content,
                        words: source.done.piece.at.clone(),
                        tags: read(source.done, &mut blocks),
                    },
                },
                Text::Html(at, text, escape, kind) => {
                    let (mut inner, frame) = html::fragment(&text, block);
                    if kind != BlockKind::Paragraph {
                        for block in &mut inner {
                            block.kind = kind;
                        }
                    }
                    blocks.extend(inner);
                    let frame = Box::new(frame);
                    let what = What::Inside { escape, frame };
                    Slot { at, what }
                }
            };
            gathered.slots.push(slot);
        }
        gathered.article(id, declared, blocks);
    }
}

/// Adds a block; its tags.
fn read(done: Done, blocks: &mut Vec<Block>) -> Vec<crate::article::frame::Tag> {
    let piece = done.piece;
    blocks.push(gather::block(done.kind, piece.text, piece.inline));
    piece.tags
}
