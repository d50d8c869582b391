//! The customer's hub (H1): what waits for an answer, the trials, and what was asked before.

mod devices;
mod licences;
mod lost;
mod overview;
mod partners;
mod people;
mod person;
mod question;
mod removal;
mod requests;
mod settings;
mod subscriptions;
mod unknown_number;
mod whose;

use contract::hub::Hub;
use leptos::prelude::*;
use rules::ids::OrganisationId;
use words::{Language, hub, inventory, organisation};

use self::devices::Devices;
use self::lost::Lost;
use self::overview::{AsksTerms, Holdings};
pub use self::partners::HubPartners;
use self::people::People;
use self::requests::Requests;
use self::settings::Settings;
use self::subscriptions::Subscriptions;
use self::whose::{Of, loaded};
use crate::heading::PageHeading;
use crate::reader::language;
use crate::route::HubPart;

/// The overview of the own organisation, or of a customer that a partner views (H1, Q10).
#[component]
pub fn HubPage(
    /// The customer that is viewed.
    #[prop(optional)]
    of: Option<OrganisationId>,
) -> impl IntoView {
    let language = language();
    loaded(of.clone(), hub::loading(language), move |hub, _| {
        view! { <Overview hub=hub of=of.clone() language=language /> }.into_any()
    })
}

/// Another part of the hub, of the own organisation or of a customer (Q10).
#[component]
pub fn HubPartPage(
    /// The customer that is viewed.
    #[prop(optional)]
    of: Option<OrganisationId>,
    /// Which part.
    part: HubPart,
) -> impl IntoView {
    let language = language();
    let label = match part {
        HubPart::Subscriptions => words::subscriptions::loading(language),
        HubPart::Lost(_) => inventory::loading(language),
        HubPart::Devices => words::devices::loading(language),
        HubPart::People(_) => words::people::loading(language),
        HubPart::Settings => organisation::loading(language),
    };
    loaded(of.clone(), label, move |hub, again| {
        let of = of.clone();
        match part.clone() {
            HubPart::Subscriptions => {
                view! { <Subscriptions hub=hub of=of again=again language=language /> }.into_any()
            }
            HubPart::Lost(trial) => {
                view! { <Lost hub=hub of=of trial=trial again=again language=language /> }.into_any()
            }
            HubPart::Devices => view! { <Devices hub=hub of=of again=again language=language /> }.into_any(),
            HubPart::People(_) => view! { <People hub=hub of=of language=language /> }.into_any(),
            HubPart::Settings => view! { <Settings hub=hub of=of again=again language=language /> }.into_any(),
        }
    })
}

#[component]
fn Overview(hub: Hub, of: Of, language: Language) -> impl IntoView {
    let (name, today, requests) = (hub.name.clone(), hub.today, hub.requests.clone());
    let terms = view! { <AsksTerms hub=hub.clone() language=language /> };
    let holdings = view! { <Holdings hub=hub of=of.clone() language=language /> };
    // Requests are between the customer and whoever asks: a partner that looks along is told of none (P8).
    let all = match of {
        Some(_) => holdings.into_any(),
        None => view! {
            <Requests requests=requests today=today language=language>
                {holdings}
            </Requests>
        }
        .into_any(),
    };
    view! {
        <div class="page-head"><PageHeading title=Signal::stored(name) /></div>
        <div class="stack hub">{terms} {all}</div>
    }
}
