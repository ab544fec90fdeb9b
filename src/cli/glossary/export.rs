//! `anubad glossary export`.

use super::super::{Exit, print};
use super::args::ExportArgs;
use super::{chosen, configured, deliver, refuse};
use crate::glossary::exchange;
use crate::glossary::{Layer, table::Table};

pub(super) fn export(args: &ExportArgs) -> Result<Exit, Exit> {
    let config = configured(&args.config)?;
    let mut layers = chosen(&args.files, &config)?;
    if let Some(wanted) = &args.layer {
        let known: Vec<String> = layers.iter().map(|layer| layer.name.clone()).collect();
        layers.retain(|layer| layer.name == *wanted);
        if layers.is_empty() {
            return Err(refuse(&format!(
                "no layer is called `{wanted}`; there are {}",
                known.join(", ")
            )));
        }
    }
    let table = table(&layers)?;
    let text = exchange::write(args.format, &table)
        .map_err(|cause| refuse(&format!("cannot write {}: {cause}", args.format.name())))?;
    deliver(args.output.as_deref(), &text)?;
    if let Some(output) = &args.output {
        let rows = print::count(table.rows.len(), "row");
        print::say(&format!("{rows} in {}", output.display()));
    }
    Ok(Exit::Done)
}

/// The rows of all layers, highest first, as they rank.
fn table(layers: &[Layer]) -> Result<Table, Exit> {
    let mut all = Table::default();
    for file in layers.iter().rev().flat_map(|layer| &layer.files) {
        let table = file.table().map_err(|errors| {
            for error in errors {
                print::say(&error);
            }
            Exit::Config
        })?;
        for language in table.languages {
            if !all.languages.contains(&language) {
                all.languages.push(language);
            }
        }
        all.rows.extend(table.rows);
    }
    Ok(all)
}
