//! The engine as a reader of what others wrote.

use async_trait::async_trait;

use super::{Local, MOST_TOKENS};
use crate::language::Pair;
use crate::provider::judge::{Judge, Likelihood, Reading};
use crate::provider::{Error, Provider};

#[async_trait]
impl Judge for Local {
    fn name(&self) -> &str {
        &self.identity().name
    }

    fn covers(&self, pair: Pair) -> bool {
        self.is_direct(pair)
    }

    async fn judge(
        &self,
        pair: Pair,
        readings: Vec<Reading>,
    ) -> Result<Vec<Option<Likelihood>>, Error> {
        let worker = self.worker(pair)?;
        let readings: Vec<Reading> = readings.iter().map(plain).collect();
        // Both sides are pieces of one vocabulary, or of two that are alike.
        let fits = |text: &str| !text.trim().is_empty() && worker.tokens(text) <= MOST_TOKENS;
        let fits: Vec<bool> = (readings.iter())
            .map(|r| fits(&r.source) && fits(&r.target))
            .collect();
        let read = (readings.into_iter().zip(&fits))
            .filter_map(|(reading, fits)| fits.then_some(reading))
            .collect();
        let mut answers = worker.judge(read).into_iter();
        let mut likelihoods = Vec::with_capacity(fits.len());
        for fits in fits {
            let answer = if fits { answers.next() } else { None };
            likelihoods.push(match answer {
                Some(answer) => Some(self.answer(answer).await?),
                None => None,
            });
        }
        Ok(likelihoods)
    }
}

/// Quotation marks as the models know them, whatever the house's style is.
fn plain(reading: &Reading) -> Reading {
    let straight = |text: &str| {
        text.replace(['“', '”', '„', '«', '»'], "\"")
            .replace(['‘', '’'], "'")
    };
    Reading {
        source: straight(&reading.source),
        target: straight(&reading.target),
    }
}
