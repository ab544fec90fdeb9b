//! Words that are known to be written so, as a Bloom filter: a rendering that somebody
//! wrote before is likelier right than one that nobody ever did.
//!
//! Asked of a word that is in the set it says yes; of any other it says yes for
//! about three in a thousand. `training/transliteration/known.py` writes the files:
//!
//! ```text
//! "anubadW1"
//! u8 hashes
//! bits, the lowest of each byte first
//! ```

use super::table::TableError;

const MAGIC: &[u8] = b"anubadW1";

/// A set of words.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known {
    hashes: u8,
    bits: &'static [u8],
}

impl Known {
    /// Reads a set.
    pub(super) fn read(bytes: &'static [u8]) -> Result<Self, TableError> {
        let rest = bytes.strip_prefix(MAGIC).ok_or(TableError::Magic)?;
        match rest {
            [hashes, bits @ ..] if *hashes > 0 && !bits.is_empty() => Ok(Self {
                hashes: *hashes,
                bits,
            }),
            _ => Err(TableError::Short(bytes.len())),
        }
    }

    /// Whether `word`, in canonical form, is in the set.
    pub(super) fn holds(self, word: &str) -> bool {
        let value = hashed(word);
        let (low, high) = (value & 0xFFFF_FFFF, value >> 32 | 1);
        let size = self.bits.len() as u64 * 8;
        (0..u64::from(self.hashes)).all(|i| {
            let bit = (low + i * high) % size;
            let byte = usize::try_from(bit / 8)
                .ok()
                .and_then(|at| self.bits.get(at));
            byte.is_some_and(|byte| byte >> (bit % 8) & 1 == 1)
        })
    }
}

/// FNV-1a with a finaliser, as `known.py` has it.
fn hashed(word: &str) -> u64 {
    let mut value: u64 = 0xCBF2_9CE4_8422_2325;
    for byte in word.bytes() {
        value = (value ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
    }
    value = (value ^ value >> 33).wrapping_mul(0xFF51_AFD7_ED55_8CCD);
    value ^ value >> 33
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_texts_and_names_are_known_and_accidents_are_not() {
        let [texts, names] = [super::super::KNOWN[0].0, super::super::KNOWN[1].0]
            .map(|bytes| Known::read(bytes).unwrap());
        assert!(
            ["সরকার", "হাসপাতাল", "নির্বাচন"]
                .iter()
                .all(|word| texts.holds(word))
        );
        assert!(["রহমান", "ইসলাম", "খান"].iter().all(|word| names.holds(word)));
        for word in ["ষকরসার", "ক্ঞঠঊপ", "রহমাণ", ""] {
            assert!(!texts.holds(word) && !names.holds(word), "{word}");
        }
    }

    #[test]
    fn a_damaged_set_is_told() {
        assert!(Known::read(b"anubadT1").is_err());
        assert!(Known::read(b"anubadW1").is_err());
        assert!(Known::read(b"anubadW1\x08").is_err());
        assert!(Known::read(b"anubadW1\x00\xFF").is_err());
    }
}
