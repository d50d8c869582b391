//! Starting a trial: decided before it is done (N15 to N17).

use serde::{Deserialize, Serialize};

use super::{Phase, Provisioning, ProvisioningStep, Trial};
use crate::clock::{Day, Instant};
use crate::device::{ShipTo, Shipment};
use crate::draft::TrialOrder;
use crate::ids::{OrganisationId, PersonId, TrialId};
use crate::notice::{Due, MailKind, PlannedMail, Recipients, notices};
use crate::offer::Offer;
use crate::organisation::{AccessLevel, Attestation, Management, Organisation};
use crate::people::{Actor, Assignment, Language, Right, may};
use crate::region::Region;
use crate::service::Service;
use crate::verdict::Refusal;

/// What starting an order on a day brings: shown for review, and stored as it
/// was shown (N15).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Plan {
    /// The data residency region (N5).
    pub region: Region,
    /// The day S: the day of saving (N17).
    pub start: Day,
    /// The day E = S + d (L1).
    pub end: Day,
    /// What the trial gives.
    pub offer: Offer,
    /// Shipments with their own ends (D6).
    pub shipments: Vec<Shipment>,
    /// Where they go (D5).
    pub ship_to: Option<ShipTo>,
    /// Every mail that will be sent as things stand (N15).
    pub mails: Vec<PlannedMail>,
}

/// What starting an order on a day would bring. It changes nothing.
pub fn plan(order: &TrialOrder, today: Day) -> Plan {
    let end = today.plus(order.duration.days());
    let shipments: Vec<Shipment> =
        order.ship.iter().map(|(device, count)| Shipment::order(*device, *count, today, end)).collect();
    let welcome =
        PlannedMail { due: Due::WhenProvisioned, kind: MailKind::Welcome, to: Recipients::FirstAdministrator };
    let agreement = [Recipients::CustomerAdministrators, Recipients::PartnerAdministrators].map(|to| PlannedMail {
        due: Due::WhenShipped,
        kind: MailKind::LicenceAgreement,
        to,
    });
    let mails = std::iter::once(welcome)
        .chain(agreement.into_iter().filter(|_| !shipments.is_empty()))
        .chain(notices(today, end))
        .collect();
    Plan {
        region: order.region(),
        start: today,
        end,
        offer: order.offer.clone(),
        shipments,
        ship_to: order.ship_to.clone(),
        mails,
    }
}

/// What an act is told beside itself: who acts, when, and what the law may not
/// make up.
#[derive(Clone, Debug)]
pub struct Context<'a> {
    /// Who acts.
    pub actor: &'a Actor,
    /// The instant; the day is derived from it (L1).
    pub now: Instant,
}

/// The order to start a trial, with what the backend brings to it.
#[derive(Clone, Debug)]
pub struct Start {
    /// The checked order.
    pub order: TrialOrder,
    /// The id for the organisation.
    pub organisation: OrganisationId,
    /// The id for the trial.
    pub trial: TrialId,
    /// The language of the attestation.
    pub language: Language,
    /// The sentence of the attestation as it was shown (N6).
    pub sentence: String,
    /// When it was ticked (N6).
    pub ticked: Instant,
}

/// What can be done with a trial.
#[derive(Clone, Debug)]
pub enum Act {
    /// Start it for a new organisation (N16).
    Start(Box<Start>),
    /// Note that a service was provisioned (N17).
    Provisioned(Service),
}

/// What an act brings about. The journal is the list of these, and a trial is
/// their fold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// A trial was started for a new organisation.
    Started {
        /// The organisation as it was made.
        organisation: Box<Organisation>,
        /// The trial's id.
        trial: TrialId,
        /// Who started it.
        by: PersonId,
        /// When.
        at: Instant,
        /// What it brings, as it was shown.
        plan: Box<Plan>,
        /// The duration as chosen (N10).
        duration: crate::service::Duration,
    },
    /// A service was provisioned.
    Provisioned {
        /// Which.
        service: Service,
        /// When.
        at: Instant,
    },
}

/// Decides an act on a trial, or on none when it is to be started.
///
/// # Errors
/// The refusal when the actor may not do it (P1, P3).
pub fn decide(act: Act, context: &Context<'_>) -> Result<Change, Refusal> {
    match act {
        Act::Start(start) => {
            may(Right::StartTrial, context.actor).require()?;
            Ok(started(*start, context))
        }
        Act::Provisioned(service) => Ok(Change::Provisioned { service, at: context.now }),
    }
}

fn started(start: Start, context: &Context<'_>) -> Change {
    let Start { order, organisation, trial, language, sentence, ticked } = start;
    let person = &context.actor.person;
    let plan = plan(&order, Day::of(context.now));
    Change::Started {
        organisation: Box::new(Organisation {
            id: organisation,
            name: order.company_name,
            administrator_email: order.administrator_email,
            vertical: order.vertical,
            country: order.country,
            region: plan.region,
            // The organisation has chosen no language yet; mails go by its country (G7).
            language: if order.country.as_str() == "NL" { Language::Nl } else { Language::En },
            attestation: Attestation { by: person.id.clone(), at: ticked, language, sentence },
            managed_by: Management {
                partner: person.partner.clone(),
                access: AccessLevel::FullAdministrator,
                assignment: Assignment { in_charge: Some(person.id.clone()), assigned: Vec::new() },
            },
            created: context.now,
        }),
        trial,
        by: person.id.clone(),
        at: context.now,
        plan: Box::new(plan),
        duration: order.duration,
    }
}

/// The trial after a change. A start makes it; a change of a trial that is not
/// there leaves nothing.
pub fn evolve(trial: Option<Trial>, change: &Change) -> Option<Trial> {
    match change {
        Change::Started { organisation, trial, at, plan, duration, .. } => Some(Trial {
            id: trial.clone(),
            organisation: organisation.id.clone(),
            partner: organisation.managed_by.partner.clone(),
            offer: plan.offer.clone(),
            duration: *duration,
            phase: Phase::Started { start: plan.start, end: plan.end },
            started: Some(*at),
            provisioning: plan
                .offer
                .services()
                .into_iter()
                .map(|service| ProvisioningStep { service, state: Provisioning::Waiting })
                .collect(),
            shipments: plan.shipments.clone(),
            ship_to: plan.ship_to.clone(),
            mails: plan.mails.clone(),
        }),
        Change::Provisioned { service, at } => trial.map(|mut trial| {
            for step in trial.provisioning.iter_mut().filter(|step| step.service == *service) {
                step.state = Provisioning::Done(*at);
            }
            trial
        }),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::people::PartnerRole;
    use crate::samples;
    use crate::service::Duration;
    use crate::verdict::RuleId;

    fn start(role: PartnerRole) -> Result<Change, Refusal> {
        let actor = samples::actor(role);
        let act = Act::Start(Box::new(samples::start(samples::full_draft())));
        decide(act, &Context { actor: &actor, now: samples::now() })
    }

    #[test]
    fn only_sales_roles_start_a_trial_p3() {
        for role in [PartnerRole::SalesFullAdministrator, PartnerRole::SalesAdministrator] {
            assert!(start(role).is_ok(), "{role:?}");
        }
        for role in [PartnerRole::ReadOnlyAdministrator, PartnerRole::HelpDesk] {
            assert_eq!(start(role).expect_err("refused").rule, RuleId::P3, "{role:?}");
        }
    }

    #[test]
    fn the_trial_starts_on_the_day_of_saving_with_the_partner_as_full_administrator_n17() {
        let change = start(PartnerRole::SalesAdministrator).expect("started");
        let Change::Started { organisation, by, plan, .. } = &change else { panic!("not a start") };
        assert_eq!(plan.start, Day::of(samples::now()));
        assert_eq!(organisation.managed_by.access, AccessLevel::FullAdministrator);
        assert_eq!(organisation.managed_by.assignment.in_charge.as_ref(), Some(by), "who started it is in charge (P9)");
        assert_eq!(organisation.administrator_email, "it@vandijk.example");
        assert!(plan.mails.iter().any(|mail| mail.kind == MailKind::Welcome && mail.due == Due::WhenProvisioned));
    }

    #[test]
    fn who_attested_when_and_with_which_sentence_is_kept_n6() {
        let change = start(PartnerRole::SalesAdministrator).expect("started");
        let Change::Started { organisation, by, at, .. } = change else { panic!("not a start") };
        let start = samples::start(samples::full_draft());
        assert!(start.ticked < at, "it is ticked before the trial starts");
        assert_eq!(
            organisation.attestation,
            Attestation { by, at: start.ticked, language: start.language, sentence: start.sentence }
        );
    }

    #[test]
    fn each_service_is_provisioned_in_a_step_of_its_own_n17() {
        let change = start(PartnerRole::SalesAdministrator).expect("started");
        let mut trial = evolve(None, &change).expect("a trial");
        let waiting: Vec<Service> = trial.provisioning.iter().map(|step| step.service).collect();
        assert_eq!(waiting, Service::ALL);
        let at = samples::now();
        trial = evolve(Some(trial), &Change::Provisioned { service: Service::Calling, at }).expect("a trial");
        for step in &trial.provisioning {
            let expected =
                if step.service == Service::Calling { Provisioning::Done(at) } else { Provisioning::Waiting };
            assert_eq!(step.state, expected, "{:?}", step.service);
        }
    }

    #[test]
    fn there_is_one_shipment_for_each_type_ordered_on_the_day_of_the_start_d4_d11() {
        let mut draft = samples::full_draft();
        draft.device_licences.room_device = "3".to_owned();
        draft.ship.room_device = "3".to_owned();
        let trial = samples::trial(draft);
        let ordered: Vec<_> = trial.shipments.iter().map(|shipment| (shipment.device, shipment.count)).collect();
        use crate::device::{DeviceType, ShipmentState};
        assert_eq!(ordered, [(DeviceType::DeskPhone, 2), (DeviceType::RoomDevice, 3)]);
        for shipment in &trial.shipments {
            assert_eq!((shipment.state, shipment.start), (ShipmentState::Ordered, Day::of(samples::now())));
        }
    }

    #[test]
    fn mails_go_in_dutch_to_the_netherlands_and_in_english_elsewhere_g7() {
        for (country, language) in [("NL", Language::Nl), ("BE", Language::En), ("US", Language::En)] {
            let mut draft = samples::shortest_draft();
            draft.country = crate::region::CountryCode::new(country);
            let Change::Started { organisation, .. } = samples::started(draft) else { panic!("not a start") };
            assert_eq!(organisation.language, language, "{country}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        /// What Review shows is what is stored, for any order and day (N15).
        #[test]
        fn the_plan_shown_is_the_plan_stored_n15(draft in samples::any_draft(), day in 0u32..20_000) {
            let order = samples::order(draft.clone());
            let now = samples::now() + chrono::TimeDelta::days(i64::from(day));
            let shown = plan(&order, Day::of(now));
            let actor = samples::actor(PartnerRole::SalesAdministrator);
            let act = Act::Start(Box::new(samples::start(draft)));
            let change = decide(act, &Context { actor: &actor, now }).expect("allowed");
            let Change::Started { plan: stored, .. } = &change else { panic!("not a start") };
            prop_assert_eq!(&shown, stored.as_ref());
            let trial = evolve(None, &change).expect("a trial");
            prop_assert_eq!(trial.phase, Phase::Started { start: shown.start, end: shown.end });
            prop_assert_eq!(&trial.offer, &shown.offer);
            prop_assert_eq!(&trial.mails, &shown.mails);
        }

        /// The trial runs for exactly the chosen days, and devices never longer than 120 (L1, D6).
        #[test]
        fn the_end_is_the_start_and_the_duration_l1_d6(draft in samples::any_draft(), day in 0u32..20_000) {
            let today = Day::of(samples::now()).plus(day);
            let order = samples::order(draft);
            let plan = plan(&order, today);
            prop_assert_eq!(today.days_until(plan.end), i64::from(order.duration.days()));
            for shipment in &plan.shipments {
                prop_assert!(shipment.start.days_until(shipment.end) <= 120);
            }
            prop_assert!(Duration::ALL.contains(&order.duration));
        }
    }
}
