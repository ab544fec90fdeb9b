//! The quotation marks of an article, block by block.

use super::Translator;
use crate::article::{Article, Block, BlockKind, Joint};
use crate::mark::Mark;
use crate::mark::quote;
use crate::names::Passage;
use crate::style::QuoteStyle;
use crate::text::{Normal, Span};

impl Translator {
    /// Finds the quotation marks of every block outside its values. A quotation may go
    /// on in the next paragraph, which opens it again or only closes it.
    pub(super) fn quotations(&self, article: &Article, passages: &mut [Passage<'_, '_>]) {
        if self.style.quotes == QuoteStyle::Keep || !self.stages.quotes {
            return;
        }
        let blocks = &article.blocks;
        for (i, (block, passage)) in blocks.iter().zip(passages.iter_mut()).enumerate() {
            let whole: Vec<Span<Normal>> = passage.marks.iter().map(Mark::whole).collect();
            let reopened = |next| is_next(block, next) && opens(next.text.normal());
            let runs_on = blocks.get(i + 1).is_some_and(reopened);
            passage.quotes = quote::pair(passage.text, &whole, runs_on);
        }
        for (i, pair) in blocks.windows(2).enumerate() {
            if let [block, next] = pair
                && is_next(block, next)
                && let Some([first, second]) =
                    passages.get_mut(i..).and_then(<[_]>::first_chunk_mut)
            {
                quote::join(&mut first.quotes, &mut second.quotes);
            }
        }
    }
}

/// Whether a quotation of `block` may go on in `next`.
fn is_next(block: &Block, next: &Block) -> bool {
    block.kind == BlockKind::Paragraph
        && next.kind == BlockKind::Paragraph
        && next.joint != Joint::Inline(String::new())
}

fn opens(text: &str) -> bool {
    text.starts_with(['"', '“', '‘', '\'', '«', '„'])
}
