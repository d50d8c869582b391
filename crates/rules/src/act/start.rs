//! Starting a trial: for a new organisation (N16, N17), or for a customer that the
//! partner manages (A).

use super::may::sees;
use super::scene::{Scene, level};
use super::table::{Row, cell};
use super::{Context, Start};
use crate::change::{Change, Deed, between};
use crate::clock::Instant;
use crate::draft::Ordered;
use crate::eligibility::offered;
use crate::ids::{OrganisationId, PartnerId, TrialId};
use crate::organisation::{Access, AccessLevel, Management, Member, Organisation};
use crate::people::{Assignment, CustomerRole, Language, Right, may};
use crate::service::Service;
use crate::trial::{Phase, Plan, Provisioning, ProvisioningStep, SetUp, State, Trial, plan};
use crate::verdict::{Because, Refusal, Remedy, RuleId};

/// Starts the first trial of a new organisation. The address becomes its first full
/// administrator, the partner has full administrator access (N17), and who starts it
/// is in charge (P9).
pub(super) fn start(start: Start, context: Context<'_>) -> Result<Change, Refusal> {
    let Start { order, organisation: id, trial, administrator, attestation } = start;
    let refused = Refusal::new(RuleId::P3, Because::OnlyForPartners, Remedy::AskSalesAdministrator);
    let actor = context.actor.ok_or(refused)?;
    may(Right::StartTrial, actor).require()?;
    let partner = actor.partner().ok_or(refused)?;
    let today = context.today();
    let region = order.region();
    let plan = plan(&order.ordered, region, today, true);
    let trial = started(&plan, &order.ordered, trial, id.clone(), partner.clone(), context.now);
    let member = Member {
        id: administrator,
        name: String::new(),
        email: order.administrator_email.clone(),
        role: CustomerRole::FullAdministrator,
        language: None,
        services: [].into(),
        since: context.now,
    };
    let access =
        Access { level: AccessLevel::FullAdministrator, since: today, by_request: false, last_used: Some(today) };
    let organisation = Organisation {
        id,
        name: order.company_name,
        administrator_email: order.administrator_email,
        vertical: order.vertical,
        country: order.country,
        region,
        // The organisation has chosen no language yet; mails go by its country (G7).
        language: if order.country.as_str() == "NL" { Language::Nl } else { Language::En },
        attestation: Some(attestation),
        created: context.now,
        changed: context.now,
        closed: None,
        people: vec![member],
        partners: vec![Management {
            partner: partner.clone(),
            access: Some(access),
            ended: None,
            assignment: Assignment { in_charge: Some(actor.person.id.clone()), assigned: Vec::new() },
        }],
        purchased: Vec::new(),
        blocked: Vec::new(),
        trials: vec![trial.clone()],
    };
    Ok(Change {
        deed: Deed::Started,
        at: context.now,
        by: Some(actor.person.id.clone()),
        trial: Some(trial.id),
        parts: between(None, &organisation),
        mails: Vec::new(),
    })
}

/// Adds a trial to a customer that the partner manages: it needs full administrator
/// access (A1), each service is offered as in X4 (A2), no consent is asked, and day S
/// is today (A3).
pub(super) fn add(scene: &mut Scene<'_>, ordered: Ordered, id: TrialId) -> Result<(Deed, Option<TrialId>), Refusal> {
    let actor = scene.actor()?;
    may(Right::StartTrial, actor).require()?;
    let refused = Refusal::new(RuleId::P3, Because::OnlyForPartners, Remedy::AskSalesAdministrator);
    let partner = actor.partner().ok_or(refused)?.clone();
    let before = scene.before;
    if before.closed.is_some() {
        return Err(Refusal::new(RuleId::L3, Because::OrganisationClosed, Remedy::StartNewTrial));
    }
    sees(before, actor)?;
    if level(before, &partner)? != AccessLevel::FullAdministrator {
        return Err(Refusal::new(RuleId::A1, Because::ProvisioningAccessOnly, Remedy::SendRequest));
    }
    let answerable = |trial: &&Trial| matches!(trial.phase, Phase::Pending { answer_by } if scene.today() <= answer_by);
    let mut own = before.trials.iter().filter(|trial| trial.partner == partner);
    if own.any(|trial| answerable(&trial)) {
        // The request that is open leads the way (L12).
        cell(Row::AddAnother, State::Pending)?;
    }
    all_offered(before, &ordered.offer.services(), &partner, scene.context.now)?;
    let plan = plan(&ordered, before.region, scene.today(), false);
    let trial = started(&plan, &ordered, id, before.id.clone(), partner, scene.context.now);
    let id = trial.id.clone();
    scene.next.trials.push(trial);
    Ok((Deed::Added, Some(id)))
}

/// Every service can be offered (X4).
///
/// # Errors
/// The refusal of the first that cannot.
pub(super) fn all_offered(
    organisation: &Organisation,
    services: &[Service],
    partner: &PartnerId,
    now: Instant,
) -> Result<(), Refusal> {
    services.iter().try_for_each(|service| offered(organisation, *service, partner, None, now).require())
}

/// A trial that starts as planned.
fn started(
    plan: &Plan,
    ordered: &Ordered,
    id: TrialId,
    organisation: OrganisationId,
    partner: PartnerId,
    now: Instant,
) -> Trial {
    Trial {
        phase: Phase::Started { start: plan.start, end: plan.end },
        started: Some(now),
        provisioning: steps(&plan.offer.services()),
        shipments: plan.shipments.clone(),
        mails: plan.mails.clone(),
        ..blank(ordered, id, organisation, partner)
    }
}

/// A step of provisioning for each service, none of them done (N17).
pub(super) fn steps(services: &[Service]) -> Vec<ProvisioningStep> {
    let step =
        |service: &Service| ProvisioningStep { service: *service, state: Provisioning::Waiting, why: String::new() };
    services.iter().map(step).collect()
}

/// A trial with what was ordered, and nothing done yet.
pub(super) fn blank(ordered: &Ordered, id: TrialId, organisation: OrganisationId, partner: PartnerId) -> Trial {
    Trial {
        id,
        organisation,
        partner,
        offer: ordered.offer.clone(),
        duration: ordered.duration,
        phase: Phase::Pending { answer_by: crate::clock::Day::of(Instant::default()) },
        started: None,
        provisioning: Vec::new(),
        was_set_up: false,
        shipments: Vec::new(),
        ship_to: ordered.ship_to.clone(),
        mails: Vec::new(),
        noticed: Vec::new(),
        request: None,
        set_up: SetUp::default(),
        interest: None,
        handed_over: None,
        conversion: None,
        cancellation: None,
        numbers_until: None,
        settled: false,
    }
}
