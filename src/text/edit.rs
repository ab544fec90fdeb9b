//! A source, its normal form, and the way between them.

use super::{Normal, Source, Span};

/// One repair: the bytes `start..end` of the source read `replacement`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// First byte of the source that is replaced.
    pub start: usize,
    /// One past the last byte of the source that is replaced.
    pub end: usize,
    /// What stands there in the normal form.
    pub replacement: String,
}

/// A text as it was read, with its normal form.
///
/// Laws: the normal form is the source with its edits applied; mapping a span
/// to the other space and back yields a span that contains it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    normal: String,
    /// The source where it differs from the normal form.
    source: Option<String>,
    /// Sorted, disjoint pieces that differ.
    changes: Vec<Change>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Change {
    source: (usize, usize),
    normal: (usize, usize),
}

impl Text {
    /// A text that is its own normal form.
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Self {
        Self {
            normal: text.into(),
            source: None,
            changes: Vec::new(),
        }
    }

    /// Applies `edits` to `source`.
    ///
    /// Edits that are out of order, overlap an earlier one or do not lie on
    /// character boundaries are left out: a repair never damages a text.
    #[must_use]
    pub fn repaired(source: impl Into<String>, edits: Vec<Edit>) -> Self {
        let source = source.into();
        let mut normal = String::with_capacity(source.len());
        let mut changes = Vec::new();
        let mut at = 0;
        for edit in edits {
            let Some(old) = source.get(edit.start..edit.end) else {
                continue;
            };
            if edit.start < at || old == edit.replacement {
                continue;
            }
            normal.push_str(&source[at..edit.start]);
            let start = normal.len();
            normal.push_str(&edit.replacement);
            changes.push(Change {
                source: (edit.start, edit.end),
                normal: (start, normal.len()),
            });
            at = edit.end;
        }
        if changes.is_empty() {
            return Self::plain(source);
        }
        normal.push_str(&source[at..]);
        Self {
            normal,
            source: Some(source),
            changes,
        }
    }

    /// The canonical form.
    #[must_use]
    pub fn normal(&self) -> &str {
        &self.normal
    }

    /// The text as it was read.
    #[must_use]
    pub fn source(&self) -> &str {
        self.source.as_deref().unwrap_or(&self.normal)
    }

    /// Where a span of the normal form stands in the source; a span that cuts a
    /// repair is widened to the whole of it.
    #[must_use]
    pub fn to_source(&self, span: Span<Normal>) -> Span<Source> {
        let start = self.map(span.start(), false, Change::normal, Change::source);
        let end = self.map(span.end(), true, Change::normal, Change::source);
        Span::trusted(start, end.max(start))
    }

    /// Where a span of the source stands in the normal form; a span that cuts a
    /// repair is widened to the whole of it.
    #[must_use]
    pub fn to_normal(&self, span: Span<Source>) -> Span<Normal> {
        let start = self.map(span.start(), false, Change::source, Change::normal);
        let end = self.map(span.end(), true, Change::source, Change::normal);
        Span::trusted(start, end.max(start))
    }

    fn map(
        &self,
        at: usize,
        is_end: bool,
        from: fn(&Change) -> (usize, usize),
        to: fn(&Change) -> (usize, usize),
    ) -> usize {
        let before = self.changes.partition_point(|c| from(c).1 <= at);
        if let Some(change) = self.changes.get(before) {
            let (start, _) = from(change);
            if start < at {
                return if is_end { to(change).1 } else { to(change).0 };
            }
        }
        match before.checked_sub(1).and_then(|i| self.changes.get(i)) {
            // An end that touches an insertion from the right takes it in; a
            // start there does so only where the insertion has no width.
            Some(change) if !is_end && from(change).1 == at && from(change).0 == at => to(change).0,
            Some(change) => to(change).1 + (at - from(change).1),
            None => at,
        }
    }
}

impl Change {
    fn source(&self) -> (usize, usize) {
        self.source
    }

    fn normal(&self) -> (usize, usize) {
        self.normal
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text() -> Text {
        Text::repaired(
            "চােখ ok",
            vec![Edit {
                start: 3,
                end: 9,
                replacement: "ো".into(),
            }],
        )
    }

    #[test]
    fn spans_cross_a_repair_and_come_back() {
        let text = text();
        assert_eq!(text.normal(), "চোখ ok");
        assert_eq!(text.source(), "চােখ ok");
        let ok = Span::of(text.normal(), 10..12).unwrap();
        assert_eq!(ok.slice(text.normal()), "ok");
        assert_eq!(text.to_source(ok).slice(text.source()), "ok");
        let sign = Span::of(text.normal(), 3..6).unwrap();
        assert_eq!(text.to_source(sign).slice(text.source()), "াে");
    }

    proptest! {
        #[test]
        fn mapping_there_and_back_contains_the_span(
            source in "[a-zঅ-হ ]{0,24}",
            cuts in proptest::collection::vec((0usize..24, 0usize..4, "[a-zক-গ]{0,3}"), 0..5),
            from in 0usize..40, len in 0usize..10,
        ) {
            let bounds: Vec<usize> = source.char_indices().map(|(i, _)| i).chain([source.len()]).collect();
            let mut edits: Vec<Edit> = cuts.into_iter().filter_map(|(s, l, replacement)| {
                Some(Edit { start: *bounds.get(s)?, end: *bounds.get(s + l)?, replacement })
            }).collect();
            edits.sort_by_key(|e| (e.start, e.end));
            let text = Text::repaired(source, edits);
            let bounds: Vec<usize> = text.normal().char_indices().map(|(i, _)| i).chain([text.normal().len()]).collect();
            let (Some(&start), Some(&end)) = (bounds.get(from), bounds.get(from + len)) else { return Ok(()); };
            let span = Span::of(text.normal(), start..end).unwrap();
            let there = text.to_source(span);
            prop_assert!(text.source().is_char_boundary(there.start()) && text.source().is_char_boundary(there.end()));
            let back = text.to_normal(there);
            prop_assert!(back.contains(span), "{span:?} -> {there:?} -> {back:?}");
        }
    }
}
