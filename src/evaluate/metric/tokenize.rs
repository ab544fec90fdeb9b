//! How BLEU takes a text apart: sacrebleu's `13a`, `none` and `char`.

use super::ngrams::is_space;

/// A tokenizer of sacrebleu.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Tokenizer {
    /// That of `mteval-v13a`, sacrebleu's default: ASCII punctuation stands apart,
    /// full stop and comma but not inside figures. The danda is no punctuation to it.
    #[default]
    V13a,
    /// White space alone.
    None,
    /// Every character a token.
    Char,
}

impl Tokenizer {
    /// Its name in a signature.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::V13a => "13a",
            Self::None => "none",
            Self::Char => "char",
        }
    }

    /// The tokenizer of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        [Self::V13a, Self::None, Self::Char]
            .into_iter()
            .find(|tokenizer| tokenizer.name() == name)
    }

    /// `text` with white space between its tokens.
    #[must_use]
    pub fn tokenize(self, text: &str) -> String {
        let text = text.trim_end_matches(is_space);
        match self {
            Self::V13a => v13a(text),
            Self::None => text.to_owned(),
            Self::Char => text.chars().flat_map(|c| [c, ' ']).collect(),
        }
    }
}

fn v13a(text: &str) -> String {
    let text = text
        .replace("<skipped>", "")
        .replace("-\n", "")
        .replace('\n', " ");
    // In this order, so that `&amp;lt;` becomes `<`, as sacrebleu has it.
    let text = if text.contains('&') {
        text.replace("&quot;", "\"")
            .replace("&amp;", "&")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
    } else {
        text
    };
    let mut line: Vec<char> = Vec::with_capacity(text.len() + 16);
    line.push(' ');
    for c in text.chars() {
        if stands_apart(c) {
            line.extend([' ', c, ' ']);
        } else {
            line.push(c);
        }
    }
    line.push(' ');
    let digit = |c: char| c.is_ascii_digit();
    let point = |c: char| c == '.' || c == ',';
    // Each rule goes over the whole line before the next one does, and what it
    // matched is not looked at again: the pairs of regular expressions.
    let line = pairs(&line, |a, b| !digit(a) && point(b), |a, b| [a, ' ', b, ' ']);
    let line = pairs(&line, |a, b| point(a) && !digit(b), |a, b| [' ', a, ' ', b]);
    let line = pairs(&line, |a, b| digit(a) && b == '-', |a, b| [a, ' ', b, ' ']);
    line.into_iter().collect()
}

/// ASCII punctuation but for the apostrophe, comma, hyphen and full stop.
fn stands_apart(c: char) -> bool {
    c.is_ascii_punctuation() && !matches!(c, '\'' | ',' | '-' | '.')
}

fn pairs(
    line: &[char],
    matches: impl Fn(char, char) -> bool,
    replacement: impl Fn(char, char) -> [char; 4],
) -> Vec<char> {
    let mut out = Vec::with_capacity(line.len() + 16);
    let mut at = 0;
    while let Some(&first) = line.get(at) {
        match line.get(at + 1) {
            Some(&second) if matches(first, second) => {
                out.extend(replacement(first, second));
                at += 2;
            }
            _ => {
                out.push(first);
                at += 1;
            }
        }
    }
    out
}
