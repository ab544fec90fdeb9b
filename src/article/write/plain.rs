//! Plain text.

use crate::article::Joint;

/// The blocks in order, each joined to the one before it as its joint says; the
/// joint of the first is left aside.
///
/// The text ends with one newline; no blocks, or only blank ones, give the empty
/// text. Blocks are written as they are: what they hold is the caller's.
#[must_use]
pub fn plain<'a>(blocks: impl Iterator<Item = (Joint, &'a str)>) -> String {
    let mut out = String::new();
    for (joint, text) in blocks {
        if !out.is_empty() {
            match joint {
                Joint::Paragraph => out.push_str("\n\n"),
                Joint::Line => out.push('\n'),
                Joint::Inline(gap) => out.push_str(&gap),
            }
        }
        out.push_str(text);
    }
    let end = out.trim_end().len();
    out.truncate(end);
    if !out.is_empty() {
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_joined_as_they_stood() {
        let blocks = [
            (Joint::Line, "Headline"),
            (Joint::Paragraph, "BSS"),
            (Joint::Line, "Published On: 1 May"),
            (Joint::Paragraph, "DHAKA, May 1 (BSS)-"),
            (Joint::Inline(" ".into()), "It rained.\n"),
        ];
        assert_eq!(
            plain(blocks.into_iter()),
            "Headline\n\nBSS\nPublished On: 1 May\n\nDHAKA, May 1 (BSS)- It rained.\n"
        );
        assert_eq!(plain(std::iter::empty()), "");
    }
}
