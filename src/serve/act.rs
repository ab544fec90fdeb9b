//! What editors do to sentences and articles. Each change names the version of what it
//! changes, and is refused with what is there now where that is another one.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::answer::Refusal;
use super::desk::Desk;
use super::pipeline::Redone;
use super::view::{Sentence, View, is_asked_for};
use crate::language::Pair;
use crate::memory::{self, Approved};
use crate::review::{Row, RowKind};
use crate::state::review::Ready;

/// Most characters of a correction: no sentence of news is longer.
const LONGEST: usize = 20_000;
/// Most characters of a name, a term, or who somebody is.
pub(super) const LONGEST_NAME: usize = 200;

/// The version that a change is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Expected {
    /// Whatever is there.
    Any,
    /// This one.
    Version(String),
}

impl Expected {
    pub(super) fn is(&self, version: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Version(expected) => expected == version,
        }
    }
}

/// A sentence put right.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Correction {
    target: String,
    by: String,
    /// Whether it holds whatever it lacks.
    #[serde(default)]
    as_it_is: bool,
}

/// Who does something.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Who {
    by: String,
}

/// Whether an article is ready.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Readying {
    ready: bool,
    by: String,
}

/// What a change came to.
#[derive(Debug, Serialize)]
pub(super) struct Changed<T> {
    /// What became of the article.
    pub(super) article: Redone,
    /// What was changed, as it is now.
    pub(super) now: T,
}

impl Desk {
    /// Puts a sentence right: from now on the memory has it.
    pub(super) async fn correct(
        self: &Arc<Self>,
        id: &str,
        row: &str,
        expected: &Expected,
        correction: Correction,
    ) -> Result<Changed<Sentence>, Refusal> {
        let by = person(&correction.by)?;
        let target = correction.target.trim();
        if target.is_empty() || target.chars().count() > LONGEST || target.contains(is_control) {
            return Err(Refusal::unprocessable(format!(
                "`target` is to be the sentence in one line, of {LONGEST} characters at most"
            )));
        }
        let _alone = self.changing.lock().await;
        let (view, pair) = self.at(id, row, expected).await?;
        let source = sentence(&view, row)?.source.clone();
        let approved = Approved {
            source,
            target: target.to_owned(),
            by,
            as_it_is: correction.as_it_is,
        };
        memory::approve(&self.state, pair, vec![approved]).await?;
        self.after(id, row, None).await
    }

    /// Takes back what was approved for a sentence.
    pub(super) async fn withdraw(
        self: &Arc<Self>,
        id: &str,
        row: &str,
        expected: &Expected,
    ) -> Result<Changed<Sentence>, Refusal> {
        let _alone = self.changing.lock().await;
        let (view, pair) = self.at(id, row, expected).await?;
        if !memory::withdraw(&self.state, pair, &sentence(&view, row)?.source).await? {
            return Err(Refusal::unprocessable(
                "nothing is approved for this sentence",
            ));
        }
        self.after(id, row, None).await
    }

    /// Has the providers asked again for a sentence.
    pub(super) async fn again(
        self: &Arc<Self>,
        id: &str,
        row: &str,
        expected: &Expected,
        who: &Who,
    ) -> Result<Changed<Sentence>, Refusal> {
        person(&who.by)?;
        let _alone = self.changing.lock().await;
        let (view, pair) = self.at(id, row, expected).await?;
        if view
            .sentences
            .get(row)
            .is_some_and(|s| s.approval.is_some())
        {
            return Err(Refusal::unprocessable(
                "the sentence is approved, and no provider is asked for it: take that back first",
            ));
        }
        let source = sentence(&view, row)?.source.clone();
        self.after(id, row, Some((pair, source))).await
    }

    /// Calls an article ready, or takes that back.
    pub(super) async fn set_ready(
        self: &Arc<Self>,
        id: &str,
        expected: &Expected,
        readying: Readying,
    ) -> Result<View, Refusal> {
        let by = person(&readying.by)?;
        let _alone = self.changing.lock().await;
        let view = self.seen(id).await?;
        if !expected.is(&view.version) {
            let now = json!({"version": view.version});
            return Err(conflict("the article", &now, None));
        }
        let ready = readying.ready.then(|| Ready {
            text: super::view::text_version(&view.page),
            by,
            at: String::new(),
        });
        self.state.set_ready(&self.folder, id, ready).await?;
        self.seen(id).await
    }

    /// The article, where its sentence `row` is as expected.
    async fn at(
        self: &Arc<Self>,
        id: &str,
        row: &str,
        expected: &Expected,
    ) -> Result<(View, Pair), Refusal> {
        let view = self.seen(id).await?;
        let now = sentence(&view, row)?;
        let known = view.sentences.get(row);
        if known.is_none_or(|known| !expected.is(&known.version)) {
            let approval = known.and_then(|known| known.approval.as_ref());
            let there = json!({
                "version": known.map(|known| &known.version),
                "target": approval.map_or(&now.target, |approval| &approval.target),
                "approval": approval,
            });
            let by = approval.map(|approval| approval.by.as_str());
            return Err(conflict("the sentence", &there, by));
        }
        let pair = pair(&view);
        Ok((view, pair))
    }

    /// Has the article done again, and gives the sentence as it is then.
    async fn after(
        self: &Arc<Self>,
        id: &str,
        row: &str,
        anew: Option<(Pair, String)>,
    ) -> Result<Changed<Sentence>, Refusal> {
        let anew = anew.as_ref().map(|(pair, source)| (*pair, source.as_str()));
        let article = self.pipeline.redo(id, anew).await?;
        let mut view = self.seen(id).await?;
        let now = view.sentences.remove(row);
        // The source may have been changed meanwhile.
        let now =
            now.ok_or_else(|| Refusal::not_found("the article no longer has the sentence"))?;
        Ok(Changed { article, now })
    }

    pub(super) async fn seen(self: &Arc<Self>, id: &str) -> Result<View, Refusal> {
        let (desk, id) = (Arc::clone(self), id.to_owned());
        blocking(move || desk.view(&id, false)).await
    }
}

/// Work that waits for the disk or takes its time.
pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Refusal> + Send + 'static,
) -> Result<T, Refusal> {
    tokio::task::spawn_blocking(work)
        .await
        .unwrap_or_else(|_| Err(Refusal::broken(&"anubad itself failed; please report this")))
}

pub(super) fn pair(view: &View) -> Pair {
    Pair {
        source: view.page.source_language,
        target: view.page.target_language,
    }
}

fn sentence<'v>(view: &'v View, row: &str) -> Result<&'v Row, Refusal> {
    let row = view
        .page
        .row(row)
        .filter(|row| row.kind == RowKind::Sentence);
    let row = row.ok_or_else(|| {
        Refusal::not_found("the article has no such sentence; it may have changed: load it again")
    })?;
    if !is_asked_for(row) {
        return Err(Refusal::unprocessable(
            "nobody is asked for this sentence: it is nothing but names and numbers, which are settled one by \
             one, or is in the target language already",
        ));
    }
    Ok(row)
}

pub(super) fn conflict(what: &str, now: &Value, by: Option<&str>) -> Refusal {
    let by = by.map_or_else(String::new, |by| format!(", by {by}"));
    let detail = format!(
        "{what} has changed since you read it{by}: look at what is there now, and send its version"
    );
    Refusal::conflict(detail, now.clone())
}

/// Who somebody is, as they say.
pub(super) fn person(by: &str) -> Result<String, Refusal> {
    let by = by.trim();
    if by.is_empty() || by.chars().count() > LONGEST_NAME || by.contains(is_control) {
        return Err(Refusal::unprocessable(
            "`by` is to say who you are, so that others know whom to ask",
        ));
    }
    Ok(by.to_owned())
}

pub(super) fn is_control(c: char) -> bool {
    c.is_control()
}
