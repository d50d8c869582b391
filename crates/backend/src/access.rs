//! Who may send a request: the one place that decides it, for every route.

use contract::error::ApiError;
use rules::people::{Right, may};

use crate::visitors::Signed;

/// What a route asks of who calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    /// Nothing.
    Open,
    /// That the law gives them a right (P1 to P6).
    With(Right),
    /// That the law gives them one of some rights: partners and customers alike act
    /// on trials. The first one's reason is told to who has none of them.
    OneOf(&'static [Right]),
}

impl Access {
    /// The rights of which one is asked; none for an open route.
    pub(crate) fn rights(&self) -> &[Right] {
        match self {
            Access::Open => &[],
            Access::With(right) => std::slice::from_ref(right),
            Access::OneOf(rights) => rights,
        }
    }
}

/// Lets a request through or says why not, with the reason that the console
/// shows on the disabled control (P7).
pub(crate) fn allow(access: Access, signed_in: Option<&Signed>) -> Result<(), ApiError> {
    let rights = access.rights();
    let Some(first) = rights.first() else { return Ok(()) };
    let signed = signed_in.ok_or(ApiError::NotSignedIn)?;
    if rights.iter().any(|right| may(*right, &signed.actor).is_allowed()) {
        return Ok(());
    }
    may(*first, &signed.actor).require().map_err(ApiError::from)
}
