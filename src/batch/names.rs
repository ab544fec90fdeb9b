//! The names of an article against those of the articles before.

use crate::language::Pair;
use crate::names::Ledger;
use crate::state::StateError;
use crate::translate::Translation;
use crate::verify::{Finding, Severity};

/// Says of each name that most articles before wrote otherwise.
pub(super) async fn compare(
    ledger: &Ledger,
    translation: &mut Translation,
) -> Result<(), StateError> {
    let differing = ledger
        .differing(pair(translation), &translation.names)
        .await?;
    let findings: Vec<Finding> = differing
        .into_iter()
        .map(|(name, before)| {
            let message = format!(
                "`{}` is `{}` here and was `{}` before; `anubad names approve` settles it",
                name.source, name.rendering, before.name.rendering
            );
            Finding::new("names", Severity::Warning, message)
        })
        .collect();
    translation.findings.extend(findings);
    Ok(())
}

/// Counts the names of an article that is written.
pub(super) async fn record(ledger: &Ledger, translation: &Translation) -> Result<(), StateError> {
    ledger.record(pair(translation), &translation.names).await
}

fn pair(translation: &Translation) -> Pair {
    Pair {
        source: translation.source_language,
        target: translation.target_language,
    }
}
