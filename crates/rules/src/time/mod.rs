//! What time alone brings (L, X11, X18, D8): planned as instants, played in order,
//! each as of its own day, so that a jump gives the same as single steps (L13).

use crate::act::{Context, Facts, Scene, end_of_trial};
use crate::change::{Change, Deed, MailKey, evolve};
use crate::clock::{Day, Instant};
use crate::consent::{SET_UP_DAYS, SET_UP_REMINDERS};
use crate::device::DeviceType;
use crate::eligibility::undo_until;
use crate::ids::TrialId;
use crate::notice::{Due, MailKind, PlannedMail, Recipients};
use crate::organisation::Organisation;
use crate::trial::{Cancellation, Phase, SETTING_UP_HOURS, Trial, closes_on};
use crate::verdict::Refusal;

/// Something that time alone will bring. When several fall on one instant, they
/// happen in the order of this type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    /// A cancelling can be undone no more; its effects follow (K2).
    Settle,
    /// The welcome mail goes: every service is done, or 24 hours have passed (N17).
    Welcome,
    /// A planned mail falls due (L4, L5, A3, X12).
    Mail(PlannedMail),
    /// A request lapses (X11).
    Lapse,
    /// An accepted trial that nobody sets up is brought to mind, for the first or the
    /// second time (X18).
    Remind(usize),
    /// It is cancelled by the system (X18).
    SetUpOver,
    /// The trial closes (L3).
    Close,
    /// Phone numbers are released (L3).
    Release,
    /// Devices are overdue, once a week (D8).
    Overdue(DeviceType),
}

/// When time alone will change an organisation next; `None` when it never will as
/// things stand.
pub fn next_due(organisation: &Organisation) -> Option<Instant> {
    next_event(organisation).map(|(at, ..)| at)
}

/// Plays everything that time brings up to an instant, in order.
pub fn pass(organisation: &Organisation, until: Instant, facts: &Facts) -> Vec<Change> {
    let mut changes = Vec::new();
    // Most organisations have nothing due, and are not copied.
    if next_due(organisation).is_none_or(|at| at > until) {
        return changes;
    }
    let mut now = organisation.clone();
    while let Some((at, id, event)) = next_event(&now).filter(|(at, ..)| *at <= until) {
        let context = Context { actor: None, now: at, facts };
        let Ok(change) = happen(&now, &id, event, context) else { break };
        let Some(next) = evolve(Some(now.clone()), &change) else { break };
        // An event that changes nothing would come again for ever.
        if next == now {
            break;
        }
        changes.push(change);
        now = next;
    }
    changes
}

/// The organisation after all that time has brought up to an instant, for those who
/// only look at it.
pub fn passed(organisation: &Organisation, until: Instant, facts: &Facts) -> Organisation {
    let changes = pass(organisation, until, facts);
    changes.iter().fold(organisation.clone(), |now, change| evolve(Some(now.clone()), change).unwrap_or(now))
}

fn next_event(organisation: &Organisation) -> Option<(Instant, TrialId, Event)> {
    let of_trial = |trial: &Trial| events(trial).into_iter().min().map(|(at, event)| (at, trial.id.clone(), event));
    // What was planned for earlier happens now, but never before what led to it.
    let next = organisation
        .trials
        .iter()
        .filter_map(of_trial)
        .min_by(|one, other| (one.0, &one.2, &one.1).cmp(&(other.0, &other.2, &other.1)));
    next.map(|(at, id, event)| (at.max(organisation.changed), id, event))
}

/// What time will bring to a trial as things stand.
fn events(trial: &Trial) -> Vec<(Instant, Event)> {
    let mut events = Vec::new();
    let mut on = |day: Day, event| events.push((day.begin(), event));
    match trial.phase {
        Phase::Pending { answer_by } => on(answer_by.plus(1), Event::Lapse),
        Phase::Awaiting { since } => {
            if let Some(days) = SET_UP_REMINDERS.get(reminded(trial)) {
                on(since.plus(*days), Event::Remind(reminded(trial)));
            }
            on(since.plus(SET_UP_DAYS + 1), Event::SetUpOver);
        }
        Phase::Started { end, .. } if !trial.settled => {
            on(closes_on(end), Event::Close);
            planned(trial, &mut on);
        }
        // Its notices are dropped, and what else was planned still goes (C4).
        Phase::Converted { .. } => planned(trial, &mut on),
        Phase::Started { .. } | Phase::Cancelled { .. } | Phase::Declined { .. } | Phase::Lapsed { .. } => {}
    }
    if let Some(day) = trial.numbers_until {
        on(day, Event::Release);
    }
    for shipment in &trial.shipments {
        if let Some(day) = shipment.next_overdue_mail() {
            on(day, Event::Overdue(shipment.device));
        }
    }
    if matches!(trial.phase, Phase::Started { .. } | Phase::Converted { .. })
        && let Some(started) = trial.started
        && trial.mails.iter().any(|mail| mail.kind == MailKind::Welcome)
    {
        let late = started + chrono::TimeDelta::hours(SETTING_UP_HOURS);
        events.push((if trial.was_set_up { started } else { late }, Event::Welcome));
    }
    if let Some(cancellation) = trial.cancellation.as_ref().filter(|_| !trial.settled) {
        events.push((undo_until(cancellation), Event::Settle));
    }
    events
}

/// The mails of a trial that wait for a day. That the users no longer have access is told
/// by the closing itself (L7).
fn planned(trial: &Trial, on: &mut impl FnMut(Day, Event)) {
    for mail in trial.mails.iter().filter(|mail| mail.kind != MailKind::AccessOver) {
        if let Due::On(day) = mail.due {
            on(day, Event::Mail(*mail));
        }
    }
}

/// How many reminders of the set-up went out (X18).
fn reminded(trial: &Trial) -> usize {
    trial.noticed.iter().filter(|(kind, _)| *kind == MailKind::SetUpReminder).count()
}

fn happen(before: &Organisation, id: &TrialId, event: Event, context: Context<'_>) -> Result<Change, Refusal> {
    let mut scene = Scene::new(before, context);
    let today = context.today();
    let trial = scene.trial(id)?;
    let both = [Recipients::CustomerAdministrators, Recipients::PartnerAdministrators];
    let deed = match event {
        Event::Mail(planned) => {
            let key = match trial.end() {
                Some(end) if planned.kind.is_notice() => MailKey::Notice { end },
                _ => MailKey::Act,
            };
            scene.mail(planned.kind, key, planned.to, trial, Default::default());
            let end = trial.end();
            let trial = scene.trial_mut(id)?;
            trial.mails.retain(|mail| *mail != planned);
            noticed(trial, planned.kind, end.filter(|_| planned.kind.is_notice()));
            Deed::Noticed
        }
        Event::Welcome => {
            scene.mail_act(MailKind::Welcome, &[Recipients::FirstAdministrator], trial);
            scene.trial_mut(id)?.mails.retain(|mail| mail.kind != MailKind::Welcome);
            Deed::Welcomed
        }
        Event::Lapse => {
            scene.trial_mut(id)?.phase = Phase::Lapsed { on: today };
            Deed::Lapsed
        }
        Event::Remind(number) => {
            let key = MailKey::Sending(u32::try_from(number).unwrap_or(u32::MAX));
            for group in both {
                scene.mail(MailKind::SetUpReminder, key.clone(), group, trial, Default::default());
            }
            scene.trial_mut(id)?.noticed.push((MailKind::SetUpReminder, today));
            Deed::Reminded
        }
        Event::SetUpOver => {
            scene.mail_act(MailKind::SetUpOver, &both, trial);
            let at = context.now;
            let trial = scene.trial_mut(id)?;
            trial.cancellation = Some(Cancellation { by: None, at, before: trial.phase });
            trial.phase = Phase::Cancelled { on: today, started: false };
            end_of_trial(&mut scene, id, today)?;
            Deed::SetUpLapsed
        }
        Event::Close => {
            let end = trial.end().unwrap_or(today);
            // To whoever uses it on that day, before the services go (L7).
            let over = MailKey::Notice { end };
            scene.mail(MailKind::AccessOver, over, Recipients::Users, trial, Default::default());
            end_of_trial(&mut scene, id, closes_on(end))?;
            noticed(scene.trial_mut(id)?, MailKind::AccessOver, Some(end));
            Deed::Closed
        }
        Event::Settle => {
            let on = trial.cancellation.as_ref().map_or(today, |cancellation| Day::of(cancellation.at));
            for shipment in &mut scene.trial_mut(id)?.shipments {
                shipment.end = shipment.end.min(on);
            }
            end_of_trial(&mut scene, id, on)?;
            Deed::CancelSettled
        }
        Event::Release => {
            scene.trial_mut(id)?.numbers_until = None;
            Deed::NumbersReleased
        }
        Event::Overdue(device) => {
            let trial = scene.trial_mut(id)?;
            let Some(shipment) = trial.shipments.iter_mut().find(|shipment| shipment.device == device) else {
                return Ok(scene.change(Deed::OverdueMailed, Some(id.clone())));
            };
            shipment.overdue_mails += 1;
            let key = MailKey::Overdue(device, shipment.overdue_mails);
            let trial = trial.clone();
            let about = crate::act::About { device: Some(device), ..Default::default() };
            for group in both {
                scene.mail(MailKind::ReturnOverdue, key.clone(), group, &trial, about);
            }
            Deed::OverdueMailed
        }
    };
    Ok(scene.change(deed, Some(id.clone())))
}

/// Remembers that a notice went out for an end (L8).
fn noticed(trial: &mut Trial, kind: MailKind, end: Option<Day>) {
    if let Some(end) = end.filter(|end| !trial.noticed.contains(&(kind, *end))) {
        trial.noticed.push((kind, end));
    }
}

#[cfg(test)]
mod tests;
