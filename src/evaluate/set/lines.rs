//! A file as lines of text.

use std::path::Path;

use super::{SetError, file, line};

/// The text of a file, without a byte order mark.
pub(super) fn text(path: &Path) -> Result<String, SetError> {
    let bytes = std::fs::read(path).map_err(|cause| SetError::Unreadable {
        path: path.display().to_string(),
        cause,
    })?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let (before, after) = error.as_bytes().split_at(error.utf8_error().valid_up_to());
        let at = before.split(|&byte| byte == b'\n').count();
        let byte = after.first().copied().unwrap_or_default();
        line(
            path,
            at,
            format!("byte 0x{byte:02X} is not UTF-8; save the file as UTF-8"),
        )
    })?;
    if text.trim().is_empty() {
        return Err(file(path, "it is empty"));
    }
    Ok(match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => text,
    })
}

/// The lines of a file; a line end at the end of the file begins no further one.
pub(super) fn read(path: &Path) -> Result<Vec<String>, SetError> {
    let text = text(path)?;
    Ok(text.lines().map(str::to_owned).collect())
}
