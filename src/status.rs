//! How a trial's status and life look, wherever they are shown.

use leptos::prelude::*;
use rules::clock::Day;
use rules::notice::GRACE_DAYS;
use rules::trial::{Phase, Provisioning, Status, closes_on};
use words::{customer, label};

use crate::reader::language;
use crate::ui::{self, Life, LifeBand, Shape, Tone};

/// A status as colour, shape and words (Q9).
#[component]
pub fn StatusPill(
    /// The status.
    status: Status,
) -> impl IntoView {
    view! { <ui::Status tone=tone(status) shape=shape(status) label=label::status(language(), status) /> }
}

/// The colour of a status; it never stands alone (G4).
pub fn tone(status: Status) -> Tone {
    match status {
        Status::Expired => Tone::Bad,
        Status::ExpiringSoon => Tone::Warn,
        Status::TrialPending | Status::AwaitingProvisioningDetails | Status::SettingUp => Tone::Wait,
        Status::Active => Tone::Good,
        Status::Converted | Status::Subscription => Tone::Done,
        Status::Closed | Status::Cancelled | Status::Declined | Status::Lapsed | Status::NoTrial => Tone::Off,
    }
}

/// The shape of a status.
pub fn shape(status: Status) -> Shape {
    match status {
        Status::Expired => Shape::Triangle,
        Status::ExpiringSoon => Shape::Clock,
        Status::TrialPending => Shape::Ring,
        Status::AwaitingProvisioningDetails | Status::SettingUp => Shape::Half,
        Status::Active => Shape::Dot,
        Status::Converted | Status::Subscription => Shape::Check,
        Status::Closed | Status::Cancelled | Status::Declined | Status::Lapsed => Shape::Cross,
        Status::NoTrial => Shape::Dash,
    }
}

/// How far a service is provisioned (N17).
#[component]
pub fn ProvisioningState(
    /// Where its step stands.
    state: Provisioning,
) -> impl IntoView {
    let language = language();
    let (tone, shape, label) = match state {
        Provisioning::Waiting => (Tone::Wait, Shape::Half, customer::service_waiting(language)),
        Provisioning::Done(_) => (Tone::Good, Shape::Check, customer::service_done(language)),
        Provisioning::Failed { .. } => (Tone::Bad, Shape::Triangle, customer::service_failed(language)),
        Provisioning::Stopped => (Tone::Off, Shape::Cross, customer::service_stopped(language)),
    };
    view! { <ui::Status tone=tone shape=shape label=label /> }
}

/// A trial's life as a band: drawn for a trial that has started and whose grace
/// is not over; of the others the reader is told in words why there is none.
#[component]
pub fn TrialLife(
    /// Where the trial stands; `None` without a trial.
    phase: Option<Phase>,
    /// Its status.
    status: Status,
    /// The backend's day (L1).
    today: Day,
) -> impl IntoView {
    let language = language();
    match life(phase, today) {
        Some(life) => view! {
            <LifeBand life=life tone=tone(status) label=label::trial_life(language, phase, today) />
        }
        .into_any(),
        None => view! {
            <span class="muted" aria-hidden="true">
                "–"
            </span>
            <span class="unseen">{label::trial_life(language, phase, today)}</span>
        }
        .into_any(),
    }
}

/// The days of a trial that runs or is in grace.
fn life(phase: Option<Phase>, today: Day) -> Option<Life> {
    match phase? {
        Phase::Started { start, end } if today < closes_on(end) => {
            let total = u32::try_from(start.days_until(end)).unwrap_or_default();
            Some(Life { total, grace: GRACE_DAYS, elapsed: start.days_until(today) })
        }
        Phase::Started { .. }
        | Phase::Pending { .. }
        | Phase::Awaiting { .. }
        | Phase::Converted { .. }
        | Phase::Cancelled { .. }
        | Phase::Declined { .. }
        | Phase::Lapsed { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use words::Language;

    fn day(number: u32) -> Day {
        Day::from_ymd(2026, 3, 1).expect("a date of the calendar").plus(number)
    }

    #[test]
    fn a_life_is_drawn_from_the_first_day_to_the_last_of_grace_l2() {
        let phase = Some(Phase::Started { start: day(0), end: day(30) });
        for (today, elapsed) in [(0, Some(0)), (29, Some(29)), (30, Some(30)), (59, Some(59)), (60, None)] {
            let drawn = life(phase, day(today));
            assert_eq!(drawn, elapsed.map(|elapsed| Life { total: 30, grace: 30, elapsed }), "day {today}");
        }
        assert_eq!(life(Some(Phase::Awaiting { since: day(0) }), day(0)), None);
        assert_eq!(life(None, day(0)), None);
    }

    #[test]
    fn a_life_is_told_in_words_with_the_days_that_the_law_gives_l1() {
        let told = |today| {
            let phase = Some(Phase::Started { start: day(0), end: day(30) });
            label::trial_life(Language::En, phase, day(today))
        };
        assert_eq!(told(0), "Trial from 1 Mar 2026 to 31 Mar 2026, 30 of 30 days left");
        assert_eq!(told(29), "Trial from 1 Mar 2026 to 31 Mar 2026, 1 of 30 days left");
        assert_eq!(told(30), "Trial ended 31 Mar 2026, 30 of 30 grace days left");
        assert_eq!(told(59), "Trial ended 31 Mar 2026, 1 of 30 grace days left");
    }
}
