//! What is done already, and what became of an article: the batch's side of the
//! job ledger.
//!
//! An article is left alone where its bytes, the settings and its outputs are
//! those of the run that wrote it. Its file is looked at from outside first (size,
//! time of change, file number) and read only where that may have deceived: times
//! are compared for being the same, never for being later, so that a clock that
//! jumps does no harm.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::SystemTime;

use super::look::{Written, digest};
use super::spread::spread;
use super::{ArticleReport, Input, Origin, OutputFolder, State, Store, Totals};
use crate::state::ledger::{Entry, Standing, Tally};
use crate::state::survival::SurvivalRow;
use crate::state::{ArticleStore, StateError, StateFile};

/// Which articles of the ledger are worked on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Again {
    /// Those that are done, too.
    pub done: bool,
    /// Those that failed or were given up, and no others.
    pub failed: bool,
}

/// The ledger of a run. Clones are the same ledger.
#[derive(Clone)]
pub struct Ledger {
    store: Arc<dyn ArticleStore>,
    /// The output folder as configured.
    folder: String,
    /// The folder that the paths of articles are told from.
    base: PathBuf,
    /// Fingerprint of everything but the article that decides its output.
    settings: String,
    /// Failures after which an article is given up.
    attempts: u32,
    again: Again,
    run: Option<Run>,
    /// Whether a provider has answered in this run.
    answered: Arc<AtomicBool>,
}

/// A run, as the list of runs has it.
#[derive(Debug, Clone)]
pub struct Run {
    state: StateFile,
    /// Its number.
    pub number: i64,
    /// The processes of runs before it that were killed.
    killed: Vec<u32>,
}

impl Run {
    /// Enters a run that begins.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn begin(state: &StateFile) -> Result<Self, StateError> {
        let killed = state.killed()?;
        let number = state.begin_run().await?;
        Ok(Self {
            state: state.clone(),
            number,
            killed,
        })
    }

    /// Enters that it ended before its first article.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn failed(&self) -> Result<(), StateError> {
        self.end("failed", Tally::default()).await
    }

    async fn end(&self, status: &'static str, tally: Tally) -> Result<(), StateError> {
        self.state.end_run(self.number, status, tally).await
    }
}

/// What is to be done about an article.
pub(super) enum Decision {
    /// It is translated; `before` is what the ledger has of it.
    Work { before: Option<Entry> },
    /// It is left as it is.
    Leave(Box<ArticleReport>),
    /// It is not among those that were asked for.
    PassOver,
}

/// How an article ended, as far as the ledger goes.
pub(super) enum Ended {
    /// Its outputs are on the disk.
    Written {
        /// The files.
        outputs: Vec<Written>,
        /// Whether a sentence has no translation: the next run tries again.
        gaps: bool,
    },
    /// It failed by itself: another run may try, but not for ever.
    Failed(String),
    /// Nobody could be asked: no fault of the article.
    Unanswered(String),
    /// Somebody else does it.
    Overtaken,
}

/// An article as it was when it was read.
#[derive(Debug, Clone, Default)]
pub(super) struct Seen {
    /// Digest of its bytes.
    pub(super) input: String,
    /// Its file from outside; empty where that is not to be trusted.
    pub(super) seen: String,
}

impl Ledger {
    /// The ledger in `store` for articles below `base` that go to `folder` under
    /// `settings`; `attempts` failures and an article is given up.
    #[must_use]
    pub fn new(
        store: impl ArticleStore + 'static,
        base: &Path,
        folder: &Path,
        settings: String,
        attempts: u32,
        again: Again,
    ) -> Self {
        Self {
            store: Arc::new(store),
            folder: folder.to_string_lossy().into_owned(),
            base: base.to_owned(),
            settings,
            attempts: attempts.max(1),
            again,
            run: None,
            answered: Arc::default(),
        }
    }

    /// The ledger of a run that has begun; without it the ledger is looked at only.
    #[must_use]
    pub fn of_run(mut self, run: Run) -> Self {
        self.run = Some(run);
        self
    }

    /// The same ledger for articles that are done again or not.
    #[must_use]
    pub fn asking(mut self, again: Again) -> Self {
        self.again = again;
        self
    }

    /// The output folder as configured.
    #[must_use]
    pub fn folder(&self) -> &str {
        &self.folder
    }

    /// The number of this run; 0 where it is in no list of runs.
    #[must_use]
    pub fn number(&self) -> i64 {
        self.run.as_ref().map_or(0, |run| run.number)
    }

    /// Fingerprint of everything but the article that decides its output.
    #[must_use]
    pub fn settings(&self) -> &str {
        &self.settings
    }

    /// Enters how the run ended (`done`, `interrupted`, `budget`, `failed`) and what it
    /// has measured.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn close(
        &self,
        status: &'static str,
        tally: Tally,
        measured: Vec<SurvivalRow>,
    ) -> Result<(), StateError> {
        let Some(run) = &self.run else { return Ok(()) };
        run.state.add_survival(measured).await?;
        run.end(status, tally).await
    }

    /// The processes of runs that were killed and may have left files behind.
    pub(super) fn killed(&self) -> &[u32] {
        self.run.as_ref().map_or(&[], |run| &run.killed)
    }

    /// Enters that nothing of killed runs is left. Not before: this run may be
    /// killed, too.
    pub(super) async fn swept(&self) -> Result<(), StateError> {
        match &self.run {
            Some(run) => run.state.end_killed(run.number).await,
            None => Ok(()),
        }
    }

    /// What is to be done about each of `inputs`, in order.
    pub(super) async fn decide<'i>(
        &self,
        inputs: impl Iterator<Item = &'i Input> + Clone,
        output: &Arc<OutputFolder>,
    ) -> Result<Vec<Decision>, StateError> {
        let ids: Vec<String> = inputs.clone().map(|input| self.id(input)).collect();
        let entries = self.store.articles(&self.folder, &ids).await?;
        let known: Vec<(Input, Option<Entry>)> = inputs.cloned().zip(entries).collect();
        let (ledger, folder) = (self.clone(), Arc::clone(output));
        // It waits for whatever keeps the files.
        let deciding = tokio::task::spawn_blocking(move || {
            let output = &*folder;
            spread(known, |(input, entry)| {
                ledger.decision(&input, entry, output)
            })
        });
        let decided = deciding
            .await
            .unwrap_or_else(|error| std::panic::resume_unwind(error.into_panic()));
        let told = decided.into_iter().map(|(decision, files)| {
            if let Decision::Leave(report) = &decision {
                for path in &files {
                    output.holds(&report.id, path);
                }
            }
            decision
        });
        Ok(told.collect())
    }

    /// What the ledger has of an article.
    pub(super) async fn entry(&self, input: &Input) -> Result<Option<Entry>, StateError> {
        let entries = self.store.articles(&self.folder, &[self.id(input)]).await?;
        Ok(entries.into_iter().next().flatten())
    }

    /// Has the next run do an article again, since an editor has changed something
    /// for it.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn reopen(&self, input: &Input) -> Result<(), StateError> {
        let id = self.id(input);
        self.store.reopen_article(&self.folder, &id).await
    }

    /// What the ledger calls an article: its path, since articles of two inputs
    /// may have one id.
    #[must_use]
    pub fn id(&self, input: &Input) -> String {
        let path = match &input.origin {
            Origin::File(path) => path.strip_prefix(&self.base).unwrap_or(path),
            Origin::Stdin => Path::new("-"),
        };
        path.to_string_lossy().into_owned()
    }

    /// What is to be done about an article; of one that is left alone the files in
    /// `output` that it has, too.
    fn decision(
        &self,
        input: &Input,
        entry: Option<Entry>,
        output: &OutputFolder,
    ) -> (Decision, Vec<PathBuf>) {
        let mut files = Vec::new();
        let Some(entry) = entry else {
            let decision = if self.again.failed {
                Decision::PassOver
            } else {
                Decision::Work { before: None }
            };
            return (decision, files);
        };
        let decision = match entry.standing {
            Standing::Done if self.again.failed => Decision::PassOver,
            Standing::Done if !self.again.done => match self.unchanged(input, &entry, output) {
                Some((report, outputs)) => {
                    files = outputs;
                    Decision::Leave(Box::new(report))
                }
                None => Decision::Work {
                    before: Some(entry),
                },
            },
            Standing::GivenUp
                if !(self.again.failed || self.again.done)
                    && self.is_same(input, &entry, output.store()) =>
            {
                Decision::Leave(Box::new(ArticleReport::given_up(
                    &input.id,
                    entry.attempts,
                    entry.cause.as_deref().unwrap_or("it failed"),
                )))
            }
            _ => Decision::Work {
                before: Some(entry),
            },
        };
        (decision, files)
    }

    /// The report and the files in `output` of an article that is done and as it was.
    fn unchanged(
        &self,
        input: &Input,
        entry: &Entry,
        output: &OutputFolder,
    ) -> Option<(ArticleReport, Vec<PathBuf>)> {
        let (store, root) = (output.store(), output.root());
        if !self.is_same(input, entry, store) {
            return None;
        }
        let outputs: Vec<Written> = serde_json::from_str(&entry.outputs).ok()?;
        if !outputs.iter().all(|file| file.is_there(store, root)) {
            return None;
        }
        let mut report: ArticleReport = serde_json::from_str(&entry.report).ok()?;
        // Found below another input, it is called otherwise, and so are its files.
        if report.id != input.id {
            return None;
        }
        // What is kept apart is still not in its place.
        if report.state == State::Written {
            report.state = State::Unchanged;
        }
        report.usage = crate::translate::Usage::default();
        Some((report, outputs.into_iter().map(|file| file.path).collect()))
    }

    /// Whether article and settings are those of the entry.
    fn is_same(&self, input: &Input, entry: &Entry, store: &dyn Store) -> bool {
        let Origin::File(path) = &input.origin else {
            return false;
        };
        if entry.settings != self.settings || entry.input.is_empty() || entry.reopened.is_some() {
            return false;
        }
        let looks = store.look(path, SystemTime::now());
        if !looks.is_empty() && looks == entry.seen {
            return true;
        }
        (store.read(path, u64::MAX)).is_ok_and(|bytes| digest(&bytes) == entry.input)
    }

    /// Whether the outputs of an article may be written: nobody else has done so
    /// since its row was read.
    pub(super) async fn claim(&self, id: &str) -> Result<bool, StateError> {
        self.store.claim(&self.folder, id).await
    }

    /// Enters what became of an article, in a run that `is_over` when nothing
    /// more can be spent or kept. Where it is given up with that, this
    /// gives the report that says so.
    pub(super) async fn enter(
        &self,
        id: String,
        before: Option<&Entry>,
        seen: Seen,
        ended: Ended,
        report: &ArticleReport,
        is_over: bool,
    ) -> Result<Option<ArticleReport>, StateError> {
        let mut given_up = None;
        let again = before
            .filter(|entry| entry.settings == self.settings && entry.input == seen.input)
            .map_or(0, |entry| entry.attempts);
        if report.usage.segments > 0 {
            self.answered.store(true, Ordering::Relaxed);
        }
        // Whom others get an answer from may be down because of this article.
        let ended = match ended {
            Ended::Unanswered(cause) if !is_over && self.answered.load(Ordering::Relaxed) => {
                Ended::Failed(cause)
            }
            ended => ended,
        };
        // What failed has no change of an editor in it.
        let reopened = before
            .filter(|_| matches!(ended, Ended::Written { .. }))
            .and_then(|entry| entry.reopened);
        let (standing, attempts, cause, outputs) = match ended {
            Ended::Written { outputs, gaps } => {
                let attempts = if gaps { again + 1 } else { 0 };
                let standing = if gaps && attempts < self.attempts {
                    Standing::Held
                } else {
                    Standing::Done
                };
                (standing, attempts, None, outputs)
            }
            Ended::Failed(cause) if again + 1 >= self.attempts => {
                let mut told = ArticleReport::given_up(&report.id, again + 1, &cause);
                told.usage = report.usage;
                given_up = Some(told);
                (Standing::GivenUp, again + 1, Some(cause), Vec::new())
            }
            Ended::Failed(cause) => (Standing::Failed, again + 1, Some(cause), Vec::new()),
            Ended::Unanswered(cause) => (Standing::Failed, again, Some(cause), Vec::new()),
            Ended::Overtaken => return Ok(None),
        };
        let json = |value: Result<String, serde_json::Error>| value.unwrap_or_default();
        let entry = Entry {
            id,
            input: seen.input,
            seen: seen.seen,
            settings: self.settings.clone(),
            standing,
            attempts,
            cause,
            outputs: json(serde_json::to_string(&outputs)),
            report: json(serde_json::to_string(report)),
            reopened,
        };
        self.store
            .enter_article(&self.folder, entry, self.number())
            .await?;
        Ok(given_up)
    }
}

/// What a run did, for the list of runs.
pub(super) fn tally(totals: &Totals) -> Tally {
    let count = |state: State| totals.count(state) as u64;
    Tally {
        written: count(State::Written),
        unchanged: count(State::Unchanged),
        failed: totals.failures() as u64,
    }
}
