use super::*;
use proptest::prelude::*;

type Parts<'a> = (Vec<&'a str>, Option<&'a str>, Vec<&'a str>, &'a str);

/// Places, date and credit as text, and what is left after the dateline.
fn parts(text: &str) -> Option<Parts<'_>> {
    let (dateline, taken) = parse(text)?;
    let slices = |spans: &[Span<Normal>]| spans.iter().map(|s| s.slice(text)).collect();
    Some((
        slices(&dateline.places),
        dateline.date.map(|d| d.slice(text)),
        slices(&dateline.credit),
        &text[taken..],
    ))
}

#[test]
fn datelines_as_agencies_print_them() {
    type Case<'a> = (&'a str, &'a [&'a str], &'a str, &'a [&'a str], &'a str);
    let cases: &[Case<'_>] = &[
        (
            "ISTANBUL, April 10, 2025 (BSS/AFP)- US and",
            &["ISTANBUL"],
            "April 10, 2025",
            &["BSS", "AFP"],
            " US and",
        ),
        (
            "ISTANBUL/MOSCOW, March 11, 2026 (BSS/Reuters) - T",
            &["ISTANBUL", "MOSCOW"],
            "March 11, 2026",
            &["BSS", "Reuters"],
            " T",
        ),
        ("DHAKA, Sept 24 - The", &["DHAKA"], "Sept 24", &[], " The"),
        (
            "DHAKA, Feb 15, 2026 (BSS) – The",
            &["DHAKA"],
            "Feb 15, 2026",
            &["BSS"],
            " The",
        ),
        (
            "WASHINGTON, United States, Feb 15, 2026 (BSS/AFP) - F",
            &["WASHINGTON", "United States"],
            "Feb 15, 2026",
            &["BSS", "AFP"],
            " F",
        ),
        (
            "COX'S BAZAR, Sept. 4, 2025 (BSS)—Two",
            &["COX'S BAZAR"],
            "Sept. 4, 2025",
            &["BSS"],
            "Two",
        ),
        (
            "PORT-AU-PRINCE, 3 May 2025 (AFP): A",
            &["PORT-AU-PRINCE"],
            "3 May 2025",
            &["AFP"],
            " A",
        ),
        (
            "Dhaka, Apr 10 (UNB) - A",
            &["Dhaka"],
            "Apr 10",
            &["UNB"],
            " A",
        ),
        (
            "BEIJING, Thursday, April 10 (Xinhua) -- C",
            &["BEIJING"],
            "Thursday, April 10",
            &["Xinhua"],
            " C",
        ),
        (
            "WASHINGTON (AP) — The",
            &["WASHINGTON"],
            "",
            &["AP"],
            " The",
        ),
        (
            "DHAKA, Sept 24, 2025 (BSS) Bangladesh",
            &["DHAKA"],
            "Sept 24, 2025",
            &["BSS"],
            " Bangladesh",
        ),
        (
            "ঢাকা, ১০ এপ্রিল, ২০২৫ (বাসস) : মস্কো",
            &["ঢাকা"],
            "১০ এপ্রিল, ২০২৫",
            &["বাসস"],
            " মস্কো",
        ),
        (
            "ঢাকা, ১৭ আগস্ট, ২০২৫(বাসস): রাশিয়ার",
            &["ঢাকা"],
            "১৭ আগস্ট, ২০২৫",
            &["বাসস"],
            " রাশিয়ার",
        ),
        (
            "ইস্তাম্বুল, ১০ এপ্রিল, ২০২৫ (বাসস/এএফপি) : ম",
            &["ইস্তাম্বুল"],
            "১০ এপ্রিল, ২০২৫",
            &["বাসস", "এএফপি"],
            " ম",
        ),
        (
            "বামাকো, ১৯ জুলাই, ২০১৯ (বাসস) :",
            &["বামাকো"],
            "১৯ জুলাই, ২০১৯",
            &["বাসস"],
            "",
        ),
        (
            "ঢাকা, ৩ জানুয়ারি (ইউএনবি)ঃ আজ",
            &["ঢাকা"],
            "৩ জানুয়ারি",
            &["ইউএনবি"],
            " আজ",
        ),
        ("চট্টগ্রাম, ১২ মে: নগরের", &["চট্টগ্রাম"], "১২ মে", &[], " নগরের"),
    ];
    for (text, places, date, credit, rest) in cases {
        let date = (!date.is_empty()).then_some(*date);
        assert_eq!(
            parts(text),
            Some((places.to_vec(), date, credit.to_vec(), *rest)),
            "{text}"
        );
    }
}

#[test]
fn sentences_are_no_datelines() {
    for text in [
        "",
        "Dhaka, April 10 - the day",
        "On April 10, 2025 (BSS) said",
        "DHAKA, May 5-7 will",
        "BNP (founded 1978) - the party",
        "Mohammad Masum, 40, and Asad, one",
        "Abdur Rahim, 45, was",
        "BEIJING - As the",
        "Rangpur, Feb 12, 2026 was",
        "Hezbollah (AFP) said",
        "তিনি বলেন, ১০ এপ্রিল, ২০২৫ তারিখে",
        "ঢাকা, চট্টগ্রাম ও সিলেটে",
        "মঙ্গলবার (১০ মার্চ) ভোর",
        "চীন, ভারত (এএফপি) জানায়",
    ] {
        assert_eq!(parts(text), None, "{text}");
    }
}

proptest! {
    #[test]
    fn what_no_span_covers_is_punctuation(
        place in "[A-Z]{2,9}|ঢাকা|সিলেট", second in "(, Germany|/MOSCOW)?",
        date in "(April 10, 2025|Sept 24|১০ এপ্রিল, ২০২৫)", credit in r"( \(BSS(/AFP)?\))?",
        mark in "( -|:|--|)", rest in r"\PC{0,20}",
    ) {
        let text = format!("{place}{second}, {date}{credit}{mark} {rest}");
        if let Some((d, taken)) = parse(&text) {
            let spans: Vec<_> = d.places.iter().chain(&d.date).chain(&d.credit).copied().collect();
            let mut at = 0;
            for span in spans {
                prop_assert!(at <= span.start());
                prop_assert!(!text[at..span.start()].contains(char::is_alphanumeric));
                at = span.end();
            }
            prop_assert!(text[at..taken].chars().all(|c| !c.is_alphanumeric() || c == 'ঃ'));
        }
    }

    #[test]
    fn any_text_is_parsed_without_a_panic(text in r"\PC{0,80}") {
        if let Some((_, taken)) = parse(&text) {
            prop_assert!(text.is_char_boundary(taken));
        }
    }
}
