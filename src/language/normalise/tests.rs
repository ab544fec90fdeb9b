use super::*;
use crate::text::Text;
use proptest::prelude::*;

fn repaired(source: &str) -> String {
    Text::repaired(source, western(source)).normal().to_owned()
}

#[test]
fn what_a_page_carries_by_accident_is_repaired() {
    for (source, normal) in [
        ("the bank&amp;#x27;s head", "the bank's head"),
        ("&amp;amp;quot;No&amp;quot;", "\"No\""),
        ("AT&amp;T, AT&T; Q&A", "AT&T, AT&T; Q&A"),
        ("?a=1&amp;b=2&lt=3", "?a=1&b=2&lt=3"),
        ("&#8216;ok&#8217; &#x9b0;", "‘ok’ র"),
        ("&#38;#39;x", "'x"),
        (
            "&#65; &#0; &#xD800; &#; &bogus;",
            "&#65; &#0; &#xD800; &#; &bogus;",
        ),
        ("\u{FEFF}Dhaka\0", "Dhaka"),
        ("a\u{200E} b\u{2060}c\u{AD}d", "a bcd"),
        ("Sheikh\u{A0}Hasina", "Sheikh Hasina"),
        ("\u{93}No,\u{94} he said", "“No,” he said"),
        ("&#147;No&#148;", "“No”"),
        ("\u{9C}uvre বচ্চ\u{9E}ন", "œuvre বচ্চন"),
        ("a\r\nb\tc\u{2028}d", "a\r\nb\tc\nd"),
        ("cafe\u{301}", "café"),
        ("x\u{200D}y \u{200C}“a”", "xy “a”"),
        ("👩\u{200D}💻 র\u{200D}্যাব", "👩\u{200D}💻 র\u{200D}্যাব"),
        ("ড\u{9BC}য\u{9BC}ঢ\u{9BC} \u{9DC}\u{9DF}\u{9DD}", "ড়য়ঢ় ড়য়ঢ়"),
    ] {
        assert_eq!(repaired(source), normal, "{source:?}");
    }
}

#[test]
fn what_is_published_is_never_flattened() {
    let text = "“No” ‘ok’ \"a\" 'b' … ... – — - ‚„ «x» ′″ € 5 ½ naïve Łódź";
    assert_eq!(western(text), []);
}

#[test]
fn a_repair_is_as_small_as_what_it_repairs() {
    let edits = western("বাড\u{9BC}ি cafe\u{301} x");
    assert_eq!(edits, [edit(6, 12, "ড়"), edit(19, 22, "é")]);
}

#[test]
fn other_scripts_keep_their_joiners_and_marks_of_direction() {
    for text in [
        "می\u{200C}خواهم",
        "שלום\u{200F}!",
        "ภาษา\u{200B}ไทย",
        "10\u{202F}% dit-il\u{A0}?",
    ] {
        assert_eq!(universal(text), [], "{text:?}");
    }
}

proptest! {
    #[test]
    fn repairing_twice_is_repairing_once(
        source in "([a-z &;#x]|&amp;|&#x27;|&#8203;|lt;|[ক-হািেোৗড়য়়্]|\u{200D}|\u{200C}|[\u{0}-\u{20}]|[\u{80}-\u{A0}]|é|e\u{301}|\u{FEFF}|👩|\\PC){0,24}"
    ) {
        for repairs in [universal, western] {
            let edits = repairs(&source);
            prop_assert!(edits.is_sorted_by(|a, b| a.end <= b.start));
            let once = Text::repaired(source.clone(), edits);
            prop_assert_eq!(repairs(once.normal()), vec![], "{:?}", once.normal());
            prop_assert_eq!(once.source(), &source);
        }
    }

    #[test]
    fn a_clean_scan_is_true(source in "[ -~\u{A0}-ſঅ-৿\u{2000}-\u{20AC}।]{0,24}") {
        if is_clean(&source, &WESTERN) {
            prop_assert_eq!(settle(&source, WESTERN_PASSES), vec![]);
        }
    }
}
