//! Where trials, requests and shipments stand, who people are, and what wants doing.

use crate::{Language, customers, date_short, life, sign_in, terms};
use rules::{
    clock::{Day, days_left},
    consent::DeclineReason,
    customers::{Attention, DevicesDue},
    device::ShipmentState,
    notice::GRACE_DAYS,
    people::{CustomerRole, Role},
    trial::{Counted, Phase, Provisioning, State, closes_on},
};

/// The state of a trial (`L11`), by the table of terms (`W1`). What a row shows of a running one is
/// its status, which has a label of its own.
pub fn state(language: Language, state: State) -> &'static str {
    match state {
        State::Pending => terms::trial_pending(language),
        State::Awaiting => terms::awaiting_provisioning_details(language),
        State::Running => terms::active(language),
        State::Expired => terms::expired(language),
        State::Closed => terms::closed(language),
        State::Converted => terms::converted(language),
        State::Cancelled => terms::cancelled(language),
        State::Declined => terms::declined(language),
        State::Lapsed => terms::lapsed(language),
    }
}

/// The life of a trial in words: from when to when, and how much of it is left (`L1`, `L2`);
/// `None` is no trial.
pub fn trial_life(language: Language, phase: Option<Phase>, today: Day) -> String {
    match phase {
        None | Some(Phase::Pending { .. } | Phase::Awaiting { .. }) => customers::life_none(language).to_owned(),
        Some(Phase::Started { start, end }) => {
            let ends = date_short(language, end);
            let (left, grace) = (days_left(today, end), days_left(today, closes_on(end)));
            if left > 0 {
                customers::life_running(language, ends, left, date_short(language, start), start.days_until(end))
            } else if grace > 0 {
                customers::life_grace(language, ends, grace, GRACE_DAYS)
            } else {
                customers::life_over(language, date_short(language, closes_on(end)))
            }
        }
        Some(Phase::Converted { on } | Phase::Cancelled { on, started: true }) => {
            customers::life_over(language, date_short(language, on))
        }
        // A request that came to nothing never was a trial (Q11).
        Some(Phase::Cancelled { on, started: false } | Phase::Declined { on } | Phase::Lapsed { on }) => {
            customers::life_never(language, date_short(language, on))
        }
    }
}

/// The days that are left of a trial, of its grace period, or to answer its request: the one way
/// in which every page says that number (`L1`, `L2`, `X11`).
pub fn left(language: Language, phase: Phase, today: Day) -> Option<String> {
    let (counted, days) = phase.left(today)?;
    Some(match counted {
        Counted::Trial => customers::days_left_value(language, days),
        Counted::Grace => customers::grace_left(language, days),
        Counted::Answer => customers::answer_left(language, days),
    })
}

/// Where a shipment stands (`D11`).
pub fn shipment_state(language: Language, state: ShipmentState) -> &'static str {
    match state {
        ShipmentState::Ordered => life::ordered(language),
        ShipmentState::Sent => life::sent(language),
        ShipmentState::Cancelled => life::shipment_cancelled(language),
        ShipmentState::ReturnedInPart => life::returned_in_part(language),
        ShipmentState::Returned => life::returned(language),
        ShipmentState::WrittenOff => life::written_off(language),
    }
}

/// How far the provisioning of a service is (`N17`).
pub fn provisioning(language: Language, state: Provisioning) -> &'static str {
    match state {
        Provisioning::Waiting => life::waiting(language),
        Provisioning::Done(_) => life::done(language),
        Provisioning::Failed { .. } => life::failed(language),
        Provisioning::Stopped => life::stopped(language),
    }
}

/// Why a request is declined (`X9`).
pub fn decline_reason(language: Language, reason: DeclineReason) -> &'static str {
    match reason {
        DeclineReason::NotNeeded => life::not_needed(language),
        DeclineReason::WrongOrganisation => life::wrong_organisation(language),
        DeclineReason::UnknownPartner => life::unknown_partner(language),
        DeclineReason::Other => life::other_reason(language),
    }
}

/// What a person of a customer's organisation is (`P5`).
pub fn customer_role(language: Language, role: CustomerRole) -> &'static str {
    match role {
        CustomerRole::FullAdministrator => terms::full_administrator(language),
        CustomerRole::Administrator => life::administrator(language),
        CustomerRole::User => life::user(language),
    }
}

/// What a person of a customer's organisation can do here, in one sentence (`P5`).
pub fn customer_role_sentence(language: Language, role: CustomerRole) -> &'static str {
    match role {
        CustomerRole::FullAdministrator => life::can_full_administrator(language),
        CustomerRole::Administrator => life::can_administrator(language),
        CustomerRole::User => life::can_user(language),
    }
}

/// What a person is, whoever they are of (`P2`, `P5`, `P6`).
pub fn person_role(language: Language, role: &Role) -> &'static str {
    match role {
        Role::Partner { role, .. } => super::role(language, *role),
        Role::Customer { role, .. } => customer_role(language, *role),
        Role::TrialsTeam => sign_in::role_trials_team(language),
    }
}

/// Which devices are asked for, as a filter (`Q3`).
pub fn devices_due(language: Language, due: DevicesDue) -> &'static str {
    match due {
        DevicesDue::Due => life::devices_due(language),
        DevicesDue::Overdue => life::overdue_devices(language),
    }
}

/// What wants doing, as the worklist names it (`Q12`).
pub fn attention(language: Language, attention: Attention) -> &'static str {
    match attention {
        Attention::EndsSoon => life::ends_soon(language),
        Attention::InGrace => life::in_grace(language),
        Attention::Interested => life::interested(language),
        Attention::AnswerSoon => life::answer_soon(language),
        Attention::OverdueDevices => life::overdue_devices(language),
        Attention::FailedMails => life::failed_mails(language),
        Attention::Unassigned => life::unassigned(language),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_days_that_are_left_are_those_of_the_trial_of_its_grace_or_of_the_answer_l1_l2_x11() {
        let day = |number| Day::from_ymd(2026, 3, 1).expect("a date of the calendar").plus(number);
        let phase = Phase::Started { start: day(0), end: day(30) };
        let rows = [
            (0, Some("30 days left")),
            (29, Some("1 day left")),
            (30, Some("30 days of grace left")),
            (59, Some("1 day of grace left")),
            (60, None),
        ];
        for (today, text) in rows {
            assert_eq!(left(Language::En, phase, day(today)).as_deref(), text, "day {today}");
        }
        let pending = |answer_by| left(Language::En, Phase::Pending { answer_by }, day(0));
        assert_eq!(pending(day(30)).as_deref(), Some("30 days to answer"));
        assert_eq!(pending(day(0)).as_deref(), Some("0 days to answer"));
        assert_eq!(left(Language::En, Phase::Awaiting { since: day(0) }, day(0)), None);
        assert_eq!(left(Language::En, Phase::Cancelled { on: day(0), started: true }, day(0)), None);
    }
}
