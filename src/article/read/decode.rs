//! Bytes to text.

use super::ReadError;

/// The most bytes that a file may have. The longest article of the press has some
/// hundred thousand; files of many articles have more, and are better taken apart.
pub const LARGEST: usize = 64 << 20;

/// The text of `bytes`: UTF-8, or UTF-16 with a byte order mark, without that
/// mark and with every line ended by `\n`.
///
/// # Errors
/// When there are no bytes or more than [`LARGEST`], when they are not in the
/// encoding, or when a NUL is among them. Offsets count bytes of the file.
pub fn decode(bytes: Vec<u8>) -> Result<String, ReadError> {
    exact(bytes).map(with_newlines)
}

/// The same with every line ended as the file ends it.
///
/// # Errors
/// Those of [`decode`].
pub(super) fn exact(bytes: Vec<u8>) -> Result<String, ReadError> {
    if bytes.len() > LARGEST {
        return Err(ReadError::TooLarge {
            bytes: bytes.len(),
            limit: LARGEST,
        });
    }
    let text = match bytes.as_slice() {
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes)?,
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes)?,
        _ => utf8(bytes)?,
    };
    if text.is_empty() {
        return Err(ReadError::Empty);
    }
    Ok(text)
}

/// The text of a file in XML: as [`exact`], and where it is not UTF-8 in the encoding
/// that its first line declares.
///
/// # Errors
/// Those of [`exact`].
pub(super) fn xml(bytes: Vec<u8>) -> Result<String, ReadError> {
    if std::str::from_utf8(&bytes).is_ok() || bytes.len() > LARGEST || bytes.contains(&0) {
        return exact(bytes);
    }
    let start = String::from_utf8_lossy(bytes.get(..DECLARED).unwrap_or(&bytes)).into_owned();
    let declared = (start.split_once("encoding="))
        .and_then(|(_, rest)| rest.get(1..)?.split(['"', '\'']).next())
        .and_then(|label| encoding_rs::Encoding::for_label(label.as_bytes()))
        .filter(|&encoding| encoding != encoding_rs::UTF_8);
    match declared.and_then(|e| e.decode_without_bom_handling_and_without_replacement(&bytes)) {
        Some(text) => Ok(text.into_owned()),
        None => exact(bytes),
    }
}

/// How many bytes of a file its declaration is looked for in.
const DECLARED: usize = 200;

fn utf8(mut bytes: Vec<u8>) -> Result<String, ReadError> {
    const MARK: &[u8] = b"\xEF\xBB\xBF";
    if let Some(offset) = bytes.iter().position(|&b| b == 0) {
        return Err(ReadError::Nul { offset });
    }
    let skipped = if bytes.starts_with(MARK) {
        MARK.len()
    } else {
        0
    };
    bytes.drain(..skipped);
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        ReadError::NotUtf8 {
            offset: skipped + at,
            byte: error.as_bytes().get(at).copied().unwrap_or_default(),
        }
    })
}

/// `bytes` come after the two of the mark.
fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, ReadError> {
    let (pairs, half) = bytes.as_chunks::<2>();
    let mut text = String::with_capacity(bytes.len());
    let mut offset = 2;
    for decoded in char::decode_utf16(pairs.iter().map(|&pair| unit(pair))) {
        match decoded {
            Ok('\0') => return Err(ReadError::Nul { offset }),
            Ok(c) => {
                text.push(c);
                offset += 2 * c.len_utf16();
            }
            Err(_) => return Err(ReadError::NotUtf16 { offset }),
        }
    }
    if half.is_empty() {
        Ok(text)
    } else {
        Err(ReadError::NotUtf16 { offset })
    }
}

fn with_newlines(text: String) -> String {
    if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_line_ends_are_put_aside() {
        for (bytes, text) in [
            (&b"\xEF\xBB\xBFa\r\nb\rc"[..], "a\nb\nc"),
            ("কথা\n".as_bytes(), "কথা\n"),
            (b"\xFF\xFE\x95\x09\r\0\n\0", "ক\n"),
            (b"\xFE\xFF\x09\x95", "ক"),
        ] {
            assert_eq!(decode(bytes.to_vec()).as_deref(), Ok(text), "{bytes:?}");
        }
    }

    #[test]
    fn what_is_no_text_is_named_by_its_byte() {
        for (bytes, error) in [
            (&b""[..], ReadError::Empty),
            (b"\xEF\xBB\xBF", ReadError::Empty),
            (b"\xFF\xFE", ReadError::Empty),
            (
                b"ab\x93c",
                ReadError::NotUtf8 {
                    offset: 2,
                    byte: 0x93,
                },
            ),
            (
                b"\xEF\xBB\xBFa\xFF",
                ReadError::NotUtf8 {
                    offset: 4,
                    byte: 0xFF,
                },
            ),
            (
                b"ab\xE0\xA6",
                ReadError::NotUtf8 {
                    offset: 2,
                    byte: 0xE0,
                },
            ),
            (b"a\0b", ReadError::Nul { offset: 1 }),
            (b"\xFF\xFEa\0\0\0", ReadError::Nul { offset: 4 }),
            (b"\xFF\xFEa\0\x00\xD8", ReadError::NotUtf16 { offset: 4 }),
            (b"\xFF\xFEa\0b", ReadError::NotUtf16 { offset: 4 }),
        ] {
            assert_eq!(decode(bytes.to_vec()), Err(error), "{bytes:?}");
        }
        let bytes = LARGEST + 1;
        assert_eq!(
            decode(vec![b'a'; bytes]),
            Err(ReadError::TooLarge {
                bytes,
                limit: LARGEST
            })
        );
    }

    #[test]
    fn messages_say_what_to_do() {
        let message = decode(b"\x93".to_vec()).unwrap_err().to_string();
        assert!(
            message.contains("0x93") && message.contains("offset 0") && message.contains("UTF-8")
        );
    }
}
