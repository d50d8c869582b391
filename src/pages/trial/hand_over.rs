//! What stands at the two ends of the wizard: who may not begin it, and the
//! question after saving (N16).

use leptos::prelude::*;
use rules::set_up::SetUpStep;
use rules::verdict::Refusal;
use words::{label, ui, wizard};

use super::OpenDraft;
use crate::heading::PageHeading;
use crate::navigation::navigator;
use crate::reader::language;
use crate::route::Route;
use crate::ui::{Button, ButtonKind, ButtonLink, Dialog, EmptyState};

/// The page for whoever may not start a trial, with the reason and the way out (P3, P7).
#[component]
pub fn NoRight(
    /// Why not.
    refusal: Refusal,
) -> impl IntoView {
    let language = language();
    view! {
        <div class="page-head">
            <PageHeading title=wizard::title(language) />
        </div>
        <EmptyState title=wizard::no_right_title(language) text=label::refusal(language, &refusal)>
            <ButtonLink href=Route::customers().path()>{wizard::to_customers(language)}</ButtonLink>
        </EmptyState>
    }
}

/// *Set up services now?* It is open from the saving until it is answered, also
/// when the page is drawn anew in between.
#[component]
pub fn HandOver(
    /// The draft that was saved.
    open: OpenDraft,
) -> impl IntoView {
    let language = language();
    let navigator = navigator();
    let slot = expect_context::<RwSignal<Option<OpenDraft>>>();
    let company = open.typed().company_name.trim().to_owned();
    let started = RwSignal::from(open.started.clone());
    let answered = move |set_up: bool| {
        if let Some(started) = started.get_untracked() {
            // The draft is no more: Back leads to what the backend says of it.
            slot.set(None);
            let set_up_begins = Route::SetUp { trial: started.trial, step: SetUpStep::PlanReview };
            navigator.go(if set_up { set_up_begins } else { Route::customers() });
        }
    };
    view! {
        <Dialog
            open=Signal::derive(move || started.with(Option::is_some))
            on_close=move |()| answered(false)
            title=wizard::setup_question(language)
            actions=move || {
                view! {
                    <Button on_click=move |_| answered(false)>{ui::no(language)}</Button>
                    <Button kind=ButtonKind::Primary on_click=move |_| answered(true)>
                        {ui::yes(language)}
                    </Button>
                }
            }
        >
            <p>{wizard::setup_explanation(language, company.clone())}</p>
        </Dialog>
    }
}
