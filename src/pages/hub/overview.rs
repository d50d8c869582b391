//! What the organisation has, in the overview: licences, the trials, and what happens next (H1).

use contract::hub::{Hub, HubTrial};
use contract::shipments::ShipmentDetail;
use leptos::prelude::*;
use rules::clock::Day;
use rules::set_up::SetUpStep;
use rules::trial::{State, closes_on};
use words::{Language, date, frame, hub, label, setting_up, subscriptions};

use super::devices::first;
use super::licences::Licences;
use super::whose::{Of, part_path};
use crate::route::{HubPart, Route};
use crate::set_up_way::set_up_way;
use crate::status::StatusPill;
use crate::ui::{ButtonKind, ButtonLink};

/// The terms that wait for the reader, a full administrator (U2): asked at every sign-in until they are
/// accepted.
#[component]
pub fn AsksTerms(
    /// The hub.
    hub: Hub,
    /// The reader's language.
    language: Language,
) -> impl IntoView {
    let asked = hub.trials.iter().map(|line| &line.detail.trial).filter(|trial| hub.asks_terms.contains(&trial.id));
    let lines: Vec<_> = asked
        .map(|trial| {
            let services = label::services(language, trial.offer.services());
            let href = Route::SetUp { trial: trial.id.clone(), step: SetUpStep::PlanReview }.path();
            view! {
                <p>{setting_up::asks_terms(language, &services)}</p>
                <div>
                    <ButtonLink kind=ButtonKind::Primary href=href>
                        {setting_up::asks_terms_open(language, &services)}
                    </ButtonLink>
                </div>
            }
        })
        .collect();
    (!lines.is_empty()).then(|| {
        view! {
            <section class="panel card hub-waiting" aria-labelledby="asks-terms">
                <h2 id="asks-terms">{setting_up::asks_terms_title(language)}</h2>
                {lines}
            </section>
        }
    })
}

/// Licences and trials, with the way to what can be done with them.
#[component]
pub fn Holdings(
    /// The hub.
    hub: Hub,
    /// Whose it is.
    of: Of,
    /// The reader's language.
    language: Language,
) -> impl IntoView {
    let Hub { today, licences, purchased, trials, .. } = hub;
    let empty = trials.is_empty().then(|| view! { <p class="muted">{hub::no_trials(language)}</p> });
    let shipments: Vec<&ShipmentDetail> = trials.iter().flat_map(|line| &line.detail.shipments).collect();
    let devices = first(language, &shipments).map(|first| {
        view! {
            {first}
            <div class="hub-way">
                <ButtonLink href=part_path(&of, HubPart::Devices)>{frame::devices(language)}</ButtonLink>
            </div>
        }
    });
    let lines = trials.into_iter().map(|trial| line(language, trial, today)).collect_view();
    view! {
        {devices}
        <Licences lines=licences purchased=purchased language=language />
        <section class="panel card" aria-labelledby="trials">
            <h2 id="trials">{hub::trials(language)}</h2>
            {empty}
            <ul class="events">{lines}</ul>
            <div class="hub-way">
                <ButtonLink href=part_path(&of, HubPart::Subscriptions)>{subscriptions::title(language)}</ButtonLink>
            </div>
        </section>
    }
}

fn line(language: Language, line: HubTrial, today: Day) -> impl IntoView {
    let HubTrial { detail, partner, .. } = line;
    let way = set_up_way(language, &detail, today, setting_up::open_hub(language), ButtonKind::Secondary)
        .filter(|_| detail.trial.set_up.finished.is_none());
    let left = label::left(language, detail.trial.phase, today);
    let next = next(language, detail.trial.state(today), detail.trial.end());
    view! {
        <li>
            <StatusPill status=detail.status />
            <span>
                {label::services(language, detail.trial.offer.services())}
                " "
                <span class="muted">{hub::by_partner(language, partner)}</span>
                {left.map(|left| view! { <span class="under numbers">{left}</span> })}
                {next.map(|next| view! { <span class="under">{next}</span> })}
                {way.map(|way| view! { <span class="hub-way">{way}</span> })}
            </span>
        </li>
    }
}

/// What time brings next, in a sentence; nothing for a trial that is over.
pub fn next(language: Language, state: State, end: Option<Day>) -> Option<String> {
    match (state, end) {
        (State::Awaiting, _) => Some(subscriptions::next_awaiting(language).to_owned()),
        (State::Running, Some(end)) => Some(subscriptions::next_running(language, date(language, end))),
        (State::Expired, Some(end)) => Some(subscriptions::next_expired(language, date(language, closes_on(end)))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use rules::samples;

    use super::*;

    #[test]
    fn what_happens_next_names_the_day_of_the_law_h1_l2_l3() {
        let end = samples::day(2026, 5, 1);
        let told = |state| next(Language::En, state, Some(end)).unwrap_or_default();
        assert!(told(State::Running).starts_with("On 1 May 2026 (UTC) it ends."));
        assert!(told(State::Expired).starts_with("Its services work until 31 May 2026 (UTC)."));
        assert_eq!(next(Language::En, State::Closed, Some(end)), None);
    }
}
