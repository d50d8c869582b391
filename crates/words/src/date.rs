//! Days and numbers in the reader's language. A page that shows a day says beside it that it is a
//! day in UTC (`G5`), once, instead of repeating it at every date.

use crate::Language;
use rules::clock::{Day, Instant};

const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const MONTHS_NL: [&str; 12] = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
];
const SHORT_NL: [&str; 12] = ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"];

/// A day in full: `21 January 2027`, `21 januari 2027` (`G5`).
pub fn date(language: Language, day: Day) -> String {
    let (year, month, number) = day.ymd();
    let month = month as usize - 1;
    let name = match language {
        Language::En => MONTHS_EN[month],
        Language::Nl => MONTHS_NL[month],
    };
    assemble(number, name, year)
}

/// A day for a table: `21 Jan 2027`, `21 jan 2027` (`G5`).
pub fn date_short(language: Language, day: Day) -> String {
    let (year, month, number) = day.ymd();
    let month = month as usize - 1;
    let name = match language {
        Language::En => &MONTHS_EN[month][..3],
        Language::Nl => SHORT_NL[month],
    };
    assemble(number, name, year)
}

/// A day with its zone, for where it stands alone: `21 January 2027 (UTC)` (`G5`).
pub fn date_utc(language: Language, day: Day) -> String {
    let mut text = date(language, day);
    text.push_str(" (UTC)");
    text
}

/// The minute of what has happened, with its zone: `21 January 2027, 14:35 UTC` (`G5`).
pub fn moment(language: Language, instant: Instant) -> String {
    let minutes = instant.timestamp().div_euclid(60).rem_euclid(24 * 60);
    format!("{}, {:02}:{:02} UTC", date(language, Day::of(instant)), minutes / 60, minutes % 60)
}

/// The minute from which something is possible: one that has begun is passed over, so that it is
/// possible at the minute that is named (`X13`).
pub fn moment_from(language: Language, instant: Instant) -> String {
    moment(language, instant + std::time::Duration::from_nanos(59_999_999_999))
}

fn assemble(day: u32, month: &str, year: i32) -> String {
    [day.to_string().as_str(), month, year.to_string().as_str()].join(" ")
}

/// A whole number with its thousands apart: `1,000`, `1.000`.
pub fn number(language: Language, number: u64) -> String {
    let apart = match language {
        Language::En => ",",
        Language::Nl => ".",
    };
    let mut text = String::new();
    crate::fill::push_apart(&mut text, &number.to_string(), apart);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, number: u32) -> Day {
        Day::from_ymd(year, month, number).expect("a date of the calendar")
    }

    #[test]
    fn a_day_is_written_as_the_readers_language_writes_it_g5() {
        let rows = [
            (day(2027, 1, 21), "21 January 2027", "21 januari 2027", "21 Jan 2027", "21 jan 2027"),
            (day(2028, 2, 29), "29 February 2028", "29 februari 2028", "29 Feb 2028", "29 feb 2028"),
            (day(2026, 3, 1), "1 March 2026", "1 maart 2026", "1 Mar 2026", "1 mrt 2026"),
            (day(2026, 12, 31), "31 December 2026", "31 december 2026", "31 Dec 2026", "31 dec 2026"),
        ];
        for (day, en, nl, short_en, short_nl) in rows {
            assert_eq!(date(Language::En, day), en);
            assert_eq!(date(Language::Nl, day), nl);
            assert_eq!(date_short(Language::En, day), short_en);
            assert_eq!(date_short(Language::Nl, day), short_nl);
        }
    }

    #[test]
    fn what_has_happened_has_its_own_minute_and_what_is_possible_the_one_that_has_come_by_then_g5_x13() {
        let rows = [
            ("2027-01-21T14:35:00Z", "21 January 2027, 14:35 UTC", "21 januari 2027, 14:35 UTC"),
            ("2027-01-21T14:35:00.001Z", "21 January 2027, 14:35 UTC", "21 januari 2027, 14:36 UTC"),
            ("2027-01-21T14:35:59.999Z", "21 January 2027, 14:35 UTC", "21 januari 2027, 14:36 UTC"),
            ("2026-12-31T23:59:30Z", "31 December 2026, 23:59 UTC", "1 januari 2027, 00:00 UTC"),
        ];
        for (instant, happened, possible) in rows {
            let instant: Instant = instant.parse().expect("an instant");
            assert_eq!(moment(Language::En, instant), happened);
            assert_eq!(moment_from(Language::Nl, instant), possible);
        }
        assert_eq!(date_utc(Language::En, day(2026, 3, 31)), "31 March 2026 (UTC)");
    }

    #[test]
    fn thousands_stand_apart_as_the_language_sets_them() {
        for (value, en, nl) in
            [(0, "0", "0"), (999, "999", "999"), (1000, "1,000", "1.000"), (1_234_567, "1,234,567", "1.234.567")]
        {
            assert_eq!(number(Language::En, value), en);
            assert_eq!(number(Language::Nl, value), nl);
        }
    }
}
