//! State and shown status of a trial on a day (L11).

use super::dates::closes_on;
use super::{Phase, Trial};
use crate::clock::{Day, Instant, days_left};
use crate::named::named;
use crate::notice::FIRST_NOTICE_DAYS;

/// The state of a trial: exactly one at any time (L11).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names are those of L11")]
pub enum State {
    Pending,
    Awaiting,
    Running,
    Expired,
    Closed,
    Converted,
    Cancelled,
    Declined,
    Lapsed,
}

named!(State {
    Pending = "pending",
    Awaiting = "awaiting",
    Running = "running",
    Expired = "expired",
    Closed = "closed",
    Converted = "converted",
    Cancelled = "cancelled",
    Declined = "declined",
    Lapsed = "lapsed",
});

impl State {
    /// Every state, in the order of L11.
    pub const ALL: [State; 9] = [
        State::Pending,
        State::Awaiting,
        State::Running,
        State::Expired,
        State::Closed,
        State::Converted,
        State::Cancelled,
        State::Declined,
        State::Lapsed,
    ];

    /// Whether a trial in it keeps its services from others, and the organisation
    /// open: it awaits its set-up, runs, or is in grace (X4, L3).
    pub fn holds(self) -> bool {
        matches!(self, State::Awaiting | State::Running | State::Expired)
    }
}

/// What a row of the customers list shows, in the order of attention (Q9).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names are the labels of W1")]
pub enum Status {
    Expired,
    ExpiringSoon,
    TrialPending,
    AwaitingProvisioningDetails,
    SettingUp,
    Active,
    Converted,
    Closed,
    Cancelled,
    Declined,
    Lapsed,
    Subscription,
    NoTrial,
}

named!(Status {
    Expired = "expired",
    ExpiringSoon = "expiring-soon",
    TrialPending = "trial-pending",
    AwaitingProvisioningDetails = "awaiting-provisioning-details",
    SettingUp = "setting-up",
    Active = "active",
    Converted = "converted",
    Closed = "closed",
    Cancelled = "cancelled",
    Declined = "declined",
    Lapsed = "lapsed",
    Subscription = "subscription",
    NoTrial = "no-trial",
});

impl Status {
    /// Every status, in the order of attention (Q9).
    pub const ALL: [Status; 13] = [
        Status::Expired,
        Status::ExpiringSoon,
        Status::TrialPending,
        Status::AwaitingProvisioningDetails,
        Status::SettingUp,
        Status::Active,
        Status::Converted,
        Status::Closed,
        Status::Cancelled,
        Status::Declined,
        Status::Lapsed,
        Status::Subscription,
        Status::NoTrial,
    ];
}

/// Of what days are left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// The trial runs until its end (L1).
    Trial,
    /// Grace goes until the closing (L2).
    Grace,
    /// A request can be answered (X11).
    Answer,
}

/// Hours for which Setting up is shown at most (L11).
pub(crate) const SETTING_UP_HOURS: i64 = 24;

impl Phase {
    /// The state on a day. From the end on the date alone decides (L11).
    pub fn state(self, today: Day) -> State {
        match self {
            Phase::Pending { .. } => State::Pending,
            Phase::Awaiting { .. } => State::Awaiting,
            Phase::Started { end, .. } if today < end => State::Running,
            Phase::Started { end, .. } if today < closes_on(end) => State::Expired,
            Phase::Started { .. } => State::Closed,
            Phase::Converted { .. } => State::Converted,
            Phase::Cancelled { .. } => State::Cancelled,
            Phase::Declined { .. } => State::Declined,
            Phase::Lapsed { .. } => State::Lapsed,
        }
    }

    /// The shown status on a day, for a trial that is or is not set up yet (L11).
    pub fn status(self, today: Day, setting_up: bool) -> Status {
        match (self.state(today), self) {
            (State::Running, _) if setting_up => Status::SettingUp,
            (State::Running, Phase::Started { end, .. }) if days_left(today, end) <= i64::from(FIRST_NOTICE_DAYS) => {
                Status::ExpiringSoon
            }
            (State::Running, _) => Status::Active,
            (State::Pending, _) => Status::TrialPending,
            (State::Awaiting, _) => Status::AwaitingProvisioningDetails,
            (State::Expired, _) => Status::Expired,
            (State::Closed, _) => Status::Closed,
            (State::Converted, _) => Status::Converted,
            (State::Cancelled, _) => Status::Cancelled,
            (State::Declined, _) => Status::Declined,
            (State::Lapsed, _) => Status::Lapsed,
        }
    }

    /// The day on which it ends, ended, or has to be answered; `None` for one that
    /// awaits its set-up (Q1).
    pub fn last_day(self) -> Option<Day> {
        match self {
            Phase::Pending { answer_by } => Some(answer_by),
            Phase::Awaiting { .. } => None,
            Phase::Started { end, .. } => Some(end),
            Phase::Converted { on } | Phase::Cancelled { on, .. } | Phase::Declined { on } | Phase::Lapsed { on } => {
                Some(on)
            }
        }
    }

    /// The day E of one that runs or is in grace on a day (L1, L2).
    pub fn end(self, today: Day) -> Option<Day> {
        match (self.state(today), self) {
            (State::Running | State::Expired, Phase::Started { end, .. }) => Some(end),
            _ => None,
        }
    }

    /// The days that are left of one that runs (L1): 0 on the day E, and negative in grace.
    pub fn days_left(self, today: Day) -> Option<i64> {
        self.end(today).map(|end| days_left(today, end))
    }

    /// What is counted down of it on a day, with the days that are left: the trial, its grace
    /// period, or the time to answer a request (L1, L2, X11).
    pub fn left(self, today: Day) -> Option<(Counted, i64)> {
        let (counted, until) = match (self.state(today), self) {
            (State::Running, Phase::Started { end, .. }) => (Counted::Trial, end),
            (State::Expired, Phase::Started { end, .. }) => (Counted::Grace, closes_on(end)),
            (State::Pending, Phase::Pending { answer_by }) => (Counted::Answer, answer_by),
            _ => return None,
        };
        Some((counted, days_left(today, until)))
    }

    /// Whether the customer has left the list with it: declined, lapsed, or
    /// cancelled before the start (Q11).
    pub fn left_the_list(self) -> bool {
        matches!(self, Phase::Declined { .. } | Phase::Lapsed { .. } | Phase::Cancelled { started: false, .. })
    }
}

impl Trial {
    /// Until when Setting up is shown at most: 24 hours from the start, and not
    /// at all once every service was done. A service added later never brings it
    /// back (L11).
    pub fn setting_up_until(&self) -> Option<Instant> {
        self.started.filter(|_| !self.was_set_up).map(|started| started + chrono::TimeDelta::hours(SETTING_UP_HOURS))
    }

    /// The shown status at an instant (L11).
    pub fn status(&self, now: Instant) -> Status {
        self.phase.status(Day::of(now), self.setting_up_until().is_some_and(|until| now < until))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples;

    #[test]
    fn the_date_alone_moves_a_started_trial_l11() {
        let start = samples::day(2026, 3, 1);
        let end = start.plus(30);
        let phase = Phase::Started { start, end };
        let rows = [
            (0, State::Running, Status::Active),
            (22, State::Running, Status::Active),
            (23, State::Running, Status::ExpiringSoon),
            (29, State::Running, Status::ExpiringSoon),
            (30, State::Expired, Status::Expired),
            (59, State::Expired, Status::Expired),
            (60, State::Closed, Status::Closed),
            (400, State::Closed, Status::Closed),
        ];
        for (after, state, status) in rows {
            let today = start.plus(after);
            assert_eq!((phase.state(today), phase.status(today, false)), (state, status), "day {after}");
        }
    }

    #[test]
    fn setting_up_is_shown_until_every_service_is_done_or_24_hours_have_passed_l11() {
        let mut trial = samples::trial(samples::full_draft());
        let started = trial.started.expect("it runs");
        let after = |minutes| started + chrono::TimeDelta::minutes(minutes);
        assert_eq!(trial.status(started), Status::SettingUp);
        assert_eq!(trial.status(after(24 * 60 - 1)), Status::SettingUp);
        assert_eq!(trial.status(after(24 * 60)), Status::Active);
        trial.was_set_up = true;
        assert_eq!(trial.status(started), Status::Active);
    }

    #[test]
    fn what_was_done_with_a_trial_decides_its_state_whatever_the_day_c4_k2_x9_x11_x12() {
        let on = samples::day(2026, 3, 1);
        let rows = [
            (Phase::Pending { answer_by: on }, State::Pending, Status::TrialPending),
            (Phase::Awaiting { since: on }, State::Awaiting, Status::AwaitingProvisioningDetails),
            (Phase::Converted { on }, State::Converted, Status::Converted),
            (Phase::Cancelled { on, started: true }, State::Cancelled, Status::Cancelled),
            (Phase::Declined { on }, State::Declined, Status::Declined),
            (Phase::Lapsed { on }, State::Lapsed, Status::Lapsed),
        ];
        for (phase, state, status) in rows {
            for today in [on, on.plus(1), on.plus(400)] {
                assert_eq!((phase.state(today), phase.status(today, false)), (state, status), "{phase:?} on {today}");
            }
        }
    }

    #[test]
    fn a_trial_has_a_last_day_and_days_left_while_it_runs_or_is_in_grace_q1_l1_l2() {
        let day = |number| samples::day(2026, 3, 1).plus(number);
        let started = Phase::Started { start: day(0), end: day(30) };
        let rows = [
            (started, 0, Some(day(30)), Some(30)),
            (started, 30, Some(day(30)), Some(0)),
            (started, 59, Some(day(30)), Some(-29)),
            (started, 60, Some(day(30)), None),
            (Phase::Pending { answer_by: day(9) }, 0, Some(day(9)), None),
            (Phase::Awaiting { since: day(0) }, 0, None, None),
            (Phase::Converted { on: day(1) }, 1, Some(day(1)), None),
            (Phase::Cancelled { on: day(2), started: true }, 2, Some(day(2)), None),
            (Phase::Declined { on: day(3) }, 3, Some(day(3)), None),
            (Phase::Lapsed { on: day(4) }, 4, Some(day(4)), None),
        ];
        for (phase, today, last_day, left) in rows {
            assert_eq!((phase.last_day(), phase.days_left(day(today))), (last_day, left), "{phase:?} on day {today}");
        }
    }

    #[test]
    fn what_never_started_leaves_the_list_q11() {
        let on = samples::day(2026, 3, 1);
        assert!(Phase::Declined { on }.left_the_list());
        assert!(Phase::Lapsed { on }.left_the_list());
        assert!(Phase::Cancelled { on, started: false }.left_the_list());
        assert!(!Phase::Cancelled { on, started: true }.left_the_list());
        assert!(!Phase::Converted { on }.left_the_list());
    }

    #[test]
    fn every_status_has_its_own_name_in_the_address_q3() {
        for status in Status::ALL {
            assert_eq!(Status::from_name(status.name()), Some(status));
        }
        assert_eq!(Status::from_name("nonsense"), None);
    }
}
