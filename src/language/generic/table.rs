//! How other languages print quotations and figures.
//!
//! The quotation marks, the digits of the default numbering system and its
//! separators are those of Unicode CLDR 48.2 (`delimiters` and `numbers` of the
//! `full` packages of cldr-json; licence Unicode-3.0). That a comma follows the
//! closing mark is no datum of CLDR but the rule of most of the world's press.

use super::Generic;
use crate::language::number::figures::Grouping;
use crate::language::{Language, MarkPair, Quotation};

/// Digits and separators of figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Numerals {
    /// The digit for nought.
    pub zero: char,
    /// Before the decimals.
    pub decimal: char,
    /// Between groups.
    pub group: char,
    /// How long groups are.
    pub grouping: Grouping,
}

impl Numerals {
    const fn new(zero: char, decimal: char, group: char, grouping: Grouping) -> Self {
        Self {
            zero,
            decimal,
            group,
            grouping,
        }
    }
}

const POINT: Numerals = Numerals::new('0', '.', ',', Grouping::Threes);
const INDIAN: Numerals = Numerals::new('0', '.', ',', Grouping::Local);
const COMMA: Numerals = Numerals::new('0', ',', '.', Grouping::Threes);
const SPACED: Numerals = Numerals::new('0', ',', '\u{a0}', Grouping::Threes);
const NARROW: Numerals = Numerals::new('0', ',', '\u{202f}', Grouping::Threes);
const DEVANAGARI: Numerals = Numerals::new('०', '.', ',', Grouping::Local);
const BENGALI: Numerals = Numerals::new('০', '.', ',', Grouping::Local);
const BURMESE: Numerals = Numerals::new('၀', '.', ',', Grouping::Threes);
const ARABIC: Numerals = Numerals::new('٠', '٫', '٬', Grouping::Threes);
const SINDHI: Numerals = Numerals::new('٠', '.', '٬', Grouping::Threes);
const PERSIAN: Numerals = Numerals::new('۰', '٫', '٬', Grouping::Threes);

/// A language that CLDR is not asked about.
pub(super) static OTHER: Generic = Generic {
    language: Language::UNDETERMINED,
    name: "another language",
    quotation: Quotation::DOUBLE,
    numerals: POINT,
};

/// By code.
#[rustfmt::skip]
pub(super) static LANGUAGES: [Generic; 70] = [
    row(*b"am\0", "Amharic", ['«', '»'], ['‹', '›'], POINT),
    row(*b"ar\0", "Arabic", ['”', '“'], ['’', '‘'], POINT),
    row(*b"as\0", "Assamese", ['“', '”'], ['‘', '’'], BENGALI),
    row(*b"az\0", "Azerbaijani", ['“', '”'], ['‘', '’'], COMMA),
    row(*b"bg\0", "Bulgarian", ['„', '“'], ['„', '“'], SPACED),
    row(*b"bo\0", "Tibetan", ['“', '”'], ['‘', '’'], POINT),
    row(*b"ca\0", "Catalan", ['«', '»'], ['“', '”'], COMMA),
    row(*b"ckb", "Central Kurdish", ['“', '”'], ['‘', '’'], ARABIC),
    row(*b"cs\0", "Czech", ['„', '“'], ['‚', '‘'], SPACED),
    row(*b"da\0", "Danish", ['“', '”'], ['‘', '’'], COMMA),
    row(*b"de\0", "German", ['„', '“'], ['‚', '‘'], COMMA),
    row(*b"el\0", "Greek", ['«', '»'], ['“', '”'], COMMA),
    row(*b"es\0", "Spanish", ['“', '”'], ['‘', '’'], COMMA),
    row(*b"et\0", "Estonian", ['„', '“'], ['‚', '‘'], SPACED),
    row(*b"fa\0", "Persian", ['«', '»'], ['‹', '›'], PERSIAN),
    row(*b"fi\0", "Finnish", ['”', '”'], ['’', '’'], SPACED),
    row(*b"fil", "Filipino", ['“', '”'], ['‘', '’'], POINT),
    row(*b"fr\0", "French", ['«', '»'], ['«', '»'], NARROW),
    row(*b"gu\0", "Gujarati", ['“', '”'], ['‘', '’'], INDIAN),
    row(*b"he\0", "Hebrew", ['”', '”'], ['’', '’'], POINT),
    row(*b"hi\0", "Hindi", ['“', '”'], ['‘', '’'], INDIAN),
    row(*b"hr\0", "Croatian", ['„', '“'], ['‚', '‘'], COMMA),
    row(*b"hu\0", "Hungarian", ['„', '”'], ['»', '«'], SPACED),
    row(*b"hy\0", "Armenian", ['«', '»'], ['«', '»'], SPACED),
    row(*b"id\0", "Indonesian", ['“', '”'], ['‘', '’'], COMMA),
    row(*b"it\0", "Italian", ['«', '»'], ['“', '”'], COMMA),
    row(*b"ja\0", "Japanese", ['「', '」'], ['『', '』'], POINT),
    row(*b"ka\0", "Georgian", ['„', '“'], ['«', '»'], SPACED),
    row(*b"kk\0", "Kazakh", ['«', '»'], ['“', '”'], SPACED),
    row(*b"km\0", "Khmer", ['“', '”'], ['‘', '’'], POINT),
    row(*b"kn\0", "Kannada", ['“', '”'], ['‘', '’'], POINT),
    row(*b"ko\0", "Korean", ['“', '”'], ['‘', '’'], POINT),
    row(*b"ks\0", "Kashmiri", ['“', '”'], ['‘', '’'], PERSIAN),
    row(*b"lo\0", "Lao", ['“', '”'], ['‘', '’'], COMMA),
    row(*b"lt\0", "Lithuanian", ['„', '“'], ['„', '“'], SPACED),
    row(*b"lv\0", "Latvian", ['“', '”'], ['‘', '’'], SPACED),
    row(*b"mai", "Maithili", ['“', '”'], ['‘', '’'], POINT),
    row(*b"ml\0", "Malayalam", ['“', '”'], ['‘', '’'], INDIAN),
    row(*b"mr\0", "Marathi", ['“', '”'], ['‘', '’'], DEVANAGARI),
    row(*b"ms\0", "Malay", ['“', '”'], ['‘', '’'], POINT),
    row(*b"my\0", "Burmese", ['“', '”'], ['‘', '’'], BURMESE),
    row(*b"ne\0", "Nepali", ['“', '”'], ['‘', '’'], DEVANAGARI),
    row(*b"nl\0", "Dutch", ['‘', '’'], ['‘', '’'], COMMA),
    row(*b"no\0", "Norwegian", ['«', '»'], ['‘', '’'], SPACED),
    row(*b"or\0", "Odia", ['“', '”'], ['‘', '’'], INDIAN),
    row(*b"pa\0", "Punjabi", ['“', '”'], ['‘', '’'], INDIAN),
    row(*b"pl\0", "Polish", ['„', '”'], ['«', '»'], SPACED),
    row(*b"ps\0", "Pashto", ['“', '”'], ['‘', '’'], PERSIAN),
    row(*b"pt\0", "Portuguese", ['“', '”'], ['‘', '’'], COMMA),
    row(*b"ro\0", "Romanian", ['„', '”'], ['«', '»'], COMMA),
    row(*b"ru\0", "Russian", ['«', '»'], ['„', '“'], SPACED),
    row(*b"sa\0", "Sanskrit", ['“', '”'], ['‘', '’'], DEVANAGARI),
    row(*b"sd\0", "Sindhi", ['“', '”'], ['‘', '’'], SINDHI),
    row(*b"si\0", "Sinhala", ['“', '”'], ['‘', '’'], POINT),
    row(*b"sk\0", "Slovak", ['„', '“'], ['‚', '‘'], SPACED),
    row(*b"sl\0", "Slovenian", ['„', '“'], ['‚', '‘'], COMMA),
    row(*b"sq\0", "Albanian", ['“', '”'], ['‘', '’'], SPACED),
    row(*b"sr\0", "Serbian", ['„', '”'], ['’', '’'], COMMA),
    row(*b"sv\0", "Swedish", ['”', '”'], ['’', '’'], SPACED),
    row(*b"sw\0", "Swahili", ['“', '”'], ['‘', '’'], POINT),
    row(*b"ta\0", "Tamil", ['“', '”'], ['‘', '’'], INDIAN),
    row(*b"te\0", "Telugu", ['“', '”'], ['‘', '’'], INDIAN),
    row(*b"th\0", "Thai", ['“', '”'], ['‘', '’'], POINT),
    row(*b"tr\0", "Turkish", ['“', '”'], ['‘', '’'], COMMA),
    row(*b"ug\0", "Uyghur", ['»', '«'], ['›', '‹'], POINT),
    row(*b"uk\0", "Ukrainian", ['«', '»'], ['„', '“'], SPACED),
    row(*b"ur\0", "Urdu", ['”', '“'], ['’', '‘'], POINT),
    row(*b"uz\0", "Uzbek", ['“', '”'], ['’', '‘'], SPACED),
    row(*b"vi\0", "Vietnamese", ['“', '”'], ['‘', '’'], COMMA),
    row(*b"zh\0", "Chinese", ['“', '”'], ['‘', '’'], POINT),
];

const fn row(
    code: [u8; 3],
    name: &'static str,
    [open, close]: [char; 2],
    [inner_open, inner_close]: [char; 2],
    numerals: Numerals,
) -> Generic {
    Generic {
        language: Language::known(code),
        name,
        quotation: Quotation {
            outer: MarkPair { open, close },
            inner: MarkPair {
                open: inner_open,
                close: inner_close,
            },
            comma_inside: false,
        },
        numerals,
    }
}
