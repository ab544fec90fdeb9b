//! Digits: reading runs of them and setting them in groups.

use rust_decimal::Decimal;

/// The zeros of the decimal digits of the scripts in use by the world's press, ASCII apart.
const ZEROS: [char; 15] = [
    '\u{660}', '\u{6f0}', '\u{966}', '\u{9e6}', '\u{a66}', '\u{ae6}', '\u{b66}', '\u{be6}',
    '\u{c66}', '\u{ce6}', '\u{d66}', '\u{e50}', '\u{ed0}', '\u{1040}', '\u{ff10}',
];

/// The value of a decimal digit of any script.
pub(crate) fn digit(c: char) -> Option<u32> {
    if c.is_ascii() {
        return c.to_digit(10);
    }
    ZEROS.iter().find_map(|&zero| {
        let d = (c as u32).wrapping_sub(zero as u32);
        (d < 10).then_some(d)
    })
}

/// `text` with each of its digits as the digit of the script with `zero`.
pub(crate) fn in_digits(text: &str, zero: char) -> String {
    text.chars()
        .map(|c| match digit(c) {
            Some(d) => char::from_u32(zero as u32 + d).unwrap_or(c),
            None => c,
        })
        .collect()
}

/// The value of every run of digits of `text`; of a run longer than 18 digits
/// that of each piece of 18.
pub(crate) fn runs(text: &str) -> Vec<Decimal> {
    let mut values = Vec::new();
    let mut run: Option<(u64, u32)> = None;
    for c in text.chars() {
        run = match (digit(c), run) {
            (Some(d), Some((value, length))) if length < 18 => {
                Some((value * 10 + u64::from(d), length + 1))
            }
            (Some(d), full) => {
                values.extend(full.map(|(value, _)| Decimal::from(value)));
                Some((u64::from(d), 1))
            }
            (None, ended) => {
                values.extend(ended.map(|(value, _)| Decimal::from(value)));
                None
            }
        };
    }
    values.extend(run.map(|(value, _)| Decimal::from(value)));
    values
}

/// A figure as it stands in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Figure {
    /// Its value.
    pub value: Decimal,
    /// Digits after the decimal mark.
    pub decimals: u32,
    /// Whether groups are set apart.
    pub grouped: bool,
    /// Whether it begins with a zero that says nothing (`007`).
    pub padded: bool,
    /// One past its last byte.
    pub end: usize,
}

/// The figure that begins at byte `at` of `text`: digits, groups set apart in
/// threes or as লাখ and কোটি are, decimals after a point (`٫` in Arabic script)
/// or, as it is often typed in Bangla, a danda. `None` where no digit stands there or the figure
/// has more digits than a decimal holds.
pub(crate) fn figure(text: &str, at: usize) -> Option<Figure> {
    let whole = run_end(text, at);
    if whole == at {
        return None;
    }
    let mut digits = ascii(&text[at..whole]);
    let padded = digits.len() > 1 && digits.starts_with('0');
    let mut end = whole;
    let mut grouped = false;
    if digits.len() <= 3
        && !padded
        && let Some((more, to)) = groups(text, whole, digits.len())
    {
        digits.push_str(&more);
        end = to;
        grouped = true;
    }
    let mut decimals = 0;
    if let Some(point @ ('.' | '।' | '٫')) = text[end..].chars().next() {
        let from = end + point.len_utf8();
        let to = run_end(text, from);
        let fraction = ascii(&text[from..to]);
        // A danda that nothing follows closely is more often the end of a sentence.
        let is_mark = point != '।' || fraction.len() <= 3;
        if to > from && !padded && is_mark {
            decimals = u32::try_from(fraction.len()).ok()?;
            digits.push('.');
            digits.push_str(&fraction);
            end = to;
        }
    }
    if digits.len() > 28 {
        return None;
    }
    Some(Figure {
        value: Decimal::from_str_exact(&digits).ok()?,
        decimals,
        grouped,
        padded,
        end,
    })
}

/// One past the last digit of the run that begins at `at`.
pub(crate) fn run_end(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    rest.find(|c| digit(c).is_none())
        .map_or(text.len(), |length| at + length)
}

fn ascii(digits: &str) -> String {
    digits
        .chars()
        .filter_map(|c| digit(c).and_then(|d| char::from_digit(d, 10)))
        .collect()
}

/// The groups after a first of `lead` digits that ends at `at`, all with one
/// separator: threes throughout, or twos with a last three.
fn groups(text: &str, at: usize, lead: usize) -> Option<(String, usize)> {
    let separator = text[at..].chars().next()?;
    if !matches!(separator, ',' | '٬' | '\u{a0}' | '\u{202f}' | '\u{2009}') {
        return None;
    }
    let mut found: Vec<String> = Vec::new();
    let mut end = at;
    while let Some(rest) = text[end..].strip_prefix(separator) {
        let from = text.len() - rest.len();
        let to = run_end(text, from);
        if to == from {
            break;
        }
        found.push(ascii(&text[from..to]));
        end = to;
    }
    let (last, others) = found.split_last()?;
    let threes = others.iter().all(|g| g.len() == 3);
    let twos = lead <= 2 && others.iter().all(|g| g.len() == 2);
    (last.len() == 3 && (threes || twos)).then(|| (found.concat(), end))
}

/// `value` in ASCII with at least `decimals` digits after the point; `group`
/// sets groups of the whole part apart.
pub(crate) fn write(value: Decimal, decimals: u32, group: Grouping) -> String {
    let mut value = value.normalize();
    if value.scale() < decimals {
        value.rescale(decimals);
    }
    let plain = value.abs().to_string();
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let sign = if value.is_sign_negative() && !value.is_zero() {
        "-"
    } else {
        ""
    };
    let whole = group.apply(whole);
    if fraction.is_empty() {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}.{fraction}")
    }
}

/// How the digits of a whole part are set apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Grouping {
    /// Not at all.
    None,
    /// 1,000,000.
    Threes,
    /// 10,00,000.
    Local,
}

impl Grouping {
    /// This grouping, or none.
    pub(crate) fn only_if(self, wanted: bool) -> Self {
        if wanted { self } else { Self::None }
    }

    fn apply(self, whole: &str) -> String {
        let mut out = String::with_capacity(whole.len() * 2);
        for (i, c) in whole.chars().enumerate() {
            let left = whole.len() - i;
            let cut = match self {
                Self::None => false,
                Self::Threes => left.is_multiple_of(3),
                Self::Local => left == 3 || (left > 3 && left % 2 == 1),
            };
            if cut && i > 0 {
                out.push(',');
            }
            out.push(c);
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_read_with_their_groups_and_decimals() {
        for (text, value, end) in [
            ("187,500", "187500", 7),
            ("1,87,500", "187500", 8),
            ("12,34,56,789", "123456789", 12),
            ("10\u{a0}000", "10000", 7),
            ("6.50", "6.50", 4),
            ("7,2026", "7", 1),
            ("1,2,3", "1", 1),
            ("21,22", "21", 2),
            ("2018,2019", "2018", 4),
            ("5. ", "5", 1),
            ("৩১।৩৩", "31.33", 15),
            ("১,০৩৯", "1039", 13),
        ] {
            let figure = figure(text, 0).unwrap();
            assert_eq!(
                (figure.value.to_string().as_str(), figure.end),
                (value, end),
                "{text}"
            );
        }
    }

    #[test]
    fn groups_are_set_apart_either_way() {
        let value = Decimal::from(1_234_567_890_u64);
        assert_eq!(write(value, 0, Grouping::Threes), "1,234,567,890");
        assert_eq!(write(value, 0, Grouping::Local), "1,23,45,67,890");
        assert_eq!(write(Decimal::from(100), 1, Grouping::Local), "100.0");
    }

    #[test]
    fn every_run_of_digits_has_its_value() {
        assert_eq!(
            runs("+880 1711-০৫"),
            [880, 1711, 5].map(Decimal::from).to_vec()
        );
    }
}
