//! Bangla spelling as it should have been typed.
//!
//! Beyond what every language shares ([`crate::language::normalise`]): vowel
//! signs in the wrong order, letters built from the wrong parts, joiners that
//! mean nothing, and the danda typed with another key. Only what leaves the
//! printed word the same, or is no Bangla spelling at all, is repaired; house
//! spelling (আরও and আরো, জানুয়ারী and জানুয়ারি) is never touched.

use crate::language::normalise::{
    Suspects, WESTERN, canonical, controls, invisible, is_clean, references, spaces,
};
use crate::language::repair::{Pass, settle};
use crate::text::Edit;

const NUKTA: char = '\u{9BC}';
const VIRAMA: char = '্';
const NON_JOINER: char = '\u{200C}';
const JOINER: char = '\u{200D}';

const SUSPECTS: Suspects = {
    let mut suspects = WESTERN;
    suspects[b'|' as usize] = true;
    suspects
};

const PASSES: &[Pass] = &[
    references, controls, spaces, invisible, joiners, canonical, letters, dandas,
];

/// The repairs that bring `source` to the canonical form of Bangla.
///
/// Laws: a repaired text needs no further repair; quotes, dashes, ellipses and
/// digits are never touched.
pub(super) fn repairs(source: &str) -> Vec<Edit> {
    if is_clean(source, &SUSPECTS) {
        return Vec::new();
    }
    settle(source, PASSES)
}

fn edit(start: usize, end: usize, replacement: &str) -> Edit {
    Edit {
        start,
        end,
        replacement: replacement.to_owned(),
    }
}

/// A letter, vowel sign or other mark of Bangla words; neither digit nor danda.
pub(super) fn is_word_char(char: char) -> bool {
    matches!(
        char,
        '\u{980}'..='\u{9E3}' | '\u{9F0}' | '\u{9F1}' | '\u{9FC}' | '\u{9FE}'
    )
}

/// A consonant letter.
pub(super) fn is_consonant(char: char) -> bool {
    matches!(char, 'ক'..='হ' | 'ড়' | 'ঢ়' | 'য়' | '\u{9F0}' | '\u{9F1}')
}

/// Joiners, where they mean something, and nowhere else:
///
/// - র + joiner + ্য is the ya-phala on র (র‍্যাব), against the reph of র্য; it is
///   spelled with ZWJ, whichever joiner was typed, and also where it was typed
///   behind the virama;
/// - ত্ + ZWJ is the old spelling of ৎ;
/// - virama + ZWNJ + consonant shows the virama (উদ্‌যাপন) and is a spelling of its
///   own, kept as it is;
/// - between two characters that are neither Bangla, ASCII nor punctuation
///   (emoji sequences, Persian) a joiner is not ours to judge.
fn joiners(text: &str) -> Vec<Edit> {
    let is_joiner = |c: char| matches!(c, NON_JOINER | JOINER);
    let mut edits = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].find(is_joiner) {
        let start = at + found;
        let rest = text[start..].trim_start_matches(is_joiner);
        let end = text.len() - rest.len();
        at = end;
        let run = &text[start..end];
        let mut before = text[..start].chars().rev();
        let before = [before.next(), before.next(), before.next()];
        let mut after = rest.chars();
        let after = [after.next(), after.next()];

        let wanted = match (before, after) {
            ([Some('র'), previous, _], [Some(VIRAMA), Some('য')]) if previous != Some(VIRAMA) => {
                "\u{200D}"
            }
            ([Some(VIRAMA), Some('ত'), _], _) if run.contains(JOINER) => {
                edits.push(edit(start - "ত্".len(), end, "ৎ"));
                continue;
            }
            ([Some(VIRAMA), Some('র'), previous], [Some('য'), _])
                if run.contains(JOINER) && previous != Some(VIRAMA) =>
            {
                edits.push(edit(start - "্".len(), end, "\u{200D}্"));
                continue;
            }
            ([Some(VIRAMA), Some(_), _], [Some(next), _])
                if run.contains(NON_JOINER) && is_consonant(next) =>
            {
                "\u{200C}"
            }
            ([Some(previous), ..], [Some(next), _]) if is_foreign(previous) && is_foreign(next) => {
                continue;
            }
            _ => "",
        };
        if run != wanted {
            edits.push(edit(start, end, wanted));
        }
    }
    edits
}

/// Whether `char` belongs to a script or symbol set of its own.
fn is_foreign(char: char) -> bool {
    !char.is_ascii()
        && !char.is_whitespace()
        && !matches!(char, '\u{80}'..='\u{BF}' | '\u{2000}'..='\u{206F}' | '\u{964}' | '\u{965}')
        && !matches!(char, '\u{980}'..='\u{9FF}')
}

/// Letters and signs put together from the wrong parts: া + ে for ো (চােখ), অ + া
/// for আ, ব + nukta for র, a nukta where the letter has one.
fn letters(text: &str) -> Vec<Edit> {
    let mut edits: Vec<Edit> = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((start, char)) = chars.next() {
        if !matches!(char, 'া' | 'অ' | 'ব' | 'ড়' | 'ঢ়' | 'য়' | NUKTA) {
            continue;
        }
        let Some(&(_, next)) = chars.peek() else {
            break;
        };
        let whole = match (char, next) {
            ('া', 'ে') => "ো",
            ('অ', 'া') => "আ",
            ('ব', NUKTA) => "র",
            ('ড়', NUKTA) => "ড়",
            ('ঢ়', NUKTA) => "ঢ়",
            ('য়', NUKTA) => "য়",
            (NUKTA, NUKTA) => "\u{9BC}",
            _ => continue,
        };
        edits.push(edit(
            start,
            start + char.len_utf8() + next.len_utf8(),
            whole,
        ));
        chars.next();
    }
    edits
}

/// The danda, typed as `|` or as the currency sign ৷ (U+09F7) that some keyboards
/// give in its place.
///
/// A sign is read as a danda only where it ends a sentence: directly behind a
/// Bangla word or the mark that closes behind one, and before white space, a
/// closing mark or the end. After a digit, with a space before it, doubled, or in
/// a line that a bar begins, it parts something else and stays.
fn dandas(text: &str) -> Vec<Edit> {
    text.match_indices(['|', '\u{9F7}'])
        .filter(|(start, sign)| {
            let before = &text[..*start];
            let after = &text[start + sign.len()..];
            let word = before
                .strip_suffix(['’', '”', '\'', '"', ')', ']'])
                .unwrap_or(before);
            let line = before.rsplit('\n').next().unwrap_or(before);
            word.ends_with(is_word_char)
                && after.chars().next().is_none_or(|c| {
                    c.is_whitespace() || matches!(c, '’' | '”' | '\'' | '"' | ')' | ']')
                })
                && !line.trim_start().starts_with('|')
        })
        .map(|(start, sign)| edit(start, start + sign.len(), "।"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Span, Text};
    use proptest::prelude::*;

    fn repaired(source: &str) -> String {
        Text::repaired(source, repairs(source)).normal().to_owned()
    }

    #[test]
    fn spelling_is_repaired() {
        for (source, normal) in [
            // Letters in two forms, signs in pieces or in the wrong order.
            ("বাড\u{9BC}ি সময\u{9BC} আষাঢ\u{9BC}", "বাড়ি সময় আষাঢ়"),
            ("চ\u{9BE}\u{9C7}খ", "চোখ"),
            ("চ\u{9C7}\u{9BE}খ ম\u{9C7}\u{9D7}", "চোখ মৌ"),
            ("চ\u{9C7}\u{200C}\u{9BE}খ", "চোখ"),
            ("\u{985}\u{9BE}মার অ্যাপ", "আমার অ্যাপ"),
            ("\u{9AC}\u{9BC}াত", "রাত"),
            ("\u{9DF}\u{9BC} য\u{9BC}\u{9BC}", "য় য়"),
            ("নজ\u{9BC}রুল", "নজ\u{9BC}রুল"),
            // Joiners.
            ("র\u{200D}্যাব", "র\u{200D}্যাব"),
            ("র\u{200C}্যাব", "র\u{200D}্যাব"),
            ("র\u{200D}\u{200C}্যাব", "র\u{200D}্যাব"),
            ("র্\u{200D}যাব", "র\u{200D}্যাব"),
            ("র্যাব কার্যালয়", "র্যাব কার্যালয়"),
            ("ত্র\u{200D}্যম্বক", "ত্র্যম্বক"),
            ("হ\u{200C}্যালো ক\u{200D}রা", "হ্যালো করা"),
            ("হঠাত্\u{200D} উত্\u{200D}সব", "হঠাৎ উৎসব"),
            ("উদ্\u{200C}যাপন কুর্\u{200C}রাতুল", "উদ্\u{200C}যাপন কুর্\u{200C}রাতুল"),
            ("শাহ্\u{200C} \u{200D}“আ", "শাহ্ “আ"),
            ("👩\u{200D}💻", "👩\u{200D}💻"),
            // The danda.
            ("তিনি যান| পরে আসেন|", "তিনি যান। পরে আসেন।"),
            ("‘আমি যাব|’ তিনি বলেন, ‘না’|", "‘আমি যাব।’ তিনি বলেন, ‘না’।"),
            ("গেছেন\u{9F7} আল্লাহ", "গেছেন। আল্লাহ"),
            ("২০২৫ | ১৮:২৩", "২০২৫ | ১৮:২৩"),
            ("২০২৫| আপডেট", "২০২৫| আপডেট"),
            ("প্রতিবেদক || দেশের", "প্রতিবেদক || দেশের"),
            ("প্রতিবেদক|| দেশের", "প্রতিবেদক|| দেশের"),
            ("|নাম| বয়স|", "|নাম| বয়স|"),
            ("রান|ওভার", "রান|ওভার"),
            ("News | খবর", "News | খবর"),
            // What all languages share, and its links with the above.
            ("&amp;#x9b0;&zwnj;্যাব", "র\u{200D}্যাব"),
            ("\u{FEFF}ঢাকা\u{A0}থেকে", "ঢাকা থেকে"),
        ] {
            assert_eq!(repaired(source), normal, "{}", source.escape_unicode());
        }
    }

    #[test]
    fn what_is_published_stays() {
        let text = "তিনি বলেন, ‘না…।’ “হ্যাঁ” \"ক\" 'খ' – — ৩১।৩৩ বিলিয়ন; আরও আরো ৫%";
        assert_eq!(repairs(text), []);
    }

    #[test]
    fn a_repair_maps_back_to_the_cluster_it_repairs() {
        let source = "দেখ র\u{200C}্যাব চ\u{9BE}\u{9C7}খ";
        let text = Text::repaired(source, repairs(source));
        let at = text.normal().find("চোখ").unwrap();
        let eye = Span::of(text.normal(), at..text.normal().len()).unwrap();
        assert_eq!(text.to_source(eye).slice(source), "চ\u{9BE}\u{9C7}খ");
        assert_eq!(repairs(source).len(), 2);
    }

    proptest! {
        #[test]
        fn repairing_twice_is_repairing_once(
            source in "([কতদবযরড়য়ঢ়হঅআএ]|[\u{9BC}-\u{9CD}\u{9D7}]|[\u{9BC}\u{9BE}\u{9C7}্]|\u{200D}|\u{200C}|[|৷।’\" ২a]|&zwj;|&amp;|#x9bc;|\u{A0}|\u{AD}|👩){0,24}"
        ) {
            let edits = repairs(&source);
            prop_assert!(edits.is_sorted_by(|a, b| a.end <= b.start));
            let once = Text::repaired(source.clone(), edits);
            prop_assert_eq!(repairs(once.normal()), vec![], "{:?}", once.normal());
        }

        #[test]
        fn a_clean_scan_is_true(source in "[ -{}~অ-৿\u{2000}-\u{203A}।]{0,24}") {
            if is_clean(&source, &SUSPECTS) {
                prop_assert_eq!(settle(&source, PASSES), vec![]);
            }
        }
    }
}
