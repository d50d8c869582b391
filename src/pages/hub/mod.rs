//! The customer's hub (H1): what waits for an answer, the trials, and what was asked before.

mod partners;
mod requests;

use contract::customers::TrialDetail;
use contract::hub::{Hub, HubTrial};
use leptos::prelude::*;
use leptos::task::spawn_local;
use words::{Language, date, hub, label};

pub use self::partners::HubPartners;
use self::requests::Requests;
use crate::api::{self, Failure};
use crate::heading::PageHeading;
use crate::navigation::navigator;
use crate::reader::language;
use crate::status::StatusPill;
use crate::waiting::{NotArrived, OnItsWay};

/// The overview of the own organisation.
#[component]
pub fn HubPage() -> impl IntoView {
    let language = language();
    load(hub::loading(language), move |hub, _| view! { <Overview hub=hub language=language /> }.into_any())
}

/// Loads the hub and lays it out; what is laid out can ask to load it again. The title then takes
/// the focus, for what had it is drawn anew (G4).
fn load(label: &'static str, laid_out: impl Fn(Hub, Callback<()>) -> AnyView + Send + Sync + 'static) -> impl IntoView {
    let found = RwSignal::new(None::<Result<Hub, Failure>>);
    let fetch = move || {
        found.set(None);
        spawn_local(async move {
            let answer = api::hub_view().await;
            let _ = found.try_set(Some(answer));
        });
    };
    fetch();
    let navigator = navigator();
    let again = Callback::new(move |()| {
        navigator.arrive_again();
        fetch();
    });
    move || match found.get() {
        None => view! { <OnItsWay label=label on_retry=again /> }.into_any(),
        Some(Err(failure)) => view! { <NotArrived failure=failure on_retry=again /> }.into_any(),
        Some(Ok(hub)) => laid_out(hub, again),
    }
}

#[component]
fn Overview(hub: Hub, language: Language) -> impl IntoView {
    let Hub { name, today, requests, trials, .. } = hub;
    view! {
        <div class="page-head"><PageHeading title=Signal::stored(name) /></div>
        <div class="stack hub">
            <Requests requests=requests today=today language=language>
                <Trials trials=trials language=language />
            </Requests>
        </div>
    }
}

/// The trials, with whose they are and until when.
#[component]
fn Trials(trials: Vec<HubTrial>, language: Language) -> impl IntoView {
    let empty = trials.is_empty().then(|| view! { <p class="muted">{hub::no_trials(language)}</p> });
    let lines = trials
        .into_iter()
        .map(|HubTrial { detail: TrialDetail { trial, status, .. }, partner, .. }| {
            let ends = trial.end().map(|end| hub::ends(language, date(language, end)));
            let services = label::services(language, trial.offer.services());
            view! {
                <li>
                    <StatusPill status=status />
                    <span>
                        {services} " " <span class="muted">{hub::by_partner(language, partner)}</span>
                        <span class="under">{ends}</span>
                    </span>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="panel card" aria-labelledby="trials">
            <h2 id="trials">{hub::trials(language)}</h2>
            {empty}
            <ul class="events">{lines}</ul>
        </section>
    }
}
