//! Days and spans. Time is the backend's, in UTC days (L1).

use chrono::{DateTime, Days, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// A moment in UTC, told by the backend; the reader's clock is never used (L1).
pub type Instant = DateTime<Utc>;

/// A calendar day in UTC. It is written as `2026-03-31` in JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Day(NaiveDate);

impl Day {
    /// The UTC day in which an instant lies. Every day in the law comes from here.
    pub fn of(instant: Instant) -> Day {
        Day(instant.date_naive())
    }

    /// The instant at which the day begins, 00:00 UTC.
    pub fn begin(self) -> Instant {
        self.0.and_time(chrono::NaiveTime::MIN).and_utc()
    }

    /// The day of a calendar date, or `None` when there is no such date.
    pub fn from_ymd(year: i32, month: u32, day: u32) -> Option<Day> {
        NaiveDate::from_ymd_opt(year, month, day).map(Day)
    }

    /// The day so many days later.
    ///
    /// # Panics
    /// Beyond the year 262,000, where the calendar ends.
    pub fn plus(self, days: u32) -> Day {
        Day(self.0 + Days::new(u64::from(days)))
    }

    /// The day so many days earlier.
    ///
    /// # Panics
    /// Before the year -262,000, where the calendar begins.
    pub fn minus(self, days: u32) -> Day {
        Day(self.0 - Days::new(u64::from(days)))
    }

    /// The day of a text such as `2026-03-31`; `None` when it is none. Years have four
    /// digits. The calendar's own reader takes every way to write a date and weighs
    /// several kilobytes in the browser.
    pub fn parse(text: &str) -> Option<Day> {
        let bytes = text.as_bytes();
        if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
            return None;
        }
        let year = i32::try_from(digits(&bytes[..4])?).ok()?;
        Day::from_ymd(year, digits(&bytes[5..7])?, digits(&bytes[8..])?)
    }

    /// Whole days from this day to another one; negative when that one is earlier.
    pub fn days_until(self, other: Day) -> i64 {
        (other.0 - self.0).num_days()
    }

    /// Year, month (1 to 12) and day of the month (1 to 31).
    pub fn ymd(self) -> (i32, u32, u32) {
        use chrono::Datelike;
        (self.0.year(), self.0.month(), self.0.day())
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = crate::named::read(deserializer)?;
        Day::parse(&text).ok_or_else(|| serde::de::Error::custom("not a day"))
    }
}

/// A number of digits alone.
fn digits(text: &[u8]) -> Option<u32> {
    text.iter().try_fold(0u32, |number, digit| {
        let digit = digit.is_ascii_digit().then(|| u32::from(digit - b'0'))?;
        number.checked_mul(10)?.checked_add(digit)
    })
}

/// How an instant is read where bytes are dear: as it is written here, in UTC with a
/// `Z`, such as `2026-03-31T10:00:00.250Z`. To be named in `#[serde(with)]`.
pub mod instant {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::{Day, Instant, digits};

    /// Writes an instant as RFC 3339.
    ///
    /// # Errors
    /// As the serializer's.
    pub fn serialize<S: Serializer>(instant: &Instant, serializer: S) -> Result<S::Ok, S::Error> {
        instant.serialize(serializer)
    }

    /// Reads an instant.
    ///
    /// # Errors
    /// When the text is none.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Instant, D::Error> {
        let text = crate::named::read(deserializer)?;
        parse(&text).ok_or_else(|| serde::de::Error::custom("not an instant"))
    }

    /// The instant of a text; `None` when it is none.
    pub fn parse(text: &str) -> Option<Instant> {
        let (day, time) = text.strip_suffix('Z')?.split_once('T')?;
        let (time, fraction) = time.split_once('.').unwrap_or((time, ""));
        let bytes = time.as_bytes();
        if bytes.len() != 8 || bytes[2] != b':' || bytes[5] != b':' || fraction.len() > 9 {
            return None;
        }
        let (hour, minute, second) = (digits(&bytes[..2])?, digits(&bytes[3..5])?, digits(&bytes[6..])?);
        let nanos = digits(fraction.as_bytes())? * 10u32.pow(9 - fraction.len() as u32);
        let time = chrono::NaiveTime::from_hms_nano_opt(hour, minute, second, nanos)?;
        Some(Day::parse(day)?.0.and_time(time).and_utc())
    }

    /// The same for an instant that may be missing.
    pub mod optional {
        use super::{Deserialize, Deserializer, Instant, Serialize, Serializer, parse};

        /// Writes an instant, or nothing.
        ///
        /// # Errors
        /// As the serializer's.
        pub fn serialize<S: Serializer>(instant: &Option<Instant>, serializer: S) -> Result<S::Ok, S::Error> {
            instant.serialize(serializer)
        }

        /// Reads an instant, or nothing.
        ///
        /// # Errors
        /// When the text is no instant.
        pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Instant>, D::Error> {
            let text = Option::<String>::deserialize(deserializer)?;
            let read = |text: String| parse(&text).ok_or_else(|| serde::de::Error::custom("not an instant"));
            text.map(read).transpose()
        }
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (year, month, day) = self.ymd();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

/// Days left on `today` until the end of something: the one function that gives
/// this number on every page, mail and download (L1). It is 0 on the day itself
/// and negative afterwards.
pub fn days_left(today: Day, end: Day) -> i64 {
    today.days_until(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> Day {
        Day::from_ymd(year, month, day).expect("a date of the calendar")
    }

    #[test]
    fn days_left_count_from_the_utc_day_to_the_end_day_l1() {
        let rows = [
            (day(2026, 3, 1), day(2026, 3, 31), 30),
            (day(2026, 3, 30), day(2026, 3, 31), 1),
            (day(2026, 3, 31), day(2026, 3, 31), 0),
            (day(2026, 4, 2), day(2026, 3, 31), -2),
            (day(2028, 2, 28), day(2028, 3, 1), 2),
        ];
        for (today, end, left) in rows {
            assert_eq!(days_left(today, end), left, "{today} to {end}");
        }
    }

    #[test]
    fn the_day_is_the_utc_day_of_the_instant_whatever_the_reader_l1() {
        let late: Instant = "2026-03-01T23:30:00-02:00".parse().expect("an instant");
        assert_eq!(Day::of(late), day(2026, 3, 2));
        let early: Instant = "2026-03-01T00:30:00+02:00".parse().expect("an instant");
        assert_eq!(Day::of(early), day(2026, 2, 28));
    }

    #[test]
    fn a_day_is_read_as_it_is_written_and_nothing_else_is() {
        for text in ["2026-03-31", "2028-02-29", "0001-01-01", "9999-12-31"] {
            assert_eq!(Day::parse(text).map(|day| day.to_string()).as_deref(), Some(text));
        }
        for text in [
            "",
            "2026-3-31",
            "2026-02-30",
            "2027-02-29",
            "26-03-31",
            "2026/03/31",
            "2026/03-31",
            "2026-03/31",
            "2026-03-31 ",
            "2026-03-031",
            "+2026-03-1",
        ] {
            assert_eq!(Day::parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn an_instant_is_read_as_it_is_written_and_nothing_else_is() {
        for text in ["2026-03-01T10:00:00Z", "2026-03-01T23:59:59.250Z", "2028-02-29T00:00:00.000000001Z"] {
            let read: Instant = text.parse().expect("an instant");
            assert_eq!(instant::parse(text), Some(read), "{text}");
            let written = serde_json::to_string(&read).expect("it can be written");
            assert_eq!(written.trim_matches('"'), text);
        }
        for text in [
            "",
            "2026-03-01",
            "2026-03-01T10:00:00",
            "2026-03-01T24:00:00Z",
            "2026-03-01T10:00:00+01:00",
            "2026-03-01 10:00:00Z",
            "2026-03-01T10-00:00Z",
            "2026-03-01T10:00-00Z",
            "2026-03-01T10:00:000Z",
            "2026-03-01T10:00:00.0000000001Z",
        ] {
            assert_eq!(instant::parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn an_instant_of_a_message_is_read_as_it_is_written_also_when_it_may_be_missing() {
        #[derive(Debug, PartialEq, Serialize, Deserialize)]
        struct Message {
            #[serde(with = "instant")]
            at: Instant,
            #[serde(with = "instant::optional")]
            until: Option<Instant>,
        }
        let at: Instant = "2026-03-01T10:00:00Z".parse().expect("an instant");
        for (until, text) in [
            (None, r#"{"at":"2026-03-01T10:00:00Z","until":null}"#),
            (Some(at), r#"{"at":"2026-03-01T10:00:00Z","until":"2026-03-01T10:00:00Z"}"#),
        ] {
            let message = Message { at, until };
            assert_eq!(serde_json::to_string(&message).ok().as_deref(), Some(text));
            assert_eq!(serde_json::from_str::<Message>(text).ok(), Some(message));
        }
        for text in [r#"{"at":"today","until":null}"#, r#"{"at":"2026-03-01T10:00:00Z","until":"later"}"#] {
            assert!(serde_json::from_str::<Message>(text).is_err(), "{text}");
        }
    }
}
