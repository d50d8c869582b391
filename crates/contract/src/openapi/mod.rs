//! The description of the API in OpenAPI 3.1, made from the endpoints and types themselves, so that
//! it cannot say anything else than the code. `crates/contract/openapi.json` is the checked copy.

mod errors;
mod operations;
mod parameters;
mod schemas;

use std::any::TypeId;
use std::collections::BTreeSet;

use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Map, Value, json};

use self::operations::{Operation, operation};
use self::schemas::Schemas;
use crate::BACKEND_HEADER;
use crate::endpoints::{self, Endpoint, Method};
use crate::requests::PlainPage;

/// An endpoint with what the description of the API says of it.
pub struct Described {
    /// The name of its constant.
    pub constant: &'static str,
    /// Its documentation.
    pub documentation: &'static str,
    /// Its method.
    pub method: Method,
    /// Its path, with parameters in braces.
    pub path: &'static str,
    asked: Option<fn(&mut SchemaGenerator) -> schemars::Schema>,
    answer: fn(&mut SchemaGenerator) -> schemars::Schema,
    /// The media type of the answer.
    media_type: &'static str,
}

impl Described {
    /// Describes an endpoint.
    pub(crate) fn of<Q: JsonSchema + 'static, A: JsonSchema + 'static>(
        constant: &'static str,
        documentation: &'static str,
        endpoint: Endpoint<Q, A>,
    ) -> Described {
        let has_body = TypeId::of::<Q>() != TypeId::of::<()>();
        Described {
            constant,
            documentation,
            method: endpoint.method,
            path: endpoint.path,
            asked: has_body.then_some(SchemaGenerator::subschema_for::<Q>),
            answer: SchemaGenerator::subschema_for::<A>,
            media_type: match TypeId::of::<A>() {
                // Two kinds of answers are texts by themselves: a download and a document.
                text if text == TypeId::of::<String>() => "text/csv",
                page if page == TypeId::of::<PlainPage>() => "text/html",
                _ => "application/json",
            },
        }
    }
}

/// The name of a method as OpenAPI writes it.
fn method(method: Method) -> &'static str {
    match method {
        Method::Get => "get",
        Method::Post => "post",
        Method::Put => "put",
        Method::Delete => "delete",
    }
}

/// The whole document.
///
/// # Panics
/// When an endpoint has no row in the table of operations.
pub fn document() -> Value {
    let endpoints = endpoints::all();
    let mut schemas = Schemas::of(&endpoints);
    let mut paths: Map<String, Value> = Map::new();
    let mut tags = BTreeSet::new();
    for endpoint in &endpoints {
        let row = operation(endpoint.constant)
            .unwrap_or_else(|| panic!("{} is to get its row in openapi/operations.rs", endpoint.constant));
        tags.insert(row.tag);
        let written = written(endpoint, &row, &mut schemas);
        let path = paths.entry(endpoint.path).or_insert_with(|| json!({}));
        path[method(endpoint.method)] = written;
    }
    let responses = errors::responses(&mut schemas);
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Proef",
            "version": env!("CARGO_PKG_VERSION"),
            "license": { "name": "Apache License 2.0", "identifier": "Apache-2.0" },
            "description": INTRODUCTION,
        },
        "servers": [{ "url": "/", "description": "The host of the console, or the one that its config.json names." }],
        "tags": tags.into_iter().map(|tag| json!({ "name": tag })).collect::<Vec<_>>(),
        "paths": paths,
        "components": {
            "schemas": schemas.finish(),
            "responses": responses,
            "parameters": parameters::shared(),
            "headers": headers(),
        },
    })
}

const INTRODUCTION: &str = "The contract between the console and any backend of Proef. \
Numbers such as P3 are those of the rules. GET changes nothing. Every other request carries an \
`Idempotency-Key`: the same key with the same body gets the same answer and acts once (G2). What is changed \
carries the version that it was made from in `If-Match`, as the `ETag` of its answer gave it. A failure is \
`application/problem+json` (RFC 9457); a refusal names its rule, the fact behind it, what to do instead, and from \
when it changes (P7). What a person may not see is answered as if it were not there. Clients pass over members of \
answers that they do not know.";

fn written(endpoint: &Described, row: &Operation, schemas: &mut Schemas) -> Value {
    let documentation = endpoint.documentation.trim();
    let summary = documentation.split_once(". ").map_or(documentation, |(first, _)| first);
    let mut operation = json!({
        "operationId": row.id,
        "tags": [row.tag],
        "summary": summary.trim_end_matches('.'),
        "description": documentation,
        "parameters": parameters::of(endpoint, row),
        "responses": responses(endpoint, row, schemas),
    });
    if let Some(asked) = endpoint.asked {
        let schema = schemas.asked(asked);
        operation["requestBody"] = json!({ "required": true, "content": { "application/json": { "schema": schema } } });
    }
    operation
}

fn responses(endpoint: &Described, row: &Operation, schemas: &mut Schemas) -> Value {
    let mut headers = json!({ BACKEND_HEADER: { "$ref": format!("#/components/headers/{BACKEND_HEADER}") } });
    if row.gives_version {
        headers["ETag"] = json!({ "$ref": "#/components/headers/ETag" });
    }
    let schema = schemas.answer(endpoint.answer);
    let media_type = endpoint.media_type;
    let mut responses = Map::new();
    let mut answer = json!({
        "description": "It was carried out.",
        "headers": headers,
        "content": { media_type: { "schema": schema } },
    });
    if !row.links.is_empty() {
        answer["links"] = operations::links(row.links);
    }
    responses.insert("200".to_owned(), answer);
    for status in row.statuses(endpoint) {
        let reference = format!("#/components/responses/{}", errors::name(status));
        responses.insert(status.to_string(), json!({ "$ref": reference }));
    }
    Value::Object(responses)
}

fn headers() -> Value {
    json!({
        BACKEND_HEADER: {
            "description": "The backend's build. An answer without it comes from something else, such as the static host.",
            "required": true,
            "schema": { "type": "string" },
        },
        "ETag": {
            "description": "The version of what was answered, for `If-Match`.",
            "required": true,
            "schema": { "type": "string", "pattern": parameters::ETAG },
        },
        "Retry-After": {
            "description": "Seconds to wait.",
            "schema": { "type": "integer", "minimum": 0 },
        },
    })
}

#[cfg(test)]
mod tests;
