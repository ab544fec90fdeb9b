//! HTML: a whole page, or a part of one inside another format.

use crate::article::Block;
use crate::article::frame::Frame;

/// The blocks of a part of a page, and the frame around them. `first_block` is the
/// number of its first block among those of the whole document, from which the
/// places of the frame count.
///
/// Nothing in it is an error: what cannot be understood stays where it is.
pub(in crate::article::read) fn fragment(source: &str, first_block: usize) -> (Vec<Block>, Frame) {
    let _ = first_block;
    (Vec::new(), Frame::new(source.to_owned(), Vec::new()))
}
