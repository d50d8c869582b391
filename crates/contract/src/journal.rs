//! The journal, and what time will bring (L10, L14).

use std::collections::BTreeMap;

use rules::change::{Change, Deed};
use rules::clock::{Day, Instant};
use rules::ids::{OrganisationId, PersonId, TrialId};
use rules::notice::{MailKind, Recipients};
use rules::service::Service;
use rules::trial::Status;
use serde::{Deserialize, Serialize};

/// Entries in one page of the journal.
pub const JOURNAL_ENTRIES: usize = 100;

/// A page of the journal, the latest entry in front (L10).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct JournalPage {
    /// The entries.
    pub entries: Vec<JournalLine>,
    /// What the reader can ask for by `deed`: everything that happened, on whatever page it stands.
    pub deeds: Vec<Deed>,
    /// Where the next page begins; `None` on the last one.
    pub next: Option<String>,
}

/// An entry of the journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct JournalLine {
    /// The customer.
    pub organisation: OrganisationId,
    /// The customer's name as the reader may know it.
    pub company: String,
    /// The trial, where it is about one.
    pub trial: Option<TrialId>,
    /// The services of that trial, by which it is told from others.
    pub services: Vec<Service>,
    /// What was done.
    pub deed: Deed,
    /// The mails that went with it or wait for its undo, each kind and group once.
    pub mails: Vec<(MailKind, Recipients)>,
    /// When.
    pub at: Instant,
    /// Who did it: a name, *another partner*'s people by no name (P8), or the backend.
    pub by: Actor,
    /// The customer on whose behalf somebody of a partner acted in its hub, by the name that it
    /// had then (Q10, U1).
    pub on_behalf: Option<String>,
    /// The reader's colleagues whom the change names as looking after the customer, by name (P9).
    pub colleagues: BTreeMap<PersonId, String>,
    /// The change itself, before and after; `None` where it is not the reader's to see.
    pub change: Option<Box<Change>>,
}

/// Who did something, as the journal names them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Actor {
    /// A person, by name.
    Person(String),
    /// Somebody of a partner that the reader may not know (P8).
    AnotherPartner,
    /// The backend itself.
    Backend,
}

/// Asks what time alone would bring (L14).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Rehearse {
    /// The customers; none means all that the reader sees.
    pub customers: Vec<OrganisationId>,
    /// 1 to 90 days.
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 90)))]
    pub days: u32,
}

/// What time alone would bring; nothing was changed (L14).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Rehearsal {
    /// What would happen, the earliest in front.
    pub steps: Vec<RehearsalStep>,
    /// How each trial of these customers is shown today, and after those days.
    pub trials: Vec<RehearsedTrial>,
}

/// One thing that time would bring.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct RehearsalStep {
    /// The customer.
    pub organisation: OrganisationId,
    /// The customer's name.
    pub company: String,
    /// The trial.
    pub trial: Option<TrialId>,
    /// On which day.
    pub on: Day,
    /// What.
    pub deed: Deed,
    /// How the trial is shown afterwards.
    pub status: Option<Status>,
    /// The mails that would go.
    pub mails: Vec<RehearsedMail>,
}

/// Mails about one thing to one group (L8).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct RehearsedMail {
    /// About what.
    pub kind: MailKind,
    /// To whom, as a group.
    pub group: Recipients,
    /// To how many people.
    pub people: u32,
    /// Their addresses, as the ledger will show them to the same reader.
    pub addresses: Vec<String>,
}

/// A trial before and after the days that are rehearsed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct RehearsedTrial {
    /// The customer.
    pub organisation: OrganisationId,
    /// The customer's name.
    pub company: String,
    /// The trial.
    pub trial: TrialId,
    /// How it is shown now.
    pub now: Status,
    /// How it is shown at the end of the last day.
    pub afterwards: Status,
}
