//! The test's own calendar: what the law has to say of a trial, reckoned without it, and the days
//! that a text names.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use rules::people::Language;
use rules::trial::{DateKind, Status};

/// A day, so many days after another one.
pub(super) fn after(day: NaiveDate, days: i64) -> NaiveDate {
    day.checked_add_signed(chrono::TimeDelta::days(days)).expect("a day of the calendar")
}

/// Where a trial stands, by what was done with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stands {
    Asked { on: NaiveDate },
    Accepted { on: NaiveDate },
    Runs { start: NaiveDate, end: NaiveDate },
    Converted { on: NaiveDate },
    Cancelled { on: NaiveDate },
    Declined { on: NaiveDate },
}

/// What every page has to say of it on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reckoned {
    pub(super) status: Status,
    /// What is counted down: of the trial, of its grace, or until the answer.
    pub(super) left: Option<i64>,
    /// Days to the end, negative in grace; none of a trial that does neither run nor is in grace.
    pub(super) to_the_end: Option<i64>,
    /// The day on which it ends, ended, or has to be answered.
    pub(super) last_day: Option<NaiveDate>,
    /// The days, then the numbers, that its life is told with.
    pub(super) life: (BTreeSet<NaiveDate>, Vec<i64>),
    /// The days on the timeline, earliest first.
    pub(super) dates: Vec<(NaiveDate, DateKind)>,
    /// When it closes, while it runs or is in grace.
    pub(super) closes: Option<NaiveDate>,
}

/// The days of a trial that starts and ends on days, with those of its numbers where it has some.
fn dates(start: NaiveDate, end: NaiveDate, numbers: bool) -> Vec<(NaiveDate, DateKind)> {
    let mut dates = vec![
        (start, DateKind::Start),
        (end - Days::new(7), DateKind::FirstNotice),
        (end, DateKind::End),
        (end + Days::new(30), DateKind::GraceEnd),
    ];
    dates.extend(numbers.then(|| (end + Days::new(45), DateKind::NumberRelease)));
    // Extended late, the first notice may be the start's own day, but never before it.
    dates.iter_mut().for_each(|(day, _)| *day = (*day).max(start));
    dates.sort();
    dates
}

impl Stands {
    /// What is so on a day; `numbers` says whether phone numbers were given out with it.
    pub(super) fn on(self, today: NaiveDate, numbers: bool) -> Reckoned {
        let left = |until: NaiveDate| (until - today).num_days();
        let over = |status, on| Reckoned {
            status,
            left: None,
            to_the_end: None,
            last_day: Some(on),
            life: ([on].into(), Vec::new()),
            dates: Vec::new(),
            closes: None,
        };
        let waits = |status, last_day: Option<NaiveDate>| Reckoned {
            left: last_day.map(left),
            last_day,
            life: (BTreeSet::new(), Vec::new()),
            ..over(status, today)
        };
        match self {
            Stands::Asked { on } if left(after(on, 30)) >= 0 => waits(Status::TrialPending, Some(after(on, 30))),
            Stands::Asked { on } => over(Status::Lapsed, after(on, 31)),
            Stands::Accepted { .. } => waits(Status::AwaitingProvisioningDetails, None),
            Stands::Runs { start, end } => {
                let (days, grace) = (left(end), left(after(end, 30)));
                let told = match days {
                    8.. => (Status::Active, Some(days)),
                    1..=7 => (Status::ExpiringSoon, Some(days)),
                    _ if grace > 0 => (Status::Expired, Some(grace)),
                    _ => (Status::Closed, None),
                };
                let life = match told.0 {
                    Status::Expired => ([end].into(), vec![grace, 30]),
                    Status::Closed => ([after(end, 30)].into(), Vec::new()),
                    _ => ([start, end].into(), vec![days, (end - start).num_days()]),
                };
                Reckoned {
                    status: told.0,
                    left: told.1,
                    to_the_end: told.1.map(|_| days),
                    last_day: Some(end),
                    life,
                    dates: dates(start, end, numbers),
                    closes: told.1.map(|_| after(end, 30)),
                }
            }
            Stands::Converted { on } => over(Status::Converted, on),
            Stands::Cancelled { on } => {
                let release = after(on, 15);
                // Once they are released nothing is said of them any more.
                let kept = (numbers && today < release).then_some((release, DateKind::NumberRelease));
                Reckoned { dates: kept.into_iter().collect(), ..over(Status::Cancelled, on) }
            }
            Stands::Declined { on } => over(Status::Declined, on),
        }
    }
}

const MONTHS: [[&str; 2]; 12] = [
    ["January", "januari"],
    ["February", "februari"],
    ["March", "maart"],
    ["April", "april"],
    ["May", "mei"],
    ["June", "juni"],
    ["July", "juli"],
    ["August", "augustus"],
    ["September", "september"],
    ["October", "oktober"],
    ["November", "november"],
    ["December", "december"],
];

/// The month that a word names in a language, whole or in three letters.
fn month(language: Language, word: &str) -> Option<u32> {
    let place = usize::from(language == Language::Nl);
    let short = |month: &str| match month {
        "maart" => "mrt".to_owned(),
        month => month[..3].to_owned(),
    };
    let found = MONTHS.iter().position(|names| names[place] == word || short(names[place]) == word)?;
    u32::try_from(found + 1).ok()
}

/// The days that a text names in a language, and the numbers beside them.
pub(super) fn named(language: Language, text: &str) -> (BTreeSet<NaiveDate>, Vec<i64>) {
    let words: Vec<&str> = text.split(|each: char| !each.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let (mut days, mut numbers, mut at) = (BTreeSet::new(), Vec::new(), 0);
    while at < words.len() {
        let day = || {
            let [day, name, year] = words.get(at..at + 3)? else { return None };
            NaiveDate::from_ymd_opt(year.parse().ok()?, month(language, name)?, day.parse().ok()?)
        };
        if let Some(day) = day() {
            days.insert(day);
            at += 3;
            continue;
        }
        numbers.extend(words[at].parse::<i64>().ok());
        at += 1;
    }
    (days, numbers)
}

#[test]
fn the_days_and_numbers_of_a_text_are_read_g5() {
    let day = |month, day| NaiveDate::from_ymd_opt(2026, month, day).expect("a day");
    let read = named(Language::Nl, "Van 1 mrt 2026 tot 31 maart 2026 (UTC), nog 12 van 30 dagen.");
    assert_eq!(read, ([day(3, 1), day(3, 31)].into(), vec![12, 30]));
    assert_eq!(named(Language::En, "in 7 days, on 2 May 2026").0, [day(5, 2)].into());
    assert_eq!(named(Language::En, "op 1 maart 2026").0, BTreeSet::new(), "in the mail's own language");
}
