//! The backend as the console knows it: one typed function for each endpoint of
//! the contract. What goes over the wire, retries and keys are in [`mod@send`]; how
//! the embedded backend is started is in [`worker`].

mod activity;
mod config;
mod customer_side;
mod customers_list;
mod failure;
mod hub;
mod key;
mod link;
mod mailbox;
mod receipts;
mod requests_of_partner;
mod send;
mod set_up;
mod shipments;
mod trials_of_partner;
mod worker;

use contract::customers::{CustomerDetail, CustomersPage, Totals, filter_text};
use contract::drafts::{DraftList, KeptDraft};
use contract::endpoints::{self, Endpoint, encode};
use contract::session::{ClockAnswer, Session, SetClock, SignIn};
use contract::sign_in::{BEGIN, TO};
use contract::trials::{LookUp, LookUpAnswer, SaveTrial, SiteNameAnswer, Started};
use rules::customers::Query;
use rules::draft::TrialDraft;
use rules::ids::{DraftId, OrganisationId, PersonId};
use serde::Serialize;
use serde::de::DeserializeOwned;

pub use self::activity::{journal_download, journal_list, mail_view, mails_list, rehearsal_run};
pub use self::customer_side::{
    access_preview, access_set, answer_preview, partner_unblock, request_answer, request_open, request_view,
};
pub use self::customers_list::{
    attention_count, customer_assign, customers_download, sales_people, views_keep, views_list,
};
pub use self::failure::{Failure, NoBackend};
pub use self::hub::{
    InventoryFiles, hub_of, inventory_view, people_list, person_add, person_change, person_remove, settings_set,
};
pub use self::key::{Key, random_name};
pub use self::link::{forget_link, keep_link, link_secret};
pub use self::mailbox::{mailbox_list, mailbox_mail, mailbox_open};
pub use self::receipts::{receipt_check, receipt_view};
pub use self::requests_of_partner::{request_resend, trial_act, trial_act_preview, trial_preview};
use self::send::{Call, MadeFrom, send};
pub use self::send::{shows, when_signed_out};
pub use self::set_up::{
    TakenInto, people_check, people_take, set_up_finish, set_up_finish_preview, set_up_keep, set_up_view,
};
pub use self::shipments::{devices_queue, shipment_act, shipment_preview, shipment_view};
pub use self::trials_of_partner::{assignment_set, eligibility_list, handed_over_list, trial_inventory};
pub use self::worker::when_replaced;

/// Who is signed in, and what the deployment is like.
///
/// # Errors
/// When the backend cannot be reached within 10 seconds (G1).
pub async fn session_view() -> Result<Session, Failure> {
    let call = Call::read(endpoints::SESSION.method, endpoints::SESSION.path.to_owned());
    parsed(&send(call.by_anyone()).await?)
}

/// Signs a persona in (G6).
///
/// # Errors
/// `NotFound` for a person who does not exist.
pub async fn sign_in(person: &PersonId) -> Result<Session, Failure> {
    let body = written(&SignIn { person: person.clone() })?;
    let call = Call::act(endpoints::SIGN_IN.method, endpoints::SIGN_IN.path.to_owned(), body, &Key::new());
    parsed(&send(call.by_anyone()).await?)
}

/// The address at which signing in at a server begins, and from which one comes back to a path of the
/// console.
pub fn sign_in_address(to: &str) -> String {
    format!("{}?{TO}={}", config::known().address(BEGIN), encode(to))
}

/// Signs out wherever the same person is signed in.
///
/// # Errors
/// When the backend cannot be reached.
pub async fn sign_out_everywhere() -> Result<Session, Failure> {
    act(&endpoints::SIGN_OUT_EVERYWHERE, &(), &Key::new()).await
}

/// Signs out.
///
/// # Errors
/// When the backend cannot be reached.
pub async fn sign_out() -> Result<Session, Failure> {
    act(&endpoints::SIGN_OUT, &(), &Key::new()).await
}

/// A page of customers; `cursor` is where it begins, as the page before it told.
///
/// # Errors
/// `NotSignedIn`, and `Refused` for those who may not see customers (P1).
pub async fn customers_list(query: &Query, cursor: Option<&str>) -> Result<CustomersPage, Failure> {
    let path = format!("{}{}", endpoints::CUSTOMERS.path, customers_query(query, cursor));
    read(&endpoints::CUSTOMERS, path).await
}

/// Customers counted by status (Q4).
///
/// # Errors
/// As [`customers_list()`].
pub async fn customers_totals() -> Result<Totals, Failure> {
    read(&endpoints::CUSTOMERS_TOTALS, endpoints::CUSTOMERS_TOTALS.path.to_owned()).await
}

/// One customer.
///
/// # Errors
/// `NotFound` when there is none, or none that the reader may see (P2, P7).
pub async fn customer_view(id: &OrganisationId) -> Result<CustomerDetail, Failure> {
    read(&endpoints::CUSTOMER, endpoints::CUSTOMER.with(id.as_str())).await
}

/// Whether an address belongs to an existing organisation (X1, P4). It counts:
/// the caller keeps the key for the same question asked again.
///
/// # Errors
/// `TooMany` beyond 20 look-ups an hour.
pub async fn organisation_look_up(administrator_email: &str, key: &Key) -> Result<LookUpAnswer, Failure> {
    let question = LookUp { administrator_email: administrator_email.to_owned() };
    act(&endpoints::ORGANISATION_LOOK_UPS, &question, key).await
}

/// Whether a Meetings site name is free (N12).
///
/// # Errors
/// As any reading.
pub async fn site_name_check(name: &str) -> Result<SiteNameAnswer, Failure> {
    read(&endpoints::SITE_NAME, endpoints::SITE_NAME.with(name)).await
}

/// Starts a trial (N16, N17). The caller keeps the key for as long as the same
/// thing is to be saved, so that another click cannot save it twice (G2, N18).
///
/// # Errors
/// `Invalid`, `OutOfDate`, or `Refused` when the draft was saved before.
pub async fn trial_start(save: &SaveTrial, key: &Key) -> Result<Started, Failure> {
    act(&endpoints::TRIALS, save, key).await
}

/// The own drafts that are not saved yet (N18).
///
/// # Errors
/// As any reading.
pub async fn drafts_list() -> Result<DraftList, Failure> {
    read(&endpoints::DRAFTS, endpoints::DRAFTS.path.to_owned()).await
}

/// One own draft.
///
/// # Errors
/// `NotFound` when it is gone, saved or another person's.
pub async fn draft_view(id: &DraftId) -> Result<KeptDraft, Failure> {
    read(&endpoints::DRAFT, endpoints::DRAFT.with(id.as_str())).await
}

/// Keeps a draft (N18): a new one without a version, else from the version that
/// the client knows.
///
/// # Errors
/// `Stale` when another tab or device changed it since (G2).
pub async fn draft_keep(id: &DraftId, draft: &TrialDraft, version: Option<u64>) -> Result<KeptDraft, Failure> {
    let path = endpoints::DRAFT_KEEP.with(id.as_str());
    let from = version.map_or(MadeFrom::Nothing, MadeFrom::Version);
    let call = Call::act(endpoints::DRAFT_KEEP.method, path, written(draft)?, &Key::new());
    parsed(&send(call.made_from(from)).await?)
}

/// Throws a draft away; one that is gone already is no error.
///
/// # Errors
/// When the backend cannot be reached.
pub async fn draft_discard(id: &DraftId) -> Result<DraftList, Failure> {
    let path = endpoints::DRAFT_DISCARD.with(id.as_str());
    parsed(&send(Call::act(endpoints::DRAFT_DISCARD.method, path, None, &Key::new())).await?)
}

/// Sets the clock of the demonstration forward by so many days (G6).
///
/// # Errors
/// When the backend cannot be reached.
pub async fn clock_set(days: u32) -> Result<ClockAnswer, Failure> {
    act(&endpoints::CLOCK_SET, &SetClock { days }, &Key::new()).await
}

/// Makes the demonstration data anew (G6).
///
/// # Errors
/// When the backend cannot be reached.
pub async fn data_reset() -> Result<Session, Failure> {
    act(&endpoints::RESET, &(), &Key::new()).await
}

async fn read<A: DeserializeOwned>(endpoint: &Endpoint<(), A>, path: String) -> Result<A, Failure> {
    parsed(&send(Call::read(endpoint.method, path)).await?)
}

/// An act on what stands at a path, made from a version of it.
async fn act_from<Q: Serialize, A: DeserializeOwned>(
    endpoint: &Endpoint<Q, A>,
    id: &str,
    body: &Q,
    version: u64,
    key: &Key,
) -> Result<A, Failure> {
    let call = Call::act(endpoint.method, endpoint.with(id), written(body)?, key);
    parsed(&send(call.made_from(MadeFrom::Version(version))).await?)
}

async fn act<Q: Serialize, A: DeserializeOwned>(endpoint: &Endpoint<Q, A>, body: &Q, key: &Key) -> Result<A, Failure> {
    parsed(&send(Call::act(endpoint.method, endpoint.path.to_owned(), written(body)?, key)).await?)
}

/// A body as JSON; `()` is no body.
fn written(body: &impl Serialize) -> Result<Option<String>, Failure> {
    let text = serde_json::to_string(body).map_err(|_| Failure::Garbled)?;
    Ok(Some(text).filter(|text| text != "null"))
}

fn parsed<A: DeserializeOwned>(text: &str) -> Result<A, Failure> {
    serde_json::from_str(text).map_err(|_| Failure::Garbled)
}

/// A filter, and where the page begins, as the query of an address.
fn customers_query(query: &Query, cursor: Option<&str>) -> String {
    let mut text = filter_text(query);
    if let Some(cursor) = cursor {
        text.extend([if text.is_empty() { "" } else { "&" }, "cursor=", &encode(cursor)]);
    }
    if text.is_empty() { text } else { ["?", &text].concat() }
}

#[cfg(test)]
mod tests {
    use rules::trial::Status;

    use super::*;

    #[test]
    fn a_request_for_customers_names_only_what_was_asked_q2_q3() {
        assert_eq!(customers_query(&Query::default(), None), "");
        let query = Query {
            search: " a&b ".to_owned(),
            statuses: [Status::Active, Status::Expired].into_iter().collect(),
            ..Query::default()
        };
        assert_eq!(customers_query(&query, Some("x/1")), "?q=a%26b&status=expired,active&cursor=x%2F1");
    }

    #[test]
    fn no_body_is_sent_where_the_contract_has_none() {
        assert_eq!(written(&()), Ok(None));
        assert_eq!(written(&1), Ok(Some("1".to_owned())));
    }
}
