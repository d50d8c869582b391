//! Receipts: an act whose answer was lost can be asked for again and is not done
//! twice (G2).

use axum::body::Bytes;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use contract::IDEMPOTENCY_KEY;
use contract::error::ApiError;
use rules::ids::PersonId;
use sha2::{Digest, Sha256};

use crate::call::{Answer, Call, Failure};
use crate::records::{RECEIPTS, Receipt};
use crate::store::{Put, Store, json};

/// Lengths that a key may have, in characters.
const KEY_LENGTHS: std::ops::RangeInclusive<usize> = 16..=64;

/// The key of a writing request.
pub(crate) fn key(headers: &HeaderMap) -> Result<String, ApiError> {
    let key = headers.get(IDEMPOTENCY_KEY).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let usable = KEY_LENGTHS.contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic());
    if usable { Ok(key.to_owned()) } else { Err(ApiError::KeyMissing) }
}

/// Hash of who sends what where: a request with the same key and another hash is
/// another request.
pub(crate) fn fingerprint(person: Option<&PersonId>, parts: &Parts, body: &Bytes) -> String {
    let mut hash = Sha256::new();
    let person = person.map_or("", PersonId::as_str);
    // The query names the organisation in whose hub a partner acts.
    let query = parts.uri.query().unwrap_or_default().as_bytes();
    // The lengths keep two requests apart whose parts only join to the same text.
    for part in [person.as_bytes(), parts.method.as_str().as_bytes(), parts.uri.path().as_bytes(), query, body] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hex(&hash.finalize())
}

/// SHA-256 of a text, in hexadecimal.
pub(crate) fn digest(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.filter_map(|digit| char::from_digit(u32::from(digit), 16)).collect()
}

/// The answer that was given under a key before. It is asked before anything
/// else of the act, its version too: the version that the first attempt named is
/// stale exactly because that attempt went through.
pub(crate) async fn answered<A>(store: &dyn Store, key: &str, fingerprint: &str) -> Result<Option<Answer<A>>, Failure> {
    match RECEIPTS.get(store, key).await? {
        Some(receipt) => Ok(Some(repeat(receipt.value, fingerprint)?)),
        None => Ok(None),
    }
}

/// The answer of a receipt, if it is the receipt of the same request.
pub(crate) fn repeat<A>(receipt: Receipt, fingerprint: &str) -> Result<Answer<A>, ApiError> {
    match receipt.request == fingerprint {
        true => Ok(Answer::written(receipt.body, receipt.version)),
        false => Err(ApiError::KeyReused),
    }
}

/// The receipt that a commit stores for an answer.
pub(crate) fn put<A>(call: &Call, answer: &Answer<A>) -> Put {
    let receipt =
        Receipt { request: call.fingerprint.clone(), body: answer.body.clone(), version: answer.version, at: call.now };
    Put { table: RECEIPTS.name, key: call.key.clone(), json: json(&receipt) }
}
