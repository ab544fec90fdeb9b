//! Servers of NATS, one or three, and workers.

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use super::kit::{Desk, Outcome};

/// How long anything may take before a test fails; longer where it has more to do.
pub(crate) fn long() -> Duration {
    let more = std::env::var("ANUBAD_QUEUE_ARTICLES").ok();
    let more = more.and_then(|count| count.parse::<u64>().ok());
    Duration::from_secs(120 + more.unwrap_or_default() / 5)
}

/// A server with `JetStream`; it ends with this value.
pub(crate) struct Server {
    folder: tempfile::TempDir,
    pub(crate) port: u16,
    rest: Vec<String>,
    child: Option<Child>,
}

/// Says that a test is skipped where there is no server to try it with; with
/// `ANUBAD_NEEDS_NATS` set that is a failure.
pub(crate) fn is_missing() -> bool {
    let is_there = Command::new(program()).arg("--version").output().is_ok();
    assert!(
        is_there || std::env::var_os("ANUBAD_NEEDS_NATS").is_none(),
        "nats-server is not installed"
    );
    if !is_there {
        println!("skipped: nats-server is not installed");
    }
    !is_there
}

fn program() -> &'static str {
    // Debian has it where only administrators look.
    let there = "/usr/sbin/nats-server";
    if Path::new(there).exists() {
        there
    } else {
        "nats-server"
    }
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

impl Server {
    /// Starts a server by itself; `rest` is added to its configuration.
    pub(crate) fn start(rest: &str) -> Self {
        let mut server = Self {
            folder: tempfile::tempdir().unwrap(),
            port: free_port(),
            rest: vec![rest.to_owned()],
            child: None,
        };
        server.up();
        server
    }

    /// Three servers that keep everything together.
    pub(crate) fn cluster() -> Vec<Self> {
        let ports: Vec<u16> = (0..3).map(|_| free_port()).collect();
        let routes: Vec<String> = ports
            .iter()
            .map(|port| format!("nats://127.0.0.1:{port}"))
            .collect();
        let mut servers: Vec<Self> = ports
            .iter()
            .enumerate()
            .map(|(number, port)| Self {
                folder: tempfile::tempdir().unwrap(),
                port: free_port(),
                rest: vec![format!(
                    "server_name: s{number}\ncluster {{ name: c, listen: \"127.0.0.1:{port}\", routes: {routes:?} }}"
                )],
                child: None,
            })
            .collect();
        for server in &mut servers {
            server.up();
        }
        servers
    }

    /// Starts it with what it has kept.
    pub(crate) fn up(&mut self) {
        let config = self.folder.path().join("server.conf");
        let text = format!(
            "listen: \"127.0.0.1:{}\"\njetstream {{ store_dir: {:?} }}\n{}\n",
            self.port,
            self.folder.path().join("kept"),
            self.rest.join("\n")
        );
        std::fs::write(&config, text).unwrap();
        let mut child = Command::new(program())
            .arg("-c")
            .arg(&config)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let (ready, is_ready) = mpsc::channel();
        // Read on, or the server would wait for its reader.
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                if line.contains("Server is ready") {
                    let _ = ready.send(());
                }
            }
        });
        self.child = Some(child);
        is_ready.recv_timeout(long()).expect("the server starts");
    }

    /// Ends it at once, as a machine ends that loses power.
    pub(crate) fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            child.kill().unwrap();
            child.wait().unwrap();
        }
    }

    /// The files that it has written.
    pub(crate) fn kept(&self) -> Vec<Vec<u8>> {
        walkdir::WalkDir::new(self.folder.path().join("kept"))
            .into_iter()
            .flatten()
            .filter(|entry| entry.file_type().is_file())
            .map(|entry| std::fs::read(entry.path()).unwrap_or_default())
            .collect()
    }

    pub(crate) fn url(&self) -> String {
        format!("nats://127.0.0.1:{}", self.port)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}

/// The addresses of several servers.
pub(crate) fn urls(servers: &[Server]) -> String {
    let urls: Vec<String> = servers.iter().map(Server::url).collect();
    urls.join(",")
}

/// A worker; it ends with this value.
pub(crate) struct Worker(Child);

impl Worker {
    pub(crate) fn start(desk: &Desk, url: &str, more: &[&str]) -> Self {
        let mut command = desk.command();
        command.args(["worker", "--queue", url]).args(more);
        Self::of(command)
    }

    /// The worker that a command is.
    pub(crate) fn of(mut command: Command) -> Self {
        let child = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn();
        Self(child.unwrap())
    }

    /// SIGKILL: nothing of it is asked.
    pub(crate) fn kill(mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }

    pub(crate) fn signal(&self, name: &str) {
        let id = self.0.id().to_string();
        let sent = Command::new("kill").args(["-s", name, &id]).status();
        assert!(sent.unwrap().success());
    }

    /// Asks it to end, and waits for that.
    pub(crate) fn stop(self) -> Outcome {
        self.signal("TERM");
        self.end()
    }

    /// Waits for its end.
    pub(crate) fn end(mut self) -> Outcome {
        let stderr = self.0.stderr.take().unwrap();
        let reader = std::thread::spawn(move || std::io::read_to_string(stderr).unwrap());
        let status = wait(|| self.0.try_wait().unwrap());
        Outcome {
            status: status.code(),
            out: String::new(),
            err: reader.join().unwrap(),
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Waits until there is something.
#[track_caller]
pub(crate) fn wait<T>(mut look: impl FnMut() -> Option<T>) -> T {
    let until = Instant::now() + long();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(Instant::now() < until, "it takes too long");
        std::thread::sleep(Duration::from_millis(20));
    }
}
