//! Markdown, with or without front matter.

mod code;
mod flow;
mod front;

#[cfg(test)]
mod tests;

use super::draft::Made;
use super::{ReadError, decode};
use crate::article::frame::Frame;
use crate::article::{Article, Document, Format};

/// The article that `bytes` hold.
///
/// # Errors
/// When the bytes are no text, too many, or hold no story.
pub(super) fn read(id: &str, bytes: Vec<u8>) -> Result<Document, ReadError> {
    let source = decode::exact(bytes)?;
    let front = front::read(&source);
    let mut drafts = front.drafts;
    drafts.extend(flow::read(&source, front.end));
    let story = vec![true; drafts.len()];
    let mut made = Made::new(0, front.slots);
    made.drafts(&drafts, &story);
    let (blocks, slots) = made.done();
    super::check(&blocks)?;
    Ok(Document {
        format: Format::Markdown,
        articles: vec![Article {
            id: id.to_owned(),
            entry: None,
            declared: front.declared,
            blocks,
        }],
        frame: Some(Frame::new(source, slots)),
    })
}
