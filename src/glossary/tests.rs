//! What is found, fulfilled and forbidden, on rows as desks write them.

use super::*;
use crate::language::Pair;
use jiff::civil::{Date, date};

const TODAY: Date = date(2026, 1, 15);

fn load(rows: &str) -> Glossary {
    load_layers(&[rows])
}

/// Layers, lowest first, of rows `en, bn, kind, case, direction, en_variants, bn_variants`.
fn load_layers(layers: &[&str]) -> Glossary {
    let header = "en\tbn\tkind\tcase\tdirection\ten_variants\tbn_variants\n";
    let layers: Vec<Layer> = layers
        .iter()
        .enumerate()
        .map(|(i, rows)| {
            Layer::of_text(
                format!("{i}"),
                format!("{i}.tsv"),
                format!("{header}{rows}"),
            )
        })
        .collect();
    Glossary::load(&layers, TODAY).unwrap()
}

/// The stems found, with their rendering.
fn found<'g>(glossary: &'g Glossary, pair: Pair, text: &'g str) -> Vec<(&'g str, &'g str)> {
    glossary
        .find(pair, text)
        .into_iter()
        .map(|m| (m.span.slice(text), m.entry.target.as_str()))
        .collect()
}

const ROWS: &str = "\
US\tযুক্তরাষ্ট্র\tplace\t\t\tU.S. | United States
Russia\tরাশিয়া\tplace
May\tমে\tterm\texact
Cox's Bazar\tকক্সবাজার\tplace
Dhaka\tঢাকা\tplace\t\t\tDacca
Dhaka University\tঢাকা বিশ্ববিদ্যালয়\torganisation\t\t\tUniversity of Dhaka
e-gate\tই-গেট\tterm
mail\tডাক\tterm
prime minister\tপ্রধানমন্ত্রী\ttitle
BNP\tবিএনপি\torganisation
Chad\tচাদ\tplace\t\ten-bn
Facebook\t\tdo-not-translate
Ivory Coast\tআইভরি কোস্ট\tplace\t\t\tCôte d'Ivoire
al-Assad\tআল-আসাদ\tperson
";

#[test]
fn english_forms_are_found_as_words_in_their_case() {
    let glossary = load(ROWS);
    for (text, stems) in [
        ("The US-led talks", &["US"][..]),
        ("the U.S. envoy", &["U.S."]),
        ("let us go", &[]),
        ("Russia's envoy, Russian envoys", &["Russia"]),
        ("Russia’s", &["Russia"]),
        ("In May they may go", &["May"]),
        ("COX’S BAZAR", &["COX’S BAZAR"]),
        (
            "Cox’s Bazar, Cox's\u{a0}Bazar, Cox's\nBazar",
            &["Cox’s Bazar", "Cox's\u{a0}Bazar", "Cox's\nBazar"],
        ),
        ("Cox's\n\nBazar", &[]),
        (
            "at Dhaka  University in Dhaka",
            &["Dhaka  University", "Dhaka"],
        ),
        ("Dhaka Universities", &["Dhaka"]),
        ("the University of Dhakas", &[]),
        ("Dhaka-based", &["Dhaka"]),
        ("e-gates, an e-gate, e-mail, mail", &["e-gate", "mail"]),
        (
            "PRIME MINISTER, Prime Minister, Prime ministers",
            &["PRIME MINISTER", "Prime Minister"],
        ),
        ("RUSSIA, CHINA SIGN DEAL", &["RUSSIA"]),
        ("RUSSIA, April 10", &["RUSSIA"]),
        ("DHAKA'S ROADS", &["DHAKA"]),
        ("the CHAD guidelines", &[]),
        ("Michael B. Russia", &[]),
        ("chad, dhaka", &[]),
        ("on Facebook", &["Facebook"]),
        ("Côte d’Ivoire", &["Côte d’Ivoire"]),
        ("Al-Assad met al-Assad", &["Al-Assad", "al-Assad"]),
        ("BNP's, BNPs", &["BNP"]),
    ] {
        let found: Vec<_> = found(&glossary, Pair::EN_BN, text)
            .into_iter()
            .map(|f| f.0)
            .collect();
        assert_eq!(found, stems, "{text}");
    }
}

#[test]
fn bangla_forms_are_found_between_letters_and_marks() {
    let glossary = load(ROWS);
    for (text, stems) in [
        ("ঢাকা, ‘ঢাকা’ ও ঢাকা।", &["ঢাকা", "ঢাকা", "ঢাকা"][..]),
        ("বিএনপি-জামায়াত", &["বিএনপি"]),
        ("ঢাকাগামী আঢাকা", &[]),
        ("মেয়ে মেট্রো", &[]),
        ("চাদ", &[]),
        ("ঢাকা বিশ্ববিদ্যালয়", &["ঢাকা বিশ্ববিদ্যালয়"]),
        ("Facebook", &["Facebook"]),
    ] {
        let found: Vec<_> = found(&glossary, Pair::BN_EN, text)
            .into_iter()
            .map(|f| f.0)
            .collect();
        assert_eq!(found, stems, "{text}");
    }
}

#[test]
fn stems_are_found_under_their_endings() {
    let glossary = load(
        "Dhaka\tঢাকা\tplace\nBNP\tবিএনপি\torganisation\nSheikh Hasina\tশেখ হাসিনা\tperson\n\
         tax\tকর\tterm\nDr\tড.\ttitle\tany\ntsunami\tসুনামি\tterm\n",
    );
    for (text, expected) in [
        (
            "ঢাকায় শেখ হাসিনার",
            &[("ঢাকা", "য়", true), ("শেখ হাসিনা", "র", true)][..],
        ),
        ("বিএনপিকেও", &[("বিএনপি", "কেও", true)]),
        ("তিনি করেন, করা, করের", &[("কর", "ের", true)]),
        ("ঢাকাতে", &[("ঢাকা", "তে", false)]),
        ("ড.এ কে মোমেন", &[("ড.", "", true)]),
        ("অর্থনৈতিক ‘সুনামি’র", &[("সুনামি", "", true)]),
        ("সুনামি’র", &[("সুনামি", "’র", false)]),
    ] {
        let found: Vec<_> = glossary
            .find(Pair::BN_EN, text)
            .into_iter()
            .map(|m| (m.span.slice(text), m.ending_span.slice(text), m.exact))
            .collect();
        assert_eq!(found, expected, "{text}");
    }
    let entry = glossary.lookup(Pair::EN_BN, "Dhaka").unwrap();
    assert_eq!(glossary.fulfilled(entry, Pair::EN_BN, "ঢাকার ও ঢাকাই").len(), 2);
    let tax = glossary.lookup(Pair::EN_BN, "tax").unwrap();
    assert_eq!(glossary.fulfilled(tax, Pair::EN_BN, "তিনি করেন").len(), 0);
}

#[test]
fn a_shorter_or_later_form_is_found_where_the_longest_is_no_word() {
    let glossary = load(
        "New York\tনিউইয়র্ক\tplace\nNew York City\tনিউইয়র্ক সিটি\tplace\nYork Citys\tক\tplace\n",
    );
    assert_eq!(
        found(&glossary, Pair::EN_BN, "New York Citys New York City"),
        [("New York", "নিউইয়র্ক"), ("New York City", "নিউইয়র্ক সিটি")]
    );
}

#[test]
fn the_higher_layer_wins_a_form_but_not_against_a_longer_one() {
    let glossary = load_layers(&[
        "Dhaka\tঢাকা\tplace\nDhaka City\tঢাকা সিটি\tplace\n",
        "Dhaka\tঢাকা শহর\tplace\n",
    ]);
    assert_eq!(
        found(&glossary, Pair::EN_BN, "Dhaka, Dhaka City"),
        [("Dhaka", "ঢাকা শহর"), ("Dhaka City", "ঢাকা সিটি")]
    );
}

#[test]
fn a_main_form_wins_over_a_variant_and_an_exact_case_over_any() {
    let glossary = load(
        "Old\tক\tplace\t\t\tNew\nNew\tখ\tplace\nwho\tকে\tterm\tany\nWHO\tডব্লিউএইচও\torganisation\n",
    );
    assert_eq!(
        found(&glossary, Pair::EN_BN, "New WHO who Who"),
        [
            ("New", "খ"),
            ("WHO", "ডব্লিউএইচও"),
            ("who", "কে"),
            ("Who", "কে")
        ]
    );
}

#[test]
fn rows_of_a_desk_and_of_a_time_take_part_only_there_and_then() {
    let text = "en\tbn\tkind\tdesk\tfrom\tto\n\
        PM\tপ্রধানমন্ত্রী\ttitle\n\
        PM\tবিকেল\ttitle\tsports\n\
        CA\tপ্রধান উপদেষ্টা\ttitle\t\t2024-08-08\t2026-01-15\n\
        CEC\tপ্রধান নির্বাচন কমিশনার\ttitle\t\t2026-02-01\n";
    let layer = Layer::of_text("house", "house.tsv", text);
    let glossary = Glossary::load(std::slice::from_ref(&layer), TODAY).unwrap();
    assert_eq!(glossary.len(), 2);
    assert_eq!(
        found(&glossary, Pair::EN_BN, "PM CA CEC"),
        [("PM", "প্রধানমন্ত্রী"), ("CA", "প্রধান উপদেষ্টা")]
    );
    let sports = Glossary::load(&[layer.for_desk("sports")], TODAY).unwrap();
    assert_eq!(found(&sports, Pair::EN_BN, "PM"), [("PM", "বিকেল")]);
}

#[test]
fn an_entry_holds_on_the_days_of_the_article() {
    let text = "en\tbn\tkind\tfrom\tto\n\
        CA\tপ্রধান উপদেষ্টা\ttitle\t2024-08-08\t2026-01-15\n\
        CA\tচার্টার্ড অ্যাকাউন্ট্যান্ট\tterm\t2026-01-16\n\
        PM\tপ্রধানমন্ত্রী\ttitle\n";
    let glossary = Glossary::load(&[Layer::of_text("h", "h.tsv", text)], TODAY).unwrap();
    let later = glossary.on(TODAY.tomorrow().unwrap());
    assert_eq!(
        found(&glossary, Pair::EN_BN, "CA PM"),
        [("CA", "প্রধান উপদেষ্টা"), ("PM", "প্রধানমন্ত্রী")]
    );
    assert_eq!(
        found(&later, Pair::EN_BN, "CA"),
        [("CA", "চার্টার্ড অ্যাকাউন্ট্যান্ট")]
    );
    assert_eq!(later.lookup(Pair::BN_EN, "প্রধান উপদেষ্টা"), None);
    assert!(
        later
            .entries(Pair::EN_BN)
            .all(|e| e.kind != Kind::Title || e.source == "PM")
    );
    assert_eq!((glossary.len(), later.len()), (2, 2));
    assert_ne!(glossary.fingerprint(), later.fingerprint());
    let back = later.on(TODAY);
    assert_eq!(glossary.fingerprint(), back.fingerprint());
    let before = glossary.on(date(2020, 1, 1));
    assert_eq!(found(&before, Pair::EN_BN, "CA PM"), [("PM", "প্রধানমন্ত্রী")]);
}

#[test]
fn only_nouns_take_case_endings() {
    let text = "en\tbn\tkind\tpos\n\
        tax\tকর\tterm\tnoun\nnew\tনতুন\tterm\tadjective\ndoes\tকরে\tterm\tverb\n\
        Indian\tভারতীয়\tterm\tadjective\n";
    let glossary = Glossary::load(&[Layer::of_text("h", "h.tsv", text)], TODAY).unwrap();
    assert_eq!(
        found(&glossary, Pair::BN_EN, "করের নতুনের নতুনই করেও করেকে নতুন"),
        [
            ("কর", "tax"),
            ("নতুন", "new"),
            ("করে", "does"),
            ("নতুন", "new")
        ]
    );
    assert_eq!(
        found(&glossary, Pair::EN_BN, "the Indian's, an Indian"),
        [("Indian", "ভারতীয়")]
    );
    let new = glossary.lookup(Pair::EN_BN, "new").unwrap();
    assert_eq!(glossary.fulfilled(new, Pair::EN_BN, "নতুনকে নতুন").len(), 1);
}

#[test]
fn a_whole_phrase_is_looked_up_in_any_case() {
    let glossary = load(ROWS);
    let look = |phrase| {
        glossary
            .lookup(Pair::EN_BN, phrase)
            .map(|e| e.target.as_str())
    };
    assert_eq!(look("RUSSIA"), Some("রাশিয়া"));
    assert_eq!(look("  COX’S  BAZAR "), Some("কক্সবাজার"));
    assert_eq!(look("Russia and"), None);
    assert_eq!(look(""), None);
    assert_eq!(glossary.lookup(Pair::BN_EN, "চাদ"), None);
}

#[test]
fn a_target_is_fulfilled_by_words_only() {
    let glossary =
        load("Dhaka\tঢাকা\tplace\t\t\tDacca\ntax\tকর\tterm\t\t\t\tরাজস্ব\nRussia\tরাশিয়া\tplace\n");
    let count = |pair, source, text: &str| {
        let entry = glossary.lookup(pair, source).unwrap();
        glossary.fulfilled(entry, pair, text).len()
    };
    assert_eq!(count(Pair::EN_BN, "Dhaka", "ঢাকা, ‘ঢাকা’"), 2);
    assert_eq!(count(Pair::EN_BN, "tax", "তিনি করেন, করা"), 0);
    assert_eq!(count(Pair::EN_BN, "tax", "কর ও রাজস্ব"), 2);
    assert_eq!(
        count(Pair::BN_EN, "ঢাকা", "In Dhaka; DHAKA ROADS; dhaka; Dacca's"),
        3
    );
    assert_eq!(count(Pair::BN_EN, "কর", "Tax, taxes"), 1);
}

#[test]
fn forbidden_forms_are_seen_except_inside_what_is_asked_for() {
    let glossary = load(
        "Chattogram\tচট্টগ্রাম\tplace\n\
         Chittagong Hill Tracts\tপার্বত্য চট্টগ্রাম\tplace\t\tbn-en\n\
         Chittagong\t\tforbidden\texact\n\
         \tসেন্ট পারসেন্ট\tforbidden\n\
         cent percent\tশতভাগ\tterm\n",
    );
    let seen = |pair, text: &'static str| -> Vec<&str> {
        let all = glossary.forbidden(pair, text);
        all.into_iter().map(|(span, _)| span.slice(text)).collect()
    };
    assert_eq!(
        seen(
            Pair::BN_EN,
            "Chittagong and the Chittagong Hill Tracts, Chittagongian"
        ),
        ["Chittagong"]
    );
    assert_eq!(seen(Pair::EN_BN, "সেন্ট পারসেন্ট শতভাগ"), ["সেন্ট পারসেন্ট"]);
    assert!(glossary.find(Pair::EN_BN, "Chittagong").is_empty());
    let conditional = load("Cold War\tঠান্ডা যুদ্ধ\tforbidden\texact\ten-bn\n");
    let (_, entry) = conditional.forbidden(Pair::EN_BN, "ঠান্ডা যুদ্ধ")[0];
    assert!(entry.concerns("after the Cold War's end"));
    assert!(!entry.concerns("a cold war"));
}

#[test]
fn a_file_may_serve_more_than_two_languages() {
    let layer = Layer::of_text(
        "base",
        "w.tsv",
        "kind\ten\thi\tbn\nplace\tDhaka\tढाका\tঢাকা\nplace\tDelhi\t\tদিল্লি\n",
    );
    let glossary = Glossary::load(&[layer], TODAY).unwrap();
    let hindi: Language = "hi".parse().unwrap();
    let pair = Pair {
        source: hindi,
        target: Language::BANGLA,
    };
    assert_eq!(found(&glossary, pair, "ढाका"), [("ढाका", "ঢাকা")]);
    assert_eq!(found(&glossary, Pair::BN_EN, "দিল্লি"), [("দিল্লি", "Delhi")]);
    assert_eq!(
        found(&glossary, pair.reversed(), "ঢাকা দিল্লি"),
        [("ঢাকা", "ढाका")]
    );
}

#[test]
fn the_fingerprint_follows_what_matters_and_nothing_else() {
    let print = |text: &str| {
        let layer = Layer::of_text("base", "b.tsv", text.to_owned());
        Glossary::load(&[layer], TODAY)
            .unwrap()
            .fingerprint()
            .to_owned()
    };
    let plain = print("en\tbn\tkind\tto\tnote\nDhaka\tঢাকা\tplace\n");
    assert_eq!(
        plain,
        print(
            "# c\nen\tbn\tkind\tto\tnote\nDhaka\tঢাকা\tplace\t\tcapital\nOld\tপুরোনো\tplace\t2020-01-01\n"
        )
    );
    assert_ne!(plain, print("en\tbn\tkind\tto\nDhaka\tঢাকা\tperson\n"));
    assert_ne!(plain, print("en\tbn\tkind\tcase\nDhaka\tঢাকা\tplace\tany\n"));
    assert_ne!(plain, Glossary::empty().fingerprint());
}
