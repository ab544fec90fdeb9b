//! HTML: a whole page, or a part of one inside another format.
//!
//! A tokenizer tells tags from text ([`token`]); [`flow`] puts text together that stands
//! together; [`page`] tells the story from what surrounds it. Nothing is ever put
//! together as a tree: what a page nests wrongly, a translation of it nests wrongly, too.

mod charset;
mod data;
mod element;
mod flow;
mod head;
mod inline_tag;
mod opaque;
mod page;
mod provenance;
mod readable;
mod reference;
pub(super) mod shortcode;
mod stack;
mod token;

#[cfg(test)]
mod tests;

use super::ReadError;
use crate::article::frame::Frame;
use crate::article::{Article, Block, Document, Format};
use flow::Flow;
pub(super) use inline_tag::{InlineTag, tag};

/// The page, or part of one, that `bytes` hold.
///
/// # Errors
/// When the bytes are no text, too many, or hold no story.
pub(super) fn read(id: &str, bytes: Vec<u8>) -> Result<Document, ReadError> {
    let source = charset::text(id, bytes)?;
    let page = taken_apart(&source);
    let declared = page.head.declared;
    let said = provenance::slots(&page.head);
    let (blocks, mut slots) = page::blocks(&source, page, 0);
    slots.extend(said);
    super::check(&blocks)?;
    Ok(Document {
        format: Format::Html,
        articles: vec![Article {
            id: id.to_owned(),
            entry: None,
            declared,
            blocks,
        }],
        frame: Some(Frame::new(source, slots)),
    })
}

/// The blocks of a part of a page, and the frame around them. `first_block` is the
/// number of its first block among those of the whole document, from which the
/// places of the frame count.
///
/// Nothing in it is an error: what cannot be understood stays where it is.
pub(in crate::article::read) fn fragment(source: &str, first_block: usize) -> (Vec<Block>, Frame) {
    let (blocks, slots) = page::blocks(source, taken_apart(source), first_block);
    (blocks, Frame::new(source.to_owned(), slots))
}

fn taken_apart(source: &str) -> flow::Page {
    let mut flow = Flow::new(source);
    token::read(source, &mut flow);
    let mut page = flow.page();
    for at in std::mem::take(&mut page.head.data) {
        data::read(source, at, &mut page);
    }
    page
}
