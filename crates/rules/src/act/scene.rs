//! Where an act is decided: the organisation before and after, and the mails that go.

use super::Context;
use crate::change::{Change, Deed, MailKey, MailOrder, between};
use crate::clock::{Day, Instant};
use crate::device::{DeviceOutcome, DeviceType, ShipmentState};
use crate::ids::{PartnerId, TrialId};
use crate::notice::{MailKind, Recipients};
use crate::organisation::{AccessLevel, EndedAccess, Member, Organisation};
use crate::people::{Actor, Language, Person, looked_after_by};
use crate::service::{Calling, CallingKind, Service};
use crate::trial::{Provisioning, State, Trial, numbers_released_on};
use crate::verdict::{Because, Refusal, Remedy, RuleId};

/// The organisation before the act, as it becomes, and the mails that go with it.
pub(crate) struct Scene<'a> {
    pub(crate) before: &'a Organisation,
    pub(crate) next: Organisation,
    pub(crate) context: Context<'a>,
    pub(crate) mails: Vec<MailOrder>,
}

/// What a mail is about, beside its kind.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct About {
    pub(crate) device: Option<DeviceType>,
    pub(crate) held_until: Option<Instant>,
}

impl<'a> Scene<'a> {
    pub(crate) fn new(before: &'a Organisation, context: Context<'a>) -> Scene<'a> {
        Scene { before, next: before.clone(), context, mails: Vec::new() }
    }

    pub(crate) fn today(&self) -> Day {
        self.context.today()
    }

    /// Who acts. Every act but the backend's own has somebody.
    pub(crate) fn actor(&self) -> Result<&'a Actor, Refusal> {
        self.context.actor.ok_or(Refusal::new(RuleId::P2, Because::OnlyForPartners, Remedy::AskSalesAdministrator))
    }

    /// The trial as it was before the act.
    pub(crate) fn trial(&self, id: &TrialId) -> Result<&'a Trial, Refusal> {
        self.before.trial(id).ok_or(Refusal::new(RuleId::L12, Because::WrongState, Remedy::SeeCustomers))
    }

    /// The trial as it becomes.
    pub(crate) fn trial_mut(&mut self, id: &TrialId) -> Result<&mut Trial, Refusal> {
        let found = self.next.trials.iter_mut().find(|trial| trial.id == *id);
        found.ok_or(Refusal::new(RuleId::L12, Because::WrongState, Remedy::SeeCustomers))
    }

    /// The mails of a kind to the people of a group, as the organisation was before
    /// the act: who loses a role by it is still told.
    pub(crate) fn mail(&mut self, kind: MailKind, key: MailKey, group: Recipients, trial: &Trial, about: About) {
        let people = addressees(group, kind, self.before, trial, self.context.facts);
        self.mail_to(kind, &key, group, people, about);
    }

    /// The mails of an act to the people of some groups.
    pub(crate) fn mail_act(&mut self, kind: MailKind, groups: &[Recipients], trial: &Trial) {
        for group in groups {
            self.mail(kind, MailKey::Act, *group, trial, About::default());
        }
    }

    /// A mail for each of the addressees that does not get the same one already.
    pub(crate) fn mail_to(
        &mut self,
        kind: MailKind,
        key: &MailKey,
        group: Recipients,
        people: Vec<Addressee>,
        About { device, held_until }: About,
    ) {
        for Addressee { email, person, language } in people {
            let twice = |mail: &MailOrder| mail.kind == kind && mail.email == email && mail.device == device;
            if !self.mails.iter().any(twice) {
                self.mails.push(MailOrder {
                    kind,
                    key: key.clone(),
                    group,
                    email,
                    person,
                    language,
                    device,
                    held_until,
                });
            }
        }
    }

    /// The change that the act is.
    pub(crate) fn change(mut self, deed: Deed, trial: Option<TrialId>) -> Change {
        let today = self.today();
        let by = self.context.actor.map(|actor| actor.person.id.clone());
        if let Some(partner) = self.context.actor.and_then(Actor::partner) {
            for management in self.next.partners.iter_mut().filter(|each| each.partner == *partner) {
                if let Some(access) = &mut management.access {
                    access.last_used = Some(today);
                }
            }
        }
        let parts = between(Some(self.before), &self.next);
        Change { deed, at: self.context.now, by, trial, parts, mails: self.mails }
    }
}

/// Who gets a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Addressee {
    pub(crate) email: String,
    pub(crate) person: Option<crate::ids::PersonId>,
    pub(crate) language: Language,
}

impl Addressee {
    /// A person of a partner or the trials team, in the language they chose (G7).
    pub(crate) fn of_person(person: &Person) -> Addressee {
        Addressee {
            email: person.email.clone(),
            person: Some(person.id.clone()),
            language: person.language.unwrap_or_default(),
        }
    }

    /// A person of the organisation, in the language they chose, else the organisation's (G7).
    pub(crate) fn of_member(member: &Member, organisation: &Organisation) -> Addressee {
        Addressee {
            email: member.email.clone(),
            person: Some(member.id.clone()),
            language: member.language.unwrap_or(organisation.language),
        }
    }

    /// An address of the organisation that may be nobody's.
    pub(crate) fn of_address(email: &str, organisation: &Organisation) -> Addressee {
        match organisation.member_of_address(email) {
            Some(member) => Addressee::of_member(member, organisation),
            None => Addressee { email: email.to_owned(), person: None, language: organisation.language },
        }
    }
}

/// The people of a group, as things stand.
pub(crate) fn addressees(
    group: Recipients,
    kind: MailKind,
    organisation: &Organisation,
    trial: &Trial,
    facts: &super::Facts,
) -> Vec<Addressee> {
    let of_members = |members: Vec<&Member>| -> Vec<Addressee> {
        members.into_iter().map(|member| Addressee::of_member(member, organisation)).collect()
    };
    match group {
        Recipients::FirstAdministrator => vec![Addressee::of_address(&organisation.administrator_email, organisation)],
        // A closed organisation has nobody any more, and its devices still have to come back: whoever
        // it began with is told (L3, D8).
        Recipients::CustomerAdministrators if organisation.closed.is_some() => {
            vec![Addressee::of_address(&organisation.administrator_email, organisation)]
        }
        Recipients::CustomerAdministrators => of_members(organisation.administrators().collect()),
        Recipients::FullAdministrators => of_members(organisation.full_administrators().collect()),
        Recipients::Users => of_members(organisation.users(trial).collect()),
        Recipients::PartnerAdministrators => {
            if !organisation.tells_partner(trial, kind) {
                return Vec::new();
            }
            let assignment = organisation.assignment(&trial.partner);
            let people = facts.people(&trial.partner);
            looked_after_by(people, &assignment).map(Addressee::of_person).collect()
        }
        Recipients::Asked => {
            let typed = trial.request.as_ref().map(|request| request.typed_email.clone()).unwrap_or_default();
            let asked = crate::consent::recipients(organisation, &typed);
            asked.iter().map(|email| Addressee::of_address(email, organisation)).collect()
        }
        Recipients::Distributor => {
            let to = trial.handed_over.as_ref().map(|hand_over| &hand_over.to);
            let people = to.map_or(&[][..], |partner| facts.people(partner));
            people.iter().filter(|person| person.is_sales()).map(Addressee::of_person).collect()
        }
        Recipients::Contact => {
            let contact = trial.conversion.as_ref().map(|conversion| conversion.contact_email.clone());
            contact.into_iter().map(|email| contact_of(&email, organisation, trial, facts)).collect()
        }
        Recipients::TrialsTeam => {
            let email = facts.extension_address.clone();
            Some(Addressee { email, person: None, language: Language::En })
                .filter(|addressee| !addressee.email.is_empty())
                .into_iter()
                .collect()
        }
    }
}

/// The provisioning contact: of the converting partner's people, or of the customer's (C3).
fn contact_of(email: &str, organisation: &Organisation, trial: &Trial, facts: &super::Facts) -> Addressee {
    let by_partner = trial.conversion.as_ref().map(|conversion| &conversion.by_partner);
    let people = by_partner.map_or(&[][..], |partner| facts.people(partner));
    match people.iter().find(|person| person.email.eq_ignore_ascii_case(email)) {
        Some(person) => Addressee::of_person(person),
        None => Addressee::of_address(email, organisation),
    }
}

/// What follows from the end of a trial on a day, whether it closed (L3), was
/// cancelled (K2), or came to nothing (X18): its services end, requests about its
/// devices close, the organisation closes when nothing else keeps it open, and access
/// that the partner had by a request ends with its last trial (X17).
///
/// The day is the one on which it ended, from which numbers are counted; what is left of
/// other trials is judged as of today.
pub(crate) fn end_of_trial(scene: &mut Scene<'_>, id: &TrialId, day: Day) -> Result<(), Refusal> {
    let today = scene.today();
    let trial = scene.trial_mut(id)?;
    trial.settled = true;
    trial.mails.clear();
    trial.interest = None;
    if trial.started.is_some() && keeps_numbers(trial.offer.calling) {
        trial.numbers_until = Some(numbers_released_on(day));
    }
    for step in trial.provisioning.iter_mut().filter(|step| !matches!(step.state, Provisioning::Done(_))) {
        step.state = Provisioning::Stopped;
    }
    for shipment in trial.shipments.iter_mut().filter(|shipment| shipment.state == ShipmentState::Ordered) {
        shipment.state = ShipmentState::Cancelled;
    }
    let (services, partner) = (trial.offer.services(), trial.partner.clone());
    close_device_requests(scene, id)?;
    take_back(&mut scene.next, &services, today);

    let closes = closes_with(&scene.next, id, today);
    if closes && scene.next.trial(id).is_some_and(|trial| trial.started.is_some()) {
        close(&mut scene.next, day);
    }
    end_access(&mut scene.next, &partner, today);
    Ok(())
}

/// Whether an organisation closes with the end of a trial: it owns nothing, and no other
/// trial keeps it open (L3).
pub(crate) fn closes_with(organisation: &Organisation, id: &TrialId, today: Day) -> bool {
    let kept = organisation.trials.iter().any(|trial| trial.id != *id && trial.is_kept(today));
    organisation.closed.is_none() && organisation.purchased.is_empty() && !kept
}

/// Whether numbers were given out, which are kept for some days (L3).
pub(crate) fn keeps_numbers(calling: Option<Calling>) -> bool {
    calling.is_some_and(|calling| calling.kind() == CallingKind::Cloud)
}

/// Requests to keep devices longer close with the trial, with a mail (D7, L12).
pub(crate) fn close_device_requests(scene: &mut Scene<'_>, id: &TrialId) -> Result<(), Refusal> {
    let today = scene.today();
    let trial = scene.trial_mut(id)?;
    let mut closed = Vec::new();
    for shipment in trial.shipments.iter_mut().filter(|shipment| shipment.extension.is_some()) {
        shipment.answer_extension(DeviceOutcome::Closed, None, today);
        closed.push(shipment.device);
    }
    let trial = trial.clone();
    for device in closed {
        let about = About { device: Some(device), ..About::default() };
        scene.mail(MailKind::DeviceExtensionClosed, MailKey::Act, Recipients::PartnerAdministrators, &trial, about);
    }
    Ok(())
}

/// Takes services from everybody, unless the organisation owns them or another trial
/// gives them on that day, or would again if its cancelling were undone (K2).
pub(crate) fn take_back(organisation: &mut Organisation, services: &[Service], day: Day) {
    let gone: Vec<Service> = services
        .iter()
        .copied()
        .filter(|service| !organisation.owns(*service))
        .filter(|service| {
            let given = |trial: &Trial| trial.is_kept(day) && trial.offer.has(*service);
            !organisation.trials.iter().any(given)
        })
        .collect();
    for member in &mut organisation.people {
        member.services.retain(|service| !gone.contains(service));
    }
}

/// The organisation closes: its people go, and with them their roles and addresses;
/// every partner's access ends (L3).
fn close(organisation: &mut Organisation, day: Day) {
    organisation.closed = Some(day);
    organisation.people.clear();
    for management in organisation.partners.iter_mut().filter(|management| management.access.is_some()) {
        management.access = None;
        management.ended = Some(EndedAccess { on: day, removed: false });
    }
}

/// Access by a request ends with the partner's last trial there; a converted one
/// keeps it (X17).
fn end_access(organisation: &mut Organisation, partner: &PartnerId, day: Day) {
    let kept = organisation
        .trials
        .iter()
        .any(|trial| trial.partner == *partner && (trial.is_kept(day) || trial.state(day) == State::Converted));
    for management in organisation.partners.iter_mut().filter(|each| each.partner == *partner && !kept) {
        if management.access.as_ref().is_some_and(|access| access.by_request) {
            management.access = None;
            management.ended = Some(EndedAccess { on: day, removed: false });
        }
    }
}

/// The level of access that a partner has.
///
/// # Errors
/// The customer removed it, or it ended (H3).
pub(crate) fn level(organisation: &Organisation, partner: &PartnerId) -> Result<AccessLevel, Refusal> {
    let access = organisation.access(partner).map(|access| access.level);
    access.ok_or(Refusal::new(RuleId::H3, Because::NoAccess, Remedy::AskFullAdministrator))
}
