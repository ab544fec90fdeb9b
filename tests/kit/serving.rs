//! `anubad serve` under way, and a client for it: HTTP/1.1 by hand, since what is
//! tried is also what no client would send.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::path::Path;
use std::process::{Child, ChildStderr, Command, ExitStatus, Stdio};
use std::time::Duration;

use serde_json::Value;

/// The longest that an answer may take before the test fails.
const PATIENCE: Duration = Duration::from_mins(2);

/// A server in a folder.
pub(crate) struct Serving {
    child: Child,
    stderr: BufReader<ChildStderr>,
    /// `127.0.0.1:PORT`
    pub(crate) address: String,
}

/// What it answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Answer {
    #[track_caller]
    pub(crate) fn is(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{self:#?}");
        self
    }

    /// The body; null where it is no JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_default()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        let found = lines.filter(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.trim()).next()
    }
}

impl Serving {
    /// Starts one and waits until it listens.
    pub(crate) fn start(folder: &Path, arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_anubad"));
        let mut child = command
            .args(["serve", "--listen", "127.0.0.1:0"])
            .args(arguments)
            .current_dir(folder)
            .env_remove("RUST_LOG")
            .env_remove("ANUBAD_TOKEN")
            .stdin(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stderr = BufReader::new(child.stderr.take().unwrap());
        let mut heard = String::new();
        let address = loop {
            let start = heard.len();
            let read = stderr.read_line(&mut heard).unwrap();
            assert!(read > 0, "it does not serve: {heard}");
            if let Some((_, rest)) = heard[start..].split_once("serving on http://") {
                break rest.split('/').next().unwrap().to_owned();
            }
        };
        Self {
            child,
            stderr,
            address,
        }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[], "")
    }

    /// A change as a program sends it, of the version `version`.
    pub(crate) fn change(&self, method: &str, path: &str, version: &str, body: &Value) -> Answer {
        let tag = format!("\"{version}\"");
        let headers = [
            ("If-Match", tag.as_str()),
            ("Content-Type", "application/json"),
        ];
        self.ask(method, path, &headers, &body.to_string())
    }

    /// A request with exactly these headers, and those without which there is none.
    pub(crate) fn ask(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Answer {
        let mut request = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n");
        if !headers.iter().any(|(name, _)| *name == "Host") {
            request += "Host: ";
            request += &self.address;
            request += "\r\n";
        }
        for (name, value) in headers {
            request += &[name, ": ", value, "\r\n"].concat();
        }
        request += "Content-Length: ";
        request += &body.len().to_string();
        request += "\r\n\r\n";
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        // A server that has read enough may have hung up.
        let _ = stream.write_all(body.as_bytes());
        answer(&mut stream)
    }

    /// A connection of one's own.
    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// What a terminal does at Ctrl-C.
    pub(crate) fn interrupt(&self) {
        let killed = Command::new("kill")
            .args(["-INT", &self.child.id().to_string()])
            .status();
        assert!(killed.unwrap().success());
    }

    /// Waits for a line with `text` on standard error.
    pub(crate) fn hear(&mut self, text: &str) {
        let mut line = String::new();
        while !line.contains(text) {
            line.clear();
            let read = self.stderr.read_line(&mut line).unwrap();
            assert!(read > 0, "it never said `{text}`");
        }
    }

    /// Waits for its end.
    pub(crate) fn end(mut self) -> ExitStatus {
        self.child.wait().unwrap()
    }
}

/// Reads an answer to its end.
pub(crate) fn answer(stream: &mut TcpStream) -> Answer {
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    let _ = stream.shutdown(Shutdown::Both);
    let text = String::from_utf8(bytes).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    let status = head.split(' ').nth(1).and_then(|code| code.parse().ok());
    Answer {
        status: status.unwrap_or_else(|| panic!("no answer: {text}")),
        head: head.to_owned(),
        body: body.to_owned(),
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
