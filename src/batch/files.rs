//! The files of a translation: what is written, and where.

use std::path::Path;

use super::look::Written;
use super::provenance::{Provenance, details};
use super::{Named, OutputError, OutputFolder, Partial, previous};
use crate::article::Document;
use crate::translate::Translation;

/// Writes the translation of a document in its format, to its place or apart; gives
/// the file of the document itself and all files.
pub(super) fn write(
    folder: &OutputFolder,
    document: &Document,
    translation: &Translation,
    provenance: &Provenance,
    apart: bool,
) -> anyhow::Result<(String, Vec<Written>)> {
    let named = Named::from(translation);
    let mut own = folder.path(&named, document.format.extension())?;
    let mut beside = folder.path(&named, &document.format.details())?;
    let kept = [folder.apart(&own), folder.apart(&beside)];
    if apart {
        [own, beside] = kept.clone();
    }
    let content = translation.file(document, &provenance.facts(translation));
    let sidecar = details(translation, provenance)?;
    // The document last: where it is, the rest is.
    let files = [
        (beside.as_path(), sidecar.as_slice()),
        (own.as_path(), content.as_bytes()),
    ];
    if !apart {
        keep_previous(folder, &beside, translation)?;
    }
    folder.write(&files)?;
    if !apart && folder.partial() == Partial::Hold {
        // It is whole now; what was kept apart has had its time.
        for path in kept {
            let _ = folder.store().remove(&path);
        }
    }
    let root = folder.root();
    let written = files.map(|(path, content)| Written::of(folder.store(), root, path, content));
    Ok((own.display().to_string(), written.into()))
}

fn keep_previous(
    folder: &OutputFolder,
    details: &Path,
    translation: &Translation,
) -> Result<(), OutputError> {
    let root = folder.root();
    previous::keep(folder.store(), root, details, translation).map_err(|cause| OutputError::File {
        path: previous::place(root, details).display().to_string(),
        cause,
    })
}
