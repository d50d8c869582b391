//! Customers as they are found by those who choose among them (Q2, Q11).

use contract::customers::CustomerLine;
use rules::customers::{Column, Query};
use rules::ids::OrganisationId;
use rules::trial::Status;

use crate::api;

/// A customer that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) id: OrganisationId,
    pub(super) company: String,
    /// The administrator's address; `None` while a request is pending (Q11).
    pub(super) address: Option<String>,
}

/// The customers of a page of the list.
pub(super) fn found_by(rows: &[CustomerLine]) -> Vec<Named> {
    let named = |row: &CustomerLine| Named {
        id: row.id.clone(),
        company: row.company.clone(),
        address: row.administrator_email.clone(),
    };
    rows.iter().map(named).collect()
}

/// Those that stand in the list, by name.
pub(super) fn listed(text: &str) -> Query {
    Query { search: text.trim().to_owned(), sort: Column::Company, ..Query::default() }
}

/// The same with those that have left it, whose journal and mails stay (Q11, L10).
pub(super) fn every(text: &str) -> Query {
    Query { statuses: Status::ALL.into_iter().collect(), ..listed(text) }
}

/// A customer of which the id alone is known, with its name; where it cannot be told the id stands
/// for it.
pub(super) async fn name_of(id: OrganisationId) -> Named {
    let page = api::customers_list(&every(id.as_str()), None).await;
    let found = page.ok().and_then(|page| found_by(&page.rows).into_iter().find(|each| each.id == id));
    found.unwrap_or_else(|| Named { company: id.to_string(), id, address: None })
}
