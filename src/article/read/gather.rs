//! What a reader gathers of a file: articles, and places in the file.

use super::story::{self, Paragraphs};
use crate::article::frame::{Escape, Frame, Slot, What};
use crate::article::{Article, Block, BlockKind, Document, Format, Inline, Joint};
use crate::language::Language;

/// The articles of a file and the places of their blocks, while it is read.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    /// Articles that have a block.
    articles: Vec<Article>,
    /// Places in the file, in any order.
    pub(super) slots: Vec<Slot>,
    blocks: usize,
}

impl Gathered {
    /// How many blocks there are: the number of the next one.
    pub(super) fn next(&self) -> usize {
        self.blocks
    }

    /// Adds an article; one without a block is none.
    ///
    /// The places of its blocks count from what [`next`](Self::next) was before.
    pub(super) fn article(&mut self, id: &str, declared: Option<Language>, blocks: Vec<Block>) {
        self.blocks += blocks.len();
        if blocks.is_empty() {
            return;
        }
        self.articles.push(Article {
            id: id.to_owned(),
            entry: None,
            declared,
            blocks,
        });
    }

    /// The file; `None` where it has no article.
    pub(super) fn document(mut self, format: Format, source: String) -> Option<Document> {
        if self.articles.is_empty() {
            return None;
        }
        if self.articles.len() > 1 {
            for (number, article) in self.articles.iter_mut().enumerate() {
                article.entry = Some(number + 1);
            }
        }
        Some(Document {
            format,
            articles: self.articles,
            frame: Some(Frame::new(source, self.slots)),
        })
    }
}

/// A block with its text in canonical form.
pub(super) fn block(kind: BlockKind, text: String, inline: Vec<Inline>) -> Block {
    Block {
        kind,
        text: story::repaired(text, None),
        joint: Joint::Paragraph,
        inline,
    }
}

/// Text without markup, a block a line; `kind` is that of lines of a story, which are
/// told apart as those of a page: a byline or a dateline stands by itself.
///
/// Blocks are counted from `first`.
pub(super) fn lines(text: &str, first: usize, kind: BlockKind) -> (Vec<Block>, Frame) {
    let mut blocks: Vec<Block> = Vec::new();
    let mut slots = Vec::new();
    let mut paragraphs = Paragraphs::default();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at + (line.len() - line.trim_start().len());
        at += line.len();
        let line = line.trim();
        if !has_words(line) {
            continue;
        }
        let mut before = None;
        for part in paragraphs.parts(kind, line) {
            let words = &line[part.at.clone()];
            if !has_words(words) {
                continue;
            }
            slots.push(Slot {
                at: start + part.at.start..start + part.at.end,
                what: What::Block {
                    block: first + blocks.len(),
                    escape: Escape::None,
                    tags: Vec::new(),
                },
            });
            let mut own = block(part.kind, words.to_owned(), Vec::new());
            if let Some(end) = before {
                own.joint = Joint::Inline(line[end..part.at.start].to_owned());
            }
            before = Some(part.at.end);
            blocks.push(own);
        }
    }
    (blocks, Frame::new(text.to_owned(), slots))
}

/// The language of a tag such as `en-US` or `en_bd`; `None` where it is none.
pub(super) fn language(tag: &str) -> Option<Language> {
    tag.trim().parse().ok()
}

/// Whether there is anything to translate or to write otherwise: a letter or a digit.
pub(super) fn has_words(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::frame::Facts;

    #[test]
    fn lines_are_blocks_and_come_back() {
        let text = "  DHAKA, May 1, 2026 (BSS) - It rained.\n\n The sun shone. \r\n***\n";
        let (blocks, frame) = lines(text, 7, BlockKind::Paragraph);
        let told: Vec<_> = blocks.iter().map(|b| (b.kind, b.text.source())).collect();
        assert_eq!(
            told,
            [
                (BlockKind::Dateline, "DHAKA, May 1, 2026 (BSS) -"),
                (BlockKind::Paragraph, "It rained."),
                (BlockKind::Paragraph, "The sun shone."),
            ]
        );
        assert_eq!(blocks[1].joint, Joint::Inline(" ".to_owned()));
        assert_eq!(frame.render(&|_| None, &Facts::default()), text);
        let last = |block| {
            (block == 9).then(|| crate::article::frame::Filled {
                text: "রোদ".to_owned(),
                placed: Vec::new(),
                same: false,
            })
        };
        assert!(
            frame
                .render(&last, &Facts::default())
                .contains("rained.\n\n রোদ \r\n***\n")
        );
    }
}
