//! What a run would do, without doing it.

use super::decide::Decided;
use super::ledger::Decision;
use super::read::read;
use super::{Input, Job, State};

/// What a run would do with its articles; what would be sent is counted by the
/// providers of the job, which have to be [`Dry`](crate::accounts::Dry).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// Articles that would be translated.
    pub articles: usize,
    /// Articles that are done and have not changed.
    pub unchanged: usize,
    /// Articles that are given up, or that a limit leaves to the next run.
    pub left: usize,
    /// Sentences that are in the memory.
    pub remembered: usize,
    /// Articles that would fail, and why.
    pub failed: Vec<String>,
}

/// Goes through `inputs` one by one and writes nothing.
pub async fn forecast(job: &Job, inputs: Vec<Input>) -> Plan {
    let mut plan = Plan::default();
    let mut decided = Decided::new(job, inputs).await;
    let mut last = decided.contested();
    loop {
        let clear = decided.clear().await;
        let Some((_, input, decision)) = clear.or_else(|| last.pop_front()) else {
            break;
        };
        match decision {
            Decision::Leave(report) if report.state == State::Unchanged => plan.unchanged += 1,
            Decision::Leave(_) => plan.left += 1,
            Decision::PassOver => {}
            Decision::Work { .. } if job.limit.is_some_and(|limit| plan.articles >= limit) => {
                plan.left += 1;
            }
            Decision::Work { .. } => {
                plan.articles += 1;
                match one(job, &input).await {
                    Ok(remembered) => plan.remembered += remembered,
                    Err(cause) => plan.failed.push(cause),
                }
            }
        }
    }
    plan
}

/// The sentences of an article that are in the memory.
async fn one(job: &Job, input: &Input) -> Result<usize, String> {
    let document = read(input, job.output.store(), job.max_bytes, &job.reading)
        .1
        .map_err(|e| format!("{e:#}"))?;
    let translated = job.translator.document(&document, job.direction).await;
    let translation = translated.map_err(|e| format!("{}: {e}", input.shown()))?;
    Ok(translation.segments().filter(|s| s.cached).count())
}
