//! What counts as right, in sentences that show the difference.

use super::*;
use crate::glossary::Layer;

fn base() -> Glossary {
    Glossary::load(&[Layer::embedded()], jiff::civil::date(2026, 1, 1)).unwrap()
}

fn share(good: usize, of: usize) -> Share {
    Share { good, of }
}

#[test]
fn names_count_with_their_endings_and_not_inside_words() {
    let glossary = base();
    for (source, output, names) in [
        ("He flew to Dhaka.", "তিনি ঢাকায় যান।", share(1, 1)),
        ("He flew to Dhaka.", "তিনি আঢাকায় যান।", share(0, 1)),
        ("He left Dhaka for Dhaka.", "তিনি ঢাকা ছাড়েন।", share(1, 2)),
        ("He flew home.", "তিনি ঢাকায় যান।", share(0, 0)),
    ] {
        let judged = judge(Pair::EN_BN, &glossary, source, output);
        assert_eq!(judged.names, names, "{source} {output}");
    }
}

#[test]
fn a_figure_in_a_name_is_a_part_of_it() {
    let glossary = base();
    let source = "He won Formula 1 in 1 year.";
    for (output, values) in [
        ("তিনি ১ বছরে ফর্মুলা ওয়ান জেতেন।", share(1, 1)),
        ("তিনি ১ বছরে খেলাটি জেতেন।", share(1, 2)),
    ] {
        let judged = judge(Pair::EN_BN, &glossary, source, output);
        assert_eq!(judged.values, values, "{output}");
    }
}

#[test]
fn values_are_compared_by_value() {
    let glossary = Glossary::empty();
    for (source, output, values) in [
        (
            "It cost 1.5 million taka.",
            "খরচ হয়েছে ১৫ লাখ টাকা।",
            share(1, 1),
        ),
        (
            "It cost 1.5 million taka.",
            "খরচ হয়েছে ১৫ হাজার টাকা।",
            share(0, 1),
        ),
        ("12 men and 12 women came.", "১২ জন পুরুষ আসেন।", share(1, 2)),
        (
            "On April 10, 2025 it rained.",
            "১০ এপ্রিল ২০২৫ বৃষ্টি হয়।",
            share(1, 1),
        ),
        (
            "On April 10, 2025 it rained.",
            "১১ এপ্রিল ২০২৫ বৃষ্টি হয়।",
            share(0, 1),
        ),
        ("One of them came.", "তাঁদের কেউ আসেননি।", share(0, 0)),
    ] {
        let judged = judge(Pair::EN_BN, &glossary, source, output);
        assert_eq!(judged.values, values, "{source} {output} {judged:?}");
    }
}

#[test]
fn words_of_two_meanings_are_the_date_that_is_wanted() {
    let glossary = Glossary::empty();
    for (pair, source, output, values) in [
        (
            Pair::EN_BN,
            "It rained in May.",
            "মে-এ বৃষ্টি হয়েছে।",
            share(1, 1),
        ),
        (Pair::EN_BN, "It rained in May.", "মেয়ে এসেছে।", share(0, 1)),
        (
            Pair::EN_BN,
            "It rained in May.",
            "৫ মে বৃষ্টি হয়েছে।",
            share(0, 1),
        ),
        (
            Pair::EN_BN,
            "In May and in May.",
            "মে-এ আর নয়।",
            share(1, 2),
        ),
        (Pair::EN_BN, "Come by 10pm.", "১০টার ট্রেনে আসুন।", share(1, 1)),
        (Pair::EN_BN, "Come by 10pm.", "১১টার ট্রেনে আসুন।", share(0, 1)),
        (
            Pair::EN_BN,
            "Come by 10pm.",
            "২১০টার ট্রেনে আসুন।",
            share(0, 1),
        ),
        (
            Pair::BN_EN,
            "মার্চে বৃষ্টি হয়।",
            "The March of this year was wet.",
            share(1, 1),
        ),
        (
            Pair::BN_EN,
            "মার্চে বৃষ্টি হয়।",
            "The Marching was wet.",
            share(0, 1),
        ),
    ] {
        let judged = judge(pair, &glossary, source, output);
        assert_eq!(judged.values, values, "{source} {output} {judged:?}");
    }
}

#[test]
fn quotations_are_whole_or_not() {
    let glossary = Glossary::empty();
    for (source, output, quotes) in [
        ("He said \"no\".", "তিনি বলেন, ‘না’।", share(1, 1)),
        ("He said \"no\".", "তিনি বলেন, না।", share(0, 1)),
        ("He said \"no\".", "তিনি বলেন, ‘না‘।", share(0, 1)),
        ("He said no.", "তিনি বলেন, না।", share(0, 0)),
    ] {
        let judged = judge(Pair::EN_BN, &glossary, source, output);
        assert_eq!(judged.quotes, quotes, "{source} {output}");
    }
}

#[test]
fn what_is_left_as_it_was_is_untranslated() {
    let glossary = Glossary::empty();
    for (source, output, untranslated) in [
        ("The minister spoke today.", "মন্ত্রী আজ কথা বলেছেন।", false),
        (
            "The minister spoke today.",
            "The minister spoke today.",
            true,
        ),
        (
            "The minister spoke today.",
            "the minister আজ spoke today",
            true,
        ),
        ("The minister spoke today.", "", true),
        ("BBC News", "BBC News", false),
        (
            "The AFP and BBC reported it.",
            "AFP ও BBC এ খবর জানায়।",
            false,
        ),
    ] {
        let judged = judge(Pair::EN_BN, &glossary, source, output);
        assert_eq!(judged.untranslated, untranslated, "{source} {output}");
    }
}

#[test]
fn what_is_wrong_counts_as_well_when_it_is_flagged() {
    let glossary = base();
    let judged: Vec<Judgement> = [
        ("It rained in Dhaka.", "ঢাকায় বৃষ্টি হয়েছে।"),
        ("It rained in Dhaka.", "বৃষ্টি হয়েছে।"),
        ("It rained.", "বৃষ্টি হয়েছে।"),
    ]
    .iter()
    .map(|(source, output)| judge(Pair::EN_BN, &glossary, source, output))
    .collect();
    let references = ["ক", "ক", "ক"];
    let flags = |second| vec![Some(false), second, Some(false)];
    let counts = |second| count(&judged, &references, &flags(second), &[]);
    assert_eq!(counts(Some(false)).right_or_flagged, share(1, 2));
    assert_eq!(counts(Some(true)).right_or_flagged, share(2, 2));
    assert_eq!(counts(Some(true)).unflagged, share(2, 3));
    assert_eq!(counts(None).right_or_flagged, share(1, 2));
}

#[test]
fn a_name_is_consistent_within_its_document() {
    let entry = |rendering: &str| Judgement {
        renderings: BTreeMap::from([("Kyiv".to_owned(), vec![rendering.to_owned()])]),
        ..Judgement::default()
    };
    let judged = [entry("কিয়েভ"), entry("কিয়েভ"), entry("কিভ")];
    for (documents, consistency) in [
        (vec![0..2, 2..3], share(1, 1)),
        (vec![0..1, 1..3], share(0, 1)),
        (vec![0..1, 1..2, 2..3], share(0, 0)),
    ] {
        let counts = count(&judged, &[], &[], &documents);
        assert_eq!(counts.consistency, consistency, "{documents:?}");
    }
}
