//! One article done again at once, because an editor has changed something for it.

use std::path::Path;

use serde::Deserialize;

use super::gone::Gone;
use super::output::write_with;
use super::run::one;
use super::{ArticleReport, Input, Job, State};

/// Does one article as a run does, whatever the ledger says of it, and puts what
/// became of it into `report.json`. To be called by whoever holds the
/// [`RunLock`](crate::state::RunLock).
///
/// Where it fails, its files and its entry in the report stay what they were, and
/// the next run tries it again.
pub async fn redo(job: &Job, input: Input) -> ArticleReport {
    let ledger = job.ledger.as_ref();
    let before = match ledger {
        Some(ledger) => ledger.entry(&input).await,
        None => Ok(None),
    };
    let before = match before {
        Ok(before) => before,
        Err(error) => return ArticleReport::failed(&input.id, error.to_string()),
    };
    let id = input.id.clone();
    let report = one(job, input, before, &Gone::default(), None).await;
    let Some(report) = report else {
        return ArticleReport::skipped(&id, Some("another process has taken it over"));
    };
    if matches!(report.state, State::Written | State::Held)
        && let Err(error) = replace(&job.output.root().join("report.json"), &report)
    {
        tracing::warn!(%error, "the report stays as it was");
    }
    report
}

/// Puts an article into the report of a run in the place of its entry there. A file
/// in another form than a run writes stays as it is.
fn replace(path: &Path, article: &ArticleReport) -> std::io::Result<()> {
    #[derive(Deserialize)]
    struct Named {
        id: String,
    }
    let text = std::fs::read_to_string(path)?;
    let entry = serde_json::to_string(article)?;
    write_with(path, |out| {
        for line in text.split_inclusive('\n') {
            let object = line.trim_end_matches(['\n', ',']);
            let named = serde_json::from_str::<Named>(object);
            if named.is_ok_and(|named| named.id == article.id) {
                out.write_all(entry.as_bytes())?;
                out.write_all(&line.as_bytes()[object.len()..])?;
            } else {
                out.write_all(line.as_bytes())?;
            }
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::Report;

    #[test]
    fn an_entry_is_replaced_in_its_place() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report.json");
        let mut report = Report::in_folder(folder.path());
        for (at, id) in ["a", "b\n\"", "c"].into_iter().enumerate() {
            report.add(at, &ArticleReport::failed(id, "before".to_owned()));
        }
        write_with(&path, |out| report.write(out)).unwrap();
        let before: serde_json::Value =
            serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        replace(&path, &ArticleReport::failed("b\n\"", "after".to_owned())).unwrap();
        let mut after: serde_json::Value =
            serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        assert_eq!(after["articles"][1]["cause"], "after");
        after["articles"][1]["cause"] = "before".into();
        assert_eq!(after, before);
    }
}
