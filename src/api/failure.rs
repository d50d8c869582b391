//! Why a call brought no answer.

use contract::error::ApiError;

/// Why a call brought no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The backend says why.
    Api(ApiError),
    /// No backend answered within 10 seconds, however often it was asked (G1).
    Unreachable,
    /// The browser does not start the embedded backend.
    NoBackend(NoBackend),
    /// The answer is the backend's, and cannot be read: page and backend are of
    /// different versions.
    Garbled,
}

/// Why the browser does not start the embedded backend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoBackend {
    /// Neither https nor localhost, or a mode that forbids service workers.
    Insecure,
    /// The browser refused to install or run it.
    Refused,
    /// It did not start within 10 seconds (G1).
    Late,
}

impl NoBackend {
    /// The reason behind a word of the page's first script.
    pub(super) fn from_word(word: &str) -> NoBackend {
        match word {
            "insecure" => NoBackend::Insecure,
            "late" => NoBackend::Late,
            _ => NoBackend::Refused,
        }
    }
}

impl Failure {
    /// Whether there is no such thing, or none that the reader may see.
    pub fn is_not_found(&self) -> bool {
        matches!(self, Failure::Api(ApiError::NotFound))
    }

    /// Whether something else than was shown would happen by now, so that nothing was done (E6).
    pub fn is_out_of_date(&self) -> bool {
        matches!(self, Failure::Api(ApiError::Stale { .. } | ApiError::OutOfDate))
    }

    /// Whether it cannot be done at all as things stand, however often it is tried.
    pub fn is_final(&self) -> bool {
        matches!(self, Failure::Api(ApiError::Refused { .. } | ApiError::NotFound))
    }
}
