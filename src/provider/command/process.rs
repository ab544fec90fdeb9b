//! The program itself: started, spoken to line by line, ended.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::io::{AsyncWriteExt, BufReader};
use tokio::process::{Child, ChildStderr, ChildStdin, ChildStdout};
use tokio::task::JoinHandle;

use super::lines::{Read, read_line, skip_line};
use super::protocol::Line;
use super::{CommandConfig, clip};

/// Most bytes of a line on standard output.
pub(super) const LINE: usize = 64 * 1024 * 1024;

/// Most characters of a line on standard error that reach the log.
const LOGGED: usize = 500;

/// Most characters of standard error that an error repeats.
const LAST_WORDS: usize = 200;

/// How long a program that closed its output may take to end.
const ENDING: Duration = Duration::from_secs(1);

/// How long a program may take to end when it is no longer needed.
const FAREWELL: Duration = Duration::from_millis(500);

/// A running program. Dropping it closes its standard input, which asks it to
/// end, and kills it soon afterwards; at once where it owes an answer.
#[derive(Debug)]
pub(super) struct Process {
    provider: String,
    child: Child,
    stdin: Option<ChildStdin>,
    stdout: BufReader<ChildStdout>,
    /// The line that is being read.
    line: Vec<u8>,
    stderr: Arc<Mutex<String>>,
    listener: JoinHandle<()>,
    /// Whether it owes an answer.
    busy: bool,
    /// Whether it may still answer a greeting that was given up on.
    greeting: bool,
}

/// Why a question got no answer.
#[derive(Debug)]
pub(super) enum Failure {
    /// The program ended, or its pipes broke.
    Ended,
    /// A line is longer than [`LINE`].
    TooLong,
    /// The program printed something that is no answer; it goes on running.
    Nonsense(String),
}

/// What came of a greeting.
#[derive(Debug)]
pub(super) enum Greeted {
    /// The program introduced itself with this line.
    Hello(Vec<u8>),
    /// It answered something else.
    Nonsense,
    /// It did not answer in time.
    Silence,
}

impl Process {
    /// Starts the program of `config`, without a shell.
    ///
    /// # Errors
    /// The cause and the next step, in words.
    pub(super) fn start(provider: &str, config: &CommandConfig) -> Result<Self, String> {
        let Some((program, arguments)) = config.command.split_first() else {
            return Err(
                "`command` is empty; write the program and its arguments, such as \
                 `command = [\"python3\", \"my.py\"]`"
                    .to_owned(),
            );
        };
        // `pipeline.toml` without a folder has the parent ``.
        let directory = config
            .directory
            .as_deref()
            .filter(|directory| !directory.as_os_str().is_empty());
        if let Some(directory) = directory.filter(|directory| !directory.is_dir()) {
            return Err(format!(
                "`{program}` cannot be started in {}: this is no folder; correct the path",
                directory.display()
            ));
        }
        let mut command = tokio::process::Command::new(located(program, directory));
        if let Some(directory) = directory {
            command.current_dir(directory);
        }
        // Ctrl-C is for this program, which finishes what is in progress.
        #[cfg(unix)]
        command.process_group(0);
        let mut child = command
            .args(arguments)
            .envs(&config.env)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .map_err(|error| {
                format!("`{program}` cannot be started: {error}; {}", advice(&error))
            })?;
        let (Some(stdin), Some(stdout), Some(stderr)) =
            (child.stdin.take(), child.stdout.take(), child.stderr.take())
        else {
            return Err(format!("`{program}` cannot be started: it got no pipes"));
        };
        let words = Arc::new(Mutex::new(String::new()));
        tracing::debug!(provider, process = child.id(), "started");
        Ok(Self {
            provider: provider.to_owned(),
            child,
            stdin: Some(stdin),
            stdout: BufReader::new(stdout),
            line: Vec::new(),
            listener: tokio::spawn(listen(stderr, provider.to_owned(), Arc::clone(&words))),
            stderr: words,
            busy: false,
            greeting: false,
        })
    }

    /// Asks the program to introduce itself and waits for `limit`.
    ///
    /// # Errors
    /// When the program ended.
    pub(super) async fn greet(
        &mut self,
        hello: &[u8],
        limit: Duration,
    ) -> Result<Greeted, Failure> {
        self.busy = true;
        let answer = tokio::time::timeout(limit, async {
            self.send(hello).await?;
            self.next_line().await
        });
        let greeted = match answer.await {
            Err(_) => Greeted::Silence,
            Ok(line) => {
                let line = line?;
                match Line::of(&line) {
                    Line::Hello => Greeted::Hello(line),
                    _ => Greeted::Nonsense,
                }
            }
        };
        self.greeting = matches!(greeted, Greeted::Silence);
        self.busy = false;
        Ok(greeted)
    }

    /// Sends the request of number `id` and waits for its answer; a late answer
    /// to an earlier request is left aside. Bounded by nothing but the program.
    ///
    /// # Errors
    /// When the program ended or did not answer the request.
    pub(super) async fn ask(&mut self, id: u64, request: &[u8]) -> Result<Vec<u8>, Failure> {
        self.busy = true;
        let Some(mut stdin) = self.stdin.take() else {
            return Err(Failure::Ended);
        };
        // Both at once: a program may answer before it has read to the end, and
        // would wait forever for someone to take what it writes.
        let write = async {
            let written = stdin.write_all(request).await;
            let flushed = stdin.flush().await;
            (stdin, written.and(flushed))
        };
        let ((stdin, written), answer) = tokio::join!(write, self.answer(id));
        self.stdin = Some(stdin);
        self.busy = false;
        if let Err(error) = written {
            tracing::debug!(provider = self.provider, %error, "the request was not taken whole");
        }
        answer
    }

    async fn answer(&mut self, id: u64) -> Result<Vec<u8>, Failure> {
        loop {
            let line = self.next_line().await?;
            let nonsense = match Line::of(&line) {
                Line::Answer(found) if found == id => return Ok(line),
                Line::Answer(found) if found < id => {
                    tracing::warn!(
                        provider = self.provider,
                        id = found,
                        "a late answer is left aside"
                    );
                    continue;
                }
                Line::Hello => {
                    if std::mem::take(&mut self.greeting) {
                        tracing::warn!(
                            provider = self.provider,
                            "it introduced itself too late and is used with the defaults"
                        );
                    }
                    continue;
                }
                Line::Answer(found) => format!(
                    "the program answered request {found}, which was not made; \
                     it has to give back the `id` of the request ({id})"
                ),
                Line::Unnumbered => {
                    format!("the program answered without the `id` of the request ({id}, a number)")
                }
                Line::Garbage => format!(
                    "the program printed a line of {} bytes that is no JSON object; its standard \
                     output is for answers alone, anything else belongs on standard error",
                    line.len()
                ),
            };
            if std::mem::take(&mut self.greeting) {
                tracing::warn!(
                    provider = self.provider,
                    "a late answer to the greeting is left aside"
                );
                continue;
            }
            return Err(Failure::Nonsense(nonsense));
        }
    }

    async fn send(&mut self, line: &[u8]) -> Result<(), Failure> {
        let stdin = self.stdin.as_mut().ok_or(Failure::Ended)?;
        // Where the program is gone, reading says so too and says it better.
        if stdin.write_all(line).await.is_ok() {
            let _ = stdin.flush().await;
        }
        Ok(())
    }

    /// The next line of standard output that is not blank. What was read of a
    /// line is kept when the call is given up.
    async fn next_line(&mut self) -> Result<Vec<u8>, Failure> {
        loop {
            match read_line(&mut self.stdout, &mut self.line, LINE).await {
                Ok(Read::Line) => {}
                Ok(Read::TooLong) => return Err(Failure::TooLong),
                Ok(Read::End) | Err(_) => return Err(Failure::Ended),
            }
            let line = std::mem::take(&mut self.line);
            if !line.trim_ascii().is_empty() {
                return Ok(line);
            }
        }
    }

    /// Whether the program has ended by itself.
    pub(super) fn has_ended(&mut self) -> bool {
        !matches!(self.child.try_wait(), Ok(None))
    }

    /// Makes sure that the program has ended, by force where needed, and says
    /// how it ended and what it said last.
    pub(super) async fn end(mut self) -> String {
        self.stdin = None;
        let status = match tokio::time::timeout(ENDING, self.child.wait()).await {
            Ok(Ok(status)) => Some(status),
            _ => None,
        };
        if status.is_none() {
            self.kill().await;
        }
        // A program started by the program may keep the pipe open.
        let _ = tokio::time::timeout(ENDING, &mut self.listener).await;
        let how = status.map_or_else(|| "closed its output".to_owned(), ended);
        let words = self.last_words();
        if words.is_empty() {
            format!("the program {how}; it said nothing on standard error")
        } else {
            format!("the program {how}; its last words: {words}")
        }
    }

    /// Kills the program.
    pub(super) async fn kill(&mut self) {
        if let Err(error) = self.child.kill().await {
            tracing::debug!(provider = self.provider, %error, "it could not be killed");
        }
    }

    fn last_words(&self) -> String {
        self.stderr
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.stdin = None;
        // Most programs are gone within milliseconds; none is killed halfway
        // through saving its work for want of waiting that long.
        let since = Instant::now();
        while !self.busy && since.elapsed() < FAREWELL && !self.has_ended() {
            std::thread::sleep(Duration::from_millis(2));
        }
        self.listener.abort();
    }
}

/// Where the program is: a path is relative to the folder in which it starts,
/// a bare name is looked up in `PATH`.
fn located(program: &str, directory: Option<&Path>) -> PathBuf {
    let path = Path::new(program);
    let bare = path.components().count() == 1 && !program.starts_with('.');
    match directory {
        Some(directory) if !bare => {
            let path = directory.join(path);
            std::path::absolute(&path).unwrap_or(path)
        }
        _ => path.to_owned(),
    }
}

fn advice(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::NotFound => {
            "install it, or write the whole path of the program under `command`"
        }
        io::ErrorKind::PermissionDenied => {
            "make the file executable, or put its interpreter first under `command`"
        }
        _ => "correct `command`; it is a program and its arguments, not a line for a shell",
    }
}

fn ended(status: ExitStatus) -> String {
    match status.code() {
        Some(code) => format!("ended with exit code {code}"),
        // Names the signal.
        None => format!("was ended ({status})"),
    }
}

/// Takes what the program says on standard error to the log, and keeps the end.
async fn listen(stderr: ChildStderr, provider: String, words: Arc<Mutex<String>>) {
    // A character is at most four bytes.
    const BYTES: usize = 4 * LOGGED;
    let mut stderr = BufReader::new(stderr);
    let mut line = Vec::new();
    loop {
        let read = read_line(&mut stderr, &mut line, BYTES).await;
        let text = clip(String::from_utf8_lossy(&line).trim(), LOGGED);
        line.clear();
        if !text.is_empty() {
            tracing::info!(provider, "{text}");
            let mut words = words.lock().unwrap_or_else(PoisonError::into_inner);
            if !words.is_empty() {
                words.push_str(" | ");
            }
            words.push_str(&text);
            let excess = words.chars().count().saturating_sub(LAST_WORDS);
            if let Some((at, _)) = words.char_indices().nth(excess) {
                words.drain(..at);
            }
        }
        match read {
            Ok(Read::Line) => {}
            Ok(Read::TooLong) => {
                if !matches!(skip_line(&mut stderr).await, Ok(Read::Line)) {
                    return;
                }
            }
            Ok(Read::End) | Err(_) => return,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_relative_to_the_folder_and_a_name_is_not() {
        let folder = Path::new("/news/desk");
        for (program, expected) in [
            ("python3", "python3"),
            ("./mt", "/news/desk/mt"),
            ("bin/mt", "/news/desk/bin/mt"),
            ("/opt/mt", "/opt/mt"),
        ] {
            assert_eq!(located(program, Some(folder)), Path::new(expected));
            assert_eq!(located(program, None), Path::new(program));
        }
    }
}
