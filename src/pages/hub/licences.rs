//! Licences of each service: how many there are, how many are assigned, and whether they come from a
//! trial that has ended (H1, L2, E5).

use contract::hub::LicenceLine;
use leptos::prelude::*;
use rules::organisation::Purchase;
use rules::service::Service;
use rules::trial::Status;
use words::{Language, date, label, subscriptions, terms};

use crate::status::StatusPill;

/// The table, with what is purchased told apart from what is tried.
#[component]
pub fn Licences(
    /// The licences.
    lines: Vec<LicenceLine>,
    /// What is owned.
    purchased: Vec<Purchase>,
    /// The reader's language.
    language: Language,
) -> impl IntoView {
    // Where a service has stopped there are no licences to count, whoever had one (K2).
    let lines: Vec<LicenceLine> = lines.into_iter().filter(|line| line.total > 0).collect();
    let owned_alone = purchased.iter().map(|purchase| purchase.service).filter(|service| !service.has_licences());
    let owned_alone: Vec<Service> = owned_alone.collect();
    let none = (lines.is_empty() && owned_alone.is_empty())
        .then(|| view! { <p class="muted">{subscriptions::no_licences(language)}</p> });
    let owned = move |service: Service| {
        let purchase = purchased.iter().find(|purchase| purchase.service == service)?;
        let since = subscriptions::owned_since(language, date(language, purchase.since));
        Some(format!("{}, {since}", subscriptions::owned(language)))
    };
    let rows = lines.iter().map(|line| {
        let over = line.assigned.saturating_sub(line.total);
        let over = (over > 0).then(|| view! { <span class="under">{subscriptions::over(language, over)}</span> });
        view! {
            <tr>
                <th scope="row">
                    {label::service(language, line.service)}
                    {owned(line.service).map(|owned| view! { <span class="under">{owned}</span> })}
                </th>
                <td>
                    <span class="numbers">{subscriptions::assigned_of(language, line.assigned, line.total)}</span>
                    {over}
                </td>
                <td>{line.expired.then(|| view! { <StatusPill status=Status::Expired /> })}</td>
            </tr>
        }
        .into_any()
    });
    let rows: Vec<AnyView> = rows.collect();
    let alone = owned_alone.into_iter().map(|service| {
        view! {
            <tr>
                <th scope="row">
                    {label::service(language, service)}
                    {owned(service).map(|owned| view! { <span class="under">{owned}</span> })}
                </th>
                <td></td>
                <td></td>
            </tr>
        }
        .into_any()
    });
    let rows: Vec<AnyView> = rows.into_iter().chain(alone).collect();
    let table = (!rows.is_empty()).then(|| {
        view! {
            <table class="table table-plain">
                <caption class="unseen">{terms::licences(language)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{subscriptions::service(language)}</th>
                        <th scope="col">{subscriptions::assigned(language)}</th>
                        <th scope="col">
                            <span class="unseen">{words::customers::status(language)}</span>
                        </th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
    });
    view! {
        <section class="panel card" aria-labelledby="licences">
            <h2 id="licences">{terms::licences(language)}</h2>
            {none}
            {table}
        </section>
    }
}
