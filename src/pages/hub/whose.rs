//! Whose hub is shown: the own organisation's, or that of a customer that a partner views (Q10).

use contract::hub::{Hub, OnBehalf};
use leptos::prelude::*;
use rules::ids::OrganisationId;
use rules::people::Right;
use words::{Language, frame, label, viewing};

use crate::api::{self, Failure};
use crate::failure::failed_in_full;
use crate::heading::PageHeading;
use crate::navigation::navigator;
use crate::reader::language;
use crate::route::{HubPart, Route};
use crate::session::may;
use crate::ui::{ButtonKind, ButtonLink, EmptyState, Notice, Shape, Tone};
use crate::waiting;

/// The customer whose hub a partner views; `None` in the hub of the own organisation.
pub type Of = Option<OrganisationId>;

/// The address of a part of the hub that is shown.
pub fn part_path(of: &Of, part: HubPart) -> String {
    match of {
        Some(customer) => Route::ViewCustomer(customer.clone(), Some(part)).path(),
        None => Route::HubIn(part).path(),
    }
}

/// Loads a hub and lays it out, below who looks at it for whom. What is shown stays until the hub
/// is there again, when it was asked for anew.
pub fn loaded(
    of: Of,
    label: &'static str,
    laid_out: impl Fn(Hub, Callback<()>) -> AnyView + Send + Sync + 'static,
) -> impl IntoView {
    let language = language();
    let ask = move || {
        let of = of.clone();
        async move { api::hub_of(of.as_ref()).await }
    };
    let refused = move |failure: &Failure| {
        let told = matches!(failure, Failure::Api(_)) && failure.is_final();
        told.then(|| view! { <NotToBeSeen failure=failure.clone() language=language /> }.into_any())
    };
    waiting::loaded(label, ask, refused, move |hub: Hub, again| {
        let banner = hub.on_behalf.clone().map(|on_behalf| {
            view! {
                <Viewing
                    customer=hub.organisation.clone()
                    name=hub.name.clone()
                    on_behalf=on_behalf
                    language=language
                />
            }
        });
        view! { {banner} {laid_out(hub, again)} }.into_any()
    })
}

/// Why the hub is not shown, with a way on (G1, H3).
#[component]
fn NotToBeSeen(failure: Failure, language: Language) -> impl IntoView {
    view! {
        <div class="page-head"><PageHeading title=viewing::refused(language) /></div>
        <EmptyState
            title=viewing::refused(language)
            text=failed_in_full(language, &failure)
            shape=Shape::People
        >
            <ButtonLink kind=ButtonKind::Primary href=crate::session::side().home().path()>
                {frame::to_start(language)}
            </ButtonLink>
        </EmptyState>
    }
}

/// Names both, and leads to the parts of the customer's hub and out of it (Q10).
#[component]
fn Viewing(customer: OrganisationId, name: String, on_behalf: OnBehalf, language: Language) -> impl IntoView {
    let route = navigator().route();
    let parts = [
        (None, frame::hub(language)),
        (Some(HubPart::Subscriptions), frame::subscriptions(language)),
        (Some(HubPart::Devices), frame::devices(language)),
        (Some(HubPart::People(String::new())), frame::people(language)),
        (Some(HubPart::Settings), frame::settings(language)),
    ];
    let ways = parts.map(|(part, name)| {
        let to = Route::ViewCustomer(customer.clone(), part);
        let path = to.path();
        let current = move || (route.get().page() == to).then_some("page");
        view! {
            <a href=path aria-current=current>
                {name}
            </a>
        }
    });
    // Who changes nothing is not told what becomes of it (P2).
    let noted = may(Right::ManageTrials).is_allowed().then(|| viewing::noted(language));
    let both = viewing::banner(language, &name, on_behalf.partner);
    view! {
        <div class="viewing">
            <Notice tone=Tone::Wait>
                <strong>{both}</strong>
                " "
                {viewing::access(language, label::access(language, on_behalf.access))}
                " "
                {noted}
            </Notice>
            <nav class="parts viewing-parts" aria-label=viewing::places(language, &name)>
                {ways.collect_view()}
                <a href=Route::Customer(customer).path()>{viewing::back(language)}</a>
            </nav>
        </div>
    }
}
