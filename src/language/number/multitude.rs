//! Plurals that give an order of magnitude and no value: `hundreds of people`,
//! শত শত মানুষ.
//!
//! They are no [`Number`](super::Number): there is no value to compare, and a
//! figure in their place would be invented. What goes over is the phrase that
//! the other language's press has for the order of magnitude.
//!
//! Law: what is written stands for no more than what was read, and for no less
//! than a tenth of it; lakhs go over into millions by way of their tens.

use super::Scales;

/// An order of magnitude that a plural names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Multitude {
    /// `dozens of`, কয়েক ডজন.
    Dozens,
    /// So many times ten: 3 is `thousands of`, 4 `tens of thousands of`.
    Power {
        /// From 2 to 12.
        exponent: u32,
        /// Whether it was told in lakhs and crores.
        local: bool,
    },
}

impl Multitude {
    /// The least that the plural can stand for, as a power of ten.
    #[must_use]
    pub fn exponent(self) -> u32 {
        match self {
            Self::Dozens => 1,
            Self::Power { exponent, .. } => exponent,
        }
    }

    /// Whether `scales` has it told in lakhs and crores, where the house of the
    /// language leaves that to the source.
    pub(crate) fn is_local(self, scales: Scales) -> bool {
        match (scales, self) {
            (Scales::Local, _) => true,
            (Scales::International, _) | (_, Self::Dozens) => false,
            (Scales::House | Scales::Keep, Self::Power { local, .. }) => local,
        }
    }
}

/// Whether a word ends at `at`.
pub(crate) fn is_word_end(text: &str, at: usize) -> bool {
    !text[at..].starts_with(super::cursor::is_letter)
}

#[cfg(test)]
mod tests {
    use crate::language::number::NumberStyle;
    use crate::language::{Language, profile};

    const EN: Language = Language::ENGLISH;
    const BN: Language = Language::BANGLA;

    #[track_caller]
    fn over(from: Language, text: &str, to: Language, style: &NumberStyle) -> String {
        let mut out = String::new();
        let mut at = 0;
        for one in profile(from).multitudes(text) {
            let written = profile(to).write_multitude(one.value, style).unwrap();
            out.push_str(&text[at..one.span.start()]);
            out.push_str(&written);
            at = one.span.end();
        }
        out.push_str(&text[at..]);
        out
    }

    #[test]
    fn english_plurals_go_over_into_bangla() {
        for (english, bangla) in [
            ("Dozens of men", "কয়েক ডজন men"),
            ("killed hundreds of people", "killed শত শত people"),
            ("thousands of people", "হাজার হাজার people"),
            ("tens of thousands of men", "হাজার হাজার men"),
            ("hundreds of thousands of men", "লাখ লাখ men"),
            ("millions of Africans", "লাখ লাখ Africans"),
            ("tens of millions of men", "কোটি কোটি men"),
            ("hundreds of millions of men", "কোটি কোটি men"),
            ("billions of dollars", "শত শত কোটি dollars"),
            ("tens of billions of men", "হাজার হাজার কোটি men"),
            ("trillions of men", "লাখ লাখ কোটি men"),
            ("lakhs of men, crores of taka", "লাখ লাখ men, কোটি কোটি taka"),
            ("thousands of crores of taka", "হাজার হাজার কোটি taka"),
            // Without what they count, or with a word that says how many, the
            // sentence knows better.
            ("thousands gathered", "thousands gathered"),
            ("several thousands of people", "several thousands of people"),
            ("many hundreds of people", "many hundreds of people"),
            ("two dozens of eggs", "two dozens of eggs"),
            ("tens of people", "tens of people"),
            ("30 millions of them", "30 millions of them"),
            ("thousands offered help", "thousands offered help"),
        ] {
            assert_eq!(over(EN, english, BN, &NumberStyle::default()), bangla);
        }
    }

    #[test]
    fn bangla_plurals_go_over_into_english() {
        for (bangla, english) in [
            ("শত শত মানুষ", "hundreds of মানুষ"),
            ("হাজার হাজার মানুষ", "thousands of মানুষ"),
            ("লাখ লাখ মানুষ", "lakhs of মানুষ"),
            ("লক্ষ লক্ষ ভক্ত", "lakhs of ভক্ত"),
            ("কোটি কোটি টাকা", "crores of টাকা"),
            ("হাজার হাজার কোটি টাকা", "thousands of crores of টাকা"),
            ("শত শত কোটি ডলার", "billions of ডলার"),
            ("কোটি কোটি মার্কিন ডলার", "tens of millions of মার্কিন ডলার"),
            ("কয়েক ডজন মানুষ", "dozens of মানুষ"),
            ("হাজারে হাজার", "হাজারে হাজার"),
            ("২ হাজার হাজার", "২ হাজার হাজার"),
            ("হাজার হাজারের", "হাজার হাজারের"),
            ("কয়েক হাজার মানুষ", "কয়েক হাজার মানুষ"),
        ] {
            assert_eq!(over(BN, bangla, EN, &NumberStyle::default()), english);
        }
    }

    #[test]
    fn the_house_may_want_millions() {
        let style = NumberStyle {
            scale: crate::language::number::Scales::International,
            ..NumberStyle::default()
        };
        assert_eq!(
            over(BN, "লাখ লাখ মানুষ, কোটি কোটি টাকা", EN, &style),
            "hundreds of thousands of মানুষ, tens of millions of টাকা"
        );
    }

    /// Every plural either language reads, through both languages and back.
    #[test]
    fn no_plural_is_told_larger_than_it_was() {
        let english = [
            "dozens of ",
            "hundreds of ",
            "thousands of ",
            "tens of thousands of ",
            "hundreds of thousands of ",
            "lakhs of ",
            "millions of ",
            "tens of millions of ",
            "crores of ",
            "hundreds of millions of ",
            "billions of ",
            "hundreds of crores of ",
            "tens of billions of ",
            "thousands of crores of ",
            "hundreds of billions of ",
            "trillions of ",
            "lakhs of crores of ",
        ];
        for phrase in english {
            let text = format!("{phrase}people");
            let read = profile(EN).multitudes(&text);
            assert_eq!(read.len(), 1, "{text}");
            let style = NumberStyle::default();
            let bangla = profile(BN).write_multitude(read[0].value, &style).unwrap();
            let text = format!("{bangla} মানুষ");
            let back = profile(BN).multitudes(&text);
            assert_eq!(back.len(), 1, "{text}");
            let (before, after) = (read[0].value.exponent(), back[0].value.exponent());
            assert!((before - 1..=before).contains(&after), "{phrase}: {bangla}");
            let english = profile(EN).write_multitude(back[0].value, &style).unwrap();
            let text = format!("{english} people");
            let again = profile(EN).multitudes(&text);
            assert_eq!(again.len(), 1, "{text}");
            assert_eq!(again[0].value.exponent(), after, "{text}");
            assert!(profile(EN).numbers(&text).is_empty(), "{text}");
        }
    }
}
