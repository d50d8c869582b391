//! What starting a trial on a day brings (N15).

use serde::{Deserialize, Serialize};

use super::dates::ends_on;
use crate::clock::Day;
use crate::device::{ShipTo, Shipment};
use crate::draft::Ordered;
use crate::notice::{Due, MailKind, PlannedMail, Recipients, notices};
use crate::offer::Offer;
use crate::region::Region;

/// What starting an order on a day brings: shown for review, and stored as it
/// was shown (N15).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Plan {
    /// The data residency region (N5).
    pub region: Region,
    /// The day S: the day of saving (N17). Of a request it is the day on which it
    /// would start if it were set up at once.
    pub start: Day,
    /// The day E = S + d (L1).
    pub end: Day,
    /// What the trial gives.
    pub offer: Offer,
    /// Shipments with their own ends (D6).
    pub shipments: Vec<Shipment>,
    /// Where they go (D5).
    pub ship_to: Option<ShipTo>,
    /// Every mail that will be sent as things stand (N15).
    pub mails: Vec<PlannedMail>,
}

/// What starting an order on a day would bring. `first` says whether the first full
/// administrator is welcomed (N17), or the customer administrators are told that
/// the trial has started (A3, X12).
pub fn plan(order: &Ordered, region: Region, today: Day, first: bool) -> Plan {
    let end = ends_on(today, order.duration);
    let shipments: Vec<Shipment> =
        order.ship.iter().map(|(device, count)| Shipment::order(*device, *count, today, end)).collect();
    let begin = match first {
        true => PlannedMail { due: Due::WhenProvisioned, kind: MailKind::Welcome, to: Recipients::FirstAdministrator },
        false => PlannedMail { due: Due::On(today), kind: MailKind::Started, to: Recipients::CustomerAdministrators },
    };
    let agreement = agreement_mails(!shipments.is_empty());
    Plan {
        region,
        start: today,
        end,
        offer: order.offer.clone(),
        shipments,
        ship_to: order.ship_to.clone(),
        mails: std::iter::once(begin).chain(agreement).chain(notices(today, end)).collect(),
    }
}

/// The licence-agreement mails that follow when something is shipped (D6).
pub(crate) fn agreement_mails(ships: bool) -> impl Iterator<Item = PlannedMail> {
    [Recipients::CustomerAdministrators, Recipients::PartnerAdministrators]
        .map(|to| PlannedMail { due: Due::WhenShipped, kind: MailKind::LicenceAgreement, to })
        .into_iter()
        .filter(move |_| ships)
}
