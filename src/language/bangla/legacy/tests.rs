use super::*;
use proptest::prelude::*;

const PAIRS: &[(&str, &str)] = &[
    ("Avwg evsjvq Mvb MvB", "আমি বাংলায় গান গাই"),
    ("Rvwm©i", "জার্সির"),
    ("Kg©KZ©v", "কর্মকর্তা"),
    ("¯^ivóªgš¿x", "স্বরাষ্ট্রমন্ত্রী"),
    ("‡ev‡W©i ‰Zwi ‡PŠayix", "বোর্ডের তৈরি চৌধুরী"),
    ("ïi“ `ªæZ ¸wj", "শুরু দ্রুত গুলি"),
    ("¯’vb ev¯Íevqb e¨vsK ‡¯øvqvi", "স্থান বাস্তবায়ন ব্যাংক স্লোয়ার"),
    ("i¨ve Kvh©vjq", "র\u{200D}্যাব কার্যালয়"),
    ("KywgjøvI cÖ_g iæMœ", "কুমিল্লাও প্রথম রুগ্ন"),
    ("6 b‡f¤^i| ÔnuvÕ", "৬ নভেম্বর। ‘হাঁ’"),
    ("Pvu`cyi wmwU", "চাঁদপুর সিটি"),
];

#[test]
fn glyphs_are_put_in_the_order_of_unicode() {
    for (legacy, unicode) in PAIRS {
        assert_eq!(to_unicode(legacy), *unicode, "{legacy}");
    }
}

#[test]
fn legacy_text_is_told_from_everything_else() {
    for text in [
        "Avwg evsjvq Mvb MvB",
        "XvKv: R¡vjvwb ‡Z‡ji `vg evov‡bv n‡q‡Q|",
        "cÖavbgš¿x e‡j‡Qb, Awbevh© Kvi‡Y mfv n‡e bv|",
        "evsjv‡`k e¨vsK (Bangladesh Bank) Rvwb‡q‡Q, my‡`i nvi evo‡e|",
    ] {
        assert!(is_legacy(text), "{text}");
    }
    for text in [
        "",
        "বাংলা",
        "The minister said on Monday that work is going on.",
        "DHAKA, KUALA LUMPUR, KGB, BNP, AQ Khan",
        "Xi Jinping, Zelensky and Zaluzhny in Kyiv",
        "MvB",
        "Kyiv",
        "Zhang Ziyi",
        "Web 界面,你可以",
        "MySQL সার্ভারের তথ্য, WebGL সমর্থন করে না",
        "iPhone McDonald’s YouTube AstraZeneca",
        "QWERTY vww xyz qK",
        "“Quote,” he said — ‘yes’… © 2025 AFP • Latest",
        "https://example.com/Avwg/evsjvq Mvb@MvB.com",
        "Nguyễn Văn Quyết, Đặng Vũ; İstanbul'da Kızılay; Łódź; São Paulo",
    ] {
        assert!(!is_legacy(text), "{text}");
    }
}
proptest! {
    #[test]
    fn any_text_is_converted_without_harm(text in "([A-z‡†©¨¯Öªæø‘’“”&|~]|\\PC){0,24}") {
        let _ = is_legacy(&text);
        let unicode = to_unicode(&text);
        prop_assert!(text.is_empty() == unicode.is_empty());
    }

    #[test]
    fn bangla_in_unicode_is_left_alone(text in "[অ-হা-ৌ০-৯। ,.?!()-]{0,24}") {
        prop_assert_eq!(to_unicode(&text), text.clone());
        prop_assert!(!is_legacy(&text));
    }
}
