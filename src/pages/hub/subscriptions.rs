//! The subscriptions: what is owned and tried, with *Purchase*, *Cancel trial* and the way to what will
//! be lost (H2, C1, K1, L9).

use contract::customers::TrialDetail;
use contract::hub::{Hub, HubTrial};
use leptos::prelude::*;
use rules::act::ActName;
use rules::clock::{Day, Instant};
use rules::eligibility::undo_until;
use rules::notice::GRACE_DAYS;
use rules::service::Service;
use rules::trial::{Phase, State, Trial};
use rules::verdict::Verdict;
use words::{Language, date, date_utc, hub, label, subscriptions, terms};

use super::act::{ActDialog, Subject, Wanted};
use super::licences::Licences;
use super::overview::{left, next};
use super::whose::{Of, part_path};
use crate::heading::PageHeading;
use crate::route::{HubPart, Route};
use crate::status::StatusPill;
use crate::ui::{Button, ButtonKind, ButtonLink, Notice, Shape, Tone, clock_text, count_down};

/// The page.
#[component]
pub fn Subscriptions(
    /// The hub.
    hub: Hub,
    /// Whose it is.
    of: Of,
    /// Loads it again.
    again: Callback<()>,
    /// The reader's language.
    language: Language,
) -> impl IntoView {
    let Hub { name, today, now, licences, purchased, trials, .. } = hub;
    let (live, earlier): (Vec<_>, Vec<_>) = trials.into_iter().partition(|line| {
        let trial = &line.detail.trial;
        trial.state(today).holds() || undo_seconds(trial, now).is_some()
    });
    let none = live.is_empty().then(|| view! { <p class="muted">{hub::no_trials(language)}</p> });
    let cards = live.into_iter().map(|line| {
        view! { <TrialCard line=line of=of.clone() today=today now=now again=again language=language /> }
    });
    let earlier: Vec<_> = earlier.into_iter().map(|line| over(language, line)).collect();
    let earlier = (!earlier.is_empty()).then(|| {
        view! {
            <section class="panel card" aria-labelledby="earlier-trials">
                <h2 id="earlier-trials">{subscriptions::earlier(language)}</h2>
                <ul class="events">{earlier}</ul>
            </section>
        }
    });
    view! {
        <div class="page-head"><PageHeading title=subscriptions::title(language).to_owned() /></div>
        <div class="stack hub">
            <p class="muted">{subscriptions::text(language, &name)}</p>
            {none}
            {cards.collect_view()}
            <Licences lines=licences purchased=purchased language=language />
            {earlier}
        </div>
    }
}

/// A trial that is over.
fn over(language: Language, line: HubTrial) -> impl IntoView {
    let HubTrial { detail: TrialDetail { trial, status, .. }, partner, .. } = line;
    let on = match trial.phase {
        Phase::Started { end, .. } => Some(end.plus(GRACE_DAYS)),
        Phase::Converted { on } | Phase::Cancelled { on, .. } | Phase::Declined { on } | Phase::Lapsed { on } => {
            Some(on)
        }
        Phase::Pending { .. } | Phase::Awaiting { .. } => None,
    };
    view! {
        <li>
            <StatusPill status=status />
            <span>
                {label::services(language, trial.offer.services())}
                " "
                <span class="muted">{hub::by_partner(language, partner)}</span>
                {on.map(|on| view! { <span class="under">{date_utc(language, on)}</span> })}
            </span>
        </li>
    }
}

/// For how many seconds a cancelling can still be undone; nothing where there is none to undo (K2).
fn undo_seconds(trial: &Trial, now: Instant) -> Option<u32> {
    let Phase::Cancelled { started: true, .. } = trial.phase else { return None };
    let cancellation = trial.cancellation.as_ref().filter(|each| each.by.is_some() && !trial.settled)?;
    let left = undo_until(cancellation).signed_duration_since(now).num_seconds();
    u32::try_from(left).ok().filter(|seconds| *seconds > 0)
}

/// Why an act may not be done; `None` when it may (P7).
fn because(language: Language, acts: &[(ActName, Verdict)], act: ActName) -> Option<String> {
    match acts.iter().find(|(name, _)| *name == act).map(|(_, verdict)| *verdict) {
        Some(Verdict::Blocked(refusal)) => Some(label::refusal(language, &refusal)),
        Some(Verdict::Allowed) | None => None,
    }
}

/// A trial that goes on, or whose cancelling can still be undone.
#[component]
fn TrialCard(
    line: HubTrial,
    of: Of,
    today: Day,
    now: Instant,
    again: Callback<()>,
    language: Language,
) -> impl IntoView {
    let HubTrial { detail, partner, partner_acts, days_left, .. } = line;
    let TrialDetail { trial, status, .. } = &detail;
    let (state, end) = (trial.state(today), trial.end());
    let services = label::services(language, trial.offer.services());
    let id = format!("trial-{}", trial.id);
    let nobody = (!partner_acts && state.holds()).then(|| {
        let text = subscriptions::nobody_converts(language, &partner);
        view! { <Notice tone=Tone::Warn shape=Shape::Triangle>{text}</Notice> }
    });
    let lost = matches!(state, State::Running | State::Expired).then(|| {
        let path = part_path(&of, HubPart::Lost(trial.id.clone()));
        view! { <ButtonLink href=path>{subscriptions::see_lost(language)}</ButtonLink> }
    });
    let next = next(language, state, end).map(|next| match state {
        State::Expired => view! { <Notice tone=Tone::Bad shape=Shape::Triangle>{next}</Notice> }.into_any(),
        _ => view! { <p>{next}</p> }.into_any(),
    });
    let left = days_left.and_then(|days| left(language, state, days));
    let facts = facts(language, trial, state);
    let said = trial.interest.as_ref().map(|interest| {
        let said = subscriptions::interest_said(language, date(language, interest.on), &partner);
        let answered = interest.answered.then(|| subscriptions::interest_answered(language));
        view! { <p class="muted">{said} " " {answered}</p> }
    });
    let heading = services.clone();
    let status = *status;
    view! {
        <section class="panel card stack" aria-labelledby=id.clone()>
            <div class="card-head">
                <h2 id=id.clone()>{heading}</h2>
                <StatusPill status=status />
                {left.map(|left| view! { <span class="numbers">{left}</span> })}
            </div>
            <p class="muted">{hub::by_partner(language, &partner)}</p>
            {next}
            {nobody}
            {facts}
            {said}
            <TrialActs detail=detail.clone() partner=partner of=of today=today now=now again=again language=language>
                {lost}
            </TrialActs>
        </section>
    }
}

fn facts(language: Language, trial: &Trial, state: State) -> Option<impl IntoView + use<>> {
    let end = trial.end()?;
    let (ends, closes) = match state {
        State::Running => (subscriptions::ends(language), None),
        State::Expired => (subscriptions::ended(language), Some(end.plus(GRACE_DAYS))),
        _ => return None,
    };
    let licences = trial.offer.licences.map(|count| subscriptions::each(language, count));
    Some(view! {
        <dl class="facts">
            {licences
                .map(|licences| {
                    view! {
                        <dt>{terms::licences(language)}</dt>
                        <dd>{licences}</dd>
                    }
                })}
            <dt>{ends}</dt>
            <dd>{date_utc(language, end)}</dd>
            {closes
                .map(|closes| {
                    view! {
                        <dt>{subscriptions::closes(language)}</dt>
                        <dd>{date_utc(language, closes)}</dd>
                    }
                })}
        </dl>
    })
}

/// What can be done with a trial from the hub: by the customer's people here; a partner that looks
/// along acts on its trial from the customer's page (P5, P8, Q10).
#[component]
pub fn TrialActs(
    /// The trial, with the verdicts for the reader.
    detail: TrialDetail,
    /// The partner that runs it.
    partner: String,
    /// Whose hub it is.
    of: Of,
    /// The backend's day (L1).
    today: Day,
    /// The backend's instant.
    now: Instant,
    /// Loads the page again.
    again: Callback<()>,
    /// The reader's language.
    language: Language,
    /// What stands beside the buttons.
    children: Children,
) -> impl IntoView {
    let TrialDetail { trial, acts, .. } = detail;
    let state = trial.state(today);
    let wanted = RwSignal::new(None::<Wanted>);
    let no_interest = because(language, &acts, ActName::SayInterested);
    // Whoever may not say so may still read what buying means; of what does not run nothing is bought.
    let no_purchase = no_interest.clone().filter(|_| !matches!(state, State::Running | State::Expired));
    let undo = undo_seconds(&trial, now).filter(|_| of.is_none()).map(|seconds| {
        let because = because(language, &acts, ActName::Undo);
        view! { <Undo seconds=seconds because=because wanted=wanted language=language /> }
    });
    let cancel = of.is_none().then(|| because(language, &acts, ActName::Cancel));
    let subject = Subject {
        trial: trial.id.clone(),
        partner,
        services: label::services(language, trial.offer.services()),
        started: trial.started.is_some(),
        devices: trial.offer.has(Service::Devices),
        no_interest,
    };
    let acts = state.holds().then(|| {
        let cancel = match (&of, cancel) {
            (Some(customer), _) => view! {
                <ButtonLink href=Route::Customer(customer.clone()).path()>
                    {subscriptions::to_customer(language)}
                </ButtonLink>
            }
            .into_any(),
            (None, because) => view! {
                <Button
                    kind=ButtonKind::Danger
                    disabled_because=Signal::stored(because.flatten())
                    on_click=move |_| wanted.set(Some(Wanted::Cancel))
                >
                    {terms::cancel_trial(language)}
                </Button>
            }
            .into_any(),
        };
        view! {
            <div class="request-actions">
                <Button
                    kind=ButtonKind::Primary
                    disabled_because=Signal::stored(no_purchase)
                    on_click=move |_| wanted.set(Some(Wanted::Purchase))
                >
                    {terms::purchase(language)}
                </Button>
                {children()}
                {cancel}
            </div>
        }
    });
    view! {
        {undo}
        {acts}
        <ActDialog subject=subject wanted=wanted again=again language=language />
    }
}

/// For how long the cancelling can still be undone, counted down, with the button that does it (K2).
#[component]
fn Undo(seconds: u32, because: Option<String>, wanted: RwSignal<Option<Wanted>>, language: Language) -> impl IntoView {
    let left = count_down(Signal::stored(seconds));
    // The first tick has not come yet when the page is drawn.
    let begun = RwSignal::new(false);
    Effect::new(move |_| {
        if left.get() > 0 {
            begun.set(true);
        }
    });
    let over = Memo::new(move |_| begun.get() && left.get() == 0);
    let says = move || match (over.get(), left.get()) {
        (true, _) => subscriptions::undo_over(language).to_owned(),
        (false, 0) => subscriptions::undo_left(language, clock_text(seconds)),
        (false, left) => subscriptions::undo_left(language, clock_text(left)),
    };
    let because = StoredValue::new(because);
    view! {
        <Notice tone=Tone::Warn shape=Shape::Clock>
            <p class="numbers">{says}</p>
        </Notice>
        {move || {
            (!over.get())
                .then(|| {
                    view! {
                        <div class="request-actions">
                            <Button
                                disabled_because=Signal::stored(because.get_value())
                                on_click=move |_| wanted.set(Some(Wanted::Undo))
                            >
                                {label::act(language, ActName::Undo)}
                            </Button>
                        </div>
                    }
                })
        }}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rules::samples::{self, Story};
    use rules::trial::Cancellation;

    #[test]
    fn the_time_to_undo_counts_from_the_cancelling_by_the_backends_clock_k2() {
        let story = Story::accepted(samples::customer_draft(&[Service::Messaging]), true);
        let mut trial = story.trial("asked").clone();
        let at = samples::now();
        let before = trial.phase;
        trial.phase = Phase::Cancelled { on: Day::of(at), started: true };
        trial.cancellation = Some(Cancellation { by: Some("p".into()), at, before });
        let after = |seconds| undo_seconds(&trial, at + chrono::TimeDelta::seconds(seconds));
        assert_eq!((after(0), after(299), after(300), after(900)), (Some(300), Some(1), None, None));
        trial.settled = true;
        assert_eq!(undo_seconds(&trial, at), None);
    }
}
