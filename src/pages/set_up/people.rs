//! The step *People*: who gets the services of the trial, by hand or from a file (U1, U2).

use leptos::prelude::*;
use leptos::task::spawn_local;
use rules::service::Service;
use words::{label, setting_up};

use super::step::Walk;
use crate::api::{self, TakenInto};
use crate::taking::TakingPeople;
use crate::ui::{Notice, Shape, Tone};

/// The two ways, or why the reader may not.
#[component]
pub fn PeopleStep(
    /// What the step is drawn from.
    walk: Walk,
) -> impl IntoView {
    let (language, form) = (walk.language, walk.form);
    let (trial, services, known, verdict) = walk.detail.with_value(|detail| {
        let trial = &detail.trial.trial;
        let given: Vec<Service> = trial.offer.services().into_iter().filter(|service| service.has_licences()).collect();
        let owned = detail.licences.iter().filter(|line| line.total > 0).map(|line| line.service);
        let services = Service::ALL
            .into_iter()
            .filter(|service| given.contains(service) || owned.clone().any(|other| other == *service));
        (trial.id.clone(), services.collect::<Vec<_>>(), detail.licences.clone(), detail.may_take_people)
    });
    if let Some(because) = label::because(language, verdict) {
        return view! { <Notice tone=Tone::Wait shape=Shape::Info>{because}</Notice> }.into_any();
    }
    let licences = RwSignal::new(known);
    let of = trial.clone();
    let taken = move |()| {
        let trial = of.clone();
        spawn_local(async move {
            // How many are free by now; what cannot be asked is told with the next result.
            if let Ok(now) = api::set_up_view(&trial, language).await {
                let _ = licences.try_set(now.licences);
            }
        });
    };
    view! {
        <p>{setting_up::people_text(language)}</p>
        <TakingPeople
            into=TakenInto::SetUp(trial)
            rows=form.read(|draft| draft.people.clone())
            on_rows=move |rows| form.change(|draft| draft.people = rows)
            services=services
            licences=licences
            on_taken=taken
            language=language
        />
    }
    .into_any()
}
