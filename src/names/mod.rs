//! Who is named in an article, and how each name is written in the target.
//!
//! A rendering comes from the first of these that has one: the glossary, the
//! approved names of the ledger (a layer below the glossary's, [`Ledger`]), the
//! provider, sound. Names of the first two are held apart from the words, and so
//! are the short forms of the persons among them ([`cast()`]): who is তারেক রহমান
//! once is রহমান afterwards. Every other name stays among the words, is listened
//! for in the translation ([`Listener`]), and is written one way in one article.

mod cast;
mod ledger;
mod sound;

pub use cast::{Passage, Watched, cast};
pub use ledger::{ApproveError, Ledger, NameOutcome, table};
pub use sound::{Heard, Listener, Place};

use crate::language::Pair;
use crate::language::transliterate::Transliterator;

/// A name by its sound in the script of the target; `None` where no sound is known.
#[must_use]
pub fn by_sound(pair: Pair, name: &str) -> Option<String> {
    let rendering = match pair {
        Pair::EN_BN => Transliterator::english_to_bangla().best(name),
        Pair::BN_EN => Transliterator::bangla_to_english().best(name),
        _ => return None,
    };
    Some(rendering).filter(|rendering| !rendering.trim().is_empty())
}
