//! Quotation marks by language.

/// An opening mark and the closing mark that belongs to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct MarkPair {
    /// The mark that opens.
    pub open: char,
    /// The mark that closes.
    pub close: char,
}

/// How a language prints quotations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Quotation {
    /// The marks of a quotation.
    pub outer: MarkPair,
    /// The marks of a quotation inside a quotation.
    pub inner: MarkPair,
    /// Whether a comma stays before the closing mark (“No,” she said) or follows
    /// it (‘না’, বলেন তিনি).
    pub comma_inside: bool,
}

impl Quotation {
    /// `“…”` with `‘…’` inside: English and most of the world's press.
    pub const DOUBLE: Self = Self {
        outer: MarkPair {
            open: '“',
            close: '”',
        },
        inner: MarkPair {
            open: '‘',
            close: '’',
        },
        comma_inside: true,
    };
    /// `‘…’` with `“…”` inside: Bangladesh's dailies (508 against 40).
    pub const SINGLE: Self = Self {
        outer: MarkPair {
            open: '‘',
            close: '’',
        },
        inner: MarkPair {
            open: '“',
            close: '”',
        },
        comma_inside: false,
    };

    /// The marks at nesting depth `depth`, outermost 0; they alternate.
    #[must_use]
    pub fn at(&self, depth: usize) -> MarkPair {
        if depth.is_multiple_of(2) {
            self.outer
        } else {
            self.inner
        }
    }
}
