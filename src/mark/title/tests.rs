use super::*;
use crate::glossary::{Glossary, Layer};
use crate::mark::{self, MarkKind};

fn titles(text: &str) -> Vec<(&str, &'static str)> {
    find(text, Pair::EN_BN)
        .into_iter()
        .map(|title| (title.span.slice(text), title.target))
        .collect()
}

#[test]
fn presidents_go_by_their_state() {
    for (text, title, target) in [
        (
            "Finnish President Alexander Stubb",
            "President",
            "প্রেসিডেন্ট",
        ),
        ("Kenya's President William Ruto", "President", "প্রেসিডেন্ট"),
        ("Honduras’ President", "President", "প্রেসিডেন্ট"),
        ("the Ghanaian president", "president", "প্রেসিডেন্ট"),
        ("former Sri Lankan President", "President", "প্রেসিডেন্ট"),
        ("Peru's former president", "president", "প্রেসিডেন্ট"),
        ("Georgian ex-President", "President", "প্রেসিডেন্ট"),
        ("the President of the Maldives", "President", "প্রেসিডেন্ট"),
        (
            "President Alexander Stubb of Finland",
            "President",
            "প্রেসিডেন্ট",
        ),
        (
            "Argentine Vice President Victoria",
            "Vice President",
            "ভাইস প্রেসিডেন্ট",
        ),
        ("Bangladesh's President left", "President", "রাষ্ট্রপতি"),
        ("the then Bangladesh President", "President", "রাষ্ট্রপতি"),
        ("Indian President said", "President", "রাষ্ট্রপতি"),
        ("the President of India", "President", "রাষ্ট্রপতি"),
        ("President Zillur Rahman", "President", "রাষ্ট্রপতি"),
        ("President Kovind’s visit", "President", "রাষ্ট্রপতি"),
        ("Indian Vice-President", "Vice-President", "উপরাষ্ট্রপতি"),
    ] {
        assert_eq!(titles(text), [(title, target)], "{text}");
    }
}

#[test]
fn what_cannot_be_told_is_left_alone() {
    for text in [
        "the President said",
        "President Aminul Islam of BCB",
        "BCB President Aminul Islam",
        "President of the Dhaka Chamber",
        "Dhaka South unit President",
        "Indian presidential palace",
        "the Syrian President-elect",
        "Indian Presidents",
        "Dr Rafiq Ahmed spoke.",
        "Professor Dr Rafiq was taken to hospital.",
        "an economist and physician, Dr Rafiq",
        "He is a Dr of letters, said the professor",
    ] {
        assert_eq!(titles(text), [], "{text}");
    }
    assert_eq!(find("Finnish President", Pair::BN_EN), []);
}

#[test]
fn doctors_go_by_their_calling() {
    for (text, title, target) in [
        ("Civil Surgeon Dr Rafiq Ahmed said", "Dr", "ডা."),
        ("Dr. Rafiq, a physician, said", "Dr.", "ডা."),
        ("Dr Rafiq of the hospital said", "Dr", "ডা."),
        ("Professor Dr Rafiq of the medical college", "Dr", "ডা."),
        ("economist Dr Rafiq Ahmed", "Dr", "ড."),
        ("Professor Dr. Rafiq Ahmed", "Dr.", "ড."),
        ("Dr Rafiq, adviser to the ministry", "Dr", "ড."),
        ("The economist, Dr Rafiq, was in hospital", "Dr", "ড."),
    ] {
        assert_eq!(titles(text), [(title, target)], "{text}");
    }
    // Each sentence tells of its own people.
    assert_eq!(
        titles("Dr Rafiq is a surgeon. Dr Karim is an economist. Dr Salam left."),
        [("Dr", "ডা."), ("Dr", "ড.")]
    );
}

#[test]
fn the_glossary_has_the_longer_forms_and_the_sentence_the_bare_word() {
    let today = jiff::civil::date(2025, 4, 10);
    let glossary = Glossary::load(&[Layer::embedded()], today).unwrap();
    let international =
        Glossary::load(&[Layer::embedded().for_desk("international")], today).unwrap();
    let targets = |glossary: &Glossary, pair, text: &str| -> Vec<String> {
        mark::find(text, pair, glossary)
            .into_iter()
            .filter_map(|mark| match mark.kind {
                MarkKind::Glossary(entry) if entry.kind.is_frozen() => Some(entry.target.clone()),
                MarkKind::Title(target) => Some(target.to_owned()),
                _ => None,
            })
            .collect()
    };
    let en = |text| targets(&glossary, Pair::EN_BN, text).join(" ");
    let bn = |text| targets(&glossary, Pair::BN_EN, text).join(" ");
    assert_eq!(en("President Donald Trump"), "প্রেসিডেন্ট ডোনাল্ড ট্রাম্প");
    assert_eq!(en("President Shahabuddin"), "রাষ্ট্রপতি সাহাবুদ্দিন");
    assert_eq!(
        en("Indian President Droupadi Murmu"),
        "ভারতের রাষ্ট্রপতি দ্রৌপদী মুর্মু"
    );
    assert_eq!(en("the President said"), "");
    assert_eq!(en("Dr Zubaida Rahman, not a scientist"), "ডা. জুবাইদা রহমান");
    assert_eq!(
        targets(&international, Pair::EN_BN, "the President said"),
        ["প্রেসিডেন্ট"]
    );
    for md in ["Md Karim", "Md. Karim"] {
        assert_eq!(en(md), "মো.", "{md}");
    }
    for mo in ["মো. করিম", "মোঃ করিম"] {
        assert_eq!(bn(mo), "Md", "{mo}");
    }
    for dr in ["ডা. করিম", "ড. করিম"] {
        assert_eq!(bn(dr), "Dr", "{dr}");
    }
    assert_eq!(bn("প্রেসিডেন্ট পুতিন"), "President Putin");
    assert_eq!(bn("রাষ্ট্রপতি করিম"), "President");
}
