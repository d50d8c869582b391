//! Shipments: what the partner and the customer ask, and what the trials team does (D).

use super::ShipmentAct;
use super::may::{by_administrator, by_partner, has_access};
use super::scene::{About, Scene};
use super::table::{Row, cell};
use crate::change::{Deed, MailKey};
use crate::consent::words_are_fit;
use crate::device::{CheckIn, DeviceRequest, DeviceType, Returned, Shipment, ShipmentState, serial};
use crate::ids::TrialId;
use crate::notice::{MailKind, Recipients};
use crate::people::{Right, Role, may};
use crate::region::Returns;
use crate::trial::{State, Trial};
use crate::verdict::{Because, Refusal, Remedy, RuleId};

/// Does something with the shipment of a type.
pub(super) fn act(scene: &mut Scene<'_>, id: &TrialId, device: DeviceType, act: ShipmentAct) -> Result<Deed, Refusal> {
    let before = scene.trial(id)?;
    may_act_on_shipment(scene, before, &act)?;
    let state = before.state(scene.today());
    if matches!(act, ShipmentAct::AskExtension { .. } | ShipmentAct::DecideExtension { .. }) {
        // A trial that is over keeps no devices longer, also while its cancelling can be undone.
        cell(Row::ExtendDevices, state)?;
    }
    if before.started.is_none() {
        // What a request asks for is planned only: it is ordered on the day S (D11).
        return Err(Refusal::new(RuleId::D11, Because::WrongState, Remedy::Nothing).state(state));
    }
    if let (ShipmentAct::Cancel | ShipmentAct::AskExtension { .. }, Some(_)) = (&act, scene.actor()?.partner()) {
        has_access(scene.before, before)?;
    }
    let missing = Refusal::new(RuleId::D4, Because::NoShipment, Remedy::Nothing);
    let shipment = before.shipment(device).ok_or(missing)?;
    let wrong_state = |rule| Refusal::new(rule, Because::ShipmentState, Remedy::Nothing);
    let mut next = shipment.clone();
    let deed = match act {
        ShipmentAct::Cancel => {
            if shipment.state != ShipmentState::Ordered {
                return Err(wrong_state(RuleId::D11));
            }
            next.state = ShipmentState::Cancelled;
            Deed::ShipmentCancelled
        }
        ShipmentAct::AskExtension { days, reason } => {
            ask_extension(scene, shipment, &mut next, days, reason)?;
            Deed::DeviceExtensionAsked
        }
        ShipmentAct::AskLabel => {
            ask_label(scene, before, &mut next)?;
            Deed::ReturnLabelAsked
        }
        ShipmentAct::Send { serials, demo_order_number, end } => {
            if shipment.state != ShipmentState::Ordered {
                return Err(wrong_state(RuleId::D11));
            }
            if state == State::Cancelled {
                // What is not sent is cancelled with the trial (K2).
                return Err(Refusal::new(RuleId::K2, Because::WrongState, Remedy::Nothing).state(state));
            }
            let end = end.unwrap_or(shipment.end);
            if end > shipment.latest_end() || end < scene.today() {
                return Err(Refusal::new(RuleId::D6, Because::DeviceLimit, Remedy::Correct).from(shipment.latest_end()));
            }
            next.serials = distinct(&serials, shipment.count)?;
            let number = demo_order_number.trim();
            if !super::convert::is_order_number(number) {
                return Err(Refusal::new(RuleId::D6, Because::NotAnOrderNumber, Remedy::Correct));
            }
            next.demo_order_number = Some(number.to_owned());
            next.end = end;
            next.state = ShipmentState::Sent;
            Deed::ShipmentSent
        }
        ShipmentAct::DecideExtension { approved, reason } => {
            decide_extension(&mut next, approved, &reason)?;
            Deed::DeviceExtensionDecided
        }
        ShipmentAct::SendLabel => {
            next.label_asked.take().ok_or(Refusal::new(RuleId::D8, Because::NoDeviceRequest, Remedy::Nothing))?;
            Deed::ReturnLabelSent
        }
        ShipmentAct::CheckIn { serials } => {
            if !shipment.state.is_out() && shipment.state != ShipmentState::Returned {
                return Err(wrong_state(RuleId::D9));
            }
            let result = check_in(before, device, &serials);
            let at = scene.context.now;
            next.returned.extend(result.taken.into_iter().map(|serial| Returned { serial, at }));
            if !next.returned.is_empty() {
                let all = next.returned.len() == next.serials.len();
                next.state = if all { ShipmentState::Returned } else { ShipmentState::ReturnedInPart };
            }
            Deed::DevicesCheckedIn
        }
        ShipmentAct::WriteOff { reason } => {
            if !shipment.state.is_out() {
                return Err(wrong_state(RuleId::D11));
            }
            next.written_off = Some(reason_given(&reason, RuleId::D8)?);
            next.state = ShipmentState::WrittenOff;
            Deed::ShipmentWrittenOff
        }
    };
    store(scene, id, next)?;
    mails(scene, id, device, deed)?;
    Ok(deed)
}

/// The partner asks and cancels, a customer administrator may ask for a label, the
/// trials team does the rest (P6, D7, D8, D11).
fn may_act_on_shipment(scene: &Scene<'_>, trial: &Trial, act: &ShipmentAct) -> Result<(), Refusal> {
    let actor = scene.actor()?;
    match (act, &actor.person.role) {
        (ShipmentAct::Cancel, Role::TrialsTeam) => Ok(()),
        (ShipmentAct::Cancel | ShipmentAct::AskExtension { .. }, _) => by_partner(scene.before, trial, actor),
        (ShipmentAct::AskLabel, Role::Customer { .. }) => by_administrator(scene.before, actor),
        // Devices have to come back also when the access is gone (H3).
        (ShipmentAct::AskLabel, _) => by_partner(scene.before, trial, actor),
        (
            ShipmentAct::Send { .. }
            | ShipmentAct::DecideExtension { .. }
            | ShipmentAct::SendLabel
            | ShipmentAct::CheckIn { .. }
            | ShipmentAct::WriteOff { .. },
            _,
        ) => may(Right::DecideShipments, actor).require(),
    }
}

/// The days are added to the device end, never beyond 120 days after the device
/// start; one request is open at a time, and only before the device end (D7).
fn ask_extension(
    scene: &Scene<'_>,
    shipment: &Shipment,
    next: &mut Shipment,
    days: u32,
    reason: String,
) -> Result<(), Refusal> {
    let today = scene.today();
    let d7 = |because, remedy| Refusal::new(RuleId::D7, because, remedy);
    if !(shipment.state == ShipmentState::Ordered || shipment.state.is_out()) {
        return Err(d7(Because::ShipmentState, Remedy::Nothing));
    }
    if today >= shipment.end {
        return Err(d7(Because::DeviceEndPassed, Remedy::AskTrialsTeam));
    }
    if shipment.extension.is_some() {
        return Err(d7(Because::DeviceRequestOpen, Remedy::Wait));
    }
    within_limit(shipment, days)?;
    let reason = reason_given(&reason, RuleId::D7)?;
    next.extension = Some(DeviceRequest { days, reason, by: scene.actor()?.person.id.clone(), on: today });
    Ok(())
}

fn within_limit(shipment: &Shipment, days: u32) -> Result<(), Refusal> {
    let left = u32::try_from(shipment.end.days_until(shipment.latest_end())).unwrap_or_default();
    match (1..=left).contains(&days) {
        true => Ok(()),
        false => Err(Refusal::new(RuleId::D7, Because::DeviceLimit, Remedy::Correct).count(left)),
    }
}

/// Checked again when it is approved (D7).
fn decide_extension(next: &mut Shipment, approved: bool, reason: &str) -> Result<(), Refusal> {
    let open = next.extension.take();
    let open = open.ok_or(Refusal::new(RuleId::D7, Because::NoDeviceRequest, Remedy::Nothing))?;
    if approved {
        within_limit(next, open.days)?;
        next.end = next.end.plus(open.days);
        // Its weeks of being overdue are counted anew.
        next.overdue_before = next.overdue_mails;
    }
    next.decision = match approved && reason.trim().is_empty() {
        true => None,
        false => Some(reason_given(reason, RuleId::D7)?),
    };
    Ok(())
}

/// A label is for devices that go back by UPS, whose label came in the box (D8).
fn ask_label(scene: &Scene<'_>, trial: &Trial, next: &mut Shipment) -> Result<(), Refusal> {
    let by_label = trial.ships_to(next).is_some_and(|to| to.country.country().returns == Returns::Ups);
    if !next.state.is_out() || !by_label {
        return Err(Refusal::new(RuleId::D8, Because::ShipmentState, Remedy::AskTrialsTeam));
    }
    if next.label_asked.is_some() {
        return Err(Refusal::new(RuleId::D8, Because::DeviceRequestOpen, Remedy::Wait));
    }
    next.label_asked = Some(scene.today());
    Ok(())
}

/// One serial number for each device, each one once (D6).
fn distinct(typed: &[String], count: u32) -> Result<Vec<String>, Refusal> {
    let serials: Vec<String> = typed.iter().map(|each| serial(each)).filter(|each| !each.is_empty()).collect();
    let different: std::collections::BTreeSet<&String> = serials.iter().collect();
    match u32::try_from(serials.len()) == Ok(count) && different.len() == serials.len() {
        true => Ok(serials),
        false => Err(Refusal::new(RuleId::D6, Because::SerialsWrong, Remedy::Correct).count(count)),
    }
}

/// A reason, as it is kept.
fn reason_given(reason: &str, rule: RuleId) -> Result<String, Refusal> {
    let reason = reason.trim();
    match (reason.is_empty(), words_are_fit(reason)) {
        (true, _) => Err(Refusal::new(rule, Because::ReasonMissing, Remedy::Correct)),
        (_, false) => Err(Refusal::new(rule, Because::BadText, Remedy::Correct)),
        (false, true) => Ok(reason.to_owned()),
    }
}

/// Holds serial numbers that came back against those of the trial (D9).
pub fn check_in(trial: &Trial, device: DeviceType, typed: &[String]) -> CheckIn {
    let others = trial.shipments.iter().filter(|shipment| shipment.device != device);
    let elsewhere: Vec<String> = others.flat_map(|shipment| shipment.serials.clone()).collect();
    trial.shipment(device).map(|shipment| shipment.check_in(typed, &elsewhere)).unwrap_or_default()
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
