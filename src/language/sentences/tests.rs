//! What every language's segmentation is held to.

use proptest::prelude::*;

use crate::language::{Language, profile};
use crate::text::{Normal, Span};

/// The sentences of `text` as `language` cuts it.
fn cut(language: Language, text: &str) -> Vec<&str> {
    let sentences = profile(language).sentences(text, &[]);
    sentences.iter().map(|s| s.slice(text)).collect()
}

/// Every case of a table of golden cases that is cut in another way.
fn misses(language: Language, table: &str) -> Vec<String> {
    let cases = table.lines().filter(|line| !line.starts_with('#'));
    let mut misses = Vec::new();
    for case in cases {
        let mut fields = case.split('\t');
        let phenomenon = fields.next().unwrap_or_default();
        let expected: Vec<_> = fields.collect();
        assert!(!expected.is_empty(), "no sentences: {case}");
        let text = expected.join(" ");
        let found = cut(language, &text);
        if found != expected {
            misses.push(format!("{phenomenon}: {found:#?}"));
        }
    }
    misses
}

#[test]
fn golden_english() {
    let table = include_str!("../../../tests/data/sentences.golden.en.tsv");
    let misses = misses(Language::ENGLISH, table);
    assert!(misses.is_empty(), "{}", misses.join("\n"));
}

#[test]
fn news_english() {
    let table = include_str!("../../../tests/data/sentences.news.en.tsv");
    let misses = misses(Language::ENGLISH, table);
    assert!(misses.is_empty(), "{}", misses.join("\n"));
}

#[test]
fn where_no_space_follows() {
    for (language, text, expected) in [
        (
            Language::ENGLISH,
            "The vote ended.The count began.",
            &["The vote ended.", "The count began."][..],
        ),
        (
            Language::ENGLISH,
            "He joined the BNP.Akhtar did not.",
            &["He joined the BNP.", "Akhtar did not."],
        ),
        (
            Language::ENGLISH,
            "“It is over.”The hall rose.",
            &["“It is over.”", "The hall rose."],
        ),
        (
            Language::ENGLISH,
            "\"It is over.\"The hall rose.",
            &["\"It is over.\"", "The hall rose."],
        ),
        (
            Language::ENGLISH,
            "It is over.\"We won,\" he said.",
            &["It is over.", "\"We won,\" he said."],
        ),
        (
            Language::ENGLISH,
            "Dr.Rahman of M.R Traders uses ASP.NET and bssnews.net daily.",
            &["Dr.Rahman of M.R Traders uses ASP.NET and bssnews.net daily."],
        ),
        (
            Language::BANGLA,
            "তিনি আসেন।পরে যান।",
            &["তিনি আসেন।", "পরে যান।"],
        ),
        (
            Language::BANGLA,
            "তিনি বলেন, ‘আসুন।’পরে যান।",
            &["তিনি বলেন, ‘আসুন।’", "পরে যান।"],
        ),
        (
            Language::BANGLA,
            "আ.লীগ নেতা রিজার্ভ ৩১।৩৩ ধরেন।",
            &["আ.লীগ নেতা রিজার্ভ ৩১।৩৩ ধরেন।"],
        ),
        (
            Language::BANGLA,
            "শেষ ১৯৭৩।পরে ২৫ বছর।",
            &["শেষ ১৯৭৩।", "পরে ২৫ বছর।"],
        ),
        (
            Language::UNDETERMINED,
            "终于到了。他们走了！好。",
            &["终于到了。", "他们走了！", "好。"],
        ),
    ] {
        assert_eq!(cut(language, text), expected);
    }
}

#[test]
fn plain_rules_serve_other_languages() {
    for (text, expected) in [
        (
            "Er kam am 5. Mai. Dann ging er.",
            &["Er kam am 5. Mai.", "Dann ging er."][..],
        ),
        (
            "¿Quién es? No lo sé. J. Pérez calla.",
            &["¿Quién es?", "No lo sé.", "J. Pérez calla."],
        ),
        ("वह आया। फिर गया।", &["वह आया।", "फिर गया।"]),
        ("هل وصل؟ نعم. ذهب", &["هل وصل؟", "نعم.", "ذهب"]),
        ("وہ آیا۔ پھر گیا۔", &["وہ آیا۔", "پھر گیا۔"]),
    ] {
        assert_eq!(cut(Language::UNDETERMINED, text), expected);
    }
}

#[test]
fn golden_bangla() {
    let table = include_str!("../../../tests/data/sentences.golden.bn.tsv");
    let misses = misses(Language::BANGLA, table);
    assert!(misses.is_empty(), "{}", misses.join("\n"));
}

#[test]
fn a_span_stays_whole() {
    let text = "Read Who? What! Why. It is good.";
    for (range, expected) in [
        (5..20, vec!["Read Who? What! Why.", "It is good."]),
        (5..21, vec!["Read Who? What! Why. It is good."]),
        (5..9, vec!["Read Who?", "What!", "Why.", "It is good."]),
    ] {
        let whole = Span::of(text, range.clone()).unwrap();
        let found = profile(Language::ENGLISH).sentences(text, &[whole]);
        let found: Vec<_> = found.iter().map(|s| s.slice(text)).collect();
        assert_eq!(found, expected, "{range:?}");
    }
}

#[test]
fn spans_to_keep_may_overlap() {
    let text = "A b. C d. E f. G h.";
    let spans = [(0, 7), (0, 3), (2, 12), (5, 6)].map(|(a, b)| Span::of(text, a..b).unwrap());
    let found = profile(Language::ENGLISH).sentences(text, &spans);
    let found: Vec<_> = found.iter().map(|s| s.slice(text)).collect();
    assert_eq!(found, ["A b. C d. E f.", "G h."]);
}

#[test]
fn white_space_holds_no_sentence() {
    for text in ["", " ", "\n\n", "\u{A0}\t"] {
        assert!(cut(Language::ENGLISH, text).is_empty(), "{text:?}");
    }
    assert_eq!(cut(Language::ENGLISH, " ... "), ["..."]);
}

#[test]
fn lines_wrap_and_blank_lines_end() {
    assert_eq!(
        cut(
            Language::ENGLISH,
            "A long\nline\n\n \nA headline\r\n\r\nThe end"
        ),
        ["A long\nline", "A headline", "The end"]
    );
}

/// Text in which terminators, marks, digits, letters and white space meet often.
fn texts() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "U.S.",
        "Dr.",
        "J.",
        "No.",
        "p.m.",
        "The",
        "karim",
        "Karim",
        "said",
        "1.",
        "2)",
        "a.",
        "(",
        ")",
        "[",
        "]",
        "“",
        "”",
        "‘",
        "’",
        "\"",
        "'",
        ".",
        "..",
        "...",
        "…",
        "?",
        "!",
        "।",
        "॥",
        "。",
        "؟",
        " ",
        " ",
        " ",
        "\u{A0}",
        "\n",
        "\n\n",
        "•",
        "—",
        "-",
        ",",
        "মো.",
        "ড.",
        "বলেন",
        "তিনি",
        "প্রশ্ন",
        "করেন",
        "র",
        "৩১",
        "৩৩",
        "ক)",
        "খ)",
        "এ.",
        "é",
        "\u{200D}",
        "😀",
    ]);
    prop_oneof![
        4 => prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat()),
        1 => any::<String>(),
    ]
}

const LANGUAGES: [Language; 3] = [Language::ENGLISH, Language::BANGLA, Language::UNDETERMINED];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn what_lies_between_sentences_is_white_space(text in texts()) {
        for language in LANGUAGES {
            let mut end = 0;
            for sentence in profile(language).sentences(&text, &[]) {
                prop_assert!(text[end..sentence.start()].trim().is_empty());
                prop_assert_eq!(sentence.slice(&text).trim(), sentence.slice(&text));
                prop_assert!(!sentence.is_empty());
                end = sentence.end();
            }
            prop_assert!(text[end..].trim().is_empty());
        }
    }

    #[test]
    fn no_boundary_falls_inside_a_span(text in texts(), cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..8)) {
        let places: Vec<_> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let mut ends: Vec<_> = cuts.iter().map(|cut| places[cut.index(places.len())]).collect();
        ends.sort_unstable();
        let whole: Vec<Span<Normal>> =
            ends.chunks_exact(2).map(|pair| Span::of(&text, pair[0]..pair[1]).unwrap()).collect();
        for language in LANGUAGES {
            let sentences = profile(language).sentences(&text, &whole);
            for pair in sentences.windows(2) {
                let (end, next) = (pair[0].end(), pair[1].start());
                prop_assert!(!whole.iter().any(|w| w.start() < next && end < w.end()));
            }
        }
    }

    #[test]
    fn a_sentence_is_one_sentence(text in texts()) {
        for language in LANGUAGES {
            for sentence in cut(language, &text) {
                prop_assert_eq!(cut(language, sentence), vec![sentence]);
            }
        }
    }
}
