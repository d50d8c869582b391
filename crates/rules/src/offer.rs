//! What is ordered, and what a trial gives: services with their options.

use serde::{Deserialize, Serialize};

use crate::device::PerDevice;
use crate::service::{Calling, MeetingsOption, Service};
use crate::site::SiteName;

/// What a trial gives: the services with their options.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub struct Offer {
    /// Licences of every service but Devices; `None` when Devices is the only one (N9).
    pub licences: Option<u32>,
    /// Whether Messaging is in it.
    pub messaging: bool,
    /// Meetings with its options, when in it.
    pub meetings: Option<MeetingsOffer>,
    /// Calling, when in it.
    pub calling: Option<Calling>,
    /// Device licences by type, when Devices is in it.
    pub devices: Option<PerDevice<u32>>,
}

impl Offer {
    /// The services in it, in the order in which they are shown.
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

/// Meetings in an offer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct MeetingsOffer {
    /// The chosen options (N8).
    pub options: Vec<MeetingsOption>,
    /// The Meetings site; there is one exactly with Enterprise edition (N12).
    pub site: Option<Site>,
}

/// A Meetings site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Site {
    /// Its name (N12).
    pub name: SiteName,
    /// Its IANA time zone (N13).
    pub time_zone: String,
}
