//! What a newsroom asks of a translation, counted: names, terms, values, quotations.
//!
//! Each count has a denominator, and each is defined in `docs/evaluation.md`. They
//! compare an output with its *source* and the glossary, never with the reference;
//! the reference can be counted the same way, to see what people do.

#[cfg(test)]
mod tests;
mod values;

use std::collections::BTreeMap;
use std::ops::{AddAssign, Range};

use serde::Serialize;

use crate::glossary::{Entry, Glossary};
use crate::language::{Pair, profile};
use crate::mark::{self, Mark, MarkKind, quote};
use crate::text::{Normal, Span, Text};

/// So many of so many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Share {
    /// Those that are as they should be.
    pub good: usize,
    /// All of them.
    pub of: usize,
}

impl Share {
    /// One that is counted.
    #[must_use]
    pub fn one(good: bool) -> Self {
        Self {
            good: usize::from(good),
            of: 1,
        }
    }

    /// The share in percent; `None` where there is nothing to count.
    #[must_use]
    pub fn percent(self) -> Option<f64> {
        (self.of > 0).then(|| 100.0 * self.good as f64 / self.of as f64)
    }

    fn all_good(self) -> bool {
        self.good == self.of
    }
}

impl AddAssign for Share {
    fn add_assign(&mut self, other: Self) {
        self.good += other.good;
        self.of += other.of;
    }
}

/// What was found in one output.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Judgement {
    /// Names of the glossary in the source, and those of them that are rendered.
    pub names: Share,
    /// Terms of the glossary likewise: everything in it that is no name.
    pub terms: Share,
    /// Numbers, dates and times of the source that the output has with equal value.
    pub values: Share,
    /// Whether the quotation marks of the source are there; nothing to count where it
    /// has none.
    pub quotes: Share,
    /// Whether the source was left as it is, or nothing was written.
    pub untranslated: bool,
    /// Characters (Unicode scalar values) of the output.
    pub characters: usize,
    /// What is missing, for a person: the source's word or value.
    pub missing: Vec<String>,
    /// How each name was rendered, by what the glossary calls it.
    #[serde(skip)]
    renderings: BTreeMap<String, Vec<String>>,
}

impl Judgement {
    /// Whether no name, value or quotation is wrong; terms are preferences.
    #[must_use]
    pub fn is_right(&self) -> bool {
        self.names.all_good() && self.values.all_good() && self.quotes.all_good()
    }

    /// Whether the source has a name, a value or a quotation.
    #[must_use]
    pub fn is_delicate(&self) -> bool {
        self.names.of + self.values.of + self.quotes.of > 0
    }
}

/// Judges one output.
#[must_use]
pub fn judge(pair: Pair, glossary: &Glossary, source: &str, output: &str) -> Judgement {
    let canonical = |text: &str, language| {
        let edits = profile(language).repairs(text);
        Text::repaired(text, edits).normal().to_owned()
    };
    let source = canonical(source, pair.source);
    let output = canonical(output, pair.target);
    let mut judgement = Judgement {
        untranslated: is_untranslated(&source, &output),
        characters: output.chars().count(),
        ..Judgement::default()
    };
    let kept = entries(pair, glossary, &source, &output, &mut judgement);
    let (found, missing) = values::compare(pair, &source, &output, &kept);
    judgement.values = found;
    judgement.missing.extend(missing);
    let marks = quote::scan(&source).len();
    if marks > 0 {
        let kept = quote::scan(&output).len() == marks && is_no_less_balanced(&source, &output);
        judgement.quotes = Share::one(kept);
        if !kept {
            judgement.missing.push(format!("{marks} quotation marks"));
        }
    }
    judgement
}

/// What the glossary has of the source, entry by entry. An entry that stands twice in
/// the source is wanted twice. Gives where those stand in the source that are rendered
/// each time.
fn entries(
    pair: Pair,
    glossary: &Glossary,
    source: &str,
    output: &str,
    judgement: &mut Judgement,
) -> Vec<Span<Normal>> {
    let marks = mark::find(source, pair, glossary);
    let mut wanted: Vec<(&Entry, usize)> = Vec::new();
    let mut kept = Vec::new();
    for mark in &marks {
        let MarkKind::Glossary(entry) = mark.kind else {
            continue;
        };
        match wanted.iter_mut().find(|(e, _)| std::ptr::eq(*e, entry)) {
            Some((_, times)) => *times += 1,
            None => wanted.push((entry, 1)),
        }
    }
    for (entry, times) in wanted {
        let found = glossary.fulfilled(entry, pair, output);
        let share = Share {
            good: found.len().min(times),
            of: times,
        };
        if share.good < times {
            judgement.missing.push(entry.source.clone());
        } else {
            let is_it =
                |m: &&Mark<'_>| matches!(m.kind, MarkKind::Glossary(e) if std::ptr::eq(e, entry));
            kept.extend(marks.iter().filter(is_it).map(|m| m.span));
        }
        if !entry.kind.is_name() {
            judgement.terms += share;
            continue;
        }
        judgement.names += share;
        let forms = found.iter().map(|span| span.slice(output).to_owned());
        let renderings = judgement.renderings.entry(entry.source.clone());
        renderings.or_default().extend(forms);
    }
    kept
}

/// Whether an output leaves marks without a partner only where the source does.
fn is_no_less_balanced(source: &str, output: &str) -> bool {
    let unpaired = |text: &str| quote::pair(text, &[], false).unpaired.len();
    unpaired(output) <= unpaired(source)
}

/// Fewest words of the source that tell something.
const FEWEST_WORDS: usize = 3;

/// Whether nothing was written, or most of the source's words stand in the output.
fn is_untranslated(source: &str, output: &str) -> bool {
    if !output.chars().any(char::is_alphanumeric) {
        return source.chars().any(char::is_alphanumeric);
    }
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !(c.is_alphanumeric() || is_mark(c)))
            .filter(|word| word.chars().any(char::is_alphabetic))
            .map(str::to_lowercase)
            .collect()
    };
    let (source, output) = (words(source), words(output));
    let same = source.iter().filter(|word| output.contains(word)).count();
    source.len() >= FEWEST_WORDS && 2 * same > source.len()
}

/// The vowel signs and joiners of Bangla, which are no letters to Unicode.
fn is_mark(c: char) -> bool {
    ('\u{0981}'..='\u{09FF}').contains(&c) || matches!(c, '\u{200C}' | '\u{200D}')
}

/// What a system did over a whole set.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Counts {
    /// Names of the glossary.
    pub names: Share,
    /// Terms of the glossary.
    pub terms: Share,
    /// Numbers, dates and times.
    pub values: Share,
    /// Sentences with quotation marks.
    pub quotes: Share,
    /// Names that stand more than once in a document: rendered alike throughout.
    pub consistency: Share,
    /// Sentences with a name, value or quotation: all of it right, or flagged.
    pub right_or_flagged: Share,
    /// Sentences that were translated at all.
    pub translated: Share,
    /// Sentences that need no editor's eye; nothing to count where nobody looked.
    pub unflagged: Share,
    /// Characters of the outputs for each character of the references.
    pub length_ratio: f64,
}

/// Sums judgements. `review` tells which sentences are marked for an editor, where the
/// system marks any; `documents` are counted for consistency.
#[must_use]
pub fn count(
    judgements: &[Judgement],
    references: &[&str],
    review: &[Option<bool>],
    documents: &[Range<usize>],
) -> Counts {
    let mut counts = Counts::default();
    let mut characters = 0;
    for (i, judgement) in judgements.iter().enumerate() {
        counts.names += judgement.names;
        counts.terms += judgement.terms;
        counts.values += judgement.values;
        counts.quotes += judgement.quotes;
        counts.translated += Share::one(!judgement.untranslated);
        characters += judgement.characters;
        let flagged = review.get(i).copied().flatten();
        if let Some(flagged) = flagged {
            counts.unflagged += Share::one(!flagged);
        }
        if judgement.is_delicate() {
            counts.right_or_flagged += Share::one(judgement.is_right() || flagged == Some(true));
        }
    }
    let wanted: usize = references.iter().map(|r| r.chars().count()).sum();
    counts.length_ratio = characters as f64 / wanted.max(1) as f64;
    for document in documents {
        let mut forms: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for judgement in judgements.get(document.clone()).unwrap_or_default() {
            for (name, renderings) in &judgement.renderings {
                let all = forms.entry(name).or_default();
                all.extend(renderings.iter().map(String::as_str));
            }
        }
        for renderings in forms.values().filter(|all| all.len() > 1) {
            counts.consistency += Share::one(renderings.windows(2).all(|two| two[0] == two[1]));
        }
    }
    counts
}
