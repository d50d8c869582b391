//! A trial on the customer's page.

use contract::customers::{CustomerDetail, TrialDetail};
use leptos::prelude::*;
use rules::clock::Day;
use rules::trial::{Phase, Provisioning, ProvisioningStep, State, Trial};
use words::{Language, customer, customer_page, label, setting_up, terms};

use super::acts::TrialActs;
use super::grace::GraceLosses;
use super::life::{DateTable, TrialTimeline};
use super::provisioning::provisioned;
use super::receipt::receipt;
use crate::act_dialog::Asked;
use crate::set_up_way::set_up_way;
use crate::shipment::{Reader, ShipmentCard, by_urgency};
use crate::status::StatusPill;
use crate::ui::ButtonKind;

/// Offer, life, provisioning, dates and what is left to do.
#[component]
pub fn TrialSection(
    /// The trial with its status.
    detail: TrialDetail,
    /// The customer.
    customer: CustomerDetail,
    /// The reader's language.
    language: Language,
    /// The platform's site domain.
    domain: String,
    /// Loads the page again: something was done.
    reload: Callback<()>,
) -> impl IntoView {
    let (today, mails) = (customer.today, customer.mails);
    // One dialog asks for every act on the trial, wherever its button stands.
    let asked = RwSignal::new(None::<Asked>);
    let facts = facts(language, &detail, &customer.company, &domain, asked, today);
    let acts = view! {
        <TrialActs
            detail=detail.clone()
            asked=asked
            customer=customer.id
            company=customer.company
            now=customer.now
            domain=domain.clone()
            language=language
            reload=reload
        />
    };
    let running = matches!(detail.trial.phase, Phase::Started { end, .. } if today < end);
    let tasks = running.then(|| tasks(language, &detail, today, &domain));
    let TrialDetail { trial, status, shipments, .. } = detail;
    let shipments = by_urgency(shipments)
        .into_iter()
        .map(|each| view! { <ShipmentCard detail=each reader=Reader::Acts reload=reload language=language /> })
        .collect_view();
    let grace = (trial.state(today) == State::Expired).then(|| {
        view! { <GraceLosses trial=trial.id.clone() today=today domain=domain.clone() language=language /> }
    });
    // What is drawn stands in the table as well, also of a trial that is over (Q8).
    let dated = match trial.phase {
        Phase::Started { .. } => Some(customer::what_next(language)),
        Phase::Converted { .. } | Phase::Cancelled { started: true, .. } => Some(customer::what_was(language)),
        _ => None,
    };
    let heading_id = format!("trial-{}", trial.id);
    let labelled_by = heading_id.clone();
    view! {
        <section class="panel card stack" aria-labelledby=labelled_by>
            <div class="card-head">
                <h2 id=heading_id>{customer::trial(language)}</h2>
                <StatusPill status=status />
                <span class="muted">{line(language, &trial)}</span>
            </div>
            {grace}
            {acts}
            <TrialTimeline trial=trial.clone() mails=mails.clone() today=today language=language />
            {facts}
            {shipments}
            {receipt(language, &trial)}
            {tasks}
            {dated
                .map(|title| {
                    view! {
                        <h3>{title}</h3>
                        <DateTable trial=trial.clone() mails=mails today=today language=language />
                    }
                })}
        </section>
    }
}

fn line(language: Language, trial: &Trial) -> String {
    // An end that was moved leaves another number of days than was chosen first (E1).
    let days = match trial.phase {
        Phase::Started { start, end } => start.days_until(end),
        _ => i64::from(trial.duration.days()),
    };
    match trial.offer.licences {
        Some(licences) => customer::trial_line(language, days, licences),
        None => customer::trial_line_devices(language, days),
    }
}

/// What the trial gives: each service with its options and how far its
/// provisioning is (N17), the site, the devices.
fn facts(
    language: Language,
    detail: &TrialDetail,
    company: &str,
    domain: &str,
    asked: RwSignal<Option<Asked>>,
    today: Day,
) -> impl IntoView + use<> {
    let trial = &detail.trial;
    let state = trial.state(today);
    let offer = &trial.offer;
    let services = offer
        .services()
        .into_iter()
        .map(|service| {
            // What has ended is ready no more; what was bought goes on, and is provisioned until it is
            // ready (C4, N17).
            let step = trial.provisioning.iter().find(|step| step.service == service);
            let shown = |step: &&ProvisioningStep| {
                let done = matches!(step.state, Provisioning::Done(_));
                state.holds() || (state == State::Converted && !done)
            };
            let step = step.filter(shown).cloned();
            // A service that is over says so: a name alone would read as if something were missing.
            let over = (step.is_none() && trial.started.is_some()).then(|| match trial.conversion.as_ref() {
                Some(order) if order.services.contains(&service) => customer_page::service_bought(language),
                _ if state.holds() => "",
                _ => customer_page::service_over(language),
            });
            view! {
                <dt>{label::service(language, service)}</dt>
                <dd>{step.map(|step| provisioned(language, detail, company, step, asked))} <span class="muted">{over}</span></dd>
            }
        })
        .collect_view();
    let options =
        offer.meetings.iter().flat_map(|meetings| &meetings.options).map(|option| label::option(language, *option));
    let options = options.collect::<Vec<_>>().join(", ");
    let site = offer.meetings.as_ref().and_then(|meetings| meetings.site.as_ref());
    let site = site.map(|site| (site.name.host(domain), site.time_zone.clone()));
    view! {
        <dl class="facts">
            {services}
            {(!options.is_empty()).then(|| view! { <dt>{customer::options(language)}</dt> <dd>{options}</dd> })}
            {site.map(|(host, zone)| view! { <dt>{customer::site(language)}</dt> <dd>{host} <span class="under">{zone}</span></dd> })}
        </dl>
    }
}

/// What is left to do, and who does it; none of it holds up the trial (N16, N17).
fn tasks(language: Language, detail: &TrialDetail, today: Day, domain: &str) -> impl IntoView + use<> {
    let items = detail
        .set_up
        .iter()
        .filter(|line| !line.done)
        .map(|line| {
            let text = label::set_up_task(language, &line.task, domain);
            view! { <li>{text}</li> }
        })
        .collect::<Vec<_>>();
    let (title, text) = match items.is_empty() {
        true => (setting_up::done(language), setting_up::all_done(language)),
        false => (customer::left_to_do(language), customer::left_to_do_hint(language)),
    };
    let way = set_up_way(language, detail, today, terms::set_up_customer(language), ButtonKind::Secondary);
    view! {
        <div class="left-to-do">
            <h3>{title}</h3>
            <ul>{items}</ul>
            <p class="hint">{text}</p>
            <div class="request-actions">{way}</div>
        </div>
    }
}
