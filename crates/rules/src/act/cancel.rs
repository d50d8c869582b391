//! Cancelling, and undoing it within 5 minutes (K, X13).

use super::scene::{About, Scene, end_of_trial};
use crate::change::{Deed, MailKey};
use crate::eligibility::undo_until;
use crate::ids::TrialId;
use crate::notice::{MailKind, Recipients};
use crate::trial::{Cancellation, Phase, Provisioning, State};
use crate::verdict::{Because, Refusal, Remedy, RuleId};

/// Cancels. What had not started leaves the list at once and for good (X13). A trial
/// that runs or is in grace stops at once, and what cannot be taken back waits for 5
/// minutes (K2).
pub(super) fn cancel(scene: &mut Scene<'_>, id: &TrialId) -> Result<Deed, Refusal> {
    let (today, now) = (scene.today(), scene.context.now);
    let by = Some(scene.actor()?.person.id.clone());
    let state = scene.trial(id)?.state(today);
    let started = !matches!(state, State::Pending | State::Awaiting);
    let trial = scene.trial_mut(id)?;
    let cancellation = Cancellation { by, at: now, before: trial.phase };
    let held_until = started.then(|| undo_until(&cancellation));
    trial.cancellation = Some(cancellation);
    trial.phase = Phase::Cancelled { on: today, started };
    if started {
        for step in trial.provisioning.iter_mut().filter(|step| !matches!(step.state, Provisioning::Done(_))) {
            step.state = Provisioning::Stopped;
        }
    }
    let trial = trial.clone();
    for group in told(state) {
        scene.mail(MailKind::Cancelled, MailKey::Act, *group, &trial, About { held_until, ..About::default() });
    }
    if !started {
        end_of_trial(scene, id, today)?;
    }
    Ok(Deed::Cancelled)
}

/// Who is told that a trial was cancelled which had that state (K2).
pub(crate) fn told(state: State) -> &'static [Recipients] {
    match state {
        // Nobody has accepted it: it is the partner's own matter (X13).
        State::Pending => &[],
        State::Awaiting => &[Recipients::CustomerAdministrators, Recipients::PartnerAdministrators],
        _ => &[Recipients::CustomerAdministrators, Recipients::PartnerAdministrators, Recipients::Users],
    }
}

/// Undoes a cancelling: the trial takes the state that its dates give (K2).
pub(super) fn undo(scene: &mut Scene<'_>, id: &TrialId) -> Result<Deed, Refusal> {
    let trial = scene.trial_mut(id)?;
    let over = Refusal::new(RuleId::K2, Because::UndoOver, Remedy::StartNewTrial);
    let cancellation = trial.cancellation.take().ok_or(over)?;
    trial.phase = cancellation.before;
    for step in trial.provisioning.iter_mut().filter(|step| step.state == Provisioning::Stopped) {
        step.state = Provisioning::Waiting;
    }
    Ok(Deed::Undone)
}
