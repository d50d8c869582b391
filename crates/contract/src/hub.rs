//! The customer's hub (H).

use std::collections::BTreeSet;

use rules::act::PersonVerdicts;
use rules::clock::{Day, Instant};
use rules::consequences::Inventory;
use rules::ids::{OrganisationId, PartnerId, PersonId, TrialId};
use rules::organisation::{AccessLevel, EndedAccess, Member, Purchase};
use rules::people::{CustomerRole, Language};
use rules::region::{CountryCode, Region};
use rules::service::Service;
use rules::verdict::Verdict;
use serde::{Deserialize, Serialize};

use crate::customers::TrialDetail;
use crate::requests::RequestDetail;

/// The hub of an organisation, for its own administrators, or for a partner with the
/// access that it has (H1, Q10).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Hub {
    /// The backend's day (L1).
    pub today: Day,
    /// The backend's instant: how long a cancelling can still be undone counts from it (K2).
    pub now: Instant,
    /// The version, for `If-Match`.
    pub version: u64,
    /// The organisation.
    pub organisation: OrganisationId,
    /// Its name.
    pub name: String,
    /// The language of its mails.
    pub language: Language,
    /// Its country.
    pub country: CountryCode,
    /// Where its data lives; it never changes.
    pub region: Region,
    /// The partner that looks along, with its access, when it is one (Q10).
    pub on_behalf: Option<OnBehalf>,
    /// Requests, the latest in front; none for a partner.
    pub requests: Vec<RequestDetail>,
    /// What it owns.
    pub purchased: Vec<Purchase>,
    /// Licences of each service: how many there are, and how many are assigned.
    pub licences: Vec<LicenceLine>,
    /// Its trials; for a partner its own.
    pub trials: Vec<HubTrial>,
    /// The partners that have or had access; for a partner itself alone (H3).
    pub partners: Vec<HubPartner>,
    /// The partners that are blocked; none for a partner (H4).
    pub blocked: Vec<BlockedPartner>,
    /// The trials whose terms the reader, a full administrator, is asked to accept (U2).
    pub asks_terms: Vec<TrialId>,
    /// Whether the reader may manage people and settings, and if not, why (H5, H7).
    pub may_manage: Verdict,
    /// Whether the reader decides for the organisation, and if not, why (P5).
    pub may_decide: Verdict,
}

/// A partner that acts in a customer's hub (Q10).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct OnBehalf {
    /// The partner's name.
    pub partner: String,
    /// Its access.
    pub access: AccessLevel,
}

/// Licences of a service (H1, E5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct LicenceLine {
    /// The service.
    pub service: Service,
    /// How many there are.
    pub total: u32,
    /// How many people have one; it can be more than there are (E5).
    pub assigned: u32,
    /// Whether they come from a trial that has ended: the tag *Expired* (L2).
    pub expired: bool,
}

/// A trial in the hub (H1, H2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct HubTrial {
    /// The trial, with the verdicts for the reader.
    pub detail: TrialDetail,
    /// The name of the partner that runs it.
    pub partner: String,
    /// Whether that partner can still act; without it nobody can convert the trial (H3).
    pub partner_acts: bool,
    /// Days left to the end, where it runs or is in grace: 0 on the day E and negative in
    /// grace (L1).
    pub days_left: Option<i64>,
    /// What will be lost when it closes (L9).
    pub inventory: Inventory,
}

/// A partner with access (H3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct HubPartner {
    /// The partner.
    pub id: PartnerId,
    /// Its name.
    pub name: String,
    /// What its access reaches; `None` when it has ended.
    pub level: Option<AccessLevel>,
    /// Since when.
    pub since: Option<Day>,
    /// When it was used last.
    pub last_used: Option<Day>,
    /// That it ended.
    pub ended: Option<EndedAccess>,
}

/// A partner that is blocked (H4).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct BlockedPartner {
    /// The partner.
    pub id: PartnerId,
    /// Its name.
    pub name: String,
    /// Since when.
    pub since: Day,
}

/// What is done with a partner's access (H3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct AccessAct {
    /// The partner.
    pub partner: PartnerId,
    /// What its access is to reach; `None` removes it.
    pub level: Option<AccessLevel>,
}

/// The people of the organisation (H5).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct PeopleList {
    /// A page of people, by name.
    pub people: Vec<Member>,
    /// What the reader may do with each of them, in the same order (P7).
    pub verdicts: Vec<PersonVerdicts>,
    /// How many the search finds.
    pub found: u32,
    /// Where the next page begins; `None` on the last one.
    pub next: Option<String>,
    /// Licences of each service.
    pub licences: Vec<LicenceLine>,
    /// The version, for `If-Match`.
    pub version: u64,
}

/// A person to be added (H5).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct AddPerson {
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// What they are to be.
    pub role: CustomerRole,
    /// The services that they get a licence of.
    pub services: BTreeSet<Service>,
}

/// A person as they are to be (H5).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ChangePerson {
    /// What they are to be.
    pub role: CustomerRole,
    /// The services that they have a licence of.
    pub services: BTreeSet<Service>,
}

/// Who was added or changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct PersonDone {
    /// Their id.
    pub person: PersonId,
    /// The version now.
    pub version: u64,
}

/// The settings of the organisation (H7).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct HubSettings {
    /// Its name.
    pub name: String,
    /// The language of its mails.
    pub language: Language,
}
