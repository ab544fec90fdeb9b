//! The words of English numbers, and how English writes a number.

mod multitude;
mod write;

pub(super) use multitude::{multitudes, write_multitude};
pub(super) use write::write;

use crate::language::number::lexicon::{Lexicon, Nation, Suffix, Word};
use crate::language::number::{Currency, Found, Number, Scale, cursor, walk};

/// The numbers of an English text.
pub(super) fn find(text: &str) -> Vec<Found<Number>> {
    walk::numbers(text, &Words)
}

/// English number words.
#[derive(Debug, Clone, Copy)]
pub(super) struct Words;

/// 0 to 19.
pub(super) const ONES: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];

/// 20 to 90.
pub(super) const TENS: [&str; 8] = [
    "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
];

/// First to twentieth.
pub(super) const ORDINALS: [&str; 20] = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
];

/// Measures that are set close to their figure.
const MEASURES: [&str; 38] = [
    "km", "kms", "kg", "kgs", "g", "gm", "gms", "mg", "cm", "mm", "ml", "l", "ft", "in", "mph",
    "kmh", "kph", "kw", "mw", "gw", "kwh", "mwh", "gwh", "hz", "mhz", "ghz", "gb", "mb", "tb",
    "hrs", "mins", "x", "nm", "rpm", "cc", "hp", "mah", "mp",
];

/// What a million may be counted of: `1.2m people` is no length.
const COUNTED: [&str; 24] = [
    "people",
    "voters",
    "users",
    "barrels",
    "tonnes",
    "tons",
    "children",
    "followers",
    "subscribers",
    "views",
    "refugees",
    "rohingyas",
    "copies",
    "workers",
    "jobs",
    "customers",
    "viewers",
    "women",
    "men",
    "patients",
    "students",
    "doses",
    "visitors",
    "strong",
];

impl Lexicon for Words {
    fn word(&self, word: &str) -> Option<(Word, usize)> {
        // No number word is longer than `seventeenth`.
        let mut buffer = [0; 12];
        let lower = lower(word, &mut buffer)?;
        lookup(lower).map(|found| (found, word.len()))
    }

    fn suffix(&self, figure: &str, letters: &str, rest: &str) -> Option<Suffix> {
        let is_lower = letters.bytes().all(|b| b.is_ascii_lowercase());
        let mut buffer = [0; 12];
        let lower = lower(letters, &mut buffer)?;
        Some(match lower {
            "st" | "nd" | "rd" | "th" => Suffix::Ordinal(letters.len()),
            "bn" | "b" if is_lower => Suffix::Scale(Scale::Billion),
            "b" => Suffix::ScaleOfMoney(Scale::Billion),
            "tn" | "trn" => Suffix::Scale(Scale::Trillion),
            "mn" | "mln" => Suffix::Scale(Scale::Million),
            "cr" => Suffix::Scale(Scale::Crore),
            "k" if is_lower => Suffix::Scale(Scale::Thousand),
            "m" if counts_people(rest) => Suffix::Scale(Scale::Million),
            "m" => Suffix::ScaleOfMoney(Scale::Million),
            // 1990s, 40s.
            "s" if figure.ends_with('0') => Suffix::Apart,
            "million" | "billion" | "trillion" | "crore" | "lakh" | "percent" => Suffix::Apart,
            measure if MEASURES.contains(&measure) => Suffix::Apart,
            _ => return None,
        })
    }

    fn percent(&self, rest: &str, _announced: bool) -> Option<usize> {
        if rest.starts_with('%') {
            return Some(1);
        }
        ["percent", "per cent", "pc"]
            .into_iter()
            .find(|name| {
                rest.get(..name.len())
                    .is_some_and(|s| s.eq_ignore_ascii_case(name))
            })
            .map(str::len)
            .filter(|&length| !rest[length..].starts_with(cursor::is_letter))
    }

    fn rest_after_scale(&self) -> bool {
        false
    }

    fn is_prefix(&self, word: &str) -> bool {
        let mut buffer = [0; 12];
        matches!(
            lower(word, &mut buffer),
            Some(
                "mid"
                    | "pre"
                    | "post"
                    | "under"
                    | "over"
                    | "sub"
                    | "non"
                    | "early"
                    | "late"
                    | "year"
            )
        )
    }
}

fn lower<'b>(word: &str, buffer: &'b mut [u8; 12]) -> Option<&'b str> {
    let taken = buffer.get_mut(..word.len())?;
    taken.copy_from_slice(word.as_bytes());
    taken.make_ascii_lowercase();
    std::str::from_utf8(taken).ok()
}

fn counts_people(rest: &str) -> bool {
    let rest = rest.strip_prefix([' ', '-']).unwrap_or("");
    let end = rest.find(|c| !cursor::is_letter(c)).unwrap_or(rest.len());
    COUNTED.contains(&&rest[..end])
}

/// What a lower-case word is to a number.
fn lookup(word: &str) -> Option<Word> {
    Some(match word {
        "zero" => Word::Cardinal(0),
        "one" => Word::Cardinal(1),
        "two" => Word::Cardinal(2),
        "three" => Word::Cardinal(3),
        "four" => Word::Cardinal(4),
        "five" => Word::Cardinal(5),
        "six" => Word::Cardinal(6),
        "seven" => Word::Cardinal(7),
        "eight" => Word::Cardinal(8),
        "nine" => Word::Cardinal(9),
        "ten" => Word::Cardinal(10),
        "a" | "an" => Word::Article,
        "and" => Word::And,
        "half" => Word::Half,
        "point" => Word::Point,
        "minus" => Word::Minus,
        "hundred" => Word::Hundred,
        "dozen" => Word::Scale(Scale::Dozen),
        "thousand" => Word::Scale(Scale::Thousand),
        "lakh" | "lac" | "lakhs" => Word::Scale(Scale::Lakh),
        "million" => Word::Scale(Scale::Million),
        "crore" | "crores" => Word::Scale(Scale::Crore),
        "billion" => Word::Scale(Scale::Billion),
        "trillion" => Word::Scale(Scale::Trillion),
        "third" => Word::Ordinal(3),
        "thirds" => Word::Parts(3),
        "quarter" | "quarters" => Word::Parts(4),
        "fifths" => Word::Parts(5),
        "tenths" => Word::Parts(10),
        "cent" => Word::AllOfIt,
        "tk" | "bdt" => Word::CurrencyBefore(Currency::BDT),
        "usd" => Word::CurrencyBefore(Currency::USD),
        "eur" => Word::CurrencyBefore(Currency::EUR),
        "gbp" => Word::CurrencyBefore(Currency::GBP),
        "inr" | "rs" => Word::CurrencyBefore(Currency::INR),
        "aud" => Word::CurrencyBefore(Currency::of(*b"AUD")),
        "cad" => Word::CurrencyBefore(Currency::of(*b"CAD")),
        "taka" => Word::CurrencyAfter(Currency::BDT),
        "dollar" | "dollars" => Word::CurrencyAfter(Currency::USD),
        "euro" | "euros" => Word::CurrencyAfter(Currency::EUR),
        "pound" | "pounds" => Word::CurrencyAfter(Currency::GBP),
        "rupee" | "rupees" => Word::CurrencyAfter(Currency::INR),
        "yen" => Word::CurrencyAfter(Currency::of(*b"JPY")),
        "yuan" => Word::CurrencyAfter(Currency::of(*b"CNY")),
        "riyal" | "riyals" => Word::CurrencyAfter(Currency::of(*b"SAR")),
        "dirham" | "dirhams" => Word::CurrencyAfter(Currency::of(*b"AED")),
        "ringgit" => Word::CurrencyAfter(Currency::of(*b"MYR")),
        "paisa" | "poisha" | "paise" => Word::HundredthAfter(Currency::BDT),
        "cents" => Word::HundredthAfter(Currency::USD),
        "us" => Word::Nation(Nation::Us),
        "australian" => Word::Nation(Nation::Australia),
        "canadian" => Word::Nation(Nation::Canada),
        "singapore" => Word::Nation(Nation::Singapore),
        "indian" => Word::Nation(Nation::India),
        "pakistani" => Word::Nation(Nation::Pakistan),
        "british" => Word::Nation(Nation::Britain),
        _ => return rarer(word),
    })
}

/// Eleven to ninety, and the ordinals: they give themselves away by their ends.
fn rarer(word: &str) -> Option<Word> {
    let tail = word.get(word.len().checked_sub(2)?..)?;
    match tail {
        "en" | "ve" | "ty" => {
            let ones = ONES.iter().position(|&name| name == word);
            let tens = || Some(20 + 10 * TENS.iter().position(|&name| name == word)?);
            let value = ones.or_else(tens)?;
            Some(Word::Cardinal(u32::try_from(value).ok()?))
        }
        "th" | "nd" | "st" => {
            let place = 1 + ORDINALS.iter().position(|&name| name == word)?;
            Some(Word::Ordinal(u32::try_from(place).ok()?))
        }
        _ => None,
    }
}
