//! The job ledger: what became of every article, and the runs.

use rusqlite::{OptionalExtension, Row, params};

use super::{StateError, StateFile, lock, now};

/// What became of an article, as of its last run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Its outputs are written and on the disk.
    Done,
    /// It has gaps and is held back; it is tried again.
    Held,
    /// It failed and is tried again.
    Failed,
    /// It failed too often and is tried again only where that is asked for.
    GivenUp,
}

impl Standing {
    /// Every standing.
    pub const ALL: [Self; 4] = [Self::Done, Self::Held, Self::Failed, Self::GivenUp];

    /// The word for it in the file and in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Held => "held",
            Self::Failed => "failed",
            Self::GivenUp => "given-up",
        }
    }
}

/// A row of the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The article.
    pub id: String,
    /// Digest of its bytes; empty where it could not be read.
    pub input: String,
    /// Size and times of its file when it was read.
    pub seen: String,
    /// Fingerprint of everything else that decides the output.
    pub settings: String,
    /// What became of it.
    pub standing: Standing,
    /// Failures in a row with this input and these settings.
    pub attempts: u32,
    /// Why it failed.
    pub cause: Option<String>,
    /// The files that were written; JSON.
    pub outputs: String,
    /// Its entry in the report; JSON.
    pub report: String,
    /// The change of an editor that asks for it to be done again. Written, it is the
    /// change that the outputs have: one that came later goes on asking.
    pub reopened: Option<i64>,
}

/// What a run did, for the list of runs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Articles that were written.
    pub written: u64,
    /// Articles that were done already.
    pub unchanged: u64,
    /// Articles that failed.
    pub failed: u64,
}

impl StateFile {
    /// The processes of runs that were killed, since the last run began.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn killed(&self) -> Result<Vec<u32>, StateError> {
        self.read(|connection| {
            let processes: Vec<String> = connection
                .prepare("SELECT process FROM runs WHERE status IS NULL")?
                .query_map([], |row| row.get(0))?
                .collect::<Result<_, _>>()?;
            Ok(processes.iter().filter_map(|text| lock::id(text)).collect())
        })
    }

    /// Enters a run that begins; gives its number. To be called by whoever holds the [`RunLock`](super::RunLock).
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn begin_run(&self) -> Result<i64, StateError> {
        self.write(|connection| {
            connection.execute(
                "INSERT INTO runs (started, process) VALUES (?1, ?2)",
                [now(), lock::owner()],
            )?;
            Ok(connection.last_insert_rowid())
        })
        .await
    }

    /// Enters a server of pages that starts, in the list of runs: what it has sent is
    /// entered under that number. Runs go on beside it.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn enter_service(&self) -> Result<i64, StateError> {
        self.write(|connection| {
            connection.execute(
                "INSERT INTO runs (started, ended, status, process) VALUES (?1, ?1, 'serving', ?2)",
                [now(), lock::owner()],
            )?;
            Ok(connection.last_insert_rowid())
        })
        .await
    }

    /// Enters that runs before `run` were killed, where they did not end: what
    /// they left has been removed.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn end_killed(&self, run: i64) -> Result<(), StateError> {
        self.write(move |connection| {
            let sql = "UPDATE runs SET status = 'killed' WHERE status IS NULL AND run < ?1";
            connection.execute(sql, [run])?;
            Ok(())
        })
        .await
    }

    /// Enters how a run ended.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn end_run(
        &self,
        run: i64,
        status: &'static str,
        tally: Tally,
    ) -> Result<(), StateError> {
        self.write(move |connection| {
            connection.execute(
                "UPDATE runs SET ended = ?2, status = ?3, written = ?4, unchanged = ?5, failed = ?6 \
                 WHERE run = ?1",
                params![
                    run,
                    now(),
                    status,
                    number(tally.written),
                    number(tally.unchanged),
                    number(tally.failed)
                ],
            )?;
            Ok(())
        })
        .await
    }

    /// The rows of articles whose outputs go to `folder`, one an id, in order.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn articles(&self, folder: &str, ids: &[String]) -> Result<Vec<Option<Entry>>, StateError> {
        self.read_many(|connection| {
            let mut find = connection.prepare_cached(
                "SELECT id, input, seen, settings, state, attempts, cause, outputs, report, change \
                 FROM articles LEFT JOIN reopened USING (folder, id) WHERE folder = ?1 AND id = ?2",
            )?;
            ids.iter()
                .map(|id| find.query_row([folder, id], entry).optional())
                .collect()
        })
    }

    /// Enters what became of an article; ready when it is on the disk.
    ///
    /// # Errors
    /// When the file cannot be written; the row is then what it was.
    pub async fn enter_article(
        &self,
        folder: &str,
        entry: Entry,
        run: i64,
    ) -> Result<(), StateError> {
        let folder = folder.to_owned();
        self.write(move |connection| {
            connection
                .prepare_cached(
                    "INSERT OR REPLACE INTO articles \
                     (folder, id, input, seen, settings, state, attempts, cause, outputs, report, run, at) \
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
                )?
                .execute(params![
                    folder,
                    entry.id,
                    entry.input,
                    entry.seen,
                    entry.settings,
                    entry.standing.name(),
                    entry.attempts,
                    entry.cause,
                    entry.outputs,
                    entry.report,
                    run,
                    now()
                ])?;
            connection
                .prepare_cached("DELETE FROM reopened WHERE folder = ?1 AND id = ?2 AND change = ?3")?
                .execute(params![folder, entry.id, entry.reopened])?;
            Ok(())
        })
        .await
    }
}

fn entry(row: &Row<'_>) -> rusqlite::Result<Entry> {
    let state: String = row.get(4)?;
    Ok(Entry {
        id: row.get(0)?,
        input: row.get(1)?,
        seen: row.get(2)?,
        settings: row.get(3)?,
        // The table admits no other word.
        standing: Standing::ALL
            .into_iter()
            .find(|standing| standing.name() == state)
            .unwrap_or(Standing::Failed),
        attempts: row.get(5)?,
        cause: row.get(6)?,
        outputs: row.get(7)?,
        report: row.get(8)?,
        reopened: row.get(9)?,
    })
}

/// A count as the file has it.
pub(super) fn number(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
