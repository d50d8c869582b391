//! Asking an existing organisation: sending a request, and sending it again (X3, X13).

use super::Ask;
use super::may::sees;
use super::scene::{About, Scene};
use super::start::{all_offered, blank};
use super::table::{Row, cell};
use crate::change::{Deed, MailKey};
use crate::clock::Instant;
use crate::consent::{Recipient, Request, Sending, answer_by, may_ask, recipients, unfit_words, waited, words_are_fit};
use crate::device::Shipment;
use crate::ids::TrialId;
use crate::notice::{MailKind, Recipients};
use crate::organisation::{AccessLevel, Management, Organisation};
use crate::people::{Assignment, Right, may};
use crate::trial::{Phase, State, Trial, ends_on};
use crate::verdict::{Because, Refusal, Remedy, RuleId};

/// Sends a request: the organisation's own facts count (X2), each service is offered
/// as in X4, and there is one open request for each partner (X14).
pub(super) fn ask(scene: &mut Scene<'_>, ask: Ask) -> Result<(Deed, Option<TrialId>), Refusal> {
    let actor = scene.actor()?;
    may(Right::StartTrial, actor).require()?;
    let refused = Refusal::new(RuleId::P3, Because::OnlyForPartners, Remedy::AskSalesAdministrator);
    let partner = actor.partner().ok_or(refused)?.clone();
    let (before, today) = (scene.before, scene.today());
    may_ask(before, &partner, today).require()?;
    if let Some(management) = before.management(&partner) {
        // Who asks has to see the answer: colleagues look after this customer (X1, P2).
        sees(before, actor)?;
        // With full administrator access a trial is added, and nobody is asked (X1).
        if management.access.as_ref().is_some_and(|access| access.level == AccessLevel::FullAdministrator) {
            return Err(Refusal::new(RuleId::X1, Because::HasThatAccess, Remedy::Add));
        }
    }
    if before.country.country().available == crate::region::Availability::No {
        return Err(Refusal::new(RuleId::X2, Because::NotOfferedInCountry, Remedy::Nothing));
    }
    if before.member_of_address(&ask.typed_email).is_none() {
        // The address is what led here; meanwhile it may be nobody's any more (X1, N2).
        return Err(Refusal::new(RuleId::X1, Because::NoSuchPerson, Remedy::Correct));
    }
    if !words_are_fit(&ask.words) {
        return Err(unfit_words(&ask.words, RuleId::X1));
    }
    waited(before, &partner, None, scene.context.now)?;
    all_offered(before, &ask.ordered.offer.services(), &partner, scene.context.now)?;

    let Ask { ordered, trial, typed_company, typed_email, asks_full_access, words, phrase, attestation } = ask;
    let end = ends_on(today, ordered.duration);
    let shipments = ordered.ship.iter().map(|(device, count)| Shipment::order(*device, *count, today, end)).collect();
    let request = Request {
        by: actor.person.id.clone(),
        by_name: actor.person.name.clone(),
        typed_company,
        typed_email,
        asked: ordered.offer.clone(),
        asks_full_access,
        words,
        phrase,
        attestation,
        sendings: Vec::new(),
        answer: None,
    };
    let trial = Trial {
        phase: Phase::Pending { answer_by: answer_by(today) },
        shipments,
        request: Some(request),
        ..blank(&ordered, trial, before.id.clone(), partner.clone())
    };
    let id = trial.id.clone();
    scene.next.trials.push(trial);
    if scene.next.management(&partner).is_none() {
        // Who asks first is in charge (P9).
        let assignment = Assignment { in_charge: Some(actor.person.id.clone()), assigned: Vec::new() };
        scene.next.partners.push(Management { partner, access: None, ended: None, assignment });
    }
    send(scene, &id)?;
    Ok((Deed::Requested, Some(id)))
}

/// Sends the consent mail again, to recipients computed anew. The last day to answer
/// stays as it is (X11, X13).
pub(super) fn resend(scene: &mut Scene<'_>, id: &TrialId) -> Result<Deed, Refusal> {
    let trial = scene.trial(id)?;
    if let Phase::Pending { answer_by } = trial.phase
        && scene.today() > answer_by
    {
        // It has lapsed, whether or not that was noted yet (X11).
        cell(Row::Resend, State::Lapsed)?;
    }
    send(scene, id)?;
    Ok(Deed::Resent)
}

/// Whether nothing but the state is in the way of another sending: what its button shows
/// (X13).
pub(super) fn may_resend(organisation: &Organisation, trial: &Trial, now: Instant) -> Result<(), Refusal> {
    if organisation.closed.is_some() {
        // Nobody is left who could answer, and the address is nobody's any more (L3).
        return Err(Refusal::new(RuleId::L3, Because::OrganisationClosed, Remedy::StartNewTrial));
    }
    waited(organisation, &trial.partner, Some(&trial.id), now)
}

fn send(scene: &mut Scene<'_>, id: &TrialId) -> Result<(), Refusal> {
    let (by, at) = (scene.actor()?.person.id.clone(), scene.context.now);
    let before = scene.before;
    let trial = scene.trial_mut(id)?;
    let missing = Refusal::new(RuleId::X13, Because::WrongState, Remedy::SendRequest);
    let request = trial.request.as_mut().ok_or(missing)?;
    let to = recipients(before, &request.typed_email);
    let recipients = to.into_iter().map(|email| Recipient { email, opened: None }).collect();
    request.sendings.push(Sending { at, by, recipients });
    let number = u32::try_from(request.sendings.len()).unwrap_or(u32::MAX);
    let trial = trial.clone();
    scene.mail(MailKind::Consent, MailKey::Sending(number), Recipients::Asked, &trial, About::default());
    Ok(())
}
