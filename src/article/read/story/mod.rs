//! What is what in the text of an article, however it was marked up: headline, byline,
//! dateline, story, and what a page carries beside it.

mod aside;
mod head;
pub(super) mod layout;
pub(super) mod line;
pub(super) mod roles;

use std::collections::HashSet;
use std::ops::Range;

use crate::article::{BlockKind, Boilerplate, dateline};
use crate::language::{Language, profile};
use crate::text::Text;

/// A part of a block's text that is a block of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) kind: BlockKind,
    pub(super) at: Range<usize>,
}

/// What was seen of an article's paragraphs so far.
#[derive(Debug, Default)]
pub(super) struct Paragraphs {
    /// Headline and paragraphs that are long enough to stand twice by mistake alone.
    seen: HashSet<String>,
    count: usize,
    has_dateline: bool,
}

/// Characters that a paragraph must have for its repetition to be a mistake; a
/// short one may be a refrain or an answer.
const REPEATED: usize = 40;
/// How many paragraphs (captions, summaries) may stand before the dateline.
const BEFORE_DATELINE: usize = 6;

impl Paragraphs {
    /// The next block: as it is, as a repetition, or as the byline or dateline that is
    /// glued to it and the rest.
    ///
    /// Law: between the parts is white space alone.
    pub(super) fn parts(&mut self, kind: BlockKind, text: &str) -> Vec<Part> {
        let mut parts = Vec::with_capacity(1);
        let mut at = 0;
        while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            let (kind, taken) = self.part(kind, rest);
            let end = at + taken;
            parts.push(Part { kind, at: at..end });
            at = text.len() - text[end..].trim_start().len();
        }
        parts
    }

    /// What `text` begins with, and the bytes that it takes.
    fn part(&mut self, kind: BlockKind, text: &str) -> (BlockKind, usize) {
        let is_story = matches!(kind, BlockKind::Headline | BlockKind::Paragraph);
        if is_story && text.chars().nth(REPEATED).is_some() && !self.seen.insert(text.to_owned()) {
            return (BlockKind::Boilerplate(Boilerplate::Duplicate), text.len());
        }
        if kind != BlockKind::Paragraph {
            return (kind, text.len());
        }
        self.count += 1;
        if self.count <= BEFORE_DATELINE {
            if let Some(taken) = head::before_bars(text) {
                return (BlockKind::Byline, taken);
            }
            if !self.has_dateline
                && let Some((_, taken)) = dateline::parse(text)
            {
                self.has_dateline = true;
                return (BlockKind::Dateline, taken);
            }
        }
        (kind, text.len())
    }
}

/// The last paragraph, and behind it the signature and the label of a list that stand
/// on its line.
pub(super) fn tail(text: &str) -> Vec<Part> {
    let (signature, label) = aside::inline_tail(text);
    if signature == 0 {
        return vec![Part {
            kind: BlockKind::Paragraph,
            at: 0..text.len(),
        }];
    }
    let until = |end: usize| text[..end].trim_end().len();
    let parts = [
        (BlockKind::Paragraph, 0..until(signature)),
        (BlockKind::SignOff, signature..until(label)),
        (
            BlockKind::Boilerplate(Boilerplate::Related),
            label..text.len(),
        ),
    ];
    (parts.into_iter())
        .filter(|(_, at)| !at.is_empty())
        .map(|(kind, at)| Part { kind, at })
        .collect()
}

/// A block's text with its canonical form: that of the language of its script, or of
/// `hint`.
pub(super) fn repaired(text: impl Into<String>, hint: Option<Language>) -> Text {
    let text = text.into();
    let edits = profile(language_of(&text, hint)).repairs(&text);
    Text::repaired(text, edits)
}

/// Whether most letters of a text are Bengali.
pub(super) fn is_bengali(text: &str) -> bool {
    let (bengali, other) = letters(text);
    bengali > other
}

/// The language of a block by its script.
pub(super) fn language_of(text: &str, hint: Option<Language>) -> Language {
    let (bengali, other) = letters(text);
    match (bengali > other, hint) {
        (true, _) => Language::BANGLA,
        (false, Some(Language::BANGLA)) if other > 0 => Language::ENGLISH,
        (false, hint) => hint.unwrap_or(Language::ENGLISH),
    }
}

/// How many letters are Bengali, and how many are others.
fn letters(text: &str) -> (usize, usize) {
    let letters = text.chars().filter(|c| c.is_alphabetic());
    letters.fold((0, 0), |(bengali, other), c| {
        if ('\u{980}'..='\u{9ff}').contains(&c) {
            (bengali + 1, other)
        } else {
            (bengali, other + 1)
        }
    })
}
