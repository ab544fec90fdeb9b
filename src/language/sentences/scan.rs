//! The search for the bytes that may matter, many at a time.

/// The second byte of । and ॥, and of nothing else behind the lead byte 0xE0 that
/// ends sentences. The lead byte itself begins every letter of an Indic script.
pub(super) const DANDA: u8 = 0xA5;

/// Bytes looked at together: a vector register of the smallest machine.
const LANES: usize = 16;

/// The next byte from `at` that may belong to a terminator, a round bracket, a
/// bullet or a line break. It may lie within a character only if it is [`DANDA`].
pub(super) fn next(bytes: &[u8], at: usize) -> Option<usize> {
    let rest = bytes.get(at..)?;
    let mut near = 0;
    for chunk in rest.as_chunks::<LANES>().0 {
        // Without a branch within, so that it compiles to vector instructions.
        let mut hits = 0;
        for &byte in chunk {
            hits |= u8::from(matters(byte));
        }
        if hits != 0 {
            break;
        }
        near += LANES;
    }
    let found = rest[near..].iter().position(|&b| MATTERS[usize::from(b)])?;
    Some(at + near + found)
}

/// Where the danda begins whose second byte may be at `at`.
pub(super) fn danda(bytes: &[u8], at: usize) -> Option<usize> {
    let lead = at.checked_sub(1)?;
    let third = bytes.get(at + 1)?;
    (bytes[lead] == 0xE0 && third & 0xFE == 0xA4).then_some(lead)
}

/// [`matters`], where bytes are looked at one by one.
const MATTERS: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = u8::MAX;
    loop {
        table[byte as usize] = matters(byte);
        if byte == 0 {
            break table;
        }
        byte -= 1;
    }
};

#[expect(
    clippy::needless_bitwise_bool,
    reason = "without branches the compiler looks at sixteen bytes at a time"
)]
const fn matters(b: u8) -> bool {
    // `()`, `.`, `?`, `!`, line break, danda.
    (b & 0xFE == b'(') | (b == b'.') | (b == b'?') | (b == b'!') | (b == b'\n') | (b == DANDA)
        // Lead bytes: Ethiopic, Khmer and Myanmar; general punctuation; Chinese
        // and Japanese. Armenian; Arabic; full-width forms.
        | (b.wrapping_sub(0xE1) < 3) | (b == 0xD6) | (b == 0xD8) | (b == 0xDB) | (b == 0xEF)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_terminator_is_found_and_no_letter_of_bangla_is_one() {
        for c in "..?!…।॥。！？｡؟۔։።។။‼⁇⁈⁉．()\n•".chars() {
            let text = format!("কখগঘঙ abcdefghij {c} ");
            let at = text.len() - 1 - c.len_utf8();
            let found = next(text.as_bytes(), 0).unwrap();
            assert_eq!(danda(text.as_bytes(), found).unwrap_or(found), at, "{c}");
        }
        let letters: String = ('\u{0980}'..='\u{09FF}').collect();
        let mut at = 0;
        while let Some(found) = next(letters.as_bytes(), at) {
            assert_eq!(danda(letters.as_bytes(), found), None);
            at = found + 1;
        }
    }
}
