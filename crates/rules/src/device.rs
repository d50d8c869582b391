//! Trial devices: types, limits, shipments and their own clock (D).

use serde::{Deserialize, Serialize};

use crate::clock::{Day, Instant};
use crate::ids::PersonId;
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(
    feature = "schema",
    schemars(rename = "{T}PerDevice", bound = "T: Default + Serialize + schemars::JsonSchema")
)]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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

/// Days from one mail about overdue devices to the next (D8).
pub const OVERDUE_DAYS: u32 = 7;

/// Where a shipment stands (D11).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ShipmentState {
    /// Asked for; the trials team has not sent it yet.
    Ordered,
    /// On its way, or with the customer.
    Sent,
    /// Cancelled before it was sent. It still counts as the one of its type (D4).
    Cancelled,
    /// Some of its devices came back.
    ReturnedInPart,
    /// All of them came back.
    Returned,
    /// Given up by the trials team.
    WrittenOff,
}

named!(ShipmentState {
    Ordered = "ordered",
    Sent = "sent",
    Cancelled = "cancelled",
    ReturnedInPart = "returned-in-part",
    Returned = "returned",
    WrittenOff = "written-off",
});

impl ShipmentState {
    /// Whether devices are out: a return is due (D8).
    pub fn is_out(self) -> bool {
        matches!(self, ShipmentState::Sent | ShipmentState::ReturnedInPart)
    }
}

/// A request to keep devices longer (D7).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct DeviceRequest {
    /// Days to add to the device end.
    pub days: u32,
    /// Why.
    pub reason: String,
    /// Who asks.
    pub by: PersonId,
    /// Since which day.
    pub on: Day,
}

/// What became of a request to keep devices longer (D7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DeviceOutcome {
    /// The trials team approved it, and the device end moved.
    Approved,
    /// The trials team refused it.
    Refused,
    /// It closed by itself, because the trial was over or had no devices any more.
    Closed,
}

named!(DeviceOutcome { Approved = "approved", Refused = "refused", Closed = "closed" });

/// The answer to the last request to keep devices longer (D7).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct DeviceAnswer {
    /// What became of it.
    pub outcome: DeviceOutcome,
    /// The days that were asked for.
    pub days: u32,
    /// Since which day it is so.
    pub on: Day,
    /// What the trials team said with it, if anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// A device that came back (D9).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Returned {
    /// Its serial number, as [`serial`] writes it.
    pub serial: String,
    /// When it was checked in.
    pub at: Instant,
}

/// One shipment: there is at most one for each type in a trial (D4).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Shipment {
    /// What is shipped.
    pub device: DeviceType,
    /// How many.
    pub count: u32,
    /// Where it goes, when that is not where the trial's first shipment goes (D5).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ship_to: Option<ShipTo>,
    /// Where it stands.
    pub state: ShipmentState,
    /// The device start: the day on which it was ordered (D6).
    pub start: Day,
    /// The device end, apart from the trial's end (D6).
    pub end: Day,
    /// Its demo order number, once it was sent (D6).
    #[serde(default)]
    pub demo_order_number: Option<String>,
    /// Serial numbers as sent (D9).
    #[serde(default)]
    pub serials: Vec<String>,
    /// What came back.
    #[serde(default)]
    pub returned: Vec<Returned>,
    /// What came with it and is of another shipment of the trial (D9).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub extra: Vec<Returned>,
    /// What came with it and is of no shipment of the trial (D9).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub wrong: Vec<Returned>,
    /// The request to keep it longer that is open (D7).
    #[serde(default)]
    pub extension: Option<DeviceRequest>,
    /// What became of the last request to keep it longer that is over (D7).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered: Option<DeviceAnswer>,
    /// The day on which a new return label was asked for, while that is open (D8).
    #[serde(default)]
    pub label_asked: Option<Day>,
    /// How many mails about its being overdue went out (D8).
    #[serde(default)]
    pub overdue_mails: u32,
    /// How many of them were about an earlier device end, before it was moved on (D7).
    #[serde(default)]
    pub overdue_before: u32,
    /// Why it was written off.
    #[serde(default)]
    pub written_off: Option<String>,
}

/// A serial number as it is compared: without spaces, in capitals (D9).
pub fn serial(typed: &str) -> String {
    typed.chars().filter(|character| !character.is_whitespace()).collect::<String>().to_uppercase()
}

/// Most characters of a serial number. Those of the vendor's devices have 11.
pub const SERIAL_MAX: usize = 40;

/// Most serial numbers that a shipment keeps of what came back and was never sent (D9).
pub const WRONG_MAX: usize = 100;

/// Whether a serial number, as [`serial`] writes it, can be one: at most [`SERIAL_MAX`] letters and
/// digits, with the signs that makers put between them.
pub fn is_serial(serial: &str) -> bool {
    let fits = |character: char| character.is_ascii_alphanumeric() || "-._/:#+".contains(character);
    (1..=SERIAL_MAX).contains(&serial.len()) && serial.chars().all(fits)
}

/// Most characters of a text that serial numbers are read from: far more than ten devices need.
pub const SERIALS_TEXT_MAX: usize = 10_000;

/// The serial numbers of a text, as they are compared (D9): typed, pasted, or a file. Line ends,
/// commas, semicolons and tabs divide them; quotation marks around one, and the `=` that
/// spreadsheets put before them, are no part of it. Where the first line has the head of a column
/// of serial numbers, that column alone is read.
pub fn serials(text: &str) -> Vec<String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let cell = |cell: &str| serial(cell.trim().trim_start_matches('=').trim_matches('"'));
    let cells = |line: &str| line.split([',', ';', '\t']).map(cell).collect::<Vec<_>>();
    let mut lines = text.split(['\n', '\r']).filter(|line| !line.trim().is_empty()).map(cells);
    let first = lines.next().unwrap_or_default();
    let column = first.iter().position(|cell| COLUMN_HEADS.contains(&cell.as_str()));
    let read: Vec<String> = match column {
        Some(column) => lines.filter_map(|line| line.get(column).cloned()).collect(),
        None => first.into_iter().chain(lines.flatten()).collect(),
    };
    read.into_iter().filter(|cell| !cell.is_empty()).collect()
}

/// Heads of a column of serial numbers, as [`serial`] writes them.
const COLUMN_HEADS: [&str; 5] = ["SERIAL", "SERIALS", "SERIALNUMBER", "SERIALNUMBERS", "SERIENUMMER"];

/// Serial numbers that came back, held against those that were sent (D9).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct CheckIn {
    /// Of this shipment, and checked in now.
    pub taken: Vec<String>,
    /// Checked in before, with the moment; nothing changes.
    pub before: Vec<Returned>,
    /// Of this shipment, and given twice.
    pub extra: Vec<String>,
    /// Of another shipment of the trial, where they are to be checked in.
    pub elsewhere: Vec<String>,
    /// Of no shipment of the trial.
    pub wrong: Vec<String>,
    /// Of this shipment, and still out.
    pub missing: Vec<String>,
}

impl Shipment {
    /// A shipment ordered on a day, for a trial that ends on another one. The
    /// device end is the trial's end, but never later than 120 days on (D6).
    pub fn order(device: DeviceType, count: u32, start: Day, trial_end: Day) -> Shipment {
        let end = trial_end.min(start.plus(DEVICE_DAYS_MAX));
        Shipment {
            device,
            count,
            ship_to: None,
            state: ShipmentState::Ordered,
            start,
            end,
            demo_order_number: None,
            serials: Vec::new(),
            returned: Vec::new(),
            extra: Vec::new(),
            wrong: Vec::new(),
            extension: None,
            answered: None,
            label_asked: None,
            overdue_mails: 0,
            overdue_before: 0,
            written_off: None,
        }
    }

    /// The day by which it must be back (D8).
    pub fn return_due(&self) -> Day {
        self.end.plus(RETURN_DAYS)
    }

    /// The latest device end that it can have (D6, D7).
    pub fn latest_end(&self) -> Day {
        self.start.plus(DEVICE_DAYS_MAX)
    }

    /// How many days its device end can still be moved on (D7).
    pub fn days_to_add(&self) -> u32 {
        u32::try_from(self.end.days_until(self.latest_end())).unwrap_or_default()
    }

    /// Closes the request to keep it longer that is open, and keeps what became of it (D7).
    pub(crate) fn answer_extension(&mut self, outcome: DeviceOutcome, reason: Option<String>, on: Day) {
        if let Some(DeviceRequest { days, .. }) = self.extension.take() {
            self.answered = Some(DeviceAnswer { outcome, days, on, reason });
        }
    }

    /// Whether its return is overdue on a day: from the day after the last one (D8).
    pub fn is_overdue(&self, today: Day) -> bool {
        self.state.is_out() && today > self.return_due()
    }

    /// The day of the next mail about its being overdue: once a week from the first
    /// overdue day, until all is back or written off (D8).
    pub fn next_overdue_mail(&self) -> Option<Day> {
        self.state
            .is_out()
            .then(|| self.return_due().plus(1 + OVERDUE_DAYS * (self.overdue_mails - self.overdue_before)))
    }

    /// Counts the weeks of being overdue from the end that it has now. Where it is overdue by that end
    /// as well, the weeks that have passed were mailed already, and the next mail is a week's next (D8).
    pub(crate) fn count_overdue_anew(&mut self, today: Day) {
        let late = self.return_due().plus(1).days_until(today);
        let passed = u32::try_from(late).map_or(0, |late| late / OVERDUE_DAYS + 1);
        self.overdue_before = self.overdue_mails.saturating_sub(passed);
    }

    /// Notes what was checked in. What was noted before keeps its moment (D9).
    pub(crate) fn take_back(&mut self, result: CheckIn, at: Instant) {
        let note = |known: &mut Vec<Returned>, serial: String| {
            if !known.iter().any(|each| each.serial == serial) {
                known.push(Returned { serial, at });
            }
        };
        result.taken.into_iter().for_each(|serial| note(&mut self.returned, serial));
        result.wrong.into_iter().for_each(|serial| note(&mut self.wrong, serial));
        // One of its own that was given twice came once.
        result.elsewhere.into_iter().for_each(|serial| note(&mut self.extra, serial));
        if !self.returned.is_empty() {
            let all = self.returned.len() == self.serials.len();
            self.state = if all { ShipmentState::Returned } else { ShipmentState::ReturnedInPart };
        }
    }

    /// Holds serial numbers that came back against those that were sent (D9).
    /// `elsewhere` are the serials of the trial's other shipments.
    pub fn check_in(&self, typed: &[String], elsewhere: &[String]) -> CheckIn {
        let mut result = CheckIn::default();
        for each in typed.iter().map(|each| serial(each)).filter(|each| !each.is_empty()) {
            let before = self.returned.iter().find(|returned| returned.serial == each);
            if elsewhere.contains(&each) {
                result.elsewhere.push(each);
            } else if result.taken.contains(&each) {
                result.extra.push(each);
            } else if let Some(before) = before {
                result.before.push(before.clone());
            } else if self.serials.contains(&each) {
                result.taken.push(each);
            } else {
                result.wrong.push(each);
            }
        }
        let back = |each: &&String| {
            !result.taken.contains(each) && !self.returned.iter().any(|returned| returned.serial == **each)
        };
        result.missing = self.serials.iter().filter(back).cloned().collect();
        result
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
    fn serial_numbers_are_read_from_what_is_typed_pasted_or_stands_in_a_file_d9() {
        for (text, read) in [
            ("", &[] as &[&str]),
            (" ab 12 \r\nab13\n\n", &["AB12", "AB13"]),
            ("ab12, ab13;ab14\tab15", &["AB12", "AB13", "AB14", "AB15"]),
            ("\u{feff}\"Serial number\"\r\n\"ab12\"\r\n", &["AB12"]),
            ("Serienummer;;\nab12;;", &["AB12"]),
            ("Model,Serial number\nPhone,ab 12\nPhone,ab13", &["AB12", "AB13"]),
            ("Serial number;Model\nab12;Phone", &["AB12"]),
            ("=\"ab12\"\n=\"0013\"", &["AB12", "0013"]),
            // Only the first can be a head; whatever else stands there is held against what was sent.
            ("ab12\nserial", &["AB12", "SERIAL"]),
        ] {
            assert_eq!(serials(text), read, "{text:?}");
        }
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
