//! A stretch of a number without a large unit: a figure, or words below a
//! thousand.

use rust_decimal::Decimal;

use super::cursor::{Cursor, is_digit};
use super::figures::{self, Figure, run_end};
use super::lexicon::{Lexicon, Suffix, Word};

/// A stretch without a large unit: `35`, `two hundred and five`, সাড়ে তিন.
pub(super) struct Group {
    pub value: Decimal,
    pub end: usize,
    pub figure: Option<Figure>,
    /// Letters glued to the figure.
    pub suffix: Option<(Suffix, usize)>,
    pub closed: bool,
    /// `a` and `half` are no numbers without a unit.
    pub needs_scale: bool,
}

/// The group at `at`.
pub(super) fn group<L: Lexicon>(cursor: &Cursor<'_, L>, at: usize) -> Option<Group> {
    if cursor.char(at).is_some_and(is_digit) {
        return figure_group(cursor, at);
    }
    let (word, end, closed) = cursor.word(at)?;
    let mut group = Group {
        value: Decimal::ZERO,
        end,
        figure: None,
        suffix: None,
        closed,
        needs_scale: false,
    };
    match word {
        Word::Quarters(quarters) if !closed => return quarters_added(cursor, group, quarters),
        Word::InQuarters(quarters) => group.value = Decimal::from(quarters) / Decimal::from(4),
        Word::Half if !closed => {
            group.value = Decimal::new(5, 1);
            group.needs_scale = true;
            if let Some((Word::Article, end, false)) = cursor.next_word(end) {
                group.end = end;
            }
        }
        Word::Article if !closed => {
            group.value = Decimal::ONE;
            group.needs_scale = true;
            match cursor.next_word(end) {
                Some((Word::Half, end, false)) => {
                    group.value = Decimal::new(5, 1);
                    group.end = end;
                }
                Some((Word::Hundred, ..)) => hundreds(cursor, &mut group),
                _ => {}
            }
        }
        Word::Cardinal(n) => {
            group.value = Decimal::from(n);
            if !closed {
                tens_and_ones(cursor, &mut group, n);
                hundreds(cursor, &mut group);
                and_a_half(cursor, &mut group);
                point(cursor, &mut group);
            }
        }
        Word::Hundreds(n) => {
            group.value = Decimal::from(n * 100);
            if !closed {
                below_hundred(cursor, &mut group);
            }
        }
        _ => return None,
    }
    Some(group)
}

fn figure_group<L: Lexicon>(cursor: &Cursor<'_, L>, at: usize) -> Option<Group> {
    let figure = figures::figure(cursor.text, at)?;
    let mut group = Group {
        value: figure.value,
        end: figure.end,
        figure: Some(figure),
        suffix: cursor.suffix(at, figure.end),
        closed: false,
        needs_scale: false,
    };
    group.closed =
        matches!(group.suffix, Some((Suffix::Apart, _))) && cursor.word(figure.end).is_none();
    if group.suffix.is_none() {
        if figure.decimals == 0 {
            point(cursor, &mut group);
        }
        if figure.decimals == 0 && !figure.grouped && group.value == figure.value {
            hundreds(cursor, &mut group);
        }
        and_a_half(cursor, &mut group);
    }
    Some(group)
}

/// সাড়ে তিন, সাড়ে ৩০০ (350), সোয়া কোটি, পৌনে ছয়.
fn quarters_added<L: Lexicon>(
    cursor: &Cursor<'_, L>,
    mut group: Group,
    quarters: i8,
) -> Option<Group> {
    let more = Decimal::from(quarters) / Decimal::from(4);
    let from = cursor.gap(group.end)?;
    let (base, hundreds) = if cursor.char(from).is_some_and(is_digit) {
        let figure = figures::figure(cursor.text, from)?;
        if figure.decimals > 0 || figure.padded || figure.grouped {
            return None;
        }
        group.end = figure.end;
        group.suffix = cursor.suffix(from, figure.end);
        let letters = figure.end < cursor.word_end(figure.end);
        group.closed = letters && cursor.word(figure.end).is_none();
        let is_hundreds =
            (figure.value % Decimal::ONE_HUNDRED).is_zero() && figure.value < Decimal::ONE_THOUSAND;
        (figure.value, is_hundreds)
    } else {
        match cursor.word(from)? {
            (Word::Cardinal(n), end, closed) => {
                (group.end, group.closed) = (end, closed);
                (Decimal::from(n), false)
            }
            (Word::Hundreds(n), end, closed) => {
                (group.end, group.closed) = (end, closed);
                (Decimal::from(n * 100), true)
            }
            // সোয়া কোটি: the one is left unsaid.
            (Word::Scale(_), ..) => {
                group.needs_scale = true;
                (Decimal::ONE, false)
            }
            _ => return None,
        }
    };
    let more = if hundreds {
        more * Decimal::ONE_HUNDRED
    } else {
        more
    };
    group.value = base.checked_add(more)?;
    if !group.closed
        && !hundreds
        && let Some((Word::Hundred, end, closed)) = cursor.next_word(group.end)
    {
        group.value = group.value.checked_mul(Decimal::ONE_HUNDRED)?;
        (group.end, group.closed) = (end, closed);
    }
    Some(group)
}

/// `forty-two`.
fn tens_and_ones<L: Lexicon>(cursor: &Cursor<'_, L>, group: &mut Group, tens: u32) {
    let is_english = cursor
        .text
        .as_bytes()
        .get(group.end - 1)
        .is_some_and(u8::is_ascii);
    if !is_english || tens < 20 || !tens.is_multiple_of(10) {
        return;
    }
    if let Some((Word::Cardinal(ones @ 1..=9), end, closed)) = cursor.next_word(group.end) {
        group.value += Decimal::from(ones);
        (group.end, group.closed) = (end, closed);
    }
}

/// `two hundred and five`, দুই শো পাঁচ.
fn hundreds<L: Lexicon>(cursor: &Cursor<'_, L>, group: &mut Group) {
    if group.closed || group.value >= Decimal::ONE_HUNDRED {
        return;
    }
    let Some((Word::Hundred, end, closed)) = cursor.next_word(group.end) else {
        return;
    };
    group.value *= Decimal::ONE_HUNDRED;
    (group.end, group.closed) = (end, closed);
    if !closed && group.figure.is_none() {
        below_hundred(cursor, group);
    }
}

fn below_hundred<L: Lexicon>(cursor: &Cursor<'_, L>, group: &mut Group) {
    let mut from = group.end;
    if let Some((Word::And, end, false)) = cursor.next_word(from) {
        from = end;
    }
    if let Some((Word::Cardinal(n), end, closed)) = cursor.next_word(from) {
        group.value += Decimal::from(n);
        (group.end, group.closed) = (end, closed);
        if !closed {
            tens_and_ones(cursor, group, n);
        }
    }
}

/// `two and a half`.
fn and_a_half<L: Lexicon>(cursor: &Cursor<'_, L>, group: &mut Group) {
    if group.closed {
        return;
    }
    let half = cursor
        .next_word(group.end)
        .filter(|&(word, _, closed)| word == Word::And && !closed)
        .and_then(|(_, end, _)| cursor.next_word(end))
        .filter(|&(word, _, closed)| word == Word::Article && !closed)
        .and_then(|(_, end, _)| cursor.next_word(end));
    if let Some((Word::Half, end, closed)) = half {
        group.value += Decimal::new(5, 1);
        (group.end, group.closed) = (end, closed);
    }
}

/// ৩১ দশমিক ৮৯, শূন্য দশমিক শূন্য পাঁচ.
fn point<L: Lexicon>(cursor: &Cursor<'_, L>, group: &mut Group) {
    let Some((Word::Point, end, false)) = cursor.next_word(group.end) else {
        return;
    };
    let Some(from) = cursor.gap(end) else {
        return;
    };
    let mut fraction = String::new();
    let mut to = run_end(cursor.text, from);
    fraction.extend(
        cursor.text[from..to]
            .chars()
            .filter_map(|c| figures::digit(c).and_then(|d| char::from_digit(d, 10))),
    );
    let mut closed = false;
    if fraction.is_empty() {
        let mut next = from;
        while let Some((Word::Cardinal(n @ 0..=9), end, ended)) = cursor.word(next) {
            fraction.extend(char::from_digit(n, 10));
            (to, closed) = (end, ended);
            match cursor.gap(end) {
                Some(after) if !ended => next = after,
                _ => break,
            }
        }
    }
    let decimals = fraction.len();
    let (Ok(scale), Ok(digits)) = (u32::try_from(decimals), fraction.parse::<i64>()) else {
        return;
    };
    if decimals == 0 || decimals > 12 || !group.value.fract().is_zero() {
        return;
    }
    let Some(value) = group.value.checked_add(Decimal::new(digits, scale)) else {
        return;
    };
    group.value = value;
    (group.end, group.closed) = (to, closed);
    if let Some(figure) = &mut group.figure {
        figure.decimals = scale;
        figure.end = to;
        group.suffix = cursor.suffix(from, to);
        let letters = to < cursor.word_end(to);
        group.closed = letters && cursor.word(to).is_none();
    }
}
