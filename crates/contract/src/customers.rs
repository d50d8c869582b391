//! The customers list and the customer's page.

use rules::act::ActName;
use rules::clock::{Day, Instant};
use rules::customers::{Attention, InCharge, Query};
use rules::ids::{OrganisationId, PersonId, TrialId};
use rules::organisation::{AccessLevel, EndedAccess, Purchase, Vertical};
use rules::people::Assignment;
use rules::region::{CountryCode, Region};
use rules::service::Service;
use rules::trial::{Phase, SetUpLine, Status, Trial};
use rules::verdict::Verdict;
use serde::{Deserialize, Serialize};

use crate::endpoints::encode;

/// Rows in one page of customers.
pub const PAGE_ROWS: usize = 100;

/// How far customers are counted. A backend may leave it at that where the number would have to be
/// counted one by one, so that a page costs the same at 100 or 100,000 customers (Q7).
pub const COUNT_MAX: u32 = 500;

/// What a list is asked for, as it stands behind the question mark of an address, the
/// console's as the API's; defaults are left out (Q3).
pub fn filter_text(query: &Query) -> String {
    let mut text = String::new();
    let mut add = |name: &str, value: &str| {
        if !value.is_empty() {
            let before = if text.is_empty() { "" } else { "&" };
            text.extend([before, name, "=", value]);
        }
    };
    let names = |names: Vec<&str>| names.join(",");
    let number = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
    let flag = |flag| if flag { "true" } else { "" };
    add("q", &encode(query.search.trim()));
    add("status", &names(query.statuses.iter().map(|each| each.name()).collect()));
    add("service", &names(query.services.iter().map(|each| each.name()).collect()));
    add("ends_within", &number(query.ends_within));
    add("answer_within", &number(query.answer_within));
    add("region", &names(query.regions.iter().map(|each| each.name()).collect()));
    add(
        "in_charge",
        &match &query.in_charge {
            None => String::new(),
            Some(InCharge::Nobody) => NOBODY.to_owned(),
            Some(InCharge::Person(person)) => encode(person.as_str()),
        },
    );
    add("devices_due", query.devices_due.map(|due| due.name()).unwrap_or_default());
    add("interested", flag(query.interested));
    add("failed_mails", flag(query.failed_mails));
    if query.reversed || query.sort != Default::default() {
        let turned = if query.reversed { "-" } else { "" };
        add("sort", &[turned, query.sort.name()].concat());
    }
    text
}

/// How the filter by person in charge names nobody (P9).
pub const NOBODY: &str = "nobody";

/// A page of customers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct CustomersPage {
    /// The backend's day, from which days left are counted (L1).
    pub today: Day,
    /// The rows, at most [`PAGE_ROWS`].
    pub rows: Vec<CustomerLine>,
    /// How many rows the query finds in all, or that many and more.
    pub found: u32,
    /// Whether there are more than `found`, which is [`COUNT_MAX`] then (Q7).
    pub more_found: bool,
    /// Where the next page begins; `None` on the last one.
    pub next: Option<String>,
    /// The customer whose id, or whose trial's id, is the search text: their page
    /// is opened (Q2).
    pub opens: Option<OrganisationId>,
}

/// A person as a list names them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
    /// Services of that trial, then of the other trials that hold theirs, then those
    /// that are owned, with the days that each has left where its trial runs or is in
    /// grace (Q1). While a request is pending, what was asked (Q11).
    pub services: Vec<ServiceLine>,
    /// Where that trial stands.
    pub phase: Option<Phase>,
    /// Its licences.
    pub licences: Option<u32>,
    /// Data residency region; `None` while a request is pending.
    pub region: Option<Region>,
    /// The person in charge (P9).
    pub in_charge: Option<NamedPerson>,
    /// Whether the customer is interested in purchasing, and nobody has answered yet (C1).
    #[serde(default)]
    pub interested: bool,
    /// When anything changed last.
    #[serde(with = "rules::clock::instant")]
    #[cfg_attr(feature = "schema", schemars(with = "Instant"))]
    pub last_change: Instant,
}

impl CustomerLine {
    /// Whether the services have different days left, so that each has to say its own (Q1).
    pub fn days_differ(&self) -> bool {
        self.services.windows(2).any(|pair| pair[0].days_left != pair[1].days_left)
    }
}

/// A service in a row of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct ServiceLine {
    /// The service.
    pub service: Service,
    /// Days left, where it is in a trial that runs or is in grace: 0 on the day on which
    /// that ends and negative afterwards (L1).
    pub days_left: Option<i64>,
}

/// Customers counted by status (Q4).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Totals {
    /// The count of each status that occurs, in the order of attention.
    pub counts: Vec<(Status, u32)>,
    /// Of each status those that have left the list: they are in no default total, and the filter
    /// of their status shows them with the others (Q11).
    pub left: Vec<(Status, u32)>,
    /// The customers of the default view in all.
    pub listed: u32,
}

impl Totals {
    /// How many customers have a status: where it is filtered by with those that have left the
    /// list, as many as the list then shows (Q4, Q11).
    pub fn of(&self, status: Status, filtered: bool) -> u32 {
        let left = self.left.iter().filter(|_| filtered);
        self.counts.iter().chain(left).filter(|(each, _)| *each == status).map(|(_, count)| count).sum()
    }
}

/// How many customers want something to be done (Q12).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Worklist {
    /// The count of each, in the order in which they are shown. One above [`COUNT_MAX`] says that there
    /// are more than that (Q7).
    pub counts: Vec<(Attention, u32)>,
}

/// One customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct CustomerDetail {
    /// The backend's day (L1).
    pub today: Day,
    /// The backend's instant, from which short waits are counted (X13).
    pub now: Instant,
    /// The organisation's id.
    pub id: OrganisationId,
    /// Company name; what the partner typed, while it may not know the organisation (Q11).
    pub company: String,
    /// The status of the row (Q9).
    pub status: Status,
    /// What the partner may know of the organisation; `None` while it has only
    /// asked for a trial there (P8, Q11).
    pub organisation: Option<OrganisationDetail>,
    /// The person in charge (P9).
    pub in_charge: Option<NamedPerson>,
    /// Further people who look after the customer (P9).
    pub assigned: Vec<NamedPerson>,
    /// Whether the reader may assign people, and if not, why (P9).
    pub may_assign: Verdict,
    /// The sales people of the partner, who can be assigned; nobody for whoever may not assign (P9).
    pub assignable: Vec<NamedPerson>,
    /// The partner's own trials, the one that needs attention first in front.
    pub trials: Vec<TrialDetail>,
    /// Services that the customer owns.
    pub purchased: Vec<Service>,
    /// Whether a trial can be added, and if not, why (A1).
    pub may_add: Verdict,
    /// Whether a request can be sent, and if not, why and from when it can (X13, X14).
    pub may_ask: Verdict,
    /// Mails about these trials, oldest first.
    pub mails: Vec<crate::mails::MailLine>,
    /// The version, for `If-Match`.
    pub version: u64,
}

/// What a partner that manages an organisation knows of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
    /// What the partner's access reaches; `None` when it has ended.
    pub access: Option<AccessLevel>,
    /// That the access ended.
    pub ended: Option<EndedAccess>,
    /// What the customer owns, with licences.
    pub purchased: Vec<Purchase>,
    /// Licences that there are and that people have, of what the partner may know of, while it has
    /// access: more may be assigned than there are (E5).
    pub licences: Vec<crate::hub::LicenceLine>,
    /// The day on which the organisation closed (L3).
    pub closed: Option<Day>,
}

/// A trial on the customer's page, and by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct TrialDetail {
    /// The trial.
    pub trial: Trial,
    /// Its shown status (L11).
    pub status: Status,
    /// A verdict for every act, for the reader (P7).
    pub acts: Vec<(ActName, Verdict)>,
    /// Its shipments once it has started, each with its own verdicts (D).
    pub shipments: Vec<crate::shipments::ShipmentDetail>,
    /// What is done of its set-up and what comes next (U3); nothing for the distributor to which it
    /// was handed over (C2).
    pub set_up: Vec<SetUpLine>,
}

impl TrialDetail {
    /// Whether the reader may do something with it, and if not, why (P7).
    pub fn verdict(&self, name: ActName) -> Verdict {
        let found = self.acts.iter().find(|(act, _)| *act == name);
        found.map_or(Verdict::Allowed, |(_, verdict)| *verdict)
    }
}

/// Who looks after a customer, as it is to be (P9).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Assign {
    /// The person in charge and further people.
    pub assignment: Assignment,
}

/// A trial that was handed over to the reader's partner, its distributor, with what it
/// takes to convert it and nothing else of the customer (C2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct HandedOver {
    /// The trial's id.
    pub trial: TrialId,
    /// The customer's name.
    pub company: String,
    /// The partner that handed it over.
    pub partner: String,
    /// The trial with the verdicts for the reader.
    pub detail: TrialDetail,
    /// The version, for `If-Match`.
    pub version: u64,
}

/// The trials that were handed over to the reader's partner (C2).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct HandedOverList {
    /// The trials, the one handed over last in front.
    pub trials: Vec<HandedOver>,
}
