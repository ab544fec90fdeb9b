use super::script::{canonical, continues, folded};
use super::*;
use proptest::prelude::*;

/// `text` with the letters of this source file in canonical form.
fn bangla(text: &str) -> String {
    canonical(text)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// It is read, or refused; what is read spells something.
    #[test]
    fn a_damaged_table_never_panics(at in 0..TABLES[0].0.len(), byte: u8) {
        let mut bytes = TABLES[0].0.to_vec();
        bytes[at] = byte;
        if let Ok(table) = Table::read(&bytes) {
            let decoder = Decoder::new(table.into(), Direction::LatinToBangla);
            for word in ["rahman", "lindqvist", "ab"] {
                prop_assert!(decoder.renderings(word).iter().all(|(_, p)| !p.is_nan()));
            }
        }
    }
}

#[test]
fn a_word_of_thousands_of_letters_takes_no_time_that_anybody_notices() {
    let long = "Abdulrahman".repeat(2000);
    let with = Transliterator::english_to_bangla();
    let found = with.candidates(&format!("Captain {long}"), 6);
    assert!(found[0].text.starts_with("ক্যাপ্টেন "), "{}", found[0].score);
    assert!(with.score(&long, &found[0].text) <= UNMATCHED);
}

#[test]
fn well_known_names_come_out_as_newsrooms_spell_them() {
    for (english, expected) in [
        ("Tammy Bruce", "ট্যামি ব্রুস"),
        ("Alexander Darchiev", "আলেকজান্ডার দারচিয়েভ"),
        ("Sheikh Hasina", "শেখ হাসিনা"),
        ("Mirza Fakhrul Islam Alamgir", "মির্জা ফখরুল ইসলাম আলমগীর"),
        ("Shakib Al Hasan", "সাকিব আল হাসান"),
        ("Mushfiqur Rahim", "মুশফিকুর রহিম"),
        ("Humayun Ahmed", "হুমায়ূন আহমেদ"),
        ("Kazi Nazrul Islam", "কাজী নজরুল ইসলাম"),
        ("Narendra Modi", "নরেন্দ্র মোদি"),
        ("Marco Rubio", "মার্কো রুবিও"),
        ("Hillary Clinton", "হিলারি ক্লিনটন"),
        ("Lionel Messi", "লিওনেল মেসি"),
        ("Vladimir Putin", "ভ্লাদিমির পুতিন"),
        ("Khaleda Zia", "খালেদা জিয়া"),
        ("Imran Khan", "ইমরান খান"),
        ("Boris Johnson", "বরিস জনসন"),
        ("Bill Gates", "বিল গেটস"),
        ("Steve Witkoff", "স্টিভ উইটকফ"),
        ("John F. Kennedy", "জন এফ. কেনেডি"),
        ("George W. Bush", "জর্জ ডব্লিউ. বুশ"),
        ("Md. Rafiqul Islam", "মো. রফিকুল ইসলাম"),
        ("Md Rafiqul Islam", "মো. রফিকুল ইসলাম"),
        ("A. K. M. Mozammel Haque", "এ. কে. এম. মোজাম্মেল হক"),
        ("Michael Jackson", "মাইকেল জ্যাকসন"),
        ("David Cameron", "ডেভিড ক্যামেরন"),
        ("Robert De Niro", "রবার্ট ডি নিরো"),
        ("Saud bin Faisal", "সৌদ বিন ফয়সাল"),
    ] {
        let best = Transliterator::english_to_bangla().best(english);
        assert_eq!(best, bangla(expected), "{english}");
    }
    for (source, expected) in [
        ("শেখ হাসিনা", "Sheikh Hasina"),
        ("শেখ মুজিবুর রহমান", "Sheikh Mujibur Rahman"),
        ("মির্জা ফখরুল ইসলাম আলমগীর", "Mirza Fakhrul Islam Alamgir"),
        ("ওবায়দুল কাদের", "Obaidul Quader"),
        ("মুশফিকুর রহিম", "Mushfiqur Rahim"),
        ("হুমায়ূন আহমেদ", "Humayun Ahmed"),
        ("শিরীন শারমিন চৌধুরী", "Shirin Sharmin Chowdhury"),
        ("সেলিনা হোসেন", "Selina Hossain"),
        ("আলেকজান্ডার দারচিয়েভ", "Alexander Darchiev"),
        ("মার্কো রুবিও", "Marco Rubio"),
        ("লিওনেল মেসি", "Lionel Messi"),
        ("সাকিব আল হাসান", "Sakib Al Hasan"),
        ("মাইকেল জ্যাকসন", "Michael Jackson"),
        ("ডেভিড ক্যামেরন", "David Cameron"),
        ("জন এফ. কেনেডি", "John F. Kennedy"),
        ("জর্জ ডব্লিউ বুশ", "George W Bush"),
        ("মো. রফিকুল ইসলাম", "Md. Rafiqul Islam"),
        ("রবার্ট ডি নিরো", "Robert De Niro"),
    ] {
        let best = Transliterator::bangla_to_english().best(&bangla(source));
        assert_eq!(best, expected, "{source}");
    }
}

#[test]
fn spellings_that_newsrooms_also_use_are_among_the_first_five() {
    for (english, expected) in [
        ("Keir Starmer", "কিয়ার স্টারমার"),
        ("Cristiano Ronaldo", "ক্রিস্টিয়ানো রোনালদো"),
        ("Antony Blinken", "অ্যান্টনি ব্লিংকেন"),
    ] {
        let found = Transliterator::english_to_bangla().candidates(english, 5);
        assert!(
            found.iter().any(|c| c.text == bangla(expected)),
            "{english}: {found:?}"
        );
    }
}

#[test]
fn a_name_is_told_from_another() {
    for (english, same, other) in [
        ("Tammy Bruce", "ট্যামি ব্রুস", "মার্কো রুবিও"),
        ("Alexander Darchiev", "আলেকজান্ডার দারচিয়েভ", "আলেকজান্ডার লুকাশেঙ্কো"),
        ("Volodymyr Zelensky", "ভলোদিমির জেলেনস্কি", "ভ্লাদিমির পুতিন"),
        ("Sheikh Hasina", "শেখ হাসিনা", "শেখ রেহানা"),
        ("John F. Kennedy", "জন এফ. কেনেডি", "জন বোল্টন"),
        ("Keir Starmer", "কিয়ার স্টারমার", "ঋষি সুনাক"),
    ] {
        let into_bangla = Transliterator::english_to_bangla();
        let into_english = Transliterator::bangla_to_english();
        let (same, other) = (bangla(same), bangla(other));
        assert!(
            into_bangla.score(english, &same) > into_bangla.score(english, &other) + 5.0,
            "{english}"
        );
        assert!(
            into_english.score(&same, english) > into_english.score(&other, english) + 5.0,
            "{same}"
        );
    }
}

#[test]
fn what_is_no_word_stays_and_nothing_is_lost() {
    let into_bangla = Transliterator::english_to_bangla();
    assert_eq!(into_bangla.best(""), "");
    assert_eq!(into_bangla.best("2024"), "2024");
    assert_eq!(into_bangla.best("..."), "...");
    assert!(
        into_bangla
            .candidates("Md. Karim", 5)
            .iter()
            .all(|c| !c.text.contains(".."))
    );
    assert_eq!(into_bangla.best("Karim & Karim"), {
        let karim = into_bangla.best("Karim");
        format!("{karim} & {karim}")
    });
    assert_eq!(into_bangla.best("O'Brien"), into_bangla.best("O’Brien"));
    assert!(into_bangla.candidates("Karim", 0).is_empty());
}

#[test]
fn damaged_tables_are_refused() {
    let (whole, _) = TABLES[0];
    assert!(Table::read(whole).is_ok() && Table::read(TABLES[1].0).is_ok());
    assert_eq!(Table::read(b"nonsense").err(), Some(TableError::Magic));
    assert_eq!(Table::read(&[]).err(), Some(TableError::Magic));
    assert!(matches!(
        Table::read(&whole[..whole.len() - 1]),
        Err(TableError::Short(_))
    ));
    let longer = [whole, &[0]].concat();
    assert_eq!(Table::read(&longer).err(), Some(TableError::Long(1)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn candidates_differ_fall_in_score_and_are_well_formed(name in "[A-Z][a-zéü']{0,9}( [A-Z][a-z]{1,9}){0,2}", n in 1..6usize) {
        let found = Transliterator::english_to_bangla().candidates(&name, n);
        prop_assert!(!found.is_empty() && found.len() <= n);
        prop_assert_eq!(&found[0].text, &Transliterator::english_to_bangla().best(&name));
        prop_assert!(found.windows(2).all(|pair| pair[0].score >= pair[1].score && pair[0].text != pair[1].text));
        for candidate in &found {
            prop_assert!(candidate.score <= 1e-6);
            prop_assert_eq!(&canonical(&candidate.text), &candidate.text);
            for word in candidate.text.split(|c: char| !script::is_bangla(c)) {
                prop_assert!(continues(None, word), "{}", word);
            }
        }
    }

    #[test]
    fn the_likeliest_of_a_word_are_those_however_many_are_asked_for(word in "[A-Z][a-zéü']{0,9}", n in 1..6usize) {
        let texts = |n| -> Vec<String> {
            let found = Transliterator::english_to_bangla().candidates(&word, n);
            found.into_iter().map(|candidate| candidate.text).collect()
        };
        let all = texts(6);
        prop_assert_eq!(&texts(n)[..], &all[..n.min(all.len())]);
    }

    #[test]
    fn any_text_is_taken(name in "\\PC{0,20}", other in "\\PC{0,20}") {
        for with in [Transliterator::english_to_bangla(), Transliterator::bangla_to_english()] {
            prop_assert!(!with.candidates(&name, 2).is_empty());
            let score = with.score(&name, &other);
            prop_assert!(score.is_finite() && score <= 0.0);
            // What is remembered of the first target changes nothing for the second.
            let mut totals = Totals::default();
            let _ = with.score_with(&name, &name, &mut totals);
            prop_assert_eq!(with.score_with(&name, &other, &mut totals).to_bits(), score.to_bits());
        }
    }

    #[test]
    fn a_cut_table_is_refused(cut in 0..TABLES[0].0.len()) {
        prop_assert!(Table::read(&TABLES[0].0[..cut]).is_err());
    }

    #[test]
    fn folding_is_idempotent(word in "\\PC{0,12}") {
        let once = folded(&word);
        prop_assert_eq!(folded(&once), once);
    }
}
