//! What editors say of names and terms: names go to the ledger, terms and names of the
//! glossary to the desk's own.

use std::sync::Arc;

use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::act::{Changed, Expected, LONGEST_NAME, blocking, conflict, is_control, pair, person};
use super::answer::Refusal;
use super::desk::Desk;
use super::view::Named;
use crate::config::{self, AddError};
use crate::glossary::Kind;
use crate::glossary::edit;
use crate::language::{Pair, profile};
use crate::names::{ApproveError, Ledger};
use crate::state::names::Name;
use crate::text::Text;

/// What becomes of a name or a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Verdict {
    Approve,
    Reject,
}

/// What an editor says of a name or a term.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Judgement {
    source: String,
    target: String,
    kind: String,
    verdict: Verdict,
    by: String,
}

impl Desk {
    /// Has a name written so from now on, or takes back that it is.
    pub(super) async fn judge_name(
        self: &Arc<Self>,
        id: &str,
        expected: &Expected,
        judgement: Judgement,
    ) -> Result<Changed<Option<Named>>, Refusal> {
        let by = person(&judgement.by)?;
        let kind = (judgement.kind.parse::<Kind>().ok())
            .filter(|kind| kind.is_name())
            .ok_or_else(|| {
                Refusal::unprocessable("`kind` is person, place, organisation or agency")
            })?;
        let _alone = self.changing.lock().await;
        let view = self.seen(id).await?;
        let pair = pair(&view);
        let (source, rendering) = forms(&judgement, pair)?;
        let known = view.names.iter().find(|name| name.source == source);
        let known = known.ok_or_else(|| {
            Refusal::not_found(format!("the article has no name `{source}` to settle"))
        })?;
        if !expected.is(&known.version) {
            return Err(conflict(
                "the name",
                &json!(known),
                known.approved.as_ref().map(|a| a.by.as_str()),
            ));
        }
        match judgement.verdict {
            Verdict::Approve => {
                let name = Name {
                    pair: pair.to_string(),
                    source: source.clone(),
                    kind: kind.name().to_owned(),
                    origin: if rendering == known.rendering {
                        known.origin.clone()
                    } else {
                        "editor".to_owned()
                    },
                    rendering,
                };
                let done = Ledger::approve(&self.state, name, &by, config::today());
                done.map_err(|error| match error {
                    ApproveError::State(error) => error.into(),
                    refused @ ApproveError::NoName { .. } => {
                        Refusal::unprocessable(refused.to_string())
                    }
                })?;
            }
            Verdict::Reject => {
                Ledger::unapprove(&self.state, &pair.to_string(), &source)?;
                // What is wrong is no longer told of as what it was before.
                self.state.forget_name(Name {
                    pair: pair.to_string(),
                    source: source.clone(),
                    kind: kind.name().to_owned(),
                    rendering,
                    origin: String::new(),
                })?;
            }
        }
        let article = self.pipeline.redo(id, None).await?;
        let view = self.seen(id).await?;
        let now = view.names.into_iter().find(|name| name.source == source);
        Ok(Changed { article, now })
    }

    /// Puts a term, or a name of the glossary, into the desk's glossary, or forbids
    /// its rendering there.
    pub(super) async fn judge_term(
        self: &Arc<Self>,
        id: &str,
        judgement: Judgement,
    ) -> Result<Changed<Value>, Refusal> {
        let by = person(&judgement.by)?;
        let kind = (judgement.kind.parse::<Kind>().ok())
            .filter(|kind| *kind != Kind::Forbidden)
            .ok_or_else(|| Refusal::unprocessable("`kind` is none of a glossary"))?;
        let _alone = self.changing.lock().await;
        let view = self.seen(id).await?;
        let pair = pair(&view);
        let (source, target) = forms(&judgement, pair)?;
        let (kind, word) = match judgement.verdict {
            Verdict::Approve => (kind, "approved"),
            Verdict::Reject => (Kind::Forbidden, "rejected"),
        };
        let note = format!("{word} by {by}, {}", crate::state::now());
        let said = [
            (pair.source.code(), source),
            (pair.target.code(), target),
            ("kind", kind.name().to_owned()),
            ("note", note),
        ]
        .map(|(column, cell)| (column.to_owned(), cell));
        let row = edit::row_of(&[pair.source, pair.target], &said)
            .map_err(|cause| Refusal::unprocessable(format!("the entry is not added: {cause}")))?;
        let desk = Arc::clone(self);
        let added = blocking(move || {
            let file = config::desk_file(&desk.config)
                .map_err(|error| Refusal::unprocessable(error.to_string()))?;
            config::add_row(&desk.config, &file, &row).map_err(|error| match error {
                AddError::Edit(error) => Refusal::new(StatusCode::CONFLICT, error.to_string()),
                other => Refusal::broken(&other),
            })
        })
        .await?;
        let article = self.pipeline.redo(id, None).await?;
        let warnings: Vec<String> = added.findings.iter().map(ToString::to_string).collect();
        let now = json!({"file": added.file, "line": added.line, "warnings": warnings});
        Ok(Changed { article, now })
    }
}

/// Both forms of a name or a term, in canonical form.
fn forms(judgement: &Judgement, pair: Pair) -> Result<(String, String), Refusal> {
    let canonical = |text: &str, language| {
        let edits = profile(language).repairs(text);
        Text::repaired(text, edits).normal().trim().to_owned()
    };
    let forms = [
        canonical(&judgement.source, pair.source),
        canonical(&judgement.target, pair.target),
    ];
    let is_good = |form: &String| {
        !form.is_empty() && form.chars().count() <= LONGEST_NAME && !form.contains(is_control)
    };
    if !forms.iter().all(is_good) {
        return Err(Refusal::unprocessable(format!(
            "`source` and `target` are to be {LONGEST_NAME} characters at most, in one line"
        )));
    }
    let [source, target] = forms;
    Ok((source, target))
}
