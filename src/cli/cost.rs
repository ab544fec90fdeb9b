//! `anubad cost`.

use std::fmt::Write;

use super::args::CostArgs;
use super::{Exit, complain, config, print};
use crate::accounts::Money;

pub(super) fn cost(args: &CostArgs) -> Exit {
    let config = match config(&args.config) {
        Ok(config) => config,
        Err(error) => return complain(&error),
    };
    let since = args.since.map(|day| day.to_string());
    let days = config
        .existing_state()
        .and_then(|state| state.spent_by_day(since.as_deref()));
    let days = match days {
        Ok(days) => days,
        Err(error) => return complain(&error),
    };
    let text = if args.json {
        match serde_json::to_string_pretty(&days) {
            Ok(json) => json + "\n",
            Err(error) => return complain(&error),
        }
    } else {
        let mut text =
            "day            calls  segments  characters          cost  provider\n".to_owned();
        let mut sum = Money::default();
        for day in &days {
            let money = Money::of_nanos(day.nanos);
            sum = sum + money;
            let cost = match day.currency.as_str() {
                "" => "-".to_owned(),
                currency => format!("{money} {currency}"),
            };
            let _ = writeln!(
                text,
                "{}  {:8}  {:8}  {:10}  {cost:>12}  {}",
                day.day, day.calls, day.segments, day.characters, day.provider
            );
        }
        let _ = writeln!(text, "\n{sum} {} in sum", config.budget.currency);
        text
    };
    match print::out(&text) {
        Ok(()) => Exit::Done,
        Err(exit) => exit,
    }
}
