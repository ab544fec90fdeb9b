//! Text as it was read and as the pipeline works on it.
//!
//! A [`Text`] holds the source as it came and its *normal form*, the one
//! canonical spelling in which everything is compared and published, with a map
//! between the two. Every later stage works in the [`Normal`] space; findings
//! are shown to people in the [`Source`] space.

mod edit;
mod letter;
mod span;

pub use edit::{Edit, Text};
pub use letter::{is_alphanumeric, is_letter};
pub use span::{Normal, Source, Span, SpanError, Target};
