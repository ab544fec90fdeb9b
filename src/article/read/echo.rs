//! For tests of readers: what they read, in short, and written again.

use crate::article::frame::Facts;
use crate::article::{Block, Document, Inline, Placed, Role, Translated};
use crate::language::Language;
use crate::text::Span;

/// Kind, text and markup of each block: words in `<…>` are enclosed, those in `{…}` are
/// not to be translated, and `^` is a place.
pub(super) fn told(blocks: &[Block]) -> Vec<String> {
    blocks
        .iter()
        .map(|block| {
            format!(
                "{}: {}",
                block.kind.name(),
                marked(block.text.source(), &block.inline)
            )
        })
        .collect()
}

fn marked(text: &str, inline: &[Inline]) -> String {
    let mut out = String::new();
    for at in 0..=text.len() {
        for i in inline.iter().rev() {
            if i.span.end() == at && i.role != Role::Point {
                out.push(if i.role == Role::Verbatim { '}' } else { '>' });
            }
        }
        for i in inline {
            if i.span.start() == at {
                out.push(match i.role {
                    Role::Point => '^',
                    Role::Verbatim => '{',
                    _ => '<',
                });
            }
        }
        if let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
            out.push(c);
        }
    }
    out
}

/// The file with each block filled with what it says.
pub(super) fn echoed(document: &Document) -> String {
    let blocks: Vec<&Block> = document.blocks().collect();
    let placed: Vec<Vec<Placed>> = blocks.iter().map(|b| kept(b)).collect();
    let same = |i: usize| {
        let text = blocks.get(i)?.text.source();
        let placed = placed.get(i)?;
        Some(Translated { text, placed })
    };
    document.written(&same, &Facts::default()).unwrap()
}

pub(super) fn kept(block: &Block) -> Vec<Placed> {
    let placed = |(index, inline): (usize, &Inline)| Placed {
        index,
        span: Span::trusted(inline.span.start(), inline.span.end()),
    };
    block.inline.iter().enumerate().map(placed).collect()
}

/// The file with every word of every block in capitals, its markup where it was.
pub(super) fn in_capitals(document: &Document, facts: &Facts) -> String {
    let blocks: Vec<&Block> = document.blocks().collect();
    let texts: Vec<String> = blocks
        .iter()
        .map(|b| b.text.source().to_ascii_uppercase())
        .collect();
    let placed: Vec<Vec<Placed>> = blocks.iter().map(|b| kept(b)).collect();
    let new = |i: usize| {
        let (text, placed) = (texts.get(i)?, placed.get(i)?);
        Some(Translated { text, placed })
    };
    document.written(&new, facts).unwrap()
}

pub(super) fn facts() -> Facts {
    Facts {
        languages: Some((Language::BANGLA, Language::ENGLISH)),
        providers: vec!["local".to_owned()],
        digest: "00ff".to_owned(),
        draft: true,
    }
}
