//! Who looks after a customer, and what partners may do there (P9, H3, H4).

use super::may::by_full_administrator;
use super::scene::{Scene, end_of_trial, level};
use super::table::{Row, cell};
use crate::change::Deed;
use crate::ids::{PartnerId, TrialId};
use crate::notice::{MailKind, Recipients};
use crate::organisation::{AccessLevel, EndedAccess, Organisation};
use crate::people::{Actor, Assignment, Right, may};
use crate::trial::{Cancellation, Phase, State};
use crate::verdict::{Because, Refusal, Remedy, RuleId, Verdict};

/// What these acts yield: the deed, and a trial where it is about one.
type Done = Result<(Deed, Option<TrialId>), Refusal>;

/// Whether somebody may say who looks after a customer: a sales full administrator, while the
/// organisation is there (P9, L3).
pub fn may_assign(organisation: &Organisation, actor: &Actor) -> Verdict {
    match (may(Right::Assign, actor), organisation.closed) {
        (Verdict::Allowed, Some(_)) => {
            Verdict::Blocked(Refusal::new(RuleId::L3, Because::OrganisationClosed, Remedy::StartNewTrial))
        }
        (verdict, _) => verdict,
    }
}

/// A sales full administrator says who is in charge and who is assigned (P9).
pub(super) fn assign(scene: &mut Scene<'_>, assignment: Assignment) -> Done {
    let actor = scene.actor()?;
    may_assign(scene.before, actor).require()?;
    let partner = actor.partner().cloned().unwrap_or_default();
    if scene.before.management(&partner).is_none() {
        return Err(Refusal::new(RuleId::P9, Because::NoAccess, Remedy::SeeCustomers));
    }
    let people = scene.context.facts.people(&partner);
    let wanted = assignment.in_charge.iter().chain(&assignment.assigned);
    for id in wanted {
        if !people.iter().any(|person| person.id == *id && person.is_sales()) {
            return Err(Refusal::new(RuleId::P9, Because::NotASalesAdministrator, Remedy::ChooseOther));
        }
    }
    for management in scene.next.partners.iter_mut().filter(|each| each.partner == partner) {
        management.assignment = assignment.clone();
    }
    Ok((Deed::Assigned, None))
}

/// A full administrator reduces or raises a partner's access (H3).
pub(super) fn set(scene: &mut Scene<'_>, partner: &PartnerId, wanted: AccessLevel) -> Done {
    by_full_administrator(scene.before, scene.actor()?)?;
    if level(scene.before, partner)? == wanted {
        return Err(Refusal::new(RuleId::H3, Because::HasThatAccess, Remedy::Nothing));
    }
    for management in scene.next.partners.iter_mut().filter(|each| each.partner == *partner) {
        if let Some(access) = &mut management.access {
            access.level = wanted;
        }
    }
    Ok((Deed::AccessChanged, None))
}

/// A full administrator removes a partner's access: a trial that awaits its set-up is
/// cancelled, one that runs goes on to its end without the partner (H3).
pub(super) fn remove(scene: &mut Scene<'_>, partner: &PartnerId) -> Done {
    let actor = scene.actor()?;
    by_full_administrator(scene.before, actor)?;
    let (today, now) = (scene.today(), scene.context.now);
    let own = scene.before.trials.iter().filter(|trial| trial.partner == *partner);
    let (pending, others): (Vec<_>, Vec<_>) = own.partition(|trial| trial.state(today) == State::Pending);
    if scene.before.access(partner).is_none() {
        // A partner that only asks has nothing to be removed: the request is declined (L12).
        pending.iter().try_for_each(|trial| cell(Row::RemovePartner, trial.state(today)))?;
    }
    level(scene.before, partner)?;
    let awaiting: Vec<TrialId> =
        others.iter().filter(|trial| trial.state(today) == State::Awaiting).map(|trial| trial.id.clone()).collect();
    for management in scene.next.partners.iter_mut().filter(|each| each.partner == *partner) {
        management.access = None;
        management.ended = Some(EndedAccess { on: today, removed: true });
    }
    for id in &awaiting {
        let trial = scene.trial_mut(id)?;
        let by = Some(actor.person.id.clone());
        trial.cancellation = Some(Cancellation { by, at: now, before: trial.phase });
        trial.phase = Phase::Cancelled { on: today, started: false };
        let trial = trial.clone();
        scene.mail_act(MailKind::Cancelled, &[Recipients::PartnerAdministrators], &trial);
        end_of_trial(scene, id, today)?;
    }
    Ok((Deed::AccessRemoved, awaiting.into_iter().next()))
}

/// A full administrator lets a blocked partner ask again (H4).
pub(super) fn lift_block(scene: &mut Scene<'_>, partner: &PartnerId) -> Done {
    by_full_administrator(scene.before, scene.actor()?)?;
    if !scene.before.blocked.iter().any(|block| block.partner == *partner) {
        return Err(Refusal::new(RuleId::H4, Because::NotBlocked, Remedy::Nothing));
    }
    scene.next.blocked.retain(|block| block.partner != *partner);
    Ok((Deed::BlockLifted, None))
}
