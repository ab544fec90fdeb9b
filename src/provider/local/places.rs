//! Where the tokens of a text stand in it.
//!
//! A vocabulary brings a text into its own form before it cuts it (a `▁` of three bytes for
//! each space and before the first word, ligatures taken apart, and what else its table says)
//! and tells places in that. Whoever looks for a word of the text needs those of the text.

use std::ops::Range;

use fxtranslate::spm::SpmVocab;

/// A word of the text, and where it stands in the vocabulary's form, both in bytes.
struct Word {
    raw: Range<usize>,
    normal: Range<usize>,
    /// Whether the form leaves it as it is.
    is_kept: bool,
}

/// The bytes of `text` that each of its tokens stands for; a space belongs to none. A word that
/// the vocabulary's form changes has its tokens at all of it. `None` where the words of the
/// text, one by one, do not make up its form.
pub(super) fn tokens(vocabulary: &SpmVocab, text: &str) -> Option<Vec<Range<usize>>> {
    let (normal, tokens) = vocabulary.encode_with_offsets(text);
    let words = words(vocabulary, text, &normal)?;
    let tokens = tokens.into_iter().map(|(_, token)| token);
    Some(tokens.map(|token| place(text, &words, &token)).collect())
}

/// The words of a text and of its form, in order.
fn words(vocabulary: &SpmVocab, text: &str, normal: &str) -> Option<Vec<Word>> {
    let mut words = Vec::new();
    let mut at = 0;
    for raw in text.split_whitespace() {
        let alone = vocabulary.normalize(raw);
        let word = alone.trim_matches(is_space);
        let spaces = normal.get(at..)?;
        at += spaces.len() - spaces.trim_start_matches(is_space).len();
        if !normal.get(at..)?.starts_with(word) {
            return None;
        }
        let start = raw.as_ptr().addr().checked_sub(text.as_ptr().addr())?;
        words.push(Word {
            raw: start..start + raw.len(),
            normal: at..at + word.len(),
            is_kept: word == raw,
        });
        at += word.len();
    }
    let is_whole = normal.get(at..)?.trim_matches(is_space).is_empty();
    is_whole.then_some(words)
}

/// What stands for a space in the form.
fn is_space(c: char) -> bool {
    c == '▁' || c.is_whitespace()
}

/// The bytes of the text for bytes of its form.
fn place(text: &str, words: &[Word], token: &Range<usize>) -> Range<usize> {
    let first = words.partition_point(|word| word.normal.end <= token.start);
    let last = words.partition_point(|word| word.normal.start < token.end);
    let own = words.get(first..last).unwrap_or_default();
    let (Some(first), Some(last)) = (own.first(), own.last()) else {
        // Nothing but a space.
        let next = words.get(first).map_or(text.len(), |word| word.raw.start);
        return next..next;
    };
    let start = if first.is_kept {
        first.raw.start + token.start.saturating_sub(first.normal.start)
    } else {
        first.raw.start
    };
    let end = if last.is_kept {
        last.raw.end - last.normal.end.saturating_sub(token.end)
    } else {
        last.raw.end
    };
    start..end
}

#[cfg(all(test, feature = "starter-models"))]
mod tests {
    use super::{is_space, tokens};
    use crate::provider::local::model::starters;

    #[test]
    fn tokens_stand_where_their_letters_do() {
        let (_, model) = starters().swap_remove(0);
        let vocabulary = model.source_vocabulary().unwrap();
        for text in [
            "Police said that the minister of Dhaka was here yesterday.",
            "  Police  said\tthat \u{E000} was here.  ",
            "ঢাকায় বৃষ্টি হয়েছে, ▁ বলেন\u{a0}তিনি।",
            "naïve \u{1F600} ﬁne",
            "Dhaka",
            "",
            "   ",
        ] {
            let places = tokens(vocabulary.whole(), text).unwrap();
            let (normal, theirs) = vocabulary.whole().encode_with_offsets(text);
            assert_eq!(places.len(), theirs.len(), "{text}");
            for (place, (_, token)) in places.iter().zip(&theirs) {
                let letters = normal[token.clone()].trim_matches(is_space);
                assert!(text[place.clone()].contains(letters), "{text}: {letters}");
            }
            // Every letter is in a token.
            let of_none = |at: &usize| !places.iter().any(|place| place.contains(at));
            let left = (0..text.len())
                .filter(of_none)
                .map(|at| text.as_bytes()[at]);
            let left = String::from_utf8(left.collect()).unwrap();
            assert!(left.trim_matches(is_space).is_empty(), "{text}: {left}");
        }
    }
}
