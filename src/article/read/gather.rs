//! What a reader gathers of a file: articles, and places in the file.

use crate::article::frame::{Escape, Frame, Slot, What};
use crate::article::{Article, Block, BlockKind, Document, Format, Inline, Joint, dateline};
use crate::language::{Language, profile};
use crate::text::Text;

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
    let bengali = text.chars().filter(|c| ('\u{980}'..='\u{9ff}').contains(c));
    let letters = text.chars().filter(|c| c.is_alphabetic());
    let language = if 2 * bengali.count() > letters.count() {
        Language::BANGLA
    } else {
        Language::ENGLISH
    };
    let edits = profile(language).repairs(&text);
    Block {
        kind,
        text: Text::repaired(text, edits),
        joint: Joint::Paragraph,
        inline,
    }
}

/// Paragraphs before which a dateline may stand.
const BEFORE_DATELINE: usize = 6;

/// Text without markup, a block a line; `kind` is that of lines of a story.
///
/// Blocks are counted from `first`. A dateline stands by itself.
pub(super) fn lines(text: &str, first: usize, kind: BlockKind) -> (Vec<Block>, Frame) {
    let mut blocks: Vec<Block> = Vec::new();
    let mut slots = Vec::new();
    let mut has_dateline = false;
    let mut add = |blocks: &mut Vec<Block>, kind, start: usize, end: usize| {
        let line = text.get(start..end).unwrap_or_default();
        slots.push(Slot {
            at: start..end,
            what: What::Block {
                block: first + blocks.len(),
                escape: Escape::None,
                tags: Vec::new(),
            },
        });
        blocks.push(block(kind, line.to_owned(), Vec::new()));
    };
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let mut start = at + (line.len() - line.trim_start().len());
        let end = at + line.trim_end().len();
        at += line.len();
        if !text.get(start..end).is_some_and(has_words) {
            continue;
        }
        let may_begin = kind == BlockKind::Paragraph && !has_dateline;
        let parsed = (may_begin && blocks.len() < BEFORE_DATELINE)
            .then(|| dateline::parse(&text[start..end]))
            .flatten();
        if let Some((_, taken)) = parsed {
            has_dateline = true;
            add(&mut blocks, BlockKind::Dateline, start, start + taken);
            let rest = &text[start + taken..end];
            start = end - rest.trim_start().len();
            if !has_words(rest) {
                continue;
            }
            add(&mut blocks, kind, start, end);
            if let Some(last) = blocks.last_mut() {
                last.joint = Joint::Inline(" ".to_owned());
            }
            continue;
        }
        add(&mut blocks, kind, start, end);
    }
    (blocks, Frame::new(text.to_owned(), slots))
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
