//! Place, date and credit before the first sentence:
//! `ISTANBUL, April 10, 2025 (BSS/AFP)-`, `ঢাকা, ১০ এপ্রিল, ২০২৫ (বাসস) :`.

use super::agency::is_agency;
use super::calendar::{is_month, is_weekday};
use crate::text::{Normal, Span};

/// What a dateline says, as spans of the text that it was parsed from.
///
/// Law: what no span covers is punctuation and white space, and the spans are
/// disjoint and in the order places, date, credit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dateline {
    /// The places, in order: `ISTANBUL` and `MOSCOW` of `ISTANBUL/MOSCOW`, `MUNICH`
    /// and `Germany` of `MUNICH, Germany`.
    pub places: Vec<Span<Normal>>,
    /// The date as it stands, with its weekday and year where it has them.
    pub date: Option<Span<Normal>>,
    /// The agencies in brackets: `BSS`, `AFP`.
    pub credit: Vec<Span<Normal>>,
}

/// The bytes that a dateline may take; what is longer is a sentence.
const LONGEST: usize = 320;
/// City, region, country and one more.
const MOST_PLACES: usize = 4;
/// `COX'S BAZAR SADAR UPAZILA`.
const MOST_WORDS: usize = 4;

/// The dateline that `text` begins with, and the bytes that it takes: to the end
/// of the mark that closes it, without the white space before the sentence.
///
/// A dateline has a place and at least one of a date and a credit. Without a
/// credit only what no sentence begins with will do: a city in capitals, a date
/// and a dash in Latin script; a date and a colon or dash in Bangla. Without a date
/// the credit must name an agency that is known.
#[must_use]
pub fn parse(text: &str) -> Option<(Dateline, usize)> {
    let text = beginning(text);
    let mut at = Cursor { text, at: 0 };
    let places = places(&mut at)?;
    let date = at.date();
    let dated = at.at;
    at.spaces();
    let credit = at.credit().unwrap_or_else(|| {
        at.at = dated;
        Vec::new()
    });
    let after_credit = at.at;
    let closed = at.closing_mark();
    let first = places.first()?.slice(text);
    let separated = date.is_none_or(|d| text[..d.start()].trim_end().ends_with([',', '/']));
    let capitals = !first.chars().any(char::is_lowercase);
    let known = credit.iter().any(|c| is_agency(c.slice(text)));
    let certain = match (date.is_some(), credit.is_empty()) {
        (true, true) if separated => match closed {
            Some(Mark::Dash) => is_bengali(first) || capitals,
            Some(Mark::Colon) => is_bengali(first),
            None => false,
        },
        (true, false) if separated => known || closed.is_some(),
        (true, false) => known && closed.is_some() && capitals,
        (false, false) => known && closed.is_some(),
        (_, true) => false,
    };
    if !certain {
        return None;
    }
    if closed.is_none() {
        at.at = after_credit;
    }
    let dateline = Dateline {
        places,
        date,
        credit,
    };
    Some((dateline, at.at))
}

/// As much of `text` as a dateline may take.
fn beginning(text: &str) -> &str {
    let end = (0..=LONGEST.min(text.len()))
        .rev()
        .find(|&at| text.is_char_boundary(at));
    &text[..end.unwrap_or_default()]
}

/// The places up to the date or the credit; the comma after them is taken.
fn places(at: &mut Cursor<'_>) -> Option<Vec<Span<Normal>>> {
    let mut places = Vec::new();
    loop {
        places.push(at.place()?);
        if places.len() > MOST_PLACES {
            return None;
        }
        let end = at.at;
        at.spaces();
        match at.peek() {
            Some(',' | '/') => {
                at.bump();
                at.spaces();
                if at.peek() == Some('(') || at.clone().date().is_some() {
                    return Some(places);
                }
            }
            // `DHAKA Sept 24 (BSS)` and `ঢাকা ১০ এপ্রিল (বাসস)`.
            Some('(') => return Some(places),
            _ if at.clone().date().is_some() => return Some(places),
            _ => {
                at.at = end;
                return None;
            }
        }
    }
}

enum Mark {
    Dash,
    Colon,
}

#[derive(Clone)]
struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn bump(&mut self) {
        self.at += self.peek().map_or(0, char::len_utf8);
    }

    fn spaces(&mut self) {
        while self.peek().is_some_and(char::is_whitespace) {
            self.bump();
        }
    }

    /// Takes `while_` characters and returns them.
    fn take(&mut self, while_: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let length = rest.find(|c| !while_(c)).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    /// Up to four capitalised (or Bangla) words.
    fn place(&mut self) -> Option<Span<Normal>> {
        let start = self.at;
        let mut end = start;
        for _ in 0..MOST_WORDS {
            if self.clone().date().is_some() {
                break;
            }
            let word = self.take(|c| is_word(c) || matches!(c, '.' | '\'' | '’' | '-' | '‘'));
            let Some(first) = word.chars().next() else {
                break;
            };
            let inner = end > start && is_particle(word);
            if !(first.is_uppercase() || is_bengali_letter(first) || inner) {
                return None;
            }
            // `DHAKA-` : the dash closes the dateline.
            let kept = word.trim_end_matches('-');
            self.at -= word.len() - kept.len();
            end = self.at;
            if kept.len() < word.len() {
                break;
            }
            self.spaces();
        }
        self.at = end;
        (end > start).then(|| Span::trusted(start, end))
    }

    fn date(&mut self) -> Option<Span<Normal>> {
        let start = self.at;
        let end = self.date_end();
        self.at = end.unwrap_or(start);
        end.map(|end| Span::trusted(start, end))
    }

    fn date_end(&mut self) -> Option<usize> {
        let before = self.at;
        if is_weekday(self.take(is_word)) {
            self.take(|c| c == ',' || c.is_whitespace());
        } else {
            self.at = before;
        }
        if self.peek()?.is_numeric() {
            self.day()?;
            self.take(|c| c == ',' || c.is_whitespace());
            self.month()?;
        } else {
            self.month()?;
            self.spaces();
            self.day()?;
        }
        let end = self.at;
        self.take(|c| c == ',' || c.is_whitespace());
        let year = self.take(char::is_numeric);
        if value(year).is_some_and(|y| (1900..2200).contains(&y)) {
            Some(self.at)
        } else {
            self.at = end;
            Some(end)
        }
    }

    fn day(&mut self) -> Option<()> {
        let day = value(self.take(char::is_numeric))?;
        if !(1..=31).contains(&day) {
            return None;
        }
        // `10th`, `১০ই`, `২১শে`.
        let before = self.at;
        let ordinal = self.take(is_word);
        if !matches!(
            ordinal,
            "st" | "nd" | "rd" | "th" | "ই" | "লা" | "রা" | "ঠা" | "শে"
        ) {
            self.at = before;
        }
        Some(())
    }

    fn month(&mut self) -> Option<()> {
        let word = self.take(is_word);
        if !is_month(word) {
            return None;
        }
        if self.peek() == Some('.') {
            self.bump();
        }
        Some(())
    }

    /// `(BSS/AFP)`: one to four names of at most three words.
    fn credit(&mut self) -> Option<Vec<Span<Normal>>> {
        if self.peek()? != '(' {
            return None;
        }
        self.bump();
        let mut names = Vec::new();
        loop {
            self.spaces();
            let start = self.at;
            let name = self
                .take(|c| is_word(c) || matches!(c, ' ' | '.' | '-'))
                .trim_end();
            if !name.chars().next()?.is_alphabetic()
                || name.split(' ').count() > 3
                || names.len() == MOST_PLACES
            {
                return None;
            }
            names.push(Span::trusted(start, start + name.len()));
            match self.peek()? {
                ')' => {
                    self.bump();
                    return Some(names);
                }
                '/' | ',' | '&' | ';' | '|' => self.bump(),
                _ => return None,
            }
        }
    }

    /// The mark before the sentence: `-`, `--`, `–`, `—`, `:`, `:-` and the visarga
    /// that is typed for a colon. A hyphen that a digit follows is part of a figure.
    fn closing_mark(&mut self) -> Option<Mark> {
        let start = self.at;
        self.spaces();
        let mark = self.take(|c| matches!(c, '-' | '–' | '—' | '―' | ':' | 'ঃ'));
        let kind = match mark.chars().next() {
            Some(':' | 'ঃ') => Mark::Colon,
            Some(_) if !self.peek().is_some_and(char::is_numeric) => Mark::Dash,
            _ => {
                self.at = start;
                return None;
            }
        };
        Some(kind)
    }
}

/// A letter, or a mark that belongs to one.
pub(super) fn is_word(c: char) -> bool {
    c.is_alphabetic()
        || matches!(c, '\u{9bc}' | '\u{9cd}' | '\u{200c}' | '\u{200d}')
        || ('\u{300}'..='\u{36f}').contains(&c)
}

fn is_bengali_letter(c: char) -> bool {
    ('\u{985}'..='\u{9b9}').contains(&c) || ('\u{9dc}'..='\u{9e1}').contains(&c) || c == '\u{9ce}'
}

fn is_bengali(word: &str) -> bool {
    word.chars().next().is_some_and(is_bengali_letter)
}

fn is_particle(word: &str) -> bool {
    matches!(
        word,
        "of" | "and"
            | "de"
            | "da"
            | "do"
            | "del"
            | "la"
            | "le"
            | "el"
            | "al"
            | "am"
            | "upon"
            | "the"
    )
}

/// The value of a run of digits of one or more scripts' decimal digits.
fn value(digits: &str) -> Option<u32> {
    if digits.is_empty() || digits.chars().count() > 4 {
        return None;
    }
    digits.chars().try_fold(0, |value, c| {
        let digit = match c {
            '০'..='৯' => u32::from(c) - u32::from('০'),
            _ => c.to_digit(10)?,
        };
        Some(value * 10 + digit)
    })
}

#[cfg(test)]
mod tests;
