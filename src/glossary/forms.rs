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

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::boundary::{is_word_char, may_end};

/// A compiled set of folded forms, numbered in the order in which they were given.
#[derive(Default)]
pub(super) struct Forms {
    /// All forms, one after the other.
    text: String,
    nodes: HashMap<u64, Node, BuildHasherDefault<AsIs>>,
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

/// What is known of a beginning.
#[derive(Clone, Copy, Default)]
struct Node {
    /// The form that ends here.
    form: Option<Form>,
    /// Whether some form goes on after this beginning, the end of a word of it.
    goes_on: bool,
}

/// A form: its number, and its bytes in the text of all forms.
#[derive(Clone, Copy)]
struct Form {
    number: u32,
    start: u32,
    end: u32,
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
        for seed in 0..SEEDS {
            if let Some(nodes) = nodes(forms, seed) {
                let words = (nodes.len() * BITS_A_NODE).next_power_of_two() / 64;
                let mut sieve = vec![0; words.max(1)];
                for &hash in nodes.keys() {
                    let (word, bit) = place(hash, sieve.len());
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
                    nodes,
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
        self.confirmed(self.node(hash)?, folded)
    }

    /// Calls `found` with first byte, end and number of every form in `folded`
    /// that begins where a word may begin and ends where a stem [may end](may_end).
    pub(super) fn each_in(&self, folded: &str, mut found: impl FnMut(usize, usize, u32)) {
        let mut in_word = false;
        for (start, c) in folded.char_indices() {
            let after_word = std::mem::replace(&mut in_word, is_word_char(c));
            if !after_word && c != ' ' {
                self.each_from(start, folded, &mut found);
            }
        }
    }

    fn each_from(&self, start: usize, folded: &str, found: &mut impl FnMut(usize, usize, u32)) {
        let mut hash = self.seed;
        let chars = folded[start..].char_indices().take(self.longest);
        for (read, (at, c)) in (1..).zip(chars) {
            hash = mixed(hash, c);
            if read == FIRST && !self.may_begin(hash) {
                return;
            }
            let end = start + at + c.len_utf8();
            let next = folded[end..].chars().next();
            // No form ends in a space, and whether one goes on is known before it.
            if c == ' ' || next.is_some_and(|next| !may_end(c, next)) {
                continue;
            }
            let known = self.node(hash);
            if let Some(form) = known.and_then(|node| self.confirmed(node, &folded[start..end])) {
                found(start, end, form);
            }
            let in_word = is_word_char(c) && next.is_some_and(is_word_char);
            if !in_word && !known.is_some_and(|node| node.goes_on) {
                return;
            }
        }
    }

    /// Whether some form begins with the [`FIRST`] characters that have this hash.
    fn may_begin(&self, hash: u64) -> bool {
        let (word, bit) = place(hash, FIRST_WORDS);
        self.firsts.get(word).is_some_and(|bits| bits & bit != 0)
    }

    /// The form that `node` nominates, if it is `folded`.
    fn confirmed(&self, node: Node, folded: &str) -> Option<u32> {
        let form = node.form?;
        let text = self.text.get(form.start as usize..form.end as usize)?;
        (text == folded).then_some(form.number)
    }

    fn node(&self, hash: u64) -> Option<Node> {
        let (word, bit) = place(hash, self.sieve.len());
        let passes = self.sieve.get(word).is_some_and(|bits| bits & bit != 0);
        if passes {
            self.nodes.get(&hash).copied()
        } else {
            None
        }
    }
}

/// The nodes of `forms` under `seed`; `None` when two forms have one hash.
fn nodes(forms: &[Box<str>], seed: u64) -> Option<HashMap<u64, Node, BuildHasherDefault<AsIs>>> {
    let mut nodes =
        HashMap::with_capacity_and_hasher(2 * forms.len(), BuildHasherDefault::default());
    let mut start = 0;
    for (number, form) in (0..).zip(forms) {
        let end = start + u32::try_from(form.len()).ok()?;
        let mut hash = seed;
        let mut chars = form.chars().peekable();
        while let Some(c) = chars.next() {
            hash = mixed(hash, c);
            match chars.peek() {
                None => {
                    let node: &mut Node = nodes.entry(hash).or_default();
                    if node.form.replace(Form { number, start, end }).is_some() {
                        return None;
                    }
                }
                Some(&next) if is_word_char(c) && is_word_char(next) || c == ' ' => {}
                Some(_) => nodes.entry(hash).or_default().goes_on = true,
            }
        }
        start = end;
    }
    Some(nodes)
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

/// A hasher of keys that are hashes.
#[derive(Default)]
struct AsIs(u64);

impl Hasher for AsIs {
    fn finish(&self) -> u64 {
        self.0.rotate_left(26)
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = mixed(self.0, char::from(byte));
        }
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
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
