//! Organisations as they are stored: one record for all that acts are decided on, and
//! the records that follow from it, written together with every change.

use std::collections::BTreeSet;

use rules::act::Facts;
use rules::change::{Change, Part, evolve};
use rules::clock::{Day, Instant};
use rules::customers::CustomerRow;
use rules::ids::{OrganisationId, PartnerId, TrialId};
use rules::organisation::{AccessLevel, Organisation, masked};
use rules::people::Person;
use rules::trial::Trial;

use crate::acts::mails::is_for_partner;
use crate::consent::{self, Signer};
use crate::environment::{Deployment, Environment};
use crate::ledger;
use crate::records::{
    ADDRESSES, CUSTOMERS, DUE, HANDED_OVER, HOMES, Holder, Home, JOURNAL, JournalEntry, ORDERS, ORGANISATIONS, SET_UPS,
    SHIPMENTS, SITE_NAMES, Stored, TRIALS,
};
use crate::store::{Commit, Fault, Store};

/// An organisation with the version of its record; without one when it is to be made.
#[derive(Clone, Debug)]
pub(crate) struct Loaded {
    pub(crate) version: Option<u64>,
    pub(crate) stored: Option<Stored>,
}

impl Loaded {
    /// An organisation that is not there yet.
    pub(crate) const NEW: Loaded = Loaded { version: None, stored: None };

    pub(crate) async fn of(store: &dyn Store, id: &OrganisationId) -> Result<Option<Loaded>, Fault> {
        let found = ORGANISATIONS.get(store, id.as_str()).await?;
        Ok(found.map(|found| Loaded { version: Some(found.version), stored: Some(found.value) }))
    }

    pub(crate) async fn of_trial(store: &dyn Store, trial: &str) -> Result<Option<Loaded>, Fault> {
        match TRIALS.get(store, trial).await? {
            Some(organisation) => Loaded::of(store, &organisation.value).await,
            None => Ok(None),
        }
    }

    pub(crate) fn organisation(&self) -> Option<&Organisation> {
        self.stored.as_ref().map(|stored| &stored.organisation)
    }
}

/// Who did something, for the journal.
#[derive(Clone, Debug, Default)]
pub(crate) struct By {
    pub(crate) partner: Option<PartnerId>,
    pub(crate) name: String,
    pub(crate) on_behalf: bool,
}

impl By {
    pub(crate) fn person(person: &Person) -> By {
        let partner = person.of_partner().map(|(partner, _)| partner.clone());
        By { partner, name: person.name.clone(), on_behalf: false }
    }
}

/// A change with who brought it about.
pub(crate) type Signed = (Change, By);

/// What writing changes needs beside them.
#[derive(Clone, Copy)]
pub(crate) struct Writing<'a> {
    pub(crate) facts: &'a Facts,
    pub(crate) deployment: &'a Deployment,
    pub(crate) environment: &'a dyn Environment,
    /// The keys of mails that are in the ledger already (L8).
    pub(crate) known_mails: &'a BTreeSet<String>,
    /// The instant until which mails count as handed over when they were written: those
    /// of demonstration data.
    pub(crate) handed_over_until: Option<Instant>,
    /// The key of receipts. Without one no answer to a request can be written (X16).
    pub(crate) signer: Option<&'a Signer>,
}

/// Adds to a commit all that changes of one organisation store: its record, the
/// journal, the mails, and every record that follows from them. The commit then
/// expects the version that the changes were decided on. `None` when the changes
/// make no organisation, or answer a request and nobody can sign its receipt.
pub(crate) fn write(commit: &mut Commit, loaded: &Loaded, changes: &[Signed], writing: Writing<'_>) -> Option<Stored> {
    let before = loaded.organisation();
    let mut now = before.cloned();
    let mut entries = loaded.stored.as_ref().map_or(0, |stored| stored.entries);
    let failed = loaded.stored.as_ref().map(|stored| stored.failed.clone()).unwrap_or_default();
    let mut journal = Vec::new();
    for (change, by) in changes {
        now = evolve(now, change);
        let organisation = now.as_ref()?;
        ledger::write(commit, organisation, change, by, entries, writing);
        consent::write(commit, organisation, change, writing)?;
        let entry = JournalEntry {
            partner: by.partner.clone(),
            name: by.name.clone(),
            on_behalf: by.on_behalf,
            change: change.clone(),
        };
        journal.push((entries, entry));
        entries += 1;
    }
    let organisation = now?;
    for (number, entry) in journal {
        commit.make(&JOURNAL, format!("{}/{number:08}", organisation.id), &entry);
    }
    follow(commit, before, &organisation);

    let due = due_of(&organisation);
    let was_due = loaded.stored.as_ref().and_then(|stored| stored.due);
    if due != was_due {
        if let Some(was) = was_due {
            commit.delete(&DUE, due_key(was, &organisation.id));
        }
        if let Some(due) = due {
            commit.put(&DUE, due_key(due, &organisation.id), &organisation.id);
        }
    }
    let stored = Stored { organisation, entries, due, failed };
    put(commit, &stored, loaded.version);
    Some(stored)
}

/// Stores an organisation's record and the rows of the lists that it stands in.
pub(crate) fn put(commit: &mut Commit, stored: &Stored, version: Option<u64>) {
    let organisation = &stored.organisation;
    commit.expect(&ORGANISATIONS, organisation.id.as_str(), version);
    commit.put(&ORGANISATIONS, organisation.id.as_str(), stored);
    for management in &organisation.partners {
        let failed = stored.failed.get(&management.partner).copied().unwrap_or_default();
        if let Some(row) = CustomerRow::of(organisation, &management.partner, failed) {
            commit.put(&CUSTOMERS, format!("{}/{}", management.partner, organisation.id), &row);
        }
    }
}

/// The key of an organisation that is due at an instant: by day, so that the due ones
/// of a day are found by its prefix.
pub(crate) fn due_key(at: Instant, organisation: &OrganisationId) -> String {
    format!("{}/{:013}/{organisation}", Day::of(at), at.timestamp_millis())
}

/// When time alone, or another try of provisioning, will change an organisation.
fn due_of(organisation: &Organisation) -> Option<Instant> {
    let tried = crate::due::next_try(organisation).map(|(at, ..)| at);
    tried.into_iter().chain(rules::time::next_due(organisation)).min()
}

/// The records that follow from what became of the organisation's parts.
fn follow(commit: &mut Commit, before: Option<&Organisation>, after: &Organisation) {
    let empty = Vec::new();
    let people = before.map_or(&empty, |before| &before.people);
    let gone = people.iter().filter(|old| !after.people.iter().any(|new| new.email == old.email));
    for member in gone {
        // Its address belongs to no organisation any more (L3, H5).
        commit.delete(&ADDRESSES, &*member.email);
        commit.delete(&HOMES, member.id.as_str());
    }
    for member in after.people.iter().filter(|new| !people.iter().any(|old| old.email == new.email)) {
        commit.make(&ADDRESSES, &*member.email, &Holder::Organisation(after.id.clone()));
        commit.put(&HOMES, member.id.as_str(), &Home::Customer(after.id.clone()));
    }
    for trial in &after.trials {
        let old = before.and_then(|before| before.trial(&trial.id));
        if old.is_none() {
            commit.make(&TRIALS, trial.id.as_str(), &after.id);
        }
        if old != Some(trial) {
            follow_trial(commit, old, trial, &after.id);
        }
    }
}

fn follow_trial(commit: &mut Commit, old: Option<&Trial>, trial: &Trial, organisation: &OrganisationId) {
    let site = |trial: &Trial| trial.site().cloned();
    // A request gives no name out: it may be declined (N12).
    let given = |trial: &&Trial| trial.started.is_some();
    let had = old.filter(given).and_then(site);
    if let Some(site) = Some(trial).filter(given).and_then(site)
        && had.as_ref().is_none_or(|had| had.name != site.name)
    {
        commit.make(&SITE_NAMES, site.name.as_str(), &trial.id);
    }
    if let Some(conversion) = &trial.conversion
        && old.is_none_or(|old| old.conversion.is_none())
    {
        commit.make(&ORDERS, conversion.order_number.to_lowercase(), &trial.id);
    }
    let is_over = |trial: &Trial| trial.settled || trial.conversion.is_some();
    if is_over(trial) && old.is_none_or(|old| !is_over(old)) {
        // Nobody can take the set-up up any more, and people may stand in what was typed (L12).
        commit.delete(&SET_UPS, trial.id.as_str());
    }
    if let Some(handed_over) = &trial.handed_over {
        commit.put(&HANDED_OVER, format!("{}/{}", handed_over.to, trial.id), organisation);
    }
    for shipment in trial.shipments.iter().filter(|_| trial.started.is_some()) {
        let key = shipment_id(&trial.id, shipment.device);
        let open = shipment.state == rules::device::ShipmentState::Ordered || shipment.state.is_out();
        if open {
            commit.put(&SHIPMENTS, key, organisation);
        } else {
            commit.delete(&SHIPMENTS, key);
        }
    }
}

/// The id of a shipment.
pub(crate) fn shipment_id(trial: &TrialId, device: rules::device::DeviceType) -> String {
    format!("{trial}.{}", device.name())
}

/// A trial as a partner may see it. While it has no access it knows the address that it
/// typed, and of others to whom its request went no more than the look-up told (X1, Q11).
pub(crate) fn trial_for(trial: &Trial, organisation: &Organisation, partner: &PartnerId) -> Trial {
    let mut trial = trial.clone();
    let management = organisation.management(partner);
    let known = management.is_some_and(|management| management.access.is_some() || management.ended.is_some());
    if let Some(request) = trial.request.as_mut().filter(|_| !known) {
        let typed = &request.typed_email;
        let recipients = request.sendings.iter_mut().flat_map(|sending| &mut sending.recipients);
        for recipient in recipients.filter(|recipient| recipient.email != *typed) {
            recipient.email = masked(&recipient.email);
        }
    }
    trial
}

/// A change as its organisation's own people may see it: all of it but the addresses of a
/// partner's people.
pub(crate) fn seen_by_customer(change: &Change) -> Change {
    let mut change = change.clone();
    change.mails.retain(|mail| !is_for_partner(mail.group));
    change
}

/// The parts of a change that a partner may see: its own trials, its own access, and the
/// organisation's people where its access reaches them or it changed them itself (P8, X10,
/// L10).
pub(crate) fn seen_by_partner(
    change: &Change,
    organisation: &Organisation,
    partner: &PartnerId,
    own_act: bool,
) -> Change {
    let trial =
        |trial: &Option<Box<Trial>>| trial.as_ref().map(|trial| Box::new(trial_for(trial, organisation, partner)));
    let own_trial = |trial: &Option<Box<Trial>>| trial.as_ref().is_none_or(|trial| trial.partner == *partner);
    // Where the change itself ends the access, what it reached before counts.
    let ended = change.parts.iter().find_map(|part| match part {
        Part::Partner(Some(before), _) if before.partner == *partner => Some(before),
        _ => None,
    });
    let management = ended.or_else(|| organisation.management(partner));
    let level = management.and_then(|management| management.access.as_ref()).map(|access| access.level);
    let sees_people = own_act || level == Some(AccessLevel::FullAdministrator);
    let parts = change.parts.iter().filter_map(|part| match part {
        Part::Made(organisation) => {
            let mut organisation = organisation.clone();
            organisation.trials.retain(|trial| trial.partner == *partner);
            organisation.partners.retain(|management| management.partner == *partner);
            organisation.blocked.clear();
            Some(Part::Made(organisation))
        }
        Part::Trial(old, new) if own_trial(old) && own_trial(new) => Some(Part::Trial(trial(old), trial(new))),
        Part::Partner(old, new) => {
            let own = old.iter().chain(new).all(|management| management.partner == *partner);
            own.then(|| part.clone())
        }
        Part::Person(..) => sees_people.then(|| part.clone()),
        Part::Settings(..) | Part::Purchase(..) => Some(part.clone()),
        Part::Trial(..) | Part::Block(..) => None,
    });
    Change { parts: parts.collect(), mails: Vec::new(), ..change.clone() }
}
