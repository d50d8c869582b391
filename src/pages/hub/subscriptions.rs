//! The subscriptions: what is owned and tried, with *Purchase*, *Cancel trial* and the way to what will
//! be lost (H2, C1, K1, L9).

use contract::customers::TrialDetail;
use contract::hub::{Hub, HubTrial};
use leptos::prelude::*;
use rules::act::ActName;
use rules::clock::{Day, Instant};
use rules::eligibility::can_be_undone_until;
use rules::service::Service;
use rules::trial::{Phase, State, Trial, closes_on};
use words::{Language, date, date_utc, hub, label, setting_up, subscriptions, terms};

use super::licences::Licences;
use super::overview::next;
use super::question::{Subject, Wanted, question};
use super::whose::{Of, part_path};
use crate::act_dialog::{ActDialog, Asked};
use crate::before_after::told;
use crate::heading::PageHeading;
use crate::navigation::navigator;
use crate::route::{HubPart, Route};
use crate::session::session;
use crate::set_up_way::set_up_way;
use crate::status::StatusPill;
use crate::ui::{Button, ButtonKind, ButtonLink, Notice, Shape, Tone};
use crate::undoing::Undoing;

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
        trial.state(today).holds() || can_be_undone_until(trial, now).is_some()
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
        Phase::Started { end, .. } => Some(closes_on(end)),
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
    let HubTrial { detail, partner, partner_acts, .. } = line;
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
    let left = label::left(language, trial.phase, today);
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
            <TrialActs
                detail=detail.clone()
                partner=partner
                partner_acts=partner_acts
                of=of
                today=today
                now=now
                again=again
                language=language
            >
                {lost}
            </TrialActs>
        </section>
    }
}

fn facts(language: Language, trial: &Trial, state: State) -> Option<impl IntoView + use<>> {
    let end = trial.end()?;
    let (ends, closes) = match state {
        State::Running => (subscriptions::ends(language), None),
        State::Expired => (subscriptions::ended(language), Some(closes_on(end))),
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
    /// Whether that partner can still act (H3).
    partner_acts: bool,
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
    let because = |name| label::because(language, detail.verdict(name));
    let trial = &detail.trial;
    let state = trial.state(today);
    let (navigator, domain) = (navigator(), session().settings.site_domain);
    let asked = RwSignal::new(None::<Asked>);
    let no_interest = because(ActName::SayInterested);
    // Whoever may not say so may still read what buying means; of what does not run, or what nobody
    // could convert (H3), nothing is bought.
    let bought = partner_acts && matches!(state, State::Running | State::Expired);
    let no_purchase = no_interest.clone().filter(|_| !bought);
    let subject = StoredValue::new(Subject {
        partner,
        partner_acts,
        services: label::services(language, trial.offer.services()),
        started: trial.started.is_some(),
        devices: trial.offer.has(Service::Devices),
        no_interest,
    });
    let ask = move |wanted| asked.set(Some(subject.with_value(|of| question(language, wanted, of))));
    let undo = can_be_undone_until(trial, now).filter(|_| of.is_none()).map(|until| {
        let because = because(ActName::Undo);
        view! { <Undoing until=until now=now because=because on_undo=move |()| ask(Wanted::Undo) language=language /> }
    });
    let no_cancel = because(ActName::Cancel);
    let set_up = set_up_way(language, &detail, today, setting_up::open_hub(language), ButtonKind::Secondary);
    let acts = state.holds().then(|| {
        let cancel = match &of {
            Some(customer) => view! {
                <ButtonLink href=Route::Customer(customer.clone()).path()>
                    {subscriptions::to_customer(language)}
                </ButtonLink>
            }
            .into_any(),
            None => view! {
                <Button
                    kind=ButtonKind::Danger
                    disabled_because=Signal::stored(no_cancel)
                    on_click=move |_| ask(Wanted::Cancel)
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
                    on_click=move |_| ask(Wanted::Purchase)
                >
                    {terms::purchase(language)}
                </Button>
                {set_up}
                {children()}
                {cancel}
            </div>
        }
    });
    let again = Callback::new(move |()| {
        navigator.arrive_again();
        again.run(());
    });
    view! {
        {undo}
        {acts}
        <ActDialog
            on=trial.id.clone()
            asked=asked
            tell=move |brings| told(language, &domain, &brings)
            on_done=move |_| again.run(())
            on_over=again
            language=language
        />
    }
}
