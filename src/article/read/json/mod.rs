//! JSON and JSON Lines, with fields of the desk's own, and what news agencies and
//! content management systems have agreed on: ninjs, `WordPress`.

mod fields;
mod item;
mod ninjs;
mod value;
mod wordpress;

pub use fields::Fields;
pub(super) use value::Value;

use super::ReadError;
use super::gather::Gathered;
use crate::article::{Document, Format};
use item::Item;

/// The articles of a file: the object that it is, or each of a list of them.
///
/// # Errors
/// When it is no JSON, or no object of it has a field that holds text.
pub(super) fn read(
    id: &str,
    text: String,
    format: Option<Format>,
    fields: &Fields,
) -> Result<Document, ReadError> {
    let mut gathered = Gathered::default();
    let root = Value::of(&text).map_err(|e| ReadError::wrong("JSON", &e))?;
    let items = if root.is_object() {
        vec![root]
    } else {
        root.items()
    };
    let found = items.first().map_or(Format::Json, |first| told(*first));
    let format = format.unwrap_or(found);
    for item in &items {
        article(id, *item, format, fields, &mut gathered);
    }
    let known = items.first().map(|first| names(*first)).unwrap_or_default();
    gathered
        .document(format, text)
        .ok_or(ReadError::NoField { known })
}

/// The articles of a file of JSON Lines. Blank lines are passed over.
///
/// # Errors
/// When a line is no JSON, which names it, or none has a field that holds text.
pub(super) fn read_lines(id: &str, text: String, fields: &Fields) -> Result<Document, ReadError> {
    let mut gathered = Gathered::default();
    let mut known = Vec::new();
    for (number, line) in text.lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        let item = Value::within(&text, line).map_err(|e| {
            let place = format!("line {}, column {}", number + 1, e.column());
            ReadError::wrong(&format!("JSON Lines ({place})"), &e)
        })?;
        if known.is_empty() {
            known = names(item);
        }
        article(id, item, told(item), fields, &mut gathered);
    }
    (gathered.document(Format::JsonLines, text)).ok_or(ReadError::NoField { known })
}

fn article(id: &str, object: Value<'_>, format: Format, fields: &Fields, gathered: &mut Gathered) {
    if !object.is_object() {
        return;
    }
    let mut item = Item::new(object, gathered.next());
    match format {
        Format::Ninjs => ninjs::read(&mut item),
        Format::WordPress => wordpress::read(&mut item),
        _ => fields.read(&mut item),
    }
    let Item {
        declared,
        blocks,
        slots,
        ..
    } = item;
    if !blocks.is_empty() {
        gathered.slots.extend(slots);
    }
    gathered.article(id, declared, blocks);
}

/// What an object is, by the members that it has.
fn told(object: Value<'_>) -> Format {
    let names = names(object);
    let has = |name: &str| names.iter().any(|own| own == name);
    if ninjs::is_told_by(&has) {
        Format::Ninjs
    } else if wordpress::is_told_by(&has) && object.member("content").is_some_and(Value::is_object)
    {
        Format::WordPress
    } else {
        Format::Json
    }
}

fn names(object: Value<'_>) -> Vec<String> {
    object.members().into_iter().map(|(name, _)| name).collect()
}

#[cfg(test)]
mod tests;
