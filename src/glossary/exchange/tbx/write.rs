//! A table as TBX-Basic.

use std::io::Write;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesPI, BytesText, Event};

use super::{ADMITTED, DEPRECATED, LANGUAGES, PREFERRED, SETTINGS};
use crate::glossary::entry::Kind;
use crate::glossary::part::PartOfSpeech;
use crate::glossary::table::{Forms, Row, Table};

type Result<T = ()> = std::io::Result<T>;

/// Where validators find the rules of what is written.
const MODELS: [(&str, &str); 2] = [
    (
        "https://raw.githubusercontent.com/LTAC-Global/TBX_Core_RNG/master/TBXcoreStructV03.rng",
        "http://relaxng.org/ns/structure/1.0",
    ),
    (
        "https://raw.githubusercontent.com/LTAC-Global/TBX-Basic_dialect/master/DCA/TBX-Basic_DCA.sch",
        "http://purl.oclc.org/dsdl/schematron",
    ),
];

/// `table` as a TBX-Basic file in style DCA.
///
/// # Errors
/// None that a text in memory can have.
pub(in crate::glossary::exchange) fn written(table: &Table) -> Result<String> {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    for (href, schema) in MODELS {
        let model =
            format!("xml-model href=\"{href}\" type=\"application/xml\" schematypens=\"{schema}\"");
        writer.write_event(Event::PI(BytesPI::new(model)))?;
    }
    let working = table
        .languages
        .first()
        .map_or("en", |language| language.code());
    writer
        .create_element("tbx")
        .with_attributes([
            ("type", "TBX-Basic"),
            ("style", "dca"),
            ("xml:lang", working),
            ("xmlns", "urn:iso:std:iso:30042:ed-2"),
        ])
        .write_inner_content(|writer| {
            header(writer, table)?;
            within(writer, "text", |writer| {
                within(writer, "body", |writer| {
                    (1..)
                        .zip(&table.rows)
                        .try_for_each(|(number, row)| concept(writer, number, row))
                })
            })
        })?;
    let mut bytes = writer.into_inner();
    bytes.push(b'\n');
    String::from_utf8(bytes).map_err(std::io::Error::other)
}

fn header<W: Write>(writer: &mut Writer<W>, table: &Table) -> Result {
    let codes: Vec<&str> = table
        .languages
        .iter()
        .map(crate::language::Language::code)
        .collect();
    let source = format!("{LANGUAGES}{}", codes.join(", "));
    within(writer, "tbxHeader", |writer| {
        within(writer, "fileDesc", |writer| {
            within(writer, "sourceDesc", |writer| plain(writer, "p", &source))
        })
    })
}

fn concept<W: Write>(writer: &mut Writer<W>, number: usize, row: &Row) -> Result {
    let id = format!("c{number}");
    writer
        .create_element("conceptEntry")
        .with_attribute(("id", id.as_str()))
        .write_inner_content(|writer| {
            typed(writer, "descrip", "subjectField", row.kind.name())?;
            if let Some(desk) = &row.desk {
                typed(writer, "admin", "projectSubset", desk)?;
            }
            if let Some(settings) = settings(row) {
                plain(writer, "note", &settings)?;
            }
            if let Some(note) = &row.note {
                plain(writer, "note", note)?;
            }
            row.forms
                .iter()
                .try_for_each(|forms| section(writer, row, forms))
        })?;
    Ok(())
}

/// The columns for which TBX-Basic has no category.
fn settings(row: &Row) -> Option<String> {
    let mut settings = SETTINGS.to_owned();
    let mut add = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            for part in [" ", name, "=", &value] {
                settings.push_str(part);
            }
        }
    };
    let unusual = row.case != row.kind.default_case();
    add("case", unusual.then(|| row.case.name().to_owned()));
    add("direction", row.direction.map(|pair| pair.to_string()));
    let proper = row.part == Some(PartOfSpeech::ProperNoun);
    add(
        "pos",
        proper.then(|| PartOfSpeech::ProperNoun.name().to_owned()),
    );
    add("from", row.from.map(|day| day.to_string()));
    add("to", row.to.map(|day| day.to_string()));
    // A remark that looks like settings is none behind settings.
    let is_mistakable = row
        .note
        .as_ref()
        .is_some_and(|note| note.starts_with(SETTINGS));
    (settings != SETTINGS || is_mistakable).then_some(settings)
}

fn section<W: Write>(writer: &mut Writer<W>, row: &Row, forms: &Forms) -> Result {
    let is_forbidden = row.kind == Kind::Forbidden
        && row
            .direction
            .is_none_or(|pair| pair.target == forms.language);
    writer
        .create_element("langSec")
        .with_attribute(("xml:lang", forms.language.code()))
        .write_inner_content(|writer| {
            let statuses = std::iter::once(PREFERRED).chain(std::iter::repeat(ADMITTED));
            let all = std::iter::once(&forms.main).chain(&forms.variants);
            all.zip(statuses).try_for_each(|(form, status)| {
                within(writer, "termSec", |writer| {
                    plain(writer, "term", form)?;
                    if let Some(part) = row.part {
                        typed(writer, "termNote", "partOfSpeech", part_of_speech(part))?;
                    }
                    let status = if is_forbidden { DEPRECATED } else { status };
                    typed(writer, "termNote", "administrativeStatus", status)
                })
            })
        })?;
    Ok(())
}

/// TBX-Basic knows no proper noun; that it is one stands with the settings.
fn part_of_speech(part: PartOfSpeech) -> &'static str {
    match part {
        PartOfSpeech::ProperNoun => PartOfSpeech::Noun.name(),
        other => other.name(),
    }
}

fn within<W: Write>(
    writer: &mut Writer<W>,
    name: &str,
    inner: impl FnOnce(&mut Writer<W>) -> Result,
) -> Result {
    writer.create_element(name).write_inner_content(inner)?;
    Ok(())
}

fn plain<W: Write>(writer: &mut Writer<W>, name: &str, text: &str) -> Result {
    writer
        .create_element(name)
        .write_text_content(BytesText::new(text))?;
    Ok(())
}

fn typed<W: Write>(writer: &mut Writer<W>, name: &str, category: &str, text: &str) -> Result {
    writer
        .create_element(name)
        .with_attribute(("type", category))
        .write_text_content(BytesText::new(text))?;
    Ok(())
}
