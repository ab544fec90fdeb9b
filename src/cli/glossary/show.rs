//! A row of a glossary, for people and for tools.

use serde_json::{Value, json};

use crate::glossary::table::{Forms, Row};

/// `Dhaka (Dacca) = ঢাকা`, and what else the row says.
pub(super) fn line(row: &Row) -> String {
    let side = |forms: &Forms| {
        if forms.variants.is_empty() {
            forms.main.clone()
        } else {
            format!("{} ({})", forms.main, forms.variants.join(" | "))
        }
    };
    let sides: Vec<String> = row.forms.iter().map(side).collect();
    let mut line = format!("{}  {}", sides.join(" = "), row.kind);
    let mut add = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            line.push_str("  ");
            line.push_str(name);
            line.push_str(&value);
        }
    };
    add("", row.direction.map(|pair| pair.to_string()));
    add("", row.part.map(|part| part.name().to_owned()));
    let unusual = row.case != row.kind.default_case();
    add("case ", unusual.then(|| row.case.name().to_owned()));
    add("desk ", row.desk.clone());
    add("from ", row.from.map(|day| day.to_string()));
    add("to ", row.to.map(|day| day.to_string()));
    line
}

/// Every column of the row, by its name in a glossary file.
pub(super) fn object(row: &Row) -> Value {
    let forms = |forms: &Forms| (forms.language.code().to_owned(), json!(forms.main));
    let variants = |forms: &Forms| {
        (
            format!("{}_variants", forms.language),
            json!(forms.variants),
        )
    };
    let mut object: serde_json::Map<String, Value> = row.forms.iter().map(forms).collect();
    object.extend(row.forms.iter().map(variants));
    let rest = json!({
        "kind": row.kind.name(),
        "case": row.case.name(),
        "direction": row.direction.map(|pair| pair.to_string()),
        "pos": row.part.map(crate::glossary::PartOfSpeech::name),
        "desk": row.desk,
        "from": row.from.map(|day| day.to_string()),
        "to": row.to.map(|day| day.to_string()),
        "note": row.note,
        "file": &*row.origin.file,
        "line": row.origin.line,
    });
    if let Value::Object(rest) = rest {
        object.extend(rest);
    }
    Value::Object(object)
}
