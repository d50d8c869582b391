//! How a case says what is wrong.

use std::fmt::Debug;
use std::panic::Location;

use rules::verdict::{Because, Refusal, RuleId};

use crate::error::ApiError;

/// What a case ends with.
pub type Outcome = Result<(), Failure>;

/// Why a case failed: a sentence for whoever mends the backend. When it came from an
/// answer that is an error, that error too, so that a case can expect it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What was asked, wanted and got.
    pub message: String,
    /// The error that the backend answered with.
    pub error: Option<Box<ApiError>>,
}

impl Failure {
    /// A failure with the place in the suite that found it.
    #[track_caller]
    pub(crate) fn new(message: impl AsRef<str>) -> Failure {
        let place = Location::caller();
        let file = place.file().rsplit('/').next().unwrap_or_default();
        Failure { message: format!("{file}:{}: {}", place.line(), message.as_ref()), error: None }
    }
}

/// Fails with a sentence unless something holds.
#[track_caller]
pub(crate) fn require(holds: bool, otherwise: impl FnOnce() -> String) -> Outcome {
    if holds { Ok(()) } else { Err(Failure::new(otherwise())) }
}

/// Fails unless what came is what was wanted.
#[track_caller]
pub(crate) fn same<T: PartialEq + Debug>(what: &str, got: T, wanted: T) -> Outcome {
    require(got == wanted, || format!("{what}: wanted {wanted:?}, got {got:?}"))
}

/// The value that has to be there.
#[track_caller]
pub(crate) fn there<T>(what: &str, value: Option<T>) -> Result<T, Failure> {
    value.ok_or_else(|| Failure::new(format!("{what} is missing")))
}

/// The error that a request has to end with.
#[track_caller]
pub(crate) fn error_of<A: Debug>(result: Result<A, Failure>) -> Result<ApiError, Failure> {
    match result {
        Err(Failure { error: Some(error), .. }) => Ok(*error),
        Err(failure) => Err(failure),
        Ok(answer) => Err(Failure::new(format!("wanted an error, got {}", short(&format!("{answer:?}"))))),
    }
}

/// Fails unless a request ended with an error.
#[track_caller]
pub(crate) fn fails<A: Debug>(result: Result<A, Failure>, wanted: ApiError) -> Outcome {
    same("the error", error_of(result)?, wanted)
}

/// The refusal that a request has to end with, for a reason (P7).
#[track_caller]
pub(crate) fn refused<A: Debug>(
    result: Result<A, Failure>,
    rule: RuleId,
    because: Because,
) -> Result<Refusal, Failure> {
    match error_of(result)? {
        ApiError::Refused { refusal, .. } => {
            same("rule and reason", (refusal.rule, refusal.because), (rule, because))?;
            Ok(refusal)
        }
        other => Err(Failure::new(format!("wanted a refusal by {rule} because {because:?}, got {other:?}"))),
    }
}

/// A text that is not longer than a line or two.
pub(crate) fn short(text: &str) -> String {
    const MOST: usize = 400;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{} ...", &text[..end]),
        None => text.to_owned(),
    }
}
