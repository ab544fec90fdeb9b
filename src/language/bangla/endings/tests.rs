//! Attested forms, most of them counted in a corpus of Bangla news.

use super::*;
use proptest::prelude::*;

fn ending(number: Option<&'static str>, case: Option<Case>, particles: &[&'static str]) -> Ending {
    Ending {
        number,
        case,
        particles: particles.to_vec(),
    }
}

const GENITIVE: Option<Case> = Some(Case::Genitive);
const LOCATIVE: Option<Case> = Some(Case::Locative);
const OBJECTIVE: Option<Case> = Some(Case::Objective);
const COMITATIVE: Option<Case> = Some(Case::Comitative);

/// Stem, number, case, particles, and the word that they make.
type Written = (
    &'static str,
    Option<&'static str>,
    Option<Case>,
    &'static [&'static str],
    &'static str,
);

/// Forms that are written as they are read.
#[rustfmt::skip]
const WRITTEN: &[Written] = &[
    // Consonants.
    ("ট্রাম্প", None, GENITIVE, &[], "ট্রাম্পের"),
    ("ট্রাম্প", None, GENITIVE, &["ও"], "ট্রাম্পেরও"),
    ("দুদক", None, GENITIVE, &[], "দুদকের"),
    ("রয়টার্স", None, GENITIVE, &[], "রয়টার্সের"),
    ("বাংলাদেশ", None, LOCATIVE, &["ও"], "বাংলাদেশেও"),
    ("বাংলাদেশ", None, None, &["ই"], "বাংলাদেশই"),
    ("নিউইয়র্ক", None, LOCATIVE, &[], "নিউইয়র্কে"),
    ("যুক্তরাজ্য", None, LOCATIVE, &[], "যুক্তরাজ্যে"),
    ("যুক্তরাষ্ট্র", None, GENITIVE, &[], "যুক্তরাষ্ট্রের"),
    ("সময়", None, GENITIVE, &[], "সময়ের"),
    ("ব্যাংক", None, OBJECTIVE, &[], "ব্যাংককে"),
    ("বিশ্বজিৎ", None, OBJECTIVE, &[], "বিশ্বজিৎকে"),
    ("বিপিএল", None, GENITIVE, &[], "বিপিএলের"),
    ("বিপিএল", None, LOCATIVE, &[], "বিপিএলে"),
    ("এনবিআর", None, GENITIVE, &[], "এনবিআরের"),
    ("আবদুল্লাহ", None, GENITIVE, &[], "আবদুল্লাহর"),
    // আ.
    ("ঢাকা", None, GENITIVE, &[], "ঢাকার"),
    ("ঢাকা", None, LOCATIVE, &[], "ঢাকায়"),
    ("ঢাকা", None, LOCATIVE, &["ও"], "ঢাকায়ও"),
    ("ঢাকা", None, COMITATIVE, &[], "ঢাকাসহ"),
    ("খালেদা জিয়া", None, GENITIVE, &[], "খালেদা জিয়ার"),
    ("খালেদা জিয়া", None, OBJECTIVE, &[], "খালেদা জিয়াকে"),
    ("রেস্তোরাঁ", None, GENITIVE, &[], "রেস্তোরাঁর"),
    // Other vowels, vowel-final acronyms.
    ("দিল্লি", None, GENITIVE, &[], "দিল্লির"),
    ("দিল্লি", None, LOCATIVE, &[], "দিল্লিতে"),
    ("দিল্লি", None, LOCATIVE, &["ই"], "দিল্লিতেই"),
    ("মোদি", None, GENITIVE, &[], "মোদির"),
    ("টোকিও", None, LOCATIVE, &[], "টোকিওতে"),
    ("রেডিও", None, GENITIVE, &[], "রেডিওর"),
    ("আবে", None, GENITIVE, &[], "আবের"),
    ("মস্কো", None, LOCATIVE, &[], "মস্কোতে"),
    ("জিম্বাবুয়ে", None, LOCATIVE, &[], "জিম্বাবুয়েতে"),
    ("বিএনপি", None, GENITIVE, &[], "বিএনপির"),
    ("বিএনপি", None, GENITIVE, &["ও"], "বিএনপিরও"),
    ("বিএনপি", None, LOCATIVE, &[], "বিএনপিতে"),
    ("বিএনপি", None, OBJECTIVE, &[], "বিএনপিকে"),
    ("এনসিপি", None, GENITIVE, &[], "এনসিপির"),
    ("ইউএনডিপি", None, GENITIVE, &[], "ইউএনডিপির"),
    // Diphthongs and ং.
    ("দুবাই", None, LOCATIVE, &[], "দুবাইয়ে"),
    ("জুলাই", None, GENITIVE, &[], "জুলাইয়ের"),
    ("ভাই", None, GENITIVE, &[], "ভাইয়ের"),
    ("বিসিসিআই", None, GENITIVE, &[], "বিসিসিআইয়ের"),
    ("তেজগাঁও", None, LOCATIVE, &[], "তেজগাঁওয়ে"),
    ("বেইজিং", None, LOCATIVE, &[], "বেইজিংয়ে"),
    ("হংকং", None, GENITIVE, &[], "হংকংয়ের"),
    ("হংকং", None, OBJECTIVE, &[], "হংকংকে"),
    ("মে", None, GENITIVE, &[], "মে-এর"),
    // Digits, quotes, foreign letters.
    ("১০০", None, GENITIVE, &[], "১০০-এর"),
    ("২০২৫", None, LOCATIVE, &[], "২০২৫-এ"),
    ("৩", Some("টি"), None, &[], "৩টি"),
    ("৩", Some("টি"), GENITIVE, &[], "৩টির"),
    ("১০", Some("টা"), LOCATIVE, &[], "১০টায়"),
    ("১২", Some("জন"), None, &[], "১২ জন"),
    ("১২", Some("জন"), OBJECTIVE, &["ই"], "১২ জনকেই"),
    ("‘ক্রো’", None, GENITIVE, &[], "‘ক্রো’র"),
    ("‘আলো’", None, OBJECTIVE, &[], "‘আলো’-কে"),
    ("‘সি’", None, LOCATIVE, &[], "‘সি’-তে"),
    ("‘টাং’", None, GENITIVE, &[], "‘টাং’-এর"),
    ("‘স্টার’", None, LOCATIVE, &[], "‘স্টার’-এ"),
    ("‘স্টার’", Some("টি"), None, &[], "‘স্টার’টি"),
    ("WHO", None, GENITIVE, &[], "WHO-এর"),
    ("হামিদুল্লাহ্", None, OBJECTIVE, &[], "হামিদুল্লাহ্-কে"),
    // Plurals, classifiers and their stacks.
    ("সাংবাদিক", Some("দের"), None, &[], "সাংবাদিকদের"),
    ("শিক্ষার্থী", Some("দের"), OBJECTIVE, &[], "শিক্ষার্থীদেরকে"),
    ("সদস্য", Some("রা"), None, &["ও"], "সদস্যরাও"),
    ("দল", Some("গুলো"), OBJECTIVE, &["ই"], "দলগুলোকেই"),
    ("দল", Some("গুলো"), GENITIVE, &[], "দলগুলোর"),
    ("হাসপাতাল", Some("গুলো"), LOCATIVE, &["ও"], "হাসপাতালগুলোতেও"),
    ("ব্যাংক", Some("টি"), GENITIVE, &[], "ব্যাংকটির"),
    ("বাজার", Some("টি"), LOCATIVE, &[], "বাজারটিতে"),
];

#[test]
fn endings_join_as_newsrooms_write_them() {
    for &(stem, number, case, particles, word) in WRITTEN {
        let ending = ending(number, case, particles);
        assert_eq!(attach(stem, &ending), word, "{stem} + {ending:?}");
        let rest = word.strip_prefix(stem).unwrap();
        assert_eq!(
            ending_after(stem, rest),
            Some((ending, rest.len())),
            "{stem} + {rest}"
        );
    }
}

#[test]
fn other_spellings_are_read() {
    for (stem, rest, case) in [
        ("সচিব", "েরা ", None),
        ("মুম্বাই", "তে", LOCATIVE),
        ("দামেস্ক", "র", GENITIVE),
        ("দলগুলো", "য়,", LOCATIVE),
        ("ঢাকা", "তে।", LOCATIVE),
        ("ইউনূস", "-এর কথা", GENITIVE),
        ("বিবিসি", "'র খবর", GENITIVE),
        ("বিটিএমএ", "’র", GENITIVE),
        ("জিডিআই", "-কে", OBJECTIVE),
        ("৮০", "–এর", GENITIVE),
        ("২০০", "এর", GENITIVE),
        ("WHO", "র", GENITIVE),
    ] {
        let (ending, length) = ending_after(stem, rest).unwrap();
        assert_eq!(ending.case, case, "{stem}{rest}");
        assert!(length > 0, "{stem}{rest}");
    }
}

#[test]
fn a_word_that_goes_on_is_no_stem() {
    for (stem, rest) in [
        ("কর", "েন"),
        ("ঢাকা", "ইয়া"),
        ("বাংলা", "দেশ"),
        ("বাংলা", "দেশের"),
        ("আলো", "চনা"),
        ("সরকার", "ি"),
        ("ভারত", "ীয়"),
        ("জামাল", "পুর"),
        ("পশ্চিম", "া"),
        ("নির্বাচন", "ী"),
        ("রহিম", "্"),
        ("২", "ই"),
        ("২০", "২৫"),
        ("মে", "য়ের"),
        ("ঢাকা", "রদের"),
        ("", "র"),
    ] {
        assert_eq!(ending_after(stem, rest), None, "{stem}|{rest}");
    }
}

#[test]
fn a_word_that_ends_has_an_empty_ending() {
    for rest in ["", " ও", "।", ", ", "-চট্টগ্রাম", "’-এর", "’ বলেন", ")", " জন"]
    {
        assert_eq!(
            ending_after("ঢাকা", rest),
            Some((Ending::default(), 0)),
            "{rest}"
        );
    }
}

#[test]
fn khanda_ta_gives_way_before_a_vowel() {
    let genitive = Ending::case(Case::Genitive);
    assert_eq!(attach("বিদ্যুৎ", &genitive), "বিদ্যুতের");
    assert_eq!(attach("রণজিৎ", &genitive), "রণজিতের");
    let stem = oblique("বিদ্যুৎ").unwrap();
    assert_eq!(ending_after(&stem, "ের"), Some((genitive, 6)));
    assert_eq!(oblique("ঢাকা"), None);
}

#[test]
fn what_an_engine_writes_behind_a_name_is_read() {
    for (rest, number, case, particles, length) in [
        ("-এর বাড়ি", None, GENITIVE, &[] as &[_], "-এর"),
        ("এর বাড়ি", None, GENITIVE, &[], "এর"),
        ("ের", None, GENITIVE, &[], "ের"),
        ("র।", None, GENITIVE, &[], "র"),
        ("'র", None, GENITIVE, &[], "'র"),
        (" এর বাড়ি", None, GENITIVE, &[], " এর"),
        (" কে বলেন", None, OBJECTIVE, &[], " কে"),
        ("য়,", None, LOCATIVE, &[], "য়"),
        ("-তেও", None, LOCATIVE, &["ও"], "-তেও"),
        ("-রা", Some("রা"), None, &[], "-রা"),
        ("দেরকে", Some("দের"), OBJECTIVE, &[], "দেরকে"),
        ("-টির", Some("টি"), GENITIVE, &[], "-টির"),
        ("ও ", None, None, &["ও"], "ও"),
        ("-ই", None, None, &["ই"], "-ই"),
        ("সহ", None, COMITATIVE, &[], "সহ"),
    ] {
        assert_eq!(
            parse_detached(rest),
            Some((ending(number, case, particles), length.len())),
            "{rest}"
        );
    }
    for rest in [
        "",
        " বলেন",
        "।",
        " কে?",
        " কে",
        " এরপর",
        "রাত",
        " ও তার",
        "-চট্টগ্রাম",
        "েন",
    ] {
        assert_eq!(parse_detached(rest), None, "{rest}");
    }
}

#[test]
fn words_are_stripped_the_longest_ending_first() {
    let stems = |word| -> Vec<String> {
        strip(word)
            .into_iter()
            .map(|(stem, _)| stem.into_owned())
            .collect()
    };
    assert_eq!(stems("ঢাকায়"), ["ঢাকা", "ঢাকায়"]);
    assert_eq!(
        stems("দলগুলোকেই"),
        ["দল", "দলগুলো", "দলগুলোক", "দলগুলোকে", "দলগুলোকেই"]
    );
    assert_eq!(stems("বিদ্যুতের"), ["বিদ্যুত", "বিদ্যুৎ", "বিদ্যুতে", "বিদ্যুতের"]);
    assert_eq!(stems("মার"), ["মা", "মার"]);
    assert_eq!(stems("এর"), ["এর"]);
    assert_eq!(stems(""), [""]);
}

/// Every ending that the language knows.
fn all() -> Vec<Ending> {
    let numbers = std::iter::once(None).chain(NUMBERS.iter().copied().map(Some));
    let cases: Vec<_> = std::iter::once(None)
        .chain(CASES.iter().copied().map(Some))
        .collect();
    let particles: [&[&'static str]; 3] = [&[], &["ও"], &["ই"]];
    numbers
        .flat_map(|number| cases.iter().map(move |&case| (number, case)))
        // রা takes no case, দের marks the genitive itself.
        .filter(|(number, case)| match number {
            Some("রা") => case.is_none(),
            Some("দের") => !matches!(case, Some(Case::Genitive | Case::Locative)),
            _ => true,
        })
        .flat_map(|(number, case)| particles.map(|p| ending(number, case, p)))
        .collect()
}

const STEMS: &[&str] = &[
    "ট্রাম্প",
    "ঢাকা",
    "দিল্লি",
    "মোদী",
    "রংপুর",
    "বাবু",
    "মস্কো",
    "টোকিও",
    "আবে",
    "দুবাই",
    "বিসিসিআই",
    "তেজগাঁও",
    "বেইজিং",
    "বিএনপি",
    "বিপিএল",
    "যুক্তরাষ্ট্র",
    "যুক্তরাজ্য",
    "মার্চ",
    "সময়",
    "আবদুল্লাহ",
    "রেস্তোরাঁ",
    "১০০",
    "2025",
    "WHO",
    "‘আলো’",
    "“স্টার”",
    "(আরএসপি)",
    "শাহ্",
    "মে",
    "৫ মে",
    "দুঃ",
    "বই",
    "ঐ",
    "২০%",
];

#[test]
fn what_is_attached_is_read_back() {
    for stem in STEMS {
        for ending in all() {
            let word = attach(stem, &ending);
            let rest = word.strip_prefix(stem).unwrap();
            for after in ["", " আর", "।", "’ "] {
                assert_eq!(
                    ending_after(stem, &format!("{rest}{after}")),
                    Some((ending.clone(), rest.len())),
                    "{stem}|{rest}{after}"
                );
            }
        }
    }
}

#[test]
fn what_is_detached_is_read_back() {
    for ending in all().into_iter().filter(|e| !e.is_empty()) {
        let text = detached(&ending);
        assert_eq!(parse_detached(&text), Some((ending, text.len())), "{text}");
    }
    assert_eq!(detached(&Ending::default()), "");
}

proptest! {
    #[test]
    fn any_text_is_read_without_harm(
        stem in "[ক-হড়য়া-ো্ংঁৎ০-৯a’-]{0,6}", rest in "[-–’' ]?[কেরতদটিগুলোাএওইয়সহজন ।a]{0,8}"
    ) {
        if let Some((ending, length)) = ending_after(&stem, &rest) {
            prop_assert!(rest.is_char_boundary(length) && ending.is_empty() == (length == 0));
            prop_assert!(word_ends(&rest[length..]));
        }
        if let Some((ending, length)) = parse_detached(&rest) {
            prop_assert!(rest.is_char_boundary(length) && !ending.is_empty() && length > 0);
        }
        for (stem, ending) in strip(&stem) {
            prop_assert!(attach(&stem, &ending).len() >= stem.len());
        }
    }
}
