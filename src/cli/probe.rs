//! `anubad providers test`.

use std::fmt::Write as _;
use std::io::{BufRead, IsTerminal};
use std::sync::Arc;

use clap::{Args, Subcommand};
use serde_json::json;

use super::args::ConfigArg;
use super::{Exit, cause, complain, config, list, print};
use crate::accounts::{Forecast, Money};
use crate::config::{self, Config};
use crate::evaluate::newsroom::Share;
use crate::evaluate::probe::{self, Damaged, Outcome, Trial};
use crate::language::Pair;
use crate::provider::Provider;
use crate::state::Problem;

const TEST: &str = "\
Sends thirty made-up sentences a direction, once, and says what became of their names, numbers and
quotations. What it would cost is said before, and nothing is sent without --yes or an answer.";

const FORGET: &str = "\
Runs count how the values that they sent came back. Where too few did by one way (tags, say), the next run
takes another that the provider has. After this, or with another model, it begins with the first again.";

/// `anubad providers`.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct ProvidersArgs {
    #[command(subcommand)]
    command: Option<ProvidersCommand>,
    /// The configuration.
    #[command(flatten)]
    config: ConfigArg,
}

#[derive(Debug, Subcommand)]
enum ProvidersCommand {
    /// Try a provider with your own key, on a few sentences.
    #[command(after_help = TEST)]
    Test(TestArgs),
    /// Forget how its values came back, so that they travel as they did at first.
    #[command(after_help = FORGET)]
    Forget(ForgetArgs),
}

#[derive(Debug, Args)]
struct ForgetArgs {
    /// The provider, as [providers.NAME] has it.
    #[arg(value_name = "NAME")]
    name: String,
    /// The configuration.
    #[command(flatten)]
    config: ConfigArg,
}

#[derive(Debug, Args)]
struct TestArgs {
    /// The provider, as [providers.NAME] has it.
    #[arg(value_name = "NAME")]
    name: String,
    /// The direction to try; more than once for several. All of `pairs` that it covers if not named.
    #[arg(long, value_name = "PAIR", value_parser = config::pair)]
    pair: Vec<Pair>,
    /// Send without asking.
    #[arg(long)]
    yes: bool,
    /// Print JSON: the forecast and every count.
    #[arg(long)]
    json: bool,
    /// The configuration.
    #[command(flatten)]
    config: ConfigArg,
}

pub(super) async fn providers(args: &ProvidersArgs) -> Exit {
    match &args.command {
        None => list::providers(&args.config).await,
        Some(ProvidersCommand::Test(args)) => test(args).await.unwrap_or_else(|exit| exit),
        Some(ProvidersCommand::Forget(args)) => forget(args).unwrap_or_else(|exit| exit),
    }
}

fn forget(args: &ForgetArgs) -> Result<Exit, Exit> {
    let config = config(&args.config).map_err(|error| complain(&error))?;
    let forgotten = match config.existing_state() {
        Ok(state) => state.forget_survival(&args.name),
        Err(error) if error.problem == Problem::Missing => Ok(0),
        Err(error) => Err(error),
    };
    match forgotten.map_err(|error| complain(&error))? {
        0 => print::out(&format!("nothing was measured of `{}`\n", args.name))?,
        _ => print::out(&format!(
            "forgotten: what was measured of `{}`\n",
            args.name
        ))?,
    }
    Ok(Exit::Done)
}

async fn test(args: &TestArgs) -> Result<Exit, Exit> {
    let mut config = config(&args.config).map_err(|error| complain(&error))?;
    let name = &args.name;
    let Some(described) = config.providers.get(name) else {
        return Err(complain(&config.unknown_provider(name)));
    };
    let free = described.is_free() && config.price(name).is_none();
    config.pipeline.providers = vec![name.clone()];
    for &pair in &args.pair {
        if !config.pipeline.pairs.contains(&pair) {
            config.pipeline.pairs.push(pair);
        }
    }
    let mut translator = config::translator(&config)
        .await
        .map_err(|error| complain(&format!("provider `{name}`: {}", cause(&error))))?;
    let Some(provider) = translator.chain.first().cloned() else {
        return Err(Exit::Config);
    };
    let trials = plans(args, &config, &mut translator, &provider).await?;
    let forecast = trials
        .iter()
        .map(Trial::forecast)
        .fold(Forecast::default(), sum);
    if !args.json {
        print::out(&estimate(&config, provider.as_ref(), &forecast))?;
    }
    if !(free || args.yes || agreed(name)?) {
        print::out("nothing was sent\n")?;
        return Ok(Exit::Done);
    }
    let mut outcomes = Vec::new();
    for trial in &trials {
        outcomes.push(trial.run(&translator, provider.as_ref()).await);
    }
    let text = if args.json {
        let all = all(&config, provider.as_ref(), &forecast, &outcomes);
        serde_json::to_string_pretty(&all).unwrap_or_default() + "\n"
    } else {
        table(&outcomes) + &damages(&outcomes)
    };
    print::out(&text)?;
    Ok(
        if outcomes.iter().all(|outcome| outcome.answered.good > 0) {
            Exit::Done
        } else {
            Exit::Nothing
        },
    )
}

/// What would be sent, a direction at a time.
async fn plans(
    args: &TestArgs,
    config: &Config,
    translator: &mut crate::translate::Translator,
    provider: &Arc<dyn Provider>,
) -> Result<Vec<Trial>, Exit> {
    let pairs = if args.pair.is_empty() {
        &config.pipeline.pairs
    } else {
        &args.pair
    };
    let mut trials = Vec::new();
    for &pair in pairs {
        if probe::sentences(pair.source).is_empty() {
            print::say(&format!("{pair}: there are no sentences to try it with"));
            continue;
        }
        if !provider.capability().covers(pair) {
            print::say(&format!("{pair}: not among the `pairs` of the provider"));
            continue;
        }
        let price = config.price(&args.name);
        match probe::plan(translator, provider, pair, price).await {
            Ok(trial) => trials.push(trial),
            Err(error) => print::say(&format!("{pair}: {error}")),
        }
    }
    if trials.is_empty() {
        print::say(&"there is nothing to try; name a direction with --pair");
        return Err(Exit::Nothing);
    }
    Ok(trials)
}

fn sum(one: Forecast, other: Forecast) -> Forecast {
    Forecast {
        calls: one.calls + other.calls,
        segments: one.segments + other.segments,
        characters: one.characters + other.characters,
        tokens: one.tokens + other.tokens,
        cost: one.cost + other.cost,
    }
}

/// Whether the person at the terminal wants it sent.
fn agreed(name: &str) -> Result<bool, Exit> {
    if !std::io::stdin().is_terminal() {
        print::say(&"nothing was sent: say --yes to send it without being asked");
        return Err(Exit::Nothing);
    }
    print::out(&format!("Send this to `{name}`? [y/N] "))?;
    let mut answer = String::new();
    let read = std::io::stdin().lock().read_line(&mut answer);
    let answer = answer.trim().to_ascii_lowercase();
    Ok(read.is_ok() && matches!(answer.as_str(), "y" | "yes"))
}

fn estimate(config: &Config, provider: &dyn Provider, forecast: &Forecast) -> String {
    let identity = provider.identity();
    let price = config.price(&identity.name);
    let cost = match price {
        Some(_) => format!("{} {}", forecast.cost, config.budget.currency),
        None if config
            .providers
            .get(&identity.name)
            .is_some_and(config::ProviderConfig::is_free) =>
        {
            "nobody asks money for it".to_owned()
        }
        None => format!(
            "unknown; say what it costs in a section [prices.{}]",
            identity.name
        ),
    };
    format!(
        "provider    {} ({} {})\n\
         would send  {}, {}, {} characters, about {} tokens there and back\n\
         cost        {cost}\n",
        identity.name,
        identity.model,
        identity.version,
        counted(forecast.calls, "request"),
        counted(forecast.segments, "sentence"),
        forecast.characters,
        forecast.tokens,
    )
}

fn counted(number: u64, noun: &str) -> String {
    print::count(usize::try_from(number).unwrap_or(usize::MAX), noun)
}

fn all(
    config: &Config,
    provider: &dyn Provider,
    forecast: &Forecast,
    outcomes: &[Outcome],
) -> serde_json::Value {
    let identity = provider.identity();
    let cost = config.price(&identity.name).map(|_| forecast.cost);
    json!({
        "provider": identity.name,
        "model": identity.model,
        "version": identity.version,
        "forecast": {
            "requests": forecast.calls,
            "sentences": forecast.segments,
            "characters": forecast.characters,
            "tokens": forecast.tokens,
            "cost": cost.map(Money::units),
            "currency": config.budget.currency,
        },
        "pairs": outcomes,
    })
}

/// A row a question, a column a direction.
fn table(outcomes: &[Outcome]) -> String {
    type Row = (&'static str, fn(&Outcome) -> String);
    const ROWS: [Row; 14] = [
        ("reachable", |o| yes(Some(o.reachable))),
        ("direction offered", |o| yes(o.supported)),
        ("seconds a request", |o| {
            o.latency().map_or_else(
                || "-".to_owned(),
                |(middle, slowest)| {
                    format!("{middle:.2} (slowest {slowest:.2}, {} made)", o.requests)
                },
            )
        }),
        ("values travel", |o| travel(o).to_owned()),
        ("sentences answered", |o| shown(o.answered)),
        ("values kept", |o| shown(o.kept)),
        ("numbers, dates right", |o| shown(o.values)),
        ("names right", |o| shown(o.names)),
        ("quotations kept", |o| shown(o.quotes)),
        ("sentences undamaged", |o| shown(o.whole)),
        ("left untranslated", |o| o.untranslated.to_string()),
        ("tokens read", |o| {
            o.usage.map_or("-".to_owned(), |u| u.read.to_string())
        }),
        ("tokens written", |o| {
            o.usage.map_or("-".to_owned(), |u| u.written.to_string())
        }),
        ("errors", |o| o.errors.len().to_string()),
    ];
    let header: Vec<&str> = std::iter::once("")
        .chain(outcomes.iter().map(|outcome| outcome.pair.as_str()))
        .collect();
    let rows: Vec<Vec<String>> = ROWS
        .iter()
        .map(|(name, cell)| {
            std::iter::once((*name).to_owned())
                .chain(outcomes.iter().map(cell))
                .collect()
        })
        .collect();
    format!("\n{}", list::table(&header, &rows))
}

fn yes(answer: Option<bool>) -> String {
    match answer {
        Some(true) => "yes",
        Some(false) => "no",
        None => "not known",
    }
    .to_owned()
}

fn travel(outcome: &Outcome) -> &'static str {
    use crate::provider::Protection;
    match outcome.protection {
        Protection::Typed => "as typed parts",
        Protection::Tags => "as XML tags",
        Protection::Html => "as HTML spans",
        Protection::Tokens => "as tokens of the model",
        Protection::Plain => "visible",
    }
}

fn shown(share: Share) -> String {
    share.percent().map_or_else(
        || "-".to_owned(),
        |percent| format!("{} of {} ({percent:.0} %)", share.good, share.of),
    )
}

/// What went wrong, for a person to look at.
fn damages(outcomes: &[Outcome]) -> String {
    let mut out = String::new();
    for outcome in outcomes {
        for error in &outcome.errors {
            let _ = writeln!(out, "\n{}: {error}", outcome.pair);
        }
        for Damaged {
            source,
            output,
            what,
        } in &outcome.damaged
        {
            let _ = write!(
                out,
                "\n{}: {}\n  {source}\n  {output}\n",
                outcome.pair,
                what.join("; ")
            );
        }
    }
    out
}
