//! How English writes a number.

use rust_decimal::Decimal;

use super::{ONES, ORDINALS, TENS};
use crate::language::number::figures::in_digits;
use crate::language::number::write::{
    Target, amount_of, best_scale, kept_decimals, target, threes,
};
use crate::language::number::{Currency, Form, Number, NumberStyle, Scale, Unit};

/// `number` as English newsrooms of Bangladesh write it: `Tk 35,465 crore`,
/// `$31.33 billion`, `6.5 percent`, `two`, `19th`.
pub(in crate::language::english) fn write(number: &Number, style: &NumberStyle) -> String {
    let magnitude = Number {
        value: number.value.abs(),
        ..number.clone()
    };
    let body = body(&magnitude, style);
    let with_unit = with_unit(&body, number);
    if number.value.is_sign_negative() && !number.value.is_zero() {
        // No minus sign stands before a word: minus Tk 5, minus twelve.
        if with_unit.starts_with(|c: char| c.is_ascii_alphabetic()) {
            format!("minus {with_unit}")
        } else {
            format!("-{with_unit}")
        }
    } else {
        with_unit
    }
}

fn with_unit(body: &str, number: &Number) -> String {
    match number.unit {
        Unit::Plain => body.to_owned(),
        Unit::Percent => format!("{body} percent"),
        Unit::Money(currency) => match sign(currency) {
            // Nobody writes `$two`.
            Some(sign) if body.starts_with(|c: char| c.is_ascii_digit()) => format!("{sign}{body}"),
            _ => format!("{body} {}", name(currency, number.value == Decimal::ONE)),
        },
    }
}

/// What stands before an amount of `currency`.
fn sign(currency: Currency) -> Option<&'static str> {
    Some(match currency.code() {
        "BDT" => "Tk ",
        "USD" => "$",
        "EUR" => "€",
        "GBP" => "£",
        "INR" => "Rs ",
        "AUD" => "A$",
        "CAD" => "C$",
        "SGD" => "S$",
        "HKD" => "HK$",
        "NZD" => "NZ$",
        _ => return None,
    })
}

fn name(currency: Currency, one: bool) -> &'static str {
    match currency.code() {
        "BDT" => "taka",
        "USD" if one => "dollar",
        "USD" => "dollars",
        "EUR" if one => "euro",
        "EUR" => "euros",
        "GBP" if one => "pound",
        "GBP" => "pounds",
        "INR" if one => "rupee",
        "INR" => "rupees",
        "PKR" => "Pakistani rupees",
        "AUD" => "Australian dollars",
        "CAD" => "Canadian dollars",
        "SGD" => "Singapore dollars",
        "JPY" => "yen",
        "CNY" => "yuan",
        "SAR" => "riyals",
        "AED" => "dirhams",
        "MYR" => "ringgit",
        _ => "units of money",
    }
}

fn body(number: &Number, style: &NumberStyle) -> String {
    let value = number.value;
    match &number.form {
        Form::Figures { decimals, grouped } => {
            threes(value, *decimals, *grouped || is_large_money(number))
        }
        Form::Scaled { spelled, .. } => scaled(number, *spelled, style),
        Form::Spelled => words(value).unwrap_or_else(|| threes(value, 0, true)),
        Form::Ordinal { spelled } => ordinal(value, *spelled),
        Form::Fraction {
            numerator,
            denominator,
            spelled,
        } => fraction(*numerator, *denominator, *spelled),
        Form::Range { to, scale, dash } => range(number, *to, *scale, *dash, style),
        Form::Score { other, dash } => {
            format!(
                "{}{dash}{}",
                threes(value, 0, false),
                threes(*other, 0, false)
            )
        }
        Form::Verbatim { text } => in_digits(text, '0'),
    }
}

/// Money is a quantity, never a year or a serial, so that its figures may be
/// set in groups where the source did not.
fn is_large_money(number: &Number) -> bool {
    matches!(number.unit, Unit::Money(_)) && number.value >= Decimal::from(10_000)
}

/// Amounts of a large unit that are written in words: two to ten, as in `two
/// million`.
fn is_small(amount: Decimal) -> bool {
    amount.fract().is_zero() && amount >= Decimal::ONE && amount <= Decimal::TEN
}

fn scaled(number: &Number, spelled: bool, style: &NumberStyle) -> String {
    let Form::Scaled { scale, .. } = number.form else {
        return threes(number.value, 0, true);
    };
    let value = number.value;
    let chosen = match target(style, number.unit, Target::Keep, Target::International) {
        Target::Keep => match scale {
            Scale::Thousand => None,
            // 1.3672 lakh is easier to read in figures.
            Scale::Lakh | Scale::Crore if value.fract().is_zero() => best_scale(value, &[scale], 2),
            _ => amount_of(value, scale).map(|amount| (amount, scale)),
        },
        Target::Local => best_scale(value, &[Scale::Crore, Scale::Lakh], 2),
        Target::International => {
            best_scale(value, &[Scale::Trillion, Scale::Billion, Scale::Million], 3)
        }
    };
    let Some((amount, scale)) = chosen else {
        if spelled && number.unit == Unit::Plain {
            let thousands = amount_of(value, Scale::Thousand).filter(|&n| is_small(n));
            if let Some(word) = thousands.and_then(words) {
                return format!("{word} thousand");
            }
        }
        return threes(value, 0, true);
    };
    let name = match scale {
        Scale::Dozen => "dozen",
        Scale::Thousand => "thousand",
        Scale::Lakh => "lakh",
        Scale::Million => "million",
        Scale::Crore => "crore",
        Scale::Billion => "billion",
        Scale::Trillion => "trillion",
    };
    if spelled && number.unit == Unit::Plain {
        if amount == Decimal::new(5, 1) {
            return format!("half a {name}");
        }
        if let Some(word) = Some(amount).filter(|&n| is_small(n)).and_then(words) {
            return format!("{word} {name}");
        }
    }
    format!(
        "{} {name}",
        threes(amount, kept_decimals(number, scale), true)
    )
}

/// 0 to 99, and halves up to ten and a half, in words.
pub(super) fn words(value: Decimal) -> Option<String> {
    let whole = usize::try_from(value.trunc().normalize().mantissa()).ok()?;
    if value.trunc().normalize().scale() != 0 || value.is_sign_negative() {
        return None;
    }
    if value.fract() == Decimal::new(5, 1) {
        return (1..=10)
            .contains(&whole)
            .then(|| format!("{} and a half", ONES[whole]));
    }
    if !value.fract().is_zero() {
        return None;
    }
    match whole {
        0..20 => Some(ONES[whole].to_owned()),
        20..100 if whole.is_multiple_of(10) => Some(TENS[whole / 10 - 2].to_owned()),
        20..100 => Some(format!("{}-{}", TENS[whole / 10 - 2], ONES[whole % 10])),
        _ => None,
    }
}

fn ordinal(value: Decimal, spelled: bool) -> String {
    let place = u64::try_from(value.trunc().normalize().mantissa()).unwrap_or_default();
    let name = usize::try_from(place)
        .ok()
        .and_then(|place| ORDINALS.get(place.checked_sub(1)?));
    if let (true, Some(name)) = (spelled, name) {
        return (*name).to_owned();
    }
    let ending = match (place % 10, place % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{}{ending}", threes(value, 0, false))
}

fn fraction(numerator: u32, denominator: u32, spelled: bool) -> String {
    let parts = match denominator {
        2 if spelled && numerator == 1 => return "half".to_owned(),
        3 => "third",
        4 => "quarter",
        5 => "fifth",
        10 => "tenth",
        _ => return format!("{numerator}/{denominator}"),
    };
    match words(Decimal::from(numerator)) {
        Some(count) if spelled && numerator > 1 => format!("{count}-{parts}s"),
        Some(count) if spelled => format!("{count}-{parts}"),
        _ => format!("{numerator}/{denominator}"),
    }
}

fn range(
    number: &Number,
    to: Decimal,
    scale: Option<Scale>,
    dash: char,
    style: &NumberStyle,
) -> String {
    let grouped = to >= Decimal::from(10_000);
    let end = |value: Decimal| threes(value, 0, grouped);
    let Some(scale) = scale else {
        return format!("{}{dash}{}", end(number.value), end(to));
    };
    let keeps =
        target(style, number.unit, Target::Keep, Target::International) != Target::International;
    let scales: &[Scale] = match scale {
        Scale::Thousand => &[],
        Scale::Lakh | Scale::Crore if keeps => &[scale],
        _ => &[Scale::Trillion, Scale::Billion, Scale::Million],
    };
    match best_scale(number.value, scales, 3) {
        Some((low, scale)) => match amount_of(to, scale) {
            Some(high) => {
                let name = match scale {
                    Scale::Lakh => "lakh",
                    Scale::Crore => "crore",
                    Scale::Million => "million",
                    Scale::Billion => "billion",
                    _ => "trillion",
                };
                format!("{}{dash}{} {name}", end(low), end(high))
            }
            None => format!("{}{dash}{}", end(number.value), end(to)),
        },
        None => format!("{}{dash}{}", end(number.value), end(to)),
    }
}
