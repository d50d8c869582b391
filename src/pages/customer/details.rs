//! What is known of the customer, and the mails that were sent.

use contract::customers::CustomerDetail;
use contract::mails::MailLine;
use leptos::prelude::*;
use rules::clock::Day;
use rules::ids::OrganisationId;
use rules::notice::MailState;
use words::{Language, activity, customer, date_short, label};

use crate::forms::country_name;
use crate::route::MailsFilter;

/// Name and value of everything that the reader may know.
#[component]
pub fn Details(
    /// The customer.
    detail: CustomerDetail,
    /// The reader's language.
    language: Language,
) -> impl IntoView {
    let mut rows: Vec<(&str, String)> = Vec::new();
    if let Some(organisation) = &detail.organisation {
        let country = country_name(language, organisation.country);
        rows.push((customer::administrator(language), organisation.administrator_email.clone()));
        rows.push((customer::vertical(language), label::vertical(language, organisation.vertical).to_owned()));
        rows.push((customer::country(language), country));
        rows.push((
            words::terms::data_residency_region(language),
            label::region(language, organisation.region).to_owned(),
        ));
        if let Some(access) = organisation.access {
            rows.push((customer::access(language), label::access(language, access).to_owned()));
        }
    }
    rows.push((customer::organisation_id(language), detail.id.to_string()));
    let rows =
        rows.into_iter().map(|(name, value)| view! { <dt>{name}</dt> <dd><bdi>{value}</bdi></dd> }).collect_view();
    view! {
        <section class="panel card" aria-labelledby="details">
            <h2 id="details">{customer::details(language)}</h2>
            <dl class="facts">{rows}</dl>
        </section>
    }
}

/// Mails that were handed over, oldest first.
#[component]
pub fn Mails(
    /// The customer.
    customer: OrganisationId,
    /// The mails.
    mails: Vec<MailLine>,
    /// The reader's language.
    language: Language,
) -> impl IntoView {
    let ledger = MailsFilter { customer: Some(customer), state: None }.route().path();
    let lines = by_day(&mails)
        .into_iter()
        .map(|mail| {
            view! {
                <li>
                    <span class="numbers nowrap">{date_short(language, Day::of(mail.at))}</span>
                    <span>
                        {label::mail_kind(language, mail.kind)}
                        {waits(language, &mail)}
                        <span class="under">{mail.addresses.join(", ")}</span>
                    </span>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="panel card" aria-labelledby="mails">
            <h2 id="mails">{customer::mails(language)}</h2>
            {if mails.is_empty() {
                view! { <p class="muted">{customer::no_mails(language)}</p> }.into_any()
            } else {
                view! { <ul class="events">{lines}</ul> }.into_any()
            }}
            <p class="mails-foot"><a href=ledger>{activity::all_mails(language)}</a></p>
        </section>
    }
}

/// Where a mail stands that was not handed over, and why (L8).
fn waits(language: Language, mail: &MailLine) -> Option<impl IntoView + use<>> {
    let state = label::mail_state(language, mail.state);
    let text = match label::mail_why(language, &mail.why) {
        Some(why) => format!("{state}: {why}"),
        None => state.to_owned(),
    };
    (mail.state != MailState::Sent).then(|| view! { <span class="under">{text}</span> })
}

/// Mails about the same on one day as one line with all its addresses.
fn by_day(mails: &[MailLine]) -> Vec<MailLine> {
    let mut lines: Vec<MailLine> = Vec::new();
    for mail in mails {
        let same = |line: &&mut MailLine| {
            line.kind == mail.kind && line.state == mail.state && Day::of(line.at) == Day::of(mail.at)
        };
        match lines.iter_mut().find(same) {
            Some(line) => line.addresses.extend(mail.addresses.iter().cloned()),
            None => lines.push(mail.clone()),
        }
    }
    lines
}
