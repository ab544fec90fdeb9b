//! Entries that a few sentences speak for, and some that they do not.

use super::*;
use crate::glossary::Layer;
use jiff::civil::date;

fn units(pairs: &[(&str, &str)]) -> Vec<Unit> {
    let numbered = pairs.iter().enumerate();
    numbered
        .map(|(number, (english, bangla))| {
            align::unit(english, bangla, format!("a:{}", number + 1))
        })
        .collect()
}

fn suggested(glossary: &str, pairs: &[(&str, &str)]) -> Vec<(String, String, Kind, usize, String)> {
    let glossary = format!("en\tbn\tkind\n{glossary}");
    let layer = Layer::of_text("h", "h.tsv", glossary);
    let glossary = Glossary::load(&[layer], date(2026, 1, 1)).unwrap();
    suggest(&units(pairs), &glossary)
        .into_iter()
        .map(|s| (s.english, s.bangla, s.kind, s.count, s.place))
        .collect()
}

const NEWS: &[(&str, &str)] = &[
    (
        "Police arrested Abdul Karim in Narsingdi on Sunday.",
        "রোববার নরসিংদীতে আবদুল করিমকে গ্রেপ্তার করেছে পুলিশ।",
    ),
    (
        "The lawyer of Abdul Karim asked for bail.",
        "আবদুল করিমের আইনজীবী জামিন চেয়েছেন।",
    ),
    (
        "A hearing was held in Narsingdi, said Mr Rashid.",
        "নরসিংদীতে শুনানি হয়েছে বলে জানান জনাব রশিদ।",
    ),
    ("The river erosion in Dhaka worsened.", "ঢাকায় নদীভাঙন বেড়েছে।"),
    (
        "Victims of river erosion want shelter.",
        "নদীভাঙনের শিকার মানুষ আশ্রয় চান।",
    ),
    ("It rained.", "বৃষ্টি হয়েছে।"),
    ("Nobody was hurt.", "কেউ আহত হয়নি।"),
    ("Prices rose.", "দাম বেড়েছে।"),
    (
        "Experts warned of more river erosion.",
        "বিশেষজ্ঞরা আরও নদীভাঙনের আশঙ্কা জানিয়েছেন।",
    ),
];

#[test]
fn names_and_terms_are_proposed_once_and_without_endings() {
    let found = suggested("Dhaka\tঢাকা\tplace\nNurul Karim\tনূরুল করিম\tperson\n", NEWS);
    let has = |english: &str, bangla: &str, kind: Kind, count: usize, place: &str| {
        let wanted = (english.into(), bangla.into(), kind, count, place.to_owned());
        assert!(found.contains(&wanted), "no {wanted:?} in {found:#?}");
    };
    has("Abdul Karim", "আবদুল করিম", Kind::Person, 2, "a:1");
    has("Narsingdi", "নরসিংদী", Kind::Place, 2, "a:1");
    has("Rashid", "রশিদ", Kind::Term, 1, "a:3");
    has("river erosion", "নদীভাঙন", Kind::Term, 3, "a:4");
    for name in ["Dhaka", "Abdul", "Karim", "Sunday", "Experts", "The"] {
        assert!(found.iter().all(|s| s.0 != name), "{name} in {found:#?}");
    }
    let mut forms: Vec<&String> = found.iter().map(|s| &s.1).collect();
    forms.sort();
    forms.dedup();
    assert_eq!(forms.len(), found.len(), "each form once");
}

#[test]
fn who_is_a_person_is_told_by_names_of_persons_and_titles() {
    let kind = |glossary: &str, english: &str, bangla: &str, title: &str| {
        let lines = [
            (
                format!("Then came {title}{english} to the town."),
                format!("এরপর {bangla} আসেন।"),
            ),
            (
                format!("It was {title}{english} in the evening."),
                format!("তিনি {bangla} ছিলেন।"),
            ),
        ];
        let pairs: Vec<(&str, &str)> = lines.iter().map(|(e, b)| (&**e, &**b)).collect();
        let found = suggested(glossary, &pairs);
        found.into_iter().find(|s| s.0 == english).map(|s| s.2)
    };
    let nurul = "Nurul Karim\tনূরুল করিম\tperson\n";
    for (glossary, title, expected) in [
        (nurul, "", Kind::Person),
        ("", "Minister ", Kind::Person),
        // Nothing tells; a term is a hint, a person would be obeyed.
        ("", "", Kind::Term),
    ] {
        let found = kind(glossary, "Abdul Karim", "আবদুল করিম", title);
        assert_eq!(found, Some(expected), "{glossary}{title}");
    }
    // One word of somebody else's name is no entry of its own.
    let found = suggested(nurul, &[("Then came Karim.", "করিম এসেছেন।")]);
    assert_eq!(found, []);
}

#[test]
fn what_is_known_is_left_out() {
    let known = "Abdul Karim\tআবদুল করিম\tperson\nNarsingdi\tনরসিংদী\tplace\n";
    let found = suggested(known, NEWS);
    for name in ["Abdul Karim", "Narsingdi"] {
        assert!(found.iter().all(|s| s.0 != name), "{name} in {found:#?}");
    }
}

#[test]
fn nothing_comes_of_nothing() {
    assert_eq!(suggested("", &[]), []);
    assert_eq!(suggested("", &[("", ""), ("Rana", ""), ("", "রানা")]), []);
}

#[test]
fn a_list_has_each_word_once() {
    let mut words = english::lists();
    words.sort_unstable();
    for pair in words.windows(2) {
        // A union is a body and a place.
        assert!(pair[0] != pair[1] || pair[0] == "Union", "{}", pair[0]);
    }
}
