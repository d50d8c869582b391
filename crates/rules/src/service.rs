//! The services that can be tried, and their options (N8).

use serde::{Deserialize, Serialize};

use crate::named::named;

/// A service of the suite.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Service {
    /// Spaces, files and whiteboards.
    Messaging,
    /// Video meetings; Hybrid Calendar is included.
    Meetings,
    /// Phone calls.
    Calling,
    /// Phones, desk and room devices, boards.
    Devices,
}

named!(Service {
    Messaging = "messaging",
    Meetings = "meetings",
    Calling = "calling",
    Devices = "devices",
});

impl Service {
    /// Every service, in the order in which it is shown.
    pub const ALL: [Service; 4] = [Service::Messaging, Service::Meetings, Service::Calling, Service::Devices];

    /// Whether the number of licences applies to it; devices are counted by type (N9).
    pub fn has_licences(self) -> bool {
        !matches!(self, Service::Devices)
    }
}

/// An option of Meetings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MeetingsOption {
    /// Meetings of up to 1000 participants.
    ThousandParticipants,
    /// Enterprise edition: 1000 participants and a site of its own.
    Enterprise,
    /// Assistant for meetings; it needs Enterprise edition.
    Assistant,
}

named!(MeetingsOption {
    ThousandParticipants = "thousand-participants",
    Enterprise = "enterprise",
    Assistant = "assistant",
});

impl MeetingsOption {
    /// Every option, in the order in which it is shown.
    pub const ALL: [MeetingsOption; 3] =
        [MeetingsOption::ThousandParticipants, MeetingsOption::Enterprise, MeetingsOption::Assistant];
}

/// Whose call control Calling uses: exactly one is chosen (N8).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CallingKind {
    /// The platform's own call control.
    Cloud,
    /// The customer's call control, joined to the platform.
    Hybrid,
}

named!(CallingKind {
    Cloud = "cloud",
    Hybrid = "hybrid",
});

impl CallingKind {
    /// Both kinds, in the order in which they are shown.
    pub const ALL: [CallingKind; 2] = [CallingKind::Cloud, CallingKind::Hybrid];
}

/// Calling as it is ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Calling {
    /// Cloud calling, with the number plan that it needs.
    Cloud {
        /// Locations, 1 to 50.
        locations: u32,
        /// Users who get a phone number, 0 to the licence count.
        numbered_users: u32,
    },
    /// Hybrid call service.
    Hybrid,
}

impl Calling {
    /// Whose call control it uses.
    pub fn kind(self) -> CallingKind {
        match self {
            Calling::Cloud { .. } => CallingKind::Cloud,
            Calling::Hybrid => CallingKind::Hybrid,
        }
    }

    /// Phone numbers that are needed: none for Hybrid call service (N8).
    pub fn phone_numbers(self) -> u32 {
        match self {
            Calling::Cloud { locations, numbered_users } => phone_numbers(locations, numbered_users),
            Calling::Hybrid => 0,
        }
    }
}

/// Most locations of Cloud calling (N8).
pub const LOCATIONS_MAX: u32 = 50;
/// Phone numbers that each location needs beside its users' (N8).
const NUMBERS_PER_LOCATION: u32 = 2;

/// Phone numbers that Cloud calling needs: one for each numbered user and two
/// for each location (N8).
pub fn phone_numbers(locations: u32, numbered_users: u32) -> u32 {
    numbered_users + NUMBERS_PER_LOCATION * locations
}

/// Most licences of a trial (N9).
pub const LICENCES_MAX: u32 = 1000;

/// For how long a trial runs, in days (N10).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub enum Duration {
    /// 30 days, the default.
    #[default]
    Days30,
    /// 60 days.
    Days60,
    /// 90 days.
    Days90,
}

impl Duration {
    /// Every duration that can be chosen.
    pub const ALL: [Duration; 3] = [Duration::Days30, Duration::Days60, Duration::Days90];

    /// The number of days.
    pub fn days(self) -> u32 {
        match self {
            Duration::Days30 => 30,
            Duration::Days60 => 60,
            Duration::Days90 => 90,
        }
    }

    /// The duration of so many days, or `None` when it is not on the list.
    pub fn from_days(days: u32) -> Option<Duration> {
        Duration::ALL.into_iter().find(|duration| duration.days() == days)
    }
}

impl From<Duration> for u32 {
    fn from(duration: Duration) -> u32 {
        duration.days()
    }
}

impl TryFrom<u32> for Duration {
    type Error = &'static str;

    fn try_from(days: u32) -> Result<Duration, Self::Error> {
        Duration::from_days(days).ok_or("a trial lasts 30, 60 or 90 days")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phone_numbers_are_users_and_two_for_each_location_n8() {
        for (locations, users, numbers) in [(1, 0, 2), (1, 25, 27), (3, 10, 16), (50, 1000, 1100)] {
            assert_eq!(phone_numbers(locations, users), numbers);
        }
        assert_eq!(Calling::Hybrid.phone_numbers(), 0);
        assert_eq!(Calling::Cloud { locations: 2, numbered_users: 5 }.phone_numbers(), 9);
    }

    #[test]
    fn a_trial_lasts_30_60_or_90_days_and_30_by_default_n10() {
        assert_eq!(Duration::default().days(), 30);
        assert_eq!(Duration::ALL.map(Duration::days), [30, 60, 90]);
        assert_eq!(serde_json::from_str::<Duration>("60").ok(), Some(Duration::Days60));
        assert!(serde_json::from_str::<Duration>("45").is_err());
    }
}
