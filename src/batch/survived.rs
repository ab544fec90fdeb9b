//! What a run measures of its providers: how values came back, by direction.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{ArticleReport, State};
use crate::language::Pair;
use crate::provider::Provider;
use crate::state::survival::SurvivalRow;

/// Holes that were sent and those that came back once, by provider and direction.
#[derive(Debug, Default)]
pub(super) struct Survived(BTreeMap<(String, Pair), (usize, usize)>);

impl Survived {
    /// Counts what an article was answered in this run.
    pub(super) fn count(&mut self, article: &ArticleReport) {
        let (State::Written | State::Held, Some(source), Some(target)) = (
            article.state,
            article.source_language,
            article.target_language,
        ) else {
            return;
        };
        for (provider, survival) in &article.survival {
            let pair = Pair { source, target };
            let (holes, kept) = self.0.entry((provider.clone(), pair)).or_default();
            *holes += survival.holes;
            *kept += survival.kept;
        }
    }

    /// The rows for the state file.
    pub(super) fn rows(self, chain: &[Arc<dyn Provider>]) -> Vec<SurvivalRow> {
        let row = |((name, pair), (holes, kept)): ((String, Pair), (usize, usize))| {
            let provider = chain.iter().find(|p| p.identity().name == name)?;
            let identity = provider.identity().clone();
            (holes > 0).then(|| SurvivalRow {
                provider: identity.name,
                model: identity.model,
                version: identity.version,
                pair: pair.to_string(),
                protection: provider.protection(pair).name().to_owned(),
                holes: holes as u64,
                kept: kept as u64,
            })
        };
        self.0.into_iter().filter_map(row).collect()
    }
}
