//! Plain text: a page as it was saved, copied or scraped.

use std::borrow::Cow;
use std::ops::Range;

use super::ReadError;
use super::story::layout::{Layout, joined};
use super::story::line::Line;
use super::story::{self, Paragraphs, roles};
use crate::article::dateline;
use crate::article::{Block, BlockKind, Joint};
use crate::language::Language;

/// The blocks of a page, in order.
///
/// `text` has no `\r` (see [`decode`](super::decode)). Each block is repaired by
/// the profile of its own language: Bangla where most of its letters are Bengali,
/// elsewhere `language_hint`, or English without one.
///
/// Law: the characters of the blocks' sources that are no white space (zero-width
/// spaces among it) are those of `text`, in order.
///
/// # Errors
/// When there is no text, or none that tells a story.
pub fn read(text: &str, language_hint: Option<Language>) -> Result<Vec<Block>, ReadError> {
    if text.is_empty() {
        return Err(ReadError::Empty);
    }
    let lines = Line::all(text);
    if lines.is_empty() {
        return Err(ReadError::Blank);
    }
    let drafts = drafts(&lines);
    let tells = |d: &Draft<'_>| matches!(d.kind, BlockKind::Headline | BlockKind::Paragraph);
    if !drafts.iter().any(tells) {
        return Err(ReadError::OnlyBoilerplate { lines: lines.len() });
    }
    let blocks = drafts.into_iter().map(|d| d.repaired(language_hint));
    Ok(blocks.collect())
}

/// A block before its repair.
struct Draft<'a> {
    kind: BlockKind,
    text: Cow<'a, str>,
    joint: Joint,
}

fn drafts<'a>(lines: &[Line<'a>]) -> Vec<Draft<'a>> {
    let (roles, layout) = roles::of(lines);
    let mut paragraphs = Paragraphs::default();
    let mut drafts = Vec::new();
    let mut at = 0;
    while let (Some(line), Some(&role)) = (lines.get(at), roles.get(at)) {
        let mut end = at + 1;
        while end < lines.len() && roles[end] == role && goes_on(role, layout, lines, end) {
            end += 1;
        }
        let text = match &lines[at..end] {
            [one] => Cow::Borrowed(one.text),
            more => Cow::Owned(joined(more)),
        };
        let joint = if line.after_blank {
            Joint::Paragraph
        } else {
            Joint::Line
        };
        let parts = paragraphs.parts(role, &text);
        drafts.extend(divided(&text, &parts, joint));
        at = end;
    }
    let is_paragraph = |d: &Draft<'_>| d.kind == BlockKind::Paragraph;
    if let Some(last) = drafts.iter().rposition(is_paragraph) {
        let draft = &drafts[last];
        let parts = story::tail(&draft.text);
        let parts = divided(&draft.text, &parts, draft.joint.clone());
        drafts.splice(last..=last, parts);
    }
    drafts
}

/// The parts of a text as drafts of their own. The first follows what stands before it
/// as the whole does.
fn divided<'a>(text: &Cow<'a, str>, parts: &[story::Part], mut joint: Joint) -> Vec<Draft<'a>> {
    let mut drafts = Vec::with_capacity(parts.len());
    for (i, part) in parts.iter().enumerate() {
        let next = parts.get(i + 1).map_or(part.at.end, |next| next.at.start);
        drafts.push(Draft {
            kind: part.kind,
            text: slice(text, part.at.clone()),
            joint,
        });
        joint = Joint::Inline(text[part.at.end..next].to_owned());
    }
    drafts
}

fn slice<'a>(text: &Cow<'a, str>, at: Range<usize>) -> Cow<'a, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(&text[at]),
        Cow::Owned(text) => Cow::Owned(text[at].to_owned()),
    }
}

/// Whether line `at` belongs to the block of the line before it, which has the
/// same role.
fn goes_on(role: BlockKind, layout: Layout, lines: &[Line<'_>], at: usize) -> bool {
    let (line, next) = (&lines[at - 1], &lines[at]);
    match role {
        BlockKind::Headline => true,
        BlockKind::Paragraph => {
            layout.joins(line, next)
                && !is_whole_dateline(line)
                && dateline::parse(next.text).is_none()
        }
        _ => false,
    }
}

/// `বামাকো, ১৯ জুলাই, ২০১৯ (বাসস) :` on a line of its own.
fn is_whole_dateline(line: &Line<'_>) -> bool {
    dateline::parse(line.text).is_some_and(|(_, taken)| taken == line.text.len())
}

impl Draft<'_> {
    fn repaired(self, hint: Option<Language>) -> Block {
        Block {
            kind: self.kind,
            text: story::repaired(self.text, hint),
            joint: self.joint,
            inline: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests;
