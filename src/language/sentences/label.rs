//! Enumerators: `1.`, `2)`, `3.)`, `a.`, `ক)`.

/// The enumerator that a sentence begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Label {
    ordinal: Ordinal,
    /// Whether a bullet stands before it.
    bullet: bool,
    /// First byte of what closes it, and one past.
    close: (usize, usize),
    closing: Closing,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ordinal {
    /// A number below 1,000; digits of both scripts.
    Number(u16),
    Letter(char),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Closing {
    Stop,
    Bracket,
    Both,
}

/// Characters of the longest enumerator.
const LONGEST: usize = 4;

/// The letters that number items in Bangla, in their order.
const BANGLA: [char; 10] = ['ক', 'খ', 'গ', 'ঘ', 'ঙ', 'চ', 'ছ', 'জ', 'ঝ', 'ঞ'];

/// Words that announce a number of their own: what follows them is no item.
const ANNOUNCING: &[&str] = &[
    "a",
    "about",
    "after",
    "and",
    "at",
    "before",
    "by",
    "for",
    "from",
    "in",
    "no",
    "no.",
    "of",
    "on",
    "only",
    "or",
    "over",
    "page",
    "part",
    "phase",
    "section",
    "the",
    "than",
    "to",
    "under",
    "until",
    "with",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "jan.",
    "feb.",
    "aug.",
    "sept.",
    "oct.",
    "nov.",
    "dec.",
    "ও",
    "নং",
];

impl Label {
    /// The mark that begins an item by itself.
    pub(super) const BULLET: char = '•';

    /// The enumerator at `start`.
    pub(super) fn leading(text: &str, start: usize) -> Option<Self> {
        let rest = &text[start..];
        let item = rest.trim_start_matches(is_bullet).trim_start();
        let ordinal_at = start + rest.len() - item.len();
        let mut near = item.char_indices().take(LONGEST);
        let (close, _) = near.find(|&(_, c)| matches!(c, '.' | ')'))?;
        let ordinal = Ordinal::read(&item[..close])?;
        let at = ordinal_at + close;
        let (closing, end) = Closing::read(text, at)?;
        Some(Self {
            ordinal,
            bullet: rest.starts_with(is_bullet),
            close: (at, end),
            closing,
        })
    }

    /// Whether the byte at `at` is the enumerator's own.
    pub(super) fn closes_at(&self, at: usize) -> bool {
        (self.close.0..self.close.1).contains(&at)
    }

    /// Where the next item begins, if its enumerator closes at `at`.
    pub(super) fn successor_at(&self, text: &str, start: usize, at: usize) -> Option<usize> {
        if at < self.close.1 {
            return None;
        }
        let before = &text[start..at];
        let mut near = before.char_indices().rev().take(LONGEST + 1);
        let (space, c) = near.find(|(_, c)| c.is_whitespace())?;
        let token = space + c.len_utf8();
        let written = before[token..].trim_start_matches(is_bullet);
        if Ordinal::read(written)? != self.ordinal.next()? {
            return None;
        }
        let (closing, _) = Closing::read(text, at)?;
        if closing != self.closing {
            return None;
        }
        let mut item = &before[..token];
        let mut item_at = start + token;
        if written.len() == before.len() - token {
            let trimmed = item.trim_end();
            if let Some(c) = trimmed.chars().next_back().filter(|&c| is_bullet(c)) {
                item_at = start + trimmed.len() - c.len_utf8();
                item = &text[start..item_at];
            } else if self.bullet {
                return None;
            }
        }
        let previous = item.split_whitespace().next_back()?.to_lowercase();
        (!ANNOUNCING.contains(&previous.as_str())).then_some(item_at)
    }
}

impl Ordinal {
    fn read(written: &str) -> Option<Self> {
        let mut chars = written.chars();
        let first = chars.next()?;
        if first.is_ascii_lowercase() || BANGLA.contains(&first) {
            return chars.next().is_none().then_some(Self::Letter(first));
        }
        if written.chars().nth(3).is_some() {
            return None;
        }
        let value = written.chars().try_fold(0, |value, c| {
            let digit = match c {
                '০'..='৯' => c as u32 - '০' as u32,
                _ => c.to_digit(10)?,
            };
            u16::try_from(digit).ok().map(|digit| value * 10 + digit)
        })?;
        Some(Self::Number(value))
    }

    fn next(self) -> Option<Self> {
        match self {
            Self::Number(n) => Some(Self::Number(n + 1)),
            Self::Letter(c) => match BANGLA.iter().position(|&b| b == c) {
                Some(at) => BANGLA.get(at + 1).copied().map(Self::Letter),
                None if c < 'z' => char::from_u32(c as u32 + 1).map(Self::Letter),
                None => None,
            },
        }
    }
}

impl Closing {
    /// What closes an enumerator at `at`, and one past it; words follow apart.
    fn read(text: &str, at: usize) -> Option<(Self, usize)> {
        let rest = text.get(at..)?;
        let (closing, length) = if rest.starts_with(".)") {
            (Self::Both, 2)
        } else if rest.starts_with('.') {
            (Self::Stop, 1)
        } else if rest.starts_with(')') {
            (Self::Bracket, 1)
        } else {
            return None;
        };
        let spaced = rest[length..].starts_with(char::is_whitespace);
        spaced.then_some((closing, at + length))
    }
}

fn is_bullet(c: char) -> bool {
    matches!(c, '•' | '⁃' | '▪' | '‣' | '◦' | '●' | '■')
}
