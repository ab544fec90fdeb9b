//! What a letter is, told quickly.

/// The first character of the Bengali block, and whether each of its 128 is alphabetic, the
/// first in the lowest bit. (Vowel signs are; the virama, digits and currency signs are not.)
const BENGALI: (u32, u128) = (0x980, 0x1003_000f_b080_599f_e3c5_fdff_fff9_9fef);

/// What [`char::is_alphabetic`] tells, which for Bangla looks it up among all scripts: that was
/// an eighth of the work on language.
#[must_use]
pub fn is_letter(c: char) -> bool {
    match u32::from(c).checked_sub(BENGALI.0) {
        Some(place @ 0..128) => BENGALI.1 >> place & 1 == 1,
        _ => c.is_alphabetic(),
    }
}

/// What [`char::is_alphanumeric`] tells, with [`is_letter`].
#[must_use]
pub fn is_alphanumeric(c: char) -> bool {
    is_letter(c) || c.is_numeric()
}

#[cfg(test)]
mod tests {
    use super::is_letter;

    #[test]
    fn letters_are_those_of_the_standard_library() {
        let wrong = ('\0'..=char::MAX).find(|&c| is_letter(c) != c.is_alphabetic());
        assert_eq!(wrong, None);
    }
}
