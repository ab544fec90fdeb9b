//! A second model reads what the first one wrote.

use super::Translator;
use super::ladder::Climbed;
use super::names::{Settled, Sought};
use crate::article::Article;
use crate::language::Pair;
use crate::provider::judge::Reading;
use crate::verify::{Finding, Severity, fit};

/// Shorter sentences fit anywhere.
const LEAST_WORDS: usize = 5;

/// A sentence and its neighbours, as they are read.
struct Case<'a> {
    index: usize,
    target: &'a str,
    own: &'a str,
    beside: Vec<&'a str>,
}

impl Translator {
    /// Has the judge, where there is one, read every translation behind its own
    /// sentence and behind those beside it; what it finds joins the findings.
    /// What the judge translated itself, and what nobody translated, is not read.
    pub(super) async fn read(
        &self,
        article: &Article,
        pair: Pair,
        sought: &[Sought],
        climbed: &[Climbed],
        settled: &mut [Settled],
    ) {
        let Some(judge) = self.judge.as_ref().filter(|judge| judge.covers(pair)) else {
            return;
        };
        let sources: Vec<&str> = (sought.iter())
            .map(|s| s.sentence.slice(article.blocks[s.block].text.normal()))
            .collect();
        let is_foreign = |i: usize| {
            let provider = climbed.get(i).and_then(|c| c.provider.as_ref());
            provider.is_some_and(|p| p.name != judge.name())
        };
        let cases: Vec<Case<'_>> = (settled.iter().enumerate())
            .filter(|(i, _)| is_foreign(*i))
            .filter_map(|(index, settled)| Case::new(index, &settled.text, &sources))
            .collect();
        let readings = cases.iter().flat_map(Case::readings).collect();
        let found: Vec<(usize, Option<Finding>)> = match judge.judge(pair, readings).await {
            Ok(likelihoods) => {
                let mut rest = likelihoods.into_iter();
                (cases.iter())
                    .map(|case| {
                        let own = rest.next().flatten();
                        let beside: Vec<_> = rest.by_ref().take(case.beside.len()).collect();
                        let beside: Vec<_> = beside.into_iter().flatten().collect();
                        (case.index, own.and_then(|own| fit::check(&own, &beside)))
                    })
                    .collect()
            }
            Err(error) => (cases.first().iter())
                .map(|case| {
                    let finding = Finding::new("fit", Severity::Note, error.to_string());
                    (case.index, Some(finding))
                })
                .collect(),
        };
        for (index, finding) in found {
            settled[index].findings.extend(finding);
        }
    }
}

impl<'a> Case<'a> {
    fn new(index: usize, target: &'a str, sources: &[&'a str]) -> Option<Self> {
        let is_long = |text: &str| text.split_whitespace().count() >= LEAST_WORDS;
        let own = *sources.get(index)?;
        let before = index.checked_sub(1).and_then(|i| sources.get(i));
        let beside: Vec<&str> = (before.into_iter().chain(sources.get(index + 1)))
            .copied()
            .filter(|other| is_long(other) && *other != own)
            .collect();
        (is_long(own) && is_long(target) && !beside.is_empty()).then_some(Self {
            index,
            target,
            own,
            beside,
        })
    }

    /// What is read: the own sentence first.
    fn readings(&self) -> impl Iterator<Item = Reading> {
        (std::iter::once(self.own).chain(self.beside.iter().copied())).map(|source| Reading {
            source: source.to_owned(),
            target: self.target.to_owned(),
        })
    }
}
