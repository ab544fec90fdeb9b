//! Plain text: a page as it was saved, copied or scraped.

mod aside;
mod head;
mod layout;
mod line;
mod roles;

use std::borrow::Cow;
use std::collections::HashSet;

use super::ReadError;
use crate::article::dateline;
use crate::article::{Block, BlockKind, Boilerplate, Joint};
use crate::language::{Language, profile};
use crate::text::Text;
use layout::{Layout, joined};
use line::Line;

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
    let mut page = Page::default();
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
        page.add(role, text, joint);
        at = end;
    }
    page.split_tail();
    page.drafts
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

#[derive(Default)]
struct Page<'a> {
    drafts: Vec<Draft<'a>>,
    /// Headline and paragraphs that were seen, where they are long enough to stand
    /// twice by mistake alone.
    seen: HashSet<Cow<'a, str>>,
    paragraphs: usize,
    has_dateline: bool,
}

/// Characters that a paragraph must have for its repetition to be a mistake; a
/// short one may be a refrain or an answer.
const REPEATED: usize = 40;
/// How many paragraphs (captions, summaries) may stand before the dateline.
const BEFORE_DATELINE: usize = 6;

impl<'a> Page<'a> {
    fn add(&mut self, role: BlockKind, text: Cow<'a, str>, joint: Joint) {
        let is_story = matches!(role, BlockKind::Headline | BlockKind::Paragraph);
        if is_story && text.chars().nth(REPEATED).is_some() && !self.seen.insert(text.clone()) {
            self.push(BlockKind::Boilerplate(Boilerplate::Duplicate), text, joint);
        } else if role == BlockKind::Paragraph {
            self.paragraph(text, joint);
        } else {
            self.push(role, text, joint);
        }
    }

    fn push(&mut self, kind: BlockKind, text: Cow<'a, str>, joint: Joint) {
        self.drafts.push(Draft { kind, text, joint });
    }

    /// A paragraph, with the byline or dateline that is glued to it on its own.
    fn paragraph(&mut self, text: Cow<'a, str>, joint: Joint) {
        self.paragraphs += 1;
        let may_begin = self.paragraphs <= BEFORE_DATELINE;
        let byline = may_begin.then(|| head::before_bars(&text)).flatten();
        if let Some(taken) = byline {
            return self.split(BlockKind::Byline, text, taken, joint);
        }
        let dateline = (may_begin && !self.has_dateline)
            .then(|| dateline::parse(&text))
            .flatten();
        if let Some((_, taken)) = dateline {
            self.has_dateline = true;
            return self.split(BlockKind::Dateline, text, taken, joint);
        }
        self.push(BlockKind::Paragraph, text, joint);
    }

    /// The first `taken` bytes as a block of `kind`, and the rest as a paragraph.
    fn split(&mut self, kind: BlockKind, text: Cow<'a, str>, taken: usize, joint: Joint) {
        let (first, gap, rest) = parts(text, taken);
        self.push(kind, first, joint);
        if !rest.is_empty() {
            self.add(BlockKind::Paragraph, rest, Joint::Inline(gap));
        }
    }

    /// Takes the signature and the list label off the last paragraph's line.
    fn split_tail(&mut self) {
        let Some(last) = self
            .drafts
            .iter()
            .rposition(|d| d.kind == BlockKind::Paragraph)
        else {
            return;
        };
        let draft = &mut self.drafts[last];
        let (signature, label) = aside::inline_tail(&draft.text);
        if signature == draft.text.len() || signature == 0 {
            return;
        }
        let text = std::mem::take(&mut draft.text);
        let label = Part {
            kind: BlockKind::Boilerplate(Boilerplate::Related),
            at: label,
        };
        let signature = Part {
            kind: BlockKind::SignOff,
            at: signature,
        };
        let mut rest = text;
        let mut after = Vec::new();
        for part in [label, signature] {
            if part.at < rest.len() {
                let tail = rest[part.at..].to_owned();
                let story = rest[..part.at].trim_end().len();
                let gap = rest[story..part.at].to_owned();
                after.push(Draft {
                    kind: part.kind,
                    text: tail.into(),
                    joint: Joint::Inline(gap),
                });
                rest = shortened(rest, story);
            }
        }
        self.drafts[last].text = rest;
        let place = last + 1;
        for draft in after {
            self.drafts.insert(place, draft);
        }
    }
}

struct Part {
    kind: BlockKind,
    at: usize,
}

fn shortened(text: Cow<'_, str>, end: usize) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(&text[..end]),
        Cow::Owned(mut text) => {
            text.truncate(end);
            Cow::Owned(text)
        }
    }
}

/// `text` before byte `at`, the white space there, and what follows it.
fn parts(text: Cow<'_, str>, at: usize) -> (Cow<'_, str>, String, Cow<'_, str>) {
    let rest = text[at..].trim_start().len();
    let start = text.len() - rest;
    let gap = text[at..start].to_owned();
    match text {
        Cow::Borrowed(text) => (text[..at].into(), gap, text[start..].into()),
        Cow::Owned(text) => {
            let rest = text[start..].to_owned();
            (shortened(text.into(), at), gap, rest.into())
        }
    }
}

impl Draft<'_> {
    fn repaired(self, hint: Option<Language>) -> Block {
        let language = language_of(&self.text, hint);
        let edits = profile(language).repairs(&self.text);
        Block {
            kind: self.kind,
            text: Text::repaired(self.text, edits),
            joint: self.joint,
            inline: Vec::new(),
        }
    }
}

/// The language of a block by its script.
fn language_of(text: &str, hint: Option<Language>) -> Language {
    let (mut bengali, mut other) = (0usize, 0usize);
    for c in text.chars().filter(|c| c.is_alphabetic()) {
        if ('\u{980}'..='\u{9ff}').contains(&c) {
            bengali += 1;
        } else {
            other += 1;
        }
    }
    match (bengali > other, hint) {
        (true, _) => Language::BANGLA,
        (false, Some(Language::BANGLA)) if other > 0 => Language::ENGLISH,
        (false, hint) => hint.unwrap_or(Language::ENGLISH),
    }
}

#[cfg(test)]
mod tests;
