//! `anubad glossary suggest`.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::super::{Exit, print};
use super::args::SuggestArgs;
use super::{configured, deliver, refuse};
use crate::article::read;
use crate::config;
use crate::glossary::suggest::{Suggestion, Unit, align, suggest as propose};
use crate::glossary::table;
use crate::language::Pair;

pub(super) fn suggest(args: &SuggestArgs) -> Result<Exit, Exit> {
    let settings = configured(&args.config)?;
    if ![Pair::EN_BN, Pair::BN_EN].contains(&args.pair) {
        return Err(refuse(&format!(
            "entries are proposed for English and Bangla only, not for {}",
            args.pair
        )));
    }
    let units = match &args.target {
        Some(target) => files(&args.source, target, args.pair)?,
        None if args.source.is_dir() => folder(&args.source, args.pair)?,
        None => {
            return Err(refuse(&format!(
                "{} is one file; name its translation too, or a folder of pairs",
                args.source.display()
            )));
        }
    };
    let glossary = config::glossary(&settings).map_err(|error| super::complain(&error))?;
    let mut found = propose(&units, &glossary);
    found.retain(|suggestion| suggestion.score >= args.score);
    found.truncate(args.limit);
    let text: String = if args.json {
        found
            .iter()
            .flat_map(|s| [object(s).to_string(), "\n".to_owned()])
            .collect()
    } else {
        file(&found)
    };
    deliver(args.output.as_deref(), &text)?;
    print::say(&format!(
        "{} from {}",
        print::count(found.len(), "suggestion"),
        print::count(units.len(), "aligned passage")
    ));
    Ok(if found.is_empty() {
        Exit::Nothing
    } else {
        Exit::Done
    })
}

/// A glossary file, best first; what speaks for an entry stands in its note.
fn file(found: &[Suggestion]) -> String {
    let mut text = String::from(
        "en\tbn\tkind\tnote\n# Suggestions, best first: read each, delete what is wrong.\n",
    );
    for one in found {
        let times = print::count(one.count, "passage");
        let note = format!("score {:.2}, {times}, first {}", one.score, one.place);
        let cells = [&*one.english, &*one.bangla, one.kind.name(), &*note].map(str::to_owned);
        let _ = writeln!(text, "{}", table::line(&cells));
    }
    text
}

fn object(one: &Suggestion) -> Value {
    json!({
        "en": one.english,
        "bn": one.bangla,
        "kind": one.kind.name(),
        "score": (one.score * 1000.0).round() / 1000.0,
        "count": one.count,
        "place": one.place,
    })
}

fn files(source: &Path, target: &Path, pair: Pair) -> Result<Vec<Unit>, Exit> {
    let (source_text, target_text) = (text(source)?, text(target)?);
    Ok(if pair == Pair::EN_BN {
        align::files(&source_text, &target_text, &name(source))
    } else {
        align::files(&target_text, &source_text, &name(target))
    })
}

/// The pairs of a folder, and what `anubad run` wrote there, in order of names.
fn folder(folder: &Path, pair: Pair) -> Result<Vec<Unit>, Exit> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .map_err(|cause| refuse(&format!("cannot read {}: {cause}", folder.display())))?
        .flatten()
        .map(|entry| entry.path())
        .collect();
    paths.sort();
    let mut units = Vec::new();
    let mut unedited = 0;
    for path in &paths {
        let file = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if let Some(stem) = file.strip_suffix(&format!(".{}.txt", pair.target)) {
            let sources = [format!("{stem}.{}.txt", pair.source), format!("{stem}.txt")];
            let source = sources
                .iter()
                .map(|name| folder.join(name))
                .find(|path| path.is_file());
            if let Some(source) = source {
                units.extend(files(&source, path, pair)?);
            }
        } else if [".bn.json", ".en.json"]
            .iter()
            .any(|end| file.ends_with(end))
        {
            unedited += sidecar(path, &mut units)?;
        }
    }
    if unedited > 0 {
        print::say(&format!(
            "{} of drafts, or with findings, left aside",
            print::count(unedited, "sentence")
        ));
    }
    if units.is_empty() {
        return Err(refuse(&format!(
            "{} has no pairs; name them NAME.{}.txt and NAME.{}.txt",
            folder.display(),
            pair.source,
            pair.target
        )));
    }
    Ok(units)
}

/// Adds the sentences that `anubad run` translated; returns how many of them nobody
/// should learn from.
fn sidecar(path: &Path, units: &mut Vec<Unit>) -> Result<usize, Exit> {
    let json: Value = serde_json::from_str(&text(path)?).map_err(|cause| {
        refuse(&format!(
            "{}: {cause}; it is no output of a run",
            path.display()
        ))
    })?;
    let english = json["source_language"] == "en" && json["target_language"] == "bn";
    let bangla = json["source_language"] == "bn" && json["target_language"] == "en";
    if !english && !bangla {
        return Ok(0);
    }
    let mut unedited = 0;
    let mut number = 0;
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    for segment in list(&json["blocks"])
        .iter()
        .flat_map(|block| list(&block["segments"]))
    {
        number += 1;
        if segment["draft"] != false || segment["review"] != false {
            unedited += 1;
            continue;
        }
        if let (Some(source), Some(target)) =
            (segment["source"].as_str(), segment["target"].as_str())
        {
            let (english, bangla) = if english {
                (source, target)
            } else {
                (target, source)
            };
            units.push(align::unit(
                english,
                bangla,
                format!("{}, sentence {number}", name(path)),
            ));
        }
    }
    Ok(unedited)
}

fn text(path: &Path) -> Result<String, Exit> {
    let shown = path.display();
    let bytes = std::fs::read(path)
        .map_err(|cause| refuse(&format!("cannot read {shown}: {cause}; correct the path")))?;
    read::decode(bytes).map_err(|cause| refuse(&format!("{shown}: {cause}")))
}

fn name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}
