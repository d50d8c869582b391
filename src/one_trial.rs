//! A page about one trial of a customer: it is loaded, or the page says why not (G1).

use contract::customers::{CustomerDetail, TrialDetail};
use leptos::prelude::*;
use leptos::task::spawn_local;
use rules::act::ActName;
use rules::ids::{OrganisationId, TrialId};
use rules::verdict::{Refusal, Remedy, Verdict};
use words::{Language, acting, customer, label};

use crate::api::{self, Failure};
use crate::heading::PageHeading;
use crate::route::{Route, TrialPage};
use crate::ui::{ButtonKind, ButtonLink, EmptyState, Notice, Shape, Tone};
use crate::waiting::{NotArrived, OnItsWay};

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
        verdict(&self.detail, name)
    }
}

/// The verdict on an act, as the backend told it.
pub fn verdict(detail: &TrialDetail, name: ActName) -> Verdict {
    let found = detail.acts.iter().find(|(act, _)| *act == name);
    found.map_or(Verdict::Allowed, |(_, verdict)| *verdict)
}

/// Loads the customer and draws the page of one of its trials.
pub fn one_trial(
    language: Language,
    customer: OrganisationId,
    trial: TrialId,
    draw: impl Fn(OneTrial, Callback<()>) -> AnyView + Send + Sync + 'static,
) -> impl IntoView {
    let found = RwSignal::new(None::<Result<CustomerDetail, Failure>>);
    let load = Callback::new(move |()| {
        let customer = customer.clone();
        spawn_local(async move {
            let answer = api::customer_view(&customer).await;
            let _ = found.try_set(Some(answer));
        });
    });
    load.run(());
    let retry = Callback::new(move |()| {
        found.set(None);
        load.run(());
    });
    move || {
        let one = |customer: CustomerDetail| {
            let detail = customer.trials.iter().find(|each| each.trial.id == trial).cloned()?;
            Some(OneTrial { customer, detail })
        };
        match found.get() {
            None => view! { <OnItsWay label=customer::loading(language) on_retry=retry /> }.into_any(),
            Some(Err(failure)) if !failure.is_not_found() => {
                view! { <NotArrived failure=failure on_retry=retry /> }.into_any()
            }
            Some(answer) => match answer.ok().and_then(one) {
                Some(one) => draw(one, load),
                None => view! {
                    <div class="page-head"><PageHeading title=acting::trial_gone_title(language) /></div>
                    <EmptyState title=acting::trial_gone_title(language) text=acting::trial_gone(language)>
                        <ButtonLink kind=ButtonKind::Primary href=Route::customers().path()>{customer::to_customers(language)}</ButtonLink>
                    </EmptyState>
                }
                .into_any(),
            },
        }
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
