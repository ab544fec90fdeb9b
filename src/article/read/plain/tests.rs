//! Whole pages: what their blocks are, and that no character is lost.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::*;
use crate::article::Boilerplate;
use crate::article::read::decode;
use crate::article::read::story::language_of;
use crate::article::read::story::line::is_space;
use crate::article::write::plain::plain;

fn letter(kind: BlockKind) -> char {
    match kind {
        BlockKind::Headline => 'H',
        BlockKind::Agency => 'A',
        BlockKind::Published => 'T',
        BlockKind::Byline => 'B',
        BlockKind::Dateline => 'D',
        BlockKind::Paragraph => 'P',
        BlockKind::Caption => 'C',
        BlockKind::SignOff => 'S',
        BlockKind::Boilerplate(Boilerplate::Navigation) => 'n',
        BlockKind::Boilerplate(Boilerplate::Related) => 'r',
        BlockKind::Boilerplate(Boilerplate::Copyright) => 'c',
        BlockKind::Boilerplate(Boilerplate::PageNumber) => 'p',
        BlockKind::Boilerplate(Boilerplate::Duplicate) => 'd',
    }
}

/// One letter a block, boilerplate in small letters.
fn kinds(blocks: &[Block]) -> String {
    blocks.iter().map(|b| letter(b.kind)).collect()
}

fn visible(text: &str) -> String {
    text.chars().filter(|&c| !is_space(c)).collect()
}

fn sources(blocks: &[Block]) -> String {
    blocks.iter().map(|b| visible(b.text.source())).collect()
}

fn text_files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|e| e == "txt"))
        .collect();
    files.sort();
    files
}

#[test]
fn pages_and_their_blocks() {
    // What the page shows, the kinds of its blocks, the page.
    for (name, expected, page) in [
        ("headline alone", "H", "Rain goes on"),
        ("statement alone", "P", "তিনি আজ ঢাকায় গেছেন।"),
        (
            "metadata above the headline",
            "ABHP",
            "BSS\nStaff Reporter\nRain goes on\n\nIt rained for three days and three nights in the north of the country.",
        ),
        (
            "no headline",
            "DPP",
            "ঢাকা, ১৭ আগস্ট, ২০২৫(বাসস): বৃষ্টি হয়েছে।\nআরও হবে বলে জানিয়েছে অধিদপ্তর।",
        ),
        (
            "dateline on its own line",
            "HDP",
            "বৃষ্টি চলবে\n\nবামাকো, ১৯ জুলাই, ২০১৯ (বাসস) : \nবৃষ্টি হয়েছে।",
        ),
        (
            "caption before the dateline",
            "HPDP",
            "Rain goes on\n\nA street in Sylhet. Photo: Collected\n\nSYLHET, Sept 24 - It rained.",
        ),
        (
            "headline repeated",
            "HdP",
            "Rain goes on in the north for the third day running\n\nRain goes on in the north for the third day running\n\nIt rained.",
        ),
        (
            "short refrain",
            "HPPP",
            "Rain goes on\n\n“No comment.”\n\nIt rained.\n\n“No comment.”",
        ),
        (
            "headline on two lines",
            "HTP",
            "Rain goes on in the north of the country for a\nthird day\n\nPublished: 10 Apr 2025\n\nIt rained.",
        ),
        (
            "byline behind bars, tail on the last line",
            "HBPSr",
            "বৃষ্টি চলবে\n\nক্রীড়া প্রতিবেদক || বৃষ্টি হয়েছে। ঢাকা/আলী/ইভা সম্পর্কিত বিষয়:",
        ),
        (
            "tabs above the story take no headlines with them",
            "nnHP",
            "• Latest\n• Most Viewed\nRain goes on\n\nIt rained for three days and three nights in the north of the country.",
        ),
        (
            "the list under the tabs ends at a paragraph",
            "HPnnP",
            "Rain goes on\n\nIt rained for three days and three nights in the north of the country.\n\n• Latest\nFerry sinks\nThe river rose by two metres in the night and carried off the only bridge.",
        ),
        (
            "a heading that is a tab's word",
            "HPPP",
            "Rain goes on\n\nIt rained for three days and three nights in the north of the country.\n\nসর্বশেষ\n\nIt stopped.",
        ),
        (
            "one headline behind a blank line, then a heading of the story",
            "HPrrPP",
            "Rain goes on\n\nIt rained.\n\nAlso read\n\nFerry sinks off Bhola\n\nWhat comes next\n\nMore rain, the office said.",
        ),
        (
            "related articles to the end",
            "HPrrrp",
            "Rain goes on\n\nIt rained.\n\nRelated:\n\nFerry sinks off Bhola\n\nTwo held in Cumilla\n\n7",
        ),
        (
            "an agency in the middle of the story",
            "HPPPS",
            "Rain goes on\n\nIt rained in the north.\n\nBSS\n\nIt rained, it said.\n\nBSS",
        ),
    ] {
        let blocks = read(page, None).unwrap();
        assert_eq!(kinds(&blocks), expected, "{name}");
        assert_eq!(sources(&blocks), visible(page), "{name}");
    }
}

#[test]
fn a_dateline_is_joined_to_its_sentence_by_the_gap_that_stood_there() {
    for (page, gap) in [
        (
            "DHAKA, Sept 24 (BSS)-It rained.",
            Joint::Inline(String::new()),
        ),
        (
            "DHAKA, Sept 24 (BSS) -  It rained.",
            Joint::Inline("  ".into()),
        ),
        ("DHAKA, Sept 24 (BSS) -\nIt rained.", Joint::Line),
    ] {
        let blocks = read(page, None).unwrap();
        assert_eq!(kinds(&blocks), "DP", "{page}");
        assert_eq!(blocks[1].joint, gap, "{page}");
        let again = plain(blocks.iter().map(|b| (b.joint.clone(), b.text.source())));
        assert_eq!(again.trim_end(), page);
    }
}

#[test]
fn the_language_of_a_block_is_that_of_its_script() {
    let hindi: Language = "hi".parse().unwrap();
    for (text, hint, language) in [
        ("ঢাকা", None, Language::BANGLA),
        ("ঢাকা", Some(hindi), Language::BANGLA),
        ("Dhaka", None, Language::ENGLISH),
        ("Dhaka", Some(Language::BANGLA), Language::ENGLISH),
        ("ढाका", Some(hindi), hindi),
        ("BSS জানায়, আজ", None, Language::BANGLA),
    ] {
        assert_eq!(language_of(text, hint), language, "{text}");
    }
}

#[test]
fn the_sample_articles() {
    const EXPECTED: &[(&str, &str)] = &[
        ("bn-ai-talks", "HATDPPPPPPPPPP"),
        ("bn-fake-notes", "HBTPPPPPPPPS"),
        ("bn-flood", "HATDPPPPPPPPPc"),
        ("bn-nomination", "HBTPPPPrrrPPPPPS"),
        ("bn-remittance", "HATDPPPPPPPPnnnnnnnp"),
        ("en-cholera", "HATDPPPPPPPPPPnnnnnnnnp"),
        ("en-football", "HBTPPPPPPPPPPPP"),
        ("en-grain", "HATDPPPPPdPPPPP"),
        ("en-novel", "HBTPPPPPPrrPPPPc"),
        // The fourth and fifth paragraphs are one: the line between them is full.
        ("en-reserves", "HDPPPPPPPPPS"),
    ];
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/articles");
    let files = text_files(&folder);
    if files.is_empty() {
        eprintln!("skipped: {} is not in this package", folder.display());
        return;
    }
    let mut found = Vec::new();
    for path in &files {
        let text = decode(std::fs::read(path).unwrap()).unwrap();
        let blocks = read(&text, None).unwrap();
        assert_eq!(sources(&blocks), visible(&text), "{}", path.display());
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        found.push((name, kinds(&blocks)));
    }
    let found: Vec<(&str, &str)> = found
        .iter()
        .map(|(n, k)| (n.as_str(), k.as_str()))
        .collect();
    assert_eq!(found, EXPECTED);
}

/// The folder of development data, which the repository does not hold.
fn shared() -> PathBuf {
    std::env::var_os("ANUBAD_SHARED").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        PathBuf::from,
    )
}

#[test]
fn real_articles_lose_no_character() {
    let folder = shared().join("data/articles");
    let files: Vec<PathBuf> = ["en", "bn"]
        .iter()
        .flat_map(|l| text_files(&folder.join(l)))
        .collect();
    if files.is_empty() {
        eprintln!("skipped: no articles in {}", folder.display());
        return;
    }
    for path in files {
        let text = decode(std::fs::read(&path).unwrap()).unwrap();
        let blocks = read(&text, None).unwrap();
        assert_eq!(sources(&blocks), visible(&text), "{}", path.display());
        let boilerplate = blocks
            .iter()
            .filter(|b| matches!(b.kind, BlockKind::Boilerplate(_)));
        let lost: usize = boilerplate.map(|b| b.text.source().len()).sum();
        // The worst is a front page that prints its summaries twice.
        assert!(
            3 * lost < text.len(),
            "{}: {lost} of {}",
            path.display(),
            text.len()
        );
    }
}

#[test]
fn size_costs_no_more_than_its_share() {
    const MANY: usize = 200_000;
    let mut wrapped = String::new();
    for i in 0..MANY / 10 {
        writeln!(
            wrapped,
            "line {i} of a text that was broken at some width and\ngoes on."
        )
        .unwrap();
    }
    let pages = [
        format!("Rain goes on{}It rained.", "\n".repeat(5 * MANY)),
        format!("Rain goes on\n\n{}", "a".repeat(10 * MANY)),
        format!("Rain goes on\n\n{}", "ক ".repeat(5 * MANY)),
        format!("Rain goes on\n\n{}", "\"".repeat(10 * MANY)),
        "Read more:\n\n".repeat(MANY / 10) + "Rain",
        "• Latest\nRain\n".repeat(MANY / 10) + "Rain goes on",
        "(".repeat(10 * MANY),
        "a\n".repeat(MANY),
        "DHAKA, Sept 24 (BSS) - It rained.\n".repeat(MANY / 10),
        wrapped,
    ];
    for page in pages {
        let start = Instant::now();
        let blocks = read(&page, None).unwrap();
        let taken = start.elapsed();
        let shown: String = page.chars().take(20).collect();
        assert_eq!(sources(&blocks), visible(&page), "{shown}");
        // Quadratic work takes hours here; an unoptimised build some tenths of a second.
        assert!(taken < Duration::from_secs(20), "{shown}: {taken:?}");
    }
}

/// Lines that mean something to a page, and lines that almost do.
fn a_line() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "BSS",
        "বাসস",
        "Published On: 10 Apr 2025, 14:25",
        "প্রকাশ: ১০ এপ্রিল ২০২৫",
        "By Staff Correspondent",
        "নিজস্ব প্রতিবেদক, রংপুর",
        "DHAKA, Sept 24, 2025 (BSS) - It rained in",
        "ঢাকা, ১০ এপ্রিল, ২০২৫ (বাসস) : বৃষ্টি হয়েছে।",
        "বামাকো, ১৯ জুলাই, ২০১৯ (বাসস) :",
        "  • Latest",
        "• জনপ্রিয়",
        "সর্বশেষ",
        "আরো পড়ুন:",
        "Read more: Ferry sinks",
        "Ferry sinks off Bhola with forty aboard",
        "© ২০২৫ সর্বস্বত্ব সংরক্ষিত",
        "ক্রীড়া প্রতিবেদক || বৃষ্টি। ঢাকা/আলী সম্পর্কিত বিষয়:",
        "the river rose by two metres in the night and women-",
        "led firms lost the bridge.",
        "The river rose by two metres in the night and carried off the only bridge.",
        "ঢাকা/আলী/ইভা",
        "১০",
        "",
        " \u{a0}\u{200b}",
    ]);
    prop_oneof![4 => known.prop_map(str::to_owned), 1 => r"[\PC\t\u{85}\u{2028}\u{c}]{0,60}"]
}

proptest! {
    #[test]
    fn no_character_is_lost_or_invented(
        lines in prop::collection::vec(a_line(), 0..16),
        end in prop::sample::select(vec!["\n", "\n\n", "\r\n", "\r"]),
    ) {
        let page = lines.join(end);
        let Ok(text) = decode(page.into_bytes()) else { return Ok(()); };
        match read(&text, None) {
            Ok(blocks) => {
                prop_assert_eq!(sources(&blocks), visible(&text));
                prop_assert!(blocks.iter().all(|b| !b.text.source().trim().is_empty()));
                let again = plain(blocks.iter().map(|b| (b.joint.clone(), b.text.source())));
                prop_assert_eq!(visible(&again), visible(&text));
            }
            Err(ReadError::OnlyBoilerplate { lines }) => prop_assert!(lines > 0),
            Err(ReadError::Blank | ReadError::Empty) => prop_assert!(visible(&text).is_empty()),
            Err(other) => prop_assert!(false, "{}", other),
        }
    }
}
