//! Writing: one file, a unit a sentence, with what was drafted as a translation
//! candidate and the names and terms as a glossary (modules of the standard).

use std::fmt::Write;

use super::{Document, Unit};
use crate::tmx::legal;

/// The document as XLIFF 2.1. What XML cannot say in any way becomes a space.
#[must_use]
pub fn write(document: &Document) -> String {
    let mut out = String::new();
    let Document { source, target, .. } = document;
    let _ = write!(
        out,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <xliff xmlns=\"urn:oasis:names:tc:xliff:document:2.0\" \
         xmlns:mtc=\"urn:oasis:names:tc:xliff:matches:2.0\" \
         xmlns:gls=\"urn:oasis:names:tc:xliff:glossary:2.0\" \
         version=\"2.1\" srcLang=\"{source}\" trgLang=\"{target}\">\n\
         <file id=\"f1\" original=\"{}\">\n",
        legal(&document.original)
    );
    for unit in &document.units {
        self::unit(&mut out, unit);
    }
    // A file needs a unit.
    if document.units.is_empty() {
        out.push_str(
            "<unit id=\"none\" translate=\"no\"><segment><source></source></segment></unit>\n",
        );
    }
    out.push_str("</file>\n</xliff>\n");
    out
}

fn unit(out: &mut String, unit: &Unit) {
    let _ = writeln!(out, "<unit id=\"{}\" canResegment=\"no\">", legal(&unit.id));
    if let Some(draft) = &unit.draft {
        let _ = writeln!(
            out,
            "<mtc:matches><mtc:match ref=\"#m1\" type=\"mt\" origin=\"anubad\">\
             <source>{}</source><target>{}</target></mtc:match></mtc:matches>",
            legal(&unit.source),
            legal(draft)
        );
    }
    if !unit.terms.is_empty() {
        out.push_str("<gls:glossary>");
        for (term, rendering) in &unit.terms {
            let _ = write!(
                out,
                "<gls:glossEntry><gls:term>{}</gls:term><gls:translation>{}</gls:translation></gls:glossEntry>",
                legal(term),
                legal(rendering)
            );
        }
        out.push_str("</gls:glossary>\n");
    }
    if !unit.notes.is_empty() {
        out.push_str("<notes>");
        for note in &unit.notes {
            let _ = write!(
                out,
                "<note category=\"{}\" priority=\"{}\" appliesTo=\"target\">{}</note>",
                legal(&note.category),
                note.priority.clamp(1, 10),
                legal(&note.text)
            );
        }
        out.push_str("</notes>\n");
    }
    let _ = writeln!(
        out,
        "<segment id=\"s1\" state=\"{}\">\n<source xml:space=\"preserve\"><mrk id=\"m1\" type=\"mtc:match\">{}</mrk></source>\n\
         <target xml:space=\"preserve\">{}</target>\n</segment>\n</unit>",
        unit.state.name(),
        legal(&unit.source),
        legal(&unit.target)
    );
}
