//! What a request asks beside its body: the version that it was made from, and the
//! parameters of its address.

use axum::http::HeaderMap;
use contract::error::ApiError;
use contract::{IF_MATCH, IF_NONE_MATCH, version_of};

/// The version from which a write was made: `Some(None)` for a new thing, `None`
/// when the request does not say (G2).
pub(crate) fn version(headers: &HeaderMap) -> Result<Option<Option<u64>>, ApiError> {
    let text = |name| headers.get(name).map(|value| value.to_str().unwrap_or_default().trim());
    match (text(IF_MATCH), text(IF_NONE_MATCH)) {
        (None, None) => Ok(None),
        (None, Some("*")) => Ok(Some(None)),
        (Some(version), None) => version_of(version).map(|version| Some(Some(version))).ok_or(ApiError::Malformed),
        (_, Some(_)) => Err(ApiError::Malformed),
    }
}

/// Refuses a write that was not made from the present version (G2).
///
/// # Errors
/// The request names no version, or another one than the present.
pub(crate) fn require_version(headers: &HeaderMap, present: u64) -> Result<(), ApiError> {
    match version(headers)?.flatten() {
        None => Err(ApiError::VersionMissing),
        Some(asked) if asked == present => Ok(()),
        Some(_) => Err(ApiError::Stale { version: present }),
    }
}

/// A parameter of an address whose being empty says the same as its being left out: a text, or a list.
pub(crate) fn parameter(query: &str, wanted: &str) -> Result<String, ApiError> {
    Ok(given(query, wanted)?.unwrap_or_default())
}

/// A parameter of an address, if it is there; the last one counts. Where it names one of some things, or a
/// number, an empty one names none and is refused: a filter that is passed over shows more than was asked for.
pub(crate) fn given(query: &str, wanted: &str) -> Result<Option<String>, ApiError> {
    let uri: axum::http::Uri = format!("/?{query}").parse().map_err(|_| ApiError::Malformed)?;
    let pairs = axum::extract::Query::<Vec<(String, String)>>::try_from_uri(&uri);
    let axum::extract::Query(pairs) = pairs.map_err(|_| ApiError::Malformed)?;
    Ok(pairs.into_iter().rev().find(|(name, _)| name == wanted).map(|(_, value)| value))
}

/// The one value of a parameter that names one of some things.
///
/// # Errors
/// Malformed when it is there and is no name.
pub(crate) fn one<T>(query: &str, wanted: &str, read: impl Fn(&str) -> Option<T>) -> Result<Option<T>, ApiError> {
    given(query, wanted)?.map(|name| read(&name).ok_or(ApiError::Malformed)).transpose()
}

/// The values of a parameter that lists names with commas between them.
///
/// # Errors
/// Malformed when one is no name: a list that silently leaves out part of what was
/// asked would be taken for whole.
pub(crate) fn names<T, C: FromIterator<T>>(text: &str, read: impl Fn(&str) -> Option<T>) -> Result<C, ApiError> {
    let names = text.split(',').filter(|name| !name.is_empty());
    names.map(|name| read(name).ok_or(ApiError::Malformed)).collect()
}
