//! Opening and answering a request (X7, X9).

use super::scene::Scene;
use crate::change::Deed;
use crate::consent::{Answer, Answered, DeclineReason, unfit_words, words_are_fit};
use crate::eligibility::offered;
use crate::ids::TrialId;
use crate::notice::{MailKind, Recipients};
use crate::organisation::{Access, AccessLevel, Block};
use crate::people::Language;
use crate::service::Service;
use crate::trial::{Phase, State};
use crate::verdict::{Because, Refusal, Remedy, RuleId};

/// Who hears of an answer at once: the sender, the partner's people, and all full
/// administrators (X9).
const TOLD: [Recipients; 2] = [Recipients::PartnerAdministrators, Recipients::FullAdministrators];

/// Notes that a recipient opened the request, signed in. Nothing else changes (X7).
pub(super) fn open(scene: &mut Scene<'_>, id: &TrialId) -> Result<Deed, Refusal> {
    let (actor, at) = (scene.actor()?, scene.context.now);
    let not_theirs = Refusal::new(RuleId::X7, Because::NotForThem, Remedy::Nothing);
    if actor.person.of_customer().is_none_or(|(organisation, _)| *organisation != scene.before.id) {
        return Err(not_theirs);
    }
    let request = scene.trial_mut(id)?.request.as_mut().ok_or(not_theirs)?;
    let recipients = request.sendings.iter_mut().flat_map(|sending| &mut sending.recipients);
    for recipient in recipients.filter(|each| each.email.eq_ignore_ascii_case(&actor.person.email)) {
        recipient.opened.get_or_insert(at);
    }
    Ok(Deed::Opened)
}

/// Answers a request.
pub(super) fn answer(
    scene: &mut Scene<'_>,
    id: &TrialId,
    answered: Answered,
    language: Language,
) -> Result<Deed, Refusal> {
    let (actor, today, now) = (scene.actor()?, scene.today(), scene.context.now);
    let before = scene.trial(id)?;
    if let Phase::Pending { answer_by } = before.phase
        && today > answer_by
    {
        return Err(Refusal::new(RuleId::X11, Because::RequestOver, Remedy::Nothing).state(State::Lapsed));
    }
    match &answered {
        Answered::Accepted { full_access, services } => {
            acceptable(scene, id, services)?;
            let (full_access, partner) = (*full_access, before.partner.clone());
            let trial = scene.trial_mut(id)?;
            trial.offer = trial.offer.only(services);
            let shipped = trial.offer.has(Service::Devices);
            trial.shipments.retain(|_| shipped);
            trial.phase = Phase::Awaiting { since: today };
            let granted = if full_access { AccessLevel::FullAdministrator } else { AccessLevel::Provisioning };
            for management in scene.next.partners.iter_mut().filter(|each| each.partner == partner) {
                management.ended = None;
                let access = management.access.get_or_insert(Access {
                    level: granted,
                    since: today,
                    by_request: true,
                    last_used: None,
                });
                // Accepting one request takes away nothing that another one gave.
                if granted == AccessLevel::FullAdministrator {
                    access.level = granted;
                }
            }
        }
        Answered::Declined { reason, note } => {
            let missing = *reason == DeclineReason::Other && note.trim().is_empty();
            if missing {
                return Err(Refusal::new(RuleId::X9, Because::ReasonMissing, Remedy::Correct));
            }
            if !words_are_fit(note) {
                return Err(unfit_words(note, RuleId::X9));
            }
            scene.trial_mut(id)?.phase = Phase::Declined { on: today };
            if *reason == DeclineReason::UnknownPartner {
                scene.next.blocked.push(Block { partner: before.partner.clone(), since: today });
            }
        }
    }
    let (kind, deed) = match &answered {
        Answered::Accepted { .. } => (MailKind::Accepted, Deed::Accepted),
        Answered::Declined { .. } => (MailKind::Declined, Deed::Declined),
    };
    let trial = scene.trial_mut(id)?;
    if let Some(request) = &mut trial.request {
        let by_name = actor.person.name.clone();
        request.answer = Some(Answer { by: actor.person.id.clone(), by_name, at: now, language, what: answered });
    }
    let trial = trial.clone();
    let sender = trial.request.as_ref().map(|request| request.by.clone());
    let people = scene.context.facts.people(&trial.partner);
    let sender = people.iter().find(|person| Some(&person.id) == sender.as_ref());
    let sender = sender.map(super::scene::Addressee::of_person).into_iter().collect();
    scene.mail_to(kind, &crate::change::MailKey::Act, TOLD[0], sender, super::scene::About::default());
    scene.mail_act(kind, &TOLD, &trial);
    Ok(deed)
}

/// Whether the request can be accepted with these services: its partner is certified
/// (X20), each was asked for, and each can still be offered (X4).
fn acceptable(scene: &Scene<'_>, id: &TrialId, services: &std::collections::BTreeSet<Service>) -> Result<(), Refusal> {
    let trial = scene.trial(id)?;
    let certified = scene.context.facts.partners.get(&trial.partner).is_some_and(|facts| facts.partner.certified);
    if !certified {
        return Err(Refusal::new(RuleId::X20, Because::AskingPartnerNotCertified, Remedy::Wait));
    }
    if services.is_empty() || services.iter().any(|service| !trial.offer.has(*service)) {
        return Err(Refusal::new(RuleId::X9, Because::NotAsked, Remedy::ChooseOther));
    }
    let verdict = |service| offered(scene.before, service, &trial.partner, Some(id), scene.context.now);
    if trial.offer.services().into_iter().all(|service| !verdict(service).is_allowed()) {
        return Err(Refusal::new(RuleId::X4, Because::NoServiceLeft, Remedy::Decline));
    }
    services.iter().try_for_each(|service| verdict(*service).require())
}
