//! The floor under the table: letter by letter, with the few rules that hold of
//! any name. Every word in the source script gets a rendering.

use super::Direction;

/// `word`, in the form of [`super::script`], in the other script.
pub(super) fn by_rule(word: &str, direction: Direction) -> String {
    match direction {
        Direction::LatinToBangla => {
            let bangla = bangla_of(word);
            // No Bangla word begins with a bare ং: Nguyen is নগুয়েন.
            match bangla.strip_prefix('ং') {
                Some(rest) => format!("নগ{rest}"),
                None => bangla,
            }
        }
        Direction::BanglaToLatin => latin_of(word),
    }
}

/// Latin consonants, the longest first.
const CONSONANTS: [(&str, &str); 43] = [
    ("sch", "শ"),
    ("tch", "চ"),
    ("ksh", "ক্ষ"),
    ("sh", "শ"),
    ("ch", "চ"),
    ("kh", "খ"),
    ("gh", "ঘ"),
    ("ph", "ফ"),
    ("th", "থ"),
    ("dh", "ধ"),
    ("bh", "ভ"),
    ("jh", "ঝ"),
    ("zh", "ঝ"),
    ("ck", "ক"),
    ("qu", "কু"),
    ("ng", "ং"),
    ("bb", "ব"),
    ("cc", "ক"),
    ("dd", "ড"),
    ("ff", "ফ"),
    ("gg", "গ"),
    ("kk", "ক"),
    ("ll", "ল"),
    ("mm", "ম"),
    ("nn", "ন"),
    ("pp", "প"),
    ("rr", "র"),
    ("ss", "স"),
    ("tt", "ট"),
    ("zz", "জ"),
    ("b", "ব"),
    ("d", "ড"),
    ("f", "ফ"),
    ("g", "গ"),
    ("h", "হ"),
    ("j", "জ"),
    ("k", "ক"),
    ("l", "ল"),
    ("m", "ম"),
    ("n", "ন"),
    ("p", "প"),
    ("q", "ক"),
    ("r", "র"),
];

/// Consonants that the letter after them does not change; `c`, `w`, `x` and `y` have rules of their own.
const MORE_CONSONANTS: [(&str, &str); 7] = [
    ("s", "স"),
    ("t", "ট"),
    ("v", "ভ"),
    ("z", "জ"),
    ("x", "ক্স"),
    ("ç", "স"),
    ("ñ", "ন"),
];

/// Latin vowels, the longest first: as a sign after a consonant, as a letter.
const VOWELS: [(&str, &str, &str); 20] = [
    ("eau", "ো", "ও"),
    ("ee", "ি", "ই"),
    ("ea", "ি", "ই"),
    ("ie", "ি", "ই"),
    ("ey", "ি", "ই"),
    ("oo", "ু", "উ"),
    ("ou", "াউ", "আউ"),
    ("ow", "ো", "ও"),
    ("oa", "ো", "ও"),
    ("au", "াউ", "আউ"),
    ("aa", "া", "আ"),
    ("ai", "াই", "আই"),
    ("ay", "ে", "এ"),
    ("a", "া", "আ"),
    ("e", "ে", "এ"),
    ("é", "ে", "এ"),
    ("i", "ি", "ই"),
    ("o", "ো", "ও"),
    ("ö", "ো", "ও"),
    ("u", "ু", "উ"),
];

/// What was written last.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    Start,
    Consonant(char),
    Vowel,
}

fn bangla_of(word: &str) -> String {
    let mut out = String::new();
    let mut last = Last::Start;
    let mut rest = word;
    while let Some(letter) = rest.chars().next() {
        let after = &rest[letter.len_utf8()..];
        let next = after.chars().next();
        // An e that closes a word after a consonant is silent.
        if letter == 'e' && after.is_empty() && matches!(last, Last::Consonant(_)) && word.len() > 3
        {
            break;
        }
        let vowel_follows = next.is_some_and(|c| "aeiouéöü".contains(c));
        let is_vowel_y = letter == 'y' && !(vowel_follows && last != Last::Vowel);
        if is_vowel_y || letter == 'ü' {
            let vowel = if letter == 'ü' {
                ("ু", "উ")
            } else {
                ("ি", "ই")
            };
            out.push_str(if matches!(last, Last::Consonant(_)) {
                vowel.0
            } else {
                vowel.1
            });
            last = Last::Vowel;
            rest = after;
        } else if let Some(&(latin, sign, alone)) = VOWELS.iter().find(|v| rest.starts_with(v.0)) {
            let glide = last == Last::Vowel && matches!(latin, "a" | "aa" | "e");
            match last {
                Last::Consonant(_) => out.push_str(sign),
                Last::Vowel if glide => {
                    out.push('\u{9DF}');
                    out.push_str(sign);
                }
                _ => out.push_str(alone),
            }
            last = Last::Vowel;
            rest = &rest[latin.len()..];
        } else {
            let (bangla, taken) = consonant(rest, letter, next, last);
            if let Last::Consonant(before) = last
                && joins(before, bangla, out.chars().count() == 1)
            {
                out.push('\u{9CD}');
            }
            out.push_str(bangla);
            last = match bangla.chars().last() {
                Some('ু' | 'উ') => Last::Vowel,
                Some(c) if c != 'ং' => Last::Consonant(c),
                _ => Last::Vowel,
            };
            rest = &rest[taken..];
        }
    }
    out
}

fn consonant(rest: &str, letter: char, next: Option<char>, last: Last) -> (&'static str, usize) {
    if rest.starts_with("ng")
        && matches!(
            rest.as_bytes().get(2),
            Some(b'a' | b'e' | b'i' | b'o' | b'u')
        )
    {
        return ("ঙ্গ", 2);
    }
    let found = CONSONANTS
        .iter()
        .chain(&MORE_CONSONANTS)
        .find(|c| rest.starts_with(c.0));
    if let Some(&(latin, bangla)) = found {
        return (bangla, latin.len());
    }
    let bangla = match letter {
        'c' if matches!(next, Some('e' | 'i' | 'y')) => "স",
        'c' => "ক",
        'w' if next == Some('a') || last == Last::Vowel => "ওয়",
        'w' => "উ",
        'y' => "ইয়",
        _ => "",
    };
    (bangla, letter.len_utf8())
}

/// Whether two consonants that meet are written as a conjunct.
fn joins(first: char, second: &str, at_start: bool) -> bool {
    let Some(second) = second.chars().next() else {
        return false;
    };
    match (first, second) {
        (_, 'ং' | 'ও' | 'ই' | 'উ') => false,
        (_, 'র') | ('ন', 'ট' | 'ড' | 'ত' | 'দ' | 'থ' | 'ধ') | ('ম', 'প' | 'ব' | 'ভ') => {
            true
        }
        ('স', 'ট' | 'ক' | 'প' | 'ত') | ('ল', 'ড' | 'ট') | ('র', 'ক'..='হ') => {
            true
        }
        _ => at_start,
    }
}

const LATIN_CONSONANTS: [(char, &str); 38] = [
    ('ক', "k"),
    ('খ', "kh"),
    ('গ', "g"),
    ('ঘ', "gh"),
    ('ঙ', "ng"),
    ('চ', "ch"),
    ('ছ', "chh"),
    ('জ', "j"),
    ('ঝ', "jh"),
    ('ঞ', "n"),
    ('ট', "t"),
    ('ঠ', "th"),
    ('ড', "d"),
    ('ঢ', "dh"),
    ('ণ', "n"),
    ('ত', "t"),
    ('থ', "th"),
    ('দ', "d"),
    ('ধ', "dh"),
    ('ন', "n"),
    ('প', "p"),
    ('ফ', "f"),
    ('ব', "b"),
    ('ভ', "bh"),
    ('ম', "m"),
    ('য', "j"),
    ('র', "r"),
    ('ল', "l"),
    ('শ', "sh"),
    ('ষ', "sh"),
    ('স', "s"),
    ('হ', "h"),
    ('\u{9DC}', "r"),
    ('\u{9DD}', "rh"),
    ('\u{9DF}', "y"),
    ('ৎ', "t"),
    ('ং', "ng"),
    ('ঃ', "h"),
];

fn latin_consonant(c: char) -> Option<&'static str> {
    LATIN_CONSONANTS
        .iter()
        .find(|(b, _)| *b == c)
        .map(|(_, l)| *l)
}

fn latin_vowel(c: char) -> Option<&'static str> {
    Some(match c {
        'অ' | 'আ' | 'া' => "a",
        'ই' | 'ঈ' | 'ি' | 'ী' => "i",
        'উ' | 'ঊ' | 'ু' | 'ূ' => "u",
        'ঋ' | 'ৃ' => "ri",
        'এ' | 'ে' => "e",
        'ঐ' | 'ৈ' => "oi",
        'ও' | 'ো' => "o",
        'ঔ' | 'ৌ' | 'ৗ' => "ou",
        _ => return None,
    })
}

fn latin_of(word: &str) -> String {
    let letters: Vec<char> = word.chars().collect();
    let at = |i: usize| letters.get(i).copied();
    let bears_inherent = |i: usize| {
        at(i).is_some_and(|c| latin_consonant(c).is_some() && !matches!(c, 'ৎ' | 'ং' | 'ঃ'))
            && !at(i + 1).is_some_and(|c| c == '\u{9CD}' || is_sign(c))
    };
    let mut out = String::new();
    let mut dropped_before = false;
    for (i, &c) in letters.iter().enumerate() {
        if c == 'য' && i > 0 && at(i - 1) == Some('\u{9CD}') {
            // Ya-phala: æ before aa, else y.
            if at(i + 1) != Some('া') {
                out.push('y');
            }
        } else if let Some(latin) = latin_consonant(c) {
            out.push_str(latin);
            if !bears_inherent(i) || i + 1 == letters.len() {
                dropped_before = false;
                continue;
            }
            // Between a vowel and a syllable with a vowel of its own it is silent: রহমান, rahman.
            let syllable_follows = at(i + 1)
                .is_some_and(|n| latin_consonant(n).is_some() && n != 'ং')
                && at(i + 2).is_some_and(is_sign);
            let drops =
                i > 0 && at(i - 1) != Some('\u{9CD}') && syllable_follows && !dropped_before;
            dropped_before = drops;
            if !drops && !at(i + 1).is_some_and(|n| matches!(n, 'অ'..='ঔ')) {
                out.push('a');
            }
        } else if let Some(latin) = latin_vowel(c) {
            out.push_str(latin);
            dropped_before = false;
        }
    }
    out
}

/// A vowel sign, or the nasal mark that a vowel bears.
fn is_sign(c: char) -> bool {
    matches!(c, '\u{9BE}'..='\u{9CC}' | '\u{9D7}')
}

#[cfg(test)]
mod tests {
    use super::super::script::continues;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn plain_names_come_out_readable() {
        for (latin, bangla) in [
            ("karim", "কারিম"),
            ("diana", "ডিয়ানা"),
            ("grant", "গ্রান্ট"),
            ("kate", "কাট"),
            ("smith", "স্মিথ"),
            ("king", "কিং"),
            ("bush", "বুশ"),
            ("celina", "সেলিনা"),
        ] {
            assert_eq!(
                by_rule(latin, Direction::LatinToBangla),
                super::super::script::canonical(bangla),
                "{latin}"
            );
        }
        for (bangla, latin) in [
            ("রহমান", "rahman"),
            ("হাসিনা", "hasina"),
            ("কমলা", "kamla"),
            ("সালমান", "salman"),
            ("চন্দন", "chandan"),
            ("শিমুল", "shimul"),
        ] {
            assert_eq!(by_rule(bangla, Direction::BanglaToLatin), latin, "{bangla}");
        }
    }

    proptest! {
        #[test]
        fn any_latin_word_has_a_well_formed_rendering(word in "[a-zéçñöü]{1,14}") {
            let bangla = by_rule(&word, Direction::LatinToBangla);
            prop_assert!(!bangla.is_empty() || word == "e", "{word}");
            prop_assert!(continues(None, &bangla), "{word}: {bangla}");
        }

        #[test]
        fn any_bangla_word_has_a_rendering(word in "[\u{995}-\u{9A8}\u{9AA}-\u{9B0}]([\u{995}-\u{9A8}\u{9BE}-\u{9C3}\u{9CD}]){0,10}") {
            let latin = by_rule(&word, Direction::BanglaToLatin);
            prop_assert!(!latin.is_empty() && latin.is_ascii());
        }
    }
}
