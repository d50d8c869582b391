//! Totals by status above the list; each is a filter (Q4).

use leptos::prelude::*;
use rules::trial::Status;
use words::{Language, customers, label};

use super::filters::only;
use super::list::List;
use crate::navigation::navigator;
use crate::reader::language;
use crate::route::Route;
use crate::status::{shape, tone};
use crate::ui::Icon;

/// All customers, and every status that occurs or is filtered by, in the order of the law: what
/// needs attention first stands first. One row, which a narrow window scrolls sideways.
#[component]
pub fn StatusTotals(list: List) -> impl IntoView {
    let language = language();
    let navigator = navigator();
    let all = move || list.query.with(|query| query.statuses.is_empty());
    let show_all = move |_| {
        let query = rules::customers::Query { statuses: Default::default(), ..list.query.get_untracked() };
        navigator.go(Route::Customers(query));
    };
    let listed = move || list.totals.with(|totals| totals.as_ref().map(|totals| number(language, totals.listed)));
    view! {
        <div class="chips sideways" role="group" aria-label=customers::totals(language)>
            <button type="button" class="chip" aria-pressed=move || pressed(all()) on:click=show_all>
                {customers::all(language)}
                " "
                <span class="numbers">{listed}</span>
            </button>
            <For each=move || shown(list) key=|status| *status let:status>
                <Total list=list status=status />
            </For>
        </div>
    }
}

#[component]
fn Total(list: List, status: Status) -> impl IntoView {
    let language = language();
    let navigator = navigator();
    let choose = move |_| navigator.go(only(&list.query.get_untracked(), status));
    let chosen = move || list.query.with(|query| query.statuses.contains(&status));
    let count =
        move || list.totals.with(|totals| totals.as_ref().map(|totals| number(language, totals.of(status, chosen()))));
    let class = format!("chip {}", tone(status).class());
    view! {
        <button type="button" class=class aria-pressed=move || pressed(chosen()) on:click=choose>
            <Icon shape=shape(status) />
            {label::status(language, status)}
            " "
            <span class="numbers">{count}</span>
        </button>
    }
}

fn pressed(pressed: bool) -> &'static str {
    if pressed { "true" } else { "false" }
}

fn number(language: Language, count: u32) -> String {
    words::number(language, count.into())
}

/// The statuses that occur or are filtered by. Those that ask for an act stand also at nought.
fn shown(list: List) -> Vec<Status> {
    let occurs = |status: &Status| {
        *status <= Status::AwaitingProvisioningDetails
            || list.totals.with(|totals| totals.as_ref().is_some_and(|totals| totals.of(*status, false) > 0))
            || list.query.with(|query| query.statuses.contains(status))
    };
    Status::ALL.into_iter().filter(occurs).collect()
}
