//! `anubad glossary search`.

use serde_json::json;

use super::super::{Exit, print};
use super::args::SearchArgs;
use super::{configured, layers, show};
use crate::config::{Config, today};
use crate::glossary::search::{Hit, Relation, search as look_up};

/// Most entries that are shown of one search.
const SHOWN: usize = 50;

pub(super) fn search(args: &SearchArgs) -> Result<Exit, Exit> {
    let config = configured(&args.config)?;
    let words = args.words.join(" ");
    let hits = look_up(&layers(&config)?, &words);
    let is_found = hits
        .iter()
        .any(|hit| !matches!(hit.relation, Relation::Alike(_)));
    if !is_found && !args.json {
        let outcome = if hits.is_empty() {
            format!("nothing is found of `{words}`, and nothing like it")
        } else {
            format!("nothing is found of `{words}`; spelled much alike:")
        };
        print::say(&outcome);
    }
    let shown = if args.json { hits.len() } else { SHOWN };
    for hit in hits.iter().take(shown) {
        let line = if args.json {
            let mut object = show::object(&hit.row);
            object["layer"] = json!(hit.layer);
            object["form"] = json!(hit.form);
            object["relation"] = json!(hit.relation.name());
            object["in_force"] = json!(is_in_force(hit, &config));
            format!("{object}\n")
        } else {
            text(hit, &config)
        };
        print::out(&line)?;
    }
    if hits.len() > shown {
        let left = print::count(hits.len() - shown, "further entry").replace("entrys", "entries");
        print::say(&format!("{left} not shown; search for more words"));
    }
    Ok(if is_found { Exit::Done } else { Exit::Nothing })
}

fn text(hit: &Hit, config: &Config) -> String {
    let state = if is_in_force(hit, config) {
        ""
    } else {
        "  (not in force)"
    };
    let mut text = format!(
        "{}{state}\n    {}  {}",
        show::line(&hit.row),
        hit.layer,
        hit.row.origin
    );
    if let Some(note) = &hit.row.note {
        text.push_str("  note: ");
        text.push_str(note);
    }
    text.push('\n');
    text
}

/// Whether the row takes part today, at the desk that is configured.
fn is_in_force(hit: &Hit, config: &Config) -> bool {
    let desk = hit.row.desk.as_ref();
    hit.row.holds_on(today()) && (desk.is_none() || desk == config.glossaries.desk_name.as_ref())
}
