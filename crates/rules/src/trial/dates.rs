//! Every date that follows from a trial (N15).

use serde::{Deserialize, Serialize};

use super::{Phase, Plan, Trial};
use crate::clock::Day;
use crate::device::{DeviceType, RETURN_DAYS, Shipment, ShipmentState};
use crate::notice::{FIRST_NOTICE_DAYS, GRACE_DAYS, NUMBERS_KEPT_DAYS};
use crate::offer::Offer;
use crate::service::Duration;

/// What happens on a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum DateKind {
    /// The trial starts (L1).
    Start,
    /// The first notice goes (L4).
    FirstNotice,
    /// The trial ends and grace begins (L1, L2).
    End,
    /// It was converted (C4).
    Converted,
    /// It was cancelled (K2).
    Cancelled,
    /// Grace ends and the trial closes (L3).
    GraceEnd,
    /// Phone numbers are released (L3).
    NumberRelease,
    /// The device end of a type (D6).
    DeviceEnd(DeviceType),
    /// The day by which devices of a type must be back (D8).
    DeviceReturn(DeviceType),
}

/// The day E of a trial that starts on a day, and of one whose end is moved on it (L1, E1).
pub fn ends_on(from: Day, duration: Duration) -> Day {
    from.plus(duration.days())
}

/// The day on which a trial with an end closes, unless something comes before (L3).
pub fn closes_on(end: Day) -> Day {
    end.plus(GRACE_DAYS)
}

/// The day on which phone numbers are released whose calling stops on a day (L3).
pub fn numbers_released_on(stops: Day) -> Day {
    stops.plus(NUMBERS_KEPT_DAYS)
}

/// The dates that every trial has that starts on one day and ends on another.
pub fn dates_between(start: Day, end: Day) -> [(Day, DateKind); 4] {
    [
        (start, DateKind::Start),
        (end.minus(FIRST_NOTICE_DAYS).max(start), DateKind::FirstNotice),
        (end, DateKind::End),
        (closes_on(end), DateKind::GraceEnd),
    ]
}

/// The dates of a planned trial, earliest first; on one day the order is that of the kinds.
pub fn dates(plan: &Plan) -> Vec<(Day, DateKind)> {
    let mut dates = of(plan.start, plan.end, gives_numbers(&plan.offer));
    dates.extend(of_devices(&plan.shipments, None));
    dates.sort();
    dates
}

/// The dates of a trial that has started, in the same order; none of one that never did.
/// Of one that is over only its numbers and devices still have dates (L12).
pub fn dates_of(trial: &Trial) -> Vec<(Day, DateKind)> {
    let numbers = gives_numbers(&trial.offer);
    let (mut dates, devices_until) = match trial.phase {
        Phase::Started { start, end } => (of(start, end, numbers), None),
        // What cannot be undone follows from that day (K2).
        Phase::Cancelled { on, started: true } if !trial.settled => {
            let release = numbers.then(|| (numbers_released_on(on), DateKind::NumberRelease));
            (release.into_iter().collect(), Some(on))
        }
        Phase::Cancelled { started: true, .. } | Phase::Converted { .. } => (Vec::new(), None),
        Phase::Pending { .. }
        | Phase::Awaiting { .. }
        | Phase::Cancelled { started: false, .. }
        | Phase::Declined { .. }
        | Phase::Lapsed { .. } => return Vec::new(),
    };
    dates.extend(trial.numbers_until.map(|day| (day, DateKind::NumberRelease)));
    dates.extend(of_devices(&trial.shipments, devices_until));
    dates.sort();
    dates.dedup();
    dates
}

/// The dates that a trial has lived through that was converted or cancelled, and the day of that; none
/// of any other. A converted one has kept of them no more than its start.
pub fn dates_past(trial: &Trial) -> Vec<(Day, DateKind)> {
    match (trial.phase, &trial.cancellation) {
        (Phase::Cancelled { on, started: true }, Some(cancellation)) => {
            let before = Trial { phase: cancellation.before, ..trial.clone() };
            lived(&before, on).chain([(on, DateKind::Cancelled)]).collect()
        }
        (Phase::Converted { on }, _) => {
            let start = trial.started.map(|start| (Day::of(start), DateKind::Start));
            start.into_iter().chain([(on, DateKind::Converted)]).collect()
        }
        _ => Vec::new(),
    }
}

/// The dates of a trial itself that have come by a day.
pub(crate) fn lived(trial: &Trial, by: Day) -> impl Iterator<Item = (Day, DateKind)> + use<> {
    let own = |kind| matches!(kind, DateKind::Start | DateKind::FirstNotice | DateKind::End);
    dates_of(trial).into_iter().filter(move |(day, kind)| *day <= by && own(*kind))
}

/// Whether numbers are given out with it, which are kept for some days after (L3).
fn gives_numbers(offer: &Offer) -> bool {
    offer.calling.is_some_and(|calling| calling.phone_numbers() > 0)
}

fn of(start: Day, end: Day, numbers: bool) -> Vec<(Day, DateKind)> {
    let mut dates = Vec::from(dates_between(start, end));
    if numbers {
        dates.push((numbers_released_on(closes_on(end)), DateKind::NumberRelease));
    }
    dates
}

/// The dates of the shipments of which something has to come back (D6, D8, D11), none
/// of them later than a day on which what was not sent is cancelled.
fn of_devices(shipments: &[Shipment], until: Option<Day>) -> Vec<(Day, DateKind)> {
    let duty = |shipment: &&Shipment| match shipment.state {
        ShipmentState::Ordered => until.is_none(),
        ShipmentState::Sent | ShipmentState::ReturnedInPart => true,
        ShipmentState::Cancelled | ShipmentState::Returned | ShipmentState::WrittenOff => false,
    };
    let dates = shipments.iter().filter(duty).flat_map(|shipment| {
        let end = until.map_or(shipment.end, |day| shipment.end.min(day));
        [(end, DateKind::DeviceEnd(shipment.device)), (end.plus(RETURN_DAYS), DateKind::DeviceReturn(shipment.device))]
    });
    dates.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples;
    use crate::service::Duration;

    #[test]
    fn the_dates_of_a_trial_with_calling_and_devices_n15_l1_l3_d6() {
        let day = samples::day;
        let mut draft = samples::full_draft();
        draft.duration = Duration::Days30;
        let plan = samples::plan(draft, day(2026, 3, 1));
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
        let plan = samples::plan(samples::full_draft(), Day::of(samples::now()));
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
            assert_eq!(samples::plan(draft, start).end, end, "{start}");
        }
    }

    #[test]
    fn numbers_that_were_released_have_no_date_any_more_l12_l3() {
        let mut story = samples::Story::started(samples::full_draft());
        let sales = samples::actor(crate::people::PartnerRole::SalesAdministrator);
        story.does_with(&sales, "trial-1", crate::act::TrialAct::Cancel);
        let release = story.today().plus(NUMBERS_KEPT_DAYS);
        story.on(release.minus(1));
        assert_eq!(dates_of(story.trial("trial-1")), [(release, DateKind::NumberRelease)]);
        story.on(release);
        assert_eq!(dates_of(story.trial("trial-1")), []);
    }

    #[test]
    fn a_trial_without_calling_releases_no_numbers_l3() {
        let plan = samples::plan(samples::shortest_draft(), samples::day(2026, 3, 1));
        assert!(dates(&plan).iter().all(|(_, kind)| *kind != DateKind::NumberRelease));
    }
}
