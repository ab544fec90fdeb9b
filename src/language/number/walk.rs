//! The walk over a text that finds its numbers, the same for every language.
//!
//! It goes from word to word; only a digit, a sign or a word that the lexicon
//! knows makes it stop and read on.

use rust_decimal::Decimal;

use super::cursor::{Cursor, is_digit, is_letter};
use super::figures::{self, run_end};
use super::lexicon::{Lexicon, Word};
use super::{Form, Found, Number, Unit};
use crate::text::Span;

/// The numbers of `text`, in order and disjoint, each as long as it goes.
pub(crate) fn numbers(text: &str, lexicon: &impl Lexicon) -> Vec<Found<Number>> {
    let cursor = Cursor { text, lexicon };
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = cursor.char(at) {
        let read = if is_digit(c) {
            cursor.at_digit(at)
        } else if is_letter(c) {
            let end = cursor.word_end(at);
            match cursor.at_word(at, end) {
                None => {
                    at = end;
                    continue;
                }
                read => read,
            }
        } else if matches!(c, '$' | '€' | '£' | '¥' | '₹' | '৳') {
            cursor.at_sign(at, at)
        } else if matches!(c, '-' | '−' | '+') {
            cursor.at_plus_or_minus(at, c)
        } else {
            None
        };
        match read {
            Some((start, end, value)) => {
                debug_assert!(start < end);
                found.push(Found {
                    span: Span::trusted(start, end),
                    value,
                });
                at = end;
            }
            None => at += c.len_utf8(),
        }
    }
    found
}

type Read = Option<(usize, usize, Number)>;

impl<L: Lexicon> Cursor<'_, L> {
    #[expect(clippy::unnecessary_wraps, reason = "all readers are alike")]
    fn at_digit(&self, at: usize) -> Read {
        if let Some(end) = self.verbatim_end(at) {
            return Some((at, end, verbatim(&self.text[at..end])));
        }
        if let Some((end, number)) = self.fraction(at) {
            return Some((at, end, number));
        }
        let Some((end, number)) = self.quantity(at, None) else {
            // More digits than any quantity has.
            let end = run_end(self.text, at);
            return Some((at, end, verbatim(&self.text[at..end])));
        };
        let is_bare = matches!(
            number.form,
            Form::Figures {
                decimals: 0,
                grouped: false
            } | Form::Range { .. }
                | Form::Score { .. }
        ) && number.unit == Unit::Plain;
        if is_bare && self.is_joined_to_name(at) {
            return Some((at, end, verbatim(&self.text[at..end])));
        }
        Some((at, end, number))
    }

    /// Whether a word and a hyphen stand directly before `at`: `Rangpur-4`.
    fn is_joined_to_name(&self, at: usize) -> bool {
        let Some(stem) = self.text[..at].strip_suffix(['-', '–', '‑']) else {
            return false;
        };
        let letters: usize = stem
            .chars()
            .rev()
            .take_while(|&c| is_letter(c))
            .map(char::len_utf8)
            .sum();
        let word = &stem[stem.len() - letters..];
        !word.is_empty() && !self.lexicon.is_prefix(word)
    }

    /// The end of digits that are a sign and no quantity: times, telephone
    /// numbers, versions, serials with letters, anything padded with zeros.
    fn verbatim_end(&self, at: usize) -> Option<usize> {
        let first = run_end(self.text, at);
        let mut end = first;
        let mut at_second = first;
        let (mut dashes, mut dots, mut others) = (0, 0, 0);
        let is_padded = |from: usize, to: usize| {
            figures::figure(&self.text[from..to], 0).is_some_and(|f| f.padded)
        };
        let mut padded = is_padded(at, first);
        while let Some(mark @ ('-' | '–' | '.' | ':' | '/')) = self.char(end) {
            let from = end + mark.len_utf8();
            let to = run_end(self.text, from);
            if to == from {
                break;
            }
            if end == first {
                at_second = from;
            }
            match mark {
                '-' | '–' => {
                    dashes += 1;
                    padded |= is_padded(from, to);
                }
                '.' => dots += 1,
                '/' if others == 0 && self.fraction(at).is_some() => {}
                _ => others += 1,
            }
            end = to;
        }
        if dashes == 1 && dots == 0 && others == 0 {
            // 2024-25 is no range and no score.
            let length = |part: &str| part.chars().filter(|&c| is_digit(c)).count();
            let (left, right) = (
                length(&self.text[at..first]),
                length(&self.text[first..end]),
            );
            let groups_follow = figures::figure(self.text, at_second).is_some_and(|f| f.grouped);
            padded |= left == 4 && right == 2 && !groups_follow;
        }
        if padded || others > 0 || dashes > 1 || (dots > 1 && dashes == 0) {
            return Some(self.letters_and_digits(end).unwrap_or(end));
        }
        let letters_end = self.word_end(end);
        let letters = &self.text[end..letters_end];
        if letters.is_empty() {
            return None;
        }
        match self
            .lexicon
            .suffix(&self.text[at..end], letters, &self.text[letters_end..])
        {
            None => self.letters_and_digits(end),
            Some(_) => None,
        }
    }

    /// The end of the letters and digits that go on at `at`, if any do.
    fn letters_and_digits(&self, at: usize) -> Option<usize> {
        let rest = &self.text[at..];
        let length = rest
            .find(|c: char| !c.is_ascii_alphanumeric())
            .unwrap_or(rest.len());
        (length > 0).then_some(at + length)
    }

    fn at_word(&self, at: usize, end: usize) -> Read {
        let next = self.char(end);
        if next == Some('$') {
            return self.at_sign(at, end);
        }
        let Some((word, taken)) = self.lexicon.word(&self.text[at..end]) else {
            return self.serial(at, end, next);
        };
        let closed = at + taken < end;
        match word {
            Word::CurrencyBefore(currency) if !closed => {
                let mut from = end;
                if self.char(from) == Some('.') {
                    from += 1;
                }
                from = self.gap(from).unwrap_or(from);
                if !self.char(from).is_some_and(is_digit) {
                    return None;
                }
                let (end, number) = self.quantity(from, Some(currency))?;
                Some((at, end, number))
            }
            Word::Minus if !closed => {
                let (end, number) = self.magnitude(self.gap(end)?)?;
                Some((at, end, negated(number)?))
            }
            Word::PercentBefore if !closed => {
                let from = self.gap(end)?;
                let (mut end, mut number) = self.quantity(from, None)?;
                if number.unit != Unit::Plain {
                    return None;
                }
                if let Some(length) = self.gap(end).and_then(|from| {
                    Some(from - end + self.lexicon.percent(&self.text[from..], true)?)
                }) {
                    end += length;
                }
                number.unit = Unit::Percent;
                number.loose = false;
                Some((at, end, number))
            }
            Word::AllOfIt => {
                let mut end = at + taken;
                if self.text[at..end].is_ascii() {
                    let from = self.gap(end)?;
                    end = from + self.lexicon.percent(&self.text[from..], false)?;
                }
                Some((
                    at,
                    end,
                    Number {
                        value: Decimal::ONE_HUNDRED,
                        form: Form::Spelled,
                        unit: Unit::Percent,
                        loose: false,
                    },
                ))
            }
            Word::Ordinal(place) => Some((
                at,
                at + taken,
                Number {
                    value: Decimal::from(place),
                    form: Form::Ordinal { spelled: true },
                    unit: Unit::Plain,
                    loose: place <= 12,
                },
            )),
            Word::Cardinal(_)
            | Word::Hundreds(_)
            | Word::Quarters(_)
            | Word::InQuarters(_)
            | Word::Half
            | Word::Article => {
                if let Some((end, number)) = self.spelled_fraction(at) {
                    return Some((at, end, number));
                }
                let (end, number) = self.quantity(at, None)?;
                Some((at, end, number))
            }
            _ => self.serial(at, end, next),
        }
    }

    /// What a minus may stand before: a quantity, with or without its currency.
    fn magnitude(&self, at: usize) -> Option<(usize, Number)> {
        let (_, end, number) = match self.char(at)? {
            c if is_digit(c) => self.quantity(at, None).map(|(end, n)| (at, end, n))?,
            c if is_letter(c) => self.at_word(at, self.word_end(at))?,
            _ => self.at_sign(at, at)?,
        };
        Some((end, number))
    }

    /// Latin letters with digits directly after them: `BPM6`.
    fn serial(&self, at: usize, end: usize, next: Option<char>) -> Read {
        if !next.is_some_and(is_digit) || !self.text[at..end].is_ascii() {
            return None;
        }
        // Words run into a figure by a lost space: `least7,294`.
        let is_lost_space =
            end - at > 3 && self.text[at..end].bytes().all(|b| b.is_ascii_lowercase());
        let figure = figures::figure(self.text, end);
        if is_lost_space || figure.is_some_and(|f| f.grouped || f.decimals > 0) {
            return None;
        }
        let end = self.letters_and_digits(end)?;
        Some((at, end, verbatim(&self.text[at..end])))
    }

    /// A currency sign at `sign`, with letters from `start` on before it.
    fn at_sign(&self, start: usize, sign: usize) -> Read {
        let after = sign + self.char(sign)?.len_utf8();
        let currency = self.lexicon.sign(&self.text[start..after])?;
        let from = self.gap(after).unwrap_or(after);
        if !self.char(from).is_some_and(is_digit) {
            return None;
        }
        let (end, number) = self.quantity(from, Some(currency))?;
        Some((start, end, number))
    }

    fn at_plus_or_minus(&self, at: usize, sign: char) -> Read {
        let from = at + sign.len_utf8();
        let is_money =
            sign != '+' && matches!(self.char(from), Some('$' | '€' | '£' | '¥' | '₹' | '৳'));
        if !is_money && !self.char(from).is_some_and(is_digit) {
            return None;
        }
        if sign == '+' {
            // A telephone number with its country.
            let rest = &self.text[from..];
            let length = rest
                .find(|c| !is_digit(c) && !matches!(c, ' ' | '-'))
                .unwrap_or(rest.len());
            let number = rest[..length].trim_end_matches([' ', '-']);
            let digits = number.chars().filter(|&c| is_digit(c)).count();
            let end = from + number.len();
            return (8..=15)
                .contains(&digits)
                .then(|| (at, end, verbatim(&self.text[at..end])));
        }
        // At the beginning of a line a dash is a bullet.
        let is_sign = |c: char| (c.is_whitespace() && c != '\n') || c == '(';
        let follows_figure = self.text[..at].trim_end().ends_with(is_digit);
        if !self.before(at).is_none_or(is_sign) || follows_figure {
            return None;
        }
        let (end, number) = self.magnitude(from)?;
        match number.form {
            Form::Figures { .. } | Form::Scaled { .. } => Some((at, end, negated(number)?)),
            _ => None,
        }
    }
}

fn verbatim(text: &str) -> Number {
    Number {
        value: Decimal::ZERO,
        form: Form::Verbatim {
            text: text.to_owned(),
        },
        unit: Unit::Plain,
        loose: false,
    }
}

fn negated(mut number: Number) -> Option<Number> {
    if !matches!(
        number.form,
        Form::Figures { .. } | Form::Scaled { .. } | Form::Spelled
    ) {
        return None;
    }
    number.value = -number.value;
    number.loose = false;
    Some(number)
}
