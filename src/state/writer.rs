//! One thread that writes, so that many small writes share one transaction and
//! one wait for the disk.
//!
//! Whoever writes is told when it is on the disk. Requests that come while the
//! disk is busy go into the next transaction together: the more articles are in
//! progress, the less each of them waits.

use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

use rusqlite::Connection;

use super::error::{Problem, StateError};

/// Most requests of one transaction, so that none waits for ever.
const TOGETHER: usize = 1000;

/// The thread, and the way to it.
pub(super) struct Writer {
    /// `None` once the end has begun.
    requests: Option<Sender<Box<dyn Request>>>,
    thread: Option<JoinHandle<()>>,
}

/// A request: done within a transaction, answered after it.
trait Request: Send {
    /// Does it.
    fn run(&mut self, connection: &Connection) -> rusqlite::Result<()>;
    /// Says what became of it.
    fn answer(self: Box<Self>, outcome: Result<(), StateError>);
}

struct Task<F, R, T> {
    work: Option<F>,
    value: Option<T>,
    reply: R,
}

impl<T, F, R> Request for Task<F, R, T>
where
    T: Send,
    F: FnOnce(&Connection) -> rusqlite::Result<T> + Send,
    R: FnOnce(Result<T, StateError>) + Send,
{
    fn run(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        if let Some(work) = self.work.take() {
            self.value = Some(work(connection)?);
        }
        Ok(())
    }

    fn answer(self: Box<Self>, outcome: Result<(), StateError>) {
        match (outcome, self.value) {
            (Err(error), _) => (self.reply)(Err(error)),
            (Ok(()), Some(value)) => (self.reply)(Ok(value)),
            // Not run and no error: cannot be; the reply is dropped, which is an
            // error to who waits for it.
            (Ok(()), None) => {}
        }
    }
}

impl Writer {
    /// Starts the thread; it owns `connection` from now on.
    pub(super) fn start(connection: Connection, file: &Path) -> Result<Self, StateError> {
        let (requests, inbox) = channel();
        let path = file.to_owned();
        let thread = std::thread::Builder::new()
            .name("anubad-state".to_owned())
            .spawn(move || serve(&connection, &path, &inbox))
            .map_err(|e| StateError::new(file, Problem::Io(e.to_string())))?;
        Ok(Self {
            requests: Some(requests),
            thread: Some(thread),
        })
    }

    /// Has `work` done within a transaction and `reply` called after it.
    pub(super) fn send<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
        reply: impl FnOnce(Result<T, StateError>) + Send + 'static,
    ) {
        let task = Box::new(Task {
            work: Some(work),
            value: None,
            reply,
        });
        if let Some(requests) = &self.requests {
            // Where the thread is gone the reply is dropped, and who waits knows.
            let _ = requests.send(task);
        }
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.requests = None;
        if let Some(thread) = self.thread.take() {
            // What was asked for is written before the process ends.
            let _ = thread.join();
        }
    }
}

fn serve(connection: &Connection, file: &Path, inbox: &Receiver<Box<dyn Request>>) {
    while let Ok(first) = inbox.recv() {
        let mut requests = vec![first];
        while requests.len() < TOGETHER
            && let Ok(next) = inbox.try_recv()
        {
            requests.push(next);
        }
        let outcomes = transaction(connection, &mut requests);
        match outcomes {
            Ok(outcomes) => {
                for (request, outcome) in requests.into_iter().zip(outcomes) {
                    request.answer(outcome.map_err(|e| StateError::of(file, &e)));
                }
            }
            Err(cause) => {
                // Nothing to roll back is the better case.
                if !connection.is_autocommit() {
                    let _ = connection.execute_batch("ROLLBACK");
                }
                let error = StateError::of(file, &cause);
                tracing::warn!(state = %file.display(), problem = %error.problem, "not written");
                for request in requests {
                    request.answer(Err(error.clone()));
                }
            }
        }
    }
}

/// One transaction. A request that fails leaves no trace and disturbs no other.
fn transaction(
    connection: &Connection,
    requests: &mut [Box<dyn Request>],
) -> rusqlite::Result<Vec<rusqlite::Result<()>>> {
    connection.execute_batch("BEGIN IMMEDIATE")?;
    let mut outcomes = Vec::with_capacity(requests.len());
    for request in requests {
        connection.prepare_cached("SAVEPOINT one")?.execute([])?;
        let outcome = request.run(connection);
        if let Err(cause) = outcome {
            // A full or failing disk has ended the whole transaction already.
            if connection.is_autocommit() {
                return Err(cause);
            }
            connection.execute_batch("ROLLBACK TO one")?;
            connection.prepare_cached("RELEASE one")?.execute([])?;
            outcomes.push(Err(cause));
            continue;
        }
        connection.prepare_cached("RELEASE one")?.execute([])?;
        outcomes.push(outcome);
    }
    connection.execute_batch("COMMIT")?;
    Ok(outcomes)
}
