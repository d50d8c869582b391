//! Trial devices: types, limits, shipments and their own clock (D).

use serde::{Deserialize, Serialize};

use crate::clock::Day;
use crate::named::named;
use crate::region::CountryCode;

/// A type of device (D1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DeviceType {
    /// A desk phone; shippable.
    DeskPhone,
    /// A desk device; shippable.
    DeskDevice,
    /// A room device; shippable.
    RoomDevice,
    /// A board, by licence only: its hardware is sourced separately (D2).
    Board,
}

named!(DeviceType {
    DeskPhone = "desk-phone",
    DeskDevice = "desk-device",
    RoomDevice = "room-device",
    Board = "board",
});

impl DeviceType {
    /// Every type, in the order in which it is shown.
    pub const ALL: [DeviceType; 4] =
        [DeviceType::DeskPhone, DeviceType::DeskDevice, DeviceType::RoomDevice, DeviceType::Board];
    /// The types whose hardware can be shipped (D1, D2).
    pub const SHIPPABLE: [DeviceType; 3] = [DeviceType::DeskPhone, DeviceType::DeskDevice, DeviceType::RoomDevice];

    /// Whether its hardware can be shipped (D1).
    pub fn is_shippable(self) -> bool {
        !matches!(self, DeviceType::Board)
    }

    /// Most licences of this type in one trial: 5 Boards (D2), 10 of any other (D3).
    pub fn licences_max(self) -> u32 {
        match self {
            DeviceType::Board => 5,
            DeviceType::DeskPhone | DeviceType::DeskDevice | DeviceType::RoomDevice => 10,
        }
    }
}

/// One value for each type of device.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub struct PerDevice<T> {
    /// For desk phones.
    pub desk_phone: T,
    /// For desk devices.
    pub desk_device: T,
    /// For room devices.
    pub room_device: T,
    /// For boards.
    pub board: T,
}

impl<T> PerDevice<T> {
    /// The value of a type.
    pub fn get(&self, device: DeviceType) -> &T {
        match device {
            DeviceType::DeskPhone => &self.desk_phone,
            DeviceType::DeskDevice => &self.desk_device,
            DeviceType::RoomDevice => &self.room_device,
            DeviceType::Board => &self.board,
        }
    }

    /// The value of a type, to be changed.
    pub fn get_mut(&mut self, device: DeviceType) -> &mut T {
        match device {
            DeviceType::DeskPhone => &mut self.desk_phone,
            DeviceType::DeskDevice => &mut self.desk_device,
            DeviceType::RoomDevice => &mut self.room_device,
            DeviceType::Board => &mut self.board,
        }
    }
}

/// Where devices are shipped to; every line is required (D5).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct ShipTo {
    /// Who takes the delivery.
    pub contact_name: String,
    /// The company at the address.
    pub company: String,
    /// Street and number.
    pub street: String,
    /// Postal code.
    pub postal_code: String,
    /// City.
    pub city: String,
    /// Country; one where the services are offered.
    pub country: CountryCode,
    /// Phone number for the carrier.
    pub phone: String,
}

/// Most days from the device start to the device end (D6).
pub const DEVICE_DAYS_MAX: u32 = 120;
/// Days after the device end within which devices must be back (D8).
pub const RETURN_DAYS: u32 = 14;

/// Where a shipment stands (D11).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShipmentState {
    /// Asked for; the trials team has not sent it yet.
    Ordered,
}

named!(ShipmentState {
    Ordered = "ordered",
});

/// One shipment: there is at most one for each type in a trial (D4).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Shipment {
    /// What is shipped.
    pub device: DeviceType,
    /// How many.
    pub count: u32,
    /// Where it stands.
    pub state: ShipmentState,
    /// The device start: the day on which it was ordered (D6).
    pub start: Day,
    /// The device end, apart from the trial's end (D6).
    pub end: Day,
}

impl Shipment {
    /// A shipment ordered on a day, for a trial that ends on another one. The
    /// device end is the trial's end, but never later than 120 days on (D6).
    pub fn order(device: DeviceType, count: u32, start: Day, trial_end: Day) -> Shipment {
        let end = trial_end.min(start.plus(DEVICE_DAYS_MAX));
        Shipment { device, count, state: ShipmentState::Ordered, start, end }
    }

    /// The day by which it must be back (D8).
    pub fn return_due(&self) -> Day {
        self.end.plus(RETURN_DAYS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boards_are_licensed_only_and_the_other_types_are_shippable_d1_d2() {
        assert_eq!(DeviceType::ALL.map(DeviceType::is_shippable), [true, true, true, false]);
        assert!(DeviceType::SHIPPABLE.into_iter().all(DeviceType::is_shippable));
    }

    #[test]
    fn a_trial_has_at_most_5_boards_and_10_of_any_other_type_d2_d3() {
        assert_eq!(DeviceType::ALL.map(DeviceType::licences_max), [10, 10, 10, 5]);
    }

    #[test]
    fn the_device_end_is_the_trials_end_but_at_most_120_days_on_and_the_return_14_days_later_d6_d8() {
        let start = Day::from_ymd(2026, 3, 1).expect("a date");
        for (trial_days, device_days) in [(30, 30), (90, 90), (120, 120), (150, 120)] {
            let shipment = Shipment::order(DeviceType::DeskPhone, 2, start, start.plus(trial_days));
            assert_eq!(shipment.end, start.plus(device_days));
            assert_eq!(shipment.return_due(), start.plus(device_days + 14));
        }
    }
}
