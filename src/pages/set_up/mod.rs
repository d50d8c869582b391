//! The set-up of a trial (U): one wizard for the partner that runs it and for the customer's
//! administrators.

mod calling;
mod finish;
mod form;
mod location;
mod open;
mod people;
mod plan;
mod site;
mod stand;
mod step;
mod summary;

use contract::set_up::SetUpDetail;
use leptos::prelude::*;
use rules::ids::TrialId;
use rules::set_up::SetUpStep;
use words::{frame, setting_up};

use self::step::Wizard;
use crate::api::{self, Failure};
use crate::failure::failed_in_full;
use crate::heading::PageHeading;
use crate::reader::language;
use crate::session::side;
use crate::ui::{ButtonKind, ButtonLink, EmptyState};
use crate::waiting::loaded;

/// A step of the set-up of a trial. Each step is loaded anew, so that it shows what the other side did
/// meanwhile.
#[component]
pub fn SetUpPage(
    /// The trial.
    trial: TrialId,
    /// The step.
    step: SetUpStep,
) -> impl IntoView {
    let language = language();
    let ask = move || {
        let trial = trial.clone();
        async move { api::set_up_view(&trial, language).await }
    };
    let instead = |failure: &Failure| {
        let told = failure.is_final();
        told.then(|| view! { <NotToBeSeen failure=failure.clone() /> }.into_any())
    };
    loaded(setting_up::loading(language), ask, instead, move |detail: SetUpDetail, again| {
        view! { <Wizard detail=detail step=step again=again language=language /> }.into_any()
    })
}

/// Why the set-up is not shown, with a way on (G1).
#[component]
fn NotToBeSeen(failure: Failure) -> impl IntoView {
    let language = language();
    let (title, text) = match failure.is_not_found() {
        true => (setting_up::gone_title(language), setting_up::gone(language).to_owned()),
        false => (setting_up::refused_title(language), failed_in_full(language, &failure)),
    };
    view! {
        <div class="page-head"><PageHeading title=title /></div>
        <EmptyState title=title text=text>
            <ButtonLink kind=ButtonKind::Primary href=side().home().path()>{frame::to_start(language)}</ButtonLink>
        </EmptyState>
    }
}
