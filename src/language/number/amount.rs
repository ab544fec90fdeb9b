//! An amount: a figure or number words with the large units after them.

use rust_decimal::Decimal;

use super::cursor::Cursor;
use super::group::group;
use super::lexicon::{Lexicon, Suffix, Word};
use super::{Form, Scale};

/// An amount as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Amount {
    /// Its value.
    pub value: Decimal,
    /// One past its last byte.
    pub end: usize,
    /// The largest unit named.
    pub scale: Option<Scale>,
    /// Whether it has more parts than one figure and one unit.
    pub compound: bool,
    /// Whether it began in words.
    pub spelled: bool,
    /// Whether an ending follows, so that nothing more belongs to it.
    pub closed: bool,
    decimals: u32,
    grouped: bool,
    ordinal: bool,
}

impl Amount {
    pub(crate) fn form(&self) -> Form {
        match self.scale {
            _ if self.ordinal => Form::Ordinal { spelled: false },
            Some(scale) => Form::Scaled {
                scale,
                decimals: self.decimals,
                spelled: self.spelled,
            },
            None if self.spelled => Form::Spelled,
            None => Form::Figures {
                decimals: self.decimals,
                grouped: self.grouped,
            },
        }
    }
}

/// The amount at `at`. `is_money` makes the `m` of `$5m` a million.
pub(crate) fn amount<L: Lexicon>(
    cursor: &Cursor<'_, L>,
    at: usize,
    is_money: bool,
) -> Option<Amount> {
    let first = group(cursor, at)?;
    let mut read = Amount {
        value: first.value,
        end: first.end,
        scale: None,
        compound: false,
        spelled: first.figure.is_none(),
        closed: first.closed,
        decimals: first.figure.map_or(0, |f| f.decimals),
        grouped: first.figure.is_some_and(|f| f.grouped),
        ordinal: false,
    };
    match first.suffix {
        Some((Suffix::Scale(scale), end)) => return scaled_by_letters(read, scale, end),
        Some((Suffix::ScaleOfMoney(scale), end)) if is_money => {
            return scaled_by_letters(read, scale, end);
        }
        Some((Suffix::Ordinal(length), _)) => {
            read.end += length;
            read.closed = true;
            read.ordinal = true;
            return Some(read);
        }
        _ => {}
    }
    let mut last = None;
    if !first.closed {
        last = scales(cursor, &mut read, first.figure.is_some());
    }
    if first.needs_scale && read.scale.is_none() && read.value < Decimal::ONE_HUNDRED {
        return None;
    }
    // Nothing follows the unit of ১.৫ লাখ.
    let goes_on = first.value.fract().is_zero();
    while let (Some(below), false, true) = (last, read.closed, goes_on) {
        let Some((next, after)) = rest(cursor, &read, below) else {
            break;
        };
        read = next;
        last = after;
    }
    Some(read)
}

fn scaled_by_letters(mut read: Amount, scale: Scale, end: usize) -> Option<Amount> {
    read.value = read.value.checked_mul(scale.value())?;
    read.scale = Some(scale);
    read.end = end;
    Some(read)
}

/// Takes the large units that follow `read` into it: `crore`, `lakh crore`.
/// Returns the last of them.
fn scales<L: Lexicon>(
    cursor: &Cursor<'_, L>,
    read: &mut Amount,
    after_figure: bool,
) -> Option<Scale> {
    let mut last = None;
    loop {
        let touching = after_figure && last.is_none();
        let Some((scale, end, closed)) = scale_after(cursor, read.end, touching) else {
            return last;
        };
        if last.is_some_and(|l| scale <= l) || read.closed {
            return last;
        }
        let Some(value) = read.value.checked_mul(scale.value()) else {
            return last;
        };
        read.compound |= last.is_some();
        read.value = value;
        read.end = end;
        read.closed = closed;
        read.scale = Some(scale);
        last = Some(scale);
    }
}

/// `read` with the next part of a compound number, and the unit of that part:
/// the ৪৬৫ কোটি of ৩৫ হাজার ৪৬৫ কোটি, the ৫৮২ of ২ হাজার ৫৮২.
fn rest<L: Lexicon>(
    cursor: &Cursor<'_, L>,
    read: &Amount,
    below: Scale,
) -> Option<(Amount, Option<Scale>)> {
    let mut from = cursor.gap(read.end)?;
    if read.spelled
        && let Some((Word::And, end, false)) = cursor.word(from)
    {
        from = cursor.gap(end)?;
        if let (Some((Word::Article, end, false)), Some(scale)) = (cursor.word(from), read.scale) {
            // A million and a half.
            let (Word::Half, end, closed) = cursor.next_word(end)? else {
                return None;
            };
            let half = scale.value().checked_div(Decimal::TWO)?;
            let value = read.value.checked_add(half)?;
            return Some((
                Amount {
                    value,
                    end,
                    closed,
                    ..read.clone()
                },
                None,
            ));
        }
    }
    let part = group(cursor, from)?;
    let fits = part.value > Decimal::ZERO
        && part.value < below.value()
        && part.value < Decimal::ONE_THOUSAND
        && !part.needs_scale
        && !matches!(
            part.suffix,
            Some((
                Suffix::Scale(_) | Suffix::ScaleOfMoney(_) | Suffix::Ordinal(_),
                _
            ))
        )
        && part.figure.is_none_or(|f| !f.padded && !f.grouped)
        && below != Scale::Dozen;
    if !fits {
        return None;
    }
    let mut next = Amount {
        end: part.end,
        closed: part.closed,
        compound: true,
        ..read.clone()
    };
    let unit = if part.closed {
        None
    } else {
        scale_after(cursor, part.end, part.figure.is_some())
    };
    let Some((scale, end, closed)) = unit else {
        let allowed = match part.figure {
            Some(_) => cursor.lexicon.rest_after_scale(),
            None => read.spelled,
        };
        next.value = read.value.checked_add(part.value)?;
        if let Some((Suffix::Ordinal(length), _)) = part.suffix {
            // এক হাজার ৩০০তম.
            next.end += length;
            (next.closed, next.ordinal) = (true, true);
        }
        return allowed.then_some((next, None));
    };
    // Decimals end a number: only its last part has any.
    if !part.value.fract().is_zero() {
        return None;
    }
    (next.end, next.closed) = (end, closed);
    if scale < below && scale != Scale::Dozen {
        let part = part.value.checked_mul(scale.value())?;
        next.value = read.value.checked_add(part)?;
        let crores = scale_after(cursor, end, false).filter(|_| !closed);
        return match crores {
            Some((Scale::Crore, end, closed)) if read.scale < Some(Scale::Crore) => {
                (next.end, next.closed) = (end, closed);
                in_crores(next)
            }
            _ => Some((next, Some(scale))),
        };
    }
    if scale == Scale::Crore && read.scale < Some(Scale::Crore) {
        next.value = read.value.checked_add(part.value)?;
        return in_crores(next);
    }
    None
}

/// `read` counted in কোটি: the কোটি of ৩৫ হাজার ৪৬৫ কোটি counts all before it.
fn in_crores(mut read: Amount) -> Option<(Amount, Option<Scale>)> {
    read.value = read.value.checked_mul(Scale::Crore.value())?;
    read.scale = Some(Scale::Crore);
    Some((read, Some(Scale::Crore)))
}

/// The large unit after an amount that ends at `end`; it may touch a figure.
fn scale_after<L: Lexicon>(
    cursor: &Cursor<'_, L>,
    end: usize,
    after_figure: bool,
) -> Option<(Scale, usize, bool)> {
    let word = match cursor.next_word(end) {
        None if after_figure => cursor.word(end),
        word => word,
    };
    match word? {
        (Word::Scale(scale), end, closed) => Some((scale, end, closed)),
        _ => None,
    }
}
