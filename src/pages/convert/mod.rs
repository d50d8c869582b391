//! A trial becomes a paid order: by its own partner, or by the distributor to whom it was handed
//! over (C2, C3).

mod form;
mod handed_over;

pub use self::handed_over::{ConvertHandedOver, HandedOverTrials};

use contract::customers::CustomerDetail;
use leptos::prelude::*;
use rules::ids::{OrganisationId, TrialId};
use words::{Language, customer, label};

use self::form::{Convert, Of};
use crate::forms::country_name;
use crate::one_trial::one_trial;
use crate::reader::language;
use crate::route::Route;

/// The page on which a trial of an own customer is converted.
#[component]
pub fn ConvertTrial(
    /// The customer.
    customer: OrganisationId,
    /// The trial.
    trial: TrialId,
) -> impl IntoView {
    let language = language();
    one_trial(language, customer, trial, move |one, again| {
        let of = Of {
            company: one.customer.company.clone(),
            facts: facts(language, &one.customer),
            back: Route::Customer(one.customer.id.clone()),
            detail: one.detail,
        };
        view! { <Convert of=of again=again language=language /> }.into_any()
    })
}

/// The customer details that the order has to fit (C3).
fn facts(language: Language, customer: &CustomerDetail) -> Vec<(String, String)> {
    let Some(organisation) = &customer.organisation else { return Vec::new() };
    vec![
        (customer::country(language).to_owned(), country_name(language, organisation.country)),
        (
            words::terms::data_residency_region(language).to_owned(),
            label::region(language, organisation.region).to_owned(),
        ),
        (customer::vertical(language).to_owned(), label::vertical(language, organisation.vertical).to_owned()),
        (customer::organisation_id(language).to_owned(), customer.id.to_string()),
    ]
}
