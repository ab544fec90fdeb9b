//! Which language an article is in, and its passages in another one.
//!
//! The script decides what it can decide; [`lingua`] tells apart the languages
//! that share one. Doubt is a value: an article that cannot be told is refused
//! with the reason, never guessed.

use std::sync::OnceLock;

use lingua::{LanguageDetector, LanguageDetectorBuilder};

use crate::language::Language;
use crate::language::bangla::legacy;

/// Characters of an article that are looked at: more changes no verdict.
const SAMPLE: usize = 3000;
/// Fewest letters that a verdict can rest on.
const FEWEST_LETTERS: usize = 12;
/// Share of one script from which on a text counts as written in it.
const DOMINANT: f64 = 0.6;
/// Confidence from which on lingua's first choice is believed.
const BELIEVED: f64 = 0.5;
/// Share of function words under which a longer text is no English. Newspaper
/// English has 30–45 %; romanised Bangla has 1–4 % by chance.
const ENGLISH_FUNCTION_WORDS: f64 = 0.12;

/// Share of the commonest romanised Bangla words from which on a text is that.
const ROMANISED_FUNCTION_WORDS: f64 = 0.08;

/// What was found out about a text.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// It is in this language.
    Certain(Language),
    /// It cannot be told, for this reason.
    Doubt(Doubt),
}

/// Why a language cannot be told.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Doubt {
    /// There is hardly any text.
    #[error("it has only {letters} letters, too few to tell its language")]
    TooShort {
        /// Letters found.
        letters: usize,
    },
    /// No script has the upper hand.
    #[error("it mixes scripts ({0}): no language has the upper hand")]
    Mixed(String),
    /// The letters are Latin, the words are not English or any language known here.
    #[error(
        "it is written in Latin letters but is not English (romanised Bangla is not supported)"
    )]
    NotEnglish,
    /// It is Bangla that was typed for a Bijoy font.
    #[error(
        "it is Bangla in the Bijoy (SutonnyMJ) encoding, which looks like Latin letters: convert it \
         to Unicode first"
    )]
    Bijoy,
    /// Several languages are as likely.
    #[error("it may be {0}")]
    Ambiguous(String),
}

/// Tells languages apart. Cheap to make: models load at the first doubtful text.
#[derive(Default)]
pub struct Detector {
    lingua: OnceLock<LanguageDetector>,
}

impl std::fmt::Debug for Detector {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Detector")
    }
}

/// The scripts that matter for a first decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    Latin,
    Bengali,
    Other,
}

#[derive(Debug, Default, Clone, Copy)]
struct Letters {
    latin: usize,
    bengali: usize,
    other: usize,
}

impl Letters {
    fn of(text: &str) -> Self {
        let mut letters = Self::default();
        for c in text.chars() {
            match script(c) {
                Some(Script::Latin) => letters.latin += 1,
                Some(Script::Bengali) => letters.bengali += 1,
                Some(Script::Other) => letters.other += 1,
                None => {}
            }
        }
        letters
    }

    fn total(self) -> usize {
        self.latin + self.bengali + self.other
    }
}

/// The script of a letter. Digits decide nothing: a stray `১০` under an English
/// page is a page number.
fn script(c: char) -> Option<Script> {
    match c {
        'A'..='Z' | 'a'..='z' | '\u{C0}'..='\u{24F}' => Some(Script::Latin),
        '\u{0985}'..='\u{09B9}'
        | '\u{09CE}'
        | '\u{09DC}'..='\u{09E1}'
        | '\u{09F0}'
        | '\u{09F1}' => Some(Script::Bengali),
        // Vowel signs and digits: they are many, and no letters.
        '\0'..='\u{BF}' | '\u{0980}'..='\u{09FF}' | '\u{2000}'..='\u{206F}' => None,
        c if c.is_alphabetic() => Some(Script::Other),
        _ => None,
    }
}

impl Detector {
    /// A detector; nothing is loaded yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The language of an article, from the texts of its story in reading order.
    #[must_use]
    pub fn article<'t>(&self, story: impl IntoIterator<Item = &'t str>) -> Verdict {
        let mut sample = String::new();
        for text in story {
            if sample.len() > 4 * SAMPLE {
                break;
            }
            sample.extend(text.chars().take(SAMPLE));
            sample.push('\n');
        }
        self.text(&sample)
    }

    /// The language of one text.
    #[must_use]
    pub fn text(&self, text: &str) -> Verdict {
        let letters = Letters::of(text);
        let total = letters.total();
        if total < FEWEST_LETTERS {
            return Verdict::Doubt(Doubt::TooShort { letters: total });
        }
        let share = |n: usize| n as f64 / total as f64;
        let dominant = if share(letters.bengali) >= DOMINANT {
            Script::Bengali
        } else if share(letters.latin) >= DOMINANT {
            Script::Latin
        } else if share(letters.other) >= DOMINANT {
            Script::Other
        } else {
            return Verdict::Doubt(Doubt::Mixed(format!(
                "{:.0} % Bengali, {:.0} % Latin, {:.0} % other letters",
                100.0 * share(letters.bengali),
                100.0 * share(letters.latin),
                100.0 * share(letters.other)
            )));
        };
        // No other language of lingua's is written in Bangla's script.
        if dominant == Script::Bengali {
            return Verdict::Certain(if is_assamese(text) {
                ASSAMESE
            } else {
                Language::BANGLA
            });
        }
        if legacy::is_legacy(text) {
            return Verdict::Doubt(Doubt::Bijoy);
        }
        // Names and quotations in another script would only confuse lingua.
        let own: String = text
            .chars()
            .filter(|&c| script(c).is_none_or(|s| s == dominant))
            .collect();
        match dominant {
            Script::Latin if share_of(&own, &FUNCTION_WORDS) >= ENGLISH_FUNCTION_WORDS => {
                Verdict::Certain(Language::ENGLISH)
            }
            Script::Latin if share_of(&own, &ROMANISED_BANGLA) >= ROMANISED_FUNCTION_WORDS => {
                Verdict::Doubt(Doubt::NotEnglish)
            }
            _ => self.ask(&own, dominant),
        }
    }

    /// Whether a passage of an article is already in `target`, so that it is
    /// left alone. Judged by script: a sentence of which most letters are the
    /// target's.
    #[must_use]
    pub fn is_passage_in(text: &str, source: Language, target: Language) -> bool {
        let letters = Letters::of(text);
        let (own, foreign) = match (source, target) {
            (Language::BANGLA, Language::ENGLISH) => {
                (letters.latin, letters.bengali + letters.other)
            }
            (Language::ENGLISH, Language::BANGLA) => {
                (letters.bengali, letters.latin + letters.other)
            }
            _ => return false,
        };
        own > 2 * foreign && own >= 2
    }

    fn ask(&self, text: &str, script: Script) -> Verdict {
        let detector = self.lingua.get_or_init(|| {
            LanguageDetectorBuilder::from_languages(&LANGUAGES.map(|(language, _)| language))
                .with_low_accuracy_mode()
                .build()
        });
        let ranked = detector.compute_language_confidence_values(text);
        let mut ranked = ranked.iter().filter_map(|&(language, confidence)| {
            let code = LANGUAGES.iter().find(|(l, _)| *l == language)?.1;
            Some((code.parse::<Language>().ok()?, confidence))
        });
        let (Some((first, confidence)), second) = (ranked.next(), ranked.next()) else {
            return Verdict::Doubt(Doubt::Ambiguous("any language".to_owned()));
        };
        // Latin text that has few English function words is no English, whatever
        // the letter statistics say: romanised Bangla ends here.
        if script == Script::Latin && first == Language::ENGLISH {
            return Verdict::Doubt(Doubt::NotEnglish);
        }
        if confidence >= BELIEVED {
            return Verdict::Certain(first);
        }
        let second = second.map_or(String::new(), |(l, c)| {
            format!(" or `{l}` ({:.0} %)", 100.0 * c)
        });
        Verdict::Doubt(Doubt::Ambiguous(format!(
            "`{first}` ({:.0} %){second}",
            100.0 * confidence
        )))
    }
}

/// Assamese shares Bangla's script but for its ৰ and ৱ, and lingua has no model of it.
const ASSAMESE: Language = Language::known(*b"as\0");

fn is_assamese(text: &str) -> bool {
    let own = text.chars().filter(|c| matches!(c, 'ৰ' | 'ৱ')).count();
    let bangla = text.chars().filter(|&c| c == 'র').count();
    own > bangla
}

/// The share of `list` among the words of a text in Latin letters; a single hit
/// is chance.
fn share_of(text: &str, list: &[&str]) -> f64 {
    let (mut words, mut hits) = (0usize, 0usize);
    for word in text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’') {
        if word.is_empty() || word.bytes().all(|b| b.is_ascii_digit()) {
            continue;
        }
        words += 1;
        hits += usize::from(list.contains(&word.to_ascii_lowercase().as_str()));
    }
    if hits < 2 {
        return 0.0;
    }
    hits as f64 / words as f64
}

/// The commonest function words of English that are no common words of the
/// other languages told apart here, nor of romanised Bangla.
const FUNCTION_WORDS: [&str; 52] = [
    "the", "of", "and", "to", "in", "is", "was", "for", "that", "it", "with", "as", "his", "he",
    "on", "be", "at", "by", "had", "not", "are", "but", "from", "or", "have", "an", "they",
    "which", "one", "were", "her", "she", "all", "their", "there", "been", "has", "would", "who",
    "will", "more", "when", "said", "its", "about", "into", "than", "after", "this", "over",
    "during", "between",
];

/// The commonest words of Bangla as people type it in Latin letters, those left
/// out that are common in the other languages told apart here.
const ROMANISED_BANGLA: [&str; 34] = [
    "ebong", "je", "theke", "kore", "korechen", "bolechen", "bolen", "hobe", "hoyeche", "holo",
    "chilo", "ache", "achi", "nei", "jonno", "amra", "ami", "tumi", "tomra", "tara", "tini",
    "apni", "amar", "tomar", "amader", "eta", "ekta", "kintu", "sathe", "shathe", "bhalo", "kemon",
    "jabe", "aro",
];

/// The languages told apart: those of Bangladesh's and India's press and of the
/// agencies it takes. The fewer, the smaller the binary and the surer the verdict.
const LANGUAGES: [(lingua::Language, &str); 17] = [
    (lingua::Language::Arabic, "ar"),
    (lingua::Language::Bengali, "bn"),
    (lingua::Language::English, "en"),
    (lingua::Language::French, "fr"),
    (lingua::Language::German, "de"),
    (lingua::Language::Gujarati, "gu"),
    (lingua::Language::Hindi, "hi"),
    (lingua::Language::Indonesian, "id"),
    (lingua::Language::Marathi, "mr"),
    (lingua::Language::Persian, "fa"),
    (lingua::Language::Portuguese, "pt"),
    (lingua::Language::Punjabi, "pa"),
    (lingua::Language::Spanish, "es"),
    (lingua::Language::Tamil, "ta"),
    (lingua::Language::Telugu, "te"),
    (lingua::Language::Turkish, "tr"),
    (lingua::Language::Urdu, "ur"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_told_apart() {
        let detector = Detector::new();
        let certain = [
            (
                "US and Russian delegations met in Istanbul on Thursday for talks. ১০",
                "en",
            ),
            ("মস্কো ও ওয়াশিংটনে দূতাবাসের কার্যক্রম সচল রাখতে বৈঠক। AFP", "bn"),
            (
                "अमेरिका और रूस के प्रतिनिधिमंडल ने गुरुवार को इस्तांबुल में बातचीत की।",
                "hi",
            ),
            (
                "امریکا اور روس کے وفود نے جمعرات کو استنبول میں بات چیت کی ہے۔",
                "ur",
            ),
            (
                "الوفدان الأمريكي والروسي يجتمعان في اسطنبول لإجراء محادثات حول السفارات",
                "ar",
            ),
            ("অসমৰ মুখ্যমন্ত্ৰীয়ে আজি গুৱাহাটীত এখন সভাত ভাষণ দিয়ে।", "as"),
            (
                "Les délégations américaine et russe se sont rencontrées jeudi à Istanbul pour des pourparlers.",
                "fr",
            ),
        ];
        for (text, code) in certain {
            assert_eq!(
                detector.text(text),
                Verdict::Certain(code.parse().unwrap()),
                "{text}"
            );
        }
        let doubtful = [
            "Dhakay aj sokale prodhan upodeshta bolechen je nirbachon shomoymoto hobe ebong shobai vote dite parbe",
            "amra bhalo achi, tomra kemon acho? Kalke dekha hobe bazare.",
            "১০ ১১",
            "",
        ];
        for text in doubtful {
            assert_ne!(
                detector.text(text),
                Verdict::Certain(Language::ENGLISH),
                "{text}"
            );
            assert_ne!(
                detector.text(text),
                Verdict::Certain(Language::BANGLA),
                "{text}"
            );
        }
    }

    #[test]
    fn bangla_in_a_bijoy_font_is_no_english() {
        let verdict = Detector::new().text("Avwg evsjvq Mvb MvB, Avwg evsjvi Mvb MvB");
        assert_eq!(verdict, Verdict::Doubt(Doubt::Bijoy));
    }

    #[test]
    fn a_passage_in_the_target_is_left_alone() {
        let is = |text| Detector::is_passage_in(text, Language::ENGLISH, Language::BANGLA);
        assert!(is("‘আমরা যাব।’"));
        assert!(!is("He said ‘আমরা’ and went"));
        assert!(!is("১০"));
    }
}
