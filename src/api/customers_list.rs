//! What the customers list asks of the backend beyond its rows: worklist, download, saved views,
//! and who looks after a customer (Q5, Q12, P9).

use contract::customers::{Assign, CustomerDetail, Worklist, filter_text};
use contract::endpoints;
use contract::views::{KeepViews, SalesPeople, ViewList, Views};
use rules::customers::{Column, Query, SavedView};
use rules::ids::OrganisationId;
use rules::people::{Assignment, Language};

use super::send::{Call, MadeFrom, send};
use super::{Failure, Key, act_from, parsed, read, written};

/// What wants doing, counted (Q12).
///
/// # Errors
/// As any reading.
pub async fn attention_count() -> Result<Worklist, Failure> {
    read(&endpoints::ATTENTION, endpoints::ATTENTION.path.to_owned()).await
}

/// The list as CSV, all pages: these columns in this order (Q5).
///
/// # Errors
/// `Refused` for who may not download (P2).
pub async fn customers_download(query: &Query, columns: &[Column], language: Language) -> Result<String, Failure> {
    let names: Vec<&str> = columns.iter().map(|column| column.name()).collect();
    let filter = filter_text(query);
    let columns = names.join(",");
    let path = format!("{}?{filter}&columns={columns}&language={}", endpoints::CUSTOMERS_CSV.path, language.tag());
    send(Call::read(endpoints::CUSTOMERS_CSV.method, path.replace("?&", "?"))).await
}

/// The sales people of the own partner (P9).
///
/// # Errors
/// As any reading.
pub async fn sales_people() -> Result<SalesPeople, Failure> {
    read(&endpoints::SALES_PEOPLE, endpoints::SALES_PEOPLE.path.to_owned()).await
}

/// The saved views that can be opened (Q3).
///
/// # Errors
/// As any reading.
pub async fn views_list() -> Result<Views, Failure> {
    read(&endpoints::VIEWS, endpoints::VIEWS.path.to_owned()).await
}

/// Keeps the own views, or those for the whole partner, from the version that the client knows.
///
/// # Errors
/// `Stale` when somebody saved since (G2), `Refused` for who may not change the partner's (P9).
pub async fn views_keep(
    for_partner: bool,
    views: Vec<SavedView>,
    version: u64,
    key: &Key,
) -> Result<ViewList, Failure> {
    let endpoint = if for_partner { endpoints::VIEWS_PARTNER } else { endpoints::VIEWS_OWN };
    let call = Call::act(endpoint.method, endpoint.path.to_owned(), written(&KeepViews { views })?, key);
    parsed(&send(call.made_from(MadeFrom::Version(version))).await?)
}

/// Says who looks after a customer, from the version that the client knows (P9).
///
/// # Errors
/// `Stale` when the customer was changed since, `Refused` for who may not assign.
pub async fn customer_assign(
    id: &OrganisationId,
    assignment: Assignment,
    version: u64,
    key: &Key,
) -> Result<CustomerDetail, Failure> {
    act_from(&endpoints::ASSIGNMENT, id.as_str(), &Assign { assignment }, version, key).await
}
