use jiff::civil::Weekday;
use proptest::prelude::*;

use super::*;
use crate::language::{Language, Profile, profile};

const EN: Language = Language::ENGLISH;
const BN: Language = Language::BANGLA;

/// `text` with its dates and times written in the other language.
fn over(from: Language, text: &str, to: Language, style: &DateStyle) -> String {
    let mut out = String::new();
    let mut at = 0;
    for one in profile(from).dates(text) {
        out.push_str(&text[at..one.span.start()]);
        out.push('[');
        out.push_str(&profile(to).write_moment(&one.value, style));
        out.push(']');
        at = one.span.end();
    }
    out.push_str(&text[at..]);
    out
}

#[test]
fn english_dates_go_over_into_bangla() {
    for (english, bangla) in [
        ("April 10, 2025", "[১০ এপ্রিল ২০২৫]"),
        ("10 Apr 2025, 14:25", "[১০ এপ্রিল ২০২৫], [১৪:২৫]"),
        ("Sept 24, 2025.", "[২৪ সেপ্টেম্বর ২০২৫]."),
        ("on Saturday, Feb 7, 2026.", "on [শনিবার, ৭ ফেব্রুয়ারি ২০২৬]."),
        ("Friday (6 February)", "[শুক্রবার (৬ ফেব্রুয়ারি)]"),
        ("Thursday (December 25)", "[বৃহস্পতিবার (২৫ ডিসেম্বর)]"),
        ("on Thursday for talks", "on [বৃহস্পতিবার] for talks"),
        (
            "at 10:30am, 3 pm, 2:30am",
            "at [সকাল সাড়ে ১০টা], [বিকেল ৩টা], [রাত আড়াইটা]",
        ),
        (
            "at 9.35 pm and 12:05am",
            "at [রাত ৯টা ৩৫ মিনিট] and [রাত ১২টা ৫ মিনিট]",
        ),
        ("10 a.m. BST", "[বাংলাদেশ সময় সকাল ১০টা]"),
        (
            "at 3 pm BST (0900 GMT)",
            "at [বাংলাদেশ সময় বিকেল ৩টা] ([০৯:০০ (জিএমটি)])",
        ),
        (
            "at 10 am BST (0900 GMT)",
            "at [সকাল ১০টা] BST ([০৯:০০ (জিএমটি)])",
        ),
        ("in London at 10 a.m. BST", "in London at [সকাল ১০টা] BST"),
        ("at 0430 GMT", "at [০৪:৩০ (জিএমটি)]"),
        ("12–15 March", "[১২–১৫ মার্চ]"),
        ("in March, on May 5", "in [মার্চ], on [৫ মে]"),
        ("in March 10 took place", "in [১০ মার্চ] took place"),
        ("its 3 of August was", "its [৩ আগস্ট] was"),
        ("May I march? I may", "May I march? I may"),
        ("the 1990s", "the [১৯৯০-এর দশক]"),
        ("July 2024 uprising", "[২০২৪ সালের জুলাই] uprising"),
        ("February 31, 2025", "February 31, 2025"),
        ("29th May, 5th November 2022", "[২৯ মে], [৫ নভেম্বর ২০২২]"),
        ("2025-04-10", "[২০২৫-০৪-১০]"),
        ("yesterday", "yesterday"),
        ("14 Poush 1432", "[১৪ পৌষ ১৪৩২]"),
        ("in July 12 people died", "in [জুলাই] 12 people died"),
        // Day or month first, nobody can tell: it is no date, and its figures keep their order.
        ("on 10/4/2025, 4/10", "on 10/4/2025, 4/10"),
        (
            "12noon, 12 noon, 12 midnight",
            "[দুপুর ১২টা], [দুপুর ১২টা], [রাত ১২টা]",
        ),
        ("9am to 5pm", "[সকাল ৯টা] to [বিকেল ৫টা]"),
        (
            "from March 28 to April 3, 2025",
            "from [২৮ মার্চ] to [৩ এপ্রিল ২০২৫]",
        ),
        ("1 Boishakh", "[১ বৈশাখ]"),
        ("March 2,500 people", "March 2,500 people"),
        ("a score of 67:12, 1.30", "a score of 67:12, 1.30"),
    ] {
        assert_eq!(
            over(EN, english, BN, &DateStyle::default()),
            bangla,
            "{english}"
        );
    }
    let dateline = DateStyle {
        dateline: true,
        ..DateStyle::default()
    };
    assert_eq!(
        over(EN, "ISTANBUL, April 10, 2025 (BSS)", BN, &dateline),
        "ISTANBUL, [১০ এপ্রিল, ২০২৫] (BSS)"
    );
}

#[test]
fn bangla_dates_go_over_into_english() {
    for (bangla, english) in [
        ("২৯ ডিসেম্বর ২০২৫", "[December 29, 2025]"),
        ("ঢাকা, ১০ এপ্রিল, ২০২৫ (বাসস)", "ঢাকা, [April 10, 2025] (বাসস)"),
        ("সোমবার (২৯ ডিসেম্বর) সকালে", "[Monday (December 29)] সকালে"),
        ("রবিবার, রোববারের", "[Sunday], [Sunday]ের"),
        ("৫ই মে, ২১শে ফেব্রুয়ারিতে", "[May 5], [February 21]তে"),
        ("একুশে ফেব্রুয়ারি", "[February 21]"),
        ("পয়লা মার্চ দুই হাজার এক", "[March 1, 2001]"),
        ("২০২৫ সালের ডিসেম্বরে", "[December 2025]ে"),
        ("১৯৭১ সালের ৬ ডিসেম্বর", "[December 6, 1971]"),
        ("১৯৭১ সালে", "১৯৭১ সালে"),
        ("সকাল ১০টায়", "[10am]য়"),
        ("৭টা ২০ মিনিটে", "[7:20]ে"),
        ("সন্ধ্যা ৬টা ৩৫ মিনিটে", "[6:35pm]ে"),
        ("বেলা পৌনে ১টার দিকে", "[12:45pm]র দিকে"),
        ("দুপুর দেড়টা, রাত আড়াইটা", "[1:30pm], [2:30am]"),
        ("রাত ১২টা ৫ মিনিট", "[12:05am]"),
        ("৩টা আসন", "৩টা আসন"),
        ("সাড়ে ৭টার দিকে", "[7:30]র দিকে"),
        ("বাংলাদেশ সময় রাত ৮টা", "[8pm BST]"),
        ("৩১ ফেব্রুয়ারি", "৩১ [February]"),
        ("১৪ পৌষ ১৪৩২", "[14 Poush 1432]"),
        ("১০/৪/২০২৫", "১০/৪/২০২৫"),
        ("২৮ মার্চ থেকে ৩ এপ্রিল", "[March 28] থেকে [April 3]"),
        ("পয়লা বৈশাখ", "[1 Boishakh]"),
        ("২০২৪ সালের পাঁচই অগাস্ট", "[August 5, 2024]"),
        ("৫ থেকে ৭ জানুয়ারির", "[January 5] থেকে [January 7]র"),
        (
            "২৭ ও ২৮ ডিসেম্বর ২০২৫",
            "[December 27] ও [December 28, 2025]",
        ),
        (
            "৪০ থেকে ৪৫ জন, ৭ থেকে ৫ মার্চ",
            "৪০ থেকে ৪৫ জন, ৭ থেকে [March 5]",
        ),
        ("ফেব্রুয়ারির ১২ তারিখে", "[February 12]ে"),
        ("সেপ্টেম্বর মাসের ১৮ তারিখ", "[September 18]"),
        ("আগস্ট এর 3 তারিখ", "[August 3]"),
        ("৯ ই আগস্টের", "[August 9]ের"),
        ("7'ই অক্টোবর, ৭’ই অক্টোবর", "[October 7], [October 7]"),
        ("দফা ১-এ আগস্ট", "দফা ১-এ [August]"),
        ("ডিসেম্বরের ২৮ দিনে", "[December]ের ২৮ দিনে"),
        ("গ্রিনিচ মান সময় রাত ৮টা", "[8pm GMT]"),
        ("নব্বইয়ের দশকে", "[1990s]ে"),
        ("মেয়র মে", "মেয়র মে"),
        ("২২-২৪ সেপ্টেম্বর", "[September 22-24]"),
        ("জুলাইয়ের অগাস্টে জানুয়ারী", "[July]য়ের [August]ে [January]"),
        ("সকাল ১০:৩০", "[10:30am]"),
    ] {
        assert_eq!(
            over(BN, bangla, EN, &DateStyle::default()),
            english,
            "{bangla}"
        );
    }
}

#[test]
fn a_contradicting_weekday_is_reported() {
    for (text, contradicts) in [
        ("Thursday, April 10, 2025", false),
        ("Friday, April 10, 2025", true),
        ("Friday, April 10", false),
    ] {
        let found = profile(EN).dates(text);
        assert_eq!(found.len(), 1, "{text}");
        assert_eq!(found[0].value.contradicts_itself(), contradicts, "{text}");
    }
}

fn weekday() -> impl Strategy<Value = Weekday> {
    (1_i8..=7).prop_map(|n| Weekday::from_monday_one_offset(n).unwrap())
}

fn day() -> impl Strategy<Value = Day> {
    (
        prop::option::of(1600_i16..=2100),
        1_u8..=12,
        1_u8..=31,
        prop::option::of((weekday(), prop::bool::ANY)),
        prop::bool::ANY,
    )
        .prop_filter_map("not in the calendar", |(year, month, day, weekday, iso)| {
            let mut day = Day::new(year, month, day)?;
            if let Some((weekday, bracketed)) = weekday {
                day.weekday = Some(weekday);
                day.layout = if bracketed {
                    Layout::Bracketed
                } else {
                    Layout::Plain
                };
            } else if iso && year.is_some() {
                day.layout = Layout::Iso;
            }
            Some(day)
        })
}

fn moment() -> impl Strategy<Value = Moment> {
    let zone = prop::sample::select(vec![
        None,
        Some(Zone::Gmt),
        Some(Zone::Utc),
        Some(Zone::Bangladesh),
        Some(Zone::India),
        Some(Zone::Eastern),
    ]);
    let clock =
        (0_u8..24, 0_u8..60, prop::bool::ANY, zone).prop_map(|(hour, minute, digital, zone)| {
            let reading = if digital {
                Reading::Digital
            } else {
                Reading::OfDay
            };
            Moment::Clock(Clock {
                hour,
                minute,
                reading,
                zone,
            })
        });
    prop_oneof![
        day().prop_map(Moment::Day),
        (day(), 1_u8..31).prop_filter_map("no range", |(first, more)| {
            let last = first.day + more;
            Day::new(first.year, first.month, last)?;
            let first = Day {
                weekday: None,
                layout: Layout::Plain,
                ..first
            };
            Some(Moment::Days {
                first,
                last,
                dash: '–',
            })
        }),
        (1_u8..=12, 1600_i16..=2100).prop_map(|(month, year)| Moment::Month {
            month,
            year: Some(year)
        }),
        (160_i16..=210).prop_map(|n| Moment::Decade(n * 10)),
        weekday().prop_map(Moment::Weekday),
        clock,
        (1_u8..=31, 1_u8..=12, prop::option::of(1200_i16..1600))
            .prop_map(|(day, month, year)| Moment::BanglaDay { day, month, year }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn what_is_written_reads_the_same(
        moment in moment(), dateline in prop::bool::ANY, day_first in prop::bool::ANY, latin in prop::bool::ANY,
    ) {
        let style = DateStyle {
            digits: if latin { Digits::Latin } else { Digits::Native },
            order: if day_first { Order::DayFirst } else { Order::House },
            dateline,
        };
        for language in [EN, BN] {
            let profile: &dyn Profile = profile(language);
            let text = profile.write_moment(&moment, &style);
            let found = profile.dates(&text);
            prop_assert_eq!(found.len(), 1, "{} {:?}", text, found);
            prop_assert_eq!(&found[0].value, &moment, "{}", text);
            prop_assert_eq!(found[0].span.len(), text.len());
        }
    }

    #[test]
    fn no_date_changes_its_day_there_and_back(moment in moment(), day_first in prop::bool::ANY) {
        let style = DateStyle {
            order: if day_first { Order::DayFirst } else { Order::House },
            ..DateStyle::default()
        };
        let mut text = profile(EN).write_moment(&moment, &style);
        for (from, to) in [(EN, BN), (BN, EN)] {
            let found = profile(from).dates(&text);
            prop_assert_eq!(found.len(), 1, "{}", text);
            prop_assert_eq!(&found[0].value, &moment, "{}", text);
            text = profile(to).write_moment(&found[0].value, &style);
        }
        prop_assert_eq!(text, profile(EN).write_moment(&moment, &style));
    }

    #[test]
    fn any_text_is_walked(text in "([ -~০-৯ক-হা-্।,. \u{a0}]|May |March |১০টা|সাড়ে |সকাল |মে |am| GMT|-|:){0,40}") {
        for language in [EN, BN] {
            let mut at = 0;
            for one in profile(language).dates(&text) {
                prop_assert!(one.span.start() >= at && !one.span.is_empty());
                at = one.span.end();
                prop_assert!(text.is_char_boundary(at));
            }
        }
    }
}
