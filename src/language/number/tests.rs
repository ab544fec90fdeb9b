use proptest::prelude::*;

use super::*;
use crate::language::{Language, profile};

fn read(language: Language, text: &str) -> Vec<(String, Vec<String>, Unit)> {
    profile(language)
        .numbers(text)
        .into_iter()
        .map(|found| {
            let values = found.value.values();
            (
                found.span.slice(text).to_owned(),
                values.iter().map(|v| v.normalize().to_string()).collect(),
                found.value.unit,
            )
        })
        .collect()
}

/// Each text holds these spans with these values.
#[track_caller]
fn holds(language: Language, text: &str, expected: &[(&str, &str)]) {
    let found: Vec<(String, String)> = read(language, text)
        .into_iter()
        .map(|(span, values, _)| (span, values.join("|")))
        .collect();
    let expected: Vec<(String, String)> = expected
        .iter()
        .map(|(span, value)| ((*span).to_owned(), (*value).to_owned()))
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[track_caller]
fn goes_over(from: Language, text: &str, to: Language, expected: &str) {
    let found = profile(from).numbers(text);
    let mut out = String::new();
    let mut at = 0;
    for one in &found {
        out.push_str(&text[at..one.span.start()]);
        out.push_str(&profile(to).write_number(&one.value, &NumberStyle::default()));
        at = one.span.end();
    }
    out.push_str(&text[at..]);
    assert_eq!(out, expected, "{text}: {found:?}");
    let values = |language, text: &str| {
        let mut values: Vec<Decimal> = profile(language)
            .numbers(text)
            .iter()
            .flat_map(|one| one.value.values())
            .collect();
        values.sort_unstable();
        values
    };
    assert_eq!(values(from, text), values(to, &out), "{text} → {out}");
}

#[test]
fn english_numbers_are_found() {
    let en = Language::ENGLISH;
    holds(en, "reserves at $31.89b now", &[("$31.89b", "31890000000")]);
    holds(
        en,
        "US$26.39 billion",
        &[("US$26.39 billion", "26390000000")],
    );
    holds(en, "half a million people", &[("half a million", "500000")]);
    holds(
        en,
        "1.1 million, 6.5 percent",
        &[("1.1 million", "1100000"), ("6.5 percent", "6.5")],
    );
    holds(
        en,
        "Tk 4 lakh crore",
        &[("Tk 4 lakh crore", "4000000000000")],
    );
    holds(
        en,
        "Tk790 crore, Tk. 55,000.",
        &[("Tk790 crore", "7900000000"), ("Tk. 55,000", "55000")],
    );
    holds(
        en,
        "one and a half crore people",
        &[("one and a half crore", "15000000")],
    );
    holds(en, "two dozen refugees", &[("two dozen", "24")]);
    holds(en, "forty-two per cent of", &[("forty-two per cent", "42")]);
    holds(
        en,
        "in 1971, the 1990s",
        &[("1971", "1971"), ("1990", "1990")],
    );
    holds(en, "Rangpur-1, Rangpur-4", &[("1", "1"), ("4", "4")]);
    holds(
        en,
        "won 3-1 in 10-12 days",
        &[("3-1", "3|1"), ("10-12", "10|12")],
    );
    holds(en, "(BPM6) and B2B", &[("BPM6", "6"), ("B2B", "2")]);
    holds(
        en,
        "call +880 1711-123456 now",
        &[("+880 1711-123456", "880|1711|123456")],
    );
    holds(
        en,
        "a 75-year-old, the 19th",
        &[("75", "75"), ("19th", "19")],
    );
    holds(
        en,
        "$2-3 billion or £420 million ($570 million)",
        &[
            ("$2-3 billion", "2000000000|3000000000"),
            ("£420 million", "420000000"),
            ("$570 million", "570000000"),
        ],
    );
    holds(
        en,
        "two-thirds of 3/4 cup",
        &[
            ("two-thirds", "0.6666666666666666666666666667"),
            ("3/4", "0.75"),
        ],
    );
    holds(en, "cent percent sure", &[("cent percent", "100")]);
    holds(
        en,
        "seven million euros",
        &[("seven million euros", "7000000")],
    );
    holds(
        en,
        "10\u{a0}000 men at 10:30",
        &[("10\u{a0}000", "10000"), ("10:30", "10|30")],
    );
    holds(en, "thousands of people, hundreds more", &[]);
    holds(
        en,
        "1.2m people on a 5m wall of $5m",
        &[("1.2m", "1200000"), ("5", "5"), ("$5m", "5000000")],
    );
    holds(
        en,
        "two hundred and five thousand one hundred",
        &[("two hundred and five thousand one hundred", "205100")],
    );
    holds(en, "at -5 degrees", &[("-5", "-5")]);
    holds(
        en,
        "down -$5 million, minus Tk 50, minus twelve",
        &[
            ("-$5 million", "-5000000"),
            ("minus Tk 50", "-50"),
            ("minus twelve", "-12"),
        ],
    );
    holds(
        en,
        "Tk 105 and 25 paisa, 5 dollars 50 cents, Tk 105 and 25 people, Tk 2.50 30 paisa",
        &[
            ("Tk 105 and 25 paisa", "105.25"),
            ("5 dollars 50 cents", "5.5"),
            ("Tk 105", "105"),
            ("25", "25"),
            ("Tk 2.50", "2.5"),
            ("30", "30"),
        ],
    );
    // Which of them is the month, nobody can tell: the figures stay in their order.
    holds(en, "on 10/4/2025", &[("10/4/2025", "10|4|2025")]);
    holds(
        en,
        "at least7,294 men (1904 -1991)",
        &[("7,294", "7294"), ("1904", "1904"), ("1991", "1991")],
    );
    holds(en, "FY 2024-25", &[("2024-25", "2024|25")]);
}

#[test]
fn bangla_numbers_are_found() {
    let bn = Language::BANGLA;
    holds(
        bn,
        "৩৫ হাজার ৪৬৫ কোটি টাকার",
        &[("৩৫ হাজার ৪৬৫ কোটি টাকা", "354650000000")],
    );
    holds(bn, "সাড়ে তিন লাখ মানুষ", &[("সাড়ে তিন লাখ", "350000")]);
    holds(bn, "সাড়ে ৩০০ কোটি", &[("সাড়ে ৩০০ কোটি", "3500000000")]);
    holds(bn, "সাড়ে তিনশ জন", &[("সাড়ে তিনশ", "350")]);
    holds(
        bn,
        "৩১।৩৩ বিলিয়ন ডলারে",
        &[("৩১।৩৩ বিলিয়ন ডলার", "31330000000")],
    );
    holds(bn, "৬ দশমিক ৫ শতাংশের", &[("৬ দশমিক ৫ শতাংশ", "6.5")]);
    holds(
        bn,
        "২ হাজার ৫৮২টি, ১২ জন",
        &[("২ হাজার ৫৮২", "2582"), ("১২", "12")],
    );
    holds(bn, "১ লাখ ৩৬ হাজার ৭২", &[("১ লাখ ৩৬ হাজার ৭২", "136072")]);
    holds(bn, "১৯৭১ সালে ৪৯তম", &[("১৯৭১", "1971"), ("৪৯তম", "49")]);
    holds(bn, "রংপুর-৪ আর টি-২০", &[("৪", "4"), ("২০", "20")]);
    holds(
        bn,
        "এক-তৃতীয়াংশ",
        &[("এক-তৃতীয়াংশ", "0.3333333333333333333333333333")],
    );
    holds(
        bn,
        "দেড় লাখ, আড়াই বছর",
        &[("দেড় লাখ", "150000"), ("আড়াই", "2.5")],
    );
    holds(
        bn,
        "শতকরা ৬ ভাগ, শতভাগ",
        &[("শতকরা ৬ ভাগ", "6"), ("শতভাগ", "100")],
    );
    holds(bn, "হাজার হাজার মানুষ, কোটি টাকার", &[]);
    holds(
        bn,
        "৮৫.৫ কোটি মার্কিন ডলার",
        &[("৮৫.৫ কোটি মার্কিন ডলার", "855000000")],
    );
    holds(bn, "আটক করে সাতক্ষীরা দশকে", &[]);
    holds(bn, "৫ মে ও ৫মে", &[("৫", "5"), ("৫", "5")]);
    holds(bn, "১২২-১২৩ টাকায়", &[("১২২-১২৩ টাকা", "122|123")]);
    holds(bn, "দুই হাজার কোটি", &[("দুই হাজার কোটি", "20000000000")]);
    holds(bn, "সোয়া কোটি", &[("সোয়া কোটি", "12500000")]);
    holds(
        bn,
        "১২২ টাকা ৫০ পয়সায়, ২ হাজার ৫০০ টাকা ৫ পয়সা, ৫০ পয়সা, ৫ টাকার ২০ পয়সা",
        &[
            ("১২২ টাকা ৫০ পয়সা", "122.5"),
            ("২ হাজার ৫০০ টাকা ৫ পয়সা", "2500.05"),
            ("৫০", "50"),
            ("৫ টাকা", "5"),
            ("২০", "20"),
        ],
    );
}

#[test]
fn english_goes_over_into_bangla() {
    for (english, bangla) in [
        ("$31.89b", "৩১ দশমিক ৮৯ বিলিয়ন ডলার"),
        ("1.1 million", "১১ লাখ"),
        ("half a million", "পাঁচ লাখ"),
        ("US$26.39 billion", "২৬ দশমিক ৩৯ বিলিয়ন ডলার"),
        ("6.5 percent", "৬ দশমিক ৫ শতাংশ"),
        ("Tk 50 crore", "৫০ কোটি টাকা"),
        ("2,500", "২ হাজার ৫০০"),
        ("187,500", "১,৮৭,৫০০"),
        ("1971", "১৯৭১"),
        ("Tk 35,465 crore", "৩৫ হাজার ৪৬৫ কোটি টাকা"),
        ("Tk24.65 crore", "২৪ কোটি ৬৫ লাখ টাকা"),
        ("eight lakh", "আট লাখ"),
        ("$353 crore", "৩৫৩ কোটি ডলার"),
        ("19th", "১৯তম"),
        ("2nd", "২য়"),
        ("first", "প্রথম"),
        ("thirteenth", "ত্রয়োদশ"),
        ("twentieth", "বিংশ"),
        ("two and a half", "আড়াই"),
        ("two-thirds", "দুই-তৃতীয়াংশ"),
        ("Rangpur-4", "Rangpur-৪"),
        ("BPM6", "BPM6"),
        ("72.20 percent", "৭২ দশমিক ২০ শতাংশ"),
        ("15.3 overs", "১৫.৩ overs"),
        ("3-1", "৩-১"),
        ("2-3 million", "২০-৩০ লাখ"),
        ("cent percent", "শতভাগ"),
        ("8.85 billion", "৮৮৫ কোটি"),
        ("two dozen", "দুই ডজন"),
        ("Tk 1,500", "১ হাজার ৫০০ টাকা"),
        ("A$2.6 billion", "২ দশমিক ৬ বিলিয়ন অস্ট্রেলিয়ান ডলার"),
        ("-5.5", "মাইনাস ৫.৫"),
        ("50k", "৫০ হাজার"),
        ("Tk 2700000", "২৭ লাখ টাকা"),
        ("Tk 122.50", "১২২ টাকা ৫০ পয়সা"),
        ("Tk 2,500.05", "২ হাজার ৫০০ টাকা ৫ পয়সা"),
        ("Tk 122.00", "১২২.০০ টাকা"),
        ("$122.50", "১২২.৫০ ডলার"),
        ("10/4/2025", "১০/৪/২০২৫"),
        ("-$5.5 million", "মাইনাস ৫ দশমিক ৫ মিলিয়ন ডলার"),
    ] {
        goes_over(Language::ENGLISH, english, Language::BANGLA, bangla);
    }
}

#[test]
fn bangla_goes_over_into_english() {
    for (bangla, english) in [
        ("৩৫ হাজার ৪৬৫ কোটি টাকা", "Tk 35,465 crore"),
        ("সাড়ে তিন লাখ", "3.5 lakh"),
        ("৩১।৩৩ বিলিয়ন ডলার", "$31.33 billion"),
        ("৩১।৩৩ বিলিয়ন", "31.33 billion"),
        ("২ হাজার ৫৮২", "2,582"),
        ("১ লাখ ৩৬ হাজার ৭২", "136,072"),
        ("৮৫ কোটি ডলার", "$850 million"),
        ("৪০ হাজার", "40,000"),
        ("দেড় হাজার কোটি টাকা", "Tk 1,500 crore"),
        ("১৯৭১", "1971"),
        ("৬ দশমিক ৫ শতাংশ", "6.5 percent"),
        ("৪র্থ", "4th"),
        ("দুই-তৃতীয়াংশ", "two-thirds"),
        ("পাঁচ শ", "500"),
        ("৫ হাজার ২৩৪ দশমিক ৫৬", "5,234.56"),
        ("তিন লাখ ভারতীয় রুপি", "Rs 3 lakh"),
        ("১২২ টাকা ৫০ পয়সা", "Tk 122.50"),
        ("১ হাজার ২০৫ টাকা ৫ পয়সা", "Tk 1,205.05"),
        ("মাইনাস ৫০০ টাকা", "minus Tk 500"),
        ("মাইনাস ৫০০ ডলার", "-$500"),
        ("১০/৪/২০২৫", "10/4/2025"),
    ] {
        goes_over(Language::BANGLA, bangla, Language::ENGLISH, english);
    }
}

#[test]
fn words_that_may_be_no_numbers_are_loose() {
    for (language, text, loose) in [
        (Language::ENGLISH, "one", true),
        (Language::ENGLISH, "second", true),
        (Language::ENGLISH, "half", true),
        (Language::ENGLISH, "twelve", false),
        (Language::ENGLISH, "two percent", false),
        (Language::ENGLISH, "5", false),
        (Language::BANGLA, "একটি", true),
        (Language::BANGLA, "দুই লাখ", false),
        (Language::BANGLA, "প্রথম", true),
        (Language::BANGLA, "একাত্তরের", true),
        (Language::BANGLA, "ত্রয়োদশ", false),
        (Language::BANGLA, "ষোড়শ", false),
        (Language::BANGLA, "আঠারো", false),
    ] {
        let found = profile(language).numbers(text);
        assert_eq!(found.len(), 1, "{text}");
        assert_eq!(found[0].value.loose, loose, "{text}");
    }
}

fn scale() -> impl Strategy<Value = Scale> {
    prop::sample::select(vec![
        Scale::Thousand,
        Scale::Lakh,
        Scale::Million,
        Scale::Crore,
        Scale::Billion,
        Scale::Trillion,
    ])
}

fn unit() -> impl Strategy<Value = Unit> {
    prop::sample::select(vec![
        Unit::Plain,
        Unit::Percent,
        Unit::Money(Currency::BDT),
        Unit::Money(Currency::USD),
        Unit::Money(Currency::of(*b"AUD")),
        Unit::Money(Currency::of(*b"CNY")),
    ])
}

fn number() -> impl Strategy<Value = Number> {
    let amount = (0_i64..100_000_000, 0_u32..4).prop_map(|(n, s)| Decimal::new(n, s));
    let small = (1_i64..200, prop::bool::ANY).prop_map(|(n, half)| {
        Decimal::from(n)
            + if half {
                Decimal::new(5, 1)
            } else {
                Decimal::ZERO
            }
    });
    let form = prop_oneof![
        (amount.clone(), prop::bool::ANY).prop_map(|(value, grouped)| {
            let decimals = value.scale();
            (value, Form::Figures { decimals, grouped })
        }),
        (amount.clone(), scale(), prop::bool::ANY).prop_map(|(amount, scale, spelled)| {
            let decimals = amount.scale();
            (
                amount * scale.value(),
                Form::Scaled {
                    scale,
                    decimals,
                    spelled,
                },
            )
        }),
        (small, scale()).prop_map(|(amount, scale)| {
            (
                amount * scale.value(),
                Form::Scaled {
                    scale,
                    decimals: 0,
                    spelled: true,
                },
            )
        }),
        (0_u32..150).prop_map(|n| (Decimal::from(n), Form::Spelled)),
        (1_u32..400, prop::bool::ANY)
            .prop_map(|(n, spelled)| (Decimal::from(n), Form::Ordinal { spelled })),
        (0_i64..99_999, 1_i64..9_999, prop::option::of(scale())).prop_map(|(low, more, scale)| {
            let times = scale.map_or(Decimal::ONE, Scale::value);
            let to = Decimal::from(low + more) * times;
            (
                Decimal::from(low) * times,
                Form::Range {
                    to,
                    scale,
                    dash: '-',
                },
            )
        }),
        (2_u32..=20, 1_u32..20, prop::bool::ANY).prop_map(|(denominator, numerator, spelled)| {
            let numerator = 1 + numerator % (denominator - 1);
            (
                Decimal::from(numerator) / Decimal::from(denominator),
                Form::Fraction {
                    numerator,
                    denominator,
                    spelled,
                },
            )
        }),
        (0_u32..400, 0_u32..400).prop_map(|(more, other)| {
            (
                Decimal::from(other + more),
                Form::Score {
                    other: Decimal::from(other),
                    dash: '-',
                },
            )
        }),
    ];
    (form, unit(), prop::bool::ANY).prop_map(|((value, form), unit, negative)| {
        let unit = match form {
            Form::Ordinal { .. } | Form::Fraction { .. } | Form::Score { .. } => Unit::Plain,
            _ => unit,
        };
        let signed = matches!(
            form,
            Form::Figures { .. } | Form::Scaled { .. } | Form::Spelled
        );
        Number {
            value: if negative && signed { -value } else { value },
            form,
            unit,
            loose: false,
        }
    })
}

fn style() -> impl Strategy<Value = NumberStyle> {
    let scales = || {
        prop::sample::select(vec![
            Scales::House,
            Scales::Keep,
            Scales::Local,
            Scales::International,
        ])
    };
    (
        prop::bool::ANY,
        scales(),
        scales(),
        prop::sample::select(vec![
            DecimalMark::House,
            DecimalMark::Point,
            DecimalMark::Word,
        ]),
        prop::sample::select(vec![
            LargeFigures::House,
            LargeFigures::Words,
            LargeFigures::Grouped,
        ]),
    )
        .prop_map(
            |(native, scale, foreign_currency, decimal, large_figures)| NumberStyle {
                digits: if native {
                    Digits::Native
                } else {
                    Digits::Latin
                },
                scale,
                foreign_currency,
                decimal,
                large_figures,
            },
        )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn what_is_written_reads_as_the_same_value(number in number(), style in style()) {
        for language in [Language::ENGLISH, Language::BANGLA] {
            let text = profile(language).write_number(&number, &style);
            let found = profile(language).numbers(&text);
            prop_assert_eq!(found.len(), 1, "{:?} in {}: {:?}", number, text, found);
            prop_assert_eq!(found[0].span, Span::whole(&text), "{}", text);
            let back = &found[0].value;
            prop_assert_eq!(back.values(), number.values(), "{}", text);
            prop_assert_eq!(back.unit, number.unit, "{}", text);
        }
    }

    #[test]
    fn there_and_back_the_values_stay(number in number(), style in style()) {
        let english = profile(Language::ENGLISH);
        let bangla = profile(Language::BANGLA);
        let first = english.write_number(&number, &style);
        let read = english.numbers(&first);
        prop_assert_eq!(read.len(), 1);
        let second = bangla.write_number(&read[0].value, &style);
        let read = bangla.numbers(&second);
        prop_assert_eq!(read.len(), 1);
        let third = english.write_number(&read[0].value, &style);
        let read = english.numbers(&third);
        prop_assert_eq!(read.len(), 1);
        prop_assert_eq!(read[0].value.values(), number.values(), "{} {} {}", first, second, third);
    }

    #[test]
    fn any_text_is_walked(text in "[ -~০-৯ক-হা-্।,. \u{a0}]{0,60}") {
        for language in [Language::ENGLISH, Language::BANGLA, Language::UNDETERMINED] {
            let found = profile(language).numbers(&text);
            let mut at = 0;
            for one in found {
                prop_assert!(one.span.start() >= at && !one.span.is_empty());
                prop_assert!(Span::<Normal>::of(&text, one.span.range()).is_ok());
                at = one.span.end();
            }
        }
    }
}
