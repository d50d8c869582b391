//! A checked draft: what was meant.

use serde::{Deserialize, Serialize};

use crate::device::{DeviceType, PerDevice, ShipTo};
use crate::organisation::Vertical;
use crate::region::{CountryCode, Region};
use crate::service::{Calling, Duration, MeetingsOption, Service};
use crate::site::SiteName;

/// Proof that a check made the order: only this room can make one, so an order
/// that nobody checked does not exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attested(pub(super) ());

/// Meetings as it is ordered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct MeetingsOrder {
    /// The chosen options (N8).
    pub options: Vec<MeetingsOption>,
    /// The Meetings site; there is one exactly with Enterprise edition (N12).
    pub site: Option<Site>,
}

/// A Meetings site as it is ordered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Site {
    /// Its name (N12).
    pub name: SiteName,
    /// Its IANA time zone (N13).
    pub time_zone: String,
}

/// A trial as it is ordered: every field checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrialOrder {
    /// Company name, trimmed (N1).
    pub company_name: String,
    /// Administrator email, trimmed, in lower case of ASCII (N2).
    pub administrator_email: String,
    /// Business vertical (N3).
    pub vertical: Vertical,
    /// The country that decides the region (N4).
    pub country: CountryCode,
    /// Licences of every service but Devices; `None` when Devices is the only one (N9).
    pub licences: Option<u32>,
    /// For how long (N10).
    pub duration: Duration,
    /// Whether Messaging is chosen (N8).
    pub messaging: bool,
    /// Meetings, when chosen (N8).
    pub meetings: Option<MeetingsOrder>,
    /// Calling, when chosen (N8).
    pub calling: Option<Calling>,
    /// Device licences by type, when Devices is chosen (N8).
    pub devices: Option<PerDevice<u32>>,
    /// How many of each type to ship (N14).
    pub ship: Vec<(DeviceType, u32)>,
    /// Where to; there is one exactly when something is shipped (D5).
    pub ship_to: Option<ShipTo>,
    /// The customer was attested to be in a supported location, and all else was checked (N6).
    pub attested: Attested,
}

impl TrialOrder {
    /// The region that the country decides (N5).
    pub fn region(&self) -> Region {
        self.country.region()
    }

    /// The ordered services, in the order in which they are shown (N8).
    pub fn services(&self) -> Vec<Service> {
        Service::ALL
            .into_iter()
            .filter(|service| match service {
                Service::Messaging => self.messaging,
                Service::Meetings => self.meetings.is_some(),
                Service::Calling => self.calling.is_some(),
                Service::Devices => self.devices.is_some(),
            })
            .collect()
    }
}
