//! One customer in the list (Q1, Q9).

use contract::customers::{CustomerLine, NamedPerson, ServiceLine};
use leptos::prelude::*;
use rules::clock::Day;
use rules::trial::{Phase, Status};
use words::{Language, customers, date_short, label};

use super::list::row_id;
use super::slots::{Slot, Slots};
use crate::reader::language;
use crate::route::Route;
use crate::status::{StatusPill, TrialLife};
use crate::ui::Face;

/// A customer. Two columns stand under others where there is no room for them:
/// the administrator under the company, the days left under the end.
#[component]
pub fn Row(
    /// The customer.
    line: CustomerLine,
    /// The backend's day (L1).
    today: Day,
    /// The places for what comes later.
    slots: Slots,
) -> impl IntoView {
    let language = language();
    let ends = line.phase.and_then(Phase::last_day).map(|day| date_short(language, day));
    let left = line.phase.and_then(|phase| label::left(language, phase, today));
    let administrator = line.administrator_email.clone();
    let licences = line.licences.map(|licences| words::number(language, licences.into()));
    let more = (line.more_trials > 0).then(|| more_trials(language, line.more_trials));
    // Of a request the list says what was asked and until when, and nothing else (Q11).
    let pending = line.status == Status::TrialPending;
    let changed = (!pending).then(|| date_short(language, Day::of(line.last_change)));
    let href = Route::Customer(line.id.clone()).path();
    let company = line.company.clone();
    let differ = line.days_differ();
    let select = Box::new(line.clone());
    view! {
        <tr role="row">
            <td class="c-select" role="cell">
                {move || slots.fill(Slot::Select(select.clone()))}
            </td>
            <td class="c-company" role="cell">
                <a id=row_id(line.id.as_str()) class="customer-link" href=href title=company>
                    <bdi>{line.company}</bdi>
                </a>
                {administrator.clone().map(|email| view! { <span class="under fold-administrator"><bdi>{email}</bdi></span> })}
            </td>
            <td class="c-status" role="cell">
                <StatusPill status=line.status />
                {more}
            </td>
            <td class="c-services" role="cell">
                {service_tags(language, &line.services, differ)}
            </td>
            <td class="c-life" role="cell">
                <TrialLife phase=line.phase status=line.status today=today />
            </td>
            <td class="c-ends numbers" role="cell">
                {or_none(language, ends)}
                {left.clone().map(|left| view! { <span class="under fold-days">{left}</span> })}
            </td>
            <td class="c-days numbers" role="cell">
                {or_none(language, left)}
            </td>
            <td class="c-licences numbers" role="cell">
                {or_none(language, licences)}
            </td>
            <td class="c-region" role="cell">
                {or_none(language, line.region.map(|region| label::region(language, region).to_owned()))}
            </td>
            <td class="c-administrator" role="cell">
                {match administrator {
                    Some(email) => view! { <bdi>{email}</bdi> }.into_any(),
                    None => or_none(language, None),
                }}
            </td>
            <td class="c-in-charge" role="cell">
                {if pending { or_none(language, None) } else { in_charge(language, line.in_charge) }}
            </td>
            <td class="c-change numbers" role="cell">
                {or_none(language, changed)}
            </td>
        </tr>
    }
}

/// A text, or a dash that is read as *None*.
fn or_none(language: Language, text: Option<String>) -> AnyView {
    match text {
        Some(text) => text.into_any(),
        None => view! {
            <span class="muted" aria-hidden="true">
                "–"
            </span>
            <span class="unseen">{customers::none(language)}</span>
        }
        .into_any(),
    }
}

/// How many more trials the customer has (Q9).
fn more_trials(language: Language, count: u32) -> impl IntoView {
    let text = customers::more_trials(language, count);
    view! {
        <span class="tag more-trials" title=text.clone() aria-hidden="true">
            {format!("+{count}")}
        </span>
        <span class="unseen">{text}</span>
    }
}

/// The services, each with its days left when these differ (Q1).
fn service_tags(language: Language, services: &[ServiceLine], differ: bool) -> AnyView {
    if services.is_empty() {
        return or_none(language, None);
    }
    let tags = services.iter().map(|line| {
        let days = line.days_left.filter(|_| differ).map(|days| {
            view! {
                <span aria-hidden="true">{format!(" · {}", days.max(0))}</span>
                <span class="unseen">", "{label::service_left(language, days)}</span>
            }
        });
        view! { <li class="tag">{label::service(language, line.service)}{days}</li> }
    });
    view! { <ul class="tags">{tags.collect_view()}</ul> }.into_any()
}

/// The person in charge (P9), as initials; who nobody is in charge of is said in words.
fn in_charge(language: Language, person: Option<NamedPerson>) -> AnyView {
    match person {
        Some(person) => view! { <Face name=person.name /> }.into_any(),
        None => view! { <span class="muted aside">{customers::unassigned(language)}</span> }.into_any(),
    }
}
