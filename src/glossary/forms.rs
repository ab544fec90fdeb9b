//! A set of forms, found in a text wherever a word begins.
//!
//! A form can only stand where a word begins, so that a text is read forward from
//! each word start and no further than some form reaches. A form is known by the
//! hash of its characters, which grows with each character read; so are the
//! beginnings of forms up to the end of each of their words, which tell whether to
//! read on. A small table of their first characters is asked before anything else.
//! This needs no more than one look into memory for most words of a text,
//! and no construction beyond a table. Hashes only nominate: a form is reported
//! when its bytes are equal.
//!
//! A text is read with the small tables alone, and what they let pass is looked up
//! afterwards, one after the other: a processor that waits for the memory of one
//! goes on to the next.

use super::boundary::{is_word_char, may_end};

/// A compiled set of folded forms, numbered in the order in which they were given.
#[derive(Default)]
pub(super) struct Forms {
    /// All forms, one after the other.
    text: String,
    /// Where each form ends in `text`; it begins where the one before ends.
    ends: Vec<u32>,
    /// The nodes, each at the first free place from the one that its hash says.
    slots: Vec<Slot>,
    /// A bit for every node, at a place that its hash says; most of what a text
    /// holds is told apart here, in memory that stays near.
    sieve: Vec<u64>,
    /// A bit for the first [`FIRST`] characters of every form, few enough to stay
    /// nearest of all: most words of a text are done with here.
    firsts: Vec<u64>,
    seed: u64,
    /// Characters of the longest form.
    longest: usize,
}

/// What is known of a beginning, or a free place.
#[derive(Clone, Copy, Default)]
struct Slot {
    hash: u64,
    /// The number of the form that ends here, plus one; 0 where none does.
    form: u32,
    /// Whether it is taken.
    is_taken: bool,
}

/// A stretch of a text that may be a form.
struct Candidate {
    start: usize,
    end: usize,
    hash: u64,
}

/// Seeds tried before giving up; the first one fails once in a billion sets of
/// a hundred thousand forms.
const SEEDS: u64 = 8;

/// Bits of the sieve for each node: one in sixteen of other hashes passes.
const BITS_A_NODE: usize = 16;

/// Characters by which most words are told to begin no form.
const FIRST: usize = 3;

/// Words of the table of first characters: 64 Ki bits.
const FIRST_WORDS: usize = 1 << 10;

impl Forms {
    /// Compiles `forms`, which are distinct and not empty.
    ///
    /// # Errors
    /// When there are more forms than can be addressed.
    pub(super) fn new(forms: &[Box<str>]) -> Result<Self, String> {
        let text = forms.concat();
        u32::try_from(text.len()).map_err(|_| format!("{} bytes are too many", text.len()))?;
        let ends = forms.iter().scan(0, |end, form| {
            *end += u32::try_from(form.len()).unwrap_or(u32::MAX);
            Some(*end)
        });
        let ends: Vec<u32> = ends.collect();
        for seed in 0..SEEDS {
            if let Some(slots) = slots(forms, seed) {
                let taken = || slots.iter().filter(|slot| slot.is_taken);
                let words = (taken().count() * BITS_A_NODE).next_power_of_two() / 64;
                let mut sieve = vec![0; words.max(1)];
                for slot in taken() {
                    let (word, bit) = place(slot.hash, sieve.len());
                    sieve[word] |= bit;
                }
                let mut firsts = vec![0; FIRST_WORDS];
                for form in forms {
                    let hash = form.chars().take(FIRST).fold(seed, mixed);
                    let (word, bit) = place(hash, FIRST_WORDS);
                    firsts[word] |= bit;
                }
                let longest = forms.iter().map(|f| f.chars().count()).max();
                return Ok(Self {
                    text,
                    ends,
                    slots,
                    sieve,
                    firsts,
                    seed,
                    longest: longest.unwrap_or(0),
                });
            }
        }
        Err("two forms cannot be told apart".to_owned())
    }

    /// The number of the form that `folded` is as a whole.
    pub(super) fn get(&self, folded: &str) -> Option<u32> {
        let hash = folded.chars().fold(self.seed, mixed);
        self.confirmed(self.nominated(hash)?, folded)
    }

    /// Calls `found` with first byte, end and number of every form in `folded`
    /// that begins where a word may begin and ends where a stem [may end](may_end).
    pub(super) fn each_in(&self, folded: &str, mut found: impl FnMut(usize, usize, u32)) {
        let mut candidates = Vec::new();
        let mut in_word = false;
        for (start, c) in folded.char_indices() {
            let after_word = std::mem::replace(&mut in_word, is_word_char(c));
            if !after_word && c != ' ' {
                self.candidates(start, folded, &mut candidates);
            }
        }
        let nominated: Vec<(usize, usize, u32)> = (candidates.iter())
            .filter_map(|of| Some((of.start, of.end, self.nominated(of.hash)?)))
            .collect();
        for (start, end, number) in nominated {
            if let Some(number) = self.confirmed(number, &folded[start..end]) {
                found(start, end, number);
            }
        }
    }

    /// Adds what from `start` on may be a form, as far as the small tables can tell.
    fn candidates(&self, start: usize, folded: &str, candidates: &mut Vec<Candidate>) {
        let mut hash = self.seed;
        let mut chars = folded[start..].char_indices().peekable();
        for read in 1..=self.longest {
            let Some((at, c)) = chars.next() else { return };
            hash = mixed(hash, c);
            if read == FIRST && !holds(&self.firsts, hash) {
                return;
            }
            let next = chars.peek().map(|&(_, next)| next);
            // No form ends in a space, and whether one goes on is known before it.
            if c == ' ' || next.is_some_and(|next| !may_end(c, next)) {
                continue;
            }
            // A beginning at which some form goes on has its bit as well.
            let is_known = holds(&self.sieve, hash);
            if is_known {
                let end = start + at + c.len_utf8();
                candidates.push(Candidate { start, end, hash });
            }
            let in_word = is_word_char(c) && next.is_some_and(is_word_char);
            if !in_word && !is_known {
                return;
            }
        }
    }

    /// The form that has this hash, if one has.
    fn nominated(&self, hash: u64) -> Option<u32> {
        let mask = self.slots.len().checked_sub(1)?;
        let mut at = home(hash) & mask;
        // At least half of the places are free.
        loop {
            let slot = self.slots.get(at).filter(|slot| slot.is_taken)?;
            if slot.hash == hash {
                return slot.form.checked_sub(1);
            }
            at = (at + 1) & mask;
        }
    }

    /// The form of this number, if it is `folded`.
    fn confirmed(&self, number: u32, folded: &str) -> Option<u32> {
        let at = number as usize;
        let end = *self.ends.get(at)? as usize;
        let start = match at.checked_sub(1) {
            Some(before) => *self.ends.get(before)? as usize,
            None => 0,
        };
        (self.text.get(start..end)? == folded).then_some(number)
    }
}

/// Whether a sieve has the bit of a hash.
fn holds(sieve: &[u64], hash: u64) -> bool {
    let (word, bit) = place(hash, sieve.len());
    sieve.get(word).is_some_and(|bits| bits & bit != 0)
}

/// The nodes of `forms` under `seed`, in twice as many places or more; `None` when two
/// forms have one hash.
fn slots(forms: &[Box<str>], seed: u64) -> Option<Vec<Slot>> {
    let mut hashes: Vec<(u64, u32)> = Vec::with_capacity(2 * forms.len());
    for (number, form) in (1..).zip(forms) {
        let mut hash = seed;
        let mut chars = form.chars().peekable();
        while let Some(c) = chars.next() {
            hash = mixed(hash, c);
            match chars.peek() {
                None => hashes.push((hash, number)),
                Some(&next) if is_word_char(c) && is_word_char(next) || c == ' ' => {}
                Some(_) => hashes.push((hash, 0)),
            }
        }
    }
    let places = (2 * hashes.len()).next_power_of_two();
    let mut slots = vec![Slot::default(); places];
    for (hash, form) in hashes {
        let mut at = home(hash) & (places - 1);
        while slots[at].is_taken && slots[at].hash != hash {
            at = (at + 1) & (places - 1);
        }
        let slot = &mut slots[at];
        if slot.form != 0 && form != 0 {
            return None;
        }
        *slot = Slot {
            hash,
            form: slot.form.max(form),
            is_taken: true,
        };
    }
    Some(slots)
}

/// The place in a table that a hash asks for, more than the table has.
fn home(hash: u64) -> usize {
    // The upper bits of a product are the well mixed ones.
    usize::try_from(hash >> 24 & 0xffff_ffff).unwrap_or(0)
}

/// The hash of a beginning with one more character.
fn mixed(hash: u64, c: char) -> u64 {
    (hash.rotate_left(5) ^ u64::from(u32::from(c))).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// Word and bit of a sieve of `words` words, a power of two.
fn place(hash: u64, words: usize) -> (usize, u64) {
    // The upper bits of a product are the well mixed ones.
    let word = usize::try_from(hash >> 32).unwrap_or(0) & words.saturating_sub(1);
    (word, 1 << (hash >> 26 & 63))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn all(forms: &Forms, text: &str) -> Vec<(usize, usize, u32)> {
        let mut all = Vec::new();
        forms.each_in(text, |start, end, form| all.push((start, end, form)));
        all
    }

    proptest! {
        #[test]
        fn exactly_the_forms_at_word_starts_are_found(
            forms in proptest::collection::btree_set("[ab.কা-]{1,2}|[ab][ab .-]{0,6}[abকা]", 1..12),
            text in "[ab .কা-]{0,30}",
        ) {
            let forms: Vec<Box<str>> = forms.into_iter().map(Into::into).collect();
            let compiled = Forms::new(&forms).unwrap();
            let mut expected = Vec::new();
            for (start, c) in text.char_indices() {
                let begins = c != ' ' && !text[..start].ends_with(is_word_char);
                for (number, form) in (0..).zip(&forms) {
                    let ends = |rest: &str| match (form.chars().next_back(), rest.chars().next()) {
                        (Some(last), Some(next)) => may_end(last, next),
                        _ => true,
                    };
                    if begins && text[start..].strip_prefix(&**form).is_some_and(ends) {
                        expected.push((start, start + form.len(), number));
                    }
                }
            }
            expected.sort_unstable();
            let mut found = all(&compiled, &text);
            found.sort_unstable();
            prop_assert_eq!(found, expected);
            for (number, form) in (0..).zip(&forms) {
                prop_assert_eq!(compiled.get(form), Some(number));
            }
        }
    }

    #[test]
    fn an_empty_set_finds_nothing() {
        let forms = Forms::new(&[]).unwrap();
        assert_eq!(all(&forms, "a b"), []);
        assert_eq!(Forms::default().get("a"), None);
        assert_eq!(all(&Forms::default(), "a b"), []);
    }
}
