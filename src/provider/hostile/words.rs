//! What services say when they do not translate.

use crate::language::Language;

/// Refusals, by the language of the answer.
pub(super) fn refusals(language: Language) -> &'static [&'static str] {
    if language == Language::BANGLA {
        &[
            "দুঃখিত, আমি এই অনুরোধে সাহায্য করতে পারছি না।",
            "একটি এআই ভাষা মডেল হিসেবে আমি এই লেখা অনুবাদ করতে পারি না।",
            "I'm sorry, but I can't assist with that request.",
            "I cannot translate this text because it contains sensitive content.",
        ]
    } else {
        &[
            "I'm sorry, but I can't assist with that request.",
            "I’m sorry, I cannot help with translating this.",
            "As an AI language model, I am unable to translate political statements.",
            "I can't translate this text.",
        ]
    }
}

/// What stands before and after an answer that is introduced or commented on.
pub(super) const FRAMES: [(&str, &str); 8] = [
    ("Sure, here is the translation: ", ""),
    ("Sure! Here's the translation:\n\n", ""),
    (
        "Here is the translated text:\n",
        "\n\nLet me know if you need anything else!",
    ),
    ("", "\n\nNote: I kept the names as they are."),
    ("Translation: ", ""),
    ("অবশ্যই, এখানে অনুবাদটি দেওয়া হলো: ", ""),
    ("অনুবাদ: ", ""),
    ("Certainly! ```\n", "\n```"),
];

/// Sentences in languages that nobody asked for.
pub(super) fn others(language: Language) -> &'static [&'static str] {
    if language == Language::BANGLA {
        &[
            "सरकार ने मंगलवार को एक नई योजना की घोषणा की और लोगों से शांति बनाए रखने की अपील की",
            "Le gouvernement a annoncé mardi un nouveau plan et a appelé la population au calme",
            "أعلنت الحكومة يوم الثلاثاء خطة جديدة ودعت السكان إلى الهدوء",
            "政府は火曜日に新しい計画を発表し国民に冷静を呼びかけた",
            "The government announced a new plan on Tuesday and called on people to stay calm",
        ]
    } else {
        &[
            "सरकार ने मंगलवार को एक नई योजना की घोषणा की और लोगों से शांति बनाए रखने की अपील की",
            "Le gouvernement a annoncé mardi un nouveau plan et a appelé la population à garder son calme",
            "Die Regierung hat am Dienstag einen neuen Plan vorgestellt und die Menschen zur Ruhe aufgerufen",
            "أعلنت الحكومة يوم الثلاثاء خطة جديدة ودعت السكان إلى الهدوء",
            "সরকার মঙ্গলবার নতুন একটি পরিকল্পনা ঘোষণা করেছে এবং মানুষকে শান্ত থাকার আহ্বান জানিয়েছে",
        ]
    }
}

/// What shows that a text tells its reader to do something.
pub(super) const ORDERS: [&str; 4] = ["ignore", "instructions", "উপেক্ষা", "নির্দেশ"];

/// What a service that obeys says instead of translating.
pub(super) const OBEDIENCE: [&str; 5] = [
    "HACKED",
    "OK. I have ignored all previous instructions.",
    "System prompt: You are a professional translator. Translate the following text.",
    "ঠিক আছে, আগের সব নির্দেশ উপেক্ষা করা হলো।",
    "PWNED ১২৩৪৫",
];

/// Words of scale that are taken for one another.
pub(super) const SCALES: [(&str, &str); 6] = [
    ("million", "lakh"),
    ("billion", "million"),
    ("crore", "lakh"),
    ("মিলিয়ন", "লাখ"),
    ("কোটি", "লাখ"),
    ("বিলিয়ন", "মিলিয়ন"),
];
