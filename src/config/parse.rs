//! The file's sections, read one by one.

use std::ops::Range;
use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::misplaced::{Misplaced, section};
use super::{Config, ProviderConfig, provider};

/// The sections that the file may have.
const SECTIONS: [&str; 11] = [
    "pipeline",
    "input",
    "output",
    "state",
    "queue",
    "models",
    "budget",
    "prices",
    "glossaries",
    "style",
    "providers",
];

/// Reads the sections one by one, so that every error keeps its place.
pub(super) fn parse(text: &str, base: &Path) -> Result<Config, Misplaced> {
    let mut config = Config::built_in(base);
    let document = DeTable::parse(text)?;
    let mut chain = Vec::new();
    let mut judge = None;
    let mut preferred = Vec::new();
    for (key, value) in document.into_inner() {
        let name = key.get_ref().as_ref();
        let is_table = matches!(value.get_ref(), DeValue::Table(_));
        if SECTIONS.contains(&name) && !is_table {
            return Err(Misplaced {
                span: Some(key.span()),
                message: format!("`{name}` is a section: write `[{name}]` and its keys below"),
            });
        }
        match name {
            "pipeline" => {
                chain.extend(names(&value, "providers"));
                judge = name_of(&value, "judge");
                preferred.extend(names_within(&value, "prefer", "providers"));
                config.pipeline = section(value)?;
            }
            "input" => config.input = section(value)?,
            "output" => config.output = section(value)?,
            "state" => config.state = section(value)?,
            "queue" => config.queue = section(value)?,
            "models" => config.models = section(value)?,
            "budget" => config.budget = section(value)?,
            "prices" => {
                chain.extend(keys(&value));
                config.prices = section(value)?;
            }
            "glossaries" => config.glossaries = section(value)?,
            "style" => config.style = section(value)?,
            "providers" => provider::read_all(value, &mut config.providers)?,
            other => {
                return Err(Misplaced {
                    span: Some(key.span()),
                    message: format!(
                        "unknown section `{other}`, expected one of `{}`",
                        SECTIONS.join("`, `")
                    ),
                });
            }
        }
    }
    if let Some((name, span)) = preferred
        .into_iter()
        .find(|(name, _)| !config.pipeline.providers.contains(name))
    {
        return Err(Misplaced {
            span: Some(span),
            message: format!(
                "`{name}` is not in the chain; add it to `providers` in [pipeline], where it stands last \
                 for everything else"
            ),
        });
    }
    if let Some((name, span)) = judge
        && !matches!(config.providers.get(&name), Some(ProviderConfig::Local(_)))
    {
        return Err(Misplaced {
            span: Some(span),
            message: format!(
                "`{name}` does not read translations; name a provider of kind `local` that is described"
            ),
        });
    }
    // The chain may stand before the sections that it names.
    match chain
        .into_iter()
        .find(|(name, _)| !config.providers.contains_key(name))
    {
        Some((name, span)) => Err(Misplaced {
            span: Some(span),
            message: config.unknown_provider(&name),
        }),
        None => Ok(config),
    }
}

/// The text `key` of a section, with its place.
fn name_of(section: &Spanned<DeValue<'_>>, key: &str) -> Option<(String, Range<usize>)> {
    let DeValue::Table(table) = section.get_ref() else {
        return None;
    };
    let item = table.get(key)?;
    Some((item.get_ref().as_str()?.to_owned(), item.span()))
}

/// The texts of the list `key` of a section, each with its place.
fn names(section: &Spanned<DeValue<'_>>, key: &str) -> Vec<(String, Range<usize>)> {
    let DeValue::Table(table) = section.get_ref() else {
        return Vec::new();
    };
    let Some(DeValue::Array(list)) = table.get(key).map(Spanned::get_ref) else {
        return Vec::new();
    };
    list.iter()
        .filter_map(|item| Some((item.get_ref().as_str()?.to_owned(), item.span())))
        .collect()
}

/// The texts of the list `key` of each table of the list `tables`.
fn names_within(
    section: &Spanned<DeValue<'_>>,
    tables: &str,
    key: &str,
) -> Vec<(String, Range<usize>)> {
    let DeValue::Table(table) = section.get_ref() else {
        return Vec::new();
    };
    let Some(DeValue::Array(list)) = table.get(tables).map(Spanned::get_ref) else {
        return Vec::new();
    };
    list.iter().flat_map(|item| names(item, key)).collect()
}

/// The keys of a section, each with its place.
fn keys(section: &Spanned<DeValue<'_>>) -> Vec<(String, Range<usize>)> {
    let DeValue::Table(table) = section.get_ref() else {
        return Vec::new();
    };
    let named = |key: &Spanned<std::borrow::Cow<'_, str>>| (key.get_ref().to_string(), key.span());
    table.keys().map(named).collect()
}
