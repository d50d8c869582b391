//! *Extend*: the new end is today and the chosen days (E1 to E3).

use contract::trials::TrialAct;
use leptos::prelude::*;
use rules::act::ActName;
use rules::clock::days_left;
use rules::ids::{OrganisationId, TrialId};
use rules::service::Duration;
use rules::trial::ends_on;
use rules::verdict::Verdict;
use words::{Language, acting, date_utc, editing, refusals, wizard};

use super::head;
use crate::act_dialog::{ActDialog, Asked};
use crate::before_after::{moved, told};
use crate::kept::Place;
use crate::navigation::navigator;
use crate::one_trial::{OneTrial, one_trial, refused};
use crate::reader::language;
use crate::route::Route;
use crate::session::session;
use crate::ui::{Button, ButtonKind, Form, RadioGroup, RadioOption};

/// The page on which the end of a trial is moved.
#[component]
pub fn ExtendTrial(
    /// The customer.
    customer: OrganisationId,
    /// The trial.
    trial: TrialId,
) -> impl IntoView {
    let language = language();
    one_trial(language, customer, trial, move |one, again| {
        view! { <Extend one=one again=again language=language /> }.into_any()
    })
}

#[component]
fn Extend(one: OneTrial, again: Callback<()>, language: Language) -> impl IntoView {
    let (company, today) = (one.customer.company.clone(), one.customer.today);
    let (customer, trial) = (one.customer.id.clone(), one.detail.trial.id.clone());
    let head = head(language, editing::extend_title(language, &company), &one);
    if let Verdict::Blocked(refusal) = one.verdict(ActName::Extend) {
        return view! { {head} <div class="stack narrow">{refused(language, &refusal, &customer, &trial)}</div> }
            .into_any();
    }
    let end = one.detail.trial.end().unwrap_or(today);
    let place = StoredValue::new(Place::of(&format!("extend {trial}")));
    let chosen = RwSignal::new(place.with_value(Place::kept).unwrap_or(Duration::Days30));
    let options = Duration::ALL.map(|duration| {
        let new = ends_on(today, duration);
        let stays = refusals::nothing_changes(language).to_owned();
        RadioOption {
            value: duration.days().to_string(),
            label: wizard::duration_days(language, duration.days()),
            hint: moved(language, end, new).unwrap_or(stays),
        }
    });
    let choose = move |value: String| {
        if let Some(duration) = value.parse().ok().and_then(Duration::from_days) {
            chosen.set(duration);
            place.with_value(|place| place.keep(&duration));
        }
    };
    let asked = RwSignal::new(None::<Asked>);
    let name = company.clone();
    let ask = move || {
        let act = TrialAct::Extend { days: chosen.get_untracked(), confirmed: false };
        let (title, done) = (editing::extend_question(language, &name), editing::extended(language, &name));
        let confirm = editing::extend_confirm(language);
        asked.set(Some(Asked { confirm, ..Asked::new(act, title, editing::extend_yes(language), done) }));
    };
    let devices = (!one.detail.trial.shipments.is_empty()).then(|| editing::extend_devices(language));
    let (navigator, domain) = (navigator(), session().settings.site_domain);
    let done = move |_| {
        place.with_value(Place::forget);
        navigator.go(Route::Customer(customer.clone()));
    };
    let submit = ask.clone();
    view! {
        {head}
        <Form class="stack narrow" on_submit=move |()| submit()>
            <dl class="facts">
                <dt>{editing::present_end(language)}</dt>
                <dd>{date_utc(language, end)} <span class="under">{editing::left(language, days_left(today, end))}</span></dd>
                <dt>{wizard::today(language)}</dt>
                <dd>{date_utc(language, today)}</dd>
            </dl>
            <RadioGroup
                id="extend-days"
                legend=editing::extend_by(language)
                options=options.to_vec()
                value=Signal::derive(move || chosen.get().days().to_string())
                on_change=choose
                hint=editing::extend_hint(language)
                required=true
            />
            {devices.map(|text| view! { <p class="hint">{text}</p> })}
            <div class="wizard-foot">
                <Button kind=ButtonKind::Primary on_click=move |_| ask()>{acting::see(language)}</Button>
            </div>
        </Form>
        <ActDialog
            on=trial
            asked=asked
            tell=move |brings| told(language, &domain, &brings)
            on_done=done
            on_over=again
            language=language
        />
    }
    .into_any()
}
