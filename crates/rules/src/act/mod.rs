//! Acts: what people do, decided before it is done.
//!
//! [`decide`] is told who acts, the instant and the facts, and yields a [`Change`]
//! or the reason why not. It changes nothing itself; [`evolve`](crate::change::evolve)
//! does. What [`may_act`] says of a control is what `decide` refuses with (P7).

mod access;
mod answer;
mod ask;
mod cancel;
mod convert;
mod edit;
mod may;
mod may_ship;
mod people;
mod scene;
mod set_up;
mod shipment;
mod start;
pub mod table;
mod taking;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

pub use self::access::may_assign;
pub(crate) use self::cancel::told as told_of_cancelling;
pub use self::convert::{ill_formed, near_administrators};
pub use self::may::{ActName, may_act, verdicts};
pub use self::may_ship::{ShipmentActName, may_ship, shipment_verdicts};
pub use self::people::{PersonVerdicts, person_verdicts};
pub(crate) use self::scene::{About, Scene, addressees, closes_with, end_of_trial};
pub use self::shipment::{check_in, wrong_to_send};
pub use self::taking::{Taking, addresses_to_ask_for, may_take_people, outcomes};

use crate::change::Change;
use crate::clock::{Day, Instant};
use crate::consent::Answered;
use crate::device::DeviceType;
use crate::draft::{Ordered, TrialOrder};
use crate::ids::{OrganisationId, PartnerId, PersonId, TrialId};
use crate::organisation::{AccessLevel, Attestation, Organisation};
use crate::people::{Actor, CustomerRole, Language, Partner, Person};
use crate::service::{Duration, Service};
use crate::set_up::SetUpOrder;
use crate::verdict::{Because, Refusal, Remedy, RuleId};

/// What the law is told of a partner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartnerFacts {
    /// The partner.
    pub partner: Partner,
    /// Its people.
    pub people: Vec<Person>,
}

/// What the law is told beside the organisation and the act.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// The partners that have to do with the organisation, and the distributors of
    /// those of tier 2.
    pub partners: BTreeMap<PartnerId, PartnerFacts>,
    /// The trials team's address for device extensions, a setting (D7).
    pub extension_address: String,
    /// Whether the order number converted a trial before (C3).
    pub order_used: bool,
    /// Those of the addresses in question that belong to another organisation or to a partner (U2).
    pub addresses_elsewhere: BTreeSet<String>,
}

impl Facts {
    /// The people of a partner.
    pub fn people(&self, partner: &PartnerId) -> &[Person] {
        self.partners.get(partner).map_or(&[], |facts| &facts.people)
    }
}

/// Who acts, when, and what is so.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// Who acts; `None` for a step of the backend itself.
    pub actor: Option<&'a Actor>,
    /// The instant; the day is derived from it (L1).
    pub now: Instant,
    /// The facts.
    pub facts: &'a Facts,
}

impl Context<'_> {
    /// The day (L1).
    pub fn today(&self) -> Day {
        Day::of(self.now)
    }
}

/// The order to start a trial for a new organisation, with what the backend brings to it.
#[derive(Clone, Debug)]
pub struct Start {
    /// The checked order.
    pub order: TrialOrder,
    /// The id for the organisation.
    pub organisation: OrganisationId,
    /// The id for the trial.
    pub trial: TrialId,
    /// The id for its first full administrator.
    pub administrator: PersonId,
    /// The attestation (N6).
    pub attestation: Attestation,
}

/// The order of a request to an existing organisation (X3).
#[derive(Clone, Debug)]
pub struct Ask {
    /// What is ordered, checked.
    pub ordered: Ordered,
    /// The id for the trial.
    pub trial: TrialId,
    /// The company's name as it was typed (Q11).
    pub typed_company: String,
    /// The address as it was typed, as it is compared (X5).
    pub typed_email: String,
    /// Whether full administrator access is asked for (X6).
    pub asks_full_access: bool,
    /// The partner's own words (X6).
    pub words: String,
    /// The matching phrase, as it was previewed (X6).
    pub phrase: String,
    /// The attestation for the organisation's country (X2).
    pub attestation: Attestation,
}

/// The order that a trial becomes (C3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Conversion {
    /// Order number: 1 to 40 letters, digits and hyphens.
    pub order_number: String,
    /// The provisioning contact's address.
    pub contact_email: String,
    /// The address of a present customer administrator of the trial's organisation.
    pub administrator_email: String,
    /// The services in the order.
    pub services: BTreeSet<Service>,
    /// Whether it is confirmed that the trial's other services will be lost.
    pub confirmed: bool,
}

/// What is done with an organisation.
#[derive(Clone, Debug)]
pub enum Act {
    /// A trial is started for a new organisation (N16).
    Start(Box<Start>),
    /// A trial is added to a customer that the partner manages (A).
    Add(Ordered, TrialId),
    /// A request is sent to an existing organisation (X3).
    Ask(Box<Ask>),
    /// It is said who looks after the customer (P9).
    Assign(crate::people::Assignment),
    /// Something is done with one of its trials.
    Trial(TrialId, TrialAct),
    /// A partner's access is set to a level (H3).
    SetAccess(PartnerId, AccessLevel),
    /// A partner's access is removed (H3).
    RemovePartner(PartnerId),
    /// A partner may ask again (H4).
    LiftBlock(PartnerId),
    /// A person is added (H5).
    AddPerson(NewPerson),
    /// People are taken from a file, or as they were typed (U2, H5).
    TakePeople(Box<Taking>),
    /// A person's role or services are changed (H5).
    ChangePerson(PersonId, CustomerRole, BTreeSet<Service>),
    /// A person is removed (H5).
    RemovePerson(PersonId),
    /// Its name and the language of its mails are set (H7).
    SetSettings(String, Language),
}

/// A person to be added (H5).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPerson {
    /// The id.
    pub id: PersonId,
    /// The name.
    pub name: String,
    /// The address, as it is compared (N2).
    pub email: String,
    /// The role.
    pub role: CustomerRole,
    /// The services.
    pub services: BTreeSet<Service>,
}

/// What is done with a trial.
#[derive(Clone, Debug)]
pub enum TrialAct {
    /// The consent mail is sent again (X13).
    Resend,
    /// A recipient opened the request, signed in (X7).
    Open,
    /// The request is answered, in the language in which it was read (X9).
    Answer(Answered, Language),
    /// It is cancelled (K).
    Cancel,
    /// Cancelling is undone (K2).
    Undo,
    /// The end becomes today and so many days; whether shortening is confirmed (E1).
    Extend(Duration, bool),
    /// It gives what is ordered from now on; whether it is confirmed that fewer
    /// licences remain than are assigned (E4, E5).
    Edit(Box<Ordered>, bool),
    /// The terms are accepted, in the language and version in which they were read (U2).
    AcceptTerms(Language, u32),
    /// The set-up is finished as it was typed (U3).
    FinishSetUp(Box<SetUpOrder>),
    /// A service was provisioned, or was not and why (N17).
    Provisioned(Service, Result<(), String>),
    /// A failed service is to be provisioned now (N17).
    RetryProvisioning(Service),
    /// It becomes a paid order (C3).
    Convert(Conversion),
    /// The distributor is to convert it (C2).
    HandOver,
    /// The customer is interested in purchasing (C1).
    SayInterested,
    /// The interest was answered (C1).
    AnswerInterest,
    /// Something is done with the shipment of a type (D).
    Shipment(DeviceType, ShipmentAct),
}

/// What is done with a shipment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ShipmentAct {
    /// It is cancelled before it is sent (D11).
    Cancel,
    /// It is asked to be kept so many days longer (D7).
    AskExtension {
        /// Days to add to the device end.
        days: u32,
        /// Why.
        reason: String,
    },
    /// A new return label is asked for (D8).
    AskLabel,
    /// The trials team sends it (D6).
    Send {
        /// One serial number for each device.
        serials: Vec<String>,
        /// The demo order number.
        demo_order_number: String,
        /// The device end; the present one when it is not given.
        end: Option<Day>,
    },
    /// The trials team decides the request to keep it longer (D7).
    DecideExtension {
        /// Whether it is approved.
        approved: bool,
        /// Why not; it may be empty for an approval.
        reason: String,
    },
    /// The trials team has sent a new label (D8).
    SendLabel,
    /// The trials team checks devices in (D9).
    CheckIn {
        /// The serial numbers that came back.
        serials: Vec<String>,
    },
    /// The trials team gives it up (D8).
    WriteOff {
        /// Why.
        reason: String,
    },
}

/// Decides an act on an organisation; on none when one is to be made.
///
/// # Errors
/// The refusal with its rule, the fact behind it, and what to do instead.
pub fn decide(organisation: Option<&Organisation>, act: Act, context: Context<'_>) -> Result<Change, Refusal> {
    let Some(organisation) = organisation else {
        return match act {
            Act::Start(start) => start::start(*start, context),
            _ => Err(Refusal::new(RuleId::L3, Because::OrganisationClosed, Remedy::StartNewTrial)),
        };
    };
    let mut scene = Scene::new(organisation, context);
    let (deed, trial) = match act {
        Act::Start(_) => return Err(Refusal::new(RuleId::X1, Because::OrganisationExists, Remedy::SendRequest)),
        Act::Add(ordered, id) => start::add(&mut scene, ordered, id)?,
        Act::Ask(ask) => ask::ask(&mut scene, *ask)?,
        Act::Assign(assignment) => access::assign(&mut scene, assignment)?,
        Act::SetAccess(partner, level) => access::set(&mut scene, &partner, level)?,
        Act::RemovePartner(partner) => access::remove(&mut scene, &partner)?,
        Act::LiftBlock(partner) => access::lift_block(&mut scene, &partner)?,
        Act::AddPerson(person) => people::add(&mut scene, person)?,
        Act::TakePeople(taking) => taking::take(&mut scene, *taking)?,
        Act::ChangePerson(person, role, services) => people::change(&mut scene, &person, role, services)?,
        Act::RemovePerson(person) => people::remove(&mut scene, &person)?,
        Act::SetSettings(name, language) => people::settings(&mut scene, name, language)?,
        Act::Trial(id, act) => {
            let deed = trial_act(&mut scene, &id, act)?;
            (deed, Some(id))
        }
    };
    Ok(scene.change(deed, trial))
}

fn trial_act(scene: &mut Scene<'_>, id: &TrialId, act: TrialAct) -> Result<crate::change::Deed, Refusal> {
    if let Some(name) = ActName::of(&act) {
        let trial = scene.trial(id)?;
        may_act(name, scene.before, trial, scene.context)?;
    }
    match act {
        TrialAct::Resend => ask::resend(scene, id),
        TrialAct::Open => answer::open(scene, id),
        TrialAct::Answer(answered, language) => answer::answer(scene, id, answered, language),
        TrialAct::Cancel => cancel::cancel(scene, id),
        TrialAct::Undo => cancel::undo(scene, id),
        TrialAct::Extend(days, confirmed) => edit::extend(scene, id, days, confirmed),
        TrialAct::Edit(ordered, confirmed) => edit::edit(scene, id, *ordered, confirmed),
        TrialAct::AcceptTerms(language, version) => set_up::accept_terms(scene, id, language, version),
        TrialAct::FinishSetUp(order) => set_up::finish(scene, id, *order),
        TrialAct::Provisioned(service, outcome) => set_up::provisioned(scene, id, service, outcome),
        TrialAct::RetryProvisioning(service) => set_up::retry(scene, id, service),
        TrialAct::Convert(order) => convert::convert(scene, id, order),
        TrialAct::HandOver => convert::hand_over(scene, id),
        TrialAct::SayInterested => convert::say_interested(scene, id),
        TrialAct::AnswerInterest => convert::answer_interest(scene, id),
        TrialAct::Shipment(device, act) => shipment::act(scene, id, device, act),
    }
}
