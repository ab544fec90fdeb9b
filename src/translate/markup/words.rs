//! Where a text may be parted: between words, never inside one, nor between a word
//! and its case ending.

use std::ops::Range;

use unicode_segmentation::GraphemeCursor;

/// Most characters of a word; what goes on longer is none, and may be parted anywhere.
const LONGEST: usize = 300;

/// Whether `c` is written together with its neighbours: a letter, a sign, a joiner. The
/// characters of scripts without spaces between words are each by themselves.
pub(super) fn is_word(c: char) -> bool {
    let apart = matches!(
        c,
        '“' | '”' | '‘' | '’' | '«' | '»' | '„' | '‟' | '–' | '—' | '…' | '।' | '॥' | '،' | '؛' | '؟'
            | '\u{200B}' | '\u{FFFC}' | '\u{E00}'..='\u{E7F}' | '\u{2E80}'..='\u{9FFF}'
    );
    !(c.is_whitespace() || c.is_ascii_punctuation() || c.is_control() || apart)
}

/// Whether `at` stands inside a word. A hyphen or an apostrophe between letters is a
/// part of it: ট্রাম্প-এর, `Dhaka's`.
pub(super) fn is_inside(text: &str, at: usize) -> bool {
    let (Some(before), Some(after)) = (text.get(..at), text.get(at..)) else {
        return true;
    };
    let joins = |c: char| matches!(c, '-' | '\'' | '’');
    let mut back = before.chars().rev();
    let mut on = after.chars();
    match (back.next(), on.next()) {
        (Some(a), Some(b)) if is_word(a) && is_word(b) => true,
        (Some(a), Some(b)) if is_word(a) && joins(b) => on.next().is_some_and(is_word),
        (Some(a), Some(b)) if joins(a) && is_word(b) => back.next().is_some_and(is_word),
        _ => is_inside_cluster(text, at),
    }
}

/// Whether `at` stands inside a grapheme cluster.
pub(super) fn is_inside_cluster(text: &str, at: usize) -> bool {
    GraphemeCursor::new(at, text.len(), true)
        .is_boundary(text, 0)
        .is_ok_and(|is_boundary| !is_boundary)
}

/// The start of the word that `at` stands in; `at` where it stands in none.
pub(super) fn start_of(text: &str, at: usize) -> usize {
    let at = text.floor_char_boundary(at);
    let before = text[..at].char_indices().rev().map(|(at, _)| at);
    std::iter::once(at)
        .chain(before)
        .take(LONGEST)
        .find(|&at| !is_inside(text, at))
        .unwrap_or_else(|| cluster(text, at))
}

/// The start of the grapheme cluster that `at` stands in.
pub(super) fn cluster(text: &str, at: usize) -> usize {
    let at = text.floor_char_boundary(at);
    let before = text[..at].char_indices().rev().map(|(at, _)| at);
    std::iter::once(at)
        .chain(before)
        .find(|&at| !is_inside_cluster(text, at))
        .unwrap_or(0)
}

/// The end of the word that `at` stands in; `at` where it stands in none.
pub(super) fn end_of(text: &str, at: usize) -> usize {
    let at = text.ceil_char_boundary(at);
    let after = text[at..].char_indices().map(|(own, _)| at + own);
    after
        .chain([text.len()])
        .take(LONGEST)
        .find(|&at| !is_inside(text, at))
        .unwrap_or_else(|| cluster(text, at))
}

/// The place nearest to `at` at which a word starts.
pub(super) fn nearest_start(text: &str, at: usize) -> usize {
    let at = text.floor_char_boundary(at);
    let (start, end) = (start_of(text, at), end_of(text, at));
    if start < end && at - start <= end - at {
        return start;
    }
    text[end..]
        .char_indices()
        .find(|(_, c)| is_word(*c))
        .map_or(end, |(own, _)| end + own)
}

/// The place nearest to `at` at which a word ends.
pub(super) fn nearest_end(text: &str, at: usize) -> usize {
    let at = text.floor_char_boundary(at);
    let (start, end) = (start_of(text, at), end_of(text, at));
    if start < end && end - at <= at - start {
        return end;
    }
    text[..start]
        .char_indices()
        .rev()
        .find(|(_, c)| is_word(*c))
        .map_or(start, |(own, c)| own + c.len_utf8())
}

/// The word that `at` stands in or beside.
pub(super) fn near(text: &str, at: usize) -> Range<usize> {
    let at = text.floor_char_boundary(at);
    let (start, end) = (start_of(text, at), end_of(text, at));
    if start < end {
        return start..end;
    }
    match text[..at].chars().next_back().filter(|c| is_word(*c)) {
        Some(c) => start_of(text, at - c.len_utf8())..at,
        None => first(text, at..text.len()).unwrap_or(at..at),
    }
}

/// The first word of a part of a text.
pub(super) fn first(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let part = text.get(range.clone())?;
    let (at, c) = part.char_indices().find(|(_, c)| is_word(*c))?;
    let start = range.start + at;
    let end = end_of(text, start + c.len_utf8());
    Some(start..end.min(range.end))
}

/// A range that cuts no word.
pub(super) fn widened(text: &str, range: Range<usize>) -> Range<usize> {
    let (start, end) = (start_of(text, range.start), end_of(text, range.end));
    start..end.max(start)
}

/// A range without the white space at its ends.
pub(super) fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let inner = text.get(range.clone()).unwrap_or_default();
    let start = range.start + inner.len() - inner.trim_start().len();
    start..(start + inner.trim().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_end_behind_their_endings() {
        let text = "ট্রাম্প-এর ক্ষমতা, “ঢাকার” no.";
        let at = |part: &str| text.find(part).unwrap();
        for (part, start, end) in [
            ("এর", "ট্রাম্প", " ক্ষ"),
            ("ষমতা", "ক্ষমতা", ","),
            ("র” no", "ঢাকার", "” no"),
            (", “", ", “", ", “"),
        ] {
            assert_eq!(start_of(text, at(part)), at(start), "{part}");
            assert_eq!(end_of(text, at(part)), at(end), "{part}");
        }
    }

    #[test]
    fn the_nearest_word_is_taken() {
        let text = "one three";
        let table = [
            (0, 0, 0),
            (1, 0, 0),
            (2, 4, 3),
            (3, 4, 3),
            (5, 4, 3),
            (8, 9, 9),
        ];
        for (at, start, end) in table {
            assert_eq!(nearest_start(text, at), start, "{at}");
            assert_eq!(nearest_end(text, at), end, "{at}");
        }
    }
}
