//! Borders between letters as people see them.

use std::ops::Range;

use unicode_segmentation::GraphemeCursor;

/// `range` of `text`, widened so that it begins and ends between grapheme
/// clusters; `None` where it is empty or does not fit the text.
///
/// A conjunct of Bangla (ক্ষ, ন্ত্র) is one cluster: a mark that ended inside it
/// would make the browser draw its parts.
pub(super) fn widened(text: &str, [start, end]: [usize; 2]) -> Option<Range<usize>> {
    if start >= end || end > text.len() {
        return None;
    }
    let start = (0..=start).rev().find(|&at| is_border(text, at))?;
    let end = (end..=text.len()).find(|&at| is_border(text, at))?;
    Some(start..end)
}

fn is_border(text: &str, at: usize) -> bool {
    text.is_char_boundary(at)
        && GraphemeCursor::new(at, text.len(), true)
            .is_boundary(text, 0)
            .unwrap_or(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_conjunct_is_cut() {
        let table = [
            // (text, letters that are asked for, what is marked)
            ("মন্ত্রী বলেন", "মন", "মন্ত্রী"),
            ("মন্ত্রী বলেন", "ত", "ন্ত্রী"),
            ("ঢাকায়", "ঢাক", "ঢাকা"),
            ("ঢাকায়", "ঢাকা", "ঢাকা"),
            ("র‍্যাব", "র", "র‍্যা"),
            ("Cafe\u{301} x", "Cafe", "Cafe\u{301}"),
        ];
        for (text, asked, marked) in table {
            let start = text.find(asked).unwrap();
            let range = widened(text, [start, start + asked.len()]).unwrap();
            assert_eq!(&text[range], marked, "{asked} in {text}");
        }
    }

    #[test]
    fn what_does_not_fit_is_no_mark() {
        assert_eq!(widened("ক", [0, 4]), None);
        assert_eq!(widened("ক", [3, 3]), None);
        // A span that cuts a character is widened, not refused.
        assert_eq!(widened("কখ", [1, 2]), Some(0..3));
        assert_eq!(widened("", [0, 0]), None);
    }
}
