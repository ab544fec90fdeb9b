//! What a page carries beside its story (bangla-news.md §3). Each test asks for a
//! sure sign: what is in doubt is story.

use super::line::Line;
use crate::article::agency::{folded, is_agency, is_agency_line};

/// Characters of the longest line that is looked at.
const LONGEST: usize = 240;

/// Whether the line is a tab of a list of articles: `• Latest`, `• জনপ্রিয়`, and
/// whether a bullet says so.
pub(super) fn navigation(line: &Line<'_>) -> Option<Tab> {
    const TABS: &[&str] = &[
        "latest",
        "latest news",
        "most viewed",
        "most read",
        "most popular",
        "popular",
        "trending",
        "সর্বশেষ",
        "সর্বশেষ খবর",
        "সর্বশেষ সংবাদ",
        "জনপ্রিয়",
        "জনপ্রিয় খবর",
        "জনপ্রিয় সংবাদ",
        "সর্বাধিক পঠিত",
        "পাঠকপ্রিয়",
        "আলোচিত",
    ];
    const BULLETS: &[char] = &['•', '*', '-', '·', '▪', '●', '◦', '‣', '»', '|'];
    if line.width > 48 {
        return None;
    }
    let bulleted = line.text.starts_with(BULLETS);
    let text = folded(line.text);
    let mut tabs = text
        .split(['•', '|'])
        .map(|tab| tab.trim_matches(|c: char| c.is_whitespace() || BULLETS.contains(&c)))
        .filter(|tab| !tab.is_empty())
        .peekable();
    tabs.peek()?;
    tabs.all(|tab| TABS.contains(&tab.trim_end_matches(':')))
        .then_some(if bulleted { Tab::Bulleted } else { Tab::Bare })
}

/// How sure a tab is: without a bullet the word may be a heading of the story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tab {
    Bulleted,
    Bare,
}

/// Where the headlines stand that the line announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Related {
    /// `আরো পড়ুন:` alone; they follow.
    Follow,
    /// `Read more: Rain goes on`.
    SameLine,
}

/// Whether the line announces other articles.
pub(super) fn related(line: &Line<'_>) -> Option<Related> {
    const MARKERS: &[&str] = &[
        "আরো পড়ুন",
        "আরও পড়ুন",
        "আরো পড়ুন",
        "আরও দেখুন",
        "আরো দেখুন",
        "আরও খবর",
        "আরো খবর",
        "এ সংক্রান্ত আরও খবর",
        "সম্পর্কিত বিষয়",
        "সম্পর্কিত খবর",
        "সম্পর্কিত সংবাদ",
        "সংশ্লিষ্ট খবর",
        "read more",
        "read also",
        "also read",
        "see also",
        "read",
        "related",
        "related news",
        "related stories",
        "related articles",
        "related topics",
        "more on this story",
    ];
    if line.width > LONGEST {
        return None;
    }
    let (label, rest) = match line.text.find([':', 'ঃ', '–', '—']) {
        Some(at) => line.text.split_at(at),
        None => (line.text, ""),
    };
    let bare = folded(
        label.trim_matches(|c: char| c.is_whitespace() || matches!(c, '•' | '*' | '>' | '»')),
    );
    if !MARKERS.contains(&bare.as_str()) {
        return None;
    }
    let rest =
        rest.trim_matches(|c: char| c.is_whitespace() || matches!(c, ':' | 'ঃ' | '-' | '–' | '—'));
    match (rest.is_empty(), bare.as_str()) {
        // One word, or without a colon, is a heading as well.
        (_, "read" | "related") if !line.text.contains(':') => None,
        (true, _) => Some(Related::Follow),
        (false, "related") => None,
        (false, _) => Some(Related::SameLine),
    }
}

/// Whether the line says whose the text is, or who prints the paper.
pub(super) fn is_copyright(line: &Line<'_>) -> bool {
    const RESERVED: &[&str] = &["all rights reserved", "সর্বস্বত্ব", "স্বত্ব ©", "কপিরাইট ©"];
    if line.width > LONGEST {
        return line.text.starts_with("Published by ") && line.text.contains(" on behalf of ");
    }
    let text = folded(line.text);
    let whose = |rest: &str| {
        let rest = rest.trim_start_matches([' ', ':']);
        rest.starts_with(['©', '('])
            || rest.starts_with(char::is_numeric)
            || text.contains("all rights reserved")
    };
    text.starts_with('©')
        || text.strip_prefix("copyright").is_some_and(whose)
        || text
            .strip_prefix("(c)")
            .is_some_and(|rest| rest.trim_start().starts_with(char::is_numeric))
        || RESERVED.iter().any(|r| text.starts_with(r)) && !line.text.contains('।')
        || text.starts_with("published by ") && text.contains("on behalf of ")
}

/// Whether the line is a number of a page, in the digits of any script.
pub(super) fn is_page_number(line: &Line<'_>) -> bool {
    line.width <= 4 && line.text.chars().all(char::is_numeric)
}

/// Whether the line under a story signs it: an agency, or a desk's initials.
pub(super) fn is_sign_off(line: &Line<'_>) -> bool {
    is_agency_line(line.text.trim_start_matches(['-', '–', '—', ' ']))
        || is_desk_signature(line.text)
}

/// `ঢাকা/আলী/ইভা`, `বাসস/এমএন/১৬৪০`: a place or an agency, then who wrote and who
/// edited. In Latin script, where headings look the same, an agency comes first.
fn is_desk_signature(text: &str) -> bool {
    const PARTS: std::ops::RangeInclusive<usize> = 2..=5;
    if text.len() > LONGEST || text.ends_with(['.', '।', '?', '!', ':']) {
        return false;
    }
    let first = text.split('/').next().unwrap_or_default().trim();
    PARTS.contains(&text.split('/').count())
        && (is_agency(first) || first.starts_with(is_bengali))
        && text.split('/').all(|part| {
            let part = part.trim();
            !part.is_empty()
                && part.chars().count() <= 24
                && part.split_whitespace().count() <= 3
                && !part.contains(|c: char| c.is_ascii_punctuation() && c != '.' && c != '-')
        })
}

fn is_bengali(c: char) -> bool {
    ('\u{985}'..='\u{9e1}').contains(&c)
}

/// Where the story of a last paragraph ends that has its signature, and the label
/// of a list of topics, on the same line: `…হয়। ঢাকা/আলী সম্পর্কিত বিষয়:`.
///
/// The bytes at which the signature and the label begin; each is the length of
/// `text` where there is none.
pub(super) fn inline_tail(text: &str) -> (usize, usize) {
    const LABEL: &str = "সম্পর্কিত";
    const REACH: usize = LONGEST;
    let mut from = text.len().saturating_sub(REACH);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let label = text[from..]
        .rfind(LABEL)
        .map(|at| from + at)
        .filter(|_| text.ends_with([':', 'ঃ']))
        .filter(|&at| at > 0 && text[..at].ends_with(char::is_whitespace))
        .filter(|&at| Line::all(&text[at..]).first().and_then(related) == Some(Related::Follow))
        .unwrap_or(text.len());
    let story = text[..label].trim_end();
    let signature = story
        .get(from.min(story.len())..)
        .and_then(|reach| reach.rfind(['।', '?', '!', '.', '”', '’', '"']))
        .map(|at| from + at)
        .and_then(|at| {
            let after = &story[at + story[at..].chars().next()?.len_utf8()..];
            let signed = after.trim_start();
            (signed.len() < after.len() && signed.contains('/') && is_desk_signature(signed))
                .then(|| story.len() - signed.len())
        });
    (signature.unwrap_or(label), label)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> Line<'_> {
        Line::all(text)[0]
    }

    #[test]
    fn tabs_of_lists() {
        assert_eq!(navigation(&line("• Latest")), Some(Tab::Bulleted));
        assert_eq!(navigation(&line("• জনপ্রিয়")), Some(Tab::Bulleted));
        assert_eq!(navigation(&line("সর্বশেষ | জনপ্রিয়")), Some(Tab::Bare));
        assert_eq!(navigation(&line("• Latest figures show a rise")), None);
        assert_eq!(navigation(&line("•")), None);
    }

    #[test]
    fn labels_of_other_articles() {
        for (text, found) in [
            ("আরো পড়ুন:", Some(Related::Follow)),
            ("আরও পড়ুন", Some(Related::Follow)),
            ("আরও পড়ুনঃ", Some(Related::Follow)),
            ("Read more:", Some(Related::Follow)),
            ("Also read", Some(Related::Follow)),
            ("Read More: Rain goes on", Some(Related::SameLine)),
            ("সম্পর্কিত বিষয়:", Some(Related::Follow)),
            ("Read more of the judge's findings", None),
            ("Related", None),
            ("Read – and weep", None),
            ("আরও পড়ুন, তিনি বললেন।", None),
        ] {
            assert_eq!(related(&line(text)), found, "{text}");
        }
    }

    #[test]
    fn copyright_and_page_numbers() {
        for text in [
            "© ২০২৫ সর্বস্বত্ব সংরক্ষিত",
            "Copyright © 2025 Staff Desk. All rights reserved.",
            "Copyright 2025, the paper",
            "All rights reserved",
            "সর্বস্বত্ব স্বত্বাধিকার সংরক্ষিত",
            "Published by A. Karim on behalf of Karim Media Ltd",
        ] {
            assert!(is_copyright(&line(text)), "{text}");
        }
        for text in [
            "Copyright law must change, he said.",
            "সর্বস্বত্ব ত্যাগ করেন তিনি।",
            "“All rights reserved,” the sign read.",
        ] {
            assert!(!is_copyright(&line(text)), "{text}");
        }
        assert!(is_page_number(&line("১০")) && is_page_number(&line("7")));
        assert!(!is_page_number(&line("31,000")));
    }

    #[test]
    fn sign_offs() {
        for text in [
            "BSS",
            "- BSS",
            "বাসস",
            "ঢাকা/আলী/ইভা",
            "বাসস/এমএন/১৬৪০",
            "UNB/AFP",
        ] {
            assert!(is_sign_off(&line(text)), "{text}");
        }
        for text in [
            "Profit/loss",
            "তিনি ঢাকা/চট্টগ্রাম যান।",
            "BSS said",
            "https://a.b/c",
        ] {
            assert!(!is_sign_off(&line(text)), "{text}");
        }
    }

    #[test]
    fn a_tail_on_the_last_line_of_the_story() {
        let text = "কেউ মারা যাননি। ঢাকা/আলী/ইভা সম্পর্কিত বিষয়:";
        let (signature, label) = inline_tail(text);
        assert_eq!(&text[signature..label], "ঢাকা/আলী/ইভা ");
        assert_eq!(&text[label..], "সম্পর্কিত বিষয়:");
        for text in ["কেউ মারা যাননি।", "", "এটি তার সঙ্গে সম্পর্কিত বিষয়", "১/২ ভাগ। লাভ"]
        {
            assert_eq!(inline_tail(text).0, text.len(), "{text}");
        }
    }
}
