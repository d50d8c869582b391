//! What is ordered, and what a trial gives: services with their options.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::device::{DeviceType, PerDevice};
use crate::service::{Calling, MeetingsOption, Service};
use crate::site::SiteName;

/// What a trial gives: the services with their options.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
        Service::ALL.into_iter().filter(|service| self.has(*service)).collect()
    }
}

/// What one offer holds beyond another one (X10).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Excess {
    /// A service.
    Service(Service),
    /// An option of Meetings.
    Option(MeetingsOption),
    /// Another kind of Calling; switching counts as removing and adding (E4).
    CallingKind,
    /// More licences.
    Licences(u32),
    /// More device licences of a type.
    Devices(DeviceType, u32),
}

impl Offer {
    /// Whether a service is in it.
    pub fn has(&self, service: Service) -> bool {
        match service {
            Service::Messaging => self.messaging,
            Service::Meetings => self.meetings.is_some(),
            Service::Calling => self.calling.is_some(),
            Service::Devices => self.devices.is_some(),
        }
    }

    /// The offer with these of its services alone (X9). Licences go when Devices
    /// is the only one left (N9).
    pub fn only(&self, services: &BTreeSet<Service>) -> Offer {
        let kept = |service| services.contains(&service);
        let mut offer = Offer {
            licences: self.licences,
            messaging: self.messaging && kept(Service::Messaging),
            meetings: self.meetings.clone().filter(|_| kept(Service::Meetings)),
            calling: self.calling.filter(|_| kept(Service::Calling)),
            devices: self.devices.clone().filter(|_| kept(Service::Devices)),
        };
        offer.licences = offer.licences.filter(|_| offer.services().into_iter().any(Service::has_licences));
        offer
    }

    /// The first thing that it holds beyond what was granted; `None` when it stays
    /// within (X10). Fewer licences, services or options are always within.
    pub fn excess(&self, granted: &Offer) -> Option<Excess> {
        let service = self.services().into_iter().find(|service| !granted.has(*service)).map(Excess::Service);
        let calling = match (self.calling.map(Calling::kind), granted.calling.map(Calling::kind)) {
            (Some(kind), Some(other)) if kind != other => Some(Excess::CallingKind),
            _ => None,
        };
        let options = |offer: &Offer| offer.meetings.as_ref().map(|meetings| meetings.options.clone());
        let granted_options = options(granted).unwrap_or_default();
        let option = options(self).unwrap_or_default().into_iter().find(|option| !granted_options.contains(option));
        let licences = match (self.licences, granted.licences) {
            (Some(licences), Some(most)) if licences > most => Some(Excess::Licences(most)),
            _ => None,
        };
        let of = |offer: &Offer, device| offer.devices.as_ref().map_or(0, |devices| *devices.get(device));
        let more = DeviceType::ALL.into_iter().find(|device| of(self, *device) > of(granted, *device));
        let devices = more.map(|device| Excess::Devices(device, of(granted, device)));
        service.or(calling).or(option.map(Excess::Option)).or(licences).or(devices)
    }
}

/// Meetings in an offer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct MeetingsOffer {
    /// The chosen options (N8).
    pub options: Vec<MeetingsOption>,
    /// The Meetings site; there is one exactly with Enterprise edition (N12).
    pub site: Option<Site>,
}

/// A Meetings site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Site {
    /// Its name (N12).
    pub name: SiteName,
    /// Its IANA time zone (N13).
    pub time_zone: String,
}
