//! The words that a date is made of, in English and Bangla, as datelines and time
//! lines print them. They only tell a date from other words; what a date *is* is not
//! decided here.

use super::agency::folded;

/// Whether `word` names a month, in full or cut, in English or Bangla.
pub(crate) fn is_month(word: &str) -> bool {
    #[rustfmt::skip]
    const MONTHS: &[&str] = &[
        "january", "jan", "february", "feb", "march", "mar", "april", "apr", "may", "june",
        "jun", "july", "jul", "august", "aug", "september", "sept", "sep", "october", "oct",
        "november", "nov", "december", "dec", "জানুয়ারি", "জানুয়ারী", "ফেব্রুয়ারি",
        "ফেব্রুয়ারী", "মার্চ", "এপ্রিল", "মে", "জুন", "জুলাই", "আগস্ট", "আগষ্ট", "অগাস্ট",
        "সেপ্টেম্বর", "অক্টোবর", "নভেম্বর", "ডিসেম্বর",
    ];
    word.len() <= 64 && MONTHS.contains(&folded(word).as_str())
}

/// Whether `word` names a day of the week, in English or Bangla.
pub(crate) fn is_weekday(word: &str) -> bool {
    #[rustfmt::skip]
    const WEEKDAYS: &[&str] = &[
        "saturday", "sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "sat",
        "sun", "mon", "tue", "tues", "wed", "thu", "thurs", "fri", "শনিবার", "রোববার",
        "রবিবার", "সোমবার", "মঙ্গলবার", "বুধবার", "বৃহস্পতিবার", "শুক্রবার",
    ];
    word.len() <= 64 && WEEKDAYS.contains(&folded(word).as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn either_spelling_of_a_nukta_letter_will_do() {
        assert!(is_month("জানু\u{9df}ারি") && is_month("জানুয\u{9bc}ারি"));
        assert!(is_month("SEPT") && is_weekday("রোববার"));
        assert!(!is_month("Marchand"));
    }
}
