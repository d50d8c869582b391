//! Provisioning by the backend, and the set-up by people (N17, U, X12).

use super::scene::{Scene, end_of_trial};
use super::start::steps;
use crate::change::Deed;
use crate::device::Shipment;
use crate::eligibility::offered;
use crate::ids::TrialId;
use crate::notice::{Due, MailKind, PlannedMail, Recipients, notices};
use crate::people::Language;
use crate::service::Service;
use crate::set_up::{CallingSetUp, SetUpOrder, TERMS_VERSION};
use crate::trial::{AcceptedTerms, Cancellation, Phase, Provisioning, State, Trial, agreement_mails, ends_on};
use crate::verdict::{Because, Refusal, Remedy, RuleId};

/// Minutes after which a service is tried again: growing, then once a day (N17).
const RETRY_MINUTES: [i64; 6] = [1, 5, 30, 2 * 60, 6 * 60, 24 * 60];

/// The customer's full administrator accepts the terms (U2).
pub(super) fn accept_terms(
    scene: &mut Scene<'_>,
    id: &TrialId,
    language: Language,
    version: u32,
) -> Result<Deed, Refusal> {
    if version != TERMS_VERSION {
        return Err(Refusal::new(RuleId::U2, Because::TermsChanged, Remedy::Correct));
    }
    let by = scene.actor()?.person.id.clone();
    scene.trial_mut(id)?.set_up.terms = Some(AcceptedTerms { by, at: scene.context.now, language, version });
    Ok(Deed::TermsAccepted)
}

/// Finishes the set-up. It starts a trial that awaited it (X12), and changes no date
/// and no status of any other (U3). The Meetings site and Calling are from now on as they
/// were typed; a site that is provisioned stays (U2).
pub(super) fn finish(scene: &mut Scene<'_>, id: &TrialId, order: SetUpOrder) -> Result<Deed, Refusal> {
    let (today, now) = (scene.today(), scene.context.now);
    configure(scene.trial_mut(id)?, order);
    let before = scene.trial(id)?;
    let who = (scene.actor()?.person.id.clone(), now);
    if before.state(today) != State::Awaiting {
        scene.trial_mut(id)?.set_up.finished = Some(who);
        return Ok(Deed::SetUpFinished);
    }

    // What cannot be offered any more is left out, and both sides are told (X4).
    let verdict = |service: &Service| offered(scene.before, *service, &before.partner, Some(id), now).is_allowed();
    let left: std::collections::BTreeSet<Service> = before.offer.services().into_iter().filter(verdict).collect();
    let both = [Recipients::CustomerAdministrators, Recipients::PartnerAdministrators];
    if left.is_empty() {
        let trial = scene.trial_mut(id)?;
        trial.cancellation = Some(Cancellation { by: None, at: now, before: trial.phase });
        trial.phase = Phase::Cancelled { on: today, started: false };
        let trial = trial.clone();
        scene.mail_act(MailKind::SetUpOver, &both, &trial);
        end_of_trial(scene, id, today)?;
        return Ok(Deed::SetUpLapsed);
    }
    let fewer = left.len() < before.offer.services().len();
    let trial = scene.trial_mut(id)?;
    trial.offer = trial.offer.only(&left);
    if trial.offer.calling.is_none() {
        trial.set_up.calling = CallingSetUp::default();
    }
    let end = ends_on(today, trial.duration);
    trial.phase = Phase::Started { start: today, end };
    trial.started = Some(now);
    trial.set_up.finished = Some(who);
    trial.provisioning = steps(&trial.offer.services());
    let shipped = left.contains(&Service::Devices);
    trial.shipments.retain(|_| shipped);
    for shipment in &mut trial.shipments {
        *shipment = Shipment::order(shipment.device, shipment.count, today, end);
    }
    let started = PlannedMail { due: Due::On(today), kind: MailKind::Started, to: Recipients::CustomerAdministrators };
    let agreement = agreement_mails(!trial.shipments.is_empty());
    trial.mails = std::iter::once(started).chain(agreement).chain(notices(today, end)).collect();
    let trial = trial.clone();
    if fewer {
        scene.mail_act(MailKind::LeftOut, &both, &trial);
    }
    Ok(Deed::SetUpFinished)
}

fn configure(trial: &mut Trial, order: SetUpOrder) {
    trial.set_up.calling = order.calling;
    let fixed = trial.site_is_fixed();
    let site = trial.offer.meetings.as_mut().and_then(|meetings| meetings.site.as_mut());
    if let (Some(site), Some(new), false) = (site, order.site, fixed) {
        *site = new;
    }
}

/// Notes how a step of provisioning went. One failed service never holds back the
/// others; it is tried again with growing waits (N17).
pub(super) fn provisioned(
    scene: &mut Scene<'_>,
    id: &TrialId,
    service: Service,
    outcome: Result<(), String>,
) -> Result<Deed, Refusal> {
    let now = scene.context.now;
    if scene.context.actor.is_some() {
        // Provisioning is the backend's work: nobody says how it went (N17).
        return Err(Refusal::new(RuleId::N17, Because::RoleChangesNothing, Remedy::Nothing));
    }
    let trial = scene.trial_mut(id)?;
    let nothing = Refusal::new(RuleId::N17, Because::NothingToRetry, Remedy::Nothing);
    let open = |state| matches!(state, Provisioning::Waiting | Provisioning::Failed { .. });
    let step = trial.provisioning.iter_mut().find(|step| step.service == service && open(step.state));
    let step = step.ok_or(nothing)?;
    let deed = match outcome {
        Ok(()) => {
            step.state = Provisioning::Done(now);
            step.why.clear();
            Deed::Provisioned
        }
        Err(why) => {
            let tried = match step.state {
                Provisioning::Failed { attempts, .. } => attempts,
                _ => 0,
            };
            let at = usize::try_from(tried).unwrap_or(usize::MAX).min(RETRY_MINUTES.len() - 1);
            let retry_at = now + chrono::TimeDelta::minutes(RETRY_MINUTES[at]);
            step.state = Provisioning::Failed { attempts: tried + 1, retry_at };
            step.why = why;
            Deed::ProvisioningFailed
        }
    };
    trial.note_set_up();
    Ok(deed)
}

/// A failed service is tried again now, by hand (N17).
pub(super) fn retry(scene: &mut Scene<'_>, id: &TrialId, service: Service) -> Result<Deed, Refusal> {
    let now = scene.context.now;
    let trial = scene.trial_mut(id)?;
    let nothing = Refusal::new(RuleId::N17, Because::NothingToRetry, Remedy::Nothing);
    let step = trial.provisioning.iter_mut().find(|step| step.service == service).ok_or(nothing)?;
    match step.state {
        Provisioning::Failed { attempts, .. } => {
            step.state = Provisioning::Failed { attempts, retry_at: now };
            Ok(Deed::ProvisioningRetried)
        }
        _ => Err(nothing),
    }
}
