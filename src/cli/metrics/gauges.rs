//! What is measured of a run.

use std::collections::BTreeMap;

use super::Run;
use crate::batch::State;
use crate::provider::Health;

/// A number that is as it is at the moment.
pub(super) struct Gauge {
    /// Its name, behind `anubad_run_`.
    pub(super) name: &'static str,
    /// What it means.
    pub(super) help: &'static str,
    pub(super) rows: Vec<Row>,
}

/// What a number is of, and the number.
pub(super) struct Row {
    /// The name of the label, and its value.
    pub(super) label: Option<(&'static str, String)>,
    pub(super) number: f64,
}

/// What is measured of a run.
pub(super) fn of(run: &Run) -> Vec<Gauge> {
    let totals = &run.totals;
    let labelled = |label, value: &str, number| Row {
        label: Some((label, value.to_owned())),
        number,
    };
    let states = State::ALL.map(|state| {
        let count = totals.count(state);
        labelled("state", state.name(), count as f64)
    });
    let by = |label, map: &BTreeMap<String, usize>| -> Vec<_> {
        let rows = map.iter();
        rows.map(|(name, number)| labelled(label, name, *number as f64))
            .collect()
    };
    let plain = |number| {
        let label = None;
        vec![Row { label, number }]
    };
    let paused = run.chain.iter().map(|provider| {
        let left = match provider.health() {
            Health::Well => 0,
            // A pause whose end has come lasts until a call has tried.
            Health::Paused { left, .. } => left.as_secs().max(1),
        };
        labelled("provider", &provider.identity().name, left as f64)
    });
    let took = run
        .ended
        .map_or_else(|| run.began.elapsed(), |(took, _)| took);
    let mut metrics = vec![
        (
            "articles",
            "Articles by what became of them.",
            states.into(),
        ),
        (
            "sentences",
            "Sentences by provider.",
            by("provider", &totals.providers),
        ),
        (
            "provider_paused_seconds",
            "How long a provider that keeps failing is left alone yet; 0 where it is asked.",
            paused.collect(),
        ),
        (
            "findings",
            "Warnings and errors by check.",
            by("check", &totals.findings),
        ),
        (
            "review_sentences",
            "Sentences that an editor has to look at.",
            plain(totals.review as f64),
        ),
        (
            "characters_sent",
            "Characters that were sent to providers.",
            plain(totals.usage.characters_sent as f64),
        ),
        (
            "cost",
            "What it cost, in the currency of the prices.",
            plain(totals.usage.cost),
        ),
        (
            "seconds",
            "How long it took, or has taken so far.",
            plain(took.as_secs_f64()),
        ),
        (
            "in_progress",
            "Whether the run still goes on.",
            plain(f64::from(u8::from(run.ended.is_none()))),
        ),
    ];
    if let Some((_, at)) = run.ended {
        let help = "When it ended, in seconds since 1970.";
        metrics.push(("end_time_seconds", help, plain(at.as_secs() as f64)));
    }
    let gauge = |(name, help, rows)| Gauge { name, help, rows };
    metrics.into_iter().map(gauge).collect()
}
