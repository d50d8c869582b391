//! Every date that follows from a trial (N15).

use serde::{Deserialize, Serialize};

use super::{Phase, Plan, Trial};
use crate::clock::Day;
use crate::device::{DeviceType, Shipment};
use crate::notice::{FIRST_NOTICE_DAYS, GRACE_DAYS, NUMBERS_KEPT_DAYS};

/// What happens on a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateKind {
    /// The trial starts (L1).
    Start,
    /// The first notice goes (L4).
    FirstNotice,
    /// The trial ends and grace begins (L1, L2).
    End,
    /// Grace ends and the trial closes (L3).
    GraceEnd,
    /// Phone numbers are released (L3).
    NumberRelease,
    /// The device end of a type (D6).
    DeviceEnd(DeviceType),
    /// The day by which devices of a type must be back (D8).
    DeviceReturn(DeviceType),
}

/// The dates of a planned trial, earliest first; on one day the order is that of the kinds.
pub fn dates(plan: &Plan) -> Vec<(Day, DateKind)> {
    of(plan.start, plan.end, plan.offer.calling.is_some(), &plan.shipments)
}

/// The dates of a trial that has started, in the same order; none of another one.
pub fn dates_of(trial: &Trial) -> Vec<(Day, DateKind)> {
    match trial.phase {
        Phase::Started { start, end } => of(start, end, trial.offer.calling.is_some(), &trial.shipments),
        _ => Vec::new(),
    }
}

fn of(start: Day, end: Day, calling: bool, shipments: &[Shipment]) -> Vec<(Day, DateKind)> {
    let grace_end = end.plus(GRACE_DAYS);
    let mut dates = vec![
        (start, DateKind::Start),
        (end.minus(FIRST_NOTICE_DAYS).max(start), DateKind::FirstNotice),
        (end, DateKind::End),
        (grace_end, DateKind::GraceEnd),
    ];
    if calling {
        dates.push((grace_end.plus(NUMBERS_KEPT_DAYS), DateKind::NumberRelease));
    }
    for shipment in shipments {
        dates.push((shipment.end, DateKind::DeviceEnd(shipment.device)));
        dates.push((shipment.return_due(), DateKind::DeviceReturn(shipment.device)));
    }
    dates.sort();
    dates
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples;
    use crate::service::Duration;
    use crate::trial::plan;

    #[test]
    fn the_dates_of_a_trial_with_calling_and_devices_n15_l1_l3_d6() {
        let day = samples::day;
        let mut draft = samples::full_draft();
        draft.duration = Duration::Days30;
        let plan = plan(&samples::order(draft), day(2026, 3, 1));
        let phone = DeviceType::DeskPhone;
        assert_eq!(
            dates(&plan),
            [
                (day(2026, 3, 1), DateKind::Start),
                (day(2026, 3, 24), DateKind::FirstNotice),
                (day(2026, 3, 31), DateKind::End),
                (day(2026, 3, 31), DateKind::DeviceEnd(phone)),
                (day(2026, 4, 14), DateKind::DeviceReturn(phone)),
                (day(2026, 4, 30), DateKind::GraceEnd),
                (day(2026, 5, 15), DateKind::NumberRelease),
            ]
        );
    }

    #[test]
    fn a_started_trial_has_the_dates_of_its_plan_n15() {
        let trial = samples::trial(samples::full_draft());
        let plan = plan(&samples::order(samples::full_draft()), Day::of(samples::now()));
        assert_eq!(dates_of(&trial), dates(&plan));
    }

    #[test]
    fn ends_fall_on_the_calendar_also_over_leap_days_and_years_l1() {
        let day = samples::day;
        let rows = [
            (day(2028, 1, 30), Duration::Days30, day(2028, 2, 29)),
            (day(2027, 12, 31), Duration::Days60, day(2028, 2, 29)),
            (day(2027, 12, 2), Duration::Days30, day(2028, 1, 1)),
            (day(2026, 11, 23), Duration::Days90, day(2027, 2, 21)),
        ];
        for (start, duration, end) in rows {
            let mut draft = samples::shortest_draft();
            draft.duration = duration;
            assert_eq!(plan(&samples::order(draft), start).end, end, "{start}");
        }
    }

    #[test]
    fn a_trial_without_calling_releases_no_numbers_l3() {
        let plan = plan(&samples::order(samples::shortest_draft()), samples::day(2026, 3, 1));
        assert!(dates(&plan).iter().all(|(_, kind)| *kind != DateKind::NumberRelease));
    }
}
