//! The pages beyond the customers list. They are parts of the program of their own, each
//! fetched when the first of its pages is opened, so that the list is there sooner, and
//! so that who answers a request waits for no page of a partner.

use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use words::ui;

use crate::pages::activity::ActivityPage;
use crate::pages::convert::{ConvertHandedOver, ConvertTrial, HandedOverTrials};
use crate::pages::customer::CustomerPage;
use crate::pages::customers::{Columns, Fill, List, tools};
use crate::pages::hub::{HubPage, HubPartPage, HubPartners};
use crate::pages::mailbox::{MailPage, MailboxPage};
use crate::pages::message::NotFound;
use crate::pages::receipts::{CheckReceiptPage, ReceiptPage};
use crate::pages::request::{OpenedByLink, RequestPage};
use crate::pages::set_up::SetUpPage;
use crate::pages::sign_in::SignIn;
use crate::pages::trial::{AddTrial, EditTrial, ExtendTrial, StartTrial, TrialStep};
use crate::pages::trials_team::{ShipmentPage, Shipments};
use crate::reader::language;
use crate::route::{Route, TrialPage};
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
    let part = Part::of(&route);
    let arrived = RwSignal::new(None::<bool>);
    let fetch = move || {
        arrived.set(None);
        spawn_local_scoped(async move {
            let fetched = part.fetch().await;
            let _ = arrived.try_set(Some(fetched));
        });
    };
    fetch();
    let retry = Callback::new(move |()| fetch());
    // A part of an older version is gone from the host for good: only the page itself can tell the new one.
    let reload = Callback::new(|()| drop(window().location().reload()));
    move || match arrived.get() {
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
        if let Ok(view) = Part::of(&route).page(route).await {
            let _ = page.try_set(Some(view));
        }
    });
    move || {
        page.track();
        // Taken without telling, for telling would draw it away again.
        page.try_update_untracked(Option::take).flatten()
    }
}

/// A part of the program.
#[derive(Clone, Copy)]
enum Part {
    /// What partners do.
    Partner,
    /// What customers do, also where a partner looks along (Q10); what the trials team does; and the
    /// Mailbox, from which they come.
    Customer,
    /// What was done and mailed, and what time will bring: for partners and for customers' administrators.
    Activity,
    /// The set-up of a trial: for partners and for customers' administrators.
    SetUp,
    /// Signing in, which whoever is signed in never sees.
    SignIn,
}

impl Part {
    /// The part to which a page belongs.
    fn of(route: &Route) -> Part {
        match route {
            Route::Customer(_)
            | Route::Trial { .. }
            | Route::AddTrial(_)
            | Route::HandedOver
            | Route::ConvertHandedOver(_)
            | Route::StartTrial
            | Route::Wizard { .. } => Part::Partner,
            Route::Activity(_) => Part::Activity,
            Route::SetUp { .. } => Part::SetUp,
            Route::SignIn { .. } => Part::SignIn,
            Route::Hub
            | Route::HubPartners
            | Route::HubIn(_)
            | Route::ViewCustomer(..)
            | Route::Request(_)
            | Route::OpenRequest
            | Route::Receipt(_)
            | Route::CheckReceipt
            | Route::Shipments
            | Route::Shipment(_)
            | Route::Mailbox
            | Route::Mail(_)
            | Route::Customers(_)
            | Route::NotFound => Part::Customer,
        }
    }

    /// Fetches it, and says whether it arrived.
    async fn fetch(self) -> bool {
        match self {
            Part::Partner => fetch_partner().await.is_ok(),
            Part::Customer => fetch_customer().await.is_ok(),
            Part::Activity => fetch_activity().await.is_ok(),
            Part::SetUp => fetch_set_up().await.is_ok(),
            Part::SignIn => fetch_sign_in().await.is_ok(),
        }
    }

    async fn page(self, route: Route) -> Result<AnyView, SplitLoaderError> {
        match self {
            Part::Partner => partner_page(route).await,
            Part::Customer => customer_page(route).await,
            Part::Activity => activity_page(route).await,
            Part::SetUp => set_up_page(route).await,
            Part::SignIn => sign_in_page(route).await,
        }
    }
}

/// What the customers list offers beyond itself; fetched once there is a list to show. `None` when
/// the list was left while the part was on its way.
#[wasm_split(partner, wasm_split_path = ::leptos::wasm_split, fallible)]
pub fn list_tools(list: List, columns: Columns) -> Result<Option<Fill>, SplitLoaderError> {
    Ok((!list.found.is_disposed()).then(|| tools::fill(list, columns)))
}

#[wasm_split(partner, wasm_split_path = ::leptos::wasm_split, fallible, preload(fetch_partner))]
fn partner_page(route: Route) -> Result<AnyView, SplitLoaderError> {
    Ok(match route {
        Route::Customer(id) => view! { <CustomerPage id=id /> }.into_any(),
        Route::Trial { customer, trial, page: TrialPage::Extend } => {
            view! { <ExtendTrial customer=customer trial=trial /> }.into_any()
        }
        Route::Trial { customer, trial, page: TrialPage::Edit } => {
            view! { <EditTrial customer=customer trial=trial /> }.into_any()
        }
        Route::Trial { customer, trial, page: TrialPage::Convert } => {
            view! { <ConvertTrial customer=customer trial=trial /> }.into_any()
        }
        Route::AddTrial(customer) => view! { <AddTrial customer=customer /> }.into_any(),
        Route::HandedOver => view! { <HandedOverTrials /> }.into_any(),
        Route::ConvertHandedOver(trial) => view! { <ConvertHandedOver trial=trial /> }.into_any(),
        Route::StartTrial => view! { <StartTrial /> }.into_any(),
        Route::Wizard { draft, step } => view! { <TrialStep draft=draft step=step /> }.into_any(),
        _ => view! { <NotFound /> }.into_any(),
    })
}

#[wasm_split(customer, wasm_split_path = ::leptos::wasm_split, fallible, preload(fetch_customer))]
fn customer_page(route: Route) -> Result<AnyView, SplitLoaderError> {
    Ok(match route {
        Route::Hub => view! { <HubPage /> }.into_any(),
        Route::HubPartners => view! { <HubPartners /> }.into_any(),
        Route::HubIn(part) => view! { <HubPartPage part=part /> }.into_any(),
        Route::ViewCustomer(id, None) => view! { <HubPage of=id /> }.into_any(),
        Route::ViewCustomer(id, Some(part)) => view! { <HubPartPage of=id part=part /> }.into_any(),
        Route::Request(id) => view! { <RequestPage id=id /> }.into_any(),
        Route::OpenRequest => view! { <OpenedByLink /> }.into_any(),
        Route::Receipt(request) => view! { <ReceiptPage request=request /> }.into_any(),
        Route::CheckReceipt => view! { <CheckReceiptPage /> }.into_any(),
        Route::Shipments => view! { <Shipments /> }.into_any(),
        Route::Shipment(id) => view! { <ShipmentPage id=id /> }.into_any(),
        Route::Mailbox => view! { <MailboxPage /> }.into_any(),
        Route::Mail(id) => view! { <MailPage id=id /> }.into_any(),
        _ => view! { <NotFound /> }.into_any(),
    })
}

#[wasm_split(activity, wasm_split_path = ::leptos::wasm_split, fallible, preload(fetch_activity))]
fn activity_page(route: Route) -> Result<AnyView, SplitLoaderError> {
    Ok(match route {
        Route::Activity(activity) => view! { <ActivityPage part=activity.part /> }.into_any(),
        _ => view! { <NotFound /> }.into_any(),
    })
}

#[wasm_split(set_up, wasm_split_path = ::leptos::wasm_split, fallible, preload(fetch_set_up))]
fn set_up_page(route: Route) -> Result<AnyView, SplitLoaderError> {
    Ok(match route {
        Route::SetUp { trial, step } => view! { <SetUpPage trial=trial step=step /> }.into_any(),
        _ => view! { <NotFound /> }.into_any(),
    })
}

#[wasm_split(sign_in, wasm_split_path = ::leptos::wasm_split, fallible, preload(fetch_sign_in))]
fn sign_in_page(route: Route) -> Result<AnyView, SplitLoaderError> {
    Ok(match route {
        Route::SignIn { .. } => view! { <SignIn /> }.into_any(),
        _ => view! { <NotFound /> }.into_any(),
    })
}
