//! Where words begin and end, in scripts with marks and in scripts without.

use unicode_normalization::char::is_combining_mark;

use super::fold::is_apostrophe;
use crate::language::{Ending, Profile};

/// Whether `c` is part of a word: a letter, a digit, a mark that hangs on a
/// letter (vowel sign, virama, nukta), or a joiner. `\w` of most engines leaves
/// the marks out and so breaks Bangla words.
#[must_use]
pub(super) fn is_word_char(c: char) -> bool {
    match c {
        '\0'..='\u{7f}' => c.is_ascii_alphanumeric() || c == '_',
        '\u{964}' | '\u{965}' => false,
        '\u{980}'..='\u{9fe}' => !matches!(c, '৳' | '৲' | '৹' | '৺' | '৻'),
        '\u{200c}' | '\u{200d}' => true,
        _ => c.is_alphanumeric() || is_combining_mark(c),
    }
}

/// Whether a word may begin at byte `at` of `text`: what stands before is no part
/// of it. A hyphen parts (`US-led`, `anti-Iran`), except after a single Latin
/// letter (`e-mail`); an apostrophe between Latin letters joins (`D'Souza`).
#[must_use]
pub(super) fn begins_word(text: &str, at: usize) -> bool {
    let (before, after) = text.split_at(at);
    let mut back = before.chars().rev();
    let Some(last) = back.next() else {
        return true;
    };
    if is_word_char(last) {
        return false;
    }
    let joined = after.chars().next().is_some_and(is_cased_script)
        && back.next().is_some_and(is_cased_script);
    if joined && is_apostrophe(last) {
        return false;
    }
    let single = !back.next().is_some_and(is_word_char);
    !(joined && single && matches!(last, '-' | '\u{2010}' | '\u{2011}'))
}

/// Whether a stem may end between `last` and `next`, as far as two characters can
/// tell: not between Latin letters, to which no language here attaches an ending
/// without a mark, and not before what belongs to the letter before it.
#[must_use]
pub(super) fn may_end(last: char, next: char) -> bool {
    let is_latin = |c: char| c.is_ascii_alphanumeric();
    !(is_latin(last) && is_latin(next) || matches!(next, '্' | '়'))
}

/// Whether a word ends before `rest`. An apostrophe joins Latin letters unless
/// it begins a possessive or a contraction (`Iran's`, `Biden'll`).
#[must_use]
pub(super) fn ends_word(rest: &str) -> bool {
    let mut ahead = rest.chars();
    let Some(next) = ahead.next() else {
        return true;
    };
    if is_word_char(next) {
        return false;
    }
    if !is_apostrophe(next) {
        return true;
    }
    let tail = ahead.as_str();
    let length = tail.find(|c| !is_word_char(c)).unwrap_or(tail.len());
    match &tail[..length] {
        "" | "s" | "S" | "ll" | "LL" | "d" | "D" | "re" | "RE" | "ve" | "VE" => true,
        word => !word.starts_with(is_cased_script),
    }
}

/// What follows the stem at `start..end` of `text` in its word, and the bytes that
/// it takes; `None` when what follows makes another word of it.
///
/// An apostrophe that closes a quotation opened before the stem belongs to the
/// quotation, and what is joined to it is no ending of the stem: `‘সুনামি’র`.
#[must_use]
pub(super) fn ending(
    profile: &dyn Profile,
    text: &str,
    start: usize,
    end: usize,
) -> Option<(Ending, usize)> {
    let (stem, rest) = (&text[start..end], &text[end..]);
    // After an abbreviation typed without a space comes a name: ড.এ কে মোমেন.
    if stem.ends_with('.') && rest.starts_with(|c: char| !c.is_ascii() && is_word_char(c)) {
        return Some((Ending::default(), 0));
    }
    if let Some((ending, length)) = profile.ending_after(stem, rest)
        && length > 0
        && rest.get(length..).is_some_and(ends_word)
        && !closes_quotation(&text[..start], rest)
    {
        return Some((ending, length));
    }
    ends_word(rest).then(|| (Ending::default(), 0))
}

/// Whether `rest` begins with the mark that closes a quotation open in the last
/// line of `before`. An English `'s` closes nothing.
fn closes_quotation(before: &str, rest: &str) -> bool {
    let mut ahead = rest.chars();
    let Some(close @ ('\'' | '’')) = ahead.next() else {
        return false;
    };
    if ahead.next().is_some_and(|c| matches!(c, 's' | 'S')) {
        return false;
    }
    let open = if close == '’' { '‘' } else { close };
    let line = before.rsplit('\n').next().unwrap_or_default();
    let marks = line.char_indices().rev();
    for (at, mark) in marks.filter(|&(_, c)| c == open || c == close) {
        let previous = line[..at].chars().next_back();
        let next = line[at + mark.len_utf8()..].chars().next();
        let is_joint = previous.is_some_and(is_cased_script) && next.is_some_and(is_cased_script);
        if !is_joint {
            return mark == open && !previous.is_some_and(is_word_char);
        }
    }
    false
}

/// Whether a word at byte `at` of `text` stands behind an initial, and so is a
/// surname: Michael B. Jordan. `U.S.` is no initial.
#[must_use]
pub(super) fn follows_initial(text: &str, at: usize) -> bool {
    let Some(before) = text[..at].trim_end().strip_suffix('.') else {
        return false;
    };
    let mut back = before.chars().rev();
    back.next().is_some_and(char::is_uppercase) && back.next().is_none_or(char::is_whitespace)
}

/// Letters of the scripts that know case, where apostrophes are part of words.
fn is_cased_script(c: char) -> bool {
    c.is_lowercase() || c.is_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_begin_after_what_is_no_part_of_them() {
        for (text, word, begins) in [
            ("ঢাকা", "ঢাকা", true),
            ("‘ঢাকা", "ঢাকা", true),
            ("আঢাকা", "ঢাকা", false),
            ("র্ঢাকা", "ঢাকা", false),
            ("১ঢাকা", "ঢাকা", false),
            ("।ঢাকা", "ঢাকা", true),
            ("৳ঢাকা", "ঢাকা", true),
            ("বিএনপি-জামায়াত", "জামায়াত", true),
            ("anti-Iran", "Iran", true),
            ("e-mail", "mail", false),
            ("D'Souza", "Souza", false),
            ("d’Ivoire", "Ivoire", false),
            ("'Iran", "Iran", true),
            ("said 'Iran", "Iran", true),
        ] {
            let at = text.rfind(word).unwrap();
            assert_eq!(begins_word(text, at), begins, "{text}");
        }
    }

    #[test]
    fn a_mark_that_closes_a_quotation_is_no_part_of_an_ending() {
        for (before, rest, closes) in [
            ("‘", "’র", true),
            ("'", "'র", true),
            ("অর্থনৈতিক 'বড় ", "'র", true),
            ("জাতির উদ্দেশে ", "'র", false),
            ("‘এক’ ও ", "’র", false),
            ("‘The ", "’s plan’", false),
            ("of ‘all the ", "’ he", true),
            ("he said 'it', then ", "' vote", false),
            ("'don't tell ", "' he", true),
        ] {
            assert_eq!(closes_quotation(before, rest), closes, "{before}…{rest}");
        }
    }

    #[test]
    fn a_surname_stands_behind_an_initial() {
        for (text, follows) in [
            ("Michael B. Jordan", true),
            ("in the U.S. Jordan", false),
            ("plan B in Jordan", false),
            ("Jordan", false),
        ] {
            let at = text.rfind("Jordan").unwrap();
            assert_eq!(follows_initial(text, at), follows, "{text}");
        }
    }

    #[test]
    fn words_end_before_what_is_no_part_of_them() {
        for (rest, ends) in [
            ("", true),
            (" ", true),
            ("।", true),
            ("'s", true),
            ("’s envoy", true),
            ("’", true),
            ("'ll go", true),
            ("'Ivoire", false),
            ("’র", true),
            ("-based", true),
            ("s", false),
            ("্য", false),
            ("়", false),
            ("\u{200d}য", false),
            ("১", false),
        ] {
            assert_eq!(ends_word(rest), ends, "{rest:?}");
        }
    }
}
