//! `anubad glossary add`.

use std::path::PathBuf;

use super::super::{Exit, complain, print};
use super::args::AddArgs;
use super::{configured, refuse};
use crate::config::{AddError, Config, add_row, desk_file};
use crate::glossary::edit;
use crate::glossary::lint::Severity;
use crate::glossary::table::Row;
use crate::language::{Language, Pair};

pub(super) fn add(args: &AddArgs) -> Result<Exit, Exit> {
    let config = configured(&args.config)?;
    let row = row(args, &config)?;
    let path = file(args, &config)?;
    let added = add_row(&config, &path, &row).map_err(|error| match error {
        AddError::Build(error) => complain(&error),
        AddError::File { .. } => refuse(&format!("{error}, or name another file with --file")),
        AddError::Edit(error) => refuse(&error),
    })?;
    for finding in added
        .findings
        .iter()
        .filter(|f| f.severity != Severity::Note)
    {
        print::say(finding);
    }
    print::out(&format!("{}:{}: added\n", added.file, added.line))?;
    Ok(Exit::Done)
}

/// The file that was named, else the first one of the desk.
fn file(args: &AddArgs, config: &Config) -> Result<PathBuf, Exit> {
    match &args.file {
        Some(file) => Ok(file.clone()),
        None => desk_file(config).map_err(|cause| refuse(&format!("{cause}, or with --file"))),
    }
}

fn row(args: &AddArgs, config: &Config) -> Result<Row, Exit> {
    let pair = languages(args, config);
    let variants = |language: Language| -> Result<String, Exit> {
        let of = |form: &&String| language_of(form, pair) == Some(language);
        let forms: Vec<&str> = args.variant.iter().filter(of).map(String::as_str).collect();
        Ok(forms.join(" | "))
    };
    if let Some(form) = args.variant.iter().find(|form| {
        form.contains('|') || form.trim().is_empty() || language_of(form, pair).is_none()
    }) {
        return Err(refuse(&format!(
            "the language of the variant `{form}` cannot be told; write it into the file by hand"
        )));
    }
    let said: Vec<(String, String)> = [
        (pair.source.code(), args.source.clone()),
        (pair.target.code(), args.target.clone()),
        ("kind", args.kind.name().to_owned()),
        ("case", args.case.map_or("", |case| case.name()).to_owned()),
        (
            "direction",
            args.direction
                .map_or(String::new(), |pair| pair.to_string()),
        ),
        ("pos", args.pos.map_or("", |part| part.name()).to_owned()),
        ("desk", args.desk.clone().unwrap_or_default()),
        ("from", args.from.clone().unwrap_or_default()),
        ("to", args.to.clone().unwrap_or_default()),
        ("note", args.note.clone().unwrap_or_default()),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value))
    .chain([
        (format!("{}_variants", pair.source), variants(pair.source)?),
        (format!("{}_variants", pair.target), variants(pair.target)?),
    ])
    .collect();
    edit::row_of(&[pair.source, pair.target], &said)
        .map_err(|cause| refuse(&format!("the entry is not added: {cause}")))
}

/// The languages of SOURCE and TARGET: as said, as their letters say, else as the
/// first configured pair has them.
fn languages(args: &AddArgs, config: &Config) -> Pair {
    if let Some(pair) = args.pair {
        return pair;
    }
    let configured = config
        .pipeline
        .pairs
        .first()
        .copied()
        .unwrap_or(Pair::EN_BN);
    let (source, target) = (
        language_of(&args.source, configured),
        language_of(&args.target, configured),
    );
    match (source, target) {
        (Some(source), Some(target)) if source != target => Pair { source, target },
        // A name that stays in its letters, or a form of one side only.
        _ if source == target || source.is_none() || target.is_none() => {
            if source == Some(configured.target) || target == Some(configured.source) {
                configured.reversed()
            } else {
                configured
            }
        }
        _ => configured,
    }
}

/// Which language of the pair `form` is in, as far as its letters tell.
fn language_of(form: &str, pair: Pair) -> Option<Language> {
    let is_bangla = form.chars().any(|c| ('\u{980}'..='\u{9ff}').contains(&c));
    let is_latin = form.chars().any(|c| c.is_ascii_alphabetic());
    let language = match (is_bangla, is_latin) {
        (true, _) => Language::BANGLA,
        (false, true) => Language::ENGLISH,
        _ => return None,
    };
    [pair.source, pair.target]
        .into_iter()
        .find(|known| *known == language)
}
