use super::*;
use crate::glossary::{Glossary, Layer};
use crate::language::Pair;
use crate::mark;

fn glossary() -> Glossary {
    Glossary::load(&[Layer::embedded()], jiff::civil::date(2026, 1, 1)).unwrap()
}

fn found(text: &str, language: Language, line: Line) -> Vec<(&str, NameKind)> {
    find(text, language, line, &[])
        .into_iter()
        .map(|mention| (mention.span.slice(text), mention.kind))
        .collect()
}

fn persons(text: &str) -> Vec<&str> {
    found(text, Language::ENGLISH, Line::Prose)
        .into_iter()
        .filter(|(_, kind)| *kind == NameKind::Person)
        .map(|(name, _)| name)
        .collect()
}

#[test]
fn english_persons_are_found() {
    for (text, names) in [
        (
            "Deputy Director Laxmi Narayan Majumder confirmed this.",
            &["Laxmi Narayan Majumder"][..],
        ),
        (
            "The minister, AKM Mozammel Haque, left.",
            &["AKM Mozammel Haque"],
        ),
        (
            "US State Department spokeswoman Tammy Bruce said",
            &["Tammy Bruce"],
        ),
        ("Meanwhile Rafiqul Islam, 45, was hurt.", &["Rafiqul Islam"]),
        (
            "Russia's envoy Alexander Darchiev told reporters",
            &["Alexander Darchiev"],
        ),
        (
            "Moscow's chief negotiator, Yegor Salnikov, told journalists",
            &["Yegor Salnikov"],
        ),
        (
            "Karim Ahmed's brother Jasim Uddin said",
            &["Karim Ahmed", "Jasim Uddin"],
        ),
        ("“We will win,” said Shakil Rahman.", &["Shakil Rahman"]),
        (
            "Dr. M. A. Hannan and Md. Selim Reza spoke",
            &["M. A. Hannan", "Selim Reza"],
        ),
        (
            "SI Arif Hossain of the station and OC Farid Uddin said so.",
            &["Arif Hossain", "Farid Uddin"],
        ),
        ("Syrian leader Bashar al-Assad fled", &["Bashar al-Assad"]),
        (
            "Sheikh Mohammed bin Rashid arrived",
            &["Sheikh Mohammed bin Rashid"],
        ),
    ] {
        assert_eq!(persons(text), names, "{text}");
    }
}

#[test]
fn capitals_alone_are_no_person() {
    for text in [
        "Meanwhile the police left.",
        "Police arrested the Prime Minister.",
        "On Monday the High Court ruled.",
        "The World Bank said",
        "He studied at Dhaka Medical College.",
        "Bangladeshis live there.",
        "English is spoken.",
        "",
        "A",
        "I said so.",
        "The Board met in the District.",
    ] {
        assert_eq!(persons(text), [""; 0], "{text}");
    }
}

#[test]
fn bodies_and_places_are_told_by_their_words() {
    for (text, name, kind) in [
        (
            "a teacher of Kalni High School said",
            "Kalni High School",
            NameKind::Organisation,
        ),
        (
            "at Bhairab Bazar on Sunday",
            "Bhairab Bazar",
            NameKind::Place,
        ),
    ] {
        let all = found(text, Language::ENGLISH, Line::Prose);
        assert!(all.contains(&(name, kind)), "{text}: {all:?}");
    }
}

#[test]
fn a_headline_in_title_case_proves_nothing() {
    let line = "Rafiqul Islam Wins Seat After Long Count of Votes";
    assert_eq!(found(line, Language::ENGLISH, Line::Headline), []);
    let line = "Rafiqul Islam wins seat after long count of votes";
    assert_eq!(
        found(line, Language::ENGLISH, Line::Headline),
        [("Rafiqul Islam", NameKind::Person)]
    );
}

#[test]
fn what_the_glossary_has_is_left_to_it() {
    let glossary = glossary();
    let text = "Donald Trump met Karim Talukder in Dhaka.";
    let marks = mark::find(text, Pair::EN_BN, &glossary);
    let found = find(text, Language::ENGLISH, Line::Prose, &marks);
    let names: Vec<&str> = found.iter().map(|m| m.span.slice(text)).collect();
    assert_eq!(names, ["Karim Talukder"]);
}

#[test]
fn bangla_names_come_without_title_and_ending() {
    for (text, name, kind) in [
        (
            "শিক্ষক রফিকুল ইসলাম বলেন, তিনি যাবেন।",
            "রফিকুল ইসলাম",
            NameKind::Person,
        ),
        (
            "পুলিশ কনস্টেবল মো. জাহিদুল ইসলামকে মারধর করেন।",
            "জাহিদুল ইসলাম",
            NameKind::Person,
        ),
        ("সভাপতি আনোয়ার হোসেনের বাড়িতে", "আনোয়ার হোসেন", NameKind::Person),
    ] {
        let all = found(text, Language::BANGLA, Line::Prose);
        assert!(all.contains(&(name, kind)), "{text}: {all:?}");
    }
}

#[test]
fn ordinary_words_are_no_bangla_person() {
    let text = "তারা হামলার ঘটনায় করে প্রতিবাদ, বলেন ড্যানিয়েল শক্তিশালী দল নিয়ে।";
    let all = found(text, Language::BANGLA, Line::Prose);
    for (name, kind) in &all {
        let is_ordinary = name.contains("প্রতিবাদ") || name.contains("শক্তিশালী");
        assert!(*kind != NameKind::Person || !is_ordinary, "{all:?}");
    }
    let text = "সংসদে হিরো আলম আমাকে বলেন, তিনি যাবেন।";
    let all = found(text, Language::BANGLA, Line::Prose);
    assert!(all.iter().any(|(name, _)| name.ends_with("আলম")), "{all:?}");
}

#[test]
fn stops_behind_a_bangla_name_break_nothing() {
    for name in ["রফিকুল ইসলাম", "জনাব", "এ. কে.", ""] {
        for stops in 0..8 {
            let text = format!(
                "সভাপতি {name} {} বলেন {}",
                ".".repeat(stops),
                ". ".repeat(stops)
            );
            for (found, _) in found(&text, Language::BANGLA, Line::Prose) {
                assert!(!found.is_empty(), "{text}");
            }
        }
    }
}

#[test]
fn short_forms_stand_alone() {
    let known = |word: &str| matches!(word, "Bruce" | "Rose" | "Rahman");
    let shorts = |text: &str| -> Vec<(String, bool)> {
        shorts(text, Language::ENGLISH, Line::Prose, &[], &known)
            .into_iter()
            .map(|s| (s.span.slice(text).to_owned(), s.doubtful))
            .collect()
    };
    assert_eq!(shorts("Then Bruce said so."), [("Bruce".to_owned(), false)]);
    assert_eq!(shorts("Bruce's visit"), [("Bruce".to_owned(), false)]);
    // Of another name.
    assert_eq!(shorts("Wayne Bruce said"), []);
    // A word that begins a sentence may be a word.
    assert_eq!(shorts("Rose to fame."), [("Rose".to_owned(), true)]);
    assert_eq!(shorts("Rose said so."), [("Rose".to_owned(), false)]);
    let known = |word: &str| word == "রহমান";
    let text = "পরে রহমানের বাড়ি। শফিক রহমান আসেন।";
    let all = super::shorts(text, Language::BANGLA, Line::Prose, &[], &known);
    let names: Vec<&str> = all.iter().map(|s| s.span.slice(text)).collect();
    assert_eq!(names, ["রহমান"]);
}

proptest::proptest! {
    /// Whatever the text, names lie in it, in order and disjoint, and none overlaps.
    #[test]
    fn names_are_in_order(text in "[A-Za-z .,'\u{985}-\u{9b9}\u{9be}-\u{9cd}।-]{0,60}") {
        for language in [Language::ENGLISH, Language::BANGLA] {
            let mut at = 0;
            for mention in find(&text, language, Line::Prose, &[]) {
                proptest::prop_assert!(at <= mention.span.start());
                proptest::prop_assert!(mention.span.end() <= mention.end);
                proptest::prop_assert!(text.is_char_boundary(mention.end));
                proptest::prop_assert!(!mention.span.slice(&text).is_empty());
                at = mention.end;
            }
        }
    }
}
