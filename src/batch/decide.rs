//! What is to be done about each article, decided a few hundred at a time while
//! others are worked on, so that a long list needs no memory but for its names.

use std::collections::{BTreeMap, HashSet, VecDeque};
use std::iter::Enumerate;
use std::vec::IntoIter;

use super::ledger::Decision;
use super::{ArticleReport, Input, Job};

/// Articles that are decided about together.
const TOGETHER: usize = 500;

/// The articles of a run, each with its place in the list and what is to be done.
///
/// Those that may want one file come last, in their order, so that of two it is
/// always the earlier that becomes it. What is done of them is known before
/// anything else is begun, so that nobody takes its file.
pub(super) struct Decided<'a> {
    job: &'a Job,
    inputs: Enumerate<IntoIter<Input>>,
    contested: HashSet<usize>,
    ready: VecDeque<(usize, Input, Decision)>,
    last: VecDeque<(usize, Input, Decision)>,
}

impl<'a> Decided<'a> {
    pub(super) async fn new(job: &'a Job, inputs: Vec<Input>) -> Self {
        let contested = contested(job, &inputs);
        let mut known: Vec<usize> = contested.iter().copied().collect();
        known.sort_unstable();
        let some = known
            .iter()
            .filter_map(|&index| Some((index, inputs.get(index)?.clone())))
            .collect();
        Self {
            last: decided(job, some).await.into(),
            job,
            inputs: inputs.into_iter().enumerate(),
            contested,
            ready: VecDeque::new(),
        }
    }

    /// The next article that wants a file of its own.
    pub(super) async fn clear(&mut self) -> Option<(usize, Input, Decision)> {
        if self.ready.is_empty() {
            let contested = &self.contested;
            let next = self.inputs.by_ref();
            let next = next.filter(|(index, _)| !contested.contains(index));
            self.ready = decided(self.job, next.take(TOGETHER).collect())
                .await
                .into();
        }
        self.ready.pop_front()
    }

    /// The others.
    pub(super) fn contested(&mut self) -> VecDeque<(usize, Input, Decision)> {
        std::mem::take(&mut self.last)
    }
}

/// What is to be done about one article, or about several that belong together.
#[derive(Debug)]
pub enum Step {
    /// It is left as it is: its place in the list, and its report.
    Left(usize, Box<ArticleReport>),
    /// They are to be worked on by one, in this order, since they may want one file.
    Open {
        /// Their places in the list, and they themselves.
        articles: Vec<(usize, Input)>,
        /// How often they have failed.
        attempts: u32,
    },
}

/// What is to be done about the articles of a job, for whoever hands them on.
pub struct Pending<'a> {
    decided: Decided<'a>,
    steps: VecDeque<Step>,
    last: Vec<Vec<(usize, Input, Decision)>>,
}

impl<'a> Pending<'a> {
    /// About `inputs`; `job` has the ledger.
    pub async fn new(job: &'a Job, inputs: Vec<Input>) -> Self {
        let mut decided = Decided::new(job, inputs).await;
        let mut groups: BTreeMap<String, Vec<_>> = BTreeMap::new();
        for one in decided.contested() {
            let stem = job.output.stem(&one.1.id).unwrap_or_default();
            groups.entry(stem).or_default().push(one);
        }
        Self {
            decided,
            steps: VecDeque::new(),
            last: groups.into_values().collect(),
        }
    }

    /// The next step.
    pub async fn next(&mut self) -> Option<Step> {
        loop {
            if let Some(step) = self.steps.pop_front() {
                return Some(step);
            }
            let group = match self.decided.clear().await {
                Some(one) => vec![one],
                None => self.last.pop()?,
            };
            self.steps = steps(group).into();
        }
    }
}

fn steps(group: Vec<(usize, Input, Decision)>) -> Vec<Step> {
    let is_open = |one: &(usize, Input, Decision)| matches!(one.2, Decision::Work { .. });
    let is_open = group.iter().any(is_open);
    let mut open = Vec::new();
    let mut failures = 0;
    let mut steps = Vec::new();
    for (index, input, decision) in group {
        match decision {
            Decision::PassOver => {}
            Decision::Work { before } => {
                failures += before.map_or(0, |entry| entry.attempts);
                open.push((index, input));
            }
            // What is done keeps its file before the others.
            Decision::Leave(_) if is_open => open.push((index, input)),
            Decision::Leave(report) => steps.push(Step::Left(index, report)),
        }
    }
    if !open.is_empty() {
        steps.push(Step::Open {
            articles: open,
            attempts: failures,
        });
    }
    steps
}

/// The articles that may want the file of another.
fn contested(job: &Job, inputs: &[Input]) -> HashSet<usize> {
    let mut stems: Vec<([u8; 8], usize)> = inputs
        .iter()
        .enumerate()
        .map(|(index, input)| {
            let stem = job.output.stem(&input.id).unwrap_or_default();
            let mut digest = [0; 8];
            // Two stems of one digest are worked on later than others, and no more.
            blake3::Hasher::new()
                .update(stem.as_bytes())
                .finalize_xof()
                .fill(&mut digest);
            (digest, index)
        })
        .collect();
    stems.sort_unstable();
    stems
        .chunk_by(|a, b| a.0 == b.0)
        .filter(|same| same.len() > 1)
        .flatten()
        .map(|(_, index)| *index)
        .collect()
}

/// What is to be done about some articles; work, where that cannot be told.
async fn decided(job: &Job, inputs: Vec<(usize, Input)>) -> Vec<(usize, Input, Decision)> {
    let decisions = match &job.ledger {
        Some(ledger) if !job.stop.asked() => {
            let inputs = inputs.iter().map(|(_, input)| input);
            ledger.decide(inputs, &job.output).await
        }
        _ => Ok(Vec::new()),
    };
    let mut decisions = decisions
        .unwrap_or_else(|error| {
            job.stop.halt(error.to_string());
            Vec::new()
        })
        .into_iter();
    inputs
        .into_iter()
        .map(|(index, input)| {
            let decision = decisions.next().unwrap_or(Decision::Work { before: None });
            (index, input, decision)
        })
        .collect()
}
