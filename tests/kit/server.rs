//! A server at the socket that answers as it is told: HTTP/1.1 on 127.0.0.1, a
//! thread a connection, every request recorded. It can also misbehave: answer
//! late, never, by half, or hang up.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use serde_json::Value;

/// What a client sent.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) method: String,
    /// With its query.
    pub(crate) path: String,
    /// Names in lower case.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Request {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        (self.headers.iter())
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    /// The body; null where it is no JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }
}

/// What the server does.
#[derive(Debug, Clone)]
pub(crate) struct Reply {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    after: Duration,
    end: End,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum End {
    Whole,
    /// Half of the body, then the connection is cut.
    Half,
    /// Nothing, and the connection is cut.
    Cut,
    /// Nothing until the client leaves.
    Hang,
}

impl Reply {
    pub(crate) fn text(status: u16, body: &str) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: body.as_bytes().to_vec(),
            after: Duration::ZERO,
            end: End::Whole,
        }
    }

    pub(crate) fn json(status: u16, body: &Value) -> Self {
        Self::text(status, &body.to_string()).header("Content-Type", "application/json")
    }

    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// So much later.
    pub(crate) fn after(mut self, delay: Duration) -> Self {
        self.after = delay;
        self
    }

    pub(crate) fn cut() -> Self {
        Self {
            end: End::Cut,
            ..Self::text(200, "")
        }
    }

    pub(crate) fn hang() -> Self {
        Self {
            end: End::Hang,
            ..Self::text(200, "")
        }
    }

    /// Cut in the middle of the body.
    pub(crate) fn half(mut self) -> Self {
        self.end = End::Half;
        self
    }
}

type Script = dyn Fn(&Request) -> Reply + Send + Sync;

struct Shared {
    script: Box<Script>,
    seen: Mutex<Seen>,
    changed: Condvar,
    stopped: AtomicBool,
}

#[derive(Default)]
struct Seen {
    requests: Vec<Request>,
    /// Clients that left before they had an answer.
    left: usize,
}

/// The server; it stops when it is dropped.
pub(crate) struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
}

/// Longest wait for an event that has to come.
const PATIENCE: Duration = Duration::from_secs(30);

impl Server {
    pub(crate) fn start(script: impl Fn(&Request) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let shared = Arc::new(Shared {
            script: Box::new(script),
            seen: Mutex::default(),
            changed: Condvar::new(),
            stopped: AtomicBool::new(false),
        });
        let theirs = Arc::clone(&shared);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                if theirs.stopped.load(Ordering::SeqCst) {
                    return;
                }
                let Ok(stream) = stream else { continue };
                let shared = Arc::clone(&theirs);
                std::thread::spawn(move || serve(&stream, &shared));
            }
        });
        Self { address, shared }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(crate) fn requests(&self) -> Vec<Request> {
        self.shared.seen.lock().unwrap().requests.clone()
    }

    /// Waits until so many requests have come.
    pub(crate) fn wait_for_requests(&self, count: usize) {
        self.wait(|seen| seen.requests.len() >= count);
    }

    /// Waits until so many clients have left without an answer.
    pub(crate) fn wait_for_leaving(&self, count: usize) {
        self.wait(|seen| seen.left >= count);
    }

    fn wait(&self, reached: impl Fn(&Seen) -> bool) {
        let seen = self.shared.seen.lock().unwrap();
        let waited = self
            .shared
            .changed
            .wait_timeout_while(seen, PATIENCE, |seen| !reached(seen))
            .unwrap();
        assert!(!waited.1.timed_out(), "what was waited for did not come");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shared.stopped.store(true, Ordering::SeqCst);
        // Wakes the listener.
        let _ = TcpStream::connect(self.address);
    }
}

fn serve(stream: &TcpStream, shared: &Shared) {
    let _ = stream.set_read_timeout(Some(PATIENCE));
    let mut reader = BufReader::new(stream);
    while let Some(request) = read(&mut reader) {
        let reply = (shared.script)(&request);
        note(shared, |seen| seen.requests.push(request));
        std::thread::sleep(reply.after);
        if !answer(stream, &reply, shared) {
            break;
        }
    }
    let _ = stream.shutdown(Shutdown::Both);
}

fn note(shared: &Shared, change: impl FnOnce(&mut Seen)) {
    change(&mut shared.seen.lock().unwrap());
    shared.changed.notify_all();
}

fn read(reader: &mut BufReader<&TcpStream>) -> Option<Request> {
    let mut line = String::new();
    reader.read_line(&mut line).ok().filter(|&n| n > 0)?;
    let mut words = line.split_whitespace();
    let (method, path) = (words.next()?.to_owned(), words.next()?.to_owned());
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok().filter(|&n| n > 0)?;
        let line = line.trim_end();
        if line.is_empty() {
            break;
        }
        let (name, value) = line.split_once(':')?;
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    let length = headers
        .iter()
        .find(|(name, _)| name == "content-length")
        .map_or(0, |(_, value)| value.parse().unwrap_or(0));
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(Request {
        method,
        path,
        headers,
        body,
    })
}

/// Whether the connection goes on.
fn answer(mut stream: &TcpStream, reply: &Reply, shared: &Shared) -> bool {
    if reply.end == End::Cut {
        return false;
    }
    if reply.end == End::Hang {
        // Ends when the client closes its side.
        let _ = stream.read(&mut [0]);
        note(shared, |seen| seen.left += 1);
        return false;
    }
    let headers: Vec<String> = (reply.headers.iter())
        .map(|(name, value)| format!("{name}: {value}\r\n"))
        .collect();
    let head = format!(
        "HTTP/1.1 {} Told\r\n{}Content-Length: {}\r\n\r\n",
        reply.status,
        headers.concat(),
        reply.body.len()
    );
    let length = match reply.end {
        End::Half => reply.body.len() / 2,
        _ => reply.body.len(),
    };
    let whole = [head.as_bytes(), &reply.body[..length]].concat();
    stream.write_all(&whole).is_ok() && reply.end == End::Whole
}
