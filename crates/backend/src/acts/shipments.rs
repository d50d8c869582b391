//! Shipments of trial devices: the partner's and the customer's wishes, and the trials
//! team's work (D, P6).

use contract::error::ApiError;
use contract::shipments::{DevicesQueue, ShipmentDetail, ShipmentPreview};
use contract::trials::Order;
use rules::act::{Act, ShipmentAct, TrialAct, check_in, shipment_verdicts};
use rules::clock::Day;
use rules::consequences::{Consequences, Inventory};
use rules::device::{CheckIn, DeviceType, PerDevice, ShipmentState};
use rules::ids::TrialId;
use rules::people::Role;
use rules::service::Service;
use rules::trial::{DateKind, Phase, Trial};

use super::acting::{Decided, Present, decided, partner_of, require_preview, store};
use super::seeing::require_trial;
use crate::call::{Answer, Call, Failure};
use crate::organisations::{Loaded, shipment_id};
use crate::records::SHIPMENTS;
use crate::store::Commit;

/// One shipment.
pub(crate) async fn shipment(call: Call, (): ()) -> Result<Answer<ShipmentDetail>, Failure> {
    let (trial, device) = named(&call.parameter)?;
    let present = Present::of(&call, Loaded::of_trial(call.store(), trial.as_str()).await?).await?;
    let found = seen(&call, &present, &trial)?;
    let detail = detail(&call, &present, found, device).ok_or(ApiError::NotFound)?;
    Ok(Answer::with_version(&detail, present.version()))
}

/// What an act on a shipment would bring (E6).
pub(crate) async fn preview(call: Call, order: Order<ShipmentAct>) -> Result<Answer<ShipmentPreview>, Failure> {
    let (present, device, checked_in, decided) = decide_asked(&call, &order.act).await?;
    let version = present.version();
    Ok(Answer::with_version(&answer(&call, device, checked_in, decided, version), version))
}

/// Does something with a shipment as it was previewed.
pub(crate) async fn act(call: Call, order: Order<ShipmentAct>) -> Result<Answer<ShipmentPreview>, Failure> {
    call.until_stored(async || {
        let (present, device, checked_in, decided) = decide_asked(&call, &order.act).await?;
        require_preview(&call, &present, &order.digest, &decided)?;
        let change = decided.change.clone();
        let done = |version| Answer::with_version(&answer(&call, device, checked_in, decided, version), version);
        store(&call, &present, change, Commit::default(), done).await
    })
    .await
}

/// What the trials team has to do, of all partners (P6).
pub(crate) async fn queue(call: Call, (): ()) -> Result<Answer<DevicesQueue>, Failure> {
    let mut queue = DevicesQueue::default();
    for (id, organisation) in SHIPMENTS.list(call.store(), "").await? {
        let (trial, device) = named(&id)?;
        let present = Present::of(&call, Loaded::of(call.store(), &organisation.value).await?).await?;
        let Some(trial) = present.organisation.trial(&trial) else { continue };
        let Some(line) = detail(&call, &present, trial, device) else { continue };
        if line.shipment.extension.is_some() {
            queue.extensions.push(line.clone());
        }
        if line.shipment.label_asked.is_some() {
            queue.labels.push(line.clone());
        }
        match line.shipment.state {
            ShipmentState::Ordered => queue.to_send.push(line),
            ShipmentState::Sent | ShipmentState::ReturnedInPart => queue.returns.push(line),
            ShipmentState::Cancelled | ShipmentState::Returned | ShipmentState::WrittenOff => {}
        }
    }
    // Whoever asked first, or has waited longest, stands first.
    queue.to_send.sort_by_key(|line| (line.shipment.start, line.id.clone()));
    queue.extensions.sort_by_key(|line| (line.shipment.extension.as_ref().map(|asked| asked.on), line.id.clone()));
    queue.labels.sort_by_key(|line| (line.shipment.label_asked, line.id.clone()));
    queue.returns.sort_by_key(|line| (line.return_due, line.id.clone()));
    Ok(Answer::of(&queue))
}

/// The trial and the type that the id of a shipment names.
fn named(id: &str) -> Result<(TrialId, DeviceType), Failure> {
    let (trial, device) = id.rsplit_once('.').ok_or(ApiError::NotFound)?;
    Ok((TrialId(trial.to_owned()), DeviceType::from_name(device).ok_or(ApiError::NotFound)?))
}

fn seen<'a>(call: &Call, present: &'a Present, id: &TrialId) -> Result<&'a Trial, Failure> {
    let trial = present.organisation.trial(id).ok_or(ApiError::NotFound)?;
    require_trial(call, &present.organisation, trial)?;
    Ok(trial)
}

async fn decide_asked(
    call: &Call,
    asked: &ShipmentAct,
) -> Result<(Present, DeviceType, Option<CheckIn>, Decided), Failure> {
    let (id, device) = named(&call.parameter)?;
    let present = Present::of(call, Loaded::of_trial(call.store(), id.as_str()).await?).await?;
    let trial = seen(call, &present, &id)?;
    let checked_in = match asked {
        ShipmentAct::CheckIn { serials } => Some(check_in(trial, device, serials)),
        _ => None,
    };
    let partner = partner_of(call, Some(&trial.partner))?;
    let act = Act::Trial(id, TrialAct::Shipment(device, asked.clone()));
    let decided = decided(call, &present, act, &partner)?;
    Ok((present, device, checked_in, decided))
}

fn answer(
    call: &Call,
    device: DeviceType,
    check_in: Option<CheckIn>,
    decided: Decided,
    version: u64,
) -> ShipmentPreview {
    let Decided { mut consequences, digest, .. } = decided;
    if call.signed_in.as_ref().is_some_and(|signed| signed.actor.person.role == Role::TrialsTeam) {
        cut_to_shipment(&mut consequences, device);
    }
    ShipmentPreview { device, consequences, check_in, digest, version }
}

/// Leaves of what an act brings what the trials team may see: this shipment, with the trial's end beside
/// its dates (P6, D6). Any other date would tell what else is in the trial.
fn cut_to_shipment(consequences: &mut Consequences, device: DeviceType) {
    for view in consequences.before.iter_mut().chain(&mut consequences.after) {
        view.offer = view.offer.only(&[Service::Devices].into());
        if let Some(licences) = &mut view.offer.devices {
            let own = *licences.get(device);
            *licences = PerDevice::default();
            *licences.get_mut(device) = own;
        }
        let own = [DateKind::End, DateKind::DeviceEnd(device), DateKind::DeviceReturn(device)];
        view.dates.retain(|(_, kind)| own.contains(kind));
    }
    consequences.access = (None, None);
    consequences.lost = Inventory::default();
    consequences.of_partner = Vec::new();
}

/// A shipment as the reader is shown it; none of a trial that has not started.
pub(super) fn detail(call: &Call, present: &Present, trial: &Trial, device: DeviceType) -> Option<ShipmentDetail> {
    let shipment = trial.shipment(device).filter(|_| trial.started.is_some())?;
    let partner = present.facts.partners.get(&trial.partner).map(|facts| facts.partner.name.clone());
    Some(ShipmentDetail {
        id: shipment_id(&trial.id, device),
        trial: trial.id.clone(),
        company: present.organisation.name.clone(),
        partner: partner.unwrap_or_default(),
        ship_to: trial.ships_to(shipment).cloned(),
        trial_end: ends_or_ended(trial.phase),
        trial_end_is: match trial.phase {
            Phase::Converted { .. } => DateKind::Converted,
            Phase::Cancelled { .. } => DateKind::Cancelled,
            _ => DateKind::End,
        },
        return_due: shipment.return_due(),
        overdue: shipment.is_overdue(call.today()),
        acts: shipment_verdicts(&present.organisation, trial, device, present.context(call)),
        shipment: shipment.clone(),
        version: present.version(),
    })
}

/// The day on which a trial ends, or on which it was over before that.
fn ends_or_ended(phase: Phase) -> Option<Day> {
    match phase {
        Phase::Started { end, .. } => Some(end),
        Phase::Converted { on } | Phase::Cancelled { on, .. } => Some(on),
        Phase::Pending { .. } | Phase::Awaiting { .. } | Phase::Declined { .. } | Phase::Lapsed { .. } => None,
    }
}
