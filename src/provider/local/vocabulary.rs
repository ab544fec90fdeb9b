//! A source vocabulary that knows the words it has taken apart before.
//!
//! To find the tokens of a text `fxtranslate` looks up all that could be one, letter by letter:
//! 0.2 ms a sentence, a fourteenth of a run's time, as the pipeline counts a sentence's tokens before
//! it sends it. News repeats its words, and in the vocabularies of such models no token goes
//! from one word to the next: the tokens of a text are those of its words.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use fxtranslate::spm::SpmVocab;
use unicode_normalization::char::is_combining_mark;

/// Words whose tokens are kept; with more, all are let go of.
const KNOWN: usize = 8192;

/// Bytes of a word whose tokens are kept, at most.
const LONGEST: usize = 64;

/// What stands for the space before a word.
const SPACE: char = '\u{2581}';

/// A source vocabulary. Threads share it.
pub(super) struct Vocabulary {
    whole: SpmVocab,
    /// Whether the tokens of a text are those of its words, one after the other.
    is_by_words: bool,
    known: Mutex<HashMap<String, Box<[u32]>>>,
}

impl Vocabulary {
    /// Looks whether the vocabulary allows to go word by word.
    pub(super) fn new(whole: SpmVocab) -> Self {
        let is_of_one_word = |id: u32| !whole.piece(id).chars().skip(1).any(|c| c == SPACE);
        let tokens = (0_u32..).take(whole.len());
        let [both, one, other] = ["1 a", "1", "a"].map(|text| whole.encode(text));
        Self {
            is_by_words: { tokens }.all(is_of_one_word) && both == [one, other].concat(),
            whole,
            known: Mutex::default(),
        }
    }

    /// The vocabulary itself.
    pub(super) fn whole(&self) -> &SpmVocab {
        &self.whole
    }

    /// The tokens of a text and the end mark.
    ///
    /// Law: those of [`SpmVocab::encode_with_eos`].
    pub(super) fn tokens(&self, text: &str) -> Vec<u32> {
        let mut tokens = Vec::with_capacity(text.len() / 3);
        if self.is_by_words && self.add_words(text, &mut tokens).is_some() {
            tokens.push(self.whole.eos_id());
            tokens
        } else {
            self.whole.encode_with_eos(text)
        }
    }

    /// Adds the tokens of a text word by word; `None` where that might not be all there is to it.
    fn add_words(&self, text: &str, tokens: &mut Vec<u32>) -> Option<()> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        for word in text.split(' ') {
            if let Some(own) = known.get(word) {
                tokens.extend_from_slice(own);
                continue;
            }
            // More than one space may be one, or several, and so may what stands for one; a mark may
            // join what is before it.
            if word.contains(SPACE) || word.chars().next().is_none_or(is_combining_mark) {
                return None;
            }
            let own = self.whole.encode(word);
            tokens.extend_from_slice(&own);
            if word.len() <= LONGEST {
                if known.len() >= KNOWN {
                    known.clear();
                }
                known.insert(word.to_owned(), own.into());
            }
        }
        Some(())
    }
}

#[cfg(all(test, feature = "starter-models"))]
mod tests {
    use std::path::Path;
    use std::sync::LazyLock;

    use proptest::prelude::{prop_assert_eq, proptest};

    use super::{KNOWN, Vocabulary};
    use crate::provider::local::model::starters;

    fn vocabulary() -> Option<Vocabulary> {
        let (_, model) = starters().swap_remove(0);
        model.source_vocabulary().ok()
    }

    #[test]
    fn articles_have_the_tokens_that_they_have_as_a_whole() {
        let vocabulary = vocabulary().unwrap();
        assert!(vocabulary.is_by_words);
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/articles");
        let mut lines = 0;
        for entry in std::fs::read_dir(folder).unwrap() {
            let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
            for line in text.lines() {
                let whole = vocabulary.whole().encode_with_eos(line);
                // What was known changes nothing.
                for _ in 0..2 {
                    assert_eq!(vocabulary.tokens(line), whole, "{line}");
                }
                lines += 1;
            }
        }
        assert!(lines > 100);
    }

    #[test]
    fn no_more_words_are_kept_than_there_is_room_for() {
        let vocabulary = vocabulary().unwrap();
        for word in 0..KNOWN + 10 {
            vocabulary.tokens(&word.to_string());
        }
        vocabulary.tokens(&"long".repeat(100));
        assert_eq!(vocabulary.known.lock().unwrap().len(), 10);
    }

    proptest! {
        #[test]
        fn any_text_has_the_tokens_that_it_has_as_a_whole(
            text in "[ a-zA\u{2581}\u{e000}\u{a0}\u{300}\u{fb01}ক-হা-্।\u{9bc}\t.,'\"1-9é😀-]{0,60}"
        ) {
            static VOCABULARY: LazyLock<Option<Vocabulary>> = LazyLock::new(vocabulary);
            let vocabulary = VOCABULARY.as_ref().unwrap();
            let whole = vocabulary.whole().encode_with_eos(&text);
            prop_assert_eq!(vocabulary.tokens(&text), &whole[..]);
            prop_assert_eq!(vocabulary.tokens(&text), whole);
        }
    }
}
