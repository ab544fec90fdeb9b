//! How much a batch is, in the units that services count by.

use super::{Batch, Usage, wire};
use crate::language::Language;

/// Characters (Unicode scalar values) of a batch, values visible.
#[must_use]
pub fn characters(batch: &Batch) -> usize {
    let size = |segment| wire::characters(segment, batch.pair.source);
    batch.segments.iter().map(size).sum()
}

/// Tokens of a language model that a batch takes, estimated.
#[must_use]
pub fn usage(batch: &Batch) -> Usage {
    let there: usize = batch
        .segments
        .iter()
        .map(|segment| {
            let text = wire::encode(segment, batch.pair.source, wire::Protection::Plain).text;
            tokens_of(&text) + EACH
        })
        .sum();
    let back = translated(characters(batch), batch.pair.target);
    Usage {
        read: (PROMPT + there) as u64,
        written: back as u64,
    }
}

/// Tokens of a translation of so many characters, estimated: it has about as many
/// as its source; what a character costs differs by script.
#[must_use]
pub fn translated(characters: usize, target: Language) -> usize {
    (characters * per_thousand(target)).div_ceil(1000)
}

/// Tokens of a text, estimated high: a limit that is kept is worth more than
/// one that is used up. English has about four characters a token; Bangla
/// between one and two and a half, by vocabulary.
#[must_use]
pub fn tokens_of(text: &str) -> usize {
    let (ascii, other) = text.chars().fold((0, 0), |(ascii, other), c| {
        if c.is_ascii() {
            (ascii + 1, other)
        } else {
            (ascii, other + 1)
        }
    });
    (ascii * LATIN + other * OTHER).div_ceil(1000)
}

/// Tokens of instructions and schema.
const PROMPT: usize = 700;
/// Tokens of the structure around a segment.
const EACH: usize = 25;
/// Tokens a thousand characters.
const LATIN: usize = 300;
const OTHER: usize = 900;

fn per_thousand(language: Language) -> usize {
    if language == Language::BANGLA {
        OTHER
    } else {
        LATIN
    }
}
