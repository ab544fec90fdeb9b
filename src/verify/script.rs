//! The target is written in its own script.

use super::{Exchange, Finding, Severity};
use crate::language::Language;
use crate::plan::HoleKind;

/// Longest run of words in the wrong script that passes without a finding:
/// brand names and acronyms stay Latin in Bangla copy.
const TOLERATED: usize = 2;

pub(super) fn check(exchange: &Exchange<'_>) -> Vec<Finding> {
    let wrong: fn(char) -> bool = match exchange.pair.target {
        Language::BANGLA => |c| c.is_ascii_alphabetic(),
        Language::ENGLISH => |c| ('\u{0980}'..='\u{09FF}').contains(&c),
        _ => return Vec::new(),
    };
    let verbatim = exchange
        .segment
        .fillings
        .iter()
        .filter(|f| matches!(f.kind, HoleKind::Address | HoleKind::Verbatim))
        .map(|f| f.target.as_str());
    let mut text = exchange.target.to_owned();
    for address in verbatim {
        text = text.replace(address, " ");
    }
    let words = text
        .split_whitespace()
        .filter(|word| word.chars().any(wrong))
        .count();
    if words <= TOLERATED {
        return Vec::new();
    }
    vec![Finding::new(
        "script",
        Severity::Warning,
        format!("{words} words are not in the script of the target language"),
    )]
}
