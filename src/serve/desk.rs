//! What the server looks after: one configuration, its output folder and its state
//! file.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use super::answer::Refusal;
use super::pipeline::{Pipeline, PipelineError};
use super::view::{self, Named, Readiness, Sentence, View};
use crate::batch::ArticleReport;
use crate::config::Config;
use crate::language::Pair;
use crate::memory;
use crate::review::{self, Aids, Details, Folder, Listed, Overview, Page, ReviewError, RowKind};
use crate::state::{RunLock, StateError, StateFile};

/// Most sentences of the memory that are shown beside one.
const MATCHES: usize = 3;

/// Why the server does not start.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// The state file cannot be used, or another server has it.
    #[error(transparent)]
    State(#[from] StateError),
    /// The configuration does not run.
    #[error(transparent)]
    Build(crate::config::BuildError),
}

impl From<PipelineError> for DeskError {
    fn from(error: PipelineError) -> Self {
        match error {
            PipelineError::Build(error) => Self::Build(error),
            PipelineError::State(error) => Self::State(error),
        }
    }
}

/// A desk at work.
pub struct Desk {
    pub(super) config: Config,
    pub(super) state: StateFile,
    pub(super) pipeline: Pipeline,
    /// The output folder as the state file calls it.
    pub(super) folder: String,
    /// One change at a time: between looking at a version and changing it nobody
    /// comes in.
    pub(super) changing: tokio::sync::Mutex<()>,
    listed: Mutex<HashMap<PathBuf, Known>>,
    /// One server at a time.
    _lock: RunLock,
}

/// What the list shows of a file that has not changed since.
struct Known {
    seen: (u64, Option<SystemTime>),
    page: Page,
}

/// An article of the run.
pub(super) struct Found {
    pub(super) details: Details,
    pub(super) previous: Option<Details>,
}

impl Found {
    pub(super) fn pair(&self) -> Pair {
        Pair {
            source: self.details.source_language,
            target: self.details.target_language,
        }
    }
}

impl Desk {
    /// Takes the state file, which runs may use meanwhile and other servers may not,
    /// and sets up what translates.
    ///
    /// # Errors
    /// When another server has it, or the configuration does not run.
    pub async fn open(config: Config) -> Result<Self, DeskError> {
        let lock = RunLock::serving(&config.state_file())?;
        let state = config.open_state()?;
        let pipeline = Pipeline::open(&config, &state).await?;
        Ok(Self {
            folder: config.output.folder.to_string_lossy().into_owned(),
            config,
            state,
            pipeline,
            changing: tokio::sync::Mutex::new(()),
            listed: Mutex::default(),
            _lock: lock,
        })
    }

    fn root(&self) -> PathBuf {
        self.config.place(&self.config.output.folder)
    }

    /// The articles of the last run, each with who called it ready.
    pub(super) fn overview(&self) -> Result<(Overview, HashMap<String, Readiness>), Refusal> {
        let folder = match Folder::open(&self.root()) {
            Ok(folder) => folder,
            Err(ReviewError::NoRun(root)) => {
                let overview = Overview {
                    title: root.display().to_string(),
                    articles: Vec::new(),
                    unread: vec!["There was no run yet: `anubad run` makes one.".to_owned()],
                    inconsistent: Vec::new(),
                    seconds: 0.0,
                };
                return Ok((overview, HashMap::new()));
            }
            Err(error) => return Err(error.into()),
        };
        let mut ready = HashMap::new();
        let mut listed = Vec::with_capacity(folder.articles().len());
        for article in folder.articles() {
            let place = folder.place(article);
            let Some(place) = place else {
                listed.push(Listed::unread(article, None));
                continue;
            };
            let page = match self.listed(&folder, article, &place) {
                Ok(page) => page,
                Err(error) => {
                    listed.push(Listed::unread(article, Some(error.to_string())));
                    continue;
                }
            };
            if let Some(row) = self.state.ready(&self.folder, &article.id)? {
                ready.insert(article.id.clone(), Readiness::of(row, &page));
            }
            listed.push(Listed::read(article, &page, article_url(&article.id)));
        }
        Ok((Overview::of(&folder, listed), ready))
    }

    /// The page of an article without what takes long, from before where its file is
    /// as it was.
    fn listed(
        &self,
        folder: &Folder,
        article: &ArticleReport,
        place: &Path,
    ) -> Result<Page, ReviewError> {
        let path = folder.root().join(place);
        let file = std::fs::metadata(&path).ok();
        let seen = file.map_or((0, None), |file| (file.len(), file.modified().ok()));
        let known = || self.listed.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = known().get(place).filter(|known| known.seen == seen) {
            return Ok(known.page.clone());
        }
        let details = folder.details(article)?;
        let details = details.ok_or_else(|| ReviewError::NoRun(path.clone()))?;
        let page = review::page(&details, &Aids::default());
        let one = Known {
            seen,
            page: page.clone(),
        };
        known().insert(place.to_owned(), one);
        Ok(page)
    }

    /// What the last run left of the article `id`. An id is looked up in the report
    /// and never used as a path.
    pub(super) fn find(&self, id: &str) -> Result<Found, Refusal> {
        let unknown = || Refusal::not_found(format!("the last run wrote no article `{id}`"));
        let folder = match Folder::open(&self.root()) {
            Err(ReviewError::NoRun(_)) => return Err(unknown()),
            opened => opened?,
        };
        let article = (folder.articles().iter())
            .find(|article| article.id == id && article.output.is_some())
            .ok_or_else(unknown)?;
        let details = folder.details(article)?.ok_or_else(unknown)?;
        let place = folder.place(article);
        Ok(Found {
            details,
            previous: place.and_then(|place| folder.previous(&place)),
        })
    }

    /// An article as an editor sees it. `with_matches`: what the memory has that is
    /// like its sentences, too.
    pub(super) fn view(&self, id: &str, with_matches: bool) -> Result<View, Refusal> {
        let found = self.find(id)?;
        let pair = found.pair();
        let similar = |sentence: &str| {
            let least = self.config.state.similarity;
            memory::matches(&self.state, pair, sentence, least, MATCHES).unwrap_or_else(|error| {
                tracing::warn!(%error, "the memory cannot be read");
                Vec::new()
            })
        };
        let aids = Aids {
            previous: found.previous.as_ref(),
            matches: with_matches.then_some(&similar),
        };
        let page = review::page(&found.details, &aids);
        let mut sentences = std::collections::BTreeMap::new();
        for row in page.rows().filter(|row| row.kind == RowKind::Sentence) {
            let approval = memory::approval(&self.state, pair, &row.source)?;
            sentences.insert(row.id.clone(), Sentence::of(row, approval));
        }
        let names = self.names(&page, pair)?;
        let ready = self.state.ready(&self.folder, id)?;
        let versions = page.rows().map(|row| match sentences.get(&row.id) {
            Some(sentence) => sentence.version.as_str(),
            None => row.target.as_str(),
        });
        Ok(View {
            version: view::version(versions),
            ready: ready.map(|ready| Readiness::of(ready, &page)),
            names,
            sentences,
            page,
        })
    }

    /// The names of a page that no glossary has, then those that the ledger has
    /// approved.
    fn names(&self, page: &Page, pair: Pair) -> Result<Vec<Named>, Refusal> {
        let pair = pair.to_string();
        let mut names = Vec::new();
        for name in &page.names {
            let rows = self.state.renderings(&pair, &name.source)?;
            let (source, kind) = (&name.source, &name.kind);
            names.push(Named::of(source, kind, &name.rendering, &name.origin, rows));
        }
        for (source, kind, rendering) in view::held_names(page) {
            if names.iter().any(|name| name.source == source) {
                continue;
            }
            let rows = self.state.renderings(&pair, source)?;
            if rows.iter().any(|row| row.approved.is_some()) {
                names.push(Named::of(source, kind, rendering, "approved", rows));
            }
        }
        Ok(names)
    }
}

/// Where the page of an article is.
pub(super) fn article_url(id: &str) -> String {
    format!("/articles/{}", review::coded(id))
}
