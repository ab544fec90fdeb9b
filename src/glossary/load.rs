//! From layers of files to a compiled glossary.

use std::cmp::Reverse;
use std::sync::Arc;

use jiff::civil::Date;

use super::entry::{Entry, Kind};
use super::error::{Cause, LoadError};
use super::identity::{Identity, Rows};
use super::layer::{File, Layer};
use super::lexicon::{Builder, Lexicon, Role};
use super::table::{self, Forms, Row, Table};
use super::{Compiled, Glossary};
use crate::language::{Language, Pair};

/// Reads and compiles `layers`, lowest first, as they hold on `today`.
pub(super) fn glossary(layers: &[Layer], today: Date) -> Result<Glossary, Vec<LoadError>> {
    let mut errors = Vec::new();
    let mut entries = Vec::new();
    let mut rows = Rows::default();
    for (rank, layer) in layers.iter().enumerate() {
        for file in &layer.files {
            match read(file) {
                Ok(table) => {
                    for row in table.rows.iter().filter(|row| serves_desk(row, layer)) {
                        rows.add(row);
                        entries.extend(directions(row, &table.languages, rank));
                    }
                }
                Err(of_file) => errors.extend(of_file),
            }
        }
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    // Stable: rows that rank alike stay in the order of the files. Keys are sorted, not
    // entries, which would want as much memory again.
    entries.sort_by_cached_key(|e: &Entry| (Reverse(e.layer), e.desk.is_none(), e.case));
    let identity = Identity::of(&entries);
    let lexicons =
        compile(&entries).map_err(|cause| vec![LoadError::in_file(&"glossary".into(), cause)])?;
    let compiled = Compiled {
        entries,
        lexicons,
        rows,
        identity,
    };
    Ok(Glossary::of_day(Arc::new(compiled), today))
}

/// Reads one file.
pub(super) fn read(file: &File) -> Result<Table, Vec<LoadError>> {
    let name: Arc<str> = file.name().into();
    let fault = |cause| vec![LoadError::in_file(&name, cause)];
    match file {
        File::Text { text, .. } => table::read(&name, text),
        File::Path(path) => {
            let bytes = std::fs::read(path).map_err(|e| fault(Cause::Unreadable(e.to_string())))?;
            let text = String::from_utf8(bytes).map_err(|_| fault(Cause::NotUtf8))?;
            table::read(&name, &text)
        }
    }
}

fn serves_desk(row: &Row, layer: &Layer) -> bool {
    row.desk.is_none() || row.desk == layer.desk
}

/// The entries that a row makes, one for each direction that it serves.
pub(super) fn directions(row: &Row, languages: &[Language], layer: usize) -> Vec<Entry> {
    let pairs = languages.iter().flat_map(|&source| {
        let targets = languages.iter().filter(move |&&t| t != source);
        targets.map(move |&target| Pair { source, target })
    });
    pairs
        .filter(|pair| row.direction.is_none_or(|only| only == *pair))
        .filter_map(|pair| {
            let target = row.forms_in(pair.target)?;
            let source = row.forms_in(pair.source);
            // A forbidden form needs no source: it is forbidden in any case.
            if source.is_none() && row.kind != Kind::Forbidden {
                return None;
            }
            Some(entry(row, pair, source, target, layer))
        })
        .collect()
}

fn entry(row: &Row, pair: Pair, source: Option<&Forms>, target: &Forms, layer: usize) -> Entry {
    Entry {
        pair,
        source: source.map(|s| s.main.clone()).unwrap_or_default(),
        source_variants: source.map(|s| s.variants.clone()).unwrap_or_default(),
        target: target.main.clone(),
        target_variants: target.variants.clone(),
        kind: row.kind,
        case: row.case,
        part: row.part,
        from: row.from,
        to: row.to,
        desk: row.desk.clone(),
        note: row.note.clone(),
        origin: row.origin.clone(),
        layer,
    }
}

/// One lexicon a language. `entries` come best first.
fn compile(entries: &[Entry]) -> Result<Vec<(Language, Lexicon)>, Cause> {
    let mut languages: Vec<Language> = entries
        .iter()
        .flat_map(|e| [e.pair.source, e.pair.target])
        .collect();
    languages.sort_unstable();
    languages.dedup();
    languages
        .into_iter()
        .map(|language| {
            let lexicon = lexicon(entries, language).map_err(Cause::Uncompilable)?;
            Ok((language, lexicon))
        })
        .collect()
}

fn lexicon(entries: &[Entry], language: Language) -> Result<Lexicon, String> {
    let mut builder = Builder::default();
    let rank = |e: &Entry| (e.layer, e.desk.is_none(), e.case);
    let mut first = 0_usize;
    for peers in entries.chunk_by(|a, b| rank(a) == rank(b)) {
        // Among entries that rank alike every main form goes before any variant.
        for variants in [false, true] {
            for (number, entry) in (first..).zip(peers) {
                let number = u32::try_from(number).map_err(|e| e.to_string())?;
                add(&mut builder, entry, number, language, variants);
            }
        }
        first += peers.len();
    }
    builder.build()
}

fn add(builder: &mut Builder, entry: &Entry, number: u32, language: Language, variants: bool) {
    // What is forbidden in the target is no reason to look for the source.
    let is_source = entry.pair.source == language && entry.kind != Kind::Forbidden;
    let is_target = entry.pair.target == language;
    let sides = [
        (
            is_source,
            Role::Source,
            &entry.source,
            &entry.source_variants,
        ),
        (
            is_target,
            Role::Target,
            &entry.target,
            &entry.target_variants,
        ),
    ];
    for (_, role, main, more) in sides.into_iter().filter(|side| side.0) {
        let forms = if variants {
            more.as_slice()
        } else {
            std::slice::from_ref(main)
        };
        for form in forms {
            builder.add(form, number, entry, role);
        }
    }
}
