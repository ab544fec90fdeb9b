//! The target is a translation, and nothing that a model says about it: no
//! introduction, refusal, note or instruction.

use super::{Exchange, Finding, Severity};

/// What models say, in lower case and with straight marks, and the words of the
/// source that would make it a translation after all.
const PHRASES: [(&str, &[&str]); 50] = [
    ("sure, here", &[]),
    ("sure! here", &[]),
    ("certainly!", &["অবশ্যই", "certainly", "নিশ্চয়ই"]),
    ("of course! here", &[]),
    ("here is the translat", TRANSLATION),
    ("here's the translat", TRANSLATION),
    ("here is the bangla", TRANSLATION),
    ("here is the bengali", TRANSLATION),
    ("here is the english", TRANSLATION),
    ("the translation is", TRANSLATION),
    ("translated text", TRANSLATION),
    ("translation:", TRANSLATION),
    ("as an ai", AI),
    ("ai language model", AI),
    ("large language model", AI),
    ("i'm sorry, but i can", SORRY),
    ("i'm sorry, i can", SORRY),
    ("i am sorry, but i can", SORRY),
    ("i apologize, but", SORRY),
    ("i cannot translate", TRANSLATION),
    ("i can't translate", TRANSLATION),
    ("unable to translate", TRANSLATION),
    ("can't assist with", ASSIST),
    ("cannot assist with", ASSIST),
    ("can't help with that", ASSIST),
    ("cannot help with", ASSIST),
    ("let me know if you", &["জানাবেন", "জানান", "let me know"]),
    ("note: i ", &[]),
    ("note: the ", &["দ্রষ্টব্য", "note:", "বি.দ্র", "নোট"]),
    ("i have ignored", &[]),
    ("ignored all previous", &[]),
    ("system prompt", &["system prompt", "সিস্টেম প্রম্পট"]),
    (
        "you are a professional",
        &["you are a", "আপনি একজন", "আপনারা"],
    ),
    ("translate the following", TRANSLATION),
    ("[inst]", &["[inst]"]),
    ("<|", &["<|"]),
    ("<think", &["<think"]),
    ("এখানে অনুবাদ", TRANSLATION),
    ("নিচে অনুবাদ", TRANSLATION),
    ("অনুবাদটি দেওয়া হলো", TRANSLATION),
    ("অনুবাদ:", TRANSLATION),
    ("অনুবাদ করতে পারি না", TRANSLATION),
    ("অনুবাদ করতে পারছি না", TRANSLATION),
    ("অনুবাদ করা সম্ভব নয়", TRANSLATION),
    ("অনুরোধে সাহায্য করতে পার", ASSIST),
    ("এআই ভাষা মডেল", AI),
    ("ভাষা মডেল হিসেবে", AI),
    ("নির্দেশ উপেক্ষা করা হলো", &[]),
    ("নির্দেশনা উপেক্ষা করা হলো", &[]),
    ("নির্দেশ উপেক্ষা করেছি", &[]),
];

const TRANSLATION: &[&str] = &["translat", "অনুবাদ", "অনূদিত", "ভাষান্তর", "তর্জমা"];
const AI: &[&str] = &[
    "ai ",
    "a.i.",
    "artificial intel",
    "language model",
    "এআই",
    "কৃত্রিম বুদ্ধি",
    "ভাষা মডেল",
    "ল্যাঙ্গুয়েজ মডেল",
];
const SORRY: &[&str] = &["sorry", "apolog", "regret", "দুঃখিত", "ক্ষমা", "মাফ"];
const ASSIST: &[&str] = &["assist", "help", "সাহায্য", "সহায়তা", "সহযোগিতা"];

pub(super) fn check(exchange: &Exchange<'_>) -> Vec<Finding> {
    let Some(phrase) = found(exchange.source, exchange.target) else {
        return Vec::new();
    };
    vec![Finding::new(
        "leaks",
        Severity::Error,
        format!("the translation says `{phrase}`, which is about the translation and not of it"),
    )]
}

/// The first phrase in `target` that a translation of `source` has no reason to say.
#[must_use]
pub(crate) fn found(source: &str, target: &str) -> Option<&'static str> {
    let plain = |text: &str| text.to_lowercase().replace(['’', '‘'], "'");
    let target = plain(target);
    let source = plain(source);
    PHRASES
        .iter()
        .find(|(phrase, excuses)| {
            target.contains(phrase)
                && !source.contains(phrase)
                && !excuses.iter().any(|excuse| source.contains(excuse))
        })
        .map(|(phrase, _)| *phrase)
}

#[cfg(test)]
mod tests {
    use super::found;

    #[test]
    fn what_is_said_about_a_translation_is_no_translation() {
        let table = [
            ("তিনি বলেন, না।", "Sure, here is the translation: No.", true),
            (
                "তিনি বলেন, না।",
                "I’m sorry, but I can’t assist with that.",
                true,
            ),
            (
                "“I’m sorry, but I can’t,” he said.",
                "‘দুঃখিত, পারছি না’, বলেন তিনি।",
                false,
            ),
            ("দুঃখিত, আমি পারি না।", "I'm sorry, but I can't.", false),
            (
                "The model is an AI language model.",
                "মডেলটি একটি এআই ভাষা মডেল।",
                false,
            ),
            ("He left.", "দুঃখিত, আমি এই লেখা অনুবাদ করতে পারছি না।", true),
            (
                "The book's translation: a story",
                "বইয়ের অনুবাদ: একটি গল্প",
                false,
            ),
        ];
        for (source, target, expected) in table {
            assert_eq!(found(source, target).is_some(), expected, "{target}");
        }
    }
}
