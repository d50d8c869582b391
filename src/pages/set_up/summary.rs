//! What stands beside every step: whose set-up it is, and who typed in it last (U1, U3).

use leptos::prelude::*;
use rules::service::Service;
use words::{customer, label, moment, setting_up, terms, wizard};

use super::step::Walk;
use crate::forms::country_name;
use crate::status::StatusPill;

/// The customer, what the trial gives, and who typed last.
#[component]
pub fn Summary(
    /// What the step is drawn from.
    walk: Walk,
) -> impl IntoView {
    let language = walk.language;
    let detail = walk.detail.get_value();
    let trial = &detail.trial.trial;
    let (licensed, other): (Vec<Service>, Vec<Service>) =
        trial.offer.services().into_iter().partition(|service| service.has_licences());
    // Devices have licences of their own, for each type (N9).
    let services = [licensed, other].map(|services| label::services(language, services));
    let [licensed, other] = services;
    let licences = trial.offer.licences.map(|count| words::subscriptions::each(language, count));
    let kept = detail.kept.map(|kept| {
        let at = moment(language, kept.at);
        match kept.partner {
            Some(partner) => setting_up::kept_by_partner(language, at, kept.name, partner),
            None => setting_up::kept_by(language, at, kept.name),
        }
    });
    view! {
        <aside class="wizard-summary panel card" aria-labelledby="set-up-summary">
            <h2 id="set-up-summary">{wizard::summary(language)}</h2>
            <dl>
                <dt>{wizard::step_customer(language)}</dt>
                <dd>
                    <bdi>{detail.company.clone()}</bdi>
                    <span class="aside">{country_name(language, detail.country)}</span>
                </dd>
                <dt>{terms::data_residency_region(language)}</dt>
                <dd>{label::region(language, detail.region)}</dd>
                <dt>{customer::trial(language)}</dt>
                <dd>
                    <StatusPill status=detail.trial.status />
                    {(!licensed.is_empty()).then(|| view! { <span class="aside">{licensed}</span> })}
                    {licences.map(|licences| view! { <span class="aside">{licences}</span> })}
                    {(!other.is_empty()).then(|| view! { <span class="aside">{other}</span> })}
                </dd>
            </dl>
            {kept.map(|kept| view! { <p class="hint set-up-kept">{kept}</p> })}
        </aside>
    }
}
