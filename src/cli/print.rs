//! Writing to the terminal, without a panic when nobody reads.

use std::borrow::Cow;
use std::fmt::Display;
use std::io::{ErrorKind, Write};

use super::Exit;

/// Writes a result to standard output.
///
/// # Errors
/// When it cannot be written; that has been said then. A reader that has seen
/// enough (`| head`) is no error: what follows goes nowhere.
pub(super) fn out(text: &str) -> Result<(), Exit> {
    raw(&visible(text))
}

/// Writes a file to standard output, byte for byte.
///
/// # Errors
/// As for [`out`].
pub(super) fn raw(text: &str) -> Result<(), Exit> {
    let mut stdout = std::io::stdout().lock();
    match stdout
        .write_all(text.as_bytes())
        .and_then(|()| stdout.flush())
    {
        Err(cause) if cause.kind() != ErrorKind::BrokenPipe => {
            say(&format!("cannot write to standard output: {cause}"));
            Err(Exit::Nothing)
        }
        _ => Ok(()),
    }
}

/// Says something to the user, on standard error.
pub(super) fn say(message: &dyn Display) {
    let line = format!("anubad: {message}\n");
    let _ = std::io::stderr().write_all(visible(&line).as_bytes());
}

/// A number with its noun: `1 article`, `12 articles`.
pub(super) fn count(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}

/// Names of files may hold what commands a terminal; it is shown, not obeyed.
pub(super) fn visible(text: &str) -> Cow<'_, str> {
    let commands = |c: char| {
        c.is_control() && !matches!(c, '\n' | '\t')
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if !text.contains(commands) {
        return text.into();
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if commands(c) {
            shown.extend(c.escape_default());
        } else {
            shown.push(c);
        }
    }
    shown.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_commands_the_terminal() {
        for (text, shown) in [
            ("খবর এক.txt\n", "খবর এক.txt\n"),
            ("a\u{1b}[2Jb\r\tc\u{9b}", "a\\u{1b}[2Jb\\r\tc\\u{9b}"),
            // Text that turns its direction shows another name.
            ("\u{202e}txt.exe", "\\u{202e}txt.exe"),
        ] {
            assert_eq!(visible(text), shown);
        }
    }

    #[test]
    fn one_is_singular() {
        assert_eq!(count(1, "article"), "1 article");
        assert_eq!(count(0, "article"), "0 articles");
    }
}
