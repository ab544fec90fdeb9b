//! The pipeline behind the server: built once, and brought up to date where
//! glossaries or approved names have changed.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use tokio::sync::Semaphore;

use crate::accounts::Accounts;
use crate::article::Document;
use crate::article::read::{self, Reading};
use crate::batch::{self, ArticleReport, Files, Input, Job, Ledger, OutputFolder, Run, Stop};
use crate::config::{self, Books, BuildError, Config};
use crate::detect::Detector;
use crate::glossary::File;
use crate::language::Pair;
use crate::memory::Memory;
use crate::names;
use crate::state::ledger::Tally;
use crate::state::{Problem, RunLock, StateError, StateFile};
use crate::translate::{Direction, Failure, Translation, Translator};

/// Why nothing can be translated.
#[derive(Debug, thiserror::Error)]
pub enum PipelineError {
    /// The configuration does not run.
    #[error(transparent)]
    Build(#[from] BuildError),
    /// The state file cannot be used.
    #[error(transparent)]
    State(#[from] StateError),
}

/// Why an article of the API was not translated.
#[derive(Debug, thiserror::Error)]
pub(super) enum Untranslated {
    /// It is the article.
    #[error("{0}")]
    Article(String),
    /// It is the pipeline: a service that is down, a budget that is spent.
    #[error("{0}")]
    Pipeline(String),
}

/// What became of an article that an editor has changed something for.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase", tag = "state", content = "cause")]
pub(super) enum Redone {
    /// Its files have the change.
    Written,
    /// A run is at work; the next one writes it.
    Waiting(String),
    /// It could not be done; the next run tries again.
    Failed(String),
    /// Its source is no longer where the run found it.
    Gone,
}

/// What translates.
pub(super) struct Pipeline {
    config: Config,
    state: StateFile,
    built: RwLock<Arc<Built>>,
    /// Articles of the API in progress at a time.
    places: Semaphore,
    requests: AtomicU64,
}

struct Built {
    translator: Arc<Translator>,
    books: Books,
    /// What the glossary was made of.
    stamp: blake3::Hash,
}

impl Pipeline {
    /// # Errors
    /// When the configuration does not run.
    pub(super) async fn open(config: &Config, state: &StateFile) -> Result<Self, PipelineError> {
        let built = build(config, state).await?;
        Ok(Self {
            config: config.clone(),
            state: state.clone(),
            built: RwLock::new(Arc::new(built)),
            places: Semaphore::new(config.pipeline.concurrency.max(1)),
            requests: AtomicU64::new(0),
        })
    }

    /// The pipeline as glossaries and approved names are now; as it was, where they
    /// do not load any more.
    async fn current(&self) -> Arc<Built> {
        let built = Arc::clone(&self.built.read().unwrap_or_else(PoisonError::into_inner));
        let is_in_trouble =
            built.books.memory.trouble().is_some() || built.books.accounts.trouble().is_some();
        let renewed = if is_in_trouble {
            // What cannot be kept or entered may be so again.
            build(&self.config, &self.state).await.map(Some)
        } else {
            let (config, state) = (self.config.clone(), self.state.clone());
            let built = Arc::clone(&built);
            let runtime = tokio::runtime::Handle::current();
            // Glossaries are read and taken apart: that is work, and no waiting.
            let renewed = move || runtime.block_on(renewed(&config, &state, &built));
            let renewed = tokio::task::spawn_blocking(renewed);
            renewed.await.unwrap_or(Ok(None))
        };
        match renewed {
            Ok(None) => built,
            Ok(Some(fresh)) => {
                let fresh = Arc::new(fresh);
                let mut built = self.built.write().unwrap_or_else(PoisonError::into_inner);
                *built = Arc::clone(&fresh);
                fresh
            }
            Err(error) => {
                tracing::error!(%error, "glossaries and names stay as they were");
                built
            }
        }
    }

    /// Translates a file that no run knows.
    pub(super) async fn translate(
        &self,
        id: &str,
        bytes: Vec<u8>,
        reading: &Reading,
        direction: Direction,
    ) -> Result<(Document, Translation), Untranslated> {
        // Its accounts are its own, whatever others call theirs.
        let number = self.requests.fetch_add(1, Ordering::Relaxed);
        let account = format!("api {} {number}", std::process::id());
        let document = read::document(&account, bytes, reading)
            .map_err(|error| Untranslated::Article(error.to_string()))?;
        let closed = |_| Untranslated::Pipeline("the server is ending".to_owned());
        let _place = self.places.acquire().await.map_err(closed)?;
        let built = self.current().await;
        let translator = Arc::clone(&built.translator);
        let work = tokio::spawn(async move {
            let translated = translator.document(&document, direction).await;
            (document, translated)
        });
        let (document, translated) = work.await.map_err(|_| {
            Untranslated::Pipeline("anubad itself failed on it; please report this".to_owned())
        })?;
        let cost = built.books.accounts.take(&account).units();
        if built.books.accounts.has_refused(&account) {
            let cause = built.books.accounts.spent().unwrap_or_default();
            return Err(Untranslated::Pipeline(cause));
        }
        match translated {
            Ok(mut translation) => {
                id.clone_into(&mut translation.id);
                translation.usage.cost = cost;
                Ok((document, translation))
            }
            Err(error @ Failure::Unanswered(_)) => Err(Untranslated::Pipeline(error.to_string())),
            Err(error) => Err(Untranslated::Article(error.to_string())),
        }
    }

    /// Has an article of the run done again, now or by the next run. Of the
    /// sentence `anew` what is remembered does not count.
    pub(super) async fn redo(
        &self,
        id: &str,
        anew: Option<(Pair, &str)>,
    ) -> Result<Redone, StateError> {
        let config = &self.config;
        let output = config.place(&config.output.folder);
        let found = batch::search(
            &config.input.paths,
            &config.base,
            &config.input.extensions,
            Some(&output),
        );
        let Some(input) = found.inputs.into_iter().find(|input| input.id == id) else {
            return Ok(Redone::Gone);
        };
        let built = self.current().await;
        // First of all, so that the change is not lost however this ends.
        self.ledger(&built).reopen(&input).await?;
        let lock = match RunLock::briefly(&config.state_file()) {
            Ok(lock) => lock,
            Err(StateError {
                problem: Problem::Owned { owner },
                ..
            }) => return Ok(Redone::Waiting(owner)),
            Err(error) => return Err(error),
        };
        let _anew = anew.map(|(pair, sentence)| built.books.memory.anew(pair, sentence));
        let redone = self.written(&built, input, found.files).await;
        drop(lock);
        redone
    }

    async fn written(
        &self,
        built: &Built,
        input: Input,
        files: Files,
    ) -> Result<Redone, StateError> {
        let config = &self.config;
        let run = Run::begin(&self.state).await?;
        let output = OutputFolder::look(&config.place(&config.output.folder))
            .sparing_files(files)
            .laid_out(config.output.layout.clone())
            .with_partial(config.output.partial);
        let job = Job {
            translator: Arc::clone(&built.translator),
            direction: Direction::default(),
            output: Arc::new(output),
            max_bytes: config.input.max_bytes,
            reading: config.input.reading(),
            concurrency: 1,
            limit: None,
            ledger: Some(self.ledger(built).of_run(run)),
            names: Some(names::Ledger::new(self.state.clone())),
            memory: Some(Arc::clone(&built.books.memory)),
            accounts: Some(Arc::clone(&built.books.accounts)),
            stop: Stop::default(),
        };
        let report = batch::redo(&job, input).await;
        let is_written = !report.state.is_failure() && report.output.is_some();
        let tally = Tally {
            written: u64::from(is_written),
            unchanged: 0,
            failed: u64::from(!is_written),
        };
        if let Some(ledger) = &job.ledger {
            ledger.close("done", tally, Vec::new()).await?;
        }
        Ok(match job.stop.cause() {
            Some(cause) => Redone::Failed(cause.to_owned()),
            None if is_written => Redone::Written,
            None => Redone::Failed(cause(report)),
        })
    }

    fn ledger(&self, built: &Built) -> Ledger {
        let config = &self.config;
        config.ledger(self.state.clone(), &built.translator)
    }
}

fn cause(report: ArticleReport) -> String {
    report
        .cause
        .unwrap_or_else(|| "it was not written".to_owned())
}

async fn build(config: &Config, state: &StateFile) -> Result<Built, PipelineError> {
    let run = state.enter_service().await?;
    let accounts = Accounts::open(state.clone(), run, config.budget(None))?;
    let memory = Memory::new(state.clone()).alike(config.state.similarity);
    let books = Books {
        accounts: Arc::new(accounts),
        memory: Arc::new(memory),
        sharing: None,
        measured: config::measured(state)?,
    };
    let stamp = stamp(config, state)?;
    let mut translator = config::booked(config, Some(&books)).await?;
    let names = names::Ledger::new(state.clone());
    config.adopt(&mut translator, &names).await?;
    let chain = std::mem::take(&mut translator.chain);
    translator.chain = config.remembering(chain, &books.memory);
    Ok(Built {
        translator: Arc::new(translator),
        books,
        stamp,
    })
}

/// The same with another glossary, where what that is made of has changed.
async fn renewed(
    config: &Config,
    state: &StateFile,
    built: &Built,
) -> Result<Option<Built>, PipelineError> {
    let stamp = stamp(config, state)?;
    if stamp == built.stamp {
        return Ok(None);
    }
    let old = &built.translator;
    let mut translator = Translator {
        pairs: old.pairs.clone(),
        glossary: config::glossary(config)?,
        detector: Detector::new(),
        chain: old.chain.clone(),
        style: old.style.clone(),
        boilerplate: old.boilerplate,
        stages: old.stages,
        routes: old.routes.clone(),
        judge: old.judge.clone(),
    };
    let names = names::Ledger::new(state.clone());
    config.adopt(&mut translator, &names).await?;
    Ok(Some(Built {
        translator: Arc::new(translator),
        books: built.books.clone(),
        stamp,
    }))
}

/// The approved names, and the files of the glossaries from outside.
fn stamp(config: &Config, state: &StateFile) -> Result<blake3::Hash, PipelineError> {
    let mut hasher = blake3::Hasher::new();
    let mut add = |text: &str| {
        hasher.update(&(text.len() as u64).to_le_bytes());
        hasher.update(text.as_bytes());
    };
    for row in state.names(None)? {
        if row.approved.is_some() {
            add(&row.name.pair);
            add(&row.name.source);
            add(&row.name.kind);
            add(&row.name.rendering);
        }
    }
    for file in config::layers(config)?
        .iter()
        .flat_map(|layer| &layer.files)
    {
        if let File::Path(path) = file {
            let seen = std::fs::metadata(path).map(|file| (file.len(), file.modified().ok()));
            add(&format!("{} {seen:?}", path.display()));
        }
    }
    Ok(hasher.finalize())
}
