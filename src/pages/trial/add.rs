//! *Add*: a trial beside what a customer has. With full administrator access it is started without
//! anybody being asked; with provisioning access it becomes a request (A1, X3).

use contract::customers::CustomerDetail;
use contract::trials::ExistingOrganisation;
use leptos::prelude::*;
use leptos::task::spawn_local;
use rules::draft::{Step, TrialDraft};
use rules::ids::{DraftId, OrganisationId};
use rules::verdict::{Remedy, Verdict};
use words::{Language, adding, customer, label};

use super::OpenDraft;
use crate::api::{self, Failure};
use crate::forms::country_name;
use crate::heading::PageHeading;
use crate::navigation::navigator;
use crate::reader::language;
use crate::route::Route;
use crate::session::who;
use crate::ui::{ButtonKind, ButtonLink, EmptyState};
use crate::waiting::{NotArrived, OnItsWay, loaded};

/// Begins a draft for a customer and leads into the wizard, in place of this page.
#[component]
pub fn AddTrial(
    /// The customer.
    customer: OrganisationId,
) -> impl IntoView {
    let language = language();
    let found = RwSignal::new(None::<Result<CustomerDetail, Failure>>);
    let navigator = navigator();
    let slot = expect_context::<RwSignal<Option<OpenDraft>>>();
    let back = Route::Customer(customer.clone());
    let load = move || {
        found.set(None);
        let customer = customer.clone();
        spawn_local(async move {
            let answer = api::customer_view(&customer).await;
            if found.try_get_untracked().is_none() {
                // The page was left in the meantime.
                return;
            }
            if let Some((draft, step)) = answer.as_ref().ok().and_then(draft_for) {
                let id = DraftId(api::random_name());
                let open = OpenDraft::begun(id.clone(), draft);
                slot.set(Some(open));
                return navigator.go_instead(Route::Wizard { draft: id, step });
            }
            found.set(Some(answer));
        });
    };
    load();
    let retry = Callback::new(move |()| load());
    move || {
        let title = adding::title(language);
        let way = view! { <ButtonLink kind=ButtonKind::Primary href=back.path()>{words::acting::to_customer(language)}</ButtonLink> };
        let text = match found.get() {
            None => return view! { <OnItsWay label=customer::loading(language) on_retry=retry /> }.into_any(),
            Some(Err(failure)) if failure.is_not_found() => customer::gone(language).to_owned(),
            Some(Err(failure)) => return view! { <NotArrived failure=failure on_retry=retry /> }.into_any(),
            Some(Ok(detail)) => match (detail.may_add, detail.may_ask) {
                (Verdict::Blocked(refusal), _) if refusal.remedy != Remedy::SendRequest => {
                    label::refusal(language, &refusal)
                }
                (_, Verdict::Blocked(refusal)) => label::refusal(language, &refusal),
                _ => customer::gone(language).to_owned(),
            },
        };
        view! {
            <div class="page-head"><PageHeading title=title /></div>
            <EmptyState title=title text=text>{way}</EmptyState>
        }
        .into_any()
    }
}

/// The draft with which it begins, and the step; nothing where neither adding nor asking is
/// possible.
fn draft_for(detail: &CustomerDetail) -> Option<(TrialDraft, Step)> {
    let organisation = detail.organisation.as_ref()?;
    let (name, address) = (detail.company.clone(), organisation.administrator_email.clone());
    match (detail.may_add, detail.may_ask) {
        (Verdict::Allowed, _) => {
            Some((TrialDraft::adding(detail.id.clone(), organisation.country, name, address), Step::Services))
        }
        // The law of the request is asked again by the look-up of the address (X1, X14).
        (Verdict::Blocked(refusal), Verdict::Allowed) if refusal.remedy == Remedy::SendRequest => {
            let draft = TrialDraft {
                company_name: name,
                administrator_email: address,
                vertical: Some(organisation.vertical),
                country: Some(organisation.country),
                ..TrialDraft::default()
            };
            Some((draft, Step::Customer))
        }
        _ => None,
    }
}

/// The customer as the wizard knows an organisation, with what can be offered to it (A2, X4).
pub async fn looked_up(customer: &OrganisationId) -> Result<ExistingOrganisation, Failure> {
    let detail = api::customer_view(customer).await?;
    let services = api::eligibility_list(customer).await?.services;
    let Some(organisation) = detail.organisation.clone() else { return Err(Failure::Garbled) };
    Ok(ExistingOrganisation {
        organisation: customer.clone(),
        name: detail.company,
        country: organisation.country,
        region: organisation.region,
        administrator: Some(organisation.administrator_email),
        may_ask: detail.may_add,
        services,
    })
}

/// What is shown first: the customer's details, what it owns, and which partner manages it (A1).
#[component]
pub fn AddingTo(
    /// The customer.
    customer: OrganisationId,
    /// The reader's language.
    language: Language,
) -> impl IntoView {
    let id = customer.clone();
    let ask = move || {
        let id = id.clone();
        async move { api::customer_view(&id).await }
    };
    let partner = who().map(|who| who.organisation).unwrap_or_default();
    let back = Route::Customer(customer).path();
    let facts = loaded(
        customer::loading(language),
        ask,
        |_| None,
        move |detail: CustomerDetail, _| {
            let owned = match detail.purchased.is_empty() {
                true => adding::nothing_owned(language).to_owned(),
                false => label::services(language, detail.purchased.iter().copied()),
            };
            let mut rows = vec![(customer_name(language), detail.company.clone())];
            if let Some(organisation) = &detail.organisation {
                rows.push((customer::administrator(language), organisation.administrator_email.clone()));
                rows.push((customer::country(language), country_name(language, organisation.country)));
            }
            rows.push((adding::owned(language), owned));
            rows.push((adding::managed_by(language), partner.clone()));
            let rows = rows
                .into_iter()
                .map(|(name, value)| view! { <dt>{name}</dt> <dd><bdi>{value}</bdi></dd> })
                .collect_view();
            view! { <dl class="facts">{rows}</dl> }.into_any()
        },
    );
    view! {
        <section class="panel card stack-tight" aria-labelledby="adding-to">
            <h3 id="adding-to">{adding::to(language)}</h3>
            {facts}
            <p><a href=back>{words::acting::to_customer(language)}</a></p>
        </section>
    }
}

fn customer_name(language: Language) -> &'static str {
    words::wizard::company_name(language)
}
