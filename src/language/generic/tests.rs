use rust_decimal::Decimal;

use super::*;
use crate::language::number::Unit;
use crate::language::profile;

fn of(code: &str) -> &'static dyn Profile {
    profile(code.parse().unwrap())
}

#[test]
fn a_stem_ends_where_its_word_ends() {
    let found = |stem, rest| of("de").ending_after(stem, rest).is_some();
    assert!(found("Berlin", ", ") && found("Берлин", "") && found("東京", "都"));
    assert!(!found("Berlin", "er") && !found("Берлин", "е") && !found("", "x"));
}

#[test]
fn the_table_is_in_order_and_serves_each_language() {
    let codes: Vec<Language> = Generic::known().collect();
    assert!(codes.is_sorted_by(|a, b| a < b));
    for language in codes {
        assert_eq!(profile(language).language(), language);
    }
    let unknown = of("tlh");
    assert_eq!(unknown.language(), Language::UNDETERMINED);
    assert_eq!(unknown.native_digits("১২"), "12");
}

#[test]
fn quotations_and_digits_are_cldrs() {
    for (code, outer, inner, digits) in [
        ("hi", "“”", "‘’", "1234567890"),
        ("mr", "“”", "‘’", "१२३४५६७८९०"),
        ("ne", "“”", "‘’", "१२३४५६७८९०"),
        ("as", "“”", "‘’", "১২৩৪৫৬৭৮৯০"),
        ("my", "“”", "‘’", "၁၂၃၄၅၆၇၈၉၀"),
        // Western since CLDR 42: the digits ٠ to ٩ are a custom of some countries.
        ("ar", "”“", "’‘", "1234567890"),
        ("ur", "”“", "’‘", "1234567890"),
        ("ckb", "“”", "‘’", "١٢٣٤٥٦٧٨٩٠"),
        ("fa", "«»", "‹›", "۱۲۳۴۵۶۷۸۹۰"),
        ("fr", "«»", "«»", "1234567890"),
        ("de", "„“", "‚‘", "1234567890"),
        ("ja", "「」", "『』", "1234567890"),
        ("zh", "“”", "‘’", "1234567890"),
    ] {
        let profile = of(code);
        let quotation = profile.quotation();
        let marks = |depth| {
            let pair = quotation.at(depth);
            [pair.open, pair.close].iter().collect::<String>()
        };
        assert_eq!(
            (marks(0), marks(1)),
            (outer.to_owned(), inner.to_owned()),
            "{code}"
        );
        assert_eq!(profile.native_digits("1234567890"), digits, "{code}");
        assert_eq!(profile.native_digits("১২৩৪৫৬৭৮৯০"), digits, "{code}");
    }
}

#[test]
fn sentences_end_with_the_marks_of_any_script() {
    for (code, text) in [
        ("hi", "वह आया।| क्या वह गया?| हाँ।"),
        ("ur", "وہ آیا۔| کیا وہ گیا؟| ہاں۔"),
        ("ar", "جاء.| هل ذهب؟| نعم."),
        ("ja", "彼は来た。|行ったか？|はい。"),
        ("de", "Er kam am 5. Mai.| Wirklich?| Ja."),
        ("fa", "او آمد.| رفت؟| بله."),
    ] {
        let parts: Vec<&str> = text.split('|').map(str::trim).collect();
        let whole = text.replace('|', "");
        let found: Vec<&str> = of(code)
            .sentences(&whole, &[])
            .iter()
            .map(|span| span.slice(&whole))
            .collect();
        assert_eq!(found, parts, "{code}");
    }
}

/// The values of a text, and each number written back.
fn read(code: &str, text: &str) -> Vec<(String, String)> {
    of(code)
        .numbers(text)
        .iter()
        .map(|found| {
            let values: Vec<String> = found
                .value
                .values()
                .iter()
                .map(|value| value.normalize().to_string())
                .collect();
            let written = of(code).write_number(&found.value, &NumberStyle::default());
            (values.join("|"), written)
        })
        .collect()
}

#[test]
fn figures_have_the_languages_separators() {
    for (code, text, value, written) in [
        ("de", "1.234,5", "1234.5", "1.234,5"),
        ("de", "3,50", "3.5", "3,50"),
        ("fr", "12\u{202f}345,6", "12345.6", "12\u{202f}345,6"),
        ("ru", "1\u{a0}000", "1000", "1\u{a0}000"),
        ("hi", "12,34,567.8", "1234567.8", "12,34,567.8"),
        ("mr", "१२,३४,५६७", "1234567", "१२,३४,५६७"),
        ("ar", "١٬٢٣٤٫٥", "1234.5", "1,234.5"),
        ("fa", "۱٬۲۳۴٫۵", "1234.5", "۱٬۲۳۴٫۵"),
        ("fa", "۵٪", "5", "۵%"),
        ("ja", "1,234", "1234", "1,234"),
        ("de", "+49 30 123456", "49|30|123456", "+49 30 123456"),
        ("mr", "007", "7", "००७"),
    ] {
        assert_eq!(
            read(code, text),
            [(value.to_owned(), written.to_owned())],
            "{code} {text}"
        );
    }
    let percent = &of("fa").numbers("۵٪")[0].value;
    assert_eq!(percent.unit, Unit::Percent);
    // What is no figure of the language is left as it stands.
    assert_eq!(
        read("de", "am 10.04.2025")
            .into_iter()
            .map(|(value, _)| value)
            .collect::<Vec<_>>(),
        ["10", "4", "2025"]
    );
}

#[test]
fn western_digits_have_western_separators() {
    let number = Number::plain(Decimal::new(12345, 1));
    let latin = NumberStyle {
        digits: Digits::Latin,
        ..NumberStyle::default()
    };
    assert_eq!(of("fa").write_number(&number, &latin), "1234.5");
    assert_eq!(
        of("fa").write_number(&number, &NumberStyle::default()),
        "۱۲۳۴٫۵"
    );
    assert_eq!(of("de").write_number(&number, &latin), "1234,5");
}

#[test]
fn dates_are_written_in_figures() {
    let english = profile(Language::ENGLISH);
    let found = english.dates("April 10, 2025");
    let write = |code| of(code).write_moment(&found[0].value, &DateStyle::default());
    assert_eq!(write("hi"), "2025-04-10");
    assert_eq!(write("fa"), "۲۰۲۵-۰۴-۱۰");
}
