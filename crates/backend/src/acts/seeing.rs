//! What the reader may know of: a customer of the own partner (P2, P8), or the own
//! organisation (P5). What they may not see is not there for them (P7).

use contract::error::ApiError;
use rules::organisation::Organisation;
use rules::people::{Role, may_see};
use rules::trial::Trial;

use crate::call::{Call, Failure};

/// A customer that a person of the own partner may see.
pub(crate) fn require_customer(call: &Call, organisation: &Organisation) -> Result<(), Failure> {
    let actor = &call.signed()?.actor;
    let seen = actor.partner().is_some_and(|partner| {
        organisation.management(partner).is_some_and(|management| may_see(actor, partner, &management.assignment))
    });
    if seen { Ok(()) } else { Err(Failure::Api(ApiError::NotFound)) }
}

/// A trial of the own partner at a customer that the person sees, one that was handed
/// over to the own partner (C2), or one of the own organisation.
pub(crate) fn require_trial(call: &Call, organisation: &Organisation, trial: &Trial) -> Result<(), Failure> {
    let actor = &call.signed()?.actor;
    match &actor.person.role {
        Role::Customer { organisation: own, .. } if *own == organisation.id => Ok(()),
        Role::Partner { partner, .. } if *partner == trial.partner => require_customer(call, organisation),
        Role::Partner { partner, role } if role.is_sales() => {
            match trial.handed_over.as_ref().is_some_and(|hand_over| hand_over.to == *partner) {
                true => Ok(()),
                false => Err(Failure::Api(ApiError::NotFound)),
            }
        }
        Role::TrialsTeam if trial.started.is_some() && !trial.shipments.is_empty() => Ok(()),
        Role::Customer { .. } | Role::Partner { .. } | Role::TrialsTeam => Err(Failure::Api(ApiError::NotFound)),
    }
}
