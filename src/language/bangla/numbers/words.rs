//! The Bangla words that count.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::language::number::lexicon::{Nation, Word};
use crate::language::number::{Currency, Scale};

/// 0 to 99, each in the spelling that is written; see [`VARIANTS`] for others.
pub(super) const CARDINALS: [&str; 100] = [
    "শূন্য",
    "এক",
    "দুই",
    "তিন",
    "চার",
    "পাঁচ",
    "ছয়",
    "সাত",
    "আট",
    "নয়",
    "দশ",
    "এগারো",
    "বারো",
    "তেরো",
    "চৌদ্দ",
    "পনেরো",
    "ষোলো",
    "সতেরো",
    "আঠারো",
    "উনিশ",
    "বিশ",
    "একুশ",
    "বাইশ",
    "তেইশ",
    "চব্বিশ",
    "পঁচিশ",
    "ছাব্বিশ",
    "সাতাশ",
    "আঠাশ",
    "ঊনত্রিশ",
    "ত্রিশ",
    "একত্রিশ",
    "বত্রিশ",
    "তেত্রিশ",
    "চৌত্রিশ",
    "পঁয়ত্রিশ",
    "ছত্রিশ",
    "সাঁইত্রিশ",
    "আটত্রিশ",
    "ঊনচল্লিশ",
    "চল্লিশ",
    "একচল্লিশ",
    "বিয়াল্লিশ",
    "তেতাল্লিশ",
    "চুয়াল্লিশ",
    "পঁয়তাল্লিশ",
    "ছেচল্লিশ",
    "সাতচল্লিশ",
    "আটচল্লিশ",
    "ঊনপঞ্চাশ",
    "পঞ্চাশ",
    "একান্ন",
    "বায়ান্ন",
    "তিপ্পান্ন",
    "চুয়ান্ন",
    "পঞ্চান্ন",
    "ছাপ্পান্ন",
    "সাতান্ন",
    "আটান্ন",
    "ঊনষাট",
    "ষাট",
    "একষট্টি",
    "বাষট্টি",
    "তেষট্টি",
    "চৌষট্টি",
    "পঁয়ষট্টি",
    "ছেষট্টি",
    "সাতষট্টি",
    "আটষট্টি",
    "ঊনসত্তর",
    "সত্তর",
    "একাত্তর",
    "বাহাত্তর",
    "তিয়াত্তর",
    "চুয়াত্তর",
    "পঁচাত্তর",
    "ছিয়াত্তর",
    "সাতাত্তর",
    "আটাত্তর",
    "ঊনআশি",
    "আশি",
    "একাশি",
    "বিরাশি",
    "তিরাশি",
    "চুরাশি",
    "পঁচাশি",
    "ছিয়াশি",
    "সাতাশি",
    "অষ্টাশি",
    "ঊননব্বই",
    "নব্বই",
    "একানব্বই",
    "বিরানব্বই",
    "তিরানব্বই",
    "চুরানব্বই",
    "পঁচানব্বই",
    "ছিয়ানব্বই",
    "সাতানব্বই",
    "আটানব্বই",
    "নিরানব্বই",
];

/// Other spellings in use.
const VARIANTS: [(&str, u32); 40] = [
    ("দু", 2),
    ("এগার", 11),
    ("চোদ্দ", 14),
    ("পনের", 15),
    ("ষোল", 16),
    ("সতের", 17),
    ("আঠার", 18),
    ("আঠেরো", 18),
    ("ঊনিশ", 19),
    ("কুড়ি", 20),
    ("আটাশ", 28),
    ("উনত্রিশ", 29),
    ("তিরিশ", 30),
    ("পয়ত্রিশ", 35),
    ("সাইত্রিশ", 37),
    ("উনচল্লিশ", 39),
    ("পয়তাল্লিশ", 45),
    ("উনপঞ্চাশ", 49),
    ("বাহান্ন", 52),
    ("তেপ্পান্ন", 53),
    ("উনষাট", 59),
    ("পয়ষট্টি", 65),
    ("উনসত্তর", 69),
    ("তেয়াত্তর", 73),
    ("পচাত্তর", 75),
    ("উনআশি", 79),
    ("ঊনাশি", 79),
    ("উনাশি", 79),
    ("আটাশি", 88),
    ("অষ্টআশি", 88),
    ("উননব্বই", 89),
    ("ঊনানব্বই", 89),
    ("পচাশি", 85),
    ("নিরানব্বুই", 99),
    ("নব্বুই", 90),
    ("চৌদ্দো", 14),
    ("শুন্য", 0),
    ("উনাশী", 79),
    ("আশী", 80),
    ("একানব্বুই", 91),
];

/// First to twenty-first: parliaments and centuries are counted so (ত্রয়োদশ জাতীয় সংসদ, একবিংশ শতাব্দী).
pub(super) const ORDINALS: [&str; 21] = [
    "প্রথম",
    "দ্বিতীয়",
    "তৃতীয়",
    "চতুর্থ",
    "পঞ্চম",
    "ষষ্ঠ",
    "সপ্তম",
    "অষ্টম",
    "নবম",
    "দশম",
    "একাদশ",
    "দ্বাদশ",
    "ত্রয়োদশ",
    "চতুর্দশ",
    "পঞ্চদশ",
    "ষোড়শ",
    "সপ্তদশ",
    "অষ্টাদশ",
    "ঊনবিংশ",
    "বিংশ",
    "একবিংশ",
];

const OTHERS: [(&str, Word); 54] = [
    ("শত", Word::Hundred),
    ("শ", Word::Hundred),
    ("শো", Word::Hundred),
    ("ডজন", Word::Scale(Scale::Dozen)),
    ("হাজার", Word::Scale(Scale::Thousand)),
    ("লাখ", Word::Scale(Scale::Lakh)),
    ("লক্ষ", Word::Scale(Scale::Lakh)),
    ("মিলিয়ন", Word::Scale(Scale::Million)),
    ("কোটি", Word::Scale(Scale::Crore)),
    ("বিলিয়ন", Word::Scale(Scale::Billion)),
    ("ট্রিলিয়ন", Word::Scale(Scale::Trillion)),
    ("সাড়ে", Word::Quarters(2)),
    ("সোয়া", Word::Quarters(1)),
    ("সওয়া", Word::Quarters(1)),
    ("পৌনে", Word::Quarters(-1)),
    ("দেড়", Word::InQuarters(6)),
    ("আড়াই", Word::InQuarters(10)),
    ("আধা", Word::Half),
    ("অর্ধেক", Word::Half),
    ("মাইনাস", Word::Minus),
    ("ঋণাত্মক", Word::Minus),
    ("দশমিক", Word::Point),
    ("শতকরা", Word::PercentBefore),
    ("শতভাগ", Word::AllOfIt),
    ("তৃতীয়াংশ", Word::Parts(3)),
    ("চতুর্থাংশ", Word::Parts(4)),
    ("পঞ্চমাংশ", Word::Parts(5)),
    ("দশমাংশ", Word::Parts(10)),
    ("টাকা", Word::CurrencyAfter(Currency::BDT)),
    ("পয়সা", Word::HundredthAfter(Currency::BDT)),
    ("সেন্ট", Word::HundredthAfter(Currency::USD)),
    ("ডলার", Word::CurrencyAfter(Currency::USD)),
    ("ইউরো", Word::CurrencyAfter(Currency::EUR)),
    ("পাউন্ড", Word::CurrencyAfter(Currency::GBP)),
    ("রুপি", Word::CurrencyAfter(Currency::INR)),
    ("ইয়েন", Word::CurrencyAfter(Currency::of(*b"JPY"))),
    ("ইউয়ান", Word::CurrencyAfter(Currency::of(*b"CNY"))),
    ("রিয়াল", Word::CurrencyAfter(Currency::of(*b"SAR"))),
    ("দিরহাম", Word::CurrencyAfter(Currency::of(*b"AED"))),
    ("রিঙ্গিত", Word::CurrencyAfter(Currency::of(*b"MYR"))),
    ("মার্কিন", Word::Nation(Nation::Us)),
    ("অস্ট্রেলিয়ান", Word::Nation(Nation::Australia)),
    ("অস্ট্রেলীয়", Word::Nation(Nation::Australia)),
    ("কানাডিয়ান", Word::Nation(Nation::Canada)),
    ("কানাডীয়", Word::Nation(Nation::Canada)),
    ("সিঙ্গাপুর", Word::Nation(Nation::Singapore)),
    ("সিঙ্গাপুরি", Word::Nation(Nation::Singapore)),
    ("হংকং", Word::Nation(Nation::HongKong)),
    ("নিউজিল্যান্ড", Word::Nation(Nation::NewZealand)),
    ("ভারতীয়", Word::Nation(Nation::India)),
    ("পাকিস্তানি", Word::Nation(Nation::Pakistan)),
    ("ব্রিটিশ", Word::Nation(Nation::Britain)),
    ("বাংলাদেশি", Word::Nation(Nation::Bangladesh)),
    ("বাংলাদেশী", Word::Nation(Nation::Bangladesh)),
];

static TABLE: LazyLock<HashMap<String, Word>> = LazyLock::new(|| {
    let mut table = HashMap::new();
    let cardinals = (0..).zip(CARDINALS).map(|(value, word)| (word, value));
    for (word, value) in cardinals.chain(VARIANTS.map(|(word, value)| (word, value))) {
        table.insert(word.to_owned(), Word::Cardinal(value));
        if (1..100).contains(&value) {
            for hundred in ["শ", "শো", "শত"] {
                table.insert(format!("{word}{hundred}"), Word::Hundreds(value));
            }
        }
    }
    for (place, word) in (1..).zip(ORDINALS) {
        table.insert(word.to_owned(), Word::Ordinal(place));
    }
    for (word, meaning) in OTHERS {
        table.insert(word.to_owned(), meaning);
    }
    table
});

/// The first two characters of every word of the table, sorted: most words of a
/// text are told apart by them.
static BEGINNINGS: LazyLock<Vec<[char; 2]>> = LazyLock::new(|| {
    let mut all: Vec<_> = TABLE.keys().map(|word| beginning(word)).collect();
    all.sort_unstable();
    all.dedup();
    all
});

fn beginning(word: &str) -> [char; 2] {
    let mut chars = word.chars();
    [chars.next().unwrap_or(' '), chars.next().unwrap_or(' ')]
}

/// What `word` is to a number, and how many of its bytes are: all, or fewer
/// where one of the tails follows.
pub(super) fn lookup(word: &str, is_tail: impl Fn(&str) -> bool) -> Option<(Word, usize)> {
    if word.starts_with(|c: char| c.is_ascii()) {
        return currency_code(word).map(|currency| (Word::CurrencyBefore(currency), word.len()));
    }
    if let Some(&meaning) = TABLE.get(word) {
        return Some((meaning, word.len()));
    }
    // A stem is at least as long as the two characters that it begins with.
    if BEGINNINGS.binary_search(&beginning(word)).is_err() {
        return None;
    }
    word.char_indices()
        .skip(2)
        .map(|(at, _)| at)
        .filter(|&at| is_tail(&word[at..]))
        .find_map(|at| {
            let meaning = *TABLE.get(&word[..at])?;
            takes_endings(meaning).then_some((meaning, at))
        })
}

/// Whether endings attach to words of this kind without making another word.
fn takes_endings(word: Word) -> bool {
    matches!(
        word,
        Word::Cardinal(_)
            | Word::Hundreds(_)
            | Word::Hundred
            | Word::Scale(_)
            | Word::CurrencyAfter(_)
            | Word::HundredthAfter(_)
            | Word::InQuarters(_)
            | Word::Parts(_)
            | Word::AllOfIt
            | Word::Half
    )
}

fn currency_code(word: &str) -> Option<Currency> {
    Some(match word {
        "Tk" | "TK" | "BDT" => Currency::BDT,
        "USD" => Currency::USD,
        "EUR" => Currency::EUR,
        "GBP" => Currency::GBP,
        "INR" | "Rs" => Currency::INR,
        _ => return None,
    })
}
