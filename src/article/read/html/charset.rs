//! The text of a page, in whichever encoding it says to be.

use encoding_rs::{Encoding, UTF_8};

use crate::article::read::{ReadError, decode};

/// How much of a page is looked at for what it says of its encoding, as the standard has it.
const LOOKED_AT: usize = 1024;

/// The text of `bytes`: UTF-8, UTF-16 with a byte order mark, or else the encoding that the
/// page says to be in.
///
/// # Errors
/// Those of [`decode`](super::super::decode), for the encoding that it is in.
pub(super) fn text(id: &str, bytes: Vec<u8>) -> Result<String, ReadError> {
    let said = declared(&bytes);
    let has_mark = bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF");
    let is_utf8 = has_mark || std::str::from_utf8(&bytes).is_ok();
    let Some(encoding) = said.filter(|&encoding| encoding != UTF_8) else {
        return decode::exact(bytes);
    };
    if is_utf8 {
        tracing::warn!(
            file = id,
            says = encoding.name(),
            "the page says another encoding than it is in; it is read as what it is"
        );
        return decode::exact(bytes);
    }
    let read = encoding.decode_without_bom_handling_and_without_replacement(&bytes);
    let Some(text) = read.map(std::borrow::Cow::into_owned) else {
        return decode::exact(bytes);
    };
    tracing::info!(
        file = id,
        encoding = encoding.name(),
        "the page is no UTF-8"
    );
    decode::exact(text.into_bytes())
}

/// The encoding that a page says to be in.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = bytes.get(..LOOKED_AT).unwrap_or(bytes).to_ascii_lowercase();
    let start = String::from_utf8_lossy(&start);
    let (_, behind) = start.split_once("charset")?;
    let value = behind.trim_start().strip_prefix('=')?.trim_start();
    let value = value.trim_start_matches(['"', '\'']);
    let end = value.find(|c: char| c.is_whitespace() || "\"'>;/".contains(c))?;
    Encoding::for_label(&value.as_bytes()[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_read_as_what_it_is() {
        for (bytes, text_of) in [
            (
                &b"<meta charset=windows-1252>\x93a\x94\r\n"[..],
                "<meta charset=windows-1252>“a”\r\n",
            ),
            (
                b"<meta http-equiv='content-type' content='text/html; charset=iso-8859-1'>caf\xE9",
                "<meta http-equiv='content-type' content='text/html; charset=iso-8859-1'>café",
            ),
            (
                "<meta charset='latin1'>ক".as_bytes(),
                "<meta charset='latin1'>ক",
            ),
            (b"\xFF\xFE<\0\x95\x09", "<ক"),
            (b"\xEF\xBB\xBF<p>", "<p>"),
        ] {
            assert_eq!(text("a", bytes.to_vec()).as_deref(), Ok(text_of));
        }
    }

    #[test]
    fn bytes_that_are_not_what_they_are_said_to_be_are_named() {
        for (bytes, offset) in [(&b"<p>a\x93"[..], 4), (b"<meta charset='utf-8'>\x93", 22)] {
            let error = text("a", bytes.to_vec());
            assert_eq!(error, Err(ReadError::NotUtf8 { offset, byte: 0x93 }));
        }
    }
}
