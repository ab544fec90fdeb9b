//! A whole quantity: an amount, a range or a fraction, with its unit.

use rust_decimal::Decimal;

use super::amount::{Amount, amount};
use super::cursor::{Cursor, is_letter};
use super::figures::{self, run_end};
use super::lexicon::{Lexicon, Word};
use super::{Currency, Form, Number, Unit};

impl<L: Lexicon> Cursor<'_, L> {
    /// `3/4`, alone.
    pub(super) fn fraction(&self, at: usize) -> Option<(usize, Number)> {
        let slash = run_end(self.text, at);
        let from = self.text[slash..].strip_prefix('/').map(|_| slash + 1)?;
        let end = run_end(self.text, from);
        let is_apart = |c: Option<char>| c.is_none_or(|c| !is_letter(c) && c != '/');
        if !is_apart(self.char(end)) || !is_apart(self.before(at)) {
            return None;
        }
        let part = |from: usize, to: usize| -> Option<u32> {
            let figure = figures::figure(&self.text[from..to], 0)?;
            let value = u32::try_from(figure.value.mantissa()).ok()?;
            (!figure.padded && value > 0).then_some(value)
        };
        let (numerator, denominator) = (part(at, slash)?, part(from, end)?);
        if numerator >= denominator || denominator > 100 {
            return None;
        }
        Some((end, fraction(numerator, denominator, false)?))
    }

    /// `two-thirds`, `half`: parts of a whole in words.
    pub(super) fn spelled_fraction(&self, at: usize) -> Option<(usize, Number)> {
        let (word, end, closed) = self.word(at)?;
        match word {
            Word::Cardinal(numerator) if !closed => {
                let (denominator, end) = match self.next_word(end)? {
                    (Word::Parts(parts), end, _) => (parts, end),
                    // One-third.
                    (Word::Ordinal(parts @ 3..=10), end, _) if numerator == 1 => (parts, end),
                    _ => return None,
                };
                let mut number = fraction(numerator, denominator, true)?;
                number.loose = denominator == 4;
                Some((end, number))
            }
            Word::Half => {
                if !closed && self.quantity(at, None).is_some() {
                    return None;
                }
                let mut number = fraction(1, 2, true)?;
                number.loose = true;
                Some((end, number))
            }
            _ => None,
        }
    }

    /// A quantity at `at`, where a digit or a counting word stands, with its
    /// unit.
    pub(super) fn quantity(&self, at: usize, money: Option<Currency>) -> Option<(usize, Number)> {
        if let Some(range) = self.range(at, money) {
            return Some(range);
        }
        let mut read = amount(self, at, money.is_some())?;
        let (unit, end) = match money {
            Some(currency) => (Unit::Money(currency), read.end),
            None if read.closed => (Unit::Plain, read.end),
            None => self.unit(read.end),
        };
        read.end = end;
        if let Unit::Money(currency) = unit
            && let Some((end, value)) = self.with_hundredths(end, read.value, currency)
        {
            let number = Number {
                value,
                form: Form::Figures {
                    decimals: 2,
                    grouped: value >= Decimal::ONE_THOUSAND,
                },
                unit,
                loose: false,
            };
            return Some((end, number));
        }
        let form = read.form();
        let is_word = form == Form::Spelled && unit == Unit::Plain;
        let is_name = || u32::try_from(read.value).is_ok_and(|value| self.lexicon.is_name(value));
        Some((
            end,
            Number {
                value: read.value,
                loose: is_word && (read.value <= Decimal::TEN || is_name()),
                form,
                unit,
            },
        ))
    }

    /// The paisa or cents after whole money that ends at `end`: ১২২ টাকা ৫০ পয়সা, `Tk 122
    /// and 50 paisa` are one amount.
    fn with_hundredths(
        &self,
        end: usize,
        whole: Decimal,
        currency: Currency,
    ) -> Option<(usize, Decimal)> {
        let mut from = self.gap(end).filter(|_| whole.is_integer())?;
        if let Some((Word::And, end, false)) = self.word(from) {
            from = self.gap(end)?;
        }
        let hundredths = figures::figure(self.text, from)
            .filter(|figure| figure.decimals == 0 && figure.value < Decimal::ONE_HUNDRED)?;
        match self.next_word(hundredths.end)? {
            (Word::HundredthAfter(general), end, _) if currency.shares_hundredth(general) => {
                let part = hundredths.value.checked_mul(Decimal::new(1, 2))?;
                Some((end, whole.checked_add(part)?))
            }
            _ => None,
        }
    }

    /// Two figures with a dash between, and what both count.
    fn range(&self, at: usize, money: Option<Currency>) -> Option<(usize, Number)> {
        let low = figures::figure(self.text, at)?;
        let dash = self.char(low.end).filter(|c| matches!(c, '-' | '–'))?;
        let mut from = low.end + dash.len_utf8();
        if let (Some(_), Some(sign @ ('$' | '€' | '£'))) = (money, self.char(from)) {
            from += sign.len_utf8();
        }
        let high = figures::figure(self.text, from)?;
        if low.padded || high.padded {
            return None;
        }
        let after = amount(self, from, money.is_some())?;
        let scale = match after {
            Amount {
                scale,
                compound: false,
                ..
            } => scale,
            Amount { .. } => return None,
        };
        let (unit, end) = match money {
            Some(currency) => (Unit::Money(currency), after.end),
            None if after.closed => (Unit::Plain, after.end),
            None => self.unit(after.end),
        };
        let times = |value: Decimal| match scale {
            Some(scale) => value.checked_mul(scale.value()),
            None => Some(value),
        };
        let (value, to) = (times(low.value)?, times(high.value)?);
        let form = if to > value {
            Form::Range { to, scale, dash }
        } else if scale.is_none() && unit == Unit::Plain {
            Form::Score { other: to, dash }
        } else {
            return None;
        };
        if matches!(after.form(), Form::Ordinal { .. }) {
            return None;
        }
        Some((
            end,
            Number {
                value,
                form,
                unit,
                loose: false,
            },
        ))
    }

    /// The unit after a quantity that ends at `at`, and where it ends.
    fn unit(&self, at: usize) -> (Unit, usize) {
        let from = self.gap(at).unwrap_or(at);
        if let Some(length) = self.lexicon.percent(&self.text[from..], false) {
            return (Unit::Percent, from + length);
        }
        match self.word(from) {
            Some((Word::CurrencyAfter(currency), end, _)) => (Unit::Money(currency), end),
            Some((Word::Nation(nation), end, false)) => match self.next_word(end) {
                Some((Word::CurrencyAfter(general), end, _)) => match nation.money(general) {
                    Some(currency) => (Unit::Money(currency), end),
                    None => (Unit::Plain, at),
                },
                _ => (Unit::Plain, at),
            },
            _ => (Unit::Plain, at),
        }
    }
}

fn fraction(numerator: u32, denominator: u32, spelled: bool) -> Option<Number> {
    Some(Number {
        value: Decimal::from(numerator).checked_div(Decimal::from(denominator))?,
        form: Form::Fraction {
            numerator,
            denominator,
            spelled,
        },
        unit: Unit::Plain,
        loose: false,
    })
}
