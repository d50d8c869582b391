//! What the backend stores beside the values of the rules, and the tables of it all.

use std::collections::BTreeMap;

use contract::drafts::DRAFT_DAYS;
use contract::receipts::SignedReceipt;
use rules::change::{Change, MailOrder};
use rules::clock::{Day, Instant};
use rules::customers::{CustomerRow, SavedView};
use rules::draft::{Ticked, TrialDraft};
use rules::ids::{OrganisationId, PartnerId, PersonId, TrialId};
use rules::notice::MailState;
use rules::offer::Site;
use rules::organisation::Organisation;
use rules::people::{Partner, Person};
use rules::service::{Calling, CallingKind};
use rules::set_up::SetUpDraft;
use rules::trial::Trial;
use serde::{Deserialize, Serialize};

use crate::consent::StoredKey;
use crate::store::{Table, TableName};

pub(crate) const ADDRESSES: Table<Holder> = Table::new(TableName::Addresses);
pub(crate) const CONSENTS: Table<SignedReceipt> = Table::new(TableName::Consents);
pub(crate) const CUSTOMERS: Table<CustomerRow> = Table::new(TableName::Customers);
pub(crate) const DEPLOYMENT: Table<u64> = Table::new(TableName::Deployment);
pub(crate) const DRAFTS: Table<StoredDraft> = Table::new(TableName::Drafts);
pub(crate) const DUE: Table<OrganisationId> = Table::new(TableName::Due);
pub(crate) const HANDED_OVER: Table<OrganisationId> = Table::new(TableName::HandedOver);
pub(crate) const HOMES: Table<Home> = Table::new(TableName::Homes);
pub(crate) const JOURNAL: Table<JournalEntry> = Table::new(TableName::Journal);
pub(crate) const KEYS: Table<StoredKey> = Table::new(TableName::Keys);
pub(crate) const LINKS: Table<LinkTo> = Table::new(TableName::Links);
pub(crate) const LOOK_UPS: Table<LookUps> = Table::new(TableName::LookUps);
pub(crate) const MAILS: Table<Mail> = Table::new(TableName::Mails);
pub(crate) const ORDERS: Table<TrialId> = Table::new(TableName::Orders);
pub(crate) const ORGANISATIONS: Table<Stored> = Table::new(TableName::Organisations);
pub(crate) const OUTAGES: Table<Instant> = Table::new(TableName::Outages);
pub(crate) const OUTBOX: Table<Waits> = Table::new(TableName::Outbox);
pub(crate) const PARTNERS: Table<Partner> = Table::new(TableName::Partners);
pub(crate) const PEOPLE: Table<Person> = Table::new(TableName::People);
pub(crate) const RECEIPTS: Table<Receipt> = Table::new(TableName::Receipts);
pub(crate) const SAVED_DRAFTS: Table<SavedDraft> = Table::new(TableName::SavedDrafts);
pub(crate) const SESSIONS: Table<SignedIn> = Table::new(TableName::Sessions);
pub(crate) const SET_UPS: Table<StoredSetUp> = Table::new(TableName::SetUps);
pub(crate) const SHIPMENTS: Table<OrganisationId> = Table::new(TableName::Shipments);
pub(crate) const SITE_NAMES: Table<TrialId> = Table::new(TableName::SiteNames);
pub(crate) const TRIALS: Table<OrganisationId> = Table::new(TableName::Trials);
pub(crate) const VIEWS: Table<Vec<SavedView>> = Table::new(TableName::Views);

/// An organisation as it is stored, with what its other records follow from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Stored {
    pub(crate) organisation: Organisation,
    /// How many entries its journal has.
    pub(crate) entries: u64,
    /// When time alone, or a step of provisioning, will change it next.
    pub(crate) due: Option<Instant>,
    /// How many mails about its trials have failed and were not sent since, by partner (Q12).
    pub(crate) failed: BTreeMap<PartnerId, u32>,
}

/// Where a person is found, by id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Home {
    /// Among the people of a partner.
    Partner(PartnerId),
    /// Among the people of a customer's organisation.
    Customer(OrganisationId),
    /// In the trials team.
    TrialsTeam,
}

/// Under which first part of the key the trials team's people are kept.
pub(crate) const TRIALS_TEAM: &str = "trials-team";

impl Home {
    /// The key of a person of a partner or of the trials team.
    pub(crate) fn key(&self, person: &PersonId) -> Option<String> {
        match self {
            Home::Partner(partner) => Some(format!("{partner}/{person}")),
            Home::TrialsTeam => Some(format!("{TRIALS_TEAM}/{person}")),
            Home::Customer(_) => None,
        }
    }
}

/// Whose person has an address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Holder {
    /// A customer's organisation.
    Organisation(OrganisationId),
    /// A partner.
    Partner(PartnerId),
    /// The vendor's trials team.
    TrialsTeam,
}

/// To what the link of a consent mail leads (X7).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct LinkTo {
    pub(crate) organisation: OrganisationId,
    pub(crate) trial: TrialId,
}

/// A draft as it is stored (N18).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct StoredDraft {
    pub(crate) draft: TrialDraft,
    pub(crate) changed: Instant,
    /// Since when its attestation stands ticked (N6).
    #[serde(default)]
    pub(crate) ticked: Option<Ticked>,
}

impl StoredDraft {
    /// The last day on which it is kept (N18).
    pub(crate) fn kept_until(&self) -> Day {
        Day::of(self.changed).plus(DRAFT_DAYS)
    }

    /// Whether it is still kept on a day.
    pub(crate) fn is_kept(&self, today: Day) -> bool {
        today <= self.kept_until()
    }
}

/// That a draft was saved, and what came of it (N18).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct SavedDraft {
    pub(crate) customer: OrganisationId,
    /// Whether it was sent as a request, which starts nothing by itself (X3).
    #[serde(default)]
    pub(crate) request: bool,
}

/// What was typed in a set-up, as it is stored (U3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct StoredSetUp {
    pub(crate) draft: SetUpDraft,
    /// The Meetings site that the trial had then.
    pub(crate) site: Option<Site>,
    /// The kind of Calling that it had then.
    #[serde(default)]
    pub(crate) calling: Option<CallingKind>,
    /// Who typed, and for which partner.
    #[serde(default)]
    pub(crate) by: Option<PersonId>,
    pub(crate) name: String,
    pub(crate) partner: Option<PartnerId>,
    pub(crate) at: Instant,
}

impl StoredSetUp {
    /// What was typed, for the trial as it is by now: a site that was changed by an edit since
    /// is not changed back by a set-up that was typed before, and what was typed for another kind
    /// of Calling does not come back with it (E4, U3).
    pub(crate) fn typed(self, trial: &Trial) -> SetUpDraft {
        let now = SetUpDraft::of_trial(trial);
        let mut typed = self.draft;
        if self.site.as_ref() != trial.site() {
            (typed.site_name, typed.time_zone) = (now.site_name, now.time_zone);
        }
        if self.calling != trial.offer.calling.map(Calling::kind) {
            (typed.call_control, typed.locations) = (now.call_control, now.locations);
        }
        typed
    }
}

/// An entry of the journal (L10).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct JournalEntry {
    /// The partner of whoever acted, where they are of one.
    pub(crate) partner: Option<PartnerId>,
    /// The name of whoever acted; empty for the backend itself.
    pub(crate) name: String,
    /// Whether somebody of a partner acted in the customer's hub (Q10, U1).
    pub(crate) on_behalf: bool,
    pub(crate) change: Change,
}

/// The look-ups of one person that count at present, earliest first (X1).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct LookUps {
    pub(crate) counted: Vec<CountedLookUp>,
}

/// One look-up that counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct CountedLookUp {
    pub(crate) address: String,
    pub(crate) at: Instant,
}

/// A mail of the ledger (L8).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Mail {
    pub(crate) order: MailOrder,
    pub(crate) organisation: OrganisationId,
    pub(crate) trial: Option<TrialId>,
    /// The partner whose trial it is about.
    pub(crate) partner: Option<PartnerId>,
    pub(crate) subject: String,
    pub(crate) text: String,
    pub(crate) html: String,
    /// Where its first link leads: what people typed in either part may look like one (X7).
    pub(crate) link: Option<String>,
    /// As of when it was written.
    pub(crate) written: Instant,
    pub(crate) state: MailState,
    /// When its state changed last.
    pub(crate) at: Instant,
    /// How often it was tried to hand it over.
    pub(crate) attempts: u32,
    /// Why it failed, came back or was dropped.
    pub(crate) why: String,
}

/// That a mail waits to be handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Waits {
    /// From when on it may go.
    pub(crate) from: Instant,
    /// Until when an instance that is handing it over has it for itself.
    pub(crate) claimed_until: Option<Instant>,
}

impl Waits {
    pub(crate) fn from(from: Instant) -> Waits {
        Waits { from, claimed_until: None }
    }

    /// Whether it may be handed over at an instant.
    pub(crate) fn is_ripe(&self, now: Instant) -> bool {
        self.claimed_until.unwrap_or(self.from) <= now
    }
}

/// The answer that an act got, kept for whoever asks again with the same key (G2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Receipt {
    /// Hash of person, method, path and body: another request is no repetition.
    pub(crate) request: String,
    pub(crate) body: String,
    pub(crate) version: Option<u64>,
    pub(crate) at: Instant,
}

/// Who is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct SignedIn {
    pub(crate) person: PersonId,
}
