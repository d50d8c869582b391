//! Shipments of trial devices, as the partner, the customer and the trials team see them (D, P6).

use rules::act::ShipmentActName;
use rules::clock::Day;
use rules::consequences::Consequences;
use rules::device::{CheckIn, DeviceType, ShipTo, Shipment};
use rules::ids::TrialId;
use rules::trial::DateKind;
use rules::verdict::Verdict;
use serde::{Deserialize, Serialize};

/// A shipment: its id is the trial's and the type's name with a dot between.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct ShipmentDetail {
    /// Its id.
    pub id: String,
    /// The trial.
    pub trial: TrialId,
    /// The customer's name.
    pub company: String,
    /// The name of the partner that ordered it.
    pub partner: String,
    /// The shipment.
    pub shipment: Shipment,
    /// Where it goes.
    pub ship_to: Option<ShipTo>,
    /// The trial's end, shown beside the device end and never mixed with it (D6).
    pub trial_end: Option<Day>,
    /// What that day is: the end, or the day on which it was converted or cancelled before that.
    pub trial_end_is: DateKind,
    /// The day by which it must be back (D8).
    pub return_due: Day,
    /// Whether that has passed (D8).
    pub overdue: bool,
    /// A verdict for every act, for the reader (P7).
    pub acts: Vec<(ShipmentActName, Verdict)>,
    /// The version, for `If-Match`.
    pub version: u64,
}

impl ShipmentDetail {
    /// Whether the reader may do something with it, and if not, why (P7).
    pub fn verdict(&self, name: ShipmentActName) -> Verdict {
        let found = self.acts.iter().find(|(act, _)| *act == name);
        found.map_or(Verdict::Allowed, |(_, verdict)| *verdict)
    }
}

/// What the trials team has to do, of all partners (P6).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct DevicesQueue {
    /// Shipments to send, the oldest order in front.
    pub to_send: Vec<ShipmentDetail>,
    /// Requests to keep devices longer (D7).
    pub extensions: Vec<ShipmentDetail>,
    /// Requests for a new return label (D8).
    pub labels: Vec<ShipmentDetail>,
    /// Shipments to check in, the one due first in front.
    pub returns: Vec<ShipmentDetail>,
}

/// What an act on a shipment would bring, or has brought.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct ShipmentPreview {
    /// The type of devices.
    pub device: DeviceType,
    /// The dated before and after, and the mails.
    pub consequences: Consequences,
    /// The serial numbers held against those that were sent (D9).
    pub check_in: Option<CheckIn>,
    /// The digest; the act carries it.
    pub digest: String,
    /// The version, for `If-Match`: the one that it was made from, or after the act
    /// the present one.
    pub version: u64,
}
