//! Answers without the quotation marks that nobody sent.

use crate::mark::quote;
use crate::plan::Piece;

/// Pieces without their quotation marks; with `apart`, without those alone that stand apart
/// from words. One within a word, or between a value and what is joined to it, is an
/// apostrophe, whatever a service made of it.
pub(super) fn unquoted(pieces: &[Piece], apart: bool) -> Vec<Piece> {
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let is_hole = |at: Option<usize>| {
        let piece = at.and_then(|at| pieces.get(at));
        matches!(piece, Some(Piece::Hole(..)))
    };
    let text = |at: usize, text: &str| {
        let mut out = String::with_capacity(text.len());
        let mut from = 0;
        for (span, _) in quote::scan(text) {
            let (before, after) = (&text[..span.start()], &text[span.end()..]);
            let joins_before = is_letter(before.chars().next_back())
                || before.is_empty() && is_hole(at.checked_sub(1));
            let joins_after =
                is_letter(after.chars().next()) || after.is_empty() && is_hole(Some(at + 1));
            if !(apart && joins_before && joins_after) {
                out.push_str(&text[from..span.start()]);
                from = span.end();
            }
        }
        out.push_str(&text[from..]);
        Piece::Text(out)
    };
    (pieces.iter().enumerate())
        .filter_map(|(at, piece)| match piece {
            Piece::Text(words) => Some(text(at, words)),
            Piece::Quote(..) => None,
            Piece::Hole(..) | Piece::Markup(_) => Some(piece.clone()),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Ending;
    use crate::plan::HoleId;

    #[test]
    fn a_mark_is_taken_out_and_an_apostrophe_is_not() {
        let text = |text: &str| Piece::Text(text.to_owned());
        let hole = Piece::Hole(HoleId(0), Ending::default());
        for (before, behind, expected) in [
            ("“so” said ", "", ("so said ", "")),
            ("", "\"s share", ("", "\"s share")),
            ("at ", "’s “best” part", ("at ", "’s best part")),
            ("in “", "”, it said", ("in ", ", it said")),
        ] {
            let pieces = [text(before), hole.clone(), text(behind)];
            let apart = [text(expected.0), hole.clone(), text(expected.1)];
            assert_eq!(unquoted(&pieces, true), apart, "{before}{behind}");
        }
        let all = unquoted(&[text("the \"s share")], false);
        assert_eq!(all, [text("the s share")]);
    }
}
