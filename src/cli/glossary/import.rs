//! `anubad glossary import`.

use super::super::{Exit, print};
use super::args::ImportArgs;
use super::{deliver, refuse};
use crate::config::today;
use crate::glossary::exchange::{self, Defaults, Format};
use crate::glossary::lint::{Severity, lint};
use crate::glossary::{Layer, table};

pub(super) fn import(args: &ImportArgs) -> Result<Exit, Exit> {
    let name = args.file.display().to_string();
    let Some(format) = args.format.or_else(|| Format::of(&args.file)) else {
        return Err(refuse(&format!(
            "{name}: the name does not tell its format; name it with --format csv, tsv or tbx"
        )));
    };
    let bytes = std::fs::read(&args.file)
        .map_err(|cause| refuse(&format!("cannot read {name}: {cause}; correct the path")))?;
    let defaults = Defaults {
        kind: args.kind,
        pair: args.pair,
    };
    let imported = exchange::read(format, &name, bytes, defaults).map_err(|errors| {
        for error in errors {
            print::say(&error);
        }
        Exit::Nothing
    })?;
    let text = table::written(&imported.table);
    deliver(args.output.as_deref(), &text)?;
    for (what, times) in &imported.left_out {
        match times {
            0 => print::say(&format!("{name}: left out: {what}")),
            _ => print::say(&format!("{name}: left out: {what} ({times} times)")),
        }
    }
    let written = args
        .output
        .as_ref()
        .map_or("the new file".to_owned(), |o| o.display().to_string());
    let layer = Layer::of_text("import", written.clone(), text);
    let findings = lint(&[layer], today());
    let doubtful = findings.iter().filter(|f| f.severity != Severity::Note);
    for finding in doubtful {
        print::say(finding);
    }
    let entries = print::count(imported.table.rows.len(), "row");
    print::say(&format!("{entries} of {name} in {written}"));
    Ok(Exit::Done)
}
