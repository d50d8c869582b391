//! Days and spans. Time is the backend's, in UTC days (L1).

use chrono::{DateTime, Days, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// A moment in UTC, told by the backend; the reader's clock is never used (L1).
pub type Instant = DateTime<Utc>;

/// A calendar day in UTC. It is written as `2026-03-31` in JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Day(NaiveDate);

impl Day {
    /// The UTC day in which an instant lies. Every day in the law comes from here.
    pub fn of(instant: Instant) -> Day {
        Day(instant.date_naive())
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
}
