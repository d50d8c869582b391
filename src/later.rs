//! The pages beyond the customers list. They are a part of the program of their
//! own, fetched when the first of them is opened, so that the list is there sooner.

use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use words::ui;

use crate::pages::customer::CustomerPage;
use crate::pages::customers::{Columns, Fill, List, tools};
use crate::pages::hub::{HubPage, HubPartners};
use crate::pages::mailbox::{MailPage, MailboxPage};
use crate::pages::message::NotFound;
use crate::pages::receipts::{CheckReceiptPage, ReceiptPage};
use crate::pages::request::{OpenedByLink, RequestPage};
use crate::pages::trial::{StartTrial, TrialStep};
use crate::reader::language;
use crate::route::Route;
use crate::ui::ErrorState;
use crate::waiting::OnItsWay;

/// A page that belongs to the later part; while the part is on its way it says so,
/// and when it does not arrive it can be asked for again (G1).
#[component]
pub fn LaterPage(
    /// Which page.
    route: Route,
) -> impl IntoView {
    let language = language();
    let part = RwSignal::new(None::<bool>);
    let fetch = move || {
        part.set(None);
        spawn_local_scoped(async move {
            let arrived = fetch_later().await.is_ok();
            let _ = part.try_set(Some(arrived));
        });
    };
    fetch();
    let retry = Callback::new(move |()| fetch());
    // A part of an older version is gone from the host for good: only the page itself can tell the new one.
    let reload = Callback::new(|()| drop(window().location().reload()));
    move || match part.get() {
        None => view! {
            <OnItsWay on_retry=retry />
        }
        .into_any(),
        Some(false) => view! {
            <ErrorState
                title=ui::error_title(language)
                text=ui::part_missing(language)
                retry_label=ui::load_again(language)
                on_retry=reload
            />
        }
        .into_any(),
        Some(true) => view! { <Arrived route=route.clone() /> }.into_any(),
    }
}

/// The page itself, once its part is there: asking for it takes no time then.
#[component]
fn Arrived(route: Route) -> impl IntoView {
    let page = RwSignal::new_local(None::<AnyView>);
    spawn_local_scoped(async move {
        if let Ok(view) = later_page(route).await {
            let _ = page.try_set(Some(view));
        }
    });
    move || {
        page.track();
        // Taken without telling, for telling would draw it away again.
        page.try_update_untracked(Option::take).flatten()
    }
}

/// What the customers list offers beyond itself; fetched once there is a list to show.
#[wasm_split(later, wasm_split_path = ::leptos::wasm_split, fallible)]
pub fn list_tools(list: List, columns: Columns) -> Result<Fill, SplitLoaderError> {
    Ok(tools::fill(list, columns))
}

#[wasm_split(later, wasm_split_path = ::leptos::wasm_split, fallible, preload(fetch_later))]
fn later_page(route: Route) -> Result<AnyView, SplitLoaderError> {
    Ok(match route {
        Route::Customer(id) => view! { <CustomerPage id=id /> }.into_any(),
        Route::StartTrial => view! { <StartTrial /> }.into_any(),
        Route::Wizard { draft, step } => view! { <TrialStep draft=draft step=step /> }.into_any(),
        Route::Hub => view! { <HubPage /> }.into_any(),
        Route::HubPartners => view! { <HubPartners /> }.into_any(),
        Route::Request(id) => view! { <RequestPage id=id /> }.into_any(),
        Route::OpenRequest => view! { <OpenedByLink /> }.into_any(),
        Route::Receipt(request) => view! { <ReceiptPage request=request /> }.into_any(),
        Route::CheckReceipt => view! { <CheckReceiptPage /> }.into_any(),
        Route::Mailbox => view! { <MailboxPage /> }.into_any(),
        Route::Mail(id) => view! { <MailPage id=id /> }.into_any(),
        Route::SignIn { .. } | Route::Customers(_) | Route::NotFound => view! { <NotFound /> }.into_any(),
    })
}
