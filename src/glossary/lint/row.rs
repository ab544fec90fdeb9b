//! What can be said of a row by itself.

use jiff::civil::Date;

use super::super::boundary::is_word_char;
use super::super::entry::{CaseRule, Kind};
use super::super::fold::Folded;
use super::super::table::{Forms, Row, Untidy};
use super::{Finding, Severity, words};
use crate::language::{Language, Pair};

/// Adds what is wrong with `row` to `findings`.
pub(super) fn check(row: &Row, today: Date, findings: &mut Vec<Finding>) {
    let mut say = |severity, check, message, next_step| {
        findings.push(Finding::at(
            &row.origin,
            severity,
            check,
            message,
            next_step,
        ));
    };
    for untidy in &row.untidy {
        match untidy {
            Untidy::Space(cell) => say(
                Severity::Warning,
                "space",
                format!("`{cell}` has stray white space, which is ignored"),
                "remove it",
            ),
            Untidy::Spelling(cell) => say(
                Severity::Warning,
                "spelling",
                format!("`{cell}` is not in canonical form and is read as if it were"),
                "write it with whole letters (ড়, ঢ়, য়) and without stray joiners",
            ),
            Untidy::Formula(cell) => say(
                Severity::Warning,
                "formula",
                format!("`{cell}` is a formula to a spreadsheet"),
                "write an apostrophe before it, which is not read",
            ),
        }
    }
    if row.to.is_some_and(|to| to < today) {
        let message = "the entry has expired".to_owned();
        say(
            Severity::Warning,
            "expired",
            message,
            "remove it or change `to`",
        );
    }
    if row.from.is_some_and(|from| today < from) {
        let message = "the entry is not yet in force".to_owned();
        say(Severity::Note, "pending", message, "");
    }
    for forms in &row.forms {
        for form in std::iter::once(&forms.main).chain(&forms.variants) {
            if row.kind != Kind::DoNotTranslate
                && let Some(script) = foreign_script(form, forms.language)
            {
                say(
                    Severity::Warning,
                    "script",
                    format!(
                        "`{form}` has {script} letters in the `{}` column",
                        forms.language
                    ),
                    "put it in the right column, or make the row do-not-translate",
                );
            }
            // A form that is only ever written, never looked for, may be anything.
            if !is_sought(row, forms.language) {
                continue;
            }
            // An abbreviation is told by its mark: ড., মোঃ.
            if letters(form) < 2 && !form.ends_with(['.', 'ঃ']) {
                say(
                    Severity::Error,
                    "short",
                    format!("`{form}` is one letter and will be found where it is not meant"),
                    "remove it, or give it one direction",
                );
            } else if row.kind != Kind::Forbidden && is_ordinary(form, row, forms.language) {
                say(
                    Severity::Warning,
                    "word",
                    format!("`{form}` is also an ordinary word"),
                    "give the row the other direction only, or a longer form",
                );
            }
        }
        for repeated in repeats(forms) {
            say(
                Severity::Warning,
                "repeat",
                format!("`{repeated}` stands twice in the row"),
                "remove one",
            );
        }
    }
}

/// Whether the row makes the matcher look for its form in `language`.
fn is_sought(row: &Row, language: Language) -> bool {
    let is_side = |pair: Pair| match row.kind {
        Kind::Forbidden => pair.target == language,
        _ => pair.source == language,
    };
    row.direction.is_none_or(is_side)
}

/// The letters and digits of `form`, without the marks that hang on them.
fn letters(form: &str) -> usize {
    let is_base = |c: &char| {
        is_word_char(*c)
            && !unicode_normalization::char::is_combining_mark(*c)
            && !matches!(c, '\u{200c}' | '\u{200d}')
    };
    form.chars().filter(is_base).count()
}

/// The script of letters that have no place in a form of `language`.
fn foreign_script(form: &str, language: Language) -> Option<&'static str> {
    let has = |range: std::ops::RangeInclusive<char>| form.chars().any(|c| range.contains(&c));
    match language {
        Language::BANGLA if has('a'..='z') || has('A'..='Z') => Some("Latin"),
        Language::ENGLISH if has('\u{980}'..='\u{9ff}') => Some("Bangla"),
        _ => None,
    }
}

fn is_ordinary(form: &str, row: &Row, language: Language) -> bool {
    match language {
        Language::BANGLA => words::BANGLA.contains(&form),
        Language::ENGLISH => {
            let folded = Folded::new(form);
            // An exact form is safe where no sentence begins with it: WHO, not May.
            let begins_sentences = || {
                let mut letters = form.chars().skip(1);
                letters.all(|c| !c.is_uppercase())
            };
            words::ENGLISH.contains(&folded.lower())
                && row.kind != Kind::Term
                && (row.case == CaseRule::Any || begins_sentences())
                || row.kind == Kind::Term
                    && row.case == CaseRule::Any
                    && words::ENGLISH_NAMES.contains(&folded.lower())
        }
        _ => false,
    }
}

fn repeats(forms: &Forms) -> Vec<&str> {
    let mut seen = vec![forms.main.as_str()];
    let mut repeated = Vec::new();
    for variant in &forms.variants {
        if seen.contains(&variant.as_str()) {
            repeated.push(variant.as_str());
        } else {
            seen.push(variant);
        }
    }
    repeated
}
