//! The law of acts, rule by rule. What the rows share stands here.

mod access;
mod answers;
mod cancelling;
mod converting;
mod devices;
mod editing;
mod lowered;
mod people;
mod properties;
mod requests;
mod returns;
mod roles;
mod sequences;
mod set_up;
mod shipping;
mod starting;
mod states;
mod taking;

use crate::act::{ShipmentAct, TrialAct};
use crate::change::Change;
use crate::device::DeviceType;
use crate::draft::{Facts, Ordered, TrialDraft};
use crate::people::{Actor, PartnerRole};
use crate::samples::{self, Story};
use crate::service::Service;
use crate::verdict::{Because, Refusal, Remedy, RuleId};

pub(super) const PHONE: DeviceType = DeviceType::DeskPhone;

/// The sales administrator of the partner who starts things.
pub(super) fn sales() -> Actor {
    samples::actor(PartnerRole::SalesAdministrator)
}

/// The sales full administrator of that partner.
pub(super) fn chief() -> Actor {
    samples::actor(PartnerRole::SalesFullAdministrator)
}

/// The sales full administrator of a competing partner.
pub(super) fn rival() -> Actor {
    samples::actor_of(&samples::competitor(), PartnerRole::SalesFullAdministrator)
}

/// What a refusal says at least.
pub(super) fn says(result: Result<Change, Refusal>) -> (RuleId, Because, Remedy) {
    let refusal = result.expect_err("it is refused");
    (refusal.rule, refusal.because, refusal.remedy)
}

/// The trial `trial-1` with every service, of 60 days, started now; two desk phones are ordered.
pub(super) fn full() -> Story {
    Story::started(samples::full_draft())
}

/// A trial `trial-1` with some services for ten people, of 30 days, started now.
pub(super) fn with(services: &[Service]) -> Story {
    Story::started(samples::customer_draft(services))
}

/// What a draft orders of a trial that is edited.
pub(super) fn edited(draft: &TrialDraft) -> Ordered {
    draft.check_edit(&Facts::default()).expect("a draft without problems")
}

/// The edit to what a draft orders, without shipping anything and without confirming.
pub(super) fn edit(draft: &TrialDraft) -> TrialAct {
    let mut draft = draft.clone();
    draft.skip_shipping();
    TrialAct::Edit(Box::new(edited(&draft)), false)
}

/// An act on the shipment of desk phones.
pub(super) fn phones(act: ShipmentAct) -> TrialAct {
    TrialAct::Shipment(PHONE, act)
}

/// The trials team sends the two desk phones `A1` and `A2`.
pub(super) fn send() -> TrialAct {
    let serials = vec!["A1".to_owned(), "a 2".to_owned()];
    phones(ShipmentAct::Send { serials, demo_order_number: "DEMO-1".to_owned(), end: None })
}

/// The partner asks to keep the desk phones longer.
pub(super) fn keep_longer(days: u32) -> TrialAct {
    phones(ShipmentAct::AskExtension { days, reason: "still testing".to_owned() })
}

/// The services that a person of the organisation has.
pub(super) fn give(story: &mut Story, person: &str, services: &[Service]) {
    let services: std::collections::BTreeSet<Service> = services.iter().copied().collect();
    let member = story.organisation.people.iter_mut().find(|member| member.id == person.into());
    member.expect("a person of the organisation").services = services;
}

/// As many further users as are wanted, each with these services.
pub(super) fn populate(story: &mut Story, users: u32, services: &[Service]) {
    for number in 0..users {
        let (id, email) = (format!("user-{number}"), format!("user{number}@example.com"));
        story.organisation.people.push(samples::member(&id, &email, crate::people::CustomerRole::User));
        give(story, &id, services);
    }
}
