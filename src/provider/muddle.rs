//! Answers that belong to other segments.
//!
//! A service that loses count answers each segment with the translation of the one
//! before. One answer to two different segments shows it, and then no answer of the
//! batch can be trusted.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::{Batch, Drafts, Protection, wire};
use crate::plan::{Piece, Segment};
use crate::text::is_alphanumeric;

/// Letters from which on an answer is no common phrase.
const LETTERS: usize = 12;
/// Share of words that two sources have to have in common to be the same: a lead
/// repeats half of its headline.
const COMMON: f64 = 0.6;
/// How many sources of one answer are compared with the next: a list of thousands of
/// lines that say the same must not cost its square.
const COMPARED: usize = 16;

/// Whether two different segments of a batch got the same answer. Segments that
/// share three words in five may; so may answers of fewer than twelve letters.
#[must_use]
pub fn muddled(batch: &Batch, drafts: &Drafts) -> bool {
    if batch.segments.len() < 2 || drafts.len() != batch.segments.len() {
        return false;
    }
    let mut seen: HashMap<String, Vec<Rc<HashSet<String>>>> = HashMap::new();
    for (segment, draft) in batch.segments.iter().zip(drafts) {
        let Ok(draft) = draft else { continue };
        // A value that a service shows is the same answer as one that was recognised,
        // and a placeholder is the same whatever it stands for.
        let shown = wire::answered(&draft.pieces, segment, batch.pair, Protection::Plain).text;
        let words = draft.pieces.iter().filter_map(|piece| match piece {
            Piece::Text(text) => Some(text.as_str()),
            Piece::Hole(..) | Piece::Quote(..) | Piece::Markup(_) => None,
        });
        let source = Rc::new(words_of(segment));
        for said in [letters(&shown), letters(&words.collect::<String>())] {
            if said.chars().count() < LETTERS {
                continue;
            }
            let others = seen.entry(said).or_default();
            if others.iter().any(|other| differ(other, &source)) {
                return true;
            }
            if others.len() < COMPARED {
                others.push(Rc::clone(&source));
            }
        }
    }
    false
}

fn letters(text: &str) -> String {
    text.chars().filter(|&c| is_alphanumeric(c)).collect()
}

/// Whether two sources have few words in common.
fn differ(one: &HashSet<String>, other: &HashSet<String>) -> bool {
    let common = one.intersection(other).count();
    let all = one.union(other).count();
    all > 0 && (common as f64) < COMMON * all as f64
}

/// The words of a source, its values among them.
fn words_of(segment: &Segment) -> HashSet<String> {
    let mut words = HashSet::new();
    for piece in &segment.pieces {
        match piece {
            Piece::Text(text) => words.extend(text.split_whitespace().map(bare)),
            Piece::Hole(id, _) => {
                words.extend(segment.filling(*id).map(|filling| filling.source.clone()));
            }
            Piece::Quote(..) | Piece::Markup(_) => {}
        }
    }
    words
}

fn bare(word: &str) -> String {
    word.trim_matches(|c: char| c.is_ascii_punctuation() || c == '।')
        .to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Pair;
    use crate::provider::{Context, Draft};

    #[test]
    fn one_answer_to_two_sources_is_a_muddle() {
        let text = |text: &str| vec![Piece::Text(text.to_owned())];
        let table = [
            (
                ["The ferry left late.", "Rice was lost."],
                ["ফেরি দেরিতে ছেড়েছে।", "ধান নষ্ট হয়েছে।"],
                false,
            ),
            (
                ["The ferry left late.", "Rice was lost."],
                ["ফেরি দেরিতে ছেড়েছে।", "ফেরি দেরিতে ছেড়েছে"],
                true,
            ),
            (
                ["He said so again.", "He said so."],
                ["তিনি এ কথাই বলেছেন।", "তিনি এ কথাই বলেছেন।"],
                false,
            ),
            (["Yes, he did.", "Right."], ["হ্যাঁ।", "হ্যাঁ।"], false),
        ];
        for (sources, answers, expected) in table {
            let batch = Batch {
                pair: Pair::EN_BN,
                segments: (sources.iter())
                    .map(|source| Segment {
                        pieces: text(source),
                        fillings: Vec::new(),
                        hints: Vec::new(),
                    })
                    .collect(),
                context: Context::default(),
            };
            let drafts: Drafts = (answers.iter())
                .map(|answer| {
                    Ok(Draft {
                        pieces: text(answer),
                    })
                })
                .collect();
            assert_eq!(muddled(&batch, &drafts), expected, "{sources:?}");
        }
    }
}
