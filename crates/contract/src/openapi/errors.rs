//! Failures: one response for each status, with the problems that it can carry.

use rules::verdict::{Because, Refusal, Remedy, RuleId};
use schemars::SchemaGenerator;
use serde_json::{Value, json};

use super::schemas::Schemas;
use crate::BACKEND_HEADER;
use crate::error::{ApiError, Document, PROBLEM_JSON};

/// One error of each kind.
fn every() -> [ApiError; 17] {
    [
        ApiError::Malformed,
        ApiError::KeyMissing,
        ApiError::NotSignedIn,
        Refusal::new(RuleId::P1, Because::PartnerNotCertified, Remedy::GetCertified).into(),
        ApiError::WriteHeaderMissing,
        ApiError::NotFound,
        ApiError::MethodNotAllowed,
        ApiError::Stale { version: 0 },
        ApiError::OutOfDate,
        ApiError::TooLarge,
        ApiError::Invalid { problems: Vec::new() },
        ApiError::KeyReused,
        ApiError::VersionMissing,
        ApiError::TooMany { wait_seconds: 0 },
        ApiError::Unavailable,
        ApiError::StorageFull,
        ApiError::StorageRefused,
    ]
}

/// The members that a problem has beside those that every one has.
fn members(error: &ApiError) -> &'static [&'static str] {
    match error {
        ApiError::Invalid { .. } => &["problems"],
        ApiError::Refused { .. } => &["rule", "refusal"],
        ApiError::Stale { .. } => &["version"],
        ApiError::TooMany { .. } => &["wait-seconds"],
        ApiError::OutOfDate
        | ApiError::VersionMissing
        | ApiError::KeyMissing
        | ApiError::KeyReused
        | ApiError::NotSignedIn
        | ApiError::NotFound
        | ApiError::MethodNotAllowed
        | ApiError::WriteHeaderMissing
        | ApiError::Malformed
        | ApiError::TooLarge
        | ApiError::Unavailable
        | ApiError::StorageFull
        | ApiError::StorageRefused => &[],
    }
}

/// The name of the response of a status.
pub(super) fn name(status: u16) -> &'static str {
    match status {
        400 => "Unreadable",
        401 => "NotSignedIn",
        403 => "Refused",
        404 => "NotFound",
        405 => "MethodNotAllowed",
        412 => "Changed",
        413 => "TooLarge",
        422 => "Invalid",
        428 => "VersionMissing",
        429 => "TooMany",
        503 => "Unavailable",
        507 => "NoStorage",
        other => panic!("the response of status {other} is to get its name in openapi/errors.rs"),
    }
}

/// The responses, by name.
pub(super) fn responses(schemas: &mut Schemas) -> Value {
    let document = schemas.answer(SchemaGenerator::subschema_for::<Document>);
    let mut statuses: Vec<u16> = every().iter().map(ApiError::status).collect();
    statuses.dedup();
    let mut responses = json!({});
    for status in statuses {
        let errors: Vec<ApiError> = every().into_iter().filter(|error| error.status() == status).collect();
        let schemas: Vec<Value> = errors.iter().map(|error| schema(&document, error)).collect();
        let schema = match <[Value; 1]>::try_from(schemas) {
            Ok([one]) => one,
            Err(several) => json!({ "oneOf": several }),
        };
        let titles: Vec<&str> = errors.iter().map(ApiError::title).collect();
        responses[name(status)] = json!({
            "description": format!("{}.", titles.join("; or: ")),
            "headers": { BACKEND_HEADER: { "$ref": format!("#/components/headers/{BACKEND_HEADER}") } },
            "content": { PROBLEM_JSON: { "schema": schema } },
        });
    }
    responses
}

fn schema(document: &Value, error: &ApiError) -> Value {
    json!({
        "allOf": [document],
        "properties": { "type": { "const": error.name() }, "status": { "const": error.status() } },
        "required": members(error),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_holds_every_error_once_with_the_members_that_it_is_written_with() {
        let mut names: Vec<&str> = every().iter().map(ApiError::name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), every().len());
        for error in every() {
            let written: Value = serde_json::from_str(&error.to_json()).expect("a document");
            for member in members(&error) {
                assert!(written.get(member).is_some(), "{member} of {error:?}");
            }
        }
    }
}
