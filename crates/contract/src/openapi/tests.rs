use std::collections::BTreeSet;

use serde_json::Value;

use super::document;
use crate::endpoints;

/// The checked copy.
const GOLDEN: &str = "openapi.json";

#[test]
fn the_checked_copy_of_the_openapi_document_is_what_the_code_says() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(GOLDEN);
    let mut text = serde_json::to_string_pretty(&document()).expect("a document");
    text.push('\n');
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &text).expect("the copy can be written");
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    let difference = text.lines().zip(kept.lines()).position(|(now, kept)| now != kept);
    let line = difference.unwrap_or_else(|| text.lines().count().min(kept.lines().count())) + 1;
    assert!(
        text == kept,
        "the API is not what crates/contract/{GOLDEN} says (first in line {line}). If that is meant, run \
         `UPDATE=1 cargo test -p contract openapi` and look at the difference."
    );
}

#[test]
fn every_operation_has_a_name_of_its_own_and_says_what_it_is_for() {
    let document = document();
    let mut ids = BTreeSet::new();
    for (path, operations) in document["paths"].as_object().expect("paths") {
        for (method, operation) in operations.as_object().expect("operations") {
            let id = operation["operationId"].as_str().unwrap_or_default().to_owned();
            assert!(id.contains('_'), "{method} {path}: `{id}` is no thing_verb");
            assert!(ids.insert(id), "{method} {path}");
            assert!(operation["summary"].as_str().is_some_and(|text| !text.is_empty()), "{method} {path}");
        }
    }
    assert_eq!(ids.len(), endpoints::all().len());
}

#[test]
fn every_reference_and_every_link_leads_somewhere() {
    let document = document();
    let mut ids = BTreeSet::new();
    walk(&document, &mut |key, value| {
        if let ("operationId", Some(id)) = (key, value.as_str()) {
            ids.insert(id.to_owned());
        }
    });
    assert_eq!(ids.len(), endpoints::all().len(), "a link names an operation that there is not");
    walk(&document, &mut |key, value| {
        if let ("$ref", Some(reference)) = (key, value.as_str()) {
            let found = reference.strip_prefix('#').and_then(|pointer| document.pointer(pointer));
            assert!(found.is_some(), "{reference}");
        }
    });
}

#[test]
fn every_write_needs_an_idempotency_key_and_no_read_has_one_g2() {
    for (path, operations) in document()["paths"].as_object().expect("paths") {
        for (method, operation) in operations.as_object().expect("operations") {
            let has_key = operation["parameters"]
                .as_array()
                .is_some_and(|all| all.iter().any(|each| each["$ref"] == "#/components/parameters/IdempotencyKey"));
            assert_eq!(has_key, method != "get", "{method} {path}");
        }
    }
}

fn walk(value: &Value, act: &mut impl FnMut(&str, &Value)) {
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                act(key, value);
                walk(value, act);
            }
        }
        Value::Array(values) => values.iter().for_each(|value| walk(value, act)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
