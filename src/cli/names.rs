//! `anubad names`.

use clap::{Args, Subcommand};
use serde_json::json;

use super::args::ConfigArg;
use super::{Exit, complain, config, print};
use crate::glossary::Kind;
use crate::language::{Language, Pair, profile};
use crate::names::{ApproveError, Ledger, table};
use crate::state::names::{Name, NameRow};
use crate::state::{StateError, StateFile};
use crate::text::Text;

const HELP: &str = "\
A run notes how each name that no glossary has was written. An approved rendering is obeyed from
then on like a glossary entry; glossaries outrank it.

Examples:
  anubad names list --pending
  anubad names approve \"Tammy Bruce\"                   its most frequent rendering
  anubad names approve \"Tammy Bruce\" \"ট্যামি ব্রুস\"      another one
  anubad names export > house-names.tsv               a glossary file";

/// `anubad names`.
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub(super) struct NamesArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// List names with their renderings, the most frequent first.
    List {
        /// Only those that nobody approved.
        #[arg(long, conflicts_with = "approved")]
        pending: bool,
        /// Only those that somebody approved.
        #[arg(long)]
        approved: bool,
        /// Print one JSON object a rendering.
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        config: ConfigArg,
    },
    /// Have a name written so from now on.
    Approve {
        #[command(flatten)]
        name: NameArg,
        /// The rendering; its most frequent one if not named.
        rendering: Option<String>,
        /// person, place, organisation or agency; as it was met, else person.
        #[arg(long, value_parser = kind)]
        kind: Option<Kind>,
        /// Who approves.
        #[arg(long, value_name = "NAME", default_value = "an editor")]
        by: String,
        #[command(flatten)]
        config: ConfigArg,
    },
    /// Take an approval back.
    Reject {
        #[command(flatten)]
        name: NameArg,
        #[command(flatten)]
        config: ConfigArg,
    },
    /// Remove a name, or one rendering of it.
    Forget {
        #[command(flatten)]
        name: NameArg,
        /// The rendering; all of them if not named.
        rendering: Option<String>,
        #[command(flatten)]
        config: ConfigArg,
    },
    /// Write the approved names as a glossary file to standard output.
    Export {
        /// Those that nobody approved as well.
        #[arg(long)]
        all: bool,
        #[command(flatten)]
        config: ConfigArg,
    },
}

/// A name of the ledger.
#[derive(Debug, Args)]
struct NameArg {
    /// The name as the source writes it, without an ending.
    #[arg(value_name = "NAME")]
    source: String,
    /// The direction, such as en-bn; told by the script if not named.
    #[arg(long)]
    pair: Option<String>,
}

impl NameArg {
    fn pair(&self) -> Pair {
        let is_bangla = self
            .source
            .contains(|c| ('\u{980}'..='\u{9ff}').contains(&c));
        if is_bangla { Pair::BN_EN } else { Pair::EN_BN }
    }

    /// The direction as the ledger has it, and the name in canonical form.
    fn key(&self) -> (String, String) {
        let pair = self.pair.clone().unwrap_or_else(|| self.pair().to_string());
        let language = pair.split('-').next().and_then(|code| code.parse().ok());
        (pair, canonical(&self.source, language))
    }

    fn rendering(&self, typed: &str) -> String {
        let pair = self.key().0;
        let language = pair.split('-').nth(1).and_then(|code| code.parse().ok());
        canonical(typed, language)
    }
}

fn kind(text: &str) -> Result<Kind, String> {
    match text.parse::<Kind>() {
        Ok(kind) if kind.is_name() => Ok(kind),
        _ => Err("write person, place, organisation or agency".to_owned()),
    }
}

fn canonical(text: &str, language: Option<Language>) -> String {
    let edits = language.map_or_else(Vec::new, |language| profile(language).repairs(text));
    Text::repaired(text, edits).normal().trim().to_owned()
}

pub(super) fn names(args: &NamesArgs) -> Exit {
    let done = match &args.action {
        Action::List {
            pending,
            approved,
            json,
            config,
        } => {
            let wanted = |row: &NameRow| match row.approved {
                Some(_) => !pending,
                None => !approved,
            };
            existing(config).and_then(|state| list(&state, wanted, *json))
        }
        Action::Approve {
            name,
            rendering,
            kind,
            by,
            config,
        } => {
            opened(config).and_then(|state| approve(&state, name, rendering.as_deref(), *kind, by))
        }
        Action::Reject { name, config } => existing(config).and_then(|state| reject(&state, name)),
        Action::Forget {
            name,
            rendering,
            config,
        } => existing(config).and_then(|state| forget(&state, name, rendering.as_deref())),
        Action::Export { all, config } => existing(config).and_then(|state| export(&state, *all)),
    };
    done.unwrap_or_else(|exit| exit)
}

fn existing(arg: &ConfigArg) -> Result<StateFile, Exit> {
    let config = config(arg).map_err(|error| complain(&error))?;
    config.existing_state().map_err(unusable)
}

fn opened(arg: &ConfigArg) -> Result<StateFile, Exit> {
    let config = config(arg).map_err(|error| complain(&error))?;
    config.open_state().map_err(unusable)
}

fn unusable(error: StateError) -> Exit {
    super::kept::KeptError::State(error).say()
}

fn list(state: &StateFile, wanted: impl Fn(&NameRow) -> bool, as_json: bool) -> Result<Exit, Exit> {
    let rows = state.names(None).map_err(unusable)?;
    for row in rows.iter().filter(|row| wanted(row)) {
        let NameRow {
            name,
            count,
            first_seen,
            last_seen,
            approved,
        } = row;
        let line = if as_json {
            let object = json!({
                "pair": name.pair, "source": name.source, "kind": name.kind,
                "rendering": name.rendering, "origin": name.origin, "count": count,
                "first_seen": first_seen, "last_seen": last_seen,
                "approved_by": approved.as_ref().map(|(by, _)| by),
            });
            format!("{object}\n")
        } else {
            let state = match approved {
                Some((by, _)) => format!("approved by {by}"),
                None => format!("from {}", name.origin),
            };
            format!(
                "{}  {} = {}  {}, {}, {state}\n",
                name.pair,
                name.source,
                name.rendering,
                name.kind,
                print::count(usize::try_from(*count).unwrap_or(usize::MAX), "article"),
            )
        };
        print::out(&line)?;
    }
    Ok(Exit::Done)
}

fn approve(
    state: &StateFile,
    name: &NameArg,
    rendering: Option<&str>,
    kind: Option<Kind>,
    by: &str,
) -> Result<Exit, Exit> {
    let (pair, source) = name.key();
    let known = state.renderings(&pair, &source).map_err(unusable)?;
    let typed = rendering.map(|typed| name.rendering(typed));
    let row = match &typed {
        Some(typed) => known.iter().find(|row| row.name.rendering == *typed),
        None => known.first(),
    };
    let Some(rendering) = typed
        .clone()
        .or_else(|| row.map(|row| row.name.rendering.clone()))
    else {
        return Err(unknown(&pair, &source, "name a rendering behind it"));
    };
    let met = row.or(known.first()).map(|row| row.name.kind.clone());
    let approved = Name {
        pair,
        source,
        kind: kind
            .map(|kind| kind.name().to_owned())
            .or(met)
            .unwrap_or_else(|| Kind::Person.name().to_owned()),
        rendering,
        origin: row.map_or_else(|| "editor".to_owned(), |row| row.name.origin.clone()),
    };
    let line = format!(
        "{} = {} ({})\n",
        approved.source, approved.rendering, approved.kind
    );
    let done = Ledger::approve(state, approved, by, crate::config::today());
    done.map_err(|error| match error {
        ApproveError::State(error) => unusable(error),
        refused @ ApproveError::NoName { .. } => {
            print::say(&refused);
            Exit::Usage
        }
    })?;
    print::out(&line)?;
    Ok(Exit::Done)
}

fn reject(state: &StateFile, name: &NameArg) -> Result<Exit, Exit> {
    let (pair, source) = name.key();
    if Ledger::unapprove(state, &pair, &source).map_err(unusable)? {
        Ok(Exit::Done)
    } else {
        Err(unknown(
            &pair,
            &source,
            "nothing of it is approved; see `anubad names list`",
        ))
    }
}

fn forget(state: &StateFile, name: &NameArg, rendering: Option<&str>) -> Result<Exit, Exit> {
    let (pair, source) = name.key();
    let rendering = rendering.map(|typed| name.rendering(typed));
    let known = state.renderings(&pair, &source).map_err(unusable)?;
    let mut removed = false;
    for row in known {
        if rendering
            .as_ref()
            .is_none_or(|wanted| *wanted == row.name.rendering)
        {
            removed |= state.forget_name(row.name).map_err(unusable)?;
        }
    }
    if removed {
        Ok(Exit::Done)
    } else {
        Err(unknown(&pair, &source, "see `anubad names list`"))
    }
}

fn export(state: &StateFile, all: bool) -> Result<Exit, Exit> {
    let mut rows = state.names(None).map_err(unusable)?;
    rows.retain(|row| all || row.approved.is_some());
    // Of a name's renderings one: two would contradict each other.
    let mut seen = std::collections::HashSet::new();
    rows.sort_by_key(|row| row.approved.is_none());
    rows.retain(|row| seen.insert((row.name.pair.clone(), row.name.source.clone())));
    print::raw(&table(&rows))?;
    Ok(Exit::Done)
}

fn unknown(pair: &str, source: &str, next: &str) -> Exit {
    print::say(&format!(
        "the ledger has no such rendering of `{source}` for {pair}: {next}"
    ));
    Exit::Nothing
}
