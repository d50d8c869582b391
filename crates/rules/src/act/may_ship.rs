//! Whether somebody may do something with a shipment, before its particulars are looked at: what a
//! disabled control shows, and what the backend refuses with (P7).

use super::may::{by_administrator, by_partner, has_access};
use super::table::{Row, cell};
use super::{Context, ShipmentAct};
use crate::clock::Day;
use crate::device::{DeviceType, Shipment, ShipmentState};
use crate::named::named;
use crate::organisation::Organisation;
use crate::people::{Actor, Right, Role, may};
use crate::region::Returns;
use crate::trial::{State, Trial};
use crate::verdict::{Because, Refusal, Remedy, RuleId, Verdict};

/// The acts on a shipment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names are those of the acts")]
pub enum ShipmentActName {
    Cancel,
    AskExtension,
    AskLabel,
    Send,
    DecideExtension,
    SendLabel,
    CheckIn,
    WriteOff,
}

named!(ShipmentActName {
    Cancel = "cancel",
    AskExtension = "ask-extension",
    AskLabel = "ask-label",
    Send = "send",
    DecideExtension = "decide-extension",
    SendLabel = "send-label",
    CheckIn = "check-in",
    WriteOff = "write-off",
});

impl ShipmentActName {
    /// Every act.
    pub const ALL: [ShipmentActName; 8] = [
        ShipmentActName::Cancel,
        ShipmentActName::AskExtension,
        ShipmentActName::AskLabel,
        ShipmentActName::Send,
        ShipmentActName::DecideExtension,
        ShipmentActName::SendLabel,
        ShipmentActName::CheckIn,
        ShipmentActName::WriteOff,
    ];

    /// The name of an act.
    pub fn of(act: &ShipmentAct) -> ShipmentActName {
        match act {
            ShipmentAct::Cancel => ShipmentActName::Cancel,
            ShipmentAct::AskExtension { .. } => ShipmentActName::AskExtension,
            ShipmentAct::AskLabel => ShipmentActName::AskLabel,
            ShipmentAct::Send { .. } => ShipmentActName::Send,
            ShipmentAct::DecideExtension { .. } => ShipmentActName::DecideExtension,
            ShipmentAct::SendLabel => ShipmentActName::SendLabel,
            ShipmentAct::CheckIn { .. } => ShipmentActName::CheckIn,
            ShipmentAct::WriteOff { .. } => ShipmentActName::WriteOff,
        }
    }
}

/// A verdict for every act on a shipment, for whoever looks at it (P7).
pub fn shipment_verdicts(
    organisation: &Organisation,
    trial: &Trial,
    device: DeviceType,
    context: Context<'_>,
) -> Vec<(ShipmentActName, Verdict)> {
    let verdict = |name| match may_ship(name, organisation, trial, device, context) {
        Ok(()) => Verdict::Allowed,
        Err(refusal) => Verdict::Blocked(refusal),
    };
    ShipmentActName::ALL.into_iter().map(|name| (name, verdict(name))).collect()
}

/// Whether an act on a shipment may be done as things stand.
///
/// # Errors
/// The refusal that its control shows.
pub fn may_ship(
    name: ShipmentActName,
    organisation: &Organisation,
    trial: &Trial,
    device: DeviceType,
    context: Context<'_>,
) -> Result<(), Refusal> {
    let nobody = Refusal::new(RuleId::P2, Because::OnlyForPartners, Remedy::AskSalesAdministrator);
    let actor = context.actor.ok_or(nobody)?;
    by_whom(name, organisation, trial, actor)?;
    let state = trial.state(context.today());
    if matches!(name, ShipmentActName::AskExtension | ShipmentActName::DecideExtension) {
        // A trial that is over keeps no devices longer, also while its cancelling can be undone.
        cell(Row::ExtendDevices, state)?;
    }
    if trial.started.is_none() {
        // What a request asks for is planned only: it is ordered on the day S (D11).
        return Err(Refusal::new(RuleId::D11, Because::WrongState, Remedy::Nothing).state(state));
    }
    if let (ShipmentActName::Cancel | ShipmentActName::AskExtension, Some(_)) = (name, actor.partner()) {
        has_access(organisation, trial)?;
    }
    let shipment = trial.shipment(device).ok_or(missing())?;
    as_it_stands(name, trial, shipment, context.today())
}

/// There is no shipment of that type (D4).
pub(super) fn missing() -> Refusal {
    Refusal::new(RuleId::D4, Because::NoShipment, Remedy::Nothing)
}

/// The partner asks and cancels, a customer administrator may ask for a label, the
/// trials team does the rest (P6, D7, D8, D11).
fn by_whom(name: ShipmentActName, organisation: &Organisation, trial: &Trial, actor: &Actor) -> Result<(), Refusal> {
    match (name, &actor.person.role) {
        (ShipmentActName::Cancel, Role::TrialsTeam) => Ok(()),
        (ShipmentActName::Cancel | ShipmentActName::AskExtension, _) => by_partner(organisation, trial, actor),
        (ShipmentActName::AskLabel, Role::Customer { .. }) => by_administrator(organisation, actor),
        // Devices have to come back also when the access is gone (H3).
        (ShipmentActName::AskLabel, _) => by_partner(organisation, trial, actor),
        (
            ShipmentActName::Send
            | ShipmentActName::DecideExtension
            | ShipmentActName::SendLabel
            | ShipmentActName::CheckIn
            | ShipmentActName::WriteOff,
            _,
        ) => may(Right::DecideShipments, actor).require(),
    }
}

/// Where the shipment stands allows it (D7, D8, D9, D11).
fn as_it_stands(name: ShipmentActName, trial: &Trial, shipment: &Shipment, today: Day) -> Result<(), Refusal> {
    let ordered = shipment.state == ShipmentState::Ordered;
    let stands = |fits: bool, rule| match fits {
        true => Ok(()),
        false => Err(Refusal::new(rule, Because::ShipmentState, Remedy::Nothing)),
    };
    match name {
        ShipmentActName::Cancel => stands(ordered, RuleId::D11),
        ShipmentActName::AskExtension => {
            stands(ordered || shipment.state.is_out(), RuleId::D7)?;
            extension(shipment, today)
        }
        ShipmentActName::AskLabel => {
            stands(shipment.state.is_out(), RuleId::D8)?;
            label(trial, shipment)
        }
        ShipmentActName::Send => {
            stands(ordered, RuleId::D11)?;
            if today > shipment.latest_end() {
                // Nobody could keep them for a single day any more.
                return Err(Refusal::new(RuleId::D6, Because::DeviceEndPassed, Remedy::Nothing));
            }
            match trial.state(today) {
                // What is not sent is cancelled with the trial (K2).
                state @ State::Cancelled => {
                    Err(Refusal::new(RuleId::K2, Because::WrongState, Remedy::Nothing).state(state))
                }
                _ => Ok(()),
            }
        }
        ShipmentActName::DecideExtension => asked(shipment.extension.is_some(), RuleId::D7),
        ShipmentActName::SendLabel => asked(shipment.label_asked.is_some(), RuleId::D8),
        ShipmentActName::CheckIn => {
            stands(shipment.state.is_out() || shipment.state == ShipmentState::Returned, RuleId::D9)
        }
        ShipmentActName::WriteOff => stands(shipment.state.is_out(), RuleId::D11),
    }
}

/// One request is open at a time, only before the device end, and only while a day can be added (D7).
fn extension(shipment: &Shipment, today: Day) -> Result<(), Refusal> {
    let d7 = |because, remedy| Refusal::new(RuleId::D7, because, remedy);
    if today >= shipment.end {
        return Err(d7(Because::DeviceEndPassed, Remedy::AskTrialsTeam));
    }
    if shipment.extension.is_some() {
        return Err(d7(Because::DeviceRequestOpen, Remedy::Wait));
    }
    match shipment.days_to_add() {
        0 => Err(d7(Because::DeviceLimit, Remedy::Nothing).count(0)),
        _ => Ok(()),
    }
}

/// A label is for devices that go back by UPS, whose label came in the box (D8).
fn label(trial: &Trial, shipment: &Shipment) -> Result<(), Refusal> {
    let by_label = trial.ships_to(shipment).is_some_and(|to| to.country.country().returns == Returns::Ups);
    if !by_label {
        return Err(Refusal::new(RuleId::D8, Because::NoReturnLabel, Remedy::AskTrialsTeam));
    }
    match shipment.label_asked {
        Some(_) => Err(Refusal::new(RuleId::D8, Because::DeviceRequestOpen, Remedy::Wait)),
        None => Ok(()),
    }
}

fn asked(open: bool, rule: RuleId) -> Result<(), Refusal> {
    match open {
        true => Ok(()),
        false => Err(Refusal::new(rule, Because::NoDeviceRequest, Remedy::Nothing)),
    }
}
