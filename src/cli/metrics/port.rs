//! The metrics at a port, for a Prometheus that fetches them: one page, HTTP/1.1, a
//! connection a request. Numbers and names of providers; no article text, no keys.

use std::net::SocketAddr;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::task::AbortHandle;

use super::Board;

/// How long a request may take from its first byte to the last of its answer.
const PATIENCE: Duration = Duration::from_secs(5);
/// Most bytes of a request: its head, since nothing else is looked at.
const LONGEST: usize = 8 * 1024;
/// Requests at a time; the others wait.
const TOGETHER: usize = 8;

/// Where the metrics are to be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) struct Listen(SocketAddr);

impl FromStr for Listen {
    type Err = String;

    /// `127.0.0.1:9464`, `[::1]:9464`, or a port of this machine's own: `9464`.
    fn from_str(text: &str) -> Result<Self, String> {
        let own = text
            .parse()
            .map(|port| SocketAddr::from(([127, 0, 0, 1], port)));
        own.or_else(|_| text.parse()).map(Self).map_err(|_| {
            "write a port (9464, of this machine alone) or an address with its port \
             (0.0.0.0:9464)"
                .to_owned()
        })
    }
}

/// A port that is open; it closes with this value.
#[derive(Debug)]
pub(in crate::cli) struct Open {
    /// Where it is: of port 0 the one that was free.
    pub(in crate::cli) at: SocketAddr,
    task: AbortHandle,
}

impl Drop for Open {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Answers whoever asks what `board` says.
///
/// # Errors
/// When nobody may listen there; for a person.
pub(in crate::cli) async fn serve(listen: Listen, board: Arc<Board>) -> Result<Open, String> {
    let failed = |cause: std::io::Error| {
        format!(
            "nobody can listen at {}: {cause}; name another address with --metrics-listen",
            listen.0
        )
    };
    let listener = TcpListener::bind(listen.0).await.map_err(failed)?;
    let at = listener.local_addr().map_err(failed)?;
    let task = tokio::spawn(accept(listener, board)).abort_handle();
    Ok(Open { at, task })
}

async fn accept(listener: TcpListener, board: Arc<Board>) {
    let places = Arc::new(Semaphore::new(TOGETHER));
    while let Ok(place) = Arc::clone(&places).acquire_owned().await {
        match listener.accept().await {
            Ok((stream, _)) => {
                let board = Arc::clone(&board);
                tokio::spawn(async move {
                    // Who does not read is left alone.
                    let _ = tokio::time::timeout(PATIENCE, answer(stream, &board)).await;
                    drop(place);
                });
            }
            Err(error) => {
                // Such as too many open files: it passes.
                tracing::warn!(%error, "a request for metrics is not taken");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
}

async fn answer(mut stream: TcpStream, board: &Board) -> std::io::Result<()> {
    let mut head = Vec::new();
    let mut some = [0; 1024];
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        let read = stream.read(&mut some).await?;
        head.extend(some.iter().take(read));
        if read == 0 || head.len() > LONGEST {
            break;
        }
    }
    let reply = reply(&head, board);
    stream.write_all(reply.as_bytes()).await?;
    stream.shutdown().await
}

fn reply(head: &[u8], board: &Board) -> String {
    let line = head.split(|&byte| byte == b'\r').next();
    let line = line.and_then(|line| std::str::from_utf8(line).ok());
    let mut words = line.unwrap_or_default().split(' ');
    let (method, path) = (words.next().unwrap_or_default(), words.next());
    let path = path.map(|path| path.split('?').next().unwrap_or_default());
    let plain = "text/plain; charset=utf-8";
    let (status, kind, body) = match (method, path) {
        ("GET" | "HEAD", Some("/metrics")) => (
            "200 OK",
            "application/openmetrics-text; version=1.0.0; charset=utf-8",
            board.text(),
        ),
        ("GET" | "HEAD", Some(_)) => ("404 Not Found", plain, "see /metrics\n".to_owned()),
        (_, Some(_)) => (
            "405 Method Not Allowed\r\nAllow: GET, HEAD",
            plain,
            "ask with GET\n".to_owned(),
        ),
        _ => ("400 Bad Request", plain, "this is no request\n".to_owned()),
    };
    let length = body.len();
    let body = if method == "HEAD" { "" } else { &body };
    format!(
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read() {
        for (text, address) in [
            ("9464", Some("127.0.0.1:9464")),
            ("0", Some("127.0.0.1:0")),
            ("0.0.0.0:80", Some("0.0.0.0:80")),
            ("[::1]:9464", Some("[::1]:9464")),
            ("70000", None),
            ("localhost", None),
            (":9464", None),
            ("", None),
        ] {
            let read = text.parse::<Listen>().ok().map(|at| at.0.to_string());
            assert_eq!(read.as_deref(), address, "{text}");
        }
    }

    #[test]
    fn whatever_is_asked_there_is_an_answer() {
        let board = Board::default();
        for (head, status) in [
            ("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n", "200 OK"),
            ("GET /metrics?name=x HTTP/1.0\r\n\r\n", "200 OK"),
            ("HEAD /metrics HTTP/1.1\r\n\r\n", "200 OK"),
            ("GET / HTTP/1.1\r\n\r\n", "404 Not Found"),
            ("GET /metrics/../x HTTP/1.1\r\n\r\n", "404 Not Found"),
            ("POST /metrics HTTP/1.1\r\n\r\n", "405 Method Not Allowed"),
            ("\u{1}\r\n\r\n", "400 Bad Request"),
            ("", "400 Bad Request"),
        ] {
            let reply = reply(head.as_bytes(), &board);
            assert!(
                reply.starts_with(&format!("HTTP/1.1 {status}\r\n")),
                "{reply}"
            );
            let (_, body) = reply.split_once("\r\n\r\n").unwrap();
            assert_eq!(body.is_empty(), head.starts_with("HEAD"), "{reply}");
        }
        assert!(reply(b"\xff\xfe", &board).contains("400"));
    }
}
