//! What an act brings about: decided before it is done, shown as a preview, stored as
//! the journal, and folded into the present state (E6, L10).

use serde::{Deserialize, Serialize};

use crate::clock::{Day, Instant};
use crate::device::DeviceType;
use crate::ids::{PersonId, TrialId};
use crate::named::named;
use crate::notice::{MailKind, Recipients};
use crate::organisation::{Block, Management, Member, Organisation, Purchase};
use crate::people::Language;
use crate::trial::Trial;

/// What was done, as the journal names it (L10).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "each name is an act of the specification")]
pub enum Deed {
    Started,
    Added,
    Requested,
    Resent,
    Opened,
    Accepted,
    Declined,
    TermsAccepted,
    SetUpFinished,
    Provisioned,
    ProvisioningFailed,
    ProvisioningRetried,
    Extended,
    Edited,
    Cancelled,
    Undone,
    Interested,
    InterestAnswered,
    HandedOver,
    Converted,
    Assigned,
    AccessChanged,
    AccessRemoved,
    BlockLifted,
    PersonAdded,
    PeopleAdded,
    PersonChanged,
    PersonRemoved,
    SettingsChanged,
    ShipmentCancelled,
    ShipmentSent,
    DeviceExtensionAsked,
    DeviceExtensionDecided,
    ReturnLabelAsked,
    ReturnLabelSent,
    DevicesCheckedIn,
    ShipmentWrittenOff,
    Noticed,
    Reminded,
    Lapsed,
    SetUpLapsed,
    Closed,
    CancelSettled,
    NumbersReleased,
    OverdueMailed,
    Welcomed,
}

named!(Deed {
    Started = "started",
    Added = "added",
    Requested = "requested",
    Resent = "resent",
    Opened = "opened",
    Accepted = "accepted",
    Declined = "declined",
    TermsAccepted = "terms-accepted",
    SetUpFinished = "set-up-finished",
    Provisioned = "provisioned",
    ProvisioningFailed = "provisioning-failed",
    ProvisioningRetried = "provisioning-retried",
    Extended = "extended",
    Edited = "edited",
    Cancelled = "cancelled",
    Undone = "undone",
    Interested = "interested",
    InterestAnswered = "interest-answered",
    HandedOver = "handed-over",
    Converted = "converted",
    Assigned = "assigned",
    AccessChanged = "access-changed",
    AccessRemoved = "access-removed",
    BlockLifted = "block-lifted",
    PersonAdded = "person-added",
    PeopleAdded = "people-added",
    PersonChanged = "person-changed",
    PersonRemoved = "person-removed",
    SettingsChanged = "settings-changed",
    ShipmentCancelled = "shipment-cancelled",
    ShipmentSent = "shipment-sent",
    DeviceExtensionAsked = "device-extension-asked",
    DeviceExtensionDecided = "device-extension-decided",
    ReturnLabelAsked = "return-label-asked",
    ReturnLabelSent = "return-label-sent",
    DevicesCheckedIn = "devices-checked-in",
    ShipmentWrittenOff = "shipment-written-off",
    Noticed = "noticed",
    Reminded = "reminded",
    Lapsed = "lapsed",
    SetUpLapsed = "set-up-lapsed",
    Closed = "closed",
    CancelSettled = "cancel-settled",
    NumbersReleased = "numbers-released",
    OverdueMailed = "overdue-mailed",
    Welcomed = "welcomed",
});

/// A change of an organisation: what an act, or time alone, brought about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Change {
    /// What was done.
    pub deed: Deed,
    /// When.
    pub at: Instant,
    /// Who did it; `None` for a step of the backend itself.
    pub by: Option<PersonId>,
    /// The trial that it is about, where it is about one.
    pub trial: Option<TrialId>,
    /// What became of the organisation's parts.
    pub parts: Vec<Part>,
    /// The mails that go out with it.
    pub mails: Vec<MailOrder>,
}

/// A part of an organisation, before and after a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// The organisation was made.
    Made(Box<Organisation>),
    /// Its settings.
    Settings(Settings, Settings),
    /// A trial.
    Trial(Option<Box<Trial>>, Option<Box<Trial>>),
    /// A partner.
    Partner(Option<Management>, Option<Management>),
    /// A person.
    Person(Option<Member>, Option<Member>),
    /// A service that it owns.
    Purchase(Option<Purchase>, Option<Purchase>),
    /// A partner that it blocks.
    Block(Option<Block>, Option<Block>),
}

/// What an organisation's own administrators set, and whether it is closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "OrganisationSettings"))]
#[serde(rename_all = "kebab-case")]
pub struct Settings {
    /// Its name.
    pub name: String,
    /// The language of its mails.
    pub language: Language,
    /// The day on which it closed.
    pub closed: Option<Day>,
}

impl Settings {
    fn of(organisation: &Organisation) -> Settings {
        Settings { name: organisation.name.clone(), language: organisation.language, closed: organisation.closed }
    }
}

/// What makes a mail the one that it is: there is never a second one with the same key (L8).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum MailKey {
    /// One notice for each end of a trial.
    Notice {
        /// The end that it names.
        end: Day,
    },
    /// One for each sending of a request.
    Sending(u32),
    /// One for each day.
    Daily(Day),
    /// One for each week of being overdue.
    Overdue(DeviceType, u32),
    /// One for the act itself.
    Act,
}

/// A mail to be written and handed over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct MailOrder {
    /// About what.
    pub kind: MailKind,
    /// Which of its kind.
    pub key: MailKey,
    /// As one of which group the recipient gets it.
    pub group: Recipients,
    /// The address.
    pub email: String,
    /// The person, where the address is known to be one's.
    pub person: Option<PersonId>,
    /// The language in which it is written (G7).
    pub language: Language,
    /// The type of devices that it is about.
    pub device: Option<DeviceType>,
    /// It waits until then: the cancelling can be undone until that moment (K2).
    pub held_until: Option<Instant>,
}

/// A list whose entries are told apart by a key.
fn differences<T: Clone + PartialEq, K: PartialEq>(
    before: &[T],
    after: &[T],
    key: impl Fn(&T) -> K,
    part: impl Fn(Option<T>, Option<T>) -> Part,
) -> Vec<Part> {
    let find = |list: &[T], wanted: &K| list.iter().find(|each| key(each) == *wanted).cloned();
    let gone =
        before.iter().filter(|each| find(after, &key(each)).is_none()).map(|each| part(Some(each.clone()), None));
    let new_or_other = after.iter().filter_map(|each| {
        let old = find(before, &key(each));
        (old.as_ref() != Some(each)).then(|| part(old, Some(each.clone())))
    });
    gone.chain(new_or_other).collect()
}

/// The parts in which an organisation differs from what it was before.
pub(crate) fn between(before: Option<&Organisation>, after: &Organisation) -> Vec<Part> {
    let Some(before) = before else { return vec![Part::Made(Box::new(after.clone()))] };
    let (old, new) = (Settings::of(before), Settings::of(after));
    let mut parts = Vec::new();
    if old != new {
        parts.push(Part::Settings(old, new));
    }
    parts.extend(differences(
        &before.trials,
        &after.trials,
        |trial| trial.id.clone(),
        |old, new| Part::Trial(old.map(Box::new), new.map(Box::new)),
    ));
    parts.extend(differences(&before.partners, &after.partners, |each| each.partner.clone(), Part::Partner));
    parts.extend(differences(&before.people, &after.people, |each| each.id.clone(), Part::Person));
    parts.extend(differences(&before.purchased, &after.purchased, |each| each.service, Part::Purchase));
    parts.extend(differences(&before.blocked, &after.blocked, |each| each.partner.clone(), Part::Block));
    parts
}

fn put<T: Clone, K: PartialEq>(list: &mut Vec<T>, before: &Option<T>, after: &Option<T>, key: impl Fn(&T) -> K) {
    let Some(wanted) = before.as_ref().or(after.as_ref()).map(&key) else { return };
    let at = list.iter().position(|each| key(each) == wanted);
    match (at, after) {
        (Some(at), Some(after)) => list[at] = after.clone(),
        (Some(at), None) => drop(list.remove(at)),
        (None, Some(after)) => list.push(after.clone()),
        (None, None) => {}
    }
}

/// An organisation after a change. `None` only for a change of an organisation that
/// is not there.
pub fn evolve(organisation: Option<Organisation>, change: &Change) -> Option<Organisation> {
    let mut organisation = organisation;
    for part in &change.parts {
        if let Part::Made(made) = part {
            organisation = Some((**made).clone());
        }
        let now = organisation.as_mut()?;
        match part {
            Part::Made(_) => {}
            Part::Settings(_, after) => {
                now.name.clone_from(&after.name);
                now.language = after.language;
                now.closed = after.closed;
            }
            Part::Trial(before, after) => {
                let (before, after) = (before.as_deref().cloned(), after.as_deref().cloned());
                put(&mut now.trials, &before, &after, |trial| trial.id.clone());
            }
            Part::Partner(before, after) => put(&mut now.partners, before, after, |each| each.partner.clone()),
            Part::Person(before, after) => put(&mut now.people, before, after, |each| each.id.clone()),
            Part::Purchase(before, after) => put(&mut now.purchased, before, after, |each| each.service),
            Part::Block(before, after) => put(&mut now.blocked, before, after, |each| each.partner.clone()),
        }
    }
    let organisation = organisation.as_mut()?;
    organisation.changed = organisation.changed.max(change.at);
    Some(organisation.clone())
}

impl Change {
    /// The organisation that it makes or changes, where it says which.
    pub fn made(&self) -> Option<&Organisation> {
        self.parts.iter().find_map(|part| match part {
            Part::Made(organisation) => Some(organisation.as_ref()),
            _ => None,
        })
    }
}
