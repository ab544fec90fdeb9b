use std::collections::BTreeSet;

use serde_json::Value;

use super::{api, routes};

fn document() -> Value {
    serde_json::from_str(api::OPENAPI).unwrap()
}

#[test]
fn the_document_describes_the_routes_and_no_others() {
    let document = document();
    let mut described = BTreeSet::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for method in methods.as_object().unwrap().keys() {
            described.insert((method.clone(), path.clone()));
        }
    }
    let answered: BTreeSet<(String, String)> = (routes::api().iter())
        .map(|(method, path, _)| ((*method).to_owned(), (*path).to_owned()))
        .collect();
    assert_eq!(described, answered);
}

#[test]
fn the_document_is_whole() {
    let document = document();
    assert_eq!(document["openapi"], "3.1.0");
    let mut names = BTreeSet::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let name = operation["operationId"].as_str().unwrap();
            assert!(names.insert(name), "{name} stands twice");
            let parameters = operation["parameters"].as_array();
            let in_path = parameters.into_iter().flatten();
            let in_path: BTreeSet<&str> = in_path
                .filter(|one| one["in"] == "path")
                .map(|one| one["name"].as_str().unwrap())
                .collect();
            let named: BTreeSet<&str> = path
                .split('/')
                .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
                .collect();
            assert_eq!(in_path, named, "{method} {path}");
            assert!(operation["responses"]["200"].is_object(), "{method} {path}");
        }
    }
    let schemas = document["components"]["schemas"].as_object().unwrap();
    let mut used = BTreeSet::new();
    references(&document, &mut used);
    let known: BTreeSet<String> = schemas.keys().cloned().collect();
    assert_eq!(used, known);
    for schema in schemas.values() {
        for required in schema["required"].as_array().into_iter().flatten() {
            assert!(schema["properties"][required.as_str().unwrap()].is_object());
        }
    }
}

/// The schemas that are referred to.
fn references(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            if let Some(Value::String(to)) = object.get("$ref") {
                found.insert(to.strip_prefix("#/components/schemas/").unwrap().to_owned());
            }
            object.values().for_each(|one| references(one, found));
        }
        Value::Array(list) => list.iter().for_each(|one| references(one, found)),
        _ => {}
    }
}
