//! Lines of bounded length.

use std::io;

use tokio::io::{AsyncBufRead, AsyncBufReadExt};

/// How far a line was read.
pub(super) enum Read {
    /// To its end, which is left out. The last line may lack one.
    Line,
    /// To the limit.
    TooLong,
    /// There is nothing left.
    End,
}

/// Adds to `line` up to the end of the line, at most `limit` bytes in all.
/// Nothing is lost when the future is dropped before it is done.
pub(super) async fn read_line(
    reader: &mut (impl AsyncBufRead + Unpin),
    line: &mut Vec<u8>,
    limit: usize,
) -> io::Result<Read> {
    loop {
        let buffer = reader.fill_buf().await?;
        if buffer.is_empty() {
            return Ok(if line.is_empty() {
                Read::End
            } else {
                Read::Line
            });
        }
        let end = buffer.iter().position(|&b| b == b'\n');
        let part = end.unwrap_or(buffer.len());
        let taken = part.min(limit.saturating_sub(line.len()));
        line.extend_from_slice(&buffer[..taken]);
        if taken < part {
            reader.consume(taken);
            return Ok(Read::TooLong);
        }
        reader.consume(part + usize::from(end.is_some()));
        if end.is_some() {
            return Ok(Read::Line);
        }
    }
}

/// Drops the rest of a line.
pub(super) async fn skip_line(reader: &mut (impl AsyncBufRead + Unpin)) -> io::Result<Read> {
    loop {
        let buffer = reader.fill_buf().await?;
        if buffer.is_empty() {
            return Ok(Read::End);
        }
        let end = buffer.iter().position(|&b| b == b'\n');
        let taken = end.map_or(buffer.len(), |at| at + 1);
        reader.consume(taken);
        if end.is_some() {
            return Ok(Read::Line);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn lines_are_read_up_to_their_end_and_their_limit() {
        let mut input: &[u8] = "ক\n\nlonger than that\nlast".as_bytes();
        let mut seen = Vec::new();
        loop {
            let mut line = Vec::new();
            let read = read_line(&mut input, &mut line, 6).await.unwrap();
            let line = String::from_utf8(line).unwrap();
            match read {
                Read::Line => seen.push(line),
                Read::TooLong => {
                    seen.push(format!("{line}…"));
                    skip_line(&mut input).await.unwrap();
                }
                Read::End => break,
            }
        }
        assert_eq!(seen, ["ক", "", "longer…", "last"]);
    }
}
