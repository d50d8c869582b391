//! Shipments: what the partner and the customer ask, and what the trials team does (D).

use super::ShipmentAct;
use super::may_ship::{ShipmentActName, may_ship, missing};
use super::scene::{About, Scene};
use crate::change::{Deed, MailKey};
use crate::clock::Day;
use crate::consent::{unfit_words, words_are_fit};
use crate::device::{
    CheckIn, DeviceOutcome, DeviceRequest, DeviceType, Shipment, ShipmentState, WRONG_MAX, is_serial, serial,
};
use crate::ids::TrialId;
use crate::notice::{MailKind, Recipients};
use crate::trial::Trial;
use crate::verdict::{Because, Refusal, Remedy, RuleId};

/// Does something with the shipment of a type.
pub(super) fn act(scene: &mut Scene<'_>, id: &TrialId, device: DeviceType, act: ShipmentAct) -> Result<Deed, Refusal> {
    let before = scene.trial(id)?;
    may_ship(ShipmentActName::of(&act), scene.before, before, device, scene.context)?;
    let today = scene.today();
    let shipment = before.shipment(device).ok_or(missing())?;
    let mut next = shipment.clone();
    let deed = match act {
        ShipmentAct::Cancel => {
            next.state = ShipmentState::Cancelled;
            Deed::ShipmentCancelled
        }
        ShipmentAct::AskExtension { days, reason } => {
            within_limit(shipment, days)?;
            let reason = reason_given(&reason, RuleId::D7)?;
            next.extension = Some(DeviceRequest { days, reason, by: scene.actor()?.person.id.clone(), on: today });
            Deed::DeviceExtensionAsked
        }
        ShipmentAct::AskLabel => {
            next.label_asked = Some(today);
            Deed::ReturnLabelAsked
        }
        ShipmentAct::Send { serials, demo_order_number, end } => {
            let end = end.unwrap_or(shipment.end);
            if let Some(refusal) = wrong_to_send(shipment, today, &serials, &demo_order_number, end).into_iter().next()
            {
                return Err(refusal);
            }
            next.serials = as_kept(&serials);
            let number = demo_order_number.trim();
            next.demo_order_number = Some(number.to_owned());
            next.end = end;
            next.state = ShipmentState::Sent;
            Deed::ShipmentSent
        }
        ShipmentAct::DecideExtension { approved, reason } => {
            decide_extension(&mut next, approved, &reason, today)?;
            Deed::DeviceExtensionDecided
        }
        ShipmentAct::SendLabel => {
            next.label_asked = None;
            Deed::ReturnLabelSent
        }
        ShipmentAct::CheckIn { serials } => {
            fit(serials.iter().map(|each| serial(each)).filter(|each| !each.is_empty()))?;
            let elsewhere = elsewhere(before, device);
            next.take_back(shipment.check_in(&serials, &elsewhere), scene.context.now);
            if next.wrong.len() > WRONG_MAX {
                return Err(unfit());
            }
            Deed::DevicesCheckedIn
        }
        ShipmentAct::WriteOff { reason } => {
            next.written_off = Some(reason_given(&reason, RuleId::D8)?);
            next.state = ShipmentState::WrittenOff;
            Deed::ShipmentWrittenOff
        }
    };
    if next.state != ShipmentState::Ordered && !next.state.is_out() {
        // It is done with, and so are the wishes about it: nobody would find them to decide.
        next.answer_extension(DeviceOutcome::Closed, None, today);
        next.label_asked = None;
    }
    store(scene, id, next)?;
    mails(scene, id, device, deed)?;
    Ok(deed)
}

/// The days are added to the device end, never beyond 120 days after the device start (D7).
fn within_limit(shipment: &Shipment, days: u32) -> Result<(), Refusal> {
    let left = shipment.days_to_add();
    match (1..=left).contains(&days) {
        true => Ok(()),
        false => Err(Refusal::new(RuleId::D7, Because::DeviceLimit, Remedy::Correct).count(left)),
    }
}

/// Checked again when it is approved (D7).
fn decide_extension(next: &mut Shipment, approved: bool, reason: &str, today: Day) -> Result<(), Refusal> {
    let days = next.extension.as_ref().map_or(0, |open| open.days);
    if approved {
        within_limit(next, days)?;
    }
    let reason = match approved && reason.trim().is_empty() {
        true => None,
        false => Some(reason_given(reason, RuleId::D7)?),
    };
    if approved {
        next.end = next.end.plus(days);
        next.count_overdue_anew(today);
    }
    let outcome = if approved { DeviceOutcome::Approved } else { DeviceOutcome::Refused };
    next.answer_extension(outcome, reason, today);
    Ok(())
}

/// All that is wrong with what would be sent on a day, a refusal for each field at most: so that a form
/// can mark every one of them, and sending is refused for the first (D6, D9, N7).
pub fn wrong_to_send(
    shipment: &Shipment,
    today: Day,
    serials: &[String],
    demo_order_number: &str,
    end: Day,
) -> Vec<Refusal> {
    let latest = shipment.latest_end();
    let end = (end > latest || end < today)
        .then(|| Refusal::new(RuleId::D6, Because::DeviceLimit, Remedy::Correct).from(latest));
    let serials = distinct(&as_kept(serials), shipment.count).err();
    let number = (!super::convert::is_order_number(demo_order_number.trim()))
        .then(|| Refusal::new(RuleId::D6, Because::NotAnOrderNumber, Remedy::Correct));
    [end, serials, number].into_iter().flatten().collect()
}

/// Serial numbers as they are kept; what is empty is none.
fn as_kept(typed: &[String]) -> Vec<String> {
    typed.iter().map(|each| serial(each)).filter(|each| !each.is_empty()).collect()
}

/// One serial number for each device, each one once (D6).
fn distinct(serials: &[String], count: u32) -> Result<(), Refusal> {
    fit(serials.iter())?;
    let different: std::collections::BTreeSet<&String> = serials.iter().collect();
    match u32::try_from(serials.len()) == Ok(count) && different.len() == serials.len() {
        true => Ok(()),
        false => Err(Refusal::new(RuleId::D6, Because::SerialsWrong, Remedy::Correct).count(count)),
    }
}

/// Every one can be a serial number (D9).
fn fit(mut serials: impl Iterator<Item = impl AsRef<str>>) -> Result<(), Refusal> {
    if serials.all(|serial| is_serial(serial.as_ref())) { Ok(()) } else { Err(unfit()) }
}

fn unfit() -> Refusal {
    Refusal::new(RuleId::D9, Because::SerialsUnfit, Remedy::Correct)
}

/// A reason, as it is kept.
fn reason_given(reason: &str, rule: RuleId) -> Result<String, Refusal> {
    let reason = reason.trim();
    match (reason.is_empty(), words_are_fit(reason)) {
        (true, _) => Err(Refusal::new(rule, Because::ReasonMissing, Remedy::Correct)),
        (_, false) => Err(unfit_words(reason, rule)),
        (false, true) => Ok(reason.to_owned()),
    }
}

/// Holds serial numbers that came back against those of the trial (D9).
pub fn check_in(trial: &Trial, device: DeviceType, typed: &[String]) -> CheckIn {
    trial.shipment(device).map(|shipment| shipment.check_in(typed, &elsewhere(trial, device))).unwrap_or_default()
}

/// The serial numbers of the trial's other shipments.
fn elsewhere(trial: &Trial, device: DeviceType) -> Vec<String> {
    let others = trial.shipments.iter().filter(|shipment| shipment.device != device);
    others.flat_map(|shipment| shipment.serials.clone()).collect()
}

fn store(scene: &mut Scene<'_>, id: &TrialId, next: Shipment) -> Result<(), Refusal> {
    let trial = scene.trial_mut(id)?;
    for shipment in trial.shipments.iter_mut().filter(|shipment| shipment.device == next.device) {
        *shipment = next.clone();
    }
    trial.drop_idle_agreements();
    Ok(())
}

fn mails(scene: &mut Scene<'_>, id: &TrialId, device: DeviceType, deed: Deed) -> Result<(), Refusal> {
    let trial = scene.trial_mut(id)?.clone();
    let both = [Recipients::CustomerAdministrators, Recipients::PartnerAdministrators];
    let (kind, groups): (MailKind, &[Recipients]) = match deed {
        Deed::ShipmentSent => (MailKind::LicenceAgreement, &both),
        Deed::DeviceExtensionAsked => (MailKind::DeviceExtension, &[Recipients::TrialsTeam]),
        Deed::DeviceExtensionDecided => (MailKind::DeviceExtensionDecided, &both[1..]),
        _ => return Ok(()),
    };
    for group in groups {
        let about = About { device: Some(device), ..About::default() };
        scene.mail(kind, MailKey::Act, *group, &trial, about);
    }
    Ok(())
}
