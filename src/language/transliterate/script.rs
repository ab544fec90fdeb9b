//! The two scripts of a name, in the form in which the tables spell them.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

const NUKTA: char = '\u{9BC}';
const VIRAMA: char = '\u{9CD}';
const ZWJ: char = '\u{200D}';

/// Latin letters with a mark that the table knows as they are.
const KEPT_MARKED: [char; 5] = ['é', 'ç', 'ñ', 'ö', 'ü'];

/// Whether `c` belongs to a word in Bangla script, marks and joiners included.
pub(super) fn is_bangla(c: char) -> bool {
    matches!(c, '\u{980}'..='\u{9E3}' | '\u{200C}' | ZWJ)
}

/// Whether `c` belongs to a word in Latin script.
pub(super) fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic()
        || ('\u{C0}'..='\u{24F}').contains(&c) && c.is_alphabetic()
        || ('\u{1E00}'..='\u{1EFF}').contains(&c)
        || is_combining_mark(c) && ('\u{300}'..='\u{36F}').contains(&c)
        || is_apostrophe(c)
}

/// An apostrophe, as typed or as set, that may stand within a Latin name.
pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '`' | 'ʼ' | 'ʻ')
}

/// A Latin word in lower case, without apostrophes and without the marks that the
/// table does not know.
pub(super) fn folded(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for c in word.nfc().flat_map(char::to_lowercase) {
        if KEPT_MARKED.contains(&c) {
            out.push(c);
            continue;
        }
        let bare = std::iter::once(c).nfkd().filter(|&c| !is_combining_mark(c));
        // What is taken apart may be a capital: mathematical letters have no small ones.
        for c in bare.flat_map(char::to_lowercase) {
            match c {
                c if is_apostrophe(c) => {}
                'ł' => out.push('l'),
                'ı' => out.push('i'),
                'ø' => out.push('o'),
                'æ' => out.push_str("ae"),
                'œ' => out.push_str("oe"),
                'ß' => out.push_str("ss"),
                'đ' | 'ð' => out.push('d'),
                'þ' => out.push_str("th"),
                'ə' => out.push('a'),
                c => out.push(c),
            }
        }
    }
    out
}

/// A Bangla word in canonical form: precomposed ড় ঢ় য়, joiners only in র‍্য.
pub(super) fn canonical(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    let mut letters = word.nfc().peekable();
    while let Some(c) = letters.next() {
        match (c, letters.peek()) {
            ('ড', Some(&NUKTA)) => out.push('\u{9DC}'),
            ('ঢ', Some(&NUKTA)) => out.push('\u{9DD}'),
            ('য', Some(&NUKTA)) => out.push('\u{9DF}'),
            ('র', Some(&('\u{200C}' | ZWJ))) => {
                letters.next();
                out.push('র');
                if letters.peek() == Some(&VIRAMA) {
                    out.push(ZWJ);
                }
                continue;
            }
            ('\u{200C}' | ZWJ, _) => continue,
            _ => {
                out.push(c);
                continue;
            }
        }
        letters.next();
    }
    out
}

fn is_vowel_letter(c: char) -> bool {
    matches!(c, 'অ'..='ঔ')
}

fn is_vowel_sign(c: char) -> bool {
    matches!(c, '\u{9BE}'..='\u{9CC}' | '\u{9D7}')
}

fn is_consonant(c: char) -> bool {
    matches!(c, 'ক'..='হ' | '\u{9DC}'..='\u{9DF}')
}

/// Whether Bangla orthography lets `next` stand after `previous` (`None` at the
/// start of a word).
pub(super) fn may_follow(previous: Option<char>, next: char) -> bool {
    match next {
        c if is_vowel_sign(c) => previous.is_some_and(is_consonant),
        VIRAMA => previous.is_some_and(|p| is_consonant(p) || p == 'অ' || p == 'এ' || p == ZWJ),
        ZWJ => previous == Some('র'),
        'ং' | 'ঃ' | 'ঁ' => previous.is_some_and(|p| {
            is_consonant(p) || is_vowel_sign(p) || is_vowel_letter(p) || (next != 'ঁ' && p == 'ঁ')
        }),
        c if is_vowel_letter(c) => previous != Some(VIRAMA),
        _ => true,
    }
}

/// Whether `text` can follow `previous`, letter by letter.
pub(super) fn continues(mut previous: Option<char>, text: &str) -> bool {
    text.chars().all(|c| {
        let good = may_follow(previous, c);
        previous = Some(c);
        good
    })
}
