//! What every language needs to write a number.

use rust_decimal::Decimal;

use super::figures::{self, Grouping};
use super::{Form, Number, NumberStyle, Scale, Scales};
use crate::language::number::Unit;

/// How many of `scale` make `value`, exactly; `None` where decimals do not hold it.
pub(crate) fn amount_of(value: Decimal, scale: Scale) -> Option<Decimal> {
    let amount = value.checked_div(scale.value())?;
    (amount.checked_mul(scale.value()) == Some(value)).then(|| amount.normalize())
}

/// The parts of a whole number in কোটি, লাখ, হাজার and the rest, largest first,
/// without those of which there are none. `None` of a number that is negative,
/// not whole or beyond 10²⁴.
pub(crate) fn local_parts(value: Decimal) -> Option<Vec<(u128, Option<Scale>)>> {
    if value.is_sign_negative() || !value.fract().is_zero() {
        return None;
    }
    let mut left = u128::try_from(value.normalize().trunc().mantissa()).ok()?;
    let mut parts = Vec::new();
    for (scale, size) in [
        (Some(Scale::Crore), 10_000_000),
        (Some(Scale::Lakh), 100_000),
        (Some(Scale::Thousand), 1_000),
        (None, 1),
    ] {
        let count = left / size;
        if count > 0 {
            parts.push((count, scale));
        }
        left %= size;
    }
    Some(parts)
}

/// The units a scaled number goes over to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Target {
    Keep,
    Local,
    International,
}

/// What `style` asks for a number of `unit`, where the house of the language
/// has `plain` for most and `foreign` for money that is not counted in lakhs.
pub(crate) fn target(style: &NumberStyle, unit: Unit, plain: Target, foreign: Target) -> Target {
    let is_foreign = matches!(unit, Unit::Money(currency) if !currency.is_counted_in_lakhs());
    let (asked, house) = if is_foreign {
        (style.foreign_currency, foreign)
    } else {
        (style.scale, plain)
    };
    match asked {
        Scales::House => house,
        Scales::Keep => Target::Keep,
        Scales::Local => Target::Local,
        Scales::International => Target::International,
    }
}

/// The largest unit of `scales` (largest first) that `value` has at least one
/// of, with an amount of at most `decimals` decimals; else the largest that
/// keeps it exact.
pub(crate) fn best_scale(
    value: Decimal,
    scales: &[Scale],
    decimals: u32,
) -> Option<(Decimal, Scale)> {
    scales
        .iter()
        .filter(|scale| value.abs() >= scale.value())
        .filter_map(|&scale| Some((amount_of(value, scale)?, scale)))
        .find(|(amount, _)| amount.scale() <= decimals)
}

/// The digits after the point that a mantissa had, if it stays in its unit.
pub(crate) fn kept_decimals(number: &Number, written_in: Scale) -> u32 {
    match number.form {
        Form::Scaled {
            scale, decimals, ..
        } if scale == written_in => decimals,
        _ => 0,
    }
}

/// `value` in ASCII digits, grouped by threes from ten thousand on or where
/// `grouped` says so.
pub(crate) fn threes(value: Decimal, decimals: u32, grouped: bool) -> String {
    figures::write(
        value,
        decimals,
        if grouped {
            Grouping::Threes
        } else {
            Grouping::None
        },
    )
}

/// `number` for a language without number words: ASCII digits and signs;
/// `grouping` is how it sets groups apart.
pub(crate) fn plain(number: &Number, grouping: Grouping) -> String {
    let figure = |value: Decimal, decimals| figures::write(value, decimals, Grouping::None);
    let body = match &number.form {
        Form::Figures { decimals, grouped } => {
            figures::write(number.value, *decimals, grouping.only_if(*grouped))
        }
        Form::Range {
            to: other, dash, ..
        }
        | Form::Score { other, dash } => {
            format!("{}{dash}{}", figure(number.value, 0), figure(*other, 0))
        }
        Form::Fraction {
            numerator,
            denominator,
            ..
        } => format!("{numerator}/{denominator}"),
        Form::Verbatim { text } => figures::in_digits(text, '0'),
        Form::Scaled { .. } | Form::Spelled | Form::Ordinal { .. } => {
            figures::write(number.value, 0, grouping)
        }
    };
    match number.unit {
        Unit::Plain => body,
        Unit::Percent => format!("{body}%"),
        Unit::Money(currency) => match currency.code() {
            "USD" => format!("${body}"),
            "EUR" => format!("€{body}"),
            "GBP" => format!("£{body}"),
            code => format!("{code} {body}"),
        },
    }
}
