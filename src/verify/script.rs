//! The target is written in its own script.

use super::{Exchange, Finding, Severity};
use crate::language::Language;
use crate::plan::HoleKind;
use crate::text::is_letter;

/// Longest run of words in Latin letters that passes in Bangla copy: brand names
/// and acronyms stay Latin.
const TOLERATED: usize = 2;

pub(super) fn check(exchange: &Exchange<'_>) -> Vec<Finding> {
    let target = exchange.pair.target;
    if target != Language::BANGLA && target != Language::ENGLISH {
        return Vec::new();
    }
    let mut text = exchange.target.to_owned();
    for filling in &exchange.segment.fillings {
        // A space of the same kind of nothing: the text is looked at, not published.
        if matches!(filling.kind, HoleKind::Address | HoleKind::Verbatim) {
            text = text.replace(&filling.target, " ");
        }
    }
    let is_made_up = made_up(exchange);
    let (mut all, mut latin, mut plain, mut other, mut invented) = (0, 0, 0, 0, 0);
    for word in text.split_whitespace() {
        let scripts = Scripts::of(word);
        all += usize::from(scripts.any());
        latin += usize::from(scripts.latin);
        plain += usize::from(scripts.latin && is_plain(word));
        invented += usize::from(scripts.latin && is_made_up(word));
        other += usize::from(scripts.other || (scripts.bengali && target == Language::ENGLISH));
    }
    let wrong = if target == Language::BANGLA {
        // The words that Bangla copy leaves in Latin are names: they have capitals.
        let latin = if plain > 0 || latin > TOLERATED || 2 * latin > all {
            latin
        } else {
            invented
        };
        latin + other
    } else {
        other
    };
    if wrong == 0 {
        return Vec::new();
    }
    let words = if wrong == 1 { "word is" } else { "words are" };
    vec![Finding::new(
        "script",
        Severity::Warning,
        format!("{wrong} {words} not in the script of the target language"),
    )]
}

/// Tells of a Latin word whether it stands neither in a source in Latin letters nor in
/// what its holes are filled with: whoever translated has made it up.
fn made_up(exchange: &Exchange<'_>) -> impl Fn(&str) -> bool {
    let is_told = exchange.pair.source == Language::ENGLISH;
    let mut known = exchange.source.to_lowercase();
    for filling in &exchange.segment.fillings {
        known.push(' ');
        known.push_str(&filling.target.to_lowercase());
    }
    move |word| {
        let mut parts = word.split(|c: char| !c.is_ascii_alphabetic());
        let is_new = |part: &str| part.len() > 1 && !known.contains(&part.to_lowercase());
        is_told && parts.any(is_new)
    }
}

/// Whether a Latin word has no capital and no digit, and is long enough to be one.
fn is_plain(word: &str) -> bool {
    let letters = word.trim_matches(|c: char| !c.is_alphanumeric());
    letters.len() >= 3 && letters.bytes().all(|b| b.is_ascii_lowercase())
}

/// The scripts that the letters of a word belong to.
#[derive(Debug, Clone, Copy, Default)]
struct Scripts {
    latin: bool,
    bengali: bool,
    other: bool,
}

impl Scripts {
    fn of(word: &str) -> Self {
        let mut scripts = Self::default();
        for c in word.chars() {
            match c {
                // Assamese letters, which Bangla has not.
                '\u{09F0}' | '\u{09F1}' => scripts.other = true,
                '\u{0980}'..='\u{09FF}' => scripts.bengali |= is_letter(c),
                'a'..='z' | 'A'..='Z' | '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' => {
                    scripts.latin |= c.is_alphabetic();
                }
                // Units and formulas: µ, Ω, π.
                '\u{370}'..='\u{3FF}' | '\u{B5}' | '\u{AA}' | '\u{BA}' => {}
                c if c.is_alphabetic() => scripts.other = true,
                _ => {}
            }
        }
        scripts
    }

    fn any(self) -> bool {
        self.latin || self.bengali || self.other
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::glossary::Glossary;
    use crate::language::Pair;
    use crate::plan::Segment;

    #[test]
    fn letters_of_the_other_script_are_told_where_nobody_wrote_them() {
        let glossary = Glossary::empty();
        let segment = Segment {
            pieces: Vec::new(),
            fillings: Vec::new(),
            hints: Vec::new(),
        };
        for (source, target, is_told) in [
            ("He read the AI report.", "তিনি AI প্রতিবেদন পড়েন।", false),
            ("He sent an e-mail.", "তিনি e-mail পাঠান।", false),
            ("One doesn’t begin that.", "একটি AI কোরিয়া শুরু করে।", true),
            ("He said so.", "তিনি said বলেন।", true),
            ("He said so.", "তিনি তাই বলেন।", false),
        ] {
            let found = check(&Exchange {
                pair: Pair::EN_BN,
                source,
                target,
                segment: &segment,
                glossary: &glossary,
            });
            assert_eq!(!found.is_empty(), is_told, "{target}");
        }
    }
}
