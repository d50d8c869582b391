//! Who may send a request: the one place that decides it, for every route.

use contract::error::ApiError;
use rules::people::{Right, may};

use crate::visitors::Signed;

/// What a route asks of who calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    /// Nothing.
    Open,
    /// That the law gives them a right (P1 to P3).
    With(Right),
}

/// Lets a request through or says why not, with the reason that the console
/// shows on the disabled control (P7).
pub(crate) fn allow(access: Access, signed_in: Option<&Signed>) -> Result<(), ApiError> {
    match (access, signed_in) {
        (Access::Open, _) => Ok(()),
        (Access::With(_), None) => Err(ApiError::NotSignedIn),
        (Access::With(right), Some(signed)) => {
            may(right, &signed.actor).require().map_err(|refusal| ApiError::Refused { refusal, see: None })
        }
    }
}
