//! `anubad glossary add`.

use std::path::{Path, PathBuf};

use super::super::{Exit, print};
use super::args::AddArgs;
use super::{configured, layers, refuse};
use crate::config::{Config, today};
use crate::glossary::lint::Severity;
use crate::glossary::store::Locked;
use crate::glossary::table::{self, Row};
use crate::glossary::{File, Layer, edit};
use crate::language::{Language, Pair};

pub(super) fn add(args: &AddArgs) -> Result<Exit, Exit> {
    let config = configured(&args.config)?;
    let row = row(args, &config)?;
    let path = file(args, &config)?;
    let name = path.display().to_string();
    let fail = |cause: std::io::Error| {
        refuse(&format!(
            "cannot change {name}: {cause}; see to it, or name another file with --file"
        ))
    };
    let file = Locked::open(&path).map_err(fail)?;
    let before = file.read().map_err(fail)?;
    let after = edit::appended(&name, &before, &row).map_err(|error| refuse(&error))?;
    let layers = known_as(layers_with(&config, &path)?, &path, &name);
    let findings = edit::judged(&layers, &name, &after, today()).map_err(|error| refuse(&error))?;
    file.replace(&after).map_err(fail)?;
    for finding in findings.iter().filter(|f| f.severity != Severity::Note) {
        print::say(finding);
    }
    print::out(&format!("{name}:{}: added\n", after.lines().count()))?;
    Ok(Exit::Done)
}

/// The configured layers; a desk's file that is yet to be made is none of them.
fn layers_with(config: &Config, path: &Path) -> Result<Vec<Layer>, Exit> {
    let mut config = config.clone();
    if !path.exists() {
        let base = config.base.clone();
        let is_other = |p: &PathBuf| crate::batch::place(&base, p) != path;
        config.glossaries.desk.retain(is_other);
        config.glossaries.house.retain(is_other);
    }
    layers(&config)
}

/// `layers` with the file at `path` under one name, however it is written there.
fn known_as(mut layers: Vec<Layer>, path: &Path, name: &str) -> Vec<Layer> {
    let real = path.canonicalize().ok();
    for file in layers.iter_mut().flat_map(|layer| &mut layer.files) {
        let is_same = |other: &PathBuf| other.canonicalize().ok() == real;
        if real.is_some() && matches!(file, File::Path(other) if is_same(other)) {
            *file = File::Path(name.into());
        }
    }
    layers
}

/// The file that was named, else the first one of the desk.
fn file(args: &AddArgs, config: &Config) -> Result<PathBuf, Exit> {
    if let Some(file) = &args.file {
        return Ok(file.clone());
    }
    let desk = config
        .glossaries
        .desk
        .first()
        .map(|path| config.place(path));
    match desk {
        None => Err(refuse(
            &"no desk has a file in the configuration; name one with --file, or under `desk` in [glossaries]",
        )),
        Some(folder) if folder.is_dir() => Err(refuse(&format!(
            "the desk's glossaries are a folder, {}; name a file of it with --file",
            folder.display()
        ))),
        Some(file) => Ok(file),
    }
}

fn row(args: &AddArgs, config: &Config) -> Result<Row, Exit> {
    let pair = languages(args, config);
    let header = table::names(&[pair.source, pair.target]);
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
    let cell = |name: &String| {
        let value = said.iter().find(|(known, _)| known == name);
        table::guarded(value.map_or("", |(_, value)| value))
    };
    let cells = header.iter().map(cell).collect();
    edit::row(header, cells).map_err(|cause| refuse(&format!("the entry is not added: {cause}")))
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
