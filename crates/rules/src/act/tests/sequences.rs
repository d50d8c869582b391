//! Sequences of acts by anybody in any order, for the properties.

use proptest::prelude::*;

use super::*;
use crate::act::{Act, Context, NewPerson, decide};
use crate::consent::{Answered, DeclineReason};
use crate::ids::{PartnerId, TrialId};
use crate::organisation::AccessLevel;
use crate::people::{Assignment, CustomerRole, Language};
use crate::service::Duration;

/// One step: who, what, with which trial, and how much time passes before.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub(super) minutes: i64,
    pub(super) who: u8,
    pub(super) trial: u8,
    pub(super) services: Vec<Service>,
    pub(super) what: u8,
    pub(super) number: u32,
    pub(super) yes: bool,
}

/// How many kinds of acts there are.
const KINDS: u8 = 36;

/// Sequences, each step of which is made of one number: to draw each of its parts by itself
/// would cost more than what is tried with it.
pub(super) fn steps() -> impl Strategy<Value = (u8, Vec<Step>)> {
    (0u8..6, prop::collection::vec(any::<u64>().prop_map(step), 2..12))
}

fn step(number: u64) -> Step {
    let mut left = number;
    let mut draw = |among: u64| {
        let drawn = left % among;
        left /= among;
        drawn
    };
    let minutes = match draw(32) {
        0..=10 => 0,
        11..=20 => 1 + draw(6),
        21..=25 => 60 + 7 * draw(420),
        26..=30 => 1_440 + 33 * draw(420),
        _ => 30_000 + 230 * draw(420),
    };
    let chosen = 1 + draw(14);
    Step {
        minutes: i64::try_from(minutes).unwrap_or_default(),
        who: u8::try_from(draw(16)).unwrap_or_default(),
        trial: u8::try_from(draw(3)).unwrap_or_default(),
        services: Service::ALL
            .into_iter()
            .zip(0..)
            .filter(|(_, bit)| chosen >> bit & 1 == 1)
            .map(|(each, _)| each)
            .collect(),
        what: u8::try_from(draw(u64::from(KINDS))).unwrap_or_default(),
        number: u32::try_from(draw(1_001)).unwrap_or_default(),
        yes: draw(2) == 1,
    }
}

/// Where a sequence begins.
pub(super) fn beginning(number: u8) -> Story {
    let draft = || {
        let mut draft = samples::customer_draft(&[Service::Messaging, Service::Calling, Service::Devices]);
        draft.duration = Duration::Days60;
        draft
    };
    match number {
        0 => Story::of(samples::customer()),
        1 => Story::started(draft()),
        2 => Story::asked(draft()),
        3 => Story::accepted(draft(), false),
        4 => Story::running(draft(), false),
        _ => Story::running(draft(), true),
    }
}

/// Whoever acts in a step: mostly somebody whose act it is, else anybody.
fn who(story: &Story, step: &Step, act: &Act) -> Option<Actor> {
    let organisation = &story.organisation;
    let full = || organisation.full_administrators().next().map(|member| story.person(member.id.as_str()));
    let of = |partner: &PartnerId| {
        let found = samples::partners().into_iter().find(|each| each.id == *partner);
        found.map(|partner| samples::actor_of(&partner, PartnerRole::SalesFullAdministrator))
    };
    match step.who {
        0 => return Some(rival()),
        1 => return Some(samples::actor_of(&samples::tier_two(), PartnerRole::SalesFullAdministrator)),
        2 => {
            let people = &organisation.people;
            let member = people.get(step.number as usize % people.len().max(1))?;
            return Some(story.person(member.id.as_str()));
        }
        3 => return Some(sales()),
        _ => {}
    }
    match act {
        Act::Trial(id, act) => {
            let trial = organisation.trial(id)?;
            match act {
                TrialAct::Answer(..) | TrialAct::AcceptTerms(..) | TrialAct::SayInterested | TrialAct::Open => full(),
                TrialAct::Cancel if step.yes => full(),
                TrialAct::Undo => {
                    let by = trial.cancellation.as_ref()?.by.clone()?;
                    match organisation.member(&by) {
                        Some(member) => Some(story.person(member.id.as_str())),
                        None => of(&trial.partner),
                    }
                }
                TrialAct::Shipment(_, ShipmentAct::AskExtension { .. } | ShipmentAct::AskLabel) => of(&trial.partner),
                TrialAct::Shipment(..) => Some(samples::trials_team()),
                _ => of(&trial.partner),
            }
        }
        Act::SetAccess(..) | Act::RemovePartner(_) | Act::LiftBlock(_) => full(),
        Act::AddPerson(_) | Act::ChangePerson(..) | Act::RemovePerson(_) if step.number < 800 => full(),
        _ => Some(chief()),
    }
}

pub(super) fn act(story: &Story, at: usize, step: &Step) -> Act {
    let ids: Vec<TrialId> = story.organisation.trials.iter().map(|trial| trial.id.clone()).collect();
    let id = ids.get(ids.len().saturating_sub(1 + usize::from(step.trial))).or(ids.last()).cloned().unwrap_or_default();
    let new = format!("trial-{}", at + 10);
    let partner: PartnerId = match step.who % 3 {
        0 => samples::competitor().id,
        _ => samples::partner().id,
    };
    let draft = || {
        let mut draft = samples::customer_draft(&step.services);
        draft.licences = (1 + step.number % 12).to_string();
        draft.numbered_users = (step.number % 2).to_string();
        draft.duration = Duration::ALL[step.number as usize % 3];
        draft.calling = Some(crate::service::CallingKind::ALL[usize::from(step.yes)]);
        if step.yes {
            draft.ship.desk_phone = "0".to_owned();
        }
        draft
    };
    let with = |act| Act::Trial(id.clone(), act);
    let services = || step.services.iter().copied().collect();
    let own =
        || story.organisation.trial(&id).map(|trial| trial.offer.services()).unwrap_or_default().into_iter().collect();
    let role = CustomerRole::ALL[step.number as usize % 3];
    let people = &story.organisation.people;
    let person =
        people.get(step.number as usize % people.len().max(1)).map(|member| member.id.clone()).unwrap_or_default();
    if step.number.is_multiple_of(3)
        && let Some(act) = follow_up(story, step)
    {
        return act;
    }
    match step.what {
        0 | 1 => Act::Add(edited(&draft()), new.as_str().into()),
        2 | 3 => samples::ask(draft(), &new),
        4 | 5 => {
            with(TrialAct::Answer(Answered::Accepted { full_access: step.yes, services: services() }, Language::En))
        }
        6 => {
            let reason = DeclineReason::ALL[step.number as usize % 4];
            with(TrialAct::Answer(Answered::Declined { reason, note: "because".to_owned() }, Language::En))
        }
        7 => with(TrialAct::Resend),
        8 | 9 => with(TrialAct::Cancel),
        10 | 11 => with(TrialAct::Undo),
        12 | 13 => with(TrialAct::Extend(Duration::ALL[step.number as usize % 3], step.yes)),
        14 | 15 => with(TrialAct::Edit(Box::new(edited(&draft())), step.yes)),
        16 | 17 => with(samples::finish_set_up()),
        18 => with(samples::accept_terms()),
        19 => {
            let administrator = story.organisation.administrators().next();
            with(TrialAct::Convert(crate::act::Conversion {
                administrator_email: administrator.map(|member| member.email.clone()).unwrap_or_default(),
                confirmed: step.yes,
                services: if step.yes { services() } else { own() },
                contact_email: administrator.map(|member| member.email.clone()).unwrap_or_default(),
                ..samples::conversion(&[])
            }))
        }
        20 => with(TrialAct::SayInterested),
        21 => with(TrialAct::AnswerInterest),
        22 | 35 => with(keep_longer(step.number % 70)),
        23 | 32 => with(phones(ShipmentAct::DecideExtension { approved: step.yes, reason: "no".to_owned() })),
        24 | 33 => with(match step.yes {
            true => send(),
            false => phones(ShipmentAct::Cancel),
        }),
        25 | 34 => {
            let serials = if step.yes { vec!["a1".to_owned(), "A2".to_owned()] } else { vec!["A1".to_owned()] };
            with(phones(ShipmentAct::CheckIn { serials }))
        }
        26 => {
            Act::SetAccess(partner, if step.yes { AccessLevel::FullAdministrator } else { AccessLevel::Provisioning })
        }
        27 => Act::RemovePartner(partner),
        28 => Act::AddPerson(NewPerson {
            id: format!("person-{}", at + 10).as_str().into(),
            name: "Somebody".to_owned(),
            email: format!("somebody{at}@example.com"),
            role,
            services: services(),
        }),
        29 => Act::ChangePerson(person, role, services()),
        30 if step.yes => Act::RemovePerson(person),
        _ => match step.number % 3 {
            0 => Act::LiftBlock(partner),
            1 => with(TrialAct::HandOver),
            _ => Act::Assign(Assignment { in_charge: Some(sales().person.id), assigned: vec![chief().person.id] }),
        },
    }
}

/// What naturally comes after what was done last.
fn follow_up(story: &Story, step: &Step) -> Option<Act> {
    use crate::change::Deed;
    let last = story.changes.last()?;
    let id = last.trial.clone()?;
    let all = || story.organisation.trial(&id).map(|trial| trial.offer.services()).unwrap_or_default();
    let act = match last.deed {
        Deed::Cancelled => TrialAct::Undo,
        Deed::Requested => samples::accepted(&all(), step.yes),
        Deed::Accepted => samples::finish_set_up(),
        Deed::DeviceExtensionAsked => phones(ShipmentAct::DecideExtension { approved: true, reason: String::new() }),
        _ => return None,
    };
    Some(Act::Trial(id, act))
}

/// Plays a sequence. What is refused is passed over; `each` sees every change with the
/// organisation before it.
pub(super) fn play(start: u8, steps: &[Step], mut each: impl FnMut(&Story, &Change)) -> Story {
    let mut story = beginning(start);
    for (at, step) in steps.iter().enumerate() {
        let until = story.now + chrono::TimeDelta::minutes(step.minutes);
        let due = crate::time::pass(&story.organisation, until, &story.facts);
        for change in due {
            each(&story, &change);
            story.take(change);
        }
        story.now = until;
        if step.yes && step.what % 6 == 0 {
            story.provisions_waiting();
        }
        let act = act(&story, at, step);
        let Some(actor) = who(&story, step, &act) else { continue };
        let context = Context { actor: Some(&actor), now: story.now, facts: &story.facts };
        if let Ok(change) = decide(Some(&story.organisation), act, context) {
            each(&story, &change);
            story.take(change);
        }
    }
    story
}

impl Story {
    /// Every service that waits is provisioned.
    fn provisions_waiting(&mut self) {
        for id in self.organisation.trials.iter().map(|trial| trial.id.clone()).collect::<Vec<_>>() {
            for service in Service::ALL {
                let context = Context { actor: None, now: self.now, facts: &self.facts };
                let act = Act::Trial(id.clone(), TrialAct::Provisioned(service, Ok(())));
                if let Ok(change) = decide(Some(&self.organisation), act, context) {
                    self.take(change);
                }
            }
        }
    }
}
