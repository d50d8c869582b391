//! The page to which the link of a consent mail leads (X7).

use leptos::prelude::*;
use leptos::task::spawn_local;
use words::request;

use super::{NotForThem, is_not_for_them};
use crate::api::{self, Failure};
use crate::heading::PageHeading;
use crate::navigation::navigator;
use crate::reader::language;
use crate::route::Route;
use crate::session::{Side, side};
use crate::ui::{ButtonKind, ButtonLink, EmptyState};
use crate::waiting::{NotArrived, OnItsWay};

/// Opens the request of the link with which the tab was opened, and goes to its page. The link is
/// forgotten once it has led there; a wrong person leaves it to the right one.
#[component]
pub fn OpenedByLink() -> impl IntoView {
    let language = language();
    let navigator = navigator();
    let Some(secret) = api::link_secret() else {
        return view! { <NoLink title=request::link_title(language) text=request::link_missing(language) /> }
            .into_any();
    };
    let failed = RwSignal::new(None::<Failure>);
    let open = Callback::new(move |()| {
        failed.set(None);
        let secret = secret.clone();
        spawn_local(async move {
            match api::request_open(&secret).await {
                Ok(detail) => {
                    api::forget_link();
                    navigator.go_instead(Route::Request(detail.id));
                }
                Err(failure) => {
                    if failure.is_not_found() {
                        api::forget_link();
                    }
                    let _ = failed.try_set(Some(failure));
                }
            }
        });
    });
    open.run(());
    (move || match failed.get() {
        None => view! { <OnItsWay label=request::loading(language) on_retry=open /> }.into_any(),
        Some(failure) if is_not_for_them(&failure) => view! { <NotForThem /> }.into_any(),
        Some(failure) if failure.is_not_found() => {
            view! { <NoLink title=request::link_broken_title(language) text=request::link_broken(language) /> }
                .into_any()
        }
        Some(failure) => view! { <NotArrived failure=failure on_retry=open /> }.into_any(),
    })
    .into_any()
}

/// There is no link that leads anywhere; administrators find every request in the overview.
#[component]
fn NoLink(title: &'static str, text: &'static str) -> impl IntoView {
    let language = language();
    let hub = (side() == Side::Administrator).then(|| {
        view! {
            <ButtonLink kind=ButtonKind::Primary href=Route::Hub.path()>
                {request::to_hub(language)}
            </ButtonLink>
        }
    });
    view! {
        <div class="page-head"><PageHeading title=Signal::stored(request::page_title(language).to_owned()) /></div>
        <EmptyState title=title text=text>{hub}</EmptyState>
    }
}
