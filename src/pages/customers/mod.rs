//! The Customers tab (Q): totals, search and the list of customers. What else it offers is of the
//! later part of the program, and fills its places when that has come.

mod columns;
mod filters;
mod list;
mod row;
mod slots;
mod table;
pub mod tools;
mod totals;

use contract::error::ApiError;
use leptos::prelude::*;
use rules::customers::Query;
use rules::people::{PartnerRole, Right};
use rules::verdict::Verdict;
use words::{Language, customers, frame, terms, ui};

pub use self::columns::Columns;
use self::filters::{SEARCH, SearchCustomers};
pub use self::list::List;
pub use self::slots::Fill;
use self::slots::{PartMissing, Slot, Slots};
use self::table::CustomersTable;
use self::totals::StatusTotals;
use crate::api::Failure;
use crate::failure::{failed, missing_right};
use crate::heading::PageHeading;
use crate::navigation::navigator;
use crate::reader::language;
use crate::route::Route;
use crate::session::{may, who};
use crate::ui::{Button, ButtonKind, EmptyState, Notice, Shape, Tone, move_focus};
use crate::waiting::{NotArrived, OnItsWay};

/// The Customers tab. What is searched and filtered stands in the address (Q3).
#[component]
pub fn Customers() -> impl IntoView {
    let language = language();
    let route = navigator().route();
    // Keeps what was asked last while another page is on its way.
    let query = Memo::new(move |before: Option<&Query>| match route.get() {
        Route::Customers(query) => query,
        _ => before.cloned().unwrap_or_default(),
    });
    let list = List::follow(query.into());
    let columns = Columns::kept();
    let slots = Slots::follow(list, columns);
    view! {
        <div class="page-head">
            <PageHeading title=Signal::stored(customers::title(language).to_owned()) />
            <div class="page-actions customers-actions">
                {move || slots.fill(Slot::Actions)}
                <StartTrialButton />
            </div>
        </div>
        <div class="worklist">{move || slots.fill(Slot::Worklist)}</div>
        <PartMissing />
        <StatusTotals list=list />
        <section class="panel customers" aria-label=customers::table(language)>
            <div class="customers-bar">
                <SearchCustomers query=list.query />
                <p class="customers-found muted numbers" role="status">
                    {move || list.found.with(|found| found.as_ref().map(|found| found.told(language)))}
                </p>
                {move || slots.fill(Slot::Bar)}
            </div>
            {move || content(list, columns, slots)}
        </section>
        <p class="aside muted">{customers::dates_are_utc(language)}</p>
    }
}

/// What stands below the search: the list, or why there is none (G1).
fn content(list: List, columns: Columns, slots: Slots) -> AnyView {
    let language = language();
    let retry = Callback::new(move |()| list.load());
    let state = Memo::new(move |_| list.found.with(|found| found.as_ref().map(|found| found.found > 0)));
    // Only these two are followed here: rows that come and go do not draw the table again.
    match (state.get(), list.failure.get()) {
        (Some(true), _) => view! {
            <CustomersTable list=list columns=columns slots=slots />
            <TableFailure list=list />
        }
        .into_any(),
        (Some(false), _) => view! { <Nothing query=list.query /> }.into_any(),
        (None, None) => view! {
            <OnItsWay label=customers::loading(language) on_retry=retry />
        }
        .into_any(),
        (None, Some(Failure::Api(ApiError::Refused { refusal, .. }))) => view! {
            <EmptyState
                title=frame::no_permission_title(language)
                text=format!("{} {}", customers::no_permission(language), missing_right(language, &refusal))
                shape=Shape::Cross
            />
        }
        .into_any(),
        (None, Some(failure)) => view! {
            <NotArrived failure=failure title=customers::not_loaded(language) on_retry=retry />
        }
        .into_any(),
    }
}

/// A failure while rows are shown: they stay.
#[component]
fn TableFailure(list: List) -> impl IntoView {
    let language = language();
    move || {
        list.failure.get().map(|failure| {
            view! {
                <Notice tone=Tone::Bad shape=Shape::Triangle announced=true>
                    <p>{failed(language, &failure)}</p>
                    <div>
                        <Button on_click=move |_| list.load()>{ui::retry(language)}</Button>
                    </div>
                </Notice>
            }
        })
    }
}

/// The button that starts a trial; who may not is told why (P3, P7).
#[component]
fn StartTrialButton() -> impl IntoView {
    let language = language();
    let navigator = navigator();
    let reason = match may(Right::StartTrial) {
        Verdict::Allowed => None,
        Verdict::Blocked(refusal) => Some(missing_right(language, &refusal)),
    };
    view! {
        <Button
            kind=ButtonKind::Primary
            disabled_because=Signal::stored(reason)
            on_click=move |_| navigator.go(Route::StartTrial)
        >
            {terms::start_trial(language)}
        </Button>
    }
}

/// No customer at all, or none that was asked for, and what to do next (G1).
#[component]
fn Nothing(query: Signal<Query>) -> impl IntoView {
    let language = language();
    let navigator = navigator();
    // The button is gone with the filter; what follows it is the search (G4).
    let show_all = move || {
        navigator.go(Route::customers());
        move_focus(SEARCH);
    };
    move || {
        if query.get() == Query::default() {
            let text = nobody_yet(language);
            view! { <EmptyState title=customers::empty_title(language) text=text shape=Shape::People /> }.into_any()
        } else {
            view! {
                <EmptyState title=customers::no_match_title(language) text=customers::no_match(language)>
                    <Button on_click=move |_| show_all()>{customers::show_all(language)}</Button>
                </EmptyState>
            }
            .into_any()
        }
    }
}

/// Why there is no customer yet, by what the reader can do about it (P2, P3).
fn nobody_yet(language: Language) -> &'static str {
    match who().and_then(|who| who.person.of_partner().map(|(_, role)| role)) {
        Some(PartnerRole::SalesAdministrator) => customers::empty_mine(language),
        Some(PartnerRole::SalesFullAdministrator) | None => customers::empty(language),
        Some(PartnerRole::ReadOnlyAdministrator | PartnerRole::HelpDesk) => customers::empty_read_only(language),
    }
}
