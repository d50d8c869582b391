//! The running summary beside every step.

use leptos::prelude::*;
use rules::clock::{Day, days_left};
use rules::service::{MeetingsOption, Service};
use rules::trial::{dates_between, ends_on};
use words::{Language, asking, date_short, label, wizard};

use super::ways::Ways;
use crate::forms::{DraftForm, country_name};

/// What was chosen so far, with the region and the dates that follow.
#[component]
pub fn Summary(
    /// The form.
    form: DraftForm,
    /// The reader's language.
    language: Language,
    /// The backend's day (L1).
    today: Day,
    /// What was found of the address.
    ways: Ways,
) -> impl IntoView {
    let typed = form.read(|draft| draft.company_name.trim().to_owned());
    let found = Memo::new(move |_| ways.organisation().map(|organisation| organisation.name));
    let asks = form.read(|draft| draft.asked().is_some());
    // Of an organisation that is asked its own name counts (X2).
    let company = Memo::new(move |_| found.get().filter(|_| asks.get()).unwrap_or_else(|| typed.get()));
    let address = form.read(|draft| draft.administrator_email.trim().to_owned());
    let is_new = move || form.draft.with(|draft| form.known.with(|known| known.is_new(draft)));
    let country = form.read(|draft| draft.place());
    let duration = form.read(|draft| draft.duration);
    let region = move || match country.get() {
        None => view! { <dd class="muted">{wizard::country_now(language)}</dd> }.into_any(),
        Some(country) => view! {
            <dd>
                {label::region(language, country.region())}
                <span class="aside">{wizard::region_from(language, country_name(language, country))}</span>
            </dd>
        }
        .into_any(),
    };
    let services = move || {
        let chosen = form.draft.with(|draft| chosen(language, draft));
        if chosen.is_empty() {
            view! { <dd class="muted">{wizard::nothing_yet(language)}</dd> }.into_any()
        } else {
            chosen.into_iter().map(|line| view! { <dd>{line}</dd> }).collect_view().into_any()
        }
    };
    let dates = move || {
        let end = ends_on(today, duration.get());
        dates_between(today, end)
        .map(|(day, what)| {
            let what = label::date_kind(language, what);
            if asks.get() {
                // The heading says from what they count.
                let when = match days_left(today, day) {
                    0 => asking::at_set_up(language).to_owned(),
                    days => asking::after_days(language, days),
                };
                return view! { <dd class="dated dated-after"><span>{when}</span> <span>{what}</span></dd> }.into_any();
            }
            view! { <dd class="dated"><span class="numbers nowrap">{date_short(language, day)}</span> <span>{what}</span></dd> }.into_any()
        })
        .collect_view()
    };
    view! {
        <aside class="panel card wizard-summary" aria-labelledby="summary">
            <h2 id="summary">{wizard::summary(language)}</h2>
            <dl>
                <dt>{wizard::step_customer(language)}</dt>
                <dd>
                    {move || match company.get() {
                        empty if empty.is_empty() => view! { <span class="muted">{wizard::nothing_yet(language)}</span> }.into_any(),
                        name => view! { <bdi>{name}</bdi> }.into_any(),
                    }}
                    <span class="aside">{move || address.get()}</span>
                    <span class="aside">
                        {move || match (asks.get(), is_new()) {
                            (true, _) => Some(asking::existing_one(language)),
                            (false, true) => Some(wizard::new_one(language)),
                            (false, false) => None,
                        }}
                    </span>
                </dd>
                <dt>{words::terms::data_residency_region(language)}</dt>
                {region}
                <dt>{wizard::step_services(language)}</dt>
                {services}
                <dt>{move || if asks.get() { asking::dates(language) } else { wizard::dates(language) }}</dt>
                {dates}
            </dl>
        </aside>
    }
}

/// The chosen services with their options, a line each.
fn chosen(language: Language, draft: &rules::draft::TrialDraft) -> Vec<String> {
    draft
        .services
        .iter()
        .map(|service| {
            let details: Vec<&str> = match service {
                Service::Meetings => MeetingsOption::ALL
                    .into_iter()
                    .filter(|option| draft.has_option(*option))
                    .map(|option| label::option(language, option))
                    .collect(),
                Service::Calling => draft.calling.into_iter().map(|kind| label::calling(language, kind)).collect(),
                Service::Messaging | Service::Devices => Vec::new(),
            };
            match details.is_empty() {
                true => label::service(language, *service).to_owned(),
                false => format!("{} ({})", label::service(language, *service), details.join(", ")),
            }
        })
        .collect()
}
