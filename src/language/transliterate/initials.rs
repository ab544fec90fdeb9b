//! Initials: `M.` is এম., letter name for letter.

const LETTERS: [(char, &str); 26] = [
    ('A', "এ"),
    ('B', "বি"),
    ('C', "সি"),
    ('D', "ডি"),
    ('E', "ই"),
    ('F', "এফ"),
    ('G', "জি"),
    ('H', "এইচ"),
    ('I', "আই"),
    ('J', "জে"),
    ('K', "কে"),
    ('L', "এল"),
    ('M', "এম"),
    ('N', "এন"),
    ('O', "ও"),
    ('P', "পি"),
    ('Q', "কিউ"),
    ('R', "আর"),
    ('S', "এস"),
    ('T', "টি"),
    ('U', "ইউ"),
    ('V', "ভি"),
    ('W', "ডব্লিউ"),
    ('X', "এক্স"),
    ('Y', "ওয়াই"),
    ('Z', "জেড"),
];

/// Letter names that are also words of names; alone and without a full stop they
/// are no initials.
const AMBIGUOUS: [&str; 8] = ["এ", "ই", "আই", "ও", "ডি", "ইউ", "ভি", "জি"];

/// The Bangla name of a Latin letter.
pub(super) fn letter_name(letter: char) -> Option<&'static str> {
    let upper = letter.to_ascii_uppercase();
    LETTERS
        .iter()
        .find(|(l, _)| *l == upper)
        .map(|(_, name)| *name)
}

/// A word of Latin letters, such as `BNP`, letter name for letter; `None` where it has
/// anything else.
#[must_use]
pub fn spelled_out(word: &str) -> Option<String> {
    word.chars().map(letter_name).collect()
}

/// Whether a Bangla word is the name of a Latin letter: এম of এম. জিল্লুর হক.
#[must_use]
pub fn is_letter_name(word: &str) -> bool {
    named_letter(word, true).is_some()
}

/// The Latin letter that a Bangla word names. `sure` says that something beside
/// the word shows it to be an initial: a full stop, or another initial.
pub(super) fn named_letter(word: &str, sure: bool) -> Option<char> {
    let (letter, _) = LETTERS
        .iter()
        .find(|(_, name)| *name == word)
        .or((word == "ডাব্লিউ").then_some(&LETTERS[22]))?;
    (sure || !AMBIGUOUS.contains(&word)).then_some(*letter)
}

/// Whether one of two words is a Latin letter and the other its Bangla name.
pub(super) fn same_letter(a: &str, b: &str) -> bool {
    let named = |letter: &str, name: &str| {
        let mut letters = letter.chars();
        let only = letters.next().filter(|_| letters.as_str().is_empty());
        only.is_some_and(|l| named_letter(name, true) == Some(l.to_ascii_uppercase()))
    };
    named(a, b) || named(b, a)
}
