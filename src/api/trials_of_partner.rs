//! What a partner asks of the backend about running trials and the customers they are of: what can
//! be added, what was handed over, who looks after them, and what was done (A2, C2, P9, L10).

use contract::customers::{Assign, CustomerDetail, HandedOverList};
use contract::endpoints::{self, encode};
use contract::journal::JournalPage;
use contract::trials::{EligibilityList, TrialInventory};
use rules::change::Deed;
use rules::ids::{OrganisationId, TrialId};
use rules::people::Assignment;

use super::send::{Call, send};
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

/// What the journal of one customer is asked for.
fn journal_query(customer: &OrganisationId, deeds: &[Deed], cursor: Option<&str>) -> String {
    let mut query = format!("?organisation={}", encode(customer.as_str()));
    if !deeds.is_empty() {
        let names: Vec<&str> = deeds.iter().map(|deed| deed.name()).collect();
        query.push_str(&format!("&deed={}", names.join(",")));
    }
    if let Some(cursor) = cursor {
        query.push_str(&format!("&cursor={}", encode(cursor)));
    }
    query
}

/// A page of the journal of a customer, the latest entry in front (L10).
///
/// # Errors
/// As any reading.
pub async fn customer_journal(
    customer: &OrganisationId,
    deeds: &[Deed],
    cursor: Option<&str>,
) -> Result<JournalPage, Failure> {
    read(&endpoints::JOURNAL, format!("{}{}", endpoints::JOURNAL.path, journal_query(customer, deeds, cursor))).await
}

/// The same entries as CSV, all of them (L10).
///
/// # Errors
/// `Refused` for those who may not download (P2).
pub async fn customer_journal_csv(
    customer: &OrganisationId,
    deeds: &[Deed],
    language: words::Language,
) -> Result<String, Failure> {
    let query = journal_query(customer, deeds, None);
    let path = format!("{}{query}&language={}", endpoints::JOURNAL_CSV.path, language.tag());
    send(Call::read(endpoints::JOURNAL_CSV.method, path)).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_journal_is_asked_of_one_customer_and_for_what_was_chosen_l10() {
        let customer = OrganisationId("o/1".to_owned());
        assert_eq!(journal_query(&customer, &[], None), "?organisation=o%2F1");
        assert_eq!(
            journal_query(&customer, &[Deed::Extended, Deed::Edited], Some("a b")),
            "?organisation=o%2F1&deed=extended,edited&cursor=a%20b"
        );
    }
}
