//! Byte pieces in what the engine writes: `<0xE7>` and the like, back to text.

/// Replaces runs of byte pieces by the characters that their bytes spell; bytes
/// that spell none are dropped.
pub(super) fn to_text(answer: &str) -> String {
    if !answer.contains("<0x") {
        return answer.to_owned();
    }
    let mut out = String::with_capacity(answer.len());
    let mut bytes = Vec::new();
    let mut rest = answer;
    while !rest.is_empty() {
        if let Some((byte, after)) = byte_piece(rest) {
            bytes.push(byte);
            rest = after;
            continue;
        }
        flush(&mut bytes, &mut out);
        let length = rest.chars().next().map_or(1, char::len_utf8);
        out.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    flush(&mut bytes, &mut out);
    out
}

fn byte_piece(text: &str) -> Option<(u8, &str)> {
    let rest = text.strip_prefix("<0x")?;
    let byte = u8::from_str_radix(rest.get(..2)?, 16).ok()?;
    Some((byte, rest[2..].strip_prefix('>')?))
}

fn flush(bytes: &mut Vec<u8>, out: &mut String) {
    let text = String::from_utf8_lossy(bytes);
    out.extend(text.chars().filter(|&c| c != char::REPLACEMENT_CHARACTER));
    bytes.clear();
}

#[cfg(test)]
mod tests {
    use super::to_text;

    #[test]
    fn bytes_become_letters() {
        assert_eq!(to_text("বাং<0xE0><0xA6><0x88>লা"), "বাংঈলা");
        assert_eq!(to_text("a <0xE7> b"), "a  b");
        assert_eq!(to_text("<0x"), "<0x");
        assert_eq!(to_text("কিছু নেই"), "কিছু নেই");
    }
}
