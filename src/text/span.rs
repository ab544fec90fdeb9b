//! Byte ranges that know which text they belong to.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Range;

/// The space of the text as it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {}

/// The space of the canonical form that the pipeline works on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Normal {}

/// The space of the translated text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {}

/// A half-open range of bytes in a text of space `S`, on character boundaries.
///
/// Law: `start <= end`, and both are character boundaries of the text that the
/// span was made for.
pub struct Span<S> {
    start: usize,
    end: usize,
    space: PhantomData<fn() -> S>,
}

/// Why a range is no span of a text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SpanError {
    /// The range ends before it starts or after the text.
    #[error("bytes {start}..{end} do not lie in a text of {length} bytes")]
    Outside {
        /// First byte asked for.
        start: usize,
        /// One past the last byte asked for.
        end: usize,
        /// Bytes in the text.
        length: usize,
    },
    /// An end of the range lies inside a character.
    #[error("byte {at} lies inside a character")]
    InsideCharacter {
        /// The byte that is no boundary.
        at: usize,
    },
}

impl<S> Span<S> {
    /// The span of bytes `range` of `text`.
    ///
    /// # Errors
    /// When the range leaves the text or cuts a character.
    pub fn of(text: &str, range: Range<usize>) -> Result<Self, SpanError> {
        let Range { start, end } = range;
        if start > end || end > text.len() {
            return Err(SpanError::Outside {
                start,
                end,
                length: text.len(),
            });
        }
        for at in [start, end] {
            if !text.is_char_boundary(at) {
                return Err(SpanError::InsideCharacter { at });
            }
        }
        Ok(Self::trusted(start, end))
    }

    /// The span of the whole of `text`.
    #[must_use]
    pub fn whole(text: &str) -> Self {
        Self::trusted(0, text.len())
    }

    /// A span whose ends the caller took from the text itself.
    pub(crate) fn trusted(start: usize, end: usize) -> Self {
        debug_assert!(start <= end);
        Self {
            start,
            end,
            space: PhantomData,
        }
    }

    /// First byte.
    #[must_use]
    pub fn start(self) -> usize {
        self.start
    }

    /// One past the last byte.
    #[must_use]
    pub fn end(self) -> usize {
        self.end
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether the span covers no byte.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The bytes as a plain range.
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// Whether the two share at least one byte.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether every byte of `other` is a byte of `self`.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// What the span covers in its text.
    ///
    /// # Panics
    /// When `text` is not the text that the span was made for and the range
    /// does not fit it.
    #[must_use]
    pub fn slice(self, text: &str) -> &str {
        &text[self.range()]
    }

    /// The span moved `by` bytes to the right.
    #[must_use]
    pub fn shifted(self, by: usize) -> Self {
        Self::trusted(self.start + by, self.end + by)
    }
}

impl<S> Clone for Span<S> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S> Copy for Span<S> {}

impl<S> PartialEq for Span<S> {
    fn eq(&self, other: &Self) -> bool {
        self.range() == other.range()
    }
}

impl<S> Eq for Span<S> {}

impl<S> PartialOrd for Span<S> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl<S> Ord for Span<S> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.start, self.end).cmp(&(other.start, other.end))
    }
}

impl<S> std::hash::Hash for Span<S> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.range().hash(state);
    }
}

impl<S> fmt::Debug for Span<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_never_cuts_a_character() {
        let text = "কথা";
        assert_eq!(
            Span::<Normal>::of(text, 1..3),
            Err(SpanError::InsideCharacter { at: 1 })
        );
        assert!(Span::<Normal>::of(text, 0..10).is_err());
        assert_eq!(
            Span::<Normal>::of(text, 3..6).map(|s| s.slice(text)),
            Ok("থ")
        );
    }
}
