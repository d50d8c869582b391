//! The page to which the link of a consent mail leads (X7).

use leptos::prelude::*;
use leptos::task::spawn_local;
use words::request;

use super::{NotForThem, SignInOther, is_not_for_them};
use crate::api::{self, Failure};
use crate::heading::PageHeading;
use crate::navigation::navigator;
use crate::reader::language;
use crate::route::Route;
use crate::session::{Side, side, who};
use crate::ui::{ButtonKind, ButtonLink, EmptyState};
use crate::waiting::{NotArrived, OnItsWay};

/// Opens the request of the link with which the tab was opened, and goes to its page. The link is
/// forgotten once it has led there; a wrong person leaves it to the right one.
#[component]
pub fn OpenedByLink() -> impl IntoView {
    let language = language();
    let navigator = navigator();
    let Some(secret) = api::link_secret() else {
        return view! { <NoLink broken=false /> }.into_any();
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
        Some(failure) if failure.is_not_found() => view! { <NoLink broken=true /> }.into_any(),
        Some(failure) => view! { <NotArrived failure=failure on_retry=open /> }.into_any(),
    })
    .into_any()
}

/// There is no link that leads anywhere: what this page is for, and where the reader goes on (G1).
#[component]
fn NoLink(
    /// Whether there was a link, which leads nowhere.
    broken: bool,
) -> impl IntoView {
    let language = language();
    let title = if broken { request::link_broken_title(language) } else { request::link_title(language) };
    let text = if broken { request::link_broken(language) } else { request::link_missing(language) };
    let organisation = who().map(|who| who.organisation).unwrap_or_default();
    let (title, text) = match side() {
        // Every request stands in the overview, so administrators need no link (X8).
        Side::Administrator => (title, format!("{text} {}", request::link_broken_administrator(language))),
        Side::User => (title, format!("{text} {}", request::link_user_next(language, organisation))),
        // No partner is ever sent such a link, nor anybody of the trials team.
        Side::Partner | Side::Uncertified | Side::TrialsTeam | Side::Nobody if !broken => {
            (request::link_partner_title(language), request::link_partner(language).to_owned())
        }
        Side::Partner | Side::Uncertified | Side::TrialsTeam | Side::Nobody => {
            (title, request::link_partner(language).to_owned())
        }
    };
    let ways = match side() {
        Side::Administrator => view! {
            <ButtonLink kind=ButtonKind::Primary href=Route::Hub.path()>{request::to_hub(language)}</ButtonLink>
        }
        .into_any(),
        // Whoever holds the file of a receipt may check it (X16).
        Side::User => view! {
            <div class="side-by-side">
                <SignInOther then=None />
                <ButtonLink href=Route::CheckReceipt.path()>{request::to_check(language)}</ButtonLink>
            </div>
        }
        .into_any(),
        Side::TrialsTeam => view! {
            <ButtonLink kind=ButtonKind::Primary href=side().home().path()>{words::frame::to_start(language)}</ButtonLink>
        }
        .into_any(),
        Side::Partner | Side::Uncertified | Side::Nobody => view! {
            <ButtonLink kind=ButtonKind::Primary href=side().home().path()>{request::to_customers(language)}</ButtonLink>
        }
        .into_any(),
    };
    view! {
        <div class="page-head"><PageHeading title=Signal::stored(request::page_title(language).to_owned()) /></div>
        <EmptyState title=title text=text>{ways}</EmptyState>
    }
}
