//! Editing a running trial: its end, services, options and licences (E).

use super::scene::{Scene, close_device_requests, keeps_numbers, level, take_back};
use super::start::steps;
use crate::change::Deed;
use crate::clock::Day;
use crate::device::{DeviceType, Shipment, ShipmentState};
use crate::draft::Ordered;
use crate::eligibility::offered;
use crate::ids::TrialId;
use crate::notice::{MailKind, PlannedMail, Recipients, notices};
use crate::offer::Offer;
use crate::organisation::{AccessLevel, Organisation};
use crate::service::{Calling, Duration, Service};
use crate::trial::{Phase, Trial, agreement_mails, ends_on, numbers_released_on};
use crate::verdict::{Because, Refusal, Remedy, RuleId};

/// The new end is today and the chosen days, never added to what is left. An earlier
/// end has to be confirmed, and one that stays as it is cannot be saved (E1). Devices
/// are not extended by it (E3).
pub(super) fn extend(scene: &mut Scene<'_>, id: &TrialId, days: Duration, confirmed: bool) -> Result<Deed, Refusal> {
    let today = scene.today();
    let trial = scene.trial_mut(id)?;
    let Phase::Started { start, end } = trial.phase else {
        return Err(Refusal::new(RuleId::E2, Because::WrongState, Remedy::Convert));
    };
    let new = ends_on(today, days);
    if new == end {
        return Err(Refusal::new(RuleId::E1, Because::NothingChanges, Remedy::ChooseOther));
    }
    if new < end && !confirmed {
        return Err(Refusal::new(RuleId::E1, Because::Shortens, Remedy::Confirm).from(new));
    }
    trial.phase = Phase::Started { start, end: new };
    trial.mails = replanned(trial, today, new);
    let (trial, asked) = (trial.clone(), trial.request.is_some());
    if new < end {
        scene.mail_act(MailKind::Reduced, &[Recipients::CustomerAdministrators], &trial);
    } else if asked {
        scene.mail_act(MailKind::EndMoved, &[Recipients::FullAdministrators], &trial);
    }
    Ok(Deed::Extended)
}

/// The notices of a new end in place of those of the old one; a notice that went out
/// for the same end is not planned again (E3, L8).
fn replanned(trial: &Trial, today: Day, end: Day) -> Vec<PlannedMail> {
    let others = trial.mails.iter().filter(|mail| !mail.kind.is_notice()).copied();
    let went = |mail: &PlannedMail| trial.noticed.contains(&(mail.kind, end));
    others.chain(notices(today, end).into_iter().filter(|mail| !went(mail))).collect()
}

/// The trial gives what is ordered from now on: what is new is offered as in X4, has
/// the same end, and does not go beyond what was accepted (X10); what is gone is
/// taken back, and both sides can see what is lost (E4, E5).
pub(super) fn edit(scene: &mut Scene<'_>, id: &TrialId, ordered: Ordered, confirmed: bool) -> Result<Deed, Refusal> {
    let (today, now) = (scene.today(), scene.context.now);
    let before = scene.trial(id)?;
    let (old, new) = (&before.offer, &ordered.offer);
    if new.services().is_empty() {
        return Err(Refusal::new(RuleId::E4, Because::LastService, Remedy::CancelTrial));
    }
    if old == new && ordered.ship.is_empty() {
        return Err(Refusal::new(RuleId::E4, Because::NothingChanges, Remedy::ChooseOther));
    }
    within_access(scene.before, before, new)?;
    let gone = removed(old, new);
    let added = removed(new, old);
    for service in &added {
        offered(scene.before, *service, &before.partner, Some(id), now).require()?;
    }
    site_stays(before, new)?;
    if let Some((device, _)) = ordered.ship.iter().find(|(device, _)| before.shipment(*device).is_some()) {
        return Err(
            Refusal::new(RuleId::D4, Because::AlreadyShipped, Remedy::ChooseOther).count(shipped(before, *device))
        );
    }
    if let Some(over) = over_assigned(scene.before, new).filter(|_| !confirmed) {
        return Err(Refusal::new(RuleId::E5, Because::BelowAssigned, Remedy::Confirm).count(over));
    }

    let end = before.end().unwrap_or(today);
    let lower = is_less(old, new);
    let trial = scene.trial_mut(id)?;
    trial.provisioning.retain(|step| !gone.contains(&step.service));
    trial.provisioning.extend(steps(&added));
    if gone.contains(&Service::Calling) && keeps_numbers(trial.offer.calling) {
        trial.numbers_until = Some(numbers_released_on(today));
    }
    // What was configured of Calling goes with it, and a location that is taken away with that (E4).
    trial.set_up.calling.keep(match gone.contains(&Service::Calling) {
        true => None,
        false => ordered.offer.calling,
    });
    if gone.contains(&Service::Devices) {
        for shipment in &mut trial.shipments {
            give_back(shipment, today);
        }
    }
    // Devices that were ordered before stay where they are: they come back from there (D8).
    if trial.shipments.is_empty() && !ordered.ship.is_empty() {
        trial.ship_to.clone_from(&ordered.ship_to);
    }
    let ship_to = ordered.ship_to.filter(|to| trial.ship_to.as_ref() != Some(to));
    let ordered_now = ordered
        .ship
        .iter()
        .map(|(device, count)| Shipment { ship_to: ship_to.clone(), ..Shipment::order(*device, *count, today, end) });
    trial.shipments.extend(ordered_now);
    if !ordered.ship.is_empty() {
        let planned = trial.mails.iter().any(|mail| mail.kind == MailKind::LicenceAgreement);
        trial.mails.extend(agreement_mails(!planned));
    }
    trial.drop_idle_agreements();
    trial.note_set_up();
    trial.offer = ordered.offer;
    let trial = trial.clone();
    if gone.contains(&Service::Devices) {
        close_device_requests(scene, id)?;
    }
    take_back(&mut scene.next, &gone, today);
    if lower {
        scene.mail_act(MailKind::Reduced, &[Recipients::CustomerAdministrators], &trial);
    }
    Ok(Deed::Edited)
}

/// The services of one offer that another one lacks. Cloud calling in place of Hybrid
/// call service counts as removing and adding (E4).
fn removed(old: &Offer, new: &Offer) -> Vec<Service> {
    let switched = old.calling.map(Calling::kind) != new.calling.map(Calling::kind);
    let gone = |service: &Service| !new.has(*service) || (*service == Service::Calling && switched);
    old.services().into_iter().filter(gone).collect()
}

/// Whether anything of the old offer is not in the new one: then the customer
/// administrators are told (E4).
fn is_less(old: &Offer, new: &Offer) -> bool {
    let fewer = match (old.calling, new.calling) {
        (
            Some(Calling::Cloud { locations, numbered_users }),
            Some(Calling::Cloud { locations: fewer_locations, numbered_users: fewer_users }),
        ) => fewer_locations < locations || fewer_users < numbered_users,
        _ => false,
    };
    fewer || old.excess(new).is_some()
}

/// With provisioning access the trial stays within what was accepted, or within what it
/// is: it may have grown beyond while the access reached further, and is lowered step by
/// step (X10).
fn within_access(organisation: &Organisation, trial: &Trial, new: &Offer) -> Result<(), Refusal> {
    if level(organisation, &trial.partner)? == AccessLevel::FullAdministrator {
        return Ok(());
    }
    let granted = trial.granted();
    match granted.iter().chain([&trial.offer]).any(|limit| new.excess(limit).is_none()) {
        true => Ok(()),
        false => Err(Refusal::new(RuleId::X10, Because::MoreThanAccepted, Remedy::RequestOrRaise)),
    }
}

/// A site that is provisioned is not changed by an edit (U2).
fn site_stays(trial: &Trial, new: &Offer) -> Result<(), Refusal> {
    let new = new.meetings.as_ref().and_then(|meetings| meetings.site.as_ref());
    match (trial.site(), new) {
        (Some(old), Some(new)) if old != new && trial.site_is_fixed() => {
            Err(Refusal::new(RuleId::U2, Because::SiteProvisioned, Remedy::Correct))
        }
        _ => Ok(()),
    }
}

fn shipped(trial: &Trial, device: DeviceType) -> u32 {
    trial.shipment(device).map_or(0, |shipment| shipment.count)
}

/// By how many the licences would be below what is assigned, for the service where
/// that is most (E5).
fn over_assigned(organisation: &Organisation, new: &Offer) -> Option<u32> {
    let licences = new.licences?;
    let counted = new.services().into_iter().filter(|service| service.has_licences());
    counted.map(|service| organisation.assigned(service).saturating_sub(licences)).max().filter(|over| *over > 0)
}

/// Devices of a trial that has no Devices any more: what was not sent is not sent, and
/// the device end is that day unless it was earlier (D8).
pub(super) fn give_back(shipment: &mut Shipment, today: Day) {
    shipment.end = shipment.end.min(today);
    if shipment.state == ShipmentState::Ordered {
        shipment.state = ShipmentState::Cancelled;
    }
}
