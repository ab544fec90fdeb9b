//! `anubad run --dry-run`.

use std::fmt::Write;
use std::sync::Arc;

use super::print::{self, count};
use super::{Exit, complain};
use crate::accounts::{Dry, Money};
use crate::batch::{self, Input, Job, Plan};
use crate::config::Config;
use crate::provider::Provider;
use crate::state::StateFile;

/// Says what a run with `job` would send, and what it would cost.
pub(super) async fn run(
    config: &Config,
    job: &Job,
    inputs: Vec<Input>,
    dry: &[Arc<Dry>],
    amount: Option<f64>,
) -> Exit {
    let plan = batch::forecast(job, inputs).await;
    for cause in &plan.failed {
        print::say(cause);
    }
    if let Some(cause) = job.stop.cause() {
        return complain(&cause);
    }
    match print::out(&(table(config, &plan, dry) + &budget(config, dry, amount))) {
        Ok(()) if plan.failed.is_empty() => Exit::Done,
        Ok(()) => Exit::Some,
        Err(exit) => exit,
    }
}

fn table(config: &Config, plan: &Plan, dry: &[Arc<Dry>]) -> String {
    let mut out = format!(
        "dry run: {} to translate, {} unchanged, {} left alone; nothing was sent or written\n\n\
         calls  segments  characters  tokens (estimated)          cost  provider\n",
        count(plan.articles, "article"),
        plan.unchanged,
        plan.left
    );
    let currency = &config.budget.currency;
    for dry in dry {
        let forecast = dry.forecast();
        let name = &dry.identity().name;
        let cost = match config.price(name) {
            Some(_) => format!("{} {currency}", forecast.cost),
            None => "-".to_owned(),
        };
        let _ = writeln!(
            out,
            "{:5}  {:8}  {:10}  {:18}  {cost:>12}  {name}",
            forecast.calls, forecast.segments, forecast.characters, forecast.tokens
        );
    }
    let _ = writeln!(
        out,
        "{:5}  {:8}  {:10}  {:18}  {:>12}  memory",
        0, plan.remembered, 0, 0, "-"
    );
    out
}

/// What is left of the budget, and whether it is enough.
fn budget(config: &Config, dry: &[Arc<Dry>], amount: Option<f64>) -> String {
    let budget = config.budget(amount);
    let Some(most) = budget.amount else {
        return String::new();
    };
    let spent = config
        .existing_state()
        .and_then(|state: StateFile| budget.spent(&state))
        .map_or(Money::default(), |sum| Money::of_nanos(sum.nanos));
    let cost = dry
        .iter()
        .fold(Money::default(), |sum, dry| sum + dry.forecast().cost);
    let currency = &budget.currency;
    let left = most - spent;
    let verdict = if cost <= left {
        "it is enough"
    } else {
        "the run would end before its last article"
    };
    format!(
        "\nof the budget {left} {currency} are left, and this would take {cost} {currency}: {verdict}\n"
    )
}
