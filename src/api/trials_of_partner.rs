//! What a partner asks of the backend about running trials and the customers they are of: what can
//! be added, what was handed over, and who looks after them (A2, C2, P9).

use contract::customers::{Assign, CustomerDetail, HandedOverList};
use contract::endpoints;
use contract::trials::{EligibilityList, TrialInventory};
use rules::ids::{OrganisationId, TrialId};
use rules::people::Assignment;

use super::{Failure, Key, act_from, read};

/// Whether each service can be offered to a customer (X4, A2).
///
/// # Errors
/// `NotFound` for a customer that the reader may not see.
pub async fn eligibility_list(customer: &OrganisationId) -> Result<EligibilityList, Failure> {
    read(&endpoints::ELIGIBILITY, endpoints::ELIGIBILITY.with(customer.as_str())).await
}

/// The trials that were handed over to the own partner (C2).
///
/// # Errors
/// As any reading.
pub async fn handed_over_list() -> Result<HandedOverList, Failure> {
    read(&endpoints::HANDED_OVER, endpoints::HANDED_OVER.path.to_owned()).await
}

/// What a trial will lose when it closes, and when (L9).
///
/// # Errors
/// As any reading.
pub async fn trial_inventory(trial: &TrialId) -> Result<TrialInventory, Failure> {
    read(&endpoints::INVENTORY, endpoints::INVENTORY.with(trial.as_str())).await
}

/// Says who looks after a customer, as of a version of it (P9).
///
/// # Errors
/// `Stale` when something was changed there since, `Refused` where the law does not allow it.
pub async fn assignment_set(
    customer: &OrganisationId,
    assignment: Assignment,
    version: u64,
    key: &Key,
) -> Result<CustomerDetail, Failure> {
    act_from(&endpoints::ASSIGNMENT, customer.as_str(), &Assign { assignment }, version, key).await
}
