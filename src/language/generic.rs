//! Any language without a folder of its own: plain rules and Unicode's data.
//!
//! Sentences go by Unicode's rules, quotation marks and figures by CLDR (`table`),
//! dates are written in figures. No words are known, so that names take no endings
//! and only figures are numbers.

mod table;

use super::date::{self, DateStyle, Moment};
use super::number::figures::in_digits;
use super::number::lexicon::{Lexicon, Suffix, Word};
use super::number::{Digits, Form, Found, Number, NumberStyle, walk, write};
use super::sentences::{self, Mark, Site};
use super::{Ending, Language, Profile, Quotation, normalise};
use crate::text::{Edit, Normal, Span};
use table::Numerals;

/// The profile of a language that has no folder.
#[derive(Debug, Clone, Copy)]
pub struct Generic {
    language: Language,
    name: &'static str,
    quotation: Quotation,
    numerals: Numerals,
}

impl Generic {
    /// The profile of `language`; of one that the table lacks, one that has
    /// English marks, Western digits and the code `und`.
    #[must_use]
    pub fn of(language: Language) -> &'static Self {
        table::LANGUAGES
            .binary_search_by_key(&language, |generic| generic.language)
            .map_or(&table::OTHER, |at| &table::LANGUAGES[at])
    }

    /// The languages of the table, by code.
    pub fn known() -> impl Iterator<Item = Language> {
        table::LANGUAGES.iter().map(|generic| generic.language)
    }
}

impl Profile for Generic {
    fn language(&self) -> Language {
        self.language
    }

    fn name(&self) -> &'static str {
        self.name
    }

    fn repairs(&self, source: &str) -> Vec<Edit> {
        normalise::universal(source)
    }

    fn sentences(&self, text: &str, whole: &[Span<Normal>]) -> Vec<Span<Normal>> {
        sentences::split(&Plain, text, whole)
    }

    fn quotation(&self) -> Quotation {
        self.quotation
    }

    fn ending_after(&self, stem: &str, rest: &str) -> Option<(Ending, usize)> {
        let goes_on = rest.starts_with(char::is_alphanumeric) && !stem.ends_with(is_unspaced);
        (!stem.is_empty() && !goes_on).then(|| (Ending::default(), 0))
    }

    fn attach(&self, stem: &str, _ending: &Ending) -> String {
        stem.to_owned()
    }

    fn native_digits(&self, text: &str) -> String {
        in_digits(text, self.numerals.zero)
    }

    fn numbers(&self, text: &str) -> Vec<Found<Number>> {
        if self.numerals.decimal != ',' {
            return walk::numbers(text, &Figures);
        }
        // The walk knows the point as decimal mark; point and comma are one byte
        // each, so that every span stays where it is.
        let swapped: String = text.chars().map(point_for_comma).collect();
        let mut found = walk::numbers(&swapped, &Figures);
        for one in &mut found {
            if let Form::Verbatim { text: sign } = &mut one.value.form {
                one.span.slice(text).clone_into(sign);
            }
        }
        found
    }

    fn write_number(&self, number: &Number, style: &NumberStyle) -> String {
        let plain = write::plain(number, self.numerals.grouping);
        let native = style.digits == Digits::Native;
        // Separators go with digits: a Persian text with Western digits has Western ones.
        let separated = if matches!(number.form, Form::Verbatim { .. })
            || !(native || self.numerals.zero == '0')
        {
            plain
        } else {
            plain
                .chars()
                .map(|c| match c {
                    '.' => self.numerals.decimal,
                    ',' => self.numerals.group,
                    c => c,
                })
                .collect()
        };
        self.digits(separated, style.digits)
    }

    fn dates(&self, _text: &str) -> Vec<Found<Moment>> {
        Vec::new()
    }

    fn write_moment(&self, moment: &Moment, style: &DateStyle) -> String {
        self.digits(date::plain(moment), style.digits)
    }
}

impl Generic {
    fn digits(&self, text: String, digits: Digits) -> String {
        match digits {
            Digits::Native => self.native_digits(&text),
            Digits::Latin => text,
        }
    }
}

fn point_for_comma(c: char) -> char {
    match c {
        '.' => ',',
        ',' => '.',
        c => c,
    }
}

/// No number words: figures, signs and nothing else.
struct Figures;

impl Lexicon for Figures {
    fn word(&self, _word: &str) -> Option<(Word, usize)> {
        None
    }

    fn suffix(&self, _figure: &str, letters: &str, _rest: &str) -> Option<Suffix> {
        (!letters.is_ascii()).then_some(Suffix::Apart)
    }

    fn percent(&self, rest: &str, _announced: bool) -> Option<usize> {
        rest.chars()
            .next()
            .filter(|c| matches!(c, '%' | '٪'))
            .map(char::len_utf8)
    }

    fn rest_after_scale(&self) -> bool {
        false
    }

    fn is_prefix(&self, _word: &str) -> bool {
        false
    }
}

/// Sentences without any list of words: what Unicode's rules (UAX #29) say of
/// terminators, closing marks and small letters, and of full stops a little more
/// doubt. ICU4X, which implements those rules, knows no abbreviation either.
struct Plain;

impl sentences::Rules for Plain {
    fn ends(&self, site: &Site<'_>) -> bool {
        if site.glued() {
            return site.mark == Mark::Full && site.opened().starts_with(char::is_alphabetic)
                || site.mark == Mark::Call && site.terminators().ends_with(['！', '？', '؟']);
        }
        if site.bracketed_alone() || site.opened().starts_with(char::is_lowercase) {
            return false;
        }
        match site.mark {
            Mark::Full | Mark::Call => true,
            Mark::Ellipsis => !site.detached(),
            Mark::Stop => {
                let token = site.token();
                // Initials, short titles and ordinals: `J. Verne`, `Dr. Noll`,
                // `z. B. Wien`, `5. Mai`.
                let short = match token.chars().count() {
                    0 | 1 => true,
                    2 => token.starts_with(|c: char| c.is_uppercase() || c.is_numeric()),
                    _ => token.contains('.'),
                };
                site.quote_closed || site.bracket_closed || !short
            }
        }
    }
}

/// Letters of scripts that part no words: Thai, Lao, Khmer, Burmese, kana, Han.
fn is_unspaced(char: char) -> bool {
    matches!(char,
        '\u{E00}'..='\u{EFF}'
        | '\u{1000}'..='\u{109F}'
        | '\u{1780}'..='\u{17FF}'
        | '\u{3040}'..='\u{30FF}'
        | '\u{3400}'..='\u{9FFF}'
        | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests;
