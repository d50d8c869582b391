//! A failed call in words: what it means, and what to do (G3).

use contract::error::ApiError;
use rules::verdict::Refusal;
use words::{Language, label, ui};

use crate::api::{Failure, NoBackend};

/// The sentence for a failed call, with the reason of a refusal in full: for the pages
/// beyond the customers list. The sentences of all refusals would weigh too much before
/// the list can be used.
pub fn failed_in_full(language: Language, failure: &Failure) -> String {
    match failure {
        Failure::Api(ApiError::Refused { refusal, .. }) => label::refusal(language, refusal),
        other => failed(language, other),
    }
}

/// Why a right is missing (P7): the only refusals that the first pages meet.
pub fn missing_right(language: Language, refusal: &Refusal) -> String {
    label::right_refusal(language, refusal).unwrap_or_else(|| ui::refused(language).to_owned())
}

/// The sentence for a failed call.
pub fn failed(language: Language, failure: &Failure) -> String {
    match failure {
        Failure::Unreachable => ui::unavailable(language).to_owned(),
        Failure::NoBackend(NoBackend::Insecure) => ui::backend_insecure(language).to_owned(),
        Failure::NoBackend(NoBackend::Refused) => ui::backend_refused(language).to_owned(),
        Failure::NoBackend(NoBackend::Late) => ui::backend_late(language).to_owned(),
        Failure::Garbled => ui::garbled(language).to_owned(),
        Failure::Api(error) => refused(language, error),
    }
}

fn refused(language: Language, error: &ApiError) -> String {
    match error {
        ApiError::Refused { refusal, .. } => missing_right(language, refusal),
        ApiError::Invalid { .. } => ui::invalid(language).to_owned(),
        ApiError::Stale { .. } | ApiError::OutOfDate => ui::stale(language).to_owned(),
        ApiError::NotSignedIn => ui::signed_out(language).to_owned(),
        ApiError::NotFound => ui::not_found(language).to_owned(),
        ApiError::TooMany { wait_seconds } => ui::too_many_look_ups(language, wait_seconds.div_ceil(60).max(1)),
        ApiError::StorageFull => ui::storage_full(language).to_owned(),
        ApiError::StorageRefused => ui::storage_refused(language).to_owned(),
        ApiError::Unavailable => ui::unavailable(language).to_owned(),
        ApiError::TooLarge => ui::too_large(language).to_owned(),
        // These say that page and backend do not understand each other.
        ApiError::VersionMissing
        | ApiError::KeyMissing
        | ApiError::KeyReused
        | ApiError::MethodNotAllowed
        | ApiError::WriteHeaderMissing
        | ApiError::Malformed => ui::garbled(language).to_owned(),
    }
}
