//! How Bangla writes a number.

use rust_decimal::Decimal;

use super::ORDINAL_ENDINGS;
use super::words::{CARDINALS, ORDINALS};
use crate::language::number::figures::{self, Grouping, in_digits};
use crate::language::number::write::{
    Target, amount_of, best_scale, kept_decimals, local_parts, target,
};
use crate::language::number::{
    Currency, DecimalMark, Digits, Form, LargeFigures, Number, NumberStyle, Scale, Unit,
};

const LOCAL: [Scale; 3] = [Scale::Crore, Scale::Lakh, Scale::Thousand];
const INTERNATIONAL: [Scale; 3] = [Scale::Trillion, Scale::Billion, Scale::Million];

/// `number` as Bangladesh's newsrooms write it: ৩৫ হাজার ৪৬৫ কোটি টাকা, ৩১ দশমিক
/// ৮৯ বিলিয়ন ডলার, ৬ দশমিক ৫ শতাংশ, ১৯তম.
pub(in crate::language::bangla) fn write(number: &Number, style: &NumberStyle) -> String {
    if let (Form::Spelled, Unit::Percent) = (&number.form, number.unit)
        && number.value == Decimal::ONE_HUNDRED
    {
        return "শতভাগ".to_owned();
    }
    let magnitude = Number {
        value: number.value.abs(),
        ..number.clone()
    };
    let writer = Writer {
        number: &magnitude,
        style,
    };
    let body = writer.body();
    let sign = if number.value.is_sign_negative() && !number.value.is_zero() {
        "মাইনাস "
    } else {
        ""
    };
    if let Some(body) = writer.with_paisa() {
        return format!("{sign}{body}");
    }
    match number.unit {
        Unit::Plain => format!("{sign}{body}"),
        Unit::Percent => format!("{sign}{body} শতাংশ"),
        Unit::Money(currency) => format!("{sign}{body} {}", money(currency)),
    }
}

fn money(currency: Currency) -> &'static str {
    match currency.code() {
        "BDT" => "টাকা",
        "USD" => "ডলার",
        "EUR" => "ইউরো",
        "GBP" => "পাউন্ড",
        "INR" => "রুপি",
        "PKR" => "পাকিস্তানি রুপি",
        "AUD" => "অস্ট্রেলিয়ান ডলার",
        "CAD" => "কানাডিয়ান ডলার",
        "SGD" => "সিঙ্গাপুর ডলার",
        "HKD" => "হংকং ডলার",
        "NZD" => "নিউজিল্যান্ড ডলার",
        "JPY" => "ইয়েন",
        "CNY" => "ইউয়ান",
        "SAR" => "রিয়াল",
        "AED" => "দিরহাম",
        "MYR" => "রিঙ্গিত",
        _ => "মুদ্রা",
    }
}

fn unit_name(scale: Scale) -> &'static str {
    match scale {
        Scale::Dozen => "ডজন",
        Scale::Thousand => "হাজার",
        Scale::Lakh => "লাখ",
        Scale::Million => "মিলিয়ন",
        Scale::Crore => "কোটি",
        Scale::Billion => "বিলিয়ন",
        Scale::Trillion => "ট্রিলিয়ন",
    }
}

struct Writer<'n> {
    number: &'n Number,
    style: &'n NumberStyle,
}

impl Writer<'_> {
    /// Taka to the hundredth, as prices are told: ১২২ টাকা ৫০ পয়সা.
    fn with_paisa(&self) -> Option<String> {
        let Form::Figures {
            decimals: 2,
            grouped,
        } = self.number.form
        else {
            return None;
        };
        let whole = self.number.value.trunc();
        let paisa = self.number.value.fract() * Decimal::ONE_HUNDRED;
        let is_price = self.number.unit == Unit::Money(Currency::BDT)
            && self.style.decimal == DecimalMark::House
            && whole > Decimal::ZERO
            && paisa > Decimal::ZERO
            && paisa.is_integer();
        if !is_price {
            return None;
        }
        let taka = Number {
            value: whole,
            form: Form::Figures {
                decimals: 0,
                grouped,
            },
            ..self.number.clone()
        };
        let taka = Writer {
            number: &taka,
            style: self.style,
        };
        let paisa = self.figure(paisa, 0, Grouping::None, false);
        Some(format!("{} টাকা {paisa} পয়সা", taka.body()))
    }

    fn body(&self) -> String {
        let value = self.number.value;
        match &self.number.form {
            Form::Figures { decimals, grouped } => {
                // Money is a quantity, never a year or a serial.
                let is_money =
                    matches!(self.number.unit, Unit::Money(_)) && value >= Decimal::ONE_THOUSAND;
                if (*grouped || is_money) && *decimals == 0 {
                    self.large_figure(value)
                } else {
                    let before_word = self.number.unit == Unit::Percent;
                    self.figure(
                        value,
                        *decimals,
                        Grouping::Local.only_if(*grouped),
                        before_word,
                    )
                }
            }
            Form::Scaled { scale, spelled, .. } => self.scaled(value, *scale, *spelled),
            Form::Spelled => small(value).unwrap_or_else(|| self.large_figure(value)),
            Form::Ordinal { spelled } => self.ordinal(value, *spelled),
            Form::Fraction {
                numerator,
                denominator,
                spelled,
            } => self.fraction(*numerator, *denominator, *spelled),
            Form::Range { to, scale, dash } => self.range(value, *to, *scale, *dash),
            Form::Score { other, dash } => {
                let figure = |value| self.figure(value, 0, Grouping::None, false);
                format!("{}{dash}{}", figure(value), figure(*other))
            }
            // Latin letters keep Latin digits: BPM6.
            Form::Verbatim { text } if text.contains(|c: char| c.is_ascii_alphabetic()) => {
                text.clone()
            }
            Form::Verbatim { text } => self.digits(text),
        }
    }

    fn digits(&self, text: &str) -> String {
        match self.style.digits {
            Digits::Native => in_digits(text, '০'),
            Digits::Latin => in_digits(text, '0'),
        }
    }

    /// A figure; `before_word` says that a large unit or শতাংশ follows it.
    fn figure(
        &self,
        value: Decimal,
        decimals: u32,
        grouping: Grouping,
        before_word: bool,
    ) -> String {
        let digits = self.digits(&figures::write(value, decimals, grouping));
        let in_words = match self.style.decimal {
            DecimalMark::House => before_word,
            DecimalMark::Point => false,
            DecimalMark::Word => true,
        };
        if in_words {
            digits.replace('.', " দশমিক ")
        } else {
            digits
        }
    }

    /// A whole number that was set apart in groups: ২ হাজার ৫০০ or ১,৮৭,৫০০.
    fn large_figure(&self, value: Decimal) -> String {
        let parts = local_parts(value).filter(|parts| match self.style.large_figures {
            LargeFigures::House => parts.len() <= 2,
            LargeFigures::Words => true,
            LargeFigures::Grouped => false,
        });
        match parts {
            Some(parts) if !parts.is_empty() => self.parts(&parts),
            _ => self.figure(value, 0, Grouping::Local, false),
        }
    }

    fn parts(&self, parts: &[(u128, Option<Scale>)]) -> String {
        let written: Vec<String> = parts
            .iter()
            .map(|&(count, scale)| {
                let count = Decimal::from(count);
                // More than a thousand কোটি: ৩৫ হাজার ৪৬৫ কোটি.
                let count = match local_parts(count).filter(|_| nests(count)) {
                    Some(inner) => self.parts(&inner),
                    None => self.figure(count, 0, Grouping::Local, false),
                };
                match scale {
                    Some(scale) => format!("{count} {}", unit_name(scale)),
                    None => count,
                }
            })
            .collect();
        written.join(" ")
    }

    fn scaled(&self, value: Decimal, scale: Scale, spelled: bool) -> String {
        let kept = || amount_of(value, scale).map(|amount| (amount, scale));
        let chosen = match target(self.style, self.number.unit, Target::Local, Target::Keep) {
            _ if scale == Scale::Dozen => kept(),
            Target::Keep if LOCAL.contains(&scale) => return self.local(value, spelled),
            Target::Keep => kept(),
            Target::Local => return self.local(value, spelled),
            Target::International => best_scale(value, &INTERNATIONAL, 3),
        };
        match chosen {
            Some((amount, scale)) => self.amount(amount, scale, spelled),
            None => self.local(value, spelled),
        }
    }

    /// `value` in হাজার, লাখ and কোটি.
    fn local(&self, value: Decimal, spelled: bool) -> String {
        if let Some((amount, scale)) = best_scale(value, &LOCAL, 2)
            && spelled
            && amount >= Decimal::ONE
            && let Some(words) = small(amount)
        {
            return format!("{words} {}", unit_name(scale));
        }
        match local_parts(value) {
            Some(parts) if !parts.is_empty() => self.parts(&parts),
            _ if Self::ends_in_ones(value) => {
                let ones = value % Decimal::ONE_THOUSAND;
                let parts = local_parts(value - ones).unwrap_or_default();
                format!(
                    "{} {}",
                    self.parts(&parts),
                    self.figure(ones, 0, Grouping::None, true)
                )
            }
            _ => match best_scale(value, &LOCAL, 28) {
                Some((amount, scale)) => self.amount(amount, scale, false),
                None => self.figure(value, 0, Grouping::None, false),
            },
        }
    }

    /// Whether `value` is best told with its decimals last: ৫ হাজার ২৩৪ দশমিক ৫৬.
    fn ends_in_ones(value: Decimal) -> bool {
        value % Decimal::ONE_THOUSAND >= Decimal::ONE && value >= Decimal::ONE_THOUSAND
    }

    /// So many of one large unit.
    fn amount(&self, amount: Decimal, scale: Scale, spelled: bool) -> String {
        let words = match small(amount) {
            _ if !spelled => None,
            None if amount == Decimal::new(5, 1) => Some("আধা".to_owned()),
            words => words,
        };
        let decimals = kept_decimals(self.number, scale);
        let amount = words.unwrap_or_else(|| self.figure(amount, decimals, Grouping::Local, true));
        format!("{amount} {}", unit_name(scale))
    }

    fn ordinal(&self, value: Decimal, spelled: bool) -> String {
        let place = usize::try_from(value.trunc().normalize().mantissa()).unwrap_or(0);
        let before = place.checked_sub(1);
        if let Some(name) = before.and_then(|i| ORDINALS.get(i)).filter(|_| spelled) {
            return (*name).to_owned();
        }
        let ending = before
            .and_then(|i| ORDINAL_ENDINGS.get(i))
            .map_or("তম", |(ending, _)| ending);
        let figure = self.figure(value, 0, Grouping::None, false);
        format!("{figure}{ending}")
    }

    fn fraction(&self, numerator: u32, denominator: u32, spelled: bool) -> String {
        let parts = match denominator {
            2 if spelled && numerator == 1 => return "অর্ধেক".to_owned(),
            3 => "তৃতীয়াংশ",
            4 => "চতুর্থাংশ",
            5 => "পঞ্চমাংশ",
            10 => "দশমাংশ",
            _ => return self.digits(&format!("{numerator}/{denominator}")),
        };
        match small(Decimal::from(numerator)) {
            Some(count) if spelled => format!("{count}-{parts}"),
            _ => self.digits(&format!("{numerator}/{denominator}")),
        }
    }

    fn range(&self, low: Decimal, high: Decimal, scale: Option<Scale>, dash: char) -> String {
        let plain = |before_word| {
            let figure = |value: Decimal| {
                let grouping = Grouping::Local.only_if(high >= Decimal::from(10_000));
                self.figure(value, 0, grouping, before_word)
            };
            (figure(low), figure(high))
        };
        let chosen = scale.and_then(|scale| {
            let keeps_scale = amount_of(low, scale).map(|amount| (amount, scale));
            match target(self.style, self.number.unit, Target::Local, Target::Keep) {
                Target::Keep => keeps_scale,
                Target::Local => best_scale(low, &LOCAL, 3),
                Target::International => best_scale(low, &INTERNATIONAL, 3),
            }
        });
        let Some((low, scale)) = chosen else {
            // A range keeps one shape at both ends.
            let point_only = self.style.decimal == DecimalMark::Word;
            let (low, high) = plain(point_only);
            return format!("{low}{dash}{high}");
        };
        let Some(high) = amount_of(high, scale) else {
            let (low, high) = plain(false);
            return format!("{low}{dash}{high}");
        };
        let low = self.digits(&figures::write(low, 0, Grouping::None));
        let high = self.digits(&figures::write(high, 0, Grouping::None));
        format!("{low}{dash}{high} {}", unit_name(scale))
    }
}

/// Whether a count of কোটি has হাজার or লাখ of its own; কোটি কোটি would say
/// no more than "very many".
fn nests(count: Decimal) -> bool {
    count >= Decimal::ONE_THOUSAND && count < Scale::Crore.value()
}

/// One to ten, and halves up to ten, in words: the press writes larger numbers
/// in figures.
fn small(value: Decimal) -> Option<String> {
    if value.is_sign_negative() || value > Decimal::TEN {
        return None;
    }
    let whole = usize::try_from(value.trunc().normalize().mantissa()).ok()?;
    // The mantissa of a normalised 10 is 10, of a whole number always its value.
    let name = CARDINALS.get(whole)?;
    if value.fract().is_zero() {
        return Some((*name).to_owned());
    }
    if value.fract() != Decimal::new(5, 1) {
        return None;
    }
    match whole {
        0 => None,
        1 => Some("দেড়".to_owned()),
        2 => Some("আড়াই".to_owned()),
        _ => Some(format!("সাড়ে {name}")),
    }
}
