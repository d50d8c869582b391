//! What the backend stores beside the values of the rules, and the tables of it all.

use contract::drafts::DRAFT_DAYS;
use rules::clock::{Day, Instant};
use rules::customers::CustomerRow;
use rules::draft::{Ticked, TrialDraft};
use rules::ids::{OrganisationId, PartnerId, PersonId, TrialId};
use rules::notice::{MailKind, Recipients};
use rules::organisation::Organisation;
use rules::people::{Language, Partner, Person};
use rules::trial::{Change, Trial};
use serde::{Deserialize, Serialize};

use crate::store::{Table, TableName};

pub(crate) const ADDRESSES: Table<Holder> = Table::new(TableName::Addresses);
pub(crate) const CUSTOMERS: Table<CustomerRow> = Table::new(TableName::Customers);
pub(crate) const DEPLOYMENT: Table<u64> = Table::new(TableName::Deployment);
pub(crate) const DRAFTS: Table<StoredDraft> = Table::new(TableName::Drafts);
pub(crate) const JOURNAL: Table<JournalEntry> = Table::new(TableName::Journal);
pub(crate) const LOOK_UPS: Table<LookUps> = Table::new(TableName::LookUps);
pub(crate) const MAILS: Table<Mail> = Table::new(TableName::Mails);
pub(crate) const ORGANISATIONS: Table<Organisation> = Table::new(TableName::Organisations);
pub(crate) const OUTAGES: Table<Instant> = Table::new(TableName::Outages);
pub(crate) const PARTNERS: Table<Partner> = Table::new(TableName::Partners);
pub(crate) const PEOPLE: Table<Person> = Table::new(TableName::People);
pub(crate) const RECEIPTS: Table<Receipt> = Table::new(TableName::Receipts);
pub(crate) const SAVED_DRAFTS: Table<SavedDraft> = Table::new(TableName::SavedDrafts);
pub(crate) const SESSIONS: Table<SignedIn> = Table::new(TableName::Sessions);
pub(crate) const SITE_NAMES: Table<TrialId> = Table::new(TableName::SiteNames);
pub(crate) const TRIALS: Table<Trial> = Table::new(TableName::Trials);

/// Whose person has an address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Holder {
    /// A customer's organisation.
    Organisation(OrganisationId),
    /// A partner.
    Partner(PartnerId),
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
}

/// An entry of the journal (L10).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct JournalEntry {
    pub(crate) at: Instant,
    /// `None` for a step of the backend itself.
    pub(crate) by: Option<PersonId>,
    pub(crate) partner: PartnerId,
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

/// A mail of the ledger that was handed over (L8).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Mail {
    pub(crate) partner: PartnerId,
    pub(crate) kind: MailKind,
    pub(crate) to: Recipients,
    pub(crate) addresses: Vec<String>,
    pub(crate) language: Language,
    pub(crate) subject: String,
    pub(crate) text: String,
    pub(crate) sent: Instant,
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
