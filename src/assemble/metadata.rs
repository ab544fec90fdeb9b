//! The lines around a story: agency, time of publication, byline, sign-off.
//!
//! They are forms, not sentences, and go to no provider.

use super::name::{self, Rendered};
use crate::article::BlockKind;
use crate::glossary::Glossary;
use crate::language::{Language, Pair, profile};
use crate::style::Style;
use crate::verify::{Finding, Severity};

/// What the lines of newspapers are headed with, English and Bangla.
const LABELS: [(&str, &str); 12] = [
    ("Published On", "প্রকাশ"),
    ("Published on", "প্রকাশ"),
    ("Published", "প্রকাশ"),
    ("Update", "আপডেট"),
    ("Updated On", "আপডেট"),
    ("Updated", "আপডেট"),
    ("Last updated", "সর্বশেষ আপডেট"),
    ("Staff Correspondent", "নিজস্ব প্রতিবেদক"),
    ("Staff Reporter", "নিজস্ব প্রতিবেদক"),
    ("Our Correspondent", "নিজস্ব প্রতিনিধি"),
    ("Diplomatic Correspondent", "কূটনৈতিক প্রতিবেদক"),
    ("Sports Reporter", "ক্রীড়া প্রতিবেদক"),
];
/// Bangla labels that are written in more than one way.
const ALIASES: [(&str, &str); 3] = [
    ("প্রকাশিত", "প্রকাশ"),
    ("স্টাফ রিপোর্টার", "নিজস্ব প্রতিবেদক"),
    ("সবশেষ আপডেট", "সর্বশেষ আপডেট"),
];

/// Writes a metadata line for the target.
#[must_use]
pub fn render(
    kind: BlockKind,
    text: &str,
    pair: Pair,
    glossary: &Glossary,
    style: &Style,
) -> (String, Vec<Finding>) {
    match kind {
        BlockKind::Published => (published(text, pair, style), Vec::new()),
        BlockKind::Byline => names(
            strip_by(text, pair.source),
            &[',', '|'],
            pair,
            glossary,
            name::render,
        ),
        BlockKind::Agency => names(text, &['/'], pair, glossary, name::agency),
        _ => names(text, &['/'], pair, glossary, name::render),
    }
}

/// `Published On: 10 Apr 2025, 14:25` and `প্রকাশ: ১০ এপ্রিল ২০২৫, ১৪:২৫`.
fn published(text: &str, pair: Pair, style: &Style) -> String {
    let source = profile(pair.source);
    let target = profile(pair.target);
    let mut out = String::new();
    let mut at = 0;
    let between = |out: &mut String, words: &str| {
        out.push_str(&style.digits_of(&labelled(words, pair), target));
    };
    for date in source.dates(text) {
        between(&mut out, &text[at..date.span.start()]);
        out.push_str(&style.moment(&date.value, date.span.slice(text), target));
        at = date.span.end();
    }
    between(&mut out, &text[at..]);
    out
}

/// Every label of `words` in the target language.
fn labelled(words: &str, pair: Pair) -> String {
    words
        .split_inclusive(':')
        .map(|part| {
            let core = part.trim().trim_end_matches(':').trim();
            match label(core, pair) {
                Some(label) => part.replacen(core, label, 1),
                None => part.to_owned(),
            }
        })
        .collect()
}

fn label(words: &str, pair: Pair) -> Option<&'static str> {
    let words = ALIASES
        .iter()
        .find(|(alias, _)| *alias == words)
        .map_or(words, |(_, label)| label);
    match pair {
        Pair::EN_BN => LABELS
            .iter()
            .find(|(en, _)| en.eq_ignore_ascii_case(words))
            .map(|(_, bn)| *bn),
        Pair::BN_EN => LABELS
            .iter()
            .find(|(_, bn)| *bn == words)
            .map(|(en, _)| *en),
        _ => None,
    }
}

fn strip_by(text: &str, language: Language) -> &str {
    if language != Language::ENGLISH {
        return text;
    }
    text.get(..3)
        .filter(|by| by.eq_ignore_ascii_case("by "))
        .map_or(text, |_| &text[3..])
}

/// A list of names, each by label or as `render` has it.
fn names(
    text: &str,
    separators: &[char],
    pair: Pair,
    glossary: &Glossary,
    render: fn(&Glossary, Pair, &str) -> Rendered,
) -> (String, Vec<Finding>) {
    let mut out = String::new();
    let mut findings = Vec::new();
    for part in text.split_inclusive(separators) {
        let core = part.trim_end_matches(separators).trim();
        if core.is_empty() || name::is_in(core, pair.target) {
            out.push_str(part);
            continue;
        }
        let rendered = if let Some(label) = label(core, pair) {
            label.to_owned()
        } else {
            let rendered = render(glossary, pair, core);
            if !rendered.known {
                findings.push(Finding::new(
                    "names",
                    Severity::Warning,
                    format!(
                        "`{core}` is in no glossary and was rendered `{}` by sound",
                        rendered.text
                    ),
                ));
            }
            rendered.text
        };
        out.push_str(&part.replacen(core, &rendered, 1));
    }
    if pair.target == Language::ENGLISH && strip_by(&out, Language::ENGLISH) == out {
        // English bylines say `By`; agency lines and sign-offs do not.
        if separators.contains(&',') {
            out.insert_str(0, "By ");
        }
    }
    (out, findings)
}
