//! A page about one trial of a customer: it is loaded, or the page says why not (G1).

use contract::customers::{CustomerDetail, TrialDetail};
use leptos::prelude::*;
use rules::act::ActName;
use rules::ids::{OrganisationId, TrialId};
use rules::verdict::{Refusal, Remedy, Verdict};
use words::{Language, acting, customer, label};

use crate::api::{self, Failure};
use crate::heading::PageHeading;
use crate::route::{Route, TrialPage};
use crate::ui::{ButtonKind, ButtonLink, EmptyState, Notice, Shape, Tone};
use crate::waiting::loaded;

/// What a page about a trial is drawn from.
#[derive(Clone, Debug, PartialEq)]
pub struct OneTrial {
    /// The customer.
    pub customer: CustomerDetail,
    /// The trial.
    pub detail: TrialDetail,
}

impl OneTrial {
    /// Whether the reader may do something with it, and if not, why (P7).
    pub fn verdict(&self, name: ActName) -> Verdict {
        self.detail.verdict(name)
    }
}

/// Loads the customer and draws the page of one of its trials.
pub fn one_trial(
    language: Language,
    customer: OrganisationId,
    trial: TrialId,
    draw: impl Fn(OneTrial, Callback<()>) -> AnyView + Send + Sync + 'static,
) -> impl IntoView {
    let ask = move || {
        let customer = customer.clone();
        async move { api::customer_view(&customer).await }
    };
    let gone =
        move |failure: &Failure| failure.is_not_found().then(|| view! { <NoTrial language=language /> }.into_any());
    loaded(customer::loading(language), ask, gone, move |customer: CustomerDetail, again| {
        match customer.trials.iter().find(|each| each.trial.id == trial).cloned() {
            Some(detail) => draw(OneTrial { customer, detail }, again),
            None => view! { <NoTrial language=language /> }.into_any(),
        }
    })
}

/// There is no such trial, or none for the reader.
#[component]
fn NoTrial(language: Language) -> impl IntoView {
    view! {
        <div class="page-head"><PageHeading title=acting::trial_gone_title(language) /></div>
        <EmptyState title=acting::trial_gone_title(language) text=acting::trial_gone(language)>
            <ButtonLink kind=ButtonKind::Primary href=Route::customers().path()>{customer::to_customers(language)}</ButtonLink>
        </EmptyState>
    }
}

/// Why something cannot be done with a trial, with the way to what can (L12, E2).
pub fn refused(language: Language, refusal: &Refusal, customer: &OrganisationId, trial: &TrialId) -> AnyView {
    let convert = (refusal.remedy == Remedy::Convert).then(|| {
        let route = Route::Trial { customer: customer.clone(), trial: trial.clone(), page: TrialPage::Convert };
        view! { <ButtonLink href=route.path()>{words::deeds::convert(language)}</ButtonLink> }
    });
    let text = label::refusal(language, refusal);
    view! {
        <Notice tone=Tone::Warn shape=Shape::Triangle announced=true>
            <div class="stack-tight">
                <p>{text}</p>
                {convert}
            </div>
        </Notice>
    }
    .into_any()
}
