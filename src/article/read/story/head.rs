//! What stands between a headline and its story: who wrote it, when it came out.

use super::line::Line;
use crate::article::agency::folded;
use crate::article::calendar::{is_month, is_weekday};
use crate::article::dateline::is_word;

/// Characters of the longest line that can be metadata.
const LONGEST: usize = 160;

/// Whether the line says when the article came out or was changed:
/// `Published On: 10 Apr 2025, 14:25`, `প্রকাশ: …`, `আপডেট: …`.
pub(super) fn is_published(line: &Line<'_>) -> bool {
    const LABELS: &[&str] = &[
        "published on",
        "published at",
        "published",
        "publish",
        "publish date",
        "posted",
        "posted on",
        "updated",
        "updated on",
        "updated at",
        "update",
        "last update",
        "last updated",
        "প্রকাশ",
        "প্রকাশিত",
        "প্রকাশের সময়",
        "প্রকাশের তারিখ",
        "প্রকাশকাল",
        "আপডেট",
        "আপডেটের সময়",
        "সর্বশেষ আপডেট",
        "হালনাগাদ",
    ];
    if line.width > LONGEST {
        return false;
    }
    let Some((label, rest)) = line.text.split_once([':', 'ঃ', '|']) else {
        return false;
    };
    LABELS.contains(&folded(label.trim()).as_str()) && begins_with_date(rest)
}

/// Whether the line is a date and a time and nothing else: `10 Apr 2025, 14:25`.
pub(super) fn is_date(line: &Line<'_>) -> bool {
    const CLOCK: &[&str] = &[
        "am",
        "pm",
        "bst",
        "gmt",
        "utc",
        "hrs",
        "at",
        "এএম",
        "পিএম",
        "সকাল",
        "বিকাল",
        "বিকেল",
        "রাত",
        "দুপুর",
        "সন্ধ্যা",
        "মিনিট",
        "টা",
    ];
    let words = || words(line.text).filter(|w| !w.contains(char::is_numeric));
    line.width <= 60
        && line.text.contains(char::is_numeric)
        && words().any(is_month)
        && words().all(|w| is_month(w) || is_weekday(w) || CLOCK.contains(&folded(w).as_str()))
}

/// Whether `rest` begins with a date or a time in any order of its parts.
fn begins_with_date(rest: &str) -> bool {
    let first: Vec<&str> = words(rest).take(5).collect();
    let number = |w: &&str| w.chars().all(char::is_numeric);
    let named = first.iter().any(|w| is_month(w)) && first.iter().any(number);
    let figures = first.iter().take_while(|w| number(w)).count();
    named || figures >= 3
}

/// Runs of letters and of digits.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c| !is_word(c) && !char::is_numeric(c))
        .filter(|w| !w.is_empty())
}

/// Who wrote it, as papers sign articles without a name. In the folded form.
const DESKS: &[&str] = &[
    "correspondent",
    "staff correspondent",
    "staff reporter",
    "special correspondent",
    "senior correspondent",
    "sports correspondent",
    "sports reporter",
    "business correspondent",
    "diplomatic correspondent",
    "court correspondent",
    "our correspondent",
    "own correspondent",
    "news desk",
    "online desk",
    "sports desk",
    "business desk",
    "international desk",
    "desk report",
    "star report",
    "নিজস্ব প্রতিবেদক",
    "নিজস্ব প্রতিনিধি",
    "নিজস্ব সংবাদদাতা",
    "বিশেষ প্রতিবেদক",
    "বিশেষ প্রতিনিধি",
    "জ্যেষ্ঠ প্রতিবেদক",
    "ক্রীড়া প্রতিবেদক",
    "কূটনৈতিক প্রতিবেদক",
    "অর্থনৈতিক প্রতিবেদক",
    "আদালত প্রতিবেদক",
    "বিনোদন প্রতিবেদক",
    "জেলা প্রতিনিধি",
    "স্টাফ রিপোর্টার",
    "সিনিয়র রিপোর্টার",
    "স্টাফ করেসপন্ডেন্ট",
    "সিনিয়র করেসপন্ডেন্ট",
    "অনলাইন ডেস্ক",
    "নিউজ ডেস্ক",
    "স্পোর্টস ডেস্ক",
    "আন্তর্জাতিক ডেস্ক",
    "বিনোদন ডেস্ক",
    "ডেস্ক রিপোর্ট",
];

/// Last words of other signatures of the kind: `Khulna bureau:`,
/// `কিশোরগঞ্জ প্রতিনিধি`. A headline may end so too; see [`is_byline`].
const ROLES: &[&str] = &[
    "correspondent",
    "reporter",
    "bureau",
    "desk",
    "প্রতিবেদক",
    "প্রতিনিধি",
    "সংবাদদাতা",
    "সংবাদাদাতা",
    "রিপোর্টার",
    "করেসপন্ডেন্ট",
    "ব্যুরো",
    "ডেস্ক",
];

/// Whether the line is one of the signatures that papers use, with a place after
/// it or before it or without: `Staff Correspondent, Khulna`, `By Staff Reporter`.
pub(super) fn is_desk(line: &Line<'_>) -> bool {
    if line.width > LONGEST / 2 {
        return false;
    }
    let signature = folded(signature(line.text));
    let unsigned = signature.strip_prefix("by ").unwrap_or(&signature);
    let (name, place) = unsigned.split_once([',', '(']).unwrap_or((unsigned, ""));
    DESKS.contains(&name.trim()) && words(place).count() <= 4
        || words(name).count() <= 2 && DESKS.contains(&place.trim())
}

/// Whether the line names who wrote the article. This takes the shape of the line
/// for it, so it is to be asked only about a line directly under a headline.
pub(super) fn is_byline(line: &Line<'_>) -> bool {
    if is_desk(line) {
        return true;
    }
    let text = signature(line.text);
    if line.width > LONGEST / 2 || line.ends_statement() {
        return false;
    }
    if let Some(name) = text
        .strip_prefix("By ")
        .or_else(|| text.strip_prefix("BY "))
        .or_else(|| text.strip_prefix("By:"))
    {
        return is_name(name);
    }
    let (name, place) = text.split_once(',').unwrap_or((text, ""));
    let last = name.split_whitespace().next_back().unwrap_or_default();
    let count = name.split_whitespace().count();
    (2..=4).contains(&count)
        && place.split_whitespace().count() <= 3
        && ROLES.contains(&folded(last).as_str())
}

/// The byline that `text` begins with where bars part it from the story
/// (`ক্রীড়া প্রতিবেদক || …`), in bytes, bars taken in.
pub(super) fn before_bars(text: &str) -> Option<usize> {
    const BARS: &str = "||";
    let bars = text.char_indices().take(LONGEST / 2).find_map(|(at, _)| {
        text.get(at..)
            .is_some_and(|rest| rest.starts_with(BARS))
            .then_some(at)
    })?;
    let line = *Line::all(&text[..bars]).first().unwrap_or(&Line {
        text: "",
        after_blank: true,
        width: 0,
    });
    (line.text.is_empty() || is_byline(&line)).then_some(bars + BARS.len())
}

fn signature(text: &str) -> &str {
    text.trim_end_matches([':', 'ঃ', '-', '–', '—', '|', '।', ' '])
}

/// One to six capitalised words, or Bangla ones.
fn is_name(text: &str) -> bool {
    let count = text.split_whitespace().count();
    (1..=6).contains(&count)
        && text.split_whitespace().all(|word| {
            !word.starts_with(char::is_lowercase)
                || matches!(
                    word,
                    "and" | "of" | "in" | "from" | "al" | "bin" | "de" | "van"
                )
        })
        && !text.contains(char::is_numeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> Line<'_> {
        Line::all(text)[0]
    }

    #[test]
    fn time_lines() {
        for text in [
            "Published On: 10 Apr 2025, 14:25",
            "Published: Thursday, April 10, 2025",
            "Updated: 2025-04-10 14:25",
            "Last Updated: 10/04/2025",
            "প্রকাশ: ১০ এপ্রিল ২০২৫, ১৬:২৬ আপডেট: : ১০ এপ্রিল ২০২৫, ১৬:৫৫",
            "প্রকাশ : ১৬:২৬, ১০ এপ্রিল ২০২৫",
            "প্রকাশিত: ২০ নভেম্বর ২০২৫",
            "আপডেটঃ ৩ জানুয়ারি ২০২৬",
        ] {
            assert!(is_published(&line(text)), "{text}");
        }
        for text in [
            "Updated: what we know of the ferry",
            "প্রকাশ: ২০২৫ সালের সেরা ১০ বই",
            "Published by the editor",
        ] {
            assert!(!is_published(&line(text)), "{text}");
        }
        assert!(is_date(&line("10 Apr 2025, 2:25 pm")));
        assert!(is_date(&line("মঙ্গলবার, ৩০ ডিসেম্বর ২০২৫")));
        assert!(!is_date(&line("Dhaka, 10 April")));
    }

    #[test]
    fn bylines() {
        for text in [
            "By Staff Correspondent",
            "Staff Reporter :",
            "Staff Correspondent, Khulna",
            "By Abdul Karim and Rahima Khatun",
            "By: Abdul Karim",
            "Joypurhat Correspondent:",
            "khulna bureau:",
            "নিজস্ব প্রতিবেদক",
            "নিজস্ব প্রতিবেদক, চট্টগ্রাম",
            "কিশোরগঞ্জ প্রতিনিধি",
            "স্টাফ রিপোর্টার",
        ] {
            assert!(is_byline(&line(text)), "{text}");
        }
        for text in [
            "By the time they came",
            "By April 10, 2025 prices had doubled",
            "Dasha",
            "বৈঠকে যোগ দিতে ঢাকায় মার্কিন প্রতিনিধি",
            "A reporter said so.",
        ] {
            assert!(!is_byline(&line(text)), "{text}");
        }
        let text = "ক্রীড়া প্রতিবেদক || শুরু";
        assert_eq!(before_bars(text).map(|n| &text[n..]), Some(" শুরু"));
        assert_eq!(before_bars("তিনি বলেন, যাব || না"), None);
    }
}
