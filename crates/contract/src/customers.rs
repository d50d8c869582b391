//! The customers list and the customer's page.

use rules::clock::{Day, Instant};
use rules::ids::{OrganisationId, PersonId};
use rules::notice::{MailKind, Recipients};
use rules::organisation::{AccessLevel, Vertical};
use rules::region::{CountryCode, Region};
use rules::service::Service;
use rules::trial::{Phase, Status, Trial};
use serde::{Deserialize, Serialize};

/// Rows in one page of customers.
pub const PAGE_ROWS: usize = 100;

/// A page of customers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct CustomersPage {
    /// The backend's day, from which days left are counted (L1).
    pub today: Day,
    /// The rows, at most [`PAGE_ROWS`].
    pub rows: Vec<CustomerLine>,
    /// How many rows the query finds in all.
    pub found: u32,
    /// Where the next page begins; `None` on the last one.
    pub next: Option<String>,
    /// The customer whose id, or whose trial's id, is the search text: their page
    /// is opened (Q2).
    pub opens: Option<OrganisationId>,
}

/// A person as a list names them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct NamedPerson {
    /// Their id.
    pub id: PersonId,
    /// Their name.
    pub name: String,
}

/// A customer in the list (Q1, Q9). A row whose request is pending holds nothing
/// but name, status, last day to answer and what was asked (Q11).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct CustomerLine {
    /// The organisation's id.
    pub id: OrganisationId,
    /// Company name.
    pub company: String,
    /// Administrator's address; `None` while a request is pending.
    pub administrator_email: Option<String>,
    /// The status of the trial that needs attention first (Q9).
    pub status: Status,
    /// Further trials beside that one.
    pub more_trials: u32,
    /// Services of that trial with the days that each has left, where it runs or
    /// is in grace; without a trial, the services owned.
    pub services: Vec<ServiceLine>,
    /// Where that trial stands.
    pub phase: Option<Phase>,
    /// Its licences.
    pub licences: Option<u32>,
    /// Data residency region; `None` while a request is pending.
    pub region: Option<Region>,
    /// The person in charge (P9).
    pub in_charge: Option<NamedPerson>,
    /// When anything changed last.
    pub last_change: Instant,
}

/// A service in a row of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct ServiceLine {
    /// The service.
    pub service: Service,
    /// Days left, where it is in a trial that runs (L1).
    pub days_left: Option<i64>,
}

/// Customers counted by status (Q4).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Totals {
    /// The count of each status that occurs, in the order of attention.
    pub counts: Vec<(Status, u32)>,
    /// The customers of the default view in all.
    pub listed: u32,
}

/// One customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct CustomerDetail {
    /// The backend's day (L1).
    pub today: Day,
    /// The organisation's id.
    pub id: OrganisationId,
    /// Company name.
    pub company: String,
    /// The status of the row (Q9).
    pub status: Status,
    /// What the partner may know of the organisation; `None` while it has only
    /// asked for a trial there (P8, Q11).
    pub organisation: Option<OrganisationDetail>,
    /// The person in charge (P9).
    pub in_charge: Option<NamedPerson>,
    /// The partner's own trials, the one that needs attention first in front.
    pub trials: Vec<TrialDetail>,
    /// Services that the customer owns.
    pub purchased: Vec<Service>,
    /// Mails about these trials that were handed over or wait for it, oldest first.
    pub mails: Vec<MailLine>,
}

/// What a partner that manages an organisation knows of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct OrganisationDetail {
    /// Administrator's address.
    pub administrator_email: String,
    /// Business vertical.
    pub vertical: Vertical,
    /// Country.
    pub country: CountryCode,
    /// Data residency region.
    pub region: Region,
    /// What the partner's access reaches.
    pub access: AccessLevel,
}

/// A trial on the customer's page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct TrialDetail {
    /// The trial.
    pub trial: Trial,
    /// Its shown status (L11).
    pub status: Status,
}

/// A mail that was handed over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct MailLine {
    /// About what.
    pub kind: MailKind,
    /// To which group.
    pub to: Recipients,
    /// The addresses.
    pub addresses: Vec<String>,
    /// When it was handed over.
    pub at: Instant,
}
